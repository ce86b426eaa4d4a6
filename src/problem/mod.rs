//! What is wrong with records: data first, words last.

mod kind;

pub use kind::ProblemKind;

use std::fmt;

use serde::Serialize;

use crate::label::Label;
use crate::record::RecordKind;
use crate::record::words::words;
use crate::text::Text;

/// One fault, or note, about one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Its severity.
    pub severity: Severity,
    /// The record.
    pub record: RecordRef,
    /// The field, by its name in JSON; none when the whole record is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What is wrong.
    pub what: ProblemKind,
    /// What a lenient build did about it; none for a note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}

impl Problem {
    /// The stable name of the kind of problem, such as `self_tie`.
    pub fn code(&self) -> &'static str {
        self.what.code()
    }

    /// What the caller can do about it.
    pub fn fix(&self) -> &'static str {
        self.what.fix()
    }
}

impl fmt::Display for Problem {
    /// One line: `people[4] "dan" (line 6), field "manager_id": no person has the id "x9"; add ... or clear ...`.
    ///
    /// Ids, positions and numbers only; never a name or free text from a record.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.record)?;
        if let Some(field) = self.field {
            write!(f, ", field `{field}`")?;
        }
        write!(f, ": {}; {}", self.what, self.fix())?;
        match &self.repair {
            Some(repair) if self.severity == Severity::Repaired => write!(f, " ({repair})"),
            _ => Ok(()),
        }
    }
}

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The records are refused.
    Fatal,
    /// The record was left out or repaired, and all others were built.
    Repaired,
    /// Nothing is wrong, but it is worth knowing.
    Note,
}

words! {
    Severity: "severity of a problem" {
        Fatal = "fatal",
        Repaired = "repaired",
        Note = "note",
    }
}

/// Which record a problem is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordRef {
    /// Its kind.
    pub kind: RecordKind,
    /// Its position among the records of its kind, from 0.
    pub index: usize,
    /// Its id, where the kind has one and it is not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// The line of the file it came from, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.kind.plural(), self.index)?;
        if let Some(id) = &self.id {
            write!(f, " `{}`", Label::new(id))?;
        }
        match self.line {
            Some(line) => write!(f, " (line {line})"),
            None => Ok(()),
        }
    }
}

/// What a lenient build did about a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Repair {
    /// The record was left out.
    LeftOut,
    /// The field was cleared.
    Cleared,
    /// The entry was taken out of its list.
    EntryLeftOut,
    /// An entry was added to a list.
    EntryAdded,
    /// The line of this person, or the parent of this customer, was cleared.
    #[non_exhaustive]
    CircleOpened {
        /// Whose.
        at: Text,
    },
    /// It counts as planned.
    CountsAsPlanned,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut => f.write_str("left out"),
            Self::Cleared => f.write_str("cleared"),
            Self::EntryLeftOut => f.write_str("entry left out"),
            Self::EntryAdded => f.write_str("added"),
            Self::CircleOpened { at } => write!(f, "circle opened at `{}`", Label::new(at)),
            Self::CountsAsPlanned => f.write_str("counts as planned"),
        }
    }
}

/// Every problem of a set of records, in the order of the records.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// The problems, record by record.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are of one kind, by its code.
    pub fn count(&self, code: &str) -> usize {
        self.list.iter().filter(|problem| problem.code() == code).count()
    }

    /// Whether any is more than a note.
    pub(crate) fn any_fault(&self) -> bool {
        self.list.iter().any(|problem| problem.severity != Severity::Note)
    }

    pub(crate) fn refuse(mut self) -> Self {
        self.list.retain(|problem| problem.severity != Severity::Note);
        for problem in &mut self.list {
            problem.severity = Severity::Fatal;
        }
        self
    }

    pub(crate) fn sort(&mut self) {
        self.list.sort_by_key(|problem| (problem.record.kind, problem.record.index));
    }

    /// Records something that a lenient build repairs and a strict one refuses.
    pub(crate) fn fault(
        &mut self,
        record: RecordRef,
        field: impl Into<Option<&'static str>>,
        what: ProblemKind,
        repair: Repair,
    ) {
        let repair = Some(repair);
        self.list.push(Problem { severity: Severity::Repaired, record, field: field.into(), what, repair });
    }

    /// Records something worth knowing.
    pub(crate) fn note(
        &mut self,
        record: RecordRef,
        field: impl Into<Option<&'static str>>,
        what: ProblemKind,
    ) {
        self.list.push(Problem { severity: Severity::Note, record, field: field.into(), what, repair: None });
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl fmt::Display for Problems {
    /// A line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.list.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(problem, f)?;
        }
        Ok(())
    }
}
