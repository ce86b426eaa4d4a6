//! What the records contain about people is returned by the network unchanged.

use crate::common::network;
use crate::common::world::{World, day};
use proptest::prelude::*;
use proptest::sample::select;
use stakeholder_graph::record::{Person, Profile, Role, Seniority, Side, Support};
use stakeholder_graph::{Day, Network, PersonRecord, Records, Settings, Text};

/// A person with every field set.
fn everything() -> Person {
    let mut dan = Person::customer("dan", "northgate");
    dan.name = Some("Dan Keller".into());
    dan.title = Some("Chief Financial Officer of the whole of Northgate".into());
    dan.email = Some("dan@northgate.example".into());
    dan.department = Some("Finance".into());
    dan.site = Some("Köln".into());
    dan.area = Some(Text::default());
    dan.manager_id = Some("eve".into());
    dan.roles = vec![Role::Legal, Role::EconomicBuyer, Role::Other("keeper of keys".into()), Role::Legal];
    dan.seniority = Some(Seniority::CLevel);
    dan.power = Some(0.25);
    dan.support = Some(Support::Sceptic);
    dan.aware_of_us = Some(false);
    dan.active = Some(true);
    dan.started_on = Some(Day::MIN);
    dan.ended_on = Some(Day::MAX);
    dan.review_on = Some(day("2026-05-01"));
    dan.profile = Some(Profile::new(7, 66));
    dan.other.insert("shoe_size", "44");
    dan.line = Some(12);
    dan
}

fn northgate(people: Vec<Person>) -> Records {
    let world = World::customer("northgate").and_customer("southgate");
    world.with(|records| records.people = people).records()
}

#[test]
fn every_field_of_a_record_is_answered() {
    let eve = Person::customer("eve", "northgate");
    let network = network(northgate(vec![everything(), Person::staff("pam"), eve.clone()]));

    let dan = network.person("dan").unwrap();
    assert_eq!((dan.id(), dan.side(), dan.customer_id()), ("dan", Side::Customer, Some("northgate")));
    assert_eq!(dan.name(), Some("Dan Keller"));
    assert_eq!(dan.title(), Some("Chief Financial Officer of the whole of Northgate"));
    assert_eq!(dan.email(), Some("dan@northgate.example"));
    // An empty text is not a missing text.
    assert_eq!((dan.department(), dan.site(), dan.area()), (Some("Finance"), Some("Köln"), Some("")));
    assert_eq!(dan.manager_id(), Some("eve"));
    // In the order of the record, with repetitions.
    let keys = Role::Other("keeper of keys".into());
    assert_eq!(dan.roles(), [Role::Legal, Role::EconomicBuyer, keys, Role::Legal]);
    assert_eq!((dan.seniority(), dan.power()), (Some(Seniority::CLevel), Some(0.25)));
    assert_eq!(
        (dan.support(), dan.aware_of_us(), dan.active()),
        (Some(Support::Sceptic), Some(false), Some(true))
    );
    // The ends of the calendar on record are not missing days.
    assert_eq!((dan.started_on(), dan.ended_on()), (Some(Day::MIN), Some(Day::MAX)));
    assert_eq!(dan.review_on(), Some(day("2026-05-01")));
    assert_eq!(dan.profile(), Some(Profile::new(7, 66)));
    assert_eq!((dan.other().get("shoe_size"), dan.line()), (Some("44"), Some(12)));
    assert_eq!(dan.to_person(), everything());

    let unknown = network.person("eve").unwrap();
    assert_eq!(
        (unknown.id(), unknown.side(), unknown.customer_id()),
        ("eve", Side::Customer, Some("northgate"))
    );
    assert_eq!([unknown.name(), unknown.title(), unknown.email(), unknown.manager_id()], [None; 4]);
    assert_eq!([unknown.department(), unknown.site(), unknown.area()], [None; 3]);
    assert_eq!((unknown.roles(), unknown.seniority(), unknown.power()), (&[][..], None, None));
    assert_eq!((unknown.support(), unknown.aware_of_us(), unknown.active()), (None, None, None));
    assert_eq!((unknown.started_on(), unknown.ended_on(), unknown.review_on()), (None, None, None));
    assert!(unknown.profile().is_none() && unknown.other().is_empty() && unknown.line().is_none());
    assert_eq!(unknown.to_person(), eve);
    assert_eq!(network.person("pam").unwrap().customer_id(), None);
}

