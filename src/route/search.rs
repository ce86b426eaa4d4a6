//! The search itself.
#![allow(clippy::indexing_slicing, reason = "labels refer to labels that were pushed before them")]

use std::cmp::Ordering;

use super::places::Places;
use super::{Quest, Ranking, Route};
use crate::network::{PersonIx, TieIx};
use crate::record::Side;
use crate::trust::Opinion;
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
    let target = Label { person: quest.target, tie: 0, parent: TARGET, ties: 0, proven: 1.0, expected: 1.0 };
    let mut search = Search {
        view,
        quest,
        labels: vec![target],
        best_at: Places::default(),
        best: None,
        left: quest.budget,
    };
    // Labels of one level stand together: those from `level` on are still to be looked at.
    let mut level = 0;
    let mut gave_up = false;
    for ties in 1..=quest.max_ties {
        let end = search.labels.len();
        if level == end {
            break;
        }
        if !(level..end).all(|from| search.step(from, ties == quest.max_ties)) {
            gave_up = true;
            break;
        }
        level = end;
    }
    let route = search.best.map(|at| search.route(at));
    Outcome { route, gave_up }
}

struct Search<'a> {
    view: &'a View<'a>,
    quest: &'a Quest<'a>,
    labels: Vec<Label>,
    /// The best way found to each person so far, over all levels.
    best_at: Places,
    /// The best way found to somebody at whom a chain may end.
    best: Option<u32>,
    left: u32,
}

impl Search<'_> {
    /// Looks at the ties of the person whom a label reached; in the last step only at those to our staff, who stand
    /// first. False when the budget runs out.
    fn step(&mut self, from: usize, last: bool) -> bool {
        let network = self.view.network();
        let ties = network.ties();
        let label = self.labels[from];
        let Ok(from) = u32::try_from(from) else { return true };
        if from != TARGET && self.is_settled(&label, from) {
            return true;
        }
        let range = match self.quest.first {
            Some(tie) if from == TARGET => tie..tie + 1,
            _ => ties.of(label.person),
        };
        for tie in range {
            if last && !network.is_staff(ties.trusted(tie)) {
                break;
            }
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            if let Some(found) = self.follow(&label, from, tie) {
                self.keep(found);
            }
        }
        true
    }

    /// Whether nothing more can come of a label: a chain ends with it, or a better way to the same person with no more
    /// ties, or to an end, has been found since. A better way with more ties does not settle it, for this one may still
    /// go further within the ties allowed.
    fn is_settled(&self, label: &Label, at: u32) -> bool {
        let best_here = self.best_at.get(label.person);
        let better =
            best_here.is_some_and(|best| best != at && self.labels[best as usize].ties <= label.ties);
        better
            || self.quest.ends_with(label.person, self.view)
            || self.best.is_some_and(|best| self.cannot_beat(label, best))
    }

    /// The label at the other end of a tie, if a chain may go there and is still strong enough.
    fn follow(&self, label: &Label, from: u32, tie: TieIx) -> Option<Label> {
        let (view, quest) = (self.view, self.quest);
        let person = view.network().ties().trusted(tie);
        if Some(tie) == quest.without || person == quest.target {
            return None;
        }
        let evidence = view.evidence(tie);
        // A tie whose evidence has not begun, or has ended, is no tie on the day, whatever one expects of strangers.
        if evidence.is_none() {
            return None;
        }
        let (belief, expected) = Opinion::belief_and_expected(evidence, view.settings());
        let found = Label {
            person,
            tie,
            parent: from,
            ties: label.ties + 1,
            proven: label.proven * belief,
            expected: label.expected * expected,
        };
        let (strength, _) = measures(&found, quest.ranking);
        if strength < quest.floor || strength <= 0.0 {
            return None;
        }
        if self.best.is_some_and(|best| self.cannot_beat(&found, best)) {
            return None;
        }
        self.may_ask(label.person, tie, person).then_some(found)
    }

    /// Whether nothing but strength stands in the way of a hop.
    fn may_ask(&self, who: PersonIx, tie: TieIx, asker: PersonIx) -> bool {
        let (view, quest) = (self.view, self.quest);
        if quest.regardless {
            return view.network().person_at(asker).side != Side::Competitor;
        }
        let evidence = view.evidence(tie);
        (quest.distrusted_too || evidence.against <= evidence.supporting)
            && !view.network().ties().is_avoided(who, tie, view.day())
            && may_take_part(view, asker)
            && quest.avoid.binary_search(&asker).is_err()
    }

    fn keep(&mut self, found: Label) {
        if let Some(known) = self.best_at.get(found.person)
            && self.compare(&found, &self.labels[known as usize]) != Ordering::Less
        {
            return;
        }
        let Ok(at) = u32::try_from(self.labels.len()) else { return };
        self.labels.push(found);
        self.best_at.set(found.person, at);
        if self.quest.ends_with(found.person, self.view) {
            let better = match self.best {
                None => true,
                Some(best) => self.compare(&found, &self.labels[best as usize]) == Ordering::Less,
            };
            if better {
                self.best = Some(at);
            }
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
