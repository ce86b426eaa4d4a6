//! Plans of introductions: the published assignment, capacities, and why people are left out.

use std::collections::BTreeMap;

use crate::common::strategy::{as_of, portfolio};
use crate::common::world::World;
use crate::common::{near, network, story, story_day};
use proptest::prelude::*;
use stakeholder_graph::plan::{Plan, Scarce, WhyLeftOut};
use stakeholder_graph::record::{Interaction, InteractionKind, Side};
use stakeholder_graph::{Records, Settings, Share, Weight};

/// T1 (I .9, J .6), T2 (.8, .3), T3 weight .5 (.5, .45): J's path to us is expected at .6, I's is certain.
fn published() -> (Records, Settings) {
    let mut world = World::staff_only(["sal"]);
    for (target, value) in [("t1", 100.0), ("t2", 100.0), ("t3", 0.0)] {
        world = world.and_customer(&format!("c{target}")).person(target).with(|records| {
            let customer = records.customers.last_mut().unwrap();
            (customer.value, customer.currency) = (Some(value), Some("EUR".into()));
        });
    }
    let records = world
        .and_customer("ci")
        .person("i")
        .and_customer("cj")
        .person("j")
        .trust("t1", "i", 8.0)
        .trust("t1", "j", 1e6)
        .trust("t2", "i", 3.0)
        .evidence("t2", "j", 1.0, 1.0)
        .evidence("t3", "i", 1.0, 1.0)
        .evidence("t3", "j", 8.0, 2.0)
        .trust("i", "sal", 1e6)
        .trust("j", "sal", 0.5)
        .records();
    let mut settings = Settings::default();
    settings.evidence.base_rate = Share::new(0.5).unwrap();
    settings.introductions.floor = Share::ZERO;
    settings.introductions.max_ties = 2;
    settings.plan.asks_of.insert("i".into(), 1);
    // J is not reached, and so a target as well, which is not the point of this example.
    settings.levels.reached = Share::new(0.2).unwrap();
    (records, settings)
}

fn plan(records: Records, settings: &Settings) -> Plan {
    network(records).view(story_day(), settings).plan()
}

#[test]
fn the_published_assignment_is_the_plan() {
    let (records, settings) = published();
    let plan = plan(records, &settings);
    // The most evidence that a record may hold leaves two millionths of uncertainty.
    assert!((plan.gain.get() - 1.625).abs() < 2e-6, "{}", plan.gain);
    assert!(plan.is_best());
    let asked: Vec<(&str, &str)> =
        plan.asks.iter().map(|ask| (ask.target.id.as_str(), ask.asking[1].id.as_str())).collect();
    assert_eq!(asked, [("t2", "i"), ("t1", "j"), ("t3", "j")]);
}

#[test]
fn who_is_left_out_is_told_why() {
    let (records, mut settings) = published();
    settings.plan.asks_of.insert("j".into(), 1);
    let fewer = plan(records.clone(), &settings);
    assert!(fewer.asks.len() == 2 && fewer.gain < Weight::new(1.5).unwrap());
    let WhyLeftOut::Capacity { full, .. } = &fewer.left_out[0].why else { panic!("{fewer:?}") };
    assert_eq!(
        full.iter().map(|it| (it.person.id.as_str(), it.of)).collect::<Vec<_>>(),
        [("i", Scarce::Asks), ("j", Scarce::Asks)]
    );
    settings.plan.worth = Share::ONE;
    let nothing = plan(records, &settings);
    assert!(nothing.asks.is_empty());
    assert!(nothing.left_out.iter().all(|it| matches!(it.why, WhyLeftOut::BelowWorth { .. })));
}

