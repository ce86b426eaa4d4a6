//! Who do we reach at a customer, with what certainty, and through which colleague?
//!
//! Reach of a person is the chance that at least one of our staff is trusted: 1 − Π(1 − b) over our staff. Coverage of
//! a customer is Σ power·reach, and what is missing of a person is power·(1 − reach). Both come with the interval from
//! what is proven to the most that could be claimed (b + u in place of b).

mod footing;
mod stance;

pub(crate) use footing::{Colleague, Footing, ToUs, rival_of};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::network::MemberIx;
use crate::share::Share;
use crate::text::Text;
use crate::trust::Opinion;
use crate::view::{CustomerView, PersonRef};

/// Who we reach at a customer on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reach {
    /// The customer's id.
    pub customer: Text,
    /// The day.
    pub day: Day,
    /// How much of the customer's power we reach.
    pub coverage: Coverage,
    /// Everyone who works there on the day, most missed first (power·(1 − reach)), then by id.
    pub people: Vec<PersonReach>,
    /// Our staff of whom a person there has an opinion, the hardest to lose first.
    pub colleagues: Vec<ColleaguePart>,
    /// The account team: the account owner, and every colleague trusted at the live level by a person there; by
    /// id.
    pub account_team: Vec<PersonRef>,
}

/// Σ power·reach, with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// What is proven.
    pub proven: Share,
    /// The most that could be claimed.
    pub at_most: Share,
}

/// How far one person is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonReach {
    /// The person.
    pub person: PersonRef,
    /// Their share of power.
    pub power: Share,
    /// Whether they are a key player.
    pub key_player: bool,
    /// 1 − Π(1 − b) over our staff.
    pub reach: Share,
    /// 1 − Π(1 − b − u) over those of our staff of whom they have an opinion.
    pub at_most: Share,
    /// Reached, warm or cold.
    pub state: State,
    /// They distrust one of our staff for an act or rating of their own (at least two declines, a conflict, rated or
    /// counted against), or distrust one and are an opponent on record; they have no live tie to our staff, and are not on
    /// record as neutral, supporter or champion. They may be warm all the same.
    pub hostile: bool,
    /// They distrust one of our staff for what we did: a broken promise or a concern left open is part of it, and their own
    /// acts and ratings alone would not make it distrust.
    pub let_down: bool,
    /// Colleagues they distrust, by id.
    pub distrusts: Vec<PersonRef>,
    /// The colleagues they trust or distrust, most trusted first.
    pub ties: Vec<TieToUs>,
    /// Proven strength of the best path to us, where they are not reached and there is one of level warm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_chain: Option<Share>,
    /// Who they would call first.
    pub first_call: FirstCall,
    /// Whether they know that we are their provider; none when not on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware_of_us: Option<bool>,
}

impl PersonReach {
    /// What is missing: power·(1 − reach).
    pub fn gap(&self) -> Share {
        Share::clamped(self.power.get() * (1.0 - self.reach.get()))
    }
}

/// A tie to a colleague.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TieToUs {
    /// The colleague.
    pub colleague: PersonRef,
    /// Their opinion of the colleague.
    pub opinion: Opinion,
    /// The strongest basis of that opinion.
    pub basis: crate::Basis,
}

/// Whether someone is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// They trust a colleague at the reached level.
    Reached,
    /// They do not, but some path of trust has a proven strength at the warm level.
    Warm,
    /// Neither.
    Cold,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reached => "reached",
            Self::Warm => "warm",
            Self::Cold => "cold",
        })
    }
}

/// Who a person would call first when a competitor calls: the one they trust most, at the live level at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "who")]
pub enum FirstCall {
    /// A colleague.
    #[non_exhaustive]
    Ours {
        /// The colleague.
        person: PersonRef,
    },
    /// A competitor's person.
    #[non_exhaustive]
    Rival {
        /// The competitor's person.
        person: PersonRef,
    },
    /// No one: they trust none of our staff and no competitor's person at the live level.
    Nobody,
}

/// A colleague's contribution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColleaguePart {
    /// The colleague.
    pub colleague: PersonRef,
    /// How many people there trust them at level live.
    pub live_ties: usize,
    /// Coverage without them.
    pub coverage_without: Share,
    /// What would be lost of coverage without them.
    pub lost: Share,
    /// Key players who would no longer be reached by anyone without them.
    pub stranded: Vec<PersonRef>,
}

impl CustomerView<'_> {
    /// Who we reach here on the day, with what certainty, and through which colleague.
    ///
    /// Costs as much as [`power`](Self::power), and a short search for each person who is not reached.
    pub fn reach(&self) -> Reach {
        self.reach_on(&Footing::of(self))
    }

    pub(crate) fn reach_on(&self, footing: &Footing) -> Reach {
        let view = self.view();
        let standing = footing.standing();
        let mut people: Vec<PersonReach> = standing
            .members()
            .map(|member| {
                let person = standing.person(member);
                let stance = footing.stance(member, view);
                PersonReach {
                    person: view.name(person),
                    power: standing.power(member),
                    key_player: standing.is_key(member),
                    reach: footing.reach(member),
                    at_most: footing.at_most(member),
                    state: footing.state(member, view),
                    hostile: stance.hostile,
                    let_down: stance.let_down,
                    distrusts: footing.distrusted(member).map(|colleague| view.name(colleague)).collect(),
                    ties: self.ties_to_us(footing, member),
                    best_chain: footing
                        .route(member, view)
                        .map(|route| Share::clamped(route.proven))
                        .filter(|&proven| proven >= view.settings().levels.warm),
                    first_call: footing.first_call(member, rival_of(person, view), view),
                    aware_of_us: view.network().person_at(person).aware_of_us(),
                }
            })
            .collect();
        people.sort_by(|a, b| b.gap().cmp(&a.gap()).then_with(|| a.person.id.cmp(&b.person.id)));
        let theirs: Vec<&Colleague> = footing.colleagues().iter().collect();
        let without = footing.without(&theirs);
        let parts = theirs.iter().zip(without).map(|(colleague, without)| ColleaguePart {
            colleague: view.name(colleague.person),
            live_ties: colleague.live_ties,
            coverage_without: without.coverage,
            lost: Share::clamped(footing.coverage().proven.get() - without.coverage.get()),
            stranded: without.stranded.iter().map(|&person| view.name(person)).collect(),
        });
        let mut colleagues: Vec<ColleaguePart> = parts.collect();
        colleagues.sort_by(|a, b| b.lost.cmp(&a.lost).then_with(|| a.colleague.id.cmp(&b.colleague.id)));
        Reach {
            customer: self.id().into(),
            day: view.day(),
            coverage: footing.coverage(),
            people,
            colleagues,
            account_team: footing.account_team().iter().map(|&person| view.name(person)).collect(),
        }
    }

    fn ties_to_us(&self, footing: &Footing, member: MemberIx) -> Vec<TieToUs> {
        let view = self.view();
        let mut ties: Vec<TieToUs> = footing
            .to_us(member)
            .iter()
            .map(|tie| TieToUs {
                colleague: view.name(tie.colleague),
                opinion: tie.opinion,
                basis: view.basis(tie.tie),
            })
            .collect();
        ties.sort_by(|a, b| {
            b.opinion.belief.cmp(&a.opinion.belief).then_with(|| a.colleague.id.cmp(&b.colleague.id))
        });
        ties
    }
}
