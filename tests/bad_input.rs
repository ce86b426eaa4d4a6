//! Invalid inputs, and the exact message with which each is refused.

use stakeholder_graph::Error;
use stakeholder_graph::io::{json, ndjson};
use stakeholder_graph::record::{Person, Records};

fn said<T>(result: Result<T, Error>) -> String {
    result.err().map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

/// Compares all cases before it fails, so that one run shows every difference.
fn check<I: std::fmt::Debug>(cases: Vec<(I, &str)>, read: impl Fn(&I) -> String) {
    let mut wrong = Vec::new();
    for (input, expected) in cases {
        let found = read(&input);
        if found != expected {
            wrong.push(format!("{input:?}\n  expected {expected}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn json_syntax() {
    let deep =
        format!(r#"{{"people":[{{"id":"a","side":"staff","x":{}1{}}}]}}"#, "[".repeat(200), "]".repeat(200));
    let skipped = format!(r#"{{"x":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let cases: Vec<(&[u8], &str)> = vec![
        (b"", "the JSON document is empty"),
        (b" \n ", "the JSON document is empty"),
        (b"{", "line 1 column 1: the text ends in the middle; export it again"),
        (b"{\"people\":[", "line 1 column 11: the text ends in the middle; export it again"),
        (b"\xFF\xFE{\0}\0", "UTF-16 or UTF-32; save it as UTF-8"),
        (b"{\0}\0", "UTF-16 or UTF-32; save it as UTF-8"),
        (b"{} {}", "line 1 column 4: not JSON: trailing characters"),
        (b"{}\xEF\xBB\xBF", "line 1 column 3: not JSON: trailing characters"),
        (b"{\"people\":[],}", "line 1 column 14: not JSON: trailing comma"),
        (b"{/* none */}", "line 1 column 2: not JSON: key must be a string"),
        (b"{\"as_of\":NaN}", "line 1 column 10: not JSON: expected value"),
        (b"{\"as_of\":1e400}", "line 1 column 14: not JSON: number out of range"),
        (b"{\"as_of\":01}", "line 1 column 11: not JSON: invalid number"),
        (b"{\"as_of\":\"\xFF\"}", "line 1 column 11: not JSON: bytes that are not UTF-8"),
        (b"{\"as_of\":\"\\ud800\"}", "line 1 column 17: not JSON: unexpected end of hex escape"),
        (
            b"{\"as_of\":\"\n\"}",
            "line 2 column 0: not JSON: control character (\\u0000-\\u001F) found while parsing a string",
        ),
        (deep.as_bytes(), "line 1 column 165: not JSON: recursion limit exceeded"),
        (skipped.as_bytes(), "line 1 column 132: not JSON: recursion limit exceeded"),
    ];
    check(cases, |input| said(json::read(*input)));
}

#[test]
fn json_documents() {
    let cases = vec![
        ("[]", "a list where a document belongs; write an object with `customers`, `people` and so on"),
        ("7", "a number where a document belongs; write an object with `customers`, `people` and so on"),
        ("null", "nothing where a document belongs; write an object with `customers`, `people` and so on"),
        (
            r#""Ada Lovelace""#,
            "a text where a document belongs; write an object with `customers`, `people` and so on",
        ),
        (
            r#"{"schema_version":2}"#,
            "field `schema_version`: version 2 is newer than version 1, the newest that this release reads; use a newer release",
        ),
        (r#"{"schema_version":"one"}"#, "field `schema_version`: a text where a number belongs; write 1"),
        (
            r#"{"as_of":"02/03/2026"}"#,
            "field `as_of`: day and month cannot be told apart; write it as 2026-03-02",
        ),
        (r#"{"as_of":true}"#, "field `as_of`: true or false where a day belongs; write it as 2026-03-02"),
        (r#"{"people":{}}"#, "field `people`: an object where a list belongs; write a list of records"),
        (r#"{"people":"Ada"}"#, "field `people`: a text where a list belongs; write a list of records"),
        (r#"{"people":[],"people":[]}"#, "field `people`: given twice in one document; keep one"),
        (
            r#"{"people":[["a","staff"]]}"#,
            "people[0]: a list where a record belongs; write an object with named fields",
        ),
        (
            r#"{"people":[null]}"#,
            "people[0]: nothing where a record belongs; write an object with named fields",
        ),
        (r#"{"ties":[3]}"#, "ties[0]: a number where a record belongs; write an object with named fields"),
        (
            r#"{"people":[{"id":"dan","power":"x"},{"side":"staff"}],"ties":[{}],"as_of":"x"}"#,
            "people[0] `dan`, field `power`: a text where a number belongs; write 0.5 without quotes, or leave it out for unknown\npeople[0] `dan`, field `side`: missing; every person needs it\npeople[1], field `id`: missing; every person needs it\nties[0], field `from`: missing; every tie needs it\nties[0], field `to`: missing; every tie needs it\nfield `as_of`: not a day; write it as 2026-03-02 or 2026-03-02T10:30:00Z",
        ),
    ];
    check(cases, |input| said(json::read(input.as_bytes())));
}

#[test]
fn json_records() {
    let cases = vec![
        (
            r#"{"people":[{}]}"#,
            "people[0], field `id`: missing; every person needs it\npeople[0], field `side`: missing; every person needs it",
        ),
        (
            r#"{"people":[{"id":7,"side":"staff"}]}"#,
            "people[0], field `id`: a number where an id belongs; write ids as text",
        ),
        (
            r#"{"people":[{"id":9007199254740993,"side":"staff"}]}"#,
            "people[0], field `id`: a number where an id belongs; write ids as text",
        ),
        (
            r#"{"people":[{"id":null,"side":"staff"}]}"#,
            "people[0], field `id`: missing; every person needs it",
        ),
        (
            r#"{"people":[{"id":" ","side":"staff"}]}"#,
            "people[0], field `id`: missing; every person needs it",
        ),
        (
            r#"{"people":[{"id":"a\u0000","side":"staff"}]}"#,
            "people[0], field `id`: a NUL character in a text; remove it",
        ),
        (
            r#"{"people":[{"id":"dan","side":"elsewhere"}]}"#,
            "people[0] `dan`, field `side`: not a word that this field knows; write one of customer, staff, partner, competitor",
        ),
        (
            r#"{"people":[{"id":"dan","id":"dan","side":"staff"}]}"#,
            "people[0] `dan`, field `id`: given twice in one record, perhaps in two spellings; keep one",
        ),
        (r#"{"ties":[{"who":"a"}]}"#, "ties[0], field `to`: missing; every tie needs it"),
        (
            r#"{"ties":[{"who":"a","from":"a","trusts":"b"}]}"#,
            "ties[0], field `from`: given twice in one record, perhaps in two spellings; keep one",
        ),
        (
            r#"{"ties":[{"kind":"loves","from":"a","to":"b"}]}"#,
            "ties[0], field `kind`: not a word that this field knows; write one of trust, influence, listens_to, reports_to, conflict, acquainted, avoid",
        ),
        (
            r#"{"interactions":[{"id":"i","at":"2026-03-02","participants":[]}]}"#,
            "interactions[0] `i`, field `participants`: missing; every interaction needs it",
        ),
        (
            r#"{"interactions":[{"id":"i","at":"2026-03-02","participants":["a",7]}]}"#,
            "interactions[0] `i`, field `participants`: a number where an id belongs; write ids as text",
        ),
        (
            r#"{"interactions":[{"id":"i","at":"2026-03-02","participants":["a"],"duration_min":1.5}]}"#,
            "interactions[0] `i`, field `duration_min`: not a whole number of at least 0; write a whole number such as 30, or leave it empty for unknown",
        ),
        (
            r#"{"concerns":[{"id":"c","raised_by":"a","raised_on":"2026-03-02","severity":300}]}"#,
            "concerns[0] `c`, field `severity`: a number too large for this field; write a whole number such as 30, or leave it empty for unknown",
        ),
        (
            r#"{"decisions":[{"id":"d","customer_id":"k","members":"dan:many"}]}"#,
            "decisions[0] `d`, field `members`: a member whose votes are not a whole number; write dan:50;ken:49",
        ),
        (
            r#"{"decisions":[{"id":"d","customer_id":"k","members":[{"votes":3}]}]}"#,
            "decisions[0] `d`, field `members`: a member without an id; write dan:50;ken:49",
        ),
        (
            r#"{"decisions":[{"id":"d","customer_id":"k","quota":-1}]}"#,
            "decisions[0] `d`, field `quota`: a negative number where a count belongs; write a whole number such as 30, or leave it empty for unknown",
        ),
    ];
    check(cases, |input| said(json::read(input.as_bytes())));
}

#[test]
fn json_fields_of_a_person() {
    let cases = vec![
        (r#""name":7"#, "people[0] `dan`, field `name`: a number where a text belongs; write it in quotes"),
        (
            r#""name":"A","Name":"B""#,
            "people[0] `dan`, field `name`: given twice in one record, perhaps in two spellings; keep one",
        ),
        (
            r#""shoe":"A","shoe":"B""#,
            "people[0] `dan`: given twice in one record, perhaps in two spellings; keep one",
        ),
        (
            r#""name":{"first":"Ada"}"#,
            "people[0] `dan`, field `name`: an object where a text belongs; write it in quotes",
        ),
        (
            r#""power":"0.5""#,
            "people[0] `dan`, field `power`: a text where a number belongs; write 0.5 without quotes, or leave it out for unknown",
        ),
        (
            r#""power":[0.5]"#,
            "people[0] `dan`, field `power`: a list where a number belongs; write 0.5 without quotes, or leave it out for unknown",
        ),
        (
            r#""seniority":"boss""#,
            "people[0] `dan`, field `seniority`: not a word that this field knows; write one of c_level, vp, director, manager, individual",
        ),
        (
            r#""seniority":3"#,
            "people[0] `dan`, field `seniority`: a number where a word belongs; write one of c_level, vp, director, manager, individual",
        ),
        (
            r#""support":"likes us""#,
            "people[0] `dan`, field `support`: not a word that this field knows; write one of champion, supporter, neutral, sceptic, opponent, unknown",
        ),
        (
            r#""active":"perhaps""#,
            "people[0] `dan`, field `active`: neither yes nor no; write true or false, or leave it empty for unknown",
        ),
        (
            r#""active":2"#,
            "people[0] `dan`, field `active`: a number where yes or no belongs; write true or false",
        ),
        (
            r#""started_on":"2026-02-29""#,
            "people[0] `dan`, field `started_on`: the calendar has no such day; write it as 2026-03-02",
        ),
        (
            r#""ended_on":"9999-12-31T23:59:59Z""#,
            "people[0] `dan`, field `ended_on`: the year 9999 cannot be placed in UTC; leave the field empty for `never`",
        ),
        (
            r#""review_on":"soon""#,
            "people[0] `dan`, field `review_on`: not a day; write it as 2026-03-02 or 2026-03-02T10:30:00Z",
        ),
        (
            r#""review_on":20260302"#,
            "people[0] `dan`, field `review_on`: digits alone are a day only as an epoch of 10 (seconds) or 13 (milliseconds); write it as 2026-03-02",
        ),
        (
            r#""profile":"7 of 20""#,
            "people[0] `dan`, field `profile`: not so many answered out of so many; write 7/20",
        ),
        (
            r#""profile":[7]"#,
            "people[0] `dan`, field `profile`: not so many answered out of so many; write 7/20",
        ),
        (
            r#""profile":{"answered":-1,"total":2}"#,
            "people[0] `dan`, field `profile`: a negative number where a count belongs; write a whole number such as 30, or leave it empty for unknown",
        ),
        (
            r#""roles":[null]"#,
            "people[0] `dan`, field `roles`: nothing where an item of a list belongs; leave the item out",
        ),
        (
            r#""roles":[["legal"]]"#,
            "people[0] `dan`, field `roles`: a list where a text belongs; write it in quotes",
        ),
        (
            r#""roles":{"a":1}"#,
            "people[0] `dan`, field `roles`: an object where a list belongs; write a list of texts",
        ),
    ];
    let document = |fields: &str| format!(r#"{{"people":[{{"id":"dan","side":"customer",{fields}}}]}}"#);
    check(cases, |fields| said(json::read(document(fields).as_bytes())));
}

#[test]
fn ndjson_lines() {
    let staff = r#"{"people":[{"id":"ann","side":"staff"}]}"#;
    let cases = vec![
        (
            (staff, "{}\n"),
            "customers line 1: 0 customers where exactly one belongs; write one customer a line",
        ),
        (
            (staff, "\n{\"customers\":[{\"id\":\"a\"},{\"id\":\"b\"}]}\n"),
            "customers line 2: 2 customers where exactly one belongs; write one customer a line",
        ),
        (
            (
                staff,
                "{\"customer\":{\"id\":\"a\"}}\n{oops}\n\n{\"customer\":{}}\n{\"customer\":{\"id\":\"b\"}}",
            ),
            "customers line 2 column 2: not JSON: key must be a string\ncustomers line 4, customer, field `id`: missing; every customer needs it",
        ),
        (
            (staff, "{\"customer\":{\"id\":\"a\"}} {}\n"),
            "customers line 1 column 25: not JSON: trailing characters",
        ),
        (
            ("", "{\"customer\":[]}\n"),
            "staff: the JSON document is empty\ncustomers line 1, customer: a list where a record belongs; write an object with named fields",
        ),
    ];
    check(cases, |(staff, customers)| said(ndjson::read(staff.as_bytes(), customers.as_bytes())));
}

#[test]
fn serde_alone_tells_the_first_fault() {
    let error = serde_json::from_str::<Person>(r#"{"id":"dan","power":"Ada","active":"Ada"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "person `dan`, field `power`: a text where a number belongs; write 0.5 without quotes, or leave it out for \
         unknown"
    );
}

#[test]
fn a_truncated_document_is_never_accepted() {
    let good = r#"{"schema_version":1,"as_of":"2026-03-02","customers":[{"id":"k","name":"Ä"}],"people":[
        {"id":"dan","side":"customer","customer_id":"k","power":0.5,"x":{"y":[1,null,"z"]}}],"ties":[]}"#;
    let records = Records::from_json(good.as_bytes()).unwrap();
    assert_eq!(records.people[0].other.get("x"), Some(r#"{"y":[1,null,"z"]}"#));
    for end in 0..good.len() {
        assert!(Records::from_json(&good.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_hundred_faults_are_told_and_the_rest_is_counted() {
    let people = vec![r#"{"id":"a"}"#; 250].join(",");
    let Err(Error::Input(faults)) = Records::from_json(format!(r#"{{"people":[{people}]}}"#).as_bytes())
    else {
        panic!("refused")
    };
    assert_eq!((faults.iter().count(), faults.more()), (100, 150));
}

const CANARY: &str = "Ada Canary Lovelace";

#[test]
fn no_text_of_the_input_is_ever_repeated() {
    let mut checked = 0;
    let mut check = |error: Error| {
        let text = format!("{error} {error:?} {error:#?}");
        assert!(!text.contains("Canary"), "{text}");
        checked += 1;
    };
    for (array, fields) in [
        ("customers", "name parent_id owner_id segment value currency renewal_on status reason until"),
        (
            "people",
            "side customer_id name title email department site area manager_id roles seniority power support \
             aware_of_us active started_on ended_on review_on profile shoe",
        ),
        ("ties", "kind from to strength for against source since until"),
        ("interactions", "at participants customer_id kind started_by status duration_min sentiment subject"),
        ("commitments", "made_by made_to made_on due_on status closed_on customer_id text"),
        ("concerns", "raised_by raised_on severity status review_on owner_id customer_id text"),
        ("decisions", "customer_id approver members quota opens_on decides_on"),
    ] {
        for field in fields.split_whitespace() {
            for value in [
                format!("\"{CANARY}\""),
                format!("[\"{CANARY}\",[\"{CANARY}\"]]"),
                format!("{{\"{CANARY}\":\"{CANARY}\"}}"),
                format!("\"{CANARY}\",\"{field}\":\"{CANARY}\""),
                format!("\"{CANARY}\\u0000\""),
                format!("\"{CANARY}"),
                CANARY.to_owned(),
            ] {
                // An empty last record makes sure that the document is refused.
                let text = format!("{{\"{array}\":[{{\"{field}\":{value}}},{{}}]}}");
                check(json::read(text.as_bytes()).unwrap_err());
                check(ndjson::read(&b"{}"[..], text.as_bytes()).unwrap_err());
            }
        }
    }
    assert!(checked > 800, "{checked}");
}

mod csv {
    use std::fmt::Write as _;

    use super::*;
    use crate::common::{public_data, root};
    use proptest::prelude::*;
    use stakeholder_graph::io::csv;
    use stakeholder_graph::record::RecordKind;

    fn people(text: &[u8]) -> String {
        said(csv::read_table(RecordKind::Person, "people.csv", text))
    }

    #[test]
    fn tables() {
        let wide = format!("id,side{}\n", ",x".repeat(10_000));
        let cases: Vec<(&[u8], &str)> = vec![
            (b"", "people.csv: the file is empty"),
            (b"\xFF\xFEi\0d\0", "people.csv: UTF-16 or UTF-32; save it as UTF-8"),
            (
                b"id;side\na;staff\n",
                "people.csv line 1: the cells seem to be separated by semicolons; export with commas",
            ),
            (
                b"id\tside\na\tstaff\n",
                "people.csv line 1: the cells seem to be separated by tabs; export with commas",
            ),
            (b"id,side,id\na,staff,b\n", "people.csv line 1: columns 1 and 3 have the same name; keep one"),
            (
                b"id,side,x,x\na,staff,b,c\n",
                "people.csv line 1: columns 3 and 4 have the same name; keep one",
            ),
            (
                b"id,side,Name,name\na,staff,b,c\n",
                "people.csv line 1, person, field `name`: two columns for one field in two spellings; keep one",
            ),
            (
                b"number,side\na,staff\n",
                "people.csv line 1, person: the header lacks the column `id`; every person needs it",
            ),
            (
                b"name\nAda\nBob\n",
                "people.csv line 1, person: the header lacks the column `id`; every person needs it\npeople.csv line 1, person: the header lacks the column `side`; every person needs it",
            ),
            (
                b"id,side\na,staff,extra\n",
                "people.csv line 2: 3 cells in a row where the header has 2; quote cells that hold commas, and leave no cell out",
            ),
            (
                b"id,side,name\na,staff\n",
                "people.csv line 2: 2 cells in a row where the header has 3; quote cells that hold commas, and leave no cell out",
            ),
            (
                b"id,side,name\na,staff,\"Ada\nb,staff,Bob\n",
                "people.csv line 2: a quote that is opened here is never closed; close it, or write a quote within a cell twice",
            ),
            (
                b"id,side,name\na,staf,x\nb,staff,\"two\nlines\"\nc,staff,\"open\n",
                "people.csv line 2, people[0] `a`, field `side`: not a word that this field knows; write one of customer, staff, partner, competitor\npeople.csv line 5: a quote that is opened here is never closed; close it, or write a quote within a cell twice",
            ),
            (
                b"id,side,name\na,staff,\"Ada\" Lovelace\nb,?,Bob\n",
                "people.csv line 2: text behind a closing quote; write a quote within a cell twice\npeople.csv line 3, people[1] `b`, field `side`: not a word that this field knows; write one of customer, staff, partner, competitor",
            ),
            (b"id,side,name\na,staff,A\0da\n", "people.csv line 2: a NUL character; remove it"),
            (
                b"id,side,name\r\na,staff,\xC4da\r\nb,?,Bob\r\n",
                "people.csv line 2: bytes that are not UTF-8; save the file as UTF-8\npeople.csv line 3, people[1] `b`, field `side`: not a word that this field knows; write one of customer, staff, partner, competitor",
            ),
            (
                b"id,side\r\r\ra,staff\r,staff\r",
                "people.csv line 5, people[1], field `id`: missing; every person needs it",
            ),
            (
                b"id,side,power\na,staff,\"0,5\"\nb,staff,half\nc,staff,NaN\nd,staff,inf\n",
                "people.csv line 2, people[0] `a`, field `power`: a number with a decimal comma; write 0.5 with a point, or leave it empty for unknown\npeople.csv line 3, people[1] `b`, field `power`: not a number; write 0.5 with a point, or leave it empty for unknown\npeople.csv line 4, people[2] `c`, field `power`: not a finite number; leave it empty for unknown\npeople.csv line 5, people[3] `d`, field `power`: not a finite number; leave it empty for unknown",
            ),
            (
                b"id,side,active\na,staff,perhaps\n",
                "people.csv line 2, people[0] `a`, field `active`: neither yes nor no; write true or false, or leave it empty for unknown",
            ),
            (
                b"\xEF\xBB\xBFid,side,name\na,staff,\"two\nlines\"\n\n,,\nb,nobody,x\n",
                "people.csv line 6, people[1] `b`, field `side`: not a word that this field knows; write one of customer, staff, partner, competitor",
            ),
            (
                b"id,side,profile\na,staff,7\n",
                "people.csv line 2, people[0] `a`, field `profile`: not so many answered out of so many; write 7/20",
            ),
            (
                wide.as_bytes(),
                "people.csv line 1: more than 10000 columns; export the columns that are needed",
            ),
        ];
        check(cases, |text| people(text));
    }

    #[test]
    fn what_looks_odd_and_is_fine_is_accepted() {
        for text in [
            &b"id,side\r\na,staff\r\n"[..],
            b"id,side\ra,staff\r",
            b"\xEF\xBB\xBFside,id\nstaff,a",
            b"id,side,name\na,staff,\"say \"\"hi\"\",\r\nAda\"\n",
            b"id,side,name\na,staff,=1+1\n",
            b"id,side,name\na,staff,5\" pipe\n",
            b"id,side,power\na,staff, 0.5 \n",
        ] {
            assert_eq!(people(text), "accepted", "{}", String::from_utf8_lossy(text));
        }
        let shoes = &b"id,side,shoe\n\na,staff,42\n"[..];
        let reading = csv::read_table(RecordKind::Person, "people.csv", shoes).unwrap();
        assert_eq!(reading.records.people[0].line, Some(3));
        assert_eq!(reading.records.people[0].other.get("shoe"), Some("42"));
        assert_eq!(
            reading.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["people: field `shoe` is not in the schema; kept aside: 1"]
        );
        let reading = csv::read_table(RecordKind::Person, "people.csv", &b"id,side\n"[..]).unwrap();
        assert_eq!(reading.notes[0].to_string(), "people.csv: a header and no row");
    }

    /// The line on which a text begins: one more than the line ends before it, with a Windows line end counted
    /// once.
    fn line_of(wanted: &str, text: &str) -> u32 {
        let before = &text[..text.find(wanted).unwrap()];
        let ends = before.replace("\r\n", "\n").matches(['\n', '\r']).count();
        u32::try_from(ends).unwrap() + 1
    }

    proptest! {
        #[test]
        fn every_row_knows_its_line(
            rows in proptest::collection::vec((0..5_usize, 0..6_usize), 1..30),
            header_end in 0..3_usize,
        ) {
            const ENDS: [&str; 6] = ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r\r\n"];
            const NAMES: [&str; 5] =
                ["Ada", "\"Ada\"", "\"Ada\nLovelace\"", "\"Ada\r\nLovelace\"", "\"Ada,\rLovelace\""];
            // Most files have one kind of line end and no quotes, and so do half of these.
            let is_mixed = rows.len() % 2 == 0;
            let mut text = format!("id,side,name{}", ENDS[header_end]);
            for (at, &(name, end)) in rows.iter().enumerate() {
                let (name, end) = if is_mixed { (name, end) } else { (0, header_end) };
                write!(text, "<{at}>,staff,{}{}", NAMES[name], ENDS[end]).unwrap();
            }
            let reading = csv::read_table(RecordKind::Person, "people.csv", text.as_bytes()).unwrap();
            prop_assert_eq!(reading.records.people.len(), rows.len());
            for person in &reading.records.people {
                prop_assert_eq!(person.line, Some(line_of(&person.id, &text)), "{:?}", text);
            }
        }
    }

    #[test]
    fn no_text_of_a_table_is_ever_repeated() {
        let header = "id,side,customer_id,name,title,email,department,site,area,manager_id,roles,seniority,power,\
                      support,aware_of_us,active,started_on,ended_on,review_on,profile,shoe";
        let columns = header.split(',').count();
        for column in 1..columns {
            for value in
                [CANARY.to_owned(), format!("\"{CANARY}\"x"), format!("\"{CANARY}"), format!("{CANARY}\0")]
            {
                let mut cells = vec![String::new(); columns];
                cells[column] = value;
                // The row lacks its id, so the table is refused whatever the cell.
                let text = format!("{header}\n{}\n", cells.join(","));
                let error = csv::read_table(RecordKind::Person, "people.csv", text.as_bytes()).unwrap_err();
                let text = format!("{error} {error:?}");
                assert!(!text.contains("Canary"), "{text}");
            }
        }
    }

    #[test]
    fn folders() {
        let nowhere = root().join("no such folder");
        assert_eq!(said(Records::from_csv(nowhere)), "reading customers.csv failed");
        let without = root().join("src");
        assert_eq!(
            said(Records::from_csv(without)),
            "none of the expected files is in the folder; looked for customers.csv, people.csv, ties.csv, \
             interactions.csv, commitments.csv, concerns.csv, decisions.csv"
        );
    }

    #[test]
    fn real_tables_read_without_a_fault() {
        let folders = [("northwind_canonical", (91, 100, 830)), ("radoslaw_canonical", (1, 167, 82_876))];
        for (folder, counts) in folders {
            let dir = public_data(folder);
            if !dir.is_dir() {
                return;
            }
            let records = Records::from_csv(&dir).unwrap();
            assert_eq!((records.customers.len(), records.people.len(), records.interactions.len()), counts);
            let mut text = Vec::new();
            records.to_json(&mut text).unwrap();
            assert_eq!(Records::from_json(text.as_slice()).unwrap().len(), records.len());
        }
    }
}
