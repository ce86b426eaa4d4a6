//! A small world, built line by line, and queries on its records.

use stakeholder_graph::gap::Gap;
use stakeholder_graph::record::{Customer, Interaction, InteractionKind, Person, Tie, TieKind};
use stakeholder_graph::{Day, Days, Network, Records, Settings, Share};

use super::cure::gaps_of;

/// The day of the records in nearly every test, a Monday.
pub fn today() -> Day {
    "2026-03-02".parse().unwrap()
}

/// A day, written as a date or as the number of days after today.
pub fn day(when: impl When) -> Day {
    when.day()
}

/// The day that was this many days before today.
pub fn ago(days: i32) -> Day {
    day(-days)
}

/// What [`day`] understands.
pub trait When {
    fn day(self) -> Day;
}

impl When for &str {
    fn day(self) -> Day {
        self.parse().unwrap()
    }
}

impl When for Day {
    fn day(self) -> Day {
        self
    }
}

impl When for i32 {
    fn day(self) -> Day {
        today().plus_days(self)
    }
}

/// Records under construction. Customers, people and ties keep the order in which they are added.
#[derive(Debug, Clone)]
pub struct World(Records);

impl World {
    /// The world of a customer, today.
    pub fn customer(id: &str) -> Self {
        let mut records = Records::new();
        records.as_of = Some(today());
        Self(records).and_customer(id)
    }

    /// The world of our staff alone, today.
    pub fn staff_only<const N: usize>(ids: [&str; N]) -> Self {
        let mut records = Records::new();
        records.as_of = Some(today());
        Self(records).staff(ids)
    }

    /// One more customer: the people who are added next work there.
    pub fn and_customer(mut self, id: &str) -> Self {
        self.0.customers.push(Customer::new(id));
        self
    }

    /// The owner of the last customer.
    pub fn owner(mut self, staff: &str) -> Self {
        self.0.customers.last_mut().unwrap().owner_id = Some(staff.into());
        self
    }

    /// A person at the last customer.
    pub fn person(mut self, id: &str) -> Self {
        let customer = self.0.customers.last().unwrap().id.clone();
        self.0.people.push(Person::customer(id, customer));
        self
    }

    /// People at the last customer, without further details.
    pub fn people<const N: usize>(self, ids: [&str; N]) -> Self {
        ids.into_iter().fold(self, World::person)
    }

    /// A person at the last customer, rated this powerful.
    pub fn powerful(self, id: &str, power: f64) -> Self {
        self.person(id).with(|records| records.people.last_mut().unwrap().power = Some(power))
    }

    /// People on our side.
    pub fn staff<const N: usize>(mut self, ids: [&str; N]) -> Self {
        self.0.people.extend(ids.map(Person::staff));
        self
    }

    /// A competitor's person.
    pub fn competitor(mut self, id: &str) -> Self {
        self.0.people.push(Person::competitor(id));
        self
    }

    /// `who` trusts `trusts`, with this much evidence for it and none against.
    pub fn trust(self, who: &str, trusts: &str, supporting: f64) -> Self {
        self.evidence(who, trusts, supporting, 0.0)
    }

    /// Evidence for and against `who` trusting `trusts`.
    pub fn evidence(self, who: &str, trusts: &str, supporting: f64, against: f64) -> Self {
        self.tie(Tie::trust(who, trusts).evidence(supporting, against))
    }

    pub fn listens(self, who: &str, to: &str, strength: f64) -> Self {
        self.tie(Tie::new(TieKind::ListensTo, who, to).strength(strength))
    }

    pub fn tie(mut self, tie: Tie) -> Self {
        self.0.ties.push(tie);
        self
    }

    pub fn interaction(mut self, interaction: Interaction) -> Self {
        self.0.interactions.push(interaction);
        self
    }

    /// Anything the builder has no method for.
    pub fn with(mut self, edit: impl FnOnce(&mut Records)) -> Self {
        edit(&mut self.0);
        self
    }

    pub fn records(self) -> Records {
        self.0
    }

    /// The network of the records, which must be valid.
    pub fn network(self) -> Network {
        super::network(self.0)
    }
}

/// An interaction that took place, started by the first of the participants.
pub fn happened<const N: usize>(
    id: &str,
    kind: InteractionKind,
    on: impl When,
    people: [&str; N],
) -> Interaction {
    Interaction::new(id, kind, on.day(), people).started_by(people[0])
}

/// The record of a person.
pub fn person<'r>(records: &'r mut Records, id: &str) -> &'r mut Person {
    records.people.iter_mut().find(|person| person.id == id).unwrap()
}

/// The gaps of a kind at the first customer, today.
pub fn found(records: &Records, id: &str) -> Vec<Gap> {
    gaps_of(records, &records.customers[0].id, today()).into_iter().filter(|gap| gap.id() == id).collect()
}

/// The half-life of 90 days and the base rate of one half for which the published numbers hold.
pub fn published() -> Settings {
    let mut settings = Settings::default();
    settings.evidence.half_life_days = Days::new(90).unwrap();
    settings.evidence.base_rate = Share::new(0.5).unwrap();
    settings
}
