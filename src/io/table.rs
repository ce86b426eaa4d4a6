//! A CSV table whose every fault of form is told with its line.
//!
//! The cells are found by the rules of the `csv` crate, which accepts whatever it gets: an unclosed quote swallows the
//! rest of the file, text behind a closing quote is joined to it. Here either is a fault, and its row is not read. A
//! cell is borrowed from the input unless it has quotes within.

use std::collections::BTreeMap;

use super::json::text;
use super::span;
use crate::record::fault::{Fault, FaultCode};
use crate::record::intake::Intake;
use crate::record::note::NoteCode;

/// The most columns that a table may have: far more than any CRM exports.
pub(super) const COLUMNS: usize = 10_000;

/// A table, read row by row.
pub(super) struct Table<'b> {
    bytes: &'b [u8],
    /// The same bytes, if they all are UTF-8.
    text: Option<&'b str>,
    header: Vec<String>,
    /// Where reading stands, and the line there.
    at: usize,
    line: u32,
    /// The cells of the row that was read last.
    cells: Vec<Cell>,
    /// Of that row the cells that are not as they stand in the input, one behind the other.
    joined: Vec<u8>,
}

/// Where the text of a cell is.
#[derive(Clone, Copy)]
enum Cell {
    /// In the input.
    Plain(usize, usize),
    /// Among the cells that had to be put together.
    Joined(usize, usize),
}

/// A row of a table.
pub(super) struct Row<'t> {
    /// The line on which it begins.
    pub(super) line: u32,
    /// Whether its cells can be read; if not, the fault has been told.
    pub(super) sound: bool,
    table: &'t Table<'t>,
}

impl<'t> Row<'t> {
    /// The cells, in the order of the columns.
    #[inline]
    pub(super) fn cells(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let table = self.table;
        table.cells.iter().map(|cell| table.cell(*cell))
    }
}

/// What is wrong with the form of a row, and where.
struct Spoilt {
    at: usize,
    line: u32,
    code: FaultCode,
}

impl Spoilt {
    fn fault(&self) -> Fault {
        let (message, fix) = match self.code {
            FaultCode::Encoding => ("bytes that are not UTF-8", "save the file as UTF-8"),
            FaultCode::Nul => ("a NUL character", "remove it"),
            _ => ("text behind a closing quote", "write a quote within a cell twice"),
        };
        Fault::new(self.code, message).line(self.line).fix(fix)
    }
}

impl<'b> Table<'b> {
    /// Opens a table and reads its header. `None` when there is nothing to read after the fault that was told.
    pub(super) fn open(bytes: &'b [u8], intake: &mut Intake) -> Option<Self> {
        let bytes = match text(bytes, "the file") {
            Ok(bytes) => bytes,
            Err(fault) => {
                intake.fault(*fault);
                return None;
            }
        };
        // Some programs put a second byte-order mark in front of a text that has one.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).ok();
        let (header, cells, joined) = (Vec::new(), Vec::new(), Vec::new());
        let mut table = Self { bytes, text, header, at: 0, line: 1, cells, joined };
        if table.read_header(intake).is_none() {
            // Without a header no row can be read, but what is wrong with their form can be told.
            while table.advance(intake).is_some() {}
            return None;
        }
        Some(table)
    }

