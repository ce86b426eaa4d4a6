//! Interactions: who was there, who started it, and whether it can have happened.

use super::super::lists::Lists;
use super::super::{PersonIx, TooLarge};
use super::{ValidRecords, admit, check_default, check_number, reference};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Interaction, InteractionKind, InteractionStatus, RecordKind};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// An interaction whose participants are known by position.
struct Resolved {
    interaction: Interaction,
    people: Vec<PersonIx>,
    starter: PersonIx,
    unmapped: Vec<Text>,
}

/// Resolves the participants of every interaction and puts all in the order of time.
pub(super) fn check(
    interactions: Vec<Interaction>,
    as_of: Option<Day>,
    settings: &EvidenceSettings,
    valid: &mut ValidRecords,
    problems: &mut Problems,
) -> Result<(), TooLarge> {
    let (admitted, _) = admit(RecordKind::Interaction, &interactions, |it| &it.id, |it| it.line, problems);
    let mut all: Vec<Resolved> = Vec::with_capacity(interactions.len());
    for (position, (interaction, admitted)) in interactions.into_iter().zip(admitted).enumerate() {
        if admitted {
            all.push(resolve(interaction, position, as_of, settings, valid, problems));
        }
    }
    all.sort_by(|a, b| (a.interaction.at, &a.interaction.id).cmp(&(b.interaction.at, &b.interaction.id)));
    let places: usize = all.iter().map(|it| it.people.len()).sum();
    if u32::try_from(places).is_err() {
        return Err(TooLarge { kind: RecordKind::Interaction, len: places });
    }
    let pairs = (0_u32..).zip(&all).flat_map(|(at, it)| it.people.iter().map(move |&person| (at, person)));
    valid.participants = Lists::group(all.len(), pairs);
    for (at, resolved) in (0_u32..).zip(all) {
        valid.starter.push(resolved.starter);
        valid.unmapped_participants.extend(resolved.unmapped.into_iter().map(|id| (at, id)));
        valid.interactions.push(resolved.interaction);
    }
    Ok(())
}

fn resolve(
    mut interaction: Interaction,
    position: usize,
    as_of: Option<Day>,
    settings: &EvidenceSettings,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> Resolved {
    let Interaction {
        id,
        at,
        participants,
        customer_id,
        kind,
        started_by,
        status,
        duration_min: _,
        sentiment,
        subject: _,
        other: _,
        line,
    } = &mut interaction;
    let record = || reference(RecordKind::Interaction, position, id, *line);
    let (mut people, unmapped) = those_known(participants, &record, valid, problems);
    participants.retain(|id| valid.person(id).is_some() || valid.customer(id).is_none());
    let before = people.len();
    let starter = starter(started_by.as_ref(), &mut people, &unmapped, &record, valid, problems);
    match started_by {
        _ if starter == PersonIx::NONE => *started_by = None,
        Some(id) if people.len() > before => participants.push(id.clone()),
        _ => {}
    }
    if let Some(id) = customer_id.take_if(|id| valid.customer(id).is_none()) {
        let what = ProblemKind::Dangling { id, wanted: RecordKind::Customer };
        problems.fault(record(), "customer_id", what, Repair::Cleared);
    }
    check_number(sentiment, -1.0, Some(1.0), record, "sentiment", problems);
    check_default(Some(at.day()), record, "at", problems);
    if let Some(as_of) = as_of
        && at.day() > as_of
        && *status != InteractionStatus::Planned
    {
        problems.fault(record(), "at", ProblemKind::InFuture { as_of }, Repair::CountsAsPlanned);
        *status = InteractionStatus::Planned;
    }
    note_silence(*kind, *status, &people, starter, settings, &record, problems);
    Resolved { interaction, people, starter, unmapped }
}

/// Those who took part and are known, in order, and the ids of those who are not.
fn those_known(
    participants: &[Text],
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> (Vec<PersonIx>, Vec<Text>) {
    let mut people = Vec::with_capacity(participants.len());
    let mut unmapped = Vec::new();
    for id in participants {
        if let Some(person) = valid.person(id) {
            people.push(person);
        } else if valid.customer(id).is_some() {
            let what = ProblemKind::OrganisationTakesPart { id: id.clone() };
            problems.fault(record(), "participants", what, Repair::EntryLeftOut);
        } else {
            problems.note(record(), "participants", ProblemKind::UnknownParticipant { id: id.clone() });
            unmapped.push(id.clone());
        }
    }
    people.sort_unstable();
    unmapped.sort_unstable();
    unmapped.dedup();
    for pair in people.windows(2) {
        if let [a, b] = pair
            && a == b
        {
            let id = valid.person_ids.at(*a).into();
            problems.note(record(), "participants", ProblemKind::ParticipantTwice { id });
        }
    }
    people.dedup();
    (people, unmapped)
}

/// Who started it; added to those present when only `started_by` names them.
fn starter(
    started_by: Option<&Text>,
    people: &mut Vec<PersonIx>,
    unmapped: &[Text],
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> PersonIx {
    let Some(id) = started_by else { return PersonIx::NONE };
    let Some(person) = valid.person(id) else {
        if !unmapped.contains(id) {
            let what = ProblemKind::Dangling { id: id.clone(), wanted: RecordKind::Person };
            problems.fault(record(), "started_by", what, Repair::Cleared);
        }
        return PersonIx::NONE;
    };
    if let Err(place) = people.binary_search(&person) {
        let what = ProblemKind::StarterAbsent { id: id.clone() };
        problems.fault(record(), "started_by", what, Repair::EntryAdded);
        people.insert(place, person);
    }
    person
}

/// Notes why an interaction is no evidence of trust.
fn note_silence(
    kind: Option<InteractionKind>,
    status: InteractionStatus,
    people: &[PersonIx],
    starter: PersonIx,
    settings: &EvidenceSettings,
    record: &impl Fn() -> RecordRef,
    problems: &mut Problems,
) {
    use InteractionKind::{Email, Introduction, Message};
    if status == InteractionStatus::Planned {
        return;
    }
    if people.len() < 2 {
        problems.note(record(), "participants", ProblemKind::TooFewParticipants);
    } else if people.len() > settings.audience_from.get() as usize {
        problems.note(record(), "participants", ProblemKind::Audience { count: people.len() });
    } else if starter == PersonIx::NONE
        && (status != InteractionStatus::Held || matches!(kind, None | Some(Email | Message | Introduction)))
    {
        problems.note(record(), "started_by", ProblemKind::StarterUnknown);
    }
}
