//! What was known of a pair when it was asked, summed by kind of evidence for one half-life.
//!
//! Given the sums by kind, the forecasts under any weights cost a few multiplications an outcome.
#![allow(
    clippy::indexing_slicing,
    reason = "rows have one entry a kind, and kinds are taken from the rows themselves"
)]

use super::outcomes::Outcome;
use crate::day::Day;
use crate::evidence::{EvidenceKind, HalfLife, Item};
use crate::network::Network;

/// One piece of evidence, and the first day on which it was known.
#[derive(Debug, Clone, Copy)]
struct Piece {
    known: Day,
    item: Item,
}

/// The outcomes of one pair, and the evidence about it, each in order of time.
#[derive(Debug)]
struct Pair {
    outcomes: Vec<u32>,
    pieces: Vec<Piece>,
}

/// The pairs of all outcomes, and the kinds of evidence among them.
#[derive(Debug)]
pub(super) struct History {
    pairs: Vec<Pair>,
    pub(super) kinds: Vec<EvidenceKind>,
    /// For each outcome the number of its pair.
    pub(super) pair_of: Vec<u32>,
    days: Vec<Day>,
}

impl History {
    /// Collects the network's evidence about each pair with an outcome.
    pub(super) fn of(network: &Network, outcomes: &[Outcome]) -> Self {
        let mut order: Vec<u32> = (0_u32..).take(outcomes.len()).collect();
        order.sort_by_key(|&at| (outcomes[at as usize].who, outcomes[at as usize].trusts, at));
        let pair = |at: &u32| (outcomes[*at as usize].who, outcomes[*at as usize].trusts);
        let mut history = Self {
            pairs: Vec::new(),
            kinds: Vec::new(),
            pair_of: vec![0; outcomes.len()],
            days: outcomes.iter().map(|it| it.day).collect(),
        };
        for run in order.chunk_by(|a, b| pair(a) == pair(b)) {
            let Some((who, trusts)) = run.first().map(pair) else { continue };
            let number = u32::try_from(history.pairs.len()).unwrap_or(u32::MAX);
            for &at in run {
                history.pair_of[at as usize] = number;
            }
            let ties = network.ties();
            let mut pieces: Vec<Piece> = match ties.find(who, trusts) {
                Some(tie) => {
                    ties.items(tie, Day::MAX).map(|item| Piece { known: known(&item), item }).collect()
                }
                None => Vec::new(),
            };
            pieces.sort_by_key(|piece| (piece.known, piece.item.order()));
            history.kinds.extend(pieces.iter().map(|piece| piece.item.kind));
            history.kinds.sort_unstable();
            history.kinds.dedup();
            history.pairs.push(Pair { outcomes: run.to_vec(), pieces });
        }
        history
    }

    /// For each outcome whether anything was known of its pair by then.
    pub(super) fn known_before(&self) -> Vec<bool> {
        let mut known = vec![false; self.days.len()];
        for pair in &self.pairs {
            let Some(first) = pair.pieces.first().map(|piece| piece.known) else { continue };
            for &outcome in &pair.outcomes {
                known[outcome as usize] = first <= self.days[outcome as usize];
            }
        }
        known
    }

    /// For each outcome one sum a kind, in the order of [`kinds`](Self::kinds), as of its day.
    pub(super) fn sums(&self, half_life: HalfLife) -> Vec<f64> {
        let kinds = self.kinds.len();
        let mut sums = vec![0.0; kinds * self.days.len()];
        let mut now = vec![0.0; kinds];
        for pair in &self.pairs {
            now.fill(0.0);
            let (mut day, mut next) = (Day::MIN, 0);
            for &outcome in &pair.outcomes {
                let today = self.days[outcome as usize];
                let kept = half_life.kept_after(today.days_since(day));
                for (sum, kind) in now.iter_mut().zip(&self.kinds) {
                    if !kind.stands() {
                        *sum *= kept;
                    }
                }
                while let Some(piece) = pair.pieces.get(next).filter(|piece| piece.known <= today) {
                    let Item { kind, amount, day, .. } = piece.item;
                    let Ok(at) = self.kinds.binary_search(&kind) else { break };
                    let amount = f64::from(amount);
                    if kind.stands() {
                        now[at] = now[at].max(amount);
                    } else if day == Day::MIN {
                        now[at] += amount;
                    } else {
                        now[at] += amount * half_life.kept_after(today.days_since(day));
                    }
                    next += 1;
                }
                day = today;
                sums[outcome as usize * kinds..][..kinds].copy_from_slice(&now);
            }
        }
        sums
    }
}

/// The first day on which a piece of evidence was known: the day after it began to count. A reporting line was always
/// known.
fn known(item: &Item) -> Day {
    if item.kind.stands() || item.day == Day::MIN { Day::MIN } else { item.begins().plus_days(1) }
}
