//! The people who trust us are too much alike.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member or a unit, and come from them")]

use std::fmt;

use serde::{Deserialize, Serialize};

use super::units::{Named, Unit, most_powerful};
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Percent;
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::settings::share;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// The people who trust us are too much alike.
///
/// All of them are in one unit although there are powerful people elsewhere; or the Herfindahl index of coverage
/// exceeds that of power by the threshold, so that reaching more people would spread coverage. Not reported where
/// most coverage depends on one person, or where only one person trusts us: other gaps cover that.
///
/// People whose unit is not on record count as being elsewhere, so that missing data never makes coverage look
/// narrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NarrowCoverage {
    /// What they have in common: `department`, `level` or `site`.
    pub unit: Unit,
    /// Which one.
    pub name: Text,
    /// How many of its people trust us at the live level.
    pub covered: usize,
    /// Whether no one outside it does.
    pub all: bool,
    /// The share of coverage that lies there.
    pub share: Share,
    /// The share of power that lies there.
    pub power: Share,
    /// The Herfindahl index of coverage: the sum of the squares of the shares.
    pub index: Share,
    /// The same index of power.
    pub power_index: Share,
}

/// When `narrow_coverage` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The Herfindahl index of coverage, over departments, levels or sites, lies this far above that of power
    /// itself. Default 0.25 (from here on a market counts as highly concentrated).
    pub index: Share,
    /// Shortfall at an index of 1. Default 0.25: a lack of breadth says where to look next (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { index: share(250), shortfall: share(250) }
    }
}

impl Kind for NarrowCoverage {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "narrow_coverage",
        Family::Breadth,
        Nature::Structure,
        "those who trust us all sit in one department, level or site; or coverage lies in few of them, by an index 0.25 above that of power",
        "market-concentration practice",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let mut live = power_table.members().filter(|&member| coverage_table.is_live(member));
        if live.next().is_none() || live.next().is_none() {
            return;
        }
        let today = Covered::today(situation);
        for unit in [Unit::Department, Unit::Level, Unit::Site] {
            if let Some(gap) =
                Spread::of(situation, unit).and_then(|spread| Self::of(situation, settings, &spread, &today))
            {
                findings.push(gap);
            }
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Aspect(self.unit.as_str().into())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { unit, name, covered, all, share, power, .. } = self;

        let unit = Named(*unit, name);
        if *all {
            write!(
                words,
                "all {covered} who trust us are of {unit}, which holds {} of the decision",
                Percent(*power)
            )
        } else {
            write!(
                words,
                "{} of our coverage lies in {unit}, which holds {} of the decision",
                Percent(*share),
                Percent(*power)
            )
        }
    }
}

impl NarrowCoverage {
    fn of(situation: &Situation<'_>, settings: &Settings, spread: &Spread<'_>, now: &Covered) -> Option<Gap> {
        let power_table = situation.power_table();
        let narrow = spread.narrow(situation, settings, now)?;
        let here = |member: &MemberIx| spread.unit_of[member.index()] == Some(narrow.unit);
        let covered: Vec<MemberIx> =
            power_table.members().filter(here).filter(|&member| now.live[member.index()]).collect();
        let power_here = spread.power[narrow.unit];
        let figures = Self {
            unit: spread.unit,
            name: spread.names[narrow.unit].into(),
            covered: covered.len(),
            all: narrow.all,
            share: Share::clamped(narrow.share),
            power: Share::clamped(power_here),
            index: Share::clamped(narrow.index),
            power_index: Share::clamped(spread.power_index),
        };
        let unknown = power_table.members().filter(|&member| spread.unit_of[member.index()].is_none());
        Some(
            situation
                .gap(figures)
                .stake((1.0 - power_here).max(0.0))
                .shortfall(settings.shortfall.get() * narrow.index)
                .people(covered.into_iter().map(|member| situation.name(member)))
                .threshold(
                    "gaps.narrow_coverage.index",
                    settings.index,
                    "market-concentration practice: above 0.25 a market is highly concentrated",
                )
                .all_missing(spread.unit.field(), unknown.map(|member| situation.name(member)))
                .remedies(spread.remedy(situation, settings, narrow.unit, now.clone()))
                .done(),
        )
    }
}

/// Who is covered, and how far: as recorded, or as supposed.
#[derive(Clone)]
struct Covered {
    live: Vec<bool>,
    reach: Vec<f64>,
}

impl Covered {
    fn today(situation: &Situation<'_>) -> Self {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        Self {
            live: power_table.members().map(|member| coverage_table.is_live(member)).collect(),
            reach: power_table.members().map(|member| coverage_table.reach(member).get()).collect(),
        }
    }
}

/// How people and power are distributed over units.
struct Spread<'s> {
    unit: Unit,
    names: Vec<&'s str>,
    unit_of: Vec<Option<usize>>,
    /// Power of each unit.
    power: Vec<f64>,
    power_index: f64,
}

/// Where coverage is narrow.
struct Narrow {
    unit: usize,
    all: bool,
    share: f64,
    index: f64,
}

