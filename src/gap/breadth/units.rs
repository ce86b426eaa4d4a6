//! Departments, sites, business areas and levels, and those where we reach no one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::remedy::Remedy;
use crate::label::Label;
use crate::network::MemberIx;
use crate::record::Seniority;
use crate::view::PersonRef;

/// Tolerance for comparing sums and products of thresholds.
pub(super) const TOLERANCE: f64 = 1e-9;

/// A way of grouping people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// By department.
    Department,
    /// By level in the organisation.
    Level,
    /// By site.
    Site,
    /// By business area.
    Area,
}

impl Unit {
    /// Its name in JSON, such as `department`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Level => "level",
            Self::Site => "site",
            Self::Area => "area",
        }
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
    pub(super) fn of<'s>(self, situation: &'s Situation<'_>, member: MemberIx) -> Option<&'s str> {
        let person = situation.view().network().person_at(situation.power_table().person(member));
        match self {
            Self::Department => person.department(),
            Self::Level => situation.levels().get(member.index()).copied().flatten().map(Seniority::as_str),
            Self::Site => person.site(),
            Self::Area => person.area(),
        }
    }
}

/// The most powerful of some members first, `most` of them at most; ties keep the order of members.
pub(super) fn most_powerful(
    situation: &Situation<'_>,
    mut members: Vec<MemberIx>,
    most: usize,
) -> Vec<MemberIx> {
    members.sort_by_key(|&member| std::cmp::Reverse(situation.power_table().power(member)));
    members.truncate(most);
    members
}

/// A remedy in which the `count` most powerful of some people come to trust us; none where there are fewer.
pub(super) fn more_ties(situation: &Situation<'_>, others: Vec<MemberIx>, count: usize) -> Option<Remedy> {
    let chosen = most_powerful(situation, others, count);
    if chosen.len() < count {
        return None;
    }
    let trusts = situation.candidates_for(*chosen.first()?);
    let who: Vec<PersonRef> = chosen.into_iter().map(|member| situation.name(member)).collect();
    Some(Remedy::EarnTrustOfEach { who, trusts, level: situation.view().settings().levels.live })
}

/// A unit with its name, as used in a sentence. Levels use their JSON names.
pub(super) struct Named<'a>(pub(super) Unit, pub(super) &'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(unit, name) = self;
        let level = if *unit == Unit::Level { name.parse().ok() } else { None };
        match level {
            Some(level) => write!(f, "level {}", level_name(level)),
            None => write!(f, "{} {}", unit.as_str(), Label::new(name)),
        }
    }
}

/// A level as used in a sentence.
pub(super) const fn level_name(level: Seniority) -> &'static str {
    match level {
        Seniority::CLevel => "C-level",
        Seniority::Vp => "vice president",
        Seniority::Director => "director",
        Seniority::Manager => "manager",
        Seniority::Individual => "individual",
    }
}
