//! The best chain of everybody at once.
//!
//! One search a person looks at the same ties over and over. Here everybody takes, again and again, the best of what
//! those whom they trust have found so far: best(v) = max over ties v → w of b(v, w)·best(w), and what one of ours is
//! trusted with directly to begin with. With a bound on ties that is one sweep over all ties for each tie allowed;
//! without one, sweeps over one customer at a time until nothing changes there, so that all they read stays near the
//! processor, and then along the ties that join customers. No factor exceeds one, so a tie that is weaker than what
//! somebody has already begins no better chain and is left out of those sweeps.
#![allow(
    clippy::indexing_slicing,
    reason = "columns have one entry a person, and positions come from the network"
)]
#![allow(clippy::float_cmp, reason = "equal strengths are put in order by what else tells chains apart")]

use std::cmp::Ordering;
use std::ops::Range;

use super::passable::passable;
use super::{Quest, Route};
use crate::network::{Head, PersonIx, TieIx};
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
        let mut sweeper = Sweeper::new(view, floor);
        let Some(max_ties) = max_ties else {
            return Self { layers: vec![sweeper.settle()], bounded: false };
        };
        let mut layers = vec![sweeper.direct()];
        if max_ties == 0 {
            layers[0].fill(NONE);
        }
        sweeper.first.clone_from(&layers[0]);
        for _ in 1..max_ties {
            let (layer, changed) = sweeper.one_more_tie(&layers);
            layers.push(layer);
            if !changed {
                break;
            }
        }
        Self { layers, bounded: true }
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

struct Sweeper<'a> {
    view: &'a View<'a>,
    /// Without any condition of its own: only what always holds is looked at.
    quest: Quest<'a>,
    scale: Scale,
    plain: bool,
    floor: f64,
    /// The strength of everybody's best chain so far, multiplied from our end.
    best: Vec<f64>,
    /// The tie on which it begins.
    first: Layer,
    /// Room for the open ties of one block, and for whose they are.
    open: Vec<Open>,
    rows: Vec<(PersonIx, usize, usize)>,
}

/// A tie on which a better chain may begin.
#[derive(Debug, Clone, Copy)]
struct Open {
    to: PersonIx,
    tie: TieIx,
    belief: f64,
}

/// The strongest way on from somebody, if it is stronger than what they have.
struct Strongest {
    strength: f64,
    /// Its place among their ties.
    at: Option<u32>,
}

/// Looks through plain ties for a way that is stronger than the bound. None where that takes a closer look: a tie is
/// not plain, or a way is just as strong that is not known, by its place and whom it leads to, to be what the bound is.
fn strongest(
    heads: &[Head],
    best: &[f64],
    scale: Scale,
    bound: f64,
    is_known: impl Fn(u32, PersonIx) -> bool,
) -> Option<Strongest> {
    let mut found = Strongest { strength: bound, at: None };
    for (at, &head) in (0_u32..).zip(heads) {
        if !head.is_plain() {
            return None;
        }
        let beyond = best[head.trusted() as usize];
        if !scale.may_come_to(head, beyond, found.strength) {
            continue;
        }
        let strength = scale.belief(scale.evidence(head)) * beyond;
        if strength > found.strength {
            found = Strongest { strength, at: Some(at) };
        } else if strength == found.strength && !is_known(at, head.trusted()) {
            return None;
        }
    }
    Some(found)
}

/// A hair, so that a chain is not lost which is as strong as the floor when it is multiplied from the other end.
const HAIR: f64 = 1e-12;