impl<'s> Spread<'s> {
    /// None where fewer than two units are known.
    fn of(situation: &'s Situation<'_>, unit: Unit) -> Option<Self> {
        let power_table = situation.power_table();
        let each: Vec<Option<&str>> =
            power_table.members().map(|member| unit.of(situation, member)).collect();
        let names = names_of(&each);
        if names.len() < 2 {
            return None;
        }
        let unit_of: Vec<Option<usize>> =
            each.iter().map(|name| name.and_then(|name| place_of(name, &names))).collect();
        let mut power = vec![0.0; names.len()];
        let mut unknown = 0.0;
        for (member, unit) in power_table.members().zip(&unit_of) {
            match unit {
                Some(unit) => power[*unit] += power_table.power(member).get(),
                None => unknown += power_table.power(member).get(),
            }
        }
        // Power in an unknown unit may belong to the largest one.
        let most = power.iter().copied().fold(0.0, f64::max);
        let squares: f64 = power.iter().map(|part| part * part).sum();
        let power_index = squares - most * most + (most + unknown) * (most + unknown);
        Some(Self { unit, names, unit_of, power, power_index })
    }

    /// Where coverage is narrow, if anywhere.
    fn narrow(&self, situation: &Situation<'_>, settings: &Settings, covered: &Covered) -> Option<Narrow> {
        let power_table = situation.power_table();
        let (mut coverage, mut largest, mut alone) = (0.0, 0.0_f64, 0.0);
        let mut of_unit = vec![0.0; self.names.len()];
        let (mut live, mut live_unit, mut all) = (0, None, true);
        for member in power_table.members() {
            let part = power_table.power(member).get() * covered.reach[member.index()];
            coverage += part;
            largest = largest.max(part);
            match self.unit_of[member.index()] {
                Some(unit) => of_unit[unit] += part,
                None => alone += part * part,
            }
            if covered.live[member.index()] {
                all &= self.unit_of[member.index()].is_some()
                    && (live == 0 || live_unit == self.unit_of[member.index()]);
                live_unit = self.unit_of[member.index()];
                live += 1;
            }
        }
        if live < 2 || coverage <= 0.0 {
            return None;
        }
        let squares: f64 = of_unit.iter().map(|part| part * part).sum();
        let index = (squares + alone) / (coverage * coverage);
        let most = (0..of_unit.len()).rev().max_by(|&a, &b| of_unit[a].total_cmp(&of_unit[b]))?;
        let elsewhere = |unit: usize| {
            let powers = self.power.iter().enumerate();
            powers.filter(|(other, _)| *other != unit).map(|(_, power)| power).sum::<f64>() > 0.0
        };
        if let Some(unit) = live_unit.filter(|&unit| all && elsewhere(unit)) {
            return Some(Narrow { unit, all, share: of_unit[unit] / coverage, index });
        }
        // A small tolerance, because these are sums.
        let above = index - self.power_index > settings.index.get() + 1e-9;
        let dominant = situation.view().settings().gaps.dominant_contact.share;
        let rests_on_one = largest / coverage >= dominant.get();
        let share = of_unit[most] / coverage;
        (above && !rests_on_one).then_some(Narrow { unit: most, all: false, share, index })
    }

    /// Who to reach elsewhere so that coverage is no longer narrow: the most powerful first, and as few as
    /// suffice.
    fn remedy(
        &self,
        situation: &Situation<'_>,
        settings: &Settings,
        unit: usize,
        mut covered: Covered,
    ) -> Option<Remedy> {
        /// More new relationships than this are a plan, not a remedy.
        const MOST: usize = 8;
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let level = situation.view().settings().levels.reached;
        let away = |member: &MemberIx| self.unit_of[member.index()].is_some_and(|its| its != unit);
        let others = power_table.members().filter(away).filter(|&member| !coverage_table.is_reached(member));
        let others = most_powerful(situation, others.collect(), MOST);
        let colleague = situation.candidates_for(*others.first()?).into_iter().next()?;
        let colleague_ix = situation.view().network().person_ix(&colleague.id)?;
        for (at, &member) in others.iter().enumerate() {
            let today = coverage_table.staff_ties(member).iter().find(|tie| tie.colleague == colleague_ix);
            let today = today.map_or(0.0, |tie| tie.opinion.belief.get());
            let none = (1.0 - covered.reach[member.index()]) / (1.0 - today) * (1.0 - level.get());
            covered.reach[member.index()] = (1.0 - none).clamp(0.0, 1.0);
            covered.live[member.index()] = true;
            if self.narrow(situation, settings, &covered).is_none() {
                let who = others[..=at].iter().map(|&member| situation.name(member)).collect();
                return Some(Remedy::EarnTrustOfEach { who, trusts: vec![colleague], level });
            }
        }
        None
    }
}

/// There are five levels and rarely more sites: with this few names, a linear scan is cheaper than sorting or
/// comparing by order.
const FEW: usize = 8;

fn place_of(name: &str, names: &[&str]) -> Option<usize> {
    if names.len() <= FEW {
        names.iter().position(|other| *other == name)
    } else {
        names.binary_search(&name).ok()
    }
}

/// The distinct names, sorted.
fn names_of<'s>(each: &[Option<&'s str>]) -> Vec<&'s str> {
    let mut names: Vec<&str> = Vec::with_capacity(FEW);
    for name in each.iter().flatten() {
        if names.contains(name) {
            continue;
        }
        if names.len() == FEW {
            names = each.iter().flatten().copied().collect();
            break;
        }
        names.push(name);
    }
    names.sort_unstable();
    names.dedup();
    names
}
