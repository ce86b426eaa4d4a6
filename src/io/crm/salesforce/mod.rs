//! Salesforce's own export: a folder of CSV files, one an object, with the API names of the fields as columns.
//!
//! | file | becomes |
//! |---|---|
//! | `Account.csv` (needed) | customers: `Id`, `Name`, `ParentId`, `OwnerId`, `Industry` → segment, `CurrencyIsoCode`. `AnnualRevenue` is the account's own revenue, not what the customer is worth to us, and is not read |
//! | `Contact.csv` (needed) | people on the customer side: `Id`, `AccountId`, `Name` or `FirstName` and `LastName`, `Title`, `Department`, `Email`, `MailingCity` → site, `ReportsToId` → manager. A contact without an account is left out and noted |
//! | `User.csv` | names, titles, departments, e-mails and managers of our staff, who are the owners of anything below, and their managers; without it an owner is called `User` and the last four characters of the id |
//! | `Opportunity.csv` | won: the customer's value is the sum of `Amount` over the twelve months up to the latest `CloseDate` of any won opportunity, unknown when there is none. Open with a `Type` that contains *Renewal*: the earliest `CloseDate` from that latest day on is the customer's renewal |
//! | `OpportunityContactRole.csv` | `Role` → a role of the contact; for a won opportunity also an `order` that the contact started, with the opportunity's owner. `IsPrimary` is noted |
//! | `AccountContactRelation.csv` | `Roles` → roles, `IsActive`, `StartDate`, `EndDate`, of the contact's own account; relations to other accounts are noted |
//! | `Task.csv` | interactions of the contact (`WhoId`) and the owner, started by the owner: `ActivityDate`, `TaskSubtype` or `Type` → kind (calls, e-mails), `Status` *Completed* → held, any other → planned, `CallDisposition` that tells of no answer → unanswered |
//! | `Event.csv` | meetings likewise, `ActivityDateTime` before `ActivityDate`; planned when later than the latest `LastModifiedDate` or `SystemModstamp` of the export, held otherwise |
//!
//! `WhatId` names the customer of a task or event, by itself or through an opportunity; otherwise it is the contact's.
//! Rows with `IsDeleted` are skipped and counted. Owning a contact makes no tie, nor does `LastActivityDate`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::sheet::{Cells, each_row};
use crate::day::Day;
use crate::error::Error;
use crate::io::Reading;
use crate::io::csv::no_file;
use crate::record::context::ReadContext;
use crate::record::convert::roles;
use crate::record::note::NoteCode;
use crate::record::{
    Customer, Interaction, InteractionKind, InteractionStatus, Note, Person, Place, Record, RecordSink,
    Records, Role,
};
use crate::text::Text;

/// Reads a folder with Salesforce's own export.
///
/// # Errors
/// [`Error::Input`] with every fault of every file, or when `Account.csv` or `Contact.csv` is not there;
/// [`Error::Io`] when a file cannot be read.
pub fn read(dir: &Path) -> Result<Reading, Error> {
    let (mut records, mut context) = (Records::default(), ReadContext::of_tables());
    all_files(dir, &mut records, &mut context)?;
    Reading::finish(records, context)
}

/// Reads a folder with Salesforce's own export into a sink, and gives notes about what was set aside. What becomes
/// of a contact or a deal is only known when every file has been read, so all are held in memory until then.
///
/// # Errors
/// As [`read`]; the sink then may hold a part of the records.
pub fn read_into(dir: &Path, sink: &mut dyn RecordSink) -> Result<Vec<Note>, Error> {
    let mut context = ReadContext::of_tables();
    all_files(dir, sink, &mut context)?;
    Ok(context.finish()?)
}

fn all_files(dir: &Path, sink: &mut dyn RecordSink, context: &mut ReadContext) -> Result<(), Error> {
    let mut export = Export::default();
    export.accounts(dir, context)?;
    export.contacts(dir, context)?;
    export.opportunities(dir, context)?;
    export.opportunity_roles(dir, context)?;
    export.relations(dir, context)?;
    export.tasks(dir, context)?;
    export.events(dir, context)?;
    export.users(dir, context)?;
    export.finish(sink, context);
    Ok(())
}

