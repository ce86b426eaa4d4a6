//! People: the only ones who have relationships.

use std::fmt;

use serde::Serialize;

use super::schema::fields;
use super::setters::setters;
use super::{Other, Role, Seniority, Side, Support};
use crate::day::Day;
use crate::text::Text;

/// A person, on any side.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Person {
    /// Opaque, unique among people.
    pub id: Text,
    /// Whose person this is.
    pub side: Side,
    /// The customer they work for; required on the customer side, empty on every other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<Text>,
    /// Name in everyday use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Electronic mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<Text>,
    /// Site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Text>,
    /// Business area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Text>,
    /// The person they report to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<Text>,
    /// Roles in a buying decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Level in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seniority: Option<Seniority>,
    /// Formal power as the caller rates it, 0..=1, in proportion to the other people of the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power: Option<f64>,
    /// Their attitude towards us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// Whether they know that we are their provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aware_of_us: Option<bool>,
    /// Whether they are still there; unknown counts as yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether it is no person but a shared mailbox, such as `info@`: it has no power, no ties and leads nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<bool>,
    /// First day in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<Day>,
    /// Last day in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<Day>,
    /// The review day of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Day>,
    /// How much of the caller's checklist about this person is filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Person {
    /// One of our own staff.
    pub fn staff(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Staff, ..Self::default() }
    }

    /// A person who works for a customer.
    pub fn customer(id: impl Into<Text>, customer_id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Customer, customer_id: Some(customer_id.into()), ..Self::default() }
    }

    /// A person at a partner.
    pub fn partner(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Partner, ..Self::default() }
    }

    /// A competitor's person.
    pub fn competitor(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Competitor, ..Self::default() }
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> Option<&mut Text> {
        let Self {
            customer_id,
            id: _,
            side: _,
            name: _,
            title: _,
            email: _,
            department: _,
            site: _,
            area: _,
            manager_id: _,
            roles: _,
            seniority: _,
            power: _,
            support: _,
            aware_of_us: _,
            active: _,
            mailbox: _,
            started_on: _,
            ended_on: _,
            review_on: _,
            profile: _,
            other: _,
            line: _,
        } = self;
        customer_id.as_mut()
    }
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
    "mailbox" or "is_mailbox" or "shared_mailbox" => mailbox: yes_or_no,
    "started_on" or "StartDate" or "start_date" => started_on: day_if_any,
    "ended_on" or "EndDate" or "end_date" or "left_on" => ended_on: day_if_any,
    "review_on" => review_on: day_if_any,
    "profile" => profile: profile,
}

setters! { Person {
    /// With another id.
    id(text),
    /// On another side.
    side(Side),
    /// With the customer they work for.
    customer_id(some text),
    /// With a name.
    name(some text),
    /// With a job title.
    title(some text),
    /// With an electronic mail address.
    email(some text),
    /// In a department.
    department(some text),
    /// At a site.
    site(some text),
    /// In a business area.
    area(some text),
    /// With the person they report to.
    manager_id(some text),
    /// With roles in a buying decision, in place of any others.
    roles(list Role),
    /// At a level in the organisation.
    seniority(some Seniority),
    /// With formal power as rated, 0..=1, in proportion to the other people of the customer.
    power(some f64),
    /// With their attitude towards us.
    support(some Support),
    /// With whether they know that we are their provider.
    aware_of_us(some bool),
    /// With whether they are still there.
    active(some bool),
    /// With whether it is a shared mailbox and no person.
    mailbox(some bool),
    /// With their first day in the organisation.
    started_on(some Day),
    /// With their last day in the organisation.
    ended_on(some Day),
    /// With the review day of the record.
    review_on(some Day),
    /// With how much of a checklist about them is filled in.
    profile(some Profile),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl fmt::Debug for Person {
    /// The id only: everything else is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("side", &self.side).finish_non_exhaustive()
    }
}

/// How much of a checklist about a person is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Items answered.
    pub answered: u32,
    /// Items on the list.
    pub total: u32,
}

impl Profile {
    /// `answered` items of `total`.
    pub const fn new(answered: u32, total: u32) -> Self {
        Self { answered, total }
    }
}

setters! { Profile {
    /// With another number of items answered.
    answered(u32),
    /// With another number of items on the list.
    total(u32),
} }
