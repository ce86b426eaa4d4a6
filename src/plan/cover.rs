//! The sets that together cover most: exact for small inputs, greedy with a bound for large ones.

use std::collections::BTreeSet;

/// A choice of sets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cover {
    /// The chosen sets, in the order of the greedy choice.
    pub(super) chosen: Vec<usize>,
    /// The weight they cover together.
    pub(super) covered: f64,
    /// An upper bound for any choice of the same size.
    pub(super) at_most: f64,
}

/// How many partial choices are examined before the best so far is returned.
const BUDGET: usize = 100_000;

/// Chooses `count` sets that cover most by the items' weights.
///
/// Starts from the greedy choice, which covers at least 1 − 1/e of the optimum (Nemhauser, Wolsey and Fisher,
/// 1978), and improves it by branch and bound, within the budget.
pub(super) fn cover(sets: &[Vec<usize>], weights: &[f64], count: usize) -> Cover {
    let greedy = in_greedy_order(sets, weights, (0..sets.len()).collect(), count);
    let mut search = Search {
        sets,
        weights,
        count,
        best: worth(sets, weights, &greedy),
        chosen: greedy,
        left: BUDGET,
        open: 0.0,
    };
    // The largest first, so that bounds prune early.
    let mut order: Vec<usize> = (0..sets.len()).collect();
    let whole = |set: &usize| sets.get(*set).map_or(0.0, |items| sum(weights, items.iter().copied()));
    order.sort_by(|a, b| whole(b).total_cmp(&whole(a)).then_with(|| a.cmp(b)));
    search.run(&order);
    let chosen = in_greedy_order(sets, weights, search.chosen.iter().copied().collect(), count);
    Cover { chosen, covered: search.best, at_most: search.best.max(search.open) }
}

fn sum(weights: &[f64], items: impl Iterator<Item = usize>) -> f64 {
    items.filter_map(|item| weights.get(item)).sum()
}

fn worth(sets: &[Vec<usize>], weights: &[f64], chosen: &[usize]) -> f64 {
    let items: BTreeSet<usize> = chosen.iter().filter_map(|&set| sets.get(set)).flatten().copied().collect();
    sum(weights, items.into_iter())
}

/// `count` of the sets, each time the one that adds most; the first among equals. Sets that add nothing are left
/// out.
fn in_greedy_order(
    sets: &[Vec<usize>],
    weights: &[f64],
    mut from: BTreeSet<usize>,
    count: usize,
) -> Vec<usize> {
    let (mut chosen, mut covered) = (Vec::new(), BTreeSet::new());
    while chosen.len() < count {
        let adds = |set: usize| {
            let items = sets.get(set).into_iter().flatten().copied();
            sum(weights, items.filter(|item| !covered.contains(item)))
        };
        let best = from.iter().rev().map(|&set| (set, adds(set))).max_by(|(_, a), (_, b)| a.total_cmp(b));
        let Some((set, _)) = best.filter(|&(_, adds)| adds > 0.0) else { break };
        covered.extend(sets.get(set).into_iter().flatten().copied());
        from.remove(&set);
        chosen.push(set);
    }
    chosen
}

struct Search<'a> {
    sets: &'a [Vec<usize>],
    weights: &'a [f64],
    count: usize,
    best: f64,
    chosen: Vec<usize>,
    left: usize,
    /// The best bound of what was not examined.
    open: f64,
}

impl Search<'_> {
    /// Tries every choice in some order, without recursion: a stack records where each choice continues.
    fn run(&mut self, order: &[usize]) {
        let mut stack: Vec<(Vec<usize>, BTreeSet<usize>, usize)> = vec![(Vec::new(), BTreeSet::new(), 0)];
        while let Some((chosen, covered, next)) = stack.pop() {
            let so_far = sum(self.weights, covered.iter().copied());
            if so_far > self.best + 1e-12 {
                (self.best, self.chosen) = (so_far, chosen.clone());
            }
            if chosen.len() == self.count || next == order.len() {
                continue;
            }
            let rest = order.get(next..).unwrap_or_default();
            let bound = so_far + self.most_to_add(rest, &covered, self.count - chosen.len());
            if bound <= self.best + 1e-12 {
                continue;
            }
            if self.left == 0 {
                self.open = self.open.max(bound);
                continue;
            }
            self.left -= 1;
            let Some(&set) = rest.first() else { continue };
            stack.push((chosen.clone(), covered.clone(), next + 1));
            let (mut with, mut more) = (chosen, covered);
            with.push(set);
            more.extend(self.sets.get(set).into_iter().flatten().copied());
            stack.push((with, more, next + 1));
        }
    }

    /// An upper bound for what `count` further sets add: each counted on its own.
    fn most_to_add(&self, rest: &[usize], covered: &BTreeSet<usize>, count: usize) -> f64 {
        let adds = |set: &usize| {
            let items = self.sets.get(*set).into_iter().flatten().copied();
            sum(self.weights, items.filter(|item| !covered.contains(item)))
        };
        let mut gains: Vec<f64> = rest.iter().map(adds).collect();
        gains.sort_by(|a, b| b.total_cmp(a));
        gains.into_iter().take(count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::cases;

    #[test]
    fn the_published_trap_is_not_fallen_into() {
        // Greedy takes the largest and covers 11; the best two cover 14.
        let sets = vec![
            (0..8).collect(),
            (0..4).chain(8..11).collect(),
            (4..8).chain(11..14).collect::<Vec<usize>>(),
        ];
        let weights = vec![1.0; 14];
        let greedy = in_greedy_order(&sets, &weights, (0..3).collect(), 2);
        assert!((worth(&sets, &weights, &greedy) - 11.0).abs() < 1e-9);
        let best = cover(&sets, &weights, 2);
        assert_eq!(best.chosen, [1, 2]);
        assert!((best.covered - 14.0).abs() < 1e-9 && (best.at_most - 14.0).abs() < 1e-9);
    }

    /// Every choice of `count` sets, one by one.
    fn slow(sets: &[Vec<usize>], weights: &[f64], count: usize) -> f64 {
        let choices = (0_u32..1 << sets.len()).filter(|bits| bits.count_ones() as usize <= count);
        let of = |bits: u32| -> Vec<usize> { (0..sets.len()).filter(|set| bits >> set & 1 == 1).collect() };
        choices.map(|bits| worth(sets, weights, &of(bits))).fold(0.0, f64::max)
    }

    #[test]
    fn few_sets_are_covered_as_well_as_can_be() {
        cases(256, |dice| {
            let sets = dice.list(0..8, |dice| dice.list(0..6, |dice| dice.below(0..10)));
            let weights = dice.list(10..11, |dice| dice.number(0..9).into());
            let count = dice.below(0..4);
            let found = cover(&sets, &weights, count);
            assert!((found.covered - slow(&sets, &weights, count)).abs() < 1e-9);
            assert!((found.at_most - found.covered).abs() < 1e-9, "it is known to be the best");
            assert!(found.chosen.len() <= count);
            assert!((worth(&sets, &weights, &found.chosen) - found.covered).abs() < 1e-9);
        });
    }
}
