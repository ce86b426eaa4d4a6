//! The best chain for everybody at every customer, and for one person: only what lies near is looked at.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::graph::NodeIndex;
use stakeholder_graph::introduction::Chain;
use stakeholder_graph::{Network, Settings, Share, View};

use common::Shape;
use peer::{Peer, assert_equal};

/// How many people are asked about one by one.
const TARGETS: usize = 200;
/// A search that is not bounded may need this many ties and more; nothing in the portfolio comes near.
const ANY: u8 = u8::MAX;

fn chains(criterion: &mut Criterion) {
    let records = common::records(Shape::from_env());
    let peer = Peer::build(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    let targets = some_targets(&network);
    check_everybody(&view, &peer);
    check_targets(&view, &peer, &targets);
    let nodes: Vec<NodeIndex> = targets.iter().map(|id| peer.ids[*id]).collect();

    race::race(
        "reach and best chain of everybody (at most 3 ties, floor .25), against one dijkstra over all",
        || (),
        |()| everybody(&view),
        || (),
        |()| peer.best_of_all(),
    );
    race::race(
        "best chain of one (at most 3 ties, floor .25), against dijkstra from the target, unbounded",
        || (),
        |()| one_by_one(&view, &targets, 1),
        || (),
        |()| nodes.iter().map(|&node| peer.best_of(node)).sum::<f64>(),
    );
    race::race(
        "5 alternatives of one (at most 3 ties, floor .25), against a dijkstra along each first tie, unbounded",
        || (),
        |()| one_by_one(&view, &targets, 5),
        || (),
        |()| nodes.iter().map(|&node| peer.alternatives(node, 5).len()).sum::<usize>(),
    );
    race::race(
        "5 alternatives of one, both unbounded",
        || (),
        |()| targets.iter().take(20).map(|id| unbounded(&view, id, 5).len()).sum::<usize>(),
        || (),
        |()| nodes.iter().take(20).map(|&node| peer.alternatives(node, 5).len()).sum::<usize>(),
    );

    let mut group = criterion.benchmark_group("chains");
    group.sample_size(10);
    group.bench_function("everybody/ours", |bencher| bencher.iter(|| everybody(&view)));
    group.bench_function("everybody/petgraph", |bencher| bencher.iter(|| peer.best_of_all()));
    group.bench_function("200 targets/ours", |bencher| bencher.iter(|| one_by_one(&view, &targets, 1)));
    group.bench_function("200 targets/petgraph", |bencher| {
        bencher.iter(|| nodes.iter().map(|&node| peer.best_of(node)).sum::<f64>());
    });
    group.finish();
}

/// The stakeholders asked about, evenly over the portfolio.
fn some_targets(network: &Network) -> Vec<&str> {
    let outside = network.people().get(network.staff().len()..).unwrap_or_default();
    let step = (outside.len() / TARGETS).max(1);
    outside.iter().step_by(step).take(TARGETS).map(|person| person.id.as_str()).collect()
}

/// Coverage and chains of every customer.
fn everybody(view: &View<'_>) -> f64 {
    view.customers().map(|customer| customer.reach().coverage.proven.get()).sum()
}

fn one_by_one(view: &View<'_>, targets: &[&str], count: usize) -> usize {
    targets.iter().map(|id| view.introductions(id).expect("a stakeholder").best(count).len()).sum()
}

fn unbounded(view: &View<'_>, target: &str, count: usize) -> Vec<Chain> {
    view.introductions(target).expect("a stakeholder").max_ties(ANY).floor(Share::ZERO).best(count)
}

/// Everybody's best chain is the one that a sweep over all ties finds; where no bound bites, petgraph's too.
fn check_everybody(view: &View<'_>, peer: &Peer) {
    let settings = view.settings();
    let floor = settings.levels.warm.get();
    let within = peer.best_within(usize::from(settings.introductions.max_ties));
    let unbounded = peer.best_of_all();
    let mut compared = 0;
    for customer in view.customers() {
        for person in customer.reach().people {
            let node = peer.ids[person.person.id.as_str()].index();
            let (within, unbounded) = (within[node], unbounded[node]);
            assert!(within <= unbounded * (1.0 + 1e-9), "a bound never makes a chain stronger");
            let direct = person.ties.iter().map(|tie| tie.opinion.belief).max().unwrap_or_default();
            if direct >= settings.levels.reached {
                continue;
            }
            compared += 1;
            match person.best_chain {
                Some(found) => assert_equal(found.get(), within, "best chain"),
                None => assert!(within < floor * (1.0 + 1e-9), "no chain where {within} is"),
            }
        }
    }
    println!("{compared} best chains agree");
}

/// Without bounds, petgraph's best chain and alternatives are ours.
fn check_targets(view: &View<'_>, peer: &Peer, targets: &[&str]) {
    let mut compared = 0;
    for id in targets.iter().take(TARGETS / 4) {
        let theirs = peer.alternatives(peer.ids[*id], 5);
        let ours = unbounded(view, id, 5);
        assert_eq!(ours.len(), theirs.len(), "alternatives to {id}");
        assert_equal(ours.first().map_or(0.0, |it| it.proven.get()), peer.best_of(peer.ids[*id]), "best");
        for (chain, strength) in ours.iter().zip(theirs) {
            assert_equal(chain.proven.get(), strength, "alternative");
            compared += 1;
        }
    }
    println!("{compared} alternatives agree");
}

criterion_group!(benches, chains);
criterion_main!(benches);
