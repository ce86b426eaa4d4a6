//! When a person was last in two-way contact with us, and how often they should be.

use super::Situation;
use super::finding::Dated;
use super::remedy::Remedy;
use crate::day::Day;
use crate::evidence::{EvidenceKind, Item};
use crate::network::{MemberIx, PersonIx, PersonRecord, TieIx, record_of};
use crate::record::{Interaction, InteractionKind, InteractionStatus, Role, Seniority, Support};
use crate::share::Days;
use crate::view::View;

/// A two-way contact with a colleague.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) day: Day,
    pub(super) dated: Dated,
}

/// A number of days as a day count.
pub(super) fn whole(days: Days) -> i32 {
    i32::try_from(days.get()).unwrap_or(i32::MAX)
}

/// The interactions of a person with one of our staff and no audience, by the day, newest first: position, record,
/// and age in days.
pub(super) fn with_us<'v>(
    view: &'v View<'_>,
    person: PersonIx,
) -> impl Iterator<Item = (u32, &'v Interaction, i32)> {
    let network = view.network();
    let audience = view.settings().evidence.audience_from.get() as usize;
    network.activities(person).iter().rev().filter_map(move |&at| {
        let record = network.interaction_at(at);
        let participants = network.participants_at(at);
        let age = view.day().days_since(record.at.day());
        // Participants are in the order of positions, our staff first.
        let ours = participants.first().is_some_and(|&first| network.is_staff(first));
        let counts =
            age >= 0 && ours && participants.len() <= audience && record.status != InteractionStatus::Planned;
        counts.then_some((at, record, age))
    })
}

/// Whether people met, in a room or on the telephone.
pub(super) fn is_meeting(record: &Interaction) -> bool {
    use InteractionKind::{Call, Event, Meeting};
    record.status == InteractionStatus::Held && matches!(record.kind, Some(Meeting | Call | Event))
}

/// The last two-way contact of a person with any of our staff: a meeting, call or event that was held, or a
/// message with a reply, which counts from the day of the reply. None where none is on record.
///
/// Costs O(their later activities + their ties to our staff).
pub(super) fn last_contact(situation: &Situation<'_>, person: PersonIx) -> Option<Contact> {
    let view = situation.view();
    let network = view.network();
    if network.activities(person).is_empty() {
        return None;
    }
    let met = with_us(view, person).find(|(_, record, _)| is_meeting(record));
    let met = met.map(|(at, record, _)| Contact { day: record.at.day(), dated: situation.dated(at) });
    let replied = last_reply(view, person);
    let Some((colleague, item)) = replied.filter(|(_, item)| met.as_ref().is_none_or(|it| it.day < item.day))
    else {
        return met;
    };
    let (record, record_id) = network.citation(person, colleague, &item);
    let dated = Dated { day: Some(item.day), record, record_id, kind: Some(item.kind) };
    Some(Contact { day: item.day, dated })
}

/// The last reply in either direction between a person and one of our staff.
fn last_reply(view: &View<'_>, person: PersonIx) -> Option<(PersonIx, Item)> {
    let ties = view.network().ties();
    let (first, heads) = ties.row(person);
    let ours = first.onwards().zip(heads).take_while(|(_, head)| view.network().is_staff(head.trusted()));
    let replies = ours.flat_map(|(tie, head)| {
        let back = ties.find(head.trusted(), person);
        let both = std::iter::once(tie).chain(back);
        both.filter_map(|tie| last_of(view, tie)).map(|item| (head.trusted(), item))
    });
    // Within one day the first colleague, and within one pair the first record.
    replies.min_by_key(|(colleague, item)| (std::cmp::Reverse(item.day), *colleague, record_of(item)))
}

fn last_of(view: &View<'_>, tie: TieIx) -> Option<Item> {
    let replies = view.items(tie).filter(|item| item.kind == EvidenceKind::Replied);
    replies.min_by_key(|item| (std::cmp::Reverse(item.day), record_of(item)))
}

/// The cadence of a member: how many days apart contacts with us should be, and the setting that defines it; none
/// where they have none of those roles and are no key player.
pub(super) fn cadence(situation: &Situation<'_>, member: MemberIx) -> Option<(Days, &'static str)> {
    let power_table = situation.power_table();
    let person = situation.view().network().person_at(power_table.person(member));
    let cadences = &situation.view().settings().gaps.cadences;
    let is_key = power_table.is_key(member);
    // Levels are in order from the top.
    let level = || situation.levels().get(member.index()).copied().flatten();
    let decides_by_level = || is_key && level().is_some_and(|level| level <= Seniority::Vp);
    let held = [
        (is_champion(person), cadences.champion, "gaps.cadences.champion"),
        (
            power_table.decides(member) || decides_by_level(),
            cadences.economic_buyer,
            "gaps.cadences.economic_buyer",
        ),
        (is_sponsor(person), cadences.executive_sponsor, "gaps.cadences.executive_sponsor"),
    ];
    let held = held.into_iter().filter(|(holds, ..)| *holds);
    let shortest = held.map(|(_, days, setting)| (days, setting)).min_by_key(|(days, _)| *days);
    shortest.or_else(|| is_key.then_some((cadences.key_player, "gaps.cadences.key_player")))
}

/// Whether the person is our champion, by support or by role.
pub(super) fn is_champion(person: PersonRecord<'_>) -> bool {
    person.support() == Some(Support::Champion)
        || person.roles().iter().any(|role| matches!(role, Role::Champion | Role::Coach))
}

fn is_sponsor(person: PersonRecord<'_>) -> bool {
    person.roles().contains(&Role::ExecutiveSponsor)
}

/// Whether the frequency of contact with a member matters: a key player, or a person whose role has a cadence.
pub(super) fn has_rhythm(situation: &Situation<'_>, member: MemberIx) -> bool {
    let power_table = situation.power_table();
    let person = || situation.view().network().person_at(power_table.person(member));
    // A person who decides is a key player.
    power_table.is_key(member) || is_champion(person()) || is_sponsor(person())
}

/// Everyone who left within this many days before the day, with their last day.
pub(super) fn left_within<'s>(
    situation: &'s Situation<'_>,
    days: i32,
) -> impl Iterator<Item = (PersonIx, Day)> + 's {
    let view = situation.view();
    let network = view.network();
    situation.customer().block().filter_map(move |person| {
        let last = network.person_at(person).ended_on()?;
        let gone_for = view.day().days_since(last);
        (1..=days).contains(&gone_for).then_some((person, last))
    })
}

/// A meeting with the colleague they trust most, or else with those best placed to earn their trust.
pub(super) fn meet(situation: &Situation<'_>, member: MemberIx) -> Remedy {
    let trusted = situation.coverage_table().most_trusted(member).map(|tie| tie.colleague);
    let with = match trusted {
        Some(colleague) => situation.names([colleague]),
        None => situation.candidates_for(member),
    };
    Remedy::Meet { who: vec![situation.name(member)], with, times: 1, level: None }
}
