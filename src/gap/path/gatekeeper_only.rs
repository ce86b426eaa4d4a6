//! A key player who can be reached only through assistants and gatekeepers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, all_of};
use crate::gap::remedy::Remedy;
use crate::network::PersonIx;
use crate::path::{PathQuery, best};
use crate::reach::State;
use crate::record::{Role, is_assistant_title};
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A key player who can be reached only through assistants and gatekeepers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GatekeeperOnly {
    /// Their share of power.
    pub power: Share,
    /// The assistants and gatekeepers.
    pub through: Vec<PersonRef>,
    /// Proven strength of the best path through them.
    pub proven: Share,
}

/// When `gatekeeper_only` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall, times what reach lacks. Default 0.5 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(500) }
    }
}

impl Kind for GatekeeperOnly {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "gatekeeper_only",
        Family::Path,
        Nature::Shortfall,
        "a key player that only an assistant or gatekeeper leads",
        "Breadbox",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let guards =
            |person: PersonIx| power_table.place(person).is_some() && is_gatekeeper(situation, person);
        let mut all: Option<Vec<PersonIx>> = None;
        for member in
            situation.key_players().filter(|&member| coverage_table.state(member, view) == State::Warm)
        {
            let Some(path) = coverage_table.path(member, view) else { continue };
            let through: Vec<PersonIx> =
                path.between().iter().copied().filter(|&person| guards(person)).collect();
            if through.is_empty() {
                continue;
            }
            let gatekeepers = all.get_or_insert_with(|| {
                situation.customer().present().filter(|&person| is_gatekeeper(situation, person)).collect()
            });
            let floor = view.settings().levels.warm.get();
            let around =
                PathQuery { avoid: gatekeepers, floor, ..PathQuery::to(power_table.person(member), view) };
            if best(view, &around).path.is_some() {
                continue;
            }
            let power = power_table.power(member);
            let trusts = situation.candidates_for(member);
            let level = situation.opens_a_path(&[member], &trusts);
            let figures = Self {
                power,
                through: situation.names(through.iter().copied()),
                proven: Share::clamped(path.proven),
            };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power)
                    .shortfall(coverage_table.reach(member).complement().get() * settings.shortfall.get())
                    .person(situation.name(member))
                    .people(situation.names(through))
                    .ties(path.people.iter().zip(&path.ties).map(|(&who, &tie)| situation.tie_fact(who, tie)))
                    .threshold("levels.warm", view.settings().levels.warm, "Breadbox")
                    .remedy(Remedy::EarnTrust { who: vec![situation.name(member)], trusts, level })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { through, proven, .. } = self;

        write!(words, "only {} leads to {} (strength {proven:.2})", all_of(through), who)
    }
}

fn is_gatekeeper(situation: &Situation<'_>, person: PersonIx) -> bool {
    let person = situation.view().network().person_at(person);
    person.roles().iter().any(|role| matches!(role, Role::Assistant | Role::Gatekeeper))
        || person.title().is_some_and(is_assistant_title)
}
