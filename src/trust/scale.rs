//! The factors that turn the evidence of a tie into belief, computed once for loops over many ties.

use crate::evidence::Evidence;
use crate::network::Head;
use crate::view::View;

/// The value of evidence on the day of a view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// The remaining part of evidence that fades.
    kept: f64,
    /// The amount of a reporting line.
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

    /// Belief and projected probability alone, to the last bit as in [`Opinion::of`](super::Opinion::of).
    pub(crate) fn belief_and_expected(self, evidence: Evidence) -> (f64, f64) {
        let n = evidence.supporting + evidence.against + self.prior;
        let (belief, uncertainty) =
            if n > 0.0 { (evidence.supporting / n, self.prior / n) } else { (0.0, 1.0) };
        (belief, (belief + self.base_rate * uncertainty).min(1.0))
    }

    /// Belief alone.
    pub(crate) fn belief(self, evidence: Evidence) -> f64 {
        let n = evidence.supporting + evidence.against + self.prior;
        if n > 0.0 { evidence.supporting / n } else { 0.0 }
    }

    /// Whether the belief of a plain tie times a factor can reach a bound, without a division; it errs only by
    /// returning true, and then by no more than rounding.
    #[inline]
    pub(crate) fn may_come_to(self, head: Head, factor: f64, bound: f64) -> bool {
        /// More than the rounding of a few operations.
        const HAIR: f64 = 1e-12;
        let evidence = self.evidence(head);
        let n = evidence.supporting + evidence.against + self.prior;
        evidence.supporting * factor * (1.0 + HAIR) >= bound * n
    }
}
