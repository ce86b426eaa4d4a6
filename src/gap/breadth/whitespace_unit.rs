//! Whitespace: a unit with people in which we reach no one.

use std::collections::BTreeSet;
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
use crate::share::{Count, Share};
use crate::text::Text;
use crate::view::PersonRef;

/// Whitespace: a unit with people in which we reach no one.
///
/// A unit without any power is nothing to lose. Not reported where we reach no one anywhere, because then every
/// unit would qualify.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WhitespaceUnit {
    /// `department`, `site` or `area`.
    pub unit: Unit,
    /// Which one.
    pub name: Text,
    /// How many people are known there.
    pub people: usize,
    /// Their share of power.
    pub power: Share,
}

/// When `whitespace_unit` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// A unit has at least this many people. Default 2: one person does not make a unit (own).
    pub people: Count,
    /// Shortfall. Default 0.25: a lack of breadth says where to look next (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { people: Count::of::<2>(), shortfall: share(250) }
    }
}

impl Kind for WhitespaceUnit {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "whitespace_unit",
        Family::Breadth,
        Nature::Structure,
        "a department, site or business area of at least 2 people with power, where we reach nobody",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        if !power_table.members().any(|member| coverage_table.is_reached(member)) {
            return;
        }
        // A department and a site often have the same people: they are reported as one unit.
        let mut told: BTreeSet<Vec<MemberIx>> = BTreeSet::new();
        for unit in [Unit::Department, Unit::Site, Unit::Area] {
            let known =
                power_table.members().filter_map(|member| Some((unit.of(situation, member)?, member)));
            let mut sorted: Vec<(&str, MemberIx)> = known.collect();
            sorted.sort_unstable();
            for people in sorted.chunk_by(|(a, _), (b, _)| a == b) {
                if let Some(gap) = Self::of(situation, settings, unit, people, &mut told) {
                    findings.push(gap);
                }
            }
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::unit(self.unit.as_str(), self.name.clone())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { unit, name, people, power } = self;

        write!(
            words,
            "no one is reached in {}: {people} people with {} of the decision",
            Named(*unit, name),
            Percent(*power)
        )
    }
}

impl WhitespaceUnit {
    fn of(
        situation: &Situation<'_>,
        settings: &Settings,
        unit: Unit,
        people: &[(&str, MemberIx)],
        told: &mut BTreeSet<Vec<MemberIx>>,
    ) -> Option<Gap> {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let enough = settings.people;
        let few = people.len() < enough.get() as usize;
        if few || people.iter().any(|&(_, member)| coverage_table.is_reached(member)) {
            return None;
        }
        let power: f64 = people.iter().map(|&(_, member)| power_table.power(member).get()).sum();
        let short: f64 = people
            .iter()
            .map(|&(_, member)| power_table.power(member).get() * situation.short(member, 1.0))
            .sum();
        let members: Vec<MemberIx> = people.iter().map(|&(_, member)| member).collect();
        if power <= 0.0 || !told.insert(members.clone()) {
            return None;
        }
        let (name, _) = people.first()?;
        let figures =
            Self { unit, name: (*name).into(), people: people.len(), power: crate::Share::clamped(power) };
        let first = most_powerful(situation, members, 3);
        let trusts = situation.candidates_for(*first.first()?);
        let who: Vec<_> = first.into_iter().map(|member| situation.name(member)).collect();
        Some(
            situation
                .gap(figures)
                .stake(short)
                .shortfall(settings.shortfall)
                .people(who.clone())
                .threshold("gaps.whitespace_unit.people", enough.get(), "own")
                .remedy(Remedy::EarnTrust { who, trusts, level: situation.view().settings().levels.reached })
                .done(),
        )
    }
}
