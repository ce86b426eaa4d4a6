//! On a new day every tie has a new opinion, at the cost of looking at it once.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use stakeholder_graph::record::Side;
use stakeholder_graph::{Day, Network, Opinion, Records, Settings, View};

use common::Shape;
use peer::{Peer, assert_near};
use race::CpuTime;

/// A month after the records were taken.
const NEW_DAY: &str = "2026-04-01";

fn opinions(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    let ids = Peer::build(&records).ids;
    let theirs = Beliefs::of(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day: Day = NEW_DAY.parse().expect("a day");
    let settings = Settings::default();
    check(&network.view(day, &settings), &theirs, &ids);

    let columns = theirs.columns();
    let by_hand = || columns.iter().map(|&[supporting, against]| on_new_day(supporting, against)[3]).sum();
    let all = || network.view(day, &settings).opinions().map(|(.., opinion)| opinion.projected.get()).sum();
    let (ours, hands): (f64, f64) = (all(), by_hand());
    assert!((ours / hands - 1.0).abs() < 1e-9, "{ours} is not {hands}");
    race::versus(
        "opinions of all ties on a new day (one after the other), against a loop by hand over evidence for and against",
        all,
        by_hand,
    );
    race::versus(
        "opinions of all ties on a new day (a graph of them), against petgraph's Graph::map over evidence for and against",
        || network.view(day, &settings).to_petgraph(),
        || theirs.on_new_day(),
    );
    race::versus(
        "what everybody thinks of everybody on a new day (with names), against petgraph's Graph::map over evidence for and against",
        || regards(&network.view(day, &settings)),
        || theirs.on_new_day(),
    );
    let mut group = criterion.benchmark_group("opinions");
    group
        .bench_function("of all ties", |bencher| bencher.iter(|| network.view(day, &settings).to_petgraph()));
    group.finish();
}

fn regards(view: &View<'_>) -> usize {
    let people = view.network().people().iter();
    people.map(|person| view.regards(person.id()).expect("one of them").len()).sum()
}

/// What a petgraph user would keep: evidence for and against, as of one day, on every edge.
struct Beliefs(DiGraph<Side, [f64; 2]>);

impl Beliefs {
    fn of(records: &Records) -> Self {
        let peer = Peer::build(records);
        let people = peer.graph.node_count() - 1;
        Self(peer.graph.filter_map(
            |node, side| (node.index() < people).then_some(*side),
            |_, cost| Some([2.0 / (cost.exp() - 1.0), 0.0]),
        ))
    }

    /// Belief, disbelief, uncertainty and expected probability of every tie.
    fn on_new_day(&self) -> DiGraph<Side, [f64; 4]> {
        self.0.map(|_, side| *side, |_, &[supporting, against]| on_new_day(supporting, against))
    }

    /// The evidence alone, in one stretch of memory.
    fn columns(&self) -> Vec<[f64; 2]> {
        self.0.edge_weights().copied().collect()
    }
}

/// Belief, disbelief, uncertainty and expected probability, a month later.
fn on_new_day(supporting: f64, against: f64) -> [f64; 4] {
    let days: f64 = 30.0;
    let kept = (-days / 90.0).exp2();
    let (r, s) = (supporting * kept, against * kept);
    let n = r + s + 2.0;
    [r / n, s / n, 2.0 / n, (r + 1.0) / n]
}

/// Both compute the same opinion of every tie.
fn check(view: &View<'_>, theirs: &Beliefs, ids: &std::collections::HashMap<String, NodeIndex>) {
    let (ours, theirs) = (view.to_petgraph(), theirs.on_new_day());
    assert_eq!(ours.edge_count(), theirs.edge_count());
    for edge in ours.edge_references() {
        let at = |node: NodeIndex| ids[ours[node].id()];
        let tie = theirs.find_edge(at(edge.source()), at(edge.target())).expect("the same tie");
        let Opinion { belief, projected, .. } = edge.weight();
        assert_near(belief.get(), theirs[tie][0], "belief");
        assert_near(projected.get(), theirs[tie][3], "expected");
    }
    println!("{} opinions agree", ours.edge_count());
}

criterion_group!(name = benches; config = race::criterion(); targets = opinions);
criterion_main!(benches);
