//! A key player who trusts a colleague but does not support us.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::record::Support;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A key player who trusts a colleague but does not support us.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WeakPowerCover {
    /// Their share of power.
    pub power: Share,
    /// Their support: neutral, sceptic or opponent.
    pub support: Support,
}

/// When `weak_power_cover` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall where they are neutral. Default 0.5 (own, prototyped).
    pub neutral: Share,
    /// Shortfall where they are a sceptic. Default 0.75 (own, prototyped).
    pub sceptic: Share,
    /// Shortfall where they are an opponent. Default 1 (own, prototyped).
    pub opponent: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { neutral: share(500), sceptic: share(750), opponent: share(1000) }
    }
}

impl Kind for WeakPowerCover {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "weak_power_cover",
        Family::Reach,
        Nature::Shortfall,
        "a key player with a live tie to us who is neutral, a sceptic or an opponent",
        "Altify's coverage and support grid",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        for member in situation.key_players().filter(|&member| coverage_table.is_live(member)) {
            // Unknown support is something to find out, not a gap.
            let Some(support) = view.network().person_at(power_table.person(member)).support() else {
                continue;
            };
            let shortfall = match support {
                Support::Champion | Support::Supporter => continue,
                Support::Neutral => settings.neutral,
                Support::Sceptic => settings.sceptic,
                Support::Opponent => settings.opponent,
            };
            let power = power_table.power(member);
            let figures = Self { power, support };
            findings.push(
                situation
                    .about(member, figures)
                    .shortfall(shortfall)
                    .threshold(
                        "levels.live",
                        view.settings().levels.live,
                        "Altify's coverage and support grid",
                    )
                    .remedy(Remedy::WinSupport { person: situation.name(member) })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, support } = self;

        let support = match support {
            Support::Champion => "is a champion",
            Support::Supporter => "is a supporter",
            Support::Neutral => "is neutral",
            Support::Sceptic => "is a sceptic",
            Support::Opponent => "is an opponent",
        };
        write!(
            words,
            "{} holds {} of the decision, trusts one of our team and {support}",
            who,
            Percent(*power)
        )
    }
}
