//! Random valid portfolios.
//!
//! A portfolio is drawn as lists of small numbers, which shrink well, and then made into records: a number denotes
//! the person at that position, modulo their count. What would be a fault (a tie to oneself, a manager further
//! down) is left out.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Concern, ConcernStatus, Customer, Decision, Interaction, InteractionKind,
    InteractionStatus, Member, Person, Role, Seniority, Side, Support, Tie, TieKind, TieSource,
};
use stakeholder_graph::{Day, Moment, Records, Text};

/// The day of the records.
pub fn as_of() -> Day {
    super::world::today()
}

/// A day some days before the day of the records.
pub fn ago(days: u16) -> Day {
    as_of().plus_days(-i32::from(days))
}

#[derive(Debug, Clone)]
struct RawPerson {
    customer: u8,
    /// Mostly a person at the customer; occasionally of a partner or competitor.
    side: u8,
    manager: Option<u8>,
    seniority: Option<u8>,
    role: Option<u8>,
    power: Option<u8>,
    support: Option<u8>,
    aware: Option<bool>,
    /// Days before the day of the records on which they joined and left.
    came: Option<u16>,
    went: Option<u16>,
    gone: bool,
}

fn person() -> impl Strategy<Value = RawPerson> {
    (
        (0_u8..3, prop_oneof![12 => Just(0_u8), 1 => Just(1_u8), 2 => Just(2_u8)]),
        option::weighted(0.5, 0_u8..20),
        option::weighted(0.6, 0_u8..5),
        option::weighted(0.5, 0_u8..9),
        option::weighted(0.1, 0_u8..9),
        option::weighted(0.4, 0_u8..5),
        option::weighted(0.3, any::<bool>()),
        (option::weighted(0.3, 1_u16..400), option::weighted(0.12, 0_u16..60), prop::bool::weighted(0.03)),
    )
        .prop_map(
            |((customer, side), manager, seniority, role, power, support, aware, (came, went, gone))| {
                RawPerson {
                    customer,
                    side,
                    manager,
                    seniority,
                    role,
                    power,
                    support,
                    aware,
                    came,
                    went,
                    gone,
                }
            },
        )
}

#[derive(Debug, Clone)]
struct RawTie {
    kind: u8,
    from: u8,
    to: u8,
    /// In eighths; below 0 only of trust.
    strength: Option<i8>,
    evidence: Option<(u8, u8)>,
    stated: Option<bool>,
    since: Option<u16>,
    lasts: Option<u16>,
    rated: Option<u16>,
}

fn tie() -> impl Strategy<Value = RawTie> {
    (
        0_u8..20,
        0_u8..40,
        0_u8..40,
        option::weighted(0.5, prop_oneof![3 => 0_i8..=8, 1 => -8_i8..0]),
        option::weighted(0.7, (0_u8..30, prop_oneof![3 => Just(0_u8), 1 => 0_u8..12])),
        option::weighted(0.3, any::<bool>()),
        option::weighted(0.15, 0_u16..200),
        option::weighted(0.15, 0_u16..300),
        // Few days, so that there are several ratings of one.
        option::weighted(0.3, prop_oneof![Just(30_u16), 0_u16..200]),
    )
        .prop_map(|(kind, from, to, strength, evidence, stated, since, lasts, rated)| RawTie {
            kind,
            from,
            to,
            strength,
            evidence,
            stated,
            since,
            lasts,
            rated,
        })
}

#[derive(Debug, Clone)]
struct RawInteraction {
    kind: u8,
    status: u8,
    ago: u16,
    /// One of a few times of day, so that equal times occur.
    time: Option<u8>,
    people: Vec<u8>,
    starter: Option<u8>,
    sentiment: Option<i8>,
    named: bool,
    told: bool,
}

fn interaction() -> impl Strategy<Value = RawInteraction> {
    (
        0_u8..12,
        0_u8..10,
        // Close together, so that there are replies.
        prop_oneof![0_u16..20, 0_u16..400],
        option::weighted(0.6, 0_u8..3),
        vec(0_u8..40, 2..5),
        option::weighted(0.85, 0_u8..5),
        option::weighted(0.2, -4_i8..=4),
        (any::<bool>(), prop::bool::weighted(0.1)),
    )
        .prop_map(|(kind, status, ago, time, people, starter, sentiment, (named, told))| {
            RawInteraction { kind, status, ago, time, people, starter, sentiment, named, told }
        })
}

#[derive(Debug, Clone)]
struct RawPromise {
    by: u8,
    to: Vec<u8>,
    made: u16,
    due: Option<u16>,
    status: u8,
    closed: Option<u16>,
}