#[test]
fn who_is_gone_nobody_knows_since_when_has_no_last_day_on_record() {
    let mut dan = Person::customer("dan", "northgate");
    dan.active = Some(false);
    let network = network(northgate(vec![dan]));
    let record = network.person("dan").unwrap();
    assert_eq!((record.active(), record.ended_on()), (Some(false), None));
    let view = network.view(day("2026-03-02"), &Settings::default());
    assert_eq!(view.customer("northgate").unwrap().people().count(), 0);
}

#[test]
fn people_are_a_list_in_the_order_of_the_network() {
    let people = vec![
        Person::customer("zoe", "northgate"),
        Person::competitor("cal"),
        Person::staff("sal"),
        Person::customer("ann", "southgate"),
        Person::customer("bob", "northgate"),
        Person::staff("pam"),
        Person::partner("pat"),
    ];
    let network = network(northgate(people));
    let ids = |people: stakeholder_graph::People<'_>| {
        people.iter().map(|it| it.id().to_owned()).collect::<Vec<_>>()
    };
    let all = network.people();
    assert_eq!(ids(all), ["pam", "sal", "cal", "pat", "bob", "zoe", "ann"]);
    assert_eq!(ids(network.staff()), ["pam", "sal"]);
    assert_eq!(ids(network.people_of("northgate")), ["bob", "zoe"]);
    assert_eq!(ids(network.people_of("southgate")), ["ann"]);
    assert!(network.people_of("westgate").is_empty() && !all.is_empty());

    assert_eq!((all.len(), all.iter().len(), all.into_iter().count()), (7, 7, 7));
    assert_eq!(network.people_of("northgate").get(1).map(PersonRecord::id), Some("zoe"));
    assert_eq!(network.people_of("northgate").get(2), None, "nobody of the next customer");
    let mut ends = network.people_of("northgate").iter();
    let ids =
        [ends.next_back(), ends.next(), ends.next(), ends.next_back()].map(|it| it.map(PersonRecord::id));
    assert_eq!(ids, [Some("zoe"), Some("bob"), None, None]);
    assert_eq!(all.iter().nth(4).map(PersonRecord::id), Some("bob"));
}

#[test]
fn two_records_are_equal_when_they_say_the_same() {
    let eve = Person::customer("eve", "northgate");
    let [one, other] = [(); 2].map(|()| network(northgate(vec![everything(), eve.clone()])));
    let mut boss = eve;
    boss.title = Some("Boss".into());
    let promoted = network(northgate(vec![everything(), boss]));
    assert_eq!(one.person("eve"), other.person("eve"));
    assert_ne!(one.person("eve"), one.person("dan"));
    assert_ne!(one.person("eve"), promoted.person("eve"));
}

#[test]
fn nothing_personal_is_shown_to_those_who_debug() {
    let network = network(northgate(vec![everything(), Person::customer("eve", "northgate")]));
    let shown = format!("{:?} {:?} {:?}", network.person("dan"), network.people(), network.people().iter());
    assert_eq!(
        shown,
        "Some(PersonRecord { id: \"dan\", side: Customer, .. }) People { len: 2, .. } EachPerson { left: 2, .. }"
    );
}

fn text() -> impl Strategy<Value = Option<Text>> {
    prop::option::weighted(0.4, "[a-zö ]{0,30}".prop_map(Text::from))
}

