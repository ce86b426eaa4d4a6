//! A CSV table that reports every syntax fault with its line.
//!
//! The underlying parser is configured to accept any input: an unclosed quote swallows the rest of the file, text
//! behind a closing quote is joined to it. So the bytes are scanned once beforehand, by the same rules, to find
//! what the parser would silently accept; a file without a quote has nothing to find.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::json::text;
use crate::record::context::ReadContext;
use crate::record::fault::{Fault, FaultCode};
use crate::record::note::NoteCode;

/// The most columns that a table may have: far more than any CRM exports.
pub(super) const COLUMNS: usize = 10_000;

/// A table, read row by row.
pub(super) struct Table<'b> {
    reader: Reader<&'b [u8]>,
    bytes: &'b [u8],
    header: Vec<String>,
    record: ByteRecord,
    lines: Lines,
    /// Bytes at which records with broken quotes or bytes begin: reported, and not read any further.
    unsound: BTreeSet<usize>,
    /// Syntax faults that are reported when reading reaches their line, so that all faults of a file come in
    /// order.
    waiting: VecDeque<Fault>,
}

/// A row of a table.
pub(super) struct Row<'t> {
    /// The line on which it begins.
    pub(super) line: u32,
    /// Whether its cells can be read; if not, the fault has been reported.
    pub(super) valid: bool,
    record: &'t ByteRecord,
}

impl<'t> Row<'t> {
    /// The cells, in the order of the columns.
    pub(super) fn cells(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let record = self.record;
        // A row with invalid UTF-8 is not valid, so nothing is lost here.
        let text = std::str::from_utf8(record.as_slice()).unwrap_or_default();
        (0..record.len()).map(move |at| record.range(at).and_then(|cell| text.get(cell)).unwrap_or_default())
    }
}

impl<'b> Table<'b> {
    /// Opens a table and reads its header. `None` when there is nothing to read after the reported fault.
    pub(super) fn open(bytes: &'b [u8], context: &mut ReadContext) -> Option<Self> {
        let bytes = match text(bytes, "the file") {
            Ok(bytes) => bytes,
            Err(fault) => {
                context.fault(*fault);
                return None;
            }
        };
        let walk = Walk::through(bytes);
        // What follows an unclosed quote cannot be separated from its cell, so reading ends before its row.
        let bytes = bytes.get(..walk.end).unwrap_or(bytes);
        let mut table = Self {
            reader: ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes),
            bytes,
            header: Vec::new(),
            record: ByteRecord::new(),
            lines: Lines::of(bytes),
            unsound: walk.unsound,
            waiting: walk.faults.into(),
        };
        if table.read_header(context).is_none() {
            table.tell_up_to(u32::MAX, context);
            return None;
        }
        Some(table)
    }

    /// The names of the columns, trimmed.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    fn tell_up_to(&mut self, line: u32, context: &mut ReadContext) {
        while self.waiting.front().is_some_and(|fault| fault.line.is_none_or(|at| at <= line)) {
            if let Some(fault) = self.waiting.pop_front() {
                context.fault(fault);
            }
        }
    }

    fn read_header(&mut self, context: &mut ReadContext) -> Option<()> {
        let (start, _) = self.advance()?;
        if self.unsound.contains(&start) {
            return None;
        }
        let names = self.record.iter().map(|name| std::str::from_utf8(name).unwrap_or_default().trim());
        let header: Vec<String> = names.map(str::to_owned).collect();
        let other = match header.as_slice() {
            [only] if only.contains(';') => Some("semicolons"),
            [only] if only.contains('\t') => Some("tabs"),
            _ => None,
        };
        if let Some(other) = other {
            let message = format!("the cells seem to be separated by {other}");
            context.fault(Fault::new(FaultCode::Separator, message).line(1).fix("export with commas"));
            return None;
        }
        if header.len() > COLUMNS {
            let fault = Fault::new(FaultCode::Header, format!("more than {COLUMNS} columns"));
            context.fault(fault.line(1).fix("export the columns that are needed"));
            return None;
        }
        let mut places = BTreeMap::new();
        for (place, name) in header.iter().enumerate() {
            if let Some(first) = places.insert(name.as_str(), place) {
                let message = format!("columns {} and {} have the same name", first + 1, place + 1);
                context.fault(Fault::new(FaultCode::GivenTwice, message).line(1).fix("keep one"));
            }
        }
        self.header = header;
        Some(())
    }

    /// The next row that is not blank; its syntax faults are reported here.
    pub(super) fn next_row(&mut self, context: &mut ReadContext) -> Option<Row<'_>> {
        loop {
            let Some((start, line)) = self.advance() else {
                self.tell_up_to(u32::MAX, context);
                return None;
            };
            self.tell_up_to(line, context);
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                if let Some(file) = context.file.clone() {
                    context.notes.add(NoteCode::BlankRow, &file, 1);
                }
                continue;
            }
            let (cells, columns) = (self.record.len(), self.header.len());
            let mut valid = !self.unsound.contains(&start);
            if valid && cells != columns {
                valid = false;
                let message = format!("{cells} cells in a row where the header has {columns}");
                let fault = Fault::new(FaultCode::CellCount, message).line(line);
                context.fault(fault.fix("quote cells that hold commas, and leave no cell out"));
            }
            return Some(Row { line, valid, record: &self.record });
        }
    }

    /// Moves to the next record; gives the byte and the line on which it begins.
    fn advance(&mut self) -> Option<(usize, u32)> {
        let from = usize::try_from(self.reader.position().byte()).ok()?;
        // Reading from a slice as bytes, with any number of cells, cannot fail.
        if !self.reader.read_byte_record(&mut self.record).ok()? {
            return None;
        }
        let position = self.record.position();
        let byte = position.map_or(from, |p: &Position| usize::try_from(p.byte()).unwrap_or(from));
        if let (false, Some(position)) = (self.lines.are_counted, position) {
            let line = u32::try_from(position.line()).unwrap_or(u32::MAX);
            self.lines = Lines { byte, line, ..self.lines };
        }
        Some(self.lines.start_of_record(self.bytes, byte))
    }
}

