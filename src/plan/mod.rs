//! Which introductions come first, when there is not time for everything?
//!
//! Every gap in power could be closed by an introduction, but requests are limited: each introducer can do a
//! limited number of favours ([`PlanSettings::asks`]), and our staff have limited hours, part of which is reserved
//! for new customers. A [`Plan`] chooses, over all customers at once, which introductions to ask for, so that the
//! expected power-weighted reach is greatest.
//!
//! - **Gain of an introduction**: customer's weight × power × (1 − reach) × ΠP of the path. That is the increase
//!   in reach (the chance that at least one of our staff is trusted) if the path works, times the chance that it
//!   works.
//! - **Rules**: a person is introduced to us at most once, however many gaps are about them. Everyone between us
//!   and them gives one ask; the colleague who begins gives the hours of one. Gains add up: that a successful
//!   introduction would make the next one easier is left for the next plan.
//! - **Which paths**: for each person the best path through each last introducer, by proven strength, within the
//!   bounds of [introductions](crate::IntroductionSettings). The optimum is over these.
//! - **Optimality**: where everyone who is asked always turns to one and the same next person, as is the case with
//!   at most one introducer in between, the plan is optimal (min-cost flow); unless the hours reserved for new
//!   customers are scarce for a person who is asked for both old and new ones. Where longer paths cross, it is
//!   optimal if branch and bound completes; otherwise [`Plan::at_most`] gives how much the optimum could gain
//!   (Lagrangian bound). As long as a plan is [best](Plan::is_best), more capacity never lowers its gain.
//!
//! Beside the plan: which [ties are worth building](View::suggested_ties) next, [who to meet
//! first](View::best_first_meetings), and what to [find out](View::verify_next) because it could change all this.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let plan = view.plan();
//! assert!(plan.is_best());
//! println!("{plan}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
pub use worth::SuggestedTie;

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

/// The kinds of gap planned for by default.
const KINDS: &[&str] = &["unreached_power", "power_newcomer"];

/// Which introductions to ask for, and why others are left out.
///
/// Displays as a page of text.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let plan = view.plan();
/// assert!(plan.is_best());
/// println!("{plan}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The day.
    pub day: Day,
    /// The introductions to ask for, the greatest gain first.
    pub asks: Vec<Ask>,
    /// The people left out, and why; the greatest stake first.
    pub left_out: Vec<LeftOut>,
    /// The sum of what the asks gain: 1 is all of the decision at one customer of full weight.
    pub gain: Weight,
    /// An upper bound over all plans that use the examined paths. Equal to `gain` where the plan is optimal.
    pub at_most: Weight,
}

impl Plan {
    /// Whether the plan is optimal.
    pub fn is_best(&self) -> bool {
        self.gain >= self.at_most
    }

    /// The largest possible shortfall of the plan, as a share of the optimum.
    pub fn short_of_best(&self) -> Share {
        if self.is_best() { Share::ZERO } else { Share::clamped(1.0 - self.gain.get() / self.at_most.get()) }
    }
}

/// An introduction to ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ask {
    /// The person to be reached.
    pub target: PersonRef,
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// Whether no one at the customer trusts any of our staff at the live level yet, and none of their orders is
    /// on record.
    pub is_new: bool,
    /// Everyone on the path in the order of asking: a colleague first, the target last.
    pub asking: Vec<PersonRef>,
    /// Πb over the path.
    pub proven: Share,
    /// ΠP over the path: the chance that it works.
    pub projected: Share,
    /// The target's share of power.
    pub power: Share,
    /// How far the target is reached now.
    pub reach: Share,
    /// Its gain: customer's weight × power × (1 − reach) × expected.
    pub gain: Share,
    /// The kinds of gap that it would help to close.
    pub gaps: Vec<Text>,
}

/// A person without a requested introduction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The person.
    pub target: PersonRef,
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// Their share of power.
    pub power: Share,
    /// What a certain introduction would gain: customer's weight × power × (1 − reach).
    pub stake: Share,
    /// The reason.
    pub why: WhyLeftOut,
}

/// Why no introduction to a person is requested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum WhyLeftOut {
    /// No one can introduce us.
    #[non_exhaustive]
    NoPath {
        /// Whether the search reached its limit of ties and gave up: there may be a path.
        gave_up: bool,
    },
    /// The best introduction gains less than [`PlanSettings::worth`].
    #[non_exhaustive]
    BelowWorth {
        /// The path in the order of asking.
        asking: Vec<PersonRef>,
        /// What it would gain.
        gain: Share,
    },
    /// On every path a person is at capacity, used for what gains more in total.
    #[non_exhaustive]
    Capacity {
        /// The best path in the order of asking.
        asking: Vec<PersonRef>,
        /// What it would gain.
        gain: Share,
        /// The people at capacity and what they lack, over all paths.
        full: Vec<Full>,
    },
}

/// A person who is at capacity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Full {
    /// The person.
    pub person: PersonRef,
    /// What is used up.
    pub of: Scarce,
}

/// What may be scarce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Scarce {
    /// Introductions they may be asked for.
    Asks,
    /// Hours not reserved for new customers.
    HoursForOld,
    /// Hours.
    Hours,
}

impl View<'_> {
    /// Which introductions to ask for within the [limits of the settings](crate::PlanSettings), over all customers, for key players and powerful newcomers not reached by
    /// any of our staff. Gaps that the caller snoozed or switched off are not planned for.
    ///
    /// Costs the two detectors at every customer and, for each person found, one short search for each of their
    /// ties; then a min-cost flow for each group of people who compete for the same asks.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let plan = view.plan();
    /// assert_eq!(plan.asks[0].target.id, "dan");
    /// assert!(plan.is_best());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self) -> Plan {
        self.plan_on(Threads::One)
    }

    pub(crate) fn plan_on(&self, threads: Threads) -> Plan {
        let found = self.of_each_customer(threads, |customer| {
            let situation = Situation::of(customer);
            let gaps = gaps_of_kinds(&situation, KINDS);
            targets::of(&situation, &gaps)
        });
        self.plan_of(&found.into_iter().flatten().collect::<Vec<_>>())
    }

    /// Like [`plan`](Self::plan), for some gaps only: those about a person whose trust is to be earned. Gaps that
    /// need something else, and snoozed ones, are ignored.
    ///
    /// # Errors
    /// [`Error::UnknownCustomer`] when a gap belongs to another network.
    pub fn plan_for<'a>(&self, gaps: impl IntoIterator<Item = &'a Gap>) -> Result<Plan, Error> {
        let mut by_customer: BTreeMap<&str, Vec<Gap>> = BTreeMap::new();
        for gap in gaps {
            by_customer.entry(gap.customer.as_str()).or_default().push(gap.clone());
        }
        let mut targets = Vec::new();
        for (customer, gaps) in by_customer {
            targets.extend(targets::of(&Situation::of(self.customer(customer)?), &gaps));
        }
        Ok(self.plan_of(&targets))
    }

    fn plan_of(&self, targets: &[Target]) -> Plan {
        let settings = &self.settings().plan;
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
        for ((target, ways), chosen) in targets.iter().zip(&packing.choices).zip(&packed.chosen) {
            if let Some(path) = chosen.and_then(|way| target.paths.get(way)) {
                plan.asks.push(target.ask(self, path));
                continue;
            }
            let why = match target.best() {
                None => WhyLeftOut::NoPath { gave_up: target.gave_up },
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
