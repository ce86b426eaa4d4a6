//! The best path of everyone at once.
//!
//! One search per person examines the same ties over and over. Here everyone takes, again and again, the best of
//! what the people they trust have found so far: best(v) = max over ties v → w of b(v, w)·best(w), starting from
//! direct trust in our staff. With a bound on ties that is one sweep over all ties for each tie allowed; without
//! one, sweeps over one customer at a time until nothing changes there, so that all they read stays near the
//! processor, and then along the ties that join customers. Only the network's non-dominated ties are swept over:
//! the ties that may begin a best path at all.
#![allow(
    clippy::indexing_slicing,
    reason = "columns have one entry a person, and positions come from the network"
)]
#![allow(clippy::float_cmp, reason = "equal strengths are put in order by what else tells chains apart")]

mod bounded;
mod unbounded;

use std::borrow::Cow;
use std::cmp::Ordering;

use super::passable::passable;
use super::{FoundPath, PathQuery};
use crate::evidence::Prior;
use crate::network::{Head, NonDominatedEdge, NonDominatedEdges, PersonIx, TieIx};
use crate::trust::Scale;
use crate::view::View;

/// The best paths of everyone to any of our staff.
#[derive(Debug)]
pub(crate) struct Sweep {
    /// By number of ties allowed, one layer each; a single layer where any number is.
    layers: Vec<Layer>,
    bounded: bool,
}

/// For everyone the next person on the best path, [`SAME`] when it is that of the layer before, or [`NONE`].
type Layer = Vec<PersonIx>;

const NONE: PersonIx = PersonIx::NONE;
const SAME: PersonIx = PersonIx::new(u32::MAX - 1);

impl Sweep {
    /// Finds the best path of everyone outside, of at most `max_ties` ties. Paths weaker than the floor may be
    /// left out, but need not be.
    pub(crate) fn over(view: &View<'_>, max_ties: Option<u8>, floor: f64) -> Self {
        let ground = Ground::of(view);
        let floor = floor * (1.0 - HAIR);
        match max_ties {
            Some(max_ties) => Self { layers: bounded::layers(&ground, max_ties, floor), bounded: true },
            None => Self { layers: vec![unbounded::settle(&ground, floor)], bounded: false },
        }
    }

    /// The path of someone.
    pub(crate) fn path(&self, view: &View<'_>, person: PersonIx) -> Option<FoundPath> {
        /// Few paths are longer, and room for more is found then.
        const USUAL: usize = 6;
        let network = view.network();
        let (mut people, mut ties) = (Vec::with_capacity(USUAL + 1), Vec::with_capacity(USUAL));
        people.push(person);
        let mut who = person;
        for next in Walk::new(&self.layers, self.bounded, view, person) {
            ties.push(network.ties().find(who, next)?);
            people.push(next);
            who = next;
        }
        if ties.is_empty() {
            return None;
        }
        let (proven, projected) = super::measure(view, &ties);
        Some(FoundPath { people, ties, proven, projected })
    }
}

/// The ties of a path.
fn ties_along(view: &View<'_>, people: &[PersonIx]) -> Vec<TieIx> {
    let ties = view.network().ties();
    let pairs = people.iter().zip(people.iter().skip(1));
    pairs.filter_map(|(&who, &trusted)| ties.find(who, trusted)).collect()
}

/// The people of a path, from the one after its target on.
#[derive(Clone)]
struct Walk<'a> {
    layers: &'a [Layer],
    layer: usize,
    bounded: bool,
    view: &'a View<'a>,
    at: PersonIx,
}

impl<'a> Walk<'a> {
    fn new(layers: &'a [Layer], bounded: bool, view: &'a View<'a>, at: PersonIx) -> Self {
        Self { layers, layer: layers.len(), bounded, view, at }
    }
}

impl Iterator for Walk<'_> {
    type Item = PersonIx;

    fn next(&mut self) -> Option<PersonIx> {
        if self.layer == 0 || self.view.network().is_staff(self.at) {
            return None;
        }
        let mut next = self.layers[self.layer - 1][self.at.index()];
        while next == SAME {
            self.layer -= 1;
            next = self.layers[self.layer - 1][self.at.index()];
        }
        if next == NONE {
            return None;
        }
        self.layer -= usize::from(self.bounded);
        self.at = next;
        Some(next)
    }
}

