//! Every tunable, its default, and where the default comes from.
//!
//! Invalid values cannot be written: shares lie in 0..=1, weights are finite and not negative, counts that may not
//! be zero are `NonZero`. So a [`Settings`] needs no check later. All parts can be read from JSON; a part that is
//! left out keeps its default.
//!
//! ```
//! use stakeholder_graph::{Settings, Share};
//!
//! let mut settings = Settings::default();
//! settings.levels.reached = Share::new(0.6)?;
//! settings.introductions.max_ties = 4;
//! # Ok::<(), stakeholder_graph::OutOfRange>(())
//! ```

mod plan;
mod power;
mod read;

pub use plan::PlanSettings;
pub use power::{PowerSettings, RoleWeights, SeniorityWeights};
pub use read::{SettingFault, SettingFaults, SettingsReading};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::GapSettings;
use crate::share::{Count, Days, Share, Weight};
use crate::text::Text;
use crate::version::Version;

pub(crate) const fn share(thousandths: u16) -> Share {
    Share::thousandths(thousandths)
}

pub(crate) const fn weight(thousandths: u32) -> Weight {
    Weight::thousandths(thousandths)
}

/// Every tunable of the crate, by the stage that reads it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The version of their form.
    pub version: Version,
    /// What counts as evidence of trust, how much, and how it fades.
    pub evidence: EvidenceSettings,
    /// The named levels of belief.
    pub levels: Levels,
    /// How the expected trust between two people is computed.
    pub expectations: ExpectationSettings,
    /// How formal power is determined and spread.
    pub power: PowerSettings,
    /// How paths of introduction are searched.
    pub introductions: IntroductionSettings,
    /// The thresholds of gaps, kind by kind.
    pub gaps: GapSettings,
    /// What a checkup shows.
    pub checkup: CheckupSettings,
    /// The daily budget of the brief.
    pub brief: BriefSettings,
    /// The limits of a plan on people's time.
    pub plan: PlanSettings,
    /// Gaps that the caller has snoozed.
    #[serde(alias = "silences")]
    pub snoozes: Vec<Snooze>,
    /// What the evidence settings were fitted on; none where they were not fitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fitted: Option<Fitted>,
}

/// What settings were fitted on, by `calibrate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Fitted {
    /// How many outcomes.
    pub outcomes: u32,
    /// The day of the first.
    pub from: Day,
    /// The day of the last.
    pub up_to: Day,
}

impl Fitted {
    pub(crate) const fn new(outcomes: u32, from: Day, up_to: Day) -> Self {
        Self { outcomes, from, up_to }
    }
}

impl fmt::Display for Fitted {
    /// `fitted on 12,431 outcomes up to 2010-07-14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fitted on {} outcomes up to {}", Thousands(self.outcomes), self.up_to)
    }
}

/// A number in groups of three digits.
struct Thousands(u32);

impl fmt::Display for Thousands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number) = *self;
        match (number / 1_000_000, number / 1_000 % 1_000, number % 1_000) {
            (0, 0, ones) => write!(f, "{ones}"),
            (0, thousands, ones) => write!(f, "{thousands},{ones:03}"),
            (millions, thousands, ones) => write!(f, "{millions},{thousands:03},{ones:03}"),
        }
    }
}

