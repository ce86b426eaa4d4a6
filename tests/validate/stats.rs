//! How good a forecast is, and with what confidence: AUC, Brier score, calibration error, and a bootstrap
//! interval.

/// A forecast with its outcome.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    /// The forecast: a probability, or a figure to rank by.
    pub(crate) forecast: f64,
    /// The outcome: 1 or 0, or a figure.
    pub(crate) outcome: f64,
    /// The cluster, such as all mails of a pair: resampled together, since its cases are not independent.
    pub(crate) cluster: u32,
}

/// A figure with its 95% interval.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Figure {
    /// A figure counted in full, without sampling error.
    pub(crate) fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }
}

/// A measure of cases in the order of their forecasts, each with its multiplicity.
pub(crate) type Measure = fn(&[Case], &[f64]) -> f64;

/// The chance that a case that happened was ranked above one that did not; ties count half.
pub(crate) fn auc(cases: &[Case], counts: &[f64]) -> f64 {
    let (mut below, mut won, mut happened) = (0.0, 0.0, 0.0);
    let mut at = 0;
    while at < cases.len() {
        let (mut yes, mut no) = (0.0, 0.0);
        let forecast = cases[at].forecast.to_bits();
        while at < cases.len() && cases[at].forecast.to_bits() == forecast {
            *if cases[at].outcome > 0.5 { &mut yes } else { &mut no } += counts[at];
            at += 1;
        }
        won += yes * (below + no / 2.0);
        below += no;
        happened += yes;
    }
    won / (below * happened)
}

/// Mean squared distance between probability and outcome.
pub(crate) fn brier(cases: &[Case], counts: &[f64]) -> f64 {
    mean(cases, counts, |case| (case.forecast - case.outcome).powi(2))
}

/// Root of [`brier`], for figures.
pub(crate) fn rmse(cases: &[Case], counts: &[f64]) -> f64 {
    brier(cases, counts).sqrt()
}

/// Mean distance.
pub(crate) fn mae(cases: &[Case], counts: &[f64]) -> f64 {
    mean(cases, counts, |case| (case.forecast - case.outcome).abs())
}

/// The share of forecasts equal to the outcome.
pub(crate) fn exact(cases: &[Case], counts: &[f64]) -> f64 {
    mean(cases, counts, |case| f64::from(u8::from((case.forecast - case.outcome).abs() < 1e-9)))
}

/// Projected calibration error over ten bins of equal width.
pub(crate) fn ece(cases: &[Case], counts: &[f64]) -> f64 {
    let mut off = [0.0; 10];
    for (case, count) in cases.iter().zip(counts) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is in 0..=1")]
        let bin = ((case.forecast * 10.0) as usize).min(9);
        off[bin] += count * (case.forecast - case.outcome);
    }
    off.iter().map(|off| off.abs()).sum::<f64>() / counts.iter().sum::<f64>()
}

fn mean(cases: &[Case], counts: &[f64], of: impl Fn(&Case) -> f64) -> f64 {
    let sum: f64 = cases.iter().zip(counts).map(|(case, count)| count * of(case)).sum();
    sum / counts.iter().sum::<f64>()
}

/// A measure of cases, without an interval.
pub(crate) fn plain(cases: &[Case], measure: Measure) -> f64 {
    let cases = sorted(cases);
    measure(&cases, &vec![1.0; cases.len()])
}

/// A measure of cases with its 95% interval: clusters resampled 200 times, always with the same draws.
pub(crate) fn with_interval(cases: &[Case], measure: Measure) -> Figure {
    interval(plain(cases, measure), draws(cases, measure))
}

/// By how much a measure of cases exceeds that of others of the same clusters, with its 95% interval.
pub(crate) fn difference(cases: &[Case], others: &[Case], measure: Measure) -> Figure {
    let draws = draws(cases, measure).into_iter().zip(draws(others, measure)).map(|(a, b)| a - b);
    interval(plain(cases, measure) - plain(others, measure), draws.collect())
}

fn interval(value: f64, mut draws: Vec<f64>) -> Figure {
    draws.retain(|value| !value.is_nan());
    draws.sort_by(f64::total_cmp);
    let at = |part: usize| draws.get(draws.len() * part / 1000).copied().unwrap_or(f64::NAN);
    Figure { value, low: at(25), high: at(975) }
}

fn draws(cases: &[Case], measure: Measure) -> Vec<f64> {
    const DRAWS: usize = 200;
    let cases = sorted(cases);
    let clusters = cases.iter().map(|case| case.cluster as usize + 1).max().unwrap_or(0);
    let mut taken = vec![false; clusters];
    for case in &cases {
        taken[case.cluster as usize] = true;
    }
    let present: Vec<usize> = (0..clusters).filter(|&it| taken[it]).collect();
    let mut random = Random(0x5EED);
    let mut drawn = vec![0.0; clusters];
    let one = |_| {
        drawn.fill(0.0);
        for _ in 0..present.len() {
            drawn[present[random.below(present.len())]] += 1.0;
        }
        let counts: Vec<f64> = cases.iter().map(|case| drawn[case.cluster as usize]).collect();
        measure(&cases, &counts)
    };
    (0..DRAWS).map(one).collect()
}

fn sorted(cases: &[Case]) -> Vec<Case> {
    let mut cases = cases.to_vec();
    cases.sort_by(|a, b| a.forecast.total_cmp(&b.forecast));
    cases
}

/// `SplitMix64`: the same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A random number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or(0)
    }

    /// `count` items in their order, without repetition.
    pub(crate) fn sample<T: Copy>(&mut self, of: &[T], count: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..of.len()).collect();
        for at in 0..count.min(places.len()) {
            let other = at + self.below(places.len() - at);
            places.swap(at, other);
        }
        places.truncate(count);
        places.sort_unstable();
        places.into_iter().map(|at| of[at]).collect()
    }
}
