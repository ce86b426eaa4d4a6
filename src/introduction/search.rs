//! The k best paths with different last introducers, and the tolerance of the best one.

use super::Introductions;
use super::explained::{ExplainedPath, Tolerance};
use crate::network::TieIx;
use crate::path::{FoundPath, Outcome, PathQuery, Ranking, best, sort};
use crate::share::Share;

/// Paths, best first.
pub(super) struct Found {
    pub(super) paths: Vec<ExplainedPath>,
    /// The best of them, as found.
    pub(super) best: Option<FoundPath>,
    pub(super) gave_up: bool,
}

/// The best paths with different last introducers, explained; for the best, also its tolerances.
pub(super) fn explained(question: &Introductions<'_>, count: usize) -> Found {
    let view = question.view;
    let (found, gave_up) = several(question, count);
    let mut paths: Vec<ExplainedPath> = found.iter().map(|path| ExplainedPath::along(view, path)).collect();
    if let (Some(path), Some(explained)) = (found.first(), paths.first_mut()) {
        add_tolerances(question, path, explained);
    }
    Found { paths, best: found.into_iter().next(), gave_up }
}

/// One search along each first tie from the target: each last introducer yields their best path. Once `count`
/// paths are found, only paths at least as strong as the last of them are searched for. Also returns whether a
/// search gave up.
pub(super) fn several(question: &Introductions<'_>, count: usize) -> (Vec<FoundPath>, bool) {
    let view = question.view;
    let query = question.query();
    if count == 1 {
        let Outcome { path, gave_up, .. } = best(view, &query);
        return (path.into_iter().collect(), gave_up);
    }
    let mut gave_up = false;
    let mut paths: Vec<FoundPath> = Vec::new();
    for tie in view.network().ties().of(question.target) {
        let mut strengths: Vec<f64> = paths.iter().map(|path| path.strength(question.ranking)).collect();
        let floor = if strengths.len() < count || count == 0 {
            query.floor
        } else {
            let (_, last, _) = strengths.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
            *last
        };
        let outcome = best(view, &PathQuery { first: Some(tie), floor, ..query });
        gave_up |= outcome.gave_up;
        paths.extend(outcome.path);
    }
    sort(view, question.ranking, &mut paths);
    paths.truncate(count);
    (paths, gave_up)
}

/// For each hop: the best path that avoids it wins once the hop falls below that path's strength divided by the
/// strength of the other hops; with no such path, once the path falls below the floor.
fn add_tolerances(question: &Introductions<'_>, path: &FoundPath, explained: &mut ExplainedPath) {
    let view = question.view;
    let query = question.query();
    for (&tie, hop) in path.ties.iter().zip(explained.hops.iter_mut().rev()) {
        let Outcome { path: other, .. } = best(view, &PathQuery { without: Some(tie), ..query });
        let needed = other.as_ref().map_or(query.floor, |other| other.strength(question.ranking));
        let rest = strength_of_rest(question, path, tie);
        if rest <= 0.0 {
            continue;
        }
        let then = other
            .map(|other| other.people.iter().rev().map(|&person| view.name(person)).collect())
            .unwrap_or_default();
        let may_fall_to = Share::clamped(needed / rest);
        hop.tolerance = Some(Tolerance { of: question.ranking, may_fall_to, then });
    }
}

fn strength_of_rest(question: &Introductions<'_>, path: &FoundPath, without: TieIx) -> f64 {
    let others = path.ties.iter().filter(|&&tie| tie != without);
    others.fold(1.0, |strength, &tie| {
        let opinion = question.view.opinion(tie);
        strength
            * match question.ranking {
                Ranking::Proven => opinion.belief.get(),
                Ranking::Projected => opinion.projected.get(),
            }
    })
}
