//! One customer answers in well under a blink, and a whole portfolio in about the time of one search.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use rayon::ThreadPoolBuilder;
use stakeholder_graph::{CustomerView, Network, Settings, View};

use common::Shape;
use peer::fast::Fast;
use peer::{Peer, assert_equal};
use race::CpuTime;

fn customer(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env().with_managers());
    let peer = Peer::build(&records);
    let network = Network::build(records).expect("the generator makes sound records");
    let day = common::AS_OF.parse().expect("a day");
    let view = network.view(day, &Settings::default());
    check(&view, &peer);
    let fast = Fast::of(&peer);

    let (median, largest) = (by_size(&view, 50), by_size(&view, 100));
    for (name, customer) in [("median", &median), ("largest", &largest)] {
        let people: Vec<u32> = customer.people().map(|person| peer.at(person.id())).collect();
        race::versus(
            &format!("gaps of the {name} customer, against petgraph's dijkstra from each of its people"),
            || customer.gaps(),
            || people.iter().filter_map(|&person| fast.petgraph_one(person)).count(),
        );
    }
    let two = ThreadPoolBuilder::new().num_threads(2).build().expect("threads can be started");
    let search = "petgraph's dijkstra from ours";
    race::versus(
        &format!("gaps of the whole portfolio on one thread, against {search}"),
        || view.gaps(),
        || fast.dijkstra(),
    );
    // Each customer's gaps are let go before the next one's are found, so that no room is needed for all.
    race::versus(
        &format!("gaps of one customer after the other, against {search}"),
        || view.customers().map(|customer| customer.gaps().len()).sum::<usize>(),
        || fast.dijkstra(),
    );
    race::versus(
        &format!("checkups of one customer after the other, against {search}"),
        || view.customers().map(|customer| customer.checkup().gaps.len()).sum::<usize>(),
        || fast.dijkstra(),
    );
    race::versus(
        &format!("checkups of the whole portfolio on one thread, against {search}"),
        || view.checkups(),
        || fast.dijkstra(),
    );
    race::versus_in_threads(
        "checkups of the whole portfolio on two threads, against the same on one",
        || two.install(|| view.par_checkups()),
        || view.checkups(),
    );

    let mut group = criterion.benchmark_group("customer");
    for (name, customer) in [("median", median), ("largest", largest)] {
        let people = customer.people().count();
        group.bench_function(format!("gaps/{name} ({people} people)"), |b| b.iter(|| customer.gaps()));
        group.bench_function(format!("checkup/{name} ({people} people)"), |b| b.iter(|| customer.checkup()));
        group.bench_function(format!("reach/{name} ({people} people)"), |b| b.iter(|| customer.reach()));
    }
    group.bench_function("gaps/portfolio", |bencher| bencher.iter(|| view.gaps()));
    group.finish();
}

/// The customer at a percentile of size.
fn by_size<'v>(view: &'v View<'v>, percent: usize) -> CustomerView<'v> {
    let mut customers: Vec<CustomerView<'v>> = view.customers().collect();
    customers.sort_by_key(|customer| customer.people().count());
    let at = (customers.len() * percent / 100).min(customers.len() - 1);
    customers.into_iter().nth(at).expect("there are customers")
}

/// No one is cold where a sweep over all ties finds a warm path within the bound, and power sums to one.
fn check(view: &View<'_>, peer: &Peer) {
    let warm = view.settings().levels.warm.get();
    let within = peer.best_within(usize::from(view.settings().introductions.max_ties));
    for customer in view.customers() {
        let power: f64 = customer.power().people.iter().map(|person| person.power.get()).sum();
        assert_equal(power, 1.0, "the sum of power");
        for gap in customer.gaps().iter().filter(|gap| gap.id() == "no_warm_path") {
            let best = within[peer.ids[gap.person().expect("it is about somebody")].index()];
            assert!(best < warm * (1.0 + 1e-9), "a chain of {best} where none was found");
        }
    }
}

criterion_group!(name = benches; config = race::criterion(); targets = customer);
criterion_main!(benches);
