//! Rhythm: each kind of gap on the smallest records that have it, beside records that lack it; each remedy
//! applied.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::cure::{assert_sample_is_cured, found_and_cured, gaps_of};
use crate::common::near;
use crate::common::world::{World, ago};
use stakeholder_graph::gap::{ExpiringTie, Family, Gap, OverdueTouch, Reason, Touch};
use stakeholder_graph::record::InteractionStatus::{Declined, Planned, Unanswered};
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Interaction, InteractionKind, InteractionStatus, Person, Role, Seniority,
    Support, Tie,
};
use stakeholder_graph::{Day, Records};

use InteractionKind::{Call, Email, Event, Meeting, Order, Quote};

/// Cam, whose role is given, has all rated power; Dot has none. Sal is responsible for them.
fn with_role(role: Option<Role>) -> Records {
    World::customer("firm")
        .owner("sal")
        .powerful("cam", 1.0)
        .with(|records| records.people[0].roles = role.into_iter().collect())
        .powerful("dot", 0.0)
        .staff(["sal", "pam"])
        .records()
}

fn key_player() -> Records {
    with_role(None)
}

/// An interaction between Sal and Cam, started by one of them or by an unknown person, `days` days ago.
fn happens(records: &mut Records, kind: InteractionKind, by: &str, days: i32, status: InteractionStatus) {
    let id = format!("i{}", records.interactions.len());
    let it = Interaction::new(id.clone(), kind, ago(days), ["sal", "cam"]).status(status).subject(id);
    records.interactions.push(if by.is_empty() { it } else { it.started_by(by) });
}

fn held(records: &mut Records, kind: InteractionKind, by: &str, days: i32) {
    happens(records, kind, by, days, InteractionStatus::Held);
}

/// The gaps of a kind; checks that the remedy of each clears it.
#[track_caller]
fn found(records: &Records, id: &str) -> Vec<Gap> {
    let gaps = found_and_cured(records, id, Family::Rhythm);
    assert!(gaps.iter().all(|gap| !gap.evidence.is_empty()), "{gaps:?}");
    gaps
}

#[track_caller]
fn is_found(records: &Records, id: &str) -> bool {
    !found(records, id).is_empty()
}

/// How overdue Cam is when last met this many days ago.
#[track_caller]
fn stage(role: Option<Role>, days: i32) -> Option<Touch> {
    let mut records = with_role(role);
    held(&mut records, Call, "sal", days);
    match found(&records, "overdue_touch").first()?.reason {
        Reason::OverdueTouch(OverdueTouch { stage, days: said, .. }) => {
            assert_eq!(said, days);
            Some(stage)
        }
        _ => None,
    }
}

#[test]
fn a_touch_is_overdue_by_the_cadence_of_the_role() {
    use Touch::{Cooling, Lost, Overdue};
    let of = |role: Role, days: [i32; 6]| days.map(|days| stage(Some(role.clone()), days));
    let steps = [None, Some(Cooling), Some(Cooling), Some(Overdue), Some(Overdue), Some(Lost)];
    assert_eq!(of(Role::Champion, [21, 22, 28, 29, 42, 43]), steps);
    assert_eq!(of(Role::EconomicBuyer, [45, 46, 60, 61, 90, 91]), steps);
    assert_eq!(of(Role::ExecutiveSponsor, [135, 136, 180, 181, 270, 271]), steps);
    assert_eq!([90, 91, 120, 121, 180, 181].map(|days| stage(None, days)), steps, "a key player");
    let mut vice_president = with_role(None);
    vice_president.people[0].seniority = Some(Seniority::Vp);
    held(&mut vice_president, Call, "sal", 46);
    assert!(is_found(&vice_president, "overdue_touch"), "who decides by level, every 30 days");
}

#[test]
fn of_two_cadences_the_shorter_counts() {
    let mut records = with_role(Some(Role::ExecutiveSponsor));
    held(&mut records, Meeting, "sal", 22);
    assert!(!is_found(&records, "overdue_touch"));
    records.people[0].support = Some(Support::Champion);
    assert!(is_found(&records, "overdue_touch"));
}

