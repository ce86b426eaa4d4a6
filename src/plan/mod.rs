//! Who asks whom first, where there is not time for all?
//!
//! Every gap in power could be closed by an introduction, but nobody can be asked for everything: who introduces us has
//! so many favours to give ([`PlanSettings::asks`]), our own people have so many hours, and part of these is kept for
//! new customers. A [`Plan`] chooses, over all customers at once, which introductions to ask for,
//! so that the power-weighted reach to be expected is greatest.
//!
//! - **What an introduction gains**: customer's weight × power × (1 − reach) × ΠP of the chain. That is how much reach,
//!   the chance that at least one of ours is trusted, grows if the chain works, times how likely it works.
//! - **Rules**: a person is introduced to us at most once, however many gaps are about them. Everybody between us and them
//!   gives one ask; the one of ours who begins gives the hours of one. Gains add up: that an introduction which works
//!   would make the next one easier is left for the next plan.
//! - **Which chains**: for each person the best chain through each last introducer, by what is proven, within the bounds
//!   of [introductions](crate::IntroductionSettings). Best is meant among these.
//! - **How good it is**: where everybody who is asked turns to one and the same next person, as is always so with at most
//!   one between, the plan is the best there is (min-cost flow); unless the hours that are kept for new customers are
//!   scarce for somebody who is asked for old ones and new. Where longer chains cross, it is the best as far as
//!   branch and bound comes to its end, and else [`Plan::at_most`] says how much the best could gain (Lagrangian bound).
//!   As long as a plan is [best](Plan::is_best), more capacity never lowers its gain.
//!
//! Beside the plan: which [ties are worth building](View::ties_worth_building) next, [whom to meet
//! first](View::whom_to_meet_first), and what to [find out](View::verify_next), because it could change all this.

mod cover;
mod meet;
mod next_text;
mod packing;
mod targets;
mod text;
mod verify;
mod worth;

pub use meet::{Meet, MeetFirst};
pub use verify::{Unknown, Verify};
pub use worth::TieWorth;

pub use crate::settings::PlanSettings;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::gap::{Gap, Situation, gaps_of_kinds};
use crate::share::{Share, Weight};
use crate::text::Text;
use crate::view::{PersonRef, Threads, View};

use targets::{Target, lay_out};

/// The kinds of gaps that a plan is made for, unless it is given others.
const KINDS: &[&str] = &["unreached_power", "power_newcomer"];

/// Which introductions to ask for, and why not for others.
///
/// Displays as a page of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The day.
    pub day: Day,
    /// The introductions to ask for, the greatest gain first.
    pub asks: Vec<Ask>,
    /// Who is left out, and why; the greatest stake first.
    pub left_out: Vec<LeftOut>,
    /// The sum of what the asks gain: 1 is all of the decision at one customer of full weight.
    pub gain: Weight,
    /// No plan among the chains that were looked at gains more than this. The same as `gain` where the plan is best.
    pub at_most: Weight,
}

impl Plan {
    /// Whether no plan gains more.
    pub fn is_best(&self) -> bool {
        self.gain >= self.at_most
    }

    /// By which part of the best the plan may fall short of it, at most.
    pub fn short_of_best(&self) -> Share {
        if self.is_best() { Share::ZERO } else { Share::clamped(1.0 - self.gain.get() / self.at_most.get()) }
    }
}

/// An introduction to ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ask {
    /// Who is to be reached.
    pub target: PersonRef,
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// Nobody at the customer trusts any of ours at level live yet, and none of their orders is on record.
    pub is_new: bool,
    /// Everybody in the chain in the order of asking: one of ours first, the target last.
    pub asking: Vec<PersonRef>,
    /// Πb over the chain.
    pub proven: Share,
    /// ΠP over the chain: how likely it works.
    pub expected: Share,
    /// The target's share of power.
    pub power: Share,
    /// How far the target is reached now.
    pub reach: Share,
    /// What it gains: customer's weight × power × (1 − reach) × expected.
    pub gain: Share,
    /// The kinds of gaps that it would help to close.
    pub gaps: Vec<Text>,
}

/// Somebody to whom no introduction is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// Who.
    pub target: PersonRef,
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// Their share of power.
    pub power: Share,
    /// What a certain introduction would gain: customer's weight × power × (1 − reach).
    pub stake: Share,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why no introduction to somebody is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum WhyLeftOut {
    /// Nobody can introduce us.
    #[non_exhaustive]
    NoChain {
        /// The search looked at as many ties as it may and gave up: there may be a chain.
        gave_up: bool,
    },
    /// The best introduction gains less than [`PlanSettings::worth`].
    #[non_exhaustive]
    BelowWorth {
        /// The chain in the order of asking.
        asking: Vec<PersonRef>,
        /// What it would gain.
        gain: Share,
    },
    /// In every chain somebody is asked as much as they can be, for what gains more in all.
    #[non_exhaustive]
    Capacity {
        /// The best chain in the order of asking.
        asking: Vec<PersonRef>,
        /// What it would gain.
        gain: Share,
        /// Who, and of what there is no more, over all chains.
        full: Vec<Full>,
    },
}

