//! Answers for the whole portfolio: those of each customer, in order, whatever the number of threads.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect fails, in its helpers as well"
)]

#[path = "../benches/common/mod.rs"]
mod generator;

use generator::{AS_OF, Shape};
use serde_json::to_string;
use stakeholder_graph::gap::{Detector, Family, Gap, Reason, Situation};
use stakeholder_graph::{Network, Settings};

/// Enough customers that they are shared out in several parts.
fn network() -> Network {
    let shape = Shape { people: 4_000, ..Shape::S }.with_managers();
    Network::build(generator::records(shape)).unwrap()
}

fn on_threads<T: Send>(threads: usize, answer: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(answer)
}

/// Counts the people: a detector that finds something everywhere.
struct People;

impl Detector for People {
    fn id(&self) -> &'static str {
        "people"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let sentence = format!("{} people", situation.customer().people().count());
        let reason = Reason::Custom { sentence };
        found.push(situation.draft(self.id(), Family::Own, reason).shortfall(0.01).done());
    }
}

#[test]
fn the_portfolio_has_the_gaps_of_each_customer_in_order_on_any_number_of_threads() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    assert!(view.customers().len() > 100);
    let each: Vec<Vec<Gap>> = view.customers().map(|customer| customer.gaps()).collect();
    assert!(each.iter().flatten().count() > 500);
    let each = to_string(&each).unwrap();
    for threads in [1, 2, 3] {
        assert!(to_string(&on_threads(threads, || view.gaps())).unwrap() == each, "on {threads} threads");
    }
}

#[test]
fn the_portfolio_has_the_checkup_of_each_customer_in_order_on_any_number_of_threads() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    let each: Vec<_> = view.customers().map(|customer| customer.checkup()).collect();
    let each = to_string(&each).unwrap();
    for threads in [1, 2] {
        assert!(to_string(&on_threads(threads, || view.checkups())).unwrap() == each, "on {threads} threads");
    }
}

#[test]
fn the_callers_own_detectors_look_at_the_whole_portfolio_too() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    let of = |gaps: &[Gap]| gaps.iter().filter(|gap| gap.id == "people").count();
    let counts: Vec<usize> = view.gaps_with(&[&People]).iter().map(|gaps| of(gaps)).collect();
    assert_eq!(counts, vec![1; view.customers().len()]);
    let checkups = view.checkups_with(&[&People]);
    assert!(checkups.iter().all(|checkup| of(&checkup.gaps) == 1));
    let ids: Vec<&str> = checkups.iter().map(|checkup| checkup.customer.as_str()).collect();
    assert_eq!(ids, view.customers().map(|customer| customer.id()).collect::<Vec<_>>());
}

#[test]
fn an_empty_portfolio_has_no_answers() {
    let network = Network::build(stakeholder_graph::Records::new()).unwrap();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    assert!(view.gaps().is_empty() && view.checkups().is_empty());
}
