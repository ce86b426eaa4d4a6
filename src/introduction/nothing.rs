//! Where there is no path: the closest candidate, what blocks it, and the one tie that would open a path.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ExplainedPath, From, Introductions};
use crate::day::Day;
use crate::network::{IxRange, PersonIx};
use crate::path::{PathQuery, Ranking, best, measure};
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// Why there is no path, and what would open one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoPath {
    /// The strongest path if nothing blocked it, up to two ties longer than allowed; none when the target is not
    /// connected to our staff even then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<BlockedPath>,
    /// The tie that would open a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
}

/// A path that cannot be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlockedPath {
    /// The path, measured as if it could be used.
    pub path: ExplainedPath,
    /// What blocks it, from the target on; at least one entry.
    pub misses: Vec<Miss>,
}

/// What blocks a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "miss")]
#[non_exhaustive]
pub enum Miss {
    /// The path is weaker than requested.
    #[non_exhaustive]
    TooWeak {
        /// Its strength, in the measure that paths are ranked by.
        strength: Share,
        /// The requested strength.
        floor: Share,
    },
    /// The path has more ties than allowed.
    #[non_exhaustive]
    TooLong {
        /// The number of its ties.
        ties: usize,
        /// The most ties allowed.
        most: u8,
    },
    /// A person distrusts the one who would ask them.
    #[non_exhaustive]
    Distrusted {
        /// The person who distrusts.
        who: PersonRef,
        /// The person they distrust.
        trusts: PersonRef,
        /// Evidence for, on the day.
        supporting: f64,
        /// Evidence against, on the day.
        against: f64,
    },
    /// There is no evidence between the two.
    #[non_exhaustive]
    NoTie {
        /// The person who would be asked.
        who: PersonRef,
        /// The person who would ask.
        trusts: PersonRef,
    },
    /// The two must not be asked to approach each other.
    #[non_exhaustive]
    KeptApart {
        /// The person who would be asked.
        who: PersonRef,
        /// The person who would ask.
        trusts: PersonRef,
    },
    /// A person has left, or has not started yet.
    #[non_exhaustive]
    Gone {
        /// The person.
        person: PersonRef,
        /// Their last day, where they have left and it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left_on: Option<Day>,
    },
    /// A person is on the list of people to avoid.
    #[non_exhaustive]
    Avoided {
        /// The person.
        person: PersonRef,
    },
    /// A person belongs to a competitor.
    #[non_exhaustive]
    Rival {
        /// The person.
        person: PersonRef,
    },
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooWeak { strength, floor } => write!(f, "its strength is {strength:.2}, below {floor:.2}"),
            Self::TooLong { ties, most } => write!(f, "it takes {ties} steps, more than {most}"),
            Self::Distrusted { who, trusts, .. } => write!(f, "{who} distrusts {trusts}"),
            Self::NoTie { who, trusts } => write!(f, "nothing is known of what {who} thinks of {trusts}"),
            Self::KeptApart { who, trusts } => write!(f, "{trusts} is not to be asked to approach {who}"),
            Self::Gone { person, left_on: Some(day) } => write!(f, "{person} left on {day}"),
            Self::Gone { person, left_on: None } => write!(f, "{person} is not there"),
            Self::Avoided { person } => write!(f, "{person} is not to be asked"),
            Self::Rival { person } => write!(f, "{person} works for a rival"),
        }
    }
}

/// A tie that would open a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
    /// The person who would have to trust.
    pub who: PersonRef,
    /// The person they would have to trust.
    pub trusts: PersonRef,
    /// The opinion they hold of them today.
    pub today: Opinion,
    /// The belief from which there is a path of the requested strength, all else being equal.
    pub needed: Share,
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, trusts, today, needed } = self;
        write!(f, "if {who} trusts {trusts} at {needed:.2} (today {:.2})", today.belief)
    }
}

