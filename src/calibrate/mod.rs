//! Do the forecasts come true, and which settings make them more accurate?
//!
//! An expected trust of .6 should mean that a request succeeds six times in ten. The user's own history shows
//! whether it does: messages that were or were not answered, meetings that were or were not accepted,
//! introductions that did or did not work.
//!
//! [`Network::calibrate`] learns half-life, weights and prior on the earlier part of the history by likelihood,
//! and measures the gain over the given settings on the later part, which the search never saw. It returns the
//! fitted settings only where the gain is certain, and refuses where there is too little history.
//! [`Network::introduction_record`] compares the outcomes of introductions with the strength that their paths had.
//! [`Reliability`] is the curve of forecast chances and observed rates, as data and as a drawing.
//!
//! ```no_run
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let network = Network::build(Records::new())?;
//! let calibration = network.calibrate(&Settings::default())?;
//! println!("{calibration}");
//! let view = network.view("2026-03-02".parse()?, &calibration.settings);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod introductions;
mod outcomes;
mod reliability;
mod score;
mod search;
mod sums;

pub use introductions::{Asked, IntroductionRecord, Measured};
pub use reliability::{Bin, Reliability};
pub use score::{Gain, Score};

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::HalfLife;
use crate::network::Network;
use crate::settings::{EvidenceSettings, Fitted, Settings};
use crate::share::Share;

use outcomes::Outcome;
use score::Forecast;
use sums::History;

/// How the history is divided, and how much of it is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CalibrationOptions {
    /// The later part of the outcomes, on which the gain is measured. Default 0.3.
    pub held_out: Share,
    /// Outcomes of the first days are left out: little is known of most people then, and unanswered messages least
    /// of all, since they take time to show. Default 60.
    pub warm_up_days: u32,
    /// Fewer outcomes than this, before or after the split, are too few. Default 200.
    pub least: NonZeroU32,
    /// Fewer than this of what happened, or of what did not, before or after the split, are too few. Default 20.
    pub least_of_each: NonZeroU32,
    /// Of more outcomes than this the latest are taken, which bounds the search. Default 200,000.
    pub most: NonZeroU32,
}

impl Default for CalibrationOptions {
    fn default() -> Self {
        let count = |count| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Self {
            held_out: Share::thousandths(300),
            warm_up_days: 60,
            least: count(200),
            least_of_each: count(20),
            most: count(200_000),
        }
    }
}

/// Settings learned from a history, and how much better they forecast what followed it.
///
/// Displays in a few lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Calibration {
    /// The settings to use: the fitted ones, [marked as such](Settings::fitted), where they are certainly better
    /// on the held-out outcomes; else the given ones.
    pub settings: Settings,
    /// Whether the fitted settings are certainly better: the interval of the gain lies above 0.
    pub adopted: bool,
    /// The fitted settings, whether adopted or not.
    pub fitted: EvidenceSettings,
    /// The outcomes they were fitted on.
    pub fitted_on: Fitted,
    /// The outcomes they were measured on: those that followed.
    pub held_out: Fitted,
    /// Each figure that differs from the given settings.
    pub changes: Vec<Change>,
    /// The score of the given settings on the held-out outcomes.
    pub before: Score,
    /// The score of the fitted settings on them.
    pub after: Score,
    /// The gain of the fitted settings on them.
    pub gain: Gain,
    /// Forecast chances and observed rates there, with the given settings.
    pub reliability_before: Reliability,
    /// The same with the fitted settings.
    pub reliability: Reliability,
}

/// A figure of [`EvidenceSettings`] that was learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Change {
    /// The field's name.
    pub name: String,
    /// The given value.
    pub from: f64,
    /// The learned value.
    pub to: f64,
}

impl Network {
    /// Learns evidence settings from the history, starting from the given ones, with the default
    /// [options](CalibrationOptions).
    ///
    /// # Errors
    /// [`Error::TooLittleHistory`], with the amount there is and the amount needed.
    pub fn calibrate(&self, settings: &Settings) -> Result<Calibration, Error> {
        self.calibrate_with(settings, &CalibrationOptions::default())
    }

