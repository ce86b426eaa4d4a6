//! A shared mailbox is no person: it holds no power, has no ties, leads nothing, and is counted among those named.

use stakeholder_graph::record::{Commitment, Decision, InteractionKind, Person, Tie};
use stakeholder_graph::{Network, ProblemKind, Records, Settings};

use crate::common::world::{World, ago, happened, today};

/// Ann decides, bea and the mailbox work with her; pam, and the mailbox `sales`, are ours.
fn records() -> Records {
    World::customer("acme")
        .powerful("ann", 1.0)
        .person("bea")
        .staff(["pam"])
        .with(|records| {
            records.people.push(Person::customer("info", "acme").mailbox(true).power(1.0));
            records.people.push(Person::staff("sales").mailbox(true));
            records.customers[0].owner_id = Some("sales".into());
        })
        .tie(Tie::trust("ann", "info").strength(1.0))
        .tie(Tie::trust("info", "pam").strength(1.0))
        .tie(Tie::trust("ann", "sales").strength(1.0))
        .interaction(happened("m", InteractionKind::Email, ago(3), ["ann", "sales", "info", "pam"]))
        .records()
}

#[test]
fn it_has_no_power_is_in_no_path_and_leads_nothing() {
    let network = Network::build(records()).expect("what a mailbox cannot be is noted, not refused");
    let settings = Settings::default();
    let view = network.view(today(), &settings);
    let customer = view.customer("acme").unwrap();
    let people: Vec<_> = customer.reach().people.into_iter().map(|it| it.person.id).collect();
    assert_eq!(people, ["ann", "bea"]);
    assert_eq!(network.customer("acme").unwrap().owner_id, None, "a mailbox is responsible for nobody");
    let told = format!(
        "{} {}",
        serde_json::to_string(&customer.checkup()).unwrap(),
        serde_json::to_string(&view.introductions("ann").unwrap().best(9)).unwrap()
    );
    assert!(!told.contains("\"info\"") && !told.contains("\"sales\""), "{told}");
}

#[test]
fn it_is_one_of_those_a_message_names() {
    let network = Network::build(records()).unwrap();
    let trust = network.view(ago(3), &Settings::default()).trust("ann", "pam").unwrap();
    // To three others, of whom pam is one.
    assert!((trust.opinion.evidence.supporting - 0.5 / 3.0).abs() < 1e-6, "{trust:?}");
}

#[test]
fn whatever_names_it_is_noted_by_record_and_field() {
    let mut records = records();
    records.people[0].manager_id = Some("info".into());
    records.commitments.push(Commitment::new("c", "pam", ["info", "ann"], ago(9)));
    records.decisions.push(Decision::approval("d", "acme", "info"));
    let network = Network::build(records).unwrap();
    let noted: Vec<String> = network
        .notes()
        .iter()
        .filter(|note| matches!(note.what, ProblemKind::Mailbox { .. }))
        .map(ToString::to_string)
        .collect();
    for field in ["mailbox", "owner_id", "manager_id", "made_to", "approver", "trusts", "who"] {
        let named = format!("field `{field}`");
        assert!(noted.iter().any(|note| note.contains(&named)), "{field} in {noted:#?}");
    }
}
