//! Attempts to contact a person remain unanswered.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::whole;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::gap::remedy::Remedy;
use crate::settings::share;
use crate::share::{Count, Days, Share};
use crate::view::PersonRef;

/// Attempts to contact a person remain unanswered.
///
/// Applies to everyone: a lack of replies shows whatever the role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoReplyStreak {
    /// How many attempts since the last sign of them.
    pub attempts: usize,
    /// The first of these.
    pub first: Day,
    /// The last.
    pub last: Day,
}

/// When `no_reply_streak` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many attempts stayed unanswered. Default 3 (augmented-csm).
    pub attempts: Count,
    /// Within this many days. Default 14 (augmented-csm).
    pub days: Days,
    /// A streak whose last attempt is older than this is forgotten: that is a lost contact. Default 90 (own).
    pub forgotten_after: Days,
    /// Shortfall. Default 0.3 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempts: Count::of::<3>(),
            days: Days::of::<14>(),
            forgotten_after: Days::of::<90>(),
            shortfall: share(300),
        }
    }
}

impl Kind for NoReplyStreak {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "no_reply_streak",
        Family::Rhythm,
        Nature::Event,
        "3 attempts within 14 days, and no sign of them since",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        let view = situation.view();
        let needed = settings.attempts.get() as usize;
        for member in power_table.members() {
            if view.network().activities(power_table.person(member)).len() < needed {
                continue;
            }
            let attempts = situation.coverage_table().attempts_to(member, view);
            let ends = |streak: &[(u32, Day)]| Some((streak.last()?.1, streak.first()?.1));
            let close = attempts.windows(needed).filter_map(ends);
            let span = |(first, last): (Day, Day)| last.days_since(first);
            if !close.map(span).any(|days| days <= whole(settings.days)) {
                continue;
            }
            let Some((first, last)) = ends(&attempts) else { continue };
            if view.day().days_since(last) > whole(settings.forgotten_after) {
                continue;
            }
            let figures = Self { attempts: attempts.len(), first, last };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power_table.power(member))
                    .shortfall(situation.short(member, settings.shortfall))
                    .person(situation.name(member))
                    .evidence(attempts.iter().take(5).map(|&(at, _)| situation.dated(at)))
                    .threshold("gaps.no_reply_streak.attempts", settings.attempts.get(), "augmented-csm")
                    .remedy(Remedy::Meet {
                        who: vec![situation.name(member)],
                        with: situation.candidates_for(member),
                        times: 1,
                        level: None,
                    })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { attempts, first, last } = self;

        let times = Times(*attempts);
        write!(words, "{who} has left us without an answer {times}, from {first} to {last}")
    }
}
