//! Promises and concerns that are still open.

use std::collections::BTreeSet;

use crate::common::cure::assert_cured;
use crate::common::network;
use crate::common::strategy::as_of;
use crate::common::world::{World, day, found};
use stakeholder_graph::gap::{ConcernOpen, ConcernState, PromiseDue, Reason};
use stakeholder_graph::record::InteractionKind::{self, Call, Email, Meeting, Order, Quote};
use stakeholder_graph::record::InteractionStatus::{self, Declined, Held, Planned, Unanswered};
use stakeholder_graph::record::{Commitment, CommitmentStatus, Concern, ConcernStatus, Interaction, Person};
use stakeholder_graph::{Day, Moment, Records, Settings};

fn records() -> Records {
    World::customer("north").powerful("dan", 0.75).powerful("wes", 0.25).staff(["pam", "sal"]).records()
}

/// With a promise of Pam to Wes and Dan that is due on a day.
fn promised(due: i32) -> Records {
    let mut records = records();
    let mut promise = Commitment::new("p1", "pam", ["wes", "dan"], day(-60));
    promise.due_on = Some(day(due));
    promise.text = Some("a price list".into());
    records.commitments.push(promise);
    records
}

#[test]
fn a_promise_is_broken_from_the_day_after_its_last() {
    let counts = |due: i32| found(&promised(due), "promise_broken").len();
    assert_eq!([counts(-1), counts(0), counts(1)], [1, 0, 0]);
    let records = promised(-1);
    let gap = &found(&records, "promise_broken")[0];
    // The most powerful recipient first, the colleague who made it last.
    let people: Vec<&str> = gap.people.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(people, ["dan", "wes", "pam"]);
    assert_eq!(
        gap.to_string(),
        format!("the promise of pam to dan, \"a price list\", was due on {}, 1 day ago", day(-1))
    );
    // .75 of the power × .6 × the weight of a customer of unknown value.
    assert!((gap.severity.get() - 0.45).abs() < 1e-9, "{}", gap.severity);
    assert_cured(gap, &records, as_of());
}

#[test]
fn what_is_closed_or_not_ours_is_no_promise_of_ours() {
    let with = |edit: fn(&mut Commitment)| {
        let mut records = promised(-5);
        edit(&mut records.commitments[0]);
        found(&records, "promise_broken").len()
    };
    assert_eq!(with(|_| ()), 1);
    for status in [CommitmentStatus::Kept, CommitmentStatus::Broken, CommitmentStatus::Withdrawn] {
        let mut records = promised(-5);
        (records.commitments[0].status, records.commitments[0].closed_on) = (status, Some(day(-2)));
        assert!(found(&records, "promise_broken").is_empty(), "{status:?}");
        // On the day before it was closed, it was open.
        let network = network(records);
        let gaps = network.view(day(-3), &Settings::default()).customer("north").unwrap().gaps();
        assert!(gaps.iter().any(|gap| gap.id() == "promise_broken"), "{status:?}");
    }
    assert_eq!(with(|it| it.due_on = None), 0, "no day, no finding");
    assert_eq!(with(|it| (it.made_by, it.made_to) = ("wes".into(), vec!["pam".into()])), 0, "theirs");
    let mut later = promised(2);
    assert_eq!(found(&later, "promise_due").len(), 1);
    later.commitments[0].made_on = day(1);
    assert!(found(&later, "promise_due").is_empty(), "not made yet");
}

#[test]
fn a_promise_is_due_within_three_working_days_and_urgent_within_one() {
    // The day is a Monday: Tuesday is one working day away, Thursday three, Friday four.
    let due = |offset: i32| {
        found(&promised(offset), "promise_due").first().map(|gap| match gap.reason {
            Reason::PromiseDue(PromiseDue { left, urgent, .. }) => (left, urgent),
            _ => panic!("{gap}"),
        })
    };
    assert_eq!(due(0), Some((0, true)));
    assert_eq!(due(1), Some((1, true)));
    assert_eq!(due(2), Some((2, false)));
    assert_eq!(due(3), Some((3, false)));
    assert_eq!(due(4), None);
    assert_eq!(due(-1), None, "that one is broken");
    let records = promised(3);
    assert_cured(&found(&records, "promise_due")[0], &records, as_of());
}

