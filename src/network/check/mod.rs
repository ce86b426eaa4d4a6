//! Validation: records in, valid records out, and every problem on the way.
//!
//! Each kind has a file. A check never stops at a fault: it repairs the record or leaves it out, reports that, and
//! continues; whether that is acceptable is decided once, at the end, by the builder. The output holds only
//! positions that exist, numbers in range and days in order, so that no later stage checks again.

mod customers;
mod people;
mod lines;
pub(super) mod ties;
mod parallel;
mod interactions;
mod told;
mod promises;
mod decisions;

use std::num::NonZeroU32;

use super::citation::TieId;
use super::ids::IdIndex;
use super::lists::Lists;
use super::people::Columns;
use super::{CustomerIx, IxRange, MOST_RECORDS, PersonIx, TooLarge};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{
    Commitment, Concern, Customer, Decision, Interaction, RecordKind, Records, Side, TieKind,
};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// Valid records, with every reference resolved.
#[derive(Debug, Default)]
pub(super) struct ValidRecords {
    pub(super) as_of: Option<Day>,
    /// Sorted by id.
    pub(super) customers: Vec<Customer>,
    pub(super) customer_ids: IdIndex<CustomerIx>,
    /// Of each customer the owner among our staff, or no one.
    pub(super) owner: Vec<PersonIx>,
    /// Our staff, then partners and competitors, then the people of each customer; each block sorted by id.
    pub(super) people: Columns,
    pub(super) person_ids: IdIndex<PersonIx>,
    pub(super) staff_end: PersonIx,
    /// Where the block of each customer begins; one more, the end of the last.
    pub(super) block_start: Vec<PersonIx>,
    pub(super) manager: Vec<PersonIx>,
    pub(super) ties: Vec<ValidTie>,
    /// Whether any of them is of another kind than trust, and whether any holds only between some days: most portfolios
    /// have none, and need not be gone through for them.
    pub(super) any_other_kind: bool,
    pub(super) any_dated: bool,
    /// How many ties were recorded, valid or not.
    pub(super) tie_records: u32,
    /// The ids of those that have one, by number.
    pub(super) tie_ids: Vec<TieId>,
    /// For each person their ties by position, ordered by the person trusted, then kind, then record.
    pub(super) tie_rows: Lists<PersonIx, u32>,
    /// Sorted by time, then id.
    pub(super) interactions: Vec<Interaction>,
    /// Who took part in each, in order of position.
    pub(super) participants: Lists<u32, PersonIx>,
    /// Who started each, or no one.
    pub(super) starter: Vec<PersonIx>,
    /// Participants who are not among the people, each with the interaction.
    pub(super) unmapped_participants: Vec<(u32, Text)>,
    /// The ids of shared mailboxes, in order.
    pub(super) mailboxes: Vec<Text>,
    /// The interactions that name a mailbox, in order, each as often as it names one.
    pub(super) mailbox_named: Vec<u32>,
    /// The last day on which something happened.
    pub(super) last_event: Option<Day>,
    /// Whether the records say of which day they are.
    pub(super) is_day_given: bool,
    pub(super) commitments: Vec<Commitment>,
    pub(super) concerns: Vec<Concern>,
    pub(super) decisions: Vec<Decision>,
}

/// What a tie states, with its ends by position.
///
/// Aligned like the records it is made from, so that this list reuses their allocation: otherwise all would be
/// copied once more.
#[derive(Debug, Clone, Copy)]
#[repr(align(8))]
pub(super) struct ValidTie {
    pub(super) from: PersonIx,
    pub(super) to: PersonIx,
    /// Its position among the records; once all are known its number, the same whatever the order of the records.
    pub(super) record: u32,
    pub(super) line: Option<NonZeroU32>,
    pub(super) kind: TieKind,
    /// Its evidence is someone's judgement.
    pub(super) is_stated: bool,
    /// It has a figure in pieces, for or against.
    pub(super) is_judged: bool,
    /// It has no figure at all.
    pub(super) says_nothing: bool,
    pub(super) speaks_against: bool,
    pub(super) strength: Option<f32>,
    pub(super) supporting: f32,
    pub(super) against: f32,
    pub(super) since: Day,
    pub(super) until: Day,
    /// The day of its figures, where it was named.
    pub(super) rated_on: Option<Day>,
}

impl ValidTie {
    /// Whether it begins or ends on a known day.
    pub(super) fn is_dated(&self) -> bool {
        self.since != Day::MIN || self.until != Day::MAX
    }

    /// The day of its figures: the one that was named, else the day of the records. Of a tie that had ended by then it is not
    /// known, and they do not fade.
    pub(super) fn dated(&self, as_of: Option<Day>) -> Day {
        let as_of = as_of.filter(|&as_of| as_of <= self.until);
        self.rated_on.or(as_of).unwrap_or(Day::MIN)
    }
}

