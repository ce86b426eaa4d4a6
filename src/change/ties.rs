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

/// A tie of one of the customer's people that is on another level now, between two who are there on both days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TieChange {
    /// Who trusts: somebody of theirs.
    pub who: PersonRef,
    /// Whom: one of ours, of theirs, a partner's or a rival's.
    pub trusts: PersonRef,
    /// What became of it.
    pub what: TieChangeKind,
    /// What they think of them.
    pub opinion: Both<Opinion>,
    /// The power of the one who trusts, the larger of the two days.
    pub power: Share,
}

/// What became of a tie. Levels are those of the settings: live, reached, strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TieChangeKind {
    /// It was not live, and is.
    Formed,
    /// It rose by a level or more.
    Warmed,
    /// It fell by a level or more, and is still live.
    Cooled,
    /// It was live, and is not.
    Expired,
    /// There is more doubt than belief now.
    Broke,
    /// There was more doubt than belief, and is not now.
    Mended,
}

impl TieChange {
    /// The power of the one who trusts times the step of belief or of doubt, whichever is greater: a tie that breaks
    /// may have had no belief to lose.
    pub fn weight(&self) -> f64 {
        let Both { before, after } = &self.opinion;
        let belief = (after.belief.get() - before.belief.get()).abs();
        let doubt = (after.doubt.get() - before.doubt.get()).abs();
        self.power.get() * belief.max(doubt)
    }
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<TieChange> {
    let (was, is) = (both.before.view(), both.after.view());
    let mut all: Vec<TieChange> = Vec::new();
    for person in both.after.customer().people() {
        // Somebody who came from elsewhere is told as that.
        let place = |situation: &Situation<'_>| {
            let at = situation.view().network().person_ix(person.id())?;
            situation.standing().place(at).map(|_| at)
        };
        let (Some(before), Some(now)) = (place(both.before), place(both.after)) else { continue };
        let mut others: BTreeSet<&str> = BTreeSet::new();
        others.extend(trusted(is, now));
        others.extend(trusted(was, before));
        for other in others {
            // That somebody came or went is told as that, and not once more for everybody who trusted them.
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

/// Whom somebody has an opinion of, by id.
fn trusted<'v>(view: &'v View<'_>, person: PersonIx) -> impl Iterator<Item = &'v str> {
    let network = view.network();
    network.ties().heads_of(person).iter().map(|head| network.person_at(head.trusted()).id())
}

/// Somebody who is there on the day.
fn there(view: &View<'_>, id: &str) -> Option<PersonIx> {
    view.network().person_ix(id).filter(|&person| view.is_present(person))
}

/// On which level an opinion is; below all where there is more doubt than belief.
fn level(opinion: &Opinion, levels: &Levels) -> i8 {
    if opinion.is_distrust() {
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
