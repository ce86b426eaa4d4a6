//! No executive trusts us, or none has been in touch.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::units::most_powerful;
use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{Contact, last_contact, whole};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::record::Seniority;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::view::PersonRef;

/// No executive trusts us, or none has been in touch.
///
/// Executives are people at the level of vice president and above. Where none is on record, nothing is reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoExecutiveCover {
    /// How many executives are known.
    pub executives: usize,
    /// Their share of power.
    pub power: Share,
    /// How many of them trust us at the live level.
    pub covered: usize,
    /// The last day on which one of these was in touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Day>,
}

/// When `no_executive_cover` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Executives must have been in touch within this many days. Default 90 (Gain Grow Retain practice).
    pub days: Days,
    /// Shortfall where no executive has a live tie. Default 0.25 (own).
    pub shortfall: Share,
    /// Shortfall where an executive has a live tie but has not been in touch. Default 0.125 (own).
    pub quiet: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<90>(), shortfall: share(250), quiet: share(125) }
    }
}

impl Kind for NoExecutiveCover {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "no_executive_cover",
        Family::Breadth,
        Nature::Structure,
        "no executive of theirs has a live tie to us, or none of these was in touch for 90 days",
        "Gain Grow Retain practice",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        if coverage_table.colleagues().is_empty() {
            return;
        }
        let levels = power_table.members().zip(situation.levels());
        let top = levels.filter(|(_, level)| level.is_some_and(|level| level <= Seniority::Vp));
        let executives: Vec<MemberIx> = top.map(|(member, _)| member).collect();
        let power: f64 = executives.iter().map(|&member| power_table.power(member).get()).sum();
        if executives.is_empty() || power <= 0.0 {
            return;
        }
        let live: Vec<MemberIx> =
            executives.iter().copied().filter(|&member| coverage_table.is_live(member)).collect();
        let mut last: Option<Contact> = None;
        for &member in &live {
            // A tie with no contact on record has some other basis: when it was last maintained is not known.
            let Some(contact) = last_contact(situation, power_table.person(member)) else { return };
            if last.as_ref().is_none_or(|last| last.day < contact.day) {
                last = Some(contact);
            }
        }
        let days = settings.days;
        let recent = |contact: &Contact| situation.view().day().days_since(contact.day) <= whole(days);
        if last.as_ref().is_some_and(recent) {
            return;
        }
        let figures = Self {
            executives: executives.len(),
            power: crate::Share::clamped(power),
            covered: live.len(),
            last: last.as_ref().map(|contact| contact.day),
        };
        let stake = executives
            .iter()
            .map(|&member| power_table.power(member).get() * situation.short(member, 1.0))
            .sum::<f64>();
        let live_from = situation.view().settings().levels.live;
        let (level, shortfall) =
            if live.is_empty() { (Some(live_from), settings.shortfall) } else { (None, settings.quiet) };
        let whom = most_powerful(situation, if live.is_empty() { executives } else { live }, 3);
        let with = whom.first().map(|&member| situation.candidates_for(member)).unwrap_or_default();
        let who: Vec<_> = whom.into_iter().map(|member| situation.name(member)).collect();
        let builder = situation
            .gap(figures)
            .stake(stake)
            .shortfall(shortfall)
            .people(who.clone())
            .evidence(last.map(|contact| contact.dated));
        let builder = match level {
            Some(level) => builder.threshold("levels.live", level, "Gain Grow Retain practice"),
            None => {
                builder.threshold("gaps.no_executive_cover.days", days.get(), "Gain Grow Retain practice")
            }
        };
        findings.push(builder.remedy(Remedy::Meet { who, with, times: 1, level }).done());
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { executives, power, last, .. } = self;

        match (last, executives) {
            (Some(day), _) => write!(words, "no executive who trusts us was in touch since {day}")?,
            (None, 1) => write!(words, "the one executive we know, {who}, trusts no one on our team")?,
            (None, all) => write!(words, "none of the {all} executives we know trusts anyone on our team")?,
        }
        write!(words, "; at the top lie {} of the decision", Percent(*power))
    }
}
