//! Paths of at most a given number of ties: one sweep over the non-dominated ties for each tie that a path may
//! have.

use std::cmp::Ordering;

use super::{Believed, Ground, Layer, NONE, SAME, Walk};
use crate::network::PersonIx;

/// The next person on everyone's best path: a layer for each number of ties allowed, up to the one from which on
/// nothing changes.
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
    /// The strength of everyone's best path so far, multiplied from our end.
    best: Vec<f64>,
    too_little: f64,
    /// The next person on it.
    first: Layer,
}

impl<'a> Sweeper<'a> {
    fn new(ground: &'a Ground<'a>, floor: f64) -> Self {
        let (best, too_little) = ground.nothing_yet(floor);
        Self { ground, best, too_little, first: Vec::new() }
    }

    /// Paths of one tie.
    fn direct(&mut self) -> Layer {
        let mut layer = vec![NONE; self.best.len()];
        for edge in &self.ground.non_dominated.ours {
            let Believed { belief, who, to } = self.ground.believed(edge);
            let (best, next) = (&mut self.best[who.index()], &mut layer[who.index()]);
            if belief > *best || belief == *best && self.ground.is_better(&[], true, who, [to, *next]) {
                (*best, *next) = (belief, to);
            }
        }
        layer
    }

    /// Paths of one tie more than those found so far; and whether there is any that is better.
    fn one_more_tie(&mut self, layers: &[Layer]) -> (Layer, bool) {
        let non_dominated = &self.ground.non_dominated;
        let mut layer = vec![SAME; self.best.len()];
        let mut improved = self.best.clone();
        let last = &layers[layers.len() - 1];
        for edge in non_dominated.all_near().iter().chain(non_dominated.far.iter().map(|(_, tie)| tie)) {
            let Believed { belief, who, to } = self.ground.believed(edge);
            let strength = belief * self.best[to.index()];
            let best = &mut improved[who.index()];
            if strength < *best {
                continue;
            }
            // Most paths that are just as strong are the one that is known already.
            let is_known = self.first[who.index()] == to && last[to.index()] == SAME;
            if strength > *best
                || !is_known && self.is_better_than(layers, who, [to, layer[who.index()]], strength)
            {
                *best = strength;
                layer[who.index()] = to;
            }
        }
        let mut changed = false;
        for (first, &next) in self.first.iter_mut().zip(&layer).filter(|(_, next)| **next != SAME) {
            *first = next;
            changed = true;
        }
        self.best = improved;
        (layer, changed)
    }

    /// Whether a person's path through one precedes the current one, which is just as strong: the path through the
    /// other that was found in this sweep, or else the one that the layers have.
    #[cold]
    fn is_better_than(
        &self,
        layers: &[Layer],
        who: PersonIx,
        [to, other]: [PersonIx; 2],
        strength: f64,
    ) -> bool {
        if strength <= self.too_little {
            return false;
        }
        if other != SAME {
            return self.ground.is_better(layers, true, who, [to, other]);
        }
        let next = Walk::new(layers, true, self.ground.view, who);
        let before: Vec<PersonIx> = std::iter::once(who).chain(next).collect();
        self.ground.compare(&self.ground.path(layers, true, who, to), &before) == Ordering::Less
    }
}