    /// Learns evidence settings from the history.
    ///
    /// An outcome is forecast by the expected trust of the tie from the person asked to the person who asked, from
    /// evidence of earlier days only. People who were asked before anything was known between the two are left
    /// out: a tie cannot inform about people who never met, an [expectation](crate::expectation) can. Costs
    /// O(evidence + outcomes) for each of ten half-lives, and some hundred passes over the outcomes for each:
    /// about a second for 50,000 outcomes.
    ///
    /// # Errors
    /// [`Error::TooLittleHistory`], with the amount there is and the amount needed.
    pub fn calibrate_with(
        &self,
        settings: &Settings,
        options: &CalibrationOptions,
    ) -> Result<Calibration, Error> {
        let given = &settings.evidence;
        let mut outcomes = outcomes::of(self, given);
        let mut known = History::of(self, &outcomes).known_before().into_iter();
        let first = outcomes.first().map_or(Day::MIN, |it| it.day);
        let warm = first.plus_days(i32::try_from(options.warm_up_days).unwrap_or(i32::MAX));
        outcomes.retain(|it| known.next().unwrap_or(false) && it.day >= warm);
        let most = options.most.get() as usize;
        outcomes.drain(..outcomes.len().saturating_sub(most));
        let (earlier, later) = outcomes.split_at(split(&outcomes, options));
        enough(earlier, later, options)?;
        let fitted = search::fit(&History::of(self, earlier), earlier, given);

        let history = History::of(self, later);
        let forecasts = |settings: &EvidenceSettings| -> Vec<Forecast> {
            let sums = history.sums(HalfLife::from(settings.half_life_days));
            let chances = search::forecasts(&history, &sums, settings);
            chances.zip(later).map(|(chance, outcome)| (chance, outcome.happened)).collect()
        };
        let (before, after) = (forecasts(given), forecasts(&fitted));
        let gain = Gain::of(&before, &after, &history.pair_of);
        let (fitted_on, held_out) = (span(earlier), span(later));
        let adopted = gain.low > 0.0;
        let mut chosen = settings.clone();
        if adopted {
            chosen.evidence = fitted.clone();
            chosen.fitted = Some(fitted_on);
        }
        Ok(Calibration {
            settings: chosen,
            adopted,
            changes: changes(given, &fitted),
            fitted,
            fitted_on,
            held_out,
            before: Score::of(&before),
            after: Score::of(&after),
            gain,
            reliability_before: Reliability::of(before, 10),
            reliability: Reliability::of(after, 10),
        })
    }
}

/// The start of the later part: never within a day.
fn split(outcomes: &[Outcome], options: &CalibrationOptions) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a part of a count is a count"
    )]
    let near = (outcomes.len() as f64 * options.held_out.complement().get()) as usize;
    let Some(day) = outcomes.get(near).map(|it| it.day) else { return outcomes.len() };
    outcomes.partition_point(|it| it.day < day)
}

fn enough(earlier: &[Outcome], later: &[Outcome], options: &CalibrationOptions) -> Result<(), Error> {
    let rarer = |part: &[Outcome]| {
        let happened = part.iter().filter(|it| it.happened).count();
        happened.min(part.len() - happened)
    };
    let (needed, needed_of_each) = (options.least.get() as usize, options.least_of_each.get() as usize);
    let rarer = rarer(earlier).min(rarer(later));
    if earlier.len().min(later.len()) < needed || rarer < needed_of_each {
        let (outcomes, held_out) = (earlier.len(), later.len());
        return Err(Error::TooLittleHistory { outcomes, held_out, rarer, needed, needed_of_each });
    }
    Ok(())
}

fn span(outcomes: &[Outcome]) -> Fitted {
    let day = |outcome: Option<&Outcome>| outcome.map_or(Day::MIN, |it| it.day);
    Fitted::new(
        u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        day(outcomes.first()),
        day(outcomes.last()),
    )
}

fn changes(given: &EvidenceSettings, fitted: &EvidenceSettings) -> Vec<Change> {
    let half_life = |it: &EvidenceSettings| f64::from(it.half_life_days.get());
    let mut figures = vec![
        ("half_life_days", half_life(given), half_life(fitted)),
        ("base_rate", given.base_rate.get(), fitted.base_rate.get()),
    ];
    figures.extend(
        search::KNOBS
            .map(|(name, knob)| (name, knob(&mut given.clone()).get(), knob(&mut fitted.clone()).get())),
    );
    figures.retain(|(_, from, to)| (from - to).abs() > 0.0);
    figures.into_iter().map(|(name, from, to)| Change { name: name.to_owned(), from, to }).collect()
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fitted_on, held_out, before, after, gain, .. } = self;
        let verdict =
            if self.adopted { "certainly better" } else { "not certainly better: the settings stay" };
        writeln!(
            f,
            "{fitted_on}, measured on the {} outcomes after that up to {}: {verdict}",
            held_out.outcomes, held_out.up_to
        )?;
        writeln!(f, "gain {:+.4} nats an outcome [{:+.4}, {:+.4}]", gain.nats, gain.low, gain.high)?;
        for (name, was, is) in [
            ("Brier", Some(before.brier), Some(after.brier)),
            ("AUC", before.auc, after.auc),
            ("ECE", Some(before.ece), Some(after.ece)),
        ] {
            if let (Some(was), Some(is)) = (was, is) {
                writeln!(f, "{name} {was:.4}, now {is:.4}")?;
            }
        }
        for Change { name, from, to } in &self.changes {
            writeln!(f, "{name} {from:.3}, now {to:.3}")?;
        }
        Ok(())
    }
}