fn any_day() -> impl Strategy<Value = Option<Day>> {
    let known = prop_oneof![8 => (-400..400_i32).prop_map(|days| day("2026-03-02").plus_days(days)),
        1 => Just(Day::MIN), 1 => Just(Day::MAX)];
    prop::option::weighted(0.4, known)
}

prop_compose! {
    /// Any person, without an id.
    fn anybody()(
        customer in prop::option::weighted(0.8, select(&["northgate", "southgate"][..])),
        (name, title, email) in (text(), text(), text()),
        (department, site, area) in (text(), text(), text()),
        roles in prop_oneof![
            3 => Just(Vec::new()),
            2 => prop::collection::vec(
                prop_oneof![
                    Just(Role::Legal), Just(Role::Champion), Just(Role::Assistant),
                    text().prop_map(|it| Role::Other(it.unwrap_or_default())),
                ],
                1..4,
            ),
        ],
        (seniority, support) in (
            prop::option::of(select(&[Seniority::CLevel, Seniority::Director, Seniority::Individual][..])),
            prop::option::of(select(&[Support::Champion, Support::Neutral, Support::Opponent][..])),
        ),
        (power, aware_of_us, active) in (
            prop::option::weighted(0.3, 0.0..=1.0),
            prop::option::of(any::<bool>()),
            prop::option::of(any::<bool>()),
        ),
        (started_on, length, review_on) in (any_day(), prop::option::of(0..400_i32), any_day()),
        profile in prop::option::weighted(0.3, (0..66_u32).prop_map(|answered| (answered, 66))),
        (other, line) in (prop::option::weighted(0.2, "[a-z]{0,5}"), prop::option::weighted(0.5, any::<u32>())),
    ) -> Person {
        let mut person = customer.map_or_else(|| Person::staff(""), |id| Person::customer("", id));
        let first = started_on.unwrap_or(day("2026-03-02"));
        person.name = name;
        person.title = title;
        person.email = email;
        person.department = department;
        person.site = site;
        person.area = area;
        person.roles = roles;
        person.seniority = seniority;
        person.support = support;
        person.power = power;
        person.aware_of_us = aware_of_us;
        person.active = active;
        person.started_on = started_on;
        person.ended_on = length.map(|days| first.plus_days(days));
        person.review_on = review_on;
        person.profile = profile.map(|(answered, total)| Profile::new(answered, total));
        if let Some(value) = other {
            person.other.insert("shoe_size", value);
        }
        person.line = line;
        person
    }
}

proptest! {
    #![proptest_config(crate::common::cases(64))]

    #[test]
    fn everybody_comes_out_as_they_went_in(
        mut people in prop::collection::vec(anybody(), 1..150),
        managers in prop::collection::vec(any::<prop::sample::Index>(), 150),
    ) {
        for at in 0..people.len() {
            people[at].id = format!("p{at}").into();
            // Only a person further to the front manages, so that lines have no cycle.
            let manager = managers[at].index(at + 1);
            if manager < at && people[manager].side == people[at].side {
                people[at].manager_id = Some(format!("p{manager}").into());
            }
        }
        people.reverse();
        let mut network = Network::build(northgate(people.clone())).unwrap();
        for person in &people {
            let kept = network.person(&person.id).map(PersonRecord::to_person);
            prop_assert_eq!(kept.as_ref(), Some(person));
            // A person whose presence is ended is as before once that is undone.
            if person.started_on.is_none_or(|first| first == Day::MIN) {
                let undo = network.end_presence(&person.id, day("2026-01-01")).unwrap();
                let ended = network.person(&person.id).map(|it| (it.started_on(), it.ended_on()));
                prop_assert_eq!(ended, Some((person.started_on, Some(day("2026-01-01")))));
                network.undo(undo);
            }
            let kept = network.person(&person.id).map(PersonRecord::to_person);
            prop_assert_eq!(kept.as_ref(), Some(person));
        }
    }
}
