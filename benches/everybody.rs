//! The best chain for everybody outside, in a fraction of one search over all.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use std::collections::HashSet;

use criterion::{Criterion, criterion_group, criterion_main};
use stakeholder_graph::introduction::{BestPaths, Bounds, Introductions};
use stakeholder_graph::{Network, Settings, Share, View};

use common::Shape;
use peer::fast::{Fast, strength};
use peer::{Peer, assert_near};
use race::CpuTime;

/// Of how many customers everybody is asked for from their account team.
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

/// Everybody at a few customers, from whoever of ours looks after them.
fn from_account_team(view: &View<'_>, peer: &Peer, fast: &Fast) {
    let step = (view.customers().len() / CUSTOMERS).max(1);
    let mut ours: Vec<&str> = Vec::new();
    let mut theirs: Vec<(HashSet<u32>, Vec<u32>)> = Vec::new();
    for customer in view.customers().step_by(step).take(CUSTOMERS) {
        let team = customer.reach().account_team.iter().map(|one| peer.at(&one.id)).collect();
        let people = || view.network().people_of(customer.id()).iter().take(PEOPLE);
        ours.extend(people().map(|person| person.id.as_str()));
        theirs.push((team, people().map(|person| peer.at(&person.id)).collect()));
    }
    let one =
        |id: &str| view.introductions(id).and_then(Introductions::from_account_team).expect("a stakeholder");
    let unbounded = |id: &str| one(id).max_ties(u8::MAX).floor(Share::ZERO).path();
    let proven = || -> Vec<f64> {
        ours.iter().map(|id| unbounded(id).map_or(0.0, |path| path.proven().get())).collect()
    };
    let search = || -> Vec<f64> {
        let all = theirs.iter().flat_map(|(team, people)| people.iter().map(move |person| (team, *person)));
        all.map(|(team, person)| strength(fast.petgraph_to(person, |at| team.contains(&at)))).collect()
    };
    proven()
        .into_iter()
        .zip(search())
        .for_each(|(ours, theirs)| assert_near(ours, theirs, "from the account team"));
    race::versus("best chain from the account team, against petgraph's dijkstra from each", proven, search);
    race::versus(
        "best chain from the account team of at most 3 ties, against petgraph's dijkstra from each unbounded",
        || ours.iter().filter(|id| one(id).path().is_some()).count(),
        search,
    );
}

/// The most people asked about at one customer.
const PEOPLE: usize = 50;

/// Everybody's chain is as strong as the peers have it, with a bound on ties and without.
fn check(view: &View<'_>, peer: &Peer, fast: &Fast, bounds: Bounds) {
    let costs = fast.dijkstra();
    let within = peer.best_within(usize::from(bounds.max_ties.unwrap_or(u8::MAX)));
    let (any, short) = (view.best_paths(Bounds::NONE), view.best_paths(bounds));
    let proven = |paths: &BestPaths<'_>, id: &str| {
        paths.to(id).expect("one of them").map_or(0.0, |path| path.proven().get())
    };
    let outside = &view.network().people()[view.network().staff().len()..];
    for person in outside {
        let at = peer.at(&person.id);
        assert_near(proven(&any, &person.id), strength(costs.get(&at).copied()), "best chain");
        let (ours, theirs) = (proven(&short, &person.id), within[at as usize]);
        let too_weak = theirs < bounds.floor.get() * (1.0 + 1e-9);
        assert_near(ours, if too_weak && ours == 0.0 { 0.0 } else { theirs }, "best short chain");
    }
    println!("{} best chains agree", outside.len());
}

criterion_group!(name = benches; config = race::criterion(); targets = everybody);
criterion_main!(benches);
