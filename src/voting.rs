//! Votes and a quota: who can turn a decision.
//!
//! Votes are not power. With 50, 49 and 1 votes and 51 needed, the second and the third voter are worth exactly
//! the same, because each of them carries a decision with the first and with no one else.

#![allow(
    clippy::cast_precision_loss,
    reason = "numbers of voters are small; large counts become a ratio of `f64`"
)]

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::share::Share;

/// Up to this many voters every coalition is enumerated: 2²⁰ of them take some milliseconds.
const ENUMERATED: usize = 20;
/// Up to this many voters a count of coalitions fits into 128 bits.
const COUNTED: usize = 127;
/// Up to this many voters a count of coalitions, at most 2¹⁰⁰⁰, fits into the range of `f64`.
const MOST_VOTERS: usize = 1000;
/// Beyond [`ENUMERATED`] voters the tables have one cell a vote.
const MOST_VOTES: u64 = 1_000_000;
/// Beyond [`ENUMERATED`] voters, the maximum of voters² × votes: about two seconds of work.
const MOST_WORK: u64 = 1_000_000_000;

/// A decision by vote: it is carried when those in favour hold at least `quota` votes together.
///
/// ```
/// use stakeholder_graph::VotingGame;
///
/// let board = VotingGame::new(51, vec![50, 49, 1])?;
/// let shares: Vec<f64> = board.banzhaf().into_iter().map(f64::from).collect();
/// assert_eq!(shares, [0.6, 0.2, 0.2]);
/// # Ok::<(), stakeholder_graph::VotingError>(())
/// ```
///
/// A quota of half the votes or less is accepted, although both sides could then carry the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VotingGame {
    quota: u64,
    votes: Vec<u64>,
    /// Quota and votes divided by the greatest common divisor of the votes: the same game in smaller numbers.
    reduced: Reduced,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reduced {
    quota: u128,
    votes: Vec<u64>,
    total: u128,
}

/// Why votes and a quota make no game that can be solved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VotingError {
    /// No one votes.
    #[error("nobody votes: name at least one voter")]
    NoVoter,
    /// Every decision would be carried before anyone has voted.
    #[error("the quota is 0: at least 1 vote must be needed to carry a decision")]
    NoQuota,
    /// No decision could ever be carried.
    #[error("the quota is {quota}, but all votes together are only {votes}: lower the quota or add votes")]
    #[non_exhaustive]
    QuotaOutOfReach {
        /// The quota asked for.
        quota: u64,
        /// All votes together.
        votes: u128,
    },
    /// More than 1000 voters.
    #[error("{voters} people vote, and at most {most} can be weighed: join those who always vote together")]
    #[non_exhaustive]
    TooManyVoters {
        /// How many vote.
        voters: usize,
        /// How many may.
        most: usize,
    },
    /// More than 20 voters, with too many votes for tables of feasible size.
    #[error(
        "{voters} people hold {votes} votes after division by their common divisor, and at most {most} can be \
         weighed: round the votes, for instance to whole per cent"
    )]
    #[non_exhaustive]
    TooManyVotes {
        /// How many vote.
        voters: usize,
        /// All votes together, after division by their greatest common divisor.
        votes: u128,
        /// The most votes for that number of voters.
        most: u64,
    },
}

impl VotingGame {
    /// A vote in which `quota` votes carry the decision; `votes` holds one number for each voter.
    ///
    /// Votes are divided by their greatest common divisor g, and the quota becomes ⌈quota / g⌉: any number of
    /// votes that can be gathered is a multiple of g. Shares in per cent and shares in single stock are one game.
    ///
    /// # Errors
    /// [`VotingError`] when no one votes, the quota is 0 or above all votes together, there are more than 1000
    /// voters, or there are more than 20 voters who hold more than 1,000,000 reduced votes (fewer from 32 voters
    /// on: voters² × votes is at most 10⁹, so that an answer takes some two seconds at most).
    pub fn new(quota: u64, votes: Vec<u64>) -> Result<Self, VotingError> {
        let count = votes.len();
        let total: u128 = votes.iter().copied().map(u128::from).sum();
        if count == 0 {
            return Err(VotingError::NoVoter);
        }
        if quota == 0 {
            return Err(VotingError::NoQuota);
        }
        if u128::from(quota) > total {
            return Err(VotingError::QuotaOutOfReach { quota, votes: total });
        }
        if count > MOST_VOTERS {
            return Err(VotingError::TooManyVoters { voters: count, most: MOST_VOTERS });
        }
        // Not zero: a quota of at least 1 is within the total.
        let divisor = votes.iter().copied().fold(0, common_divisor).max(1);
        let reduced = Reduced {
            quota: u128::from(quota.div_ceil(divisor)),
            votes: votes.iter().map(|&votes| votes / divisor).collect(),
            total: total / u128::from(divisor),
        };
        if count > ENUMERATED {
            let most = MOST_VOTES.min(MOST_WORK / (count * count) as u64);
            if reduced.total > u128::from(most) {
                return Err(VotingError::TooManyVotes { voters: count, votes: reduced.total, most });
            }
        }
        Ok(Self { quota, votes, reduced })
    }

