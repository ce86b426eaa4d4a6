//! One JSON document: `{"schema_version":1,"as_of":"2026-03-02","customers":[…],"people":[…],…}`.

use std::io::{Read, Write};

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::Reading;
use crate::error::Error;
use crate::record::context::ReadContext;
use crate::record::fault::{Fault, FaultCode};
use crate::record::read::DocumentSeed;
use crate::record::{Note, RecordSink, Records};

/// Reads one JSON document, with notes about what was set aside.
///
/// # Errors
/// [`Error::Input`] with every fault of the document, [`Error::Io`] when the reader fails.
pub fn read(mut reader: impl Read) -> Result<Reading, Error> {
    read_slice(&read_all(&mut reader)?)
}

/// Reads one JSON document into a sink, and gives notes about what was set aside. The document itself is held in memory.
///
/// # Errors
/// As [`read`]; the sink then may hold a part of the records.
pub fn read_into(mut reader: impl Read, sink: &mut dyn RecordSink) -> Result<Vec<Note>, Error> {
    let bytes = read_all(&mut reader)?;
    let mut context = ReadContext::default();
    document(&bytes, sink, &mut context);
    Ok(context.finish()?)
}

fn read_all(reader: &mut dyn Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Error::io("reading the JSON document", error))?;
    Ok(bytes)
}

/// Reads one JSON document that is in memory already, without a copy of it; otherwise as [`read`].
///
/// # Errors
/// [`Error::Input`] with every fault of the document.
pub fn read_slice(bytes: &[u8]) -> Result<Reading, Error> {
    let mut context = ReadContext::default();
    let mut records = Records::default();
    document(bytes, &mut records, &mut context);
    Reading::finish(records, context)
}

impl Records {
    /// Reads one JSON document.
    ///
    /// ```
    /// use stakeholder_graph::record::Records;
    ///
    /// let text = r#"{"customers":[{"id":"acme"}],"people":[{"id":"ann","side":"staff"}]}"#;
    /// let records = Records::from_json(text.as_bytes())?;
    /// assert_eq!(records.len(), 2);
    /// # Ok::<(), stakeholder_graph::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Input`] with every fault of the document, [`Error::Io`] when the reader fails.
    pub fn from_json(reader: impl Read) -> Result<Self, Error> {
        read(reader).map(|reading| reading.records)
    }

    /// Writes one JSON document, which [`from_json`](Self::from_json) reads back.
    ///
    /// # Errors
    /// [`Error::Io`] when the writer fails.
    pub fn to_json(&self, writer: impl Write) -> Result<(), Error> {
        serde_json::to_writer(writer, self)
            .map_err(|error| Error::io("writing the JSON document", error.into()))
    }
}

/// Reads a document from bytes, a byte-order mark allowed in front. After a fault the sink holds a part of it.
pub(super) fn document(bytes: &[u8], sink: &mut dyn RecordSink, context: &mut ReadContext) {
    let bytes = match text(bytes, "the JSON document") {
        Ok(bytes) => bytes,
        Err(fault) => return context.fault(*fault),
    };
    context.is_json = true;
    let seed = DocumentSeed { context: &mut *context, sink };
    // Text that is checked once need not be checked string by string; invalid UTF-8 is reported where it occurs.
    let read = match std::str::from_utf8(bytes) {
        Ok(text) => parse(serde_json::Deserializer::from_str(text), seed),
        Err(_) => parse(serde_json::Deserializer::from_slice(bytes), seed),
    };
    if let Err(error) = read {
        context.fault(syntax(&error, bytes, context.line));
    }
}

fn parse<'de, R: serde_json::de::Read<'de>>(
    mut parser: serde_json::Deserializer<R>,
    seed: DocumentSeed<'_>,
) -> Result<(), serde_json::Error> {
    seed.deserialize(&mut parser).and_then(|()| parser.end())
}

/// The bytes behind the byte-order mark, if they can be a text at all.
pub(super) fn text<'b>(bytes: &'b [u8], what: &str) -> Result<&'b [u8], Box<Fault>> {
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] = bytes {
        return Err(Box::new(Fault::new(FaultCode::Encoding, "UTF-16 or UTF-32").fix("save it as UTF-8")));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(Box::new(Fault::new(FaultCode::Empty, format!("{what} is empty"))));
    }
    Ok(bytes)
}