/// Counts lines up to a byte; only ever moves forward, so that all rows together cost one pass.
#[derive(Clone, Copy)]
struct Lines {
    byte: usize,
    line: u32,
    /// Whether every byte has to be examined, because the parser, which takes a line to end with a line feed only,
    /// would count other lines.
    are_counted: bool,
}

impl Lines {
    fn of(bytes: &[u8]) -> Self {
        let alone = |pair: &[u8]| matches!(pair, [b'\r', next] if *next != b'\n');
        let are_counted = bytes.windows(2).any(alone) || bytes.ends_with(b"\r");
        Self { byte: 0, line: 1, are_counted }
    }

    /// The first byte at or after this one that is no line end, and its line.
    fn start_of_record(&mut self, bytes: &[u8], byte: usize) -> (usize, u32) {
        while let Some(&here) = bytes.get(self.byte) {
            let ends = here == b'\n' || here == b'\r';
            if self.byte >= byte && !ends {
                break;
            }
            self.byte += 1;
            // The line end of Windows counts once, at its second byte.
            if here == b'\n' || here == b'\r' && bytes.get(self.byte) != Some(&b'\n') {
                self.line = self.line.saturating_add(1);
            }
        }
        (self.byte, self.line)
    }
}

/// The state of a scan over the bytes.
#[derive(Clone, Copy, PartialEq)]
enum State {
    RecordStart,
    CellStart,
    Plain,
    Quoted,
    QuoteClosed,
    /// Behind a quote that was closed too early; reported already.
    Spoilt,
}

/// The syntax faults that the parser accepts silently.
struct Walk {
    faults: Vec<Fault>,
    unsound: BTreeSet<usize>,
    /// Reading ends before this byte.
    end: usize,
}

impl Walk {
    fn through(bytes: &[u8]) -> Self {
        let mut walk = Self { faults: Vec::new(), unsound: BTreeSet::new(), end: bytes.len() };
        let bad_text = bad_utf8(bytes);
        if bad_text.is_empty() && !bytes.contains(&b'"') && !bytes.contains(&0) {
            return walk;
        }
        let mut bad_text = bad_text.into_iter().peekable();
        let (mut state, mut line, mut record, mut opened) = (State::RecordStart, 1_u32, 0, 1);
        for (at, &byte) in bytes.iter().enumerate() {
            let line_end = byte == b'\n' || byte == b'\r';
            if state == State::RecordStart && !line_end {
                (record, state) = (at, State::CellStart);
            }
            if bad_text.next_if(|bad| *bad == at).is_some() && walk.unsound.insert(record) {
                let fault = Fault::new(FaultCode::Encoding, "bytes that are not UTF-8").line(line);
                walk.faults.push(fault.fix("save the file as UTF-8"));
            }
            if byte == 0 && walk.unsound.insert(record) {
                walk.faults.push(Fault::new(FaultCode::Nul, "a NUL character").line(line).fix("remove it"));
            }
            state = match (state, byte) {
                (State::CellStart, b'"') => {
                    opened = line;
                    State::Quoted
                }
                (State::Quoted, b'"') => State::QuoteClosed,
                (State::Quoted, _) | (State::QuoteClosed, b'"') => State::Quoted,
                (_, b',') => State::CellStart,
                (_, b'\n' | b'\r') => State::RecordStart,
                (State::QuoteClosed, _) => {
                    if walk.unsound.insert(record) {
                        let fault = Fault::new(FaultCode::TextAfterQuote, "text behind a closing quote");
                        walk.faults.push(fault.line(line).fix("write a quote within a cell twice"));
                    }
                    State::Spoilt
                }
                (State::Spoilt, _) => State::Spoilt,
                _ => State::Plain,
            };
            if byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                line = line.saturating_add(1);
            }
        }
        if state == State::Quoted {
            let fault = Fault::new(FaultCode::UnclosedQuote, "a quote that is opened here is never closed");
            walk.faults.push(fault.line(opened).fix("close it, or write a quote within a cell twice"));
            walk.end = record;
        }
        walk
    }
}

/// The bytes at which something begins that is not UTF-8.
fn bad_utf8(bytes: &[u8]) -> Vec<usize> {
    if std::str::from_utf8(bytes).is_ok() {
        return Vec::new();
    }
    let mut at = 0;
    let mut bad = Vec::new();
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            bad.push(at);
        }
        at += chunk.invalid().len();
    }
    bad
}
