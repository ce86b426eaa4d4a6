//! An edited network equals the network built from its edited records.

use crate::common::strategy::{as_of, portfolio};
use crate::common::world::World;
use crate::common::{all_said, network};
use proptest::prelude::*;
use stakeholder_graph::record::{Tie, TieKind, TieSource};
use stakeholder_graph::{Error, Network, Records, Settings};

/// A change to the records: a tie set, or one removed.
#[derive(Debug, Clone)]
struct Edit {
    from: prop::sample::Index,
    to: prop::sample::Index,
    kind: TieKind,
    /// None removes the tie.
    figures: Option<(Option<f64>, Option<f64>, Option<f64>)>,
    since: Option<u8>,
    until: Option<u8>,
    /// Use one of the recorded ties rather than any two people.
    of_records: Option<prop::sample::Index>,
}

fn edit() -> impl Strategy<Value = Edit> {
    let kind =
        prop_oneof![4 => Just(TieKind::Trust), 1 => Just(TieKind::Conflict), 1 => Just(TieKind::Acquainted)];
    let amount = || prop::option::of(prop_oneof![Just(0.0), (0..40_u8).prop_map(|it| f64::from(it) / 4.0)]);
    let strength = prop::option::weighted(0.3, (0..=8_u8).prop_map(|it| f64::from(it) / 8.0));
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        kind,
        prop::option::weighted(0.7, (strength, amount(), amount())),
        prop::option::weighted(0.2, 0..90_u8),
        prop::option::weighted(0.2, 0..90_u8),
        prop::option::weighted(0.6, any::<prop::sample::Index>()),
    )
        .prop_map(|(from, to, kind, figures, since, until, of_records)| Edit {
            from,
            to,
            kind,
            figures,
            since,
            until,
            of_records,
        })
}

/// The two people, and the kind of tie between them.
fn ends(edit: &Edit, records: &Records) -> Option<(TieKind, String, String)> {
    let editable = |tie: &&Tie| matches!(tie.kind, TieKind::Trust | TieKind::Conflict | TieKind::Acquainted);
    let ties: Vec<&Tie> = records.ties.iter().filter(editable).collect();
    if let (Some(index), false) = (&edit.of_records, ties.is_empty()) {
        let tie = index.get(&ties);
        return Some((tie.kind, tie.from.to_string(), tie.to.to_string()));
    }
    if records.people.is_empty() {
        return None;
    }
    let id = |index: &prop::sample::Index| index.get(&records.people).id.to_string();
    let (from, to) = (id(&edit.from), id(&edit.to));
    (from != to).then_some((edit.kind, from, to))
}

/// Edits the records as the documentation says the network is edited. A removed tie leaves an empty one behind, so
/// that the others keep their positions. None when the same tie is recorded twice.
fn edited(records: &Records, kind: TieKind, (from, to): (&str, &str), tie: Option<&Tie>) -> Option<Records> {
    let same = |it: &Tie| {
        let straight = it.from == from && it.to == to;
        let crossed = it.from == to && it.to == from;
        it.kind == kind && (straight || crossed && kind != TieKind::Trust) && says_something(it)
    };
    let mut records = records.clone();
    let mut places = (0..records.ties.len()).filter(|&at| same(&records.ties[at]));
    let (first, second) = (places.next(), places.next());
    if second.is_some() {
        return None;
    }
    let nothing = Tie::trust(from, to).evidence(0.0, 0.0);
    match (first, tie) {
        (Some(at), tie) => records.ties[at] = tie.unwrap_or(&nothing).clone(),
        (None, Some(tie)) => records.ties.push(tie.clone()),
        (None, None) => {}
    }
    Some(records)
}

/// A tie with every figure zero is no evidence, and the network does not keep it; but for a rating of 0, which takes the
/// place of earlier ones.
fn says_something(tie: &Tie) -> bool {
    let figures = [tie.strength, tie.supporting, tie.against];
    let zero = figures.iter().flatten().all(|figure| *figure == 0.0);
    match tie.kind {
        TieKind::Trust => {
            let is_rating = tie.strength.is_some() || tie.source == Some(TieSource::Stated);
            figures.iter().all(Option::is_none) || is_rating || !zero
        }
        TieKind::Conflict => tie.strength != Some(0.0),
        _ => true,
    }
}

