//! Who does not answer us.

use super::CoverageTable;
use crate::day::Day;
use crate::network::{MemberIx, PersonIx};
use crate::record::{Interaction, InteractionKind, InteractionStatus};
use crate::view::View;

/// Attempts that make a person unresponsive: one or two mails are easily missed.
const ATTEMPTS: usize = 3;
/// Days within which attempts count: who was left alone for half a year is not unresponsive now.
const WITHIN: i32 = 180;

impl CoverageTable {
    /// Whether a person does not answer: neither reached nor in touch, and at least three of our attempts within 180 days
    /// and since their last sign stayed without an answer. An attempt is one record, however many colleagues it names.
    ///
    /// Costs as much as there is evidence behind their ties to our staff, and their activities since the first attempt.
    pub(crate) fn is_unresponsive(&self, member: MemberIx, view: &View<'_>) -> bool {
        if self.is_reached(member) || self.is_in_touch(member) {
            return false;
        }
        let from = view.day().plus_days(-WITHIN);
        let ties = self.staff_ties(member).iter();
        let silent = ties.flat_map(|tie| view.items(tie.tie)).filter(|item| item.kind.is_silence());
        let mut attempts: Vec<(u32, Day)> =
            silent.filter(|item| item.day >= from).map(|item| (item.record, item.day)).collect();
        attempts.sort_unstable();
        attempts.dedup();
        if attempts.len() < ATTEMPTS {
            return false;
        }
        let heard = last_sign(view, self.power_table().person(member));
        attempts.iter().filter(|(_, day)| heard.is_none_or(|heard| heard < *day)).count() >= ATTEMPTS
    }
}

/// The last day by the day of the view on which a person gave a sign towards our staff: took part in something other
/// than a message, wrote, or declined.
fn last_sign(view: &View<'_>, person: PersonIx) -> Option<Day> {
    let network = view.network();
    network.activities(person).iter().rev().find_map(|&at| {
        let record = network.interaction_at(at);
        let with_us = network.participants_at(at).first().is_some_and(|&first| network.is_staff(first));
        let day = record.at.day();
        let started_it = network.starter_of(at) == Some(person);
        (with_us && day <= view.day() && is_sign(record, started_it)).then_some(day)
    })
}

fn is_sign(record: &Interaction, started_it: bool) -> bool {
    use InteractionKind::{Email, Message};
    let is_message = matches!(record.kind, Some(Email | Message) | None);
    match record.status {
        InteractionStatus::Held => started_it || !is_message,
        InteractionStatus::Declined => !started_it,
        InteractionStatus::Unanswered => started_it,
        InteractionStatus::Planned => false,
    }
}
