//! One reading: its position, its faults, what was set aside. Each record passes through a [`PendingRecord`], whose faults
//! are collected until the record ends and its id is known.

#[cfg(feature = "csv")]
use super::SCHEMA_VERSION;
use super::convert::Wrong;
use super::fault::{Fault, FaultCode, Faults};
use super::note::{Note, Notes};
use super::schema::Schema;
use super::value::{RawCell, trimmed};
use super::{Place, RecordKind};
use crate::text::Text;

/// The names of fields in the order in which they were met, since a record mostly has the same fields in the same
/// order as the one before: a name is compared with the expected one first, and looked up in the table only if it
/// differs.
#[derive(Debug, Default)]
struct Order(Vec<(&'static str, usize)>);

impl Order {
    /// The number of expected names compared: a field or two may be left out.
    const DUE: usize = 4;
    /// The most names kept; there are fewer fields than that, but more spellings.
    const MOST: usize = 64;

    #[inline]
    fn find<T: Schema>(&mut self, name: &str, cursor: &mut usize) -> Option<T::Key> {
        let due = self.0.get(*cursor..).unwrap_or_default();
        for (skipped, (known, slot)) in due.iter().take(Self::DUE).enumerate() {
            if *known == name {
                *cursor += skipped + 1;
                return T::KEYS.get(*slot).copied();
            }
        }
        self.learn::<T>(name, cursor)
    }

    /// Finds a name in the table, and adds it after the previous one unless it is there already.
    #[cold]
    fn learn<T: Schema>(&mut self, name: &str, cursor: &mut usize) -> Option<T::Key> {
        let (key, known) = T::find(name)?;
        if let Some(place) = self.0.iter().position(|(other, _)| *other == known) {
            *cursor = place + 1;
        } else if self.0.len() < Self::MOST {
            let place = (*cursor).min(self.0.len());
            self.0.insert(place, (known, T::slot(key)));
            *cursor = place + 1;
        }
        Some(key)
    }
}

/// One reading, of one file or several.
#[derive(Debug, Default)]
pub(crate) struct ReadContext {
    /// The file that is being read.
    pub(crate) file: Option<String>,
    /// The line that is being read.
    pub(crate) line: Option<u32>,
    /// Position of the record that is being read.
    pub(crate) index: Option<usize>,
    /// Slots of required fields whose absence has been reported for the whole file.
    pub(crate) absent: u64,
    /// The version of the schema that the document names; 0 when it names none.
    pub(crate) schema_version: u32,
    /// Whether the document describes one customer, so that `customer_id` need not be repeated in it.
    pub(crate) one_customer: bool,
    /// Whether `serde_json` parses, whose own numbers may be off in the last bit.
    pub(crate) is_json: bool,
    pub(crate) notes: Notes,
    /// For each kind of record the names of fields in the order of earlier records.
    orders: [Order; RecordKind::ALL.len()],
    faults: Faults,
}

impl ReadContext {
    /// A reading of tables, which are as the newest version of the schema has them.
    #[cfg(feature = "csv")]
    pub(crate) fn of_tables() -> Self {
        Self { schema_version: SCHEMA_VERSION, ..Self::default() }
    }

    /// Continues with another file.
    pub(crate) fn start(&mut self, file: &str) {
        self.file = Some(file.to_owned());
        self.line = None;
        self.index = None;
        self.absent = 0;
    }

    /// The position of the record that is being read.
    #[inline]
    pub(crate) fn place(&self) -> Place<'_> {
        Place { file: self.file.as_deref(), line: self.line, index: self.index }
    }

    /// Reports a fault; the file, and the line unless it is known better, are added.
    pub(crate) fn fault(&mut self, mut fault: Fault) {
        fault.file.clone_from(&self.file);
        fault.line = fault.line.or(self.line);
        self.faults.push(fault);
    }

    pub(crate) fn faults(&self) -> usize {
        self.faults.len()
    }

    /// The field that has this name, `cursor` being where the field before it was found.
    #[inline]
    pub(crate) fn find<T: Schema>(&mut self, name: &str, cursor: &mut usize) -> Option<T::Key> {
        self.orders.get_mut(T::KIND as usize)?.find::<T>(name, cursor)
    }

    /// The notes of a reading without a fault.
    ///
    /// # Errors
    /// Every fault of the reading, if there is one.
    pub(crate) fn finish(self) -> Result<Vec<Note>, Faults> {
        if self.faults.is_empty() { Ok(self.notes.into_list()) } else { Err(self.faults) }
    }
}

/// A record that is being read.
pub(crate) struct PendingRecord<'r, T> {
    record: &'r mut T,
    seen: u64,
    wrong: Vec<(Option<usize>, Wrong)>,
}

