//! Breadth: each kind of gap on the smallest records that have it, beside records that lack it; each remedy
//! applied.

use crate::common::cure::{assert_sample_is_cured, found_and_cured};
use crate::common::world::{World, day, person};
use crate::common::{near, network, story_day};
use stakeholder_graph::gap::{Family, Gap, NarrowCoverage, Reason};
use stakeholder_graph::record::{Interaction, InteractionKind, Person, Seniority, Tie};
use stakeholder_graph::{Records, Settings, Share};

use Seniority::{CLevel, Director, Individual, Manager, Vp};

/// A customer whose people are rated equally powerful, and Sal, who is responsible for it.
fn firm(people: &[&str]) -> Records {
    let world = World::customer("firm").owner("sal");
    people.iter().fold(world, |world, id| world.powerful(id, 1.0)).staff(["sal"]).records()
}

fn trusts(records: &mut Records, who: &str, evidence: f64) {
    records.ties.push(Tie::trust(who, "sal").evidence(evidence, 0.0));
}

/// The gaps of a kind; checks that the remedy of each clears it.
#[track_caller]
fn found(records: &Records, id: &str) -> Vec<Gap> {
    found_and_cured(records, id, Family::Breadth)
}

#[track_caller]
fn said(records: &Records, id: &str) -> Vec<String> {
    found(records, id).iter().map(ToString::to_string).collect()
}

const NONE: [&str; 0] = [];

/// Ann and Abe in sales, Bob and Bea in development.
fn two_departments() -> Records {
    let mut records = firm(&["abe", "ann", "bea", "bob"]);
    for (id, department) in [("abe", "Sales"), ("ann", "Sales"), ("bea", "Design"), ("bob", "Design")] {
        person(&mut records, id).department = Some(department.into());
    }
    records
}

#[test]
fn coverage_of_one_department_is_narrow() {
    let mut records = two_departments();
    trusts(&mut records, "abe", 6.0);
    assert_eq!(said(&records, "narrow_coverage"), NONE, "one contact is another gap");
    trusts(&mut records, "ann", 6.0);
    assert_eq!(
        said(&records, "narrow_coverage"),
        ["all 2 who trust us are of department Sales, which holds 50% of the decision"]
    );
    let mut level = records.clone();
    for id in ["abe", "ann", "bea", "bob"] {
        level.people.iter_mut().find(|it| it.id == id).unwrap().department = None;
        let title = if id.starts_with('a') { "Sales Manager" } else { "Vice President" };
        person(&mut level, id).title = Some(title.into());
    }
    assert_eq!(
        said(&level, "narrow_coverage"),
        ["all 2 who trust us are of level manager, which holds 50% of the decision"]
    );
    let mut elsewhere = records.clone();
    trusts(&mut elsewhere, "bob", 2.0);
    assert_eq!(said(&elsewhere, "narrow_coverage"), NONE, "one more elsewhere is enough");
    for id in ["bea", "bob"] {
        person(&mut records, id).power = Some(0.0);
    }
    assert_eq!(said(&records, "narrow_coverage"), NONE, "there is no power elsewhere");
}

#[test]
fn what_is_not_known_does_not_make_coverage_narrow() {
    let mut records = two_departments();
    for id in ["abe", "ann", "bob"] {
        trusts(&mut records, id, 6.0);
    }
    person(&mut records, "bob").department = None;
    assert_eq!(said(&records, "narrow_coverage"), NONE, "Bob may sit anywhere");
    let mut unknown = records.clone();
    unknown.ties.retain(|tie| tie.from != "bob");
    person(&mut unknown, "bea").department = None;
    assert_eq!(said(&unknown, "narrow_coverage"), NONE, "one department is known");
}

#[test]
fn the_index_of_coverage_is_held_against_that_of_power() {
    let mut records = two_departments();
    for (id, evidence) in [("abe", 6.0), ("ann", 6.0), ("bob", 2.0)] {
        trusts(&mut records, id, evidence);
    }
    // Shares of coverage .75 and .25, of power one half each: indices of .625 and .5.
    let with = |index: f64| {
        let mut settings = Settings::default();
        settings.gaps.narrow_coverage.index = Share::new(index).unwrap();
        let network = network(records.clone());
        let gaps = network.view(story_day(), &settings).customer("firm").unwrap().gaps();
        gaps.into_iter().find(|gap| gap.id() == "narrow_coverage")
    };
    assert!(with(0.125).is_none(), "not above");
    let gap = with(0.124).unwrap();
    match gap.reason {
        Reason::NarrowCoverage(NarrowCoverage { all: false, share, index, power_index, .. }) => {
            near(share, 0.75);
            near(index, 0.625);
            near(power_index, 0.5);
        }
        other => panic!("{other:?}"),
    }
    // With beliefs of .9, .9 and .3 they have 6/7: an index of 37/49, .2551 above. Each has 3/7, so no one has
    // most.
    let mut uneven = two_departments();
    for (id, evidence) in [("abe", 18.0), ("ann", 18.0), ("bob", 6.0 / 7.0)] {
        trusts(&mut uneven, id, evidence);
    }
    assert_eq!(
        said(&uneven, "narrow_coverage"),
        ["86% of our coverage lies in department Sales, which holds 50% of the decision"]
    );
}

