//! The one formula from evidence to belief, and back.

use super::Evidence;
use crate::settings::EvidenceSettings;
use crate::share::Share;

/// The non-informative prior of subjective logic (Jøsang, 2016): its weight W and the base rate a.
///
/// With r for and s against, n = r + s + W: belief r/n, disbelief s/n, uncertainty W/n, projected probability
/// belief + a·uncertainty. Without evidence and without weight everything is uncertain.
///
/// ```
/// use stakeholder_graph::{Evidence, Prior, Settings};
///
/// let prior = Prior::of(&Settings::default().evidence);
/// let evidence = Evidence::new(6.0, 0.0);
/// assert_eq!(prior.belief(evidence), 6.0 / 8.0);
/// assert_eq!(prior.uncertainty(evidence), 2.0 / 8.0);
/// assert_eq!(prior.needed(0.75, 0.0), 6.0, "the way back");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    weight: f64,
    base_rate: f64,
}

impl Prior {
    /// The most belief that evidence is sought for: beyond it each further hundredth takes a hundred pieces.
    const MOST: f64 = 0.99;

    /// The prior of some settings.
    #[inline]
    pub const fn of(settings: &EvidenceSettings) -> Self {
        Self { weight: settings.prior_weight.get(), base_rate: settings.base_rate.get() }
    }

    /// Another base rate, such as the expectation for one pair of people.
    #[must_use]
    pub const fn with_base_rate(self, base_rate: Share) -> Self {
        Self { base_rate: base_rate.get(), ..self }
    }

    /// W.
    #[inline]
    pub const fn weight(self) -> f64 {
        self.weight
    }

    /// n = r + s + W.
    #[inline]
    pub fn total(self, evidence: Evidence) -> f64 {
        evidence.supporting + evidence.against + self.weight
    }

    /// r/n.
    #[inline]
    pub fn belief(self, evidence: Evidence) -> f64 {
        self.part(evidence.supporting, evidence)
    }

    /// s/n.
    #[inline]
    pub fn disbelief(self, evidence: Evidence) -> f64 {
        self.part(evidence.against, evidence)
    }

    /// W/n; 1 where there is nothing at all.
    #[inline]
    pub fn uncertainty(self, evidence: Evidence) -> f64 {
        let n = self.total(evidence);
        if n > 0.0 { self.weight / n } else { 1.0 }
    }

    /// (r + s)/n: how much of an average is the evidence's own.
    #[inline]
    pub fn certainty(self, evidence: Evidence) -> f64 {
        self.part(evidence.supporting + evidence.against, evidence)
    }

    /// The projected probability, at most 1.
    #[inline]
    pub fn projected(self, evidence: Evidence) -> f64 {
        (self.belief(evidence) + self.base_rate * self.uncertainty(evidence)).min(1.0)
    }

    /// The evidence for, r, that gives a belief with this much against: θ(s + W)/(1 − θ). A belief above 0.99 counts
    /// as that.
    #[inline]
    pub fn needed(self, belief: f64, against: f64) -> f64 {
        let belief = belief.min(Self::MOST);
        belief * (against + self.weight) / (1.0 - belief)
    }

    #[inline]
    fn part(self, amount: f64, evidence: Evidence) -> f64 {
        let n = self.total(evidence);
        if n > 0.0 { amount / n } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Weight;

    fn prior(weight: f64) -> Prior {
        let prior_weight = Weight::new(weight).unwrap();
        Prior::of(&EvidenceSettings { prior_weight, ..EvidenceSettings::default() })
    }

    #[test]
    fn the_parts_sum_to_one() {
        for (r, s, w) in [(0.0, 0.0, 2.0), (3.0, 1.0, 2.0), (0.0, 5.0, 0.0), (1e6, 1e6, 1e9)] {
            let (prior, evidence) = (prior(w), Evidence::new(r, s));
            let sum = prior.belief(evidence) + prior.disbelief(evidence) + prior.uncertainty(evidence);
            assert!((sum - 1.0).abs() < 1e-12, "{r} {s} {w}");
            assert!((prior.certainty(evidence) + prior.uncertainty(evidence) - 1.0).abs() < 1e-12);
        }
        assert!((prior(0.0).uncertainty(Evidence::NONE) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_evidence_that_is_needed_gives_the_belief() {
        for belief in [0.0, 0.3, 0.45, 0.9, 0.99] {
            for against in [0.0, 0.5, 7.0] {
                let needed = prior(2.0).needed(belief, against);
                assert!((prior(2.0).belief(Evidence::new(needed, against)) - belief).abs() < 1e-12);
            }
        }
        assert!(prior(2.0).needed(1.0, 0.0).is_finite());
    }
}
