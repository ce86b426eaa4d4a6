//! We know too little about a person.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// We know too little about a person.
///
/// People without a profile are skipped: not every caller keeps profiles. About people without power, little needs
/// to be known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProfileThin {
    /// Items known.
    pub answered: u32,
    /// Items on the list.
    pub total: u32,
    /// Items that should be known.
    pub needed: u32,
}

/// When `profile_thin` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Items that should be known about anyone with power, of 66; in proportion for a list of another length,
    /// rounded down. Default 10 (Mackay).
    pub anybody: u32,
    /// About people with a role in buying decisions. Default 15 (Mackay).
    pub with_role: u32,
    /// About a key player. Default 20 (Mackay).
    pub key_player: u32,
    /// About people who decide, by role or by rule. Default 30 (Mackay).
    pub decides: u32,
    /// Shortfall where nothing is known. Default 0.1 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { anybody: 10, with_role: 15, key_player: 20, decides: 30, shortfall: share(100) }
    }
}

impl Kind for ProfileThin {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "profile_thin",
        Family::Record,
        Nature::Record,
        "fewer items of the checklist known than 10, with a role 15, of a key player 20, of who decides 30",
        "Mackay: 66 items",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        /// Length of Mackay's checklist.
        const MACKAY: u64 = 66;
        let power_table = situation.power_table();
        for member in power_table.members() {
            let person = situation.view().network().person_at(power_table.person(member));
            let Some(profile) = person.profile() else { continue };
            let (setting, of_66) = if power_table.decides(member) {
                ("gaps.profile_thin.decides", settings.decides)
            } else if power_table.is_key(member) {
                ("gaps.profile_thin.key_player", settings.key_player)
            } else if !person.roles().is_empty() {
                ("gaps.profile_thin.with_role", settings.with_role)
            } else {
                ("gaps.profile_thin.anybody", settings.anybody)
            };
            let total = profile.total;
            let needed = (u64::from(of_66) * u64::from(total) / MACKAY).min(u64::from(total));
            let needed = u32::try_from(needed).unwrap_or(total);
            if profile.answered >= needed || power_table.power(member).get() <= 0.0 {
                continue;
            }
            let figures = Self { answered: profile.answered, total, needed };
            let short = 1.0 - f64::from(profile.answered) / f64::from(needed);
            findings.push(
                situation
                    .gap(figures)
                    .stake(power_table.power(member))
                    .shortfall(situation.short(member, settings.shortfall.get() * short))
                    .person(situation.name(member))
                    .threshold(setting, needed, "Mackay: 66 items")
                    .remedy(Remedy::FillProfile { person: situation.name(member), answered: needed })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { answered, total, needed } = self;

        write!(words, "of {who} we know {answered} of {total} things, and should know {needed}")
    }
}
