//! What changed: each kind of change by hand, general laws, and a real reorganisation.

use crate::common::network;
use crate::common::strategy::{as_of, portfolio};
use crate::common::world::{World, day};
use proptest::prelude::*;
use stakeholder_graph::change::{Changes, CustomerChanges, GapChanges, PersonChangeKind, TieChangeKind};
use stakeholder_graph::gap::Gap;
use stakeholder_graph::record::{
    CustomerStatus, Interaction, InteractionKind, Person, Role, Seniority, Support, Tie, TieKind,
};
use stakeholder_graph::{Network, Records, Settings, Share, Snooze, View};

fn records() -> Records {
    World::customer("north")
        .powerful("dan", 0.5)
        .powerful("wes", 0.3)
        .powerful("ann", 0.2)
        .and_customer("south")
        .powerful("zoe", 1.0)
        .staff(["pam", "sal"])
        .trust("wes", "pam", 6.0)
        .records()
}

/// What changed between two sets of records, on the day of both.
fn between(before: Records, after: Records) -> Changes {
    let (before, after) = (network(before), network(after));
    let settings = Settings::default();
    after.view(as_of(), &settings).changes_since(&before.view(as_of(), &settings))
}

/// The same after one edit of the records.
fn after(edit: impl FnOnce(&mut Records)) -> Changes {
    let mut edited = records();
    edit(&mut edited);
    between(records(), edited)
}

/// The wording of changes in people, posts, power, ties and business; gaps have tests of their own.
fn said(changes: &Changes) -> Vec<String> {
    let of = |customer: &CustomerChanges| {
        let CustomerChanges { people, posts, power, ties, business, .. } = customer;
        let mut lines: Vec<String> = posts.iter().map(ToString::to_string).collect();
        lines.extend(people.iter().map(ToString::to_string));
        lines.extend(power.iter().map(ToString::to_string));
        lines.extend(ties.iter().map(ToString::to_string));
        lines.extend(business.iter().map(ToString::to_string));
        lines
    };
    changes.customers.iter().flat_map(of).collect()
}

#[test]
fn somebody_joins_leaves_or_goes_to_another_customer() {
    let joined = after(|records| {
        let mut new = Person::customer("eve", "south");
        new.power = Some(1.0);
        records.people.push(new);
    });
    assert_eq!(
        said(&joined),
        [
            "eve joined and holds 50% of the decision",
            "the power of zoe fell from 100% to 50%, as less comes from their own role"
        ]
    );
    let left = after(|records| records.people[3].ended_on = Some(day(-1)));
    assert_eq!(said(&left), ["zoe left and held 100% of the decision"]);
    let still_there = after(|records| records.people[3].ended_on = Some(day(0)));
    assert!(said(&still_there).is_empty(), "the last day is one of theirs");
    let went = after(|records| records.people[2].customer_id = Some("south".into()));
    assert!(said(&went).contains(&"ann left for south and held 20% of the decision".to_owned()), "{went}");
    assert!(
        said(&went).contains(&"ann joined from north and holds 17% of the decision".to_owned()),
        "{went}"
    );
}

#[test]
fn somebody_moves_gets_another_manager_title_level_role_or_mind() {
    let mut before = records();
    let ann = &mut before.people[2];
    ann.department = Some("Sales".into());
    ann.site = Some("Mill One".into());
    ann.title = Some("Buyer".into());
    ann.seniority = Some(Seniority::Manager);
    ann.roles = vec![Role::Evaluator];
    ann.support = Some(Support::Neutral);
    let mut after = before.clone();
    let ann = &mut after.people[2];
    ann.department = Some("Purchasing".into());
    ann.site = None;
    ann.area = Some("Milling".into());
    ann.title = Some("Head of Purchasing".into());
    ann.manager_id = Some("dan".into());
    ann.seniority = Some(Seniority::Director);
    ann.roles = vec![Role::Influencer, Role::Evaluator];
    ann.support = Some(Support::Sceptic);
    let changes = between(before, after);
    let people: Vec<String> = changes.customers[0].people.iter().map(ToString::to_string).collect();
    // A site that is no longer known and an area that was not known before are not changes.
    assert_eq!(
        people,
        [
            "ann reports to dan instead of nobody",
            "ann is Head of Purchasing now, and was Buyer",
            "ann moved from department Sales to Purchasing",
            "ann is at level director now, and was at manager",
            "ann has the role evaluator, influencer now, and had evaluator",
            "ann is sceptic now, and was neutral",
        ]
    );
}

