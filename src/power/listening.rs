//! Power flows to those who are listened to.
//!
//! Formal power q says who decides. A decision maker who listens to another person hands part of that power on,
//! and so does that person in turn:
//!
//! p = (1 − α) Σₖ αᵏ (Wᵀ)ᵏ q = (1 − α)(I − αWᵀ)⁻¹ q
//!
//! Row i of W says how person i's attention is divided and sums to one, so p sums to one whenever q does. This is
//! the social-influence model of Friedkin and Johnsen (1990) read backwards, and equals personalised `PageRank`
//! with restart at q.
//!
//! The sum is taken one term at a time: p ← (1 − α) q + α Wᵀ p, starting from q. Each sweep costs one step a tie
//! and shrinks the L1 distance to the answer by α at least, from at most 2α at the start, so that after k sweeps
//! it is at most 2αᵏ⁺¹ whatever the ties are. That bounds the sweeps without looking at the numbers.

#![allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]

use crate::settings::PowerSettings;

/// The upper bound of α: at 1 the sweeps would never end.
const MOST_LISTENING: f64 = 0.99;

/// The listening ties, in compact rows: row `i` holds the entries `offsets[i]..offsets[i + 1]` of the other two.
///
/// There is one row a person and one offset more than rows. Weights are positive and need not sum to anything:
/// each row is divided by its sum. A person with an empty row listens to themself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listening<'a> {
    pub(crate) offsets: &'a [u32],
    pub(crate) targets: &'a [u32],
    pub(crate) weights: &'a [f64],
}

/// The result of spreading formal power along listening ties.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spread {
    /// Power of each person; sums to one.
    pub(crate) power: Vec<f64>,
    /// Sweeps taken.
    pub(crate) sweeps: u32,
    /// Whether the last sweep moved no more than the tolerance, or the closed form says that none could.
    pub(crate) settled: bool,
}

/// Spreads formal power along listening ties.
///
/// `formal` holds one number a person, in any unit; if all are zero everyone has equal weight. Numbers that are
/// not positive and finite, among the weights too, count as zero, so that no input can spoil the others.
///
/// Ends after the first sweep that moves at most `tolerance` in all, which leaves a distance of at most
/// tolerance·α/(1 − α) to the exact answer; or when the closed form says that the distance has fallen below the
/// tolerance or below what `f64` can tell from one; or, unsettled, after `max_sweeps`.
///
/// Costs O(people + ties) a sweep, on one thread and always in the same order, so that equal input gives equal
/// bits. Allocates three vectors before the first sweep and none later.
pub(crate) fn spread(listening: Listening<'_>, formal: &[f64], settings: &PowerSettings) -> Spread {
    let alpha = settings.listening.get().min(MOST_LISTENING);
    let tolerance = settings.tolerance.get();
    let start = shares(formal);
    let weights = row_shares(listening);
    let mut power = start.clone();
    let mut next = vec![0.0; power.len()];
    let mut sweeps = 0;
    // How far the answer may still be off, from the closed form.
    let mut distance = 2.0 * alpha;
    let mut settled = distance <= tolerance.max(f64::EPSILON);
    while !settled && sweeps < settings.max_sweeps.get() {
        let moved = sweep(listening, &weights, alpha, &start, &power, &mut next);
        std::mem::swap(&mut power, &mut next);
        sweeps += 1;
        distance *= alpha;
        settled = moved <= tolerance || distance <= tolerance.max(f64::EPSILON);
    }
    // Rounding may have left the sum slightly off one.
    let sum: f64 = power.iter().sum();
    if sum > 0.0 {
        for share in &mut power {
            *share /= sum;
        }
    }
    Spread { power, sweeps, settled }
}

/// One step p ← (1 − α) q + α Wᵀ p, and how much it moved.
fn sweep(
    Listening { offsets, targets, .. }: Listening<'_>,
    weights: &[f64],
    alpha: f64,
    start: &[f64],
    power: &[f64],
    next: &mut [f64],
) -> f64 {
    for (next, formal) in next.iter_mut().zip(start) {
        *next = (1.0 - alpha) * formal;
    }
    for (person, (row, share)) in offsets.windows(2).zip(power).enumerate() {
        let &[from, to] = row else { continue };
        let handed_on = alpha * share;
        let row = from as usize..to as usize;
        let targets = targets.get(row.clone()).unwrap_or_default();
        let weights = weights.get(row).unwrap_or_default();
        // A row without any weight has shares of zero: its person listens to themself.
        let mut heard = false;
        for (&target, weight) in targets.iter().zip(weights) {
            if *weight > 0.0
                && let Some(next) = next.get_mut(target as usize)
            {
                *next += handed_on * weight;
                heard = true;
            }
        }
        if !heard && let Some(next) = next.get_mut(person) {
            *next += handed_on;
        }
    }
    next.iter().zip(power).map(|(new, old)| (new - old).abs()).sum()
}

