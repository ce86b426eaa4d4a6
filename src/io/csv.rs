//! A folder of CSV files, one a kind: `customers.csv`, `people.csv`, `ties.csv`, `interactions.csv`,
//! `commitments.csv`, `concerns.csv`, `decisions.csv`. Any may be absent, but not all.
//!
//! The first row names the columns, in any order; cells are separated by commas, the items of a list by `;`. An
//! empty cell is unknown, never zero. Line ends of any kind, line breaks within quotes and a byte-order mark are
//! accepted. A cell that begins with `=`, `+`, `-` or `@` is data like any other.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{Reading, table};
use crate::error::Error;
use crate::record::context::{ReadContext, pending};
use crate::record::fault::{Fault, FaultCode};
use crate::record::note::NoteCode;
use crate::record::schema::Schema;
use crate::record::value::RawCell;
use crate::record::{
    Commitment, Concern, Customer, Decision, Interaction, Note, Person, RecordKind, RecordSink, Records, Tie,
};

/// Reads a folder of CSV files, with notes about what was set aside.
///
/// # Errors
/// [`Error::Input`] with every fault of every file, or when the folder has none of the files; [`Error::Io`] when a
/// file cannot be read.
pub fn read(folder: &Path) -> Result<Reading, Error> {
    let (mut records, mut context) = (Records::default(), ReadContext::of_tables());
    all_kinds(folder, &mut records, &mut context)?;
    Reading::finish(records, context)
}

/// Reads a folder of CSV files into a sink, and gives notes about what was set aside. One file at a time is held in
/// memory.
///
/// # Errors
/// As [`read`]; the sink then may hold a part of the records.
pub fn read_into(folder: &Path, sink: &mut dyn RecordSink) -> Result<Vec<Note>, Error> {
    let mut context = ReadContext::of_tables();
    all_kinds(folder, sink, &mut context)?;
    Ok(context.finish()?)
}

fn all_kinds(folder: &Path, sink: &mut dyn RecordSink, context: &mut ReadContext) -> Result<(), Error> {
    let mut found = false;
    for kind in RecordKind::ALL {
        let name = format!("{}.csv", kind.plural());
        if let Some(bytes) = file(folder, &name)? {
            found = true;
            one_kind(kind, &name, &bytes, sink, context);
        }
    }
    if !found {
        let names: Vec<_> = RecordKind::ALL.iter().map(|kind| format!("{}.csv", kind.plural())).collect();
        return Err(no_file(&names.join(", ")).into());
    }
    Ok(())
}

/// Reads the table of one kind. `label` represents the file in messages.
///
/// # Errors
/// [`Error::Input`] with every fault of the table, [`Error::Io`] when the reader fails.
pub fn read_table(kind: RecordKind, label: &str, mut reader: impl Read) -> Result<Reading, Error> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Error::io(format!("reading {label}"), error))?;
    let (mut records, mut context) = (Records::default(), ReadContext::of_tables());
    one_kind(kind, label, &bytes, &mut records, &mut context);
    Reading::finish(records, context)
}

impl Records {
    /// Reads a folder of CSV files.
    ///
    /// # Errors
    /// [`Error::Input`] with every fault of every file, or when the folder has none of the files; [`Error::Io`] when
    /// a file cannot be read.
    pub fn from_csv(folder: impl AsRef<Path>) -> Result<Self, Error> {
        read(folder.as_ref()).map(|reading| reading.records)
    }
}

pub(super) fn no_file(names: &str) -> Fault {
    Fault::new(FaultCode::NoFile, "none of the expected files is in the folder")
        .fix(format!("looked for {names}"))
}

/// The bytes of a file that may be absent.
pub(super) fn file(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(folder.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        // Only the file may be absent; a folder that is not there is a mistake worth its own words.
        Err(error) if error.kind() == ErrorKind::NotFound && folder.is_dir() => Ok(None),
        Err(error) => Err(Error::io(format!("reading {name}"), error)),
    }
}

