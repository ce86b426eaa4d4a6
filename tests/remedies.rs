//! For any records: applying a remedy clears its gap, and a gap never weighs more than what it is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::cure::{apply, assert_gone, gaps_of};
use crate::common::strategy::{as_of, portfolio};
use crate::common::world::World;
use crate::common::{cases, network};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use stakeholder_graph::gap::{CATALOGUE, Family, Gap};
use stakeholder_graph::record::{Interaction, InteractionKind, InteractionStatus, Profile, Seniority};
use stakeholder_graph::{Records, Settings};

/// A person's department, site, area, answered profile items (of 66) and review day (days from the day of the
/// records); each is often missing.
type Sits = (Option<u8>, Option<u8>, Option<u8>, Option<u8>, Option<i8>);

fn sits() -> impl Strategy<Value = Sits> {
    (
        option::weighted(0.7, 0_u8..3),
        option::weighted(0.6, 0_u8..3),
        option::weighted(0.4, 0_u8..2),
        option::weighted(0.5, 0_u8..66),
        option::weighted(0.3, -40_i8..40),
    )
}

/// Portfolios whose people have units, and whose people and our staff are in touch often enough for the rhythm
/// gaps.
fn lively() -> impl Strategy<Value = Records> {
    // Often the same person and recently, so that there are streaks.
    let who = prop_oneof![Just(7_u8), 0_u8..40];
    let touch = (who, 0_u8..5, 0_u8..8, any::<bool>(), prop_oneof![0_u16..14, 0_u16..130]);
    (portfolio(), vec(sits(), 20), vec(touch, 0..60)).prop_map(|(mut records, sits, touches)| {
        let named = |letter: &str, at: Option<u8>| at.map(|at| format!("{letter}{at}").as_str().into());
        for (person, (department, site, area, answered, review)) in records.people.iter_mut().zip(sits) {
            person.department = named("d", department);
            person.site = named("s", site);
            person.area = named("a", area);
            person.profile = answered.map(|answered| Profile::new(answered.into(), 66));
            person.review_on = review.map(|days| as_of().plus_days(days.into()));
            if person.side == stakeholder_graph::record::Side::Staff {
                use Seniority::{CLevel, Director, Individual, Manager};
                person.seniority =
                    answered.map(|at| [CLevel, Director, Manager, Individual][usize::from(at % 4)]);
            }
        }
        let ids: Vec<_> = records.people.iter().map(|person| person.id.clone()).collect();
        for (at, (who, ours, kind, by_us, days)) in touches.into_iter().enumerate() {
            let Some(who) = ids.get(usize::from(who) % ids.len().max(1)) else { continue };
            let Some(ours) = ids.get(usize::from(ours) % ids.len().max(1)) else { continue };
            if who == ours {
                continue;
            }
            let (kind, status) = match kind {
                0 | 1 => (InteractionKind::Meeting, InteractionStatus::Held),
                2..=4 => (InteractionKind::Email, InteractionStatus::Held),
                _ => (InteractionKind::Email, InteractionStatus::Unanswered),
            };
            let day = as_of().plus_days(-i32::from(days));
            let it = Interaction::new(format!("t{at:02}"), kind, day, [who.clone(), ours.clone()]);
            let starter = if by_us { ours } else { who };
            records.interactions.push(it.status(status).started_by(starter.clone()));
        }
        records
    })
}

/// Families with low severity of which every kind is drawn.
const FAMILIES: [Family; 3] = [Family::Breadth, Family::Rhythm, Family::Record];

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_remedy_clears_its_gap(records in lively(), later in 0_i32..60) {
        let on = as_of().plus_days(later);
        for customer in &records.customers {
            for gap in gaps_of(&records, &customer.id, on) {
                // Where it takes one more colleague than there are, it cannot be applied.
                let mut better = records.clone();
                if gap.remedy.is_some() && apply(&gap, &mut better, on) {
                    assert_gone(&gap, &better, on);
                }
            }
        }
    }

    #[test]
    fn nobody_unreached_weighs_less_than_what_else_is_said_of_them(records in lively()) {
        let network = network(records);
        let settings = Settings::default();
        let view = network.view(as_of(), &settings);
        for customer in view.customers() {
            let gaps = customer.gaps();
            let unreached: BTreeMap<_, _> = gaps
                .iter()
                .filter(|gap| gap.id() == "unreached_power")
                .map(|gap| (gap.person(), gap.severity))
                .collect();
            let about_one = |gap: &&Gap| gap.people.len() == 1 && FAMILIES.contains(&gap.family());
            for gap in gaps.iter().filter(about_one) {
                if let Some(unreached) = unreached.get(&gap.person()) {
                    prop_assert!(gap.severity <= *unreached, "{gap}");
                }
            }
        }
    }
}

/// The laws above are empty for a kind of gap that is never drawn.
#[test]
fn every_kind_is_drawn() {
    let mut runner = TestRunner::new_with_rng(cases(1), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut left: BTreeSet<&str> =
        CATALOGUE.iter().filter(|entry| FAMILIES.contains(&entry.family)).map(|entry| entry.id).collect();
    assert_eq!(left.len(), 15);
    for _ in 0..1000 {
        let records = lively().new_tree(&mut runner).unwrap().current();
        for customer in &records.customers {
            for gap in gaps_of(&records, &customer.id, as_of()) {
                left.remove(gap.id());
            }
        }
        if left.is_empty() {
            return;
        }
    }
    panic!("never drawn: {left:?}");
}

#[test]
fn a_gap_without_a_remedy_says_what_is_missing() {
    // No one else is known whose trust would help.
    let records = World::customer("north").person("dan").staff(["pam"]).trust("dan", "pam", 20.0).records();
    let gaps = gaps_of(&records, "north", as_of());
    let alone = gaps.iter().find(|gap| gap.id() == "single_threaded_customer").unwrap();
    assert!(alone.remedy.is_none() && !alone.missing.is_empty());
}
