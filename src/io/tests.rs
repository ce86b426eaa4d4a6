use super::*;
use crate::day::Day;
use crate::record::{Place, Record, RecordKind, RecordSink};

/// Keeps what it gets, with the place as text.
#[derive(Default)]
pub(super) struct Seen {
    records: Records,
    places: Vec<(RecordKind, String)>,
}

impl RecordSink for Seen {
    fn push(&mut self, record: Record, place: Place<'_>) {
        let Place { file, line, index } = place;
        let [line, index] =
            [line.map(|it| it as usize), index].map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
        self.places.push((record.kind(), format!("{} {line} {index}", file.unwrap_or("-"))));
        self.records.push(record, place);
    }

    fn as_of(&mut self, day: Day) {
        self.records.as_of(day);
    }
}

impl Seen {
    pub(super) fn assert(self, reading: &Reading, places: &[(RecordKind, &str)]) {
        let Self { mut records, places: seen } = self;
        records.schema_version = reading.records.schema_version;
        assert_eq!(records, reading.records);
        assert_eq!(seen.iter().map(|(kind, place)| (*kind, place.as_str())).collect::<Vec<_>>(), places);
    }
}

use RecordKind::{Commitment, Concern, Customer, Decision, Interaction, Person, Tie};

#[test]
fn records_of_a_document_are_numbered_in_their_arrays() {
    let text = r#"{"schema_version": 1, "as_of": "2026-03-02", "decisions": [{"id": "d", "customer_id": "k"}],
        "people": [{"id": "a", "side": "staff"}, {"id": "b", "side": "staff", "shoe": 44}],
        "ties": [{"who": "a", "trusts": "b"}], "customers": [{"id": "k"}],
        "interactions": [{"id": "i", "at": "2026-03-01", "participants": ["a"]}],
        "commitments": [{"id": "c", "made_by": "a", "made_to": ["b"], "made_on": "2026-03-01"}],
        "concerns": [{"id": "o", "raised_by": "a", "raised_on": "2026-03-01"}]}"#;
    let mut seen = Seen::default();
    let reading = json::read(text.as_bytes()).unwrap();
    assert_eq!(json::read_into(text.as_bytes(), &mut seen).unwrap(), reading.notes);
    let one = [Tie, Customer, Interaction, Commitment, Concern].map(|kind| (kind, "- - 0"));
    let places = [(Decision, "- - 0"), (Person, "- - 0"), (Person, "- - 1")].into_iter().chain(one);
    seen.assert(&reading, &places.collect::<Vec<_>>());
}

#[test]
fn a_record_with_a_fault_is_left_out_and_those_behind_it_are_not() {
    let text = r#"{"people": [{"id": "a", "side": "star"}, "b", {"id": "c", "side": "staff"}]}"#;
    let mut seen = Seen::default();
    let error = json::read_into(text.as_bytes(), &mut seen).unwrap_err();
    assert_eq!(error.to_string(), json::read(text.as_bytes()).unwrap_err().to_string());
    assert_eq!(seen.places, [(Person, "- - 2".to_owned())]);
}

#[test]
fn records_of_lines_are_passed_on_a_line_at_a_time_or_not_at_all() {
    let staff = r#"{"people": [{"id": "a", "side": "staff"}]}"#;
    let lines = "\n{\"people\": [{\"id\": \"b\", \"side\": \"customer\"}], \"customer\": {\"id\": \"k\"}}\n\
                 {\"as_of\": \"2026-03-02\", \"customers\": [{\"id\": \"l\"}], \"decisions\": [{\"id\": \"d\"}]}\n";
    let mut seen = Seen::default();
    let reading = ndjson::read(staff.as_bytes(), lines.as_bytes()).unwrap();
    ndjson::read_into(staff.as_bytes(), lines.as_bytes(), &mut seen).unwrap();
    assert_eq!(seen.records.people[1].customer_id.as_deref(), Some("k"));
    let places = [
        (Person, "staff - 0"),
        (Customer, "customers 2 0"),
        (Person, "customers 2 0"),
        (Customer, "customers 3 0"),
        (Decision, "customers 3 0"),
    ];
    seen.assert(&reading, &places);

    let mut seen = Seen::default();
    let lines = lines.replace("\"customer\":", "\"wrong\":");
    assert!(ndjson::read_into(staff.as_bytes(), lines.as_bytes(), &mut seen).is_err());
    assert_eq!(seen.places.len(), 3, "nothing of the line with a fault: {:?}", seen.places);
}

#[cfg(feature = "csv")]
#[test]
fn records_of_tables_are_numbered_by_rows_and_lines() {
    let folder = std::env::temp_dir().join(format!("stakeholder-graph-{}-sink", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("ties.csv"), "who,trusts\na,b\n,\nb,a\n").unwrap();
    std::fs::write(folder.join("people.csv"), "id,side\na,staff\nb,staff\n").unwrap();
    let mut seen = Seen::default();
    let reading = csv::read(&folder).unwrap();
    let notes = csv::read_into(&folder, &mut seen).unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(notes, reading.notes);
    let places = [
        (Person, "people.csv 2 0"),
        (Person, "people.csv 3 1"),
        (Tie, "ties.csv 2 0"),
        (Tie, "ties.csv 4 1"),
    ];
    seen.assert(&reading, &places);
}
