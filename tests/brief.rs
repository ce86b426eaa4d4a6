//! The daily brief: what it contains, for which reader, and within which time.

use crate::common::network;
use crate::common::strategy::{as_of, portfolio};
use crate::common::world::{World, day, happened};
use proptest::prelude::*;
use stakeholder_graph::checkup::{AlertKind, Brief, UpdateKind};
use stakeholder_graph::record::{
    Concern, ConcernStatus, Interaction, InteractionKind, InteractionStatus, Person, Tie,
};
use stakeholder_graph::{Day, Error, Records, Settings, Share, Snooze};

/// Two customers: at north Dan decides and trusts Wes alone, Wes trusts Pam; at south Zoe trusts none of our staff
/// much.
fn records() -> Records {
    World::customer("north")
        .owner("pam")
        .powerful("dan", 0.8)
        .powerful("wes", 0.2)
        .and_customer("south")
        .person("zoe")
        .staff(["pam", "sal"])
        .trust("dan", "wes", 14.0)
        .trust("wes", "pam", 14.0)
        .records()
}

fn brief_of(records: Records, settings: &Settings, since: i32, staff: Option<&str>) -> Brief {
    let network = network(records);
    network.view(as_of(), settings).brief(&network.as_recorded_view(day(since), settings), staff).unwrap()
}

fn brief(records: Records) -> Brief {
    brief_of(records, &Settings::default(), -1, None)
}

#[test]
fn what_happened_after_the_earlier_day_is_news() {
    let mut records = records();
    records.people.push(Person::customer("new", "north"));
    records.people.push(Person::customer("old", "north"));
    // .25 of 1.25, and no one listens to anyone.
    records.people[5].power = Some(0.25);
    records.people[5].started_on = Some(day(0));
    records.people[6].ended_on = Some(day(-1));
    records.interactions = vec![
        happened("o1", InteractionKind::Order, day(0), ["wes", "pam"]),
        // On the earlier day itself, planned, declined, or with a competitor: not news.
        happened("o2", InteractionKind::Order, day(-1), ["wes", "pam"]),
        happened("o3", InteractionKind::Order, day(0), ["wes", "pam"]).status(InteractionStatus::Declined),
        happened("q1", InteractionKind::Quote, day(0), ["zoe", "sal"]),
        happened("m1", InteractionKind::Meeting, day(0), ["wes", "pam"]),
        Interaction::new("i1", InteractionKind::Introduction, day(0), ["wes", "dan", "pam"])
            .started_by("wes"),
    ];
    let said: Vec<String> = brief(records).new.iter().map(ToString::to_string).collect();
    let today = as_of();
    assert_eq!(
        said,
        [
            format!("north, {today}: wes brought pam and dan together"),
            format!("north, {today}: wes ordered"),
            format!("north, {today}: new joined and holds 20% of the decision"),
            format!("north, {today}: old is gone"),
            format!("south, {today}: zoe asked us for a quote"),
        ]
    );
}

#[test]
fn a_concern_that_was_answered_since_shows_against_the_earlier_network() {
    let mut before = records();
    before.concerns = vec![
        Concern::new("c1", "wes", day(-9)),
        Concern::new("c2", "zoe", day(-9)),
        Concern::new("c3", "dan", day(-9)),
    ];
    (before.concerns[2].status, before.concerns[2].answered_on) = (ConcernStatus::Answered, Some(day(-5)));
    let mut now = before.clone();
    now.concerns[0].status = ConcernStatus::ChangedSomething;
    now.concerns[1].status = ConcernStatus::Answered;
    let (before, now) = (network(before), network(now));
    let settings = Settings::default();
    let brief =
        now.view(as_of(), &settings).brief(&before.as_recorded_view(day(-1), &settings), None).unwrap();
    let answered: Vec<(&str, bool)> = brief
        .new
        .iter()
        .filter_map(|updates| match &updates.what {
            UpdateKind::ConcernAnswered { concern, changed_something, .. } => {
                Some((concern.as_str(), *changed_something))
            }
            _ => None,
        })
        .collect();
    assert_eq!(answered, [("c1", true), ("c2", false)]);
    // A change made on request is to be thanked for by the account owner; south has none.
    let thank_yous: Vec<(&str, &str)> =
        brief.thank_you.iter().map(|it| (it.by.id.as_str(), it.person.id.as_str())).collect();
    assert_eq!(thank_yous, [("pam", "wes")]);
}

#[test]
fn gaps_that_opened_are_wrong_and_old_ones_are_not_told_again() {
    // Dan distrusts no one: he was already unreached before.
    let unchanged = brief(records());
    assert!(unchanged.is_all_well(), "{unchanged}");
    let mut worse = records();
    worse.people[1].ended_on = Some(day(-1));
    let opened: Vec<String> = brief(worse)
        .wrong
        .iter()
        .filter(|it| it.kind == AlertKind::Opened)
        .map(|it| format!("{} {}", it.gap.id(), it.gap.person().unwrap_or("")))
        .collect();
    assert!(opened.contains(&"no_warm_path dan".to_owned()), "{opened:?}");
}