impl ValidRecords {
    /// The ties of another kind than trust.
    pub(super) fn other_ties(&self) -> impl Iterator<Item = &ValidTie> + Clone {
        let all = if self.any_other_kind { self.ties.as_slice() } else { &[] };
        all.iter().filter(|tie| tie.kind != TieKind::Trust)
    }

    pub(super) fn person(&self, id: &str) -> Option<PersonIx> {
        self.person_ids.get(id)
    }

    pub(super) fn customer(&self, id: &str) -> Option<CustomerIx> {
        self.customer_ids.get(id)
    }

    /// The ties of a person, ordered by the person trusted, then kind, then record.
    pub(super) fn ties_of(&self, person: PersonIx) -> impl Iterator<Item = &ValidTie> {
        self.tie_rows.of(person).iter().filter_map(|&at| self.ties.get(at as usize))
    }

    /// The ids of those who take part in an interaction and are not among the people.
    pub(super) fn unmapped_of(&self, interaction: u32) -> &[(u32, Text)] {
        let all = &self.unmapped_participants;
        let start = all.partition_point(|(at, _)| *at < interaction);
        let rest = all.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(at, _)| *at == interaction)).unwrap_or_default()
    }

    /// How many an interaction names, known or not.
    pub(super) fn named(&self, interaction: u32) -> usize {
        let all = &self.mailbox_named;
        let mailboxes = if all.is_empty() {
            0
        } else {
            all.partition_point(|&at| at <= interaction) - all.partition_point(|&at| at < interaction)
        };
        self.participants.of(interaction).len() + self.unmapped_of(interaction).len() + mailboxes
    }

    pub(super) fn is_mailbox(&self, id: &str) -> bool {
        self.mailboxes.binary_search_by(|mailbox| mailbox.as_str().cmp(id)).is_ok()
    }

    /// Reports an id that no person has: a fault, or a note if a shared mailbox has it.
    #[cold]
    pub(super) fn unknown_person(
        &self,
        id: &str,
        record: RecordRef,
        field: &'static str,
        repair: Repair,
        problems: &mut Problems,
    ) {
        if self.is_mailbox(id) {
            problems.note(record, field, ProblemKind::Mailbox { id: id.into() });
        } else {
            let what = ProblemKind::Dangling { id: id.into(), wanted: RecordKind::Person };
            problems.fault(record, field, what, repair);
        }
    }

    pub(super) fn is_staff(&self, person: PersonIx) -> bool {
        person < self.staff_end
    }

    /// The customer whose block holds a person.
    pub(super) fn customer_of(&self, person: PersonIx) -> Option<CustomerIx> {
        let first = *self.block_start.first()?;
        if person < first {
            return None;
        }
        let customer = self.block_start.partition_point(|&start| start <= person) - 1;
        u32::try_from(customer).ok().map(CustomerIx::new)
    }

    /// The stretch of positions that a customer's people have.
    pub(super) fn block(&self, customer: CustomerIx) -> IxRange<PersonIx> {
        let at = customer.index();
        match self.block_start.get(at..at + 2) {
            Some(&[start, end]) => start.up_to(end),
            _ => IxRange::EMPTY,
        }
    }

    /// Side and customer of a person: two people are "of one side" when both agree.
    pub(super) fn side(&self, person: PersonIx) -> (Side, Option<CustomerIx>) {
        (self.people.side(person), self.customer_of(person))
    }
}

fn customer_id(customers: &[Customer], at: CustomerIx) -> &str {
    customers.get(at.index()).map_or("", |customer| customer.id.as_str())
}

/// Checks every record.
pub(super) fn check(
    records: Records,
    settings: &EvidenceSettings,
    problems: &mut Problems,
) -> Result<ValidRecords, TooLarge> {
    let mut valid = ValidRecords::default();
    if let Some((kind, len)) = records.counts().into_iter().find(|(_, len)| *len >= MOST_RECORDS) {
        return Err(TooLarge { kind, len });
    }
    let Records {
        schema_version: _,
        as_of,
        customers,
        people,
        ties,
        interactions,
        commitments,
        concerns,
        decisions,
    } = records;
    let customer_positions = customers::check(customers, &mut valid, problems);
    let person_positions = people::check(people, &mut valid, problems);
    customers::check_owners(&customer_positions, &mut valid, problems);
    lines::check(&person_positions, &mut valid, problems);
    ties::check(ties, &mut valid, problems);
    interactions::check(interactions, as_of, settings, &mut valid, problems)?;
    promises::check_commitments(commitments, &mut valid, problems);
    promises::check_concerns(concerns, &mut valid, problems);
    decisions::check(decisions, &mut valid, problems);
    (valid.last_event, valid.is_day_given) = (last_event(&valid, as_of), as_of.is_some());
    valid.as_of = as_of.or(valid.last_event);
    problems.sort();
    Ok(valid)
}

