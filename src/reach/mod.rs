//! Who do we reach at a customer, with what certainty, and through which colleague?
//!
//! Reach of a person is the chance that at least one of our staff is trusted: 1 − Π(1 − b) over our staff. Coverage of
//! a customer is Σ power·reach, and what is missing of a person is power·(1 − reach). Both come with the interval from
//! what is proven to the most that could be claimed (b + u in place of b).
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let reach = view.customer("northgate")?.reach();
//! let wes = reach.people.iter().find(|it| it.person.id == "wes").ok_or("no such person")?;
//! assert_eq!(wes.state.to_string(), "reached");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod coverage_table;
mod signs;
mod stance;
mod told;
mod unresponsive;

pub(crate) use coverage_table::{Colleague, CoverageTable, StaffOpinion, rival_of};
pub use signs::Sign;
pub(crate) use signs::last_sign;
pub(crate) use told::told_of_rival;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::network::MemberIx;
use crate::share::Share;
use crate::text::Text;
use crate::trust::Opinion;
use crate::view::{CustomerView, PersonRef};

/// Who we reach at a customer on a day.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let reach = view.customer("northgate")?.reach();
/// let wes = reach.people.iter().find(|it| it.person.id == "wes").ok_or("no such person")?;
/// assert_eq!(wes.state.to_string(), "reached");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// Our staff that a person there has an opinion of, the hardest to lose first.
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
#[allow(clippy::struct_excessive_bools, reason = "flags beside the state, each on its own")]
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
    /// Reached, in touch, warm or cold.
    pub state: State,
    /// They distrust one of our staff for an act or rating of their own (at least two declines, a conflict, rated or
    /// counted against), or distrust one and are an opponent on record; they have no live tie to our staff, and are not on
    /// record as neutral, supporter or champion. They may be warm all the same.
    pub hostile: bool,
    /// They distrust one of our staff for what we did: a broken promise or a concern left open is part of it, and their own
    /// acts and ratings alone would not make it distrust.
    pub let_down: bool,
    /// They do not answer: neither reached nor in touch, and at least three of our attempts within 180 days and since their
    /// last sign stayed without an answer. That is no distrust.
    #[serde(default)]
    pub unresponsive: bool,
    /// Colleagues they distrust, by id.
    pub distrusts: Vec<PersonRef>,
    /// The colleagues they trust or distrust, most trusted first.
    pub ties: Vec<StaffTie>,
    /// Proven strength of the best path to us, where they are not reached and there is one of level warm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_path: Option<Share>,
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
pub struct StaffTie {
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
    /// Their reach is at the reached level.
    Reached,
    /// Their reach is at the live level: we are in touch, and not more.
    InTouch,
    /// Neither, but some path of trust has a proven strength at the warm level.
    Warm,
    /// None of these.
    Cold,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reached => "reached",
            Self::InTouch => "in touch",
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
    Staff {
        /// The colleague.
        person: PersonRef,
    },
    /// A competitor's person.
    #[non_exhaustive]
    Rival {
        /// The competitor's person.
        person: PersonRef,
    },
    /// One of several colleagues: they trust none at the live level, and are in touch with us through all together.
    Unclear,
    /// No one: they trust none of our staff and no competitor's person at the live level.
    NoOne,
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
    pub no_longer_reached: Vec<PersonRef>,
}

impl CustomerView<'_> {
    /// Who we reach here on the day, with what certainty, and through which colleague.
    ///
    /// Costs as much as [`power`](Self::power), and a short search for each person who is not reached.
    pub fn reach(&self) -> Reach {
        self.reach_on(&CoverageTable::of(self))
    }

    pub(crate) fn reach_on(&self, coverage_table: &CoverageTable) -> Reach {
        let view = self.view();
        let power_table = coverage_table.power_table();
        let mut people: Vec<PersonReach> = power_table
            .members()
            .map(|member| {
                let person = power_table.person(member);
                let stance = coverage_table.stance(member, view);
                PersonReach {
                    person: view.name(person),
                    power: power_table.power(member),
                    key_player: power_table.is_key(member),
                    reach: coverage_table.reach(member),
                    at_most: coverage_table.at_most(member),
                    state: coverage_table.state(member, view),
                    hostile: stance.hostile,
                    let_down: stance.let_down,
                    unresponsive: coverage_table.is_unresponsive(member, view),
                    distrusts: coverage_table
                        .distrusted(member)
                        .map(|colleague| view.name(colleague))
                        .collect(),
                    ties: self.staff_ties(coverage_table, member),
                    best_path: coverage_table
                        .path(member, view)
                        .map(|path| Share::clamped(path.proven))
                        .filter(|&proven| proven >= view.settings().levels.warm),
                    first_call: coverage_table.first_call(member, rival_of(person, view), view),
                    aware_of_us: view.network().person_at(person).aware_of_us(),
                }
            })
            .collect();
        people.sort_by(|a, b| b.gap().cmp(&a.gap()).then_with(|| a.person.id.cmp(&b.person.id)));
        let theirs: Vec<&Colleague> = coverage_table.colleagues().iter().collect();
        let without = coverage_table.without(&theirs);
        let parts = theirs.iter().zip(without).map(|(colleague, without)| ColleaguePart {
            colleague: view.name(colleague.person),
            live_ties: colleague.live_ties,
            coverage_without: without.coverage,
            lost: Share::clamped(coverage_table.coverage().proven.get() - without.coverage.get()),
            no_longer_reached: without.no_longer_reached.iter().map(|&person| view.name(person)).collect(),
        });
        let mut colleagues: Vec<ColleaguePart> = parts.collect();
        colleagues.sort_by(|a, b| b.lost.cmp(&a.lost).then_with(|| a.colleague.id.cmp(&b.colleague.id)));
        Reach {
            customer: self.id().into(),
            day: view.day(),
            coverage: coverage_table.coverage(),
            people,
            colleagues,
            account_team: coverage_table.account_team().iter().map(|&person| view.name(person)).collect(),
        }
    }

    fn staff_ties(&self, coverage_table: &CoverageTable, member: MemberIx) -> Vec<StaffTie> {
        let view = self.view();
        let mut ties: Vec<StaffTie> = coverage_table
            .staff_ties(member)
            .iter()
            .map(|tie| StaffTie {
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
