//! Along which ties someone may be asked.

use super::PathQuery;
use crate::evidence::Evidence;
use crate::network::{PersonIx, TieIx};
use crate::record::Side;
use crate::view::View;

/// The evidence of a tie from `who` to `asker`, if nothing but strength blocks asking along it.
#[cold]
pub(super) fn passable(
    view: &View<'_>,
    query: &PathQuery<'_>,
    who: PersonIx,
    tie: TieIx,
    asker: PersonIx,
) -> Option<Evidence> {
    if Some(tie) == query.without {
        return None;
    }
    let evidence = view.evidence(tie);
    let is_passable = if query.regardless {
        view.network().person_at(asker).side() != Side::Competitor
    } else {
        (query.distrusted_too || !view.is_distrust(tie, evidence))
            && !view.network().ties().is_avoided(who, tie, view.day())
            && may_take_part(view, asker)
            && query.avoid.binary_search(&asker).is_err()
    };
    // A tie whose evidence has not begun, or has ended, is no tie on the day, whatever the base rate.
    (is_passable && !evidence.is_none()).then_some(evidence)
}

/// Whether a person can be asked at all: still present, and not a competitor's.
fn may_take_part(view: &View<'_>, person: PersonIx) -> bool {
    view.is_present(person) && view.network().person_at(person).side() != Side::Competitor
}
