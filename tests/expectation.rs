//! The expected trust between two people: where it comes from, and what it must never do.

use crate::common::world::{World, published, today};
use proptest::prelude::*;
use stakeholder_graph::record::{Person, Records, Tie};
use stakeholder_graph::{Network, Settings, Weight};

/// People `p0`, `p1`, … with counted evidence between them.
fn network(people: usize, ties: &[(usize, usize, f64, f64)]) -> Network {
    let mut records = Records::new();
    records.as_of = Some(today());
    records.people = (0..people).map(|at| Person::partner(format!("p{at}"))).collect();
    let tie = |&(who, trusts, supporting, against): &(usize, usize, f64, f64)| {
        Tie::trust(format!("p{who}"), format!("p{trusts}")).evidence(supporting, against)
    };
    records.ties = ties.iter().map(tie).collect();
    Network::build(records).unwrap()
}

fn expected(network: &Network, who: usize, trusts: usize) -> f64 {
    let view = network.view(today(), &published());
    view.expected_trust(&format!("p{who}"), &format!("p{trusts}")).unwrap().projected.get()
}

#[test]
fn where_nothing_is_known_the_base_rate_is_expected() {
    let network = network(2, &[]);
    let view = network.view(today(), &published());
    let found = view.expected_trust("p0", "p1").unwrap();
    assert_eq!((found.projected.get(), found.prior.get(), found.average.get()), (0.5, 0.5, 0.5));
    assert_eq!((found.ratings, found.reputation, found.leniency), (0, 0.0, 0.0));
    assert!(view.expected_trust("p0", "nobody").is_err());
}

#[test]
fn one_rating_by_hand() {
    // One rating: 1 with certainty 2 / 4. No one has two, so a certain rating counts half: K = 1 each time.
    // Round 1, reputation: believed .5 / 1.5 = 1/3; centre (0.5 + 1/3 × 1) / (4/3) = 0.625; of p1 0.625 + .375 / 3
    // = 0.75.
    // Leniency of p0: .5 × .25 / 1.5 = 1/12.
    // Round 2: the rating is 11/12; centre (.5 + 11/36) / (4/3) = 29/48; of p1 29/48 + (11/12 − 29/48) / 3 =
    // 17/24;
    // leniency (1 − 17/24) / 3 = 7/72. Round 3: 65/72; centre (.5 + 65/216) / (4/3) = 173/288, as K stays.
    let network = network(3, &[(0, 1, 2.0, 0.0)]);
    let view = network.view(today(), &published());
    let found = view.expected_trust("p2", "p1").unwrap();
    let average = 173.0 / 288.0;
    assert!((found.average.get() - average).abs() < 1e-9, "{found:?}");
    // p2 uses that one rating, with its rater's leniency after round 3 removed.
    let reputation = average + (65.0 / 72.0 - average) / 3.0;
    let leniency = (1.0 - reputation) / 3.0;
    let received = average + (1.0 - leniency - average) / 3.0;
    assert!((found.prior.get() - received).abs() < 1e-9 && found.ratings == 1, "{found:?}");
    assert_eq!(found.projected, found.prior, "nothing is known between the two");
    // p0's own rating counts once, as evidence, and not in the prior as well.
    let own = view.expected_trust("p0", "p1").unwrap();
    assert_eq!((own.ratings, own.prior), (0, own.average));
    assert!((own.projected.get() - (2.0 + 2.0 * average) / 4.0).abs() < 1e-9, "{own:?}");
}

#[test]
fn those_whom_the_asker_trusts_count_for_more() {
    // p0 trusts p1, and not p2, who differ about p3; p4 knows neither of them.
    let ties = [(0, 1, 9.0, 0.0), (0, 2, 0.0, 9.0), (1, 3, 6.0, 0.0), (2, 3, 0.0, 6.0)];
    let network = network(5, &ties);
    let view = network.view(today(), &published());
    let (asker, stranger) =
        (view.expected_trust("p0", "p3").unwrap(), view.expected_trust("p4", "p3").unwrap());
    assert!(asker.reputation > stranger.reputation, "{asker:?} {stranger:?}");
    assert_eq!(asker.intermediaries.len(), 1, "one the asker distrusts is received as anyone");
    assert_eq!(asker.intermediaries[0].person.id, "p1");
    assert!(asker.intermediaries[0].share.get() > 0.5 && stranger.intermediaries.is_empty());
}