/// What counts as evidence of trust, how much, and how it fades.
///
/// The weights follow the beta reputation model (Jøsang and Ismail, 2002): evidence is a pair of amounts, for and
/// against, and adds up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct EvidenceSettings {
    /// Days in which evidence loses half its weight. Default 60: 90 was best on no data set that was measured.
    pub half_life_days: Days,
    /// Non-informative prior weight W: uncertainty is W / (r + s + W). Default 2, as in the beta model.
    pub prior_weight: Weight,
    /// Base rate a: the projected probability of a person without evidence. Default 0.3: 0.5
    /// promised about twice what came true.
    pub base_rate: Share,
    /// Ceiling c: a rating of 1 alone makes a belief of this much, one of -1 a disbelief; what is in between in proportion.
    /// Default 0.8.
    pub rating_ceiling: Share,
    /// Against: a stated conflict. Default 2.
    pub conflict: Weight,
    /// Assumed of a reporting line, in both directions, as long as it exists. Default 1.
    pub reporting_line: Weight,
    /// Assumed between people of one side who took part in one interaction, shared by the others present.
    /// Default 0.5.
    pub together: Weight,
    /// Whether a message of our staff without a word back counts as silence although no status says so. By default it does
    /// where the records hold messages in both directions ([`Resolved`](crate::Resolved)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harvest_silence: Option<bool>,
    /// A message within this many days of one received is a reply to it. Default 7.
    pub reply_within_days: Days,
    /// A meeting or call counts in full up to this many people who were named; one of n counts this / n. Default 8.
    pub meeting_full_to: Count,
    /// More people of one side than this who take part together say nothing about each other. Default 12.
    pub together_up_to: Count,
    /// An event with more people than this is an audience and no evidence of trust. Default 30.
    pub audience_from: Count,
    /// For: a message that they started, shared by all who were named. Default 0.5. A request for a quote counts the same. In 19 fits on four sets of mail a reply weighed at least as much as a started message.
    pub message_started: Weight,
    /// For: an order, shared like a message. Default 0.5.
    pub order: Weight,
    /// For: a reply. Default 1.
    pub reply: Weight,
    /// For: a meeting or call that they accepted. Default 2. An event counts this much, shared by all others
    /// present.
    pub meeting_accepted: Weight,
    /// For: an introduction that they made for us. Default 3.
    pub introduction_made: Weight,
    /// For: they told us that a competitor approached them, in place of what the message or call counts for. Default 3, as
    /// much as an introduction (own).
    pub told_us_of_rival: Weight,
    /// For: a promise to them that was kept. Default 2.
    pub promise_kept: Weight,
    /// For: a concern they raised that was answered. Default 1.
    pub concern_answered: Weight,
    /// Silence: a message to them without a word back within `reply_within_days`, shared by all who were named.
    /// Default 0.5.
    pub message_unanswered: Weight,
    /// Against: a meeting that they declined. Default 1.
    pub meeting_declined: Weight,
    /// Against: a promise to them that was broken. Default 3.
    pub promise_broken: Weight,
    /// Against: a concern they raised that was left open past its review day. Default 1.
    pub concern_left_open: Weight,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self {
            half_life_days: Days::of::<60>(),
            prior_weight: weight(2000),
            base_rate: share(300),
            rating_ceiling: share(800),
            conflict: weight(2000),
            reporting_line: weight(1000),
            together: weight(500),
            harvest_silence: None,
            reply_within_days: Days::of::<7>(),
            meeting_full_to: Count::of::<8>(),
            together_up_to: Count::of::<12>(),
            audience_from: Count::of::<30>(),
            message_started: weight(500),
            order: weight(500),
            reply: weight(1000),
            meeting_accepted: weight(2000),
            introduction_made: weight(3000),
            told_us_of_rival: weight(3000),
            promise_kept: weight(2000),
            concern_answered: weight(1000),
            message_unanswered: weight(500),
            meeting_declined: weight(1000),
            promise_broken: weight(3000),
            concern_left_open: weight(1000),
        }
    }
}

/// The named levels of belief, used everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Levels {
    /// At and above this belief a tie is live; at and above this reach a person is in touch with us. Default 0.3.
    pub live: Share,
    /// At and above this reach a person is reached, and a tie at this belief reaches them by itself. Default 0.45.
    pub reached: Share,
    /// At and above this a tie is strong. Default 0.7 (Affinity's upper band).
    pub strong: Share,
    /// An unreached person is warm at or above this proven strength of their best path. Default 0.25.
    pub warm: Share,
    /// From this explicit disbelief s/(r + s + W) on, where s is the evidence against without unanswered messages, a tie is
    /// distrusted, if s exceeds the evidence for, r. Default 0.4: one decline or one concern left open (1/3) does not
    /// suffice; a rating of -0.5 (0.4), two declines or a conflict (0.5) and a broken promise (0.6) do.
    pub distrusted: Share,
}

impl Levels {
    /// What is wrong where the levels are not in order: *live* at most *reached*, at most *strong*.
    pub(crate) fn disorder(&self) -> Vec<SettingFault> {
        let steps = [
            ("levels.live", self.live, "reached", self.reached),
            ("levels.reached", self.reached, "strong", self.strong),
        ];
        let wrong = steps.into_iter().filter(|(_, lower, _, upper)| lower > upper);
        wrong
            .map(|(setting, lower, name, upper)| {
                SettingFault::new(
                    setting,
                    format!("{lower} is more than {name}, {upper}; levels rise from live to strong"),
                )
            })
            .collect()
    }
}

impl Default for Levels {
    fn default() -> Self {
        Self {
            live: share(300),
            reached: share(450),
            strong: share(700),
            warm: share(250),
            distrusted: share(400),
        }
    }
}

