//! The network seen as a petgraph graph: published structure comes out of petgraph's own algorithms.

use crate::common::world::{World, day, today};
use petgraph::algo::articulation_points::articulation_points;
use petgraph::graph::UnGraph;
use stakeholder_graph::Settings;
use stakeholder_graph::record::Tie;

/// Krackhardt's kite (1990): its articulation points are 7 and 8, its bridges (7, 8) and (8, 9).
#[test]
fn the_kite_hangs_by_its_tail() {
    let ties = [
        (0, 1),
        (0, 2),
        (0, 3),
        (0, 5),
        (1, 3),
        (1, 4),
        (1, 6),
        (2, 3),
        (2, 5),
        (3, 4),
        (3, 5),
        (3, 6),
        (4, 6),
        (5, 6),
        (5, 7),
        (6, 7),
        (7, 8),
        (8, 9),
    ];
    let mut world = World::staff_only(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    for (a, b) in ties {
        world = world.tie(Tie::trust(a.to_string(), b.to_string()).strength(1.0));
    }
    let network = world.network();
    let view = network.view(today(), &Settings::default());
    let graph = view.to_petgraph();
    assert_eq!((graph.node_count(), graph.edge_count()), (10, 18));
    // Edge weights do not matter here, but petgraph needs to be able to order them.
    let graph: UnGraph<_, _> = graph.map(|_, person| *person, |_, opinion| opinion.belief).into_edge_type();
    let mut points: Vec<&str> =
        articulation_points(&graph).into_iter().map(|node| graph[node].id()).collect();
    points.sort_unstable();
    assert_eq!(points, ["7", "8"]);
    let mut bridges: Vec<(&str, &str)> = petgraph::algo::bridges(&graph)
        .map(|edge| {
            use petgraph::visit::EdgeRef;
            (graph[edge.source()].id(), graph[edge.target()].id())
        })
        .collect();
    bridges.sort_unstable();
    assert_eq!(bridges, [("7", "8"), ("8", "9")]);
}

#[test]
fn edges_carry_opinions_and_who_is_gone_has_no_node() {
    let network = World::staff_only(["pam", "sal", "gone"])
        .with(|records| records.people[2].ended_on = Some(day("2026-01-31")))
        .trust("pam", "sal", 8.0)
        .trust("pam", "gone", 8.0)
        .network();
    let view = network.view(today(), &Settings::default());
    let graph = view.to_petgraph();
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
    let opinion = graph.edge_weights().next().unwrap();
    assert_eq!(opinion, &view.trust("pam", "sal").unwrap().opinion);
}