fn one_kind(
    kind: RecordKind,
    name: &str,
    bytes: &[u8],
    sink: &mut dyn RecordSink,
    context: &mut ReadContext,
) {
    match kind {
        RecordKind::Customer => rows::<Customer>(name, bytes, sink, context),
        RecordKind::Person => rows::<Person>(name, bytes, sink, context),
        RecordKind::Tie => rows::<Tie>(name, bytes, sink, context),
        RecordKind::Interaction => rows::<Interaction>(name, bytes, sink, context),
        RecordKind::Commitment => rows::<Commitment>(name, bytes, sink, context),
        RecordKind::Concern => rows::<Concern>(name, bytes, sink, context),
        RecordKind::Decision => rows::<Decision>(name, bytes, sink, context),
    }
}

/// A column of the table: a field, or a name that the schema does not know.
enum Column<K> {
    Known(K),
    /// How many rows have a value there is counted as they are read.
    Unknown(String, usize),
    /// A repeated name; reported once, not for every row.
    Again,
}

fn rows<T: Schema>(name: &str, bytes: &[u8], sink: &mut dyn RecordSink, context: &mut ReadContext) {
    context.start(name);
    let Some(mut table) = table::Table::open(bytes, context) else { return };
    let mut columns = columns::<T>(table.header(), context);
    context.index = Some(0);
    while let Some(row) = table.next_row(context) {
        context.line = Some(row.line);
        if row.valid {
            let mut record = T::default();
            let Ok(valid) = pending::<T, Infallible>(&mut record, context, |pending, _| {
                for (column, cell) in columns.iter_mut().zip(row.cells()) {
                    match column {
                        Column::Known(key) => pending.set(*key, &RawCell::Cell(cell)),
                        Column::Unknown(name, times) => *times += usize::from(pending.keep(name, cell)),
                        Column::Again => {}
                    }
                }
                Ok(())
            });
            if valid {
                sink.push(record.into(), context.place());
            }
        }
        context.index = context.index.map(|index| index + 1);
    }
    for column in &columns {
        if let Column::Unknown(name, times) = column {
            context.notes.unknown(Some(T::KIND), name, *times);
        }
    }
    if context.index == Some(0) {
        context.notes.add(NoteCode::HeaderOnly, name, 1);
    }
    context.line = None;
    context.index = None;
}

/// The meaning of each column, with a fault for each duplicate and each missing required one.
fn columns<T: Schema>(header: &[String], context: &mut ReadContext) -> Vec<Column<T::Key>> {
    let mut seen = 0_u64;
    let mut columns = Vec::with_capacity(header.len().min(table::COLUMNS));
    let mut names = BTreeSet::new();
    for name in header {
        // The table itself has already reported two columns of one name.
        let new_name = names.insert(name.as_str());
        columns.push(match T::find(name) {
            Some((key, _)) => {
                let slot = T::slot(key);
                let again = seen >> (slot & 63) & 1 == 1;
                seen |= 1 << (slot & 63);
                if again && new_name {
                    let message = "two columns for one field in two spellings";
                    let mut fault = Fault::new(FaultCode::GivenTwice, message).line(1).fix("keep one");
                    fault.kind = Some(T::KIND);
                    fault.field = T::FIELDS.get(slot).map(|field| field.name);
                    context.fault(fault);
                }
                if again { Column::Again } else { Column::Known(key) }
            }
            None if new_name => {
                context.notes.unknown(Some(T::KIND), name, 0);
                Column::Unknown(name.clone(), 0)
            }
            None => Column::Again,
        });
    }
    for (slot, field) in T::FIELDS.iter().enumerate() {
        if field.required && seen >> (slot & 63) & 1 == 0 {
            let message = format!("the header lacks the column `{}`", field.name);
            let fault = Fault { kind: Some(T::KIND), ..Fault::new(FaultCode::Header, message) };
            context.fault(fault.line(1).fix(format!("every {} needs it", T::KIND.as_str())));
            context.absent |= 1 << (slot & 63);
        }
    }
    columns
}
