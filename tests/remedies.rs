//! The remedy of a gap, applied to the records, clears it: whatever the portfolio.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect fails, in its helpers as well"
)]

mod common;

use common::strategy::{as_of, portfolio};
use common::{cure, network};
use proptest::prelude::*;
use stakeholder_graph::gap::{Gap, Remedy};
use stakeholder_graph::introduction::Miss;
use stakeholder_graph::record::{Person, Role, Side, Support, Tie, TieKind};
use stakeholder_graph::{Network, PersonRef, Records, Settings, Share};

/// Somebody comes to trust somebody at a level, whatever they thought before: as much evidence as that takes, and a hair
/// more for rounding.
fn earn(records: &mut Records, who: &str, trusts: &str, level: f64) {
    let network = network(records.clone());
    let settings = Settings::default();
    let view = network.view(as_of(), &settings);
    let evidence = view.trust(who, trusts).unwrap().opinion.evidence;
    let level = level.min(0.99);
    let enough = level * (evidence.against + settings.evidence.prior_weight.get()) / (1.0 - level);
    let more = enough.max(evidence.against) - evidence.supporting;
    if more > 0.0 {
        records.ties.push(Tie::trust(who, trusts).evidence(more * 1.000_01 + 1e-6, 0.0));
    }
}

fn person<'r>(records: &'r mut Records, id: &str) -> &'r mut Person {
    records.people.iter_mut().find(|person| person.id == *id).unwrap()
}

/// A role by its name, read as any record is.
fn role_named(name: &str) -> Role {
    let json = format!(r#"{{"people":[{{"id":"x","side":"staff","roles":["{name}"]}}]}}"#);
    Records::from_json(json.as_bytes()).unwrap().people[0].roles[0].clone()
}

/// Any of several will do; where nobody is named, somebody of ours who is there and not yet part of the gap.
fn any_of(named: &[PersonRef], records: &Records, gap: &Gap) -> Option<String> {
    if let Some(first) = named.first() {
        return Some(first.id.to_string());
    }
    let network = network(records.clone());
    let there = |it: &&Person| {
        it.side == Side::Staff
            && it.ended_on.is_none_or(|day| day >= as_of())
            && it.active != Some(false)
            && it.started_on.is_none_or(|day| day <= as_of())
    };
    let mut ours = network.staff().iter().filter(there);
    ours.find(|it| gap.people.iter().all(|person| person.id != it.id)).map(|it| it.id.to_string())
}

/// Applies a remedy to the records; says whether it could be.
fn apply(remedy: &Remedy, gap: &Gap, records: &mut Records) -> bool {
    match remedy {
        Remedy::EarnTrust { who, trusts, level } => {
            let Some(trusts) = any_of(trusts, records, gap) else { return false };
            for who in who {
                earn(records, &who.id, &trusts, level.get());
            }
        }
        Remedy::WinSupport { person: who } => person(records, &who.id).support = Some(Support::Supporter),
        Remedy::FillRoles { roles } => {
            let customer = gap.customer.clone();
            for (at, role) in roles.iter().enumerate() {
                let mut new = Person::customer(format!("found-{at}"), customer.clone());
                // Of several any will do.
                new.roles = role.split("_or_").take(1).map(role_named).collect();
                new.power = Some(0.01);
                records.people.push(new);
            }
        }
        Remedy::RecordPerson { id } => {
            if records.people.iter().all(|person| person.id != *id) {
                records.people.push(Person::customer(id.clone(), gap.customer.clone()));
            }
            person(records, id).power = Some(0.01);
        }
        Remedy::TellThem { person: who, then } => {
            person(records, &who.id).aware_of_us = Some(true);
            return then.as_ref().is_none_or(|then| apply(then, gap, records));
        }
        Remedy::OpenChain { opening } => {
            earn(records, &opening.who.id, &opening.trusts.id, opening.needed.get());
        }
        Remedy::ClearTheWay { misses } => {
            for miss in misses {
                match miss {
                    Miss::Distrusted { who, trusts, .. } => earn(records, &who.id, &trusts.id, 0.0),
                    // Whoever follows them is known as they were.
                    Miss::Gone { person: who, .. } => {
                        let who = person(records, &who.id);
                        (who.ended_on, who.active, who.started_on) = (None, None, None);
                    }
                    Miss::KeptApart { who, trusts } => {
                        let pair = [who.id.clone(), trusts.id.clone()];
                        let apart = |tie: &Tie| {
                            tie.kind == TieKind::Avoid && pair.contains(&tie.from) && pair.contains(&tie.to)
                        };
                        records.ties.retain(|tie| !apart(tie));
                    }
                    other => panic!("a way that would be walked is not barred by {other}"),
                }
            }
        }
        Remedy::ChangeLead { to, .. } => {
            let customer = records.customers.iter_mut().find(|it| it.id == gap.customer).unwrap();
            customer.owner_id = Some(to.id.clone());
        }
        _ => return cure::apply(gap, records, as_of()),
    }
    true
}

/// The gaps of a kind about a person.
fn same<'g>(gaps: &'g [Gap], gap: &Gap) -> Option<&'g Gap> {
    gaps.iter().find(|it| it.id == gap.id && it.person() == gap.person())
}

fn gaps_of(records: &Records, customer: &str) -> Vec<Gap> {
    let network: Network = network(records.clone());
    network.view(as_of(), &Settings::default()).customer(customer).unwrap().gaps()
}

proptest! {
    #![proptest_config(common::cases(192))]

    #[test]
    fn a_remedy_clears_its_gap(records in portfolio()) {
        let ids: Vec<String> = records.customers.iter().map(|it| it.id.to_string()).collect();
        for customer in &ids {
            for gap in gaps_of(&records, customer) {
                let Some(remedy) = &gap.remedy else { continue };
                let mut better = records.clone();
                if apply(remedy, &gap, &mut better) {
                    let left = gaps_of(&better, customer);
                    let still = same(&left, &gap);
                    assert!(still.is_none(), "{}: {gap}\n  {remedy}\n  {}", gap.id, still.unwrap());
                }
            }
        }
    }
}

#[test]
fn a_gap_without_a_remedy_says_what_is_missing() {
    // The one kind of people that a customer may lack altogether.
    let mut records = Records::new();
    records.as_of = Some(as_of());
    records.customers.push(stakeholder_graph::record::Customer::new("north"));
    records.people = vec![Person::customer("dan", "north"), Person::staff("pam")];
    records.ties = vec![Tie::trust("dan", "pam").evidence(20.0, 0.0)];
    let gaps = gaps_of(&records, "north");
    let alone = gaps.iter().find(|gap| gap.id == "single_threaded_customer").unwrap();
    assert!(alone.remedy.is_none() && !alone.missing.is_empty());
    assert!(gaps.iter().all(|gap| gap.severity <= Share::ONE));
}
