//! The search itself.
#![allow(clippy::indexing_slicing, reason = "labels refer to labels that were pushed before them")]

use std::cmp::Ordering;

use super::passable::passable;
use super::places::Places;
use super::{FoundPath, PathQuery, Ranking};
use crate::network::{Head, PersonIx, TieIx};
use crate::trust::Scale;
use crate::view::View;

/// The outcome of a search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// The best path.
    pub(crate) path: Option<FoundPath>,
    /// The budget ran out: there may be a better path, or one at all.
    pub(crate) gave_up: bool,
    /// Every tie examined is plain: conditions on who may be asked made no difference.
    pub(crate) only_plain: bool,
}

/// A path from the target to a person.
#[derive(Debug, Clone, Copy)]
struct Label {
    person: PersonIx,
    tie: TieIx,
    parent: u32,
    ties: u8,
    proven: f64,
    projected: f64,
}

const TARGET: u32 = 0;
/// Up to here it is cheaper to examine the few people who are met twice than to notice that they are: those one
/// tie away are all different, and at the last tie only our staff are examined.
const SHALLOW: u8 = 3;

/// Finds the best path: strongest, then stronger in the other measure, then fewer ties, then ids from the target
/// on.
pub(crate) fn best(view: &View<'_>, query: &PathQuery<'_>) -> Outcome {
    let target = Label {
        person: query.target,
        tie: TieIx::new(0),
        parent: TARGET,
        ties: 0,
        proven: 1.0,
        projected: 1.0,
    };
    let mut labels = Vec::with_capacity(ROOM);
    labels.push(target);
    let mut search = Search {
        view,
        query,
        scale: view.scale(),
        plain: view.is_as_packed(),
        by_proof: query.ranking == Ranking::Proven,
        labels,
        best_at: Places::default(),
        best: None,
        bound: query.floor,
        left: query.budget,
        only_plain: true,
    };
    // Labels of one level are adjacent: those from `level` on are still to be examined.
    let mut level = 0;
    let mut gave_up = false;
    for ties in 1..=query.max_ties {
        let end = search.labels.len();
        if level == end {
            break;
        }
        // First whatever ends here, of all of the level: the best of that is a bound for what goes on.
        let within = (level..end).all(|from| search.step(from, Towards::End))
            && (ties == query.max_ties || (level..end).all(|from| search.step(from, Towards::Others)));
        if !within {
            gave_up = true;
            break;
        }
        level = end;
    }
    let path = search.best.map(|end| search.path(&end));
    Outcome { path, gave_up, only_plain: search.only_plain }
}

/// Which ties of a person are examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Towards {
    /// Those to possible ends of a path.
    End,
    /// All others.
    Others,
}

/// Most searches meet no more people than this.
const ROOM: usize = 24;

struct Search<'a> {
    view: &'a View<'a>,
    query: &'a PathQuery<'a>,
    scale: Scale,
    /// Ties that are plain may be followed without a further look.
    plain: bool,
    /// Paths are ranked by what is proven, which can be compared with a bound without a division.
    by_proof: bool,
    labels: Vec<Label>,
    /// The best path found to each person so far, over all levels; kept only by searches that are not shallow.
    best_at: Places,
    /// The best path found to a possible end of a path.
    best: Option<Label>,
    /// The floor, or the strength of the best path where that is more: what is weaker leads nowhere.
    bound: f64,
    left: u32,
    only_plain: bool,
}

