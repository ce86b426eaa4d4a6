//! One reading: where it stands, what was wrong, what was set aside. Each record passes through a [`Draft`], whose
//! faults are gathered until the record ends and its id is known.

use super::convert::Wrong;
use super::fault::{Fault, FaultCode, Faults};
use super::note::{Note, Notes};
use super::schema::Schema;
use super::value::Loose;
use crate::text::Text;

/// One reading, of one file or several.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    /// The file that is being read.
    pub(crate) file: Option<String>,
    /// The line that is being read.
    pub(crate) line: Option<u32>,
    /// Position of the record that is being read.
    pub(crate) index: Option<usize>,
    /// Slots of required fields whose absence has been reported for the whole file.
    pub(crate) absent: u64,
    /// Whether the document stands for one customer, so that `customer_id` need not be repeated in it.
    pub(crate) one_customer: bool,
    pub(crate) notes: Notes,
    faults: Faults,
}

impl Intake {
    /// Goes on with another file.
    pub(crate) fn start(&mut self, file: &str) {
        self.file = Some(file.to_owned());
        self.line = None;
        self.index = None;
        self.absent = 0;
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

    /// The notes of a reading without a fault.
    ///
    /// # Errors
    /// Every fault of the reading, if there is one.
    pub(crate) fn finish(self) -> Result<Vec<Note>, Faults> {
        if self.faults.is_empty() { Ok(self.notes.into_list()) } else { Err(self.faults) }
    }
}

/// A record that is being read.
pub(crate) struct Draft<T> {
    record: T,
    seen: u64,
    wrong: Vec<(Option<usize>, Wrong)>,
}

impl<T: Schema> Draft<T> {
    pub(crate) fn new() -> Self {
        Self { record: T::default(), seen: 0, wrong: Vec::new() }
    }

    /// Sets a field.
    pub(crate) fn set(&mut self, key: T::Key, value: Loose<'_>) {
        let slot = T::slot(key);
        let bit = 1_u64 << (slot & 63);
        if self.seen & bit != 0 {
            self.wrong.push((Some(slot), given_twice()));
        } else if !value.is_empty() {
            if let Err(wrong) = self.record.set(key, value) {
                self.wrong.push((Some(slot), wrong));
            }
            self.seen |= bit;
        } else if !T::FIELDS.get(slot).is_some_and(|field| field.required) {
            self.seen |= bit;
        }
    }

    /// Keeps a field aside that the schema does not know; an empty value says nothing and is not kept.
    pub(crate) fn keep(&mut self, name: &str, value: &str, intake: &mut Intake) {
        let empty = value.trim().is_empty();
        intake.notes.unknown(Some(T::KIND), name, usize::from(!empty));
        if empty {
            return;
        }
        if self.record.other().get(name).is_some() {
            self.wrong.push((None, given_twice()));
        } else {
            self.record.other().insert(name, value);
        }
    }

    /// The record, unless something is wrong with it.
    pub(crate) fn finish(mut self, intake: &mut Intake) -> Option<T> {
        let mut needed = 0_u64;
        for (slot, field) in T::FIELDS.iter().enumerate() {
            let given = intake.one_customer && field.name == "customer_id";
            needed |= u64::from(field.required && !given) << (slot & 63);
        }
        let missing = needed & !self.seen & !intake.absent;
        if missing == 0 && self.wrong.is_empty() {
            if let Some(line) = intake.line {
                self.record.set_line(line);
            }
            return Some(self.record);
        }
        for slot in (0..T::FIELDS.len()).filter(|slot| missing >> (slot & 63) & 1 == 1) {
            self.wrong.push((Some(slot), super::convert::missing()));
        }
        let id = Some(self.record.id()).filter(|id| !id.is_empty()).map(Text::from);
        for (slot, wrong) in self.wrong {
            let mut fault = Fault::new(wrong.code, wrong.message);
            fault.kind = Some(T::KIND);
            fault.index = intake.index;
            fault.id.clone_from(&id);
            fault.field = slot.and_then(|slot| T::FIELDS.get(slot)).map(|field| field.name);
            fault.fix = match wrong.code {
                FaultCode::Missing => Some(format!("every {} needs it", T::KIND.singular()).into()),
                _ => wrong.fix,
            };
            intake.fault(fault);
        }
        None
    }
}

fn given_twice() -> Wrong {
    Wrong {
        code: FaultCode::GivenTwice,
        message: "given twice in one record, perhaps in two spellings".into(),
        fix: Some("keep one".into()),
    }
}
