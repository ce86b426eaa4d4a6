//! The same questions put to others: petgraph, rustworkx-core, pathfinding, and plain loops over flat columns.
//!
//! All look for least sums of −ln(belief), on ties that are laid out once before any clock runs, each in the fastest form
//! that it takes: petgraph's `Csr` with 32-bit costs is twice as fast as its `Graph` and a fifth faster than with 64 bits,
//! and its `spfa` three to four times as fast as its `dijkstra`.
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]
#![allow(clippy::indexing_slicing, reason = "positions are made here, and the columns with them")]

// Siblings: a file that is included by its path has its modules beside it.
pub(crate) mod flat;
pub(crate) mod fast;

use std::collections::HashMap;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef, Reversed};
use stakeholder_graph::Records;
use stakeholder_graph::record::Side;

/// People as nodes, ties as edges from truster to trusted, weighted with −ln(belief).
pub(crate) struct Peer {
    pub(crate) graph: DiGraph<Side, f64>,
    pub(crate) ids: HashMap<String, NodeIndex>,
    /// Connected to all of our staff: an edge of weight 0 leads from each of them to it.
    pub(crate) ours: NodeIndex,
}

impl Peer {
    /// What a careful user of petgraph would write: one map of ids, one edge a tie, for records already known to
    /// be valid.
    pub(crate) fn build(records: &Records) -> Self {
        let staff = records.people.iter().filter(|person| person.side == Side::Staff);
        let edges = records.ties.len() + staff.clone().count();
        let mut graph = DiGraph::with_capacity(records.people.len() + 1, edges);
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
        for person in staff {
            graph.add_edge(ids[person.id.as_str()], ours, 0.0);
        }
        Self { graph, ids, ours }
    }

    /// The cost of everyone's best path, by petgraph's dijkstra over the graph as it is.
    pub(crate) fn costs(&self) -> hashbrown::HashMap<NodeIndex, f64> {
        dijkstra(Reversed(&self.graph), self.ours, None, |edge| *edge.weight())
    }

    /// The position of a person.
    pub(crate) fn at(&self, id: &str) -> u32 {
        u32::try_from(self.ids[id].index()).unwrap_or(u32::MAX)
    }

    /// The strength of a path from a target to one of our staff, in 64 bits.
    pub(crate) fn strength_along(&self, way: &[u32]) -> f64 {
        let cost = |pair: &[u32]| {
            let (who, trusts) = (NodeIndex::new(pair[0] as usize), NodeIndex::new(pair[1] as usize));
            self.graph.find_edge(who, trusts).map_or(f64::INFINITY, |tie| self.graph[tie])
        };
        (-way.windows(2).map(cost).sum::<f64>()).exp()
    }

    /// The strength of everyone's best path of at most that many ties, by the slow and obvious sweep over all
    /// ties: petgraph has no search with a bound on ties.
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

/// Equal to 10⁻⁶: costs in 32 bits, added up, hold no more.
///
/// # Panics
/// When they are not.
pub(crate) fn assert_near(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() <= 1e-6, "{what}: {ours} is not {theirs}");
}
