//! The optimum where stocks form a forest: min-cost flow, by successive shortest paths with potentials (Ahuja,
//! Magnanti and Orlin, *Network Flows*, section 9.7; Edmonds and Karp, 1972).
//!
//! A unit flows from each target into the first stock of one of its options, from there from stock to stock, and
//! to the sink; or straight to the sink, which is worth the best option without any stock. Targets enter one after
//! the other, the most valuable first; each looks for the cheapest augmenting path, which may reroute others.
//! After each step the flow is optimal for the targets entered so far.
#![allow(
    clippy::indexing_slicing,
    reason = "columns have one entry a target or stock, and positions come from them"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Packed, Packing, best_of};

/// The successor of each stock; none where it is the last. None overall where stocks do not form a forest.
pub(super) fn parents(packing: &Packing) -> Option<Vec<Option<usize>>> {
    let mut parents: Vec<Option<Option<usize>>> = vec![None; packing.stocks.len()];
    for choice in packing.choices.iter().flatten() {
        for (at, &stock) in choice.takes.iter().enumerate() {
            let next = choice.takes.get(at + 1).copied();
            match parents[stock] {
                Some(known) if known != next => return None,
                _ => parents[stock] = Some(next),
            }
        }
    }
    // A stock that no option takes has no successor, and nothing flows into it.
    Some(parents.into_iter().map(Option::flatten).collect())
}

/// The optimal answer.
pub(super) fn pack(packing: &Packing, parents: &[Option<usize>]) -> Packed {
    let mut flow = Flow::new(packing, parents);
    let best = |target: usize| flow.gates[target].iter().map(|gate| gate.value).max().unwrap_or(0);
    let mut order: Vec<usize> = (0..packing.choices.len()).collect();
    order.sort_by_key(|&target| Reverse(best(target)));
    for target in order {
        flow.enter(target);
    }
    let chosen: Vec<Option<usize>> =
        (0..packing.choices.len()).map(|target| flow.gates[target][flow.through[target]].choice).collect();
    let value = packing.value(&chosen);
    Packed { chosen, value, at_most: value }
}

/// Where the unit of a target may flow.
#[derive(Debug, Clone, Copy)]
struct Gate {
    /// A stock, or the sink.
    into: usize,
    value: i64,
    /// None where the target is not served.
    choice: Option<usize>,
}

struct Flow<'a> {
    packing: &'a Packing,
    /// The successor of each stock: a stock, or the sink.
    next: Vec<usize>,
    /// The stocks that flow into each stock.
    before: Vec<Vec<usize>>,
    /// The gates of each target; the first leads to the sink.
    gates: Vec<Vec<Gate>>,
    /// The gate that each target's unit uses.
    through: Vec<usize>,
    /// The targets whose unit enters at each stock.
    inside: Vec<Vec<usize>>,
    /// The flow out of each stock.
    load: Vec<u32>,
    potential: Vec<i64>,
    distance: Vec<i64>,
    /// The predecessor on a shortest path, and for a target the gate used.
    from: Vec<(usize, usize)>,
    touched: Vec<usize>,
}

/// Nodes are stocks, then targets, then the sink.
impl<'a> Flow<'a> {
    fn new(packing: &'a Packing, parents: &[Option<usize>]) -> Self {
        let (stocks, targets) = (packing.stocks.len(), packing.choices.len());
        let out = stocks + targets;
        let next: Vec<usize> = parents.iter().map(|parent| parent.unwrap_or(out)).collect();
        let mut before = vec![Vec::new(); stocks];
        for (stock, &next) in next.iter().enumerate().filter(|(_, next)| **next < stocks) {
            before[next].push(stock);
        }
        Self {
            packing,
            next,
            before,
            gates: (0..targets).map(|target| gates(packing, target, out)).collect(),
            through: vec![0; targets],
            inside: vec![Vec::new(); stocks],
            load: vec![0; stocks],
            potential: vec![0; out + 1],
            distance: vec![i64::MAX; out + 1],
            from: vec![(usize::MAX, 0); out + 1],
            touched: Vec::new(),
        }
    }

