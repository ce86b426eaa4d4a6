//! People: ids, sides, figures and days; and the final order of people.

use super::super::people::Gathering;
use super::super::{CustomerIx, PersonIx};
use super::{ValidRecords, admit, check_default, check_number, check_order, reference};
use crate::problem::{ProblemKind, Problems, Repair};
use crate::record::{Person, Profile, RecordKind, Side};
use crate::text::Text;

/// Checks people and sorts them into blocks: our staff, other organisations', then customer by customer. Returns
/// the original position of each.
///
/// Of each record all that is needed later is read in one go, since records are large; then they are gone.
pub(super) fn check(mut people: Vec<Person>, valid: &mut ValidRecords, problems: &mut Problems) -> Vec<u32> {
    let (admitted, ids) = admit(RecordKind::Person, &people, |it| &it.id, |it| it.line, problems);
    let mut order: Vec<Key> = Vec::with_capacity(people.len());
    let mut last = None;
    for (position, (person, admitted)) in people.iter().zip(admitted).enumerate() {
        if admitted && person.mailbox == Some(true) {
            let record = reference(RecordKind::Person, position, &person.id, person.line);
            problems.note(record, "mailbox", ProblemKind::Mailbox { id: person.id.clone() });
            valid.mailboxes.push(person.id.clone());
            continue;
        }
        if admitted
            && let Some(block) = block_of(person, position, &mut last, valid, problems)
            && let Ok(position) = u32::try_from(position)
        {
            order.push(Key { block, begins: beginning(&person.id), position });
        }
    }
    valid.mailboxes.sort_unstable();
    order.sort_unstable_by(|a, b| {
        (a.block, a.begins).cmp(&(b.block, b.begins)).then_with(|| ids.at(a.position).cmp(ids.at(b.position)))
    });

    let before = |block: u32| PersonIx::of_column(order.partition_point(|key| key.block < block)).end();
    let mut ends: Vec<PersonIx> = (FIRST_OUTSIDER..).take(valid.customers.len() + 2).map(before).collect();
    valid.staff_end = ends.remove(0);
    valid.block_start = ends;

    let positions: Vec<u32> = order.iter().map(|key| key.position).collect();
    drop(order);
    valid.person_ids = ids.in_order(&positions);
    let mut columns = Gathering::with_capacity(positions.len());
    valid.manager.reserve_exact(positions.len());
    for &position in &positions {
        let Some(person) = people.get_mut(position as usize) else { continue };
        check_fields(person, position, problems);
        valid.manager.push(manager_of(person, position, valid, problems).unwrap_or(PersonIx::NONE));
        columns.push(person);
    }
    valid.people = columns.done();
    positions
}

/// The person that a `manager_id` names; whether they may manage is checked once everyone's side is known.
fn manager_of(
    person: &Person,
    position: u32,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> Option<PersonIx> {
    let id = person.manager_id.as_ref()?;
    let manager = valid.person(id);
    if manager.is_none() {
        let record = reference(RecordKind::Person, position as usize, &person.id, person.line);
        valid.unknown_person(id, record, "manager_id", Repair::Cleared, problems);
    }
    manager
}

/// By what people are put in order: block, then id. Most ids differ in their first eight bytes already.
struct Key {
    block: u32,
    begins: u64,
    position: u32,
}

/// The first eight bytes, as a number that orders as they do.
fn beginning(id: &str) -> u64 {
    let mut bytes = [0; 8];
    for (byte, of_id) in bytes.iter_mut().zip(id.bytes()) {
        *byte = of_id;
    }
    u64::from_be_bytes(bytes)
}

const STAFF: u32 = 0;
const FIRST_OUTSIDER: u32 = 1;
const FIRST_CUSTOMER: u32 = 2;

/// The customer named last, by id: exports list the people of one customer together.
type Last<'p> = Option<(&'p Text, CustomerIx)>;

fn block_of<'p>(
    person: &'p Person,
    position: usize,
    last: &mut Last<'p>,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> Option<u32> {
    let record = || reference(RecordKind::Person, position, &person.id, person.line);
    match person.side {
        Side::Customer => {
            let what = match &person.customer_id {
                None => ProblemKind::NoCustomer,
                Some(id) => {
                    if last.is_none_or(|(named, _)| named != id) {
                        *last = valid.customer(id).map(|customer| (id, customer));
                    }
                    match *last {
                        Some((_, customer)) => return Some(FIRST_CUSTOMER + customer.get()),
                        None => ProblemKind::Dangling { id: id.clone(), wanted: RecordKind::Customer },
                    }
                }
            };
            problems.fault(record(), "customer_id", what, Repair::LeftOut);
            None
        }
        side @ (Side::Staff | Side::Partner | Side::Competitor) => {
            if person.customer_id.is_some() {
                problems.fault(record(), "customer_id", ProblemKind::CustomerOnOtherSide, Repair::Cleared);
            }
            Some(if side == Side::Staff { STAFF } else { FIRST_OUTSIDER })
        }
    }
}

/// Checks what can be checked without other records. Texts and words are right as they are; who the manager is, and
/// where a person works, is checked elsewhere.
fn check_fields(person: &mut Person, position: u32, problems: &mut Problems) {
    let Person {
        id,
        side,
        customer_id,
        name: _,
        title: _,
        email: _,
        department: _,
        site: _,
        area: _,
        manager_id: _,
        roles: _,
        seniority: _,
        power,
        support: _,
        aware_of_us: _,
        active: _,
        mailbox: _,
        started_on,
        ended_on,
        review_on: _,
        profile,
        other: _,
        line,
    } = person;
    if *side != Side::Customer {
        *customer_id = None;
    }
    let record = || reference(RecordKind::Person, position as usize, id, *line);
    check_number(power, 0.0, Some(1.0), record, "power", problems);
    check_order(("started_on", *started_on), ("ended_on", ended_on), record, problems);
    check_default(*started_on, record, "started_on", problems);
    check_default(*ended_on, record, "ended_on", problems);
    if let Some(Profile { answered, total }) = profile.take_if(|profile| profile.answered > profile.total) {
        problems.fault(
            record(),
            "profile",
            ProblemKind::ProfileOverfull { answered, total },
            Repair::Cleared,
        );
    }
}
