//! The figures that turn the evidence of a tie into belief, taken together once for loops over many ties.

use crate::evidence::Evidence;
use crate::network::Head;
use crate::view::View;

/// What evidence is worth on the day of a view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// What is left of evidence that fades.
    kept: f64,
    /// What a reporting line counts.
    line: f64,
    prior: f64,
    base_rate: f64,
}

impl View<'_> {
    pub(crate) fn scale(&self) -> Scale {
        let settings = &self.settings().evidence;
        Scale {
            kept: self.kept(),
            line: settings.reporting_line.get(),
            prior: settings.prior_weight.get(),
            base_rate: settings.base_rate.get(),
        }
    }
}

impl Scale {
    /// The evidence of a plain tie.
    pub(crate) fn evidence(self, head: Head) -> Evidence {
        head.evidence(self.kept, self.line)
    }

    /// Belief and expectation alone, to the last bit as [`Opinion::of`](super::Opinion::of) has them.
    pub(crate) fn belief_and_expected(self, evidence: Evidence) -> (f64, f64) {
        let n = evidence.supporting + evidence.against + self.prior;
        let (belief, unknown) = if n > 0.0 { (evidence.supporting / n, self.prior / n) } else { (0.0, 1.0) };
        (belief, (belief + self.base_rate * unknown).min(1.0))
    }

    /// Belief alone.
    pub(crate) fn belief(self, evidence: Evidence) -> f64 {
        let n = evidence.supporting + evidence.against + self.prior;
        if n > 0.0 { evidence.supporting / n } else { 0.0 }
    }

    /// Whether the belief of a plain tie times a factor can be as much as a bound, without a division; wrong only by
    /// saying yes, and then by no more than a hair.
    #[inline]
    pub(crate) fn may_come_to(self, head: Head, factor: f64, bound: f64) -> bool {
        /// More than the rounding of a few operations.
        const HAIR: f64 = 1e-12;
        let evidence = self.evidence(head);
        let n = evidence.supporting + evidence.against + self.prior;
        evidence.supporting * factor * (1.0 + HAIR) >= bound * n
    }
}
