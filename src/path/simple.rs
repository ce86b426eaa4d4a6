//! The strongest simple paths: no one occurs in one twice.
//!
//! Two steps. First a best-first search (Dijkstra's, on products) goes outward from the target and settles people
//! in order of the strength g of the best path to them. Every tie from a settled person to a person where paths
//! may end makes a path of its own, so the n-th strongest of these bounds the n-th strongest path from below; no
//! one weaker than that occurs in any path that is wanted, and there the search stops. Then paths are assembled
//! from their ends back to the target, along the ties that the search has met, most promising first (A*): the
//! strength of a partial path times g of the person at its beginning is never less than the best path that ends
//! so, and exactly that wherever the best path shares no one with the partial path. Partial paths that would visit
//! a person twice are not made.
//!
//! This is what Yen's algorithm finds (*Management Science* 17, 1971) without a search for each deviation. How
//! many partial paths are set aside before n paths are found depends on how often best paths cross them, in the
//! worst case on the number of paths, so the ties examined in each step are counted down against the budget.
#![allow(
    clippy::indexing_slicing,
    reason = "people, ties and parts refer to those that were pushed before them"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use ordered_float::OrderedFloat;

use super::passable::passable;
use super::places::{NONE, Places};
use super::{FoundPath, Goal, PathQuery, Ranking, measure, sort};
use crate::network::{Head, PersonIx, TieIx};
use crate::trust::Scale;
use crate::view::View;

/// The outcome of a search for several paths.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Several {
    /// Strongest first, then stronger in the other measure, then fewer ties, then ids from the target on.
    pub(crate) paths: Vec<FoundPath>,
    /// The budget ran out: there may be better paths, or more.
    pub(crate) gave_up: bool,
}

/// Finds the strongest simple paths, at most `count`.
pub(crate) fn simple(view: &View<'_>, query: &PathQuery<'_>, count: usize) -> Several {
    if count == 0 || query.max_ties == 0 {
        return Several { paths: Vec::new(), gave_up: false };
    }
    let mut around = Around::new(view, query, count);
    let settled = around.settle();
    around.left = query.budget;
    let (found, finished) = around.put_together();
    let mut paths: Vec<FoundPath> = found.into_iter().map(|part| around.path(&part)).collect();
    paths.retain(|path| path.strength(query.ranking) >= query.floor);
    sort(view, query.ranking, &mut paths);
    paths.truncate(count);
    Several { paths, gave_up: !(settled && finished) }
}

const TARGET: u32 = 0;
/// Represents the possible ends of a path, if they are named.
const END: u32 = NONE - 1;
/// More than the rounding of a few hundred products: what is weaker by more than this is weaker in any order of
/// multiplication.
const HAIR: f64 = 1e-12;
/// Up to this many ties a weaker path to a person is followed if it has fewer ties than the stronger. Beyond, the
/// bound hardly ever matters, and only paths are dropped that are too long.
const FEW_TIES: u8 = 8;

/// A person the search has met.
#[derive(Debug)]
struct Met {
    person: PersonIx,
    /// The strength of the best path here so far; once settled, of the best there is.
    best: f64,
    /// The number of ties of the last path that was followed on; [`NONE`] before the first.
    ties: u32,
    /// The last tie that leads here, as a place in [`Around::steps`].
    into: u32,
    /// Whether the ties to those where no path ends are among the steps already.
    is_open: bool,
}

/// A tie between two who were met.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: u32,
    tie: TieIx,
    /// The next tie that leads to the same person.
    next: u32,
}

/// The last part of a path: from someone to its end.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Where it begins, as a place in [`Around::met`].
    begin: u32,
    /// Its first tie.
    tie: TieIx,
    /// The part behind that tie; [`NONE`] when the tie leads to the end.
    rest: u32,
    ties: u32,
    strength: f64,
}

/// A path to a person that is to be extended, strongest first, then with fewer ties: the bits of its strength,
/// which for numbers above zero have the order of the numbers, then how many ties it falls short of the maximum,
/// then who it leads to. Comparing one number takes a fraction of the time of comparing three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way(u128);

impl Way {
    fn new(strength: f64, ties: u32, to: u32) -> Self {
        Self(u128::from(strength.to_bits()) << 64 | u128::from(!ties) << 32 | u128::from(to))
    }

