//! Numbers that were published, computed by hand, or measured on public data: none comes from this crate.
//!
//! The data sets are not part of the crate, because their licences differ; where they are missing, those tests
//! pass at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use crate::common::world::{World, day, published};
use crate::common::{near, network, public_data};
use stakeholder_graph::change::PersonChangeKind;
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Concern, ConcernStatus, Customer, Decision, Interaction, InteractionKind,
    InteractionStatus, Member, Person, Tie, TieKind,
};
use stakeholder_graph::{Basis, Evidence, Network, Records, Repaired, Settings, Share, Weight};

const TODAY: &str = "2026-03-02";

/// Ann and Bob at one customer; Sal and Tom of our staff.
fn four() -> Records {
    World::customer("c").people(["ann", "bob"]).staff(["sal", "tom"]).records()
}

/// The recorded evidence of how far one trusts the other, today.
#[track_caller]
fn tells(records: &Records, who: &str, whom: &str, supporting: f64, against: f64) {
    let network = network(records.clone());
    let view = network.view(day(TODAY), &Settings::default());
    let Evidence { supporting: found_for, against: found_against, .. } =
        view.trust(who, whom).unwrap().opinion.evidence;
    assert!(
        (found_for - supporting).abs() < 1e-6 && (found_against - against).abs() < 1e-6,
        "{who} of {whom}: ({found_for}, {found_against}) is not ({supporting}, {against})"
    );
}

fn one(kind: InteractionKind, people: &[&str], starter: Option<&str>, status: InteractionStatus) -> Records {
    let mut records = four();
    let mut it = Interaction::new("1", kind, day(TODAY), people.iter().copied()).status(status);
    it.started_by = starter.map(Into::into);
    records.interactions.push(it);
    records
}

#[test]
fn every_weight_of_the_table_counts_as_published() {
    use InteractionKind::{Call, Email, Event, Introduction, Meeting, Message, Order, Quote};
    use InteractionStatus::{Declined, Held, Planned, Unanswered};
    let pair = ["ann", "sal"];
    let table = [
        // A message that they started: a half for, and the reader's opinion is unknown.
        (one(Email, &pair, Some("ann"), Held), (0.5, 0.0), (0.0, 0.0)),
        (one(Message, &pair, Some("ann"), Held), (0.5, 0.0), (0.0, 0.0)),
        (one(Order, &pair, Some("ann"), Held), (0.5, 0.0), (0.0, 0.0)),
        (one(Quote, &pair, None, Held), (0.5, 0.0), (0.0, 0.0)),
        (one(Meeting, &pair, Some("sal"), Held), (2.0, 0.0), (2.0, 0.0)),
        (one(Call, &pair, None, Held), (2.0, 0.0), (2.0, 0.0)),
        (one(Event, &pair, Some("sal"), Held), (2.0, 0.0), (0.0, 0.0)),
        (one(Introduction, &pair, Some("ann"), Held), (3.0, 0.0), (0.0, 0.0)),
        (one(Email, &pair, Some("sal"), Unanswered), (0.0, 0.0), (0.0, 0.0)),
        (one(Meeting, &pair, Some("sal"), Declined), (0.0, 1.0), (0.0, 0.0)),
        (one(Meeting, &pair, Some("sal"), Planned), (0.0, 0.0), (0.0, 0.0)),
    ];
    for (records, ann, sal) in &table {
        tells(records, "ann", "sal", ann.0, ann.1);
        tells(records, "sal", "ann", sal.0, sal.1);
    }
}