#[test]
fn a_unit_where_nobody_is_reached_is_a_blank() {
    let mut records = two_departments();
    assert_eq!(said(&records, "whitespace_unit"), NONE, "no one is reached anywhere");
    trusts(&mut records, "abe", 2.0);
    let blank = ["no one is reached in department Design: 2 people with 50% of the decision"];
    assert_eq!(said(&records, "whitespace_unit"), blank);
    for id in ["bea", "bob"] {
        person(&mut records, id).site = Some("Hill".into());
    }
    assert_eq!(said(&records, "whitespace_unit"), blank, "the same people are one unit");
    near(found(&records, "whitespace_unit")[0].severity, 0.5 * 0.25);
    let mut one = records.clone();
    person(&mut one, "bob").department = None;
    person(&mut one, "bob").site = None;
    assert_eq!(said(&one, "whitespace_unit"), NONE, "one person is no unit");
    let mut powerless = records.clone();
    for id in ["bea", "bob"] {
        person(&mut powerless, id).power = Some(0.0);
    }
    assert_eq!(said(&powerless, "whitespace_unit"), NONE);
    let mut nearly = records.clone();
    trusts(&mut nearly, "bob", 1.636);
    assert_eq!(said(&nearly, "whitespace_unit"), blank, "just below the level");
    trusts(&mut records, "bob", 2.0);
    assert_eq!(said(&records, "whitespace_unit"), NONE);
}

