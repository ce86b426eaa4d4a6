//! Which customers could be affected by a change about some people.

use std::collections::BTreeSet;

use crate::network::{CustomerIx, Network, PersonIx};

/// The customers, in order, whose answers could change with the ties or the presence of these people.
///
/// Those are the people's own customers, those they are responsible for or deal with, and those of everyone who
/// gets to one of them over at most as many ties as a path of introduction may have. A tie that is new or gone
/// starts at one of them, so it makes no difference whether this is called before an edit or after.
///
/// Costs O(customers + records of promises and concerns), plus the number of people around these.
pub(super) fn customers(network: &Network, concerned: &[PersonIx], max_ties: u8) -> Vec<CustomerIx> {
    let mut felt: BTreeSet<CustomerIx> = BTreeSet::new();
    let mut seen: BTreeSet<PersonIx> = concerned.iter().copied().collect();
    let mut edge: Vec<PersonIx> = concerned.to_vec();
    for _ in 0..max_ties {
        let mut next = Vec::new();
        for person in edge {
            next.extend(network.ties().to(person).map(|(who, _)| who).filter(|&who| seen.insert(who)));
        }
        edge = next;
    }
    felt.extend(seen.iter().filter_map(|&person| network.customer_of(person)));
    for &person in concerned {
        let present = network.activities(person).iter().flat_map(|&at| network.participants_at(at));
        felt.extend(present.filter_map(|&other| network.customer_of(other)));
    }
    let is_concerned =
        |person: Option<PersonIx>| person.is_some_and(|it| concerned.binary_search(&it).is_ok());
    let by_id = |id: &str| is_concerned(network.person_ix(id));
    for customer in CustomerIx::of_column(network.customers().len()) {
        let promised = || {
            network
                .commitments_of(customer)
                .any(|it| by_id(&it.made_by) || it.made_to.iter().any(|id| by_id(id)))
        };
        if is_concerned(network.owner_of(customer)) || promised() {
            felt.insert(customer);
        }
    }
    felt.into_iter().collect()
}
