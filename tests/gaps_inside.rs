//! Gaps within our own staff.

use crate::common::cure::assert_cured;
use crate::common::strategy::as_of;
use crate::common::world::{World, day, found};
use stakeholder_graph::Records;
use stakeholder_graph::gap::Remedy;
use stakeholder_graph::record::{Interaction, InteractionKind, InteractionStatus};

/// Sal owns the account; Wes trusts Pam, and so Pam is on the team.
fn records(pam_trusts_sal: f64) -> Records {
    let world =
        World::customer("north").owner("sal").person("wes").staff(["pam", "sal"]).trust("wes", "pam", 6.0);
    if pam_trusts_sal > 0.0 { world.trust("pam", "sal", pam_trusts_sal).records() } else { world.records() }
}

#[test]
fn a_weak_tie_within_the_team_makes_figures_provisional() {
    // Live from .3: 6/7 of a piece is just below.
    let counts = |evidence: f64| found(&records(evidence), "internal_gate").len();
    assert_eq!([counts(0.85), counts(0.86)], [1, 0]);
    assert_eq!(counts(0.0), 0, "of what nobody knows nothing is found");
    let weak = records(0.5);
    let gap = &found(&weak, "internal_gate")[0];
    let people: Vec<&str> = gap.people.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(people, ["pam", "sal"]);
    assert_eq!(gap.to_string(), "pam of our own team trusts sal at 0.20 only: figures are provisional");
    // All power trusts Pam at .75; a weak tie costs four tenths of that.
    assert!((gap.severity.get() - 0.75 * 0.4).abs() < 1e-6, "{}", gap.severity);
    assert_cured(gap, &weak, as_of());
    let mut nobody_owns = records(0.5);
    nobody_owns.customers[0].owner_id = None;
    assert!(found(&nobody_owns, "internal_gate").is_empty());
}

#[test]
fn an_introducer_with_too_many_open_asks() {
    let ask = |at: usize, on: i32, status: InteractionStatus| {
        let people = ["wes", "pam"];
        let ask = Interaction::new(format!("i{at}"), InteractionKind::Introduction, day(on), people);
        ask.started_by("wes").status(status).subject(format!("ask {at}"))
    };
    let with = |asks: Vec<Interaction>| {
        let mut records = records(2.0);
        records.interactions = asks;
        records
    };
    let open = |count: usize, on: i32| {
        (0..count).map(|at| ask(at, on, InteractionStatus::Unanswered)).collect::<Vec<_>>()
    };
    let counts = |asks: Vec<Interaction>| found(&with(asks), "introducer_overload").len();
    assert_eq!([counts(open(2, -5)), counts(open(3, -5))], [0, 1]);
    assert_eq!([counts(open(3, -90)), counts(open(3, -91))], [1, 0]);
    let planned = |on: i32| (0..3).map(|at| ask(at, on, InteractionStatus::Planned)).collect::<Vec<_>>();
    assert_eq!([counts(planned(90)), counts(planned(91))], [1, 0]);
    let mut made = open(3, -5);
    made[0].status = InteractionStatus::Held;
    assert_eq!(counts(made), 0, "one was made");
    let mut others = open(3, -5);
    others[0].started_by = Some("pam".into());
    assert_eq!(counts(others), 0, "one is pam's");
    let records = with(open(4, -5));
    let gap = &found(&records, "introducer_overload")[0];
    assert_eq!(gap.person(), Some("wes"));
    let Some(Remedy::TakeBackAsks { asks, .. }) = &gap.remedy else { panic!("{:?}", gap.remedy) };
    assert_eq!(asks.len(), 2, "down to two");
    assert_cured(gap, &records, as_of());
}
