//! What the evidence against a tie consists of on a day: silence apart from what is explicit, and of that what the one
//! who trusts did or said apart from what the one who is trusted failed to do.

use super::item::{Item, stated_scale};
use super::{Basis, EvidenceKind};
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
    /// What pieces in [`Item::order`] come to on a day, faded and capped as [`fold`](super::fold) does it.
    pub(crate) fn of(
        items: impl Iterator<Item = Item> + Clone,
        day: Day,
        settings: &EvidenceSettings,
    ) -> Self {
        use EvidenceKind::{
            Acquainted, ConcernAnswered, ConcernLeftOpen, Conflict, CountedAgainst, CountedFor, Declined,
            Introduced, LeftUnanswered, Met, PromiseBroken, PromiseKept, Replied, ReportingLine, Scored,
            Started, StatedAgainst, StatedFor, Together, WentBadly,
        };
        let scale = stated_scale(items.clone(), day, settings);
        let mut sum = Self::default();
        let mut declines = 0_u32;
        for item in
            items.filter(|item| item.begins() <= day && item.kind.is_against() && !item.kind.is_silence())
        {
            let scale = if item.kind.basis() == Basis::Stated { scale } else { 1.0 };
            let amount = item.on(day, settings).against * scale;
            sum.explicit += amount;
            match item.kind {
                Declined => {
                    declines += 1;
                    sum.theirs += amount;
                    sum.is_clear |= declines >= 2;
                }
                Conflict | CountedAgainst | StatedAgainst => {
                    sum.theirs += amount;
                    sum.is_clear = true;
                }
                PromiseBroken | ConcernLeftOpen => sum.ours += amount,
                // That a meeting went badly is our own note, and blames neither side. The others are left out above.
                WentBadly | LeftUnanswered | Started | Replied | Met | Introduced | PromiseKept
                | ConcernAnswered | CountedFor | Scored | StatedFor | ReportingLine | Together
                | Acquainted => {}
            }
        }
        sum
    }
}
