//! Remedies applied to the records, as a careful clerk would: exactly as much as the remedy says.

use stakeholder_graph::gap::{BuyingRole, Family, Gap, Remedy};
use stakeholder_graph::introduction::Miss;
use stakeholder_graph::record::{
    CommitmentStatus, ConcernStatus, Interaction, InteractionKind, InteractionStatus, Person, Profile, Role,
    Seniority, Side, Support, Tie, TieKind,
};
use stakeholder_graph::{Day, Network, PersonRef, Records, Settings, Share, View};

use super::world::{found, today};

/// Applies the remedy of a gap to the records it was found in; false where there is none that can be applied.
pub fn apply(gap: &Gap, records: &mut Records, on: Day) -> bool {
    gap.remedy.as_ref().is_some_and(|remedy| apply_one(remedy, gap, records, on))
}

fn apply_one(remedy: &Remedy, gap: &Gap, records: &mut Records, on: Day) -> bool {
    // Remedies take effect on that day, so it becomes the day of the records.
    records.as_of = Some(on);
    let network = Network::build(records.clone()).unwrap();
    let settings = Settings::default();
    let view = network.view(on, &settings);
    match remedy {
        Remedy::EarnTrust { who, trusts, level, .. } => {
            let Some(trusts) = one_of(records, trusts, gap, on) else { return false };
            trust_in(records, &view, &who[0], &trusts, *level);
        }
        Remedy::EarnTrustOfEach { who, trusts, level, .. } => {
            let Some(trusts) = one_of(records, trusts, gap, on) else { return false };
            for who in who {
                trust_in(records, &view, who, &trusts, *level);
            }
        }
        Remedy::KeepTrust { who, trusts, level, on: later, .. } => {
            // Enough more today that the level is met after fading.
            let then = network.view(*later, &settings);
            let kept = (f64::from(-later.days_since(on)) / 60.0).exp2();
            let Some(trusts) = one_of(records, trusts, gap, on) else { return false };
            let left = then.trust(&who.id, &trusts).unwrap().opinion.evidence;
            let more = level.get() * (left.against + 2.0) / (1.0 - level.get()) - left.supporting;
            let more = more.max(0.0) / kept * (1.0 + 1e-6) + 1e-6;
            records.ties.push(Tie::trust(who.id.clone(), trusts).evidence(more, 0.0));
        }
        Remedy::Meet { who, with, times, level, .. } => {
            let Some(with) = one_of(records, with, gap, on) else { return false };
            for time in 0..*times {
                let id = format!("cure-{}-{with}-{time}", who[0].id);
                let both = [who[0].id.as_str(), &with];
                let meeting = Interaction::new(&*id, InteractionKind::Meeting, on, both).subject(&*id);
                records.interactions.push(meeting.started_by(&*with));
            }
            if let Some(level) = level {
                trust_in(records, &view, &who[0], &with, *level);
            }
        }
        Remedy::HearFrom { person, with, times, .. } => {
            let Some(with) = one_of(records, with, gap, on) else { return false };
            for time in 0..*times {
                let id = format!("cure-{}-{with}-{time}", person.id);
                let both = [person.id.as_str(), &with];
                let mail = Interaction::new(&*id, InteractionKind::Email, on, both).subject(&*id);
                records.interactions.push(mail.started_by(person.id.clone()));
            }
        }
        Remedy::WinSupport { person, .. } => of(records, person).support = Some(Support::Supporter),
        Remedy::WinOver { person, as_champion, then, .. } => {
            let support = if *as_champion { Support::Champion } else { Support::Supporter };
            of(records, person).support = Some(support);
            return then.as_ref().is_none_or(|then| apply_one(then, gap, records, on));
        }
        Remedy::TellThem { person, then, .. } => {
            of(records, person).aware_of_us = Some(true);
            return then.as_ref().is_none_or(|then| apply_one(then, gap, records, on));
        }
        Remedy::FillRoles { roles, .. } => {
            for (at, role) in roles.iter().enumerate() {
                let mut new = Person::customer(format!("found-{at}"), gap.customer.clone());
                // Of several, any will do.
                new.roles = vec![role_of(*role)];
                new.power = Some(0.01);
                records.people.push(new);
            }
        }
        Remedy::RecordPerson { id, .. } => {
            if records.people.iter().all(|person| person.id != *id) {
                records.people.push(Person::customer(id.clone(), gap.customer.clone()));
            }
            records.people.iter_mut().find(|it| it.id == *id).unwrap().power = Some(0.01);
        }
        Remedy::OpenPath { opening, .. } => {
            trust_in(records, &view, &opening.who, &opening.trusts.id, opening.needed);
        }
        Remedy::ClearTheWay { misses, .. } => misses.iter().for_each(|miss| put_right(miss, records, &view)),
        Remedy::ChangeLead { to, .. } => {
            let customer = records.customers.iter_mut().find(|it| it.id == gap.customer).unwrap();
            customer.owner_id = Some(to.id.clone());
        }
        _ => return note(remedy, records, on),
    }
    true
}