impl<'a> Sweeper<'a> {
    fn new(view: &'a View<'a>, floor: f64) -> Self {
        Self {
            view,
            quest: Quest::to(0, view),
            scale: view.scale(),
            plain: view.is_as_packed(),
            floor: (floor * (1.0 - HAIR)).max(f64::MIN_POSITIVE),
            best: vec![0.0; view.network().people().len()],
            first: Vec::new(),
            open: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Everybody outside.
    fn outsiders(&self) -> Range<PersonIx> {
        let network = self.view.network();
        network.staff_end()..network.outsiders_end()
    }

    /// The belief of a tie along which one may ask; 0 along any other.
    fn belief(&self, who: PersonIx, tie: TieIx, head: Head) -> f64 {
        if self.plain && head.is_plain() {
            return self.scale.belief(self.scale.evidence(head));
        }
        let evidence = passable(self.view, &self.quest, who, tie, head.trusted());
        evidence.map_or(0.0, |evidence| self.scale.belief(evidence))
    }

    /// Whether a tie can be worth as much as a bound, as far as that can be told quickly.
    fn may_come_to(&self, head: Head, beyond: f64, bound: f64) -> bool {
        !(self.plain && head.is_plain()) || self.scale.may_come_to(head, beyond, bound)
    }

    /// Chains of one tie.
    fn direct(&mut self) -> Layer {
        let mut layer = vec![NONE; self.best.len()];
        for person in self.outsiders() {
            let (first, heads) = self.view.network().ties().row(person);
            self.directly(person, first, heads, &mut layer);
        }
        layer
    }

    /// The best chain of one tie of somebody; tells how many of their ties lead to our staff, who stand first.
    fn directly(&mut self, person: PersonIx, first: TieIx, heads: &[Head], layer: &mut Layer) -> usize {
        let network = self.view.network();
        let (mut best, mut by) = (0.0, NONE);
        let mut ours = 0;
        for (tie, &head) in (first..).zip(heads) {
            if !network.is_staff(head.trusted()) {
                break;
            }
            ours += 1;
            let belief = self.belief(person, tie, head);
            if belief > best || belief == best && belief > 0.0 && self.is_better(&[], true, tie, by) {
                (best, by) = (belief, tie);
            }
        }
        if best >= self.floor {
            self.best[person as usize] = best;
            layer[person as usize] = by;
        }
        ours
    }

    /// Chains of one tie more than those found so far; and whether there is any that is better.
    fn one_more_tie(&mut self, layers: &[Layer]) -> (Layer, bool) {
        let ties = self.view.network().ties();
        let mut layer = vec![SAME; self.best.len()];
        let mut improved = self.best.clone();
        let mut changed = false;
        let last = &layers[layers.len() - 1];
        for person in self.outsiders() {
            let before = self.best[person as usize];
            let (mut best, mut by) = (before.max(self.floor), SAME);
            let (first, heads) = ties.row(person);
            let known = self.first[person as usize].wrapping_sub(first);
            match self
                .plain
                .then(|| {
                    strongest(heads, &self.best, self.scale, best, |at, to| {
                        at == known && last[to as usize] == SAME
                    })
                })
                .flatten()
            {
                Some(Strongest { strength, at: Some(at) }) => (best, by) = (strength, first + at),
                Some(Strongest { at: None, .. }) => {}
                None => {
                    for (tie, &head) in (first..).zip(heads) {
                        let strength = self.belief(person, tie, head) * self.best[head.trusted() as usize];
                        if strength >= best
                            && (strength > best || self.is_better_than(layers, person, tie, by))
                        {
                            (best, by) = (strength, tie);
                        }
                    }
                }
            }
            if by != SAME {
                improved[person as usize] = best;
                layer[person as usize] = by;
                self.first[person as usize] = by;
                changed = true;
            }
        }
        self.best = improved;
        (layer, changed)
    }

    #[cold]
    fn is_better_than(&self, layers: &[Layer], person: PersonIx, tie: TieIx, by: TieIx) -> bool {
        if by != SAME {
            return self.is_better(layers, true, tie, by);
        }
        let next = self.view.network().ties().trusted(tie);
        let is_known = layers.last().is_some_and(|layer| layer[next as usize] == SAME);
        if is_known && self.first[person as usize] == tie {
            return false;
        }
        // What the layers so far have for the person, if anything: the floor alone is no chain.
        let before: Vec<TieIx> = Walk::new(layers, true, self.view, person).collect();
        before.is_empty() || self.compare(&self.chain(layers, true, tie), &before) == Ordering::Less
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

    /// Chains of any number of ties.
    fn settle(&mut self) -> Layer {
        let mut layer = vec![NONE; self.best.len()];
        let blocks: Vec<Range<PersonIx>> = self.view.network().outside_blocks().collect();
        // The ties that leave a block, each with the block's place.
        let mut across: Vec<(PersonIx, usize, TieIx)> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            self.open.clear();
            self.rows.clear();
            for person in block.clone() {
                let (first, heads) = self.view.network().ties().row(person);
                let ours = self.directly(person, first, heads, &mut layer);
                self.unfold(person, ours);
                let leaving = self.rows.last().filter(|row| row.0 == person).map_or(0..0, |row| row.1..row.2);
                let leaving = self.open[leaving].iter().filter(|open| !block.contains(&open.to));
                across.extend(leaving.map(|open| (person, at, open.tie)));
            }
            self.settle_block(&mut layer);
        }
        loop {
            let mut stale = vec![false; blocks.len()];
            let mut all = false;
            for &(person, block, tie) in &across {
                let (changed, swapped) = self.pull(person, tie, &mut layer);
                stale[block] |= changed;
                all |= swapped;
            }
            if !all && !stale.contains(&true) {
                break;
            }
            for (block, _) in blocks.iter().zip(stale).filter(|(_, stale)| *stale || all) {
                self.open.clear();
                self.rows.clear();
                for person in block.clone() {
                    self.unfold(person, 0);
                }
                self.settle_block(&mut layer);
            }
        }
        layer
    }

    /// Adds the ties on which a better chain of somebody may begin, past those already looked at, to the open ones.
    fn unfold(&mut self, person: PersonIx, past: usize) {
        let network = self.view.network();
        let (first, heads) = network.ties().row(person);
        let best = self.best[person as usize].max(self.floor);
        let begin = self.open.len();
        for (tie, &head) in (first..).zip(heads).skip(past) {
            let to = head.trusted();
            if self.may_come_to(head, 1.0, best) && !network.is_staff(to) {
                self.open.push(Open { to, tie, belief: self.belief(person, tie, head) });
            }
        }
        if self.open.len() > begin {
            self.rows.push((person, begin, self.open.len()));
        }
    }

    /// Sweeps over the open ties of a block, to and fro, until nothing changes.
    ///
    /// A tie that is weaker than what somebody has already can never be the first of a better chain, so only the
    /// others are swept over, packed together with their beliefs.
    fn settle_block(&mut self, layer: &mut Layer) {
        let (rows, open) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.open));
        let mut changed = true;
        let mut backwards = false;
        while changed {
            changed = false;
            for step in 0..rows.len() {
                let (person, begin, end) = rows[if backwards { rows.len() - 1 - step } else { step }];
                let before = (self.best[person as usize], layer[person as usize]);
                let (mut best, mut by) = before;
                for open in &open[begin..end] {
                    let strength = open.belief * self.best[open.to as usize];
                    if strength >= best && self.goes_before(strength, open.tie, (best, by), layer) {
                        (best, by) = (strength, open.tie);
                    }
                }
                if (best, by) != before {
                    self.best[person as usize] = best;
                    layer[person as usize] = by;
                    changed = true;
                }
            }
            backwards = !backwards;
        }
        self.rows = rows;
        self.open = open;
    }

    /// Whether a way that is no weaker than another is to be taken instead.
    fn goes_before(&self, strength: f64, tie: TieIx, (best, by): (f64, TieIx), layer: &Layer) -> bool {
        if strength > best {
            return strength >= self.floor;
        }
        strength > 0.0
            && tie != by
            && by != NONE
            && self.is_better(std::slice::from_ref(layer), false, tie, by)
    }

    /// Takes the way along a tie if it is better: whether it is stronger, and whether it is as strong and goes before.
    fn pull(&mut self, person: PersonIx, tie: TieIx, layer: &mut Layer) -> (bool, bool) {
        let head = *self.view.network().ties().head(tie);
        let strength = self.belief(person, tie, head) * self.best[head.trusted() as usize];
        let (best, by) = (self.best[person as usize], layer[person as usize]);
        if strength < best || !self.goes_before(strength, tie, (best, by), layer) {
            return (false, false);
        }
        self.best[person as usize] = strength;
        layer[person as usize] = tie;
        (strength > best, strength == best)
    }
}
