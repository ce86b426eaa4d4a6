//! What would be different without a colleague, and what each departure would cost.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use stakeholder_graph::introduction::Bounds;
use stakeholder_graph::what_if::Suppose;
use stakeholder_graph::{Day, Network, PersonRecord, Settings, Text};

use common::Shape;
use peer::fast::{Fast, strength};
use peer::{Peer, assert_near};
use race::CpuTime;

/// How many are supposed to leave, each alone.
const LEAVERS: usize = 10;
/// For how many of them everyone's path is compared.
const COMPARED: usize = 2;

fn what_if(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    let peer = Peer::build(&records);
    let fast = Fast::of(&peer);
    let mut network = Network::build(records).expect("the generator makes sound records");
    let (day, settings): (Day, _) = (common::AS_OF.parse().expect("a day"), Settings::default());
    let step = (network.staff().len() / LEAVERS).max(1);
    let leavers: Vec<Text> =
        network.staff().iter().step_by(step).take(LEAVERS).map(|it| it.id().into()).collect();
    for leaver in leavers.iter().take(COMPARED) {
        check(&mut network, &fast, &peer, leaver, day);
    }

    let theirs = || leavers.iter().map(|id| fast.dijkstra_without(peer.at(id)).len()).sum::<usize>();
    race::versus(
        "ten of ours leave, one at a time: what would be different, against petgraph's dijkstra without each",
        || leavers.iter().map(|id| without(&mut network, id, day, &settings)).sum::<usize>(),
        theirs,
    );
    let view = network.view(day, &settings);
    race::versus(
        "what the leaving of each of ours would cost, against petgraph's dijkstra without ten of them",
        || view.leaving_costs(),
        theirs,
    );
    let mut group = criterion.benchmark_group("what_if");
    group.bench_function("one of ours leaves", |bencher| {
        bencher.iter(|| without(&mut network, &leavers[0], day, &settings));
    });
    group.finish();
}

/// At how many customers something would be different.
fn without(network: &mut Network, person: &Text, day: Day, settings: &Settings) -> usize {
    let leaves = [Suppose::leaves(person.clone())];
    network.what_if(&leaves, day, settings).expect("they are there").customers.len()
}

/// Without a colleague, everyone's best path is as strong as the peer computes it.
fn check(network: &mut Network, fast: &Fast, peer: &Peer, leaver: &Text, day: Day) {
    let undo = network.end_presence(leaver, day.plus_days(-1)).expect("they are there");
    let costs = fast.dijkstra_without(peer.at(leaver));
    let view = network.view(day, &Settings::default());
    let paths = view.best_paths(Bounds::NONE);
    for id in view.network().people().iter().skip(view.network().staff().len()).map(PersonRecord::id) {
        let ours = paths.to(id).expect("one of them").map_or(0.0, |path| path.proven().get());
        assert_near(ours, strength(costs.get(&peer.at(id)).copied()), "without one of ours");
    }
    println!("{} best chains without {leaver} agree", costs.len());
    drop(paths);
    network.undo(undo);
}

criterion_group!(name = benches; config = race::criterion(); targets = what_if);
criterion_main!(benches);
