//! The same questions put to petgraph: its graph from the same records, and its shortest paths over −ln(belief).
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]
#![allow(clippy::indexing_slicing, reason = "positions are made here, and the columns with them")]

use std::collections::HashMap;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef, Reversed};
use stakeholder_graph::Records;
use stakeholder_graph::record::Side;

/// People as nodes, ties as edges from who trusts to whom, weighted with −ln(belief).
pub(crate) struct Peer {
    pub(crate) graph: DiGraph<Side, f64>,
    pub(crate) ids: HashMap<String, NodeIndex>,
    /// Stands before all of our staff: an edge of weight 0 leads from each of ours to it.
    pub(crate) ours: NodeIndex,
}

impl Peer {
    /// What a careful user of petgraph would write: one map of ids, one edge a tie, as sound records are known to be
    /// sound.
    pub(crate) fn build(records: &Records) -> Self {
        let mut graph = DiGraph::with_capacity(records.people.len() + 1, records.ties.len());
        let mut ids = HashMap::with_capacity(records.people.len());
        for person in &records.people {
            ids.insert(person.id.to_string(), graph.add_node(person.side));
        }
        let mut lines: HashMap<NodeIndex, NodeIndex> = HashMap::new();
        for person in &records.people {
            if let Some(manager) = &person.manager_id {
                lines.insert(ids[person.id.as_str()], ids[manager.as_str()]);
            }
        }
        for tie in &records.ties {
            let (from, to) = (ids[tie.from.as_str()], ids[tie.to.as_str()]);
            let is_line =
                !lines.is_empty() && (lines.get(&from) == Some(&to) || lines.get(&to) == Some(&from));
            let supporting = tie.supporting.unwrap_or(0.0) + f64::from(u8::from(is_line));
            let belief = supporting / (supporting + 2.0);
            graph.add_edge(from, to, -belief.ln());
        }
        let ours = graph.add_node(Side::Staff);
        for person in records.people.iter().filter(|person| person.side == Side::Staff) {
            graph.add_edge(ids[person.id.as_str()], ours, 0.0);
        }
        Self { graph, ids, ours }
    }

    /// The strength of everybody's best chain to anybody of ours: one search against the ties from a source before all
    /// of ours.
    pub(crate) fn best_of_all(&self) -> Vec<f64> {
        let cost = dijkstra(Reversed(&self.graph), self.ours, None, |edge| *edge.weight());
        let mut best = vec![0.0; self.graph.node_count()];
        #[allow(clippy::iter_over_hash_type, reason = "each value has its own place")]
        for (person, cost) in cost {
            best[person.index()] = (-cost).exp();
        }
        best
    }

    /// The strength of one person's best chain, the search stopping at ours.
    pub(crate) fn best_of(&self, target: NodeIndex) -> f64 {
        let cost = dijkstra(&self.graph, target, Some(self.ours), |edge| *edge.weight());
        cost.get(&self.ours).map_or(0.0, |cost| (-cost).exp())
    }

    /// The strengths of one person's best chains through different people whom they trust, best first: a search from
    /// each of those, which may not come back through the target.
    pub(crate) fn alternatives(&self, target: NodeIndex, count: usize) -> Vec<f64> {
        let mut strengths: Vec<f64> = self
            .graph
            .edges(target)
            .filter_map(|first| {
                let without = petgraph::visit::NodeFiltered::from_fn(&self.graph, |node| node != target);
                let cost = dijkstra(&without, first.target(), Some(self.ours), |edge| *edge.weight());
                cost.get(&self.ours).map(|cost| (-(cost + first.weight())).exp())
            })
            .collect();
        strengths.sort_by(|a, b| b.total_cmp(a));
        strengths.truncate(count);
        strengths
    }

    /// The strength of everybody's best chain of at most so many ties, by the slow and obvious sweep over all ties:
    /// petgraph has no search with a bound on ties.
    pub(crate) fn best_within(&self, ties: usize) -> Vec<f64> {
        let ours = |node: NodeIndex| self.graph[node] == Side::Staff;
        let mut best: Vec<f64> =
            self.graph.node_indices().map(|node| f64::from(u8::from(ours(node)))).collect();
        for _ in 0..ties {
            let before = best.clone();
            for edge in self.graph.edge_references().filter(|edge| edge.target() != self.ours) {
                let strength = (-edge.weight()).exp() * before[edge.target().index()];
                let slot = &mut best[edge.source().index()];
                *slot = slot.max(strength);
            }
        }
        best
    }
}

/// Equal to one part in 10⁹.
///
/// # Panics
/// When they are not.
pub(crate) fn assert_equal(ours: f64, theirs: f64, what: &str) {
    let scale = ours.abs().max(theirs.abs());
    assert!((ours - theirs).abs() <= 1e-9 * scale, "{what}: {ours} is not {theirs}");
}