/// Reads a record; returns whether it is valid. If not, its faults have been reported.
#[inline]
pub(crate) fn pending<T: Schema, E>(
    record: &mut T,
    context: &mut ReadContext,
    fill: impl FnOnce(&mut PendingRecord<'_, T>, &mut ReadContext) -> Result<(), E>,
) -> Result<bool, E> {
    let mut pending = PendingRecord { record, seen: 0, wrong: Vec::new() };
    fill(&mut pending, context)?;
    Ok(pending.finish(context))
}

impl<T: Schema> PendingRecord<'_, T> {
    /// Sets a field.
    pub(crate) fn set(&mut self, key: T::Key, value: &RawCell<'_>) {
        let slot = T::slot(key);
        let bit = 1_u64 << (slot & 63);
        if self.seen & bit != 0 {
            self.wrong.push((Some(slot), given_twice()));
        } else if !value.is_empty() {
            if let Err(wrong) = self.record.set(key, value) {
                self.wrong.push((Some(slot), wrong));
            }
            self.seen |= bit;
        } else if T::REQUIRED & bit == 0 {
            self.seen |= bit;
        }
    }

    /// Keeps a field that the schema does not know, and returns whether it did: an empty value is dropped.
    pub(crate) fn keep(&mut self, name: &str, value: &str) -> bool {
        if trimmed(value).is_empty() {
            return false;
        }
        if self.record.other().get(name).is_some() {
            self.wrong.push((None, given_twice()));
        } else {
            self.record.other().insert(name, value);
        }
        true
    }

    /// Whether the record is valid; if not, reports its faults.
    #[inline]
    fn finish(self, context: &mut ReadContext) -> bool {
        let given = if context.one_customer { T::CUSTOMER } else { 0 };
        let missing = T::REQUIRED & !given & !self.seen & !context.absent;
        if missing == 0 && self.wrong.is_empty() {
            if let Some(line) = context.line {
                self.record.set_line(line);
            }
            return true;
        }
        self.tell(missing, context);
        false
    }

    #[cold]
    fn tell(mut self, missing: u64, context: &mut ReadContext) {
        for slot in (0..T::FIELDS.len()).filter(|slot| missing >> (slot & 63) & 1 == 1) {
            self.wrong.push((Some(slot), super::convert::missing()));
        }
        let id = Some(self.record.id()).filter(|id| !id.is_empty()).map(Text::from);
        for (slot, wrong) in self.wrong {
            let mut fault = Fault::new(wrong.code, wrong.message);
            fault.kind = Some(T::KIND);
            fault.index = context.index;
            fault.id.clone_from(&id);
            fault.field = slot.and_then(|slot| T::FIELDS.get(slot)).map(|field| field.name);
            fault.fix = if wrong.code == FaultCode::Missing {
                Some(format!("every {} needs it", T::KIND.as_str()).into())
            } else {
                wrong.fix
            };
            context.fault(fault);
        }
    }
}

fn given_twice() -> Wrong {
    Wrong {
        code: FaultCode::GivenTwice,
        message: "given twice in one record, perhaps in two spellings".into(),
        fix: Some("keep one".into()),
    }
}
