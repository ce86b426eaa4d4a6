//! The finding itself: plain data, in a total order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::reason::Reason;
use super::remedy::Remedy;
use crate::day::Day;
use crate::evidence::{Basis, EvidenceKind};
use crate::share::Share;
use crate::text::Text;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// A finding about one customer on one day.
///
/// Displays as one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// The stable id of the kind of gap, such as `unreached_power`.
    pub id: Cow<'static, str>,
    /// The family it belongs to.
    pub family: Family,
    /// What is at stake × how far short × the customer's weight.
    pub severity: Share,
    /// The severity in words.
    pub band: Band,
    /// The customer's id.
    pub customer: Text,
    /// The people concerned; the first is the one it is about.
    pub people: Vec<PersonRef>,
    /// Why it is a gap.
    pub reason: Reason,
    /// The ties concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieFact>,
    /// What happened, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Dated>,
    /// The threshold that was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Threshold>,
    /// What is not known and could change the finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// The smallest change that would clear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
    /// Set when the caller decided to let it rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silenced: Option<Silenced>,
}

impl Gap {
    /// The id of the person it is about, where it is about one.
    pub fn person(&self) -> Option<&str> {
        self.people.first().map(|person| person.id.as_str())
    }

    /// Most serious first, then by id, then by people, then by the records behind it.
    pub(crate) fn order(a: &Self, b: &Self) -> Ordering {
        let by_people = b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id));
        by_people.then_with(|| a.people.cmp(&b.people)).then_with(|| {
            let records = a.evidence.iter().map(|it| &it.record_id);
            records.cmp(b.evidence.iter().map(|it| &it.record_id))
        })
    }
}

/// A family of gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Family {
    /// Powerful people whom we do not reach.
    Reach,
    /// Ways to them that are missing, barred or badly chosen.
    Path,
    /// Too much that hangs on too few.
    Threading,
    /// Too few kinds of people, or too few of them.
    Breadth,
    /// Ties that are going quiet.
    Rhythm,
    /// Those who were for us, or whom we knew, and are gone.
    People,
    /// What was promised and what was asked, and not yet done.
    Promises,
    /// Who else is there.
    Rivals,
    /// Our own house.
    Inside,
    /// What our records do not say, or say twice.
    Record,
    /// The caller's own.
    Own,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reach => "reach",
            Self::Path => "path",
            Self::Threading => "threading",
            Self::Breadth => "breadth",
            Self::Rhythm => "rhythm",
            Self::People => "people",
            Self::Promises => "promises",
            Self::Rivals => "rivals",
            Self::Inside => "inside",
            Self::Record => "record",
            Self::Own => "own",
        })
    }
}

/// A severity in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// From 0.5.
    Critical,
    /// From 0.25.
    High,
    /// From 0.1.
    Medium,
    /// Below.
    Low,
}

impl Band {
    /// The band of a severity.
    pub fn of(severity: Share) -> Self {
        match severity.get() {
            s if s >= 0.5 => Self::Critical,
            s if s >= 0.25 => Self::High,
            s if s >= 0.1 => Self::Medium,
            _ => Self::Low,
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        })
    }
}

/// A tie as it stands on the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TieFact {
    /// Who trusts.
    pub who: PersonRef,
    /// Whom.
    pub trusts: PersonRef,
    /// How far, and how surely.
    pub opinion: Opinion,
    /// What that rests on at best.
    pub basis: Basis,
    /// The last day on which something was observed between the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<Day>,
}

/// Something that happened, or was recorded, on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dated {
    /// The day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The kind of record, such as `interactions`.
    pub record: Cow<'static, str>,
    /// The record's id; its position for a tie, which has no id.
    pub record_id: Text,
    /// What it is evidence of, where it is evidence of trust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
}

/// A threshold that made a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Threshold {
    /// Its name in the settings, such as `levels.reached`.
    pub setting: Cow<'static, str>,
    /// Its value.
    pub value: f64,
    /// Where its default comes from.
    pub source: Cow<'static, str>,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Missing {
    /// The field, such as `people.support`.
    pub field: Cow<'static, str>,
    /// Whose, where it is about one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonRef>,
}

impl Missing {
    pub(crate) const fn new(field: &'static str, person: Option<PersonRef>) -> Self {
        Self { field: Cow::Borrowed(field), person }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.person {
            Some(person) => write!(f, "`{}` of {person}", self.field),
            None => write!(f, "`{}`", self.field),
        }
    }
}

