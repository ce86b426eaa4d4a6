use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("stakeholder-graph-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ACCOUNTS: &str = "Id,IsDeleted,Name,ParentId,OwnerId,Industry,AnnualRevenue,LastModifiedDate\n\
    a1,0,Acme,,u0001,Steel,1000000,2026-03-01T10:00:00.000+0000\n\
    a2,1,Gone,,u0001,,,2026-03-01T10:00:00.000+0000\n";
const CONTACTS: &str = "Id,AccountId,FirstName,LastName,Title,ReportsToId,OwnerId,MailingCity\n\
    c1,a1,Dan,Doe,CFO,,u0009,York\nc2,a1,Eve,Roe,Buyer,c1,,\nc3,,No,Account,,,,\nc4,a2,Of,Deleted,,,,\n";

#[test]
fn the_mapping_is_as_documented() {
    let folder = Folder::with(
        "mapping",
        &[
            ("Account.csv", ACCOUNTS),
            ("Contact.csv", CONTACTS),
            (
                "User.csv",
                "Id,Name,ManagerId,IsActive\nu0001,Ann Own,u0002,true\nu0002,Bea Boss,,true\nu0003,Idle,,true\n",
            ),
            (
                "Opportunity.csv",
                "Id,AccountId,StageName,Amount,CloseDate,Type,IsClosed,IsWon,OwnerId\n\
                 o1,a1,Closed Won,100,2026-02-01,New,1,1,u0001\n\
                 o2,a1,Closed Won,50,2024-02-01,New,1,1,u0001\n\
                 o3,a1,Prospecting,70,2026-09-01,Annual Renewal,0,0,u0001\n\
                 o4,a1,Prospecting,70,2026-05-01,New,0,0,u0001\n",
            ),
            (
                "OpportunityContactRole.csv",
                "OpportunityId,ContactId,Role,IsPrimary\no1,c1,Economic Decision Maker,1\no3,c2,Evaluator,0\n",
            ),
            (
                "AccountContactRelation.csv",
                "AccountId,ContactId,Roles,IsActive,EndDate\na1,c2,Influencer;Evaluator,0,2026-01-31\na9,c1,Board,1,\n",
            ),
            (
                "Task.csv",
                "Id,WhoId,WhatId,OwnerId,ActivityDate,Status,TaskSubtype,CallDisposition\n\
                 t1,c1,o1,u0001,2026-01-05,Completed,Call,\n\
                 t2,c1,,u0001,2026-01-06,Completed,Call,No answer\n\
                 t3,c1,,u0001,2026-01-07,Not Started,Email,\n\
                 t4,,,u0001,2026-01-07,Completed,Email,\n",
            ),
            (
                "Event.csv",
                "Id,WhoId,OwnerId,ActivityDate,ActivityDateTime\n\
                 e1,c2,u0001,2026-02-01,2026-02-01T09:00:00.000+0000\ne2,c2,u0001,2026-12-01,\n",
            ),
        ],
    );
    let Reading { records, notes } = read(&folder.0).unwrap();
    assert_eq!(records.customers.len(), 1);
    let acme = &records.customers[0];
    assert_eq!((acme.value, acme.segment.as_deref()), (Some(100.0), Some("Steel")));
    assert_eq!(acme.renewal_on.unwrap().to_string(), "2026-09-01");

    let ids: Vec<_> = records.people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c2", "u0001", "u0002"]);
    let [dan, eve, ann, ..] = records.people.as_slice() else { panic!("four people") };
    assert_eq!((dan.name.as_deref(), dan.site.as_deref()), (Some("Dan Doe"), Some("York")));
    assert_eq!(dan.roles, [Role::EconomicBuyer]);
    assert_eq!(eve.roles, [Role::Evaluator, Role::Influencer]);
    assert_eq!((eve.active, eve.manager_id.as_deref()), (Some(false), Some("c1")));
    assert_eq!((ann.name.as_deref(), ann.manager_id.as_deref()), (Some("Ann Own"), Some("u0002")));

    let seen: Vec<_> = records.interactions.iter().map(|i| (i.id.as_str(), i.kind, i.status)).collect();
    assert_eq!(
        seen,
        [
            ("o1:c1", Some(InteractionKind::Order), InteractionStatus::Held),
            ("t1", Some(InteractionKind::Call), InteractionStatus::Held),
            ("t2", Some(InteractionKind::Call), InteractionStatus::Unanswered),
            ("t3", Some(InteractionKind::Email), InteractionStatus::Planned),
            ("e1", Some(InteractionKind::Meeting), InteractionStatus::Held),
            ("e2", Some(InteractionKind::Meeting), InteractionStatus::Planned),
        ]
    );
    assert_eq!(records.interactions[0].started_by.as_deref(), Some("c1"));
    assert_eq!(records.interactions[1].started_by.as_deref(), Some("u0001"));
    let notes: Vec<_> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "Account.csv: rows marked as deleted, skipped: 1",
            "Contact.csv: contacts without an account, left out: 1",
            "Contact.csv: references to a record that is not in the export, left out: 1",
            "AccountContactRelation.csv: relations to a customer other than the person's own, left out: 1",
            "Task.csv: rows without a contact or a day, left out: 1",
            "OpportunityContactRole.csv: contacts marked as primary: 1",
        ]
    );
}