#[test]
fn a_silence_lapses_on_its_day() {
    let mut settings = Settings::default();
    settings.snoozes.push(Snooze::person("dan", "on holiday").until(day(-1)));
    let woken = brief_of(records(), &settings, -1, None);
    assert!(woken.wrong.iter().any(|it| it.kind == AlertKind::Woken && it.gap.person() == Some("dan")));
    assert!(woken.calls.iter().any(|call| call.person.id == "wes"));
    settings.snoozes[0].until = Some(day(0));
    let asleep = brief_of(records(), &settings, -1, None);
    assert!(asleep.wrong.is_empty(), "{asleep}");
    assert!(asleep.calls.iter().all(|call| call.why.iter().all(|why| why.introduction_to.is_none())));
}

#[test]
fn the_first_link_is_called_for_whom_we_do_not_reach() {
    let brief = brief(records());
    let call = &brief.calls[0];
    assert_eq!((call.by.id.as_str(), call.person.id.as_str()), ("pam", "wes"));
    assert_eq!(call.why[0].introduction_to.as_ref().unwrap().id, "dan");
    assert!(!call.is_new);
    assert!(brief.calls.iter().all(|call| call.person.id != "dan"), "no one on our team can call him");
}

/// Many customers, each with one powerful person who can be reached through a person who trusts Pam; at some of
/// them no one trusts us at the live level, and the path is weak.
fn many(old: usize, new: usize) -> Records {
    let mut world = World::staff_only(["pam"]);
    for at in 0..old + new {
        let id = format!("k{at:02}");
        let (chief, friend) = (format!("{id}-chief"), format!("{id}-friend"));
        // 6/8 and below .3: 0.8/2.8; the product is above the floor of .25.
        let strength = if at < old { 6.0 } else { 0.8 };
        world = world
            .and_customer(&id)
            .powerful(&chief, 0.9)
            .powerful(&friend, 0.1)
            .trust(&chief, &friend, 60.0)
            .trust(&friend, "pam", strength);
    }
    world.records()
}

#[test]
fn calls_fit_into_the_minutes_and_a_part_is_kept_for_new_customers() {
    let mut settings = Settings::default();
    settings.brief.minutes = 100;
    settings.brief.share_for_new = Share::new(0.4).unwrap();
    let count = |brief: &Brief| (brief.calls.iter().filter(|it| it.is_new).count(), brief.calls.len());
    let brief = brief_of(many(9, 9), &settings, -1, None);
    assert_eq!(count(&brief), (2, 5), "five calls of twenty minutes, two of them for new customers");
    assert_eq!(brief.calls_left_out, 13);
    assert_eq!(brief.minutes(), 100);
    // What either part of the budget does not use is available to the other.
    assert_eq!(count(&brief_of(many(9, 1), &settings, -1, None)), (1, 5));
    assert_eq!(count(&brief_of(many(1, 9), &settings, -1, None)), (4, 5));
    settings.brief.minutes = 99;
    assert_eq!(brief_of(many(9, 9), &settings, -1, None).calls.len(), 4);
    settings.brief.minutes = 0;
    assert_eq!(brief_of(many(9, 9), &settings, -1, None).calls.len(), 0);
}

#[test]
fn who_has_not_heard_from_us_for_longest_is_called_just_to_talk() {
    let mut records = records();
    records.ties.clear();
    for (id, person, ago) in [("a", "dan", -20), ("b", "wes", -90), ("c", "zoe", 0)] {
        for round in 0..6 {
            let id = format!("{id}{round}");
            records
                .interactions
                .push(happened(&id, InteractionKind::Meeting, day(ago), ["pam", person]).subject(&*id));
        }
    }
    let brief = brief(records);
    let check_in: Vec<(&str, Day)> =
        brief.check_in.iter().map(|check_in| (check_in.person.id.as_str(), check_in.last_contact)).collect();
    // Power .8, of which 1 − 2^(−20/60) = .206 faded: .165; power .2, of which 1 − 2^(−90/60) = .646 faded: .129; today:
    // nothing.
    assert_eq!(check_in, [("dan", day(-20)), ("wes", day(-90))]);
    assert!((brief.check_in[1].worth.get() - 0.2 * (1.0 - 0.5_f64.powf(1.5))).abs() < 1e-9);
}

