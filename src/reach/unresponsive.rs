//! Who does not answer us.

use super::CoverageTable;
use super::signs::attempts;
use crate::day::Day;
use crate::network::MemberIx;
use crate::view::View;

/// Attempts that make a person unresponsive: one or two mails are easily missed.
const ATTEMPTS: usize = 3;
/// Days within which attempts count: who was left alone for half a year is not unresponsive now.
const WITHIN: i32 = 180;

impl CoverageTable {
    /// Whether a person does not answer: neither reached nor in touch, and at least three of our attempts within 180 days
    /// and since their last sign stayed without an answer. An attempt is one record, however many colleagues it names.
    ///
    /// Costs as much as [`attempts_to`](Self::attempts_to).
    pub(crate) fn is_unresponsive(&self, member: MemberIx, view: &View<'_>) -> bool {
        if self.is_reached(member) || self.is_in_touch(member) {
            return false;
        }
        // The youngest may still be answered.
        let open = i32::try_from(view.settings().evidence.reply_within_days.get()).unwrap_or(i32::MAX);
        let attempts = self.attempts_to(member, view);
        let ages = attempts.iter().map(|(_, day)| view.day().days_since(*day));
        ages.filter(|&age| age > open && age <= WITHIN).count() >= ATTEMPTS
    }

    /// Our attempts to reach a person since their last sign that stayed without an answer, newest first, with their days.
    ///
    /// Costs as much as there is evidence behind their ties to our staff, and their activities since that sign.
    pub(crate) fn attempts_to(&self, member: MemberIx, view: &View<'_>) -> Vec<(u32, Day)> {
        let ties = self.staff_ties(member).iter();
        let items = ties.flat_map(|tie| view.items(tie.tie)).filter(|item| item.kind.is_silence());
        let mut silent: Vec<u32> = items.map(|item| item.record).collect();
        silent.sort_unstable();
        attempts(self.power_table().person(member), &silent, view)
    }
}