#[test]
fn a_post_that_changes_holder_is_told_from_a_person_who_moves() {
    let mut before = records();
    before.people[0].title = Some("Director of Fleet".into());
    let mut taken = before.clone();
    taken.people[0].ended_on = Some(day(-1));
    let mut eve = Person::customer("eve", "north");
    (eve.title, eve.power) = (Some("Director of Fleet".into()), Some(0.5));
    taken.people.push(eve.clone());
    let changes = between(before.clone(), taken.clone());
    let north = &changes.customers[0];
    assert_eq!(north.posts.len(), 1);
    assert_eq!(
        north.posts[0].to_string(),
        "eve took over as Director of Fleet from dan and holds 50% of the decision"
    );
    assert!(north.people.is_empty(), "told once: {changes}");
    // Two who have the title now: no one can say who took over.
    let mut two = taken.clone();
    two.people.push({
        let mut fay = Person::customer("fay", "north");
        fay.title = Some("Director of Fleet".into());
        fay
    });
    assert!(between(before.clone(), two).customers[0].posts.is_empty());
    // The same title in another department is another post.
    let mut other = taken;
    other.people[6].department = Some("Buses".into());
    assert!(between(before.clone(), other).customers[0].posts.is_empty());
    // An internal candidate takes the title: they moved, and the post is what is reported.
    let mut risen = before.clone();
    risen.people[0].ended_on = Some(day(-1));
    risen.people[1].title = Some("Director of Fleet".into());
    let changes = between(before, risen);
    assert_eq!(changes.customers[0].posts[0].holders.after.id, "wes");
}

#[test]
fn where_ids_are_posts_another_name_is_another_holder() {
    let named = |name: &str| {
        let mut records = records();
        records.people[0].name = Some(name.into());
        records
    };
    let changes = between(named("Dan Keller"), named("Una Bright"));
    assert_eq!(
        changes.customers[0].posts[0].to_string(),
        "Una Bright took over from Dan Keller and holds 50% of the decision"
    );
    assert!(
        between(named("Dan Keller"), named("Dan Keller-Bright")).is_empty(),
        "a name that changed in part"
    );
}

#[test]
fn power_moves_by_a_twentieth_or_more_and_says_why() {
    let listening = |weight: f64| {
        after(|records| records.ties.push(Tie::new(TieKind::ListensTo, "wes", "ann").strength(weight)))
    };
    let changes = listening(1.0);
    let ann = &changes.customers[0].power[0];
    // Wes's half of .3 goes to Ann: from .2 to .2 + .15, all of which she keeps, as she listens to no one.
    assert!((ann.step() - 0.15).abs() < 1e-6, "{ann:?}");
    assert_eq!(ann.to_string(), "the power of ann rose from 20% to 35%, as more comes from wes");
    let exactly = |power: f64| {
        after(|records| {
            records.people[0].power = Some(0.5 + power);
            records.people[1].power = Some(0.3 - power);
        })
    };
    assert_eq!(exactly(0.05).customers[0].power.len(), 2, "at the threshold");
    let below = exactly(0.049);
    assert!(below.customers.iter().all(|it| it.power.iter().all(|it| !it.key_player.is_same())), "{below}");
}

