//! How far does one person trust another, with what certainty, and why?
//!
//! From evidence (r for, s against) subjective logic (Jøsang, *Subjective Logic*, 2016) makes an opinion: with n =
//! r + s + W, belief b = r/n, disbelief d = s/n, uncertainty u = W/n, and projected probability P = b + a·u.
//! Belief is what is proven; belief and uncertainty together are the upper bound: the interval `[b, b + u]`.
//!
//! No tie is not distrust: all is unknown then. Silence is not distrust either: a message left unanswered lowers belief and
//! P, and distrust takes explicit evidence against ([`Opinion::is_distrust`]).

mod opinion;
mod opinions;
mod scale;

pub use opinion::Opinion;
pub(crate) use opinion::ROUNDING;
pub(crate) use scale::Scale;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::{Basis, Evidence, EvidenceKind, Item, Ratings};
use crate::network::{PersonIx, TieIx, from_tie};
use crate::record::RecordKind;
use crate::share::Share;
use crate::text::Text;
use crate::view::{PersonRef, View};

/// How far one person trusts another on a day, and why.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let trust = view.trust("dan", "wes")?;
/// assert!(trust.opinion.belief > trust.opinion.disbelief);
/// assert!(!trust.evidence.is_empty(), "every figure can be traced to records");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trust {
    /// Who trusts.
    pub who: PersonRef,
    /// Who is trusted.
    pub trusts: PersonRef,
    /// The day.
    pub day: Day,
    /// The opinion.
    pub opinion: Opinion,
    /// The strongest basis of the opinion; none when there is no evidence at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The last day on which something was observed between the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<Day>,
    /// The last day on which the two are recorded to have met in one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_met_in_person: Option<Day>,
    /// Every piece of evidence, newest first; of ratings those that count.
    pub evidence: Vec<EvidenceLine>,
}

/// A tie seen from one end: the person at the other, and the opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrustLink {
    /// The person at the other end.
    pub person: PersonRef,
    /// The opinion that the truster holds of the person trusted.
    pub opinion: Opinion,
    /// The strongest basis of the opinion.
    pub basis: Basis,
}

/// One piece of evidence behind a tie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EvidenceLine {
    /// When it happened or was stated; none where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// The kind of record that it comes from, written in the plural, such as `interactions`.
    #[serde(with = "crate::record::in_the_plural")]
    pub record: RecordKind,
    /// The record's id; for a tie without one [its citation](crate::record::Tie::citation).
    pub record_id: Text,
    /// Its amount when it was new.
    pub when_new: Evidence,
    /// Its amount on the day.
    pub now: Evidence,
}

