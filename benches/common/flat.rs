//! What a careful programmer without a library would write: ties as flat columns, and loops over them.
#![allow(clippy::indexing_slicing, reason = "positions are made here, and the columns with them")]

use std::ops::Range;

/// Ties as columns: those of someone lie together, each with the person at its other end and its cost −ln(belief).
pub(crate) struct Flat<C> {
    start: Vec<u32>,
    other: Vec<u32>,
    cost: Vec<C>,
}

/// The direction in which ties are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the truster to the trusted: where searches from a target start.
    Towards,
    /// From who is trusted to who trusts: where a search from our staff starts.
    Away,
}

impl<C: Copy> Flat<C> {
    fn people(&self) -> usize {
        self.start.len() - 1
    }

    fn range(&self, person: u32) -> Range<usize> {
        self.start[person as usize] as usize..self.start[person as usize + 1] as usize
    }

    /// The ties of someone: the other end and the cost.
    pub(crate) fn of(&self, person: u32) -> impl Iterator<Item = (u32, C)> + '_ {
        let range = self.range(person);
        self.other[range.clone()].iter().copied().zip(self.cost[range].iter().copied())
    }

    /// The same ties with other costs.
    pub(crate) fn with_costs<D>(&self, cost: impl Fn(C) -> D) -> Flat<D> {
        let costs = self.cost.iter().map(|&old| cost(old)).collect();
        Flat { start: self.start.clone(), other: self.other.clone(), cost: costs }
    }
}

impl Flat<f32> {
    /// Two passes over the ties (truster, trusted, cost), which must be the same both times.
    pub(crate) fn new(people: usize, way: Way, each_tie: impl Fn(&mut dyn FnMut(u32, u32, f32))) -> Self {
        let turned = |who, trusts| if way == Way::Towards { (who, trusts) } else { (trusts, who) };
        // Counted two places on, so that filling in moves each start to where it belongs.
        let mut start = vec![0_u32; people + 2];
        each_tie(&mut |who, trusts, _| start[turned(who, trusts).0 as usize + 2] += 1);
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let ties = start.last().map_or(0, |&ties| ties as usize);
        let (mut other, mut costs) = (vec![0; ties], vec![0.0; ties]);
        each_tie(&mut |who, trusts, cost| {
            let (one, another) = turned(who, trusts);
            let next = &mut start[one as usize + 1];
            (other[*next as usize], costs[*next as usize]) = (another, cost);
            *next += 1;
        });
        start.pop();
        Self { start, other, cost: costs }
    }

    /// How few ties lead from any of the sources to everyone, by a plain queue: less than this no one who looks at
    /// every tie can do. `u32::MAX` where no tie leads.
    pub(crate) fn fewest_ties(&self, sources: &[u32]) -> Vec<u32> {
        let mut ties = vec![u32::MAX; self.people()];
        let mut queue = Vec::with_capacity(self.people());
        queue.extend_from_slice(sources);
        for &source in sources {
            ties[source as usize] = 0;
        }
        let mut next = 0;
        while let Some(&person) = queue.get(next) {
            next += 1;
            let further = ties[person as usize] + 1;
            for &other in &self.other[self.range(person)] {
                if ties[other as usize] == u32::MAX {
                    ties[other as usize] = further;
                    queue.push(other);
                }
            }
        }
        ties
    }

    /// The least cost from any of the sources to everyone, by delta-stepping (Meyer and Sanders, 2003) on one
    /// thread: what the fastest libraries do. Infinite where no tie leads.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "costs are small and not negative"
    )]
    pub(crate) fn delta_stepping(&self, sources: &[u32]) -> Vec<f32> {
        let mut costs = vec![f32::INFINITY; self.people()];
        for &source in sources {
            costs[source as usize] = 0.0;
        }
        let mut buckets: Vec<Vec<(f32, u32)>> = vec![sources.iter().map(|&source| (0.0, source)).collect()];
        let (mut now, mut bucket) = (Vec::new(), 0);
        while bucket < buckets.len() {
            while !buckets[bucket].is_empty() {
                std::mem::swap(&mut now, &mut buckets[bucket]);
                for (cost, person) in now.drain(..) {
                    if costs[person as usize] < cost {
                        continue;
                    }
                    for (other, more) in self.of(person) {
                        let through = cost + more;
                        if through < costs[other as usize] {
                            costs[other as usize] = through;
                            let into = (through / DELTA) as usize;
                            if into >= buckets.len() {
                                buckets.resize_with(into + 1, Vec::new);
                            }
                            buckets[into].push((through, other));
                        }
                    }
                }
            }
            bucket += 1;
        }
        costs
    }

    /// The least cost to any of the goals along at most that many ties, by one sweep over all ties for each.
    /// Infinite where there is no path.
    pub(crate) fn layers(&self, goals: &[u32], ties: u8) -> Vec<f32> {
        let mut costs = vec![f32::INFINITY; self.people()];
        for &goal in goals {
            costs[goal as usize] = 0.0;
        }
        let mut next = costs.clone();
        for _ in 0..ties {
            for (person, best) in (0_u32..).zip(&mut next) {
                for (other, more) in self.of(person) {
                    *best = best.min(costs[other as usize] + more);
                }
            }
            costs.clone_from(&next);
        }
        costs
    }
}

/// The width of a bucket: of .1 to 1 the fastest here.
const DELTA: f32 = 0.5;
