//! What is wrong with an input, and where: positions, ids and the names of our own fields, never a text of the
//! input, which may be personal.

use std::borrow::Cow;
use std::fmt;

use super::RecordKind;
use super::words::words;
use crate::label::Label;
use crate::text::Text;

/// One fault of an input.
///
/// Its text is one line, such as ``people.csv line 7, people[5] `dan`, field `power`: not a number; write 0.5 with
/// a point, or leave it empty for unknown``. Besides an id, no text of the input is repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What is wrong, as a name that does not change.
    pub code: FaultCode,
    /// The file, as the reader names it.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column of the line, from 1; known for the syntax of JSON.
    pub column: Option<u32>,
    /// The kind of record.
    pub kind: Option<RecordKind>,
    /// Position of the record in its array or file, from 0.
    pub index: Option<usize>,
    /// Id of the record, when it has one and it can be read.
    pub id: Option<Text>,
    /// The field, by its name in our schema.
    pub field: Option<&'static str>,
    /// What is wrong, in words.
    pub message: Cow<'static, str>,
    /// What to write instead.
    pub fix: Option<Cow<'static, str>>,
}

impl Fault {
    pub(crate) fn new(code: FaultCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            file: None,
            line: None,
            column: None,
            kind: None,
            index: None,
            id: None,
            field: None,
            message: message.into(),
            fix: None,
        }
    }

    pub(crate) fn fix(mut self, fix: impl Into<Cow<'static, str>>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(crate) fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    pub(crate) fn field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = Vec::new();
        let mut spot = self.file.iter().map(|file| Label::new(file).to_string()).collect::<Vec<_>>();
        spot.extend(self.line.map(|line| format!("line {line}")));
        spot.extend(self.column.map(|column| format!("column {column}")));
        if !spot.is_empty() {
            place.push(spot.join(" "));
        }
        let record = match (self.kind, self.index) {
            (Some(kind), Some(index)) => Some(format!("{}[{index}]", kind.plural())),
            (Some(kind), None) => Some(kind.as_str().to_owned()),
            (None, _) => None,
        };
        match (record, &self.id) {
            (Some(record), Some(id)) => place.push(format!("{record} `{}`", Label::new(id))),
            (Some(record), None) => place.push(record),
            (None, _) => {}
        }
        place.extend(self.field.map(|field| format!("field `{field}`")));
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        f.write_str(&self.message)?;
        match &self.fix {
            Some(fix) => write!(f, "; {fix}"),
            None => Ok(()),
        }
    }
}

/// What is wrong with an input, as a name that does not change between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultCode {
    /// A field that every record of the kind needs is missing or empty.
    Missing,
    /// A field occurs twice in one record, perhaps in two spellings.
    GivenTwice,
    /// A value of the wrong type.
    WrongType,
    /// A text that is not a number.
    NotANumber,
    /// A number that is not finite, not whole or too large for its field.
    NumberRange,
    /// Neither yes nor no.
    NotYesOrNo,
    /// Not a calendar day.
    NotADay,
    /// A word that the field does not know.
    UnknownWord,
    /// A text that holds a NUL character.
    Nul,
    /// A text or a list beyond the limit.
    TooLong,
    /// A value of several parts that does not have the right form.
    Form,
    /// The syntax of the format is broken.
    Syntax,
    /// The input ends too soon.
    EndsTooSoon,
    /// The input is empty.
    Empty,
    /// The input is not UTF-8.
    Encoding,
    /// The version of the schema is newer than this crate.
    SchemaVersion,
    /// A line without exactly one customer.
    OneCustomer,
    /// A quote is never closed.
    UnclosedQuote,
    /// Text follows a closing quote.
    TextAfterQuote,
    /// A row has more or fewer cells than the header.
    CellCount,
    /// The header lacks a column, or has too many.
    Header,
    /// The cells are not separated by commas.
    Separator,
    /// None of the expected files exists.
    NoFile,
}

words! {
    FaultCode: "code of a fault" {
        Missing = "missing",
        GivenTwice = "given_twice",
        WrongType = "wrong_type",
        NotANumber = "not_a_number",
        NumberRange = "number_range",
        NotYesOrNo = "not_yes_or_no",
        NotADay = "not_a_day",
        UnknownWord = "unknown_word",
        Nul = "nul",
        TooLong = "too_long",
        Form = "form",
        Syntax = "syntax",
        EndsTooSoon = "ends_too_soon",
        Empty = "empty",
        Encoding = "encoding",
        SchemaVersion = "schema_version",
        OneCustomer = "one_customer",
        UnclosedQuote = "unclosed_quote",
        TextAfterQuote = "text_after_quote",
        CellCount = "cell_count",
        Header = "header",
        Separator = "separator",
        NoFile = "no_file",
    }
}

/// Everything that is wrong with an input, found in one reading; at least one fault.
///
/// The first hundred are kept, the remainder is counted. The text has a line for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    kept: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// The most faults kept.
    pub const KEPT: usize = 100;

    pub(crate) fn push(&mut self, fault: Fault) {
        if self.kept.len() < Self::KEPT {
            self.kept.push(fault);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// The faults that were kept, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.kept.iter()
    }

    /// How many faults there are, those that were not kept included.
    pub fn len(&self) -> usize {
        self.kept.len().saturating_add(self.more)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many faults were counted but not kept.
    pub fn more(&self) -> usize {
        self.more
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self { kept: vec![fault], more: 0 }
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.kept.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        if self.more > 0 { write!(f, "\nand {} more", self.more) } else { Ok(()) }
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_one_line_that_names_its_place() {
        let mut fault =
            Fault::new(FaultCode::NotANumber, "not a number").fix("write 0.5").line(7).field("power");
        fault.file = Some("people.csv".to_owned());
        fault.kind = Some(RecordKind::Person);
        fault.index = Some(5);
        fault.id = Some("dan\u{1b}[2J".into());
        assert_eq!(
            fault.to_string(),
            "people.csv line 7, people[5] `dan\u{fffd}[2J`, field `power`: not a number; write 0.5"
        );
    }

    #[test]
    fn a_hundred_faults_are_kept_and_the_rest_is_counted() {
        let mut faults = Faults::default();
        for _ in 0..130 {
            faults.push(Fault::new(FaultCode::Empty, "empty"));
        }
        assert_eq!((faults.iter().count(), faults.more(), faults.len()), (100, 30, 130));
        assert!(faults.to_string().ends_with("empty\nand 30 more"));
    }
}
