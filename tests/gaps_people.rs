//! Supporters and contacts who are gone.

use crate::common::cure::assert_cured;
use crate::common::strategy::as_of;
use crate::common::world::{World, day, found};
use stakeholder_graph::Records;
use stakeholder_graph::gap::{ChampionLeft, Reason};
use stakeholder_graph::record::{Person, Role, Support};

/// Dan (.6) was our champion and left ten days ago; Wes (.4) and Ann (.2) trust Pam.
fn records() -> Records {
    World::customer("north")
        .powerful("dan", 0.6)
        .with(|records| {
            records.people[0].support = Some(Support::Champion);
            records.people[0].ended_on = Some(day(-10));
        })
        .powerful("wes", 0.4)
        .powerful("ann", 0.2)
        .staff(["pam"])
        .trust("wes", "pam", 6.0)
        .trust("ann", "pam", 6.0)
        .records()
}

#[test]
fn a_champion_who_left_is_missed_until_another_stands_for_us() {
    let records = records();
    let gaps = found(&records, "champion_left");
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].person(), Some("dan"));
    let Reason::ChampionLeft(ChampionLeft { power, champion: true, single_threaded: false, .. }) =
        gaps[0].reason
    else {
        panic!("{:?}", gaps[0].reason)
    };
    assert!((power.get() - 0.5).abs() < 1e-9, ".6 of 1.2 on the last day");
    assert_eq!(
        gaps[0].to_string(),
        format!(
            "our champion dan left on {} and held 50% of the decision; no one who trusts us supports us as firmly",
            day(-10)
        )
    );
    assert_cured(&gaps[0], &records, as_of());
    // A supporter is not as firm as a champion; a coach is; a person who does not trust us is of no help.
    let with = |support: Option<Support>, role: Option<Role>, trusts: bool| {
        let mut records = records.clone();
        records.people[1].support = support;
        records.people[1].roles = role.into_iter().collect();
        if !trusts {
            records.ties.remove(0);
        }
        found(&records, "champion_left").len()
    };
    assert_eq!(with(Some(Support::Supporter), None, true), 1);
    assert_eq!(with(None, Some(Role::Coach), true), 0);
    assert_eq!(with(Some(Support::Champion), None, true), 0);
    assert_eq!(with(Some(Support::Champion), None, false), 1);
}

#[test]
fn a_supporter_who_left_needs_a_supporter_only() {
    let mut records = records();
    records.people[0].support = Some(Support::Supporter);
    assert_eq!(found(&records, "champion_left").len(), 1);
    assert_cured(&found(&records, "champion_left")[0], &records, as_of());
    records.people[2].support = Some(Support::Supporter);
    assert!(found(&records, "champion_left").is_empty());
    for support in [None, Some(Support::Neutral), Some(Support::Opponent)] {
        records.people[0].support = support;
        records.people[2].support = None;
        assert!(found(&records, "champion_left").is_empty(), "{support:?} is no loss");
    }
}

#[test]
fn they_are_missed_for_ninety_days_from_the_day_after_their_last() {
    let at = |last: i32| {
        let mut records = records();
        records.people[0].ended_on = Some(day(last));
        found(&records, "champion_left").len()
    };
    assert_eq!([at(0), at(-1), at(-90), at(-91)], [0, 1, 1, 0]);
}

#[test]
fn with_one_thread_left_it_is_more_serious() {
    let two = found(&records(), "champion_left")[0].severity;
    let mut one = records();
    one.ties.pop();
    let one = &found(&one, "champion_left")[0];
    assert!(matches!(one.reason, Reason::ChampionLeft(ChampionLeft { single_threaded: true, .. })));
    assert!(one.severity > two);
    assert_eq!(one.band, stakeholder_graph::gap::Band::Critical);
    // No one is left at all.
    let mut nobody = records();
    nobody.people.drain(1..3);
    nobody.ties.clear();
    let gap = &found(&nobody, "champion_left")[0];
    assert!(gap.remedy.is_none() && !gap.missing.is_empty());
}

/// Eve took over as director from Dan, who left.
fn replaced() -> Records {
    let mut records = records();
    let mut eve = Person::customer("eve", "north");
    eve.power = Some(0.6);
    eve.started_on = Some(day(-5));
    for person in [&mut records.people[0], &mut eve] {
        person.title = Some("Director of Fleet".into());
        person.department = Some("Fleet".into());
    }
    records.people.push(eve);
    records
}

#[test]
fn a_powerful_post_with_a_new_holder_whom_nobody_reaches() {
    let records = replaced();
    let gaps = found(&records, "replaced_power");
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].person(), gaps[0].people[1].id.as_str()), (Some("eve"), "dan"));
    assert!(
        gaps[0].to_string().starts_with("eve took over as Director of Fleet from dan on "),
        "{}",
        gaps[0]
    );
    assert_cured(&gaps[0], &records, as_of());
    let unreached = found(&records, "unreached_power");
    let of_eve = unreached.iter().find(|gap| gap.person() == Some("eve")).unwrap();
    assert!(gaps[0].severity < of_eve.severity, "a cause weighs less than what it causes");
    let without = |edit: fn(&mut Records)| {
        let mut records = replaced();
        edit(&mut records);
        found(&records, "replaced_power").len()
    };
    assert_eq!(without(|it| it.people[4].title = Some("Buyer".into())), 0, "another post");
    assert_eq!(without(|it| it.people[4].department = Some("Buses".into())), 0, "another department");
    assert_eq!(without(|it| it.people[4].power = Some(0.01)), 0, "no key player");
    assert_eq!(without(|it| it.people[0].ended_on = None), 0, "the old one is there");
    assert_eq!(without(|it| it.people[4].started_on = None), 0, "nobody knows since when: no finding");
}

#[test]
fn a_post_is_new_for_half_a_year_and_half_a_year_apart() {
    let at = |came: i32, left: i32| {
        let mut records = replaced();
        records.people[4].started_on = Some(day(came));
        records.people[0].ended_on = Some(day(left));
        found(&records, "replaced_power").len()
    };
    assert_eq!([at(-180, -180), at(-181, -180)], [1, 0]);
    assert_eq!([at(-10, -190), at(-10, -191)], [1, 0]);
}