    /// How many votes carry a decision.
    pub const fn quota(&self) -> u64 {
        self.quota
    }

    /// The votes of each voter, as they were given.
    pub fn votes(&self) -> &[u64] {
        &self.votes
    }

    /// For each voter, how many coalitions carry the decision with them and fail without them; `None` beyond 127
    /// voters, where the counts leave 128 bits.
    ///
    /// Divided by 2ⁿ⁻¹ this is the Penrose–Banzhaf probability that the voter turns the decision when everyone
    /// else tosses a coin.
    ///
    /// Costs O(n·2ⁿ) up to 20 voters and O(n·q·log n) beyond, q being the reduced quota.
    pub fn critical(&self) -> Option<Vec<u128>> {
        let voters = self.votes.len();
        if voters <= ENUMERATED {
            let sizes = self.critical_by_size();
            Some(sizes.iter().map(|sizes| sizes.iter().copied().map(u128::from).sum()).collect())
        } else if voters <= COUNTED {
            Some(self.critical_from_polynomials())
        } else {
            None
        }
    }

    /// The normalised Banzhaf index: each voter's part of all critical memberships. Sums to one.
    ///
    /// Source: Banzhaf, "Weighted voting doesn't work" (1965). Up to 20 voters every coalition is enumerated,
    /// beyond that coalitions are counted with generating functions (Brams and Affuso, "Power and size", 1976):
    /// the coefficient of xʷ in Π(1 + x^vⱼ) over the others is the number of coalitions with w votes. Each voter's
    /// product is built by additions alone, never by dividing a factor out again. Up to 127 voters the counts are
    /// whole numbers and exact; beyond, they are `f64`, where sums of positive terms lose at most n units in the
    /// last place, so that an index is off by less than 10⁻¹² of its value.
    ///
    /// Costs O(n·2ⁿ) up to 20 voters and O(n·q·log n) beyond, q being the reduced quota.
    pub fn banzhaf(&self) -> Vec<Share> {
        match self.critical() {
            // The counts fit 128 bits; their sum need not.
            Some(counts) => normalised(&counts.into_iter().map(|count| count as f64).collect::<Vec<_>>()),
            None => normalised(&self.critical_from_polynomials::<f64>()),
        }
    }

    /// The Shapley–Shubik index: the part of all orders in which a voter is the one who carries the decision.
    /// Sums to one.
    ///
    /// Source: Shapley and Shubik, "A method for evaluating the distribution of power in a committee system"
    /// (1954). A voter who is critical in c(k) coalitions with k others holds Σₖ c(k)·k!(n−k−1)!/n!. Up to 20
    /// voters c(k) is counted by looking at every coalition. Beyond, the same sum is taken as the integral over t
    /// in 0..=1 of the probability that the voter is critical when each other joins with probability t. That
    /// probability is a polynomial in t of degree n − 1, so Gauss–Legendre quadrature with ⌈n/2⌉ points is exact
    /// but for rounding. Only positive numbers are added; the result is off by less than 10⁻¹¹.
    ///
    /// Costs O(n·2ⁿ) up to 20 voters and O(n²·q·log n) beyond, q being the reduced quota.
    pub fn shapley_shubik(&self) -> Vec<Share> {
        let voters = self.votes.len();
        if voters > ENUMERATED {
            return self.shapley_shubik_by_integral();
        }
        let mut weights = Vec::with_capacity(voters);
        // 1 / (n · C(n−1, k)), by the recurrence of the binomials.
        let mut binomial = 1.0;
        for others in 0..voters {
            weights.push(1.0 / (voters as f64 * binomial));
            binomial = binomial * (voters - 1 - others) as f64 / (others + 1) as f64;
        }
        let index = self.critical_by_size().into_iter().map(|sizes| {
            Share::clamped(sizes.iter().zip(&weights).map(|(&count, weight)| f64::from(count) * weight).sum())
        });
        index.collect()
    }

