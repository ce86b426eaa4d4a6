//! The caller's input: plain data, one file a kind, field names as in JSON and CSV.
//!
//! [`Records`] gathers the seven kinds. A field that is `None` or empty is *unknown*, never zero. Ids are opaque
//! texts. Nothing is checked here beyond the type of a field; that is the door of the next stage,
//! [`Network::build`](crate::Network::build).
//!
//! ```
//! use stakeholder_graph::record::Seniority;
//!
//! assert_eq!("Vice President".parse(), Ok(Seniority::Vp)); // as CRMs spell it
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attribute;
mod commitment;
mod concern;
mod customer;
mod decision;
mod interaction;
mod person;
mod seniority;
mod tie;
pub(crate) mod convert;
pub(crate) mod fault;
pub(crate) mod context;
mod merge;
pub(crate) mod note;
pub(crate) mod read;
pub(crate) mod schema;
mod setters;
mod sink;
mod spelling;
pub(crate) mod value;
pub(crate) mod words;

pub use attribute::{Role, Seniority, Side, Support, Unit};
pub use commitment::{Commitment, CommitmentStatus};
pub use concern::{Concern, ConcernStatus};
pub use customer::{Customer, CustomerStatus};
pub use decision::{Decision, Member};
pub use fault::{Fault, FaultCode, Faults};
pub use interaction::{Interaction, InteractionKind, InteractionStatus};
pub use note::{Note, NoteCode};
pub use person::{Person, Profile};
pub use seniority::is_assistant_title;
pub use sink::{Place, Record, RecordSink};
pub(crate) use tie::Citation;
pub use tie::{Tie, TieKind, TieSource};
pub use words::ParseWordError;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::day::Day;

/// The version of the record schema that this crate writes, and the newest that it reads.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything the caller knows: seven kinds of record and the day on which they were true.
///
/// ```
/// use stakeholder_graph::record::{Customer, Person, Tie};
/// use stakeholder_graph::Records;
///
/// let mut records = Records::new();
/// records.customers.push(Customer::new("northgate"));
/// records.people.push(Person::customer("dan", "northgate").name("Dan Keller"));
/// records.people.push(Person::staff("pam"));
/// records.ties.push(Tie::trust("dan", "pam").strength(0.7));
/// let mut json = Vec::new();
/// records.to_json(&mut json)?;
/// assert_eq!(Records::from_json(json.as_slice())?, records);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Records {
    /// Version of the schema; 0 when unknown, which is read as the newest.
    pub schema_version: u32,
    /// The day on which the records were taken. Stated scores are dated to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Customer>,
    /// People of every side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Ties between two people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// What happened between people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interactions: Vec<Interaction>,
    /// Promises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// Complaints, worries and suggestions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
    /// How a customer decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
}

impl Records {
    /// No records.
    pub fn new() -> Self {
        Self { schema_version: SCHEMA_VERSION, ..Self::default() }
    }

    /// How many records there are, of all kinds.
    pub fn len(&self) -> usize {
        self.counts().into_iter().map(|(_, count)| count).sum()
    }

    /// How many records there are of each kind.
    pub(crate) fn counts(&self) -> [(RecordKind, usize); RecordKind::ALL.len()] {
        let Self {
            schema_version: _,
            as_of: _,
            customers,
            people,
            ties,
            interactions,
            commitments,
            concerns,
            decisions,
        } = self;
        [
            (RecordKind::Customer, customers.len()),
            (RecordKind::Person, people.len()),
            (RecordKind::Tie, ties.len()),
            (RecordKind::Interaction, interactions.len()),
            (RecordKind::Commitment, commitments.len()),
            (RecordKind::Concern, concerns.len()),
            (RecordKind::Decision, decisions.len()),
        ]
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the records of another set behind these; the later `as_of` holds for both.
    pub fn append(&mut self, other: Self) {
        let Self {
            schema_version: _,
            as_of,
            mut customers,
            mut people,
            mut ties,
            mut interactions,
            mut commitments,
            mut concerns,
            mut decisions,
        } = other;
        self.as_of = self.as_of.max(as_of);
        self.customers.append(&mut customers);
        self.people.append(&mut people);
        self.ties.append(&mut ties);
        self.interactions.append(&mut interactions);
        self.commitments.append(&mut commitments);
        self.concerns.append(&mut concerns);
        self.decisions.append(&mut decisions);
    }
}

impl fmt::Debug for Records {
    /// Counts only: records hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut records = f.debug_struct("Records");
        records.field("as_of", &self.as_of);
        for (kind, count) in self.counts() {
            records.field(kind.plural(), &count);
        }
        records.finish_non_exhaustive()
    }
}

/// The seven kinds of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RecordKind {
    /// A customer.
    Customer,
    /// A person.
    Person,
    /// A tie.
    Tie,
    /// An interaction.
    Interaction,
    /// A commitment.
    Commitment,
    /// A concern.
    Concern,
    /// A decision.
    Decision,
}

impl RecordKind {
    /// The name of the array in JSON, and of the file in a CSV folder.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Customer => "customers",
            Self::Person => "people",
            Self::Tie => "ties",
            Self::Interaction => "interactions",
            Self::Commitment => "commitments",
            Self::Concern => "concerns",
            Self::Decision => "decisions",
        }
    }
}

/// A kind of record as the name of its array, for `#[serde(with)]`.
pub(crate) mod in_the_plural {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::RecordKind;

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(crate) fn serialize<S: Serializer>(kind: &RecordKind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.plural())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RecordKind, D::Error> {
        RecordKind::deserialize(deserializer)
    }
}

/// Fields that the schema does not know, kept as they came.
///
/// Takes one pointer when there are none, which is the usual case.
#[derive(Clone, Default, PartialEq)]
#[allow(clippy::box_collection, reason = "a map takes three words, and nearly every record has none")]
pub struct Other(Option<Box<BTreeMap<String, String>>>);

impl Other {
    /// No such field.
    pub(crate) const NONE: Self = Self(None);

    /// The value of an unknown field: its text, or its JSON when it was not a text.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.as_ref()?.get(name).map(String::as_str)
    }

    /// Keeps a field aside.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.get_or_insert_default().insert(name.into(), value.into());
    }

    /// The fields in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|fields| fields.iter()).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether every field was known.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl fmt::Debug for Other {
    /// Names only: the values may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl Serialize for Other {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
