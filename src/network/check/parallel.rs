//! Ties that say something about the same two people again: they are noted, and put in an order of their own, so that
//! the order of the records does not show in any answer.

use std::cmp::Ordering;

use super::super::citation::TieId;
use super::{Sound, SoundTie, reference};
use crate::problem::{ProblemKind, Problems};
use crate::record::RecordKind;
use crate::text::Text;

/// Numbers the ties by who trusts, who is trusted, kind, and what they say. `ids` are those by position among the
/// records, in order; returned are those by number.
pub(super) fn number(mut ids: Vec<(u32, Text)>, sound: &mut Sound, problems: &mut Problems) -> Vec<TieId> {
    let (ties, rows) = (&mut sound.ties, &mut sound.tie_rows);
    let mut by_number = Vec::with_capacity(ids.len());
    let mut next = 0;
    for person in (0_u32..).take(sound.people.len()) {
        let row = rows.of_mut(person);
        let ends = |at: u32| ties.get(at as usize).map(|tie| (tie.to, tie.kind));
        for same in row.chunk_by_mut(|&a, &b| ends(a) == ends(b)).filter(|same| same.len() > 1) {
            note(same, ties, &ids, problems);
            same.sort_unstable_by(|&a, &b| order(ties.get(a as usize), ties.get(b as usize), &ids));
        }
        for &at in row.iter() {
            let Some(tie) = ties.get_mut(at as usize) else { continue };
            let position = std::mem::replace(&mut tie.record, next);
            if let Some((_, id)) = place(position, &ids).and_then(|at| ids.get_mut(at)) {
                by_number.push(TieId { record: next, position, id: std::mem::take(id) });
            }
            next += 1;
        }
    }
    by_number
}

/// Notes ties of one kind between the same two that say something again, or say the opposite.
fn note(same: &[u32], ties: &[SoundTie], ids: &[(u32, Text)], problems: &mut Problems) {
    let mut same = same.iter().filter_map(|&at| ties.get(at as usize));
    let Some(first) = same.next() else { return };
    for tie in same {
        let id = id_of(tie, ids).map(Text::as_str).unwrap_or_default();
        let record = reference(RecordKind::Tie, tie.record as usize, id, tie.line);
        let agrees = first.speaks_against == tie.speaks_against;
        let first = first.record as usize;
        let what =
            if agrees { ProblemKind::ParallelTie { first } } else { ProblemKind::OpposingTie { first } };
        problems.note(record, None, what);
    }
}

/// By what the two say, first of all by what answers cite them by. Two that say the same are alike wherever they stand.
fn order(a: Option<&SoundTie>, b: Option<&SoundTie>, ids: &[(u32, Text)]) -> Ordering {
    let said = |tie: &SoundTie| {
        let figures = [tie.strength.unwrap_or(-1.0), tie.supporting, tie.against].map(f32::to_bits);
        (tie.since, tie.is_stated, tie.until, figures, tie.says_nothing)
    };
    let key = |tie: Option<&'_ SoundTie>| tie.map(|tie| (id_of(tie, ids), said(tie)));
    key(a).cmp(&key(b))
}

fn place(position: u32, ids: &[(u32, Text)]) -> Option<usize> {
    ids.binary_search_by_key(&position, |&(position, _)| position).ok()
}

fn id_of<'i>(tie: &SoundTie, ids: &'i [(u32, Text)]) -> Option<&'i Text> {
    place(tie.record, ids).and_then(|at| ids.get(at)).map(|(_, id)| id)
}
