//! What building and asking cost, each beside petgraph on the same records in the same run.
//!
//! Before anything is timed, our answers are compared with petgraph's. `PORTFOLIO=M cargo bench` takes a larger portfolio.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that cannot be set up has failed")]
#![allow(missing_docs, reason = "criterion makes the entry point")]

#[path = "common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use stakeholder_graph::{Records, Settings, Share, View};

/// Trust reversed, from our staff outward, with one source before all of them: petgraph's fastest form of the question.
/// Costs are −ln b, so the cheapest way is the strongest.
struct Peer<'r> {
    graph: DiGraph<(), f64>,
    node: HashMap<&'r str, NodeIndex>,
    source: NodeIndex,
}

fn peer(records: &Records) -> Peer<'_> {
    let mut graph = DiGraph::with_capacity(records.people.len() + 1, records.ties.len());
    let source = graph.add_node(());
    let node: HashMap<&str, NodeIndex> =
        records.people.iter().map(|person| (person.id.as_str(), graph.add_node(()))).collect();
    for person in records.people.iter().filter(|person| person.customer_id.is_none()) {
        graph.add_edge(source, node[person.id.as_str()], 0.0);
    }
    for tie in &records.ties {
        let r = tie.supporting.unwrap_or(0.0);
        graph.add_edge(node[tie.to.as_str()], node[tie.from.as_str()], -(r / (r + 2.0)).ln());
    }
    Peer { graph, node, source }
}

/// Every hundredth stakeholder.
fn targets(records: &Records) -> Vec<String> {
    let stakeholders = records.people.iter().filter(|person| person.customer_id.is_some());
    stakeholders.step_by(100).map(|person| person.id.clone()).collect()
}

/// Our strongest chains, with no bound on ties or strength, are petgraph's shortest paths.
fn agree(view: &View<'_>, peer: &Peer<'_>, targets: &[String]) {
    let costs = dijkstra(&peer.graph, peer.source, None, |edge| *edge.weight());
    for id in targets {
        let question = view.introductions(id).expect("known").max_ties(u8::MAX).floor(Share::ZERO);
        let ours = question.best(1).first().map_or(0.0, |chain| chain.proven.get());
        let theirs = costs.get(&peer.node[id.as_str()]).map_or(0.0, |cost| (-cost).exp());
        assert!((ours - theirs).abs() < 1e-6, "{id}: {ours} is not {theirs}");
    }
}

/// The median of a few runs, for the ratios that are printed.
fn median(runs: usize, mut job: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            job();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

fn ratio(what: &str, ours: Duration, theirs: Duration, peer: &str) {
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("RATIO {what}: ours {ours:?}, {peer} {theirs:?}, {ratio:.2} times as fast");
}

fn promises(criterion: &mut Criterion) {
    let records = common::portfolio(common::size());
    println!("{} people, {} ties", records.people.len(), records.ties.len());
    let targets = targets(&records);
    let network = common::network(records.clone());
    let view = network.view(common::day(), &Settings::default());
    let theirs = peer(&records);
    agree(&view, &theirs, &targets);

    let build = median(5, || drop(black_box(common::network(records.clone()))));
    let copy = median(5, || drop(black_box(records.clone())));
    let their_build = median(5, || drop(black_box(peer(&records).graph)));
    ratio("build from records", build.saturating_sub(copy), their_build, "petgraph");

    let all_chains = || dijkstra(&theirs.graph, theirs.source, None, |edge| *edge.weight()).len();
    let one_search = median(5, || {
        black_box(all_chains());
    });
    let portfolio_gaps = || view.customers().map(|customer| customer.gaps().len()).sum::<usize>();
    let our_gaps = median(3, || {
        black_box(portfolio_gaps());
    });
    ratio("the whole portfolio's gaps, beside one search", our_gaps, one_search, "petgraph's dijkstra");

    let best_chains =
        || targets.iter().map(|id| view.introductions(id).map_or(0, |it| it.best(1).len())).sum::<usize>();
    let queries = u32::try_from(targets.len()).unwrap_or(1);
    let one_target = median(3, || {
        black_box(best_chains());
    }) / queries;
    let sample: Vec<&String> = targets.iter().take(50).collect();
    let forward = forward(&records, &theirs);
    let samples = u32::try_from(sample.len()).unwrap_or(1);
    let their_target = median(3, || {
        for id in &sample {
            let end = theirs.source;
            black_box(dijkstra(&forward, theirs.node[id.as_str()], Some(end), |edge| *edge.weight()));
        }
    }) / samples;
    ratio(
        "one target's best chain, with evidence and tolerances",
        one_target,
        their_target,
        "petgraph's dijkstra",
    );

    criterion.bench_function("build from records", |bencher| {
        bencher.iter_batched(|| records.clone(), common::network, BatchSize::LargeInput);
    });
    criterion.bench_function("portfolio gaps", |bencher| bencher.iter(portfolio_gaps));
    criterion.bench_function("petgraph dijkstra", |bencher| bencher.iter(all_chains));
    criterion.bench_function("best chains of every hundredth", |bencher| bencher.iter(best_chains));
    criterion.bench_function("portfolio checkups", |bencher| {
        bencher.iter(|| view.customers().map(|customer| customer.checkup().gaps.len()).sum::<usize>());
    });
}

/// The same graph with trust the way it reads, for a search from one target that ends at any of ours.
fn forward(records: &Records, peer: &Peer<'_>) -> DiGraph<(), f64> {
    let mut graph = DiGraph::with_capacity(records.people.len() + 1, records.ties.len());
    for _ in peer.graph.node_indices() {
        graph.add_node(());
    }
    for edge in peer.graph.edge_references() {
        graph.add_edge(edge.target(), edge.source(), *edge.weight());
    }
    graph
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3)).without_plots();
    targets = promises
}
criterion_main!(benches);
