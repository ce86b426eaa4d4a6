//! What changed between two networks, or between two days of one?
//!
//! [`View::changes_since`] compares customer by customer, person by person, by id: who joined, left, moved, got
//! another manager or role; which post has another holder; whose power rose or fell, and why; which ties formed,
//! warmed, cooled, broke or expired; which gaps opened and closed; how orders and value changed. What was not on
//! record before and is now does not count as a change, except for the manager, where no entry means no manager.
//!
//! For two days of one network use [`Network::as_recorded_view`](crate::Network::as_recorded_view) for the earlier one, so that
//! a tie recorded without a day does not appear to have formed on the day of the export.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let earlier = network.as_recorded_view("2025-12-02".parse()?, &Settings::default());
//! let changes = view.changes_since(&earlier);
//! println!("{changes}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod gaps;
mod business;
mod people;
mod posts;
mod power;
mod ties;
mod wording;

pub use business::BusinessChange;
pub use gaps::{GapChanges, GapShift};
pub use people::{PersonChange, PersonChangeKind};
pub use posts::PostChange;
pub use power::{PowerChange, PowerPart};
pub use ties::{TieChange, TieChangeKind};

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::{self, Situation};
use crate::view::{CustomerRef, CustomerView, Threads, View};

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both<T> {
    /// Before: as it was, or as it is today.
    pub before: T,
    /// After: as it is, or as it would be.
    pub after: T,
}

impl<T: PartialEq> Both<T> {
    /// Whether the two are equal.
    pub fn is_same(&self) -> bool {
        self.before == self.after
    }
}

/// What changed at all customers.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let earlier = network.as_recorded_view("2025-12-02".parse()?, &Settings::default());
/// let changes = view.changes_since(&earlier);
/// println!("{changes}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changes {
    /// The earlier and the later day.
    pub days: Both<Day>,
    /// Customers that are only in the later network, in the order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new_customers: Vec<CustomerRef>,
    /// Customers that are only in the earlier network, in the order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone_customers: Vec<CustomerRef>,
    /// What changed at each customer that is in both, where anything did; what matters most first
    /// ([`CustomerChanges::importance`]), then by id.
    pub customers: Vec<CustomerChanges>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new_customers.is_empty() && self.gone_customers.is_empty() && self.customers.is_empty()
    }
}

/// What changed at one customer. Each part is ordered by weight, the largest first, then by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomerChanges {
    /// The customer.
    pub customer: CustomerRef,
    /// The customer's weight, 0.5..=1; the larger of the two.
    pub weight: f64,
    /// People who joined, left, moved, or got another manager, title or role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonChange>,
    /// Posts that have another holder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostChange>,
    /// People whose power rose or fell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub power: Vec<PowerChange>,
    /// Ties of the customer's people that formed, warmed, cooled, broke, mended or expired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieChange>,
    /// Gaps that opened, closed, worsened or eased.
    #[serde(default, skip_serializing_if = "GapChanges::is_empty")]
    pub gaps: GapChanges,
    /// Orders, value, renewal, owner, status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub business: Vec<BusinessChange>,
}

/// Weight of a change in the business, as a share of power: less than a key player, more than a tie of a person
/// with little power.
const BUSINESS: f64 = 0.1;

impl CustomerChanges {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        let Self { customer: _, weight: _, people, posts, power, ties, gaps, business } = self;
        people.is_empty()
            && posts.is_empty()
            && power.is_empty()
            && ties.is_empty()
            && gaps.is_empty()
            && business.is_empty()
    }

    /// How much it matters, 0..=1: the customer's weight times the maximum of: the power that joined, left or
    /// moved; the power behind a tie times its step of belief or disbelief; the severity, or the step in severity,
    /// of a gap that opened, closed or changed; and a tenth where the business changed.
    pub fn importance(&self) -> f64 {
        let people = self.people.iter().map(PersonChange::weight);
        let posts = self.posts.iter().map(|it| it.power.before.max(it.power.after).get());
        let power = self.power.iter().map(PowerChange::step);
        let ties = self.ties.iter().map(TieChange::weight);
        let gaps = [&self.gaps.opened, &self.gaps.closed, &self.gaps.woken, &self.gaps.snoozed];
        let gaps = gaps.into_iter().flatten().map(|gap| gap.severity.get());
        let shifts = self.gaps.worsened.iter().chain(&self.gaps.eased).map(GapShift::step);
        let business = (!self.business.is_empty()).then_some(BUSINESS);
        let all = people.chain(posts).chain(business).chain(power).chain(ties).chain(gaps).chain(shifts);
        self.weight * all.fold(0.0, f64::max)
    }
}

impl View<'_> {
    /// What changed at any customer since an earlier view, of this network or another.
    ///
    /// Costs the gaps, the power and the opinions of every customer on both days.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let settings = Settings::default();
    /// let today = network.view("2026-03-02".parse()?, &settings);
    /// let changes = today.changes_since(&network.as_recorded_view("2025-12-02".parse()?, &settings));
    /// assert!(changes.customers.iter().any(|it| it.people.iter().any(|it| it.person.id == "mara")), "she left");
    /// assert!(today.changes_since(&today).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_since(&self, before: &View<'_>) -> Changes {
        self.changes_since_on(Threads::One, before)
    }

    pub(crate) fn changes_since_on(&self, threads: Threads, before: &View<'_>) -> Changes {
        let changed = self.of_each_customer(threads, |customer| {
            let was = before.customer(customer.id()).ok()?;
            Some(customer.changes_since(&was)).filter(|changes| !changes.is_empty())
        });
        let mut customers: Vec<CustomerChanges> = changed.into_iter().flatten().collect();
        customers.sort_by(|a, b| {
            b.importance().total_cmp(&a.importance()).then_with(|| a.customer.cmp(&b.customer))
        });
        Changes {
            days: Both { before: before.day(), after: self.day() },
            new_customers: only_in(self, before),
            gone_customers: only_in(before, self),
            customers,
        }
    }
}

/// The customers present in one view and not in the other.
fn only_in(one: &View<'_>, other: &View<'_>) -> Vec<CustomerRef> {
    let missing = one.customers().filter(|customer| other.network().customer_ix(customer.id()).is_none());
    missing.map(|customer| CustomerRef::of(&customer)).collect()
}

impl CustomerView<'_> {
    /// What changed here since an earlier view of the same customer, in this network or another.
    pub fn changes_since(&self, before: &CustomerView<'_>) -> CustomerChanges {
        let (was, is) = (Situation::of(*before), Situation::of(*self));
        let both = Both { before: &was, after: &is };
        let (mut people, posts) = (people::of(&both), posts::of(&both));
        // A person who joined, left, or took the title of a post is reported once: by the post.
        people.retain(|change| !posts.iter().any(|post| post.tells(change)));
        CustomerChanges {
            customer: CustomerRef::of(self),
            weight: was.weight().max(is.weight()),
            people,
            posts,
            power: power::of(&both),
            ties: ties::of(&both),
            gaps: GapChanges::between(&gap::gaps(&was, &[]), &gap::gaps(&is, &[])),
            business: business::of(&both),
        }
    }
}
