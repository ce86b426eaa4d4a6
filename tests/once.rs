//! Interactions that count once, in part or not at all: logged twice, automatic, with people who did not come.

use crate::common::strategy::as_of;
use crate::common::world::World;
use stakeholder_graph::record::InteractionKind::{Call, Email, Meeting};
use stakeholder_graph::record::InteractionStatus::{Declined, Held, Planned};
use stakeholder_graph::record::{Interaction, InteractionKind};
use stakeholder_graph::{Moment, Network, Records, Settings};

fn records(interactions: impl IntoIterator<Item = Interaction>) -> Records {
    let mut records = World::customer("c").people(["ann", "bob"]).staff(["sal", "tom"]).records();
    records.as_of = Some(as_of());
    records.interactions = interactions.into_iter().collect();
    records
}

/// The evidence for Ann's trust in Sal, and how many records were noted to be the same as another.
fn shows(interactions: impl IntoIterator<Item = Interaction>) -> (f64, usize) {
    let network = Network::build(records(interactions)).unwrap();
    let noted = network.notes().iter().filter(|note| note.code() == "logged_twice").count();
    let view = network.view(as_of(), &Settings::default());
    (view.trust("ann", "sal").unwrap().opinion.evidence.supporting, noted)
}

fn at(id: &str, kind: InteractionKind, hour: u32, people: &[&str]) -> Interaction {
    let moment: Moment = format!("{}T{hour:02}:00", as_of()).parse().unwrap();
    Interaction::new(id, kind, moment, people.iter().copied())
}

#[test]
fn the_same_interaction_counts_once_whoever_logged_it() {
    let one = || at("a", Meeting, 9, &["ann", "sal"]);
    let again = |change: &dyn Fn(Interaction) -> Interaction| shows([one(), change(one().id("b"))]);
    assert_eq!(again(&|it| it), (2.0, 1));
    assert_eq!(again(&|it| it.participants(["sal", "ann"]).started_by("sal").customer_id("c")), (2.0, 1));
    assert_eq!(again(&|it| it.subject(" ")), (2.0, 1), "a blank subject is none");
    assert_eq!(again(&|it| it.status(Planned)), (2.0, 1), "it was planned, and took place");
    assert_eq!(again(&|it| it.status(Declined).started_by("sal")), (2.0, 1));
    // Not the same.
    assert_eq!(again(&|it| it.subject("prices")), (4.0, 0));
    assert_eq!(again(&|it| it.kind(Call)), (4.0, 0));
    assert_eq!(again(&|it| it.participants(["ann", "sal", "bob"])), (4.0, 0));
    assert_eq!(again(&|it| it.participants(["ann", "sal", "stranger"])), (4.0, 0));
    assert_eq!(shows([one(), at("b", Meeting, 10, &["ann", "sal"])]), (4.0, 0));
    assert_eq!(shows([one(), one().id("b"), one().id("c")]), (2.0, 2));
    // Question and answer of one moment are two messages; the same message twice is one.
    let mail = |id: &str, by: &str| at(id, Email, 9, &["ann", "sal"]).started_by(by);
    assert_eq!(shows([mail("a", "ann"), mail("b", "sal")]).1, 0);
    assert_eq!(shows([mail("a", "ann"), mail("b", "sal"), mail("c", "ann")]).1, 1);
}

#[test]
fn what_was_held_counts_and_not_the_refusal_beside_it() {
    let held = || at("z", Meeting, 9, &["ann", "sal"]);
    let refused = || at("a", Meeting, 9, &["ann", "sal"]).started_by("sal").status(Declined);
    for both in [[held(), refused()], [refused(), held()]] {
        let network = Network::build(records(both)).unwrap();
        let view = network.view(as_of(), &Settings::default());
        let evidence = view.trust("ann", "sal").unwrap().opinion.evidence;
        assert_eq!((evidence.supporting, evidence.against), (2.0, 0.0));
    }
    assert_eq!(held().status, Held);
}

#[test]
fn automatic_traffic_is_evidence_of_nothing() {
    let mail = |id: &str, by: &str| at(id, Email, 9, &["ann", "sal", "stranger"]).started_by(by);
    assert!(shows([mail("a", "ann"), mail("b", "sal")]).0 > 0.0);
    assert_eq!(shows([mail("a", "ann").automatic(true), mail("b", "sal").automatic(true)]), (0.0, 0));
    assert_eq!(shows([mail("a", "ann").automatic(true)]), (0.0, 0));
    let network = Network::build(records([mail("a", "ann").automatic(true)])).unwrap();
    assert!(network.notes().is_empty(), "nobody is unmapped for it");
    // Its other fields are checked all the same.
    let elsewhere = records([mail("a", "ann").automatic(true).customer_id("nowhere")]);
    assert_eq!(Network::repair(elsewhere).unwrap().problems.iter().next().unwrap().code(), "dangling");
    let view = network.view(as_of(), &Settings::default());
    assert!(view.customer("c").unwrap().gaps().iter().all(|gap| gap.id() != "unmapped_person"));
    let text = r#"{"interactions": [{"id": "m", "at": "2026-03-02", "participants": ["ann", "sal"], "automatic": "yes"}]}"#;
    assert_eq!(Records::from_json(text.as_bytes()).unwrap().interactions[0].automatic, Some(true));
}

#[test]
fn who_did_not_come_met_no_one() {
    let meeting = at("a", Meeting, 9, &["ann", "bob", "sal"]);
    let network = Network::build(records([meeting.absent(["ann"])])).unwrap();
    let view = network.view(as_of(), &Settings::default());
    let shown = |who: &str, whom: &str| view.trust(who, whom).unwrap().opinion.evidence.supporting;
    assert_eq!((shown("ann", "sal"), shown("bob", "sal"), shown("ann", "bob")), (0.0, 2.0, 0.0));
}

#[test]
fn a_meeting_is_weighed_by_its_size_and_divided_among_us() {
    let shown = |people: usize, staff: &[&str]| {
        let mut records = records([]);
        let guests: Vec<String> = (0..people).map(|at| format!("g{at}")).collect();
        records
            .people
            .extend(guests.iter().map(|id| stakeholder_graph::record::Person::customer(&**id, "c")));
        let all = guests.iter().map(String::as_str).chain(staff.iter().copied());
        records.interactions.push(Interaction::new("m", Meeting, as_of(), all));
        let network = Network::build(records).unwrap();
        let view = network.view(as_of(), &Settings::default());
        [view.trust("g0", "sal"), view.trust("sal", "g0")].map(|it| it.unwrap().opinion.evidence.supporting)
    };
    let near = |found: [f64; 2], expected: [f64; 2]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} {expected:?}");
    };
    near(shown(1, &["sal"]), [2.0, 2.0]);
    near(shown(1, &["sal", "tom"]), [1.0, 2.0]);
    near(shown(7, &["sal"]), [2.0, 2.0]);
    near(shown(8, &["sal"]), [2.0 * 8.0 / 9.0; 2]);
    near(shown(59, &["sal", "tom"]), [8.0 / 61.0, 16.0 / 61.0]);
}
