//! Ties: two people, never the same, never an organisation; figures that mean something.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::num::NonZeroU32;

use super::super::citation::TieId;
use super::super::lists::Lists;
use super::super::{IxRange, PersonIx};
use super::{ValidRecords, ValidTie, check_number, check_order, parallel, reference};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{RecordKind, Tie, TieKind, TieSource};
use crate::text::Text;

/// Resolves both ends of every tie and checks its figures and days. Each tie keeps only what later stages compute
/// with, so that its texts are freed before the next is read.
pub(super) fn check(ties: Vec<Tie>, valid: &mut ValidRecords, problems: &mut Problems) {
    let records = u32::try_from(ties.len()).unwrap_or(u32::MAX);
    let mut finder = Finder::new(valid);
    let mut ids = Ids::default();
    // Exports list the ties of one person together: who was just found need not be looked up again.
    let mut last = (Text::default(), None);
    let (mut any_other_kind, mut any_dated) = (false, false);
    let kept: Vec<ValidTie> = ties
        .into_iter()
        .enumerate()
        .filter_map(|(position, mut tie)| {
            if tie.id.is_some() {
                return ids.valid_tie(tie, position, &mut finder, &mut last, problems);
            }
            valid_tie(&mut tie, position, &mut finder, &mut last, problems)
        })
        .inspect(|tie| {
            any_other_kind |= tie.kind != TieKind::Trust;
            any_dated |= tie.is_dated();
        })
        .collect();
    (valid.any_other_kind, valid.any_dated) = (any_other_kind, any_dated);
    valid.tie_rows = rows(&kept, valid.people.len());
    valid.ties = kept;
    valid.tie_records = records;
    parallel::settle(&mut ids.kept, valid, problems);
    valid.tie_ids = ids.kept;
}

/// The ids of ties. Hardly any has one, so none of this is on the way of the others. An empty one is none.
#[derive(Debug, Default)]
struct Ids {
    /// Where each stood first.
    seen: HashMap<Text, usize>,
    /// Those of sound ties, in the order of their positions.
    kept: Vec<TieId>,
}

impl Ids {
    /// Whether a tie may stay, as far as its id goes: no earlier one has it.
    fn admit(&mut self, tie: &Tie, position: usize, problems: &mut Problems) -> bool {
        let Some(id) = tie.id.as_deref().filter(|id| !id.is_empty()) else { return true };
        let record = || reference(RecordKind::Tie, position, id, tie.line);
        if id.trim().len() != id.len() {
            problems.note(record(), "id", ProblemKind::PaddedId);
        }
        match self.seen.entry(id.clone()) {
            Entry::Vacant(free) => {
                free.insert(position);
                true
            }
            Entry::Occupied(taken) => {
                let what = ProblemKind::DuplicateId { first: *taken.get() };
                problems.fault(record(), "id", what, Repair::LeftOut);
                false
            }
        }
    }

    /// [`valid_tie`] of a tie with an id, which is kept for citations.
    #[cold]
    fn valid_tie(
        &mut self,
        mut tie: Tie,
        position: usize,
        finder: &mut impl Directory,
        last: &mut Last,
        problems: &mut Problems,
    ) -> Option<ValidTie> {
        if !self.admit(&tie, position, problems) {
            return None;
        }
        let valid = valid_tie(&mut tie, position, finder, last, problems);
        self.keep(&mut tie, valid.as_ref());
        valid
    }

    fn keep(&mut self, tie: &mut Tie, valid: Option<&ValidTie>) {
        if let (Some(id), Some(&ValidTie { record, .. })) = (tie.id.take().filter(|id| !id.is_empty()), valid)
        {
            self.kept.push(TieId { record, position: record, id: *id });
        }
    }
}

/// The last one whose id was looked up, and what was found.
type Last = (Text, Option<PersonIx>);

/// Where the ends of a tie are looked up.
pub(in super::super) trait Directory {
    /// The position of a person.
    fn person(&mut self, id: &str) -> Option<PersonIx>;

    /// Whether a customer has the id.
    fn has_customer(&self, id: &str) -> bool;

    /// Whether a shared mailbox has the id.
    fn has_mailbox(&self, id: &str) -> bool;

