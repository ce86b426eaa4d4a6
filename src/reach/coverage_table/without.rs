//! What would be left if a colleague were gone.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use super::{CoverageTable, StaffOpinion, chance};
use crate::network::{MemberIx, PersonIx};
use crate::share::Share;
use crate::trust::ROUNDING;

/// A colleague that a person there has an opinion of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colleague {
    pub(crate) person: PersonIx,
    /// How many there trust them at level live.
    pub(crate) live_ties: usize,
    /// Their stretch of `known_by`.
    start: usize,
    end: usize,
}

/// What would be left without a colleague.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Without {
    pub(crate) coverage: Share,
    /// Key players reached now and not then.
    pub(crate) no_longer_reached: Vec<PersonIx>,
}

impl CoverageTable {
    /// The members who have an opinion of a colleague, with that opinion, in order.
    pub(crate) fn known_by(&self, colleague: &Colleague) -> impl Iterator<Item = (MemberIx, &StaffOpinion)> {
        let ties =
            self.known_by[colleague.start..colleague.end].iter().map(|&at| &self.staff_ties[at as usize]);
        ties.map(|tie| (tie.member, tie))
    }

    /// Reach of a member with a colleague gone.
    fn reach_without(&self, member: MemberIx, colleague: PersonIx) -> f64 {
        let others = self.staff_ties(member).iter().filter(|tie| tie.colleague != colleague);
        chance(others.filter(|tie| tie.opinion.counts()).map(|tie| tie.opinion.belief))
    }

    /// Key players reached now and no longer reached if a colleague were gone.
    pub(crate) fn no_longer_reached_without(&self, colleague: &Colleague) -> impl Iterator<Item = PersonIx> {
        let reached = self.levels.reached.get();
        let person = colleague.person;
        let only_with_them = self.known_by(colleague).map(|(member, _)| member).filter(move |&member| {
            self.power_table.is_key(member)
                && self.is_reached(member)
                && self.reach_without(member, person) < reached - ROUNDING
        });
        only_with_them.map(|member| self.power_table.person(member))
    }

    /// Whether coverage could fall by some amount if a colleague were gone: an upper bound on their contribution,
    /// with room for rounding, so that the full computation is skipped where it could not matter.
    pub(crate) fn may_lose(&self, colleague: &Colleague, amount: f64) -> bool {
        #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
        let rounding = 8.0 * (self.rows.len() as f64) * f64::EPSILON;
        let sum = |fall: &dyn Fn(MemberIx, &StaffOpinion) -> f64| {
            let members = self.known_by(colleague);
            members.fold(rounding, |sum, (member, tie)| {
                sum + self.power_table.power(member).get() * fall(member, tie)
            })
        };
        // No one adds more to reach than their own tie is worth, no matter who else is trusted: that settles most cases.
        sum(&|_, tie| tie.opinion.belief.get()) >= amount
            && sum(&|member, _| {
                self.rows[member.index()].reach - self.reach_without(member, colleague.person)
            }) >= amount
    }

    /// What would be left if a colleague were gone, for each of several.
    ///
    /// Every sum runs over all members in order, so that it is what anyone would get who adds up reach times
    /// power. Several run side by side, because an addition is waited for longer than it takes.
    pub(crate) fn without(&self, colleagues: &[&Colleague]) -> Vec<Without> {
        let parts: Vec<f64> = self
            .power_table
            .members()
            .map(|m| self.power_table.power(m).get() * self.rows[m.index()].reach)
            .collect();
        let mut all = Vec::with_capacity(colleagues.len());
        let mut changes: Vec<(MemberIx, usize)> = Vec::new();
        for colleagues in colleagues.chunks(SIDE_BY_SIDE) {
            changes.clear();
            for (lane, colleague) in colleagues.iter().enumerate() {
                changes.extend(self.known_by(colleague).map(|(member, _)| (member, lane)));
            }
            changes.sort_unstable();
            let mut sums = [0.0; SIDE_BY_SIDE];
            let mut next = 0;
            for changes in changes.chunk_by(|a, b| a.0 == b.0) {
                let Some(&(member, _)) = changes.first() else { continue };
                add_all(&mut sums, &parts[next..member.index()]);
                let mut here = [parts[member.index()]; SIDE_BY_SIDE];
                for &(_, lane) in changes {
                    let reach = self.reach_without(member, colleagues[lane].person);
                    here[lane] = self.power_table.power(member).get() * reach;
                }
                for (sum, part) in sums.iter_mut().zip(here) {
                    *sum += part;
                }
                next = member.index() + 1;
            }
            add_all(&mut sums, &parts[next..]);
            all.extend(colleagues.iter().zip(sums).map(|(colleague, sum)| Without {
                coverage: Share::clamped(sum),
                no_longer_reached: self.no_longer_reached_without(colleague).collect(),
            }));
        }
        all
    }
}

/// How many sums run side by side.
const SIDE_BY_SIDE: usize = 8;

/// Adds every part to each of the sums.
fn add_all(sums: &mut [f64; SIDE_BY_SIDE], parts: &[f64]) {
    let mut running = *sums;
    for part in parts {
        for sum in &mut running {
            *sum += part;
        }
    }
    *sums = running;
}

/// Our staff of whom a person has an opinion, in order, and for each those people.
pub(super) fn colleagues(staff_ties: &[StaffOpinion], live: Share) -> (Vec<Colleague>, Vec<u32>) {
    // Numbers are sorted faster than pairs: whom they know above, the position of the tie below.
    let mut pairs: Vec<u64> =
        (0_u64..).zip(staff_ties).map(|(at, tie)| u64::from(tie.colleague.get()) << 32 | at).collect();
    pairs.sort_unstable();
    // A good half of the ties lead to a colleague others know, too.
    let mut colleagues: Vec<Colleague> = Vec::with_capacity(pairs.len() / 2);
    let mut known_by = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.into_iter().enumerate() {
        #[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
        let place = pair as u32;
        let StaffOpinion { colleague: person, opinion, .. } = staff_ties[place as usize];
        let live_ties = usize::from(opinion.belief >= live && opinion.counts());
        match colleagues.last_mut().filter(|last| last.person == person) {
            Some(same) => {
                same.end = at + 1;
                same.live_ties += live_ties;
            }
            None => colleagues.push(Colleague { person, live_ties, start: at, end: at + 1 }),
        }
        known_by.push(place);
    }
    (colleagues, known_by)
}