impl Search<'_> {
    /// Examines the ties of the person reached by a label, either those at which a path may end, which are among
    /// those to our staff, who come first; or the others. False when the budget runs out.
    fn step(&mut self, from: usize, towards: Towards) -> bool {
        let network = self.view.network();
        let label = self.labels[from];
        let Ok(from) = u32::try_from(from) else { return true };
        if measures(&label, self.query.ranking).0 < self.bound || self.is_overtaken(&label, from) {
            return true;
        }
        let (first, heads) = network.ties().row(label.person);
        let (first, heads) = match self.query.first {
            Some(tie) if from == TARGET => (tie, std::slice::from_ref(network.ties().head(tie))),
            _ => (first, heads),
        };
        for (tie, &head) in first.onwards().zip(heads) {
            let to = head.trusted();
            let is_end = network.is_staff(to) && self.query.ends_with(to, self.view);
            if towards == Towards::End && !is_end {
                if network.is_staff(to) {
                    continue;
                }
                break;
            }
            if towards == Towards::Others && is_end {
                continue;
            }
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            if let Some(found) = self.follow(&label, from, tie, head) {
                self.keep(found, is_end);
            }
        }
        true
    }

    /// Whether a better path to the same person with no more ties has been found since. A better path with more
    /// ties does not settle it, for this one may still go further within the ties allowed.
    fn is_overtaken(&self, label: &Label, at: u32) -> bool {
        let best_here = self.best_at.get(label.person);
        best_here.is_some_and(|best| best != at && self.labels[best as usize].ties <= label.ties)
    }

    /// The label at the other end of a tie, if a path may go there and is still strong enough.
    fn follow(&mut self, label: &Label, from: u32, tie: TieIx, head: Head) -> Option<Label> {
        let query = self.query;
        let person = head.trusted();
        if person == query.target {
            return None;
        }
        let evidence = if self.plain && head.is_plain() {
            if self.by_proof && !self.scale.may_come_to(head, label.proven, self.bound) {
                return None;
            }
            // A person that a plain tie leads to may be asked, unless this search has conditions of its own.
            if Some(tie) == query.without || query.avoid.binary_search(&person).is_ok() {
                return None;
            }
            self.scale.evidence(head)
        } else {
            self.only_plain = false;
            passable(self.view, query, label.person, tie, person)?
        };
        let (belief, projected) = self.scale.belief_and_expected(evidence);
        let found = Label {
            person,
            tie,
            parent: from,
            ties: label.ties + 1,
            proven: label.proven * belief,
            projected: label.projected * projected,
        };
        let (strength, _) = measures(&found, query.ranking);
        (strength >= self.bound && strength > 0.0).then_some(found)
    }

    fn keep(&mut self, found: Label, is_end: bool) {
        if is_end {
            if self.best.is_none_or(|best| self.compare(&found, &best) == Ordering::Less) {
                self.bound = self.bound.max(measures(&found, self.query.ranking).0);
                self.best = Some(found);
            }
            return;
        }
        let Ok(at) = u32::try_from(self.labels.len()) else { return };
        if self.query.max_ties > SHALLOW {
            if let Some(known) = self.best_at.get(found.person)
                && self.compare(&found, &self.labels[known as usize]) != Ordering::Less
            {
                return;
            }
            self.best_at.set(found.person, at);
        }
        self.labels.push(found);
    }

    /// Less is better.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        let by = |label: &Label| measures(label, self.query.ranking);
        by(b)
            .partial_cmp(&by(a))
            .unwrap_or(Ordering::Equal)
            .then_with(|| a.ties.cmp(&b.ties))
            .then_with(|| self.ids(a).cmp(&self.ids(b)))
    }

    /// The ids along a path, from the target on.
    fn ids(&self, label: &Label) -> Vec<&str> {
        let id = |person: PersonIx| self.view.network().person_at(person).id();
        let mut ids = vec![id(label.person)];
        let mut at = label.parent;
        while at != TARGET {
            ids.push(id(self.labels[at as usize].person));
            at = self.labels[at as usize].parent;
        }
        ids.reverse();
        ids
    }

    fn path(&self, end: &Label) -> FoundPath {
        let length = usize::from(end.ties);
        let (mut people, mut ties) = (Vec::with_capacity(length + 1), Vec::with_capacity(length));
        people.push(end.person);
        ties.push(end.tie);
        let mut step = end.parent;
        while step != TARGET {
            let label = self.labels[step as usize];
            people.push(label.person);
            ties.push(label.tie);
            step = label.parent;
        }
        people.push(self.query.target);
        people.reverse();
        ties.reverse();
        FoundPath { people, ties, proven: end.proven, projected: end.projected }
    }
}

fn measures(label: &Label, ranking: Ranking) -> (f64, f64) {
    match ranking {
        Ranking::Proven => (label.proven, label.projected),
        Ranking::Projected => (label.projected, label.proven),
    }
}

/// The measures of a given path of ties.
pub(crate) fn measure(view: &View<'_>, ties: &[TieIx]) -> (f64, f64) {
    let opinions = ties.iter().map(|&tie| view.opinion(tie));
    opinions.fold((1.0, 1.0), |(proven, projected), opinion| {
        (proven * opinion.belief.get(), projected * opinion.projected.get())
    })
}
