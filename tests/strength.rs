//! Strength of the relationship with a customer, and within our own staff, by hand.

use crate::common::strategy::{as_of, portfolio};
use crate::common::world::{World, day};
use crate::common::{near, network};
use proptest::prelude::*;
use stakeholder_graph::record::{Interaction, InteractionKind};
use stakeholder_graph::strength::{Strength, TeamNetwork};
use stakeholder_graph::{Day, Records, Settings};

/// Dan (.6) trusts Pam with 6/8 and Sal with 2/4; Wes (.4) trusts Pam with 2/4 and a competitor's person with 6/8.
fn records() -> Records {
    World::customer("north")
        .powerful("dan", 0.6)
        .powerful("wes", 0.4)
        .staff(["pam", "sal", "ray"])
        .competitor("rita")
        .trust("dan", "pam", 6.0)
        .trust("dan", "sal", 2.0)
        .trust("wes", "pam", 2.0)
        .trust("wes", "rita", 6.0)
        // Our own staff.
        .trust("pam", "sal", 6.0)
        .trust("sal", "pam", 2.0)
        .trust("ray", "pam", 2.0)
        .records()
}

fn strength(records: Records) -> Strength {
    network(records).view(as_of(), &Settings::default()).customer("north").unwrap().strength()
}

#[test]
fn coverage_concentration_first_calls_and_resilience() {
    let it = strength(records());
    // Reach of Dan 1 − .25·.5 = .875, of Wes .5.
    let (dan, wes) = (0.6 * 0.875, 0.4 * 0.5);
    near(it.coverage.proven.get(), dan + wes);
    near(it.coverage.at_most.get(), 1.0);
    let theirs = concentration(&[dan, wes]);
    // Pam .6·.75 + .4·.5 = .65; Sal .6·.5 = .3.
    let ours = concentration(&[0.65, 0.3]);
    near(it.concentration.unwrap().trusting.get(), theirs);
    near(it.concentration.unwrap().trusted.get(), ours);
    near(it.first_calls.ours.get(), 0.6);
    near(it.first_calls.rival.get(), 0.4);
    near(it.first_calls.nobody.get(), 0.0);
    let resilience = it.resilience.unwrap();
    assert_eq!(resilience.without.id, "pam");
    near(resilience.coverage.get(), 0.6 * 0.5);
}

/// The Herfindahl index.
fn concentration(parts: &[f64]) -> f64 {
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| (part / sum).powi(2)).sum()
}

#[test]
fn who_trusts_nobody_calls_nobody_and_has_nothing_to_lose() {
    let mut records = records();
    records.ties.clear();
    let it = strength(records);
    assert_eq!((it.concentration, it.resilience), (None, None));
    near(it.first_calls.nobody.get(), 1.0);
    near(it.coverage.proven.get(), 0.0);
}

#[test]
fn the_trend_has_four_quarters_and_today() {
    let mut records = records();
    records.ties.clear();
    // One meeting a hundred days ago.
    records.interactions = vec![Interaction::new("m", InteractionKind::Meeting, day(-100), ["dan", "pam"])];
    let trend = strength(records).trend;
    let days: Vec<Day> = trend.iter().map(|point| point.day).collect();
    assert_eq!(days, [day(-365), day(-274), day(-182), day(-91), day(0)]);
    let expected = |age: i32| {
        let weight = Settings::default().evidence.meeting_accepted.get();
        let r = weight * 0.5_f64.powf(f64::from(age) / 60.0);
        0.6 * r / (r + 2.0)
    };
    for (point, expected) in trend.iter().zip([0.0, 0.0, 0.0, expected(9), expected(100)]) {
        assert!((point.coverage.proven.get() - expected).abs() < 1e-6, "{point:?} {expected}");
    }
    // What has no day counts as if it had always been there.
    let all_along = strength(self::records()).trend;
    assert!(
        all_along
            .iter()
            .all(|it| (it.coverage.proven.get() - all_along[4].coverage.proven.get()).abs() < 1e-6)
    );
}

#[test]
fn our_own_house_counts_everybody_alike() {
    let network = network(records());
    let house: TeamNetwork = network.view(as_of(), &Settings::default()).team_network();
    assert_eq!(house.people, 3);
    near(house.coverage.proven.get(), (0.75 + 0.5 + 0.5) / 3.0);
    let concentrated = house.concentration.unwrap();
    near(concentrated.trusting.get(), concentration(&[0.75, 0.5, 0.5]));
    near(concentrated.trusted.get(), concentration(&[0.75, 1.0]));
    assert_eq!(house.alone.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["ray"]);
    // Without Pam, Sal and Ray trust no one; without Sal, Ray still trusts Pam.
    let resilience = house.resilience.unwrap();
    assert_eq!(resilience.without.id, "pam");
    near(resilience.coverage.get(), 0.0);
}

#[test]
fn words_say_what_the_figures_say() {
    let said = strength(records()).to_string();
    assert!(said.starts_with("north: 73% of the decision trusts us\n"), "{said}");
    assert!(said.contains("first call: 60% to us, 40% to a rival, 0% to nobody we know of"), "{said}");
    assert!(said.contains("without pam, 30% would be left"), "{said}");
}

proptest! {
    #![proptest_config(crate::common::cases(48))]

    /// The fast method against the obvious one: what is left without a person equals the answer for their
    /// departure.
    #[test]
    fn the_worst_loss_is_the_worst_of_all_leavings(records in portfolio()) {
        let network = network(records);
        let settings = Settings::default();
        let view = network.view(as_of(), &settings);
        let leaving = view.leaving_costs();
        for strength in view.strengths() {
            let left = leaving.iter().flat_map(|it| it.customers.iter().map(move |at| (it, at)));
            let here = left.filter(|(_, at)| at.customer == strength.customer.id);
            let least = here.map(|(_, at)| at.without.get()).fold(f64::INFINITY, f64::min);
            if let Some(resilience) = &strength.resilience {
                assert!((resilience.coverage.get() - least).abs() < 1e-9, "{strength:?} {least}");
                assert!(resilience.coverage <= strength.coverage.proven);
            }
            if let Some(it) = strength.concentration {
                assert!(it.trusting.get() > 0.0 && it.trusted.get() > 0.0);
            }
            let calls = strength.first_calls;
            let sum = calls.ours.get() + calls.rival.get() + calls.nobody.get();
            assert!(sum.abs() < 1e-9 || (sum - 1.0).abs() < 1e-6);
            let one = view.customer(&strength.customer.id).unwrap().strength();
            assert_eq!(one, strength, "one customer alone as among all");
            let read: Strength = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
            assert_eq!(read, one);
        }
    }
}
