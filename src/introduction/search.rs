//! The k best paths with different last introducers, and the tolerance of the best one.

use super::Introductions;
use super::chain::{Chain, Tolerance};
use crate::network::TieIx;
use crate::route::{Outcome, Quest, Ranking, Route, best, sort};
use crate::share::Share;

/// Paths, best first.
pub(super) struct Found {
    pub(super) chains: Vec<Chain>,
    /// The best of them, as found.
    pub(super) best: Option<Route>,
    pub(super) gave_up: bool,
}

/// The best paths with different last introducers, explained; for the best, also its tolerances.
pub(super) fn chains(question: &Introductions<'_>, count: usize) -> Found {
    let view = question.view;
    let (routes, gave_up) = routes(question, count);
    let mut chains: Vec<Chain> = routes.iter().map(|route| Chain::along(view, route)).collect();
    if let (Some(route), Some(chain)) = (routes.first(), chains.first_mut()) {
        add_tolerances(question, route, chain);
    }
    Found { chains, best: routes.into_iter().next(), gave_up }
}

/// One search along each first tie from the target: each last introducer yields their best path. Once `count`
/// paths are found, only paths at least as strong as the last of them are searched for. Also returns whether a
/// search gave up.
pub(super) fn routes(question: &Introductions<'_>, count: usize) -> (Vec<Route>, bool) {
    let view = question.view;
    let quest = question.quest();
    if count == 1 {
        let Outcome { route, gave_up, .. } = best(view, &quest);
        return (route.into_iter().collect(), gave_up);
    }
    let mut gave_up = false;
    let mut routes: Vec<Route> = Vec::new();
    for tie in view.network().ties().of(question.target) {
        let mut strengths: Vec<f64> = routes.iter().map(|route| route.strength(question.ranking)).collect();
        let floor = if strengths.len() < count || count == 0 {
            quest.floor
        } else {
            let (_, last, _) = strengths.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
            *last
        };
        let outcome = best(view, &Quest { first: Some(tie), floor, ..quest });
        gave_up |= outcome.gave_up;
        routes.extend(outcome.route);
    }
    sort(view, question.ranking, &mut routes);
    routes.truncate(count);
    (routes, gave_up)
}

/// For each hop: the best path that avoids it wins once the hop falls below that path's strength divided by the
/// strength of the other hops; with no such path, once the path falls below the floor.
fn add_tolerances(question: &Introductions<'_>, route: &Route, chain: &mut Chain) {
    let view = question.view;
    let quest = question.quest();
    for (&tie, hop) in route.ties.iter().zip(chain.hops.iter_mut().rev()) {
        let Outcome { route: other, .. } = best(view, &Quest { without: Some(tie), ..quest });
        let needed = other.as_ref().map_or(quest.floor, |other| other.strength(question.ranking));
        let rest = strength_of_rest(question, route, tie);
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

fn strength_of_rest(question: &Introductions<'_>, route: &Route, without: TieIx) -> f64 {
    let others = route.ties.iter().filter(|&&tie| tie != without);
    others.fold(1.0, |strength, &tie| {
        let opinion = question.view.opinion(tie);
        strength
            * match question.ranking {
                Ranking::Proven => opinion.belief.get(),
                Ranking::Expected => opinion.expected.get(),
            }
    })
}
