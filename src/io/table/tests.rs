//! The rows beside those that the `csv` crate finds, with a walk byte by byte for what it passes over in silence.

use std::collections::BTreeSet;

use csv::{ByteRecord, ReaderBuilder};
use proptest::prelude::*;

use super::*;

/// Of each row its line and, if it is sound, its cells; then every fault and note.
type Told = (Vec<(u32, Option<Vec<String>>)>, String);

fn ours(bytes: &[u8]) -> Told {
    let mut intake = Intake::default();
    intake.start("t.csv");
    let mut rows = Vec::new();
    if let Some(mut table) = Table::open(bytes, &mut intake) {
        rows.push((0, Some(table.header().to_vec())));
        while let Some(row) = table.next_row(&mut intake) {
            rows.push((row.line, row.sound.then(|| row.cells().map(str::to_owned).collect())));
        }
    }
    (rows, format!("{:?}", intake.finish()))
}

/// The same by two passes: the crate's rows, and what the walk found.
fn slow(bytes: &[u8]) -> Told {
    let mut intake = Intake::default();
    intake.start("t.csv");
    let mut rows = Vec::new();
    match text(bytes, "the file") {
        Err(fault) => intake.fault(*fault),
        Ok(bytes) => slow_rows(bytes, &mut rows, &mut intake),
    }
    (rows, format!("{:?}", intake.finish()))
}

fn slow_rows(bytes: &[u8], rows: &mut Vec<(u32, Option<Vec<String>>)>, intake: &mut Intake) {
    let walk = Walk::through(bytes);
    let bytes = bytes.get(..walk.end).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let (mut lines, mut record) = (Lines { byte: 0, line: 1 }, ByteRecord::new());
    let mut waiting = walk.faults.into_iter().peekable();
    let mut columns = None;
    while reader.read_byte_record(&mut record).unwrap() {
        let byte = usize::try_from(record.position().unwrap().byte()).unwrap();
        let (start, line) = lines.start_of_record(bytes, byte);
        let sound = !walk.unsound.contains(&start);
        let cells = || record.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect();
        let Some(columns) = columns else {
            if !sound {
                break;
            }
            let header: Vec<String> = cells();
            let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
            let another = header.len() == 1 && (header[0].contains(';') || header[0].contains('\t'));
            for (place, name) in header.iter().enumerate() {
                if let Some(first) = header[..place].iter().rposition(|other| other == name) {
                    let message = format!("columns {} and {} have the same name", first + 1, place + 1);
                    intake.fault(Fault::new(FaultCode::GivenTwice, message).line(1).fix("keep one"));
                }
            }
            if another {
                let other = if header[0].contains(';') { "semicolons" } else { "tabs" };
                let message = format!("the cells seem to be separated by {other}");
                let fault = Fault::new(FaultCode::Separator, message).line(1);
                intake.fault(fault.fix("export with commas"));
                break;
            }
            columns = Some(header.len());
            rows.push((0, Some(header)));
            continue;
        };
        while let Some(fault) = waiting.next_if(|fault| fault.line <= Some(line)) {
            intake.fault(fault);
        }
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            intake.notes.add(NoteCode::BlankRow, "t.csv", 1);
            continue;
        }
        if sound && record.len() != columns {
            let message = format!("{} cells in a row where the header has {columns}", record.len());
            let fault = Fault::new(FaultCode::CellCount, message).line(line);
            intake.fault(fault.fix("quote cells that hold commas, and leave no cell out"));
            rows.push((line, None));
        } else {
            rows.push((line, sound.then(cells)));
        }
    }
    waiting.for_each(|fault| intake.fault(fault));
}

/// Counts lines up to a byte; only ever moves forward, so that all rows together cost one pass.
struct Lines {
    byte: usize,
    line: u32,
}

impl Lines {
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

/// Where a walk over the bytes stands.
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

/// The faults of form that the parser passes over.
struct Walk {
    faults: Vec<Fault>,
    unsound: BTreeSet<usize>,
    /// Reading ends before this byte.
    end: usize,
}

impl Walk {
    fn through(bytes: &[u8]) -> Self {
        let mut walk = Self { faults: Vec::new(), unsound: BTreeSet::new(), end: bytes.len() };
        let mut bad_text = bad_utf8(bytes).into_iter().peekable();
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

/// What a table is made of; the more often, the more often it is drawn.
const PIECES: &[&[u8]] = &[
    b",",
    b",",
    b",",
    b",",
    b",",
    b",",
    b"\"",
    b"\"",
    b"\"",
    b"\"",
    b"\"",
    b"\"",
    b"\",\"",
    b"\"\"",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"a",
    b"a",
    b"a",
    b" ",
    b"\t",
    b";",
    "é".as_bytes(),
    b"longer than eight bytes",
    b"\0",
    b"\xFF",
    b"\xC3",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn rows_and_faults_are_those_of_two_slow_passes(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        header in prop_oneof![3 => Just("a,b\n"), 1 => Just("a,\"b\"\r\n"), 1 => Just("")],
    ) {
        let bytes = [header.as_bytes(), &pieces.concat()].concat();
        prop_assert_eq!(ours(&bytes), slow(&bytes), "{:?}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn sound_rows_are_those_of_the_crate(
        rows in proptest::collection::vec(proptest::collection::vec("[ -~éß\r\n]{0,20}", 3..4), 1..8),
    ) {
        let mut writer = csv::Writer::from_writer(b"x,y,z\n".to_vec());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let found: Vec<_> = ours(&bytes).0.into_iter().skip(1).filter_map(|(_, cells)| cells).collect();
        let blank = |row: &&Vec<String>| row.iter().all(|cell| cell.as_bytes().trim_ascii().is_empty());
        let expected: Vec<_> = rows.iter().filter(|row| !blank(row)).cloned().collect();
        prop_assert_eq!(found, expected);
    }
}