/// How the expected trust between two people is computed, even if they never met (`expectation`).
///
/// How much a person's own average counts is not set: it is learned from the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectationSettings {
    /// Rounds in which reputation and leniency are separated, at most 100. Default 3; a fourth moves little.
    pub rounds: Count<100>,
    /// A rater the asker trusts by t = b − d counts as 1 + this·t other raters. Default 10.
    pub intermediary: Weight,
}

impl Default for ExpectationSettings {
    fn default() -> Self {
        Self { rounds: Count::of::<3>(), intermediary: weight(10_000) }
    }
}

/// How paths of introduction are searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct IntroductionSettings {
    /// The most ties in a path. Default 3: beyond two introducers no one vouches for anyone.
    pub max_ties: u8,
    /// The minimum proven strength of a path. Default 0.25, the level of *warm*.
    pub floor: Share,
    /// The most ties that one search may examine before it gives up, and says so. Default 1,000,000.
    pub budget: Count,
}

impl Default for IntroductionSettings {
    fn default() -> Self {
        Self { max_ties: 3, floor: share(250), budget: Count::of::<1_000_000>() }
    }
}

/// What a checkup shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckupSettings {
    /// The number of top gaps for which the best introduction is sought. Default 3.
    pub introductions_for: u32,
    /// "Lately" means within this many days; it is compared with the same span before. Default 90.
    pub lately_days: Days,
}

impl Default for CheckupSettings {
    fn default() -> Self {
        Self { introductions_for: 3, lately_days: Days::of::<90>() }
    }
}

/// The daily budget of the brief. The defaults are the crate's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct BriefSettings {
    /// Minutes for all calls. Default 120.
    pub minutes: u32,
    /// Minutes reserved for one call. Default 20.
    pub minutes_a_call: Count,
    /// The part of the calls reserved for new customers: those where no one trusts us at the live level and that
    /// have not ordered. Default 0.3.
    pub share_for_new: Share,
    /// Days within which an introduction merits a thank-you. Default 14.
    #[serde(alias = "thank_within_days")]
    pub thank_you_within_days: u16,
}

impl BriefSettings {
    /// How many calls fit into the minutes.
    pub fn calls(&self) -> usize {
        (self.minutes / self.minutes_a_call.get()) as usize
    }
}

impl Default for BriefSettings {
    fn default() -> Self {
        Self {
            minutes: 120,
            minutes_a_call: Count::of::<20>(),
            share_for_new: share(300),
            thank_you_within_days: 14,
        }
    }
}

/// A decision to snooze gaps: they stay in every report, marked, until the snooze ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Snooze {
    /// The id of the kind of gap, such as `unreached_power`; every kind when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Text>,
    /// The customer's id; every customer when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Text>,
    /// The id of a person the gap must concern; anyone when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Text>,
    /// The last day of the snooze; unlimited when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The reason.
    pub reason: Text,
}

impl Snooze {
    /// Snoozes every gap about one person.
    pub fn person(id: impl Into<Text>, reason: impl Into<Text>) -> Self {
        Self { gap: None, customer: None, person: Some(id.into()), until: None, reason: reason.into() }
    }

    /// Snoozes every gap of one customer.
    pub fn customer(id: impl Into<Text>, reason: impl Into<Text>) -> Self {
        Self { gap: None, customer: Some(id.into()), person: None, until: None, reason: reason.into() }
    }

    /// Narrows the snooze to one kind of gap.
    #[must_use]
    pub fn gap(mut self, id: impl Into<Text>) -> Self {
        self.gap = Some(id.into());
        self
    }

    /// Ends the snooze after a day.
    #[must_use]
    pub fn until(mut self, day: Day) -> Self {
        self.until = Some(day);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_left_out_keeps_its_default() {
        let settings: Settings = serde_json::from_str(r#"{"levels":{"reached":0.6}}"#).unwrap();
        assert_eq!(settings.levels.reached, share(600));
        assert_eq!(settings.levels.live, Levels::default().live);
        assert_eq!(settings.evidence, EvidenceSettings::default());
    }

    #[test]
    fn what_cannot_be_valid_cannot_be_read() {
        for wrong in [
            r#"{"levels":{"reached":1.6}}"#,
            r#"{"evidence":{"half_life_days":0}}"#,
            r#"{"evidence":{"promise_kept":-1}}"#,
            r#"{"levles":{}}"#,
        ] {
            assert!(serde_json::from_str::<Settings>(wrong).is_err(), "{wrong}");
        }
    }
}