/// What has been read so far, by the ids of Salesforce.
#[derive(Default)]
struct Export {
    customers: BTreeMap<Text, Customer>,
    people: BTreeMap<Text, Person>,
    opportunities: BTreeMap<Text, Opportunity>,
    /// Each with the file that it came from.
    interactions: Vec<(&'static str, Interaction)>,
    users: BTreeMap<Text, Person>,
    owners: BTreeSet<Text>,
    /// The latest day on which anything was changed: the export is not older.
    latest: Option<Day>,
}

struct Opportunity {
    account: Text,
    owner: Option<Text>,
    amount: Option<f64>,
    closes: Option<Day>,
    won: bool,
    closed: bool,
    renewal: bool,
}

impl Export {
    /// Takes note of when a row was last changed.
    fn stamp(&mut self, cells: &Cells<'_>, context: &mut ReadContext) {
        for column in ["LastModifiedDate", "SystemModstamp"] {
            self.latest = self.latest.max(cells.day(column, context));
        }
    }

    /// The owner of a row, when it is a person: a queue's id begins with `00G`.
    fn owner(&mut self, cells: &Cells<'_>) -> Option<Text> {
        let owner = cells.text("OwnerId").filter(|id| !id.starts_with("00G"))?;
        self.owners.insert(owner.clone());
        Some(owner)
    }

    fn accounts(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let found = each_row(dir, "Account.csv", &["Id"], context, |cells, context| {
            self.stamp(cells, context);
            let mut customer = Customer::new(cells.get("Id"));
            customer.name = cells.text("Name");
            customer.parent_id = cells.text("ParentId");
            customer.owner_id = self.owner(cells);
            customer.segment = cells.text("Industry");
            customer.currency = cells.text("CurrencyIsoCode");
            customer.line = Some(cells.line);
            self.customers.insert(customer.id.clone(), customer);
        })?;
        needed(found, "Account.csv", context);
        Ok(())
    }

    fn contacts(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let name = "Contact.csv";
        let found = each_row(dir, name, &["Id"], context, |cells, context| {
            self.stamp(cells, context);
            let account = cells.get("AccountId");
            if account.is_empty() {
                context.notes.add(NoteCode::NoCustomer, name, 1);
                return;
            }
            if !self.customers.contains_key(account) {
                context.notes.add(NoteCode::NotInExport, name, 1);
                return;
            }
            let mut person = Person::customer(cells.get("Id"), account);
            describe(&mut person, cells);
            person.site = cells.text("MailingCity");
            person.manager_id = cells.text("ReportsToId");
            self.people.insert(person.id.clone(), person);
        })?;
        needed(found, name, context);
        Ok(())
    }

    fn users(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        each_row(dir, "User.csv", &["Id"], context, |cells, context| {
            let mut person = Person::staff(cells.get("Id"));
            describe(&mut person, cells);
            person.manager_id = cells.text("ManagerId");
            person.active = cells.flag("IsActive", context);
            self.users.insert(person.id.clone(), person);
        })?;
        Ok(())
    }

    fn opportunities(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        each_row(dir, "Opportunity.csv", &["Id"], context, |cells, context| {
            self.stamp(cells, context);
            let stage = cells.get("StageName");
            let won = cells.flag("IsWon", context).unwrap_or(stage == "Closed Won");
            let opportunity = Opportunity {
                account: cells.get("AccountId").into(),
                owner: if won { self.owner(cells) } else { None },
                amount: cells.number("Amount", context),
                closes: cells.day("CloseDate", context),
                won,
                closed: won || cells.flag("IsClosed", context).unwrap_or(stage == "Closed Lost"),
                renewal: cells.get("Type").to_ascii_lowercase().contains("renewal"),
            };
            self.opportunities.insert(cells.get("Id").into(), opportunity);
        })?;
        Ok(())
    }

    fn opportunity_roles(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let name = "OpportunityContactRole.csv";
        each_row(dir, name, &["OpportunityId", "ContactId"], context, |cells, context| {
            let (id, contact) = (cells.get("OpportunityId"), cells.get("ContactId"));
            let read = cells.converted("Role", |role| roles(role).map(Some), context);
            if cells.flag("IsPrimary", context) == Some(true) {
                context.notes.add(NoteCode::PrimaryContact, name, 1);
            }
            let (Some(person), Some(opportunity)) =
                (self.people.get_mut(contact), self.opportunities.get(id))
            else {
                context.notes.add(NoteCode::NotInExport, name, 1);
                return;
            };
            add_roles(person, read.unwrap_or_default());
            if let Opportunity { won: true, closes: Some(day), owner: Some(owner), .. } = opportunity {
                let with = [contact, owner];
                // Each contact of a deal gets their own order, so that evidence is counted per contact.
                let key = format!("{id}:{contact}");
                let mut order = Interaction::new(key, InteractionKind::Order, *day, with).started_by(contact);
                order.customer_id.clone_from(&person.customer_id);
                order.line = Some(cells.line);
                self.interactions.push((name, order));
            }
        })?;
        Ok(())
    }