fn promise() -> impl Strategy<Value = RawPromise> {
    (
        0_u8..40,
        vec(0_u8..40, 1..3),
        0_u16..300,
        option::weighted(0.7, 0_u16..90),
        0_u8..4,
        option::weighted(0.8, 0_u16..90),
    )
        .prop_map(|(by, to, made, due, status, closed)| RawPromise { by, to, made, due, status, closed })
}

#[derive(Debug, Clone)]
struct RawConcern {
    by: u8,
    raised: u16,
    status: u8,
    review: Option<u16>,
    owner: Option<u8>,
    severity: Option<u8>,
    answered: Option<u16>,
}

fn concern() -> impl Strategy<Value = RawConcern> {
    (
        0_u8..40,
        0_u16..300,
        0_u8..5,
        option::weighted(0.7, 0_u16..90),
        option::weighted(0.5, 0_u8..8),
        option::of(1_u8..=4),
        option::weighted(0.5, 0_u16..120),
    )
        .prop_map(|(by, raised, status, review, owner, severity, answered)| RawConcern {
            by,
            raised,
            status,
            review,
            owner,
            severity,
            answered,
        })
}

#[derive(Debug, Clone)]
struct RawDecision {
    customer: u8,
    approver: Option<u8>,
    members: Vec<(u8, u8)>,
    quota: Option<u8>,
    opens: Option<u16>,
    decides_in: Option<i16>,
}

fn decision() -> impl Strategy<Value = RawDecision> {
    (
        0_u8..3,
        option::weighted(0.4, 0_u8..40),
        vec((0_u8..40, 0_u8..6), 1..5),
        option::weighted(0.7, 0_u8..40),
        option::weighted(0.4, 0_u16..300),
        option::weighted(0.5, -100_i16..200),
    )
        .prop_map(|(customer, approver, members, quota, opens, decides_in)| RawDecision {
            customer,
            approver,
            members,
            quota,
            opens,
            decides_in,
        })
}

/// One to three customers, up to five of our staff and twelve others, with everything that can be recorded between
/// them.
pub fn portfolio() -> impl Strategy<Value = Records> {
    (
        (1_u8..=3, vec(option::of(0_u8..5), 3), vec(option::weighted(0.5, (0_u32..5, 0_u16..300)), 3)),
        (0_u8..=5, vec(person(), 0..=12), vec(option::weighted(0.1, 1_u16..60), 5)),
        vec(tie(), 0..=28),
        vec(interaction(), 0..=14),
        vec(promise(), 0..=4),
        vec(concern(), 0..=4),
        vec(decision(), 0..=2),
    )
        .prop_map(|(customers, people, ties, interactions, promises, concerns, decisions)| {
            let mut maker = Maker::new(&customers, &people);
            for raw in &ties {
                maker.tie(raw);
            }
            for (at, raw) in interactions.iter().enumerate() {
                maker.interaction(at, raw);
            }
            for (at, raw) in promises.iter().enumerate() {
                maker.promise(at, raw);
            }
            for (at, raw) in concerns.iter().enumerate() {
                maker.concern(at, raw);
            }
            for (at, raw) in decisions.iter().enumerate() {
                maker.decision(at, raw);
            }
            maker.records
        })
}

type RawCustomers = (u8, Vec<Option<u8>>, Vec<Option<(u32, u16)>>);
type RawPeople = (u8, Vec<RawPerson>, Vec<Option<u16>>);

struct Maker {
    records: Records,
}

impl Maker {
    fn new((customers, owners, worth): &RawCustomers, (staff, people, left): &RawPeople) -> Self {
        let mut records = Records::new();
        records.as_of = Some(as_of());
        for at in 0..*customers {
            let mut customer = Customer::new(customer_id(at));
            if *staff > 0 {
                customer.owner_id = owners[usize::from(at)].map(|owner| staff_id(owner % staff));
            }
            if let Some((value, renewal)) = worth[usize::from(at)] {
                customer.value = Some(f64::from(value) * 1000.0);
                customer.renewal_on = Some(as_of().plus_days(i32::from(renewal)));
            }
            records.customers.push(customer);
        }
        for at in 0..*staff {
            let mut person = Person::staff(staff_id(at));
            person.ended_on = left[usize::from(at)].map(ago);
            // Each colleague may report to the previous one.
            if at > 0 && at % 2 == 1 {
                person.manager_id = Some(staff_id(at - 1));
            }
            records.people.push(person);
        }
        for (at, raw) in people.iter().enumerate() {
            let person = outsider(at, raw, *customers, &records);
            records.people.push(person);
        }
        Self { records }
    }

