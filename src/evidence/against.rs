//! What the evidence against a tie consists of on a day: silence apart from what is explicit, and of that what the one
//! who trusts did or said apart from what the one who is trusted failed to do.

use super::EvidenceKind;
use super::item::Item;
use super::rating::Ratings;
use crate::day::Day;
use crate::settings::EvidenceSettings;

/// The explicit evidence against of one tie, in pieces. Silence is no part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Against {
    /// All of it.
    pub(crate) explicit: f64,
    /// Acts and ratings of the one who trusts: declined, a conflict, rated or counted against.
    pub(crate) theirs: f64,
    /// What the one who is trusted failed to do: a broken promise, a concern left open.
    pub(crate) ours: f64,
    /// Whether there are at least two declines, or any other act or rating of the one who trusts.
    pub(crate) is_clear: bool,
}

impl Against {
    /// What pieces in [`Item::order`] come to on a day, faded and limited as [`fold`](super::fold) does it.
    pub(crate) fn of(items: impl Iterator<Item = Item>, day: Day, settings: &EvidenceSettings) -> Self {
        use EvidenceKind::{
            Acquainted, ConcernAnswered, ConcernLeftOpen, Conflict, CountedAgainst, CountedFor, Declined,
            Introduced, LeftUnanswered, Met, Ordered, PromiseBroken, PromiseKept, Rated, RatedAgainst,
            Replied, ReportingLine, Started, StatedAgainst, StatedFor, Together, ToldUsOfRival, WentBadly,
        };
        let mut sum = Self::default();
        let mut declines = 0_u32;
        let mut ratings = Ratings::NONE;
        for item in items.filter(|item| item.begins() <= day) {
            if item.kind.is_rating() {
                ratings.add(&item);
                continue;
            }
            if !item.kind.is_against() || item.kind.is_silence() {
                continue;
            }
            let amount = item.on(day, settings).against;
            sum.explicit += amount;
            match item.kind {
                Declined => {
                    declines += 1;
                    sum.theirs += amount;
                    sum.is_clear |= declines >= 2;
                }
                Conflict | CountedAgainst => {
                    sum.theirs += amount;
                    sum.is_clear = true;
                }
                PromiseBroken | ConcernLeftOpen => sum.ours += amount,
                // That a meeting went badly is our own note, and blames neither side. The others are left out above.
                WentBadly | LeftUnanswered | Started | Ordered | ToldUsOfRival | Replied | Met
                | Introduced | PromiseKept | ConcernAnswered | CountedFor | Rated | RatedAgainst
                | StatedFor | StatedAgainst | ReportingLine | Together | Acquainted => {}
            }
        }
        let rated = ratings.on(day, settings).against;
        sum.explicit += rated;
        sum.theirs += rated;
        sum.is_clear |= rated > 0.0;
        sum
    }
}
