//! Which half-life, weights and prior make the history most likely?
//!
//! A bounded search: for each half-life of a fixed list, one figure after the other is set to the best of a fixed
//! list of multiples of its previous value, until nothing moves or the rounds are over. Departing from the given
//! value has a price, so figures the outcomes barely inform keep their values.
#![allow(
    clippy::indexing_slicing,
    reason = "sums have one entry a kind and outcome, and knobs are their own list"
)]

use super::outcomes::Outcome;
use super::score::{Forecast, loss};
use super::sums::History;
use crate::evidence::{EvidenceKind, HalfLife};
use crate::settings::EvidenceSettings;
use crate::share::{Days, Share, Weight};

/// Half-lives that are tried, in days, besides the given one.
const HALF_LIVES: [u32; 9] = [7, 14, 30, 60, 90, 180, 365, 730, 1460];
/// Multiples of a weight that are tried.
const FACTORS: [f64; 9] = [0.0, 0.125, 0.25, 0.5, 0.707, 1.0, 1.414, 2.0, 4.0];
/// Base rates that are tried, in twentieths.
const BASE_RATES: std::ops::Range<u16> = 1..20;
/// Rounds over all figures for one half-life.
const ROUNDS: usize = 4;
/// What doubling or halving a figure costs, in nats of all outcomes together.
const PRICE: f64 = 0.5;
/// For the price, a factor of 0 counts as this one.
const NEXT_TO_NOTHING: f64 = 0.0625;

/// A weight of the settings that kinds of evidence read.
type Knob = fn(&mut EvidenceSettings) -> &mut Weight;

/// Every weight that can be learned, by name. The prior's weight represents the scale of all others.
pub(super) const KNOBS: [(&str, Knob); 15] = [
    ("message_started", |it| &mut it.message_started),
    ("reply", |it| &mut it.reply),
    ("meeting_accepted", |it| &mut it.meeting_accepted),
    ("introduction_made", |it| &mut it.introduction_made),
    ("told_us_of_rival", |it| &mut it.told_us_of_rival),
    ("order", |it| &mut it.order),
    ("promise_kept", |it| &mut it.promise_kept),
    ("concern_answered", |it| &mut it.concern_answered),
    ("message_unanswered", |it| &mut it.message_unanswered),
    ("meeting_declined", |it| &mut it.meeting_declined),
    ("promise_broken", |it| &mut it.promise_broken),
    ("concern_left_open", |it| &mut it.concern_left_open),
    ("reporting_line", |it| &mut it.reporting_line),
    ("together", |it| &mut it.together),
    ("prior_weight", |it| &mut it.prior_weight),
];

/// A new setting is either learned or named here as one that is not.
const _: fn(EvidenceSettings) = |settings| {
    let EvidenceSettings {
        // Learned by themselves.
        half_life_days: _,
        base_rate: _,
        // Learned as knobs.
        message_started: _,
        reply: _,
        meeting_accepted: _,
        introduction_made: _,
        told_us_of_rival: _,
        order: _,
        promise_kept: _,
        concern_answered: _,
        message_unanswered: _,
        meeting_declined: _,
        promise_broken: _,
        concern_left_open: _,
        reporting_line: _,
        together: _,
        prior_weight: _,
        // What is stated is not an outcome, and these define what counts as one.
        rating_ceiling: _,
        conflict: _,
        reply_within_days: _,
        audience_from: _,
        harvest_silence: _,
        meeting_full_to: _,
        together_up_to: _,
    } = settings;
};

/// The settings of greatest likelihood.
pub(super) fn fit(history: &History, outcomes: &[Outcome], given: &EvidenceSettings) -> EvidenceSettings {
    let knobs = knobs(history, given);
    let mut half_lives: Vec<u32> = HALF_LIVES.into_iter().chain([given.half_life_days.get()]).collect();
    half_lives.sort_unstable();
    half_lives.dedup();
    let mut best: Option<(f64, EvidenceSettings)> = None;
    for days in half_lives.into_iter().filter_map(|days| Days::new(days).ok()) {
        let sums = history.sums(HalfLife::from(days));
        let start = EvidenceSettings { half_life_days: days, ..given.clone() };
        let (cost, settings) = Descent { history, outcomes, sums: &sums, given, knobs: &knobs }.from(start);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, settings));
        }
    }
    best.map_or_else(|| given.clone(), |(_, settings)| at_the_old_prior(settings, given, &knobs))
}