    #[allow(clippy::cast_possible_truncation, reason = "takes apart what was put together")]
    fn parts(self) -> (f64, u32, u32) {
        (f64::from_bits((self.0 >> 64) as u64), !((self.0 >> 32) as u32), self.0 as u32)
    }
}

struct Around<'a> {
    view: &'a View<'a>,
    query: &'a PathQuery<'a>,
    scale: Scale,
    /// Ties that are plain may be followed without a further look.
    plain: bool,
    count: usize,
    met: Vec<Met>,
    place: Places,
    steps: Vec<Step>,
    /// Paths by their last tie alone.
    parts: Vec<Part>,
    /// The strongest paths made of a best path and a last tie, at most as many as are wanted, weakest first.
    sure: BinaryHeap<Reverse<OrderedFloat<f64>>>,
    /// Anything weaker occurs in no path that is wanted.
    least: f64,
    left: u32,
}

impl<'a> Around<'a> {
    fn new(view: &'a View<'a>, query: &'a PathQuery<'a>, count: usize) -> Self {
        Self {
            view,
            query,
            scale: view.scale(),
            plain: view.is_as_packed()
                && !query.regardless
                && query.avoid.is_empty()
                && query.without.is_none(),
            count,
            met: Vec::new(),
            place: Places::default(),
            steps: Vec::new(),
            parts: Vec::new(),
            sure: BinaryHeap::new(),
            least: (query.floor * (1.0 - HAIR)).max(f64::MIN_POSITIVE),
            left: query.budget,
        }
    }

    /// Goes outward from the target until no one is left who is strong enough. False when the budget runs out.
    fn settle(&mut self) -> bool {
        if let Goal::Among(people) = self.query.goal {
            for &person in people {
                self.place.set(person, END);
            }
        }
        self.meet(self.query.target, 1.0);
        let mut ways = BinaryHeap::new();
        ways.push(Way::new(1.0, 0, TARGET));
        while let Some(way) = ways.pop() {
            let (strength, ties, at) = way.parts();
            if strength < self.least {
                break;
            }
            let known = self.met[at as usize].ties;
            if known != NONE && (known <= ties || !self.counts_ties()) {
                continue;
            }
            if !self.follow(at, strength, ties, &mut ways) {
                return false;
            }
        }
        true
    }

    /// Extends a path along the ties of the person at its end.
    fn follow(&mut self, at: u32, strength: f64, ties: u32, ways: &mut BinaryHeap<Way>) -> bool {
        let network = self.view.network();
        let (most, counts_ties) = (u32::from(self.query.max_ties), self.counts_ties());
        // With one tie to go only our staff matter, who come first.
        let last = counts_ties && ties + 1 == most;
        let met = &mut self.met[at as usize];
        let (person, best, is_first, was_open) = (met.person, met.best, met.ties == NONE, met.is_open);
        met.ties = ties;
        met.is_open |= !last;
        let (start, heads) = network.ties().row(person);
        let is_from_ours = matches!(self.query.goal, Goal::AnyStaff);
        for (tie, &head) in start.onwards().zip(heads) {
            let to = head.trusted();
            if last && !network.is_staff(to) {
                break;
            }
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            let Some(factor) = self.factor(person, tie, head) else { continue };
            if best * factor < self.least {
                continue;
            }
            let reached = strength * factor;
            let place = if is_from_ours && network.is_staff(to) { END } else { *self.place.label(to) };
            if place == END {
                if is_first {
                    self.parts.push(Part { begin: at, tie, rest: NONE, ties: 1, strength: factor });
                }
                if ties < most && reached >= self.query.floor {
                    self.is_sure(reached);
                }
                continue;
            }
            if last || place == TARGET {
                continue;
            }
            let other = if place == NONE { self.meet(to, 0.0) } else { place };
            let met = &mut self.met[other as usize];
            if !was_open {
                let next = std::mem::replace(&mut met.into, u32::try_from(self.steps.len()).unwrap_or(NONE));
                self.steps.push(Step { from: at, tie, next });
            }
            let is_stronger = reached > met.best;
            let has_fewer = counts_ties && ties + 1 < met.ties;
            if reached >= self.least && (is_stronger || has_fewer) {
                met.best = met.best.max(reached);
                ways.push(Way::new(reached, ties + 1, other));
            }
        }
        true
    }

