//! The network as a petgraph graph, so that every algorithm written for petgraph runs on it.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::network::{PersonIx, PersonRecord};
use crate::trust::Opinion;
use crate::view::View;

impl<'g> View<'g> {
    /// Everyone present on the day, and their opinions of each other, as a directed petgraph graph.
    ///
    /// A node is a person; an edge leads from who trusts to who is trusted and carries the opinion. Pairs whose
    /// evidence has not begun, or has ended, have no edge. Nodes are in the order of
    /// [`Network::people`](crate::Network::people), edges by who trusts and then by who is trusted. Costs O(p + t) for
    /// p people and t ties, and a copy of every opinion; the graph does not change with the network. With the feature
    /// `petgraph-08`.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, record::{Person, Tie}};
    /// # let mut records = Records::new();
    /// # records.as_of = Some("2026-03-02".parse()?);
    /// # records.people = vec![Person::staff("pam"), Person::staff("sal"), Person::staff("ray")];
    /// # records.ties = vec![Tie::trust("pam", "sal").strength(0.5)];
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let graph = view.to_petgraph();
    /// assert_eq!(petgraph::algo::connected_components(&graph), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_petgraph(&self) -> DiGraph<PersonRecord<'g>, Opinion> {
        let network = self.network();
        let mut graph = DiGraph::with_capacity(network.people().len(), network.tie_count());
        let nodes: Vec<Option<NodeIndex>> = PersonIx::of_column(network.people().len())
            .zip(network.people())
            .map(|(at, person)| self.is_present(at).then(|| graph.add_node(person)))
            .collect();
        let node = |at: PersonIx| nodes.get(at.index()).copied().flatten();
        for (who, trusted, opinion) in self.opinions_by_position() {
            if let (Some(from), Some(to)) = (node(who), node(trusted)) {
                graph.add_edge(from, to, opinion);
            }
        }
        graph
    }
}
