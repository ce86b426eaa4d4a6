//! They told us of a rival: the first call as it was observed.

use stakeholder_graph::gap::{Gap, Reason};
use stakeholder_graph::reach::FirstCall;
use stakeholder_graph::record::{Interaction, InteractionKind, Person, Role};
use stakeholder_graph::{Evidence, EvidenceKind, Network, Records, Settings};

use crate::common::world::{World, ago, found, happened, person, today};

/// Ann decides; a rival quoted ten days ago.
fn quoted() -> World {
    World::customer("acme")
        .person("ann")
        .person("bea")
        .staff(["pam", "sal"])
        .owner("pam")
        .competitor("riv")
        .interaction(happened("q", InteractionKind::Quote, ago(10), ["riv", "ann"]))
        .with(|records| person(records, "ann").roles = vec![Role::DecisionMaker])
}

fn forwarded(on: i32) -> Interaction {
    happened("f", InteractionKind::Email, ago(on), ["ann", "pam"]).told_us_of_rival(true)
}

fn first_call(records: &Records) -> FirstCall {
    let network = Network::build(records.clone()).unwrap();
    let reach = network.view(today(), &Settings::default()).customer("acme").unwrap().reach();
    reach.people.into_iter().find(|it| it.person.id == "ann").unwrap().first_call
}

fn contact(records: &Records) -> Option<Gap> {
    found(records, "competitor_contact").into_iter().next()
}

fn supporting(records: &Records, who: &str, trusts: &str) -> Evidence {
    let network = Network::build(records.clone()).unwrap();
    network.view(today(), &Settings::default()).trust(who, trusts).unwrap().opinion.evidence
}

#[test]
fn it_answers_who_is_called_first_and_halves_the_contact_with_the_rival() {
    let silent = quoted().records();
    assert_eq!(found(&silent, "first_call_at_risk").len(), 1);
    let before = contact(&silent).unwrap();
    let told = quoted().interaction(forwarded(9)).records();
    assert!(matches!(first_call(&told), FirstCall::Staff { person, .. } if person.id == "pam"));
    assert!(found(&told, "first_call_at_risk").is_empty());
    let after = contact(&told).unwrap();
    assert!((after.severity.get() - before.severity.get() / 2.0).abs() < 1e-9, "{before} {after}");
    let Reason::CompetitorContact(figures) = &after.reason else { panic!("{after}") };
    assert_eq!(figures.told.as_ref().unwrap().id, "pam");
    assert!(after.to_string().ends_with("and told pam about it"), "{after}");
}

#[test]
fn it_is_of_no_avail_once_they_are_seen_with_a_rival_again_or_after_90_days() {
    let again = |on| happened("again", InteractionKind::Call, ago(on), ["riv", "ann"]);
    // To so many of us that it makes no live tie.
    let told = |on| {
        let all = ["ann", "pam", "sal", "ray", "lea"];
        happened("f", InteractionKind::Email, ago(on), all).told_us_of_rival(true)
    };
    let quoted = || quoted().staff(["ray", "lea"]);
    assert!(matches!(first_call(&quoted().interaction(told(9)).records()), FirstCall::Staff { .. }));
    let later = quoted().interaction(told(9)).interaction(again(4)).records();
    assert!(matches!(first_call(&later), FirstCall::Rival { .. }));
    let gap = contact(&later).unwrap();
    assert!(matches!(&gap.reason, Reason::CompetitorContact(it) if it.told.is_none()));
    // On the same day the order is not known.
    let same = quoted().interaction(told(9)).interaction(again(9)).records();
    assert!(matches!(first_call(&same), FirstCall::Staff { .. }));
    let quiet = World::customer("acme").person("ann").staff(["pam", "sal", "ray", "lea"]);
    assert!(matches!(first_call(&quiet.clone().interaction(told(90)).records()), FirstCall::Staff { .. }));
    let called = first_call(&quiet.interaction(told(91)).records());
    assert_eq!(called, FirstCall::Unclear, "in touch with several, with none for sure");
}

#[test]
fn it_counts_three_in_place_of_the_message_or_the_call() {
    let told = quoted().interaction(forwarded(0)).records();
    assert_eq!(supporting(&told, "ann", "pam"), Evidence::new(3.0, 0.0));
    // Divided among those of us who were told; who else was there met us as ever.
    let call =
        happened("f", InteractionKind::Call, ago(0), ["ann", "bea", "pam", "sal"]).told_us_of_rival(true);
    let told = quoted().interaction(call.clone()).records();
    assert_eq!(supporting(&told, "ann", "sal"), Evidence::new(1.5, 0.0));
    assert_eq!(supporting(&told, "bea", "sal"), Evidence::new(1.0, 0.0));
    // Where a colleague is named as having begun it, all of their people told us.
    let told = quoted().interaction(call.started_by("pam")).records();
    assert_eq!(supporting(&told, "bea", "sal"), Evidence::new(1.5, 0.0));
    let network = Network::build(told).unwrap();
    let trust = network.view(today(), &Settings::default()).trust("bea", "sal").unwrap();
    assert_eq!(trust.evidence[0].kind, EvidenceKind::ToldUsOfRival);
}

#[test]
fn nobody_is_told_where_none_of_us_takes_part() {
    let mut aside = forwarded(0);
    aside.participants = vec!["ann".into(), "bea".into()];
    let records = quoted().with(|it| it.people.push(Person::partner("par"))).interaction(aside).records();
    assert_eq!(first_call(&records), FirstCall::NoOne);
    assert_eq!(found(&records, "first_call_at_risk").len(), 1);
}

#[test]
fn an_offer_that_they_forward_after_a_contact_with_the_rival_tells_us() {
    let told = |subject: &str, on: i32| {
        let letter = happened("f", InteractionKind::Email, ago(on), ["ann", "pam"]).subject(subject);
        let world = quoted().with(|it| person(it, "riv").name = Some("Rita Voss".into()));
        supporting(&world.interaction(letter).records(), "ann", "pam").supporting > 2.0
    };
    for subject in ["FW: their offer", "Fwd: Angebot Q3", "WG: Voss", "fw: See the PITCH"] {
        assert!(told(subject, 9), "{subject}");
    }
    for subject in ["", "their offer", "FW: invoice 12", "Re: offer", "offer: see below", "FW: it"] {
        assert!(!told(subject, 9), "{subject}");
    }
    // Before the contact with the rival, or long after.
    assert!(!told("FW: their offer", 11));
    let late = happened("f", InteractionKind::Email, ago(0), ["ann", "pam"]).subject("FW: their offer");
    let world = World::customer("acme").person("ann").staff(["pam"]).competitor("riv");
    let quote = |on| happened("q", InteractionKind::Quote, ago(on), ["riv", "ann"]);
    let sum = |on| {
        supporting(&world.clone().interaction(quote(on)).interaction(late.clone()).records(), "ann", "pam")
    };
    assert!(sum(14).supporting > 2.0 && sum(15).supporting < 2.0);
    // What the records say counts.
    let denied = quote(3);
    let letter = late.clone().told_us_of_rival(false);
    let records = world.clone().interaction(denied).interaction(letter).records();
    assert!(supporting(&records, "ann", "pam").supporting < 2.0);
}
