//! Paths of any number of ties: sweeps over one block of people at a time, and along the ties that join blocks.
//!
//! Everyone begins with the best tie to a colleague, and with an upper bound of their reach: a tie's belief times
//! the best that anyone in the block has. One sweep over the ties of the block brings nearly everyone to their
//! best path; then a tie is kept only if its belief times the upper bound of the other is at least the current
//! strength. That leaves few, which are swept back and forth until nothing changes.
//!
//! What is swept over is one list of ties with their beliefs rather than the ties of one person after the other, and the
//! loops hardly branch on what they read: there a processor guesses wrong more often than the work beside it takes.
//!
//! Strengths come first. Where several paths are just as strong, the tie-breaking order is applied once all
//! strengths are known, for only those people.
#![allow(clippy::needless_bitwise_bool, reason = "a branch on what is read is what these loops avoid")]

use super::{Believed, Ground, Layer, NONE};
use crate::network::{IxRange, PersonIx};

/// The next person on everyone's best path.
pub(super) fn settle(ground: &Ground<'_>, floor: f64) -> Layer {
    let mut settling = Settling::new(ground, floor);
    settling.begin();
    let blocks: Vec<IxRange<PersonIx>> = ground.view.network().outside_blocks().collect();
    for (place, block) in (0..).zip(&blocks) {
        settling.settle_block(place, block);
    }
    loop {
        let stale = settling.pull();
        for &place in &stale {
            settling.settle_block(place, &blocks[place as usize]);
        }
        if stale.is_empty() {
            break;
        }
    }
    settling.put_in_order();
    settling.layer
}

struct Settling<'a> {
    ground: &'a Ground<'a>,
    /// The strength of everyone's best path so far, multiplied from our end.
    best: Vec<f64>,
    /// The next person on it.
    layer: Layer,
    too_little: f64,
    /// Those that join blocks.
    far: Vec<Believed>,
    /// People who may have several paths that are just as strong.
    alike: Vec<PersonIx>,
    /// Room for the ties of one block, for what its people may reach at most, and for the places of the ties that are
    /// left.
    near: Vec<Believed>,
    most: Vec<f64>,
    left: Vec<u32>,
}

impl<'a> Settling<'a> {
    fn new(ground: &'a Ground<'a>, floor: f64) -> Self {
        let (best, too_little) = ground.nothing_yet(floor);
        let far = ground.non_dominated.far.iter().map(|(_, tie)| ground.believed(tie)).collect();
        Self {
            ground,
            layer: vec![NONE; best.len()],
            best,
            too_little,
            far,
            alike: Vec::new(),
            near: Vec::new(),
            most: Vec::new(),
            left: Vec::new(),
        }
    }

    /// Paths of one tie, and of two where the second joins blocks.
    fn begin(&mut self) {
        let (all, layer) = (&mut self.best[..], &mut self.layer[..]);
        for edge in &self.ground.non_dominated.ours {
            let Believed { belief, who, to } = self.ground.believed(edge);
            let best = &mut all[who.index()];
            if belief > *best {
                *best = belief;
                layer[who.index()] = to;
            } else if belief == *best {
                self.alike.push(who);
            }
        }
        self.pull();
    }

    /// Takes better paths along the ties that join blocks. Returns the places of the blocks where there are any.
    fn pull(&mut self) -> Vec<u32> {
        let mut stale = Vec::new();
        for (&Believed { belief, who, to }, &(place, _)) in
            self.far.iter().zip(&self.ground.non_dominated.far)
        {
            let strength = belief * self.best[to.index()];
            let best = &mut self.best[who.index()];
            if strength > *best {
                *best = strength;
                self.layer[who.index()] = to;
                if stale.last() != Some(&place) {
                    stale.push(place);
                }
            } else if strength == *best && self.layer[who.index()] != to {
                self.alike.push(who);
            }
        }
        stale
    }

