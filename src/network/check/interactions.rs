//! Interactions: who was there, who started it, and whether it can have happened.

use super::super::lists::Lists;
use super::super::{PersonIx, TooLarge};
use super::{Sound, admit, check_default, check_number, reference};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Interaction, InteractionKind, InteractionStatus, RecordKind};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// An interaction whose participants are known by position.
struct Resolved {
    interaction: Interaction,
    present: Vec<PersonIx>,
    starter: PersonIx,
    strangers: Vec<Text>,
}

/// Resolves the participants of every interaction and puts all in the order of time.
pub(super) fn check(
    interactions: Vec<Interaction>,
    as_of: Option<Day>,
    settings: &EvidenceSettings,
    sound: &mut Sound,
    problems: &mut Problems,
) -> Result<(), TooLarge> {
    let (admitted, _) = admit(RecordKind::Interaction, &interactions, |it| &it.id, |it| it.line, problems);
    let mut all: Vec<Resolved> = Vec::with_capacity(interactions.len());
    for (position, (interaction, admitted)) in interactions.into_iter().zip(admitted).enumerate() {
        if admitted {
            all.push(resolve(interaction, position, as_of, settings, sound, problems));
        }
    }
    all.sort_by(|a, b| (a.interaction.at, &a.interaction.id).cmp(&(b.interaction.at, &b.interaction.id)));
    let places: usize = all.iter().map(|it| it.present.len()).sum();
    if u32::try_from(places).is_err() {
        return Err(TooLarge { kind: RecordKind::Interaction, len: places });
    }
    let pairs = (0_u32..).zip(&all).flat_map(|(at, it)| it.present.iter().map(move |&person| (at, person)));
    sound.present = Lists::group(all.len(), pairs);
    for (at, resolved) in (0_u32..).zip(all) {
        sound.starter.push(resolved.starter);
        sound.strangers.extend(resolved.strangers.into_iter().map(|id| (at, id)));
        sound.interactions.push(resolved.interaction);
    }
    Ok(())
}

fn resolve(
    mut interaction: Interaction,
    position: usize,
    as_of: Option<Day>,
    settings: &EvidenceSettings,
    sound: &Sound,
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
    let (mut present, strangers) = those_present(participants, &record, sound, problems);
    participants.retain(|id| sound.person(id).is_some() || sound.customer(id).is_none());
    let before = present.len();
    let starter = starter(started_by.as_ref(), &mut present, &strangers, &record, sound, problems);
    match started_by {
        _ if starter == PersonIx::NOBODY => *started_by = None,
        Some(id) if present.len() > before => participants.push(id.clone()),
        _ => {}
    }
    if let Some(id) = customer_id.take_if(|id| sound.customer(id).is_none()) {
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
    note_silence(*kind, *status, &present, starter, settings, &record, problems);
    Resolved { interaction, present, starter, strangers }
}

/// Those who took part and are known, in order, and the ids of those who are not.
fn those_present(
    participants: &[Text],
    record: &impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) -> (Vec<PersonIx>, Vec<Text>) {
    let mut present = Vec::with_capacity(participants.len());
    let mut strangers = Vec::new();
    for id in participants {
        if let Some(person) = sound.person(id) {
            present.push(person);
        } else if sound.customer(id).is_some() {
            let what = ProblemKind::OrganisationTakesPart { id: id.clone() };
            problems.fault(record(), "participants", what, Repair::EntryLeftOut);
        } else {
            problems.note(record(), "participants", ProblemKind::UnknownParticipant { id: id.clone() });
            strangers.push(id.clone());
        }
    }
    present.sort_unstable();
    strangers.sort_unstable();
    strangers.dedup();
    for pair in present.windows(2) {
        if let [a, b] = pair
            && a == b
        {
            let id = sound.person_ids.at(*a).into();
            problems.note(record(), "participants", ProblemKind::ParticipantTwice { id });
        }
    }
    present.dedup();
    (present, strangers)
}

/// Who started it; added to those present when only `started_by` names them.
fn starter(
    started_by: Option<&Text>,
    present: &mut Vec<PersonIx>,
    strangers: &[Text],
    record: &impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) -> PersonIx {
    let Some(id) = started_by else { return PersonIx::NOBODY };
    let Some(person) = sound.person(id) else {
        if !strangers.contains(id) {
            let what = ProblemKind::Dangling { id: id.clone(), wanted: RecordKind::Person };
            problems.fault(record(), "started_by", what, Repair::Cleared);
        }
        return PersonIx::NOBODY;
    };
    if let Err(place) = present.binary_search(&person) {
        let what = ProblemKind::StarterAbsent { id: id.clone() };
        problems.fault(record(), "started_by", what, Repair::EntryAdded);
        present.insert(place, person);
    }
    person
}

/// Notes why an interaction is no evidence of trust.
fn note_silence(
    kind: Option<InteractionKind>,
    status: InteractionStatus,
    present: &[PersonIx],
    starter: PersonIx,
    settings: &EvidenceSettings,
    record: &impl Fn() -> RecordRef,
    problems: &mut Problems,
) {
    use InteractionKind::{Email, Introduction, Message};
    if status == InteractionStatus::Planned {
        return;
    }
    if present.len() < 2 {
        problems.note(record(), "participants", ProblemKind::TooFewParticipants);
    } else if present.len() > settings.audience_from.get() as usize {
        problems.note(record(), "participants", ProblemKind::Audience { count: present.len() });
    } else if starter == PersonIx::NOBODY
        && (status != InteractionStatus::Held || matches!(kind, None | Some(Email | Message | Introduction)))
    {
        problems.note(record(), "started_by", ProblemKind::StarterUnknown);
    }
}
