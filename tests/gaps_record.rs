//! Records: each kind of gap on the smallest records that have it, beside records that lack it; each remedy
//! applied.

use crate::common::cure::{assert_sample_is_cured, found_and_cured};
use crate::common::world::{World, ago, person};
use crate::common::{near, story_day};
use stakeholder_graph::Records;
use stakeholder_graph::gap::{Family, Gap, RatingConflict, Reason};
use stakeholder_graph::record::{
    Decision, Interaction, InteractionKind, Profile, Role, Seniority, Support, Tie, TieKind, TieSource,
};

/// Ann is a manager and a champion, Bob is a manager without further details. Sal is responsible for them.
fn firm() -> Records {
    let managers = |records: &mut Records| {
        records.people.iter_mut().for_each(|it| it.seniority = Some(Seniority::Manager));
        records.people[0].support = Some(Support::Champion);
    };
    World::customer("firm").owner("sal").people(["ann", "bob"]).with(managers).staff(["sal"]).records()
}

fn meets(records: &mut Records, id: &str, days: i32) {
    let name = format!("i{}", records.interactions.len());
    records
        .interactions
        .push(Interaction::new(name.clone(), InteractionKind::Meeting, ago(days), ["sal", id]).subject(name));
}

/// The gaps of a kind; checks that the remedy of each clears it.
#[track_caller]
fn found(records: &Records, id: &str) -> Vec<Gap> {
    found_and_cured(records, id, Family::Record)
}

