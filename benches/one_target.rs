//! The best path of one person, and five of them: only the neighbourhood is searched, however large the portfolio.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use stakeholder_graph::introduction::{Introductions, Path};
use stakeholder_graph::{Network, PersonRecord, Settings, Share, View};

use common::Shape;
use peer::fast::{Fast, in_nats, strength};
use peer::{Peer, assert_equal, assert_near};
use race::CpuTime;

/// How many people are asked about one by one.
const TARGETS: usize = 200;
/// And of those, for five paths without bounds.
const FEW: usize = 20;
/// How many of them are searched from one colleague each; in larger portfolios [`FEW_PAIRS`], for the peer's sake.
const PAIRS: usize = 100;
const FEW_PAIRS: usize = 5;

fn one_target(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    let peer = Peer::build(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    let targets = some_targets(&network);
    let nodes: Vec<u32> = targets.iter().map(|id| peer.at(id)).collect();
    let fast = Fast::of(&peer);
    check(&view, &fast, &targets, &nodes);
    let ask = |id: &str| view.introductions(id).expect("a stakeholder");

    let short = || targets.iter().filter(|id| ask(id).path().is_some()).count();
    race::versus(
        "best chain of one of at most 3 ties, against pathfinding's dijkstra over people and ties",
        short,
        || nodes.iter().filter_map(|&node| fast.pathfinding_within(node, 3)).count(),
    );
    race::versus("best chain of one of at most 3 ties, against petgraph's dijkstra unbounded", short, || {
        nodes.iter().filter_map(|&node| fast.petgraph_one(node)).count()
    });
    let any = || targets.iter().filter(|id| unbounded(&view, id).path().is_some()).count();
    race::versus("best chain of one, against petgraph's dijkstra", any, || {
        nodes.iter().filter_map(|&node| fast.petgraph_one(node)).count()
    });
    race::versus("best chain of one, against pathfinding's dijkstra", any, || {
        nodes.iter().filter_map(|&node| fast.pathfinding_one(node)).count()
    });
    race::versus(
        "whole answer about one of at most 3 ties, against petgraph's dijkstra unbounded",
        || targets.iter().map(|id| ask(id).answer(1).paths.len()).sum::<usize>(),
        || nodes.iter().filter_map(|&node| fast.petgraph_one(node)).count(),
    );
    let (few, few_nodes) = (targets.get(..FEW).unwrap_or(&targets), nodes.get(..FEW).unwrap_or(&nodes));
    race::versus(
        "five chains of one of at most 3 ties, against pathfinding's yen unbounded",
        || few.iter().map(|id| ask(id).paths(5).len()).sum::<usize>(),
        || few_nodes.iter().map(|&node| fast.yen(node, 5).len()).sum::<usize>(),
    );
    let five = || few.iter().map(|id| unbounded(&view, id).paths(5).len()).sum::<usize>();
    race::versus("five chains of one, against pathfinding's yen", five, || {
        few_nodes.iter().map(|&node| fast.yen(node, 5).len()).sum::<usize>()
    });
    race::versus("five chains of one, against petgraph's dijkstra along each first tie", five, || {
        few_nodes.iter().map(|&node| fast.petgraph_alternatives(node, 5).len()).sum::<usize>()
    });
    simple_paths(&view, &peer, &fast, &targets);

    let mut group = criterion.benchmark_group("one target");
    group.bench_function("200 best chains", |bencher| bencher.iter(short));
    group.bench_function("200 best chains unbounded", |bencher| bencher.iter(any));
    group.finish();
}

/// Five simple paths, from any of our staff and from one colleague each.
fn simple_paths(view: &View<'_>, peer: &Peer, fast: &Fast, targets: &[&str]) {
    let network = view.network();
    let count = if network.people().len() > 10_000 { FEW_PAIRS } else { PAIRS };
    let staff = network.staff();
    // A different colleague for each, from all teams.
    let requester = |at: usize| staff.get(at * 37 % staff.len()).map_or("", PersonRecord::id);
    let pairs: Vec<(&str, &str)> = targets.iter().enumerate().map(|(at, id)| (requester(at), *id)).collect();
    let pairs = pairs.get(..count).unwrap_or(&pairs);
    let nodes: Vec<(u32, u32)> = pairs.iter().map(|&(from, to)| (peer.at(from), peer.at(to))).collect();
    let anybody = |id: &str| unbounded(view, id).simple_paths(5);
    let one = |from: &str, id: &str| unbounded(view, id).asked_by(from).expect("one of ours").simple_paths(5);
    for (&(from, to), &(from_node, to_node)) in pairs.iter().zip(&nodes) {
        same_strengths(peer, &anybody(to), &fast.yen(to_node, 5));
        same_strengths(peer, &one(from, to), &fast.yen_from(from_node, to_node, 5));
    }
    println!("five simple chains agree for {} targets, from anybody and from one of ours", pairs.len());
    race::versus(
        "five simple chains of one, against pathfinding's yen",
        || pairs.iter().map(|&(_, to)| anybody(to).len()).sum::<usize>(),
        || nodes.iter().map(|&(_, to)| fast.yen(to, 5).len()).sum::<usize>(),
    );
    race::versus(
        "five simple chains from one of ours, against pathfinding's yen",
        || pairs.iter().map(|&(from, to)| one(from, to).len()).sum::<usize>(),
        || nodes.iter().map(|&(from, to)| fast.yen_from(from, to, 5).len()).sum::<usize>(),
    );
}

/// The same number of paths, each as strong to one part in 10⁹.
fn same_strengths(peer: &Peer, ours: &[Path<'_>], theirs: &[(Vec<u32>, u32)]) {
    assert_eq!(ours.len(), theirs.len(), "simple chains");
    for (path, (way, _)) in ours.iter().zip(theirs) {
        assert_equal(path.proven().get(), peer.strength_along(way), "simple chain");
    }
}

/// The stakeholders asked about, evenly over the portfolio.
fn some_targets(network: &Network) -> Vec<&str> {
    let outside = network.people().iter().skip(network.staff().len());
    let step = (outside.len() / TARGETS).max(1);
    outside.step_by(step).take(TARGETS).map(PersonRecord::id).collect()
}

fn unbounded<'v>(view: &'v View<'v>, target: &str) -> Introductions<'v> {
    view.introductions(target).expect("a stakeholder").max_ties(u8::MAX).floor(Share::ZERO)
}

fn proven(path: Option<&Path<'_>>) -> f64 {
    path.map_or(0.0, |path| path.proven().get())
}

/// Without bounds the best path and its alternatives are petgraph's; with three ties the best is pathfinding's.
fn check(view: &View<'_>, fast: &Fast, targets: &[&str], nodes: &[u32]) {
    let floor = view.settings().introductions.floor.get();
    for (id, &node) in targets.iter().zip(nodes) {
        assert_near(proven(unbounded(view, id).path().as_ref()), strength(fast.petgraph_one(node)), "best");
        let short = view.introductions(id).expect("a stakeholder").path();
        let within = strength(fast.pathfinding_within(node, 3).map(|(_, cost)| in_nats(cost)));
        let too_weak = within < floor * (1.0 + 1e-6) && short.is_none();
        assert_near(proven(short.as_ref()), if too_weak { 0.0 } else { within }, "best of 3 ties");
    }
    for (id, &node) in targets.iter().zip(nodes).take(FEW) {
        let (ours, theirs) = (unbounded(view, id).paths(5), fast.petgraph_alternatives(node, 5));
        assert_eq!(ours.len(), theirs.len(), "alternatives to {id}");
        for (path, cost) in ours.iter().zip(theirs) {
            assert_near(path.proven().get(), strength(Some(cost)), "alternative");
        }
    }
    println!("{} best chains agree, with bounds and without", targets.len());
}

criterion_group!(name = benches; config = race::criterion(); targets = one_target);
criterion_main!(benches);
