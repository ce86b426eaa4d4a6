//! What a reading set aside without refusing the input.

use std::collections::BTreeMap;
use std::fmt;

use super::RecordKind;
use super::words::words;
use crate::label::Label;

/// Something that a reading set aside, and how often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Note {
    /// What it is.
    pub code: NoteCode,
    /// The kind of record, where it concerns one.
    pub kind: Option<RecordKind>,
    /// The name of a column or key as the input spells it, or of the file.
    pub name: Option<String>,
    /// How many records (rows, keys) it concerns.
    pub count: usize,
}

/// What a reading set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteCode {
    /// A field that the schema does not know: kept in the record's `other`.
    UnknownField,
    /// A key of the document that the schema does not know: dropped.
    UnknownKey,
    /// More unknown names than are listed one by one.
    MoreUnknown,
    /// A file that has a header and no row.
    HeaderOnly,
    /// A row without a single value: skipped.
    BlankRow,
    /// A row that the exporting system marks as deleted: skipped.
    Deleted,
    /// A contact without an account: left out, since a customer's person needs a customer.
    NoCustomer,
    /// A reference to a record that is not in the export: left out.
    NotInExport,
    /// A person's relation to a customer other than their own: left out.
    OtherCustomer,
    /// A task or event without a contact or a day: left out.
    NoParticipant,
    /// A contact marked as the primary one of an opportunity.
    PrimaryContact,
}

words! {
    NoteCode: "code of a note" {
        UnknownField = "unknown_field",
        UnknownKey = "unknown_key",
        MoreUnknown = "more_unknown",
        HeaderOnly = "header_only",
        BlankRow = "blank_row",
        Deleted = "deleted",
        NoCustomer = "no_customer",
        NotInExport = "not_in_export",
        OtherCustomer = "other_customer",
        NoParticipant = "no_participant",
        PrimaryContact = "primary_contact",
    }
}

impl fmt::Display for Note {
    /// One line, such as ``people: field `shoe_size` is not in the schema; kept aside: 12``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = self.kind {
            write!(f, "{}: ", kind.plural())?;
        }
        let name = self.name.as_deref().map(|it: &str| Label::new(it).to_string()).unwrap_or_default();
        let count = self.count;
        let text = match self.code {
            NoteCode::UnknownField => {
                return write!(f, "field `{name}` is not in the schema; kept aside: {count}");
            }
            NoteCode::UnknownKey => return write!(f, "key `{name}` is not in the schema; dropped: {count}"),
            NoteCode::MoreUnknown => return write!(f, "further names that are not in the schema: {count}"),
            NoteCode::HeaderOnly => return write!(f, "{name}: a header and no row"),
            NoteCode::BlankRow => "rows without a value, skipped",
            NoteCode::Deleted => "rows marked as deleted, skipped",
            NoteCode::NoCustomer => "contacts without an account, left out",
            NoteCode::NotInExport => "references to a record that is not in the export, left out",
            NoteCode::OtherCustomer => "relations to a customer other than the person's own, left out",
            NoteCode::NoParticipant => "rows without a contact or a day, left out",
            NoteCode::PrimaryContact => "contacts marked as primary",
        };
        write!(f, "{name}: {text}: {count}")
    }
}

/// The most unknown names listed; an input that invents one for each record must not grow the list without end.
const NAMES: usize = 1000;

/// Notes for the caller, counted by content.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    fields: BTreeMap<Option<RecordKind>, BTreeMap<String, usize>>,
    names: usize,
    more: usize,
    rest: BTreeMap<(NoteCode, String), usize>,
}

impl Notes {
    /// Counts a name that the schema does not know; without a kind it is a key of the document.
    pub(crate) fn unknown(&mut self, kind: Option<RecordKind>, name: &str, times: usize) {
        let known = self.fields.entry(kind).or_default();
        if let Some(count) = known.get_mut(name) {
            *count = count.saturating_add(times);
        } else if self.names < NAMES {
            self.names += 1;
            known.insert(name.to_owned(), times);
        } else {
            self.more = self.more.saturating_add(times);
        }
    }

    /// Counts whatever else was set aside; only tables have such things.
    #[cfg(feature = "csv")]
    pub(crate) fn add(&mut self, code: NoteCode, name: &str, times: usize) {
        if times > 0 {
            *self.rest.entry((code, name.to_owned())).or_default() += times;
        }
    }

    pub(crate) fn into_list(self) -> Vec<Note> {
        let fields = self.fields.into_iter().flat_map(|(kind, names)| {
            let code = if kind.is_some() { NoteCode::UnknownField } else { NoteCode::UnknownKey };
            names.into_iter().map(move |(name, count)| Note { code, kind, name: Some(name), count })
        });
        let rest = self.rest.into_iter();
        let rest = rest.map(|((code, name), count)| Note { code, kind: None, name: Some(name), count });
        let mut list: Vec<Note> = fields.chain(rest).collect();
        if self.more > 0 {
            list.push(Note { code: NoteCode::MoreUnknown, kind: None, name: None, count: self.more });
        }
        list
    }
}
