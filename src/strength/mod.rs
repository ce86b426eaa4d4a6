//! How strong is the relationship with a customer, measured by its people?
//!
//! An organisation has no relationships. [`CustomerView::strength`] computes how much of the customer's power
//! trusts any of our staff, how few people on either side that depends on, who they would call first, what is left
//! when the most important colleague leaves, and the trend over the last four quarters. [`View::team_network`]
//! computes the same for our own staff and the ties among them, where everyone has equal weight.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let strength = view.customer("northgate")?.strength();
//! println!("{strength}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod web;
mod wording;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::network::PersonIx;
use crate::reach::{Coverage, CoverageTable, FirstCall, rival_of};
use crate::share::Share;
use crate::view::{CustomerRef, CustomerView, PersonRef, Threads, View};

use web::Web;

/// How strong the relationship with a customer is on a day.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let strength = view.customer("northgate")?.strength();
/// println!("{strength}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Strength {
    /// The customer.
    pub customer: CustomerRef,
    /// The day.
    pub day: Day,
    /// How much of their power trusts any of our staff: what is proven, and the upper bound.
    pub coverage: Coverage,
    /// Concentration: how few people it depends on; none where there is no coverage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Concentration>,
    /// Who they would call first, by power.
    pub first_calls: FirstCalls,
    /// What is left when a colleague leaves; none where no one is trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resilience: Option<Resilience>,
    /// Coverage at the end of each of the last four quarters, the oldest first, and today. What was recorded
    /// without a day counts as if it had always been there.
    pub trend: Vec<Point>,
}

/// Concentration: the Herfindahl index Σ(share²), which is 1 where everything depends on one person and 1/n where
/// it is spread evenly over n (Hirschman, American Economic Review 54, 1964).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Concentration {
    /// Concentration over those who trust: shares are power·reach.
    pub trusting: Share,
    /// Concentration over those who are trusted: shares are Σ power·belief.
    pub trusted: Share,
}

/// Shares of power by who people would call first; the sum is one where anyone is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstCalls {
    /// A colleague.
    pub ours: Share,
    /// A competitor's person.
    pub rival: Share,
    /// No one, as far as is known.
    pub nobody: Share,
}

/// What is left when the person whose departure costs most is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Resilience {
    /// The person.
    pub without: PersonRef,
    /// Proven coverage without them.
    pub coverage: Share,
}

/// Coverage on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Point {
    /// The day.
    pub day: Day,
    /// Coverage.
    pub coverage: Coverage,
}

/// How strong the ties within our own staff are on a day. Everyone has equal weight; a person's reach is the
/// chance that they trust at least one colleague.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeamNetwork {
    /// The day.
    pub day: Day,
    /// How many of our staff are there.
    pub people: usize,
    /// The mean of everyone's reach.
    pub coverage: Coverage,
    /// How few people it depends on; none where no one trusts anyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Concentration>,
    /// What is left when one of our staff leaves, for those who stay; none where no one is trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resilience: Option<Resilience>,
    /// Staff no colleague trusts at the live level, as far as is known; in the order of their ids.
    pub alone: Vec<PersonRef>,
    /// Coverage at the end of each of the last four quarters, the oldest first, and today.
    pub trend: Vec<Point>,
}

/// Days from the end of each of the last four quarters until today, the oldest first.
const QUARTERS: [i32; 4] = [365, 274, 182, 91];

impl CustomerView<'_> {
    /// The strength of the relationship with this customer.
    ///
    /// Costs the power and the opinions of this customer on five days, and on four of these summing all evidence
    /// of the network again: for several customers [`View::strengths`] does that once for all.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let strength = view.customer("northgate")?.strength();
    /// assert_eq!(strength.resilience.unwrap().without.id, "pam");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn strength(&self) -> Strength {
        strength(self, &earlier(self.view()))
    }
}

