//! The best path to us of each member: sought when first asked for, and not sought at all where what is known
//! without a search is answer enough.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use super::{CoverageTable, StaffOpinion};
use crate::network::{MemberIx, PersonIx};
use crate::path::{FoundPath, PathQuery, best};
use crate::settings::IntroductionSettings;
use crate::view::View;

/// The colleagues a person trusts most and would do a favour directly: neither distrusted nor to be kept apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// Belief in the first; 0 where there is none.
    first: f64,
    who: PersonIx,
    /// Belief in the best of the others.
    second: f64,
}

impl Open {
    const NONE: Self = Self { first: 0.0, who: PersonIx::NONE, second: 0.0 };

    fn add(&mut self, tie: &StaffOpinion) {
        let belief = tie.opinion.belief.get();
        if belief > self.first {
            *self = Self { first: belief, who: tie.colleague, second: self.first };
        } else {
            self.second = self.second.max(belief);
        }
    }

    /// Belief in the best but one who is left out.
    fn without(&self, person: PersonIx) -> f64 {
        if self.who == person { self.second } else { self.first }
    }
}

/// What a search for a path to us came to.
#[derive(Debug)]
pub(super) struct BestPaths {
    path: Option<Box<FoundPath>>,
    /// No tie that it met has conditions.
    only_plain: bool,
}

impl CoverageTable {
    fn find_path(&self, member: MemberIx, view: &View<'_>) -> BestPaths {
        let query = PathQuery::to(self.power_table.person(member), view);
        let floor = query.floor.min(self.levels.warm.get()).max(self.sure_path(member, PersonIx::NONE, view));
        let outcome = best(view, &PathQuery { floor, ..query });
        BestPaths { path: outcome.path.map(Box::new), only_plain: outcome.only_plain && !outcome.gave_up }
    }

    /// The strength of a usable path to our staff of one or two ties that does not ask one given person: a lower
    /// bound for the best path of a member, at the cost of one look at each of their ties. 0 where there is no
    /// path that short.
    ///
    /// As a floor it prunes most of a search; as an answer it replaces the search.
    pub(crate) fn sure_path(&self, member: MemberIx, without: PersonIx, view: &View<'_>) -> f64 {
        self.sure_paths(member, without, view).1
    }

    /// The same with everyone, and with one person not to be asked.
    fn sure_paths(&self, member: MemberIx, without: PersonIx, view: &View<'_>) -> (f64, f64) {
        let longest = view.settings().introductions.max_ties;
        if longest == 0 || !is_ample(view) {
            return (0.0, 0.0);
        }
        let open = &self.open[member.index()];
        let (mut all, mut others) = (open.first, open.without(without));
        if longest == 1 || !view.is_as_packed() {
            return (all, others);
        }
        let scale = view.scale();
        for &head in view.network().ties().heads_of(self.power_table.person(member)) {
            let person = head.trusted();
            if !head.is_plain() {
                continue;
            }
            let Some(place) = self.power_table.place(person) else { continue };
            let belief = scale.belief(scale.evidence(head));
            let open = &self.open[place.index()];
            all = all.max(belief * open.first);
            if person != without {
                others = others.max(belief * open.without(without));
            }
        }
        (all, others)
    }

    pub(super) fn best_path(&self, member: MemberIx, view: &View<'_>) -> Option<&FoundPath> {
        self.paths_of(member, view).path.as_deref()
    }

    fn paths_of(&self, member: MemberIx, view: &View<'_>) -> &BestPaths {
        self.paths[member.index()].get_or_init(|| self.find_path(member, view))
    }

    /// Whether conditions on who may be asked, such as distrust or a departure, can have kept the best path of a
    /// member from being stronger: the search met a tie with any.
    pub(crate) fn may_be_barred(&self, member: MemberIx, view: &View<'_>) -> bool {
        !self.paths_of(member, view).only_plain
    }

    /// The end and the proven strength of the best path to our staff that avoids one colleague.
    pub(crate) fn path_without(
        &self,
        member: MemberIx,
        colleague: PersonIx,
        view: &View<'_>,
    ) -> Option<(PersonIx, f64)> {
        let query = PathQuery::to(self.power_table.person(member), view);
        let (with, sure) = self.sure_paths(member, colleague, view);
        // If the best path avoids them already, it is the answer; checked only where that is likely.
        if is_ample(view) && sure >= with {
            let paths_of = self.best_path(member, view).filter(|paths_of| paths_of.proven >= query.floor)?;
            if !paths_of.people.contains(&colleague) {
                return Some((paths_of.end()?, paths_of.proven));
            }
        }
        let path =
            best(view, &PathQuery { avoid: &[colleague], floor: query.floor.max(sure), ..query }).path?;
        Some((path.end()?, path.proven))
    }

    /// The proven strength of the best path to our staff from a person who is not reached, where only a stronger
    /// one is of interest: a floor for searches that look for one. 0 where there is no path.
    pub(crate) fn least_of_interest(&self, member: MemberIx, view: &View<'_>) -> f64 {
        if !is_ample(view) {
            return 0.0;
        }
        self.path(member, view).map_or(0.0, |path| path.proven)
    }
}

/// Whether searches may look at as many ties as by default: far more than they ever do. With a tight budget it matters
/// which ties they look at, so they are then given no hint of what to leave out.
fn is_ample(view: &View<'_>) -> bool {
    view.settings().introductions.budget >= IntroductionSettings::default().budget
}

/// The colleagues a person would do a favour, of all colleagues they have an opinion of.
pub(super) fn open(staff_ties: &[StaffOpinion], person: PersonIx, view: &View<'_>) -> Open {
    let ties = view.network().ties();
    let mut open = Open::NONE;
    for tie in staff_ties {
        let distrusted = tie.opinion.is_distrust(&view.settings().levels);
        if !distrusted && !ties.is_avoided(person, tie.tie, view.day()) {
            open.add(tie);
        }
    }
    open
}
