//! A portfolio as the files that a user would load: one JSON document, a customer a line, a folder of CSV files.
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]
#![allow(clippy::indexing_slicing, reason = "every id leads somewhere, as the generator made it")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde::Serialize;
use stakeholder_graph::record::{Person, RecordKind, Role, Seniority, Side, Tie};
use stakeholder_graph::{Records, Text};

/// A staff document and a customer a line.
pub(crate) struct Lines {
    pub(crate) staff: Vec<u8>,
    pub(crate) customers: Vec<u8>,
}

/// Gives everyone a name and those of a level a title, as every CRM has them.
pub(crate) fn with_names(mut records: Records) -> Records {
    const GIVEN: [&str; 8] = ["Ada", "Jean-Luc", "Mary", "Søren", "Grace", "Olu", "Wanjiru", "Bo"];
    const FAMILY: [&str; 7] = ["Lovelace", "Okafor", "de la Cruz", "Nguyễn", "Smith", "Haldorsen", "Li"];
    for (at, person) in records.people.iter_mut().enumerate() {
        let given = GIVEN.get(at % GIVEN.len()).expect("below the length");
        let family = FAMILY.get(at % FAMILY.len()).expect("below the length");
        person.name = Some(format!("{given} {family}").into());
        person.title = person.seniority.map(|level| format!("{} of operations", level.as_str()).into());
    }
    records
}

/// One JSON document.
pub(crate) fn json(records: &Records) -> Vec<u8> {
    let mut bytes = Vec::new();
    records.to_json(&mut bytes).expect("a Vec takes everything");
    bytes
}

/// A staff document and a customer a line; ties are on the line of the one who trusts.
pub(crate) fn lines(records: &Records) -> Lines {
    let places: HashMap<&str, usize> =
        records.customers.iter().enumerate().map(|(at, customer)| (customer.id.as_str(), at)).collect();
    let staff_place = records.customers.len();
    let place = |person: &Person| person.customer_id.as_ref().map_or(staff_place, |id| places[id.as_str()]);
    let mut people: Vec<Vec<&Person>> = vec![Vec::new(); staff_place + 1];
    let mut homes = HashMap::with_capacity(records.people.len());
    for person in &records.people {
        people.get_mut(place(person)).expect("a place for everybody").push(person);
        homes.insert(person.id.as_str(), place(person));
    }
    let mut ties: Vec<Vec<&Tie>> = vec![Vec::new(); staff_place + 1];
    for tie in &records.ties {
        ties.get_mut(homes[tie.from.as_str()]).expect("a place for every tie").push(tie);
    }
    let (ours, our_ties) = (people.pop().expect("staff"), ties.pop().expect("staff"));
    let mut staff = b"{\"schema_version\":1,".to_vec();
    if let Some(day) = records.as_of {
        write!(staff, "\"as_of\":\"{day}\",").expect("a Vec takes everything");
    }
    list(&mut staff, "people", &ours);
    staff.push(b',');
    list(&mut staff, "ties", &our_ties);
    staff.push(b'}');
    let mut customers = Vec::new();
    for ((customer, people), ties) in records.customers.iter().zip(&people).zip(&ties) {
        customers.extend_from_slice(b"{\"customer\":");
        value(&mut customers, customer);
        customers.push(b',');
        list(&mut customers, "people", people);
        customers.push(b',');
        list(&mut customers, "ties", ties);
        customers.extend_from_slice(b"}\n");
    }
    Lines { staff, customers }
}

fn list<T: Serialize>(bytes: &mut Vec<u8>, name: &str, items: &[T]) {
    write!(bytes, "\"{name}\":").expect("a Vec takes everything");
    value(bytes, items);
}

fn value<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(bytes, value).expect("a Vec takes everything");
}

/// The tables of customers, people and ties.
pub(crate) fn tables(records: &Records) -> [(RecordKind, Vec<u8>); 3] {
    let none = Text::default();
    let mut customers = b"id,owner_id\n".to_vec();
    for customer in &records.customers {
        let owner = customer.owner_id.as_ref().unwrap_or(&none);
        writeln!(customers, "{},{owner}", customer.id).expect("a Vec takes everything");
    }
    let mut people = b"id,side,customer_id,name,title,manager_id,roles,seniority\n".to_vec();
    for person in &records.people {
        let [customer, name, title, manager] =
            [&person.customer_id, &person.name, &person.title, &person.manager_id]
                .map(|text| text.as_ref().unwrap_or(&none));
        let side = if person.side == Side::Staff { "staff" } else { "customer" };
        let roles: Vec<&str> = person.roles.iter().map(Role::as_str).collect();
        let level = person.seniority.map_or("", Seniority::as_str);
        writeln!(
            people,
            "{},{side},{customer},{name},{title},{manager},{},{level}",
            person.id,
            roles.join(";")
        )
        .expect("a Vec takes everything");
    }
    let mut ties = b"who,trusts,for,against,source\n".to_vec();
    for tie in &records.ties {
        let (supporting, against) = (tie.supporting.unwrap_or_default(), tie.against.unwrap_or_default());
        writeln!(ties, "{},{},{supporting},{against},evidenced", tie.from, tie.to)
            .expect("a Vec takes everything");
    }
    [(RecordKind::Customer, customers), (RecordKind::Person, people), (RecordKind::Tie, ties)]
}

/// Files in a folder, which goes when this goes.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
}

impl Folder {
    /// # Panics
    /// When the folder cannot be written.
    pub(crate) fn of<'b>(files: impl IntoIterator<Item = (String, &'b [u8])>) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("stakeholder-graph-load-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("the folder can be made");
        for (name, bytes) in files {
            fs::write(path.join(name), bytes).expect("the file can be written");
        }
        Self { path }
    }

    /// # Panics
    /// When there is no such file.
    pub(crate) fn open(&self, name: &str) -> File {
        File::open(self.path.join(name)).expect("the file is there")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind in the folder for temporary files harms no one.
        let _ = fs::remove_dir_all(&self.path);
    }
}