    /// The names of the columns, trimmed.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    fn cell(&self, cell: Cell) -> &str {
        // A row with other bytes than UTF-8 is not sound, so nothing is lost here.
        match (cell, self.text) {
            (Cell::Plain(start, end), Some(text)) => text.get(start..end).unwrap_or_default(),
            _ => std::str::from_utf8(self.cell_bytes(cell)).unwrap_or_default(),
        }
    }

    fn cell_bytes(&self, cell: Cell) -> &[u8] {
        match cell {
            Cell::Plain(start, end) => self.bytes.get(start..end),
            Cell::Joined(start, end) => self.joined.get(start..end),
        }
        .unwrap_or_default()
    }

    fn read_header(&mut self, intake: &mut Intake) -> Option<()> {
        let (_, sound) = self.advance(intake)?;
        if !sound {
            return None;
        }
        let header: Vec<String> = self.cells.iter().map(|cell| self.cell(*cell).trim().to_owned()).collect();
        let other = match header.as_slice() {
            [only] if only.contains(';') => Some("semicolons"),
            [only] if only.contains('\t') => Some("tabs"),
            _ => None,
        };
        if let Some(other) = other {
            let message = format!("the cells seem to be separated by {other}");
            intake.fault(Fault::new(FaultCode::Separator, message).line(1).fix("export with commas"));
            return None;
        }
        if header.len() > COLUMNS {
            let fault = Fault::new(FaultCode::Header, format!("more than {COLUMNS} columns"));
            intake.fault(fault.line(1).fix("export the columns that are needed"));
            return None;
        }
        let mut places = BTreeMap::new();
        for (place, name) in header.iter().enumerate() {
            if let Some(first) = places.insert(name.as_str(), place) {
                let message = format!("columns {} and {} have the same name", first + 1, place + 1);
                intake.fault(Fault::new(FaultCode::GivenTwice, message).line(1).fix("keep one"));
            }
        }
        self.header = header;
        Some(())
    }

    /// The next row that is not blank; its faults of form are told here.
    pub(super) fn next_row(&mut self, intake: &mut Intake) -> Option<Row<'_>> {
        loop {
            let (line, mut sound) = self.advance(intake)?;
            if self.cells.iter().all(|cell| self.cell_bytes(*cell).trim_ascii().is_empty()) {
                if let Some(file) = intake.file.clone() {
                    intake.notes.add(NoteCode::BlankRow, &file, 1);
                }
                continue;
            }
            let (cells, columns) = (self.cells.len(), self.header.len());
            if sound && cells != columns {
                sound = false;
                let message = format!("{cells} cells in a row where the header has {columns}");
                let fault = Fault::new(FaultCode::CellCount, message).line(line);
                intake.fault(fault.fix("quote cells that hold commas, and leave no cell out"));
            }
            return Some(Row { line, sound, table: self });
        }
    }

    /// Moves to the next row; gives the line on which it begins and whether its form is sound.
    fn advance(&mut self, intake: &mut Intake) -> Option<(u32, bool)> {
        self.skip_line_ends();
        let (start, line) = (self.at, self.line);
        if start >= self.bytes.len() {
            return None;
        }
        self.cells.clear();
        self.joined.clear();
        let mut spoilt = None;
        let closed = loop {
            let closed = if self.here() == Some(b'"') {
                self.quoted(&mut spoilt)
            } else {
                self.plain(&mut spoilt);
                Ok(())
            };
            if closed.is_err() || self.here() != Some(b',') {
                break closed;
            }
            self.at += 1;
        };
        if self.text.is_none() {
            self.check_text(start, line, &mut spoilt);
        }
        if let Some(spoilt) = &spoilt {
            intake.fault(spoilt.fault());
        }
        if let Err(opened) = closed {
            // What follows an unclosed quote cannot be told apart from its cell, so reading ends before its row.
            let fault = Fault::new(FaultCode::UnclosedQuote, "a quote that is opened here is never closed");
            intake.fault(fault.line(opened).fix("close it, or write a quote within a cell twice"));
            return None;
        }
        Some((line, spoilt.is_none()))
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes past one byte, which may end a line. The line end of Windows counts once, at its second byte.
    fn step(&mut self) {
        let here = self.here();
        self.at += 1;
        if here == Some(b'\n') || here == Some(b'\r') && self.here() != Some(b'\n') {
            self.line = self.line.saturating_add(1);
        }
    }

    fn skip_line_ends(&mut self) {
        while let Some(b'\n' | b'\r') = self.here() {
            self.step();
        }
    }

    /// Notes what is wrong with a row here, unless something is already.
    #[cold]
    fn spoil(&self, spoilt: &mut Option<Spoilt>, code: FaultCode) {
        spoilt.get_or_insert(Spoilt { at: self.at, line: self.line, code });
    }

    /// Reads a cell without quotes.
    #[inline]
    fn plain(&mut self, spoilt: &mut Option<Spoilt>) {
        let start = self.at;
        self.skip_plain(spoilt);
        self.cells.push(Cell::Plain(start, self.at));
    }

    /// Goes to the end of a cell that is not within quotes.
    #[inline]
    fn skip_plain(&mut self, spoilt: &mut Option<Spoilt>) {
        loop {
            self.at = span::first(self.bytes, self.at, [b',', b','], b'\r' + 1);
            match self.here() {
                None | Some(b',' | b'\n' | b'\r') => return,
                Some(0) => self.spoil(spoilt, FaultCode::Nul),
                Some(_) => {}
            }
            self.at += 1;
        }
    }

    /// Reads a cell in quotes.
    ///
    /// # Errors
    /// The line of the opening quote, when there is no closing one.
    fn quoted(&mut self, spoilt: &mut Option<Spoilt>) -> Result<(), u32> {
        let (opened, begin) = (self.line, self.joined.len());
        self.at += 1;
        let mut start = self.at;
        let mut joined = false;
        loop {
            self.at = span::first(self.bytes, self.at, [b'"', b'"'], b'\r' + 1);
            match self.here() {
                None => return Err(opened),
                Some(b'"') if self.bytes.get(self.at + 1) == Some(&b'"') => {
                    // The first of two quotes belongs to the cell, the second does not.
                    self.at += 1;
                    joined = true;
                    self.join(start, self.at);
                    self.at += 1;
                    start = self.at;
                }
                Some(b'"') => break,
                Some(0) => {
                    self.spoil(spoilt, FaultCode::Nul);
                    self.at += 1;
                }
                Some(_) => self.step(),
            }
        }
        let end = self.at;
        self.at += 1;
        if !matches!(self.here(), None | Some(b',' | b'\n' | b'\r')) {
            if self.here() == Some(0) {
                self.spoil(spoilt, FaultCode::Nul);
            }
            self.spoil(spoilt, FaultCode::TextAfterQuote);
            joined = true;
            self.join(start, end);
            start = self.at;
            self.skip_plain(spoilt);
            self.join(start, self.at);
        } else if joined {
            self.join(start, end);
        }
        let cell = if joined { Cell::Joined(begin, self.joined.len()) } else { Cell::Plain(start, end) };
        self.cells.push(cell);
        Ok(())
    }

    /// Puts a piece of the input to the cell that is being put together.
    fn join(&mut self, start: usize, end: usize) {
        self.joined.extend_from_slice(self.bytes.get(start..end).unwrap_or_default());
    }

    /// Notes the first bytes of a row that are not UTF-8, if they stand before whatever else is wrong.
    fn check_text(&self, start: usize, line: u32, spoilt: &mut Option<Spoilt>) {
        let row = self.bytes.get(start..self.at).unwrap_or_default();
        let Err(error) = std::str::from_utf8(row) else { return };
        let at = start + error.valid_up_to();
        if spoilt.as_ref().is_none_or(|spoilt| at <= spoilt.at) {
            let mut walk = Self {
                at: start,
                line,
                text: None,
                header: Vec::new(),
                cells: Vec::new(),
                joined: Vec::new(),
                ..*self
            };
            while walk.at < at {
                walk.step();
            }
            *spoilt = Some(Spoilt { at, line: walk.line, code: FaultCode::Encoding });
        }
    }
}

#[cfg(test)]
mod tests;
