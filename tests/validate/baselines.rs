//! Simple baselines for comparison with our figures, written from their definitions.

use std::collections::BTreeMap;

use crate::data::Rating;

/// The ratings of a data set, indexed by both ends.
pub(crate) struct Ratings {
    pub(crate) mean: f64,
    given: BTreeMap<u32, BTreeMap<u32, f64>>,
    received: BTreeMap<u32, BTreeMap<u32, f64>>,
}

impl Ratings {
    pub(crate) fn of(ratings: &[Rating]) -> Self {
        let mut of = Self { mean: 0.0, given: BTreeMap::new(), received: BTreeMap::new() };
        for rating in ratings.iter().filter(|it| it.from != it.to) {
            of.given.entry(rating.from).or_default().insert(rating.to, rating.value);
            of.received.entry(rating.to).or_default().insert(rating.from, rating.value);
        }
        let values = || of.given.values().flat_map(BTreeMap::values);
        of.mean = values().sum::<f64>() / values().count().max(1) as f64;
        of
    }

    /// The average rating a person received; the overall mean where there is none.
    pub(crate) fn in_mean(&self, to: u32, without: u32) -> f64 {
        self.weighted(to, without, |_| 1.0).unwrap_or(self.mean)
    }

    /// The ratings a person received from people the asker rated, each weighted by the asker's rating (Massa and
    /// Avesani, 2007, one step beyond direct trust); the in-mean where there is none.
    pub(crate) fn mole_trust(&self, from: u32, to: u32) -> f64 {
        let mine = self.given.get(&from);
        let trust = |rater: &u32| mine.and_then(|mine| mine.get(rater)).copied().unwrap_or(0.0);
        self.weighted(to, from, trust).unwrap_or_else(|| self.in_mean(to, from))
    }

    fn weighted(&self, to: u32, without: u32, weight: impl Fn(&u32) -> f64) -> Option<f64> {
        let (mut sum, mut total) = (0.0, 0.0);
        for (rater, value) in self.received.get(&to)?.iter().filter(|&(&rater, _)| rater != without) {
            sum += weight(rater) * value;
            total += weight(rater);
        }
        (total > 0.0).then(|| sum / total)
    }

    /// Fairness and goodness (Kumar and others, 2016) of ratings in -1..=1; a forecast is their product.
    pub(crate) fn fairness_goodness(&self) -> impl Fn(u32, u32) -> f64 + use<> {
        let mut fairness: BTreeMap<u32, f64> = self.given.keys().map(|&who| (who, 1.0)).collect();
        let mut goodness: BTreeMap<u32, f64> = BTreeMap::new();
        for _ in 0..100 {
            for (&to, got) in &self.received {
                let sum: f64 =
                    got.iter().map(|(from, value)| fairness.get(from).unwrap_or(&1.0) * value).sum();
                goodness.insert(to, sum / got.len() as f64);
            }
            for (&from, gave) in &self.given {
                let off: f64 =
                    gave.iter().map(|(to, value)| (value - goodness.get(to).unwrap_or(&0.0)).abs()).sum();
                fairness.insert(from, 1.0 - off / (2.0 * gave.len() as f64));
            }
        }
        move |from, to| fairness.get(&from).unwrap_or(&1.0) * goodness.get(&to).unwrap_or(&0.0)
    }
}

/// `PageRank` with damping 0.85 along weighted arcs; a node without outgoing arcs leads to every node.
pub(crate) fn page_rank(people: usize, arcs: &[(usize, usize, f64)]) -> Vec<f64> {
    let mut out = vec![0.0; people];
    for &(from, _, weight) in arcs {
        out[from] += weight;
    }
    let mut rank = vec![1.0 / people as f64; people];
    for _ in 0..200 {
        let idle: f64 = rank.iter().zip(&out).filter(|(_, out)| **out <= 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(0.15 + 0.85 * idle) / people as f64; people];
        for &(from, to, weight) in arcs {
            next[to] += 0.85 * rank[from] * weight / out[from];
        }
        rank = next;
    }
    rank
}

/// The outcomes of the mails from one account to another, as plain counts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    answered: f64,
    silent: f64,
    faded_answered: f64,
    faded_silent: f64,
    day: i32,
}

impl Tally {
    const HALF_LIFE: f64 = 90.0;

    fn kept(&self, day: i32) -> f64 {
        (-f64::from(day - self.day) / Self::HALF_LIFE).exp2()
    }

    pub(crate) fn add(&mut self, answered: bool, day: i32) {
        let kept = self.kept(day);
        self.faded_answered *= kept;
        self.faded_silent *= kept;
        self.day = day;
        let (all, faded) = if answered {
            (&mut self.answered, &mut self.faded_answered)
        } else {
            (&mut self.silent, &mut self.faded_silent)
        };
        *all += 1.0;
        *faded += 1.0;
    }

    /// The plain rate so far.
    pub(crate) fn rate(&self) -> f64 {
        let all = self.answered + self.silent;
        if all > 0.0 { self.answered / all } else { 0.5 }
    }

    /// (r + 1) / (r + s + 2) with a half-life of 90 days.
    pub(crate) fn decayed_beta(&self, day: i32) -> f64 {
        let kept = self.kept(day);
        (self.faded_answered * kept + 1.0) / ((self.faded_answered + self.faded_silent) * kept + 2.0)
    }
}