#[test]
fn weekends_and_holidays_are_no_working_days() {
    let friday = day(4);
    let records = promised(7);
    let network = network(records);
    let left = |holidays: &[Day]| {
        let mut settings = Settings::default();
        settings.gaps.holidays = holidays.iter().copied().collect::<BTreeSet<Day>>();
        let gaps = network.view(friday, &settings).customer("north").unwrap().gaps();
        gaps.iter().find_map(|gap| match gap.reason {
            Reason::PromiseDue(PromiseDue { left, .. }) => Some(left),
            _ => None,
        })
    };
    assert_eq!(left(&[]), Some(1), "from Friday to Monday");
    assert_eq!(left(&[day(7)]), Some(0), "and that Monday nobody works");
    assert_eq!(left(&[day(5)]), Some(1), "a Saturday is free as it is");
    // The slow method: count day by day.
    let holidays = BTreeSet::from([day(10), day(16), day(19)]);
    for from in 0..14 {
        for to in from..40 {
            let slow = (from + 1..=to).filter(|&ahead| {
                let weekday = day(ahead).days_since("2026-03-02".parse().unwrap()).rem_euclid(7);
                weekday < 5 && !holidays.contains(&day(ahead))
            });
            let slow = u32::try_from(slow.count()).unwrap();
            assert_eq!(day(from).working_days_until(day(to), &holidays), slow, "{from} {to}");
        }
    }
    assert_eq!(Day::MAX.working_days_until(Day::MIN, &holidays), 0);
    assert!(Day::MIN.working_days_until(Day::MAX, &holidays) > 5_000_000);
}

fn with_concern(edit: impl FnOnce(&mut Concern)) -> Records {
    let mut records = records();
    let mut concern = Concern::new("c1", "dan", day(-30));
    concern.severity = Some(4);
    edit(&mut concern);
    records.concerns.push(concern);
    records
}

fn state(edit: impl FnOnce(&mut Concern)) -> Option<ConcernState> {
    let records = with_concern(edit);
    let gap = found(&records, "concern_open").pop()?;
    assert_cured(&gap, &records, as_of());
    let Reason::ConcernOpen(ConcernOpen { state, .. }) = gap.reason else { panic!("{gap}") };
    Some(state)
}

#[test]
fn a_concern_is_never_dropped() {
    use ConcernState::{NothingChanged, ParkedForEver, ParkedTooLong, ReviewPassed, Unanswered};
    assert_eq!(state(|_| ()), Some(Unanswered));
    assert_eq!(state(|it| it.status = ConcernStatus::Acknowledged), Some(Unanswered));
    // Its review day is the last on which it needs no action.
    assert_eq!(state(|it| it.review_on = Some(day(0))), Some(Unanswered));
    assert_eq!(state(|it| it.review_on = Some(day(-1))), Some(ReviewPassed));
    assert_eq!(state(|it| it.status = ConcernStatus::Answered), Some(NothingChanged));
    let parked = |review: Option<i32>| {
        state(|it| (it.status, it.review_on) = (ConcernStatus::Parked, review.map(day)))
    };
    assert_eq!(
        [parked(Some(0)), parked(Some(-1)), parked(None)],
        [None, Some(ParkedTooLong), Some(ParkedForEver)]
    );
    assert_eq!(state(|it| it.status = ConcernStatus::ChangedSomething), None);
    assert_eq!(state(|it| it.raised_on = day(1)), None, "not raised yet");
}

#[test]
fn the_graver_and_the_more_powerful_the_more_serious() {
    let severity = |edit: fn(&mut Concern)| found(&with_concern(edit), "concern_open")[0].severity.get();
    // .75 of the power × .5 × 4/4.
    assert!((severity(|_| ()) - 0.375).abs() < 1e-9);
    assert!((severity(|it| it.severity = Some(1)) - 0.375 / 4.0).abs() < 1e-9);
    assert!((severity(|it| it.raised_by = "wes".into()) - 0.125).abs() < 1e-9);
    // Without a severity, the middle one is assumed, and reported as missing.
    let unsaid = &found(&with_concern(|it| it.severity = None), "concern_open")[0];
    assert!((unsaid.severity.get() - 0.375 / 2.0).abs() < 1e-9);
    assert_eq!(unsaid.missing[0].field, "concerns.severity");
}

/// What happened, at which hour of which day before today; who began it and how it ended.
fn happened(
    records: &mut Records,
    kind: InteractionKind,
    starter: &str,
    at: (i32, u32),
    status: InteractionStatus,
) {
    let id = format!("i{}", records.interactions.len());
    let moment: Moment = format!("{}T{:02}:00", as_of().plus_days(-at.0), at.1).parse().unwrap();
    let other = if starter == "dan" || starter == "wes" { "sal" } else { "dan" };
    let it = Interaction::new(id, kind, moment, [starter, other]).started_by(starter).status(status);
    records.interactions.push(it);
}

/// Mail in both directions long ago, so that silence is harvested, and nothing owed.
fn mailing() -> Records {
    let mut records = records();
    for (starter, day) in [("dan", 100), ("pam", 99)] {
        happened(&mut records, Email, starter, (day, 9), Held);
    }
    records
}

fn owed(records: &Records) -> Vec<String> {
    found(records, "reply_owed").iter().map(ToString::to_string).collect()
}

