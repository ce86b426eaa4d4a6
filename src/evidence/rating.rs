//! Ratings: what someone judged a tie to be worth. The latest counts, and of one day the mean.

use super::{Evidence, EvidenceKind, Item, Prior};
use crate::day::Day;
use crate::settings::EvidenceSettings;

/// The ratings of one tie that count on a day, taken from its pieces in [`Item::order`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratings {
    /// The day of the latest.
    day: Day,
    /// Of that day: the sum of scores, -1..=1 each, and how many there are.
    scores: f64,
    scored: u32,
    /// Of that day: judgements in pieces, for and against, and how many there are.
    judged: Evidence,
    judgements: u32,
}

impl Ratings {
    pub(super) const NONE: Self =
        Self { day: Day::MIN, scores: 0.0, scored: 0, judged: Evidence::NONE, judgements: 0 };

    /// The ratings by a day among pieces in [`Item::order`].
    #[inline]
    pub(crate) fn of(items: impl Iterator<Item = Item>, day: Day) -> Self {
        let mut ratings = Self::NONE;
        for item in items.filter(|item| item.kind.is_rating() && item.day <= day) {
            ratings.add(&item);
        }
        ratings
    }

    #[inline]
    pub(super) fn add(&mut self, item: &Item) {
        if item.day > self.day {
            *self = Self { day: item.day, ..Self::NONE };
        }
        let amount = f64::from(item.amount);
        match item.kind {
            EvidenceKind::Rated => (self.scores, self.scored) = (self.scores + amount, self.scored + 1),
            EvidenceKind::RatedAgainst => {
                (self.scores, self.scored) = (self.scores - amount, self.scored + 1);
            }
            // Every judgement has a piece of this kind, though it may be of no weight.
            EvidenceKind::StatedFor => {
                self.judged.supporting += amount;
                self.judgements += 1;
            }
            EvidenceKind::StatedAgainst => self.judged.against += amount,
            EvidenceKind::Started
            | EvidenceKind::Ordered
            | EvidenceKind::ToldUsOfRival
            | EvidenceKind::Replied
            | EvidenceKind::Met
            | EvidenceKind::Introduced
            | EvidenceKind::PromiseKept
            | EvidenceKind::ConcernAnswered
            | EvidenceKind::CountedFor
            | EvidenceKind::LeftUnanswered
            | EvidenceKind::Declined
            | EvidenceKind::WentBadly
            | EvidenceKind::PromiseBroken
            | EvidenceKind::ConcernLeftOpen
            | EvidenceKind::CountedAgainst
            | EvidenceKind::Conflict
            | EvidenceKind::ReportingLine
            | EvidenceKind::Together
            | EvidenceKind::Acquainted => {}
        }
    }

    /// Whether a piece is one of those that count.
    pub(crate) fn counts(&self, item: &Item) -> bool {
        item.day == self.day
    }

    /// The strength that the tie is rated at, -1..=1: the mean score, or else the balance of what was judged in pieces.
    /// None where there is no rating.
    pub(crate) fn strength(&self) -> Option<f64> {
        let Evidence { supporting, against } = self.judged;
        let all = supporting + against;
        if self.scored > 0 {
            Some(self.scores / f64::from(self.scored))
        } else {
            (all > 0.0).then(|| (supporting - against) / all)
        }
    }

    /// What they come to on their own day, at most what a score of 1 comes to.
    #[inline]
    fn when_new(&self, settings: &EvidenceSettings) -> Evidence {
        if self.scored == 0 && self.judgements == 0 {
            return Evidence::NONE;
        }
        let score = rated(self.scores / f64::from(self.scored.max(1)), settings);
        let part = 1.0 / f64::from(self.judgements.max(1));
        let Evidence { supporting, against } = self.judged;
        let sum = score + Evidence::new(supporting * part, against * part);
        let (all, most) = (sum.supporting + sum.against, rated(1.0, settings).supporting);
        if all > most { Evidence::new(sum.supporting * most / all, sum.against * most / all) } else { sum }
    }

    /// What is left of them on a day.
    #[inline]
    pub(crate) fn on(&self, day: Day, settings: &EvidenceSettings) -> Evidence {
        let new = self.when_new(settings);
        if new.is_none() || self.day == Day::MIN {
            return new;
        }
        new.faded(day.days_since(self.day), settings.half_life_days)
    }
}

/// The evidence that a score x of -1..=1 amounts to. With the ceiling c it gives belief x·c, or disbelief |x|·c, by
/// itself: W·|x|·c / (1 - |x|·c) pieces, for or against.
pub(super) fn rated(score: f64, settings: &EvidenceSettings) -> Evidence {
    /// A ceiling of 1 would take endless evidence.
    const MOST: f64 = 0.999_999;
    let share = (score.abs() * settings.rating_ceiling.get()).min(MOST);
    let amount = Prior::of(settings).weight() * share / (1.0 - share);
    if score < 0.0 { Evidence::new(0.0, amount) } else { Evidence::new(amount, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_worth_what_was_published() {
        // ORACLES, "Ratings": c = .8 and W = 2.
        let settings = EvidenceSettings::default();
        for (score, supporting, against) in
            [(1.0, 8.0, 0.0), (0.8, 3.555_556, 0.0), (0.5, 1.333_333, 0.0), (-0.5, 0.0, 1.333_333)]
        {
            let found = rated(score, &settings);
            assert!((found.supporting - supporting).abs() < 1e-6, "{score}: {found:?}");
            assert!((found.against - against).abs() < 1e-6, "{score}: {found:?}");
        }
    }
}
