//! Ratings between all people, and how each person's reputation and leniency depart from the average.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a person, and voices name people")]

use super::credibility::{self, Own};
use crate::evidence::{Basis, Prior};
use crate::network::{Lists, PersonIx};
use crate::view::View;

/// One person's rating of another, from observed and stated evidence without assumptions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rating {
    pub(super) who: PersonIx,
    pub(super) about: PersonIx,
    /// r / (r + s).
    pub(super) says: f64,
    /// (r + s) / (r + s + W).
    pub(super) certainty: f64,
    /// b − d, and 0 where it is less.
    pub(super) trusted: f64,
}

/// Every rating on a day, and the averages that explain them.
#[derive(Debug)]
pub(super) struct Ratings {
    /// By rater.
    given: Lists<PersonIx, Rating>,
    /// By person rated.
    received: Lists<PersonIx, Rating>,
    /// Each person's reputation.
    pub(super) reputation: Vec<f64>,
    /// Each person's leniency: how much more, or less, they trust than others trust the same people.
    pub(super) leniency: Vec<f64>,
    /// The expectation where nothing is known of either person.
    pub(super) average: f64,
    /// Credibility constant of reputations.
    reputation_credibility: f64,
    /// Credibility constant of leniencies.
    leniency_credibility: f64,
}

/// The ratings of one person as weighted for one asker, summed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Received {
    pub(super) count: u32,
    pub(super) certainty: f64,
    pub(super) sum: f64,
}

impl Ratings {
    /// Collects every rating, and computes averages in the given number of rounds. O(ties × rounds).
    pub(super) fn of(view: &View<'_>, rounds: u32) -> Self {
        let people = view.network().people().len();
        let all = gather(view);
        let mut ratings = Self {
            given: Lists::group(people, all.iter().map(|rating| (rating.who, *rating))),
            received: Lists::group(people, all.iter().map(|rating| (rating.about, *rating))),
            reputation: vec![0.0; people],
            leniency: vec![0.0; people],
            average: view.settings().evidence.base_rate.get(),
            reputation_credibility: 1.0,
            leniency_credibility: 1.0,
        };
        let base = ratings.average;
        for _ in 0..rounds {
            ratings.settle(people, base);
        }
        ratings
    }

    /// One round: reputations corrected for the raters' leniency, then leniency against those reputations.
    fn settle(&mut self, people: usize, base: f64) {
        let mut own = vec![Own::default(); people];
        for (at, own) in PersonIx::of_column(people).zip(&mut own) {
            for rating in self.received.of(at) {
                own.add(rating.says - self.leniency[rating.who.index()], rating.certainty);
            }
        }
        let learned = credibility::of(&own, base);
        (self.reputation_credibility, self.average) = (learned.credibility, learned.centre);
        for (reputation, own) in self.reputation.iter_mut().zip(&own) {
            *reputation = own.drawn_to(learned.centre, learned.credibility);
        }
        own.fill(Own::default());
        for (at, own) in PersonIx::of_column(people).zip(&mut own) {
            for rating in self.given.of(at) {
                own.add(rating.says - self.reputation[rating.about.index()], rating.certainty);
            }
        }
        self.leniency_credibility = credibility::of(&own, 0.0).credibility;
        for (leniency, own) in self.leniency.iter_mut().zip(&own) {
            *leniency = own.drawn_to(0.0, self.leniency_credibility);
        }
    }

    /// The ratings of a person by others, without `but`.
    pub(super) fn about(&self, person: PersonIx, but: PersonIx) -> impl Iterator<Item = &Rating> {
        self.received.of(person).iter().filter(move |rating| rating.who != but)
    }

    /// One person's rating of another, by binary search.
    pub(super) fn between(&self, who: PersonIx, about: PersonIx) -> Option<&Rating> {
        let given = self.given.of(who);
        given.binary_search_by_key(&about, |rating| rating.about).ok().and_then(|at| given.get(at))
    }

    /// A person's reputation, given the weighted ratings.
    pub(super) fn reputation_from(&self, received: Received) -> f64 {
        let shift = received.sum - received.certainty * self.average;
        self.average + shift / (received.certainty + self.reputation_credibility)
    }

    /// A person's leniency from all their ratings except the one of a given person.
    pub(super) fn leniency_without(&self, who: PersonIx, about: PersonIx) -> f64 {
        let mut own = Own::default();
        for rating in self.given.of(who).iter().filter(|rating| rating.about != about) {
            own.add(rating.says - self.reputation[rating.about.index()], rating.certainty);
        }
        own.drawn_to(0.0, self.leniency_credibility)
    }
}

/// Every rating, by rater and then by person rated.
fn gather(view: &View<'_>) -> Vec<Rating> {
    let ties = view.network().ties();
    let prior = Prior::of(&view.settings().evidence);
    let mut all = Vec::with_capacity(ties.len());
    for who in PersonIx::of_column(view.network().people().len()) {
        for tie in ties.of(who) {
            let evidence = view.evidence(tie);
            let n = evidence.supporting + evidence.against;
            if n > 0.0 && view.basis(tie) != Basis::Assumed {
                all.push(Rating {
                    who,
                    about: ties.trusted(tie),
                    says: evidence.supporting / n,
                    certainty: prior.certainty(evidence),
                    trusted: (prior.belief(evidence) - prior.disbelief(evidence)).max(0.0),
                });
            }
        }
    }
    all
}
