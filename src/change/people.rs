//! People who joined, left, moved, or got another manager, title or role.

use serde::{Deserialize, Serialize};

use super::Both;
use crate::gap::Situation;
use crate::network::PersonRecord;
use crate::record::{Role, Seniority, Support, Unit};
use crate::share::Share;
use crate::text::Text;
use crate::view::{CustomerRef, PersonRef, View};

/// A change about one of the customer's people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonChange {
    /// The person.
    pub person: PersonRef,
    /// Their share of power; zero while they are not there.
    pub power: Both<Share>,
    /// What changed.
    #[serde(flatten)]
    pub what: PersonChangeKind,
}

/// The kind of change about a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
#[non_exhaustive]
pub enum PersonChangeKind {
    /// They joined.
    #[non_exhaustive]
    Joined {
        /// The customer where they were before, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<CustomerRef>,
    },
    /// They left.
    #[non_exhaustive]
    Left {
        /// The customer where they are now, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<CustomerRef>,
    },
    /// They moved to another unit.
    #[non_exhaustive]
    Moved {
        /// The kind of unit.
        unit: Unit,
        /// The names of the two units.
        names: Both<Text>,
    },
    /// They report to a different manager, or to none.
    #[non_exhaustive]
    Manager {
        /// The managers.
        managers: Both<Option<PersonRef>>,
    },
    /// Their title changed.
    #[non_exhaustive]
    Title {
        /// The titles.
        titles: Both<Text>,
    },
    /// Their level changed.
    #[non_exhaustive]
    Seniority {
        /// The levels.
        levels: Both<Seniority>,
    },
    /// Their roles in the decision changed.
    #[non_exhaustive]
    Roles {
        /// All their roles, ordered by name.
        roles: Both<Vec<Role>>,
    },
    /// Their support for us changed.
    #[non_exhaustive]
    Support {
        /// The support.
        support: Both<Support>,
    },
}

impl PersonChange {
    /// Their power, the larger of the two.
    pub fn weight(&self) -> f64 {
        self.power.before.max(self.power.after).get()
    }
}

/// Power of a person by id; zero while they are not there.
pub(super) fn power_of(situation: &Situation<'_>, id: &str) -> Share {
    let person = situation.view().network().person_ix(id);
    let member = person.and_then(|person| situation.power_table().place(person));
    member.map_or(Share::ZERO, |member| situation.power_table().power(member))
}

/// The power of a person on both days.
pub(super) fn powers_of(both: &Both<&Situation<'_>>, id: &str) -> Both<Share> {
    Both { before: power_of(both.before, id), after: power_of(both.after, id) }
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<PersonChange> {
    let (was, is) = (both.before.view(), both.after.view());
    let mut all = Vec::new();
    let mut add = |person: PersonRecord<'_>, what: PersonChangeKind| {
        all.push(PersonChange { person: person.into(), power: powers_of(both, person.id()), what });
    };
    for person in both.before.customer().people() {
        if there(both.after, person.id()).is_none() {
            add(person, PersonChangeKind::Left { to: elsewhere(is, person.id()) });
        }
    }
    for person in both.after.customer().people() {
        match there(both.before, person.id()) {
            None => add(person, PersonChangeKind::Joined { from: elsewhere(was, person.id()) }),
            Some(before) => {
                for what in differences(before, person, was, is) {
                    add(person, what);
                }
            }
        }
    }
    all.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then_with(|| a.person.cmp(&b.person)));
    all
}

/// A person's record, if they are there.
pub(super) fn there<'v>(situation: &Situation<'v>, id: &str) -> Option<PersonRecord<'v>> {
    let network = situation.view().network();
    let person = network.person_ix(id)?;
    situation.power_table().place(person).map(|_| network.person_at(person))
}

/// The customer where a person works on the day, if any.
fn elsewhere(view: &View<'_>, id: &str) -> Option<CustomerRef> {
    let network = view.network();
    let person = network.person_ix(id).filter(|&person| view.is_present(person))?;
    network.customer_of(person).map(|customer| CustomerRef::of(&view.customer_at(customer)))
}

fn differences(
    was: PersonRecord<'_>,
    is: PersonRecord<'_>,
    before: &View<'_>,
    after: &View<'_>,
) -> Vec<PersonChangeKind> {
    let mut all = Vec::new();
    let manager = |person: PersonRecord<'_>, view: &View<'_>| {
        person.manager_id().and_then(|id| view.network().person(id)).map(PersonRef::from)
    };
    if was.manager_id() != is.manager_id() {
        let managers = Both { before: manager(was, before), after: manager(is, after) };
        all.push(PersonChangeKind::Manager { managers });
    }
    if let Some(titles) = differ(was.title(), is.title()) {
        all.push(PersonChangeKind::Title { titles });
    }
    for unit in Unit::ALL {
        if let Some(names) = differ(was.unit(unit), is.unit(unit)) {
            all.push(PersonChangeKind::Moved { unit, names });
        }
    }
    if let Some(levels) = differ(was.seniority(), is.seniority()) {
        all.push(PersonChangeKind::Seniority { levels });
    }
    if !was.roles().is_empty() && !is.roles().is_empty() && !same_roles(was.roles(), is.roles()) {
        let roles = Both { before: by_name(was.roles()), after: by_name(is.roles()) };
        all.push(PersonChangeKind::Roles { roles });
    }
    if let Some(support) = differ(was.support(), is.support()) {
        all.push(PersonChangeKind::Support { support });
    }
    all
}

/// Roles ordered by name, each once: their order in the record has no meaning.
fn by_name(roles: &[Role]) -> Vec<Role> {
    let mut roles = roles.to_vec();
    roles.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    roles.dedup();
    roles
}

/// Compares roles regardless of order.
fn same_roles(some: &[Role], others: &[Role]) -> bool {
    some.iter().all(|role| others.contains(role)) && others.iter().all(|role| some.contains(role))
}

/// Two values that are known on both days and differ.
fn differ<T: PartialEq, U: From<T>>(was: Option<T>, is: Option<T>) -> Option<Both<U>> {
    let (before, after) = (was?, is?);
    (before != after).then(|| Both { before: before.into(), after: after.into() })
}
