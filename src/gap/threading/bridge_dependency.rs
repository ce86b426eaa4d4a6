//! One person at the customer is the only path to a key player.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, all_of};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::path::{PathQuery, best};
use crate::reach::State;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// One person at the customer is the only path to a key player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BridgeDependency {
    /// The key players who would be cut off.
    pub cut_off: Vec<PersonRef>,
}

/// When `bridge_dependency` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.5: those behind the bridge are warm, not reached, so an opportunity depends on it
    /// (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(500) }
    }
}

impl Kind for BridgeDependency {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "bridge_dependency",
        Family::Threading,
        Nature::Structure,
        "without one of theirs a key player who is warm has no chain left",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        // Only a person on the best path can be on every path.
        let mut cut_off: BTreeMap<PersonIx, Vec<MemberIx>> = BTreeMap::new();
        for member in
            situation.key_players().filter(|&member| coverage_table.state(member, view) == State::Warm)
        {
            let Some(path) = coverage_table.path(member, view) else { continue };
            for &bridge in path.between().iter().filter(|&&person| !view.network().is_staff(person)) {
                if coverage_table.sure_path(member, bridge, view) >= warm.get() {
                    continue;
                }
                let around = PathQuery {
                    avoid: &[bridge],
                    floor: warm.get(),
                    ..PathQuery::to(power_table.person(member), view)
                };
                if best(view, &around).path.is_none() {
                    cut_off.entry(bridge).or_default().push(member);
                }
            }
        }
        for (bridge, members) in cut_off {
            let trusts = members.first().map(|&member| situation.candidates_for(member)).unwrap_or_default();
            let level = situation.opens_a_path(&members, &trusts);
            let power: f64 = members.iter().map(|&member| power_table.power(member).get()).sum();
            let behind: Vec<PersonRef> = members.iter().map(|&member| situation.name(member)).collect();
            findings.push(
                situation
                    .gap(Self { cut_off: behind.clone() })
                    .stake(power)
                    .shortfall(settings.shortfall)
                    .person(view.name(bridge))
                    .people(behind.clone())
                    .threshold("levels.warm", warm, "own")
                    .remedy(Remedy::EarnTrustOfEach { who: behind, trusts, level })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { cut_off } = self;

        write!(words, "{} is the only path to {}", who, all_of(cut_off))
    }
}
