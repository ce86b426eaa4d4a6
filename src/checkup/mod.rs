//! How good is our relationship with one customer on one day?
//!
//! The main call: [`CustomerView::checkup`] answers the five questions from data, computes how much of the
//! customer's power we reach, ranks the gaps, and for the most serious of them gives the best introduction.
//! Everything is plain data that can be written as JSON and read back; [`Checkup::text`] formats it for a reader.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let checkup = view.customer("northgate")?.checkup();
//! assert!(checkup.open_gaps().count() > 0);
//! println!("{}", checkup.text());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod brief;
mod ledger;
mod questions;
mod text;
mod wording;

pub use brief::{Alert, AlertKind, Brief, Call, CheckIn, ThankYou, Update, UpdateKind, Why};
pub use ledger::{Ledger, LedgerEntry, LedgerState};
pub use questions::{Answered, Fact, Question};
pub use text::Page;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::{self, Detector, Gap, Missing, Situation};
use crate::introduction::Answer;
use crate::network::PersonIx;
use crate::reach::{Coverage, PersonReach};
use crate::text::Text;
use crate::trust::Opinion;
use crate::view::{CustomerView, PersonRef, View};

/// The version of the checkup format.
pub const CHECKUP_VERSION: u32 = 1;

/// The state of the relationship with one customer on one day.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let checkup = view.customer("northgate")?.checkup();
/// assert!(checkup.open_gaps().count() > 0);
/// println!("{}", checkup.text());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Checkup {
    /// The format version.
    pub version: u32,
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// The account owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonRef>,
    /// The day.
    pub day: Day,
    /// How much of their power we reach, and with what certainty.
    pub coverage: Coverage,
    /// Set when ties within our account team are weak: every path through them is weaker than it looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Provisional>,
    /// The five questions, answered from data.
    pub questions: Vec<Answered>,
    /// Everyone who works there on the day, most missed first.
    pub people: Vec<PersonReach>,
    /// Every gap, most serious first, snoozed ones included.
    pub gaps: Vec<Gap>,
    /// Every concern they raised, and its outcome.
    #[serde(default, skip_serializing_if = "Ledger::is_empty")]
    pub concerns: Ledger,
    /// For the people of the most serious gaps: how to reach them, in the order of the gaps.
    pub introductions: Vec<Answer>,
}

/// Ties within our own staff that are too weak to rely on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Provisional {
    /// The ties, by truster and trusted person.
    pub weak_ties: Vec<WeakTie>,
}

/// A member of the account team who, as far as is known, does not trust its owner at the live level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WeakTie {
    /// The team member.
    pub who: PersonRef,
    /// The owner.
    pub trusts: PersonRef,
    /// The opinion on record.
    pub opinion: Opinion,
}

impl CustomerView<'_> {
    /// The state of the relationship with this customer on the day.
    ///
    /// Costs as much as [`power`](Self::power) and [`reach`](Self::reach), a few short searches per key player,
    /// and time proportional to the customer's interactions.
    pub fn checkup(&self) -> Checkup {
        self.checkup_with(&[])
    }

    /// Like [`checkup`](Self::checkup), with the caller's own detectors beside the built-in ones.
    pub fn checkup_with(&self, own: &[Detector]) -> Checkup {
        let view = self.view();
        let situation = Situation::of(*self);
        let gaps = gap::gaps(&situation, own);
        let reach = situation.reach();
        Checkup {
            version: CHECKUP_VERSION,
            customer: self.id().into(),
            customer_name: self.name().into(),
            owner: self.owner().map(|owner| view.name(owner)),
            day: view.day(),
            coverage: reach.coverage,
            provisional: self.provisional(&situation),
            questions: questions::answers(&situation),
            people: reach.people,
            concerns: self.concerns(),
            introductions: introductions(&situation, &gaps),
            gaps,
        }
    }

    fn provisional(&self, situation: &Situation<'_>) -> Option<Provisional> {
        let name = |person| self.view().name(person);
        let weak = gap::weak_ties(situation).into_iter();
        let weak_ties: Vec<WeakTie> = weak
            .map(|(one, owner, opinion)| WeakTie { who: name(one), trusts: name(owner), opinion })
            .collect();
        (!weak_ties.is_empty()).then_some(Provisional { weak_ties })
    }
}

impl View<'_> {
    /// The checkup of every customer, in the order of [`customers`](Self::customers), each as returned by
    /// [`CustomerView::checkup`].
    ///
    /// All are held in memory at once, about two kilobytes per person; a caller with millions of people may prefer
    /// to go from customer to customer.
    pub fn checkups(&self) -> Vec<Checkup> {
        self.checkups_with(&[])
    }

    /// Like [`checkups`](Self::checkups), with the caller's own detectors beside the built-in ones.
    pub fn checkups_with(&self, own: &[Detector]) -> Vec<Checkup> {
        self.customers().map(|customer| customer.checkup_with(own)).collect()
    }
}

impl Checkup {
    /// The gaps that are not snoozed, most serious first.
    pub fn open_gaps(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(|gap| gap.snoozed.is_none())
    }

    /// The key players, most missed first.
    pub fn key_players(&self) -> impl Iterator<Item = &PersonReach> {
        self.people.iter().filter(|person| person.key_player)
    }

    /// The data that the questions lacked.
    pub fn missing(&self) -> impl Iterator<Item = &Missing> {
        self.questions.iter().flat_map(|answered| &answered.missing)
    }
}

/// How to reach the people of the most serious gaps who are there and not reached: one answer each.
fn introductions(situation: &Situation<'_>, gaps: &[Gap]) -> Vec<Answer> {
    /// The best path, and an alternative in case it fails.
    const WAYS: usize = 2;
    let view = situation.view();
    let wanted = view.settings().checkup.introductions_for as usize;
    let mut people: Vec<PersonIx> = Vec::new();
    for gap in gaps.iter().filter(|gap| gap.snoozed.is_none()) {
        let person = gap.person().and_then(|id| view.network().person_ix(id));
        let Some(person) = person.filter(|person| !people.contains(person)) else { continue };
        let member = situation.power_table().place(person);
        if people.len() < wanted
            && member.is_some_and(|member| !situation.coverage_table().is_reached(member))
        {
            people.push(person);
        }
    }
    people.into_iter().map(|person| view.introductions_to(person).answer(WAYS)).collect()
}