#[test]
fn a_message_to_several_counts_a_part_to_each() {
    use InteractionKind::{Email, Event};
    use InteractionStatus::{Held, Unanswered};
    let all = ["ann", "bob", "sal", "tom"];
    let written = one(Email, &all, Some("ann"), Held);
    for whom in ["sal", "tom"] {
        tells(&written, "ann", whom, 0.5 / 3.0, 0.0);
    }
    // Participants of one side: a half, shared by the others.
    tells(&written, "ann", "bob", 0.5 / 3.0, 0.0);
    tells(&written, "sal", "tom", 0.5 / 3.0, 0.0);
    // Silence counts from the eighth day on, dated by the message.
    let mut silent = one(Email, &all, Some("sal"), Unanswered);
    for (days, expected) in [(7, 0.0), (8, 0.5 / 3.0 * 0.5_f64.powf(8.0 / 60.0))] {
        silent.interactions[0].at = day(TODAY).plus_days(-days).into();
        tells(&silent, "ann", "sal", 0.0, expected);
    }
    tells(&one(Event, &all, Some("sal"), Held), "bob", "sal", 2.0 / 3.0, 0.0);
}

#[test]
fn a_reply_counts_double_and_only_within_the_week() {
    let letters = |days: i32| {
        let mut records = four();
        records.as_of = Some(day(TODAY));
        let first =
            Interaction::new("1", InteractionKind::Email, day(TODAY).plus_days(-days), ["ann", "sal"]);
        let second = Interaction::new("2", InteractionKind::Email, day(TODAY), ["ann", "sal"]);
        records.interactions = vec![first.started_by("sal"), second.started_by("ann")];
        records
    };
    tells(&letters(7), "ann", "sal", 1.0, 0.0);
    // Ann began anew, is owed an answer, and had left Sal's message unanswered.
    tells(&letters(8), "ann", "sal", 0.0, 0.5 * 0.5_f64.powf(8.0 / 60.0));
}

#[test]
fn promises_and_concerns_count_as_published() {
    for (status, supporting, against) in [
        (CommitmentStatus::Kept, 2.0, 0.0),
        (CommitmentStatus::Broken, 0.0, 3.0),
        (CommitmentStatus::Open, 0.0, 0.0),
        (CommitmentStatus::Withdrawn, 0.0, 0.0),
    ] {
        let mut records = four();
        let promise = Commitment::new("1", "sal", ["ann", "bob"], day("2026-01-01"));
        records.commitments.push(promise.closed(status, day(TODAY)));
        // A promise to two is a whole promise to each.
        tells(&records, "ann", "sal", supporting, against);
        tells(&records, "bob", "sal", supporting, against);
    }
    for (status, raised, review, supporting, against) in [
        (ConcernStatus::Answered, TODAY, None, 1.0, 0.0),
        (ConcernStatus::ChangedSomething, TODAY, None, 1.0, 0.0),
        // Open past its day from the day after on.
        (ConcernStatus::Open, "2026-02-01", Some("2026-03-01"), 0.0, 1.0),
        (ConcernStatus::Parked, "2026-02-01", Some("2026-03-01"), 0.0, 1.0),
        (ConcernStatus::Open, "2026-02-01", Some(TODAY), 0.0, 0.0),
        (ConcernStatus::Open, "2026-02-01", None, 0.0, 0.0),
    ] {
        let mut records = four();
        records.customers[0].owner_id = Some("sal".into());
        let mut concern = Concern::new("1", "ann", day(raised));
        concern.status = status;
        concern.review_on = review.map(day);
        records.concerns.push(concern);
        tells(&records, "ann", "sal", supporting, against);
        records.concerns[0].owner_id = Some("tom".into());
        tells(&records, "ann", "tom", supporting, against);
        tells(&records, "ann", "sal", 0.0, 0.0);
    }
}

