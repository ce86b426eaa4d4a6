//! The cost of each colleague's departure, at every customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::network::PersonIx;
use crate::reach::Colleague;
use crate::share::Share;
use crate::text::Text;
use crate::view::{CustomerView, PersonRef, Threads, View};

/// The cost of a colleague's departure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Leaving {
    /// The colleague.
    pub person: PersonRef,
    /// Σ over customers of coverage lost × the customer's weight; one unit is one fully covered customer, so it
    /// may exceed 1.
    pub cost: f64,
    /// Each customer where coverage would be lost, the costliest first.
    pub customers: Vec<LeavingAt>,
}

/// The cost of a colleague's departure at one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeavingAt {
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// The customer's weight, 0.5..=1.
    pub weight: f64,
    /// Proven coverage as it is.
    pub coverage: Share,
    /// Proven coverage without them.
    pub without: Share,
    /// Key players reached now and then no longer reached.
    pub no_longer_reached: Vec<PersonRef>,
}

impl LeavingAt {
    /// Coverage lost × the customer's weight.
    pub fn cost(&self) -> f64 {
        self.weight * (self.coverage.get() - self.without.get()).max(0.0)
    }
}

impl View<'_> {
    /// The cost of each colleague's departure, the costliest first, then by id; those whose departure would cost
    /// no coverage anywhere are left out.
    ///
    /// Costs one pass over every customer, without gaps.
    pub fn leaving_costs(&self) -> Vec<Leaving> {
        self.leaving_costs_on(Threads::One)
    }

    pub(crate) fn leaving_costs_on(&self, threads: Threads) -> Vec<Leaving> {
        let mut costs: BTreeMap<PersonIx, Vec<LeavingAt>> = BTreeMap::new();
        let found = self.of_each_customer(threads, |customer| costs_at(&customer));
        for (person, at) in found.into_iter().flatten() {
            costs.entry(person).or_default().push(at);
        }
        let mut all: Vec<Leaving> = costs
            .into_iter()
            .map(|(person, mut customers)| {
                customers
                    .sort_by(|a, b| b.cost().total_cmp(&a.cost()).then_with(|| a.customer.cmp(&b.customer)));
                let cost = customers.iter().map(LeavingAt::cost).sum();
                Leaving { person: self.name(person), cost, customers }
            })
            .collect();
        // Our staff are in the order of their ids, and so are equals.
        all.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        all
    }
}

fn costs_at(customer: &CustomerView<'_>) -> Vec<(PersonIx, LeavingAt)> {
    let situation = Situation::of(*customer);
    let coverage_table = situation.coverage_table();
    let coverage = coverage_table.coverage().proven;
    let colleagues: Vec<&Colleague> = coverage_table.colleagues().iter().collect();
    let left = colleagues.iter().zip(coverage_table.without(&colleagues));
    let costly = left.filter(|(_, left)| left.coverage < coverage || !left.no_longer_reached.is_empty());
    costly
        .map(|(colleague, left)| {
            let at = LeavingAt {
                customer: customer.record().id.clone(),
                customer_name: customer.name().into(),
                weight: situation.weight(),
                coverage,
                without: left.coverage,
                no_longer_reached: situation.names(left.no_longer_reached),
            };
            (colleague.person, at)
        })
        .collect()
}
