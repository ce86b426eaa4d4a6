//! Who is hostile, and who was let down.

use super::CoverageTable;
use crate::network::MemberIx;
use crate::record::{Role, Support};
use crate::view::View;

/// How far distrust of our staff is a person's own doing, and how far it is our fault.
///
/// Only ties to our staff that are [distrusted](crate::Opinion::is_distrust) on the day are looked at, so silence, which
/// never makes distrust, plays no part. Such a tie is *theirs* when their own acts and ratings alone would make it
/// distrust: at least two declines, a conflict, a rating against, or evidence counted against. It is *ours* when it is
/// not theirs, and a broken promise or a concern left open is part of it. A meeting that went badly is neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stance {
    /// A tie is theirs, or there is a distrusted one and they are an opponent on record; no tie to our staff is live; and
    /// they are not on record as neutral, supporter or champion, nor as champion or coach by role.
    pub(crate) hostile: bool,
    /// A tie is ours.
    pub(crate) let_down: bool,
}

impl CoverageTable {
    /// Whether a person is hostile, or was let down. Costs as much as there is evidence behind their distrusted ties.
    pub(crate) fn stance(&self, member: MemberIx, view: &View<'_>) -> Stance {
        let settings = view.settings();
        let ties = self.staff_ties(member);
        let support = view.network().person_at(self.power_table().person(member)).support();
        let mut stance = Stance::default();
        for tie in ties.iter().filter(|tie| tie.opinion.is_distrust(&settings.levels)) {
            let against = view.against(tie.tie);
            let theirs = against.is_clear && tie.opinion.would_be_distrust(against.theirs, settings);
            stance.hostile |= theirs || support == Some(Support::Opponent);
            stance.let_down |= !theirs && against.ours > 0.0;
        }
        stance.hostile = stance.hostile && !self.has_live_tie(member) && !self.is_well_disposed(member, view);
        stance
    }

    fn has_live_tie(&self, member: MemberIx) -> bool {
        let levels = self.levels();
        let mut ties = self.staff_ties(member).iter();
        ties.any(|tie| tie.opinion.belief >= levels.live && tie.opinion.counts())
    }

    /// They are on record as neutral or for us.
    fn is_well_disposed(&self, member: MemberIx, view: &View<'_>) -> bool {
        let person = view.network().person_at(self.power_table().person(member));
        matches!(person.support(), Some(Support::Neutral | Support::Supporter | Support::Champion))
            || person.roles().iter().any(|role| matches!(role, Role::Champion | Role::Coach))
    }
}
