//! What changed in orders, quotes, value, renewal, owner and status.

use serde::{Deserialize, Serialize};

use super::Both;
use crate::day::Day;
use crate::gap::Situation;
use crate::record::{CustomerStatus, InteractionKind, InteractionStatus};
use crate::text::Text;
use crate::view::PersonRef;

/// A change in the business with a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
#[non_exhaustive]
pub enum BusinessChange {
    /// The customer's annual value, in its currency.
    #[non_exhaustive]
    Value {
        /// The value; none where not known.
        value: Both<Option<f64>>,
        /// Currency of both values.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<Text>,
    },
    /// The renewal day.
    #[non_exhaustive]
    Renewal {
        /// The days.
        on: Both<Option<Day>>,
    },
    /// The account owner.
    #[non_exhaustive]
    Owner {
        /// The owners.
        owner: Both<Option<PersonRef>>,
    },
    /// Whether we pursue the customer.
    #[non_exhaustive]
    Status {
        /// Whether pursued.
        pursued: Both<bool>,
    },
    /// Orders within the "lately" days of the settings, up to each of the two days.
    #[non_exhaustive]
    Orders {
        /// The counts.
        count: Both<usize>,
        /// The length of "lately", in days.
        days: u32,
    },
    /// Quotes requested from us, counted like orders.
    #[non_exhaustive]
    Quotes {
        /// The counts.
        count: Both<usize>,
        /// The length of "lately", in days.
        days: u32,
    },
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<BusinessChange> {
    let (was, is) = (both.before.customer().record(), both.after.customer().record());
    let mut all = Vec::new();
    if was.value != is.value && was.currency == is.currency {
        let value = Both { before: was.value, after: is.value };
        all.push(BusinessChange::Value { value, currency: is.currency.clone() });
    }
    if was.renewal_on != is.renewal_on {
        all.push(BusinessChange::Renewal { on: Both { before: was.renewal_on, after: is.renewal_on } });
    }
    let owner = Both { before: owner(both.before), after: owner(both.after) };
    if owner.before.as_ref().map(|it| &it.id) != owner.after.as_ref().map(|it| &it.id) {
        all.push(BusinessChange::Owner { owner });
    }
    if was.status != is.status {
        let pursued = |status| status == CustomerStatus::Active;
        let pursued = Both { before: pursued(was.status), after: pursued(is.status) };
        all.push(BusinessChange::Status { pursued });
    }
    let days = both.after.view().settings().checkup.lately_days.get();
    let count =
        |kind| Both { before: lately(both.before, kind, days), after: lately(both.after, kind, days) };
    let (orders, quotes) = (count(InteractionKind::Order), count(InteractionKind::Quote));
    if !orders.is_same() {
        all.push(BusinessChange::Orders { count: orders, days });
    }
    if !quotes.is_same() {
        all.push(BusinessChange::Quotes { count: quotes, days });
    }
    all
}

fn owner(situation: &Situation<'_>) -> Option<PersonRef> {
    situation.customer().owner().map(|owner| situation.view().name(owner))
}

/// How many interactions of a kind took place with us in the given number of days up to the day.
fn lately(situation: &Situation<'_>, kind: InteractionKind, days: u32) -> usize {
    let view = situation.view();
    let network = view.network();
    let counts = |&at: &u32| {
        let record = network.interaction_at(at);
        let age = view.day().days_since(record.at.day());
        record.kind == Some(kind)
            && record.status == InteractionStatus::Held
            && u32::try_from(age).is_ok_and(|age| age < days)
            && network.participants_at(at).iter().any(|&person| network.is_staff(person))
    };
    let block = situation.customer().block();
    let mut at: Vec<u32> =
        block.flat_map(|person| network.activities(person).iter().copied()).filter(counts).collect();
    at.sort_unstable();
    at.dedup();
    at.len()
}
