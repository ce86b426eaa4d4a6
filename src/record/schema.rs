//! The table of fields: for each kind of record every field's name, the other spellings under which CRMs export it
//! and how its value is converted. Whatever reads a record, in whatever format, reads it through this table.

use super::convert::{
    Converted, day, day_if_any, id, id_if_any, ids_needed, members, moment, number, profile, roles, text,
    whole, word, word_if_any, word_or_default, yes_or_no,
};
use super::value::Loose;
use super::{Commitment, Concern, Customer, Decision, Interaction, Other, Person, Record, RecordKind, Tie};

/// A field of a kind of record.
#[derive(Debug)]
pub(crate) struct Field {
    /// Our own name for it.
    pub(crate) name: &'static str,
    /// Whether every record of the kind needs it.
    pub(crate) required: bool,
}

/// A kind of record as the table describes it.
pub(crate) trait Schema: Default + Into<Record> {
    /// A field of the kind.
    type Key: Copy + 'static;
    const KIND: RecordKind;
    const FIELDS: &'static [Field];
    /// The fields in the order of `FIELDS`.
    const KEYS: &'static [Self::Key];
    /// A bit for each required field, at its place in `FIELDS`.
    const REQUIRED: u64 = bits(Self::FIELDS, None);
    /// A bit for each field that holds a number, perhaps with a fraction.
    const NUMBERS: u64;
    /// The bit of `customer_id`.
    const CUSTOMER: u64 = bits(Self::FIELDS, Some("customer_id"));

