//! Does what was forecast at .6 happen six times in ten?

use std::fmt::Write;

use serde::{Deserialize, Serialize};

/// Forecast chances, and how often the forecasts came true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reliability {
    /// Bins of equal width over 0..=1, in order; those without a forecast are left out.
    pub bins: Vec<Bin>,
    /// How many forecasts there are.
    pub forecasts: u32,
    /// Expected calibration error, 0..=1: how far chance and rate are apart in a bin, on average over forecasts.
    pub error: f64,
}

/// Forecasts of about the same chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Bin {
    /// The lower edge of the bin.
    pub from: f64,
    /// The lower edge of the next bin; the last includes 1.
    pub to: f64,
    /// The number of forecasts.
    pub forecasts: u32,
    /// Mean of the forecast chances.
    pub projected: f64,
    /// How often it came true, 0..=1.
    pub happened: f64,
    /// The lower end of the rate's 95% interval (Wilson, 1927).
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Reliability {
    /// Sorts forecasts into bins; a forecast is a chance in 0..=1 and whether it came true. Chances outside are
    /// clamped, NaN is left out; zero bins count as one, and more than 1000 as 1000.
    ///
    /// ```
    /// use stakeholder_graph::calibrate::Reliability;
    ///
    /// let curve = Reliability::of([(0.6, true), (0.6, true), (0.6, false)], 10);
    /// assert!((curve.bins[0].happened - 2.0 / 3.0).abs() < 1e-12);
    /// ```
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a chance in 0..=1 times at most a thousand bins"
    )]
    pub fn of(forecasts: impl IntoIterator<Item = (f64, bool)>, bins: u32) -> Self {
        let bins = bins.clamp(1, 1000);
        let mut sums = vec![(0_u32, 0.0, 0_u32); bins as usize];
        for (chance, happened) in forecasts {
            let chance = chance.clamp(0.0, 1.0);
            let at = ((chance * f64::from(bins)) as usize).min(bins as usize - 1);
            if let Some((count, sum, true_ones)) = sums.get_mut(at).filter(|_| !chance.is_nan()) {
                *count = count.saturating_add(1);
                *sum += chance;
                *true_ones += u32::from(happened);
            }
        }
        let all: f64 = sums.iter().map(|&(count, ..)| f64::from(count)).sum();
        let mut error = 0.0;
        let mut found = Vec::new();
        for (at, (count, sum, happened)) in (0..bins).zip(sums).filter(|(_, (count, ..))| *count > 0) {
            let (n, rate) = (f64::from(count), f64::from(happened) / f64::from(count));
            error += (sum - f64::from(happened)).abs() / all;
            let (low, high) = wilson(rate, n);
            found.push(Bin {
                from: f64::from(at) / f64::from(bins),
                to: f64::from(at + 1) / f64::from(bins),
                forecasts: count,
                projected: sum / n,
                happened: rate,
                low,
                high,
            });
        }
        let forecasts = found.iter().fold(0_u32, |sum, bin| sum.saturating_add(bin.forecasts));
        Self { bins: found, forecasts, error }
    }

    /// The curve as a drawing: chances from left to right, rates upwards, the diagonal where both agree, and each
    /// bin as a dot with its interval. Its only text is numbers.
    pub fn to_svg(&self) -> String {
        /// The side of the square in which 0..=1 is drawn, and the margin around it.
        const SIDE: f64 = 320.0;
        const MARGIN: f64 = 40.0;
        let x = |share: f64| MARGIN + share * SIDE;
        let y = |share: f64| MARGIN + (1.0 - share) * SIDE;
        let whole = SIDE + 2.0 * MARGIN;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" font-family=\"sans-serif\" \
             font-size=\"11\">\n<rect x=\"{MARGIN}\" y=\"{MARGIN}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" \
             stroke=\"#888\"/>\n<path d=\"M{} {}L{} {}\" stroke=\"#888\" stroke-dasharray=\"4\"/>\n",
            x(0.0),
            y(0.0),
            x(1.0),
            y(1.0),
        );
        // Writing to a string cannot fail.
        for tick in [0.0, 0.5, 1.0] {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{tick}</text>",
                x(tick),
                y(0.0) + 16.0
            );
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{tick}</text>",
                x(0.0) - 6.0,
                y(tick) + 4.0
            );
        }
        let (middle, left) = (x(0.5), x(0.0) - 26.0);
        let _ = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">chance given</text>",
            y(0.0) + 32.0
        );
        let _ = writeln!(
            svg,
            "<text x=\"{left}\" y=\"{}\" text-anchor=\"middle\" transform=\"rotate(-90 {left} {0})\">came true</text>",
            y(0.5)
        );
        for bin in &self.bins {
            let (at, rate, low, high) = (x(bin.projected), y(bin.happened), y(bin.low), y(bin.high));
            let _ = writeln!(svg, "<path d=\"M{at:.1} {low:.1}V{high:.1}\" stroke=\"#1f6feb\"/>");
            let _ = writeln!(
                svg,
                "<circle cx=\"{at:.1}\" cy=\"{rate:.1}\" r=\"4\" fill=\"#1f6feb\"><title>{:.2} given {} times, {:.2} came \
                 true</title></circle>",
                bin.projected, bin.forecasts, bin.happened
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The 95% interval of a rate observed in n trials (Wilson, 1927).
fn wilson(rate: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    let scale = 1.0 + Z * Z / n;
    let centre = (rate + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