/// Remedies that concern promises, concerns and records.
fn note(remedy: &Remedy, records: &mut Records, on: Day) -> bool {
    match remedy {
        Remedy::Review { person, next, .. } => of(records, person).review_on = Some(*next),
        Remedy::FindOut { person, any_of, .. } => {
            let field: &str = &any_of[0];
            let person = of(records, person);
            match field {
                "people.roles" => person.roles = vec![Role::Other("known".into())],
                "people.seniority" => person.seniority = Some(Seniority::Individual),
                "people.power" => person.power = Some(0.0),
                "people.support" => person.support = Some(Support::Neutral),
                _ => return false,
            }
        }
        Remedy::CorrectScore { who, trusts, strength, .. } => {
            for tie in records.ties.iter_mut().filter(|tie| tie.from == who.id && tie.to == trusts.id) {
                let stated = tie.source == Some(stakeholder_graph::record::TieSource::Stated);
                if stated || tie.strength.is_some() {
                    tie.strength = Some(strength.get());
                    if stated {
                        (tie.supporting, tie.against) = (None, None);
                    }
                }
            }
        }
        Remedy::FillProfile { person, answered, .. } => {
            let person = of(records, person);
            let total = person.profile.unwrap().total;
            person.profile = Some(Profile::new(*answered, total));
        }
        Remedy::KeepPromise { promise, .. } => {
            let promise = records.commitments.iter_mut().find(|it| it.id == *promise).unwrap();
            (promise.status, promise.closed_on) = (CommitmentStatus::Kept, Some(on));
        }
        Remedy::AnswerConcern { concern, .. } => {
            let concern = records.concerns.iter_mut().find(|it| it.id == *concern).unwrap();
            (concern.status, concern.answered_on) = (ConcernStatus::ChangedSomething, Some(on));
        }
        Remedy::Reply { person, by, .. } => {
            let Some(by) = by.first() else { return false };
            let letter = Interaction::new(
                format!("cure-reply-{}", person.id),
                InteractionKind::Email,
                on,
                [by.id.as_str(), person.id.as_str()],
            );
            records.interactions.push(letter.started_by(&*by.id));
        }
        Remedy::TakeBackAsks { asks, .. } => {
            for ask in records.interactions.iter_mut().filter(|it| asks.contains(&it.id)) {
                ask.status = InteractionStatus::Declined;
            }
        }
        _ => return false,
    }
    true
}

/// A role that fills a buying role.
fn role_of(wanted: BuyingRole) -> Role {
    match wanted {
        BuyingRole::EconomicBuyer => Role::EconomicBuyer,
        BuyingRole::TechnicalBuyer => Role::TechnicalBuyer,
        BuyingRole::UserBuyer => Role::UserBuyer,
        // Of several, any will do.
        BuyingRole::ChampionOrCoach => Role::Champion,
        other => panic!("no role is known that fills {other}"),
    }
}

/// Removes what blocks a path.
fn put_right(miss: &Miss, records: &mut Records, view: &View<'_>) {
    match miss {
        Miss::Distrusted { who, trusts, .. } => {
            let today = view.trust(&who.id, &trusts.id).unwrap().opinion.evidence;
            let more = (today.against - today.supporting) * (1.0 + 1e-5) + 1e-6;
            records.ties.push(Tie::trust(who.id.clone(), trusts.id.clone()).evidence(more, 0.0));
        }
        // The successor is as well known as they were.
        Miss::Gone { person, .. } => {
            let person = of(records, person);
            (person.ended_on, person.active, person.started_on) = (None, None, None);
        }
        Miss::KeptApart { who, trusts, .. } => {
            let pair = [who.id.clone(), trusts.id.clone()];
            let apart =
                |tie: &Tie| tie.kind == TieKind::Avoid && pair.contains(&tie.from) && pair.contains(&tie.to);
            records.ties.retain(|tie| !apart(tie));
        }
        other => panic!("a way that would be walked is not barred by {other}"),
    }
}

