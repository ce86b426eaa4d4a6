//! One customer answers in well under a blink, and the gaps of the whole portfolio in about the time of one search.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use stakeholder_graph::{CustomerView, Network, Settings, View};

use common::Shape;
use peer::{Peer, assert_equal};

fn customer(criterion: &mut Criterion) {
    let records = common::records(Shape::from_env().with_managers());
    let peer = Peer::build(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    check(&view, &peer);

    race::race(
        "gaps of the whole portfolio on one thread, against one dijkstra over all",
        || (),
        |()| all_gaps(&view),
        || (),
        |()| peer.best_of_all(),
    );
    race::race(
        "power of the whole portfolio on one thread, against one dijkstra over all",
        || (),
        |()| view.customers().map(|customer| customer.power().people.len()).sum::<usize>(),
        || (),
        |()| peer.best_of_all(),
    );
    let mut group = criterion.benchmark_group("customer");
    group.sample_size(10);
    for (name, customer) in [("median", by_size(&view, 50)), ("largest", by_size(&view, 100))] {
        let people = customer.people().count();
        group.bench_function(format!("gaps/{name} ({people} people)"), |b| b.iter(|| customer.gaps()));
        group.bench_function(format!("checkup/{name} ({people} people)"), |b| b.iter(|| customer.checkup()));
        group.bench_function(format!("power/{name} ({people} people)"), |b| b.iter(|| customer.power()));
        group.bench_function(format!("reach/{name} ({people} people)"), |b| b.iter(|| customer.reach()));
    }
    group.bench_function("gaps/portfolio", |bencher| bencher.iter(|| all_gaps(&view)));
    group.bench_function("dijkstra/portfolio", |bencher| bencher.iter(|| peer.best_of_all()));
    group.finish();
}

fn all_gaps(view: &View<'_>) -> usize {
    view.customers().map(|customer| customer.gaps().len()).sum()
}

/// The customer that so many in a hundred have no more people than.
fn by_size<'v>(view: &'v View<'_>, percent: usize) -> CustomerView<'v> {
    let mut customers: Vec<CustomerView<'v>> = view.customers().collect();
    customers.sort_by_key(|customer| customer.people().count());
    let at = (customers.len() * percent / 100).min(customers.len() - 1);
    customers.into_iter().nth(at).expect("there are customers")
}

/// Nobody is cold of whom petgraph finds a warm chain within the bound, and power sums to one.
fn check(view: &View<'_>, peer: &Peer) {
    let warm = view.settings().levels.warm.get();
    let within = peer.best_within(usize::from(view.settings().introductions.max_ties));
    for customer in view.customers() {
        let power: f64 = customer.power().people.iter().map(|person| person.power.get()).sum();
        assert_equal(power, 1.0, "the sum of power");
        for gap in customer.gaps().iter().filter(|gap| gap.id == "no_warm_path") {
            let best = within[peer.ids[gap.person().expect("it is about somebody")].index()];
            assert!(best < warm * (1.0 + 1e-9), "a chain of {best} where none was found");
        }
    }
}

criterion_group!(benches, customer);
criterion_main!(benches);
