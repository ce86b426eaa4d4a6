//! Concerns: complaints, worries and suggestions, which are never dropped.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// A complaint, a worry or a suggestion.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Concern {
    /// Opaque, unique among concerns.
    pub id: Text,
    /// Id of the person who raised it.
    pub raised_by: Text,
    /// The day it was raised.
    pub raised_on: Day,
    /// Severity, 1 (little) to 4 (very).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<u8>,
    /// The state of the concern.
    pub status: ConcernStatus,
    /// The review day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Day>,
    /// The day on which it was answered; see [`answered_by`](Self::answered_by) where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<Day>,
    /// The colleague responsible for it; the account owner when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<Text>,
    /// The customer it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<Text>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Concern {
    /// A concern raised on a day, still open.
    pub fn new(id: impl Into<Text>, raised_by: impl Into<Text>, raised_on: Day) -> Self {
        Self { id: id.into(), raised_by: raised_by.into(), raised_on, ..Self::default() }
    }

    /// The day from which it counts as answered, given the day of the records; none where it is not. Without
    /// `answered_on` that is its review day if that has passed, else the day of the records: an answer of yesterday does
    /// not change what was true before.
    pub fn answered_by(&self, as_of: Option<Day>) -> Option<Day> {
        match self.status {
            ConcernStatus::Open | ConcernStatus::Acknowledged | ConcernStatus::Parked => None,
            ConcernStatus::Answered | ConcernStatus::ChangedSomething => {
                let reviewed = self.review_on.filter(|&review| as_of.is_none_or(|as_of| review <= as_of));
                let day = self.answered_on.or(reviewed).or(as_of);
                Some(day.map_or(self.raised_on, |day| day.max(self.raised_on)))
            }
        }
    }

    /// Its state on a day, given the day of the records: open until it was answered.
    pub fn status_on(&self, day: Day, as_of: Option<Day>) -> ConcernStatus {
        if self.answered_by(as_of).is_some_and(|answered| day < answered) {
            ConcernStatus::Open
        } else {
            self.status
        }
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> Option<&mut Text> {
        let Self {
            customer_id,
            id: _,
            raised_by: _,
            raised_on: _,
            severity: _,
            status: _,
            review_on: _,
            answered_on: _,
            owner_id: _,
            text: _,
            other: _,
            line: _,
        } = self;
        customer_id.as_mut()
    }
}

fields! { Concern, id |record| &record.id;
    "id" or "Id" => id: id required,
    "raised_by" or "by" => raised_by: id required,
    "raised_on" or "date" => raised_on: day required,
    "severity" => severity: whole,
    "status" or "Status" => status: word_or_default,
    "review_on" => review_on: day_if_any,
    "answered_on" or "closed_on" or "resolved_on" or "ClosedDate" or "closed_date" => answered_on: day_if_any,
    "owner_id" or "OwnerId" or "owner" => owner_id: id_if_any,
    "customer_id" or "customer" or "account_id" or "AccountId" => customer_id: id_if_any,
    "text" or "description" or "Description" => text: text,
}

setters! { Concern {
    /// With another id.
    id(text),
    /// Raised by another person.
    raised_by(text),
    /// Raised on another day.
    raised_on(Day),
    /// With its severity, 1 (little) to 4 (very).
    severity(some u8),
    /// With its state.
    status(ConcernStatus),
    /// With the review day.
    review_on(some Day),
    /// Answered on a day.
    answered_on(some Day),
    /// With the colleague responsible for it.
    owner_id(some text),
    /// About a customer.
    customer_id(some text),
    /// With its text.
    text(some text),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl Default for Concern {
    /// No id, no one, on the first day of 1970.
    fn default() -> Self {
        Self {
            id: Text::default(),
            raised_by: Text::default(),
            raised_on: Day::from_number(0),
            severity: None,
            status: ConcernStatus::default(),
            review_on: None,
            answered_on: None,
            owner_id: None,
            customer_id: None,
            text: None,
            other: Other::default(),
            line: None,
        }
    }
}

impl fmt::Debug for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Concern").field("id", &self.id).field("status", &self.status).finish_non_exhaustive()
    }
}

/// The state of a concern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConcernStatus {
    /// No one has reacted.
    #[default]
    Open,
    /// We acknowledged it.
    Acknowledged,
    /// We answered.
    Answered,
    /// We answered, and something visibly changed.
    ChangedSomething,
    /// Set aside until its review day.
    Parked,
}