/// Somebody who is asked as much as they can be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Full {
    /// Who.
    pub person: PersonRef,
    /// What there is no more of.
    pub of: Scarce,
}

/// What there may be too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Scarce {
    /// Introductions that they may be asked for.
    Asks,
    /// Hours that are not kept for new customers.
    HoursForOld,
    /// Hours.
    Hours,
}

impl View<'_> {
    /// Which introductions to ask for, over all customers, for key players and powerful newcomers whom nobody of ours
    /// reaches. What the caller decided to let rest, or switched off, is not planned for.
    ///
    /// Costs the two detectors at every customer and, for each person found, one short search for each of their ties;
    /// then a min-cost flow for each group of people who compete for the same asks.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let plan = view.plan(&view.settings().plan);
    /// assert_eq!(plan.asks[0].target.id, "dan");
    /// assert!(plan.is_best());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, settings: &PlanSettings) -> Plan {
        self.plan_on(Threads::One, settings)
    }

    pub(crate) fn plan_on(&self, threads: Threads, settings: &PlanSettings) -> Plan {
        let found = self.of_each_customer(threads, |customer| {
            let situation = Situation::of(customer);
            let gaps = gaps_of_kinds(&situation, KINDS);
            targets::of(&situation, &gaps)
        });
        self.plan_of(&found.into_iter().flatten().collect::<Vec<_>>(), settings)
    }

    /// As [`plan`](Self::plan), for some gaps only: those about somebody whose trust is to be earned. Gaps that ask for
    /// something else, and those that the caller decided to let rest, count for nothing.
    ///
    /// # Errors
    /// [`Error::UnknownCustomer`] when a gap is of another network.
    pub fn plan_for<'a>(
        &self,
        gaps: impl IntoIterator<Item = &'a Gap>,
        settings: &PlanSettings,
    ) -> Result<Plan, Error> {
        let mut by_customer: BTreeMap<&str, Vec<Gap>> = BTreeMap::new();
        for gap in gaps {
            by_customer.entry(gap.customer.as_str()).or_default().push(gap.clone());
        }
        let mut targets = Vec::new();
        for (customer, gaps) in by_customer {
            targets.extend(targets::of(&Situation::of(self.customer(customer)?), &gaps));
        }
        Ok(self.plan_of(&targets, settings))
    }

    fn plan_of(&self, targets: &[Target], settings: &PlanSettings) -> Plan {
        let (packing, stocks) = lay_out(self, targets, settings);
        let packed = packing.pack(settings.budget.get());
        let taken = packing.taken(&packed.chosen);
        let is_full = |stock: usize| packing.stocks.get(stock) <= taken.get(stock);
        let mut plan = Plan {
            day: self.day(),
            asks: Vec::new(),
            left_out: Vec::new(),
            gain: targets::weight(packed.value),
            at_most: targets::weight(packed.at_most),
        };
        for ((target, ways), chosen) in targets.iter().zip(&packing.ways).zip(&packed.chosen) {
            if let Some(route) = chosen.and_then(|way| target.routes.get(way)) {
                plan.asks.push(target.ask(self, route));
                continue;
            }
            let why = match target.best() {
                None => WhyLeftOut::NoChain { gave_up: target.gave_up },
                Some(best) if target.gain(best) < settings.worth => {
                    WhyLeftOut::BelowWorth { asking: Target::asking(self, best), gain: target.gain(best) }
                }
                Some(best) => {
                    let wanted = ways.iter().filter(|way| way.value > 0).flat_map(|way| &way.takes);
                    let full = wanted.filter(|&&stock| is_full(stock)).filter_map(|&at| stocks.get(at));
                    let mut full: Vec<Full> =
                        full.map(|&(person, of)| Full { person: self.name(person), of }).collect();
                    full.sort_unstable();
                    full.dedup();
                    WhyLeftOut::Capacity { asking: Target::asking(self, best), gain: target.gain(best), full }
                }
            };
            plan.left_out.push(target.left_out(self, why));
        }
        plan.asks.sort_by(|a, b| b.gain.cmp(&a.gain).then_with(|| a.target.id.cmp(&b.target.id)));
        plan.left_out.sort_by(|a, b| b.stake.cmp(&a.stake).then_with(|| a.target.id.cmp(&b.target.id)));
        plan
    }
}
