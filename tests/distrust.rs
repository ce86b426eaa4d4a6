//! Silence never makes distrust; what makes a person hostile, and what means that we let them down.

use proptest::prelude::*;
use stakeholder_graph::introduction::Ranking;
use stakeholder_graph::reach::PersonReach;
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Concern, Interaction, InteractionKind, InteractionStatus, Role, Support,
    Tie, TieKind,
};
use stakeholder_graph::{Network, Settings, Share};

use crate::common::world::{World, ago, happened, person, today};
use crate::common::{cases, near, network};

fn world() -> World {
    World::customer("c").owner("sal").person("ann").staff(["sal", "tom"])
}

fn mail(id: &str, days_ago: i32) -> Interaction {
    happened(id, InteractionKind::Email, ago(days_ago), ["sal", "ann"]).status(InteractionStatus::Unanswered)
}

fn decline(id: &str, days_ago: i32) -> Interaction {
    happened(id, InteractionKind::Meeting, ago(days_ago), ["sal", "ann"]).status(InteractionStatus::Declined)
}

fn declines(number: i32) -> World {
    (0..number).fold(world(), |world, at| world.interaction(decline(&format!("d{at}"), at)))
}

fn broken(world: World) -> World {
    let promise = Commitment::new("p", "sal", ["ann"], ago(20)).closed_on(today());
    world.with(|records| records.commitments.push(promise.status(CommitmentStatus::Broken)))
}

fn left_open(world: World) -> World {
    let mut concern = Concern::new("n", "ann", ago(20));
    concern.review_on = Some(ago(1));
    world.with(|records| records.concerns.push(concern))
}

fn known(world: World, support: Support) -> World {
    world.with(|records| person(records, "ann").support = Some(support))
}

fn conflict() -> World {
    world().tie(Tie::new(TieKind::Conflict, "ann", "sal"))
}

/// Ann, today or a number of days later.
fn ann_in(network: &Network, later: i32) -> PersonReach {
    let view = network.view(today().plus_days(later), &Settings::default());
    let reach = view.customer("c").unwrap().reach();
    reach.people.into_iter().find(|it| it.person.id == "ann").unwrap()
}

fn ann(world: World) -> PersonReach {
    ann_in(&world.network(), 0)
}

/// Hostile, let down, distrusts anybody.
fn stance(world: World) -> [bool; 3] {
    let ann = ann(world);
    [ann.hostile, ann.let_down, !ann.distrusts.is_empty()]
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn silence_alone_never_makes_distrust(
        mails in prop::collection::vec(0_i32..700, 1..60),
        trust in prop_oneof![Just(0.0), 0.0..3.0],
        later in -700_i32..700,
        half_life in prop_oneof![Just(90_u32), 1_u32..400],
    ) {
        let mut world = world();
        if trust > 0.0 {
            world = world.trust("ann", "sal", trust);
        }
        for (at, &ago) in mails.iter().enumerate() {
            world = world.interaction(mail(&format!("m{at}"), ago));
        }
        let network = world.network();
        let mut settings = Settings::default();
        settings.evidence.half_life_days = half_life.try_into().unwrap();
        let day = today().plus_days(later);
        for view in [network.view(day, &settings), network.as_recorded_view(day, &settings)] {
            let reach = view.customer("c").unwrap().reach();
            let ann = &reach.people[0];
            prop_assert!(!ann.hostile && !ann.let_down && ann.distrusts.is_empty(), "{ann:?}");
            let opinion = view.trust("ann", "sal").unwrap().opinion;
            prop_assert!(!opinion.is_distrust(&settings.levels));
            prop_assert_eq!(opinion.explicit, Share::ZERO);
        }
    }
}

