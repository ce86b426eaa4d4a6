//! Two customers that become one.

use super::{Commitment, Concern, Customer, Decision, Interaction, Person, Records};
use crate::text::Text;

impl Records {
    /// Lets one customer become part of another: its people, interactions, promises, concerns and decisions are the
    /// other's from then on, and its own record is gone. The values of the two are added up where their currency is the
    /// same; the other's owner, renewal and status stay. Customers that belonged to the one belong to the other.
    ///
    /// Does nothing where the two are the same, or either is not among the records. Returns whether anything
    /// changed.
    ///
    /// Costs O(records).
    pub fn merge_customers(&mut self, from: &str, into: &str) -> bool {
        let Self {
            schema_version: _,
            as_of: _,
            customers,
            people,
            ties: _,
            interactions,
            commitments,
            concerns,
            decisions,
        } = self;
        let place = |id: &str| customers.iter().position(|customer| customer.id == *id);
        let (Some(at), Some(_)) = (place(from), place(into)) else { return false };
        if from == into {
            return false;
        }
        let gone = customers.remove(at);
        let new = Text::from(into);
        for customer in &mut *customers {
            if customer.id == new {
                take_in(customer, &gone);
            } else if customer.parent_id.as_deref() == Some(from) {
                customer.parent_id = Some(new.clone());
            }
        }
        let people = people.iter_mut().filter_map(Person::customer_mut);
        let interactions = interactions.iter_mut().filter_map(Interaction::customer_mut);
        let commitments = commitments.iter_mut().filter_map(Commitment::customer_mut);
        let concerns = concerns.iter_mut().filter_map(Concern::customer_mut);
        let decisions = decisions.iter_mut().map(Decision::customer_mut);
        let of_customers = people.chain(interactions).chain(commitments).chain(concerns).chain(decisions);
        for id in of_customers.filter(|id| **id == *from) {
            id.clone_from(&new);
        }
        true
    }
}

/// Makes one customer's record part of another's.
fn take_in(customer: &mut Customer, gone: &Customer) {
    // Whatever is not added up stays as the other has it.
    let Customer {
        id,
        name: _,
        parent_id,
        owner_id: _,
        segment: _,
        value,
        currency,
        renewal_on: _,
        status: _,
        reason: _,
        until: _,
        other: _,
        line: _,
    } = customer;
    if *currency == gone.currency && (value.is_some() || gone.value.is_some()) {
        *value = Some(value.unwrap_or(0.0) + gone.value.unwrap_or(0.0));
    }
    // It may have belonged to the one that is now part of it.
    if parent_id.as_ref() == Some(&gone.id) {
        *parent_id = gone.parent_id.clone().filter(|parent| parent != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_one_customer_is_the_others() {
        let mut records = Records::new();
        let customer = |id: &str, value: f64, parent: Option<&str>| {
            let mut customer = Customer::new(id);
            (customer.value, customer.parent_id) = (Some(value), parent.map(Text::from));
            customer
        };
        records.customers = vec![
            customer("north", 3.0, Some("top")),
            customer("south", 4.0, Some("north")),
            customer("top", 1.0, None),
        ];
        records.people = vec![Person::customer("dan", "north"), Person::customer("zoe", "south")];
        records.interactions.push(Interaction::default().id("i").participants(["dan"]).customer_id("north"));
        records
            .commitments
            .push(Commitment::default().made_by("dan").made_to(["zoe"]).id("p").customer_id("north"));
        records.concerns.push(Concern::default().raised_by("dan").id("c").customer_id("north"));
        records.decisions.push(Decision::approval("renewal", "north", "dan"));
        assert!(!records.merge_customers("north", "north") && !records.merge_customers("north", "x"));
        assert!(records.merge_customers("north", "south"));
        let ids: Vec<&str> = records.customers.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["south", "top"]);
        assert_eq!(records.customers[0].value, Some(7.0));
        assert_eq!(records.customers[0].parent_id.as_deref(), Some("top"));
        assert!(records.people.iter().all(|it| it.customer_id.as_deref() == Some("south")));
        assert_eq!(records.interactions[0].customer_id.as_deref(), Some("south"));
        assert_eq!(records.commitments[0].customer_id.as_deref(), Some("south"));
        assert_eq!(records.concerns[0].customer_id.as_deref(), Some("south"));
        assert_eq!(records.decisions[0].customer_id, "south");
        assert!(crate::Network::build(records).is_ok());
    }
}