#[test]
fn an_introduction_is_thanked_for_until_they_hear_from_us() {
    let mut records = records();
    let made = |on: i32| {
        Interaction::new("i1", InteractionKind::Introduction, day(on), ["wes", "dan", "pam"])
            .started_by("wes")
    };
    let thank_yous = |records: &Records| -> Vec<String> {
        brief(records.clone()).thank_you.iter().map(|it| format!("{} {}", it.by.id, it.person.id)).collect()
    };
    records.interactions = vec![made(-14)];
    assert_eq!(thank_yous(&records), ["pam wes"]);
    let written = serde_json::to_string(&brief(records.clone())).unwrap();
    let read: Brief = serde_json::from_str(&written).unwrap();
    assert_eq!(read, brief(records.clone()), "who thanks and who introduced are told apart");
    records.interactions = vec![made(-15)];
    assert!(thank_yous(&records).is_empty(), "after two weeks it is too late");
    records.interactions = vec![made(-5), happened("m", InteractionKind::Call, day(-2), ["pam", "wes"])];
    assert!(thank_yous(&records).is_empty(), "they have spoken since");
}

#[test]
fn one_of_ours_is_told_of_their_own_customers_and_calls() {
    let everybody = brief(many(2, 0));
    assert_eq!(everybody.customers, 2);
    let mut records = many(2, 0);
    records.people.push(Person::staff("sal"));
    records.customers[0].owner_id = Some("sal".into());
    let sals = brief_of(records, &Settings::default(), -1, Some("sal"));
    assert_eq!(sals.customers, 1, "the one that sal owns");
    assert!(sals.calls.is_empty(), "all calls are pam's");
    let network = network(many(1, 0));
    let settings = Settings::default();
    let view = network.view(as_of(), &settings);
    assert!(matches!(view.brief(&view, Some("k00-chief")), Err(Error::WrongSide { .. })));
    assert!(matches!(view.brief(&view, Some("x")), Err(Error::UnknownPerson { .. })));
}

#[test]
fn looking_back_an_undated_tie_stood_all_along_and_a_dated_one_did_not() {
    let mut records = records();
    records.interactions = vec![happened("m", InteractionKind::Meeting, day(-10), ["dan", "sal"])];
    let mut dated = Tie::trust("zoe", "sal").evidence(14.0, 0.0);
    dated.since = Some(day(-5));
    records.ties.push(dated);
    let network = network(records);
    let settings = Settings::default();
    let belief = |back: bool, who: &str, trusts: &str, on: i32| {
        let view = if back {
            network.as_recorded_view(day(on), &settings)
        } else {
            network.view(day(on), &settings)
        };
        view.trust(who, trusts).unwrap().opinion.belief.get()
    };
    assert_eq!(belief(false, "wes", "pam", -20).to_bits(), 0.0_f64.to_bits());
    assert!((belief(true, "wes", "pam", -20) - 0.875).abs() < 1e-6, "it is not older then than now");
    assert_eq!(belief(true, "dan", "sal", -11).to_bits(), 0.0_f64.to_bits(), "they had not met");
    assert!(belief(true, "dan", "sal", -10) > 0.0);
    assert_eq!(belief(true, "zoe", "sal", -6).to_bits(), 0.0_f64.to_bits(), "its first day is known");
    assert!((belief(true, "zoe", "sal", -5) - 0.875).abs() < 1e-6);
}

proptest! {
    #![proptest_config(crate::common::cases(64))]

    #[test]
    fn nothing_is_new_or_wrong_between_a_day_and_itself(records in portfolio(), later in 0..90_i32) {
        let network = network(records);
        let settings = Settings::default();
        let view = network.view(day(later), &settings);
        let brief = view.brief(&view, None).unwrap();
        assert!(brief.new.is_empty());
        assert!(brief.wrong.iter().all(|it| it.kind == AlertKind::PowerTable));
        assert!(brief.minutes() <= settings.brief.minutes);
        let read: Brief = serde_json::from_str(&serde_json::to_string(&brief).unwrap()).unwrap();
        assert_eq!(read, brief);
    }

    #[test]
    fn looking_back_from_the_day_of_the_records_on_is_looking(records in portfolio(), later in 0..90_i32) {
        let network = network(records);
        let settings = Settings::default();
        let (back, view) = (network.as_recorded_view(day(later), &settings), network.view(day(later), &settings));
        let said = |view: &stakeholder_graph::View<'_>| serde_json::to_string(&view.checkups()).unwrap();
        assert_eq!(said(&back), said(&view));
    }
}

#[test]
fn who_has_ordered_is_no_new_customer() {
    let mut settings = Settings::default();
    settings.brief.minutes = 20;
    settings.brief.share_for_new = Share::ONE;
    let mut records = many(1, 1);
    let new = |records: &Records| brief_of(records.clone(), &settings, -1, None).calls[0].is_new;
    assert!(new(&records), "nobody there trusts us at level live");
    let order = Interaction::new("o", InteractionKind::Order, day(-900), ["k01-friend", "pam"]);
    records.interactions.push(order.started_by("k01-friend"));
    assert!(!new(&records));
}