#[test]
fn hostile_takes_an_act_or_a_rating_of_their_own() {
    let (calm, hostile, let_down) = ([false; 3], [true, false, true], [false, true, true]);
    assert_eq!(stance(declines(1)), calm, "one decline is no distrust");
    assert_eq!(stance(declines(2)), hostile);
    assert_eq!(stance(conflict()), hostile);
    assert_eq!(stance(world().evidence("ann", "sal", 0.0, 1.4)), hostile, "1.4/3.4 is more than 0.4");
    assert_eq!(stance(world().evidence("ann", "sal", 0.0, 1.3)), calm, "1.3/3.3 is less");
    assert_eq!(stance(broken(world())), let_down);
    assert_eq!(stance(left_open(world())), calm, "one concern left open is no distrust");
    assert_eq!(stance(left_open(declines(1))), let_down, "neither would do alone, and half is ours");
    assert_eq!(stance(broken(declines(2))), hostile, "what they did would do alone");
    let bad = happened("m", InteractionKind::Meeting, today(), ["sal", "ann"]).sentiment(-1.0);
    assert_eq!(stance(world().interaction(bad)), [false, false, true], "our own note of a bad meeting");
}

#[test]
fn what_is_on_record_decides_who_can_be_hostile() {
    let hostile = |world: World| ann(world).hostile;
    for support in [Support::Neutral, Support::Supporter, Support::Champion] {
        assert!(!hostile(known(declines(2), support)), "{support:?}");
        assert!(ann(known(broken(world()), support)).let_down);
    }
    assert!(hostile(known(declines(2), Support::Sceptic)));
    assert!(!hostile(declines(2).with(|records| person(records, "ann").roles = vec![Role::Coach])));
    assert!(!hostile(known(declines(1), Support::Opponent)), "an opponent who distrusts no one");
    let opponent = stance(known(broken(world()), Support::Opponent));
    assert_eq!(opponent, [true, true, true], "an opponent, and let down as well");
    assert!(!hostile(declines(2).trust("ann", "tom", 1.0)), "a live tie to Tom, a third");
    assert!(hostile(declines(2).trust("ann", "tom", 0.8)));
}

#[test]
fn unanswered_mails_neither_make_nor_dilute_distrust() {
    let silent =
        |world: World| (0..50).fold(world, |world, at| world.interaction(mail(&format!("m{at}"), at)));
    for later in [0, 30] {
        let opinions = [declines(2), silent(declines(2))].map(|world| {
            let network = world.network();
            let view = network.view(today().plus_days(later), &Settings::default());
            view.trust("ann", "sal").unwrap().opinion
        });
        near(opinions[1].explicit, opinions[0].explicit.get());
        assert!(opinions[1].projected < opinions[0].projected, "silence is no good sign all the same");
        assert!(opinions[1].disbelief > opinions[0].disbelief);
    }
    assert_eq!(stance(silent(declines(2))), [true, false, true]);
    assert_eq!(stance(silent(declines(1))), [false; 3]);
    assert_eq!(stance(silent(broken(world()))), [false, true, true]);
}

/// All evidence fades alike, but the prior does not, so an old quarrel ends.
#[test]
fn distrust_is_as_of_the_day() {
    let network = conflict().network();
    assert!(ann_in(&network, 35).hostile, "2·2^(-35/60) = 1.335 against, 1.335/3.335 = 0.4003");
    assert!(!ann_in(&network, 36).hostile, "1.32/3.32 = 0.398");
    let view = network.as_recorded_view(ago(60), &Settings::default());
    assert!(view.customer("c").unwrap().reach().people[0].hostile, "a tie without a day held all along");
    let mut strict = Settings::default();
    strict.levels.distrusted = Share::new(0.6).unwrap();
    assert!(!network.view(today(), &strict).customer("c").unwrap().reach().people[0].hostile);
}

