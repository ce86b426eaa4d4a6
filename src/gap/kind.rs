//! What a kind of gap is: figures, a catalogue entry, settings, detection, a subject and a sentence in one type.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::finding::Gap;
use super::situation::Situation;
use crate::text::Text;
use crate::view::PersonRef;

/// One kind of gap. The type itself holds the figures of one finding; the rest defines how such findings are
/// detected, what they are about and how they read.
///
/// The built-in kinds are listed in [`CATALOGUE`](super::CATALOGUE). A caller adds their own kinds through this
/// same trait and passes them to [`View::gaps_with`](crate::View::gaps_with) as a [`Detector`](super::Detector):
///
/// ```
/// use std::fmt;
///
/// use serde::{Deserialize, Serialize};
/// use stakeholder_graph::gap::{Detector, Entry, Family, Gap, Kind, Nature, Own, Sentence, Situation, Subject};
/// use stakeholder_graph::{Network, PersonRef, Records, Settings};
///
/// /// Fewer people are on record at a customer than the team wants to know.
/// #[derive(Serialize, Deserialize)]
/// struct FewPeople {
///     known: usize,
/// }
///
/// impl Kind for FewPeople {
///     /// The number of people wanted.
///     type Settings = usize;
///
///     const ENTRY: Entry<'static> = Entry::new(
///         "few_people",
///         Family::Own,
///         Nature::Record,
///         "fewer people on record than wanted",
///         "account planning guide, 2026",
///     );
///
///     fn detect(situation: &Situation<'_>, wanted: &usize, findings: &mut Vec<Gap>) {
///         let known = situation.customer().people().count();
///         if known < *wanted {
///             let gap = situation.gap(Own::of(wanted, Self { known }));
///             findings.push(gap.stake(1.0).shortfall(0.3).done());
///         }
///     }
///
///     fn subject(&self, _: &[PersonRef]) -> Subject {
///         Subject::Customer
///     }
///
///     fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
///         write!(words, "only {} of their people are on record", self.known)
///     }
/// }
///
/// # let records = Records::from_json(include_bytes!("../../examples/sample.json").as_slice())?;
/// let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let gaps = view.customer("northgate")?.gaps_with(&[Detector::of::<FewPeople>(50)]);
/// let own = gaps.iter().find(|gap| gap.family() == Family::Own).ok_or("not found")?;
/// assert_eq!(own.id(), "few_people");
/// assert_eq!(own.to_string(), "only 11 of their people are on record");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Kind: Serialize + DeserializeOwned + Sized {
    /// The thresholds and shortfalls of the kind, each with its default and source.
    type Settings: Send + Sync;

    /// The catalogue entry of the kind.
    const ENTRY: Entry<'static>;

    /// The stable id of the kind, such as `unreached_power`. Taken from [`ENTRY`](Self::ENTRY); a kind whose id is
    /// known only at run time reads it from its settings.
    fn id(settings: &Self::Settings) -> &str {
        let _ = settings;
        Self::ENTRY.id
    }

    /// Adds what is found at a customer on a day. The order of findings does not matter.
    fn detect(situation: &Situation<'_>, settings: &Self::Settings, findings: &mut Vec<Gap>);

    /// What the finding is about. [`Gap::key`] derives from it, so it identifies things by id and holds no figure.
    /// `people` are those of the gap, [`Gap::people`].
    fn subject(&self, people: &[PersonRef]) -> Subject;

    /// The finding in one sentence without a full stop.
    ///
    /// # Errors
    /// Only those of the formatter that is written to.
    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result;
}

/// The catalogue entry of one kind of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The stable id.
    pub id: &'a str,
    /// The family.
    pub family: Family,
    /// What sort of thing it reports.
    pub nature: Nature,
    /// What it is and from which point it counts.
    pub definition: &'a str,
    /// Where the default comes from: a product, a paper, or this crate (own).
    pub source: &'a str,
}

impl<'a> Entry<'a> {
    /// A catalogue entry.
    pub const fn new(
        id: &'a str,
        family: Family,
        nature: Nature,
        definition: &'a str,
        source: &'a str,
    ) -> Self {
        Self { id, family, nature, definition, source }
    }
}