#[test]
fn what_is_rated_has_a_ceiling_and_what_is_assumed_is_shown_as_such() {
    let trust = |tie: Option<Tie>, line: bool| {
        let mut records = four();
        records.ties.extend(tie);
        if line {
            records.people[0].manager_id = Some("bob".into());
        }
        let network = network(records);
        let view = network.view(day(TODAY), &published());
        view.trust("ann", "bob").unwrap()
    };
    let mut judged = Tie::trust("ann", "bob").evidence(30.0, 10.0);
    judged.source = Some(stakeholder_graph::record::TieSource::Stated);
    let judged = trust(Some(judged), false);
    assert_eq!(judged.basis, Some(Basis::Stated));
    near(judged.opinion.evidence.supporting, 6.0);
    near(judged.opinion.evidence.against, 2.0);
    for (score, belief, disbelief) in
        [(1.0, 0.8, 0.0), (0.8, 0.64, 0.0), (0.5, 0.4, 0.0), (-0.5, 0.0, 0.4), (0.0, 0.0, 0.0)]
    {
        let rated = trust(Some(Tie::trust("ann", "bob").strength(score)), false);
        near(rated.opinion.belief, belief);
        near(rated.opinion.disbelief, disbelief);
        assert_eq!(rated.opinion.is_distrust(&published().levels), score < 0.0, "{score}");
    }
    let line = trust(None, true);
    assert_eq!(line.basis, Some(Basis::Assumed));
    near(line.opinion.belief, 0.333_333_333);
    let counted = trust(Some(Tie::trust("ann", "bob").evidence(8.0, 2.0)), false);
    assert_eq!(counted.basis, Some(Basis::Observed));
    let opinion = counted.opinion;
    for (found, expected) in [
        (opinion.belief, 0.666_667),
        (opinion.disbelief, 0.166_667),
        (opinion.uncertainty, 0.166_667),
        (opinion.projected, 0.75),
    ] {
        near(found, expected);
    }
    assert_eq!(trust(None, false).basis, None);
    near(trust(None, false).opinion.projected, 0.5);
}

#[test]
fn six_messages_a_month_apart_fade_as_published() {
    let mut records = four();
    let last = day(TODAY);
    for i in 0..6 {
        let at = last.plus_days(-30 * i);
        let letter = Interaction::new(format!("{i}"), InteractionKind::Email, at, ["ann", "sal"]);
        records.interactions.push(letter.started_by("ann"));
    }
    let network = network(records);
    let mut settings = published();
    settings.evidence.message_started = Weight::new(1.0).unwrap();
    for (days, supporting, belief, expected) in
        [(0, 3.635_492, 0.645_106, 0.822_553), (180, 0.908_873, 0.312_448, 0.656_225)]
    {
        let view = network.view(last.plus_days(days), &settings);
        let opinion = view.trust("ann", "sal").unwrap().opinion;
        near(opinion.evidence.supporting, supporting);
        near(opinion.belief, belief);
        near(opinion.projected, expected);
    }
}

#[test]
fn eight_for_and_two_against_hold_for_142_days() {
    let mut records = four();
    records.ties.push(Tie::trust("ann", "sal").evidence(8.0, 2.0));
    let network = network(records);
    let settings = published();
    let today = day(TODAY);
    let half = Share::new(0.5).unwrap();
    let on = |days: i32| network.view(today.plus_days(days), &settings).trust("ann", "sal").unwrap();
    assert_eq!(on(0).expires_on(half, &settings), Some(today.plus_days(143)));
    // Asked later, the day is the same; and on that day it happens.
    assert_eq!(on(100).expires_on(half, &settings), Some(today.plus_days(143)));
    assert!(on(142).opinion.belief > half && on(143).opinion.belief <= half);
    assert_eq!(on(143).expires_on(half, &settings), None);
}