    fn id(&self, at: u8) -> Option<Text> {
        let people = &self.records.people;
        (!people.is_empty()).then(|| people[usize::from(at) % people.len()].id.clone())
    }

    fn pair(&self, a: u8, b: u8) -> Option<(Text, Text)> {
        let (a, b) = (self.id(a)?, self.id(b)?);
        (a != b).then_some((a, b))
    }

    fn tie(&mut self, raw: &RawTie) {
        let Some((from, to)) = self.pair(raw.from, raw.to) else { return };
        let kind = match raw.kind {
            0..=11 => TieKind::Trust,
            12 => TieKind::Influence,
            13 | 14 => TieKind::ListensTo,
            15 => TieKind::ReportsTo,
            16 => TieKind::Conflict,
            17 | 18 => TieKind::Acquainted,
            _ => TieKind::Avoid,
        };
        let mut tie = Tie::new(kind, from, to);
        // Eighths are exact in 32 bits as in 64.
        let least = if tie.kind == TieKind::Trust { -8 } else { 0 };
        tie.strength = raw.strength.map(|eighths| f64::from(eighths.max(least)) / 8.0);
        if kind == TieKind::Trust {
            tie.supporting = raw.evidence.map(|(supporting, _)| f64::from(supporting) / 2.0);
            tie.against = raw.evidence.map(|(_, against)| f64::from(against) / 2.0);
            tie.source =
                raw.stated.map(|stated| if stated { TieSource::Stated } else { TieSource::Evidenced });
        }
        tie.since = raw.since.map(ago);
        tie.until = raw.lasts.map(|days| tie.since.unwrap_or(ago(200)).plus_days(i32::from(days)));
        let rated = raw.rated.map(ago);
        tie.rated_on = rated.filter(|&rated| tie.until.is_none_or(|until| rated <= until));
        self.records.ties.push(tie);
    }

    fn interaction(&mut self, at: usize, raw: &RawInteraction) {
        let mut people: Vec<Text> = raw.people.iter().filter_map(|&at| self.id(at)).collect();
        let Some(starter) = people.first().cloned() else { return };
        people.sort();
        people.dedup();
        let day = ago(raw.ago);
        let moment: Moment = match raw.time {
            Some(hour) => format!("{day}T{:02}:00:00", 8 + hour).parse().unwrap(),
            None => day.into(),
        };
        let kind = match raw.kind {
            0 | 1 => Some(InteractionKind::Meeting),
            2 => Some(InteractionKind::Call),
            3..=5 => Some(InteractionKind::Email),
            6 => Some(InteractionKind::Message),
            7 => Some(InteractionKind::Event),
            8 => Some(InteractionKind::Order),
            9 => Some(InteractionKind::Quote),
            10 => Some(InteractionKind::Introduction),
            _ => None,
        };
        let mut it =
            Interaction::new(format!("i{:02}", (at * 5 + 2) % 31), InteractionKind::Call, moment, people);
        it.kind = kind;
        it.started_by = raw.starter.map(|_| starter);
        it.status = match raw.status {
            0..=6 => InteractionStatus::Held,
            7 => InteractionStatus::Planned,
            8 => InteractionStatus::Declined,
            _ => InteractionStatus::Unanswered,
        };
        it.sentiment = raw.sentiment.map(|quarters| f64::from(quarters) / 4.0);
        it.told_us_of_rival = raw.told.then_some(true);
        if raw.named {
            it.customer_id = Some(customer_id(0));
        }
        self.records.interactions.push(it);
    }

    fn promise(&mut self, at: usize, raw: &RawPromise) {
        let Some(by) = self.id(raw.by) else { return };
        let mut to: Vec<Text> = raw.to.iter().filter_map(|&at| self.id(at)).filter(|id| *id != by).collect();
        to.sort();
        to.dedup();
        if to.is_empty() {
            return;
        }
        let made = ago(raw.made);
        let mut promise = Commitment::new(format!("m{:02}", (at * 3 + 1) % 7), by, to, made);
        promise.due_on = raw.due.map(|days| made.plus_days(i32::from(days)));
        promise.status = match raw.status {
            0 => CommitmentStatus::Open,
            1 => CommitmentStatus::Kept,
            2 => CommitmentStatus::Broken,
            _ => CommitmentStatus::Withdrawn,
        };
        if promise.status != CommitmentStatus::Open {
            promise.closed_on = raw.closed.map(|days| made.plus_days(i32::from(days)).min(as_of()));
        }
        self.records.commitments.push(promise);
    }