/// A lower level does not make one decline an act of hostility.
#[test]
fn one_decline_is_not_hostile_whatever_the_level() {
    let mut settings = Settings::default();
    settings.levels.distrusted = Share::new(0.3).unwrap();
    for (number, hostile) in [(1, false), (2, true)] {
        let network = declines(number).network();
        let reach = network.view(today(), &settings).customer("c").unwrap().reach();
        assert_eq!(reach.people[0].distrusts.len(), 1);
        assert_eq!(reach.people[0].hostile, hostile);
    }
}

#[test]
fn a_path_runs_through_silence_and_not_through_distrust() {
    let silent = (0..2)
        .fold(world().trust("ann", "sal", 1.0), |world, at| world.interaction(mail(&format!("m{at}"), 1)));
    let declined = declines(3).trust("ann", "sal", 1.0);
    for (world, paths) in [(silent, 1), (declined, 0)] {
        let network = network(world.records());
        for later in [0, 10] {
            let view = network.view(today().plus_days(later), &Settings::default());
            let question = view.introductions("ann").unwrap().rank_by(Ranking::Projected);
            assert_eq!(question.best(1).len(), paths);
            let bounds = stakeholder_graph::introduction::Bounds::NONE;
            assert_eq!(view.best_paths(bounds).iter().count(), paths);
        }
    }
}

#[test]
fn the_page_says_who_is_hostile_and_who_was_let_down() {
    let page = |world: World| {
        let network = world.network();
        let view = network.view(today(), &Settings::default());
        view.customer("c").unwrap().checkup().text().to_string()
    };
    assert!(page(declines(2)).contains("cold, hostile"));
    let both = page(known(broken(world()), Support::Opponent));
    assert!(both.contains("cold, let down, hostile"), "{both}");
    let let_down = page(broken(world()));
    assert!(let_down.contains("cold, let down") && !let_down.contains("hostile"), "{let_down}");
}

#[test]
fn who_leaves_three_attempts_unanswered_is_unresponsive_and_not_hostile() {
    let says = |ages: &[i32], change: &dyn Fn(World) -> World| {
        let tried = ages.iter().fold(world(), |world, &age| {
            world.interaction(mail(&format!("m{age}"), age).status(InteractionStatus::Unanswered))
        });
        let network = change(tried).network();
        let reach = network.view(today(), &Settings::default()).customer("c").unwrap().reach();
        let ann = reach.people.iter().find(|it| it.person.id == "ann").unwrap().clone();
        assert!(!ann.hostile && ann.distrusts.is_empty());
        ann.unresponsive
    };
    let as_is = |world: World| world;
    assert!(says(&[30, 20, 8], &as_is));
    assert!(!says(&[30, 20, 7], &as_is), "the last may still be answered");
    assert!(!says(&[20, 8], &as_is), "two are easily missed");
    assert!(says(&[180, 20, 8], &as_is) && !says(&[181, 20, 8], &as_is));
    let sign = |kind: InteractionKind, by: &'static str, status: InteractionStatus| {
        move |world: World| {
            let it = Interaction::new("s", kind, ago(25), ["ann", "sal"]).started_by(by).status(status);
            world.interaction(it)
        }
    };
    assert!(!says(&[30, 20, 8], &sign(InteractionKind::Email, "ann", InteractionStatus::Held)), "she wrote");
    assert!(
        !says(&[30, 20, 8], &sign(InteractionKind::Meeting, "sal", InteractionStatus::Declined)),
        "she said no"
    );
    assert!(says(&[30, 20, 8], &sign(InteractionKind::Meeting, "sal", InteractionStatus::Planned)));
    assert!(
        says(&[24, 20, 8], &sign(InteractionKind::Email, "ann", InteractionStatus::Held)),
        "all of them since"
    );
    assert!(!says(&[30, 20, 8], &|world| world.trust("ann", "sal", 6.0)), "we are in touch");
    let network = World::customer("c").people(["ann"]).staff(["sal"]).with(|_| ()).network();
    assert!(
        !network.view(today(), &Settings::default()).customer("c").unwrap().reach().people[0].unresponsive
    );
}