    /// For each voter and each number of others, the number of coalitions with that many others in which they are
    /// critical.
    ///
    /// Walks the coalitions in the order of the Gray code, where each differs from the last by one voter.
    fn critical_by_size(&self) -> Vec<Vec<u32>> {
        let Reduced { quota, votes, .. } = &self.reduced;
        let mut counts = vec![vec![0_u32; votes.len()]; votes.len()];
        let mut members = 0_u32;
        let mut sum = 0_u128;
        for step in 1..1_u32 << votes.len() {
            let changed = step.trailing_zeros();
            members ^= 1 << changed;
            let change = votes.get(changed as usize).copied().map_or(0, u128::from);
            if members & (1 << changed) == 0 {
                sum -= change;
            } else {
                sum += change;
            }
            if sum < *quota {
                continue;
            }
            let others = members.count_ones() as usize - 1;
            for (voter, (&own, sizes)) in votes.iter().zip(&mut counts).enumerate() {
                let turns = members & (1 << voter) != 0 && sum - u128::from(own) < *quota;
                if turns && let Some(count) = sizes.get_mut(others) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// For each voter, the number of coalitions of the others that fall short of the quota by no more than the
    /// voter's own votes.
    fn critical_from_polynomials<T: Copy + From<u8> + AddAssign>(&self) -> Vec<T> {
        let one = T::from(1);
        let swings = self.swings(one, |cells, votes| {
            // From the top down, so that no cell is read after it was written.
            for weight in (votes..cells.len()).rev() {
                if let Some(&with) = cells.get(weight - votes)
                    && let Some(cell) = cells.get_mut(weight)
                {
                    *cell += with;
                }
            }
        });
        self.reduced.votes.iter().map(|votes| swings.get(votes).copied().unwrap_or(T::from(0))).collect()
    }

    fn shapley_shubik_by_integral(&self) -> Vec<Share> {
        let voters = self.votes.len();
        let mut index: BTreeMap<u64, f64> = BTreeMap::new();
        for (joins, weight) in gauss_legendre(voters.div_ceil(2)) {
            let stays_out = 1.0 - joins;
            let swings = self.swings(1.0, |cells, votes| {
                for weight in (0..cells.len()).rev() {
                    let with = weight.checked_sub(votes).and_then(|rest| cells.get(rest)).copied();
                    if let Some(cell) = cells.get_mut(weight) {
                        *cell = *cell * stays_out + with.unwrap_or(0.0) * joins;
                    }
                }
            });
            for (votes, probability) in swings {
                *index.entry(votes).or_default() += weight * probability;
            }
        }
        let index: Vec<f64> =
            self.reduced.votes.iter().map(|votes| index.get(votes).copied().unwrap_or(0.0)).collect();
        normalised(&index)
    }

    /// For each number of votes that someone holds, the sum over w in quota − votes .. quota of what the others
    /// weigh at w. `join` multiplies the polynomial by the factor of one voter.
    ///
    /// Voters with equal votes are worth the same, so one of them is left out for all.
    fn swings<T: Copy + From<u8> + AddAssign>(
        &self,
        one: T,
        join: impl Fn(&mut [T], usize),
    ) -> BTreeMap<u64, T> {
        let Reduced { quota, votes, total } = &self.reduced;
        // A voter is critical as often in the game of those who block, whose quota may be the smaller one.
        let quota = usize::try_from((*quota).min(total - quota + 1)).unwrap_or(0);
        let mut equal: BTreeMap<u64, usize> = BTreeMap::new();
        for &votes in votes {
            *equal.entry(votes).or_default() += 1;
        }
        let equal: Vec<(u64, usize)> = equal.into_iter().collect();
        let mut cells = vec![T::from(0); quota];
        if let Some(nobody) = cells.first_mut() {
            *nobody = one;
        }
        let mut swings = BTreeMap::new();
        leave_one_out(&equal, cells, &join, &mut |votes, cells| {
            let from = quota.saturating_sub(usize::try_from(votes).unwrap_or(usize::MAX));
            let mut sum = T::from(0);
            for &cell in cells.get(from..).unwrap_or_default() {
                sum += cell;
            }
            swings.insert(votes, sum);
        });
        swings
    }
}

/// Calls `found` for each group of equal voters with the product over everyone but one of that group.
///
/// Halves the groups and multiplies each half's polynomial by the voters of the other half, so that a product is
/// built by multiplications alone: dividing a factor out again would subtract, and lose digits.
fn leave_one_out<T: Copy>(
    groups: &[(u64, usize)],
    mut cells: Vec<T>,
    join: &impl Fn(&mut [T], usize),
    found: &mut impl FnMut(u64, &[T]),
) {
    let join_many = |cells: &mut [T], votes: u64, times: usize| {
        for _ in 0..times {
            join(cells, usize::try_from(votes).unwrap_or(usize::MAX));
        }
    };
    match groups {
        [] => {}
        &[(votes, times)] => {
            join_many(&mut cells, votes, times - 1);
            found(votes, &cells);
        }
        _ => {
            let (left, right) = groups.split_at(groups.len() / 2);
            let mut with_right = cells.clone();
            for &(votes, times) in right {
                join_many(&mut with_right, votes, times);
            }
            leave_one_out(left, with_right, join, found);
            for &(votes, times) in left {
                join_many(&mut cells, votes, times);
            }
            leave_one_out(right, cells, join, found);
        }
    }
}

/// The points and weights of Gauss–Legendre quadrature on 0..=1.
///
/// The points are the zeros of a Legendre polynomial, found by Newton's method from the usual cosine guess, which
/// is close enough to converge in a few steps for every degree.
fn gauss_legendre(points: usize) -> Vec<(f64, f64)> {
    let degree = points as f64;
    let point = |number: usize| {
        let mut x = (std::f64::consts::PI * (number as f64 + 0.75) / (degree + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..100 {
            let (mut before, mut value) = (0.0, 1.0);
            for k in 0..points {
                let k = k as f64;
                (before, value) = (value, ((2.0 * k + 1.0) * x * value - k * before) / (k + 1.0));
            }
            slope = degree * (x * value - before) / (x * x - 1.0);
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        (0.5 * (1.0 + x), 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..points).map(point).collect()
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn normalised(amounts: &[f64]) -> Vec<Share> {
    let all: f64 = amounts.iter().sum();
    amounts.iter().map(|amount| Share::clamped(amount / all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, cases};

    fn game(quota: u64, votes: &[u64]) -> VotingGame {
        VotingGame::new(quota, votes.to_vec()).unwrap()
    }

    fn numbers(shares: Vec<Share>) -> Vec<f64> {
        shares.into_iter().map(f64::from).collect()
    }

    fn near(left: &[f64], right: &[f64], tolerance: f64) {
        assert_eq!(left.len(), right.len());
        for (l, r) in left.iter().zip(right) {
            assert!((l - r).abs() <= tolerance, "{left:?} is not {right:?}");
        }
    }

    #[test]
    fn the_published_figures_come_out() {
        let board = game(51, &[50, 49, 1]);
        near(&numbers(board.banzhaf()), &[0.6, 0.2, 0.2], 1e-15);
        near(&numbers(board.shapley_shubik()), &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0], 1e-15);

        // The council of the EEC in 1958: Luxembourg's vote never counted.
        let council = game(12, &[4, 4, 4, 2, 2, 1]);
        let (large, middle) = (5.0 / 21.0, 3.0 / 21.0);
        near(&numbers(council.banzhaf()), &[large, large, large, middle, middle, 0.0], 1e-15);
        let (large, middle) = (14.0 / 60.0, 9.0 / 60.0);
        near(&numbers(council.shapley_shubik()), &[large, large, large, middle, middle, 0.0], 1e-15);
        assert_eq!(council.critical(), Some(vec![10, 10, 10, 6, 6, 0]));
    }

    #[test]
    fn what_makes_no_game_is_refused_with_what_to_do() {
        let message = |quota, votes: Vec<u64>| VotingGame::new(quota, votes).unwrap_err().to_string();
        assert_eq!(message(1, vec![]), "nobody votes: name at least one voter");
        assert_eq!(message(0, vec![1]), "the quota is 0: at least 1 vote must be needed to carry a decision");
        assert_eq!(
            message(7, vec![1, 5]),
            "the quota is 7, but all votes together are only 6: lower the quota or add votes"
        );
        assert_eq!(
            message(600, vec![1; 1001]),
            "1001 people vote, and at most 1000 can be weighed: join those who always vote together"
        );
        let mut votes = vec![100_000; 20];
        votes.push(1);
        assert_eq!(
            message(5, votes),
            "21 people hold 2000001 votes after division by their common divisor, and at most 1000000 can be \
             weighed: round the votes, for instance to whole per cent"
        );
    }

    #[test]
    fn votes_in_any_unit_are_one_game() {
        // Of votes in tens, 51 are gathered only when 60 are.
        assert_eq!(game(51, &[30, 20, 10]).critical(), game(6, &[3, 2, 1]).critical());
        let huge = game(u64::MAX, &[u64::MAX, u64::MAX, u64::MAX]);
        assert_eq!(huge.critical(), Some(vec![1, 1, 1]));
    }

    #[test]
    fn equal_voters_hold_equal_shares() {
        for voters in (21..=60).chain([127, 128, 1000]) {
            for needed in [1, voters as u64 / 2 + 1, voters as u64] {
                let game = game(7 * needed - 3, &vec![7; voters]);
                let equal = vec![1.0 / voters as f64; voters];
                near(&numbers(game.banzhaf()), &equal, 1e-13);
                if voters <= 128 {
                    near(&numbers(game.shapley_shubik()), &equal, 1e-11);
                }
            }
        }
    }

    #[test]
    fn a_dictator_has_all_and_a_dummy_nothing() {
        for voters in [3, 25, 140] {
            let mut votes = vec![1; voters];
            votes[0] = 2 * voters as u64;
            let dictated = game(voters as u64 + 1, &votes);
            for index in [dictated.banzhaf(), dictated.shapley_shubik()] {
                assert!((index[0].get() - 1.0).abs() < 1e-12);
                assert!(index[1..].iter().all(|share| share.get() < 1e-12));
            }
            // Everyone else holds two, all are needed, and one vote more makes no difference.
            let mut votes = vec![2; voters];
            votes[0] = 1;
            let with_dummy = game(2 * (voters as u64 - 1) - 1, &votes);
            for index in [with_dummy.banzhaf(), with_dummy.shapley_shubik()] {
                assert!(index[0].get() > 0.0, "here it does make one");
            }
            let with_dummy = game(2 * (voters as u64 - 1), &votes);
            for index in [with_dummy.banzhaf(), with_dummy.shapley_shubik()] {
                assert!(index[0].get() < 1e-12);
            }
        }
    }

    #[test]
    fn the_points_of_quadrature_integrate_what_they_must() {
        for points in [1, 2, 11, 64, 500] {
            let points_and_weights = gauss_legendre(points);
            let degree = i32::try_from(2 * points - 1).unwrap();
            let integral: f64 = points_and_weights.iter().map(|(x, w)| w * x.powi(degree)).sum();
            assert!((integral - 1.0 / f64::from(degree + 1)).abs() < 1e-13, "{points}");
        }
    }

    #[test]
    fn whole_numbers_and_floating_ones_count_alike() {
        let votes: Vec<u64> = (0..100).map(|i| i % 17 + 1).collect();
        let game = game(400, &votes);
        let exact: Vec<u128> = game.critical_from_polynomials();
        let near: Vec<f64> = game.critical_from_polynomials();
        for (exact, near) in exact.into_iter().zip(near) {
            assert!((near / exact as f64 - 1.0).abs() < 1e-13);
        }
    }

    fn any_game(dice: &mut Dice) -> VotingGame {
        let mut votes = dice.list(1..13, |dice| dice.number(0..30).into());
        if votes.iter().all(|&votes| votes == 0) {
            votes[0] = 1;
        }
        let all: u64 = votes.iter().sum();
        game(u64::from(dice.number(0..u32::try_from(all).unwrap())) + 1, &votes)
    }

    fn counts_alike_both_ways(game: &VotingGame) {
        let exact: Vec<u128> = game.critical_from_polynomials();
        assert_eq!(Some(exact), game.critical());
        near(&numbers(game.shapley_shubik_by_integral()), &numbers(game.shapley_shubik()), 1e-12);
    }

    #[test]
    fn generating_functions_find_what_looking_at_every_coalition_finds() {
        cases(96, |dice| counts_alike_both_ways(&any_game(dice)));
    }

    #[test]
    fn shares_sum_to_one_and_grow_with_the_votes() {
        cases(96, |dice| {
            let game = any_game(dice);
            for index in [game.banzhaf(), game.shapley_shubik()] {
                let sum: f64 = index.iter().map(|share| share.get()).sum();
                assert!((sum - 1.0).abs() < 1e-12);
                for (votes, share) in game.votes().iter().zip(&index) {
                    for (more, larger) in game.votes().iter().zip(&index) {
                        assert!(votes > more || share.get() <= larger.get() + 1e-12);
                        assert!(*votes > 0 || share.get() < 1e-12);
                    }
                }
            }
        });
    }

    #[test]
    fn twenty_voters_are_counted_alike_both_ways() {
        cases(4, |dice| {
            let votes = dice.list(20..21, |dice| dice.number(1..60).into());
            counts_alike_both_ways(&game(votes.iter().sum::<u64>() / 2 + 1, &votes));
        });
    }
}
