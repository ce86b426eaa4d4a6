//! The search itself.
#![allow(clippy::indexing_slicing, reason = "labels refer to labels that were pushed before them")]

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Quest, Ranking, Route};
use crate::network::{PersonIx, TieIx};
use crate::record::Side;
use crate::view::View;

/// What became of a search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// The best chain.
    pub(crate) route: Option<Route>,
    /// The budget ran out: there may be a better chain, or one at all.
    pub(crate) gave_up: bool,
}

/// A way from the target to somebody.
#[derive(Debug, Clone, Copy)]
struct Label {
    person: PersonIx,
    tie: TieIx,
    parent: u32,
    ties: u8,
    proven: f64,
    expected: f64,
}

const TARGET: u32 = 0;

/// Finds the best chain: strongest, then stronger in the other measure, then fewer ties, then ids from the target on.
pub(crate) fn best(view: &View<'_>, quest: &Quest<'_>) -> Outcome {
    let mut search = Search {
        view,
        quest,
        labels: vec![Label {
            person: quest.target,
            tie: 0,
            parent: TARGET,
            ties: 0,
            proven: 1.0,
            expected: 1.0,
        }],
        best_at: HashMap::new(),
        best: None,
        left: quest.budget,
    };
    let mut frontier = vec![TARGET];
    let mut gave_up = false;
    'levels: for _ in 0..quest.max_ties {
        let mut next: HashMap<PersonIx, u32> = HashMap::new();
        for &from in &frontier {
            if !search.step(from, &mut next) {
                gave_up = true;
                break 'levels;
            }
        }
        frontier = next.into_values().collect();
        // The order in which a map hands out its values is arbitrary; nothing may depend on it.
        frontier.sort_unstable_by_key(|&at| search.labels[at as usize].person);
        if frontier.is_empty() {
            break;
        }
    }
    let route = search.best.map(|at| search.route(at));
    Outcome { route, gave_up }
}

struct Search<'a> {
    view: &'a View<'a>,
    quest: &'a Quest<'a>,
    labels: Vec<Label>,
    /// The best way found to each person so far, over all levels.
    best_at: HashMap<PersonIx, u32>,
    /// The best way found to somebody at whom a chain may end.
    best: Option<u32>,
    left: u32,
}

impl Search<'_> {
    /// Looks at every tie of the person whom a label reached. False when the budget runs out.
    fn step(&mut self, from: u32, next: &mut HashMap<PersonIx, u32>) -> bool {
        let view = self.view;
        let ties = view.network().ties();
        let label = self.labels[from as usize];
        let range = match self.quest.first {
            Some(tie) if from == TARGET => tie..tie + 1,
            _ => ties.of(label.person),
        };
        for tie in range {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            if let Some(found) = self.follow(&label, from, tie) {
                self.keep(found, next);
            }
        }
        true
    }

    /// The label at the other end of a tie, if a chain may go there and is still strong enough.
    fn follow(&self, label: &Label, from: u32, tie: TieIx) -> Option<Label> {
        let (view, quest) = (self.view, self.quest);
        let person = view.network().ties().trusted(tie);
        if Some(tie) == quest.without || person == quest.target {
            return None;
        }
        let opinion = view.opinion(tie);
        // A tie whose evidence has not begun, or has ended, is no tie on the day, whatever one expects of strangers.
        if opinion.evidence.is_none() {
            return None;
        }
        let proven = label.proven * opinion.belief.get();
        let expected = label.expected * opinion.expected.get();
        let strength = match quest.ranking {
            Ranking::Proven => proven,
            Ranking::Expected => expected,
        };
        if strength < quest.floor || strength <= 0.0 {
            return None;
        }
        if !quest.regardless {
            let distrusted = opinion.is_distrust() && !quest.distrusted_too;
            if distrusted
                || view.network().ties().is_avoided(label.person, tie, view.day())
                || !may_take_part(view, person)
            {
                return None;
            }
            if quest.avoid.binary_search(&person).is_ok() {
                return None;
            }
        } else if view.network().person_at(person).side == Side::Competitor {
            return None;
        }
        Some(Label { person, tie, parent: from, ties: label.ties + 1, proven, expected })
    }

    fn keep(&mut self, found: Label, next: &mut HashMap<PersonIx, u32>) {
        if let Some(&known) = self.best_at.get(&found.person)
            && self.compare(&found, &self.labels[known as usize]) != Ordering::Less
        {
            return;
        }
        // A chain that ends here is a candidate; nothing goes on through somebody at whom it may end, since that could
        // only make it longer and weaker.
        let ends = self.quest.ends_with(found.person, self.view);
        if !ends && self.best.is_some_and(|best| self.cannot_beat(&found, best)) {
            return;
        }
        let Ok(at) = u32::try_from(self.labels.len()) else { return };
        self.labels.push(found);
        self.best_at.insert(found.person, at);
        if ends {
            let better = match self.best {
                None => true,
                Some(best) => self.compare(&found, &self.labels[best as usize]) == Ordering::Less,
            };
            if better {
                self.best = Some(at);
            }
        } else {
            next.insert(found.person, at);
        }
    }

    fn cannot_beat(&self, found: &Label, best: u32) -> bool {
        measures(found, self.quest.ranking) < measures(&self.labels[best as usize], self.quest.ranking)
    }

    /// Less is better.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        let by = |label: &Label| measures(label, self.quest.ranking);
        by(b)
            .partial_cmp(&by(a))
            .unwrap_or(Ordering::Equal)
            .then_with(|| a.ties.cmp(&b.ties))
            .then_with(|| self.ids(a).cmp(&self.ids(b)))
    }

    /// The ids along a way, from the target on.
    fn ids(&self, label: &Label) -> Vec<&str> {
        let id = |person: PersonIx| self.view.network().person_at(person).id.as_str();
        let mut ids = vec![id(label.person)];
        let mut at = label.parent;
        while at != TARGET {
            ids.push(id(self.labels[at as usize].person));
            at = self.labels[at as usize].parent;
        }
        ids.reverse();
        ids
    }

    fn route(&self, at: u32) -> Route {
        let end = self.labels[at as usize];
        let (mut people, mut ties) = (Vec::new(), Vec::new());
        let mut step = at;
        while step != TARGET {
            let label = self.labels[step as usize];
            people.push(label.person);
            ties.push(label.tie);
            step = label.parent;
        }
        people.push(self.quest.target);
        people.reverse();
        ties.reverse();
        Route { people, ties, proven: end.proven, expected: end.expected }
    }
}

fn measures(label: &Label, ranking: Ranking) -> (f64, f64) {
    match ranking {
        Ranking::Proven => (label.proven, label.expected),
        Ranking::Expected => (label.expected, label.proven),
    }
}

/// Whether somebody can be asked at all: still there, and not a rival's.
fn may_take_part(view: &View<'_>, person: PersonIx) -> bool {
    view.is_present(person) && view.network().person_at(person).side != Side::Competitor
}

/// The measures of a given chain of ties.
pub(crate) fn measure(view: &View<'_>, ties: &[TieIx]) -> (f64, f64) {
    let opinions = ties.iter().map(|&tie| view.opinion(tie));
    opinions.fold((1.0, 1.0), |(proven, expected), opinion| {
        (proven * opinion.belief.get(), expected * opinion.expected.get())
    })
}
