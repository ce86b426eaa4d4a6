//! The day: the last on which something happened, where the records give none.

use crate::common::world::day;
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Concern, Customer, Decision, Interaction, InteractionKind,
    InteractionStatus, Person, Tie,
};
use stakeholder_graph::{Day, Network, Records};

fn records() -> Records {
    let mut records = Records::new();
    records.customers.push(Customer::new("north"));
    records.people = vec![Person::customer("ann", "north"), Person::staff("sal")];
    let first = Interaction::new("m", InteractionKind::Meeting, day("2026-01-05"), ["ann", "sal"]);
    records.interactions.push(first);
    records
}

fn last(records: Records) -> Day {
    let network = Network::repair(records).unwrap().network;
    assert!(!network.is_day_given());
    assert_eq!(network.as_of(), network.last_event());
    network.last_event().unwrap()
}

fn happens(kind: InteractionKind, status: InteractionStatus) -> Records {
    let mut records = records();
    let it = Interaction::new("x", kind, day("2026-02-01"), ["ann", "sal"]).started_by("sal").status(status);
    records.interactions.push(it);
    records
}

#[test]
fn what_happened_counts() {
    use InteractionKind::{Email, Meeting, Message};
    use InteractionStatus::{Held, Unanswered};
    let promise = || Commitment::new("p", "sal", ["ann"], day("2026-01-02"));
    let with = |change: &dyn Fn(&mut Records)| {
        let mut records = records();
        change(&mut records);
        records
    };
    let counting = [
        happens(Meeting, Held),
        happens(Email, Held),
        happens(Email, Unanswered),
        happens(Message, Unanswered),
        with(&|it| it.commitments.push(Commitment::new("p", "sal", ["ann"], day("2026-02-01")))),
        with(&|it| it.commitments.push(promise().closed(CommitmentStatus::Kept, day("2026-02-01")))),
        with(&|it| it.concerns.push(Concern::new("c", "ann", day("2026-02-01")))),
        with(&|it| it.people[0].started_on = Some(day("2026-02-01"))),
        with(&|it| it.people[0].ended_on = Some(day("2026-02-01"))),
    ];
    for (number, records) in counting.into_iter().enumerate() {
        assert_eq!(last(records), day("2026-02-01"), "{number}");
    }
}

#[test]
fn what_lies_ahead_or_is_only_a_date_does_not() {
    use InteractionKind::{Call, Meeting};
    use InteractionStatus::{Declined, Planned, Unanswered};
    let later = || Some(day("2026-02-01"));
    let with = |change: &dyn Fn(&mut Records)| {
        let mut records = records();
        change(&mut records);
        records
    };
    let others = [
        happens(Meeting, Planned),
        happens(Meeting, Declined),
        happens(Meeting, Unanswered),
        happens(Call, Unanswered),
        with(&|it| {
            let due = Commitment::new("p", "sal", ["ann"], day("2026-01-02")).due_on(day("2026-02-01"));
            it.commitments.push(due);
        }),
        with(&|it| {
            let mut concern = Concern::new("c", "ann", day("2026-01-02"));
            concern.review_on = later();
            it.concerns.push(concern);
        }),
        with(&|it| it.customers[0].renewal_on = later()),
        with(&|it| {
            let mut decision = Decision::approval("d", "north", "ann");
            (decision.opens_on, decision.decides_on) = (Some(day("2026-01-02")), later());
            it.decisions.push(decision);
        }),
        with(&|it| {
            let mut tie = Tie::trust("ann", "sal").evidence(1.0, 0.0);
            (tie.since, tie.until) = (Some(day("2026-01-01")), later());
            it.ties.push(tie);
        }),
        with(&|it| it.people[0].ended_on = Some(day("9999-12-31"))),
    ];
    for (number, records) in others.into_iter().enumerate() {
        assert_eq!(last(records), day("2026-01-05"), "{number}");
    }
}

#[test]
fn a_given_day_bounds_the_last_event() {
    let mut records = happens(InteractionKind::Meeting, InteractionStatus::Held);
    records.as_of = Some(day("2026-01-20"));
    let network = Network::repair(records).unwrap().network;
    assert!(network.is_day_given());
    assert_eq!((network.as_of(), network.last_event()), (Some(day("2026-01-20")), Some(day("2026-01-05"))));
    assert_eq!(Network::build(Records::new()).unwrap().last_event(), None);
}
