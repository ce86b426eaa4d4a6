//! People: ids, sides, figures and days; and the order in which everybody stands from here on.

use super::{Sound, admit, check_default, check_number, check_order, reference};
use crate::problem::{ProblemKind, Problems, Repair};
use crate::record::{Person, Profile, RecordKind, Side};

/// Checks people and puts them in blocks: ours, other organisations', then customer by customer. Returns where each
/// stood.
pub(super) fn check(people: Vec<Person>, sound: &mut Sound, problems: &mut Problems) -> Vec<u32> {
    let (admitted, ids) = admit(RecordKind::Person, &people, |it| &it.id, |it| it.line, problems);
    let mut order: Vec<Key> = Vec::with_capacity(people.len());
    for (position, (person, admitted)) in people.iter().zip(admitted).enumerate() {
        if admitted
            && let Some(block) = block_of(person, position, sound, problems)
            && let Ok(position) = u32::try_from(position)
        {
            order.push(Key { block, begins: beginning(&person.id), position });
        }
    }
    order.sort_unstable_by(|a, b| {
        (a.block, a.begins).cmp(&(b.block, b.begins)).then_with(|| ids.at(a.position).cmp(ids.at(b.position)))
    });

    let before =
        |block: u32| u32::try_from(order.partition_point(|key| key.block < block)).unwrap_or(u32::MAX);
    let mut ends: Vec<u32> = (FIRST_OUTSIDER..).take(sound.customers.len() + 2).map(before).collect();
    sound.staff_end = ends.remove(0);
    sound.block_start = ends;

    let positions: Vec<u32> = order.iter().map(|key| key.position).collect();
    drop(order);
    sound.people = in_order(people, &positions);
    for (person, &position) in sound.people.iter_mut().zip(&positions) {
        check_fields(person, position, problems);
    }
    sound.person_ids = ids.in_order(&positions);
    positions
}

/// The people at these positions, in this order; the rest are dropped. In place, circle by circle, since they are large.
#[allow(clippy::indexing_slicing, reason = "all are positions of people")]
fn in_order(mut people: Vec<Person>, positions: &[u32]) -> Vec<Person> {
    let mut listed = vec![false; people.len()];
    for &position in positions {
        listed[position as usize] = true;
    }
    let unlisted = (0_u32..).zip(listed).filter(|(_, listed)| !listed).map(|(position, _)| position);
    // Of each place the position of whoever belongs there; its own once they do.
    let mut belongs: Vec<u32> = positions.iter().copied().chain(unlisted).collect();
    for start in 0..people.len() {
        let mut place = start;
        loop {
            let from = belongs[place] as usize;
            belongs[place] = u32::try_from(place).unwrap_or(u32::MAX);
            if from == start || from == place {
                break;
            }
            people.swap(place, from);
            place = from;
        }
    }
    people.truncate(positions.len());
    people
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

fn block_of(person: &Person, position: usize, sound: &Sound, problems: &mut Problems) -> Option<u32> {
    let record = || reference(RecordKind::Person, position, &person.id, person.line);
    match person.side {
        Side::Customer => {
            let what = match &person.customer_id {
                None => ProblemKind::NoCustomer,
                Some(id) => match sound.customer(id) {
                    Some(customer) => return Some(FIRST_CUSTOMER + customer),
                    None => ProblemKind::Dangling { id: id.clone(), wanted: RecordKind::Customer },
                },
            };
            problems.fault(record(), "customer_id", what, Repair::LeftOut);
            None
        }
        side => {
            if person.customer_id.is_some() {
                problems.fault(record(), "customer_id", ProblemKind::CustomerOnOtherSide, Repair::Cleared);
            }
            Some(if side == Side::Staff { STAFF } else { FIRST_OUTSIDER })
        }
    }
}

fn check_fields(person: &mut Person, position: u32, problems: &mut Problems) {
    if person.side != Side::Customer {
        person.customer_id = None;
    }
    let (id, line) = (std::mem::take(&mut person.id), person.line);
    let record = || reference(RecordKind::Person, position as usize, &id, line);
    check_number(&mut person.power, 0.0, Some(1.0), record, "power", problems);
    check_order(("started_on", person.started_on), ("ended_on", &mut person.ended_on), record, problems);
    check_default(person.started_on, record, "started_on", problems);
    check_default(person.ended_on, record, "ended_on", problems);
    if let Some(Profile { answered, total }) = person.profile
        && answered > total
    {
        person.profile = None;
        let what = ProblemKind::ProfileOverfull { answered, total };
        problems.fault(record(), "profile", what, Repair::Cleared);
    }
    person.id = id;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_put_in_order_and_who_is_not_listed_goes() {
        let orders: [&[u32]; 5] = [&[0, 1, 2, 3, 4], &[4, 3, 2, 1, 0], &[1, 2, 3, 4, 0], &[3, 1], &[2, 4, 0]];
        for order in orders {
            let people = ["0", "1", "2", "3", "4"].map(Person::staff).to_vec();
            let ids: Vec<u32> = in_order(people, order).iter().map(|it| it.id.parse().unwrap()).collect();
            assert_eq!(ids, order);
        }
    }
}