#[test]
fn votes_are_weighed_as_published() {
    let formal = |quota: u64, votes: &[u64]| -> Vec<f64> {
        let mut records = Records::new();
        records.as_of = Some(day(TODAY));
        records.customers.push(Customer::new("c"));
        let ids: Vec<String> = (0..votes.len()).map(|at| format!("v{at}")).collect();
        records.people = ids.iter().map(|id| Person::customer(id, "c")).collect();
        let members = ids.iter().zip(votes).map(|(id, &votes)| Member::new(id, votes));
        records.decisions.push(Decision::vote("d", "c", quota, members));
        let network = network(records);
        let view = network.view(day(TODAY), &Settings::default());
        let power = view.customer("c").unwrap().power();
        let of: BTreeMap<String, f64> =
            power.people.iter().map(|it| (it.person.id.to_string(), it.formal.get())).collect();
        // No one listens to anyone, so power equals formal power.
        assert!(power.people.iter().all(|it| (it.power.get() - it.formal.get()).abs() < 1e-9));
        of.into_values().collect()
    };
    for (found, expected) in formal(51, &[50, 49, 1]).into_iter().zip([0.6, 0.2, 0.2]) {
        near(found, expected);
    }
    let council = [5.0 / 21.0, 5.0 / 21.0, 5.0 / 21.0, 3.0 / 21.0, 3.0 / 21.0, 0.0];
    for (found, expected) in formal(12, &[4, 4, 4, 2, 2, 1]).into_iter().zip(council) {
        near(found, expected);
    }
}

fn data(path: &str) -> Option<String> {
    let bytes = std::fs::read(public_data(path)).ok()?;
    let mut text = String::new();
    if let Some("gz") = path.rsplit('.').next() {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    Some(text)
}

/// The first cells of every row after the header. No cell used here contains a comma or a line end.
fn rows<const N: usize>(text: &str) -> impl Iterator<Item = [&str; N]> {
    text.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        std::array::from_fn(|_| cells.next().unwrap())
    })
}

/// Of the pairs of managers on different levels, how many power orders as the levels do. A tie is not ordered, so
/// it counts as wrong.
fn rightly_ordered(relation: &str, listening: f64) -> Option<(usize, usize)> {
    let people = data("krackhardt_hightech/people.csv")?;
    let ties = data("krackhardt_hightech/ties.csv")?;
    let mut records = Records::new();
    records.as_of = Some(day(TODAY));
    records.customers.push(Customer::new("firm"));
    let mut level = BTreeMap::new();
    for [id, _, _, stands, ..] in rows::<5>(&people) {
        level.insert(id, stands.parse::<u8>().unwrap());
        // Neither titles nor reporting lines: the hierarchy is what is to be inferred.
        records.people.push(Person::customer(id, "firm"));
    }
    for [from, to, kind] in rows::<3>(&ties) {
        if kind == relation {
            records.ties.push(Tie::new(TieKind::ListensTo, from, to));
        }
    }
    let network = network(records);
    let mut settings = Settings::default();
    settings.power.listening = Share::new(listening).unwrap();
    let view = network.view(day(TODAY), &settings);
    let power = view.customer("firm").unwrap().power();
    let power: Vec<(u8, Share)> =
        power.people.iter().map(|it| (level[it.person.id.as_str()], it.power)).collect();
    let pairs = power.iter().flat_map(|a| power.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 < b.0);
    Some(pairs.fold((0, 0), |(right, all), (a, b)| (right + usize::from(a.1 > b.1), all + 1)))
}

/// Friendship was published at 60 of 84, by a ranking in which a person who names no friend listens to everyone;
/// here such a person keeps their power, which gives the counts below, computed independently of this crate.
#[test]
fn power_from_advice_follows_the_real_hierarchy_and_from_friendship_less() {
    for (listening, friendship) in [(0.5, 71), (0.85, 69)] {
        let Some(advice) = rightly_ordered("advice", listening) else { return };
        assert_eq!(advice, (80, 84), "95.2%");
        assert_eq!(rightly_ordered("friendship", listening), Some((friendship, 84)));
    }
}

