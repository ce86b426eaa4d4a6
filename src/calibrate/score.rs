//! How good forecasts are, and how certain a gain is.
#![allow(clippy::cast_precision_loss, reason = "outcomes are counted in millions at most")]

use serde::{Deserialize, Serialize};

/// A forecast, and whether it came true.
pub(super) type Forecast = (f64, bool);

/// How good forecasts of outcomes are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Score {
    /// Mean of −ln of the chance given to the actual outcome, in nats; 0 is perfect, ln 2 is a coin.
    pub log_loss: f64,
    /// Mean squared distance of chance and outcome, 0..=1; 0 is perfect, 0.25 is a coin.
    pub brier: f64,
    /// The probability that an outcome that happened was given a higher chance than one that did not, 0..=1; 0.5
    /// is a coin. None where all outcomes are of one kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auc: Option<f64>,
    /// Expected calibration error over ten bins, 0..=1; 0 is perfect.
    pub ece: f64,
}

/// How much better a forecast is, with the 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gain {
    /// Nats an outcome; less than 0 is worse.
    pub nats: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// −ln of the chance given to the actual outcome; bounded by that of one in a million.
pub(super) fn loss((chance, happened): Forecast) -> f64 {
    -(if happened { chance } else { 1.0 - chance }).max(1e-6).ln()
}

impl Score {
    pub(super) fn of(forecasts: &[Forecast]) -> Self {
        let n = (forecasts.len() as f64).max(1.0);
        let brier = |&(chance, happened): &Forecast| (chance - f64::from(u8::from(happened))).powi(2);
        Self {
            log_loss: forecasts.iter().map(|&it| loss(it)).sum::<f64>() / n,
            brier: forecasts.iter().map(brier).sum::<f64>() / n,
            auc: auc(forecasts),
            ece: super::reliability::Reliability::of(forecasts.iter().copied(), 10).error,
        }
    }
}

/// By ranks; ties count half.
fn auc(forecasts: &[Forecast]) -> Option<f64> {
    let mut forecasts = forecasts.to_vec();
    forecasts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won, mut happened) = (0.0, 0.0, 0.0);
    for same in forecasts.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let yes = same.iter().filter(|(_, happened)| *happened).count() as f64;
        let no = same.len() as f64 - yes;
        won += yes * (below + no / 2.0);
        below += no;
        happened += yes;
    }
    (below > 0.0 && happened > 0.0).then(|| won / (below * happened))
}

impl Gain {
    /// The gain of one set of forecasts over another for the same outcomes. Outcomes of one pair are drawn
    /// together, since they are correlated. Always the same 500 draws.
    #[allow(clippy::indexing_slicing, reason = "there is one entry a pair")]
    pub(super) fn of(before: &[Forecast], after: &[Forecast], pair_of: &[u32]) -> Self {
        const DRAWS: usize = 500;
        let pairs = pair_of.iter().map(|&pair| pair as usize + 1).max().unwrap_or(0);
        let mut sums = vec![(0.0, 0.0); pairs];
        for ((&before, &after), &pair) in before.iter().zip(after).zip(pair_of) {
            let (sum, count) = &mut sums[pair as usize];
            *sum += loss(before) - loss(after);
            *count += 1.0;
        }
        sums.retain(|&(_, count)| count > 0.0);
        let mean = |sum: f64, count: f64| if count > 0.0 { sum / count } else { 0.0 };
        let add = |(a, b): (f64, f64), (c, d): (f64, f64)| (a + c, b + d);
        let (sum, count) = sums.iter().copied().fold((0.0, 0.0), add);
        let mut random = Random(0x5EED);
        let mut drawn: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let draw = (0..sums.len()).map(|_| sums[random.below(sums.len())]);
                let (sum, count) = draw.fold((0.0, 0.0), add);
                mean(sum, count)
            })
            .collect();
        drawn.sort_by(f64::total_cmp);
        let at = |thousandths: usize| drawn.get(DRAWS * thousandths / 1000).copied().unwrap_or(0.0);
        Self { nats: mean(sum, count), low: at(25), high: at(975) }
    }
}

/// `SplitMix64` (Steele and others, 2014): the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % (bound.max(1) as u64)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let forecasts = [(0.9, true), (0.6, false), (0.4, true), (0.2, false)];
        let score = Score::of(&forecasts);
        assert!((score.brier - (0.01 + 0.36 + 0.36 + 0.04) / 4.0).abs() < 1e-12);
        assert!((score.log_loss + (0.9_f64.ln() + 0.4_f64.ln() * 2.0 + 0.8_f64.ln()) / 4.0).abs() < 1e-12);
        assert_eq!(score.auc, Some(0.75), "three of the four pairs are in order");
        assert!((score.ece - (0.1 + 0.6 + 0.6 + 0.2) / 4.0).abs() < 1e-12);
        assert_eq!(Score::of(&[(0.5, true)]).auc, None);
    }

    #[test]
    fn a_gain_is_the_mean_difference_and_lies_in_its_interval() {
        let before = [(0.5, true); 40];
        let after: Vec<Forecast> = (0..40).map(|at| (if at % 2 == 0 { 0.8 } else { 0.6 }, true)).collect();
        let pairs: Vec<u32> = (0..40).collect();
        let gain = Gain::of(&before, &after, &pairs);
        assert!((gain.nats - 1.92_f64.ln() / 2.0).abs() < 1e-12);
        assert!(0.0 < gain.low && gain.low < gain.nats && gain.nats < gain.high);
        assert_eq!(gain, Gain::of(&before, &after, &pairs));
    }
}
