//! Ties: two people, never the same, never an organisation; figures that mean something.

use std::collections::HashMap;

use super::super::PersonIx;
use super::{Sound, SoundTie, check_number, check_order};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{RecordKind, Tie, TieKind};

/// Resolves both ends of every tie and checks its figures and days.
pub(super) fn check(ties: Vec<Tie>, sound: &mut Sound, problems: &mut Problems) {
    let mut kept = Vec::with_capacity(ties.len());
    for (position, mut tie) in (0_u32..).zip(ties) {
        let line = tie.line;
        let record = || RecordRef { kind: RecordKind::Tie, index: position as usize, id: None, line };
        let (first, second) = if tie.kind == TieKind::Trust { ("who", "trusts") } else { ("from", "to") };
        let from = end(&tie.from, first, record, sound, problems);
        let to = end(&tie.to, second, record, sound, problems);
        check_number(&mut tie.strength, 0.0, Some(1.0), record, "strength", problems);
        check_number(&mut tie.supporting, 0.0, Some(MOST_EVIDENCE), record, "for", problems);
        check_number(&mut tie.against, 0.0, Some(MOST_EVIDENCE), record, "against", problems);
        check_order(("since", tie.since), ("until", &mut tie.until), record, problems);
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from == to {
            problems.fault(record(), None, ProblemKind::SelfTie, Repair::LeftOut);
            continue;
        }
        let says_how_much = tie.strength.is_some() || tie.supporting.is_some() || tie.against.is_some();
        if tie.kind == TieKind::Trust && !says_how_much {
            problems.note(record(), None, ProblemKind::EmptyTie);
        }
        kept.push((SoundTie { from, to, record: position }, tie));
    }
    note_parallel(&kept, problems);
    sound.ties = kept;
}

/// Evidence is kept in 32 bits; beyond this many pieces a further one would no longer count.
const MOST_EVIDENCE: f64 = 1_000_000.0;

fn end(
    id: &str,
    field: &'static str,
    record: impl Fn() -> RecordRef,
    sound: &Sound,
    problems: &mut Problems,
) -> Option<PersonIx> {
    let found = sound.person(id);
    if found.is_none() {
        let id = id.to_owned();
        let what = if sound.customer(&id).is_some() {
            ProblemKind::TieToOrganisation { id }
        } else {
            ProblemKind::Dangling { id, wanted: RecordKind::Person }
        };
        problems.fault(record(), field, what, Repair::LeftOut);
    }
    found
}

/// Notes ties that say something about the same two people again, or say the opposite.
fn note_parallel(ties: &[(SoundTie, Tie)], problems: &mut Problems) {
    let mut seen: HashMap<(PersonIx, PersonIx, TieKind), (u32, bool)> = HashMap::new();
    for (ends, tie) in ties {
        let speaks_against = tie.against.unwrap_or(0.0) > tie.supporting.unwrap_or(0.0);
        let key = (ends.from, ends.to, tie.kind);
        let Some(&(first, first_against)) = seen.get(&key) else {
            seen.insert(key, (ends.record, speaks_against));
            continue;
        };
        let record =
            RecordRef { kind: RecordKind::Tie, index: ends.record as usize, id: None, line: tie.line };
        let first = first as usize;
        let what = if first_against == speaks_against {
            ProblemKind::ParallelTie { first }
        } else {
            ProblemKind::OpposingTie { first }
        };
        problems.note(record, None, what);
    }
}