proptest! {
    #![proptest_config(crate::common::cases(128))]

    #[test]
    fn an_edited_network_is_what_the_edited_records_make(
        records in portfolio(),
        edits in prop::collection::vec(edit(), 1..6),
        later in prop_oneof![Just(0_u16), 0..120_u16],
    ) {
        let mut records = records;
        let mut edited_network = network(records.clone());
        for (number, edit) in edits.iter().enumerate() {
            let Some((kind, from, to)) = ends(edit, &records) else { continue };
            let tie = edit.figures.map(|(strength, supporting, against)| {
                let mut tie = Tie::new(kind, from.as_str(), to.as_str());
                (tie.strength, tie.supporting, tie.against) = (strength, supporting, against);
                tie.since = edit.since.map(|days| as_of().plus_days(-i32::from(days)));
                tie.until = edit.until.map(|days| as_of().plus_days(i32::from(days)));
                tie.id = (number % 2 == 0).then(|| Box::new(format!("e{number}").into()));
                tie
            });
            let Some(now) = edited(&records, kind, (&from, &to), tie.as_ref()) else { continue };
            let before = all_said(&edited_network, later);
            let change = |network: &mut Network| match &tie {
                Some(tie) => network.put_tie(tie.clone()).unwrap(),
                None => network.remove_tie(kind, &from, &to).unwrap(),
            };
            let undo = change(&mut edited_network);
            let after = all_said(&edited_network, later);
            edited_network.undo(undo);
            assert_eq!(all_said(&edited_network, later), before, "undone");
            let _kept = change(&mut edited_network);
            let rebuilt = network(now.clone());
            assert_eq!(after, all_said(&rebuilt, later), "{edit:?} {from} {to}");
            records = now;
        }
    }
}

/// A person leaves, or gets another manager.
#[derive(Debug, Clone)]
enum PersonEdit {
    Leaves(prop::sample::Index, i16),
    Manager(prop::sample::Index, Option<prop::sample::Index>),
}

fn person_edit() -> impl Strategy<Value = PersonEdit> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), -40..40_i16).prop_map(|(who, days)| PersonEdit::Leaves(who, days)),
        (index(), prop::option::weighted(0.9, index()))
            .prop_map(|(who, whom)| PersonEdit::Manager(who, whom)),
    ]
}

proptest! {
    #![proptest_config(crate::common::cases(128))]

    #[test]
    fn a_network_whose_people_were_edited_is_what_the_edited_records_make(
        records in portfolio(),
        edits in prop::collection::vec(person_edit(), 1..6),
        later in prop_oneof![Just(0_u16), 0..120_u16],
    ) {
        let mut records = records;
        prop_assume!(!records.people.is_empty());
        let mut edited = network(records.clone());
        for edit in &edits {
            let before = all_said(&edited, later);
            let mut now = records.clone();
            let result = match edit {
                PersonEdit::Leaves(who, days) => {
                    let at = who.index(now.people.len());
                    let day = as_of().plus_days(i32::from(*days));
                    now.people[at].ended_on = Some(day);
                    edited.end_presence(&records.people[at].id, day)
                }
                PersonEdit::Manager(who, whom) => {
                    let at = who.index(now.people.len());
                    let manager = whom.map(|whom| whom.get(&records.people).id.clone());
                    now.people[at].manager_id.clone_from(&manager);
                    edited.set_manager(&records.people[at].id, manager.as_deref())
                }
            };
            match (result, Network::build(now.clone())) {
                (Ok(undo), Ok(rebuilt)) => {
                    let after = all_said(&edited, later);
                    assert_eq!(after, all_said(&rebuilt, later), "{edit:?}");
                    if edits.len() % 2 == 0 {
                        edited.undo(undo);
                        assert_eq!(all_said(&edited, later), before, "undone");
                    } else {
                        records = now;
                    }
                }
                (Err(_), Err(_)) => assert_eq!(all_said(&edited, later), before, "refused and unchanged"),
                (mine, rebuilt) => panic!("{edit:?}: {:?} and a build that says {:?}", mine.err(), rebuilt.err()),
            }
        }
    }
}

fn two_and_one_of_ours() -> Network {
    let world = World::customer("north").people(["dan", "wes"]).staff(["pam"]);
    world.trust("dan", "wes", 6.0).trust("wes", "pam", 14.0).network()
}

#[test]
fn thousands_of_edits_leave_no_trace() {
    let mut network = two_and_one_of_ours();
    let before = all_said(&network, 0);
    for round in 0..10_000_u32 {
        let tie = Tie::trust("dan", "wes").evidence(f64::from(round % 7 + 1), 0.0);
        assert_eq!(network.put_tie(tie).unwrap().replaced(), 1);
        assert_eq!(network.put_tie(Tie::trust("dan", "pam").evidence(1.0, 2.0)).unwrap().replaced(), 0);
        assert_eq!(network.remove_tie(TieKind::Trust, "dan", "pam").unwrap().replaced(), 1);
        assert_eq!(network.tie_count(), 2);
    }
    let _kept = network.put_tie(Tie::trust("dan", "wes").evidence(6.0, 0.0)).unwrap();
    assert_eq!(all_said(&network, 0), before);
}