/// A fault for broken syntax. The parser's own words are fixed texts that never repeat the input.
fn syntax(error: &serde_json::Error, bytes: &[u8], line: Option<u32>) -> Fault {
    let fault = match error.classify() {
        Category::Eof => {
            Fault::new(FaultCode::EndsTooSoon, "the text ends in the middle").fix("export it again")
        }
        Category::Io | Category::Data => Fault::new(FaultCode::Syntax, "not JSON"),
        Category::Syntax => {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            let words = if words == "invalid unicode code point" && std::str::from_utf8(bytes).is_err() {
                "bytes that are not UTF-8"
            } else {
                words
            };
            Fault::new(FaultCode::Syntax, format!("not JSON: {words}"))
        }
    };
    // In a file of lines the file's line number is the useful one; the document itself has only one line.
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    fault.line(line.unwrap_or(number(error.line()))).column(number(error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, cases};
    use crate::record::{Member, Profile, Role, TieKind};

    const DOCUMENT: &str = r#"{
        "schema_version": 1, "as_of": "2026-03-02",
        "customers": [{"Id": "k", "Name": "Acme", "shoe": [1, {"a": "b"}], "box": "blue"}],
        "people": [
            {"ContactId": "dan", "side": "Customer", "AccountId": "k", "roles": "BUDGET_HOLDER;Night watch",
             "seniority": "C-Level", "support": "unknown", "profile": [7, 20], "power": -0.0, "active": "yes"}
        ],
        "ties": [{"who": "dan", "trusts": "ann", "for": 2}, {"kind": "listens to", "from": "dan", "to": "eve"}],
        "interactions": [{"id": "i", "at": 1772409600000, "participants": ["dan", "ann"], "status": "Completed"}],
        "decisions": [{"id": "d", "customer_id": "k", "members": [{"person": "dan", "votes": 50}, "ken"]}],
        "weather": "fine"
    }"#;

    #[test]
    fn every_kind_of_spelling_is_read_and_what_is_unknown_is_noted() {
        let Reading { records, notes } = read(DOCUMENT.as_bytes()).unwrap();
        let dan = &records.people[0];
        assert_eq!((dan.id.as_str(), dan.customer_id.as_deref()), ("dan", Some("k")));
        assert_eq!(dan.roles, [Role::EconomicBuyer, Role::Other("Night watch".into())]);
        assert_eq!((dan.support, dan.profile), (None, Some(Profile::new(7, 20))));
        assert_eq!(dan.power.map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!((records.ties[0].supporting, records.ties[1].kind), (Some(2.0), TieKind::ListensTo));
        assert_eq!(records.decisions[0].members, [Member::new("dan", 50), Member::new("ken", 1)]);
        assert_eq!(records.customers[0].other.get("shoe"), Some(r#"[1,{"a":"b"}]"#));
        assert_eq!(
            notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "key `weather` is not in the schema; dropped: 1",
                "customers: field `box` is not in the schema; kept aside: 1",
                "customers: field `shoe` is not in the schema; kept aside: 1",
            ]
        );
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let records = Records::from_json(DOCUMENT.as_bytes()).unwrap();
        let mut text = Vec::new();
        records.to_json(&mut text).unwrap();
        assert_eq!(Records::from_json(text.as_slice()).unwrap(), records);
        assert_eq!(serde_json::from_slice::<Records>(&text).unwrap(), records);
    }

    #[test]
    fn numbers_are_the_nearest_there_are() {
        // Sixteen and seventeen digits, and a power of ten that no product of powers is nearest to.
        for text in
            ["0.8444218515250481", "0.13436424411240122", "9007199254740993.5e-17", "1.7976931348623157e308"]
        {
            let document = format!(r#"{{"people":[{{"id":"dan","side":"staff","power":{text}}}]}}"#);
            let records = Records::from_json(document.as_bytes()).unwrap();
            assert_eq!(records.people[0].power, text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_as_in_any_other_field() {
        let read = |value: &str| {
            let document = format!(r#"{{"people":[{{"id":"dan","side":"staff","power":{value}}}]}}"#);
            Records::from_json(document.as_bytes())
                .map(|records| records.people[0].power)
                .map_err(|it| it.to_string())
        };
        for nothing in ["null", r#""""#, r#""  ""#] {
            assert_eq!(read(nothing), Ok(None), "{nothing}");
        }
        for (value, what) in [
            (r#""0.5""#, "a text where a number belongs"),
            ("true", "true or false where a number belongs"),
            ("[0.5]", "a list where a number belongs"),
            (r#"{"a":0.5}"#, "an object where a number belongs"),
            ("1e400", "not a finite number"),
        ] {
            let told = read(value).unwrap_err();
            assert!(told.starts_with("people[0] `dan`") && told.contains(what), "{value}: {told}");
        }
    }

    #[test]
    fn a_number_with_something_behind_it_is_a_value_and_a_fault() {
        let told = read(&b"{\"as_of\":2026-03-02}"[..]).unwrap_err().to_string();
        assert_eq!(
            told,
            "field `as_of`: digits alone are a day only as an epoch of 10 (seconds) or 13 (milliseconds); \
             write it as 2026-03-02\nline 1 column 14: not JSON: expected `,` or `}`"
        );
    }

    /// A document read as bytes, each string checked by itself.
    fn slow(bytes: &[u8]) -> Result<Reading, Error> {
        let (mut records, mut context) = (Records::default(), ReadContext::default());
        context.is_json = true;
        let seed = DocumentSeed { context: &mut context, sink: &mut records };
        if let Err(error) = parse(serde_json::Deserializer::from_slice(bytes), seed) {
            context.fault(syntax(&error, bytes, None));
        }
        Reading::finish(records, context)
    }

    #[test]
    fn damaged_documents_are_told_alike_as_text_and_as_bytes() {
        let syntax: Vec<char> = "[]{},:\"\\ 0123456789.eEu+\u{1}é-".chars().collect();
        cases(1024, |dice| {
            let (place, taken) = (dice.below(1..DOCUMENT.len()), dice.below(0..3));
            let put = if dice.chance(0.5) {
                dice.text(0..3, &syntax)
            } else {
                dice.list(0..3, Dice::letter).into_iter().collect()
            };
            let mut bytes = DOCUMENT.as_bytes().to_vec();
            // Cutting a letter in two leaves bytes that are not UTF-8.
            let put = put.as_bytes();
            let put = put.get(usize::from(dice.chance(0.5) && put.len() > 1)..).unwrap_or_default();
            bytes.splice(place..(place + taken).min(DOCUMENT.len()), put.iter().copied());
            let told = |read: Result<Reading, Error>| read.map_err(|error| error.to_string());
            assert_eq!(told(read_slice(&bytes)), told(slow(&bytes)));
        });
    }
}
