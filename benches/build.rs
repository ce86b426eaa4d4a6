//! Records become a network as fast as a petgraph user gets a bare graph and a map of ids from them.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use stakeholder_graph::Network;

use common::Shape;
use peer::Peer;

fn build(criterion: &mut Criterion) {
    let records = common::records(Shape::from_env());
    check(&records);
    let build = |records| Network::build(records).expect("the generator makes sound records");
    race::race("build", || records.clone(), build, || (), |()| Peer::build(&records));
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    group.bench_function("ours", |bencher| {
        bencher.iter_batched(|| records.clone(), build, BatchSize::PerIteration);
    });
    group.bench_function("petgraph", |bencher| {
        bencher.iter_with_large_drop(|| Peer::build(&records));
    });
    group.finish();
}

/// Both hold the same people and the same ties.
fn check(records: &stakeholder_graph::Records) {
    let network = Network::build(records.clone()).expect("the generator makes sound records");
    let peer = Peer::build(records);
    let staff = network.staff().len();
    assert_eq!(network.people().len() + 1, peer.graph.node_count());
    assert_eq!(network.tie_count() + staff, peer.graph.edge_count());
    println!(
        "{} customers, {} people, {staff} of them ours, {} ties",
        network.customers().len(),
        network.people().len(),
        network.tie_count()
    );
}

criterion_group!(benches, build);
criterion_main!(benches);
