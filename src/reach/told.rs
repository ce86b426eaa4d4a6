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
    for &at in network.activities(person).iter().rev() {
        let record = network.interaction_at(at);
        let (day, participants) = (record.at.day(), network.participants_at(at));
        let age = view.day().days_since(day);
        if age < 0 || record.status != InteractionStatus::Held {
            continue;
        }
        if age > WITHIN {
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
        // On the same day the order is not known, and the kinder one is taken.
        let is_rival = |&one: &PersonIx| network.person_at(one).side() == Side::Competitor;
        if participants.iter().any(is_rival) && !told_on(person, day, view) {
            return None;
        }
    }
    None
}

/// Whether a person told us of a competitor on a day.
fn told_on(person: PersonIx, day: Day, view: &View<'_>) -> bool {
    let network = view.network();
    let mut activities = network.activities(person).iter().rev().map(|&at| network.interaction_at(at));
    activities.any(|record| record.at.day() == day && record.told_us_of_rival == Some(true))
}
