//! Interactions: who was there, who started it, and whether it can have happened.

use super::super::lists::Lists;
use super::super::{PersonIx, TooLarge};
use super::{ValidRecords, admit, check_default, check_number, reference, told};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Interaction, InteractionKind, InteractionStatus, RecordKind};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// An interaction whose participants are known by position.
pub(super) struct Resolved {
    pub(super) interaction: Interaction,
    pub(super) people: Vec<PersonIx>,
    pub(super) starter: PersonIx,
    unmapped: Vec<Text>,
    /// How many shared mailboxes are named.
    mailboxes: u32,
    /// Where it stood among the records.
    position: usize,
}

impl Resolved {
    /// What makes two records the same interaction, beside the moment. Question and answer of one day are two messages:
    /// of a message the writer counts as well.
    fn same(&self) -> (Option<InteractionKind>, PersonIx, &[PersonIx], &[Text], Option<&str>) {
        let it = &self.interaction;
        let subject = it.subject.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let is_message = matches!(it.kind, Some(InteractionKind::Email | InteractionKind::Message) | None);
        let writer = if is_message { self.starter } else { PersonIx::NONE };
        (it.kind, writer, &self.people, &self.unmapped, subject)
    }

    /// Of several records of one interaction the first in this order counts: what took place before what was refused,
    /// one that says who began it before one that does not, then by id.
    fn rank(&self) -> (u8, bool, &Text) {
        let status = match self.interaction.status {
            InteractionStatus::Held => 0,
            InteractionStatus::Declined => 1,
            InteractionStatus::Unanswered => 2,
            InteractionStatus::Planned => 3,
        };
        (status, self.starter == PersonIx::NONE, &self.interaction.id)
    }
}

/// Leaves one of several records of the same interaction: same kind, moment, people and subject. The
/// one that counts takes over what it lacks. Records are in the order of time; costs O(n log n) in those of one moment.
fn once(all: &mut Vec<Resolved>, problems: &mut Problems) {
    if all.chunk_by(|a, b| a.interaction.at == b.interaction.at).all(|run| run.len() == 1) {
        return;
    }
    let mut kept: Vec<Resolved> = Vec::with_capacity(all.len());
    let mut rest = std::mem::take(all).into_iter().peekable();
    while let Some(first) = rest.next() {
        let at = first.interaction.at;
        let mut run = vec![first];
        while let Some(next) = rest.next_if(|next| next.interaction.at == at) {
            run.push(next);
        }
        if run.len() > 1 {
            run.sort_by(|a, b| (a.same(), a.rank()).cmp(&(b.same(), b.rank())));
            run.dedup_by(|later, counts| is_again(later, counts, problems));
            run.sort_by(|a, b| a.interaction.id.cmp(&b.interaction.id));
        }
        kept.append(&mut run);
    }
    *all = kept;
}

/// Whether a record is one more of an interaction that counts already; notes it then.
fn is_again(later: &mut Resolved, counts: &mut Resolved, problems: &mut Problems) -> bool {
    let is_same = later.people.len() > 1 && later.same() == counts.same();
    if is_same {
        let it = &mut later.interaction;
        let record = reference(RecordKind::Interaction, later.position, &it.id, it.line);
        problems.note(record, None, ProblemKind::LoggedTwice { counts: counts.interaction.id.clone() });
        let kept = &mut counts.interaction;
        kept.customer_id = kept.customer_id.take().or_else(|| it.customer_id.take());
    }
    is_same
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
    once(&mut all, problems);
    told::infer(&mut all, valid);
    let places: usize = all.iter().map(|it| it.people.len()).sum();
    if u32::try_from(places).is_err() {
        return Err(TooLarge { kind: RecordKind::Interaction, len: places });
    }
    let pairs = (0_u32..).zip(&all).flat_map(|(at, it)| it.people.iter().map(move |&person| (at, person)));
    valid.participants = Lists::group(all.len(), pairs);
    for (at, resolved) in (0_u32..).zip(all) {
        valid.starter.push(resolved.starter);
        valid.mailbox_named.extend((0..resolved.mailboxes).map(|_| at));
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
        absent,
        automatic,
        in_person: _,
        told_us_of_rival: _,
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
    // No one took part in what no person sent. The record is kept, and its other fields are checked.
    let is_automatic = *automatic == Some(true);
    let (mut people, mut unmapped, mut mailboxes, mut first) = (Vec::new(), Vec::new(), 0, PersonIx::NONE);
    if !is_automatic {
        for id in absent.iter().filter(|id| valid.person(id).is_none()) {
            problems.note(record(), "absent", ProblemKind::UnknownParticipant { id: id.clone() });
        }
        participants.retain(|id| !absent.contains(id));
        (people, unmapped, mailboxes) = those_known(participants, &record, valid, problems);
        participants
            .retain(|id| valid.person(id).is_some() || valid.customer(id).is_none() || valid.is_mailbox(id));
        let before = people.len();
        first = starter(started_by.as_ref(), &mut people, &unmapped, &record, valid, problems);
        match started_by {
            _ if first == PersonIx::NONE => *started_by = None,
            Some(id) if people.len() > before => participants.push(id.clone()),
            _ => {}
        }
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
    if !is_automatic {
        note_silence(*kind, *status, &people, first, settings, &record, problems);
    }
    Resolved { interaction, people, starter: first, unmapped, mailboxes, position }
}

/// Those who took part and are known, in order, the ids of those who are not, and how many mailboxes are named.
fn those_known(
    participants: &[Text],
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> (Vec<PersonIx>, Vec<Text>, u32) {
    let mut people = Vec::with_capacity(participants.len());
    let (mut unmapped, mut mailboxes) = (Vec::new(), 0);
    for id in participants {
        if let Some(person) = valid.person(id) {
            people.push(person);
        } else if valid.is_mailbox(id) {
            mailboxes += 1;
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
    (people, unmapped, mailboxes)
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
        if !unmapped.contains(id) && !valid.is_mailbox(id) {
            valid.unknown_person(id, record(), "started_by", Repair::Cleared, problems);
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
    use InteractionKind::{Email, Event, Introduction, Message};
    if status == InteractionStatus::Planned {
        return;
    }
    if people.len() < 2 {
        problems.note(record(), "participants", ProblemKind::TooFewParticipants);
    } else if kind == Some(Event) && people.len() > settings.audience_from.get() as usize {
        problems.note(record(), "participants", ProblemKind::Audience { count: people.len() });
    } else if starter == PersonIx::NONE
        && (status != InteractionStatus::Held || matches!(kind, None | Some(Email | Message | Introduction)))
    {
        problems.note(record(), "started_by", ProblemKind::StarterUnknown);
    }
}