#[test]
fn every_fault_of_an_export_is_told_at_once() {
    let folder = Folder::with(
        "faults",
        &[
            ("Account.csv", "Name,OwnerId\nAcme,u1\n"),
            ("Opportunity.csv", "Id,Amount,CloseDate\no1,lots,01/02/2026\n,1,2026-01-01\n"),
        ],
    );
    assert_eq!(
        read(&folder.0).unwrap_err().to_string(),
        "Account.csv line 1: the header lacks the column `Id`; export it as well\n\
         Contact.csv: none of the expected files is in the folder; looked for Contact.csv\n\
         Opportunity.csv line 2, field `Amount`: not a number; write 0.5 with a point, or leave it empty for unknown\n\
         Opportunity.csv line 2, field `CloseDate`: day and month cannot be told apart; write it as 2026-03-02\n\
         Opportunity.csv line 3, field `Id`: missing; every row of Opportunity.csv needs it"
    );
}

#[test]
fn a_real_export_reads_without_a_fault() {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/salesforce_demo/raw");
    if !dir.is_dir() {
        return;
    }
    let Reading { records, notes } = read(&dir).unwrap();
    assert_eq!((records.customers.len(), records.people.len()), (83, 133 + 1));
    assert_eq!(records.people.iter().filter(|person| person.manager_id.is_some()).count(), 30);
    assert!(records.customers.iter().any(|customer| customer.value.is_some()));
    assert_eq!(notes, []);
}

#[test]
fn records_come_with_the_file_and_line_that_they_were_made_from() {
    use crate::record::RecordKind::{Customer, Interaction, Person};

    let folder = Folder::with(
        "sink",
        &[
            ("Account.csv", ACCOUNTS),
            ("Contact.csv", CONTACTS),
            ("User.csv", "Id,Name\nu0001,Ann Own\n"),
            ("Task.csv", "Id,WhoId,OwnerId,ActivityDate\nt1,c1,u0001,2026-03-01\n"),
            ("Event.csv", "Id,WhoId,OwnerId,ActivityDate\ne1,c2,u0002,2026-03-01\n"),
        ],
    );
    let mut seen = crate::io::tests::Seen::default();
    let reading = read(&folder.0).unwrap();
    assert_eq!(read_into(&folder.0, &mut seen).unwrap(), reading.notes);
    let places = [
        (Customer, "Account.csv 2 -"),
        (Person, "Contact.csv 2 -"),
        (Person, "Contact.csv 3 -"),
        (Person, "User.csv 2 -"),
        (Person, "User.csv - -"),
        (Interaction, "Task.csv 2 -"),
        (Interaction, "Event.csv 2 -"),
    ];
    seen.assert(&reading, &places);
}