impl View<'_> {
    /// How far one person trusts another, with every piece of evidence. Costs time proportional to the evidence.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn trust(&self, who: &str, trusts: &str) -> Result<Trust, Error> {
        let (who, trusted) = (self.person_ix(who)?, self.person_ix(trusts)?);
        Ok(self.trust_between(who, trusted))
    }

    pub(crate) fn trust_between(&self, who: PersonIx, trusted: PersonIx) -> Trust {
        let tie = self.network().ties().find(who, trusted);
        Trust {
            who: self.name(who),
            trusts: self.name(trusted),
            day: self.day(),
            opinion: tie
                .map_or_else(|| Opinion::of(Evidence::NONE, self.settings()), |tie| self.opinion(tie)),
            // A rating of nothing is the evidence of nothing.
            basis: tie
                .filter(|&tie| self.counting(tie).any(|item| item.amount > 0.0))
                .map(|tie| self.basis(tie)),
            last_contact: tie.and_then(|tie| self.last_contact(tie)),
            last_met_in_person: tie.and_then(|tie| self.last_met_in_person(tie)),
            evidence: tie.map(|tie| self.evidence_lines(who, tie)).unwrap_or_default(),
        }
    }

    /// A person's opinions of everyone they have a tie to, most trusted first, then by id.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn regards(&self, who: &str) -> Result<Vec<TrustLink>, Error> {
        let ties = self.network().ties();
        let ours = ties.of(self.person_ix(who)?);
        Ok(self.in_order(ours.map(|tie| (ties.trusted(tie), tie))))
    }

    /// The opinions of a person held by everyone with a tie to them, most trusting first, then by id.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn incoming_trust(&self, trusted: &str) -> Result<Vec<TrustLink>, Error> {
        let incoming = self.network().ties().to(self.person_ix(trusted)?);
        Ok(self.in_order(incoming))
    }

    fn in_order(&self, ties: impl Iterator<Item = (PersonIx, TieIx)>) -> Vec<TrustLink> {
        let mut regards: Vec<TrustLink> = ties
            .map(|(person, tie)| TrustLink {
                person: self.name(person),
                opinion: self.opinion(tie),
                basis: self.basis(tie),
            })
            .collect();
        regards.sort_by(|a, b| {
            b.opinion.belief.cmp(&a.opinion.belief).then_with(|| a.person.id.cmp(&b.person.id))
        });
        regards
    }

    pub(crate) fn opinion(&self, tie: TieIx) -> Opinion {
        self.opinion_of(tie, self.evidence(tie))
    }

    /// The opinion behind a tie whose evidence on the day is known.
    pub(crate) fn opinion_of(&self, tie: TieIx, evidence: Evidence) -> Opinion {
        let explicit =
            if evidence.against > 0.0 { self.explicit_against(tie, evidence.against) } else { 0.0 };
        Opinion::with_explicit(evidence, explicit, self.settings())
    }

    /// What of the evidence against is explicit. Costs as much as there is evidence where there is silence beside it, and
    /// one look else.
    fn explicit_against(&self, tie: TieIx, against: f64) -> f64 {
        let known = self.network().ties().explicit_of(tie, against);
        known.unwrap_or_else(|| self.against(tie).explicit.min(against))
    }

    /// Whether a tie is one of distrust on the day.
    pub(crate) fn is_distrust(&self, tie: TieIx, evidence: Evidence) -> bool {
        // Without more against than for there is none; that spares nearly every tie the rest.
        evidence.against > evidence.supporting
            && self.opinion_of(tie, evidence).is_distrust(&self.settings().levels)
    }

    /// The opinion that one person has of another, full uncertainty where there is no tie.
    pub(crate) fn opinion_between(&self, who: PersonIx, trusted: PersonIx) -> Opinion {
        let tie = self.network().ties().find(who, trusted);
        tie.map_or_else(|| Opinion::of(Evidence::NONE, self.settings()), |tie| self.opinion(tie))
    }

    /// The pieces of evidence of a tie that hold and have happened by the day. A reporting line has no day of its own.
    pub(crate) fn items(&self, tie: TieIx) -> impl Iterator<Item = Item> + Clone + '_ {
        let day = self.day();
        self.network().ties().items(tie, day).filter(move |item| item.kind.stands() || item.begins() <= day)
    }

    /// As [`items`](Self::items), without ratings whose place a later one has taken.
    fn counting(&self, tie: TieIx) -> impl Iterator<Item = Item> + '_ {
        let ratings = Ratings::of(self.items(tie), self.day());
        self.items(tie).filter(move |item| !item.kind.is_rating() || ratings.counts(item))
    }

    /// The last day on which something was observed.
    pub(crate) fn last_contact(&self, tie: TieIx) -> Option<Day> {
        self.items(tie)
            .filter(|item| item.kind.basis() == Basis::Observed && !from_tie(item))
            .map(|item| item.day)
            .max()
    }

    /// The last day on which the two met in one place.
    fn last_met_in_person(&self, tie: TieIx) -> Option<Day> {
        let network = self.network();
        let is_met = |item: &Item| matches!(item.kind, EvidenceKind::Met | EvidenceKind::WentBadly);
        let in_person = |item: &Item| network.interaction_at(item.record).in_person == Some(true);
        self.items(tie).filter(|item| is_met(item) && in_person(item)).map(|item| item.day).max()
    }

    fn evidence_lines(&self, who: PersonIx, tie: TieIx) -> Vec<EvidenceLine> {
        let settings = &self.settings().evidence;
        let trusted = self.network().ties().trusted(tie);
        let mut lines: Vec<EvidenceLine> = self
            .counting(tie)
            .map(|item| {
                let (record, record_id) = self.network().citation(who, trusted, &item);
                EvidenceLine {
                    day: item.dated(),
                    kind: item.kind,
                    record,
                    record_id,
                    when_new: item.when_new(settings),
                    now: item.on(self.day(), settings),
                }
            })
            .collect();
        lines.sort_by(|a, b| (b.day, a.kind, &a.record_id).cmp(&(a.day, b.kind, &b.record_id)));
        lines
    }
}

impl Trust {
    /// The day on which belief falls to a level if nothing happens from now on: d + H·log₂((r − θ(r+s)) / (W·θ)).
    ///
    /// None when belief is below the level already, when the level is 0, or when its evidence does not fade. Only
    /// evidence that fades is counted as falling; a reporting line keeps its weight.
    pub fn expires_on(&self, level: Share, settings: &crate::Settings) -> Option<Day> {
        let stands: f64 = self
            .evidence
            .iter()
            .filter(|line| line.kind.stands())
            .map(|line| line.now.supporting)
            .fold(0.0, f64::max);
        let fading = Evidence::new(self.opinion.evidence.supporting - stands, self.opinion.evidence.against);
        let days = opinion::days_until(fading, stands, level, &settings.evidence)?;
        Some(self.day.plus_days(days))
    }
}