    fn relations(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let name = "AccountContactRelation.csv";
        each_row(dir, name, &["AccountId", "ContactId"], context, |cells, context| {
            let read = cells.converted("Roles", |list| roles(list).map(Some), context);
            let active = cells.flag("IsActive", context);
            let (start, end) = (cells.day("StartDate", context), cells.day("EndDate", context));
            match self.people.get_mut(cells.get("ContactId")) {
                None => context.notes.add(NoteCode::NotInExport, name, 1),
                Some(person) if person.customer_id.as_deref() == Some(cells.get("AccountId")) => {
                    add_roles(person, read.unwrap_or_default());
                    person.active = active.or(person.active);
                    person.started_on = start.or(person.started_on);
                    person.ended_on = end.or(person.ended_on);
                }
                Some(_) => context.notes.add(NoteCode::OtherCustomer, name, 1),
            }
        })?;
        Ok(())
    }

    fn tasks(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let name = "Task.csv";
        each_row(dir, name, &["Id"], context, |cells, context| {
            let Some(mut task) = self.activity(name, cells, context) else { return };
            task.kind = kind(cells.get("TaskSubtype")).or_else(|| kind(cells.get("Type")));
            task.status = if no_answer(cells.get("CallDisposition")) {
                InteractionStatus::Unanswered
            } else if cells.get("Status").eq_ignore_ascii_case("completed") {
                InteractionStatus::Held
            } else {
                InteractionStatus::Planned
            };
            self.interactions.push((name, task));
        })?;
        Ok(())
    }

    fn events(&mut self, dir: &Path, context: &mut ReadContext) -> Result<(), Error> {
        let (name, first) = ("Event.csv", self.interactions.len());
        each_row(dir, name, &["Id"], context, |cells, context| {
            let Some(mut event) = self.activity(name, cells, context) else { return };
            event.kind = Some(InteractionKind::Meeting);
            self.interactions.push((name, event));
        })?;
        // Events have no status. One later than everything the export contains cannot have been held yet.
        let latest = self.latest.unwrap_or(Day::MAX);
        for (_, event) in self.interactions.iter_mut().skip(first) {
            if event.at.day() > latest {
                event.status = InteractionStatus::Planned;
            }
        }
        Ok(())
    }

    /// What a task and an event have in common.
    fn activity(&mut self, name: &str, cells: &Cells<'_>, context: &mut ReadContext) -> Option<Interaction> {
        self.stamp(cells, context);
        let at = cells.moment("ActivityDateTime", context);
        let at = at.or_else(|| cells.moment("ActivityDate", context));
        let contact = cells.get("WhoId");
        let Some(at) = at.filter(|_| !contact.is_empty()) else {
            context.notes.add(NoteCode::NoParticipant, name, 1);
            return None;
        };
        let Some(home) = self.people.get(contact).map(|person| person.customer_id.clone()) else {
            context.notes.add(NoteCode::NotInExport, name, 1);
            return None;
        };
        let what = cells.get("WhatId");
        let what = self.opportunities.get(what).map_or(what, |opportunity| opportunity.account.as_str());
        let about = self.customers.contains_key(what).then(|| what.into());

        let mut activity = Interaction { id: cells.get("Id").into(), at, ..Interaction::default() };
        activity.participants.push(contact.into());
        activity.customer_id = about.or(home);
        activity.started_by = self.owner(cells);
        activity.participants.extend(activity.started_by.clone());
        activity.subject = cells.text("Subject");
        let minutes = cells.number("DurationInMinutes", context);
        let minutes = minutes.or_else(|| cells.number("CallDurationInSeconds", context).map(|s| s / 60.0));
        // The conversion of a float holds at the ends of the range, so no figure can wrap.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let minutes = minutes.map(|minutes| minutes.round() as u32);
        activity.duration_min = minutes;
        activity.line = Some(cells.line);
        Some(activity)
    }