/// Posts of one day as people; each organisation is a customer.
fn posts(on: &str) -> Option<Records> {
    let text = data(&format!("uk_organograms_{on}/people.csv.gz"))?;
    let mut records = Records::new();
    records.as_of = Some(day(on));
    for (at, [id, name, body, _, superior]) in rows::<5>(&text).enumerate() {
        assert_eq!(name, "", "posts have no names");
        if records.customers.iter().all(|it| it.id != body) {
            records.customers.push(Customer::new(body));
        }
        let mut post = Person::customer(id, body);
        post.manager_id = (!superior.is_empty()).then(|| superior.into());
        post.line = u32::try_from(at + 2).ok();
        records.people.push(post);
    }
    Some(records)
}

#[test]
fn the_dirt_of_real_reporting_lines_is_told_in_full() {
    for (on, posts_read, duplicate, dangling, own) in
        [("2011-03-31", 5007, 33, 1, 2), ("2011-09-30", 4831, 66, 12, 7)]
    {
        let Some(records) = posts(on) else { return };
        assert_eq!(records.people.len(), posts_read);
        let Repaired { network, problems, .. } = Network::repair(records.clone()).unwrap();
        for (code, count) in [("duplicate_id", duplicate), ("dangling", dangling), ("own_manager", own)] {
            assert_eq!(problems.count(code), count, "{code} on {on}");
        }
        assert_eq!(problems.len(), duplicate + dangling + own, "{problems}");
        assert_eq!(network.people().len(), posts_read - duplicate);
        let lines = problems.iter().all(|it| it.record.line == u32::try_from(it.record.index + 2).ok());
        assert!(lines, "every problem names the line of the file");
        let message = Network::build(records).unwrap_err().to_string();
        assert_eq!(message.lines().count(), 1 + problems.len());
        // What is left is a forest on which power can be computed, organisation by organisation.
        let view = network.view(day(on), &Settings::default());
        for customer in view.customers() {
            let power = customer.power();
            let sum: f64 = power.people.iter().map(|it| it.power.get()).sum();
            near(sum, 1.0);
        }
    }
}

/// Two days of one set of organisations: 539 of the 3,320 posts of both days have another superior. Counted over
/// the files themselves, first mention of an id; the report is read from networks that were repaired, which have
/// no superior where the file names the post itself or none.
#[test]
fn the_change_report_finds_every_superior_that_changed() {
    let (Some(before), Some(after)) = (posts("2011-03-31"), posts("2011-09-30")) else { return };
    let superiors = |records: &Records| {
        let mut all: BTreeMap<String, Option<String>> = BTreeMap::new();
        for post in &records.people {
            let superior = post.manager_id.as_ref().map(ToString::to_string);
            all.entry(post.id.to_string()).or_insert(superior);
        }
        all
    };
    let (was, is) = (superiors(&before), superiors(&after));
    let common: Vec<&String> = was.keys().filter(|id| is.contains_key(*id)).collect();
    let in_files: BTreeSet<&str> =
        common.iter().filter(|id| was[**id] != is[**id]).map(|id| id.as_str()).collect();
    let (first, second) = (Network::repair(before).unwrap().network, Network::repair(after).unwrap().network);
    let settings = Settings::default();
    let changes =
        second.view(day("2011-09-30"), &settings).changes_since(&first.view(day("2011-03-31"), &settings));
    let told = changes.customers.iter().flat_map(|customer| &customer.people);
    let told: BTreeSet<&str> = told
        .filter(|change| matches!(change.what, PersonChangeKind::Manager { .. }))
        .map(|change| change.person.id.as_str())
        .collect();
    assert_eq!((common.len(), in_files.len()), (3320, 539), "as published");
    let only = |some: &BTreeSet<&str>, others: &BTreeSet<&str>| -> Vec<String> {
        some.difference(others).map(ToString::to_string).collect()
    };
    // It reported to itself, which counts as to no one, and now reports to no one.
    assert_eq!(only(&in_files, &told), ["infrastructure_planning_commission:1"]);
    // Their superior is the same in both files, and in the later one that post no longer exists.
    assert_eq!(only(&told, &in_files), ["department_for_work_and_pensions:JCP8", "ministry_of_justice:134"]);
}