/// A family of gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Family {
    /// Powerful people who are not reached.
    Reach,
    /// Paths to them that are missing, blocked or badly chosen.
    Path,
    /// Too much depends on too few people.
    Threading,
    /// Too few people, or people too much alike.
    Breadth,
    /// Ties that are going quiet.
    Rhythm,
    /// Supporters and contacts who left, and who took their place.
    People,
    /// Promises and concerns that are still open.
    Promises,
    /// Competitors at the customer.
    Rivals,
    /// Relationships among our own staff.
    Inside,
    /// What the records lack or where they contradict each other.
    Record,
    /// The caller's own kinds.
    Own,
    /// Kinds of a newer version.
    Unknown,
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
            Self::Unknown => "unknown",
        })
    }
}

/// What sort of thing a kind of gap reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Nature {
    /// Something happened: a competitor, a departure, a complaint, a promise, a lack of answers.
    Event,
    /// Something that should be there is missing.
    Shortfall,
    /// How coverage is spread: concentration, threads, breadth.
    Structure,
    /// What the records do not contain.
    Record,
}

/// What a gap is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// The customer as a whole.
    Customer,
    /// One person, by id: a customer's or our own.
    Person(Text),
    /// One person's opinion of another, by their ids.
    #[non_exhaustive]
    Tie {
        /// The id of the person who trusts.
        who: Text,
        /// The id of the person who is trusted.
        trusts: Text,
    },
    /// A unit of the customer.
    #[non_exhaustive]
    Unit {
        /// How people are grouped, such as by `department`.
        by: Text,
        /// The unit's name.
        name: Text,
    },
    /// One aspect of the customer, such as `sites`, or `department` for the spread of coverage over departments.
    Aspect(Text),
    /// A promise, by id.
    Promise(Text),
    /// A concern, by id.
    Concern(Text),
}

impl Subject {
    /// The first of some people; the customer where there are none.
    pub fn first(people: &[PersonRef]) -> Self {
        people.first().map_or(Self::Customer, |person| Self::Person(person.id.clone()))
    }

    /// The opinion that `who` holds of `trusts`.
    pub fn tie(who: impl Into<Text>, trusts: impl Into<Text>) -> Self {
        Self::Tie { who: who.into(), trusts: trusts.into() }
    }

    /// A unit, by the kind of grouping and its name.
    pub fn unit(by: impl Into<Text>, name: impl Into<Text>) -> Self {
        Self::Unit { by: by.into(), name: name.into() }
    }

    /// The name of this variant in a key, and the ids or names that identify the subject within it.
    pub(super) fn parts(&self) -> (&'static str, [Option<&Text>; 2]) {
        match self {
            Self::Customer => ("", [None, None]),
            Self::Person(id) => ("person", [Some(id), None]),
            Self::Tie { who, trusts } => ("tie", [Some(who), Some(trusts)]),
            Self::Unit { by, name } => ("unit", [Some(by), Some(name)]),
            Self::Aspect(of) => ("aspect", [Some(of), None]),
            Self::Promise(id) => ("promise", [Some(id), None]),
            Self::Concern(id) => ("concern", [Some(id), None]),
        }
    }
}

/// A sentence under construction. `write!` appends to it.
#[allow(missing_debug_implementations, reason = "it holds a formatter, which has none")]
pub struct Sentence<'g, 'f, 'b> {
    people: &'g [PersonRef],
    to: &'f mut fmt::Formatter<'b>,
}

impl<'g, 'f, 'b> Sentence<'g, 'f, 'b> {
    pub(super) const fn new(people: &'g [PersonRef], to: &'f mut fmt::Formatter<'b>) -> Self {
        Self { people, to }
    }

    /// The people of the gap; the first is the one it is about.
    pub const fn people(&self) -> &'g [PersonRef] {
        self.people
    }

    /// Appends a text.
    ///
    /// # Errors
    /// Those of the formatter.
    pub fn write_str(&mut self, text: &str) -> fmt::Result {
        self.to.write_str(text)
    }

    /// Appends formatted text; `write!` calls it.
    ///
    /// # Errors
    /// Those of the formatter.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.to.write_fmt(text)
    }
}

/// The settings of a kind that has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NoSettings {}