#[test]
fn ties_change_by_level() {
    use TieChangeKind::{Broke, Cooled, Expired, Formed, Mended, Warmed};
    // b = r/(r + s + 2): live from .3, reached from .5, strong from .7.
    for (was, is, told) in [
        ((0.8, 0.0), (0.9, 0.0), Some(Formed)),
        ((0.9, 0.0), (0.8, 0.0), Some(Expired)),
        ((0.9, 0.0), (2.1, 0.0), Some(Warmed)),
        ((6.0, 0.0), (2.1, 0.0), Some(Cooled)),
        ((6.0, 0.0), (6.0, 7.0), Some(Broke)),
        ((6.0, 7.0), (8.0, 7.0), Some(Mended)),
        ((2.1, 0.0), (2.9, 0.0), None),
    ] {
        let with = |(r, s): (f64, f64)| {
            let mut records = records();
            records.ties = vec![Tie::trust("wes", "pam").evidence(r, s)];
            records
        };
        let changes = between(with(was), with(is));
        let ties = changes.customers.first().map(|it| it.ties.clone()).unwrap_or_default();
        assert_eq!(ties.first().map(|it| it.what), told, "{was:?} {is:?}");
        if let Some(tie) = ties.first() {
            assert!((tie.power.get() - 0.3).abs() < 1e-6);
        }
    }
    // Where one of the two is not there on both days, the report says that they joined or left.
    let gone = after(|records| records.people[4].ended_on = Some(day(-1)));
    assert!(gone.customers[0].ties.is_empty(), "{gone}");
}

#[test]
fn a_break_weighs_by_doubt_where_there_was_no_belief_to_lose() {
    // Dan has no opinion of Sal before; then s = 6: doubt 6/(6 + 2) = .75, belief none.
    let broke = |s: f64, wes: f64| {
        after(|records| {
            records.ties.push(Tie::trust("dan", "sal").evidence(0.0, s));
            records.ties[0] = Tie::trust("wes", "pam").evidence(wes, 0.0);
        })
    };
    let ties = &broke(6.0, 1.5).customers[0].ties;
    assert_eq!(
        ties.iter().map(|it| it.what).collect::<Vec<_>>(),
        [TieChangeKind::Broke, TieChangeKind::Cooled]
    );
    assert!((ties[0].weight() - 0.5 * 0.75).abs() < 1e-6, "{ties:?}");
    // Wes fell from 6/8 to 1.5/3.5.
    assert!((ties[1].weight() - 0.3 * (0.75 - 1.5 / 3.5)).abs() < 1e-6, "{ties:?}");
    assert_eq!(ties[0].to_string(), "dan came to distrust sal (doubt 0.75, was 0.00)");
    // A lesser break comes after: 0.5·(1.4/3.4) = .206 is less than Wes' 0.3·(.75 − .05/2.05) = .218. Less than that
    // against (.4) is no distrust.
    let ties = &broke(1.4, 0.05).customers[0].ties;
    assert_eq!(
        ties.iter().map(|it| it.what).collect::<Vec<_>>(),
        [TieChangeKind::Expired, TieChangeKind::Broke]
    );
    assert_eq!(broke(1.3, 0.05).customers[0].ties.len(), 1);
}

#[test]
fn business_changes() {
    let order = |on: i32| {
        Interaction::new(format!("o{on}"), InteractionKind::Order, day(on), ["wes", "pam"]).started_by("wes")
    };
    let mut before = records();
    before.customers[0].value = Some(100.0);
    before.customers[0].owner_id = Some("sal".into());
    before.interactions = vec![order(-89), order(-90)];
    let mut after = before.clone();
    after.customers[0].value = Some(250.0);
    after.customers[0].owner_id = Some("pam".into());
    after.customers[0].renewal_on = Some(day(90));
    after.customers[0].status = CustomerStatus::NotPursued;
    after.interactions.push(order(-3));
    let lines = said(&between(before, after));
    let renewal = format!("renewal {}, was not known", day(90));
    for line in [
        "value 250, was 100",
        renewal.as_str(),
        "pam of ours answers for them, and sal did",
        "we do not pursue them any more",
        "orders within 90 days: 2, was 1",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line}: {lines:?}");
    }
}

#[test]
fn a_change_of_the_business_alone_matters_as_well() {
    let changes = after(|records| {
        records.customers[0].owner_id = Some("sal".into());
        records.people[3].title = Some("Buyer".into());
    });
    let north = changes.customers.iter().find(|it| it.customer.id == "north").unwrap();
    assert!(north.importance() >= 0.1 * north.weight, "{}", north.importance());
}

#[test]
fn customers_come_and_go() {
    let changes = after(|records| {
        records.customers[1].id = "west".into();
        records.people[3].customer_id = Some("west".into());
    });
    assert_eq!(changes.new_customers.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["west"]);
    assert_eq!(changes.gone_customers.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["south"]);
}