    /// Resolves what could only be known once every file was read, and passes the records on.
    fn finish(mut self, sink: &mut dyn RecordSink, context: &mut ReadContext) {
        self.value_and_renewal();
        let known: BTreeSet<Text> = self.people.keys().cloned().collect();
        for person in self.people.values_mut() {
            forget_absent(&mut person.manager_id, |id| known.contains(id), "Contact.csv", context);
        }
        let known: BTreeSet<Text> = self.customers.keys().cloned().collect();
        for customer in self.customers.values_mut() {
            forget_absent(&mut customer.parent_id, |id| known.contains(id), "Account.csv", context);
        }
        let staff = self.staff(context);
        // Nothing in an export is newer than its latest change, so that is its reference day.
        if let Some(day) = self.latest {
            sink.as_of(day);
        }
        let mut push = |file, record: Record| {
            let line = record.line();
            sink.push(record, Place { file: Some(file), line, index: None });
        };
        for customer in self.customers.into_values() {
            push("Account.csv", customer.into());
        }
        for person in self.people.into_values() {
            push("Contact.csv", person.into());
        }
        for person in staff {
            push("User.csv", person.into());
        }
        for (file, interaction) in self.interactions {
            push(file, interaction.into());
        }
    }

    fn value_and_renewal(&mut self) {
        let won = self.opportunities.values().filter(|opportunity| opportunity.won);
        let latest = won.filter_map(|opportunity| opportunity.closes).max();
        for opportunity in self.opportunities.values() {
            let (Some(customer), Some(day)) =
                (self.customers.get_mut(&opportunity.account), opportunity.closes)
            else {
                continue;
            };
            let within_a_year = latest.is_some_and(|latest| latest.days_since(day) < 365);
            if let Some(amount) = opportunity.amount.filter(|_| opportunity.won && within_a_year) {
                customer.value = Some(customer.value.unwrap_or_default() + amount);
            }
            if opportunity.renewal && !opportunity.closed && latest.is_none_or(|latest| day >= latest) {
                customer.renewal_on = Some(customer.renewal_on.map_or(day, |known| known.min(day)));
            }
        }
    }

    /// Our staff who own anything, and their managers.
    fn staff(&mut self, context: &mut ReadContext) -> Vec<Person> {
        let mut staff = BTreeMap::new();
        let mut waiting: Vec<Text> = self.owners.iter().cloned().collect();
        while let Some(id) = waiting.pop() {
            if staff.contains_key(&id) {
                continue;
            }
            let mut person = self.users.get(&id).cloned().unwrap_or_else(|| Person::staff(id.as_str()));
            forget_absent(&mut person.manager_id, |id| self.users.contains_key(id), "User.csv", context);
            waiting.extend(person.manager_id.clone());
            if person.name.is_none() {
                let skipped = id.chars().count().saturating_sub(4);
                person.name = Some(format!("User {}", id.chars().skip(skipped).collect::<String>()).into());
            }
            staff.insert(id, person);
        }
        staff.into_values().collect()
    }
}

fn needed(found: bool, name: &str, context: &mut ReadContext) {
    if !found {
        context.start(name);
        context.fault(no_file(name));
    }
}

/// The columns that contacts and users share.
fn describe(person: &mut Person, cells: &Cells<'_>) {
    person.name = cells.text("Name").or_else(|| {
        let parts: Vec<_> = ["FirstName", "LastName"]
            .map(|part| cells.get(part))
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" ").into())
    });
    person.title = cells.text("Title");
    person.department = cells.text("Department");
    person.email = cells.text("Email");
    person.line = Some(cells.line);
}

fn add_roles(person: &mut Person, roles: Vec<Role>) {
    for role in roles {
        if !person.roles.contains(&role) {
            person.roles.push(role);
        }
    }
}

/// Drops a reference to what is not in the export, and counts it.
fn forget_absent(id: &mut Option<Text>, known: impl Fn(&str) -> bool, file: &str, context: &mut ReadContext) {
    if id.as_deref().is_some_and(|id| !known(id)) {
        *id = None;
        context.notes.add(NoteCode::NotInExport, file, 1);
    }
}

fn kind(text: &str) -> Option<InteractionKind> {
    match text.to_ascii_lowercase().as_str() {
        "call" => Some(InteractionKind::Call),
        "email" | "listemail" => Some(InteractionKind::Email),
        "linkedin" => Some(InteractionKind::Message),
        "meeting" => Some(InteractionKind::Meeting),
        _ => None,
    }
}

fn no_answer(disposition: &str) -> bool {
    let text = disposition.to_ascii_lowercase();
    ["no answer", "not answer", "unanswered", "voicemail", "busy"].iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests;
