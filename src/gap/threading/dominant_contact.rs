//! Most of our coverage depends on one person at the customer.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::threads::another_tie;
use crate::network::MemberIx;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// Most of our coverage depends on one person at the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DominantContact {
    /// The share of coverage.
    pub share: Share,
}

/// When `dominant_contact` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This share of coverage depends on one of their people. Default 0.6 (own).
    pub share: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { share: share(600) }
    }
}

impl Kind for DominantContact {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "dominant_contact",
        Family::Threading,
        Nature::Structure,
        "at least 60% of coverage rests on one of their people",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let coverage = coverage_table.coverage().proven.get();
        // With one person on record there is no one else to depend on: that is another gap.
        if coverage <= 0.0 || power_table.len() < 2 {
            return;
        }
        for member in power_table.members() {
            let part = power_table.power(member).get() * coverage_table.reach(member).get();
            let share = Share::clamped(part / coverage);
            if share < settings.share {
                continue;
            }
            // Others must add enough for the share to fall below the threshold.
            let level = situation.view().settings().levels.reached;
            let would_do = |other: MemberIx| {
                let more = (level.get() - coverage_table.reach(other).get()).max(0.0);
                let with = coverage + power_table.power(other).get() * more;
                other != member && part < settings.share.get() * with
            };
            findings.push(
                situation
                    .about(member, Self { share })
                    .stake(coverage)
                    .shortfall(share)
                    .threshold("gaps.dominant_contact.share", settings.share, "own")
                    .remedies(another_tie(situation, would_do, level))
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { share } = self;

        write!(words, "{} of our coverage rests on {}", Percent(*share), who)
    }
}
