//! Departments, sites, business areas and levels; those where we reach nobody.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::SHORT;
use crate::gap::finding::{Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};

/// A way of grouping people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Department,
    Level,
    Site,
    Area,
}

impl Unit {
    pub(super) const fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Department => "department",
            Self::Level => "level",
            Self::Site => "site",
            Self::Area => "area",
        })
    }

    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Department => "people.department",
            Self::Level => "people.seniority",
            Self::Site => "people.site",
            Self::Area => "people.area",
        }
    }

    /// The unit of a member, where it is known.
    pub(super) fn of<'s>(self, situation: &'s Situation<'_>, member: usize) -> Option<&'s str> {
        let person = situation.view().network().person_at(situation.standing().person(member));
        match self {
            Self::Department => person.department(),
            Self::Level => {
                situation.levels().get(member).copied().flatten().map(crate::record::Seniority::as_str)
            }
            Self::Site => person.site(),
            Self::Area => person.area(),
        }
    }
}

/// The most powerful of some members first, so many at most; of equals in the order of members.
pub(super) fn most_powerful(situation: &Situation<'_>, mut members: Vec<usize>, most: usize) -> Vec<usize> {
    members.sort_by_key(|&member| std::cmp::Reverse(situation.standing().power(member)));
    members.truncate(most);
    members
}

/// A unit where nobody has any power is nothing to lose; where we reach nobody anywhere, every unit would be one.
pub(super) struct WhitespaceUnit;

impl Detector for WhitespaceUnit {
    fn id(&self) -> &'static str {
        "whitespace_unit"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        if !standing.members().any(|member| footing.is_reached(member)) {
            return;
        }
        // The same people often are a department and a site: that is one unit.
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        for unit in [Unit::Department, Unit::Site, Unit::Area] {
            let known = standing.members().filter_map(|member| Some((unit.of(situation, member)?, member)));
            let mut sorted: Vec<(&str, usize)> = known.collect();
            sorted.sort_unstable();
            for people in sorted.chunk_by(|(a, _), (b, _)| a == b) {
                if let Some(gap) = self.of(situation, unit, people, &mut told) {
                    found.push(gap);
                }
            }
        }
    }
}

impl WhitespaceUnit {
    fn of(
        &self,
        situation: &Situation<'_>,
        unit: Unit,
        people: &[(&str, usize)],
        told: &mut BTreeSet<Vec<usize>>,
    ) -> Option<Gap> {
        let (footing, standing) = (situation.footing(), situation.standing());
        let settings = situation.view().settings();
        let enough = settings.gaps.unit_people;
        let few = people.len() < enough.get() as usize;
        if few || people.iter().any(|&(_, member)| footing.is_reached(member)) {
            return None;
        }
        let power: f64 = people.iter().map(|&(_, member)| standing.power(member).get()).sum();
        let short: f64 = people
            .iter()
            .map(|&(_, member)| standing.power(member).get() * situation.short(member, 1.0))
            .sum();
        let members: Vec<usize> = people.iter().map(|&(_, member)| member).collect();
        if power <= 0.0 || !told.insert(members.clone()) {
            return None;
        }
        let (name, _) = people.first()?;
        let reason = Reason::WhitespaceUnit {
            unit: unit.name(),
            name: (*name).into(),
            people: people.len(),
            power: crate::Share::clamped(power),
        };
        let first = most_powerful(situation, members, 3);
        let trusts = situation.candidates_for(*first.first()?);
        let who: Vec<_> = first.into_iter().map(|member| situation.name(member)).collect();
        Some(
            situation
                .draft(self.id(), Family::Breadth, reason)
                .stake(short)
                .shortfall(SHORT)
                .people(who.clone())
                .threshold("gaps.unit_people", enough.get(), "own")
                .remedy(Remedy::EarnTrust { who, trusts, level: settings.levels.reached })
                .done(),
        )
    }
}