    /// What a tie is worth in the measure that is ranked by, if a path may go there.
    #[inline]
    fn factor(&self, who: PersonIx, tie: TieIx, head: Head) -> Option<f64> {
        let query = self.query;
        if who == query.target && query.first.is_some_and(|first| first != tie) {
            return None;
        }
        let evidence = if self.plain && head.is_plain() {
            self.scale.evidence(head)
        } else {
            passable(self.view, query, who, tie, head.trusted())?
        };
        Some(match query.ranking {
            Ranking::Proven => self.scale.belief(evidence),
            Ranking::Projected => self.scale.belief_and_expected(evidence).1,
        })
    }

    /// Whether a weaker path with fewer ties is worth following.
    fn counts_ties(&self) -> bool {
        self.query.max_ties <= FEW_TIES
    }

    fn meet(&mut self, person: PersonIx, best: f64) -> u32 {
        let at = u32::try_from(self.met.len()).unwrap_or(NONE);
        self.met.push(Met { person, best, ties: NONE, into: NONE, is_open: false });
        self.place.set(person, at);
        at
    }

    /// There is a path of this strength beside those that were counted before.
    fn is_sure(&mut self, strength: f64) {
        self.sure.push(Reverse(OrderedFloat(strength)));
        if self.sure.len() > self.count {
            self.sure.pop();
        }
        if self.sure.len() == self.count
            && let Some(&Reverse(OrderedFloat(weakest))) = self.sure.peek()
        {
            self.least = self.least.max(weakest * (1.0 - HAIR));
        }
    }

    /// Puts paths together from their ends, most promising first, until there are enough and the next one is
    /// weaker. Also whether the budget was enough.
    fn put_together(&mut self) -> (Vec<Part>, bool) {
        let promise = |met: &[Met], part: &Part| part.strength * met[part.begin as usize].best;
        let mut open: BinaryHeap<(OrderedFloat<f64>, Reverse<u32>)> = BinaryHeap::new();
        for (at, part) in (0_u32..).zip(&self.parts) {
            let promise = promise(&self.met, part);
            if promise >= self.least {
                open.push((OrderedFloat(promise), Reverse(at)));
            }
        }
        let mut found = Vec::new();
        while let Some((OrderedFloat(strength), Reverse(at))) = open.pop() {
            if strength < self.least {
                break;
            }
            let part = self.parts[at as usize];
            if part.begin == TARGET {
                found.push(part);
                if found.len() == self.count {
                    self.least = self.least.max(strength * (1.0 - HAIR));
                }
                continue;
            }
            if part.ties >= u32::from(self.query.max_ties) {
                continue;
            }
            let mut into = self.met[part.begin as usize].into;
            while into != NONE {
                if self.left == 0 {
                    return (found, false);
                }
                self.left -= 1;
                let step = self.steps[into as usize];
                into = step.next;
                let who = self.met[step.from as usize].person;
                let head = *self.view.network().ties().head(step.tie);
                let Some(factor) = self.factor(who, step.tie, head) else { continue };
                let longer = Part {
                    begin: step.from,
                    tie: step.tie,
                    rest: at,
                    ties: part.ties + 1,
                    strength: part.strength * factor,
                };
                let promise = promise(&self.met, &longer);
                if promise >= self.least && !self.comes_by(at, step.from) {
                    open.push((
                        OrderedFloat(promise),
                        Reverse(u32::try_from(self.parts.len()).unwrap_or(NONE)),
                    ));
                    self.parts.push(longer);
                }
            }
        }
        (found, true)
    }

    /// Whether a person occurs in a partial path.
    fn comes_by(&self, mut at: u32, somebody: u32) -> bool {
        while at != NONE {
            let part = &self.parts[at as usize];
            if part.begin == somebody {
                return true;
            }
            at = part.rest;
        }
        false
    }

    fn path(&self, whole: &Part) -> FoundPath {
        let length = whole.ties as usize;
        let (mut people, mut ties) = (Vec::with_capacity(length + 1), Vec::with_capacity(length));
        people.push(self.query.target);
        let mut part = whole;
        loop {
            ties.push(part.tie);
            people.push(self.view.network().ties().trusted(part.tie));
            if part.rest == NONE {
                break;
            }
            part = &self.parts[part.rest as usize];
        }
        let (proven, projected) = measure(self.view, &ties);
        FoundPath { people, ties, proven, projected }
    }
}
