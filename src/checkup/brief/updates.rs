//! Anything new at a customer?

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::record::{Concern, ConcernStatus, InteractionKind, InteractionStatus};
use crate::share::Share;
use crate::text::Text;
use crate::view::{CustomerRef, PersonRef, View};

/// Something new at a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Update {
    /// The customer.
    pub customer: CustomerRef,
    /// The customer's weight, 0.5..=1.
    pub weight: f64,
    /// The day; for a concern, the day on which it was found to be answered.
    pub day: Day,
    /// What it is.
    #[serde(flatten)]
    pub what: UpdateKind,
}

/// What is new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "update")]
#[non_exhaustive]
pub enum UpdateKind {
    /// They ordered.
    #[non_exhaustive]
    Order {
        /// The person, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonRef>,
        /// What was ordered, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Text>,
    },
    /// They asked us for a quote.
    #[non_exhaustive]
    Quote {
        /// The person, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonRef>,
        /// What the quote is for, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Text>,
    },
    /// A person introduced others to each other.
    #[non_exhaustive]
    Introduction {
        /// The introducer.
        by: PersonRef,
        /// The people introduced.
        people: Vec<PersonRef>,
    },
    /// A concern of the customer's people was answered since.
    #[non_exhaustive]
    ConcernAnswered {
        /// The concern's id.
        concern: Text,
        /// Who raised it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonRef>,
        /// Whether anything visibly changed.
        changed_something: bool,
    },
    /// A person joined.
    #[non_exhaustive]
    Joined {
        /// The person.
        person: PersonRef,
        /// Their share of power.
        power: Share,
    },
    /// A person left.
    #[non_exhaustive]
    Left {
        /// The person.
        person: PersonRef,
    },
}

impl Update {
    /// The customer with the largest weight first, then the oldest, then by customer and kind.
    pub(super) fn order(a: &Self, b: &Self) -> Ordering {
        let by_weight = b.weight.total_cmp(&a.weight).then_with(|| a.customer.cmp(&b.customer));
        by_weight.then_with(|| a.day.cmp(&b.day))
    }
}

/// What is new after the day of an earlier view and up to the day of this one.
pub(super) fn of(situation: &Situation<'_>, before: &View<'_>) -> Vec<Update> {
    let (view, customer) = (situation.view(), situation.customer());
    let network = view.network();
    let is_update = |day: Day| before.day() < day && day <= view.day();
    let reference = CustomerRef::of(customer);
    let updates = |day: Day, what: UpdateKind| Update {
        customer: reference.clone(),
        weight: situation.weight(),
        day,
        what,
    };
    let mut all = Vec::new();
    let mut seen: Vec<u32> =
        customer.block().flat_map(|person| network.activities(person).iter().rev().copied()).collect();
    seen.retain(|&at| is_update(network.interaction_at(at).at.day()));
    seen.sort_unstable();
    seen.dedup();
    for at in seen {
        let record = network.interaction_at(at);
        if record.status != InteractionStatus::Held {
            continue;
        }
        let starter = network.starter_of(at);
        let person = starter.map(|person| view.name(person));
        let with_us = network.participants_at(at).iter().any(|&person| network.is_staff(person));
        let what = match record.kind {
            Some(InteractionKind::Order) if with_us => {
                UpdateKind::Order { person, subject: record.subject.clone() }
            }
            Some(InteractionKind::Quote) if with_us => {
                UpdateKind::Quote { person, subject: record.subject.clone() }
            }
            Some(InteractionKind::Introduction) => {
                let Some(by) = person else { continue };
                let others = network.participants_at(at).iter().filter(|&&person| Some(person) != starter);
                UpdateKind::Introduction { by, people: others.map(|&person| view.name(person)).collect() }
            }
            _ => continue,
        };
        all.push(updates(record.at.day(), what));
    }
    all.extend(answered(situation, before).map(|what| updates(view.day(), what)));
    for person in customer.block() {
        let record = network.person_at(person);
        if let Some(on) = record.started_on().filter(|&on| is_update(on)) {
            let power_table = situation.power_table();
            let power = power_table.place(person).map_or(Share::ZERO, |member| power_table.power(member));
            all.push(updates(on, UpdateKind::Joined { person: record.into(), power }));
        }
        // They are absent from the day after their last.
        if let Some(on) = record.ended_on().map(|last| last.plus_days(1)).filter(|&on| is_update(on)) {
            all.push(updates(on, UpdateKind::Left { person: record.into() }));
        }
    }
    all
}

/// Concerns that were unanswered in the earlier network.
pub(super) fn answered<'s>(
    situation: &'s Situation<'_>,
    before: &'s View<'_>,
) -> impl Iterator<Item = UpdateKind> + 's {
    let view = situation.view();
    let is_answered = |status| matches!(status, ConcernStatus::Answered | ConcernStatus::ChangedSomething);
    let same_network = std::ptr::eq(before.network(), view.network());
    let customer = before.network().customer_ix(situation.customer().id()).filter(|_| !same_network);
    let now = view.network().concerns_of(situation.customer().at());
    let status = |concern: &Concern, view: &View<'_>| concern.status_on(view.day(), view.network().as_of());
    now.filter(move |concern| is_answered(status(concern, view))).filter_map(move |concern| {
        let was = before.network().concerns_of(customer?).find(|it| it.id == concern.id)?;
        let changed_something = concern.status == ConcernStatus::ChangedSomething;
        (status(was, before) != concern.status).then(|| UpdateKind::ConcernAnswered {
            concern: concern.id.clone(),
            person: view.network().person(&concern.raised_by).map(PersonRef::from),
            changed_something,
        })
    })
}
