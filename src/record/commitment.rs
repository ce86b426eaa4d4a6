//! Commitments: promises made, kept and broken.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// A promise.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Commitment {
    /// Opaque, unique among commitments.
    pub id: Text,
    /// Id of the person who promised.
    pub made_by: Text,
    /// Ids of the people the promise was made to.
    pub made_to: Vec<Text>,
    /// The day it was made.
    pub made_on: Day,
    /// The last day to keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// The state of the promise.
    pub status: CommitmentStatus,
    /// The day it was kept, broken or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<Day>,
    /// The customer it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<Text>,
    /// What was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Commitment {
    /// A promise made on a day, still open.
    pub fn new<P: Into<Text>>(
        id: impl Into<Text>,
        made_by: impl Into<Text>,
        made_to: impl IntoIterator<Item = P>,
        made_on: Day,
    ) -> Self {
        Self {
            id: id.into(),
            made_by: made_by.into(),
            made_to: made_to.into_iter().map(Into::into).collect(),
            made_on,
            ..Self::default()
        }
    }

    /// With its state and the day of closing.
    #[must_use]
    pub fn closed(mut self, status: CommitmentStatus, on: Day) -> Self {
        self.status = status;
        self.closed_on = Some(on);
        self
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> Option<&mut Text> {
        let Self {
            customer_id,
            id: _,
            made_by: _,
            made_to: _,
            made_on: _,
            due_on: _,
            status: _,
            closed_on: _,
            text: _,
            other: _,
            line: _,
        } = self;
        customer_id.as_mut()
    }
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

setters! { Commitment {
    /// With another id.
    id(text),
    /// Made by another person.
    made_by(text),
    /// Made to these people, in place of any others.
    made_to(texts),
    /// Made on another day.
    made_on(Day),
    /// With the last day to keep it.
    due_on(some Day),
    /// With its state.
    status(CommitmentStatus),
    /// With the day on which it was kept, broken or withdrawn.
    closed_on(some Day),
    /// About a customer.
    customer_id(some text),
    /// With what was promised.
    text(some text),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl Default for Commitment {
    /// No id, no one, on the first day of 1970.
    fn default() -> Self {
        Self {
            id: Text::default(),
            made_by: Text::default(),
            made_to: Vec::new(),
            made_on: Day::from_number(0),
            due_on: None,
            status: CommitmentStatus::default(),
            closed_on: None,
            customer_id: None,
            text: None,
            other: Other::default(),
            line: None,
        }
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commitment")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// The state of a promise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CommitmentStatus {
    /// Not yet kept.
    #[default]
    Open,
    /// Kept.
    Kept,
    /// Broken.
    Broken,
    /// Taken back by agreement.
    Withdrawn,
}
