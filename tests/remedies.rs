//! The remedy of a gap, applied to the records, clears it: whatever the portfolio.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect fails, in its helpers as well"
)]

mod common;

use common::cure;
use common::strategy::{as_of, portfolio};
use proptest::prelude::*;
use stakeholder_graph::Records;
use stakeholder_graph::record::{Customer, Person, Tie};

proptest! {
    #![proptest_config(common::cases(128))]

    #[test]
    fn a_remedy_clears_its_gap(records in portfolio()) {
        for customer in &records.customers {
            for gap in cure::gaps_of(&records, &customer.id, as_of()) {
                // Where it takes somebody of ours and there is nobody, there is no remedy to apply.
                let mut better = records.clone();
                if gap.remedy.is_some() && cure::apply(&gap, &mut better, as_of()) {
                    cure::assert_gone(&gap, &better, as_of());
                }
            }
        }
    }
}

#[test]
fn a_gap_without_a_remedy_says_what_is_missing() {
    // Nobody else is known whose trust would help.
    let mut records = Records::new();
    records.as_of = Some(as_of());
    records.customers.push(Customer::new("north"));
    records.people = vec![Person::customer("dan", "north"), Person::staff("pam")];
    records.ties = vec![Tie::trust("dan", "pam").evidence(20.0, 0.0)];
    let gaps = cure::gaps_of(&records, "north", as_of());
    let alone = gaps.iter().find(|gap| gap.id == "single_threaded_customer").unwrap();
    assert!(alone.remedy.is_none() && !alone.missing.is_empty());
}