#[track_caller]
fn said(records: &Records, id: &str) -> Vec<String> {
    found(records, id).iter().map(ToString::to_string).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_review_day_that_passed_makes_a_record_stale() {
    let mut records = firm();
    person(&mut records, "ann").review_on = Some(story_day());
    assert_eq!(said(&records, "stale_record"), NONE, "today is the day");
    person(&mut records, "ann").review_on = Some(ago(1));
    assert_eq!(said(&records, "stale_record"), ["the record of ann was to be looked at again on 2026-03-01"]);
    near(found(&records, "stale_record")[0].severity, 0.05);
}

#[test]
fn somebody_we_deal_with_should_be_classified() {
    let known = |days: i32| {
        let mut records = firm();
        meets(&mut records, "bob", days);
        records
    };
    assert_eq!(said(&known(30), "stale_record"), NONE);
    assert_eq!(
        said(&known(31), "stale_record"),
        [
            "neither the role of bob nor where they stand is on record, and we have dealt with them since 2026-01-30"
        ]
    );
    let mut with_role = known(31);
    person(&mut with_role, "bob").roles = vec![Role::UserBuyer];
    assert_eq!(said(&with_role, "stale_record"), NONE);
    let mut later = known(31);
    person(&mut later, "bob").review_on = Some(story_day().plus_days(9));
    assert_eq!(said(&later, "stale_record"), NONE, "there is a day for it");
    let mut nowhere = known(31);
    person(&mut nowhere, "ann").support = None;
    assert_eq!(said(&nowhere, "stale_record"), NONE, "nobody is classified there");
    let mut blank = known(31);
    person(&mut blank, "bob").seniority = None;
    assert_eq!(said(&blank, "stale_record"), NONE, "that is an unmapped person");
    assert_eq!(said(&firm(), "stale_record"), NONE, "we never met");
}

/// Ann decides; about Bob nothing is known.
fn decided() -> Records {
    let mut records = firm();
    person(&mut records, "ann").roles = vec![Role::DecisionMaker];
    person(&mut records, "bob").seniority = None;
    records
}

#[test]
fn whoever_a_key_player_listens_to_should_be_known() {
    let unknown = ["ann listens to bob, and neither role, level nor power of theirs is known"];
    assert_eq!(said(&decided(), "unknown_attribute"), NONE, "nothing joins them");
    let trusting = |evidence: f64| {
        let mut records = decided();
        records.ties.push(Tie::trust("ann", "bob").evidence(evidence, 0.0));
        records
    };
    // Belief of .3 takes evidence of 6/7.
    assert_eq!(said(&trusting(0.858), "unknown_attribute"), unknown);
    assert_eq!(said(&trusting(0.857), "unknown_attribute"), NONE);
    let mut reports = decided();
    person(&mut reports, "ann").manager_id = Some("bob".into());
    assert_eq!(said(&reports, "unknown_attribute"), unknown);
    let mut listens = decided();
    listens.ties.push(Tie::new(TieKind::ListensTo, "ann", "bob").strength(0.1));
    assert_eq!(said(&listens, "unknown_attribute"), unknown);
    listens.ties[0].until = Some(ago(1));
    assert_eq!(said(&listens, "unknown_attribute"), NONE, "not any more");
    let mut titled = trusting(6.0);
    person(&mut titled, "bob").title = Some("Wizard".into());
    assert_eq!(said(&titled, "unknown_attribute"), unknown, "a title that tells nothing");
    person(&mut titled, "bob").title = Some("Head of Magic".into());
    assert_eq!(said(&titled, "unknown_attribute"), NONE);
    let mut approver = trusting(6.0);
    approver.decisions.push(Decision::approval("deal", "firm", "bob"));
    assert_eq!(said(&approver, "unknown_attribute"), NONE, "that he decides is known");
}

/// Ann's trust in Sal is rated, and they met `meetings` times today.
fn rated(strength: f64, meetings: usize) -> Records {
    let mut records = firm();
    records.ties.push(Tie::trust("ann", "sal").strength(strength));
    for _ in 0..meetings {
        meets(&mut records, "ann", 0);
    }
    records
}

#[test]
fn a_rating_conflicts_with_what_happened() {
    // Six meetings are evidence of (12, 0): projected 12/14 + .3·2/14 = .9, the highest band. Bands end at .3, .45 and .7.
    assert_eq!(
        said(&rated(0.44, 6), "rating_conflict"),
        ["ann's trust in sal is rated 0.44, and what happened says 0.90"]
    );
    assert_eq!(said(&rated(0.5, 6), "rating_conflict"), NONE, "one band apart");
    assert_eq!(said(&rated(0.9, 6), "rating_conflict"), NONE);
    assert_eq!(said(&rated(0.1, 0), "rating_conflict"), NONE, "nothing happened, so nothing contradicts it");
    // One meeting today is just enough evidence, and one yesterday is not.
    assert_eq!(said(&rated(0.1, 1), "rating_conflict").len(), 1);
    let mut older = rated(0.1, 0);
    meets(&mut older, "ann", 1);
    assert_eq!(said(&older, "rating_conflict"), NONE);
    let mut distrusted = firm();
    distrusted.ties.push(Tie::trust("ann", "sal").evidence(0.0, 6.0));
    let mut claimed = Tie::trust("ann", "sal");
    (claimed.supporting, claimed.against, claimed.source) = (Some(3.0), Some(0.0), Some(TieSource::Stated));
    distrusted.ties.push(claimed);
    let gap = found(&distrusted, "rating_conflict").remove(0);
    match gap.reason {
        Reason::RatingConflict(RatingConflict { rated, evidenced, bands: 3, .. }) => {
            assert!((rated - 1.0).abs() < 1e-9);
            near(evidenced, 0.075);
        }
        other => panic!("{other:?}"),
    }
    assert!(!gap.evidence.is_empty());
}

#[test]
fn profiles_should_be_fuller_the_more_somebody_matters() {
    let with = |change: &dyn Fn(&mut Records), answered, total| {
        let mut records = firm();
        change(&mut records);
        person(&mut records, "bob").profile = Some(Profile::new(answered, total));
        said(&records, "profile_thin")
    };
    let anybody = |records: &mut Records| person(records, "ann").seniority = Some(Seniority::CLevel);
    assert_eq!(with(&anybody, 9, 66), ["of bob we know 9 of 66 things, and should know 10"]);
    assert_eq!(with(&anybody, 10, 66), NONE);
    assert_eq!(with(&anybody, 4, 33), ["of bob we know 4 of 33 things, and should know 5"], "in proportion");
    assert_eq!(with(&anybody, 0, 0), NONE, "an empty list");
    let role = |records: &mut Records| {
        anybody(records);
        person(records, "bob").roles = vec![Role::Evaluator];
    };
    assert_eq!([14, 15].map(|known| with(&role, known, 66).len()), [1, 0]);
    let key = |records: &mut Records| person(records, "bob").seniority = Some(Seniority::CLevel);
    assert_eq!([19, 20].map(|known| with(&key, known, 66).len()), [1, 0]);
    let decides = |records: &mut Records| person(records, "bob").roles = vec![Role::EconomicBuyer];
    assert_eq!([29, 30].map(|known| with(&decides, known, 66).len()), [1, 0]);
    assert_eq!(said(&firm(), "profile_thin"), NONE, "no profile is kept");
}

#[test]
fn every_remedy_in_the_sample_clears_its_gap() {
    assert_sample_is_cured(Family::Record);
}