    fn settle_block(&mut self, place: u32, block: &IxRange<PersonIx>) {
        let ties = self.ground.non_dominated.near(place);
        let people = block.indices();
        self.most.clear();
        self.most.extend_from_slice(&self.best[people]);
        let top = self.most.iter().fold(0.0, |top: f64, &best| if best > top { best } else { top });
        if top <= self.too_little {
            return;
        }
        self.near.clear();
        self.near.extend(ties.iter().map(|tie| self.ground.believed(tie)));
        self.sweep_all(block.start(), top);
        let left = self.pick_left(block.start());
        while self.sweep(left) {}
    }

    /// Looks at every tie of a block, from the last to the first, and finds what everyone may reach at most.
    fn sweep_all(&mut self, start: PersonIx, top: f64) {
        // Slices of their own: what is written to one is known not to move another.
        let (all, layer, most) = (&mut self.best[..], &mut self.layer[..], &mut self.most[..]);
        for near in self.near.iter().rev() {
            let strength = near.belief * all[near.to.index()];
            let best = &mut all[near.who.index()];
            if strength > *best {
                *best = strength;
                layer[near.who.index()] = near.to;
            }
            let (most, at_most) = (&mut most[near.who.behind(start)], near.belief * top);
            *most = if at_most > *most { at_most } else { *most };
        }
    }

    /// Finds the ties on which a better path, or one as good, may still begin. How many there are.
    fn pick_left(&mut self, start: PersonIx) -> usize {
        if self.left.len() < self.near.len() {
            self.left.resize(self.near.len(), 0);
        }
        let (best, most) = (&self.best[..], &self.most[..]);
        let left = &mut self.left[..self.near.len()];
        let mut count = 0;
        for (place, near) in (0..).zip(&self.near) {
            // Each is written down, and the next one over it where it is not wanted.
            left[count] = place;
            let at_most = near.belief * most[near.to.behind(start)];
            count += usize::from(at_most >= best[near.who.index()]);
        }
        count
    }

    /// Examines the remaining ties, and reverses their list, so that the next sweep goes the other way. Returns
    /// whether anything changed.
    fn sweep(&mut self, left: usize) -> bool {
        let (mut changed, mut is_alike) = (false, false);
        let (all, layer, near) = (&mut self.best[..], &mut self.layer[..], &self.near[..]);
        for &place in &self.left[..left] {
            let Believed { belief, who, to } = near[place as usize];
            let strength = belief * all[to.index()];
            let best = &mut all[who.index()];
            is_alike |= (strength == *best) & (layer[who.index()] != to);
            if strength > *best {
                *best = strength;
                layer[who.index()] = to;
                changed = true;
            }
        }
        if changed {
            self.left[..left].reverse();
        } else if is_alike {
            for &place in &self.left[..left] {
                let Believed { belief, who, to } = self.near[place as usize];
                let strength = belief * self.best[to.index()];
                if strength == self.best[who.index()] && self.layer[who.index()] != to {
                    self.alike.push(who);
                }
            }
        }
        changed
    }

    /// Among paths that are just as strong everyone takes the first in order, until no one finds another.
    fn put_in_order(&mut self) {
        let mut alike = std::mem::take(&mut self.alike);
        alike.sort_unstable();
        alike.dedup();
        let ties = self.ground.view.network().ties();
        let mut changed = true;
        while changed {
            changed = false;
            for &person in &alike {
                for head in ties.heads_of(person) {
                    let (to, next) = (head.trusted(), self.layer[person.index()]);
                    let strength = self.ground.belief(person, head) * self.best[to.index()];
                    let is_as_strong = strength == self.best[person.index()] && strength > self.too_little;
                    let layers = std::slice::from_ref(&self.layer);
                    if is_as_strong && to != next && self.ground.is_better(layers, false, person, [to, next])
                    {
                        self.layer[person.index()] = to;
                        changed = true;
                    }
                }
            }
        }
    }
}
