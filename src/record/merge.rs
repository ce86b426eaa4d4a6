//! Two customers that become one.

use super::Records;
use crate::text::Text;

impl Records {
    /// Lets one customer become part of another: its people, interactions, promises, concerns and decisions are the
    /// other's from then on, and its own record is gone. The values of the two are added up where their currency is the
    /// same; the other's owner, renewal and status stay. Customers that belonged to the one belong to the other.
    ///
    /// Nothing happens where the two are the same, or either is not among the records. Says whether anything did.
    ///
    /// Costs O(records).
    pub fn merge_customers(&mut self, from: &str, into: &str) -> bool {
        let place = |id: &str| self.customers.iter().position(|customer| customer.id == *id);
        let (Some(at), Some(_)) = (place(from), place(into)) else { return false };
        if from == into {
            return false;
        }
        let gone = self.customers.remove(at);
        let new = Text::from(into);
        for customer in &mut self.customers {
            if customer.id == new {
                if customer.currency == gone.currency && (customer.value.is_some() || gone.value.is_some()) {
                    customer.value = Some(customer.value.unwrap_or(0.0) + gone.value.unwrap_or(0.0));
                }
                // It may have belonged to the one that is now part of it.
                if customer.parent_id.as_deref() == Some(from) {
                    customer.parent_id = gone.parent_id.clone().filter(|parent| *parent != new);
                }
            } else if customer.parent_id.as_deref() == Some(from) {
                customer.parent_id = Some(new.clone());
            }
        }
        let people = self.people.iter_mut().map(|it| &mut it.customer_id);
        let interactions = self.interactions.iter_mut().map(|it| &mut it.customer_id);
        let commitments = self.commitments.iter_mut().map(|it| &mut it.customer_id);
        let concerns = self.concerns.iter_mut().map(|it| &mut it.customer_id);
        for id in people.chain(interactions).chain(commitments).chain(concerns).flatten() {
            if *id == from {
                *id = new.clone();
            }
        }
        for decision in self.decisions.iter_mut().filter(|decision| decision.customer_id == from) {
            decision.customer_id = new.clone();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Customer, Decision, Person};

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
        records.decisions.push(Decision::approval("renewal", "north", "dan"));
        assert!(!records.merge_customers("north", "north") && !records.merge_customers("north", "x"));
        assert!(records.merge_customers("north", "south"));
        let ids: Vec<&str> = records.customers.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["south", "top"]);
        assert_eq!(records.customers[0].value, Some(7.0));
        assert_eq!(records.customers[0].parent_id.as_deref(), Some("top"));
        assert!(records.people.iter().all(|it| it.customer_id.as_deref() == Some("south")));
        assert_eq!(records.decisions[0].customer_id, "south");
        assert!(crate::Network::build(records).is_ok());
    }
}