#[test]
fn gaps_open_close_worsen_ease_rest_and_wake() {
    let ids = |gaps: &[Gap]| -> Vec<String> {
        gaps.iter().map(|gap| format!("{} {}", gap.id(), gap.person().unwrap_or("-"))).collect()
    };
    let changes = after(|records| {
        records.ties.push(Tie::trust("dan", "sal").evidence(20.0, 0.0));
        records.people[3].power = Some(0.4);
    });
    let north = &changes.customers[0].gaps;
    assert!(ids(&north.closed).contains(&"unreached_power dan".to_owned()), "{changes}");
    let snoozed = |until: i32| {
        let mut settings = Settings::default();
        settings.snoozes.push(Snooze::person("dan", "resting").until(day(until)));
        settings
    };
    let network = network(records());
    let (open, rests) = (Settings::default(), snoozed(5));
    let of = |settings: &Settings| network.view(as_of(), settings).customer("north").unwrap().gaps();
    let rested = GapChanges::between(&of(&open), &of(&rests));
    assert!(ids(&rested.snoozed).contains(&"unreached_power dan".to_owned()));
    assert!(rested.opened.is_empty() && rested.closed.is_empty() && rested.woken.is_empty());
    let woken = GapChanges::between(&of(&rests), &of(&open));
    assert_eq!(ids(&woken.woken), ids(&rested.snoozed));
    let mut worse = of(&open);
    let at = worse.iter().position(|gap| gap.id() == "unreached_power").unwrap();
    let before = worse[at].severity;
    worse[at].severity = Share::new(before.get() + 0.1).unwrap();
    let worsened = GapChanges::between(&of(&open), &worse);
    assert_eq!((worsened.worsened.len(), worsened.worsened[0].before), (1, before));
    assert!((worsened.worsened[0].step() - 0.1).abs() < 1e-12);
    let eased = GapChanges::between(&worse, &of(&open));
    assert_eq!((eased.eased.len(), eased.worsened.len()), (1, 0));
}

#[test]
fn the_customer_where_most_changed_comes_first() {
    let changes = after(|records| {
        records.people[3].ended_on = Some(day(-1));
        records.people[2].title = Some("Buyer".into());
        records.ties[0] = Tie::trust("wes", "pam").evidence(1.5, 0.0);
    });
    let order: Vec<&str> = changes.customers.iter().map(|it| it.customer.id.as_str()).collect();
    assert_eq!(order, ["south", "north"], "all power of south left");
    assert!(changes.customers[0].importance() > changes.customers[1].importance());
}

/// What changed, with before and after swapped and wording left out, for comparison in the mirror law.
fn mirrored(changes: &Changes, swap: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let two = |a: String, b: String| if swap { (b, a) } else { (a, b) };
    let id = |it: &Option<stakeholder_graph::PersonRef>| {
        it.as_ref().map_or("-".to_owned(), |it| it.id.to_string())
    };
    for customer in &changes.customers {
        for it in &customer.people {
            let what = match &it.what {
                PersonChangeKind::Joined { .. } => if swap { "left" } else { "joined" }.to_owned(),
                PersonChangeKind::Left { .. } => if swap { "joined" } else { "left" }.to_owned(),
                PersonChangeKind::Manager { managers, .. } => {
                    format!("manager {:?}", two(id(&managers.before), id(&managers.after)))
                }
                other => format!("{:?}", std::mem::discriminant(other)),
            };
            lines.push(format!(
                "{} {what} {:?}",
                it.person.id,
                two(it.power.before.to_string(), it.power.after.to_string())
            ));
        }
        for it in &customer.power {
            lines.push(format!(
                "{} {:?}",
                it.person.id,
                two(it.power.before.to_string(), it.power.after.to_string())
            ));
        }
        for it in &customer.ties {
            let belief = two(it.opinion.before.belief.to_string(), it.opinion.after.belief.to_string());
            let what = if swap { reversed(it.what) } else { it.what };
            lines.push(format!("{} {} {what:?} {belief:?} {:.9}", it.who.id, it.trusts.id, it.weight()));
        }
        for it in &customer.posts {
            let holders = two(it.holders.before.id.to_string(), it.holders.after.id.to_string());
            lines.push(format!("{:?} in {:?} of {holders:?}", it.title, it.department));
        }
        let (woken, snoozed) = (&customer.gaps.woken, &customer.gaps.snoozed);
        let (woken, snoozed) = if swap { (snoozed, woken) } else { (woken, snoozed) };
        lines.extend(woken.iter().map(|gap| format!("woken {} {:?}", gap.id(), gap.person())));
        lines.extend(snoozed.iter().map(|gap| format!("snoozed {} {:?}", gap.id(), gap.person())));
        let (opened, closed) = (&customer.gaps.opened, &customer.gaps.closed);
        let (opened, closed) = if swap { (closed, opened) } else { (opened, closed) };
        lines.extend(opened.iter().map(|gap| format!("opened {} {:?}", gap.id(), gap.person())));
        lines.extend(closed.iter().map(|gap| format!("closed {} {:?}", gap.id(), gap.person())));
        let (worse, eased) = (&customer.gaps.worsened, &customer.gaps.eased);
        let (worse, eased) = if swap { (eased, worse) } else { (worse, eased) };
        lines.extend(
            worse.iter().map(|it| format!("worse {} {:?} {:.9}", it.gap.id(), it.gap.person(), it.step())),
        );
        lines.extend(
            eased.iter().map(|it| format!("eased {} {:?} {:.9}", it.gap.id(), it.gap.person(), it.step())),
        );
        lines.extend(customer.business.iter().map(|it| format!("{:?}", std::mem::discriminant(it))));
    }
    lines.sort();
    lines
}

