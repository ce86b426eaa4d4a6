//! Reporting lines: managers who exist, on the right side, and never in a circle.

use petgraph::unionfind::UnionFind;

use super::super::ix::Ix;
use super::super::{IxRange, PersonIx};
use super::{ValidRecords, reference};
use crate::problem::{ProblemKind, Problems, RecordRef, Repair};
use crate::record::RecordKind;
use crate::text::Text;

/// Checks everyone's manager; an invalid reporting line is cleared.
pub(super) fn check(positions: &[u32], valid: &mut ValidRecords, problems: &mut Problems) {
    let mut managers = std::mem::take(&mut valid.manager);
    let everybody = PersonIx::of_column(managers.len());
    for (at, (manager, &position)) in everybody.clone().zip(managers.iter_mut().zip(positions)) {
        if *manager != PersonIx::NONE && !may_manage(at, *manager, position, valid, problems) {
            *manager = PersonIx::NONE;
        }
    }
    let manager = |at: PersonIx| managers.get(at.index()).and_then(|it| it.if_anybody());
    for circle in circles(everybody, manager) {
        let names: Vec<Text> = circle.iter().map(|&at| valid.person_ids.at(at).into()).collect();
        let Some(&opened) = circle.first() else { continue };
        if let (Some(slot), Some(&position)) =
            (managers.get_mut(opened.index()), positions.get(opened.index()))
        {
            *slot = PersonIx::NONE;
            let repair = Repair::CircleOpened { at: valid.person_ids.at(opened).into() };
            let what = ProblemKind::ReportingCycle { members: names };
            problems.fault(record(opened, position, valid), "manager_id", what, repair);
        }
    }
    valid.manager = managers;
}

fn record(at: PersonIx, position: u32, valid: &ValidRecords) -> RecordRef {
    reference(RecordKind::Person, position as usize, valid.person_ids.at(at), valid.people.line(at))
}

/// Whether someone may be another's manager: not their own, and on the same side.
fn may_manage(
    at: PersonIx,
    manager: PersonIx,
    position: u32,
    valid: &ValidRecords,
    problems: &mut Problems,
) -> bool {
    let id = || valid.person_ids.at(manager).into();
    let what = if manager == at {
        ProblemKind::OwnManager
    } else {
        let (side, customer) = valid.side(at);
        let (other_side, other_customer) = valid.side(manager);
        if side == other_side {
            if customer != other_customer {
                let what = ProblemKind::ManagerElsewhere { id: id() };
                problems.note(record(at, position, valid), "manager_id", what);
            }
            return true;
        }
        ProblemKind::ManagerOnOtherSide { id: id() }
    };
    problems.fault(record(at, position, valid), "manager_id", what, Repair::Cleared);
    false
}

/// Every circle in "each points to at most one other", from its lowest position on; circles in order.
///
/// Such a graph has at most one circle in each connected part, and exactly one tie closes it: the one between two who were
/// joined already. O(n α(n)), no recursion, however deep the chain.
pub(super) fn circles<I: Ix>(all: IxRange<I>, points_to: impl Fn(I) -> Option<I>) -> Vec<Vec<I>> {
    let mut joined = UnionFind::<u32>::new(all.len());
    let mut found: Vec<Vec<I>> = Vec::new();
    for at in all {
        if let Some(next) = points_to(at)
            && joined.try_union(at.get(), next.get()) == Ok(false)
        {
            found.push(circle_through(at, &points_to));
        }
    }
    found.sort_unstable();
    found
}

/// The circle that a position lies on, which the caller knows it does, from its lowest position on.
fn circle_through<I: Ix>(start: I, points_to: impl Fn(I) -> Option<I>) -> Vec<I> {
    let others = std::iter::successors(points_to(start), |&at| points_to(at)).take_while(|&at| at != start);
    let mut circle: Vec<I> = std::iter::once(start).chain(others).collect();
    if let Some(lowest) = circle.iter().enumerate().min_by_key(|(_, member)| **member).map(|(i, _)| i) {
        circle.rotate_left(lowest);
    }
    circle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_of(points_to: &[u32]) -> Vec<Vec<u32>> {
        let next =
            |at: PersonIx| points_to.get(at.index()).and_then(|&next| PersonIx::new(next).if_anybody());
        let found = circles(PersonIx::of_column(points_to.len()), next);
        found.into_iter().map(|circle| circle.into_iter().map(PersonIx::get).collect()).collect()
    }

    #[test]
    fn circles_are_found_once_each_from_their_lowest_member() {
        // 0 → 1 → 2 → 0, 3 → 1, 4 → 5 → 4, 6 → no one, 7 → 7.
        let points_to = [1, 2, 0, 1, 5, 4, u32::MAX, 7];
        assert_eq!(circles_of(&points_to), [vec![0, 1, 2], vec![4, 5], vec![7]]);
    }

    #[test]
    fn a_path_of_a_million_is_no_circle_and_no_alert() {
        let path: Vec<u32> = (1..1_000_000).chain([u32::MAX]).collect();
        assert!(circles_of(&path).is_empty());
        let ring: Vec<u32> = (1..1_000_000).chain([0]).collect();
        assert_eq!(circles_of(&ring).len(), 1);
    }
}