    /// The truster of a tie, different from the start of the last one.
    fn begin(&mut self, from: PersonIx);
}

/// Resolves both ends of one tie and checks its figures and days.
#[inline]
pub(in super::super) fn valid_tie(
    tie: &mut Tie,
    position: usize,
    finder: &mut impl Directory,
    last: &mut Last,
    problems: &mut Problems,
) -> Option<ValidTie> {
    let Tie {
        id,
        kind,
        from,
        to,
        strength,
        supporting,
        against,
        source,
        since,
        until,
        rated_on,
        other: _,
        line,
    } = tie;
    let record = || reference(RecordKind::Tie, position, id.as_deref().map_or("", Text::as_str), *line);
    let (first, second) = if *kind == TieKind::Trust { ("who", "trusts") } else { ("from", "to") };
    if last.1.is_none() || last.0 != *from {
        *last = (std::mem::take(from), None);
        last.1 = end(&last.0, first, record, finder, problems);
        if let Some(from) = last.1 {
            finder.begin(from);
        }
    }
    let from = last.1;
    let to = end(to, second, record, finder, problems);
    let worst = if *kind == TieKind::Trust { -1.0 } else { 0.0 };
    check_number(strength, worst, Some(1.0), record, "strength", problems);
    check_number(supporting, 0.0, Some(MOST_EVIDENCE), record, "for", problems);
    check_number(against, 0.0, Some(MOST_EVIDENCE), record, "against", problems);
    check_order(("since", *since), ("until", until), record, problems);
    if let (Some(rated), Some(last)) = (*rated_on, *until)
        && last < rated
    {
        *rated_on = None;
        let what = ProblemKind::DatesReversed { earlier: "rated_on", later: "until" };
        problems.fault(record(), "rated_on", what, Repair::Cleared);
    }
    let (from, to) = (from?, to?);
    if from == to {
        problems.fault(record(), None, ProblemKind::SelfTie, Repair::LeftOut);
        return None;
    }
    let says_nothing = strength.is_none() && supporting.is_none() && against.is_none();
    if *kind == TieKind::Trust && says_nothing {
        problems.note(record(), None, ProblemKind::EmptyTie);
    }
    let is_judged = supporting.is_some() || against.is_some();
    let (supporting, against) = (supporting.unwrap_or(0.0), against.unwrap_or(0.0));
    #[allow(clippy::cast_possible_truncation, reason = "evidence is kept in 32 bits")]
    Some(ValidTie {
        from,
        to,
        // Fewer than there may be at most, as was checked at the door.
        record: u32::try_from(position).unwrap_or(u32::MAX),
        line: line.and_then(NonZeroU32::new),
        kind: *kind,
        is_stated: *source == Some(TieSource::Stated),
        is_judged,
        says_nothing,
        speaks_against: against > supporting || strength.is_some_and(|strength| strength < 0.0),
        strength: strength.map(|strength| strength as f32),
        supporting: supporting as f32,
        against: against as f32,
        since: since.unwrap_or(Day::MIN),
        until: until.unwrap_or(Day::MAX),
        rated_on: *rated_on,
    })
}

/// The ties of each person by position among the ties, ordered by the person trusted, then kind, then record.
fn rows(ties: &[ValidTie], people: usize) -> Lists<PersonIx, u32> {
    let mut rows = Lists::group(people, (0_u32..).zip(ties).map(|(at, tie)| (tie.from, at)));
    let key = |&at: &u32| ties.get(at as usize).map(|tie| (tie.to, tie.kind, at));
    for person in PersonIx::of_column(people) {
        let row = rows.of_mut(person);
        if !row.is_sorted_by_key(key) {
            row.sort_unstable_by_key(key);
        }
    }
    rows
}

/// Evidence is kept in 32 bits; beyond this many pieces a further one would no longer count.
const MOST_EVIDENCE: f64 = 1_000_000.0;

fn end(
    id: &str,
    field: &'static str,
    record: impl Fn() -> RecordRef,
    finder: &mut impl Directory,
    problems: &mut Problems,
) -> Option<PersonIx> {
    let found = finder.person(id);
    if found.is_none() && finder.has_mailbox(id) {
        problems.note(record(), field, ProblemKind::Mailbox { id: id.into() });
    } else if found.is_none() {
        let id = Text::from(id);
        let what = if finder.has_customer(&id) {
            ProblemKind::TieToOrganisation { id }
        } else {
            ProblemKind::Dangling { id, wanted: RecordKind::Person }
        };
        problems.fault(record(), field, what, Repair::LeftOut);
    }
    found
}