/// What is swept over.
struct Ground<'a> {
    view: &'a View<'a>,
    /// Without any condition of its own: only what always holds is checked.
    query: PathQuery<'a>,
    scale: Scale,
    plain: bool,
    non_dominated: Cow<'a, NonDominatedEdges>,
}

/// A tie with its belief.
#[derive(Debug, Clone, Copy)]
struct Believed {
    belief: f64,
    who: PersonIx,
    to: PersonIx,
}

/// A hair, so that a path is not lost which is as strong as the floor when it is multiplied from the other end.
const HAIR: f64 = 1e-12;

impl<'a> Ground<'a> {
    fn of(view: &'a View<'a>) -> Self {
        /// Far above the point where the remaining evidence is too small to distinguish differences.
        const LEAST_KEPT: f64 = 1e-100;
        let (network, plain) = (view.network(), view.is_as_packed());
        let prior = Prior::of(&view.settings().evidence).weight();
        let fades_alike = plain && prior >= NonDominatedEdges::LEAST_PRIOR && view.kept() >= LEAST_KEPT;
        let non_dominated = if fades_alike {
            Cow::Borrowed(network.non_dominated())
        } else {
            Cow::Owned(NonDominatedEdges::all(network))
        };
        Self { view, query: PathQuery::to(PersonIx::new(0), view), scale: view.scale(), plain, non_dominated }
    }

    /// The initial strength of everyone's best path: one for our own people, and for everyone else a little less
    /// than the floor, which is returned too. So whatever is more is strong enough, and a path through a person no
    /// one reaches never is.
    fn nothing_yet(&self, floor: f64) -> (Vec<f64>, f64) {
        /// Above the numbers that are multiplied slowly.
        const LEAST: f64 = 1e-300;
        let network = self.view.network();
        let too_little = floor.max(LEAST).next_down();
        let mut best = vec![too_little; network.people().len()];
        best[..network.staff_end().index()].fill(1.0);
        (best, too_little)
    }

    #[inline]
    fn believed(&self, edge: &NonDominatedEdge) -> Believed {
        let NonDominatedEdge { who, head } = edge;
        Believed { belief: self.belief(*who, head), who: *who, to: head.trusted() }
    }

    /// The belief of a tie along which one may ask; 0 along any other.
    #[inline]
    fn belief(&self, who: PersonIx, head: &Head) -> f64 {
        if self.plain && head.is_plain() {
            self.scale.belief(self.scale.evidence(*head))
        } else {
            self.belief_with_conditions(who, head.trusted())
        }
    }

    #[cold]
    #[inline(never)]
    fn belief_with_conditions(&self, who: PersonIx, to: PersonIx) -> f64 {
        let tie = self.view.network().ties().find(who, to);
        let evidence = tie.and_then(|tie| passable(self.view, &self.query, who, tie, to));
        evidence.map_or(0.0, |evidence| self.scale.belief(evidence))
    }

    /// Whether the path of someone that leads to one first goes before the one that leads to another, both as
    /// strong.
    #[cold]
    fn is_better(&self, layers: &[Layer], bounded: bool, who: PersonIx, [to, other]: [PersonIx; 2]) -> bool {
        let path = |first| self.path(layers, bounded, who, first);
        self.compare(&path(to), &path(other)) == Ordering::Less
    }

    /// The people of the path of someone that leads to one first.
    fn path(&self, layers: &[Layer], bounded: bool, who: PersonIx, first: PersonIx) -> Vec<PersonIx> {
        [who, first].into_iter().chain(Walk::new(layers, bounded, self.view, first)).collect()
    }

    /// Of paths of the same strength and the same target: the higher expectation, then fewer ties, then ids.
    fn compare(&self, a: &[PersonIx], b: &[PersonIx]) -> Ordering {
        let network = self.view.network();
        let projected = |people: &[PersonIx]| super::measure(self.view, &ties_along(self.view, people)).1;
        let ids = |people: &[PersonIx]| -> Vec<&str> {
            people.iter().map(|&at| network.person_at(at).id()).collect()
        };
        projected(b)
            .total_cmp(&projected(a))
            .then_with(|| a.len().cmp(&b.len()))
            .then_with(|| ids(a).cmp(&ids(b)))
    }
}
