//! One tie is put into a network that is built; what it changes is known at once, and it is taken out again.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/peer.rs"]
mod peer;
#[path = "common/race.rs"]
mod race;

use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::algo::dijkstra::with_dynamic_goal;
use petgraph::graph::NodeIndex;
use stakeholder_graph::record::{Side, Tie};
use stakeholder_graph::{Day, Network, PersonRecord, Settings, Share};

use common::Shape;
use peer::{Peer, assert_near};
use race::CpuTime;

/// How many ties are tried, each from someone else.
const EDITS: usize = 200;

fn edit(criterion: &mut Criterion<CpuTime>) {
    let records = common::records(Shape::from_env());
    let mut theirs = Peer::build(&records);
    let mut ours = Ours::of(Network::build(records).expect("the generator makes sound records"));
    let edits = ours.some_edits();
    let nodes: Vec<[NodeIndex; 2]> =
        edits.iter().map(|[who, trusts]| [theirs.ids[who.as_str()], theirs.ids[trusts.as_str()]]).collect();
    for (edit, &nodes) in edits.iter().zip(&nodes) {
        assert_near(ours.best_after(edit), theirs.best_after(nodes), "best chain after an edit");
    }
    println!("{} best chains after an edit agree", edits.len());

    race::versus(
        "one tie put in and undone, against petgraph's update_edge and remove_edge",
        || edits.iter().for_each(|edit| ours.with(edit, |_| ())),
        || nodes.iter().for_each(|&nodes| theirs.with(nodes, |_| ())),
    );
    race::versus(
        "one tie put in: the best chain then, against petgraph's update_edge and dijkstra",
        || edits.iter().map(|edit| ours.best_after(edit)).sum::<f64>(),
        || nodes.iter().map(|&nodes| theirs.best_after(nodes)).sum::<f64>(),
    );
    let groups: Vec<Vec<NodeIndex>> = edits.iter().map(|[who, _]| ours.colleagues(who, &theirs)).collect();
    race::versus(
        "one tie put in: that customer's checkup then, against petgraph's update_edge and dijkstra from each there",
        || edits.iter().take(FEW).map(|edit| ours.gaps_after(edit)).sum::<usize>(),
        || {
            let edits = nodes.iter().zip(&groups).take(FEW);
            edits.map(|(&nodes, group)| theirs.reached_after(nodes, group)).sum::<usize>()
        },
    );
    let mut group = criterion.benchmark_group("edit");
    group.bench_function("200 ties put in and undone", |bencher| {
        bencher.iter(|| edits.iter().for_each(|edit| ours.with(edit, |_| ())));
    });
    group.finish();
}

/// How many checkups are made.
const FEW: usize = 20;
/// What is tried: belief .8.
const SUPPORTING: f64 = 8.0;

struct Ours {
    network: Network,
    day: Day,
    settings: Settings,
}

impl Ours {
    fn of(network: Network) -> Self {
        Self { network, day: common::AS_OF.parse().expect("a day"), settings: Settings::default() }
    }

    /// People outside, evenly over the portfolio, who come to trust a colleague they have no tie to.
    fn some_edits(&self) -> Vec<[String; 2]> {
        let (staff, view) = (self.network.staff(), self.network.view(self.day, &self.settings));
        let outside = self.network.people().iter().skip(staff.len());
        let step = (outside.len() / EDITS).max(1);
        let some = outside.step_by(step).take(EDITS).enumerate();
        some.filter_map(|(at, who)| {
            let known = view.regards(who.id()).expect("one of them");
            let is_new = |id: &str| known.iter().all(|reputation| reputation.person.id != id);
            let one = staff
                .iter()
                .cycle()
                .skip(at * 7 % staff.len())
                .take(staff.len())
                .find(|one| is_new(one.id()))?;
            Some([who.id().to_string(), one.id().to_string()])
        })
        .collect()
    }

    /// Asks something while the tie is there.
    fn with<T>(&mut self, [who, trusts]: &[String; 2], ask: impl FnOnce(&Self) -> T) -> T {
        let tie = Tie::trust(who.as_str(), trusts.as_str()).evidence(SUPPORTING, 0.0);
        let undo = self.network.put_tie(tie).expect("both are known");
        let answer = ask(self);
        self.network.undo(undo);
        answer
    }

    fn best_after(&mut self, edit: &[String; 2]) -> f64 {
        self.with(edit, |ours| {
            let view = ours.network.view(ours.day, &ours.settings);
            let question = view.introductions(&edit[0]).expect("a stakeholder");
            let path = question.max_ties(u8::MAX).floor(Share::ZERO).path();
            path.map_or(0.0, |path| path.proven().get())
        })
    }

    fn gaps_after(&mut self, edit: &[String; 2]) -> usize {
        self.with(edit, |ours| {
            let view = ours.network.view(ours.day, &ours.settings);
            view.customer(ours.customer_of(&edit[0])).expect("a customer").checkup().gaps.len()
        })
    }

    fn customer_of(&self, who: &str) -> &str {
        self.network.person(who).and_then(PersonRecord::customer_id).expect("they work for one")
    }

    fn colleagues(&self, who: &str, theirs: &Peer) -> Vec<NodeIndex> {
        let people = self.network.people_of(self.customer_of(who)).iter();
        people.map(|person| theirs.ids[person.id()]).collect()
    }
}

impl Peer {
    /// Puts an edge in, asks, and takes it out again: the last one in, so that no other moves.
    fn with<T>(&mut self, [who, trusts]: [NodeIndex; 2], ask: impl FnOnce(&Self) -> T) -> T {
        let belief = SUPPORTING / (SUPPORTING + 2.0);
        let edge = self.graph.update_edge(who, trusts, -belief.ln());
        let answer = ask(self);
        self.graph.remove_edge(edge);
        answer
    }

    fn best(&self, target: NodeIndex) -> Option<f64> {
        let is_ours = |at: &NodeIndex| self.graph[*at] == Side::Staff;
        let found = with_dynamic_goal(&self.graph, target, is_ours, |edge| *edge.weight());
        found.goal_node.map(|goal| found.scores[&goal])
    }

    fn best_after(&mut self, edit: [NodeIndex; 2]) -> f64 {
        self.with(edit, |peer| peer.best(edit[0]).map_or(0.0, |cost| (-cost).exp()))
    }

    fn reached_after(&mut self, edit: [NodeIndex; 2], people: &[NodeIndex]) -> usize {
        self.with(edit, |peer| people.iter().filter_map(|&person| peer.best(person)).count())
    }
}

criterion_group!(name = benches; config = race::criterion(); targets = edit);
criterion_main!(benches);
