//! Repeated ties between the same two people: they are noted, and sorted in a canonical order, so that the order
//! of the records does not show in any answer.

use std::cmp::Ordering;
use std::num::NonZeroU32;

use super::super::PersonIx;
use super::super::citation::TieId;
use super::{ValidRecords, ValidTie, reference};
use crate::problem::{ProblemKind, Problems};
use crate::record::{RecordKind, TieKind};
use crate::text::Text;

/// Numbers the ties by who trusts, who is trusted, kind, and content. `ids` are those by position among the
/// records, in order; returned are those by number.
pub(super) fn settle(ids: &mut [TieId], valid: &mut ValidRecords, problems: &mut Problems) {
    let (ties, rows) = (&mut valid.ties, &mut valid.tie_rows);
    for person in PersonIx::of_column(valid.people.len()) {
        let mut rest = rows.of_mut(person);
        let mut last = None;
        if !rest.iter().any(|&at| std::mem::replace(&mut last, ends(at, ties)) == last) {
            continue;
        }
        while let Some(&first) = rest.first() {
            let count = rest.iter().take_while(|&&at| ends(at, ties) == ends(first, ties)).count();
            let (same, others) = std::mem::take(&mut rest).split_at_mut(count);
            if same.len() > 1 {
                note(same, ties, ids, problems);
                exchange(same, ties, ids);
            }
            rest = others;
        }
    }
    ids.sort_unstable_by_key(|id| id.record);
}

/// What parallel ties of one person have in common.
fn ends(at: u32, ties: &[ValidTie]) -> Option<(PersonIx, TieKind)> {
    ties.get(at as usize).map(|tie| (tie.to, tie.kind))
}

/// Puts parallel ties in the order of what they say, and gives them the numbers that they have together in that order.
fn exchange(same: &mut [u32], ties: &mut [ValidTie], ids: &mut [TieId]) {
    let numbers = |same: &[u32], ties: &[ValidTie]| -> Vec<u32> {
        same.iter().filter_map(|&at| ties.get(at as usize)).map(|tie| tie.record).collect()
    };
    let new = numbers(same, ties);
    same.sort_unstable_by(|&a, &b| order(ties.get(a as usize), ties.get(b as usize), ids));
    let old = numbers(same, ties);
    for ((&at, new), old) in same.iter().zip(new).zip(old) {
        if let Some(id) = place(old, ids).and_then(|at| ids.get_mut(at)) {
            id.record = new;
        }
        if let Some(tie) = ties.get_mut(at as usize) {
            tie.record = new;
        }
    }
}

/// Notes ties that say something about the same two people again, or say the opposite.
fn note(same: &[u32], ties: &[ValidTie], ids: &[TieId], problems: &mut Problems) {
    let mut same = same.iter().filter_map(|&at| ties.get(at as usize));
    let Some(first) = same.next() else { return };
    for tie in same {
        let id = id_of(tie, ids).map(Text::as_str).unwrap_or_default();
        let record = reference(RecordKind::Tie, tie.record as usize, id, tie.line.map(NonZeroU32::get));
        let agrees = first.speaks_against == tie.speaks_against;
        let first = first.record as usize;
        let what =
            if agrees { ProblemKind::ParallelTie { first } } else { ProblemKind::OpposingTie { first } };
        problems.note(record, None, what);
    }
}

/// By content, first of all by citation. Two with the same content are equal at any position.
fn order(a: Option<&ValidTie>, b: Option<&ValidTie>, ids: &[TieId]) -> Ordering {
    let said = |tie: &ValidTie| {
        let figures = [tie.strength.unwrap_or(-2.0), tie.supporting, tie.against].map(f32::to_bits);
        (tie.since, tie.is_stated, tie.until, tie.rated_on, figures, (tie.is_judged, tie.says_nothing))
    };
    let key = |tie: Option<&ValidTie>| tie.map(said);
    let id = |tie: Option<&ValidTie>| tie.and_then(|tie| id_of(tie, ids));
    id(a).cmp(&id(b)).then_with(|| key(a).cmp(&key(b)))
}

/// The id of a tie whose number is still its position.
fn id_of<'i>(tie: &ValidTie, ids: &'i [TieId]) -> Option<&'i Text> {
    place(tie.record, ids).and_then(|at| ids.get(at)).map(|one| &one.id)
}

fn place(position: u32, ids: &[TieId]) -> Option<usize> {
    ids.binary_search_by_key(&position, |one| one.position).ok()
}
