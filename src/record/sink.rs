//! Where readers put what they read.

use super::{Commitment, Concern, Customer, Decision, Interaction, Person, RecordKind, Records, Tie};
use crate::day::Day;

/// Where readers and importers put records, one after the other: all that a format needs to know about what
/// happens to them.
///
/// [`Records`] keeps them. Another sink may count, filter, or pass them on, and needs no room for all: every reader has
/// a `read_into`, such as [`json::read_into`](crate::io::json::read_into).
///
/// A reader puts only records whose fields have the right types, and leaves out the others. What was wrong with those
/// it returns at its end, after which the sink may hold a part of the input.
///
/// ```
/// use std::collections::BTreeMap;
/// use stakeholder_graph::Day;
/// use stakeholder_graph::io::json;
/// use stakeholder_graph::record::{Place, Record, RecordKind, RecordSink};
///
/// /// Counts records by kind.
/// #[derive(Default)]
/// struct Count(BTreeMap<RecordKind, usize>);
///
/// impl RecordSink for Count {
///     fn push(&mut self, record: Record, _: Place<'_>) {
///         *self.0.entry(record.kind()).or_default() += 1;
///     }
///
///     fn as_of(&mut self, _: Day) {}
/// }
///
/// let text = r#"{"customers":[{"id":"acme"}],"people":[{"id":"ann","side":"staff"},{"id":"bo","side":"staff"}]}"#;
/// let mut count = Count::default();
/// json::read_into(text.as_bytes(), &mut count)?;
/// assert_eq!(count.0[&RecordKind::Person], 2);
/// # Ok::<(), stakeholder_graph::Error>(())
/// ```
pub trait RecordSink {
    /// Takes a record, and the place that it has in the input.
    fn push(&mut self, record: Record, place: Place<'_>);

    /// Takes the day on which the records were taken. An input of several parts may give several: the latest holds.
    fn as_of(&mut self, day: Day);
}

impl RecordSink for Records {
    /// Puts the record behind the others of its kind.
    #[inline]
    fn push(&mut self, record: Record, _: Place<'_>) {
        match record {
            Record::Customer(customer) => self.customers.push(customer),
            Record::Person(person) => self.people.push(person),
            Record::Tie(tie) => self.ties.push(tie),
            Record::Interaction(interaction) => self.interactions.push(interaction),
            Record::Commitment(commitment) => self.commitments.push(commitment),
            Record::Concern(concern) => self.concerns.push(concern),
            Record::Decision(decision) => self.decisions.push(decision),
        }
    }

    fn as_of(&mut self, day: Day) {
        self.as_of = self.as_of.max(Some(day));
    }
}

/// The place of a record in an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place<'a> {
    /// The file, as the reader names it; none where the input has only one.
    pub file: Option<&'a str>,
    /// The line of the file, from 1, where the reader knows it.
    pub line: Option<u32>,
    /// The position among the records of its kind in its file, or in its line where each line is a document of its own,
    /// from 0; none for a record made from several.
    pub index: Option<usize>,
}

impl<'a> Place<'a> {
    /// Nothing known yet.
    pub const fn new() -> Self {
        Self { file: None, line: None, index: None }
    }

    /// In a file.
    #[must_use]
    pub const fn file(mut self, file: &'a str) -> Self {
        self.file = Some(file);
        self
    }

    /// On a line, from 1.
    #[must_use]
    pub const fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// At a position among the records of its kind, from 0.
    #[must_use]
    pub const fn index(mut self, index: usize) -> Self {
        self.index = Some(index);
        self
    }
}

macro_rules! record {
    ($($kind:ident)+) => {
        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Record {
            $(
                #[doc = concat!("A [`", stringify!($kind), "`].")]
                $kind($kind),
            )+
        }

        impl Record {
            /// Its kind.
            pub const fn kind(&self) -> RecordKind {
                match self {
                    $(Self::$kind(_) => RecordKind::$kind,)+
                }
            }

            /// The line of the file that it came from, where known.
            pub const fn line(&self) -> Option<u32> {
                match self {
                    $(Self::$kind(record) => record.line,)+
                }
            }
        }

        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Self {
                Self::$kind(record)
            }
        })+
    };
}

record! { Customer Person Tie Interaction Commitment Concern Decision }

impl Records {
    /// Forgets every record, but not the memory that they took.
    pub(crate) fn clear(&mut self) {
        let Self {
            schema_version: _,
            as_of,
            customers,
            people,
            ties,
            interactions,
            commitments,
            concerns,
            decisions,
        } = self;
        *as_of = None;
        customers.clear();
        people.clear();
        ties.clear();
        interactions.clear();
        commitments.clear();
        concerns.clear();
        decisions.clear();
    }

    /// Passes every record on, in the order of the kinds, as if a reader had read them from a file.
    pub(crate) fn pour(&mut self, file: Option<&str>, sink: &mut dyn RecordSink) {
        let Self {
            schema_version: _,
            as_of,
            customers,
            people,
            ties,
            interactions,
            commitments,
            concerns,
            decisions,
        } = self;
        if let Some(day) = as_of.take() {
            sink.as_of(day);
        }
        pour(customers, file, sink);
        pour(people, file, sink);
        pour(ties, file, sink);
        pour(interactions, file, sink);
        pour(commitments, file, sink);
        pour(concerns, file, sink);
        pour(decisions, file, sink);
    }
}

fn pour<T: Into<Record>>(records: &mut Vec<T>, file: Option<&str>, sink: &mut dyn RecordSink) {
    for (index, record) in records.drain(..).enumerate() {
        let record = record.into();
        let line = record.line();
        sink.push(record, Place { file, line, index: Some(index) });
    }
}
