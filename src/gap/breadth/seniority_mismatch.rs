//! A senior person trusts only juniors among our staff.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::units::level_name;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::record::Seniority;
use crate::settings::share;
use crate::share::{Count, Share};
use crate::view::PersonRef;

/// A senior person trusts only juniors among our staff.
///
/// Senior means directors and above. Not reported where we have no one senior enough, because there is no remedy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeniorityMismatch {
    /// Their share of power.
    pub power: Share,
    /// Their level.
    pub level: Seniority,
    /// The level of the most senior colleague they trust.
    pub ours: Seniority,
}

/// When `seniority_mismatch` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many of the five levels lower. Default 2 (own).
    pub levels: Count,
    /// Shortfall. Default 0.25 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { levels: Count::of::<2>(), shortfall: share(250) }
    }
}

impl Kind for SeniorityMismatch {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "seniority_mismatch",
        Family::Breadth,
        Nature::Structure,
        "every live tie of a senior person leads to one of our team at least 2 levels lower",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        for member in power_table.members() {
            if coverage_table.is_live(member)
                && power_table.power(member).get() > 0.0
                && let Some(gap) = Self::of(situation, settings, member)
            {
                findings.push(gap);
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, level, ours } = self;
        write!(
            words,
            "{who} ({}, {} of the decision) trusts no one on our team above {}",
            level_name(*level),
            Percent(*power),
            level_name(*ours)
        )
    }
}

impl SeniorityMismatch {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let live_from = view.settings().levels.live;
        let level = situation.levels().get(member.index()).copied().flatten()?;
        if level > Seniority::Director {
            return None;
        }
        let lower = settings.levels;
        let too_low = |ours: Seniority| rank(ours) >= rank(level) + i64::from(lower.get());
        let ties = situation.coverage_table().staff_ties(member).iter();
        let live = ties.filter(|tie| tie.opinion.belief >= live_from);
        let mut highest: Option<Seniority> = None;
        for tie in live.clone() {
            // A colleague whose level is not on record may be senior enough.
            let ours = view.network().person_at(tie.colleague).level().filter(|&ours| too_low(ours))?;
            highest = Some(highest.map_or(ours, |highest| highest.min(ours)));
        }
        let highest = highest?;
        let peer = peer(situation, live.clone().map(|tie| tie.colleague), |ours| !too_low(ours))?;
        let power = situation.power_table().power(member);
        let person = situation.power_table().person(member);
        let figures = Self { power, level, ours: highest };
        Some(
            situation
                .gap(figures)
                .stake(power)
                .shortfall(situation.short(member, settings.shortfall))
                .person(situation.name(member))
                .ties(live.map(|tie| situation.tie_fact(person, tie.tie)))
                .threshold("gaps.seniority_mismatch.levels", lower.get(), "own")
                .remedy(Remedy::EarnTrust {
                    who: vec![situation.name(member)],
                    trusts: situation.names([peer]),
                    level: live_from,
                })
                .done(),
        )
    }
}

const fn rank(level: Seniority) -> i64 {
    level as i64
}

/// A sufficiently senior colleague: a manager above those who are trusted, or else the first on record.
fn peer(
    situation: &Situation<'_>,
    trusted: impl Iterator<Item = PersonIx>,
    is_senior: impl Fn(Seniority) -> bool,
) -> Option<PersonIx> {
    /// No reporting line among our staff is longer.
    const LINE: usize = 16;
    let view = situation.view();
    let network = view.network();
    let fits =
        |&one: &PersonIx| view.is_present(one) && network.person_at(one).level().is_some_and(&is_senior);
    for one in trusted {
        let mut line = std::iter::successors(Some(one), |&one| network.manager_of(one)).take(LINE);
        if let Some(boss) = line.find(|one| network.is_staff(*one) && fits(one)) {
            return Some(boss);
        }
    }
    network.staff_block().find(fits)
}