#[test]
fn every_sign_of_life_is_a_touch() {
    let base = || {
        let mut records = with_role(Some(Role::EconomicBuyer));
        held(&mut records, Meeting, "sal", 91);
        records
    };
    assert!(is_found(&base(), "overdue_touch"));
    let also = |kind, by: &str, days, status| {
        let mut records = base();
        happens(&mut records, kind, by, days, status);
        is_found(&records, "overdue_touch")
    };
    assert!(!also(Call, "cam", 1, InteractionStatus::Held));
    assert!(!also(Event, "", 1, InteractionStatus::Held));
    assert!(also(Email, "sal", 1, InteractionStatus::Held), "a mail that nobody answered");
    assert!(!also(Email, "cam", 1, InteractionStatus::Held), "they wrote, whether or not we answered");
    assert!(!also(Call, "cam", 1, Unanswered), "they called, and we missed it");
    assert!(also(Email, "sal", 1, Unanswered));
    assert!(!also(Quote, "cam", 1, InteractionStatus::Held));
    let mut ordered = base();
    ordered.interactions.push(Interaction::new("o", Order, ago(1), ["cam"]).started_by("cam"));
    assert!(!is_found(&ordered, "overdue_touch"), "an order, though it names none of us");
    ordered.people.push(Person::competitor("riv"));
    ordered.interactions[1].participants.push("riv".into());
    assert!(is_found(&ordered, "overdue_touch"), "not an order with a rival");
    assert!(also(Meeting, "sal", 1, Declined));
    assert!(also(Meeting, "sal", -1, Planned));
    let mut silent = base();
    silent.interactions.clear();
    silent.ties.push(Tie::trust("cam", "sal").evidence(6.0, 0.0));
    assert!(!is_found(&silent, "overdue_touch"), "nothing on record is nothing overdue");
    let mut other = base();
    other.interactions[0].participants = vec!["sal".into(), "dot".into()];
    assert!(!is_found(&other, "overdue_touch"), "Dot has neither power nor a role");
}

#[test]
fn an_order_of_long_ago_is_overdue_and_says_so() {
    let mut records = with_role(Some(Role::EconomicBuyer));
    for days in [160, 174, 188] {
        let order = Interaction::new(format!("o{days}"), Order, ago(days), ["sal", "cam"]);
        records.interactions.push(order.started_by("cam"));
    }
    let gap = found(&records, "overdue_touch").remove(0);
    let last = ago(160);
    assert_eq!(
        gap.to_string(),
        format!(
            "cam last ordered from sal on {last}, 160 days ago; every 30 would be right: the contact is lost"
        )
    );
}

#[test]
fn the_later_the_touch_the_graver_it_is() {
    // .25 at 1.5 cadences of 30 days, .5 at 2, 1 at 3, in proportion between; times what reach lacks.
    for (days, shortfall) in [(46, 0.25 + 0.25 / 15.0), (60, 0.5), (75, 0.75), (90, 1.0), (200, 1.0)] {
        let mut records = with_role(Some(Role::EconomicBuyer));
        held(&mut records, Meeting, "sal", days);
        let r = 2.0 * 0.5_f64.powf(f64::from(days) / 60.0);
        near(found(&records, "overdue_touch")[0].severity, shortfall * (1.0 - r / (r + 2.0)));
    }
}

/// Sal's mails that remained unanswered, this many days ago.
fn unanswered(days: &[i32]) -> Records {
    let mut records = key_player();
    for &days in days {
        happens(&mut records, Email, "sal", days, Unanswered);
    }
    records
}

#[test]
fn three_attempts_within_a_fortnight_are_a_streak() {
    let streak = |days: &[i32]| is_found(&unanswered(days), "no_reply_streak");
    assert!(streak(&[20, 13, 6]), "within 14 days");
    assert!(!streak(&[21, 13, 6]), "within 15");
    assert!(!streak(&[13, 6]));
    assert!(streak(&[40, 30, 29, 28]), "any three of them");
    assert!(streak(&[92, 91, 90]));
    assert!(!streak(&[93, 92, 91]), "no streak any more, but a lost contact");
    let gap = found(&unanswered(&[20, 13, 6]), "no_reply_streak").remove(0);
    assert_eq!(
        gap.to_string(),
        format!("cam has left us without an answer 3 times, from {} to {}", ago(20), ago(6))
    );
}

#[test]
fn any_sign_of_them_ends_a_streak() {
    let but = |kind, by: &str, days, status| {
        let mut records = unanswered(&[10, 9, 8]);
        happens(&mut records, kind, by, days, status);
        is_found(&records, "no_reply_streak")
    };
    let held = InteractionStatus::Held;
    assert!(!but(Email, "cam", 7, held), "they wrote");
    assert!(!but(Email, "cam", 8, held), "of one day nobody knows what came first");
    assert!(but(Email, "cam", 11, held), "before the first attempt");
    assert!(!but(Email, "cam", 9, held), "in between");
    assert!(!but(Meeting, "sal", 7, Declined), "an answer, if not a kind one");
    assert!(!but(Email, "cam", 7, Unanswered), "they wrote, and we did not answer");
    assert!(!but(Email, "", 7, held), "it may have been theirs");
    assert!(but(Email, "sal", 7, held), "one more mail of ours is none");
    assert!(but(Meeting, "sal", -7, Planned), "nor is one that is yet to come");
}

