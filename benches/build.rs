//! Records become a network as fast as a petgraph user gets a bare graph and a map of ids from them.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use stakeholder_graph::introduction::Bounds;
use stakeholder_graph::{Network, Records, Settings};

use common::Shape;
use peer::Peer;
use race::CpuTime;

fn build(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    check(&records);
    let build = |records| Network::build(records).expect("the generator makes sound records");
    race::race(
        "network from records, against petgraph's Graph and a map of ids",
        || records.clone(),
        build,
        || (),
        |()| Peer::build(&records),
    );
    race::race(
        "from records to everybody's best chain, against petgraph's Graph, a map of ids and dijkstra",
        || records.clone(),
        |records| {
            let network = build(records);
            answer(&network);
            network
        },
        || (),
        |()| {
            let peer = Peer::build(&records);
            black_box(peer.costs());
            peer
        },
    );
    let mut group = criterion.benchmark_group("build");
    group.bench_function("network", |bencher| {
        bencher.iter_batched(|| records.clone(), build, BatchSize::PerIteration);
    });
    group.finish();
}

/// Finds everyone's best path.
fn answer(network: &Network) {
    let view = network.view(common::AS_OF.parse().expect("a day"), &Settings::default());
    black_box(view.best_paths(Bounds::NONE));
}

/// Both hold the same people and the same ties.
fn check(records: &Records) {
    let network = Network::build(records.clone()).expect("the generator makes sound records");
    let peer = Peer::build(records);
    let staff = network.staff().len();
    assert_eq!(network.people().len() + 1, peer.graph.node_count());
    assert_eq!(network.tie_count() + staff, peer.graph.edge_count());
    let view = network.view(common::AS_OF.parse().expect("a day"), &Settings::default());
    let (paths, costs) = (view.best_paths(Bounds::NONE).iter().count(), peer.costs());
    // Besides everyone outside, the peer's answer holds our staff and the node behind them.
    assert_eq!(paths + staff + 1, costs.len());
    println!(
        "{} customers, {} people, {staff} of them ours, {} ties",
        network.customers().len(),
        network.people().len(),
        network.tie_count()
    );
}

criterion_group!(name = benches; config = race::criterion(); targets = build);
criterion_main!(benches);