/// The closest candidate, where there is no path.
pub(super) fn nearest(question: &Introductions<'_>) -> NoPath {
    let view = question.view;
    let query = question.query();
    let wider = PathQuery {
        floor: 0.0,
        max_ties: question.max_ties.saturating_add(2),
        regardless: true,
        avoid: &[],
        ..query
    };
    let path = best(view, &wider).path;
    let nearest = path.as_ref().map(|path| {
        let explained = ExplainedPath::along(view, path);
        let mut misses: Vec<Miss> = Vec::new();
        if path.ties.len() > usize::from(question.max_ties) {
            misses.push(Miss::TooLong { ties: path.ties.len(), most: question.max_ties });
        }
        let strength = path.strength(question.ranking);
        if strength < query.floor {
            misses.push(Miss::TooWeak { strength: Share::clamped(strength), floor: question.floor });
        }
        for hop in explained.hops.iter().rev() {
            misses.extend(hop.obstacles.iter().cloned());
        }
        let avoided = path.people.iter().filter(|person| question.avoid.binary_search(person).is_ok());
        misses.extend(avoided.map(|&person| Miss::Avoided { person: view.name(person) }));
        BlockedPath { path: explained, misses }
    });
    NoPath { nearest, opening: opening(question) }
}

/// The tie from the target to the person who could best pass a request on: one of their colleagues who trusts one
/// of our staff, or else one of our staff directly: the requester, or the account owner.
///
/// Only a single tie is considered: anything longer would stack one assumption on another. It must go to a person
/// the target does not distrust, since distrust takes more than one good meeting to overcome.
fn opening(question: &Introductions<'_>) -> Option<Opening> {
    /// The most belief that a tie may need.
    const MOST: f64 = 0.99;
    let view = question.view;
    let network = view.network();
    let levels = &view.settings().levels;
    let query = question.query();
    let colleagues = network.customer_of(question.target).map_or(IxRange::EMPTY, |at| network.block(at));
    let passable = |person: PersonIx| {
        person != question.target
            && view.is_present(person)
            && question.avoid.binary_search(&person).is_err()
            && !view.opinion_between(question.target, person).is_distrust(levels)
            && !network.ties().are_apart(question.target, person, view.day())
    };
    let through = (question.max_ties >= 2)
        .then(|| {
            let trusted = colleagues.filter(|&person| passable(person)).filter_map(|person| {
                // Always by what is proven: what is needed is a belief, and an expectation cannot support one.
                let shorter = PathQuery { target: person, max_ties: 1, ranking: Ranking::Proven, ..query };
                let path = best(view, &shorter).path?;
                let (proven, _) = measure(view, &path.ties);
                // Needing certainty opens no path: no amount of evidence makes certain.
                (question.floor.get() <= proven * MOST).then_some((person, proven))
            });
            strongest(trusted)
        })
        .flatten();
    let (person, beyond) = match through {
        Some(found) => found,
        None => (ours(question).into_iter().find(|&person| passable(person))?, 1.0),
    };
    let needed = question.floor.get() / beyond;
    Some(Opening {
        who: view.name(question.target),
        trusts: view.name(person),
        today: view.opinion_between(question.target, person),
        needed: Share::clamped(needed),
    })
}

/// Staff the target could come to trust directly: those at which a path may end, or else the account owner.
fn ours(question: &Introductions<'_>) -> Vec<PersonIx> {
    let network = question.view.network();
    let owner = network.customer_of(question.target).and_then(|customer| network.owner_of(customer));
    match &question.from {
        From::Among(people) => people.clone(),
        From::AnyStaff => owner.into_iter().collect(),
    }
}

/// The strongest; of equals the first.
fn strongest(found: impl Iterator<Item = (PersonIx, f64)>) -> Option<(PersonIx, f64)> {
    found.fold(None, |best, found| match best {
        Some((_, strength)) if found.1 <= strength => best,
        _ => Some(found),
    })
}
