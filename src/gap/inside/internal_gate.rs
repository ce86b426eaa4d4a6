//! A member of the account team does not trust its owner at the live level.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::PersonIx;
use crate::settings::share;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// A member of the account team does not trust its owner at the live level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InternalGate {
    /// The owner.
    pub owner: PersonRef,
    /// Their belief in the owner.
    pub belief: Share,
}

/// When `internal_gate` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.4 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(400) }
    }
}

impl Kind for InternalGate {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "internal_gate",
        Family::Inside,
        Nature::Shortfall,
        "one of the account team who does not trust its owner at level live",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let view = situation.view();
        let live = view.settings().levels.live;
        for (one, owner, opinion) in weak_ties(situation) {
            let tie = view.network().ties().find(one, owner);
            let Some(tie) = tie.filter(|_| !opinion.evidence.is_none()) else { continue };
            let figures = Self { owner: view.name(owner), belief: opinion.belief };
            findings.push(
                situation
                    .gap(figures)
                    .stake(leaning_on(situation, one))
                    .shortfall(settings.shortfall)
                    .people(situation.names([one, owner]))
                    .ties([situation.tie_fact(one, tie)])
                    .threshold("levels.live", live, "own")
                    .remedy(Remedy::EarnTrust {
                        who: situation.names([one]),
                        trusts: situation.names([owner]),
                        level: live,
                    })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        people.first().map_or(Subject::Customer, |who| Subject::tie(&*who.id, &*self.owner.id))
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { owner, belief } = self;

        write!(words, "{who} of our own team trusts {owner} at {belief:.2} only: figures are provisional")
    }
}

/// Members of the account team who, as far as is known, do not trust its owner at the live level: every path
/// through them is weaker than it looks.
pub(crate) fn weak_ties(situation: &Situation<'_>) -> Vec<(PersonIx, PersonIx, Opinion)> {
    let view = situation.view();
    let Some(owner) = situation.customer().owner() else { return Vec::new() };
    let live = view.settings().levels.live;
    let team = situation.coverage_table().account_team().iter().filter(|&&one| one != owner);
    let opinions = team.map(|&one| (one, owner, view.opinion_between(one, owner)));
    opinions.filter(|(.., opinion)| opinion.belief < live).collect()
}

/// The share of the customer's power that trusts this colleague.
fn leaning_on(situation: &Situation<'_>, one: PersonIx) -> Share {
    let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
    let colleague = coverage_table.colleagues().iter().find(|colleague| colleague.person == one);
    let parts = colleague.into_iter().flat_map(|colleague| coverage_table.known_by(colleague));
    let sum = parts.map(|(member, tie)| power_table.power(member).get() * tie.opinion.belief.get()).sum();
    Share::clamped(sum)
}
