//! Ties: two people, never the same, never an organisation; figures that mean something.

use std::cell::Cell;

use super::super::lists::Lists;
use super::super::{NOBODY, PersonIx};
use super::{Sound, SoundTie, check_number, check_order};
use crate::day::Day;
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{RecordKind, Tie, TieKind, TieSource};
use crate::text::Text;

/// Resolves both ends of every tie and checks its figures and days. Of each tie only what later stages compute with is
/// kept, so that its texts are gone before the next is looked at.
pub(super) fn check(ties: Vec<Tie>, sound: &mut Sound, problems: &mut Problems) {
    let finder = Finder::new(sound);
    // Exports list the ties of one person together: who was just found need not be looked up again.
    let mut last = (Text::default(), None);
    let kept: Vec<SoundTie> = ties
        .into_iter()
        .enumerate()
        .filter_map(|(position, tie)| sound_tie(tie, position, &finder, &mut last, problems))
        .collect();
    sound.tie_rows = rows(&kept, sound.people.len());
    sound.ties = kept;
    note_parallel(sound, problems);
}

/// The last one whose id was looked up, and what was found.
type Last = (Text, Option<PersonIx>);

fn sound_tie(
    mut tie: Tie,
    position: usize,
    finder: &Finder<'_>,
    last: &mut Last,
    problems: &mut Problems,
) -> Option<SoundTie> {
    let line = tie.line;
    let record = || RecordRef { kind: RecordKind::Tie, index: position, id: None, line };
    let (first, second) = if tie.kind == TieKind::Trust { ("who", "trusts") } else { ("from", "to") };
    if last.1.is_none() || last.0 != tie.from {
        *last = (std::mem::take(&mut tie.from), None);
        last.1 = end(&last.0, first, record, finder, problems);
    }
    let from = last.1;
    let to = end(&tie.to, second, record, finder, problems);
    check_number(&mut tie.strength, 0.0, Some(1.0), record, "strength", problems);
    check_number(&mut tie.supporting, 0.0, Some(MOST_EVIDENCE), record, "for", problems);
    check_number(&mut tie.against, 0.0, Some(MOST_EVIDENCE), record, "against", problems);
    check_order(("since", tie.since), ("until", &mut tie.until), record, problems);
    let (from, to) = (from?, to?);
    if from == to {
        problems.fault(record(), None, ProblemKind::SelfTie, Repair::LeftOut);
        return None;
    }
    let says_nothing = tie.strength.is_none() && tie.supporting.is_none() && tie.against.is_none();
    if tie.kind == TieKind::Trust && says_nothing {
        problems.note(record(), None, ProblemKind::EmptyTie);
    }
    let (supporting, against) = (tie.supporting.unwrap_or(0.0), tie.against.unwrap_or(0.0));
    #[allow(clippy::cast_possible_truncation, reason = "evidence is kept in 32 bits")]
    Some(SoundTie {
        from,
        to,
        // Fewer than there may be at most, as was checked at the door.
        record: u32::try_from(position).unwrap_or(u32::MAX),
        line,
        kind: tie.kind,
        is_stated: tie.source == Some(TieSource::Stated),
        says_nothing,
        speaks_against: against > supporting,
        strength: tie.strength.map(|strength| strength as f32),
        supporting: supporting as f32,
        against: against as f32,
        since: tie.since.unwrap_or(Day::MIN),
        until: tie.until.unwrap_or(Day::MAX),
    })
}

/// The ties of each person by position among the ties, in the order of whom they lead to, then kind, then record.
fn rows(ties: &[SoundTie], people: usize) -> Lists<u32> {
    let mut rows = Lists::group(people, (0_u32..).zip(ties).map(|(at, tie)| (tie.from, at)));
    let key = |&at: &u32| ties.get(at as usize).map(|tie| (tie.to, tie.kind, at));
    for person in (0_u32..).take(people) {
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
    finder: &Finder<'_>,
    problems: &mut Problems,
) -> Option<PersonIx> {
    let found = finder.person(id);
    if found.is_none() {
        let id = Text::from(id);
        let what = if finder.sound.customer(&id).is_some() {
            ProblemKind::TieToOrganisation { id }
        } else {
            ProblemKind::Dangling { id, wanted: RecordKind::Person }
        };
        problems.fault(record(), field, what, Repair::LeftOut);
    }
    found
}

/// Notes ties that say something about the same two people again, or say the opposite.
fn note_parallel(sound: &Sound, problems: &mut Problems) {
    for person in (0_u32..).take(sound.people.len()) {
        let mut first: Option<&SoundTie> = None;
        for tie in sound.ties_of(person) {
            match first {
                Some(first) if (first.to, first.kind) == (tie.to, tie.kind) => {
                    let record = RecordRef {
                        kind: RecordKind::Tie,
                        index: tie.record as usize,
                        id: None,
                        line: tie.line,
                    };
                    let same = first.speaks_against == tie.speaks_against;
                    let first = first.record as usize;
                    let what = if same {
                        ProblemKind::ParallelTie { first }
                    } else {
                        ProblemKind::OpposingTie { first }
                    };
                    problems.note(record, None, what);
                }
                _ => first = Some(tie),
            }
        }
    }
}

/// Looks up people, those met lately without a look at the table of all.
///
/// Ties name the same few people again and again: those of one customer and of the team that looks after it. A small
/// array by a weak hash of the id holds who stood there last; whoever is not who was asked for is looked up properly.
struct Finder<'a> {
    sound: &'a Sound,
    /// The ids by position, side by side.
    ids: Vec<&'a str>,
    lately: Vec<Cell<PersonIx>>,
}

impl<'a> Finder<'a> {
    const LATELY: usize = 4096;

    fn new(sound: &'a Sound) -> Self {
        let ids = sound.people.iter().map(|person| person.id.as_str()).collect();
        Self { sound, ids, lately: vec![Cell::new(NOBODY); Self::LATELY] }
    }

    fn person(&self, id: &str) -> Option<PersonIx> {
        let Some(slot) = self.lately.get(weak_hash(id) % Self::LATELY) else { return self.sound.person(id) };
        let known = slot.get();
        if self.id(known) == Some(id) {
            return Some(known);
        }
        let found = self.sound.person_ids.get(id, |at| self.id(at).unwrap_or(""))?;
        slot.set(found);
        Some(found)
    }

    fn id(&self, at: PersonIx) -> Option<&'a str> {
        self.ids.get(at as usize).copied()
    }
}

/// Of the last eight bytes, in which ids differ most: FNV's step on a word (Fowler, Noll and Vo), high bits taken.
fn weak_hash(id: &str) -> usize {
    let bytes = id.as_bytes();
    let tail = bytes.get(bytes.len().saturating_sub(8)..).unwrap_or(bytes);
    let word = tail.iter().fold(0_u64, |word, &byte| word << 8 | u64::from(byte));
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}
