//! Decisions: a rule that can be applied, among people who work for the customer.

use std::collections::HashSet;

use super::super::CustomerIx;
use super::{ValidRecords, admit, check_order, reference};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Decision, Member, RecordKind};
use crate::text::Text;
use crate::voting::{VotingError, VotingGame};

/// Checks decisions; one without a rule that can be applied is left out.
pub(super) fn check(decisions: Vec<Decision>, valid: &mut ValidRecords, problems: &mut Problems) {
    let (admitted, _) = admit(RecordKind::Decision, &decisions, |it| &it.id, |it| it.line, problems);
    for (position, (mut decision, admitted)) in decisions.into_iter().zip(admitted).enumerate() {
        if admitted && mend_decision(&mut decision, position, valid, problems) {
            valid.decisions.push(decision);
        }
    }
    valid.decisions.sort_by(|a, b| (&a.customer_id, &a.id).cmp(&(&b.customer_id, &b.id)));
}

/// Checks and mends a decision, and gives whether its rule can be applied.
fn mend_decision(
    decision: &mut Decision,
    position: usize,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let Decision { id, customer_id, approver, members, quota, opens_on, decides_on, other: _, line } =
        decision;
    let record = || reference(RecordKind::Decision, position, id, *line);
    check_order(("opens_on", *opens_on), ("decides_on", decides_on), record, problems);
    let Some(customer) = valid.customer(customer_id) else {
        let what = ProblemKind::Dangling { id: customer_id.clone(), wanted: RecordKind::Customer };
        problems.fault(record(), "customer_id", what, Repair::LeftOut);
        return false;
    };
    let Some(approver) = approver else {
        return mend_vote(members, quota, customer, &record, valid, problems);
    };
    if !members.is_empty() {
        problems.fault(record(), "members", ProblemKind::TwoRules, Repair::Cleared);
        members.clear();
        *quota = None;
    }
    works_there(approver, customer, "approver", Repair::LeftOut, &record, valid, problems)
}

fn mend_vote(
    members: &mut Vec<Member>,
    quota: &mut Option<u64>,
    customer: CustomerIx,
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    if members.is_empty() {
        problems.fault(record(), "approver", ProblemKind::NoRule, Repair::LeftOut);
        return false;
    }
    let mut seen: HashSet<Text> = HashSet::new();
    members.retain(|member| {
        if !seen.insert(member.id.clone()) {
            let what = ProblemKind::MemberTwice { id: member.id.clone() };
            problems.fault(record(), "members", what, Repair::EntryLeftOut);
            return false;
        }
        works_there(&member.id, customer, "members", Repair::EntryLeftOut, record, valid, problems)
    });
    // Their order has no meaning, and affects nothing, not even the last bit of a sum.
    members.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    if members.is_empty() {
        problems.fault(record(), "members", ProblemKind::NoRule, Repair::LeftOut);
        return false;
    }
    let votes: Vec<u64> = members.iter().map(|member| member.votes).collect();
    let total = votes.iter().fold(0_u64, |sum, &votes| sum.saturating_add(votes));
    let needed = *quota.get_or_insert(total / 2 + 1);
    let what = match VotingGame::new(needed, votes) {
        Ok(_) => return true,
        Err(VotingError::NoQuota) => ProblemKind::QuotaZero,
        Err(VotingError::QuotaOutOfReach { .. }) => {
            ProblemKind::QuotaUnreachable { quota: needed, votes: total }
        }
        Err(_) => ProblemKind::VotesTooFine { votes: total },
    };
    problems.fault(record(), "quota", what, Repair::LeftOut);
    false
}

fn works_there(
    id: &str,
    customer: CustomerIx,
    field: &'static str,
    repair: Repair,
    record: &impl Fn() -> RecordRef,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let what = match valid.person(id) {
        None => {
            valid.unknown_person(id, record(), field, repair, problems);
            return false;
        }
        Some(person) if valid.customer_of(person) != Some(customer) => {
            ProblemKind::WrongCustomer { id: id.into() }
        }
        Some(_) => return true,
    };
    problems.fault(record(), field, what, repair);
    false
}