/// The same forecasts with the given prior weight: only the ratio of weights to it matters, and other settings,
/// such as the weight of a conflict, are relative to it.
fn at_the_old_prior(
    mut settings: EvidenceSettings,
    given: &EvidenceSettings,
    knobs: &[Knob],
) -> EvidenceSettings {
    let scale = given.prior_weight.get() / settings.prior_weight.get();
    if scale.is_finite() {
        for knob in knobs {
            let weight = knob(&mut settings);
            *weight = Weight::new(weight.get() * scale).unwrap_or(*weight);
        }
    }
    settings.prior_weight = given.prior_weight;
    settings
}

/// The weights that some kind of evidence in the history reads, and the prior's.
fn knobs(history: &History, given: &EvidenceSettings) -> Vec<Knob> {
    let moves = |knob: Knob| {
        let mut moved = given.clone();
        *knob(&mut moved) = Weight::new(knob(&mut given.clone()).get() + 1.0).unwrap_or_default();
        let read = |kind: &EvidenceKind| (kind.weight(&moved) - kind.weight(given)).abs() > 0.0;
        history.kinds.iter().any(read) || moved.prior_weight != given.prior_weight
    };
    KNOBS.into_iter().map(|(_, knob)| knob).filter(|&knob| moves(knob)).collect()
}

/// One figure after the other, for one half-life.
struct Descent<'a> {
    history: &'a History,
    outcomes: &'a [Outcome],
    sums: &'a [f64],
    given: &'a EvidenceSettings,
    knobs: &'a [Knob],
}

impl Descent<'_> {
    fn from(&self, start: EvidenceSettings) -> (f64, EvidenceSettings) {
        let mut least = self.cost(&start);
        let mut now = start;
        for _ in 0..ROUNDS {
            let before = least;
            for &knob in self.knobs {
                let given = knob(&mut self.given.clone()).get();
                for factor in FACTORS {
                    let mut next = now.clone();
                    *knob(&mut next) = Weight::new(given * factor).unwrap_or_default();
                    self.keep_better(next, &mut now, &mut least);
                }
            }
            for twentieths in BASE_RATES {
                let next = EvidenceSettings { base_rate: Share::thousandths(50 * twentieths), ..now.clone() };
                self.keep_better(next, &mut now, &mut least);
            }
            if before - least < 1e-9 {
                break;
            }
        }
        (least, now)
    }

    fn keep_better(&self, next: EvidenceSettings, now: &mut EvidenceSettings, least: &mut f64) {
        // A prior of zero weight leaves people who never met undefined.
        if next == *now || next.prior_weight.get() <= 0.0 {
            return;
        }
        let cost = self.cost(&next);
        if cost < *least {
            (*least, *now) = (cost, next);
        }
    }

    /// −ln of the likelihood, and the price of departing from the given settings.
    fn cost(&self, settings: &EvidenceSettings) -> f64 {
        let chances = forecasts(self.history, self.sums, settings);
        let forecasts = chances.zip(self.outcomes).map(|(chance, outcome)| (chance, outcome.happened));
        let unlikely: f64 = forecasts.map(|forecasts: Forecast| loss(forecasts)).sum();
        let apart = |a: f64, b: f64| (a.max(NEXT_TO_NOTHING * b) / b).log2().powi(2);
        let weights = self.knobs.iter().map(|knob| {
            let (now, given) = (knob(&mut settings.clone()).get(), knob(&mut self.given.clone()).get());
            if given > 0.0 { apart(now, given) } else { 0.0 }
        });
        let days = f64::from(settings.half_life_days.get()) / f64::from(self.given.half_life_days.get());
        let base = (settings.base_rate.get() - self.given.base_rate.get()) * 4.0;
        unlikely + PRICE * (weights.sum::<f64>() + days.log2().powi(2) + base * base)
    }
}

/// The expected trust of every outcome's pair on its day: (r + a·W) / (r + s + W).
pub(super) fn forecasts(
    history: &History,
    sums: &[f64],
    settings: &EvidenceSettings,
) -> impl Iterator<Item = f64> {
    let prior = settings.prior_weight.get();
    let first = settings.base_rate.get() * prior;
    let weights: Vec<(f64, f64)> = history
        .kinds
        .iter()
        .map(|kind| (kind.weight(settings), if kind.is_against() { 0.0 } else { kind.weight(settings) }))
        .collect();
    let rows = history.pair_of.len();
    let kinds = weights.len();
    (0..rows).map(move |row| {
        let (mut all, mut supporting) = (prior, first);
        for (amount, (weight, supports)) in sums[row * kinds..(row + 1) * kinds].iter().zip(&weights) {
            all += weight * amount;
            supporting += supports * amount;
        }
        if all > 0.0 { supporting / all } else { 0.5 }
    })
}
