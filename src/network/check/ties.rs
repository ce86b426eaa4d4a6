//! Ties: two people, never the same, never an organisation; figures that mean something.

use super::super::PersonIx;
use super::super::lists::Lists;
use super::{Sound, SoundTie, check_number, check_order};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::{RecordKind, Tie, TieKind};
use crate::text::Text;

/// Resolves both ends of every tie and checks its figures and days.
pub(super) fn check(ties: Vec<Tie>, sound: &mut Sound, problems: &mut Problems) {
    let mut kept: Vec<(SoundTie, Tie)> = Vec::with_capacity(ties.len());
    for (position, mut tie) in (0_u32..).zip(ties) {
        let line = tie.line;
        let record = || RecordRef { kind: RecordKind::Tie, index: position as usize, id: None, line };
        let (first, second) = if tie.kind == TieKind::Trust { ("who", "trusts") } else { ("from", "to") };
        // Exports list the ties of one person together: who was just found need not be looked up again.
        let from = match kept.last() {
            Some((ends, last)) if last.from == tie.from => Some(ends.from),
            _ => end(&tie.from, first, record, sound, problems),
        };
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
    note_parallel(&kept, sound.people.len(), problems);
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
        let id = Text::from(id);
        let what = if sound.customer(&id).is_some() {
            ProblemKind::TieToOrganisation { id }
        } else {
            ProblemKind::Dangling { id, wanted: RecordKind::Person }
        };
        problems.fault(record(), field, what, Repair::LeftOut);
    }
    found
}

/// Notes ties that say something about the same two people again, or say the opposite. One counting pass by person and
/// short sorts, so that millions of ties need no table.
fn note_parallel(ties: &[(SoundTie, Tie)], people: usize, problems: &mut Problems) {
    let keys = (0_u32..).zip(ties).map(|(at, (ends, tie))| (ends.from, (ends.to, tie.kind, at)));
    let mut by_person = Lists::group(people, keys);
    let speaks_against = |tie: &Tie| tie.against.unwrap_or(0.0) > tie.supporting.unwrap_or(0.0);
    for person in (0_u32..).take(people) {
        let mine = by_person.of_mut(person);
        mine.sort_unstable();
        for same in mine.chunk_by(|(a, kind, _), (b, other, _)| (a, kind) == (b, other)) {
            let mut same = same.iter().filter_map(|&(_, _, at)| ties.get(at as usize));
            let Some((first, first_tie)) = same.next() else { continue };
            for (again, tie) in same {
                let (index, first) = (again.record as usize, first.record as usize);
                let record = RecordRef { kind: RecordKind::Tie, index, id: None, line: tie.line };
                let what = if speaks_against(first_tie) == speaks_against(tie) {
                    ProblemKind::ParallelTie { first }
                } else {
                    ProblemKind::OpposingTie { first }
                };
                problems.note(record, None, what);
            }
        }
    }
}
