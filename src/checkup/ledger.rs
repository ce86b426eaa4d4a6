//! Every concern that a customer has raised, and its outcome: none is ever dropped.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::label::Label;
use crate::record::{Concern, ConcernStatus};
use crate::text::Text;
use crate::view::{CustomerView, PersonRef, View};

/// Every concern of a customer by the day, in the order in which it was raised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ledger {
    /// All of them.
    pub entries: Vec<LedgerEntry>,
}

/// A concern and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// The concern's id.
    pub concern: Text,
    /// What it says, in the caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Who raised it, where they are on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<PersonRef>,
    /// The day it was raised.
    pub raised_on: Day,
    /// The colleague responsible for it: as recorded, or else the account owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<PersonRef>,
    /// Severity of the concern, 1 (little) to 4 (very).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<u8>,
    /// The outcome so far.
    #[serde(flatten)]
    pub state: LedgerState,
}

/// The outcome of a concern so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[non_exhaustive]
pub enum LedgerState {
    /// No one has answered.
    #[non_exhaustive]
    Open {
        /// Whether we acknowledged it.
        acknowledged: bool,
        /// The review day, if one is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<Day>,
    },
    /// It was answered, and nothing has visibly changed: the promised change is not done yet.
    Answered,
    /// It was answered, and something visibly changed.
    ChangedSomething,
    /// It was parked until its review day; without one, no one will look at it again.
    #[non_exhaustive]
    Parked {
        /// The review day, if one is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<Day>,
    },
}

impl LedgerState {
    fn of(concern: &Concern, day: Day, as_of: Option<Day>) -> Self {
        match concern.status_on(day, as_of) {
            ConcernStatus::Open => Self::Open { acknowledged: false, review_on: concern.review_on },
            ConcernStatus::Acknowledged => Self::Open { acknowledged: true, review_on: concern.review_on },
            ConcernStatus::Answered => Self::Answered,
            ConcernStatus::ChangedSomething => Self::ChangedSomething,
            ConcernStatus::Parked => Self::Parked { review_on: concern.review_on },
        }
    }

    /// Whether nothing is left to do: something changed, or it is parked until a day still to come.
    pub fn is_settled(self, day: Day) -> bool {
        match self {
            Self::ChangedSomething => true,
            Self::Parked { review_on } => review_on.is_some_and(|review| day <= review),
            Self::Open { .. } | Self::Answered => false,
        }
    }
}

impl Ledger {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Concerns that were answered without a visible change.
    pub fn without_change(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.entries.iter().filter(|entry| entry.state == LedgerState::Answered)
    }

    /// Concerns that still need action on a day.
    pub fn unsettled(&self, day: Day) -> impl Iterator<Item = &LedgerEntry> {
        self.entries.iter().filter(move |entry| !entry.state.is_settled(day))
    }
}

impl CustomerView<'_> {
    /// Every concern that this customer's people have raised by the day, and its outcome.
    ///
    /// On a day before it was answered a concern is open. Since when it was parked or acknowledged no record says; on a past
    /// day the same is reported.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let ledger = view.customer("northgate")?.concerns();
    /// assert_eq!(ledger.entries.len(), 5);
    /// assert_eq!(ledger.without_change().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn concerns(&self) -> Ledger {
        let view = self.view();
        let raised = view.network().concerns_of(self.at()).filter(|it| it.raised_on <= view.day());
        let owner = self.owner().map(|owner| view.name(owner));
        let mut entries: Vec<LedgerEntry> =
            raised.map(|concern| entry(concern, view, owner.as_ref())).collect();
        entries.sort_by(|a, b| (a.raised_on, &a.concern).cmp(&(b.raised_on, &b.concern)));
        Ledger { entries }
    }
}

fn entry(concern: &Concern, view: &View<'_>, owner: Option<&PersonRef>) -> LedgerEntry {
    let person = |id: &str| view.network().person(id).map(PersonRef::from);
    LedgerEntry {
        concern: concern.id.clone(),
        text: concern.text.clone(),
        raised_by: person(&concern.raised_by),
        raised_on: concern.raised_on,
        answers: concern.owner_id.as_deref().and_then(person).or_else(|| owner.cloned()),
        severity: concern.severity,
        state: LedgerState::of(concern, view.day(), view.network().as_of()),
    }
}

impl fmt::Display for LedgerEntry {
    /// One line: `2025-12-08  Ken Ostrow: "Two invoices": answered, and nothing has visibly changed (Sal Brandt)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  ", self.raised_on)?;
        if let Some(who) = &self.raised_by {
            write!(f, "{who}: ")?;
        }
        write!(f, "\"{}\": {}", Label::new(self.text.as_ref().unwrap_or(&self.concern)), self.state)?;
        match &self.answers {
            Some(ours) => write!(f, " ({ours})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for LedgerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { acknowledged, review_on } => {
                f.write_str(if *acknowledged { "heard, not answered" } else { "open" })?;
                review_on.map_or(Ok(()), |day| write!(f, ", to be looked at by {day}"))
            }
            Self::Answered => f.write_str("answered, and nothing has visibly changed"),
            Self::ChangedSomething => f.write_str("answered, and something changed"),
            Self::Parked { review_on: Some(day) } => write!(f, "parked until {day}"),
            Self::Parked { review_on: None } => f.write_str("parked without a day to look at it again"),
        }
    }
}
