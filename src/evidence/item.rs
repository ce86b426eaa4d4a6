//! One piece of evidence as the network keeps it, and how pieces add up on a day.

use super::rating::{Ratings, rated};
use super::{Basis, Evidence, EvidenceKind, HalfLife};
use crate::day::Day;
use crate::settings::EvidenceSettings;

/// One piece of evidence behind a tie, in 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item {
    /// When it happened or was stated; [`Day::MIN`] when unknown, and then it does not fade.
    pub(crate) day: Day,
    /// Days after `day` from which it counts: silence counts once the days for an answer are over.
    pub(crate) wait: u16,
    /// The fraction of a whole piece of its kind: a message to four people is a quarter to each. Of a rating the score,
    /// without its sign.
    pub(crate) amount: f32,
    /// The record it comes from: a position among the records of the kind that `kind` implies, the number of a tie.
    pub(crate) record: u32,
    /// What it is.
    pub(crate) kind: EvidenceKind,
}

impl Item {
    /// The day on which it happened or was stated, for display: none where unknown, or for evidence that does not
    /// fade.
    pub(crate) fn dated(&self) -> Option<Day> {
        (self.day != Day::MIN && !self.kind.stands()).then_some(self.day)
    }

    /// The order in which pieces are added, so that the same evidence gives the same sum to the last bit however
    /// the records were ordered.
    pub(crate) fn order(&self) -> (Day, EvidenceKind, u32) {
        (self.day, self.kind, self.amount.to_bits())
    }

    /// The first day on which it counts.
    #[inline]
    pub(crate) fn begins(&self) -> Day {
        if self.wait == 0 { self.day } else { self.day.plus_days(self.wait.into()) }
    }

    /// What it counts for on a day: nothing yet before it begins.
    #[inline]
    pub(crate) fn on(&self, day: Day, settings: &EvidenceSettings) -> Evidence {
        let age = day.days_since(self.day);
        let kept = if age == 0 && self.wait == 0 || self.kind.stands() || self.day == Day::MIN {
            1.0
        } else if age < i32::from(self.wait) {
            return Evidence::NONE;
        } else {
            HalfLife::from(settings.half_life_days).kept_after(age)
        };
        self.on_side(kept * self.amount_when_new(settings))
    }

    /// What it counts for before any of it has faded.
    pub(crate) fn when_new(&self, settings: &EvidenceSettings) -> Evidence {
        self.on_side(self.amount_when_new(settings))
    }

    /// An amount, for or against.
    #[inline]
    fn on_side(&self, amount: f64) -> Evidence {
        if self.kind.is_against() { Evidence::new(0.0, amount) } else { Evidence::new(amount, 0.0) }
    }

    #[inline]
    fn amount_when_new(&self, settings: &EvidenceSettings) -> f64 {
        let amount = f64::from(self.amount);
        if matches!(self.kind, EvidenceKind::Rated | EvidenceKind::RatedAgainst) {
            rated(amount, settings).supporting
        } else {
            self.kind.weight(settings) * amount
        }
    }
}

/// The pieces of one tie, summed on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Fold {
    /// The part that fades.
    pub(crate) fading: Evidence,
    /// The part that does not fade: a reporting line counts once, however often it is recorded.
    pub(crate) lasting: f64,
    /// The best basis among the pieces that support, or else among the others.
    pub(crate) basis: Option<Basis>,
}

impl Fold {
    /// All of it.
    pub(crate) fn evidence(&self) -> Evidence {
        Evidence::new(self.fading.supporting + self.lasting, self.fading.against)
    }
}

/// Adds up pieces that are in [`Item::order`]; of ratings the latest count, and together with a ceiling, which applies to
/// them as they were on their day, so that a judgement fades like anything else and never grows back.
#[inline]
pub(crate) fn fold(items: impl Iterator<Item = Item>, day: Day, settings: &EvidenceSettings) -> Fold {
    let mut sum = Fold::default();
    let mut ratings = Ratings::NONE;
    let mut against: Option<Basis> = None;
    for item in items.filter(|item| item.kind.stands() || item.begins() <= day) {
        let basis = item.kind.basis();
        let best = if item.kind.is_against() { &mut against } else { &mut sum.basis };
        *best = Some(best.map_or(basis, |best| best.min(basis)));
        if item.kind.is_rating() {
            ratings.add(&item);
            continue;
        }
        let evidence = item.on(day, settings);
        if item.kind.stands() {
            sum.lasting = sum.lasting.max(evidence.supporting);
        } else {
            sum.fading = sum.fading + evidence;
        }
    }
    sum.fading = sum.fading + ratings.on(day, settings);
    sum.basis = sum.basis.or(against);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(day: &str, kind: EvidenceKind, amount: f32) -> Item {
        Item { day: day.parse().unwrap(), wait: 0, amount, record: 0, kind }
    }

    fn on(items: &[Item], day: &str) -> Evidence {
        fold(items.iter().copied(), day.parse().unwrap(), &EvidenceSettings::default()).evidence()
    }

    #[test]
    fn six_meetings_a_month_apart_decay_as_published() {
        // ORACLES: six meetings of weight 1, 30 days apart.
        let first: Day = "2026-01-01".parse().unwrap();
        let items: Vec<Item> = (0..6)
            .map(|i| Item {
                day: first.plus_days(30 * i),
                wait: 0,
                amount: 0.5,
                record: 0,
                kind: EvidenceKind::Met,
            })
            .collect();
        let last = first.plus_days(150);
        let half_life_days = crate::share::Days::of::<90>();
        let settings = EvidenceSettings { half_life_days, ..EvidenceSettings::default() };
        let sum = fold(items.iter().copied(), last, &settings).evidence();
        assert!((sum.supporting - 3.635_492).abs() < 1e-6, "{sum:?}");
        let later = fold(items.iter().copied(), last.plus_days(180), &settings).evidence();
        assert!((later.supporting - 3.635_492 / 4.0).abs() < 1e-6, "{later:?}");
    }

    #[test]
    fn what_has_not_happened_yet_counts_nothing() {
        assert_eq!(on(&[item("2026-03-02", EvidenceKind::Met, 1.0)], "2026-03-01"), Evidence::NONE);
    }

    #[test]
    fn judged_evidence_never_passes_the_ceiling_and_counted_evidence_does() {
        let day = "2026-03-02";
        let stated = [item(day, EvidenceKind::StatedFor, 30.0), item(day, EvidenceKind::StatedAgainst, 10.0)];
        let judged = on(&stated, day);
        assert!((judged.supporting - 6.0).abs() < 1e-9 && (judged.against - 2.0).abs() < 1e-9, "{judged:?}");
        assert_eq!(on(&[item(day, EvidenceKind::CountedFor, 30.0)], day), Evidence::new(30.0, 0.0));
        let best = on(&[item(day, EvidenceKind::Rated, 1.0)], day);
        assert!((best.supporting - 8.0).abs() < 1e-9, "{best:?}");
    }

    #[test]
    fn a_reporting_line_counts_once_and_does_not_fade() {
        let line = item("2020-01-01", EvidenceKind::ReportingLine, 1.0);
        assert_eq!(on(&[line, line], "2026-03-02"), Evidence::new(1.0, 0.0));
    }
}