    /// The field that has this name, with the name as the table holds it: our own names first, then those of CRMs.
    fn find(name: &str) -> Option<(Self::Key, &'static str)>;
    /// The place of a field in `FIELDS`; there are fewer than 64.
    fn slot(key: Self::Key) -> usize;
    /// Whether a field holds a number, perhaps with a fraction.
    #[inline]
    fn is_number(key: Self::Key) -> bool {
        Self::NUMBERS >> (Self::slot(key) & 63) & 1 == 1
    }
    fn set(&mut self, key: Self::Key, value: &Loose<'_>) -> Converted<()>;
    fn other(&mut self) -> &mut Other;
    fn id(&self) -> &str;
    fn set_line(&mut self, line: u32);
}

/// The bits of the fields that are required, or of the one that has a name.
const fn bits(fields: &[Field], named: Option<&str>) -> u64 {
    let (mut bits, mut rest, mut bit) = (0, fields, 1);
    while let [field, more @ ..] = rest {
        let wanted = match named {
            Some(name) => same(field.name.as_bytes(), name.as_bytes()),
            None => field.required,
        };
        if wanted {
            bits |= bit;
        }
        (rest, bit) = (more, bit << 1);
    }
    bits
}

/// Equality for constants.
const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

macro_rules! fields {
    ($record:ident, id $id:expr; $(
        $name:literal $(or $alias:literal)* => $field:ident: $convert:ident $($required:ident)?,
    )+) => {
        const _: () = {
            // A field that the table forgets does not compile.
            const _: fn($record) = |$record { $($field: _,)+ other: _, line: _ }| ();

            #[allow(non_camel_case_types, missing_debug_implementations, unreachable_pub)]
            #[derive(Clone, Copy)]
            pub enum Key { $($field,)+ }

            impl Schema for $record {
                type Key = Key;
                const KIND: RecordKind = RecordKind::$record;
                const FIELDS: &'static [Field] =
                    &[$(Field { name: $name, required: fields!(@required $($required)?) },)+];
                const KEYS: &'static [Key] = &[$(Key::$field,)+];

                const NUMBERS: u64 = 0 $(| (fields!(@is_number $convert) as u64) << Key::$field as u32)+;

                fn find(name: &str) -> Option<(Key, &'static str)> {
                    match name {
                        $($name => Some((Key::$field, $name)),)+
                        _ => match name {
                            $($($alias => Some((Key::$field, $alias)),)*)+
                            _ => None,
                        },
                    }
                }

                fn slot(key: Key) -> usize {
                    key as usize
                }

                fn set(&mut self, key: Key, value: &Loose<'_>) -> Converted<()> {
                    match key {
                        $(Key::$field => self.$field = $convert(value)?,)+
                    }
                    Ok(())
                }

                fn other(&mut self) -> &mut Other {
                    &mut self.other
                }

                fn id(&self) -> &str {
                    let id: fn(&Self) -> &str = $id;
                    id(self)
                }

                fn set_line(&mut self, line: u32) {
                    self.line = Some(line);
                }
            }
        };
    };
    (@is_number number) => { true };
    (@is_number $other:ident) => { false };
    (@required required) => { true };
    (@required) => { false };
}

fields! { Customer, id |record| &record.id;
    "id" or "Id" or "customer_id" or "AccountId" or "account_id" or "accountid" or "Account ID" => id: id required,
    "name" or "Name" or "AccountName" or "account_name" or "Account Name" => name: text,
    "parent_id" or "ParentId" or "parent" or "parent_account_id" or "parentaccountid" or "hs_parent_company_id"
        => parent_id: id_if_any,
    "owner_id" or "OwnerId" or "owner" or "ownerid" or "hubspot_owner_id" or "assigned_user_id"
        => owner_id: id_if_any,
    "segment" or "Segment" or "Industry" or "industry" => segment: text,
    "value" or "Value" or "annual_value" => value: number,
    "currency" or "Currency" or "CurrencyIsoCode" => currency: text,
    "renewal_on" or "renewal_date" or "RenewalDate" => renewal_on: day_if_any,
    "status" => status: word_or_default,
    "reason" => reason: text,
    "until" => until: day_if_any,
}

fields! { Person, id |record| &record.id;
    "id" or "Id" or "person_id" or "ContactId" or "contact_id" or "contactid" or "Contact ID" => id: id required,
    "side" or "Side" => side: word required,
    "customer_id" or "customer" or "account_id" or "AccountId" or "accountid" or "Account ID" or "company_id"
        or "associatedcompanyid" or "parentcustomerid" => customer_id: id_if_any,
    "name" or "Name" or "full_name" or "fullname" or "FullName" or "Full Name" => name: text,
    "title" or "Title" or "jobtitle" or "job_title" or "jobTitle" or "Job Title" => title: text,
    "email" or "Email" or "email_address" or "emailaddress1" or "EmailAddress" => email: text,
    "department" or "Department" => department: text,
    "site" or "Site" or "location" or "MailingCity" => site: text,
    "area" or "Area" or "business_area" => area: text,
    "manager_id" or "ReportsToId" or "reports_to_id" or "reports_to" or "manager" or "ManagerId"
        => manager_id: id_if_any,
    "roles" or "Roles" or "role" or "Role" or "hs_buying_role" or "contact_role" => roles: roles,
    "seniority" or "Seniority" or "level" or "hs_seniority" => seniority: word_if_any,
    "power" or "Power" => power: number,
    "support" or "Support" => support: word_if_any,
    "aware_of_us" or "aware" => aware_of_us: yes_or_no,
    "active" or "Active" or "IsActive" or "is_active" => active: yes_or_no,
    "started_on" or "StartDate" or "start_date" => started_on: day_if_any,
    "ended_on" or "EndDate" or "end_date" or "left_on" => ended_on: day_if_any,
    "review_on" => review_on: day_if_any,
    "profile" => profile: profile,
}

fields! { Tie, id |record| record.id.as_deref().unwrap_or_default();
    "id" or "Id" => id: id_if_any,
    "kind" or "type" => kind: word_or_default,
    "from" or "who" => from: id required,
    "to" or "trusts" => to: id required,
    "strength" => strength: number,
    "for" or "supporting" => supporting: number,
    "against" => against: number,
    "source" => source: word_if_any,
    "since" => since: day_if_any,
    "until" => until: day_if_any,
}

fields! { Interaction, id |record| &record.id;
    "id" or "Id" or "ActivityId" or "activity_id" or "activityid" => id: id required,
    "at" or "date" or "Date" or "timestamp" or "ActivityDate" or "hs_timestamp" or "hs_meeting_start_time"
        => at: moment required,
    "participants" or "attendees" => participants: ids_needed required,
    "customer_id" or "customer" or "account_id" or "AccountId" or "accountid" or "company_id"
        => customer_id: id_if_any,
    "kind" or "type" or "Type" or "TaskSubtype" => kind: word_if_any,
    "started_by" or "initiator" or "organizer" => started_by: id_if_any,
    "status" or "Status" or "outcome" or "hs_meeting_outcome" => status: word_or_default,
    "duration_min" or "duration" or "DurationInMinutes" => duration_min: whole,
    "sentiment" => sentiment: number,
    "subject" or "Subject" or "hs_meeting_title" => subject: text,
}

fields! { Commitment, id |record| &record.id;
    "id" or "Id" => id: id required,
    "made_by" or "by" => made_by: id required,
    "made_to" or "to" => made_to: ids_needed required,
    "made_on" or "date" => made_on: day required,
    "due_on" or "due" or "due_date" => due_on: day_if_any,
    "status" or "Status" => status: word_or_default,
    "closed_on" => closed_on: day_if_any,
    "customer_id" or "customer" or "account_id" or "AccountId" => customer_id: id_if_any,
    "text" or "description" or "Description" => text: text,
}

fields! { Concern, id |record| &record.id;
    "id" or "Id" => id: id required,
    "raised_by" or "by" => raised_by: id required,
    "raised_on" or "date" => raised_on: day required,
    "severity" => severity: whole,
    "status" or "Status" => status: word_or_default,
    "review_on" => review_on: day_if_any,
    "owner_id" or "OwnerId" or "owner" => owner_id: id_if_any,
    "customer_id" or "customer" or "account_id" or "AccountId" => customer_id: id_if_any,
    "text" or "description" or "Description" => text: text,
}

fields! { Decision, id |record| &record.id;
    "id" or "Id" => id: id required,
    "customer_id" or "customer" or "account_id" or "AccountId" => customer_id: id required,
    "approver" or "approver_id" => approver: id_if_any,
    "members" or "voters" => members: members,
    "quota" => quota: whole,
    "opens_on" => opens_on: day_if_any,
    "decides_on" => decides_on: day_if_any,
}
