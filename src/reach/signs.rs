//! Signs of life: what shows that a person is in touch with us, and our attempts since the last of them.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::network::PersonIx;
use crate::record::{Interaction, InteractionKind, InteractionStatus, Side};
use crate::view::View;

/// What a sign of life is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sign {
    /// They met or spoke with us.
    Met,
    /// They wrote, called or asked: a reply, a message, a call that we missed.
    Wrote,
    /// They ordered.
    Ordered,
    /// They declined: an answer, and no contact.
    Declined,
}

impl Sign {
    /// Whether it is contact: all but a refusal.
    pub const fn is_contact(self) -> bool {
        !matches!(self, Self::Declined)
    }
}

/// The last sign of a person towards our staff by the day of the view, of those that count; with its interaction. Costs
/// O(their activities since).
pub(crate) fn last_sign(
    person: PersonIx,
    view: &View<'_>,
    counts: impl Fn(Sign) -> bool,
) -> Option<(u32, Sign)> {
    let activities = view.network().activities(person).iter().rev();
    activities.copied().find_map(|at| sign_of(person, at, view).filter(|&it| counts(it)).map(|it| (at, it)))
}

/// What an interaction that a person took part in shows of them, if it happened by the day and was with our staff. An
/// order is a sign also where none of us is named.
pub(crate) fn sign_of(person: PersonIx, at: u32, view: &View<'_>) -> Option<Sign> {
    use InteractionKind::{Email, Event, Message, Order};
    let network = view.network();
    let record = network.interaction_at(at);
    let participants = network.participants_at(at);
    let starter = network.starter_of(at);
    let began = starter == Some(person);
    // Participants are in the order of positions, our staff first.
    let with_us = participants.first().is_some_and(|&first| network.is_staff(first));
    let audience = view.settings().evidence.audience_from.get() as usize;
    if record.at.day() > view.day() || record.kind == Some(Event) && participants.len() > audience {
        return None;
    }
    if record.kind == Some(Order) && record.status == InteractionStatus::Held {
        let of_rival = |&one: &PersonIx| network.person_at(one).side() == Side::Competitor;
        return (!participants.iter().any(of_rival)).then_some(Sign::Ordered);
    }
    let is_message = matches!(record.kind, Some(Email | Message) | None);
    let sign = match record.status {
        InteractionStatus::Held if !is_message => Some(Sign::Met),
        // Where no writer is named it may be theirs.
        InteractionStatus::Held => (began || starter.is_none()).then_some(Sign::Wrote),
        InteractionStatus::Unanswered => began.then_some(Sign::Wrote),
        InteractionStatus::Declined => (!began).then_some(Sign::Declined),
        InteractionStatus::Planned => None,
    };
    sign.filter(|_| with_us)
}

/// Our attempts to reach a person that are later than any sign of them, newest first: messages that stayed without a word
/// back, and whatever the records call unanswered. On the day of a sign the order is not known, and the sign counts.
///
/// `silent` holds the interactions that count as silence behind their ties, in ascending order.
pub(crate) fn attempts(person: PersonIx, silent: &[u32], view: &View<'_>) -> Vec<(u32, Day)> {
    let network = view.network();
    let mut attempts: Vec<(u32, Day)> = Vec::new();
    let mut heard: Option<Day> = None;
    for &at in network.activities(person).iter().rev() {
        let record = network.interaction_at(at);
        let day = record.at.day();
        if heard.is_some_and(|heard| day < heard) {
            break;
        }
        if sign_of(person, at, view).is_some() {
            heard = Some(day);
        } else if day <= view.day() && (silent.binary_search(&at).is_ok() || is_refused(record, at, view)) {
            attempts.push((at, day));
        }
    }
    attempts.retain(|&(_, day)| heard.is_none_or(|heard| heard < day));
    attempts
}

/// Whether one of our staff tried, and the record says that it stayed unanswered.
fn is_refused(record: &Interaction, at: u32, view: &View<'_>) -> bool {
    let network = view.network();
    record.status == InteractionStatus::Unanswered
        && record.kind != Some(InteractionKind::Introduction)
        && network.starter_of(at).is_some_and(|starter| network.is_staff(starter))
}
