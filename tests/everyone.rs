//! The paths computed for everyone at once equal those computed one at a time.

use std::collections::BTreeSet;

use crate::common::strategy::as_of;
use crate::common::world::World;
use proptest::prelude::*;
use stakeholder_graph::introduction::{Bounds, Path};
use stakeholder_graph::record::Tie;
use stakeholder_graph::{Network, PersonRecord, Records, Settings, Share};

/// With a limit on the number of ties, however weak they are.
fn bounds(max_ties: Option<u8>) -> Bounds {
    max_ties.map_or(Bounds::NONE, |most| Bounds::NONE.max_ties(most))
}

/// Wes gets to us in one step or in two, both proven at exactly .25; the two have the higher expected
/// probability, and so have the paths of everyone who goes through Wes.
#[test]
fn of_chains_that_are_just_as_strong_everybody_is_given_the_same_as_one_by_one() {
    let network = World::customer("north")
        .people(["dan", "wes", "kim"])
        .staff(["pam", "sal"])
        .trust("dan", "wes", 2.0)
        .evidence("wes", "pam", 1.0, 1.0)
        .trust("wes", "kim", 2.0)
        .trust("kim", "sal", 2.0)
        .network();
    let view = network.view(as_of(), &Settings::default());
    for max_ties in [Some(3), None] {
        let paths = view.best_paths(bounds(max_ties));
        for (id, people) in [("wes", vec!["sal", "kim", "wes"]), ("dan", vec!["sal", "kim", "wes", "dan"])] {
            let question = view.introductions(id).unwrap().floor(Share::ZERO).max_ties(max_ties.unwrap_or(9));
            for path in [paths.to(id).unwrap().unwrap(), question.path().unwrap()] {
                assert_eq!(path.people().map(PersonRecord::id).collect::<Vec<_>>(), people, "{max_ties:?}");
            }
        }
    }
}

/// Four at a customer who know each other and two of our staff, with few different figures for and against: so
/// that ties are equally good, or better in one respect only, and many can be discarded.
fn close_knit() -> impl Strategy<Value = Records> {
    const IDS: [&str; 7] = ["ann", "bob", "cat", "dan", "far", "pam", "sal"];
    let supporting = proptest::sample::select(vec![0.0, 4.0, 40.0]);
    let against = proptest::sample::select(vec![0.0, 1.0, 16.0]);
    let tie = (0..5_usize, 0..7_usize, supporting, against, any::<bool>());
    let lines = proptest::collection::vec(proptest::option::of(0..4_usize), 4);
    (proptest::collection::vec(tie, 8..40), lines).prop_map(|(ties, lines)| {
        let world = World::customer("north").people(["ann", "bob", "cat", "dan"]);
        let mut records = world.and_customer("south").person("far").staff(["pam", "sal"]).records();
        for (at, line) in lines.into_iter().enumerate() {
            // Up the alphabet only, so that reporting lines have no cycle.
            records.people[at].manager_id = line.filter(|&line| line < at).map(|line| IDS[line].into());
        }
        let mut told = BTreeSet::new();
        for (who, whom, supporting, against, is_dated) in ties {
            if who == whom || !told.insert((who, whom)) || supporting + against == 0.0 {
                continue;
            }
            let mut tie = Tie::trust(IDS[who], IDS[whom]).evidence(supporting, against);
            tie.until = (is_dated && supporting > 3.0).then(|| as_of().plus_days(200));
            records.ties.push(tie);
        }
        records
    })
}

/// Proven strength of a path; below any path where there is none.
fn proven(path: Option<Path<'_>>) -> f64 {
    path.map_or(-1.0, |path| path.proven().get())
}

proptest! {
    #![proptest_config(crate::common::cases(512))]

    #[test]
    fn what_is_put_aside_begins_no_best_chain(records in close_knit(), days in 0..1500_i32) {
        // With hardly any prior nothing is discarded.
        for prior in [2.0, 0.005] {
            let mut settings = Settings::default();
            settings.evidence.prior_weight = prior.try_into().unwrap();
            let network = Network::build_with(records.clone(), &settings.evidence).unwrap();
            let view = network.view(as_of().plus_days(days), &settings);
            for max_ties in [Some(2), Some(3), None] {
                let paths = view.best_paths(bounds(max_ties));
                for id in ["ann", "bob", "cat", "dan", "far"] {
                    let question = view.introductions(id).unwrap().floor(Share::ZERO).max_ties(max_ties.unwrap_or(9));
                    // Two paths that are equal but for rounding may come in either order.
                    let [at_once, alone] = [paths.to(id).unwrap(), question.path()].map(proven);
                    prop_assert!((at_once - alone).abs() <= 1e-12, "{id} {max_ties:?}: {at_once} {alone}");
                }
            }
        }
    }
}
