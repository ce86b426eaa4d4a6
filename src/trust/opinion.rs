//! From evidence to an opinion, and from an opinion to the day on which it no longer holds.

use serde::{Deserialize, Serialize};

use crate::evidence::{Evidence, HalfLife, Prior};
use crate::settings::{EvidenceSettings, Levels, Settings};
use crate::share::Share;

/// One person's opinion of another: belief + disbelief + uncertainty = 1.
///
/// ```
/// use stakeholder_graph::{Evidence, Opinion, Settings};
///
/// let opinion = Opinion::of(Evidence::new(8.0, 2.0), &Settings::default());
/// assert_eq!(format!("{:.3} in [{:.3}, {:.3}]", opinion.projected, opinion.belief, opinion.at_most()),
///            "0.717 in [0.667, 0.833]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opinion {
    /// b: trust that is proven.
    pub belief: Share,
    /// d, disbelief: distrust that is proven.
    pub disbelief: Share,
    /// u, uncertainty.
    pub uncertainty: Share,
    /// P, the projected probability, b + a·u.
    pub projected: Share,
    /// The evidence behind it, as of the day.
    pub evidence: Evidence,
    /// What of the evidence against is explicit, in pieces: all but messages left unanswered.
    pub explicit_against: f64,
    /// Explicit disbelief s/(r + s + W), where s is the explicit evidence against alone: silence neither makes nor dilutes
    /// it.
    pub explicit: Share,
}

/// Evidence is kept in 32 bits, so what is as much as a level may come out a little below it.
pub(crate) const ROUNDING: f64 = 1e-6;

impl Opinion {
    /// The opinion that evidence supports, with all that is against taken as explicit.
    #[inline]
    pub fn of(evidence: Evidence, settings: &Settings) -> Self {
        Self::with_explicit(evidence, evidence.against, settings)
    }

    /// The opinion that evidence supports, given how much of what is against is explicit; the rest is silence.
    #[inline]
    pub(crate) fn with_explicit(evidence: Evidence, explicit_against: f64, settings: &Settings) -> Self {
        let prior = Prior::of(&settings.evidence);
        let is_all = explicit_against >= evidence.against;
        let explicit = if is_all { evidence } else { Evidence::new(evidence.supporting, explicit_against) };
        Self {
            belief: Share::clamped(prior.belief(evidence)),
            disbelief: Share::clamped(prior.disbelief(evidence)),
            uncertainty: Share::clamped(prior.uncertainty(evidence)),
            projected: Share::clamped(prior.projected(evidence)),
            evidence,
            explicit_against,
            explicit: Share::clamped(prior.disbelief(explicit)),
        }
    }

    /// The upper end of the interval, b + u.
    pub fn at_most(&self) -> Share {
        self.disbelief.complement()
    }

    /// Whether belief is at least explicit disbelief: only then a tie counts as live, as reaching a person, or for a first
    /// call.
    pub fn counts(&self) -> bool {
        self.belief.get() >= self.explicit.get() - ROUNDING
    }

    /// Whether it is distrust: explicit disbelief is at least [`Levels::distrusted`], and more explicit evidence is
    /// against than for. Silence never makes distrust.
    pub fn is_distrust(&self, levels: &Levels) -> bool {
        self.explicit.get() >= levels.distrusted.get() - ROUNDING
            && self.explicit_against > self.evidence.supporting
    }

    /// Whether this much of the explicit evidence against would make it distrust by itself.
    pub(crate) fn would_be_distrust(&self, against: f64, settings: &Settings) -> bool {
        let supporting = self.evidence.supporting;
        let disbelief = Prior::of(&settings.evidence).disbelief(Evidence::new(supporting, against));
        against > supporting && disbelief >= settings.levels.distrusted.get() - ROUNDING
    }
}

/// Days until belief falls to a level, rounded to the first whole day on which it is there: belief with the
/// remaining part of the fading evidence after t days is (r·f + k) / ((r+s)·f + k + W) for f = 2^(−t/H) and k that
/// does not fade, so it equals θ at f = (θ(k + W) − k) / (r − θ(r + s)).
pub(super) fn days_until(
    fading: Evidence,
    stands: f64,
    level: Share,
    settings: &EvidenceSettings,
) -> Option<i32> {
    let (r, s, w, theta) = (fading.supporting, fading.against, Prior::of(settings).weight(), level.get());
    let needed = theta * (stands + w) - stands;
    let margin = r - theta * (r + s);
    if needed <= 0.0 || margin < needed {
        return None;
    }
    let days = HalfLife::from(settings.half_life_days).days() * (margin / needed).log2();
    #[allow(clippy::cast_possible_truncation, reason = "held within the calendar")]
    let whole = days.ceil().clamp(0.0, 4_000_000.0) as i32;
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Days;

    fn opinion(r: f64, s: f64) -> [f64; 4] {
        let mut settings = Settings::default();
        settings.evidence.base_rate = Share::thousandths(500);
        let it = Opinion::of(Evidence::new(r, s), &settings);
        [it.belief, it.disbelief, it.uncertainty, it.projected].map(Share::get)
    }

    fn near(found: [f64; 4], projected: [f64; 4]) {
        for (found, projected) in found.into_iter().zip(projected) {
            assert!((found - projected).abs() < 1e-6, "{found} is not {projected}");
        }
    }

    #[test]
    fn opinions_are_as_published() {
        near(opinion(8.0, 2.0), [0.666_667, 0.166_667, 0.166_667, 0.75]);
        near(opinion(1.0, 0.0), [0.333_333, 0.0, 0.666_667, 0.666_667]);
        near(opinion(18.0, 0.0), [0.9, 0.0, 0.1, 0.95]);
        near(opinion(0.0, 6.0), [0.0, 0.75, 0.25, 0.125]);
        near(opinion(0.0, 0.0), [0.0, 0.0, 1.0, 0.5]);
        near(opinion(3.635_492, 0.0), [0.645_107, 0.0, 0.354_893, 0.822_553]);
        // The same after 180 silent days.
        near(opinion(0.908_873, 0.0), [0.312_448, 0.0, 0.687_552, 0.656_224]);
    }

    #[test]
    fn expiry_is_as_published() {
        let half_life_days = Days::of::<90>();
        let settings = EvidenceSettings { half_life_days, ..EvidenceSettings::default() };
        let half = Share::thousandths(500);
        // 142.647 days: not yet on the 142nd, fallen by the 143rd.
        assert_eq!(days_until(Evidence::new(8.0, 2.0), 0.0, half, &settings), Some(143));
        assert_eq!(days_until(Evidence::new(1.0, 0.0), 0.0, half, &settings), None);
        // A reporting line alone keeps belief at a third for good.
        assert_eq!(days_until(Evidence::new(8.0, 0.0), 1.0, Share::thousandths(300), &settings), None);
    }
}
