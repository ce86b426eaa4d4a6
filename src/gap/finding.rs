//! The finding itself: plain data, in a total order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::kind::{Family, Sentence, Subject};
use super::kinds::Reason;
use super::remedy::Remedy;
use crate::day::Day;
use crate::evidence::{Basis, EvidenceKind};
use crate::record::RecordKind;
use crate::share::Share;
use crate::text::Text;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// A finding about one customer on one day.
///
/// Displays as one sentence. Its id and family follow from its [`reason`](Self::reason).
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let gaps = view.customer("northgate")?.gaps();
/// let gap = gaps.iter().find(|gap| gap.id() == "unreached_power").ok_or("no such gap")?;
/// assert_eq!(gap.key(), "unreached_power/northgate/person/dan");
/// assert!(gap.to_string().starts_with("Dan Keller holds"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// Importance × shortfall × the customer's weight.
    pub severity: Share,
    /// The severity in words.
    pub band: Band,
    /// The customer concerned, by id.
    pub customer: Text,
    /// The people concerned; the first is the one it is about.
    pub people: Vec<PersonRef>,
    /// Why it is a gap.
    pub reason: Reason,
    /// The ties concerned.
    #[serde(default)]
    pub ties: Vec<TieFact>,
    /// What happened, newest first.
    #[serde(default)]
    pub evidence: Vec<Dated>,
    /// The threshold applied.
    #[serde(default)]
    pub threshold: Option<Threshold>,
    /// What is not on record and could change the finding.
    #[serde(default)]
    pub missing: Vec<Missing>,
    /// The smallest change that would clear it.
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// Set while the caller has snoozed it.
    #[serde(default)]
    pub snoozed: Option<Snoozed>,
}

/// A gap as serialised: with the id and the family that follow from its reason.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    family: Family,
    severity: Share,
    band: Band,
    customer: &'a Text,
    people: &'a [PersonRef],
    reason: &'a Reason,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    ties: &'a [TieFact],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [Dated],
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<&'a Threshold>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    missing: &'a [Missing],
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a Remedy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snoozed: Option<&'a Snoozed>,
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            severity,
            band,
            customer,
            people,
            reason,
            ties,
            evidence,
            threshold,
            missing,
            remedy,
            snoozed,
        } = self;
        let written = Written {
            id: reason.id(),
            family: reason.family(),
            severity: *severity,
            band: *band,
            customer,
            people,
            reason,
            ties,
            evidence,
            threshold: threshold.as_ref(),
            missing,
            remedy: remedy.as_ref(),
            snoozed: snoozed.as_ref(),
        };
        written.serialize(serializer)
    }
}

impl Gap {
    /// The stable id of the kind of gap, such as `unreached_power`.
    pub fn id(&self) -> &str {
        self.reason.id()
    }

    /// The family that the kind belongs to.
    pub fn family(&self) -> Family {
        self.reason.family()
    }

    /// What it is about.
    pub fn subject(&self) -> Subject {
        self.reason.subject(&self.people)
    }

    /// The key of the gap, stable for as long as the gap exists: the kind, the customer and what it is about,
    /// never a figure. Parts are joined by `/`; a `/` or `%` inside a part is written `%2F` or `%25`.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(include_bytes!("../../examples/sample.json").as_slice())?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let gaps = view.customer("northgate")?.gaps();
    /// assert_eq!(gaps[0].key(), "unreached_power/northgate/person/dan");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn key(&self) -> String {
        let mut key = String::new();
        push_part(&mut key, self.id());
        key.push('/');
        push_part(&mut key, &self.customer);
        let subject = self.subject();
        let (sort, names) = subject.parts();
        if !sort.is_empty() {
            key.push('/');
            key.push_str(sort);
        }
        for name in names.into_iter().flatten() {
            key.push('/');
            push_part(&mut key, name);
        }
        key
    }

    /// The id of the person the gap is about, if it is about one.
    pub fn person(&self) -> Option<&str> {
        self.people.first().map(|person| person.id.as_str())
    }

    /// Most serious first, then by id, by people, and by the underlying records.
    pub(crate) fn order(a: &Self, b: &Self) -> Ordering {
        let by_people = b.severity.cmp(&a.severity).then_with(|| a.id().cmp(b.id()));
        by_people.then_with(|| a.people.cmp(&b.people)).then_with(|| {
            let records = a.evidence.iter().map(|it| &it.record_id);
            records.cmp(b.evidence.iter().map(|it| &it.record_id))
        })
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.sentence(&mut Sentence::new(&self.people, f))
    }
}

/// Adds one part of a key.
fn push_part(key: &mut String, part: &str) {
    for c in part.chars() {
        match c {
            '/' => key.push_str("%2F"),
            '%' => key.push_str("%25"),
            c => key.push(c),
        }
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
    /// Below 0.1.
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

/// A tie as it is on the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TieFact {
    /// Who trusts.
    pub who: PersonRef,
    /// Who is trusted.
    pub trusts: PersonRef,
    /// The opinion: how much trust, and how certain.
    pub opinion: Opinion,
    /// Its strongest basis.
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
    /// The kind of record, written in the plural, such as `interactions`.
    #[serde(with = "crate::record::in_the_plural")]
    pub record: RecordKind,
    /// The record's id; of a tie without one [what it is cited by](crate::record::Tie::citation).
    pub record_id: Text,
    /// What it is evidence of, where it is evidence of trust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
}

/// The threshold behind a finding.
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

/// Something that is not on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Missing {
    /// The field, such as `people.support`.
    pub field: Cow<'static, str>,
    /// The person it belongs to, if it is about one.
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

/// Why and until when a gap is snoozed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Snoozed {
    /// The reason given.
    pub reason: Text,
    /// The last day of the snooze; indefinite when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl fmt::Display for Snoozed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Some(day) => write!(f, "snoozed until {day}: {}", self.reason),
            None => write!(f, "snoozed: {}", self.reason),
        }
    }
}