    fn out(&self) -> usize {
        self.next.len() + self.gates.len()
    }

    /// Routes the unit of one more target, at the least total cost.
    fn enter(&mut self, target: usize) {
        let node = self.next.len() + target;
        // Then no path along a gate has a negative cost; nothing else leads here yet.
        let costs = self.gates[target].iter().map(|gate| self.potential[gate.into] + gate.value);
        self.potential[node] = costs.max().unwrap_or(0);
        let length = self.shortest(node);
        self.push(node);
        for node in std::mem::take(&mut self.touched) {
            if self.distance[node] < length {
                self.potential[node] += self.distance[node] - length;
            }
            self.distance[node] = i64::MAX;
        }
    }

    /// The length of the shortest path to the sink (Dijkstra on costs made non-negative by the potentials).
    fn shortest(&mut self, start: usize) -> i64 {
        let out = self.out();
        let mut queue = BinaryHeap::new();
        self.distance[start] = 0;
        self.touched.push(start);
        queue.push(Reverse((0, start)));
        while let Some(Reverse((distance, node))) = queue.pop() {
            if node == out {
                return distance;
            }
            if distance > self.distance[node] {
                continue;
            }
            for (to, cost, gate) in self.edges(node, start) {
                let there = distance + cost + self.potential[node] - self.potential[to];
                if there < self.distance[to] {
                    if self.distance[to] == i64::MAX {
                        self.touched.push(to);
                    }
                    self.distance[to] = there;
                    self.from[to] = (node, gate);
                    queue.push(Reverse((there, to)));
                }
            }
        }
        // Every target's first gate leads to the sink, so a path is always found.
        0
    }

    /// The residual edges of a node, with cost, and for a target the gate used.
    fn edges(&self, node: usize, start: usize) -> Vec<(usize, i64, usize)> {
        let stocks = self.next.len();
        if let Some(target) = node.checked_sub(stocks) {
            let gates = self.gates[target].iter().enumerate();
            // The gate that a target's unit already uses leads nowhere else.
            let others = gates.filter(|(at, _)| node == start || *at != self.through[target]);
            return others.map(|(at, gate)| (gate.into, -gate.value, at)).collect();
        }
        let on = (self.load[node] < self.packing.stocks[node]).then_some((self.next[node], 0, 0));
        let back = self.before[node].iter().filter(|&&before| self.load[before] > 0).map(|&it| (it, 0, 0));
        let away = self.inside[node].iter().map(|&target| {
            let value = self.gates[target][self.through[target]].value;
            (stocks + target, value, 0)
        });
        on.into_iter().chain(back).chain(away).collect()
    }

    /// Sends one unit along the path just found.
    fn push(&mut self, start: usize) {
        let stocks = self.next.len();
        let mut to = self.out();
        while to != start {
            let (node, gate) = self.from[to];
            if let Some(target) = node.checked_sub(stocks) {
                let left = self.gates[target][self.through[target]].into;
                if node != start && left < stocks {
                    self.inside[left].retain(|&it| it != target);
                }
                self.through[target] = gate;
                if to < stocks {
                    self.inside[to].push(target);
                }
            } else if to == self.next[node] {
                self.load[node] += 1;
            } else if to < stocks {
                self.load[to] -= 1;
            }
            to = node;
        }
    }
}

/// The gates of a target: the sink, and the most valuable option into each first stock.
fn gates(packing: &Packing, target: usize, out: usize) -> Vec<Gate> {
    let choices = &packing.choices[target];
    let free = best_of(choices, |choice| choice.takes.is_empty());
    let mut gates =
        vec![Gate { into: out, value: free.map_or(0, |choice| choices[choice].value), choice: free }];
    for (at, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.value > 0) {
        let Some(&into) = choice.takes.first() else { continue };
        match gates.iter_mut().find(|gate| gate.into == into) {
            // From a stock on all options are the same: its successor is fixed.
            Some(same) if same.value < choice.value => {
                *same = Gate { into, value: choice.value, choice: Some(at) }
            }
            Some(_) => {}
            None => gates.push(Gate { into, value: choice.value, choice: Some(at) }),
        }
    }
    gates
}