/// The last day on which something happened, by a day if one is given: an interaction was held or a message sent, a promise
/// made or closed, a concern raised, someone started or left. Never a planned, due, review or renewal day.
fn last_event(valid: &ValidRecords, by: Option<Day>) -> Option<Day> {
    use crate::record::InteractionKind::{Email, Message};
    use crate::record::InteractionStatus::{Declined, Held, Planned, Unanswered};
    // What databases write for "never".
    let never = Day::from_ymd(9999, 1, 1).unwrap_or(Day::MAX);
    let happened = valid.interactions.iter().filter(|it| match it.status {
        Held => true,
        Unanswered => matches!(it.kind, Some(Email | Message) | None),
        Planned | Declined => false,
    });
    let happened = happened.map(|it| it.at.day());
    let promises = valid.commitments.iter().flat_map(|it| [Some(it.made_on), it.closed_on]).flatten();
    let concerns = valid.concerns.iter().flat_map(|it| [Some(it.raised_on), it.answered_on]).flatten();
    let people = PersonIx::of_column(valid.people.len()).flat_map(|person| {
        let (first, last) = valid.people.presence(person);
        [first, last].into_iter().filter(|&day| day != Day::MIN && day != Day::MAX)
    });
    let all = happened.chain(promises).chain(concerns).chain(people);
    all.filter(|&day| day < never && by.is_none_or(|by| day <= by)).max()
}

/// Validates ids: empty, padded or duplicate ids are found here for every kind. Returns for each record whether
/// its id lets it stay, and the ids by position among the records.
fn admit<T>(
    kind: RecordKind,
    records: &[T],
    id: impl Fn(&T) -> &str,
    line: impl Fn(&T) -> Option<u32>,
    problems: &mut Problems,
) -> (Vec<bool>, IdIndex<u32>) {
    let mut ids = IdIndex::with_capacity(records.len());
    let may_stay = records
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let record = || reference(kind, at, id(one), line(one));
            if id(one).is_empty() {
                problems.fault(record(), "id", ProblemKind::EmptyId, Repair::LeftOut);
                ids.skip();
                return false;
            }
            if id(one).trim().len() != id(one).len() {
                problems.note(record(), "id", ProblemKind::PaddedId);
            }
            match ids.insert(id(one)) {
                Ok(()) => true,
                Err(first) => {
                    let what = ProblemKind::DuplicateId { first: first as usize };
                    problems.fault(record(), "id", what, Repair::LeftOut);
                    false
                }
            }
        })
        .collect();
    (may_stay, ids)
}

#[cold]
pub(super) fn reference(kind: RecordKind, index: usize, id: &str, line: Option<u32>) -> RecordRef {
    RecordRef { kind, index, id: (!id.is_empty()).then(|| id.into()), line }
}

/// Clears a number that is not finite or out of range.
#[inline]
fn check_number(
    number: &mut Option<f64>,
    least: f64,
    most: Option<f64>,
    record: impl Fn() -> RecordRef,
    field: &'static str,
    problems: &mut Problems,
) {
    let Some(value) = *number else { return };
    // False for what is no number, and for infinities.
    if least <= value && value <= most.unwrap_or(f64::MAX) {
        return;
    }
    *number = None;
    fault_number(value, least, most, record(), field, problems);
}

/// Apart from the check, which every number of every record passes.
#[cold]
fn fault_number(
    value: f64,
    least: f64,
    most: Option<f64>,
    record: RecordRef,
    field: &'static str,
    problems: &mut Problems,
) {
    let what = if value.is_finite() {
        ProblemKind::OutOfRange { value, least, most }
    } else {
        ProblemKind::NotANumber
    };
    problems.fault(record, field, what, Repair::Cleared);
}

/// Clears the second of two days when it lies before the first.
#[inline]
fn check_order(
    (earlier, earlier_day): (&'static str, Option<Day>),
    (later, later_day): (&'static str, &mut Option<Day>),
    record: impl Fn() -> RecordRef,
    problems: &mut Problems,
) {
    if let (Some(first), Some(second)) = (earlier_day, *later_day)
        && second < first
    {
        *later_day = None;
        let what = ProblemKind::DatesReversed { earlier, later };
        problems.fault(record(), later, what, Repair::Cleared);
    }
}

/// Notes days that no person chose.
fn check_default(
    day: Option<Day>,
    record: impl Fn() -> RecordRef,
    field: &'static str,
    problems: &mut Problems,
) {
    /// What spreadsheets, Windows file times, SQL servers and Unix write when no day was given.
    const DEFAULTS: [(i16, u8, u8); 5] = [(1, 1, 1), (1601, 1, 1), (1753, 1, 1), (1900, 1, 1), (1970, 1, 1)];
    let Some(day) = day else { return };
    if DEFAULTS.into_iter().any(|(y, m, d)| Day::from_ymd(y, m, d) == Ok(day)) {
        problems.note(record(), field, ProblemKind::DefaultDay { day });
    }
}
