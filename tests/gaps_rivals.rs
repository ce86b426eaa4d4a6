//! Competitors and opponents.

use crate::common::cure::assert_cured;
use crate::common::strategy::as_of;
use crate::common::world::{World, day, found, happened};
use stakeholder_graph::gap::{CounterChampion, OpponentUnmanaged, Reason};
use stakeholder_graph::record::{Interaction, InteractionKind, InteractionStatus, Role, Support, Tie};
use stakeholder_graph::{Records, Share};

/// Dan has three quarters of the power, Wes one; Rita works for a competitor.
fn records() -> Records {
    World::customer("north")
        .powerful("dan", 0.75)
        .powerful("wes", 0.25)
        .staff(["pam"])
        .competitor("rita")
        .records()
}

fn met(id: &str, kind: InteractionKind, on: i32, with: &str) -> Interaction {
    happened(id, kind, on, ["dan", with])
}

#[test]
fn a_key_player_who_was_with_a_rival_and_not_with_us_since() {
    let with = |interactions: Vec<Interaction>| {
        let mut records = records();
        records.interactions = interactions;
        records
    };
    let quote = || met("q", InteractionKind::Quote, -10, "rita");
    let records = with(vec![quote(), met("m", InteractionKind::Meeting, -20, "rita")]);
    let gaps = found(&records, "competitor_contact");
    assert_eq!(gaps.len(), 1);
    assert_eq!(
        gaps[0].to_string(),
        format!(
            "dan asked rita, a rival's person, for a quote on {}, twice of late, and not with us since",
            day(-10)
        )
    );
    assert!((gaps[0].severity.get() - 0.75 * 0.6).abs() < 1e-9);
    assert_cured(&gaps[0], &records, as_of());
    let counts = |interactions: Vec<Interaction>| found(&with(interactions), "competitor_contact").len();
    let meeting = |on: i32| met("m", InteractionKind::Meeting, on, "rita");
    assert_eq!([counts(vec![meeting(-90)]), counts(vec![meeting(-91)])], [1, 0], "within ninety days");
    let ours = |on: i32| met("o", InteractionKind::Call, on, "pam");
    assert_eq!([counts(vec![quote(), ours(-10)]), counts(vec![quote(), ours(-11)])], [0, 1], "since then");
    assert_eq!(counts(vec![meeting(-5).status(InteractionStatus::Declined)]), 0);
    assert_eq!(counts(vec![meeting(5).status(InteractionStatus::Planned)]), 0);
    let of_wes = Interaction::new("w", InteractionKind::Meeting, day(-5), ["wes", "rita"]);
    assert_eq!(counts(vec![of_wes]), 0, "wes is no key player");
}

#[test]
fn a_rivals_supporter_who_has_more_power_than_anybody_of_ours() {
    let with = |ties: Vec<Tie>| {
        let mut records = records();
        records.ties = ties;
        records
    };
    let rival = || Tie::trust("dan", "rita").evidence(6.0, 0.0);
    let records = with(vec![rival(), Tie::trust("wes", "pam").evidence(6.0, 0.0)]);
    let gaps = found(&records, "counter_champion");
    assert_eq!(gaps.len(), 1);
    let Reason::CounterChampion(CounterChampion { power, belief, ours, .. }) = gaps[0].reason else {
        panic!()
    };
    assert!((power.get() - 0.75).abs() < 1e-9 && (ours.get() - 0.25).abs() < 1e-9);
    assert!((belief.get() - 0.75).abs() < 1e-6);
    assert!(gaps[0].to_string().ends_with("; the most powerful who is for us holds 25%"), "{}", gaps[0]);
    assert_cured(&gaps[0], &records, as_of());
    let counts = |ties: Vec<Tie>| found(&with(ties), "counter_champion").len();
    assert_eq!(counts(vec![]), 0, "nobody trusts a rival");
    // Live from .3: 6/7 of a piece is just below.
    assert_eq!(counts(vec![Tie::trust("dan", "rita").evidence(0.85, 0.0)]), 0);
    assert_eq!(counts(vec![Tie::trust("dan", "rita").evidence(0.86, 0.0)]), 1);
    assert_eq!(counts(vec![rival(), Tie::trust("dan", "pam").evidence(6.0, 0.0)]), 0, "trusts us as much");
    let wes = || Tie::trust("wes", "rita").evidence(6.0, 0.0);
    let dan = || Tie::trust("dan", "pam").evidence(2.0, 0.0);
    assert_eq!(counts(vec![wes(), dan()]), 0, "ours has more power");
    // A person who trusts us and speaks against us is not a supporter.
    let mut sceptic = with(vec![wes(), dan()]);
    sceptic.people[0].support = Some(Support::Sceptic);
    assert_eq!(found(&sceptic, "counter_champion").len(), 1);
}

#[test]
fn a_powerful_opponent_whom_nobody_sees() {
    let opponent = || {
        let mut records = records();
        records.people[0].support = Some(Support::Opponent);
        records
    };
    let records_of = |interactions: Vec<Interaction>| {
        let mut records = opponent();
        records.interactions = interactions;
        records
    };
    let counts =
        |interactions: Vec<Interaction>| found(&records_of(interactions), "opponent_unmanaged").len();
    let gap = &found(&opponent(), "opponent_unmanaged")[0];
    assert_eq!(gap.missing[0].field, "interactions", "nothing on record is said as missing");
    assert_cured(gap, &opponent(), as_of());
    let call = |on: i32| met("c", InteractionKind::Call, on, "pam");
    assert_eq!([counts(vec![call(-60)]), counts(vec![call(-61)])], [0, 1]);
    let plan = |on: i32| vec![call(on).status(InteractionStatus::Planned)];
    assert_eq!([counts(plan(60)), counts(plan(61))], [0, 1]);
    let with_rival = met("r", InteractionKind::Call, -1, "rita");
    assert_eq!(counts(vec![with_rival]), 1, "a rival's plan is none of our team");
    // An economic buyer has a cadence of thirty days.
    let mut buyer = records_of(vec![call(-31)]);
    buyer.people[0].roles = vec![Role::EconomicBuyer];
    assert_eq!(found(&buyer, "opponent_unmanaged").len(), 1);
    buyer.interactions = vec![call(-30)];
    assert_eq!(found(&buyer, "opponent_unmanaged").len(), 0);
    // Hostile by what happened, whatever is recorded.
    let mut hostile = records();
    hostile.ties = vec![Tie::trust("dan", "pam").evidence(0.0, 6.0)];
    let gap = &found(&hostile, "opponent_unmanaged")[0];
    assert!(matches!(gap.reason, Reason::OpponentUnmanaged(OpponentUnmanaged { opponent: false, .. })));
    assert_cured(gap, &hostile, as_of());
    let mut weak = opponent();
    weak.people[0].power = Some(0.01);
    assert!(found(&weak, "opponent_unmanaged").is_empty(), "no power, no finding");
    assert!(found(&records(), "opponent_unmanaged").is_empty());
    assert!(gap.severity < Share::ONE);
}