#[test]
fn what_cannot_be_put_in_is_refused_and_changes_nothing() {
    let mut network = two_and_one_of_ours();
    let before = all_said(&network, 0);
    let faulty = network.put_tie(Tie::trust("dan", "nobody").evidence(-1.0, 0.0)).unwrap_err();
    let Error::Unsound(problems) = &faulty else { panic!("{faulty}") };
    assert_eq!(
        problems.iter().map(stakeholder_graph::Problem::code).collect::<Vec<_>>(),
        ["dangling", "out_of_range"]
    );
    assert!(problems.iter().all(|it| it.record.index == 2), "the position that it would have had");
    for kind in [TieKind::Influence, TieKind::ListensTo, TieKind::ReportsTo, TieKind::Avoid] {
        let refused = network.put_tie(Tie::new(kind, "dan", "wes")).unwrap_err();
        assert!(matches!(refused, Error::NotEditable { kind: of, .. } if of == kind), "{refused}");
        assert!(network.remove_tie(kind, "dan", "wes").is_err());
    }
    assert!(matches!(network.remove_tie(TieKind::Trust, "dan", "x"), Err(Error::UnknownPerson { .. })));
    assert!(network.put_tie(Tie::trust("dan", "dan").evidence(1.0, 0.0)).is_err());
    assert_eq!(all_said(&network, 0), before);
}

#[test]
fn a_tie_that_is_put_in_has_its_own_id_and_no_others() {
    let cited = |network: &Network, who: &str, trusts: &str| {
        let view = network.view(as_of(), &Settings::default());
        view.trust(who, trusts).unwrap().evidence.iter().map(|it| it.record_id.clone()).collect::<Vec<_>>()
    };
    let mut network = two_and_one_of_ours();
    let tie = || Tie::trust("dan", "wes").evidence(6.0, 0.0);
    let undo = network.put_tie(tie().id("t7")).unwrap();
    assert_eq!(cited(&network, "dan", "wes"), ["t7"]);
    let taken = network.put_tie(Tie::trust("dan", "pam").evidence(1.0, 0.0).id("t7")).unwrap_err();
    assert!(taken.to_string().contains("has the same id"), "{taken}");
    let _its_own = network.put_tie(tie().id("t7")).unwrap();
    let without = network.put_tie(tie()).unwrap();
    assert_eq!(cited(&network, "dan", "wes"), ["trust dan>wes evidenced"]);
    network.undo(without);
    assert_eq!(cited(&network, "dan", "wes"), ["t7"]);
    network.undo(undo);
    assert_eq!(cited(&network, "dan", "wes"), ["trust dan>wes evidenced"]);
    let _free = network.put_tie(Tie::trust("dan", "pam").evidence(1.0, 0.0).id("t7")).unwrap();
    assert_eq!(cited(&network, "dan", "pam"), ["t7"]);
}

#[test]
fn a_person_edit_that_cannot_be_is_refused_and_changes_nothing() {
    let mut network = World::customer("north")
        .people(["dan", "wes"])
        .staff(["pam"])
        .with(|records| {
            records.people[0].manager_id = Some("wes".into());
            records.people[1].started_on = Some(as_of());
        })
        .network();
    let before = all_said(&network, 0);
    let said =
        |result: Result<_, Error>| result.map(|_: stakeholder_graph::Undo| ()).unwrap_err().to_string();
    assert_eq!(
        said(network.set_manager("dan", Some("pam"))),
        "`pam` cannot be the manager: they are on another side"
    );
    let circle = said(network.set_manager("wes", Some("dan")));
    assert_eq!(circle, "`dan` cannot be the manager: the lines would run in a circle");
    assert!(network.set_manager("wes", Some("wes")).is_err());
    assert!(matches!(network.set_manager("wes", Some("x")), Err(Error::UnknownPerson { .. })));
    assert!(matches!(network.end_presence("x", as_of()), Err(Error::UnknownPerson { .. })));
    let early = said(network.end_presence("wes", as_of().plus_days(-1)));
    assert_eq!(early, format!("`wes` comes only on {}, and cannot leave before", as_of()));
    assert_eq!(all_said(&network, 0), before);
    let _kept = network.set_manager("dan", None).unwrap();
    assert_ne!(all_said(&network, 0), before);
}