/// Why and how long a gap rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Silenced {
    /// Why.
    pub reason: Text,
    /// The last day; for good when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl fmt::Display for Silenced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Some(day) => write!(f, "let rest until {day}: {}", self.reason),
            None => write!(f, "let rest: {}", self.reason),
        }
    }
}

/// A gap in the making. [`Situation::draft`](super::Situation::draft) begins one.
#[derive(Debug, Clone)]
#[must_use = "a draft is a gap only when it is done"]
pub struct Draft {
    gap: Gap,
    weight: f64,
    stake: f64,
    shortfall: f64,
}

impl Draft {
    pub(super) fn new(id: &'static str, family: Family, reason: Reason, customer: &str, weight: f64) -> Self {
        let gap = Gap {
            id: Cow::Borrowed(id),
            family,
            severity: Share::ZERO,
            band: Band::Low,
            customer: customer.into(),
            people: Vec::new(),
            reason,
            ties: Vec::new(),
            evidence: Vec::new(),
            threshold: None,
            missing: Vec::new(),
            remedy: None,
            silenced: None,
        };
        Self { gap, weight, stake: 1.0, shortfall: 1.0 }
    }

    /// What is at stake: a share of power, 0..=1. All of it unless told.
    #[inline]
    pub fn stake(mut self, stake: impl Into<f64>) -> Self {
        self.stake = stake.into();
        self
    }

    /// How far short, 0..=1. Wholly unless told.
    #[inline]
    pub fn shortfall(mut self, shortfall: impl Into<f64>) -> Self {
        self.shortfall = shortfall.into();
        self
    }

    /// A person concerned; the first is the one it is about.
    #[inline]
    pub fn person(mut self, person: PersonRef) -> Self {
        put(&mut self.gap.people, [person]);
        self
    }

    /// More people concerned.
    #[inline]
    pub fn people(mut self, people: impl IntoIterator<Item = PersonRef>) -> Self {
        put(&mut self.gap.people, people);
        self
    }

    /// A tie concerned.
    #[inline]
    pub fn ties(mut self, ties: impl IntoIterator<Item = TieFact>) -> Self {
        put(&mut self.gap.ties, ties);
        self
    }

    /// What happened.
    #[inline]
    pub fn evidence(mut self, evidence: impl IntoIterator<Item = Dated>) -> Self {
        put(&mut self.gap.evidence, evidence);
        self
    }

    /// The threshold that was applied: its name in the settings, its value, and where its default comes from.
    #[inline]
    pub fn threshold(mut self, setting: &'static str, value: impl Into<f64>, source: &'static str) -> Self {
        let (setting, source) = (Cow::Borrowed(setting), Cow::Borrowed(source));
        self.gap.threshold = Some(Threshold { setting, value: value.into(), source });
        self
    }

    /// Something that is not known and could change the finding.
    #[inline]
    pub fn missing(mut self, field: &'static str, person: Option<PersonRef>) -> Self {
        put(&mut self.gap.missing, [Missing::new(field, person)]);
        self
    }

    /// The same field of each of several people that is not known.
    pub(super) fn all_missing(
        mut self,
        field: &'static str,
        people: impl Iterator<Item = PersonRef>,
    ) -> Self {
        put(&mut self.gap.missing, people.map(|person| Missing::new(field, Some(person))));
        self
    }

    /// The smallest change that would clear it.
    #[inline]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.gap.remedy = Some(remedy);
        self
    }

    /// The smallest change that would clear it, where there is a simple one.
    #[inline]
    pub(super) fn remedies(mut self, remedy: Option<Remedy>) -> Self {
        self.gap.remedy = remedy;
        self
    }

    /// The finished gap.
    #[inline]
    pub fn done(mut self) -> Gap {
        let severity = self.stake.clamp(0.0, 1.0) * self.shortfall.clamp(0.0, 1.0) * self.weight;
        self.gap.severity = Share::clamped(severity);
        self.gap.band = Band::of(self.gap.severity);
        self.gap
    }
}

/// Adds some to a list. The first to come make a list of just their size: most stay alone, and lists that grow one by one
/// begin with room for four.
fn put<T>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    if list.is_empty() {
        *list = more.into_iter().collect();
    } else {
        list.extend(more);
    }
}
