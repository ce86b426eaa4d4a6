//! Searches by petgraph, rustworkx-core and pathfinding over ties laid out as each likes them best.

use std::convert::Infallible;

use hashbrown::HashMap;
use pathfinding::prelude::{dijkstra as pathfinding_dijkstra, dijkstra_all, yen};
use petgraph::algo::bellman_ford::Paths;
use petgraph::algo::dijkstra::{dijkstra, with_dynamic_goal};
use petgraph::algo::spfa;
use petgraph::csr::{Csr, EdgeReference};
use petgraph::visit::EdgeRef;

use super::Peer;
use super::flat::{Flat, Way};

/// Ties in both directions, for petgraph and as plain columns. People are numbered as in [`Peer`].
pub(crate) struct Fast {
    /// Our staff.
    pub(crate) staff: Vec<u32>,
    is_ours: Vec<bool>,
    pub(crate) away: Flat<f32>,
    pub(crate) towards: Flat<f32>,
    /// As pathfinding wants them.
    steps_away: Flat<u32>,
    steps_towards: Flat<u32>,
    csr_away: Csr<(), f32>,
    csr_towards: Csr<(), f32>,
    /// Connected to all of our staff by ties of no cost.
    ours: u32,
}

impl Fast {
    #[allow(clippy::cast_possible_truncation, reason = "positions fit 32 bits; costs are kept in them")]
    pub(crate) fn of(peer: &Peer) -> Self {
        let people = peer.graph.node_count() - 1;
        let ours = people as u32;
        let edges = || {
            let edge = |edge: petgraph::graph::EdgeReference<'_, f64>| {
                (edge.source().index() as u32, edge.target().index() as u32, *edge.weight() as f32)
            };
            peer.graph.edge_references().map(edge)
        };
        let flat = |way| {
            Flat::new(people, way, |take| {
                edges().filter(|edge| edge.1 != ours).for_each(|(who, trusts, cost)| take(who, trusts, cost));
            })
        };
        let csr = |mut edges: Vec<(u32, u32, f32)>| {
            edges.sort_unstable_by_key(|edge| (edge.0, edge.1));
            Csr::from_sorted_edges(&edges).unwrap_or_else(|_| Csr::new())
        };
        let staff: Vec<u32> = edges().filter(|edge| edge.1 == ours).map(|edge| edge.0).collect();
        let mut is_ours = vec![false; people];
        for &one in &staff {
            is_ours[one as usize] = true;
        }
        let (away, towards) = (flat(Way::Away), flat(Way::Towards));
        Self {
            steps_away: away.with_costs(in_steps),
            steps_towards: towards.with_costs(in_steps),
            away,
            towards,
            csr_away: csr(edges().map(|(who, trusts, cost)| (trusts, who, cost)).collect()),
            csr_towards: csr(edges().collect()),
            staff,
            is_ours,
            ours,
        }
    }

    /// petgraph's dijkstra from our staff to everyone.
    pub(crate) fn dijkstra(&self) -> HashMap<u32, f32> {
        dijkstra(&self.csr_away, self.ours, None, |edge| *edge.weight())
    }

    /// As [`dijkstra`](Self::dijkstra), with all paths through someone cut.
    pub(crate) fn dijkstra_without(&self, person: u32) -> HashMap<u32, f32> {
        dijkstra(&self.csr_away, self.ours, None, |edge| {
            if edge.source() == person { f32::INFINITY } else { *edge.weight() }
        })
    }

    /// petgraph's shortest path faster algorithm from our staff to everyone.
    ///
    /// # Panics
    /// Never: no cost is negative.
    pub(crate) fn spfa(&self) -> Paths<u32, f32> {
        spfa(&self.csr_away, self.ours, |edge| *edge.weight()).expect("no cost is negative")
    }

    /// rustworkx-core's dijkstra from our staff to everyone.
    pub(crate) fn rustworkx(&self) -> Vec<Option<f32>> {
        let cost = |edge: EdgeReference<'_, f32, _, _>| Ok(*edge.weight());
        let costs: Result<_, Infallible> =
            rustworkx_core::shortest_path::dijkstra(&self.csr_away, self.ours, None, cost, None);
        match costs {
            Ok(costs) => costs,
        }
    }

    /// pathfinding's dijkstra from our staff to everyone.
    pub(crate) fn pathfinding(&self) -> std::collections::HashMap<u32, (u32, u32)> {
        dijkstra_all(&self.ours, |&person| {
            let first = if person == self.ours { self.staff.as_slice() } else { &[] };
            let ties = (person != self.ours).then(|| self.steps_away.of(person));
            first.iter().map(|&one| (one, 0)).chain(ties.into_iter().flatten())
        })
    }

    /// The cost of the path from one person to the nearest of some, by petgraph's dijkstra.
    pub(crate) fn petgraph_to(&self, target: u32, goal: impl Fn(u32) -> bool) -> Option<f32> {
        let found = with_dynamic_goal(&self.csr_towards, target, |&at| goal(at), |edge| *edge.weight());
        found.goal_node.map(|goal| found.scores[&goal])
    }

    /// The cost of a person's best path to any of our staff, by petgraph's dijkstra.
    pub(crate) fn petgraph_one(&self, target: u32) -> Option<f32> {
        self.petgraph_to(target, |person| self.is_ours(person))
    }

    /// As [`petgraph_one`](Self::petgraph_one), by pathfinding's dijkstra: the people and the cost.
    pub(crate) fn pathfinding_one(&self, target: u32) -> Option<(Vec<u32>, u32)> {
        pathfinding_dijkstra(&target, |&person| self.steps_towards.of(person), |&person| self.is_ours(person))
    }

    /// As [`pathfinding_one`](Self::pathfinding_one), along at most `ties` ties: each person once for every number
    /// of ties, as a user of the library would write it.
    pub(crate) fn pathfinding_within(&self, target: u32, ties: u8) -> Option<(Vec<(u32, u8)>, u32)> {
        pathfinding_dijkstra(
            &(target, 0),
            |&(person, taken)| {
                let next = (taken < ties).then(|| self.steps_towards.of(person));
                next.into_iter().flatten().map(move |(other, cost)| ((other, taken + 1), cost))
            },
            |&(person, _)| self.is_ours(person),
        )
    }

    /// A person's best simple paths to any of our staff, by pathfinding's version of Yen's algorithm.
    pub(crate) fn yen(&self, target: u32, count: usize) -> Vec<(Vec<u32>, u32)> {
        yen(&target, |&person| self.steps_towards.of(person), |&person| self.is_ours(person), count)
    }

    /// A person's best simple paths to one colleague, by pathfinding's version of Yen's algorithm.
    pub(crate) fn yen_from(&self, requester: u32, target: u32, count: usize) -> Vec<(Vec<u32>, u32)> {
        yen(&target, |&person| self.steps_towards.of(person), |&person| person == requester, count)
    }

    /// The costs of a person's best paths through different people they trust, best first: one of petgraph's
    /// searches from each of those, which may not come back through the target.
    pub(crate) fn petgraph_alternatives(&self, target: u32, count: usize) -> Vec<f32> {
        let without = petgraph::visit::NodeFiltered::from_fn(&self.csr_towards, |person| person != target);
        let through = |(first, cost): (u32, f32)| {
            let found = with_dynamic_goal(&without, first, |&at| self.is_ours(at), |edge| *edge.weight());
            found.goal_node.map(|goal| cost + found.scores[&goal])
        };
        let mut costs: Vec<f32> = self.towards.of(target).filter_map(through).collect();
        costs.sort_by(f32::total_cmp);
        costs.truncate(count);
        costs
    }

    fn is_ours(&self, person: u32) -> bool {
        self.is_ours.get(person as usize).copied().unwrap_or_default()
    }

    /// All of them find the same.
    ///
    /// # Panics
    /// When two differ by more than a millionth.
    pub(crate) fn check(&self) {
        let (costs, spfa, rustworkx, pathfinding) =
            (self.dijkstra(), self.spfa(), self.rustworkx(), self.pathfinding());
        let delta = self.away.delta_stepping(&self.staff);
        let ties = self.away.fewest_ties(&self.staff);
        let layers = self.towards.layers(&self.staff, 3);
        for person in 0..self.ours {
            let at = person as usize;
            let want = costs.get(&person).copied();
            let near = |cost: Option<f32>, what| super::assert_near(strength(cost), strength(want), what);
            near(Some(spfa.distances[at]).filter(|&cost| cost < f32::MAX), "spfa");
            near(rustworkx[at], "rustworkx");
            near(pathfinding.get(&person).map(|&(_, cost)| in_nats(cost)), "pathfinding");
            near(Some(delta[at]), "delta-stepping");
            assert_eq!(ties[at] < u32::MAX, want.is_some(), "a way is a way");
            if person % 101 == 0 {
                near(self.petgraph_one(person), "one by petgraph");
                near(self.pathfinding_one(person).map(|(_, cost)| in_nats(cost)), "one by pathfinding");
                near(self.yen(person, 1).first().map(|&(_, cost)| in_nats(cost)), "yen");
                let within = self.pathfinding_within(person, 3).map(|(_, cost)| in_nats(cost));
                super::assert_near(strength(within), strength(Some(layers[at])), "3 ties");
            }
        }
        println!("peers agree on {} people", self.ours);
    }
}

/// What a path of that cost is worth.
pub(crate) fn strength(cost: Option<f32>) -> f64 {
    cost.map_or(0.0, |cost| (-f64::from(cost)).exp())
}

/// pathfinding wants whole numbers; 2⁻²⁴ nats are as fine as 32-bit floats, and 256 nats the most.
const STEPS: f64 = 16_777_216.0;

#[allow(clippy::cast_possible_truncation, reason = "that is as much as a cost has")]
pub(crate) fn in_nats(steps: u32) -> f32 {
    (f64::from(steps) / STEPS) as f32
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "costs are small and not negative"
)]
fn in_steps(nats: f32) -> u32 {
    (f64::from(nats) * STEPS).round() as u32
}