/// Contacts in the previous sixty days, and how many of these Cam started; and the same for the last sixty days.
fn begun(before: usize, theirs_before: usize, now: usize, theirs: usize) -> Records {
    let mut records = key_player();
    for (count, begun, days) in [(before, theirs_before, 60), (now, theirs, 59)] {
        for at in 0..count {
            held(&mut records, Email, if at < begun { "cam" } else { "sal" }, days);
        }
    }
    records
}

#[test]
fn a_tie_is_one_way_when_they_begin_nothing_any_more() {
    let one_way = |records: &Records| is_found(records, "one_way_tie");
    assert!(one_way(&begun(5, 2, 3, 0)));
    assert!(!one_way(&begun(10, 3, 3, 0)), "three of ten before are not more than .3");
    assert!(one_way(&begun(10, 4, 11, 1)), "one of eleven is less than .1");
    assert!(!one_way(&begun(10, 4, 10, 1)), "one of ten is not");
    assert!(!one_way(&begun(5, 2, 2, 0)), "two contacts tell nothing");
    assert!(!one_way(&begun(2, 2, 3, 0)));
    let mut unknown = begun(5, 2, 3, 0);
    unknown.interactions.last_mut().unwrap().started_by = None;
    assert!(!one_way(&unknown), "who began it is not known, so it may have been Cam");
    let gap = found(&begun(5, 2, 25, 0), "one_way_tie").remove(0);
    assert_eq!(
        gap.to_string(),
        "cam started 0% of our 25 contacts in the last 60 days, 40% in the 60 before"
    );
    let remedy = gap.remedy.unwrap().to_string();
    assert_eq!(
        remedy, "cam gets in touch with sal 3 times of their own accord",
        "3 of 28 are .107, 2 of 27 .074"
    );
    let mut powerless = begun(5, 2, 3, 0);
    (powerless.people[0].power, powerless.people[1].power) = (Some(0.1), Some(1.0));
    assert!(!one_way(&powerless), "Cam has no power to speak of");
}

/// Meetings this many days ago.
fn met(days: &[i32]) -> Records {
    let mut records = key_player();
    for &days in days {
        held(&mut records, Meeting, "sal", days);
    }
    records
}

#[test]
fn evidence_that_fell_to_a_quarter_is_a_trend() {
    let cooling = |days: &[i32]| is_found(&met(days), "cooling_trend");
    assert!(cooling(&[80, 70]), "who stops at once");
    assert!(cooling(&[80, 70, 50, 40]), "the span between does not matter");
    assert!(!cooling(&[80, 70, 10]), "half of it is left");
    assert!(cooling(&[89, 85, 80, 60, 29]), "a quarter, and the ends of the spans");
    assert!(!cooling(&[89, 85, 60, 29]), "a third");
    assert!(!cooling(&[90, 60]), "90 days ago is no longer in any");
    assert!(!cooling(&[80]), "one contact is nothing to fall from");
    assert!(!cooling(&[]));
    let letters = |days: &[i32]| {
        let mut records = key_player();
        for &days in days {
            held(&mut records, Email, "cam", days);
        }
        records
    };
    // A message counts .5.
    assert!(is_found(&letters(&[80, 70]), "cooling_trend"));
    let mut shared = letters(&[80, 70]);
    shared.interactions[0].participants.push("dot".into());
    assert!(!is_found(&shared, "cooling_trend"), "half of one went to another person");
    let gap = found(&met(&[80, 70, 65, 40, 35]), "cooling_trend").remove(0);
    assert_eq!(
        gap.to_string(),
        "less and less happens with cam: evidence of 6.0, 4.0 and 0.0 in three spans of 30 days"
    );
    assert_eq!(gap.remedy.unwrap().to_string(), "cam meets or speaks with sal");
    let mut some = met(&[80, 70, 65]);
    held(&mut some, Email, "cam", 3);
    // One less what is left of it, of what reach has it.
    let gap = found(&some, "cooling_trend").remove(0);
    let Reason::CoolingTrend(figures) = &gap.reason else { panic!("{gap}") };
    assert_eq!((figures.contacts, figures.evidence), (3, [6.0, 0.0, 0.5]));
}

