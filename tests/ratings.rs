//! Ratings: from -1 to 1, in words too, dated, of which the latest counts.

use stakeholder_graph::EvidenceKind;
use stakeholder_graph::gap::Reason;
use stakeholder_graph::io::csv;
use stakeholder_graph::reach::{PersonReach, State};
use stakeholder_graph::record::{InteractionKind, RecordKind, Tie, TieKind, TieSource};
use stakeholder_graph::{Day, Network, Records, Settings, Share, View};

use crate::common::world::{World, ago, day, found, happened, today};

/// How far ann trusts pam on a day, given ties between the two: belief and disbelief.
fn opinion(ties: &[Tie], on: Day) -> (f64, f64) {
    let world = World::customer("acme").people(["ann", "bea"]).staff(["pam", "sal"]);
    let world = ties.iter().fold(world, |world, tie| world.tie(tie.clone()));
    let opinion = world.network().view(on, &Settings::default()).trust("ann", "pam").unwrap().opinion;
    (opinion.belief.get(), opinion.disbelief.get())
}

/// How ann is reached.
fn ann(view: &View<'_>) -> PersonReach {
    let people = view.customer("acme").unwrap().reach().people;
    people.into_iter().find(|it| it.person.id == "ann").unwrap()
}

fn rated(score: f64) -> Tie {
    Tie::trust("ann", "pam").strength(score)
}

fn near((found, against): (f64, f64), (belief, disbelief): (f64, f64)) {
    assert!((found - belief).abs() < 1e-6, "belief {found} is not {belief}");
    assert!((against - disbelief).abs() < 1e-6, "disbelief {against} is not {disbelief}");
}

#[test]
fn of_several_ratings_the_latest_counts_and_of_one_day_the_mean() {
    let first = rated(1.0).rated_on(ago(90));
    let second = rated(-0.5).rated_on(today());
    // In any order, and also where the latest says nothing.
    for ties in [[first.clone(), second.clone()], [second, first.clone()]] {
        near(opinion(&ties, today()), (0.0, 0.4));
    }
    near(opinion(&[first.clone(), rated(0.0)], today()), (0.0, 0.0));
    near(opinion(&[rated(0.25), rated(0.75)], today()), (0.4, 0.0));
    near(opinion(&[rated(1.0), rated(-0.5)], today()), (0.2, 0.0));
    // Before the later one was made, the earlier one counts.
    near(opinion(&[first, rated(-0.5).rated_on(ago(30))], ago(90)), (0.8, 0.0));
    // A judgement in pieces is a rating like any other.
    let pieces = rated(1.0).rated_on(ago(5)).strength(0.0).supporting(3.0).source(TieSource::Stated);
    near(opinion(&[rated(-1.0).rated_on(ago(6)), pieces.rated_on(today())], today()), (0.6, 0.0));
}

#[test]
fn a_rating_is_dated_by_its_day_else_by_the_day_of_the_records_and_fades_from_then() {
    // One half-life of 60 days: 8 pieces are 4, and 4 of 6 is two thirds.
    near(opinion(&[rated(1.0).rated_on(ago(60))], today()), (4.0 / 6.0, 0.0));
    near(opinion(&[rated(1.0)], today()), (0.8, 0.0));
    near(opinion(&[rated(1.0)], day(60)), (4.0 / 6.0, 0.0));
    // That the relationship is old says nothing about the day of the rating.
    near(opinion(&[rated(1.0).since(ago(900))], today()), (0.8, 0.0));
    // Counted figures have a day as well.
    near(
        opinion(&[Tie::trust("ann", "pam").evidence(8.0, 0.0).rated_on(ago(60))], today()),
        (4.0 / 6.0, 0.0),
    );
}

#[test]
fn a_tie_holds_between_its_days_also_when_both_lie_in_the_past() {
    let ended = rated(1.0).since(ago(400)).until(ago(200));
    for (on, belief) in [(401, 0.0), (400, 0.8), (300, 0.8), (200, 0.8), (199, 0.0), (0, 0.0)] {
        near(opinion(std::slice::from_ref(&ended), ago(on)), (belief, 0.0));
    }
    // Dated within its days it counts from then on, and fades.
    let dated = ended.rated_on(ago(260));
    for (on, belief) in [(261, 0.0), (260, 0.8), (200, 4.0 / 6.0), (199, 0.0)] {
        near(opinion(std::slice::from_ref(&dated), ago(on)), (belief, 0.0));
    }
}

#[test]
fn a_full_rating_is_reached_for_months() {
    let world = World::customer("acme").powerful("ann", 1.0).staff(["pam"]).owner("pam").tie(rated(1.0));
    let network = world.network();
    for (days, state) in [
        (0, State::Reached),
        (137, State::Reached),
        (138, State::InTouch),
        (193, State::InTouch),
        (200, State::Warm),
        (300, State::Cold),
    ] {
        let settings = Settings::default();
        let view = network.view(today().plus_days(days), &settings);
        assert_eq!(ann(&view).state, state, "after {days} days");
    }
}

