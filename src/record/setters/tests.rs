use crate::day::{Day, Moment};
use crate::record::{
    Commitment, CommitmentStatus, Concern, ConcernStatus, Customer, CustomerStatus, Decision, Interaction,
    InteractionKind, InteractionStatus, Member, Other, Person, Profile, Role, Seniority, Side, Support, Tie,
    TieKind, TieSource,
};
use crate::text::Text;

const DAY: Day = Day::MAX;

#[allow(clippy::unnecessary_wraps, reason = "a field holds it so")]
fn text(text: &str) -> Option<Text> {
    Some(text.into())
}

fn other() -> Other {
    let mut other = Other::default();
    other.insert("shoe", "44");
    other
}

#[test]
fn every_field_of_a_person_is_set() {
    let person = Person::staff("ann")
        .id("dan")
        .side(Side::Customer)
        .customer_id("k")
        .name("Dan")
        .title("CFO")
        .email("d@k")
        .department("Finance")
        .site("York")
        .area("Steel")
        .manager_id("eve")
        .roles([Role::Legal, Role::Coach])
        .seniority(Seniority::CLevel)
        .power(0.5)
        .support(Support::Sceptic)
        .aware_of_us(true)
        .active(true)
        .mailbox(true)
        .started_on(DAY)
        .ended_on(DAY)
        .review_on(DAY)
        .profile(Profile::new(7, 66).answered(8).total(67))
        .other("shoe", "44")
        .line(3);
    let same = Person {
        id: "dan".into(),
        side: Side::Customer,
        customer_id: text("k"),
        name: text("Dan"),
        title: text("CFO"),
        email: text("d@k"),
        department: text("Finance"),
        site: text("York"),
        area: text("Steel"),
        manager_id: text("eve"),
        roles: vec![Role::Legal, Role::Coach],
        seniority: Some(Seniority::CLevel),
        power: Some(0.5),
        support: Some(Support::Sceptic),
        aware_of_us: Some(true),
        active: Some(true),
        mailbox: Some(true),
        started_on: Some(DAY),
        ended_on: Some(DAY),
        review_on: Some(DAY),
        profile: Some(Profile { answered: 8, total: 67 }),
        other: other(),
        line: Some(3),
    };
    assert_eq!(person, same);
}

#[test]
fn every_field_of_a_customer_is_set() {
    let customer = Customer::new("x")
        .id("k")
        .name("Acme")
        .parent_id("group")
        .owner_id("ann")
        .segment("Steel")
        .value(3.0)
        .currency("EUR")
        .renewal_on(DAY)
        .status(CustomerStatus::NotPursued)
        .reason("too far")
        .until(DAY)
        .other("shoe", "44")
        .line(3);
    let same = Customer {
        id: "k".into(),
        name: text("Acme"),
        parent_id: text("group"),
        owner_id: text("ann"),
        segment: text("Steel"),
        value: Some(3.0),
        currency: text("EUR"),
        renewal_on: Some(DAY),
        status: CustomerStatus::NotPursued,
        reason: text("too far"),
        until: Some(DAY),
        other: other(),
        line: Some(3),
    };
    assert_eq!(customer, same);
}

#[test]
fn every_field_of_a_tie_is_set() {
    let tie = Tie::default()
        .id("t")
        .kind(TieKind::Conflict)
        .from("dan")
        .to("ann")
        .strength(0.25)
        .supporting(2.0)
        .against(1.0)
        .source(TieSource::Stated)
        .since(DAY)
        .until(DAY)
        .rated_on(DAY)
        .other("shoe", "44")
        .line(3);
    let same = Tie {
        id: text("t").map(Box::new),
        kind: TieKind::Conflict,
        from: "dan".into(),
        to: "ann".into(),
        strength: Some(0.25),
        supporting: Some(2.0),
        against: Some(1.0),
        source: Some(TieSource::Stated),
        since: Some(DAY),
        until: Some(DAY),
        rated_on: Some(DAY),
        other: other(),
        line: Some(3),
    };
    assert_eq!(tie, same);
}

#[test]
fn every_field_of_an_interaction_is_set() {
    let interaction = Interaction::default()
        .id("i")
        .at(DAY)
        .participants(["dan", "ann"])
        .customer_id("k")
        .kind(InteractionKind::Call)
        .started_by("ann")
        .status(InteractionStatus::Declined)
        .absent(["bob"])
        .automatic(true)
        .in_person(true)
        .told_us_of_rival(false)
        .duration_min(30)
        .sentiment(-0.5)
        .subject("prices")
        .other("shoe", "44")
        .line(3);
    let same = Interaction {
        id: "i".into(),
        at: Moment::from(DAY),
        participants: vec!["dan".into(), "ann".into()],
        absent: vec!["bob".into()],
        automatic: Some(true),
        in_person: Some(true),
        told_us_of_rival: Some(false),
        customer_id: text("k"),
        kind: Some(InteractionKind::Call),
        started_by: text("ann"),
        status: InteractionStatus::Declined,
        duration_min: Some(30),
        sentiment: Some(-0.5),
        subject: text("prices"),
        other: other(),
        line: Some(3),
    };
    assert_eq!(interaction, same);
}

#[test]
fn every_field_of_a_commitment_is_set() {
    let commitment = Commitment::default()
        .id("c")
        .made_by("ann")
        .made_to(["dan"])
        .made_on(DAY)
        .due_on(DAY)
        .status(CommitmentStatus::Kept)
        .closed_on(DAY)
        .customer_id("k")
        .text("a plan")
        .other("shoe", "44")
        .line(3);
    let same = Commitment {
        id: "c".into(),
        made_by: "ann".into(),
        made_to: vec!["dan".into()],
        made_on: DAY,
        due_on: Some(DAY),
        status: CommitmentStatus::Kept,
        closed_on: Some(DAY),
        customer_id: text("k"),
        text: text("a plan"),
        other: other(),
        line: Some(3),
    };
    assert_eq!(commitment, same);
}

#[test]
fn every_field_of_a_concern_is_set() {
    let concern = Concern::default()
        .id("c")
        .raised_by("dan")
        .raised_on(DAY)
        .severity(3)
        .status(ConcernStatus::Parked)
        .review_on(DAY)
        .answered_on(DAY)
        .owner_id("ann")
        .customer_id("k")
        .text("too dear")
        .other("shoe", "44")
        .line(3);
    let same = Concern {
        id: "c".into(),
        raised_by: "dan".into(),
        raised_on: DAY,
        severity: Some(3),
        status: ConcernStatus::Parked,
        review_on: Some(DAY),
        answered_on: Some(DAY),
        owner_id: text("ann"),
        customer_id: text("k"),
        text: text("too dear"),
        other: other(),
        line: Some(3),
    };
    assert_eq!(concern, same);
}

#[test]
fn every_field_of_a_decision_is_set() {
    let decision = Decision::default()
        .id("d")
        .customer_id("k")
        .approver("dan")
        .members([Member::new("x", 1).id("eve").votes(2)])
        .quota(2)
        .opens_on(DAY)
        .decides_on(DAY)
        .other("shoe", "44")
        .line(3);
    let same = Decision {
        id: "d".into(),
        customer_id: "k".into(),
        approver: text("dan"),
        members: vec![Member { id: "eve".into(), votes: 2 }],
        quota: Some(2),
        opens_on: Some(DAY),
        decides_on: Some(DAY),
        other: other(),
        line: Some(3),
    };
    assert_eq!(decision, same);
}