    fn concern(&mut self, at: usize, raw: &RawConcern) {
        let Some(by) = self.id(raw.by) else { return };
        let raised = ago(raw.raised);
        let mut concern = Concern::new(format!("n{:02}", (at * 3 + 1) % 7), by, raised);
        concern.review_on = raw.review.map(|days| raised.plus_days(i32::from(days)));
        concern.severity = raw.severity;
        concern.status = match raw.status {
            0 => ConcernStatus::Open,
            1 => ConcernStatus::Acknowledged,
            2 => ConcernStatus::Answered,
            3 => ConcernStatus::ChangedSomething,
            _ => ConcernStatus::Parked,
        };
        concern.answered_on = raw.answered.map(|days| raised.plus_days(i32::from(days)));
        let staff: Vec<&Person> = self.records.people.iter().filter(|it| it.side == Side::Staff).collect();
        if !staff.is_empty() {
            concern.owner_id = raw.owner.map(|at| staff[usize::from(at) % staff.len()].id.clone());
        }
        self.records.concerns.push(concern);
    }

    fn decision(&mut self, at: usize, raw: &RawDecision) {
        let customer = customer_id(raw.customer % u8::try_from(self.records.customers.len()).unwrap());
        let there: Vec<Text> = self
            .records
            .people
            .iter()
            .filter(|it| it.customer_id.as_deref() == Some(customer.as_str()))
            .map(|it| it.id.clone())
            .collect();
        if there.is_empty() {
            return;
        }
        let who = |at: u8| there[usize::from(at) % there.len()].clone();
        let id = format!("d{at}");
        let mut decision = if let Some(approver) = raw.approver {
            Decision::approval(id, &customer, who(approver))
        } else {
            let mut members: Vec<Member> = Vec::new();
            for &(at, votes) in &raw.members {
                if members.iter().all(|it| it.id != who(at)) {
                    members.push(Member::new(who(at), u64::from(votes)));
                }
            }
            let votes: u64 = members.iter().map(|it| it.votes).sum();
            if votes == 0 {
                return;
            }
            let mut decision = Decision::vote(id, &customer, 1, members);
            decision.quota = raw.quota.map(|quota| u64::from(quota) % votes + 1);
            decision
        };
        decision.opens_on = raw.opens.map(ago);
        decision.decides_on = raw.decides_in.map(|days| {
            let day = as_of().plus_days(i32::from(days));
            decision.opens_on.map_or(day, |opens| day.max(opens))
        });
        self.records.decisions.push(decision);
    }
}

fn customer_id(at: u8) -> Text {
    format!("c{}", (at + 1) % 3).into()
}

fn staff_id(at: u8) -> Text {
    // Ids are not in the order of the records.
    format!("s{}", (at * 2 + 3) % 5).into()
}

fn outsider(at: usize, raw: &RawPerson, customers: u8, records: &Records) -> Person {
    let id = format!("p{:02}", (at * 5 + 4) % 13);
    let mut person = match raw.side {
        1 => Person::partner(id),
        2 => Person::competitor(id),
        _ => Person::customer(id, customer_id(raw.customer % customers)),
    };
    // Only a person already recorded may be a manager, so that there is no cycle.
    person.manager_id = raw.manager.and_then(|manager| {
        let above = records.people.get(usize::from(manager))?;
        (above.side == person.side).then(|| above.id.clone())
    });
    person.seniority = raw.seniority.map(|level| match level {
        0 => Seniority::CLevel,
        1 => Seniority::Vp,
        2 => Seniority::Director,
        3 => Seniority::Manager,
        _ => Seniority::Individual,
    });
    person.roles = raw.role.map_or_else(Vec::new, |role| {
        vec![match role {
            0 => Role::EconomicBuyer,
            1 => Role::DecisionMaker,
            2 => Role::TechnicalBuyer,
            3 => Role::UserBuyer,
            4 => Role::Influencer,
            5 => Role::Champion,
            6 => Role::Assistant,
            7 => Role::Gatekeeper,
            _ => Role::Other("friend".into()),
        }]
    });
    person.power = raw.power.map(|eighths| f64::from(eighths) / 8.0);
    person.support = raw.support.map(|support| match support {
        0 => Support::Champion,
        1 => Support::Supporter,
        2 => Support::Neutral,
        3 => Support::Sceptic,
        _ => Support::Opponent,
    });
    person.aware_of_us = raw.aware;
    person.ended_on = raw.went.map(ago);
    person.started_on = raw.came.map(|days| ago(days.max(raw.went.unwrap_or(0))));
    person.active = raw.gone.then_some(false);
    person
}
