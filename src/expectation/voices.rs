//! Ratings between all people, and how each person's reputation and leniency depart from the average.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a person, and voices name people")]

use super::credibility::{self, Own};
use crate::evidence::{Basis, Evidence};
use crate::network::{Lists, PersonIx};
use crate::view::View;

/// One person's rating of another, from observed and stated evidence without assumptions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
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
pub(super) struct Voices {
    /// By rater.
    spoken: Lists<PersonIx, Voice>,
    /// By person rated.
    heard: Lists<PersonIx, Voice>,
    /// Each person's reputation.
    pub(super) regard: Vec<f64>,
    /// Each person's leniency: how much more, or less, they trust than others trust the same people.
    pub(super) generosity: Vec<f64>,
    /// The expectation where nothing is known of either person.
    pub(super) everybody: f64,
    /// Credibility constant of reputations.
    regard_half_at: f64,
    /// Credibility constant of leniencies.
    generosity_half_at: f64,
}

/// The ratings of one person as weighted for one asker, summed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Heard {
    pub(super) count: u32,
    pub(super) certainty: f64,
    pub(super) sum: f64,
}

impl Voices {
    /// Collects every rating, and computes averages in the given number of rounds. O(ties × rounds).
    pub(super) fn of(view: &View<'_>, rounds: u32) -> Self {
        let people = view.network().people().len();
        let all = gather(view);
        let mut voices = Self {
            spoken: Lists::group(people, all.iter().map(|voice| (voice.who, *voice))),
            heard: Lists::group(people, all.iter().map(|voice| (voice.about, *voice))),
            regard: vec![0.0; people],
            generosity: vec![0.0; people],
            everybody: view.settings().evidence.base_rate.get(),
            regard_half_at: 1.0,
            generosity_half_at: 1.0,
        };
        let base = voices.everybody;
        for _ in 0..rounds {
            voices.settle(people, base);
        }
        voices
    }

    /// One round: reputations corrected for the raters' leniency, then leniency against those reputations.
    fn settle(&mut self, people: usize, base: f64) {
        let mut own = vec![Own::default(); people];
        for (at, own) in PersonIx::of_column(people).zip(&mut own) {
            for voice in self.heard.of(at) {
                own.add(voice.says - self.generosity[voice.who.index()], voice.certainty);
            }
        }
        let learned = credibility::of(&own, base);
        (self.regard_half_at, self.everybody) = (learned.half_at, learned.centre);
        for (regard, own) in self.regard.iter_mut().zip(&own) {
            *regard = own.drawn_to(learned.centre, learned.half_at);
        }
        own.fill(Own::default());
        for (at, own) in PersonIx::of_column(people).zip(&mut own) {
            for voice in self.spoken.of(at) {
                own.add(voice.says - self.regard[voice.about.index()], voice.certainty);
            }
        }
        self.generosity_half_at = credibility::of(&own, 0.0).half_at;
        for (generosity, own) in self.generosity.iter_mut().zip(&own) {
            *generosity = own.drawn_to(0.0, self.generosity_half_at);
        }
    }

    /// The ratings of a person by others, without `but`.
    pub(super) fn about(&self, person: PersonIx, but: PersonIx) -> impl Iterator<Item = &Voice> {
        self.heard.of(person).iter().filter(move |voice| voice.who != but)
    }

    /// One person's rating of another, by binary search.
    pub(super) fn between(&self, who: PersonIx, about: PersonIx) -> Option<&Voice> {
        let spoken = self.spoken.of(who);
        spoken.binary_search_by_key(&about, |voice| voice.about).ok().and_then(|at| spoken.get(at))
    }

    /// A person's reputation, given the weighted ratings.
    pub(super) fn regard_from(&self, heard: Heard) -> f64 {
        let shift = heard.sum - heard.certainty * self.everybody;
        self.everybody + shift / (heard.certainty + self.regard_half_at)
    }

    /// A person's leniency from all their ratings except the one of a given person.
    pub(super) fn generosity_without(&self, who: PersonIx, about: PersonIx) -> f64 {
        let mut own = Own::default();
        for voice in self.spoken.of(who).iter().filter(|voice| voice.about != about) {
            own.add(voice.says - self.regard[voice.about.index()], voice.certainty);
        }
        own.drawn_to(0.0, self.generosity_half_at)
    }
}

/// Every rating, by rater and then by person rated.
fn gather(view: &View<'_>) -> Vec<Voice> {
    let ties = view.network().ties();
    let prior = view.settings().evidence.prior_weight.get();
    let mut all = Vec::with_capacity(ties.len());
    for who in PersonIx::of_column(view.network().people().len()) {
        for tie in ties.of(who) {
            let Evidence { supporting, against } = view.evidence(tie);
            let n = supporting + against;
            if n > 0.0 && view.basis(tie) != Basis::Assumed {
                all.push(Voice {
                    who,
                    about: ties.trusted(tie),
                    says: supporting / n,
                    certainty: n / (n + prior),
                    trusted: ((supporting - against) / (n + prior)).max(0.0),
                });
            }
        }
    }
    all
}