impl View<'_> {
    /// The strength of the relationship with each customer, in the order of [`customers`](Self::customers).
    pub fn strengths(&self) -> Vec<Strength> {
        self.strengths_on(Threads::One)
    }

    pub(crate) fn strengths_on(&self, threads: Threads) -> Vec<Strength> {
        let earlier = earlier(self);
        self.of_each_customer(threads, |customer| strength(&customer, &earlier))
    }

    /// The strength of the ties within our own staff.
    ///
    /// Costs O(ties of our staff), and four times the cost of summing all evidence of the network.
    pub fn team_network(&self) -> TeamNetwork {
        let web = own_web(self);
        let alone = web.not_trusted_at(self.settings().levels.live).map(|person| self.name(person)).collect();
        let mut trend: Vec<Point> = earlier(self)
            .iter()
            .map(|view| Point { day: view.day(), coverage: own_web(view).coverage() })
            .collect();
        trend.push(Point { day: self.day(), coverage: web.coverage() });
        TeamNetwork {
            day: self.day(),
            people: web.members().count(),
            coverage: web.coverage(),
            concentration: web.concentration(),
            resilience: resilience(&web, self),
            alone,
            trend,
        }
    }
}

/// The network at the end of each of the last four quarters.
fn earlier<'g>(view: &View<'g>) -> Vec<View<'g>> {
    let days = QUARTERS.map(|days| view.day().plus_days(-days));
    days.iter().map(|&day| view.network().as_recorded_view(day, view.settings())).collect()
}

fn strength(customer: &CustomerView<'_>, earlier: &[View<'_>]) -> Strength {
    let view = customer.view();
    let coverage_table = CoverageTable::of(customer);
    let web = Web::of_customer(&coverage_table);
    let before =
        earlier.iter().filter_map(|view| view.customer(customer.id()).ok().map(|it| (view.day(), it)));
    let mut trend: Vec<Point> = before
        .map(|(day, customer)| Point { day, coverage: CoverageTable::of(&customer).coverage() })
        .collect();
    trend.push(Point { day: view.day(), coverage: coverage_table.coverage() });
    Strength {
        customer: CustomerRef::of(customer),
        day: view.day(),
        coverage: coverage_table.coverage(),
        concentration: web.concentration(),
        first_calls: first_calls(&coverage_table, view),
        resilience: resilience(&web, view),
        trend,
    }
}

fn resilience(web: &Web, view: &View<'_>) -> Option<Resilience> {
    let (person, coverage) = web.worst_loss()?;
    Some(Resilience { without: view.name(person), coverage })
}

fn first_calls(coverage_table: &CoverageTable, view: &View<'_>) -> FirstCalls {
    let (mut ours, mut rival, mut nobody) = (0.0, 0.0, 0.0);
    let power_table = coverage_table.power_table();
    for member in power_table.members() {
        let theirs = rival_of(power_table.person(member), view);
        let sum = match coverage_table.first_call(member, theirs, view) {
            FirstCall::Staff { .. } => &mut ours,
            FirstCall::Rival { .. } => &mut rival,
            FirstCall::Unclear | FirstCall::NoOne => &mut nobody,
        };
        *sum += power_table.power(member).get();
    }
    FirstCalls { ours: Share::clamped(ours), rival: Share::clamped(rival), nobody: Share::clamped(nobody) }
}

/// Our staff and their opinions of each other.
fn own_web(view: &View<'_>) -> Web {
    let network = view.network();
    let staff: Vec<PersonIx> = network.staff_block().filter(|&person| view.is_present(person)).collect();
    let ties = staff.iter().flat_map(|&who| {
        let (first, heads) = network.ties().row(who);
        let to_staff = first.onwards().zip(heads).filter(|(_, head)| network.is_staff(head.trusted()));
        let there = to_staff.filter(|(_, head)| view.is_present(head.trusted()));
        there.map(move |(tie, head)| (who, head.trusted(), view.opinion(tie)))
    });
    Web::of_equals(staff.clone(), ties)
}