/// The gaps of a customer on a day.
pub fn gaps_of(records: &Records, customer: &str, on: Day) -> Vec<Gap> {
    let mut records = records.clone();
    records.as_of = Some(on);
    let network = Network::build(records).unwrap();
    network.view(on, &Settings::default()).customer(customer).unwrap().gaps()
}

/// The gaps of a kind at the first customer, today: each of this family, and each cleared by its remedy.
#[track_caller]
pub fn found_and_cured(records: &Records, id: &str, family: Family) -> Vec<Gap> {
    let gaps = found(records, id);
    for gap in &gaps {
        assert_eq!(gap.family(), family);
        assert_cured(gap, records, today());
    }
    gaps
}

/// Applies the remedy of a gap and checks that the gap is gone. A gap of its kind about the same first person and
/// unit counts as the same.
#[track_caller]
pub fn assert_cured(gap: &Gap, records: &Records, on: Day) {
    let mut cured = records.clone();
    assert!(apply(gap, &mut cured, on), "{gap}: {:?}", gap.remedy);
    assert_gone(gap, &cured, on);
}

/// Checks that no gap of its kind about the same subject is left.
#[track_caller]
pub fn assert_gone(gap: &Gap, cured: &Records, on: Day) {
    let left = gaps_of(cured, &gap.customer, on);
    // The remedy for a team with one thread names one tie; where none was live, one is still missing.
    let same = |other: &&Gap| other.key() == gap.key() && other.person() == gap.person();
    if let Some(left) = left.iter().find(same) {
        panic!("{gap}\nis still there after: {}\nas: {left}", gap.remedy.as_ref().unwrap());
    }
}

fn of<'r>(records: &'r mut Records, person: &PersonRef) -> &'r mut Person {
    records.people.iter_mut().find(|it| it.id == person.id).unwrap()
}

/// The first of those named; where none is named, a member of our staff who is there and not yet part of the gap.
fn one_of(records: &Records, named: &[PersonRef], gap: &Gap, on: Day) -> Option<String> {
    if let Some(first) = named.first() {
        return Some(first.id.to_string());
    }
    let free = |it: &&Person| gap.people.iter().all(|person| person.id != it.id);
    staff(records, on).find(free).map(|it| it.id.to_string())
}

/// Our staff who are there.
pub fn staff(records: &Records, on: Day) -> impl Iterator<Item = &Person> {
    records.people.iter().filter(move |it| {
        it.side == Side::Staff
            && it.active != Some(false)
            && it.started_on.is_none_or(|day| day <= on)
            && it.ended_on.is_none_or(|day| on <= day)
    })
}

/// Evidence added so that belief equals the level: (r + x) / (r + x + s + W) = θ.
fn trust_in(records: &mut Records, view: &View<'_>, who: &PersonRef, trusts: &str, level: Share) {
    let today = view.trust(&who.id, trusts).unwrap().opinion.evidence;
    let level = level.get().min(0.99);
    // Trust also requires at least as much evidence for as against.
    let needed = (level * (today.against + 2.0) / (1.0 - level)).max(today.against);
    let more = needed - today.supporting;
    if more > 0.0 {
        // Slightly more, because amounts are stored in 32 bits.
        let more = more * (1.0 + 1e-5) + 1e-6;
        records.ties.push(Tie::trust(who.id.clone(), trusts).evidence(more, 0.0));
    }
}

/// Applies every remedy of a family in the sample, on its own day and on others.
#[track_caller]
pub fn assert_sample_is_cured(family: Family) {
    let records = Records::from_json(include_bytes!("../../examples/sample.json").as_slice()).unwrap();
    let mut count = 0;
    for on in ["2026-03-02", "2026-03-23", "2026-06-01"] {
        let on = on.parse().unwrap();
        for customer in &records.customers {
            for gap in gaps_of(&records, &customer.id, on).iter().filter(|gap| gap.family() == family) {
                assert_cured(gap, &records, on);
                count += 1;
            }
        }
    }
    assert!(count > 5, "{count}");
}