#[test]
fn who_waits_for_our_answer_is_reported_after_two_working_days() {
    // Today is Monday, 2 March 2026.
    let waits = |day: i32| {
        let mut records = mailing();
        happened(&mut records, Email, "dan", (day, 9), Held);
        found(&records, "reply_owed").iter().map(|gap| gap.severity.get()).sum::<f64>()
    };
    // Thursday is two working days ago, Wednesday three: .25 of .75 of the power.
    assert!((waits(4), waits(5)) == (0.0, 0.25 * 0.75), "{} {}", waits(4), waits(5));
    assert!((waits(12) - 0.75).abs() < 1e-9, "from the sixth on the whole");
    assert!((waits(90) - 0.75).abs() < 1e-9 && waits(91) == 0.0);
    let mut records = mailing();
    happened(&mut records, Email, "dan", (10, 9), Held);
    happened(&mut records, Email, "dan", (6, 9), Held);
    assert_eq!(
        owed(&records),
        ["dan has waited for our answer since 2026-02-20 (2 messages, 6 working days)"]
    );
    let gap = &found(&records, "reply_owed")[0];
    assert_eq!(gap.remedy.as_ref().unwrap().to_string(), "sal answers dan");
    assert_eq!(gap.evidence.iter().map(|it| it.record_id.as_str()).collect::<Vec<_>>(), ["i3", "i2"]);
    assert_cured(gap, &records, as_of());
    let mut settings = Settings::default();
    settings.gaps.holidays = (1..10).map(|ago| as_of().plus_days(-ago)).collect();
    let network = network(records);
    let gaps = network.view(as_of(), &settings).customer("north").unwrap().gaps();
    assert!(gaps.iter().all(|gap| gap.id() != "reply_owed"), "all of it were holidays");
}

#[test]
fn any_word_of_ours_answers() {
    let with = |change: &dyn Fn(&mut Records)| {
        let mut records = mailing();
        happened(&mut records, Email, "dan", (10, 9), Held);
        change(&mut records);
        owed(&records).len()
    };
    assert_eq!(with(&|_| ()), 1);
    for (kind, starter, status, left) in [
        (Email, "pam", Held, 0),
        (Email, "sal", Unanswered, 0),
        (Call, "pam", Held, 0),
        (Meeting, "dan", Held, 0),
        (Meeting, "pam", Planned, 1),
        (Meeting, "pam", Declined, 1),
    ] {
        assert_eq!(with(&|it| happened(it, kind, starter, (9, 9), status)), left, "{kind:?} {status:?}");
    }
    assert_eq!(
        with(&|it| happened(it, Email, "pam", (10, 8), Held)),
        0,
        "an hour before: theirs is the reply"
    );
    assert_eq!(with(&|it| happened(it, Email, "pam", (10, 9), Held)), 0, "at the same moment");
    assert_eq!(with(&|it| happened(it, Email, "pam", (17, 9), Held)), 0, "within the week theirs is a reply");
    assert_eq!(with(&|it| happened(it, Email, "pam", (18, 9), Held)), 1, "after it, it begins anew");
    // Our word to another person there is none to Dan.
    assert_eq!(
        with(&|it| {
            let letter = Interaction::new("w", Email, as_of().plus_days(-9), ["pam", "wes"]);
            it.interactions.push(letter.started_by("pam"));
        }),
        1
    );
}

#[test]
fn what_asks_nothing_is_not_owed() {
    let one_way = |status| {
        let mut records = records();
        happened(&mut records, Email, "dan", (10, 9), status);
        owed(&records).len()
    };
    assert_eq!(one_way(Held), 0, "where our mail is not on record an answer would not show");
    assert_eq!(one_way(Unanswered), 1);
    let also = |kind, status| {
        let mut records = mailing();
        happened(&mut records, kind, "dan", (10, 9), status);
        owed(&records).len()
    };
    assert_eq!(
        [also(Quote, Held), also(Call, Unanswered), also(Order, Held), also(Call, Held)],
        [1, 1, 0, 0]
    );
    let mut list = mailing();
    let everyone = (0..30).map(|at| format!("g{at}")).chain(["dan".to_owned(), "sal".to_owned()]);
    list.people.extend((0..30).map(|at| Person::customer(format!("g{at}"), "north")));
    list.interactions.push(Interaction::new("l", Email, as_of().plus_days(-10), everyone).started_by("dan"));
    assert_eq!(owed(&list), [""; 0], "list mail");
}

#[test]
fn the_most_urgent_comes_first() {
    let mut records = mailing();
    happened(&mut records, Email, "wes", (10, 9), Held);
    happened(&mut records, Email, "dan", (6, 9), Held);
    let who: Vec<String> =
        found(&records, "reply_owed").iter().map(|gap| gap.person().unwrap().to_owned()).collect();
    assert_eq!(who, ["dan", "wes"], ".75 · .25·2 goes before .25 · 1");
}