#[test]
fn the_story_asks_for_dan_while_there_are_hours() {
    let network = network(story());
    let mut settings = Settings::default();
    settings.evidence.base_rate = Share::new(0.5).unwrap();
    let view = network.view(story_day(), &settings);
    let plan = view.plan();
    assert_eq!(plan.asks.len(), 1);
    near(plan.asks[0].gain, plan.asks[0].power.get() * 0.820_312_5);
    settings.plan.hours = Weight::new(1.0).unwrap();
    let none = network.view(story_day(), &settings).plan();
    assert!(none.asks.is_empty());
    assert!(none.to_string().contains("Pam has no hours left"), "{none}");
    let gaps: Vec<_> = view.gaps().into_iter().flatten().collect();
    assert_eq!(view.plan_for(&gaps).unwrap().asks[0].target.id, "dan");
}

#[test]
fn whom_nobody_can_introduce_is_left_out_for_that() {
    let mut records = story();
    records.ties.retain(|tie| tie.from != "wes");
    let plan = plan(records, &Settings::default());
    let dan = plan.left_out.iter().find(|it| it.target.id == "dan").unwrap();
    assert!(matches!(dan.why, WhyLeftOut::NoPath { .. }), "{:?}", dan.why);
    assert!(plan.asks.iter().all(|ask| ask.target.id != "dan"));
}

#[test]
fn an_introduction_that_was_made_lately_was_a_favour() {
    let asked = |days: i32, asks: u32| {
        let mut records = story();
        let made = Interaction::new(
            "i",
            InteractionKind::Introduction,
            story_day().plus_days(-days),
            ["wes", "ken", "pam"],
        );
        records.interactions.push(made.started_by("wes"));
        let mut settings = Settings::default();
        settings.plan.asks = asks;
        plan(records, &settings).asks.iter().filter(|ask| ask.target.id == "dan").count()
    };
    assert_eq!([asked(10, 1), asked(10, 2)], [0, 1]);
    assert_eq!(asked(91, 1), 1, "after ninety days it is a favour no more");
}

proptest! {
    #![proptest_config(crate::common::cases(64))]

    /// The laws of a plan, for any portfolio: no one exceeds their capacity, and more capacity never lowers the
    /// gain.
    #[test]
    fn nobody_gives_more_than_they_can_and_more_never_gains_less(
        records in portfolio(),
        asks in 0_u32..3,
        hours in 0_u32..12,
    ) {
        let side: BTreeMap<String, Side> =
            records.people.iter().map(|person| (person.id.to_string(), person.side)).collect();
        let network = network(records);
        let mut settings = Settings::default();
        (settings.plan.asks, settings.plan.hours) = (asks, Weight::new(f64::from(hours)).unwrap());
        let plan = network.view(as_of(), &settings).plan();
        let mut given: BTreeMap<&str, u32> = BTreeMap::new();
        let mut begun: BTreeMap<&str, f64> = BTreeMap::new();
        let mut served: Vec<&str> = Vec::new();
        for ask in &plan.asks {
            let [requester, between @ .., target] = &ask.asking[..] else { panic!("{ask:?}") };
            assert_eq!((side[requester.id.as_str()], target), (Side::Staff, &ask.target));
            *begun.entry(&requester.id).or_default() += settings.plan.hours_an_ask.get();
            for one in between {
                *given.entry(&one.id).or_default() += 1;
            }
            served.push(&ask.target.id);
        }
        assert!(given.values().all(|&count| count <= asks), "{given:?}");
        assert!(begun.values().all(|&spent| spent <= f64::from(hours) + 1e-9), "{begun:?}");
        let count = served.len();
        served.sort_unstable();
        served.dedup();
        assert_eq!(served.len(), count, "each at most once");
        let sum: f64 = plan.asks.iter().map(|ask| ask.gain.get()).sum();
        near(sum, plan.gain.get());
        assert!(plan.gain.get() <= plan.at_most.get() + 1e-9);
        let read: Plan = serde_json::from_str(&serde_json::to_string(&plan).unwrap()).unwrap();
        assert_eq!(read, plan);
        settings.plan.asks += 1;
        settings.plan.hours = Weight::new(f64::from(hours) + 6.0).unwrap();
        let more = network.view(as_of(), &settings).plan();
        assert!(!more.is_best() || more.gain.get() >= plan.gain.get() - 1e-9);
    }
}
