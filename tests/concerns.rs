//! A concern is open until it was answered, on every day that is asked about.

use stakeholder_graph::checkup::LedgerState;
use stakeholder_graph::record::{Concern, ConcernStatus};
use stakeholder_graph::{Day, Evidence, Network, Records, Settings};

use crate::common::cure::gaps_of;
use crate::common::world::{World, ago, day, today};

/// Ann raised it 120 days ago, to be looked at again 90 days ago.
fn raised(status: ConcernStatus) -> Concern {
    Concern::new("n", "ann", ago(120)).review_on(ago(90)).owner_id("pam").status(status)
}

fn records(concern: Concern) -> Records {
    let world = World::customer("acme").powerful("ann", 1.0).staff(["pam"]).owner("pam");
    world.with(|records| records.concerns.push(concern)).records()
}

fn on(records: &Records, day: Day) -> (Evidence, LedgerState, bool) {
    let network = Network::build(records.clone()).unwrap();
    let settings = Settings::default();
    let view = network.view(day, &settings);
    let trust = view.trust("ann", "pam").unwrap().opinion.evidence;
    let state = view.customer("acme").unwrap().concerns().entries[0].state;
    let is_open = gaps_of(records, "acme", day).iter().any(|gap| gap.id() == "concern_open");
    (trust, state, is_open)
}

#[test]
fn an_answer_of_yesterday_does_not_change_what_was_true_before() {
    let open = records(raised(ConcernStatus::Open));
    let answered = records(raised(ConcernStatus::ChangedSomething).answered_on(ago(1)));
    for before in [120, 100, 90, 89, 60, 30, 2] {
        assert_eq!(on(&open, ago(before)), on(&answered, ago(before)), "{before} days ago");
    }
    let (evidence, state, is_open) = on(&answered, ago(1));
    assert_eq!(state, LedgerState::ChangedSomething);
    assert!(!is_open);
    // That it was left open past its day remains on record.
    let faded = 0.5_f64.powf(88.0 / 60.0);
    assert!(
        (evidence.supporting - 1.0).abs() < 1e-6 && (evidence.against - faded).abs() < 1e-6,
        "{evidence:?}"
    );
}

#[test]
fn without_its_day_an_answer_is_of_the_review_day_if_that_has_passed_else_of_the_day_of_the_records() {
    let reviewed = raised(ConcernStatus::Answered);
    assert_eq!(reviewed.answered_by(Some(today())), Some(ago(90)));
    let later = reviewed.clone().review_on(day(5));
    assert_eq!(later.answered_by(Some(today())), Some(today()));
    let (evidence, state, _) = on(&records(later), ago(1));
    assert_eq!(evidence, Evidence::NONE);
    assert!(matches!(state, LedgerState::Open { acknowledged: false, .. }));
    let (evidence, state, _) = on(&records(reviewed), ago(90));
    assert_eq!((evidence, state), (Evidence::new(1.0, 0.0), LedgerState::Answered));
    assert_eq!(raised(ConcernStatus::Open).answered_on(ago(3)).answered_by(Some(today())), None);
}

#[test]
fn an_answer_before_the_concern_is_a_fault() {
    let error = Network::build(records(raised(ConcernStatus::Answered).answered_on(ago(121)))).unwrap_err();
    assert!(error.to_string().contains("answered_on"), "{error}");
}
