//! The best path to us of each member: sought when first asked for, and not sought at all where what is known
//! without a search is answer enough.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use super::{Footing, ToUs};
use crate::network::{MemberIx, PersonIx};
use crate::route::{Quest, Route, best};
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
    const NONE: Self = Self { first: 0.0, who: PersonIx::NOBODY, second: 0.0 };

    fn add(&mut self, tie: &ToUs) {
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
pub(super) struct Way {
    route: Option<Box<Route>>,
    /// No tie that it met has conditions.
    only_plain: bool,
}

impl Footing {
    fn find_way(&self, member: MemberIx, view: &View<'_>) -> Way {
        let quest = Quest::to(self.standing.person(member), view);
        let floor =
            quest.floor.min(self.levels.warm.get()).max(self.sure_way(member, PersonIx::NOBODY, view));
        let outcome = best(view, &Quest { floor, ..quest });
        Way { route: outcome.route.map(Box::new), only_plain: outcome.only_plain && !outcome.gave_up }
    }

    /// The strength of a usable path to our staff of one or two ties that does not ask one given person: a lower
    /// bound for the best path of a member, at the cost of one look at each of their ties. 0 where there is no
    /// path that short.
    ///
    /// As a floor it prunes most of a search; as an answer it replaces the search.
    pub(crate) fn sure_way(&self, member: MemberIx, without: PersonIx, view: &View<'_>) -> f64 {
        self.sure_ways(member, without, view).1
    }

    /// The same with everyone, and with one person not to be asked.
    fn sure_ways(&self, member: MemberIx, without: PersonIx, view: &View<'_>) -> (f64, f64) {
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
        for &head in view.network().ties().heads_of(self.standing.person(member)) {
            let person = head.trusted();
            if !head.is_plain() {
                continue;
            }
            let Some(place) = self.standing.place(person) else { continue };
            let belief = scale.belief(scale.evidence(head));
            let open = &self.open[place.index()];
            all = all.max(belief * open.first);
            if person != without {
                others = others.max(belief * open.without(without));
            }
        }
        (all, others)
    }

    pub(super) fn best_way(&self, member: MemberIx, view: &View<'_>) -> Option<&Route> {
        self.way(member, view).route.as_deref()
    }

    fn way(&self, member: MemberIx, view: &View<'_>) -> &Way {
        self.ways[member.index()].get_or_init(|| self.find_way(member, view))
    }

    /// Whether conditions on who may be asked, such as distrust or a departure, can have kept the best path of a
    /// member from being stronger: the search met a tie with any.
    pub(crate) fn may_be_barred(&self, member: MemberIx, view: &View<'_>) -> bool {
        !self.way(member, view).only_plain
    }

    /// The end and the proven strength of the best path to our staff that avoids one colleague.
    pub(crate) fn way_without(
        &self,
        member: MemberIx,
        colleague: PersonIx,
        view: &View<'_>,
    ) -> Option<(PersonIx, f64)> {
        let quest = Quest::to(self.standing.person(member), view);
        let (with, sure) = self.sure_ways(member, colleague, view);
        // If the best path avoids them already, it is the answer; checked only where that is likely.
        if is_ample(view) && sure >= with {
            let way = self.best_way(member, view).filter(|way| way.proven >= quest.floor)?;
            if !way.people.contains(&colleague) {
                return Some((way.end()?, way.proven));
            }
        }
        let route = best(view, &Quest { avoid: &[colleague], floor: quest.floor.max(sure), ..quest }).route?;
        Some((route.end()?, route.proven))
    }

    /// The proven strength of the best path to our staff from a person who is not reached, where only a stronger
    /// one is of interest: a floor for searches that look for one. 0 where there is no path.
    pub(crate) fn least_of_interest(&self, member: MemberIx, view: &View<'_>) -> f64 {
        if !is_ample(view) {
            return 0.0;
        }
        self.route(member, view).map_or(0.0, |route| route.proven)
    }
}

/// Whether searches may look at as many ties as by default: far more than they ever do. With a tight budget it matters
/// which ties they look at, so they are then given no hint of what to leave out.
fn is_ample(view: &View<'_>) -> bool {
    view.settings().introductions.budget >= IntroductionSettings::default().budget
}

/// The colleagues a person would do a favour, of all colleagues they have an opinion of.
pub(super) fn open(to_us: &[ToUs], person: PersonIx, view: &View<'_>) -> Open {
    let ties = view.network().ties();
    let mut open = Open::NONE;
    for tie in to_us {
        let distrusted = tie.opinion.is_distrust(&view.settings().levels);
        if !distrusted && !ties.is_avoided(person, tie.tie, view.day()) {
            open.add(tie);
        }
    }
    open
}
