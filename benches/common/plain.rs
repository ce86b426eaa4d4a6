//! The same files read by `serde_json` and `csv` into plain structs of `String`s: what a careful user would write who needs
//! no checks. The structs have the fields that the files have.
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use stakeholder_graph::Records;
use stakeholder_graph::record::{RecordKind, Role, Seniority};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlainRecords {
    pub(crate) schema_version: u32,
    pub(crate) as_of: Option<String>,
    pub(crate) customers: Vec<PlainCustomer>,
    pub(crate) people: Vec<PlainPerson>,
    pub(crate) ties: Vec<PlainTie>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PlainLine {
    customer: PlainCustomer,
    people: Vec<PlainPerson>,
    ties: Vec<PlainTie>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PlainCustomer {
    id: String,
    owner_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PlainPerson {
    id: String,
    side: String,
    customer_id: Option<String>,
    name: Option<String>,
    title: Option<String>,
    manager_id: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    seniority: Option<String>,
}

/// As a person, but with the roles as the cell has them.
#[derive(Debug, Deserialize)]
pub(crate) struct PlainRow {
    id: String,
    side: String,
    customer_id: Option<String>,
    name: Option<String>,
    title: Option<String>,
    manager_id: Option<String>,
    roles: String,
    seniority: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PlainTie {
    who: String,
    trusts: String,
    #[serde(rename = "for")]
    supporting: f64,
    against: f64,
    source: String,
}

/// What the tables hold.
#[derive(Debug, Default)]
pub(crate) struct PlainTables {
    customers: Vec<PlainCustomer>,
    people: Vec<PlainRow>,
    ties: Vec<PlainTie>,
}

pub(crate) fn json(bytes: &[u8]) -> PlainRecords {
    serde_json::from_slice(bytes).expect("sound JSON")
}

/// Each line parsed by itself, and its records put behind those of the lines before.
pub(crate) fn lines(staff: &[u8], customers: &[u8]) -> PlainRecords {
    let mut records = json(staff);
    for line in customers.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let mut line: PlainLine = serde_json::from_slice(line).expect("sound JSON");
        records.customers.push(line.customer);
        records.people.append(&mut line.people);
        records.ties.append(&mut line.ties);
    }
    records
}

pub(crate) fn tables(folder: &Path) -> PlainTables {
    PlainTables {
        customers: rows(folder, RecordKind::Customer),
        people: rows(folder, RecordKind::Person),
        ties: rows(folder, RecordKind::Tie),
    }
}

fn rows<T: DeserializeOwned>(folder: &Path, kind: RecordKind) -> Vec<T> {
    let path = folder.join(format!("{}.csv", kind.plural()));
    let reader = csv::Reader::from_path(path).expect("the file is there");
    reader.into_deserialize().collect::<Result<_, _>>().expect("sound CSV")
}

impl PlainRecords {
    /// # Panics
    /// When they are not the same records.
    pub(crate) fn assert_same(&self, records: &Records) {
        assert_eq!(self.as_of, records.as_of.map(|day| day.to_string()));
        let roles = |person: &PlainPerson| person.roles.join(";");
        let people = self.people.iter().map(|it| {
            let texts = [&it.customer_id, &it.name, &it.title, &it.manager_id, &it.seniority];
            ([it.id.as_str(), it.side.as_str()], texts.map(|text| text.as_deref()), roles(it))
        });
        assert_same(&self.customers, people, &self.ties, records);
    }
}

impl PlainTables {
    /// # Panics
    /// When they are not the same records.
    pub(crate) fn assert_same(&self, records: &Records) {
        let people = self.people.iter().map(|it| {
            let texts = [&it.customer_id, &it.name, &it.title, &it.manager_id, &it.seniority];
            ([it.id.as_str(), it.side.as_str()], texts.map(|text| text.as_deref()), it.roles.clone())
        });
        assert_same(&self.customers, people, &self.ties, records);
    }
}

fn assert_same<'p>(
    customers: &[PlainCustomer],
    people: impl ExactSizeIterator<Item = ([&'p str; 2], [Option<&'p str>; 5], String)>,
    ties: &[PlainTie],
    records: &Records,
) {
    assert_eq!(
        [customers.len(), people.len(), ties.len()],
        [records.customers.len(), records.people.len(), records.ties.len()]
    );
    for (plain, ours) in customers.iter().zip(&records.customers) {
        assert!(plain.id == ours.id && plain.owner_id.as_deref() == ours.owner_id.as_deref());
    }
    for ((ids, texts, roles), ours) in people.zip(&records.people) {
        let side = serde_json::to_value(ours.side).expect("a word");
        let their_roles: Vec<&str> = ours.roles.iter().map(Role::as_str).collect();
        let theirs =
            [&ours.customer_id, &ours.name, &ours.title, &ours.manager_id].map(|text| text.as_deref());
        let [customer, name, title, manager, level] = texts;
        assert_eq!(ids, [ours.id.as_str(), side.as_str().expect("a word")]);
        assert_eq!([customer, name, title, manager], theirs);
        assert_eq!((level, roles), (ours.seniority.map(Seniority::as_str), their_roles.join(";")));
    }
    for (plain, ours) in ties.iter().zip(&records.ties) {
        assert!(plain.who == ours.from && plain.trusts == ours.to && plain.source == "evidenced");
        assert_eq!([Some(plain.supporting), Some(plain.against)], [ours.supporting, ours.against]);
    }
}
