//! Ties: from one person to another, never to an organisation.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Other;
use crate::day::Day;
use crate::text::Text;

/// A tie from one person to another.
///
/// In JSON and CSV a trust tie may be written as a sentence, `who` `trusts`; every other kind, and trust too if
/// the caller likes, as `kind`, `from`, `to`.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Tie {
    /// What the tie says.
    pub kind: TieKind,
    /// The id of the person it starts from: who trusts, influences, listens, reports.
    pub from: Text,
    /// The id of the person it leads to: who is trusted, influenced, listened to, reported to.
    pub to: Text,
    /// A stated score, 0..=1.
    pub strength: Option<f64>,
    /// Evidence for, in pieces; at least 0. Written `for`.
    pub supporting: Option<f64>,
    /// Evidence against, in pieces; at least 0.
    pub against: Option<f64>,
    /// Whether `for` and `against` were counted or are somebody's judgement; unknown counts as counted. A
    /// `strength` is always a judgement.
    pub source: Option<TieSource>,
    /// First day of the tie.
    pub since: Option<Day>,
    /// Last day of the tie.
    pub until: Option<Day>,
    /// Fields that the schema does not know.
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    pub line: Option<u32>,
}

impl Tie {
    /// `who` trusts `trusts`, nothing said yet about how much.
    pub fn trust(who: impl Into<Text>, trusts: impl Into<Text>) -> Self {
        Self::new(TieKind::Trust, who, trusts)
    }

    /// A tie of any kind.
    pub fn new(kind: TieKind, from: impl Into<Text>, to: impl Into<Text>) -> Self {
        Self { kind, from: from.into(), to: to.into(), ..Self::default() }
    }

    /// With a stated score, 0..=1.
    #[must_use]
    pub fn strength(mut self, strength: f64) -> Self {
        self.strength = Some(strength);
        self
    }

    /// With counted evidence for and against.
    #[must_use]
    pub fn evidence(mut self, supporting: f64, against: f64) -> Self {
        self.supporting = Some(supporting);
        self.against = Some(against);
        self.source = Some(TieSource::Evidenced);
        self
    }
}

impl fmt::Debug for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tie")
            .field("kind", &self.kind)
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

impl Serialize for Tie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.kind == TieKind::Trust {
            map.serialize_entry("who", &self.from)?;
            map.serialize_entry("trusts", &self.to)?;
        } else {
            map.serialize_entry("kind", &self.kind)?;
            map.serialize_entry("from", &self.from)?;
            map.serialize_entry("to", &self.to)?;
        }
        let numbers = [("strength", self.strength), ("for", self.supporting), ("against", self.against)];
        for (name, number) in numbers {
            if let Some(number) = number {
                map.serialize_entry(name, &number)?;
            }
        }
        if let Some(source) = self.source {
            map.serialize_entry("source", &source)?;
        }
        for (name, day) in [("since", self.since), ("until", self.until)] {
            if let Some(day) = day {
                map.serialize_entry(name, &day)?;
            }
        }
        for (name, value) in self.other.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// What a tie says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TieKind {
    /// `from` trusts `to`.
    #[default]
    Trust,
    /// `from` influences `to`: `to` listens to `from`.
    Influence,
    /// `from` listens to `to`.
    ListensTo,
    /// `from` reports to `to`, beside the line in `manager_id`: a declared second manager.
    ReportsTo,
    /// The two are at odds: each distrusts the other.
    Conflict,
    /// The two know each other, no more is said.
    Acquainted,
    /// Neither is to be asked to approach the other.
    Avoid,
}

/// Where the figures of a tie come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieSource {
    /// Somebody's judgement: counts for at most `EvidenceSettings::stated_cap`.
    Stated,
    /// Counted from what happened.
    Evidenced,
}
