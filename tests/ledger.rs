//! The ledger of concerns: every concern is there, whatever its outcome.

use crate::common::network;
use crate::common::strategy::{as_of, portfolio};
use crate::common::world::{World, day};
use proptest::prelude::*;
use stakeholder_graph::checkup::{Ledger, LedgerState};
use stakeholder_graph::record::{Concern, ConcernStatus};
use stakeholder_graph::{Records, Settings};

fn records(concerns: Vec<Concern>) -> Records {
    let world = World::customer("north").owner("pam").person("dan").staff(["pam", "sal"]);
    world.with(|records| records.concerns = concerns).records()
}

fn concern(id: &str, on: i32, status: ConcernStatus, review: Option<i32>) -> Concern {
    let mut concern = Concern::new(id, "dan", day(on));
    (concern.status, concern.review_on) = (status, review.map(day));
    concern
}

fn all() -> Records {
    use ConcernStatus::{Acknowledged, Answered, ChangedSomething, Open, Parked};
    let mut concerns = vec![
        concern("parked-for-ever", -1, Parked, None),
        concern("parked-too-long", -2, Parked, Some(-1)),
        concern("parked", -3, Parked, Some(0)),
        concern("changed", -4, ChangedSomething, None),
        concern("answered", -5, Answered, None),
        concern("heard", -6, Acknowledged, Some(9)),
        concern("open", -7, Open, None),
        concern("to-come", 1, Open, None),
    ];
    concerns[4].text = Some("two invoices".into());
    concerns[4].owner_id = Some("sal".into());
    records(concerns)
}

#[test]
fn every_concern_is_open_answered_changed_something_or_parked() {
    let network = network(all());
    let view = network.view(as_of(), &Settings::default());
    let customer = view.customer("north").unwrap();
    let ledger = customer.concerns();
    let ids: Vec<&str> = ledger.entries.iter().map(|it| it.concern.as_str()).collect();
    let in_order = ["open", "heard", "answered", "changed", "parked", "parked-too-long", "parked-for-ever"];
    assert_eq!(ids, in_order, "in the order in which they were raised; what is raised tomorrow is not known");
    let unsettled: Vec<&str> = ledger.unsettled(as_of()).map(|it| it.concern.as_str()).collect();
    assert_eq!(unsettled, ["open", "heard", "answered", "parked-too-long", "parked-for-ever"]);
    let without: Vec<&str> = ledger.without_change().map(|it| it.concern.as_str()).collect();
    assert_eq!(without, ["answered"]);
    let heard = &ledger.entries[1].state;
    assert!(
        matches!(heard, LedgerState::Open { acknowledged: true, review_on: Some(on), .. } if *on == day(9)),
        "{heard:?}"
    );
    let answers: Vec<&str> =
        ledger.entries[..3].iter().map(|it| it.answers.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(answers, ["pam", "pam", "sal"], "the customer's owner, unless somebody else does");
    assert_eq!(
        ledger.entries[2].to_string(),
        format!("{}  dan: \"two invoices\": answered, and nothing has visibly changed (sal)", day(-5))
    );
    // The checkup includes it, in data and in words.
    let checkup = customer.checkup();
    assert_eq!(checkup.concerns, ledger);
    let page = checkup.text().to_string();
    assert!(page.contains("Concerns they raised\n") && page.contains("  and 2 that are settled"), "{page}");
    assert!(page.contains("\"two invoices\": answered, and nothing has visibly changed"), "{page}");
    // Tomorrow what is parked until today is no longer parked, and there is one more concern.
    let tomorrow = network.view(day(1), &Settings::default());
    let ledger = tomorrow.customer("north").unwrap().concerns();
    assert_eq!((ledger.entries.len(), ledger.unsettled(day(1)).count()), (8, 7));
}

#[test]
fn without_concerns_nothing_is_said() {
    let network = network(records(Vec::new()));
    let view = network.view(as_of(), &Settings::default());
    let checkup = view.customer("north").unwrap().checkup();
    assert!(checkup.concerns.is_empty());
    assert!(!checkup.text().to_string().contains("Concerns they raised"));
    let settled = records(vec![concern("changed", -4, ConcernStatus::ChangedSomething, None)]);
    let page = crate::common::network(settled);
    let page =
        page.view(as_of(), &Settings::default()).customer("north").unwrap().checkup().text().to_string();
    assert!(page.contains("  all 1 are settled"), "{page}");
}

proptest! {
    #![proptest_config(crate::common::cases(48))]

    #[test]
    fn none_is_dropped_and_each_unsettled_one_is_a_gap(records in portfolio()) {
        let network = network(records);
        let view = network.view(as_of(), &Settings::default());
        let mut seen = 0;
        for customer in view.customers() {
            let ledger = customer.concerns();
            seen += ledger.entries.len();
            let gaps = customer.gaps().iter().filter(|gap| gap.id() == "concern_open").count();
            assert_eq!(ledger.unsettled(as_of()).count(), gaps);
            let read: Ledger = serde_json::from_str(&serde_json::to_string(&ledger).unwrap()).unwrap();
            assert_eq!(read, ledger);
        }
        // A concern raised by the customer's people is in their customer's ledger; one raised by our staff
        // concerns no customer.
        let raised = network.concerns().iter().filter(|it| it.raised_on <= as_of());
        let theirs = raised.filter(|it| {
            it.customer_id.is_some()
                || network.person(&it.raised_by).is_some_and(|person| person.customer_id().is_some())
        });
        assert_eq!(seen, theirs.count());
    }
}
