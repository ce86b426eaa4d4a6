//! The daily brief: is anything new, is anything wrong, and who should be called today?
//!
//! [`View::brief`] compares two days, or two networks, over all customers or those of one colleague, and turns
//! what it finds into calls: caller, person called and reason, within a budget of minutes, part of which is reserved for new
//! customers. What is left of the budget goes to people with no open problem who have gone longest without
//! contact; and people who did something for us are to be thanked.

mod calls;
mod updates;
mod text;
mod wrong;

pub use calls::{Call, CheckIn, ThankYou, Why};
pub use updates::{Update, UpdateKind};
pub use wrong::{Alert, AlertKind};

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::gap::{self, Situation};
use crate::network::PersonIx;
use crate::view::{CustomerView, PersonRef, Threads, View};

/// What a person needs to know at the start of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Brief {
    /// The day.
    pub day: Day,
    /// The day of comparison: what happened on that day is no longer news.
    pub since: Day,
    /// The colleague it is for; for everyone when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<PersonRef>,
    /// How many customers were examined.
    pub customers: usize,
    /// What is new, ordered by customers' weight, then by time.
    pub new: Vec<Update>,
    /// What is wrong, the most serious first.
    pub wrong: Vec<Alert>,
    /// Calls for today with their reasons, within the budget; the most valuable first.
    pub calls: Vec<Call>,
    /// How many further worthwhile calls do not fit into the budget.
    pub calls_left_out: usize,
    /// Check-ins for the rest of the budget.
    pub check_in: Vec<CheckIn>,
    /// People to thank.
    pub thank_you: Vec<ThankYou>,
}

impl Brief {
    /// Whether nothing is wrong.
    pub fn is_all_well(&self) -> bool {
        self.wrong.is_empty()
    }

    /// Minutes that the calls take, check-ins included.
    pub fn minutes(&self) -> u32 {
        self.calls
            .iter()
            .map(|call| call.minutes)
            .chain(self.check_in.iter().map(|check_in| check_in.minutes))
            .sum()
    }
}

impl View<'_> {
    /// The brief for this day, compared with an earlier day: of the same network, [looked
    /// back](crate::Network::as_recorded_view) at, or of the network of that day, which also shows which concerns were
    /// answered since.
    ///
    /// For one colleague, it covers the customers on whose account team they are, and only their calls.
    ///
    /// Costs the gaps of all these customers on both days.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let settings = Settings::default();
    /// let today = network.view("2026-03-02".parse()?, &settings);
    /// let before = network.as_recorded_view("2026-02-23".parse()?, &settings);
    /// let brief = today.brief(&before, Some("pam"))?;
    /// assert!(brief.calls.iter().all(|call| call.by.id == "pam"));
    /// assert!(brief.minutes() <= settings.brief.minutes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::WrongSide`] for a person who is not one of our staff.
    pub fn brief(&self, before: &View<'_>, staff: Option<&str>) -> Result<Brief, Error> {
        self.brief_on(Threads::One, before, staff)
    }

    pub(crate) fn brief_on(
        &self,
        threads: Threads,
        before: &View<'_>,
        staff: Option<&str>,
    ) -> Result<Brief, Error> {
        let staff = staff.map(|id| self.colleague(id)).transpose()?;
        let looked_at = self.of_each_customer(threads, |customer| look(&customer, before, staff));
        let mut all = Looked::default();
        let mut customers = 0;
        for looked in looked_at {
            customers += usize::from(looked.mine);
            all.add(looked);
        }
        all.new.sort_by(Update::order);
        all.wrong.sort_by(Alert::order);
        let (calls, left_out) = calls::within_budget(all.calls, &self.settings().brief);
        let check_in = calls::just_to_talk(all.check_in, &calls, &self.settings().brief);
        Ok(Brief {
            day: self.day(),
            since: before.day(),
            staff: staff.map(|one| self.name(one)),
            customers,
            new: all.new,
            wrong: all.wrong,
            calls,
            calls_left_out: left_out,
            check_in,
            thank_you: all.thank_you,
        })
    }

    fn colleague(&self, id: &str) -> Result<PersonIx, Error> {
        let person = self.person_ix(id)?;
        if self.network().is_staff(person) {
            return Ok(person);
        }
        let is = self.network().person_at(person).side();
        Err(Error::WrongSide { id: id.into(), is, wanted: "one of our team" })
    }
}

/// The contribution of one customer.
#[derive(Debug, Default)]
struct Looked {
    /// Whether it is one of those the brief is about.
    mine: bool,
    new: Vec<Update>,
    wrong: Vec<Alert>,
    calls: Vec<Call>,
    check_in: Vec<CheckIn>,
    thank_you: Vec<ThankYou>,
}

impl Looked {
    fn add(&mut self, mut other: Self) {
        self.new.append(&mut other.new);
        self.wrong.append(&mut other.wrong);
        self.calls.append(&mut other.calls);
        self.check_in.append(&mut other.check_in);
        self.thank_you.append(&mut other.thank_you);
    }
}

fn look(customer: &CustomerView<'_>, before: &View<'_>, staff: Option<PersonIx>) -> Looked {
    let situation = Situation::of(*customer);
    let gaps = gap::gaps(&situation, &[]);
    let is_by_them = |person: &PersonRef| staff.is_none_or(|one| customer.view().name(one).id == person.id);
    let mut calls = calls::worth_it(&situation, &gaps);
    calls.retain(|call| is_by_them(&call.by));
    if staff.is_some_and(|one| situation.coverage_table().account_team().binary_search(&one).is_err()) {
        // A colleague at another customer may need them as the first person on a path.
        return Looked { calls, ..Looked::default() };
    }
    let mut check_in = calls::silent(&situation);
    check_in.retain(|check_in| is_by_them(&check_in.by));
    let mut thank_you = calls::to_thank(&situation, before);
    thank_you.retain(|thank_you| is_by_them(&thank_you.by));
    Looked {
        mine: true,
        new: updates::of(&situation, before),
        wrong: wrong::of(&situation, &gaps, before),
        calls,
        check_in,
        thank_you,
    }
}
