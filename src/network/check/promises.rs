//! Promises and concerns: who gave them, who took them, in which order of days.

use super::{Sound, admit, check_order, reference};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Commitment, Concern, RecordKind};
use crate::text::Text;

/// Checks promises; one by nobody, or to nobody, is left out.
pub(super) fn check_commitments(commitments: Vec<Commitment>, sound: &mut Sound, problems: &mut Problems) {
    let (admitted, _) = admit(RecordKind::Commitment, &commitments, |it| &it.id, |it| it.line, problems);
    for (position, (mut promise, admitted)) in commitments.into_iter().zip(admitted).enumerate() {
        if !admitted {
            continue;
        }
        let (id, line) = (promise.id.clone(), promise.line);
        let record = || reference(RecordKind::Commitment, position, &id, line);
        let known = person_exists(&promise.made_by, "made_by", Repair::LeftOut, &record, sound, problems);
        promise
            .made_to
            .retain(|id| person_exists(id, "made_to", Repair::EntryLeftOut, &record, sound, problems));
        // Their order says nothing, and shows nowhere.
        promise.made_to.sort_unstable();
        if promise.made_to.is_empty() {
            problems.fault(record(), "made_to", ProblemKind::PromisedToNobody, Repair::LeftOut);
        }
        check_order(("made_on", Some(promise.made_on)), ("due_on", &mut promise.due_on), record, problems);
        check_order(
            ("made_on", Some(promise.made_on)),
            ("closed_on", &mut promise.closed_on),
            record,
            problems,
        );
        clear_unknown_customer(&mut promise.customer_id, &record, sound, problems);
        if known && !promise.made_to.is_empty() {
            sound.commitments.push(promise);
        }
    }
    sound.commitments.sort_by(|a, b| (a.made_on, &a.id).cmp(&(b.made_on, &b.id)));
}

/// Checks concerns; one raised by nobody is left out.
pub(super) fn check_concerns(concerns: Vec<Concern>, sound: &mut Sound, problems: &mut Problems) {
    let (admitted, _) = admit(RecordKind::Concern, &concerns, |it| &it.id, |it| it.line, problems);
    for (position, (mut concern, admitted)) in concerns.into_iter().zip(admitted).enumerate() {
        if !admitted {
            continue;
        }
        let (id, line) = (concern.id.clone(), concern.line);
        let record = || reference(RecordKind::Concern, position, &id, line);
        let known = person_exists(&concern.raised_by, "raised_by", Repair::LeftOut, &record, sound, problems);
        if let Some(severity) = concern.severity
            && !(1..=4).contains(&severity)
        {
            let what = ProblemKind::OutOfRange { value: f64::from(severity), least: 1.0, most: Some(4.0) };
            problems.fault(record(), "severity", what, Repair::Cleared);
            concern.severity = None;
        }
        check_order(
            ("raised_on", Some(concern.raised_on)),
            ("review_on", &mut concern.review_on),
            record,
            problems,
        );
        if let Some(owner) = concern.owner_id.clone() {
            let known = person_exists(&owner, "owner_id", Repair::Cleared, &record, sound, problems);
            let ours = sound.person(&owner).is_some_and(|owner| sound.is_staff(owner));
            if known && !ours {
                problems.fault(record(), "owner_id", ProblemKind::NotStaff { id: owner }, Repair::Cleared);
            }
            if !ours {
                concern.owner_id = None;
            }
        }
        clear_unknown_customer(&mut concern.customer_id, &record, sound, problems);
        if known {
            sound.concerns.push(concern);
        }
    }
    sound.concerns.sort_by(|a, b| (a.raised_on, &a.id).cmp(&(b.raised_on, &b.id)));
}

fn person_exists(
    id: &str,
    field: &'static str,
    repair: Repair,
    record: &impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) -> bool {
    let known = sound.person(id).is_some();
    if !known {
        let what = ProblemKind::Dangling { id: id.into(), wanted: RecordKind::Person };
        problems.fault(record(), field, what, repair);
    }
    known
}

fn clear_unknown_customer(
    customer_id: &mut Option<Text>,
    record: &impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) {
    if let Some(id) = customer_id.take_if(|id| sound.customer(id).is_none()) {
        let what = ProblemKind::Dangling { id, wanted: RecordKind::Customer };
        problems.fault(record(), "customer_id", what, Repair::Cleared);
    }
}
