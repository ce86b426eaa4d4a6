//! A file of an export: its cells by the name of their column.

use std::collections::BTreeMap;
use std::path::Path;

use crate::day::{Day, Moment};
use crate::error::Error;
use crate::io::csv::file;
use crate::io::table::Table;
use crate::record::context::ReadContext;
use crate::record::convert::{Converted, day_if_any, moment_if_any, number, yes_or_no};
use crate::record::fault::{Fault, FaultCode};
use crate::record::note::NoteCode;
use crate::record::value::RawCell;
use crate::text::Text;

/// One row of an export.
pub(super) struct Cells<'t> {
    columns: &'t BTreeMap<String, usize>,
    row: Vec<&'t str>,
    pub(super) line: u32,
}

impl<'t> Cells<'t> {
    /// The cell of a column, trimmed; empty when there is no such column.
    pub(super) fn get(&self, column: &str) -> &'t str {
        let place = self.columns.get(column);
        place.and_then(|place| self.row.get(*place)).map_or("", |cell| cell.trim())
    }

    /// A text, `None` when empty.
    pub(super) fn text(&self, column: &str) -> Option<Text> {
        Some(self.get(column)).filter(|text| !text.is_empty()).map(Text::from)
    }

    pub(super) fn day(&self, column: &'static str, context: &mut ReadContext) -> Option<Day> {
        self.converted(column, day_if_any, context)
    }

    pub(super) fn moment(&self, column: &'static str, context: &mut ReadContext) -> Option<Moment> {
        self.converted(column, moment_if_any, context)
    }

    pub(super) fn number(&self, column: &'static str, context: &mut ReadContext) -> Option<f64> {
        self.converted(column, number, context)
    }

    pub(super) fn flag(&self, column: &'static str, context: &mut ReadContext) -> Option<bool> {
        self.converted(column, yes_or_no, context)
    }

    /// A value that was converted, or a fault that names the column.
    pub(super) fn converted<T>(
        &self,
        column: &'static str,
        convert: impl FnOnce(&RawCell<'_>) -> Converted<Option<T>>,
        context: &mut ReadContext,
    ) -> Option<T> {
        convert(&RawCell::Cell(self.get(column))).unwrap_or_else(|wrong| {
            let fault = Fault { fix: wrong.fix, ..Fault::new(wrong.code, wrong.message) };
            context.fault(fault.field(column));
            None
        })
    }
}

/// Reads a file row by row; rows marked as deleted are skipped and counted. Gives whether the file is there.
///
/// A required column that is not there is a fault. So is a row in which one is empty, unless the cell may be:
/// `needed` columns must hold something, and the row is left to the caller only if they do.
pub(super) fn each_row(
    folder: &Path,
    name: &str,
    needed: &[&'static str],
    context: &mut ReadContext,
    mut row: impl FnMut(&Cells<'_>, &mut ReadContext),
) -> Result<bool, Error> {
    let Some(bytes) = file(folder, name)? else { return Ok(false) };
    context.start(name);
    let Some(mut table) = Table::open(&bytes, context) else { return Ok(true) };
    let columns: BTreeMap<String, usize> =
        table.header().iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
    let mut complete = true;
    for column in needed.iter().filter(|column| !columns.contains_key(**column)) {
        let fault = Fault::new(FaultCode::Header, format!("the header lacks the column `{column}`"));
        context.fault(fault.line(1).fix("export it as well"));
        complete = false;
    }
    while let Some(next) = table.next_row(context) {
        context.line = Some(next.line);
        if !next.valid || !complete {
            continue;
        }
        let cells = Cells { columns: &columns, row: next.cells().collect(), line: next.line };
        if cells.flag("IsDeleted", context) == Some(true) {
            context.notes.add(NoteCode::Deleted, name, 1);
            continue;
        }
        let mut empty = needed.iter().filter(|column| cells.get(column).is_empty()).peekable();
        if empty.peek().is_none() {
            row(&cells, context);
        }
        for column in empty {
            let fault = Fault::new(FaultCode::Missing, "missing").field(column);
            context.fault(fault.fix(format!("every row of {name} needs it")));
        }
    }
    context.line = None;
    Ok(true)
}