/// Looks up people, those met lately without a look at the table of all.
///
/// Ties name the same few people again and again: those of one customer and of the team responsible for it. A
/// small array by a weak hash of the id holds the person last stored there; on a mismatch the id is looked up in
/// the full index. When two ties in a row start from different people of one customer, the records come customer
/// by customer, and everyone of that customer is put into the array.
struct Finder<'a> {
    valid: &'a ValidRecords,
    recent: Vec<PersonIx>,
    /// Our staff, named by ties from every customer, in an array of their own.
    staff: Vec<PersonIx>,
    /// From whose block people have been put into the array, and the next to be put if it comes up twice.
    block: IxRange<PersonIx>,
    candidate: PersonIx,
    /// How many were looked up since: putting people into the array may not cost more than looking them up.
    since: usize,
}

impl<'a> Finder<'a> {
    const RECENT: usize = 1 << 13;
    /// Larger customers would push each other's people out.
    const LARGEST: usize = 1 << 11;

    /// What is still near the processor.
    const MOST_STAFF: usize = 1 << 17;

    /// Putting someone into the array costs at most this part of looking them up.
    const CHEAPER: usize = 8;

    fn new(valid: &'a ValidRecords) -> Self {
        let room = (valid.staff_end.index() * 4).next_power_of_two().min(Self::MOST_STAFF);
        let mut staff = vec![PersonIx::NONE; room];
        for person in PersonIx::new(0).up_to(valid.staff_end) {
            if let Some(slot) = staff.get_mut(weak_hash(valid.person_ids.at(person)) & (room - 1)) {
                *slot = person;
            }
        }
        Self {
            valid,
            staff,
            recent: vec![PersonIx::NONE; Self::RECENT],
            block: IxRange::EMPTY,
            candidate: PersonIx::NONE,
            since: 0,
        }
    }
}

impl Directory for Finder<'_> {
    fn person(&mut self, id: &str) -> Option<PersonIx> {
        self.since = self.since.saturating_add(1);
        let hash = weak_hash(id);
        let slot = self.recent.get_mut(hash % Self::RECENT)?;
        if *slot != PersonIx::NONE && self.valid.person_ids.at(*slot) == id {
            return Some(*slot);
        }
        let colleague = self.staff.get(hash & (self.staff.len() - 1)).copied().unwrap_or(PersonIx::NONE);
        if colleague != PersonIx::NONE && self.valid.person_ids.at(colleague) == id {
            *slot = colleague;
            return Some(colleague);
        }
        let found = self.valid.person(id)?;
        *slot = found;
        Some(found)
    }

    fn has_customer(&self, id: &str) -> bool {
        self.valid.customer(id).is_some()
    }

    fn has_mailbox(&self, id: &str) -> bool {
        self.valid.is_mailbox(id)
    }

    fn begin(&mut self, from: PersonIx) {
        if self.block.contains(&from) {
            return;
        }
        let Some(customer) = self.valid.customer_of(from) else { return };
        let block = self.valid.block(customer);
        let people = block.len();
        // Shuffled records would have it done for every tie.
        let lookups = if block.contains(&self.candidate) { people / Self::CHEAPER } else { people };
        if people <= Self::LARGEST && lookups <= self.since {
            self.since = 0;
            for person in block.clone() {
                let slot = weak_hash(self.valid.person_ids.at(person)) % Self::RECENT;
                if let Some(slot) = self.recent.get_mut(slot) {
                    *slot = person;
                }
            }
            self.block = block;
        }
        self.candidate = from;
    }
}

/// Of the last eight bytes, in which ids differ most: FNV's step on a word (Fowler, Noll and Vo), high bits taken.
fn weak_hash(id: &str) -> usize {
    let bytes = id.as_bytes();
    let tail = bytes.get(bytes.len().saturating_sub(8)..).unwrap_or(bytes);
    let word = tail.iter().fold(0_u64, |word, &byte| word << 8 | u64::from(byte));
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}
