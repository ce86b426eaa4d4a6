//! The best path for everyone outside, in a fraction of one search over all.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use std::collections::{HashMap, HashSet};

use criterion::{Criterion, criterion_group, criterion_main};
use stakeholder_graph::introduction::{BestPaths, Bounds};
use stakeholder_graph::{CustomerView, Network, Settings, View};

use common::Shape;
use peer::fast::{Fast, strength};
use peer::{Peer, assert_near};
use race::CpuTime;

/// Of how many customers everyone is asked for from their account team.
const CUSTOMERS: usize = 20;

fn everybody(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    let peer = Peer::build(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    let fast = Fast::of(&peer);
    fast.check();
    let bounds = Bounds::from(view.settings());
    check(&view, &peer, &fast, bounds);

    let any = || view.best_paths(Bounds::NONE);
    race::versus("best chain of everybody, against petgraph's dijkstra", any, || fast.dijkstra());
    race::versus("best chain of everybody, against petgraph's dijkstra over its Graph", any, || peer.costs());
    race::versus("best chain of everybody, against petgraph's spfa", any, || fast.spfa());
    race::versus("best chain of everybody, against rustworkx-core's dijkstra", any, || fast.rustworkx());
    race::versus("best chain of everybody, against pathfinding's dijkstra_all", any, || fast.pathfinding());
    race::versus("best chain of everybody, against delta-stepping by hand", any, || {
        fast.away.delta_stepping(&fast.staff)
    });
    race::versus("best chain of everybody, against breadth-first search by hand", any, || {
        fast.away.fewest_ties(&fast.staff)
    });
    let short = || view.best_paths(bounds);
    race::versus(
        "best chain of everybody of at most 3 ties, against petgraph's spfa unbounded",
        short,
        || fast.spfa(),
    );
    race::versus("best chain of everybody of at most 3 ties, against 3 sweeps by hand", short, || {
        fast.towards.layers(&fast.staff, 3)
    });
    let found = any();
    race::versus(
        "everybody's chain read out once found, against petgraph's dijkstra",
        || found.iter().map(|(_, path)| path.proven().get()).sum::<f64>(),
        || fast.dijkstra(),
    );
    from_account_team(&view, &peer, &fast);

    let mut group = criterion.benchmark_group("everybody");
    group.bench_function("any number of ties", |bencher| bencher.iter(any));
    group.bench_function("at most 3 ties", |bencher| bencher.iter(short));
    group.finish();
}

/// Everyone at a few customers, from the account team. The peer has to search for each of them, so customers with
/// too many people are left out, and with them the portfolio that is one customer.
fn from_account_team(view: &View<'_>, peer: &Peer, fast: &Fast) {
    let step = (view.customers().len() / CUSTOMERS).max(1);
    let customers: Vec<CustomerView<'_>> =
        view.customers().step_by(step).filter(|customer| customer.people().count() <= PEOPLE).collect();
    if customers.is_empty() {
        return;
    }
    let asked: Vec<(HashSet<u32>, Vec<u32>)> = customers
        .iter()
        .map(|customer| {
            let team = customer.reach().account_team.iter().map(|one| peer.at(&one.id)).collect();
            (team, customer.people().map(|person| peer.at(person.id())).collect())
        })
        .collect();
    let ours = |bounds: Bounds| -> usize {
        customers.iter().map(|customer| customer.paths_from_account_team(bounds).len()).sum()
    };
    let theirs = || -> Vec<f64> {
        let all = asked.iter().flat_map(|(team, people)| people.iter().map(move |person| (team, *person)));
        all.map(|(team, person)| strength(fast.petgraph_to(person, |at| team.contains(&at)))).collect()
    };
    let found = theirs();
    let strengths: HashMap<u32, f64> =
        asked.iter().flat_map(|(_, people)| people.iter().copied()).zip(found.iter().copied()).collect();
    for customer in &customers {
        for path in customer.paths_from_account_team(Bounds::NONE) {
            let expected = strengths[&peer.at(path.target().id())];
            assert_near(path.proven().get(), expected, "from the account team");
        }
    }
    assert_eq!(ours(Bounds::NONE), found.iter().filter(|strength| **strength > 0.0).count());
    race::versus(
        "best chain from the account team, against petgraph's dijkstra from each",
        || ours(Bounds::NONE),
        theirs,
    );
    race::versus(
        "best chain from the account team of at most 3 ties, against petgraph's dijkstra from each unbounded",
        || ours(Bounds::from(view.settings())),
        theirs,
    );
}

/// Larger customers are left out.
const PEOPLE: usize = 200;

/// Everyone's path is as strong as the peers compute it, with a bound on ties and without.
fn check(view: &View<'_>, peer: &Peer, fast: &Fast, bounds: Bounds) {
    let costs = fast.dijkstra();
    let within = peer.best_within(usize::from(bounds.max_ties.unwrap_or(u8::MAX)));
    let (any, short) = (view.best_paths(Bounds::NONE), view.best_paths(bounds));
    let proven = |paths: &BestPaths<'_>, id: &str| {
        paths.to(id).expect("one of them").map_or(0.0, |path| path.proven().get())
    };
    let outside = view.network().people().iter().skip(view.network().staff().len());
    for person in outside.clone() {
        let at = peer.at(person.id());
        assert_near(proven(&any, person.id()), strength(costs.get(&at).copied()), "best chain");
        let (ours, theirs) = (proven(&short, person.id()), within[at as usize]);
        let too_weak = theirs < bounds.floor.get() * (1.0 + 1e-9);
        assert_near(ours, if too_weak && ours == 0.0 { 0.0 } else { theirs }, "best short chain");
    }
    println!("{} best chains agree", outside.len());
}

criterion_group!(name = benches; config = race::criterion(); targets = everybody);
criterion_main!(benches);
