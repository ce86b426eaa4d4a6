//! What would change if something happened: equal to what changes once it has, and no trace afterwards.

use std::collections::BTreeSet;

use crate::common::strategy::{as_of, portfolio};
use crate::common::world::World;
use crate::common::{all_said, network, story, story_day};
use proptest::prelude::*;
use stakeholder_graph::change::GapChanges;
use stakeholder_graph::reach::State;
use stakeholder_graph::record::{Person, Tie};
use stakeholder_graph::what_if::{Effect, Suppose, WhatIf};
use stakeholder_graph::{Error, Network, Records, Settings, Share, Text};

fn what_if(network: &mut Network, suppose: &[Suppose]) -> WhatIf {
    network.what_if(suppose, as_of(), &Settings::default()).unwrap()
}

fn leaves(person: &str) -> Suppose {
    Suppose::leaves(person)
}

fn forms(who: &str, trusts: &str, level: f64) -> Suppose {
    Suppose::tie_forms(who, trusts, Share::new(level).unwrap())
}

#[derive(Debug, Clone)]
enum Kind {
    Leaves,
    Forms(u8),
    Breaks,
    Mends,
    Manager(bool),
}

fn suppositions() -> impl Strategy<Value = Vec<(Kind, prop::sample::Index, prop::sample::Index)>> {
    let kind = prop_oneof![
        3 => Just(Kind::Leaves),
        2 => (0..=10_u8).prop_map(Kind::Forms),
        1 => Just(Kind::Breaks),
        1 => Just(Kind::Mends),
        2 => any::<bool>().prop_map(Kind::Manager),
    ];
    prop::collection::vec((kind, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4)
}

fn supposed(records: &Records, wanted: &[(Kind, prop::sample::Index, prop::sample::Index)]) -> Vec<Suppose> {
    let id = |index: &prop::sample::Index| index.get(&records.people).id.clone();
    let pairs = wanted.iter().map(|(kind, a, b)| (kind, id(a), id(b)));
    let one = |(kind, who, trusts): (&Kind, Text, Text)| match kind {
        Kind::Leaves => Suppose::leaves(who),
        &Kind::Forms(tenths) => {
            Suppose::tie_forms(who, trusts, Share::new(f64::from(tenths) / 10.0).unwrap())
        }
        Kind::Breaks => Suppose::tie_breaks(who, trusts),
        Kind::Mends => Suppose::tie_mends(who, trusts),
        Kind::Manager(some) => Suppose::new_manager(who, some.then_some(trusts.as_str())),
    };
    pairs.map(one).collect()
}

proptest! {
    #![proptest_config(crate::common::cases(96))]

    /// The undo law, for any supposition.
    #[test]
    fn a_network_says_afterwards_what_it_said_before(
        records in portfolio(),
        wanted in suppositions(),
        day in -200..200_i32,
    ) {
        prop_assume!(!records.people.is_empty());
        let mut network = network(records.clone());
        let before = all_said(&network, 0);
        let _answer = network.what_if(&supposed(&records, &wanted), as_of().plus_days(day), &Settings::default());
        assert_eq!(all_said(&network, 0), before);
    }

    /// The slow method: change the records, build them, examine every customer, and compare.
    #[test]
    fn what_would_be_different_is_what_is_different_in_changed_records(
        records in portfolio(),
        wanted in suppositions(),
    ) {
        prop_assume!(!records.people.is_empty());
        let suppose: Vec<Suppose> = supposed(&records, &wanted)
            .into_iter()
            .filter(|one| matches!(one, Suppose::Leaves { .. } | Suppose::NewManager { .. }))
            .collect();
        let mut changed = records.clone();
        for one in &suppose {
            let person = |people: &mut Vec<Person>, id: &str| people.iter().position(|it| it.id == *id).unwrap();
            match one {
                Suppose::Leaves { person: id, .. } => {
                    let at = person(&mut changed.people, id);
                    changed.people[at].ended_on = Some(as_of().plus_days(-1));
                }
                Suppose::NewManager { person: id, manager, .. } => {
                    let at = person(&mut changed.people, id);
                    changed.people[at].manager_id.clone_from(manager);
                }
                _ => {}
            }
        }
        let mut network = network(records);
        let Ok(answer) = network.what_if(&suppose, as_of(), &Settings::default()) else { return Ok(()) };
        let Ok(changed) = Network::build(changed) else { return Ok(()) };
        let (was, is) = (network.view(as_of(), &Settings::default()), changed.view(as_of(), &Settings::default()));
        for customer in was.customers() {
            let now = is.customer(customer.id()).unwrap();
            let effect = answer.customers.iter().find(|effect| effect.customer == customer.id());
            let gaps = GapChanges::between(&customer.gaps(), &now.gaps());
            let (reach, reach_now) = (customer.reach(), now.reach());
            assert_eq!(effect.map(|it| it.gaps.clone()).unwrap_or_default(), gaps, "{suppose:?}");
            assert_eq!(effect.map_or(reach.coverage, |it| it.coverage.after), reach_now.coverage);
            let reached = |people: &[stakeholder_graph::reach::PersonReach]| -> BTreeSet<String> {
                let reached = people.iter().filter(|it| it.state == State::Reached);
                reached.map(|it| it.person.id.to_string()).collect()
            };
            let there: BTreeSet<String> = reach_now.people.iter().map(|it| it.person.id.to_string()).collect();
            let no_longer_reached: BTreeSet<String> =
                effect.iter().flat_map(|it| it.no_longer_reached()).map(|it| it.person.id.to_string()).collect();
            let lost: BTreeSet<String> =
                reached(&reach.people).difference(&reached(&reach_now.people)).cloned().collect();
            assert_eq!(no_longer_reached, lost.intersection(&there).cloned().collect(), "{suppose:?}");
        }
    }

    /// The costs of everyone's departure at once equal those of each.
    #[test]
    fn the_ranking_of_leavers_is_that_of_one_question_each(records in portfolio()) {
        let mut network = network(records);
        let ranked = network.view(as_of(), &Settings::default()).leaving_costs();
        assert!(ranked.windows(2).all(|two| two[0].cost >= two[1].cost));
        let staff: Vec<String> = network.staff().iter().map(|it| it.id().to_string()).collect();
        for id in staff {
            let Ok(answer) = network.what_if(&[leaves(&id)], as_of(), &Settings::default()) else { continue };
            let there = |effect: &&Effect| effect.coverage.before.proven > effect.coverage.after.proven;
            let cost: f64 = answer.customers.iter().filter(there).map(|it| it.weight * it.lost()).sum();
            let said = ranked.iter().find(|it| it.person.id == id).map_or(0.0, |it| it.cost);
            assert!((cost - said).abs() < 1e-9, "{id}: {cost} {said}");
        }
    }
}

/// Dan (.8) trusts Pam alone of our staff, and Wes; Wes (.2) trusts Pam and Sal; at south Zoe trusts no one.
fn small() -> Network {
    World::customer("north")
        .owner("pam")
        .powerful("dan", 0.8)
        .powerful("wes", 0.2)
        .and_customer("south")
        .person("zoe")
        .staff(["pam", "sal"])
        // b = 14/16 = .875 and 6/8 = .75.
        .trust("dan", "pam", 14.0)
        .trust("dan", "wes", 14.0)
        .trust("wes", "pam", 6.0)
        .trust("wes", "sal", 14.0)
        .network()
}

#[test]
fn somebody_of_ours_leaves_and_an_heir_is_found_with_the_introductions() {
    let mut network = small();
    let answer = what_if(&mut network, &[leaves("pam")]);
    let [north] = &answer.customers[..] else { panic!("{answer:?}") };
    // Listening adds nothing here: no lines. Power .8 and .2.
    assert!((north.coverage.before.proven.get() - (0.8 * 0.875 + 0.2 * (1.0 - 0.25 * 0.125))).abs() < 1e-9);
    assert!((north.coverage.after.proven.get() - 0.2 * 0.875).abs() < 1e-9);
    let no_longer_reached: Vec<&str> = north.no_longer_reached().map(|it| it.person.id.as_str()).collect();
    assert_eq!(no_longer_reached, ["dan"]);
    assert_eq!(north.cut_off().count(), 0, "a warm path through wes is left");
    let [handover] = &north.handovers[..] else { panic!("{north:?}") };
    assert_eq!(handover.successor.as_ref().unwrap().id, "sal");
    let ways: Vec<String> =
        handover.ties.iter().map(|tie| tie.introduction.as_ref().unwrap().to_string()).collect();
    assert_eq!(
        ways,
        [
            "sal asks wes, wes asks dan: likely 0.83, at least 0.77",
            "sal asks wes: likely 0.91, at least 0.88"
        ]
    );
    assert!(north.gaps.opened.iter().any(|gap| gap.id() == "unreached_power" && gap.person() == Some("dan")));
    let costs = network.view(as_of(), &Settings::default()).leaving_costs();
    assert_eq!(costs.iter().map(|it| it.person.id.as_str()).collect::<Vec<_>>(), ["pam", "sal"]);
    assert!(costs[0].customers[0].no_longer_reached.iter().any(|it| it.id == "dan"));
}

#[test]
fn somebody_of_theirs_leaves_and_takes_the_way_with_them() {
    let mut network = small();
    let answer = what_if(&mut network, &[leaves("pam"), leaves("wes")]);
    let north = &answer.customers[0];
    assert_eq!(north.cut_off().map(|it| it.person.id.as_str()).collect::<Vec<_>>(), ["dan"]);
    assert_eq!(north.handovers[0].successor, None);
    assert_eq!(north.handovers[0].ties[0].introduction, None);
    let wes = north.people.iter().find(|it| it.person.id == "wes").unwrap();
    assert_eq!((wes.state.after, wes.power.after), (None, Share::ZERO));
    assert!(!wes.is_no_longer_reached(), "who is gone is not stranded");
    assert!(answer.to_string().contains("cut off from us: dan (100% of the decision)"), "{answer}");
}

#[test]
fn ties_form_break_and_mend() {
    let mut network = small();
    let settings = Settings::default();
    let believed = |answer: &WhatIf, id: &str| {
        let people = answer.customers.iter().flat_map(|it| &it.people);
        people.filter(|it| it.person.id == id).map(|it| it.reach.after.get()).next()
    };
    // Zoe trusts no one: with belief .6 her reach is .6, whatever the day.
    for days in [-30, 0, 400] {
        let answer =
            network.what_if(&[forms("zoe", "sal", 0.6)], as_of().plus_days(days), &settings).unwrap();
        let reach = believed(&answer, "zoe").unwrap();
        assert!((0.6..0.6 + 1e-5).contains(&reach), "{days}: {reach}");
        assert!(answer.customers[0].won().any(|it| it.person.id == "zoe"));
    }
    let certain = what_if(&mut network, &[forms("zoe", "sal", 1.0)]);
    assert!((believed(&certain, "zoe").unwrap() - 0.99).abs() < 1e-5);
    assert!(what_if(&mut network, &[forms("dan", "pam", 0.5)]).is_nothing(), "he trusts her more than that");
    let broken = what_if(&mut network, &[Suppose::tie_breaks("dan", "pam")]);
    assert_eq!(believed(&broken, "dan"), Some(0.0));
    let _undo = network.put_tie(Tie::trust("dan", "pam").evidence(14.0, 30.0)).unwrap();
    let mended = what_if(&mut network, &[Suppose::tie_mends("dan", "pam")]);
    assert!((believed(&mended, "dan").unwrap() - 0.875).abs() < 1e-9);
}

#[test]
fn a_rival_gains_trust() {
    let mut records = story();
    records.people.push(Person::competitor("rita"));
    let mut network = network(records);
    let suppose = [forms("dan", "rita", 0.6)];
    let answer = network.what_if(&suppose, story_day(), &Settings::default()).unwrap();
    let worse: Vec<&str> =
        answer.customers.iter().flat_map(|it| &it.gaps.worsened).map(|shift| shift.gap.id()).collect();
    // He would have called no one, and would call Rita.
    assert_eq!(worse, ["first_call_at_risk"]);
    assert!(answer.customers[0].lost().abs() < 1e-12, "that he trusts a rival takes nothing from us yet");
}

#[test]
fn a_new_manager_moves_power() {
    let mut network = small();
    let suppose = [Suppose::new_manager("dan", Some("wes"))];
    let answer = what_if(&mut network, &suppose);
    let wes = answer.customers[0].people.iter().find(|it| it.person.id == "wes").unwrap();
    assert!(wes.power.after > wes.power.before, "dan listens to wes now");
}

#[test]
fn what_cannot_be_supposed_is_an_error_and_leaves_no_trace() {
    let mut network = small();
    let before = all_said(&network, 0);
    let settings = Settings::default();
    let circle =
        [leaves("sal"), Suppose::new_manager("dan", Some("wes")), Suppose::new_manager("wes", Some("dan"))];
    assert!(matches!(network.what_if(&circle, as_of(), &settings), Err(Error::NotAManager { .. })));
    assert!(matches!(network.what_if(&[leaves("x")], as_of(), &settings), Err(Error::UnknownPerson { .. })));
    assert!(matches!(
        network.what_if(&[forms("dan", "x", 0.5)], as_of(), &settings),
        Err(Error::UnknownPerson { .. })
    ));
    assert_eq!(all_said(&network, 0), before);
}

#[test]
fn suppositions_are_data() {
    let suppose = r#"[{"if":"leaves","person":"pam"},{"if":"tie_forms","who":"dan","trusts":"sal","level":0.5},
        {"if":"new_manager","person":"dan"}]"#;
    let suppose: Vec<Suppose> = serde_json::from_str(suppose).unwrap();
    let said: Vec<String> = suppose.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["pam leaves", "dan comes to trust sal at 0.50", "dan reports to nobody"]);
    let answer = what_if(&mut small(), &suppose);
    let read: WhatIf = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    assert_eq!(read, answer);
}