#[test]
fn the_generous_are_expected_to_trust_more_than_the_strict() {
    // p0 and p1 know the same three people; p0 trusts them and p1 does not.
    let ties: Vec<_> = (2..5).flat_map(|other| [(0, other, 5.0, 0.0), (1, other, 1.0, 4.0)]).collect();
    let network = network(7, &ties);
    assert!(expected(&network, 0, 6) > expected(&network, 5, 6));
    assert!(expected(&network, 5, 6) > expected(&network, 1, 6));
}

#[test]
fn a_line_of_reporting_is_no_voice() {
    let staff = World::staff_only(["boss", "clerk", "third"]);
    let network = staff.with(|records| records.people[1].manager_id = Some("boss".into())).network();
    let found = network.view(today(), &published()).expected_trust("third", "boss").unwrap();
    assert_eq!((found.ratings, found.projected.get()), (0, 0.5));
}

#[test]
fn no_settings_make_it_anything_but_a_share() {
    let network = network(4, &[(0, 1, 9.0, 0.0), (1, 2, 6.0, 1.0), (0, 2, 0.0, 2.0), (3, 2, 1.0, 1.0)]);
    let most = Weight::MAX.get();
    for (intermediary, prior) in [(0.0, 0.0), (most, 2.0), (10.0, most), (most, 0.0)] {
        let mut settings = Settings::default();
        settings.expectations.intermediary = Weight::new(intermediary).unwrap();
        settings.evidence.prior_weight = Weight::new(prior).unwrap();
        let view = network.view(today(), &settings);
        for (who, trusts) in [("p0", "p2"), ("p3", "p1"), ("p2", "p0")] {
            let found = view.expected_trust(who, trusts).unwrap();
            assert!(
                (0.0..=1.0).contains(&found.projected.get()) && found.reputation.is_finite(),
                "{found:?}"
            );
        }
    }
}

#[test]
fn it_reads_as_a_sentence() {
    let network = network(3, &[(0, 1, 2.0, 1.0), (2, 1, 3.0, 0.0)]);
    let found = network.view(today(), &published()).expected_trust("p0", "p1").unwrap();
    let text = found.to_string();
    assert!(text.starts_with("p0 is expected to trust p1 by 0."), "{text}");
    assert!(
        text.ends_with("; between the two 2.0 for and 1.0 against") && text.contains("from 1 who know p1"),
        "{text}"
    );
}

/// Ties among six people, no pair twice.
fn ties() -> impl Strategy<Value = Vec<(usize, usize, f64, f64)>> {
    let tie = (0..6_usize, 0..6_usize, 0.0..9.0, 0.0..9.0);
    prop::collection::btree_map(tie.clone().prop_map(|it| (it.0, it.1)), (0.0..9.0, 0.0..9.0), 0..20)
        .prop_map(|map| {
            let apart = map.into_iter().filter(|((who, trusts), _)| who != trusts);
            apart.map(|((who, trusts), (supporting, against))| (who, trusts, supporting, against)).collect()
        })
}

proptest! {
    #[test]
    fn an_expectation_is_a_share_and_fuses_evidence_with_the_prior(
        ties in ties(), who in 0..6_usize, trusts in 0..6_usize, more in 0.1..9.0,
    ) {
        prop_assume!(who != trusts);
        let before = expected(&network(6, &ties), who, trusts);
        prop_assert!((0.0..=1.0).contains(&before));
        let mut after = ties.clone();
        match after.iter_mut().find(|it| (it.0, it.1) == (who, trusts)) {
            Some(tie) => tie.2 += more,
            None => after.push((who, trusts, more, 0.0)),
        }
        let view_of = |ties: &[_]| {
            let network = network(6, ties);
            network.view(today(), &published()).expected_trust(&format!("p{who}"), &format!("p{trusts}")).unwrap()
        };
        // Whatever others rate, the documented formula holds.
        let found = view_of(&after);
        let n = found.direct.supporting + found.direct.against + 2.0;
        prop_assert!((found.projected.get() - (found.direct.supporting + 2.0 * found.prior.get()) / n).abs() < 1e-9);
    }

    #[test]
    fn the_order_of_the_records_changes_nothing(ties in ties(), who in 0..6_usize, trusts in 0..6_usize) {
        let turned: Vec<_> = ties.iter().rev().copied().collect();
        let (a, b) = (expected(&network(6, &ties), who, trusts), expected(&network(6, &turned), who, trusts));
        prop_assert_eq!(a.to_bits(), b.to_bits());
    }
}