/// A customer with `people` people, the first `live` of whom trust us.
fn many(people: usize, live: usize) -> Records {
    let ids: Vec<String> = (0..people).map(|at| format!("p{at:03}")).collect();
    let mut records = firm(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    for id in ids.iter().take(live) {
        trusts(&mut records, id, 2.0);
    }
    // Something is on record about the last.
    trusts(&mut records, ids.last().unwrap(), 0.1);
    records
}

#[test]
fn contacts_are_few_below_five_and_below_one_in_twenty() {
    assert_eq!(said(&many(20, 0), "thin_coverage"), ["only 0 of 20 known people trust us, where 1 should"]);
    assert_eq!(said(&many(20, 1), "thin_coverage"), NONE);
    assert_eq!(said(&many(21, 1), "thin_coverage"), ["only 1 of 21 known people trust us, where 2 should"]);
    assert_eq!(said(&many(150, 4), "thin_coverage"), ["only 4 of 150 known people trust us, where 5 should"]);
    assert_eq!(said(&many(150, 5), "thin_coverage"), NONE);
    let mut silent = many(20, 0);
    silent.ties.clear();
    assert_eq!(said(&silent, "thin_coverage"), NONE, "nothing is on record");
}

/// A customer with `people` people, the last of whom joined since; Sal met the first a year ago and now.
fn grown(people: usize) -> Records {
    let ids: Vec<String> = (0..people).map(|at| format!("p{at}")).collect();
    let mut records = firm(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    person(&mut records, ids.last().unwrap()).started_on = Some(day("2025-03-03"));
    for (id, on) in [("then", "2025-03-01"), ("now", "2026-03-01")] {
        let both = ["sal", "p0"];
        records.interactions.push(Interaction::new(id, InteractionKind::Meeting, day(on), both));
    }
    records
}

#[test]
fn a_map_is_outgrown_when_people_came_and_no_contact_did() {
    assert_eq!(
        said(&grown(5), "map_outgrown"),
        ["their people grew from 4 to 5 since 2025-03-02, and those with a live tie to us are 1 as before"]
    );
    assert_eq!(said(&grown(6), "map_outgrown"), NONE, "by a fifth only");
    let mut before = grown(5);
    person(&mut before, "p4").started_on = Some(day("2025-03-02"));
    assert_eq!(said(&before, "map_outgrown"), NONE, "they were there on the earlier day");
    let mut covered = grown(5);
    trusts(&mut covered, "p1", 1.0);
    assert_eq!(said(&covered, "map_outgrown"), NONE, "there is one contact more");
    let mut silent = grown(5);
    silent.interactions.clear();
    assert_eq!(said(&silent, "map_outgrown"), NONE, "nothing is on record");
    let mut sites = grown(6);
    for at in 0..6 {
        let site = if at == 5 { "Quay" } else { "Hill" };
        person(&mut sites, &format!("p{at}")).site = Some(site.into());
    }
    assert_eq!(
        said(&sites, "map_outgrown"),
        ["their sites grew from 1 to 2 since 2025-03-02, and those with a live tie to us are 1 as before"]
    );
}

/// An executive and another person who trusts Sal.
fn executive() -> Records {
    let mut records = firm(&["exe", "bob"]);
    person(&mut records, "exe").title = Some("Vice President, Operations".into());
    trusts(&mut records, "bob", 6.0);
    records
}

#[test]
fn executives_must_trust_us_and_be_in_touch() {
    let records = executive();
    assert_eq!(
        said(&records, "no_executive_cover"),
        ["the one executive we know, exe, trusts no one on our team; at the top lie 50% of the decision"]
    );
    let mut live = records.clone();
    trusts(&mut live, "exe", 2.0);
    assert_eq!(said(&live, "no_executive_cover"), NONE, "when they were in touch is not known");
    let met = |on: &str| {
        let mut met = live.clone();
        met.interactions.push(Interaction::new("met", InteractionKind::Call, day(on), ["sal", "exe"]));
        met
    };
    assert_eq!(said(&met("2025-12-02"), "no_executive_cover"), NONE, "90 days ago");
    assert_eq!(
        said(&met("2025-12-01"), "no_executive_cover"),
        ["no executive who trusts us was in touch since 2025-12-01; at the top lie 50% of the decision"]
    );
    let mut nobody = records.clone();
    person(&mut nobody, "exe").title = Some("Director, Operations".into());
    assert_eq!(said(&nobody, "no_executive_cover"), NONE, "no executive is known");
    let mut silent = records;
    silent.ties.clear();
    assert_eq!(said(&silent, "no_executive_cover"), NONE, "nothing is on record");
}

#[test]
fn a_senior_person_should_not_know_our_juniors_only() {
    let pair = |theirs: Seniority, ours: Option<Seniority>| {
        let mut records = firm(&["exe", "bob"]);
        person(&mut records, "exe").seniority = Some(theirs);
        let sal = person(&mut records, "sal");
        sal.seniority = ours;
        sal.manager_id = Some("mia".into());
        let mut boss = Person::staff("mia");
        boss.seniority = Some(Seniority::CLevel);
        records.people.push(boss);
        trusts(&mut records, "exe", 2.0);
        records
    };
    assert_eq!(
        said(&pair(CLevel, Some(Director)), "seniority_mismatch"),
        ["exe (C-level, 50% of the decision) trusts no one on our team above director"],
        "two levels lower"
    );
    assert_eq!(said(&pair(CLevel, Some(Vp)), "seniority_mismatch"), NONE, "one level lower");
    assert_eq!(said(&pair(Director, Some(Individual)), "seniority_mismatch").len(), 1);
    assert_eq!(said(&pair(Director, Some(Manager)), "seniority_mismatch"), NONE);
    assert_eq!(said(&pair(Manager, Some(Individual)), "seniority_mismatch"), NONE, "not senior");
    assert_eq!(said(&pair(CLevel, None), "seniority_mismatch"), NONE, "our level is not known");
    let mut boss = pair(CLevel, Some(Manager));
    let remedy = found(&boss, "seniority_mismatch")[0].remedy.clone().unwrap();
    assert_eq!(remedy.to_string(), "exe comes to trust mia at 0.30", "up the line");
    boss.ties.push(Tie::trust("exe", "mia").evidence(1.0, 0.0));
    assert_eq!(said(&boss, "seniority_mismatch"), NONE, "a live tie to the boss");
    let mut flat = pair(CLevel, Some(Manager));
    person(&mut flat, "mia").seniority = Some(Manager);
    assert_eq!(said(&flat, "seniority_mismatch"), NONE, "no one on our team is senior enough");
}

#[test]
fn every_remedy_in_the_sample_clears_its_gap() {
    assert_sample_is_cured(Family::Breadth);
}