/// What happened to a tie, reversed.
fn reversed(what: TieChangeKind) -> TieChangeKind {
    use TieChangeKind::{Broke, Cooled, Expired, Formed, Mended, Warmed};
    match what {
        Formed => Expired,
        Expired => Formed,
        Warmed => Cooled,
        Cooled => Warmed,
        Broke => Mended,
        Mended => Broke,
        other => panic!("{other:?} has no reverse"),
    }
}

fn changes<'v>(from: &View<'v>, to: &View<'v>) -> Changes {
    to.changes_since(from)
}

proptest! {
    #![proptest_config(crate::common::cases(64))]

    #[test]
    fn nothing_changes_between_a_day_and_itself(records in portfolio(), later in -90..90_i32) {
        let network = network(records);
        let view = network.as_recorded_view(day(later), &Settings::default());
        assert!(changes(&view, &view).is_empty());
    }

    #[test]
    fn what_changed_backwards_is_what_changed_forwards_in_the_mirror(
        some in portfolio(),
        others in portfolio(),
        days in (-120..30_i32, -120..30_i32),
    ) {
        let settings = Settings::default();
        let (one, other) = (network(some), network(others));
        let (a, b) = (one.as_recorded_view(day(days.0), &settings), one.as_recorded_view(day(days.1), &settings));
        assert_eq!(mirrored(&changes(&a, &b), false), mirrored(&changes(&b, &a), true));
        let c = other.view(as_of(), &settings);
        let (there, back) = (changes(&a, &c), changes(&c, &a));
        assert_eq!(mirrored(&there, false), mirrored(&back, true));
        assert_eq!(there.new_customers, back.gone_customers);
        let read: Changes = serde_json::from_str(&serde_json::to_string(&there).unwrap()).unwrap();
        assert_eq!(read, there);
    }
}

#[test]
fn one_network_on_two_days() {
    let mut records = records();
    records.people[3].started_on = Some(day(-10));
    records.interactions = (0..8)
        .map(|at| {
            Interaction::new(format!("m{at}"), InteractionKind::Meeting, day(-20), ["dan", "sal"])
                .subject(format!("no. {at}"))
        })
        .collect();
    let network: Network = network(records);
    let settings = Settings::default();
    let now = network.view(as_of(), &settings);
    let since = |days: i32| said(&changes(&network.as_recorded_view(day(-days), &settings), &now));
    assert!(since(10).is_empty(), "{:?}", since(10));
    assert_eq!(since(11), ["zoe joined and holds 100% of the decision"]);
    let lines = since(21);
    assert!(lines.iter().any(|line| line.starts_with("dan came to trust sal")), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("wes")), "a tie without a day did not form: {lines:?}");
}
