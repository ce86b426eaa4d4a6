//! Chains of at most so many ties: one sweep over the contenders for each tie that a chain may have.

use std::cmp::Ordering;

use super::{Ground, Layer, NONE, SAME, Walk};
use crate::network::{Contender, TieIx};

/// The tie of everybody on which their best chain begins: a layer for each number of ties allowed, up to the one from
/// which on nothing changes.
pub(super) fn layers(ground: &Ground<'_>, max_ties: u8, floor: f64) -> Vec<Layer> {
    let mut sweeper = Sweeper::new(ground, floor);
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
    layers
}

struct Sweeper<'a> {
    ground: &'a Ground<'a>,
    /// The strength of everybody's best chain so far, multiplied from our end.
    best: Vec<f64>,
    too_little: f64,
    /// The tie on which it begins.
    first: Layer,
}

impl<'a> Sweeper<'a> {
    fn new(ground: &'a Ground<'a>, floor: f64) -> Self {
        let (best, too_little) = ground.nothing_yet(floor);
        Self { ground, best, too_little, first: Vec::new() }
    }

    /// Chains of one tie.
    fn direct(&mut self) -> Layer {
        let mut layer = vec![NONE; self.best.len()];
        for &(who, tie) in &self.ground.contenders.ours {
            let belief = self.ground.believed((who, tie)).belief;
            let (best, by) = (&mut self.best[who as usize], &mut layer[who as usize]);
            if belief > *best || belief == *best && self.ground.is_better(&[], true, tie, *by) {
                (*best, *by) = (belief, tie);
            }
        }
        layer
    }

    /// Chains of one tie more than those found so far; and whether there is any that is better.
    fn one_more_tie(&mut self, layers: &[Layer]) -> (Layer, bool) {
        let contenders = &self.ground.contenders;
        let mut layer = vec![SAME; self.best.len()];
        let mut improved = self.best.clone();
        let last = &layers[layers.len() - 1];
        for &(who, tie) in contenders.all_near().iter().chain(contenders.far.iter().map(|(_, tie)| tie)) {
            let way = self.ground.believed((who, tie));
            let strength = way.belief * self.best[way.to as usize];
            let best = &mut improved[who as usize];
            if strength < *best {
                continue;
            }
            // Most ways that are just as strong are the one that is known already.
            let is_known = self.first[who as usize] == tie && last[way.to as usize] == SAME;
            if strength > *best
                || !is_known && self.is_better_than(layers, (who, tie), strength, layer[who as usize])
            {
                *best = strength;
                layer[who as usize] = tie;
            }
        }
        let mut changed = false;
        for (first, &by) in self.first.iter_mut().zip(&layer).filter(|(_, by)| **by != SAME) {
            *first = by;
            changed = true;
        }
        self.best = improved;
        (layer, changed)
    }

    /// Whether a way goes before what there is, which is just as strong: the way that begins with a tie found in this
    /// sweep, or else the one that the layers have.
    #[cold]
    fn is_better_than(&self, layers: &[Layer], (who, tie): Contender, strength: f64, by: TieIx) -> bool {
        if strength <= self.too_little {
            return false;
        }
        if by != SAME {
            return self.ground.is_better(layers, true, tie, by);
        }
        let before: Vec<TieIx> = Walk::new(layers, true, self.ground.view, who).collect();
        self.ground.compare(&self.ground.chain(layers, true, tie), &before) == Ordering::Less
    }
}
