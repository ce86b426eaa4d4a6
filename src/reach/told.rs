//! Who told us that a competitor approached them: the first call as it was observed.

use crate::day::Day;
use crate::network::PersonIx;
use crate::record::{InteractionStatus, Side};
use crate::view::View;

/// Days for which it answers who they would call first.
const WITHIN: i32 = 90;

/// A person told one of our staff of a competitor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    /// The colleague, the first of several.
    pub(crate) colleague: PersonIx,
    pub(crate) day: Day,
    /// The interaction.
    pub(crate) at: u32,
}

/// The last time within 90 days that a person told our staff of a competitor, unless they were seen with one on a later
/// day. Costs O(their activities since).
pub(crate) fn told_of_rival(person: PersonIx, view: &View<'_>) -> Option<Told> {
    let network = view.network();
    if !network.any_told() {
        return None;
    }
    let mut seen_with_rival: Option<Day> = None;
    for &at in network.activities(person).iter().rev() {
        let record = network.interaction_at(at);
        let (day, participants) = (record.at.day(), network.participants_at(at));
        let age = view.day().days_since(day);
        if age < 0 || record.status != InteractionStatus::Held {
            continue;
        }
        // On the day of the contact with the rival the order is not known, and the kinder one is taken.
        if age > WITHIN || seen_with_rival.is_some_and(|seen| day < seen) {
            return None;
        }
        let starter = network.starter_of(at);
        let theirs =
            starter.is_none_or(|starter| starter == person || network.customer_of(starter).is_none());
        let colleague = participants.iter().copied().find(|&one| network.is_staff(one));
        if record.told_us_of_rival == Some(true)
            && theirs
            && let Some(colleague) = colleague
        {
            return Some(Told { colleague, day, at });
        }
        if participants.iter().any(|&one| network.person_at(one).side() == Side::Competitor) {
            seen_with_rival.get_or_insert(day);
        }
    }
    None
}
