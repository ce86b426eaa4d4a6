//! Customers: ids, owners, and which customer belongs to which.

use super::super::{CustomerIx, PersonIx};
use super::lines::circles;
use super::{ValidRecords, admit, check_default, check_number, customer_id, reference};
use crate::problem::{ProblemKind, Problems, Repair};
use crate::record::{Customer, RecordKind};
use crate::text::Text;

/// Checks ids and figures, and sorts the customers by id. Returns the original position of each.
pub(super) fn check(customers: Vec<Customer>, valid: &mut ValidRecords, problems: &mut Problems) -> Vec<u32> {
    let mut kept: Vec<(u32, Customer)> = Vec::with_capacity(customers.len());
    let (admitted, ids) = admit(RecordKind::Customer, &customers, |it| &it.id, |it| it.line, problems);
    for (position, (mut customer, admitted)) in (0_u32..).zip(customers.into_iter().zip(admitted)) {
        if !admitted {
            continue;
        }
        check_fields(&mut customer, position, problems);
        kept.push((position, customer));
    }
    kept.sort_unstable_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    let positions: Vec<u32> = kept.iter().map(|(position, _)| *position).collect();
    valid.customers = kept.into_iter().map(|(_, customer)| customer).collect();
    valid.customer_ids = ids.in_order(&positions);
    check_parents(&positions, valid, problems);
    positions
}

/// Checks what can be checked without other records. Texts and words are right as they are; parents and owners are
/// checked once all are known.
fn check_fields(customer: &mut Customer, position: u32, problems: &mut Problems) {
    let Customer {
        id,
        name: _,
        parent_id: _,
        owner_id: _,
        segment: _,
        value,
        currency: _,
        renewal_on,
        status: _,
        reason: _,
        until: _,
        other: _,
        line,
    } = customer;
    let record = || reference(RecordKind::Customer, position as usize, id, *line);
    check_number(value, 0.0, None, record, "value", problems);
    check_default(*renewal_on, record, "renewal_on", problems);
}

fn check_parents(positions: &[u32], valid: &mut ValidRecords, problems: &mut Problems) {
    let mut parents: Vec<Option<CustomerIx>> = vec![None; valid.customers.len()];
    for (at, (customer, &position)) in valid.customers.iter().zip(positions).enumerate() {
        let Some(parent) = &customer.parent_id else { continue };
        if let Some(parent) = valid.customer(parent) {
            if let Some(slot) = parents.get_mut(at) {
                *slot = Some(parent);
            }
        } else {
            let record = reference(RecordKind::Customer, position as usize, &customer.id, customer.line);
            let what = ProblemKind::Dangling { id: parent.clone(), wanted: RecordKind::Customer };
            problems.fault(record, "parent_id", what, Repair::Cleared);
        }
    }
    let all = CustomerIx::of_column(parents.len());
    for circle in circles(all, |at| parents.get(at.index()).copied().flatten()) {
        let names: Vec<Text> = circle.iter().map(|&at| customer_id(&valid.customers, at).into()).collect();
        let Some(&opened) = circle.first() else { continue };
        if let (Some(slot), Some(customer), Some(&position)) = (
            parents.get_mut(opened.index()),
            valid.customers.get(opened.index()),
            positions.get(opened.index()),
        ) {
            *slot = None;
            let record = reference(RecordKind::Customer, position as usize, &customer.id, customer.line);
            let repair = Repair::CircleOpened { at: customer.id.clone() };
            problems.fault(record, "parent_id", ProblemKind::ParentCycle { members: names }, repair);
        }
    }
    for (customer, parent) in valid.customers.iter_mut().zip(parents) {
        if parent.is_none() {
            customer.parent_id = None;
        }
    }
}

/// Checks owners, once people are known, and the days of a decision not to pursue.
pub(super) fn check_owners(positions: &[u32], valid: &mut ValidRecords, problems: &mut Problems) {
    let mut owners = Vec::with_capacity(valid.customers.len());
    for (customer, &position) in valid.customers.iter().zip(positions) {
        let record = || reference(RecordKind::Customer, position as usize, &customer.id, customer.line);
        let owner = customer.owner_id.as_deref().map(|id| (id, valid.person(id)));
        owners.push(match owner {
            Some((_, Some(owner))) if valid.is_staff(owner) => owner,
            Some((id, Some(_))) => {
                let what = ProblemKind::NotStaff { id: id.into() };
                problems.fault(record(), "owner_id", what, Repair::Cleared);
                PersonIx::NONE
            }
            Some((id, None)) => {
                valid.unknown_person(id, record(), "owner_id", Repair::Cleared, problems);
                PersonIx::NONE
            }
            None => PersonIx::NONE,
        });
    }
    for (customer, &owner) in valid.customers.iter_mut().zip(&owners) {
        if owner == PersonIx::NONE {
            customer.owner_id = None;
        }
    }
    valid.owner = owners;
}
