//! Decisions: a rule that can be applied, among people who work for the customer.

use std::collections::HashSet;

use super::super::CustomerIx;
use super::{Sound, admit, check_order, reference};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{Decision, RecordKind};
use crate::text::Text;
use crate::voting::{VotingError, VotingGame};

/// Checks decisions; one without a rule that can be applied is left out.
pub(super) fn check(decisions: Vec<Decision>, sound: &mut Sound, problems: &mut Problems) {
    let (admitted, _) = admit(RecordKind::Decision, &decisions, |it| &it.id, |it| it.line, problems);
    for (position, (mut decision, admitted)) in decisions.into_iter().zip(admitted).enumerate() {
        if !admitted {
            continue;
        }
        let (id, line) = (decision.id.clone(), decision.line);
        let record = || reference(RecordKind::Decision, position, &id, line);
        check_order(
            ("opens_on", decision.opens_on),
            ("decides_on", &mut decision.decides_on),
            record,
            problems,
        );
        let Some(customer) = sound.customer(&decision.customer_id) else {
            let what = ProblemKind::Dangling { id: decision.customer_id, wanted: RecordKind::Customer };
            problems.fault(record(), "customer_id", what, Repair::LeftOut);
            continue;
        };
        if rule_stands(&mut decision, customer, &record, sound, problems) {
            sound.decisions.push(decision);
        }
    }
    sound.decisions.sort_by(|a, b| (&a.customer_id, &a.id).cmp(&(&b.customer_id, &b.id)));
}

fn rule_stands(
    decision: &mut Decision,
    customer: CustomerIx,
    record: &impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) -> bool {
    if let Some(approver) = &decision.approver {
        if !decision.members.is_empty() {
            problems.fault(record(), "members", ProblemKind::TwoRules, Repair::Cleared);
            decision.members.clear();
            decision.quota = None;
        }
        return works_there(approver, customer, "approver", Repair::LeftOut, record, sound, problems);
    }
    if decision.members.is_empty() {
        problems.fault(record(), "approver", ProblemKind::NoRule, Repair::LeftOut);
        return false;
    }
    let mut seen: HashSet<Text> = HashSet::new();
    decision.members.retain(|member| {
        if !seen.insert(member.id.clone()) {
            let what = ProblemKind::MemberTwice { id: member.id.clone() };
            problems.fault(record(), "members", what, Repair::EntryLeftOut);
            return false;
        }
        works_there(&member.id, customer, "members", Repair::EntryLeftOut, record, sound, problems)
    });
    // Their order says nothing, and shows nowhere, not even in the last bit of a sum.
    decision.members.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    if decision.members.is_empty() {
        problems.fault(record(), "members", ProblemKind::NoRule, Repair::LeftOut);
        return false;
    }
    let votes: Vec<u64> = decision.members.iter().map(|member| member.votes).collect();
    let total = votes.iter().fold(0_u64, |sum, &votes| sum.saturating_add(votes));
    let quota = decision.quota.unwrap_or(total / 2 + 1);
    let what = match VotingGame::new(quota, votes) {
        Ok(_) => {
            decision.quota = Some(quota);
            return true;
        }
        Err(VotingError::NoQuota) => ProblemKind::QuotaZero,
        Err(VotingError::QuotaOutOfReach { .. }) => ProblemKind::QuotaUnreachable { quota, votes: total },
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
    sound: &Sound,
    problems: &mut Problems,
) -> bool {
    let what = match sound.person(id) {
        None => ProblemKind::Dangling { id: id.into(), wanted: RecordKind::Person },
        Some(person) if sound.customer_of(person) != Some(customer) => {
            ProblemKind::WrongCustomer { id: id.into() }
        }
        Some(_) => return true,
    };
    problems.fault(record(), field, what, repair);
    false
}
