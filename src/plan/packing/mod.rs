//! The problem behind a plan, without people: each target may be served by one of several options, each option
//! takes a unit of some stocks, stocks are scarce, and the sum of values is to be maximised.
//!
//! Values are whole numbers, so that nothing depends on the order of sums. A stock that suffices for all who could
//! want it is no constraint; the rest splits into groups of competing targets, each solved separately. Where every
//! stock has one fixed successor (a *forest*: always so with one introducer per path) the answer is exact, by
//! min-cost flow; elsewhere it is bounded, and exact where the search completes.
#![allow(
    clippy::indexing_slicing,
    reason = "columns have one entry a target or stock, and positions come from them"
)]

mod flow;
mod search;

use petgraph::unionfind::UnionFind;

/// One option for serving a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// Its value; only options above zero are ever chosen.
    pub(super) value: i64,
    /// The stocks it takes one unit from, in the order of the path, no stock twice.
    pub(super) takes: Vec<usize>,
}

/// Targets with their options, and stocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Packing {
    pub(super) choices: Vec<Vec<Choice>>,
    pub(super) stocks: Vec<u32>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packed {
    /// The option chosen for each target.
    pub(super) chosen: Vec<Option<usize>>,
    pub(super) value: i64,
    /// An upper bound on the value; equal to the value where the answer is optimal.
    pub(super) at_most: i64,
}

impl Packing {
    /// The optimal answer, or a feasible one with an upper bound. `budget` limits the branches examined in each
    /// group.
    pub(super) fn pack(&self, budget: u32) -> Packed {
        let scarce = self.scarce();
        let mut packed = Packed { chosen: vec![None; self.choices.len()], value: 0, at_most: 0 };
        for group in self.groups(&scarce) {
            let (part, stocks) = self.part(&group, &scarce);
            let answer = match (stocks.is_empty(), flow::parents(&part)) {
                (true, _) => part.unhindered(),
                (false, Some(parents)) => flow::pack(&part, &parents),
                (false, None) => search::pack(&part, budget),
            };
            packed.value += answer.value;
            packed.at_most += answer.at_most;
            for (&target, chosen) in group.iter().zip(answer.chosen) {
                packed.chosen[target] = chosen;
            }
        }
        packed
    }

    /// How much of each stock an answer takes.
    pub(super) fn taken(&self, chosen: &[Option<usize>]) -> Vec<u32> {
        let mut taken = vec![0; self.stocks.len()];
        for (choices, chosen) in self.choices.iter().zip(chosen) {
            for &stock in chosen.iter().flat_map(|&choice| &choices[choice].takes) {
                taken[stock] += 1;
            }
        }
        taken
    }

    /// Whether a stock could run out: more targets could want it than it can serve.
    fn scarce(&self) -> Vec<bool> {
        let mut wanted = vec![0_u32; self.stocks.len()];
        let mut last = vec![usize::MAX; self.stocks.len()];
        for (target, choices) in self.choices.iter().enumerate() {
            for &stock in choices.iter().filter(|choice| choice.value > 0).flat_map(|choice| &choice.takes) {
                if last[stock] != target {
                    last[stock] = target;
                    wanted[stock] += 1;
                }
            }
        }
        wanted.iter().zip(&self.stocks).map(|(wanted, stock)| wanted > stock).collect()
    }

    /// Targets that compete for the same stocks, in order.
    fn groups(&self, scarce: &[bool]) -> Vec<Vec<usize>> {
        let mut union = UnionFind::<usize>::new(self.choices.len() + self.stocks.len());
        for (target, choices) in self.choices.iter().enumerate() {
            for &stock in choices.iter().flat_map(|choice| &choice.takes).filter(|&&stock| scarce[stock]) {
                union.union(target, self.choices.len() + stock);
            }
        }
        let mut group_of = vec![usize::MAX; self.choices.len() + self.stocks.len()];
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for target in 0..self.choices.len() {
            let root = union.find_mut(target);
            if group_of[root] == usize::MAX {
                group_of[root] = groups.len();
                groups.push(Vec::new());
            }
            groups[group_of[root]].push(target);
        }
        groups
    }

    /// One group as a problem of its own, of scarce stocks only. Options keep their positions.
    fn part(&self, group: &[usize], scarce: &[bool]) -> (Self, Vec<usize>) {
        let mut stocks: Vec<usize> = Vec::new();
        for &target in group {
            stocks.extend(
                self.choices[target].iter().flat_map(|choice| &choice.takes).filter(|&&it| scarce[it]),
            );
        }
        stocks.sort_unstable();
        stocks.dedup();
        let place = |stock: &usize| stocks.binary_search(stock).ok();
        let narrowed = |choice: &Choice| Choice {
            value: choice.value,
            takes: choice.takes.iter().filter_map(place).collect(),
        };
        let choices =
            group.iter().map(|&target| self.choices[target].iter().map(narrowed).collect()).collect();
        (Self { choices, stocks: stocks.iter().map(|&stock| self.stocks[stock]).collect() }, stocks)
    }

    /// The answer where nothing is scarce: the best option for every target.
    fn unhindered(&self) -> Packed {
        let chosen: Vec<Option<usize>> =
            self.choices.iter().map(|choices| best_of(choices, |_| true)).collect();
        let value = self.value(&chosen);
        Packed { chosen, value, at_most: value }
    }

    fn value(&self, chosen: &[Option<usize>]) -> i64 {
        let pairs = self.choices.iter().zip(chosen);
        pairs.filter_map(|(choices, chosen)| chosen.map(|choice| choices[choice].value)).sum()
    }
}

/// The most valuable option that is allowed and has a positive value; the first among equals.
fn best_of(choices: &[Choice], allowed: impl Fn(&Choice) -> bool) -> Option<usize> {
    let worth_it = choices.iter().enumerate().filter(|(_, choice)| choice.value > 0 && allowed(choice));
    worth_it.rev().max_by_key(|(_, choice)| choice.value).map(|(at, _)| at)
}

#[cfg(test)]
mod tests;
