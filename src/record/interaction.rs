//! Interactions: what happened between people.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::{Day, Moment};
use crate::text::Text;

/// Something that happened, or is planned, between people.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interaction {
    /// Opaque, unique among interactions.
    pub id: Text,
    /// When.
    pub at: Moment,
    /// Ids of everyone who took part, the one who started it included.
    pub participants: Vec<Text>,
    /// Ids of participants who were invited and did not come. They met no one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Text>,
    /// Whether no person sent it: an out-of-office note, a newsletter, list mail. It is evidence of nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automatic: Option<bool>,
    /// Whether those who met were in one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_person: Option<bool>,
    /// Whether they told us that a competitor approached them: forwarded its offer, or called us about it. That is the
    /// first call as it was observed. Where it is not said, a forwarded offer within two weeks of their contact with a
    /// competitor counts as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_us_of_rival: Option<bool>,
    /// The customer it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<Text>,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<InteractionKind>,
    /// The participant who started it: wrote, called, invited, ordered, asked for a quote, introduced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_by: Option<Text>,
    /// The outcome.
    pub status: InteractionStatus,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_min: Option<u32>,
    /// How it felt, -1..=1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<f64>,
    /// Subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Text>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Interaction {
    /// Something of a kind that was held on a day.
    pub fn new<P: Into<Text>>(
        id: impl Into<Text>,
        kind: InteractionKind,
        at: impl Into<Moment>,
        participants: impl IntoIterator<Item = P>,
    ) -> Self {
        Self {
            id: id.into(),
            at: at.into(),
            participants: participants.into_iter().map(Into::into).collect(),
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> Option<&mut Text> {
        let Self {
            customer_id,
            id: _,
            at: _,
            participants: _,
            absent: _,
            automatic: _,
            in_person: _,
            told_us_of_rival: _,
            kind: _,
            started_by: _,
            status: _,
            duration_min: _,
            sentiment: _,
            subject: _,
            other: _,
            line: _,
        } = self;
        customer_id.as_mut()
    }
}

fields! { Interaction, id |record| &record.id;
    "id" or "Id" or "ActivityId" or "activity_id" or "activityid" => id: id required,
    "at" or "date" or "Date" or "timestamp" or "ActivityDate" or "hs_timestamp" or "hs_meeting_start_time"
        => at: moment required,
    "participants" or "attendees" => participants: ids_needed required,
    "absent" or "absentees" or "no_shows" => absent: ids,
    "automatic" or "auto" or "is_automated" => automatic: yes_or_no,
    "in_person" or "face_to_face" or "on_site" => in_person: yes_or_no,
    "told_us_of_rival" => told_us_of_rival: yes_or_no,
    "customer_id" or "customer" or "account_id" or "AccountId" or "accountid" or "company_id"
        => customer_id: id_if_any,
    "kind" or "type" or "Type" or "TaskSubtype" => kind: word_if_any,
    "started_by" or "initiator" or "organizer" => started_by: id_if_any,
    "status" or "Status" or "outcome" or "hs_meeting_outcome" => status: word_or_default,
    "duration_min" or "duration" or "DurationInMinutes" => duration_min: whole,
    "sentiment" => sentiment: number,
    "subject" or "Subject" or "hs_meeting_title" => subject: text,
}

setters! { Interaction {
    /// With another id.
    id(text),
    /// At another moment.
    at(from Moment),
    /// With those who took part, in place of any others.
    participants(texts),
    /// With those who did not come, in place of any others.
    absent(texts),
    /// Sent by no person.
    automatic(some bool),
    /// With whether those who met were in one place.
    in_person(some bool),
    /// With whether they told us that a competitor approached them.
    told_us_of_rival(some bool),
    /// About a customer.
    customer_id(some text),
    /// Of another kind.
    kind(some InteractionKind),
    /// With the participant who started it.
    started_by(some text),
    /// With the outcome.
    status(InteractionStatus),
    /// Lasting some minutes.
    duration_min(some u32),
    /// With how it felt, -1..=1.
    sentiment(some f64),
    /// With a subject.
    subject(some text),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl Default for Interaction {
    /// No id, no one, on the first day of 1970.
    fn default() -> Self {
        Self {
            id: Text::default(),
            at: Moment::from(Day::from_number(0)),
            participants: Vec::new(),
            absent: Vec::new(),
            automatic: None,
            in_person: None,
            told_us_of_rival: None,
            customer_id: None,
            kind: None,
            started_by: None,
            status: InteractionStatus::default(),
            duration_min: None,
            sentiment: None,
            subject: None,
            other: Other::default(),
            line: None,
        }
    }
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction")
            .field("id", &self.id)
            .field("at", &self.at)
            .field("kind", &self.kind)
            .field("participants", &self.participants.len())
            .finish_non_exhaustive()
    }
}

/// What an interaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum InteractionKind {
    /// People met, in a room or on a screen.
    Meeting,
    /// People spoke on the telephone.
    Call,
    /// A mail.
    Email,
    /// Any other message.
    Message,
    /// Something that people attended.
    Event,
    /// An order.
    Order,
    /// A quote that was asked for.
    Quote,
    /// `started_by` brought the others together.
    Introduction,
}

/// The outcome of an interaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum InteractionStatus {
    /// It took place.
    #[default]
    Held,
    /// It is yet to come: no evidence of anything.
    Planned,
    /// The people asked declined.
    Declined,
    /// Those who were asked did not answer.
    Unanswered,
}
