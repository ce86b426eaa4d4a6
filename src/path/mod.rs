//! The strongest path of trust from one person to us: the search that reach and introductions share.
//!
//! An introduction walks along trust backwards: for R to get to T through c, T must trust c and c must trust R. So
//! a path is a directed path of trust ties T → c → R, and its strength is the product over its ties: *proven* of
//! beliefs, *expected* of expectations.
//!
//! The search goes outward from the target, level by level, keeping for each person the best path there and for
//! each level those that improve on fewer ties. No factor exceeds one, so a path that is no better with no fewer
//! ties can be dropped, and so can one whose strength is below the floor already: cost is at most `max_ties` times
//! the ties within reach, and in practice a few dozen. The number of ties examined is counted down against a
//! budget.

mod passable;
mod places;
mod search;
mod simple;
mod sweep;

use crate::network::{PersonIx, TieIx};
use crate::view::View;

pub(crate) use search::{Outcome, best, measure};
pub(crate) use simple::{Several, simple};
pub(crate) use sweep::Sweep;

/// What a path is ranked by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ranking {
    /// The product of beliefs, then of expectations.
    #[default]
    Proven,
    /// The product of expectations, then of beliefs.
    Projected,
}

/// Where a path may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal<'a> {
    /// With any of our staff.
    AnyStaff,
    /// With one of these, who are sorted; the path may pass through other colleagues.
    Among(&'a [PersonIx]),
}

/// What to look for, and what to leave aside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathQuery<'a> {
    pub(crate) target: PersonIx,
    pub(crate) goal: Goal<'a>,
    pub(crate) max_ties: u8,
    /// In the measure that is ranked by.
    pub(crate) floor: f64,
    pub(crate) ranking: Ranking,
    /// People not to be asked; sorted.
    pub(crate) avoid: &'a [PersonIx],
    /// The first step must be along this tie.
    pub(crate) first: Option<TieIx>,
    /// A tie not to be used.
    pub(crate) without: Option<TieIx>,
    /// Look past distrust, departures and avoid ties: what would be, were it not for them.
    pub(crate) regardless: bool,
    /// Look past distrust only.
    pub(crate) distrusted_too: bool,
    pub(crate) budget: u32,
}

impl PathQuery<'_> {
    /// The best path to a target from any of our staff, within the limits of the settings.
    pub(crate) fn to(target: PersonIx, view: &View<'_>) -> Self {
        let settings = &view.settings().introductions;
        Self {
            target,
            goal: Goal::AnyStaff,
            max_ties: settings.max_ties,
            floor: settings.floor.get(),
            ranking: Ranking::Proven,
            avoid: &[],
            first: None,
            without: None,
            regardless: false,
            distrusted_too: false,
            budget: settings.budget.get(),
        }
    }

    /// Whether a path may end with someone.
    pub(crate) fn ends_with(&self, person: PersonIx, view: &View<'_>) -> bool {
        match self.goal {
            Goal::AnyStaff => view.network().is_staff(person),
            Goal::Among(people) => people.binary_search(&person).is_ok(),
        }
    }
}

/// A path: the target, those in between, and the colleague at its end, with the ties that join them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundPath {
    pub(crate) people: Vec<PersonIx>,
    pub(crate) ties: Vec<TieIx>,
    pub(crate) proven: f64,
    pub(crate) projected: f64,
}

impl FoundPath {
    /// The colleague at the end.
    pub(crate) fn end(&self) -> Option<PersonIx> {
        self.people.last().copied()
    }

    /// Those between the target and the end.
    pub(crate) fn between(&self) -> &[PersonIx] {
        self.people.get(1..self.people.len().saturating_sub(1)).unwrap_or_default()
    }

    pub(crate) fn strength(&self, ranking: Ranking) -> f64 {
        match ranking {
            Ranking::Proven => self.proven,
            Ranking::Projected => self.projected,
        }
    }
}

/// Puts paths in order, best first.
pub(crate) fn sort(view: &View<'_>, ranking: Ranking, paths: &mut [FoundPath]) {
    let measures = |path: &FoundPath| match ranking {
        Ranking::Proven => (path.proven, path.projected),
        Ranking::Projected => (path.projected, path.proven),
    };
    let ids = |path: &FoundPath| -> Vec<&str> {
        path.people.iter().map(|&person| view.network().person_at(person).id()).collect()
    };
    paths.sort_by(|a, b| {
        let (a_first, a_second) = measures(a);
        let (b_first, b_second) = measures(b);
        b_first
            .total_cmp(&a_first)
            .then(b_second.total_cmp(&a_second))
            .then_with(|| a.ties.len().cmp(&b.ties.len()))
            .then_with(|| ids(a).cmp(&ids(b)))
    });
}
