//! Promises and concerns: who gave them, who took them, in which order of days.

use super::{ValidRecords, admit, check_order, reference};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Commitment, Concern, RecordKind};
use crate::text::Text;

/// Checks promises; one by no one, or to no one, is left out.
pub(super) fn check_commitments(
    commitments: Vec<Commitment>,
    valid: &mut ValidRecords,
    problems: &mut Problems,
) {
    let (admitted, _) = admit(RecordKind::Commitment, &commitments, |it| &it.id, |it| it.line, problems);
    for (position, (mut promise, admitted)) in commitments.into_iter().zip(admitted).enumerate() {
        if admitted && mend_commitment(&mut promise, position, valid, problems) {
            valid.commitments.push(promise);
        }
    }
    valid.commitments.sort_by(|a, b| (a.made_on, &a.id).cmp(&(b.made_on, &b.id)));
}

/// Checks and mends a promise, and gives whether both who made it and to which people are known.
fn mend_commitment(
    promise: &mut Commitment,
    position: usize,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let Commitment {
        id,
        made_by,
        made_to,
        made_on,
        due_on,
        status: _,
        closed_on,
        customer_id,
        text: _,
        other: _,
        line,
    } = promise;
    let record = || reference(RecordKind::Commitment, position, id, *line);
    let known = person_exists(made_by, "made_by", Repair::LeftOut, &record, valid, problems);
    made_to.retain(|id| person_exists(id, "made_to", Repair::EntryLeftOut, &record, valid, problems));
    // Their order has no meaning, and affects nothing.
    made_to.sort_unstable();
    if made_to.is_empty() {
        problems.fault(record(), "made_to", ProblemKind::PromisedToNoOne, Repair::LeftOut);
    }
    check_order(("made_on", Some(*made_on)), ("due_on", due_on), record, problems);
    check_order(("made_on", Some(*made_on)), ("closed_on", closed_on), record, problems);
    clear_unknown_customer(customer_id, &record, valid, problems);
    known && !made_to.is_empty()
}

/// Checks concerns; one raised by no one is left out.
pub(super) fn check_concerns(concerns: Vec<Concern>, valid: &mut ValidRecords, problems: &mut Problems) {
    let (admitted, _) = admit(RecordKind::Concern, &concerns, |it| &it.id, |it| it.line, problems);
    for (position, (mut concern, admitted)) in concerns.into_iter().zip(admitted).enumerate() {
        if admitted && mend_concern(&mut concern, position, valid, problems) {
            valid.concerns.push(concern);
        }
    }
    valid.concerns.sort_by(|a, b| (a.raised_on, &a.id).cmp(&(b.raised_on, &b.id)));
}

/// Checks and mends a concern, and gives whether the one who raised it is known.
fn mend_concern(
    concern: &mut Concern,
    position: usize,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let Concern {
        id,
        raised_by,
        raised_on,
        severity,
        status: _,
        review_on,
        answered_on,
        owner_id,
        customer_id,
        text: _,
        other: _,
        line,
    } = concern;
    let record = || reference(RecordKind::Concern, position, id, *line);
    let known = person_exists(raised_by, "raised_by", Repair::LeftOut, &record, valid, problems);
    if let Some(severity) = severity.take_if(|severity| !(1..=4).contains(severity)) {
        let what = ProblemKind::OutOfRange { value: f64::from(severity), least: 1.0, most: Some(4.0) };
        problems.fault(record(), "severity", what, Repair::Cleared);
    }
    check_order(("raised_on", Some(*raised_on)), ("review_on", review_on), record, problems);
    check_order(("raised_on", Some(*raised_on)), ("answered_on", answered_on), record, problems);
    let is_ours = |id: &Text| valid.person(id).is_some_and(|owner| valid.is_staff(owner));
    if let Some(owner) = owner_id.take_if(|owner| !is_ours(owner))
        && person_exists(&owner, "owner_id", Repair::Cleared, &record, valid, problems)
    {
        problems.fault(record(), "owner_id", ProblemKind::NotStaff { id: owner }, Repair::Cleared);
    }
    clear_unknown_customer(customer_id, &record, valid, problems);
    known
}

fn person_exists(
    id: &str,
    field: &'static str,
    repair: Repair,
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let known = valid.person(id).is_some();
    if !known {
        valid.unknown_person(id, record(), field, repair, problems);
    }
    known
}

fn clear_unknown_customer(
    customer_id: &mut Option<Text>,
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) {
    if let Some(id) = customer_id.take_if(|id| valid.customer(id).is_none()) {
        let what = ProblemKind::Dangling { id, wanted: RecordKind::Customer };
        problems.fault(record(), "customer_id", what, Repair::Cleared);
    }
}
