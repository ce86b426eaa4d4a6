//! The ties on which someone's best path to us may begin.
//!
//! No factor of a path exceeds one, so a tie that is worth no more than one which leads to us directly never
//! begins a better path. Evidence of plain ties fades for all of them alike; where one has no less support and no
//! more against it than another, it is worth no less on every later day. So about half of all ties can be excluded
//! once for all days, and a search for everyone's path examines the other half.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

use super::packed::Head;
use super::{Network, PersonIx};

/// A tie: who trusts, and its head, a copy, so that those that are read one after the other lie so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NonDominatedEdge {
    pub(crate) who: PersonIx,
    pub(crate) head: Head,
}

/// Ties that may be the first of a best path, each list in the order of who trusts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NonDominatedEdges {
    /// Those that lead to our own people.
    pub(crate) ours: Vec<NonDominatedEdge>,
    /// Those that lead to someone in the same block.
    near: Vec<NonDominatedEdge>,
    /// Where those of each block begin, and where the last end.
    near_start: Vec<u32>,
    /// Those that lead to another block, with the place of the one that they lead from.
    pub(crate) far: Vec<(u32, NonDominatedEdge)>,
}

impl NonDominatedEdges {
    /// Those of a network, for each day from the reference day on, as long as disbelief counts for at least
    /// [`LEAST_PRIOR`](Self::LEAST_PRIOR).
    pub(super) fn of(network: &Network) -> Self {
        Self::pick(network, |heads| {
            let staff_ties = heads.iter().take_while(|head| network.is_staff(head.trusted()));
            staff_ties.copied().filter(|head| head.is_plain()).reduce(|best, head| {
                let order = head.supporting().total_cmp(&best.supporting());
                if order.then(best.against().total_cmp(&head.against())).is_gt() { head } else { best }
            })
        })
    }

    /// Every tie, for views in which it does not hold that all evidence fades alike.
    pub(crate) fn all(network: &Network) -> Self {
        Self::pick(network, |_| None)
    }

    /// The least prior weight with which what is put aside is weaker by more than rounding.
    pub(crate) const LEAST_PRIOR: f64 = 0.01;

    /// Of each one outside the ties that are not dominated by the one to us, if any, that is found among them.
    fn pick(network: &Network, dominator: impl Fn(&[Head]) -> Option<Head>) -> Self {
        let mut non_dominated = Self { near_start: vec![0], ..Self::default() };
        for (place, block) in (0..).zip(network.outside_blocks()) {
            for person in block.clone() {
                let heads = network.ties.heads_of(person);
                let dominator = dominator(heads);
                for &head in heads {
                    let is_ours = network.is_staff(head.trusted());
                    let edge = NonDominatedEdge { who: person, head };
                    if dominator.is_some_and(|by| head.is_plain() && is_dominated(head, by, is_ours)) {
                        continue;
                    }
                    if is_ours {
                        non_dominated.ours.push(edge);
                    } else if block.contains(&head.trusted()) {
                        non_dominated.near.push(edge);
                    } else {
                        non_dominated.far.push((place, edge));
                    }
                }
            }
            non_dominated.near_start.push(u32::try_from(non_dominated.near.len()).unwrap_or(u32::MAX));
        }
        non_dominated
    }

    /// Those that lead to someone in the same block, of the block at a place.
    pub(crate) fn near(&self, place: u32) -> &[NonDominatedEdge] {
        &self.near[self.near_start[place as usize] as usize..self.near_start[place as usize + 1] as usize]
    }

    /// Those that lead to someone in the same block, of all blocks.
    pub(crate) fn all_near(&self) -> &[NonDominatedEdge] {
        &self.near
    }
}

/// Whether a plain tie is worth no more than another on any day, given whether it leads to us like the other. Two
/// that do are ordered by id where they are equally strong, so there the other must be stronger by more than
/// rounding hides.
fn is_dominated(head: Head, by: Head, is_ours: bool) -> bool {
    /// Far more than rounding, whatever is left of the evidence.
    const CLEARLY: f32 = 1.001;
    /// Beyond this much evidence beliefs are so near to one that rounding may hide what is more.
    const MOST: f32 = 1e6;
    let is_no_better = head.supporting() <= by.supporting() && head.against() >= by.against();
    if is_ours {
        is_no_better
            && !head.stands()
            && head.supporting() * CLEARLY <= by.supporting()
            && head.supporting() <= MOST
    } else {
        is_no_better && (!head.stands() || by.stands())
    }
}

impl Network {
    /// The non-dominated ties for every day from the reference day on. Found when first needed, in one pass over
    /// all ties, and again after an edit.
    pub(crate) fn non_dominated(&self) -> &NonDominatedEdges {
        self.ties.non_dominated(|| NonDominatedEdges::of(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Customer, Person, Records, Tie};

    fn records() -> Records {
        let mut records = Records::new();
        records.as_of = "2026-03-02".parse().ok();
        records.customers = vec![Customer::new("north"), Customer::new("south")];
        records.people = vec![Person::staff("pam"), Person::staff("sal"), Person::customer("sue", "south")];
        records.people.extend(["ann", "bob", "cat", "dan", "eve"].map(|id| Person::customer(id, "north")));
        records.people[3].manager_id = Some("eve".into());
        let tie = |to, supporting, against| Tie::trust("ann", to).evidence(supporting, against);
        records.ties = vec![
            tie("pam", 6.0, 1.0),
            tie("sal", 5.0, 2.0),
            tie("bob", 6.0, 1.0),
            tie("cat", 6.5, 1.0),
            tie("dan", 1.0, 0.5),
            tie("eve", 1.0, 1.0),
            tie("sue", 2.0, 0.5),
        ];
        records
    }

    /// Those of Ann.
    fn of_ann(network: &Network) -> Vec<&str> {
        let all = network.non_dominated();
        let ties = all.ours.iter().chain(all.all_near()).chain(all.far.iter().map(|(_, tie)| tie));
        let id = |at: PersonIx| network.person_at(at).id();
        let ties = ties.filter(|tie| id(tie.who) == "ann");
        ties.map(|tie| id(tie.head.trusted())).collect()
    }

    #[test]
    fn what_is_never_worth_more_than_the_best_tie_to_us_is_put_aside() {
        let mut network = Network::build(records()).unwrap_or_else(|error| unreachable!("{error}"));
        // Bob is worth as much as Pam and leads further; Sal is worth less; Dan has less against him, and Sue; beside Eve's
        // evidence there is a line, which does not fade.
        assert_eq!(of_ann(&network), ["pam", "cat", "dan", "eve", "sue"]);
        // With evidence against Pam, Sal and Bob have less against them.
        let weaker = Tie::trust("ann", "pam").evidence(1.0, 3.0);
        let _kept = network.put_tie(weaker).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(of_ann(&network), ["pam", "sal", "bob", "cat", "dan", "eve", "sue"]);
    }
}
