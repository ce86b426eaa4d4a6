//! One JSON document: `{"schema_version":1,"as_of":"2026-03-02","customers":[…],"people":[…],…}`.

use std::io::{Read, Write};

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::Reading;
use super::scan::Scan;
use crate::error::Error;
use crate::record::Records;
use crate::record::fault::{Fault, FaultCode};
use crate::record::intake::Intake;
use crate::record::read::DocumentSeed;

/// Reads one JSON document, with notes about what was set aside.
///
/// # Errors
/// [`Error::Input`] with every fault of the document, [`Error::Io`] when the reader fails.
pub fn read(mut reader: impl Read) -> Result<Reading, Error> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Error::io("reading the JSON document", error))?;
    read_slice(&bytes)
}

/// Reads one JSON document that is in memory already, without a copy of it; otherwise as [`read`].
///
/// # Errors
/// [`Error::Input`] with every fault of the document.
pub fn read_slice(bytes: &[u8]) -> Result<Reading, Error> {
    let mut intake = Intake::default();
    let mut records = Records::default();
    document(bytes, &mut records, &mut intake);
    Reading::finish(records, intake)
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

/// Reads a document from bytes, a byte-order mark allowed in front, behind the records that are there. After a fault
/// they are incomplete.
pub(super) fn document(bytes: &[u8], records: &mut Records, intake: &mut Intake) {
    let bytes = match text(bytes, "the JSON document") {
        Ok(bytes) => bytes,
        Err(fault) => return intake.fault(*fault),
    };
    let (extent, faults, index) = (records.extent(), intake.faults(), intake.index);
    if std::str::from_utf8(bytes).is_ok_and(|text| scan(text, records, intake)) {
        return;
    }
    // Something is no JSON: what was read is forgotten, and read again by whom can say what is wrong.
    records.truncate(&extent);
    intake.forget_faults(faults);
    intake.index = index;
    parse(bytes, records, intake);
}

/// Reads a document, or says where and why it is no JSON.
fn parse(bytes: &[u8], records: &mut Records, intake: &mut Intake) {
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let read = DocumentSeed { intake: &mut *intake, records }.deserialize(&mut parser);
    if let Err(error) = read.and_then(|()| parser.end()) {
        intake.fault(syntax(&error, bytes, intake.line));
    }
}

/// Whether the text is JSON; if it is, it has been read.
fn scan(text: &str, records: &mut Records, intake: &mut Intake) -> bool {
    let mut scan = Scan::of(text);
    DocumentSeed { intake, records }.deserialize(&mut scan).is_ok() && scan.ends()
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
    // Within a file of lines the line of the file is the one to look at; the document itself has only one.
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    fault.line(line.unwrap_or(number(error.line()))).column(number(error.column()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::{collection, sample};
    use serde::Deserialize;

    use super::*;
    use crate::record::{Member, Profile, Role, TieKind};

    /// Records, notes and faults of a document, in one form.
    type Told = (Records, String);

    fn told(bytes: &[u8], read: impl Fn(&[u8], &mut Records, &mut Intake)) -> Told {
        let (mut records, mut intake) = (Records::default(), Intake::default());
        intake.one_customer = bytes.len().is_multiple_of(2);
        read(bytes, &mut records, &mut intake);
        (records, format!("{:?}", intake.finish()))
    }

    /// A value of any form, in a layout of any kind.
    fn value() -> impl Strategy<Value = String> {
        let number = prop_oneof![
            "-?[0-9]{1,3}",
            "-?[0-9]{1,22}(\\.[0-9]{1,22})?([eE][+-]?[0-9]{1,3})?",
            "-?0?\\.?[0-9]*e?",
            any::<f64>().prop_map(|number| number.to_string()),
            any::<u64>().prop_map(|number| number.to_string()),
            any::<i64>().prop_map(|number| number.to_string()),
        ];
        let text = prop_oneof![
            "\"[a-z0-9 ;:/_-]{0,24}\"",
            "\"2026-0[0-9]-[0-3][0-9]\"",
            "\"([ -~éß😀]|\\\\[\"\\\\/bfnrtu]|\\\\u(00[0-9a-f]{2}|d83d\\\\ude00|d800)){0,6}\"",
            any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
            prop_oneof![
                Just("customer"),
                Just("staff"),
                Just("trust"),
                Just("C-Level"),
                Just("unknown"),
                Just("yes")
            ]
            .prop_map(|word| format!("\"{word}\"")),
        ];
        let word = prop_oneof![Just("null"), Just("true"), Just("false"), Just("nul"), Just(" ")];
        let leaf = prop_oneof![3 => number, 6 => text, 1 => word.prop_map(str::to_owned)];
        leaf.prop_recursive(3, 12, 4, |inner| {
            let entry = (key(), inner.clone()).prop_map(|(key, value)| format!("{key} : {value}"));
            prop_oneof![
                collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(" ,"))),
                collection::vec(entry, 0..4).prop_map(|entries| format!("{{\n{}}}", entries.join(",\t"))),
            ]
        })
    }

    fn key() -> impl Strategy<Value = String> {
        prop_oneof![
            8 => sample::select(vec![
                "id", "Id", "side", "customer_id", "name", "Name", "title", "power", "roles", "seniority", "who",
                "trusts", "for", "against", "strength", "source", "from", "to", "kind", "since", "at", "participants",
                "profile", "members", "quota", "made_on", "due_on", "status", "shoe", "a\\u0062",
            ]).prop_map(|key| format!("\"{key}\"")),
            1 => "\"[a-z]{0,12}\"",
        ]
    }

    fn document_text() -> impl Strategy<Value = String> {
        let record = collection::vec((key(), value()), 0..7).prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{key}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        });
        let records = prop_oneof![
            8 => collection::vec(record, 0..4).prop_map(|records| format!("[{}]", records.join(","))),
            1 => value(),
        ];
        let name = sample::select(vec![
            "customers",
            "people",
            "ties",
            "interactions",
            "commitments",
            "concerns",
            "decisions",
            "customer",
            "schema_version",
            "as_of",
            "weather",
        ]);
        collection::vec((name, records), 0..4).prop_map(|parts| {
            let parts: Vec<_> = parts.iter().map(|(name, part)| format!("\"{name}\":{part}")).collect();
            format!("{{{}}}", parts.join(", "))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn the_scan_reads_and_refuses_what_serde_json_reads_and_refuses(
            json in document_text(),
            broken in proptest::option::of((any::<sample::Index>(), any::<sample::Index>(), any::<u8>())),
        ) {
            let mut bytes = json.into_bytes();
            if let Some((from, to, byte)) = broken {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                if from < to && to - from < 4 { bytes.drain(from..to); } else { bytes[from] = byte; }
            }
            let Ok(bytes) = text(&bytes, "the JSON document") else { return Ok(()) };
            let slow = told(bytes, parse);
            prop_assert_eq!(&told(bytes, document), &slow);
            // What is refused is only what the other refuses too, so no sound document is read twice.
            if let Ok(text) = std::str::from_utf8(bytes) {
                let fast = told(bytes, |_, records, intake| {
                    if !scan(text, records, intake) {
                        parse(b"!", records, intake);
                    }
                });
                let refused = slow.1.contains("code: Syntax") || slow.1.contains("code: EndsTooSoon");
                prop_assert_eq!(fast.1.contains("code: Syntax"), refused);
            }
        }

        #[test]
        fn every_value_is_told_alike(text in value(), deep in 120_usize..132) {
            for text in [text.clone(), format!("{}{text}{}", "[".repeat(deep), "]".repeat(deep))] {
                let mut scan = Scan::of(&text);
                let fast = serde_json::Value::deserialize(&mut scan).ok().filter(|_| scan.ends());
                let slow = serde_json::from_str::<serde_json::Value>(&text).ok();
                prop_assert_eq!(fast.map(|value| value.to_string()), slow.map(|value| value.to_string()), "{}", text);
            }
        }
    }

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
        assert_eq!((dan.support, dan.profile), (None, Some(Profile { answered: 7, total: 20 })));
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
}
