//! A key player that no path leads to.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Because, Name, Percent};
use crate::gap::remedy::Remedy;
use crate::introduction::{Miss, NoPath};
use crate::reach::State;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A key player that no path leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoWarmPath {
    /// Their share of power.
    pub power: Share,
    /// Proven strength of the closest candidate path, even if it is blocked or too long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Share>,
    /// What blocks it.
    pub misses: Vec<Miss>,
    /// The maximum number of ties in a path.
    pub max_ties: u8,
}

/// When `no_warm_path` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall, times what reach lacks. Default 0.8: a path can be made (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(800) }
    }
}

impl Kind for NoWarmPath {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "no_warm_path",
        Family::Path,
        Nature::Shortfall,
        "a key player neither reached nor warm within the most ties a chain may have",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        for member in
            situation.key_players().filter(|&member| coverage_table.state(member, view) == State::Cold)
        {
            let question = view.introductions_to(power_table.person(member)).floor(warm);
            let NoPath { nearest, opening } = question.nearest();
            let power = power_table.power(member);
            let figures = Self {
                power,
                nearest: nearest.as_ref().map(|nearest| nearest.path.proven),
                misses: nearest.map(|nearest| nearest.misses).unwrap_or_default(),
                max_ties: view.settings().introductions.max_ties,
            };
            let mut builder = situation
                .about(member, figures)
                .shortfall(coverage_table.reach(member).complement().get() * settings.shortfall.get())
                .threshold("levels.warm", warm, "own");
            if let Some(opening) = opening {
                builder = builder.remedy(Remedy::OpenPath { opening });
            }
            findings.push(builder.done());
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, nearest, misses, max_ties } = self;

        write!(
            words,
            "no path leads to {} ({} of the decision) within {max_ties} steps",
            who,
            Percent(*power)
        )?;
        // Its strength already shows that it is too weak.
        let barred: Vec<Miss> =
            misses.iter().filter(|miss| !matches!(miss, Miss::TooWeak { .. })).cloned().collect();
        match nearest {
            Some(nearest) => write!(words, "; the nearest has strength {nearest:.2}{}", Because(&barred)),
            None => words.write_str("; nothing joins them to us at all"),
        }
    }
}