fn trusted(evidence: f64) -> Records {
    let mut records = key_player();
    records.ties.push(Tie::trust("cam", "sal").evidence(evidence, 0.0));
    records
}

/// The first day on which none of our staff reaches Cam.
fn expires(records: &Records) -> Option<Day> {
    match found(records, "expiring_tie").first()?.reason {
        Reason::ExpiringTie(ExpiringTie { on, .. }) => Some(on),
        _ => None,
    }
}

#[test]
fn a_tie_that_carries_reach_is_seen_to_expire() {
    // Reach falls below .45 where r falls below 1.636364, after 60·log₂(r/1.636364) days: 29.80 for 2.309, 30.02 for 2.315.
    assert_eq!(expires(&trusted(2.309)), Some(ago(-30)));
    assert_eq!(expires(&trusted(2.315)), None, "on the 31st day");
    assert_eq!(expires(&trusted(1.64)), Some(ago(-1)));
    assert_eq!(expires(&trusted(1.63)), None, "it carries no reach");
    // After 30 days r is .707 of what it was: two ties of 1.0 leave a reach of 1 − .7388² = .454, two of .98 one of .448.
    for (r, on) in [(1.0, None), (0.98, Some(ago(-30)))] {
        let mut two = trusted(r);
        two.ties.push(Tie::trust("cam", "pam").evidence(r, 0.0));
        assert_eq!(expires(&two), on, "{r}");
    }
    let mut met = key_player();
    held(&mut met, Meeting, "cam", 5);
    assert_eq!(expires(&met), None, "one meeting is no relationship that expires");
    let mut powerless = trusted(2.309);
    (powerless.people[0].power, powerless.people[1].power) = (Some(0.1), Some(1.0));
    assert_eq!(expires(&powerless), None);
}

#[test]
fn a_tie_ends_with_its_own_last_day_and_with_that_of_ours() {
    let mut ends = trusted(9.0);
    ends.ties[0].until = Some(ago(-10));
    assert_eq!(expires(&ends), Some(ago(-11)));
    ends.ties[0].until = Some(ago(-30));
    assert_eq!(expires(&ends), None, "it holds on the 30th day");
    let mut leaves = trusted(9.0);
    leaves.people[2].ended_on = Some(ago(-10));
    leaves.ties.push(Tie::trust("cam", "pam").evidence(1.0, 0.0));
    assert_eq!(expires(&leaves), Some(ago(-11)));
    let gap = found(&leaves, "expiring_tie").remove(0);
    assert_eq!(
        gap.remedy.unwrap().to_string(),
        "cam's trust in pam is kept up, so that it still is 0.45 on 2026-04-01",
        "Sal will be gone"
    );
}

#[test]
fn a_past_day_does_not_foresee_what_breaks_a_tie() {
    let mut records = met(&[100, 95, 90, 85]);
    assert!(gaps_of(&records, "firm", ago(80)).iter().all(|gap| gap.id() != "expiring_tie"));
    for id in ["p1", "p2", "p3"] {
        let broken = Commitment::new(id, "sal", ["cam"], ago(90)).due_on(ago(60));
        records.commitments.push(broken.status(CommitmentStatus::Broken).closed_on(ago(60)));
    }
    let on = |day: Day| gaps_of(&records, "firm", day).into_iter().find(|gap| gap.id() == "expiring_tie");
    assert_eq!(on(ago(80)), None, "the promises are broken three weeks later");
}

#[test]
fn every_remedy_in_the_sample_clears_its_gap() {
    assert_sample_is_cured(Family::Rhythm);
}

#[test]
fn after_one_meeting_no_kind_opens_more_than_once_in_sixty_days() {
    let mut records =
        World::customer("firm").owner("sal").person("cara").person("wes").staff(["sal"]).records();
    records.people[0].roles = vec![Role::DecisionMaker];
    let meeting = Interaction::new("m", Meeting, ago(0), ["sal", "cara"]).started_by("sal");
    records.interactions.push(meeting);
    let mut opened: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    let mut before: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
    for later in 0..=60 {
        let gaps = gaps_of(&records, "firm", ago(-later));
        let about = |gap: &Gap| gap.people.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
        let now: BTreeSet<_> = gaps.iter().map(|gap| (gap.id().to_string(), about(gap))).collect();
        for new in now.difference(&before) {
            *opened.entry(new.clone()).or_default() += 1;
        }
        before = now;
    }
    assert!(opened.contains_key(&("overdue_touch".to_owned(), vec!["cara".to_owned()])), "{opened:?}");
    assert!(opened.values().all(|&times| times == 1), "{opened:?}");
}
