//! Ties that formed, warmed, cooled, broke, mended or expired.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Both;
use super::people::powers_of;
use crate::gap::Situation;
use crate::network::PersonIx;
use crate::settings::Levels;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::{PersonRef, View};

/// A tie of one of the customer's people that changed level, between two people present on both days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TieChange {
    /// The person at the customer who trusts.
    pub who: PersonRef,
    /// Who is trusted: a colleague, another of the customer's people, or a person of a partner or competitor.
    pub trusts: PersonRef,
    /// What happened to it.
    pub what: TieChangeKind,
    /// Their opinion.
    pub opinion: Both<Opinion>,
    /// The power of the one who trusts, the larger of the two days.
    pub power: Share,
}

/// What happened to a tie. Levels are those of the settings: live, reached, strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TieChangeKind {
    /// It was not live, and now is.
    Formed,
    /// It rose by a level or more.
    Warmed,
    /// It fell by a level or more, and is still live.
    Cooled,
    /// It was live, and no longer is.
    Expired,
    /// It is distrust now: see [`Opinion::is_distrust`].
    Broke,
    /// It was distrust, and is not now.
    Mended,
}

impl TieChange {
    /// The power of the one who trusts times the step of belief or of disbelief, whichever is greater: a tie that
    /// breaks may have had no belief to lose.
    pub fn weight(&self) -> f64 {
        let Both { before, after } = &self.opinion;
        let belief = (after.belief.get() - before.belief.get()).abs();
        let disbelief = (after.disbelief.get() - before.disbelief.get()).abs();
        self.power.get() * belief.max(disbelief)
    }
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<TieChange> {
    let (was, is) = (both.before.view(), both.after.view());
    let mut all: Vec<TieChange> = Vec::new();
    for person in both.after.customer().people() {
        // A person who joined from elsewhere is reported as that.
        let place = |situation: &Situation<'_>| {
            let at = situation.view().network().person_ix(person.id())?;
            situation.power_table().place(at).map(|_| at)
        };
        let (Some(before), Some(now)) = (place(both.before), place(both.after)) else { continue };
        let mut others: BTreeSet<&str> = BTreeSet::new();
        others.extend(trusted(is, now));
        others.extend(trusted(was, before));
        for other in others {
            // A person who joined or left is reported as that, and not once more for everyone who trusted them.
            let (Some(then), Some(today)) = (there(was, other), there(is, other)) else { continue };
            let opinion =
                Both { before: was.opinion_between(before, then), after: is.opinion_between(now, today) };
            let Some(what) = kind(&opinion, &is.settings().levels) else { continue };
            let trusts = is.network().person_at(today);
            let powers = powers_of(both, person.id());
            let power = powers.before.max(powers.after);
            all.push(TieChange { who: person.into(), trusts: trusts.into(), what, opinion, power });
        }
    }
    all.sort_by(|a, b| {
        b.weight().total_cmp(&a.weight()).then_with(|| (&a.who, &a.trusts).cmp(&(&b.who, &b.trusts)))
    });
    all
}

/// The people a person has an opinion of, by id.
fn trusted<'v>(view: &'v View<'_>, person: PersonIx) -> impl Iterator<Item = &'v str> {
    let network = view.network();
    network.ties().heads_of(person).iter().map(|head| network.person_at(head.trusted()).id())
}

/// A person who is there on the day.
fn there(view: &View<'_>, id: &str) -> Option<PersonIx> {
    view.network().person_ix(id).filter(|&person| view.is_present(person))
}

/// On which level an opinion is; below all where it is distrust.
fn level(opinion: &Opinion, levels: &Levels) -> i8 {
    if opinion.is_distrust(levels) {
        return -1;
    }
    [levels.live, levels.reached, levels.strong]
        .into_iter()
        .map(|from| i8::from(opinion.belief >= from))
        .sum()
}

fn kind(opinion: &Both<Opinion>, levels: &Levels) -> Option<TieChangeKind> {
    let (was, is) = (level(&opinion.before, levels), level(&opinion.after, levels));
    match (was, is) {
        _ if was == is => None,
        (_, -1) => Some(TieChangeKind::Broke),
        (-1, _) => Some(TieChangeKind::Mended),
        (0, _) => Some(TieChangeKind::Formed),
        (_, 0) => Some(TieChangeKind::Expired),
        _ if was < is => Some(TieChangeKind::Warmed),
        _ => Some(TieChangeKind::Cooled),
    }
}
