//! What is to be expected of two people, whether they know each other or not?
//!
//! An [`Opinion`](crate::Opinion) says what is proven between two people, and gives every stranger the same base rate. An
//! expectation fuses three sources, each of which it shows:
//!
//! - *direct* evidence (r, s) of the tie itself;
//! - *regard*: what everybody else has seen of the one who is to be trusted, those counting more whom the asker trusts
//!   (the intermediaries), with each one's own generosity taken out;
//! - *generosity*: how much more, or less, the asker trusts than others trust the same people.
//!
//! P = (r + W·a) / (r + s + W), with the prior a = regard + generosity, held in 0..=1. Both are drawn towards the average
//! as far as the voices are few or people are alike: the credibility of Bühlmann and Straub (1970), learned from the data
//! at hand, so there is nothing to tune. A voice is r / (r + s) with certainty (r + s) / (r + s + W); one that rests on
//! assumptions alone is no voice. The pair's own voice is left out of the prior: it counts once, as direct evidence.
//!
//! An expectation is a forecast and no proof: it makes nobody reached, and no chain strong.
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
//! assert!(expectations.of("ben", "dee")?.expected < expectations.of("ben", "ann")?.expected);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod credibility;
mod voices;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::network::PersonIx;
use crate::share::Share;
use crate::view::{PersonRef, View};

use voices::{Heard, Voices};

/// What is to be expected of one person towards another on a day, and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Expectation {
    /// Who would trust.
    pub who: PersonRef,
    /// Who would be trusted.
    pub trusts: PersonRef,
    /// The day.
    pub day: Day,
    /// P = (r + W·a) / (r + s + W).
    pub expected: Share,
    /// (r, s): what has been seen between the two.
    pub direct: Evidence,
    /// a: what would be expected without any of that.
    pub prior: Share,
    /// What is to be expected of two people of whom nothing is known.
    pub everybody: Share,
    /// By how much the one to be trusted is regarded better than everybody, -1..=1; less than 0 is worse.
    pub regard: f64,
    /// By how much the asker trusts more than others trust the same people, -1..=1; less than 0 is less.
    pub generosity: f64,
    /// How many others have a voice about the one to be trusted.
    pub voices: u32,
    /// Those among them whom the asker trusts, the one who counts most first, then by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intermediaries: Vec<Intermediary>,
}

/// Somebody whom the asker trusts, and who knows the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Intermediary {
    /// The person.
    pub person: PersonRef,
    /// b − d of what the asker thinks of them: above 0.
    pub trusted: Share,
    /// r / (r + s) of what they have seen.
    pub says: Share,
    /// The part of all that is heard which is theirs.
    pub share: Share,
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, trusts, expected, everybody, regard, generosity, voices, .. } = self;
        write!(f, "{who} is expected to trust {trusts} by {expected:.2}: {everybody:.2} as anybody")?;
        write!(f, ", {regard:+.2} from {voices} who know {trusts}")?;
        write!(f, ", {generosity:+.2} for how {who} trusts others")?;
        let Evidence { supporting, against } = self.direct;
        if supporting + against > 0.0 {
            write!(f, "; between the two {supporting:.1} for and {against:.1} against")?;
        }
        Ok(())
    }
}

/// What is to be expected of any two people on the day of a view: made once, asked as often as one likes.
#[derive(Debug)]
pub struct Expectations<'v> {
    view: &'v View<'v>,
    voices: Voices,
}

impl View<'_> {
    /// Learns how everybody is regarded and how generous everybody is. Costs O(ties) a
    /// [round](crate::ExpectationSettings::rounds), and as much memory as there are ties.
    pub fn expectations(&self) -> Expectations<'_> {
        Expectations { view: self, voices: Voices::of(self, self.settings().expectations.rounds.get()) }
    }

    /// What is to be expected of one person towards another. Costs as much as [`expectations`](Self::expectations), which
    /// serves for more than one question.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn expected_trust(&self, who: &str, trusts: &str) -> Result<Expectation, Error> {
        self.expectations().of(who, trusts)
    }
}

impl Expectations<'_> {
    /// What is to be expected of one person towards another. Costs as many steps as the two have ties.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn of(&self, who: &str, trusts: &str) -> Result<Expectation, Error> {
        let (asker, other) = (self.view.person_ix(who)?, self.view.person_ix(trusts)?);
        Ok(self.between(asker, other))
    }

    fn between(&self, asker: PersonIx, other: PersonIx) -> Expectation {
        let (view, voices) = (self.view, &self.voices);
        let (heard, mut intermediaries) = self.hear(asker, other);
        let regard = voices.regard_from(heard);
        let generosity = voices.generosity_without(asker, other);
        let prior = Share::clamped(regard + generosity);
        let direct = view.opinion_between(asker, other).evidence;
        let weight = view.settings().evidence.prior_weight.get();
        let n = direct.supporting + direct.against + weight;
        let expected = if n > 0.0 { (direct.supporting + weight * prior.get()) / n } else { prior.get() };
        intermediaries.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.person.id.cmp(&b.person.id)));
        Expectation {
            who: view.name(asker),
            trusts: view.name(other),
            day: view.day(),
            expected: Share::clamped(expected),
            direct,
            prior,
            everybody: Share::clamped(voices.everybody),
            regard: (regard - voices.everybody).clamp(-1.0, 1.0),
            generosity: generosity.clamp(-1.0, 1.0),
            voices: heard.count,
            intermediaries,
        }
    }

    /// The voices about somebody as the asker hears them: whom the asker trusts counts for more.
    fn hear(&self, asker: PersonIx, other: PersonIx) -> (Heard, Vec<Intermediary>) {
        let voices = &self.voices;
        // Beyond a million strangers more makes no difference, and sums stay finite.
        let factor = self.view.settings().expectations.intermediary.get().min(1e6);
        let mut heard = Heard::default();
        let mut known: Vec<(Intermediary, f64)> = Vec::new();
        for voice in voices.about(other, asker) {
            let trusted = voices.between(asker, voice.who).map_or(0.0, |tie| tie.trusted);
            let weight = voice.certainty * (1.0 + factor * trusted);
            let leaning = voices.generosity.get(voice.who.index()).copied().unwrap_or(0.0);
            heard.count += 1;
            heard.certainty += weight;
            heard.sum += weight * (voice.says - leaning);
            if trusted > 0.0 {
                let intermediary = Intermediary {
                    person: self.view.name(voice.who),
                    trusted: Share::clamped(trusted),
                    says: Share::clamped(voice.says),
                    share: Share::ZERO,
                };
                known.push((intermediary, weight));
            }
        }
        let share = |weight: f64| Share::clamped(weight / heard.certainty);
        let known = known.into_iter().map(|(it, weight)| Intermediary { share: share(weight), ..it });
        (heard, known.collect())
    }
}