#[test]
fn two_steps_rated_point_8_are_warm() {
    let world = World::customer("acme").powerful("ann", 1.0).person("bea").staff(["pam"]).owner("pam");
    let world = world.tie(Tie::trust("ann", "bea").strength(0.8)).tie(Tie::trust("bea", "pam").strength(0.8));
    let network = world.network();
    let settings = Settings::default();
    let view = network.view(today(), &settings);
    let best = view.introductions("ann").unwrap().best(1).remove(0);
    assert!((best.proven.get() - 0.4096).abs() < 1e-6, "{best:?}");
    assert_eq!(ann(&view).state, State::Warm);
}

#[test]
fn words_are_read_as_scores_and_others_are_refused_by_name() {
    let read = |strength: &str| {
        let json = format!(
            r#"{{"as_of":"2026-03-02","customers":[{{"id":"acme"}}],
                "people":[{{"id":"ann","side":"customer","customer_id":"acme"}},{{"id":"pam","side":"staff"}}],
                "ties":[{{"who":"ann","trusts":"pam","strength":{strength}}}]}}"#
        );
        Records::from_json(json.as_bytes())
    };
    for (word, score) in [
        ("\"strong\"", 0.9),
        ("\"Good\"", 0.7),
        ("\"FAIR\"", 0.5),
        ("\" weak \"", 0.3),
        ("\"bad\"", -0.5),
        ("\"hostile\"", -0.9),
        ("-0.25", -0.25),
        ("1e-1", 0.1),
    ] {
        assert_eq!(read(word).unwrap().ties[0].strength, Some(score), "{word}");
    }
    assert_eq!(read("\"unknown\"").unwrap().ties[0].strength, None);
    let error = read("\"lukewarm\"").unwrap_err().to_string();
    for part in ["strength", "strong, good, fair, weak, bad, hostile"] {
        assert!(error.contains(part), "{error} lacks {part}");
    }
    let table = "who,trusts,strength,rated_on\nann,pam,hostile,2026-01-05\npam,ann,1e-1,\n";
    let records = csv::read_table(RecordKind::Tie, "ties.csv", table.as_bytes()).unwrap().records;
    assert_eq!(records.ties[0].strength, Some(-0.9));
    assert_eq!(records.ties[0].rated_on, Some(day("2026-01-05")));
    assert_eq!(records.ties[1].strength, Some(0.1));
}

#[test]
fn what_is_out_of_range_or_after_the_end_is_a_fault_of_its_field() {
    let problems = |tie: Tie| {
        let records = World::customer("acme").people(["ann"]).staff(["pam"]).tie(tie).records();
        Network::build(records).map(drop).map_err(|error| error.to_string())
    };
    for (tie, named) in [
        (rated(-1.5), "strength"),
        (rated(1.5), "strength"),
        (rated(0.5).until(ago(10)).rated_on(ago(9)), "rated_on"),
        (Tie::new(TieKind::Influence, "ann", "pam").strength(-0.5), "strength"),
    ] {
        let error = problems(tie).unwrap_err();
        assert!(error.contains(named), "{error} does not name {named}");
    }
    assert!(problems(rated(-1.0)).is_ok());
}

#[test]
fn a_negative_rating_is_hostile_and_contradicts_what_happened() {
    let world = World::customer("acme").powerful("ann", 1.0).staff(["pam"]).owner("pam").tie(rated(-0.5));
    let network = world.clone().network();
    let settings = Settings::default();
    let view = network.view(today(), &settings);
    let person = ann(&view);
    assert!(person.hostile, "rated against, and no live tie");
    let trust = view.trust("ann", "pam").unwrap();
    assert_eq!(trust.evidence[0].kind, EvidenceKind::RatedAgainst);
    // With four meetings beside it the rating is what is wrong.
    let met = |at| happened(&format!("m{at}"), InteractionKind::Meeting, ago(at), ["ann", "pam"]);
    let world = (0..4).fold(world, |world, at| world.interaction(met(at)));
    let conflict = found(&world.records(), "rating_conflict").into_iter().find_map(|gap| match gap.reason {
        Reason::RatingConflict(figures) => Some(figures),
        _ => None,
    });
    let conflict = conflict.expect("a rating against beside four meetings");
    assert!((conflict.rated + 0.5).abs() < 1e-9 && conflict.evidenced > Share::new(0.7).unwrap());
}

#[test]
fn a_superseded_rating_is_no_line_of_the_explanation() {
    let world = World::customer("acme").people(["ann"]).staff(["pam"]);
    let network = world.tie(rated(1.0).rated_on(ago(90))).tie(rated(0.5)).network();
    let trust = network.view(today(), &Settings::default()).trust("ann", "pam").unwrap();
    assert_eq!(trust.evidence.len(), 1);
    assert!((trust.evidence[0].now.supporting - 4.0 / 3.0).abs() < 1e-6, "{:?}", trust.evidence);
}