/// Every row of weights divided by its sum.
fn row_shares(Listening { offsets, weights, .. }: Listening<'_>) -> Vec<f64> {
    let mut all = weights.to_vec();
    for row in offsets.windows(2) {
        if let &[from, to] = row
            && let Some(row) = all.get_mut(from as usize..to as usize)
        {
            divide_by_sum(row);
        }
    }
    all
}

/// Formal power as shares of one; equal shares when there is none.
fn shares(formal: &[f64]) -> Vec<f64> {
    let mut shares = formal.to_vec();
    if !divide_by_sum(&mut shares) {
        let equal = 1.0 / shares.len() as f64;
        shares.fill(equal);
    }
    shares
}

/// Divides by the sum and returns whether there was any. Divides by the greatest first: the sum alone could
/// overflow.
fn divide_by_sum(amounts: &mut [f64]) -> bool {
    let mut greatest = 0.0_f64;
    for amount in amounts.iter_mut() {
        if !(*amount > 0.0 && amount.is_finite()) {
            *amount = 0.0;
        }
        greatest = greatest.max(*amount);
    }
    if greatest == 0.0 {
        return false;
    }
    for amount in amounts.iter_mut() {
        *amount /= greatest;
    }
    let sum: f64 = amounts.iter().sum();
    for amount in amounts.iter_mut() {
        *amount /= sum;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::cases;
    use crate::share::{Count, Share, Weight};

    fn settings(alpha: f64) -> PowerSettings {
        PowerSettings { listening: Share::new(alpha).unwrap(), ..PowerSettings::default() }
    }

    /// Rows as lists of (target, weight).
    fn spread_rows(rows: &[Vec<(u32, f64)>], formal: &[f64], settings: &PowerSettings) -> Spread {
        let mut offsets = vec![0];
        let (mut targets, mut weights) = (Vec::new(), Vec::new());
        for row in rows {
            for &(target, weight) in row {
                targets.push(target);
                weights.push(weight);
            }
            offsets.push(u32::try_from(targets.len()).unwrap());
        }
        let listening = Listening { offsets: &offsets, targets: &targets, weights: &weights };
        spread(listening, formal, settings)
    }

    fn near(left: &[f64], right: &[f64], tolerance: f64) {
        assert_eq!(left.len(), right.len());
        for (l, r) in left.iter().zip(right) {
            assert!((l - r).abs() <= tolerance, "{left:?} is not {right:?}");
        }
    }

    /// Solves (I − αWᵀ) p = (1 − α) q by Gaussian elimination with pivots: slow and obvious.
    fn eliminated(rows: &[Vec<(u32, f64)>], formal: &[f64], alpha: f64) -> Vec<f64> {
        let n = rows.len();
        let all: f64 = formal.iter().sum();
        let mut matrix = vec![vec![0.0; n + 1]; n];
        for person in 0..n {
            matrix[person][person] += 1.0;
            matrix[person][n] = (1.0 - alpha) * if all > 0.0 { formal[person] / all } else { 1.0 / n as f64 };
            let sum: f64 = rows[person].iter().map(|(_, weight)| weight).sum();
            if rows[person].is_empty() {
                matrix[person][person] -= alpha;
            }
            for &(target, weight) in &rows[person] {
                matrix[target as usize][person] -= alpha * weight / sum;
            }
        }
        for column in 0..n {
            let pivot =
                (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()));
            matrix.swap(column, pivot.unwrap());
            for row in 0..n {
                let factor = matrix[row][column] / matrix[column][column];
                if row != column {
                    let pivot = matrix[column].clone();
                    for (cell, taken) in matrix[row].iter_mut().zip(pivot) {
                        *cell -= factor * taken;
                    }
                }
            }
        }
        (0..n).map(|person| matrix[person][n] / matrix[person][person]).collect()
    }

    #[test]
    fn the_decision_maker_hands_power_to_the_one_he_listens_to() {
        // Dan, Ken, Wes; only Dan decides.
        let rows = [vec![(1, 0.25), (2, 0.75)], vec![(0, 0.5), (2, 0.5)], vec![(0, 1.0)]];
        let half = spread_rows(&rows, &[1.0, 0.0, 0.0], &settings(0.5));
        near(&half.power, &[32.0 / 49.0, 4.0 / 49.0, 13.0 / 49.0], 1e-11);
        assert!(half.settled);
        assert!(half.sweeps <= 41, "{}", half.sweeps);
        let more = spread_rows(&rows, &[1.0, 0.0, 0.0], &settings(0.85));
        near(&more.power, &[0.515_381, 0.109_518, 0.375_101], 1e-6);
    }

    #[test]
    fn without_listening_formal_power_is_all() {
        let rows = [vec![(1, 1.0)], vec![]];
        let formal = spread_rows(&rows, &[3.0, 1.0], &settings(0.0));
        assert_eq!(formal, Spread { power: vec![0.75, 0.25], sweeps: 0, settled: true });
        let nothing_known = spread_rows(&rows, &[0.0, 0.0], &settings(0.0));
        near(&nothing_known.power, &[0.5, 0.5], 0.0);
    }

    #[test]
    fn nobody_at_all_holds_no_power() {
        let nobody = spread(Listening { offsets: &[0], targets: &[], weights: &[] }, &[], &settings(0.5));
        assert!(nobody.power.is_empty());
    }

    #[test]
    fn full_listening_ends_within_the_default_sweeps() {
        let rows = [vec![(1, 1.0)], vec![(0, 1.0)]];
        let full = spread_rows(&rows, &[1.0, 0.0], &settings(1.0));
        near(&full.power, &[1.0 / 1.99, 0.99 / 1.99], 1e-9);
        assert!(full.settled);
        // The closed form ends a loop that the tolerance would not.
        let exact = PowerSettings { tolerance: Weight::new(0.0).unwrap(), ..settings(1.0) };
        assert!(spread_rows(&rows, &[1.0, 0.0], &exact).settled);
        let short = PowerSettings { max_sweeps: Count::of::<1>(), ..settings(1.0) };
        let unsettled = spread_rows(&rows, &[1.0, 0.0], &short);
        assert_eq!((unsettled.sweeps, unsettled.settled), (1, false));
    }

    #[test]
    fn a_wrong_number_spoils_nothing_else() {
        let rows = [vec![(1, f64::NAN), (2, f64::MAX)], vec![(0, -1.0)], vec![(2, f64::MAX), (0, f64::MAX)]];
        let spread = spread_rows(&rows, &[f64::MAX, f64::INFINITY, f64::MAX], &settings(0.5));
        near(&[spread.power.iter().sum()], &[1.0], 1e-12);
        near(
            &spread.power,
            &eliminated(&[vec![(2, 1.0)], vec![], vec![(2, 1.0), (0, 1.0)]], &[1.0, 0.0, 1.0], 0.5),
            1e-11,
        );
    }

    #[test]
    fn a_path_of_a_million_is_no_deeper_than_one_of_two() {
        let n = 1_000_000_u32;
        let offsets: Vec<u32> = (0..n).chain([n - 1]).collect();
        let targets: Vec<u32> = (1..n).collect();
        let weights = vec![1.0; targets.len()];
        let mut formal = vec![0.0; n as usize];
        formal[0] = 1.0;
        let listening = Listening { offsets: &offsets, targets: &targets, weights: &weights };
        let spread = spread(listening, &formal, &settings(0.5));
        near(&spread.power[..4], &[0.5, 0.25, 0.125, 0.0625], 1e-11);
        near(&[spread.power.iter().sum()], &[1.0], 1e-11);
        assert!(spread.settled);
    }

    #[test]
    fn sweeping_finds_what_elimination_finds() {
        cases(256, |dice| {
            let n = dice.below(1..14);
            let rows = dice.list(n..n + 1, |dice| {
                dice.list(0..6, |dice| (u32::try_from(dice.below(0..n)).unwrap(), 0.01 + 9.99 * dice.unit()))
            });
            let formal = dice.list(n..n + 1, |dice| if dice.chance(0.5) { 0.0 } else { 5.0 * dice.unit() });
            let alpha = 0.99 * dice.unit();
            let found = spread_rows(&rows, &formal, &settings(alpha));
            near(&found.power, &eliminated(&rows, &formal, alpha), 1e-9);
            near(&[found.power.iter().sum()], &[1.0], 1e-12);
            assert!(found.settled);
            assert_eq!(spread_rows(&rows, &formal, &settings(alpha)), found);
        });
    }
}
