//! Power of everyone at every customer, in the time of a few sweeps over listening ties.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use std::collections::HashMap;
use std::convert::Infallible;

use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::csr::{Csr, EdgeReference};
use rustworkx_core::centrality::katz_centrality;
use stakeholder_graph::{Network, Records, Settings, Text, View};

use common::Shape;
use peer::assert_near;
use race::CpuTime;

fn power(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env().with_managers());
    let listening = listening(&records);
    let people: Vec<String> = records.people.iter().map(|person| person.id.to_string()).collect();
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    let formal = formal(&view, &people);
    // Katz's centrality takes the same sweeps; only the scale differs.
    let katz = |formal| -> Vec<f64> {
        let weight = |edge: EdgeReference<'_, f64, _, _>| Ok(*edge.weight());
        let found: Result<_, Infallible> =
            katz_centrality(&listening, weight, Some(0.5), Some(formal), None, Some(100), Some(1e-12));
        let Ok(found) = found;
        found.expect("it settles")
    };
    check(&view, &people, &katz(formal.iter().copied().enumerate().collect()));

    race::race(
        "power of everybody, against rustworkx-core's katz_centrality, formal weights given",
        || (),
        |()| power_of_all(&view),
        || formal.iter().copied().enumerate().collect(),
        katz,
    );
    let mut group = criterion.benchmark_group("power");
    group.bench_function("of everybody", |bencher| bencher.iter(|| power_of_all(&view)));
    group.finish();
}

fn power_of_all(view: &View<'_>) -> usize {
    view.customers().map(|customer| customer.power().people.len()).sum()
}

/// Everyone listens to their manager; who has none, to themself.
fn listening(records: &Records) -> Csr<(), f64> {
    let at: HashMap<&str, u32> =
        (0..).zip(&records.people).map(|(at, person)| (person.id.as_str(), at)).collect();
    let to = |manager: &Option<Text>| manager.as_ref().map(|manager| at[manager.as_str()]);
    let edges: Vec<(u32, u32, f64)> = (0..)
        .zip(&records.people)
        .map(|(at, person)| (at, to(&person.manager_id).unwrap_or(at), 1.0))
        .collect();
    Csr::from_sorted_edges(&edges).expect("one a person, in order")
}

/// Formal weights, by position among the people.
fn formal(view: &View<'_>, people: &[String]) -> Vec<f64> {
    let powers: Vec<_> = view.customers().map(|customer| customer.power()).collect();
    let everybody = powers.iter().flat_map(|power| &power.people);
    let formal: HashMap<&str, f64> =
        everybody.map(|person| (person.person.id.as_str(), person.formal.get())).collect();
    people.iter().map(|id| formal.get(id.as_str()).copied().unwrap_or(0.0)).collect()
}

/// Both agree on everyone's share at their customer.
fn check(view: &View<'_>, people: &[String], katz: &[f64]) {
    let katz: HashMap<&str, f64> = people.iter().map(String::as_str).zip(katz.iter().copied()).collect();
    for customer in view.customers() {
        let powers = customer.power().people;
        let all: f64 = powers.iter().map(|person| katz[person.person.id.as_str()]).sum();
        for person in &powers {
            assert_near(person.power.get(), katz[person.person.id.as_str()] / all, "power");
        }
    }
    println!("the power of {} people agrees", people.len());
}

criterion_group!(name = benches; config = race::criterion(); targets = power);
criterion_main!(benches);
