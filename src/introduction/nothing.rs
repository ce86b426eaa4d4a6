//! Where there is no chain: what comes nearest, what is in its way, and the one tie that would open a chain.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Chain, From, Introductions};
use crate::day::Day;
use crate::network::{IxRange, PersonIx};
use crate::route::{Quest, Ranking, best, measure};
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// Why there is no chain, and what would make one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoChain {
    /// The strongest chain if nothing stood in its way, up to two ties longer than allowed; none when the target is
    /// joined to nobody of ours even then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Nearest>,
    /// The tie that would open a chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
}

/// A chain that cannot be walked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nearest {
    /// The chain, measured as if it could be.
    pub chain: Chain,
    /// What is in its way, from the target on; at least one thing.
    pub misses: Vec<Miss>,
}

/// What stands in the way of a chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "miss")]
#[non_exhaustive]
pub enum Miss {
    /// The chain is weaker than asked for.
    #[non_exhaustive]
    TooWeak {
        /// Its strength, in the measure that chains are ranked by.
        strength: Share,
        /// What was asked for.
        floor: Share,
    },
    /// The chain has more ties than allowed.
    #[non_exhaustive]
    TooLong {
        /// Its ties.
        ties: usize,
        /// What is allowed.
        most: u8,
    },
    /// Somebody distrusts the one who would ask them.
    #[non_exhaustive]
    Distrusted {
        /// Who.
        who: PersonRef,
        /// Whom.
        trusts: PersonRef,
        /// Evidence for, on the day.
        supporting: f64,
        /// Evidence against, on the day.
        against: f64,
    },
    /// Nothing is known between the two.
    #[non_exhaustive]
    NoTie {
        /// Who would be asked.
        who: PersonRef,
        /// Who would ask.
        trusts: PersonRef,
    },
    /// Neither is to be asked to approach the other.
    #[non_exhaustive]
    KeptApart {
        /// Who would be asked.
        who: PersonRef,
        /// Who would ask.
        trusts: PersonRef,
    },
    /// Somebody is no longer, or not yet, there.
    #[non_exhaustive]
    Gone {
        /// Who.
        person: PersonRef,
        /// Their last day, where they have left and it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left_on: Option<Day>,
    },
    /// Somebody is on the list of those to avoid.
    #[non_exhaustive]
    Avoided {
        /// Who.
        person: PersonRef,
    },
    /// Somebody is a rival's.
    #[non_exhaustive]
    Rival {
        /// Who.
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

/// A tie that would open a chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
    /// Who would have to trust.
    pub who: PersonRef,
    /// Whom.
    pub trusts: PersonRef,
    /// What they think of them today.
    pub today: Opinion,
    /// The belief from which there is a chain of the strength asked for, everything else as it is.
    pub needed: Share,
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, trusts, today, needed } = self;
        write!(f, "if {who} came to trust {trusts} at {needed:.2} (today {:.2})", today.belief)
    }
}

/// What comes nearest to a chain, where there is none.
pub(super) fn nearest(question: &Introductions<'_>) -> NoChain {
    let view = question.view;
    let quest = question.quest();
    let wider = Quest {
        floor: 0.0,
        max_ties: question.max_ties.saturating_add(2),
        regardless: true,
        avoid: &[],
        ..quest
    };
    let route = best(view, &wider).route;
    let nearest = route.as_ref().map(|route| {
        let chain = Chain::along(view, route);
        let mut misses: Vec<Miss> = Vec::new();
        if route.ties.len() > usize::from(question.max_ties) {
            misses.push(Miss::TooLong { ties: route.ties.len(), most: question.max_ties });
        }
        let strength = route.strength(question.ranking);
        if strength < quest.floor {
            misses.push(Miss::TooWeak { strength: Share::clamped(strength), floor: question.floor });
        }
        for hop in chain.hops.iter().rev() {
            misses.extend(hop.obstacles.iter().cloned());
        }
        let avoided = route.people.iter().filter(|person| question.avoid.binary_search(person).is_ok());
        misses.extend(avoided.map(|&person| Miss::Avoided { person: view.name(person) }));
        Nearest { chain, misses }
    });
    NoChain { nearest, opening: opening(question) }
}

/// The tie from the target to whoever could pass a request on best: a colleague of theirs who trusts one of ours, or
/// else one of ours directly: the requester, or the owner of the account.
///
/// Only a first step is looked for, since everything beyond it would be a chain of hopes. It must be somebody whom the
/// target does not distrust: that would take more than one good meeting to mend.
fn opening(question: &Introductions<'_>) -> Option<Opening> {
    /// The most belief that anybody is asked to come to.
    const MOST: f64 = 0.99;
    let view = question.view;
    let network = view.network();
    let quest = question.quest();
    let colleagues = network.customer_of(question.target).map_or(IxRange::EMPTY, |at| network.block(at));
    let passable = |person: PersonIx| {
        person != question.target
            && view.is_present(person)
            && question.avoid.binary_search(&person).is_err()
            && !view.opinion_between(question.target, person).is_distrust()
            && !network.ties().are_apart(question.target, person, view.day())
    };
    let through = (question.max_ties >= 2)
        .then(|| {
            let trusted = colleagues.filter(|&person| passable(person)).filter_map(|person| {
                // By what is proven in any case: what is needed is a belief, and nothing can be hung on a hope.
                let shorter = Quest { target: person, max_ties: 1, ranking: Ranking::Proven, ..quest };
                let route = best(view, &shorter).route?;
                let (proven, _) = measure(view, &route.ties);
                // What would take certainty is no way: no evidence makes certain.
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

/// Of ours, whom the target could come to trust directly: those at whom a chain may end, or else the owner.
fn ours(question: &Introductions<'_>) -> Vec<PersonIx> {
    let network = question.view.network();
    let owner = network.customer_of(question.target).and_then(|customer| network.owner_of(customer));
    match &question.from {
        From::Among(people) => people.clone(),
        From::Ours => owner.into_iter().collect(),
    }
}

/// The strongest; of equals the first.
fn strongest(found: impl Iterator<Item = (PersonIx, f64)>) -> Option<(PersonIx, f64)> {
    found.fold(None, |best, found| match best {
        Some((_, strength)) if found.1 <= strength => best,
        _ => Some(found),
    })
}
