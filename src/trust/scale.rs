//! The factors that turn the evidence of a tie into belief, computed once for loops over many ties.

use crate::evidence::{Evidence, Prior};
use crate::network::Head;
use crate::view::View;

/// The value of evidence on the day of a view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// The remaining part of evidence that fades.
    kept: f64,
    /// The amount of a reporting line.
    line: f64,
    prior: Prior,
}

impl View<'_> {
    pub(crate) fn scale(&self) -> Scale {
        let settings = &self.settings().evidence;
        Scale { kept: self.kept(), line: settings.reporting_line.get(), prior: Prior::of(settings) }
    }
}

impl Scale {
    /// The evidence of a plain tie.
    pub(crate) fn evidence(self, head: Head) -> Evidence {
        head.evidence(self.kept, self.line)
    }

    /// Belief and projected probability alone, to the last bit as in [`Opinion::of`](super::Opinion::of).
    pub(crate) fn belief_and_expected(self, evidence: Evidence) -> (f64, f64) {
        (self.prior.belief(evidence), self.prior.projected(evidence))
    }

    /// Belief alone.
    pub(crate) fn belief(self, evidence: Evidence) -> f64 {
        self.prior.belief(evidence)
    }

    /// Whether the belief of a plain tie times a factor can reach a bound, without a division; it errs only by
    /// returning true, and then by no more than rounding.
    #[inline]
    pub(crate) fn may_come_to(self, head: Head, factor: f64, bound: f64) -> bool {
        /// More than the rounding of a few operations.
        const HAIR: f64 = 1e-12;
        let evidence = self.evidence(head);
        evidence.supporting * factor * (1.0 + HAIR) >= bound * self.prior.total(evidence)
    }
}
