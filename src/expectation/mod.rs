//! How much trust is expected between two people, whether they know each other or not?
//!
//! An [`Opinion`](crate::Opinion) says what is proven between two people, and gives every pair without evidence
//! the same base rate. An expectation combines three sources, and shows each:
//!
//! - *direct* evidence (r, s) of the tie itself;
//! - *reputation* (`reputation`): how all others rate the person to be trusted, with more weight for those the asker
//!   trusts (the intermediaries), corrected for each rater's own leniency;
//! - *leniency* (`leniency`): how much more, or less, the asker trusts than others trust the same people.
//!
//! P = (r + W·a) / (r + s + W), with the prior a = reputation + leniency, clamped to 0..=1. Both are shrunk
//! towards the average where ratings are few or people are alike: the credibility of Bühlmann and Straub (1970),
//! learned from the data, so there is nothing to tune. A rating is r / (r + s) with certainty (r + s) / (r + s +
//! W); purely assumed evidence is not a rating. The pair's own rating is left out of the prior: it counts once, as
//! direct evidence.
//!
//! An expectation is a forecast and not proof: it neither makes a person reached nor a path strong.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings, record::{Person, Tie}};
//! # let mut records = Records::new();
//! # records.as_of = Some("2026-03-02".parse()?);
//! # records.people = ["ann", "ben", "cal", "dee"].map(Person::staff).into();
//! records.ties = vec![
//!     Tie::trust("ann", "cal").evidence(4.0, 0.0),
//!     Tie::trust("ben", "cal").evidence(3.0, 0.0),
//!     Tie::trust("ann", "dee").evidence(0.0, 3.0),
//! ];
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let expectations = view.expectations();
//! // Ben has dealt with neither Ann nor Dee; what Ann has seen of Dee tells him something.
//! assert!(expectations.of("ben", "dee")?.projected < expectations.of("ben", "ann")?.projected);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod credibility;
mod ratings;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::{Evidence, Prior};
use crate::network::PersonIx;
use crate::share::Share;
use crate::view::{PersonRef, View};

use ratings::{Ratings, Received};

/// The expected trust of one person in another on a day, and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Expectation {
    /// The person who would trust.
    pub who: PersonRef,
    /// The person who would be trusted.
    pub trusts: PersonRef,
    /// The day.
    pub day: Day,
    /// P = (r + W·a) / (r + s + W).
    pub projected: Share,
    /// (r, s): the observed evidence between the two.
    pub direct: Evidence,
    /// a: the expectation without that evidence.
    pub prior: Share,
    /// The expectation for two people about whom nothing is known.
    pub average: Share,
    /// Reputation of the person to be trusted, relative to the average over everyone, -1..=1; below 0 is worse.
    pub reputation: f64,
    /// Leniency of the asker: how much more they trust than others trust the same people, -1..=1; below 0 is less.
    pub leniency: f64,
    /// How many others have rated the person to be trusted.
    pub ratings: u32,
    /// Those among them the asker trusts, largest weight first, then by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intermediaries: Vec<Intermediary>,
}

/// A person the asker trusts, and who knows the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Intermediary {
    /// The person.
    pub person: PersonRef,
    /// b − d of the asker's opinion of them: above 0.
    pub trusted: Share,
    /// r / (r + s) of their evidence: their rating.
    pub says: Share,
    /// Their part of the total weight of ratings.
    pub share: Share,
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, trusts, projected, average, reputation, leniency, ratings, .. } = self;
        write!(f, "{who} is expected to trust {trusts} by {projected:.2}: {average:.2} as anybody")?;
        write!(f, ", {reputation:+.2} from {ratings} who know {trusts}")?;
        write!(f, ", {leniency:+.2} for how {who} trusts others")?;
        let Evidence { supporting, against } = self.direct;
        if supporting + against > 0.0 {
            write!(f, "; between the two {supporting:.1} for and {against:.1} against")?;
        }
        Ok(())
    }
}

/// Expected trust between any two people on the day of a view: computed once, for any number of questions.
#[derive(Debug)]
pub struct Expectations<'v> {
    view: &'v View<'v>,
    ratings: Ratings,
}

impl View<'_> {
    /// Learns everyone's reputation and leniency. Costs O(ties) a [round](crate::ExpectationSettings::rounds), and
    /// memory proportional to the ties.
    pub fn expectations(&self) -> Expectations<'_> {
        Expectations { view: self, ratings: Ratings::of(self, self.settings().expectations.rounds.get()) }
    }

    /// The expected trust of one person in another. Costs as much as [`expectations`](Self::expectations), which
    /// serves more than one question.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn expected_trust(&self, who: &str, trusts: &str) -> Result<Expectation, Error> {
        self.expectations().of(who, trusts)
    }
}

impl Expectations<'_> {
    /// The expected trust of one person in another. Costs time proportional to the ties of the two.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn of(&self, who: &str, trusts: &str) -> Result<Expectation, Error> {
        let (asker, other) = (self.view.person_ix(who)?, self.view.person_ix(trusts)?);
        Ok(self.between(asker, other))
    }

    fn between(&self, asker: PersonIx, other: PersonIx) -> Expectation {
        let (view, ratings) = (self.view, &self.ratings);
        let (received, mut intermediaries) = self.hear(asker, other);
        let reputation = ratings.reputation_from(received);
        let leniency = ratings.leniency_without(asker, other);
        let prior = Share::clamped(reputation + leniency);
        let direct = view.opinion_between(asker, other).evidence;
        let projected = Prior::of(&view.settings().evidence).with_base_rate(prior).projected(direct);
        intermediaries.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.person.id.cmp(&b.person.id)));
        Expectation {
            who: view.name(asker),
            trusts: view.name(other),
            day: view.day(),
            projected: Share::clamped(projected),
            direct,
            prior,
            average: Share::clamped(ratings.average),
            reputation: (reputation - ratings.average).clamp(-1.0, 1.0),
            leniency: leniency.clamp(-1.0, 1.0),
            ratings: received.count,
            intermediaries,
        }
    }

    /// The ratings of a person as weighted for the asker: people the asker trusts count for more.
    fn hear(&self, asker: PersonIx, other: PersonIx) -> (Received, Vec<Intermediary>) {
        let ratings = &self.ratings;
        // A weight beyond a million raters makes no difference, and sums stay finite.
        let factor = self.view.settings().expectations.intermediary.get().min(1e6);
        let mut received = Received::default();
        let mut known: Vec<(Intermediary, f64)> = Vec::new();
        for rating in ratings.about(other, asker) {
            let trusted = ratings.between(asker, rating.who).map_or(0.0, |tie| tie.trusted);
            let weight = rating.certainty * (1.0 + factor * trusted);
            let leaning = ratings.leniency.get(rating.who.index()).copied().unwrap_or(0.0);
            received.count += 1;
            received.certainty += weight;
            received.sum += weight * (rating.says - leaning);
            if trusted > 0.0 {
                let intermediary = Intermediary {
                    person: self.view.name(rating.who),
                    trusted: Share::clamped(trusted),
                    says: Share::clamped(rating.says),
                    share: Share::ZERO,
                };
                known.push((intermediary, weight));
            }
        }
        let share = |weight: f64| Share::clamped(weight / received.certainty);
        let known = known.into_iter().map(|(it, weight)| Intermediary { share: share(weight), ..it });
        (received, known.collect())
    }
}
