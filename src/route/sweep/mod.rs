//! The best chain of everybody at once.
//!
//! One search a person looks at the same ties over and over. Here everybody takes, again and again, the best of what
//! those whom they trust have found so far: best(v) = max over ties v → w of b(v, w)·best(w), and what one of ours is
//! trusted with directly to begin with. With a bound on ties that is one sweep over all ties for each tie allowed;
//! without one, sweeps over one customer at a time until nothing changes there, so that all they read stays near the
//! processor, and then along the ties that join customers. Only the network's contenders are swept over: the ties that may
//! begin a best chain at all.
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
use super::{Quest, Route};
use crate::network::{Contender, Contenders, Head, PersonIx, TieIx};
use crate::trust::Scale;
use crate::view::View;

/// The best chains of everybody to anybody of ours.
#[derive(Debug)]
pub(crate) struct Sweep {
    /// By number of ties allowed, one layer each; a single layer where any number is.
    layers: Vec<Layer>,
    bounded: bool,
}

/// Of everybody the tie on which the best chain begins, [`SAME`] when it is that of the layer before, or [`NONE`].
type Layer = Vec<TieIx>;

const NONE: TieIx = u32::MAX;
const SAME: TieIx = u32::MAX - 1;

impl Sweep {
    /// Finds the best chain of everybody outside, of at most so many ties. What is weaker than the floor may be left
    /// out, and need not.
    pub(crate) fn over(view: &View<'_>, max_ties: Option<u8>, floor: f64) -> Self {
        let ground = Ground::of(view);
        let floor = floor * (1.0 - HAIR);
        match max_ties {
            Some(max_ties) => Self { layers: bounded::layers(&ground, max_ties, floor), bounded: true },
            None => Self { layers: vec![unbounded::settle(&ground, floor)], bounded: false },
        }
    }

    /// The chain of somebody.
    pub(crate) fn route(&self, view: &View<'_>, person: PersonIx) -> Option<Route> {
        let ties: Vec<TieIx> = Walk::new(&self.layers, self.bounded, view, person).collect();
        if ties.is_empty() {
            return None;
        }
        let mut people = Vec::with_capacity(ties.len() + 1);
        people.push(person);
        people.extend(ties.iter().map(|&tie| view.network().ties().trusted(tie)));
        let (proven, expected) = super::measure(view, &ties);
        Some(Route { people, ties, proven, expected })
    }
}

/// The ties of a chain, from its target on.
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
    type Item = TieIx;

    fn next(&mut self) -> Option<TieIx> {
        if self.layer == 0 || self.view.network().is_staff(self.at) {
            return None;
        }
        let mut tie = self.layers[self.layer - 1][self.at as usize];
        while tie == SAME {
            self.layer -= 1;
            tie = self.layers[self.layer - 1][self.at as usize];
        }
        if tie == NONE {
            return None;
        }
        self.layer -= usize::from(self.bounded);
        self.at = self.view.network().ties().trusted(tie);
        Some(tie)
    }
}

/// What is swept over.
struct Ground<'a> {
    view: &'a View<'a>,
    /// Without any condition of its own: only what always holds is looked at.
    quest: Quest<'a>,
    scale: Scale,
    plain: bool,
    contenders: Cow<'a, Contenders>,
}

/// A tie with its belief.
#[derive(Debug, Clone, Copy)]
struct Believed {
    belief: f64,
    who: PersonIx,
    to: PersonIx,
}

/// A hair, so that a chain is not lost which is as strong as the floor when it is multiplied from the other end.
const HAIR: f64 = 1e-12;

impl<'a> Ground<'a> {
    fn of(view: &'a View<'a>) -> Self {
        /// Far above where what is left of evidence is too small for differences to be told.
        const LEAST_KEPT: f64 = 1e-100;
        let (network, plain) = (view.network(), view.is_as_packed());
        let prior = view.settings().evidence.prior_weight.get();
        let fades_alike = plain && prior >= Contenders::LEAST_PRIOR && view.kept() >= LEAST_KEPT;
        let contenders = if fades_alike {
            Cow::Borrowed(network.contenders())
        } else {
            Cow::Owned(Contenders::all(network))
        };
        Self { view, quest: Quest::to(0, view), scale: view.scale(), plain, contenders }
    }

    /// How strong everybody's best chain is before any is found: one for our own people, and for everybody else a little
    /// less than the floor, which is told too. So whatever is more is strong enough, and what leads on from whom nobody
    /// reaches never is.
    fn nothing_yet(&self, floor: f64) -> (Vec<f64>, f64) {
        /// Above the numbers that are multiplied slowly.
        const LEAST: f64 = 1e-300;
        let network = self.view.network();
        let too_little = floor.max(LEAST).next_down();
        let mut best = vec![too_little; network.people().len()];
        best[..network.staff_end() as usize].fill(1.0);
        (best, too_little)
    }

    #[inline]
    fn believed(&self, (who, tie): Contender) -> Believed {
        let head = self.view.network().ties().head(tie);
        Believed { belief: self.belief(who, tie, head), who, to: head.trusted() }
    }

    /// The belief of a tie along which one may ask; 0 along any other.
    #[inline]
    fn belief(&self, who: PersonIx, tie: TieIx, head: &Head) -> f64 {
        if self.plain && head.is_plain() {
            self.scale.belief(self.scale.evidence(*head))
        } else {
            self.belief_with_conditions(who, tie, head.trusted())
        }
    }

    #[cold]
    #[inline(never)]
    fn belief_with_conditions(&self, who: PersonIx, tie: TieIx, to: PersonIx) -> f64 {
        let evidence = passable(self.view, &self.quest, who, tie, to);
        evidence.map_or(0.0, |evidence| self.scale.belief(evidence))
    }

    /// Whether the chain that begins with one tie goes before the one that begins with another, both as strong.
    #[cold]
    fn is_better(&self, layers: &[Layer], bounded: bool, tie: TieIx, other: TieIx) -> bool {
        self.compare(&self.chain(layers, bounded, tie), &self.chain(layers, bounded, other)) == Ordering::Less
    }

    fn chain(&self, layers: &[Layer], bounded: bool, first: TieIx) -> Vec<TieIx> {
        let next = self.view.network().ties().trusted(first);
        std::iter::once(first).chain(Walk::new(layers, bounded, self.view, next)).collect()
    }

    /// Of chains of the same strength and the same target: the higher expectation, then fewer ties, then ids.
    fn compare(&self, a: &[TieIx], b: &[TieIx]) -> Ordering {
        let network = self.view.network();
        let expected = |ties: &[TieIx]| super::measure(self.view, ties).1;
        let ids = |ties: &[TieIx]| -> Vec<&str> {
            ties.iter().map(|&tie| network.person_at(network.ties().trusted(tie)).id()).collect()
        };
        expected(b)
            .total_cmp(&expected(a))
            .then_with(|| a.len().cmp(&b.len()))
            .then_with(|| ids(a).cmp(&ids(b)))
    }
}
