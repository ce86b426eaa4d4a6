//! The story every reader should know, with the numbers computed for it by hand.

use crate::common::{near, network, story, story_day, view};
use stakeholder_graph::introduction::Ranking;
use stakeholder_graph::reach::State;
use stakeholder_graph::record::{Person, Tie};
use stakeholder_graph::{Settings, Share};

#[test]
fn power_is_as_computed() {
    let network = network(story());
    let view = view(&network);
    let power = view.customer("northgate").unwrap().power();
    let found: Vec<(&str, f64)> =
        power.people.iter().map(|it| (it.person.id.as_str(), it.power.get())).collect();
    assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), ["dan", "wes", "ken"]);
    for ((_, power), expected) in found.iter().zip([32.0 / 49.0, 13.0 / 49.0, 4.0 / 49.0]) {
        near(*power, expected);
    }
    for person in &power.people {
        let sum: f64 = person.sources.iter().map(|source| source.share().get()).sum();
        near(sum, person.power.get());
    }

    let mut settings = Settings::default();
    settings.power.listening = Share::new(0.85).unwrap();
    let view = network.view(story_day(), &settings);
    let power = view.customer("northgate").unwrap().power();
    for (person, expected) in power.people.iter().zip([0.515_381, 0.375_101, 0.109_518]) {
        near(person.power, expected);
    }
}

#[test]
fn reach_and_coverage_are_as_computed() {
    let network = network(story());
    let view = view(&network);
    let reach = view.customer("northgate").unwrap().reach();
    let person = |id: &str| reach.people.iter().find(|it| it.person.id == id).unwrap();
    near(person("ken").reach, 18.0 / 22.0);
    near(person("wes").reach, 14.0 / 16.0);
    near(person("dan").reach, 0.0);
    near(reach.coverage.proven, 0.298_933);
    for (id, gap) in [("dan", 0.653_061), ("wes", 0.033_163), ("ken", 0.014_842)] {
        near(person(id).gap(), gap);
    }
    let without =
        |id: &str| reach.colleagues.iter().find(|it| it.colleague.id == id).unwrap().coverage_without;
    near(without("pam"), 0.066_790);
    near(without("sal"), 0.232_143);
    assert_eq!(person("dan").state, State::Warm);
    assert!(person("dan").hostile, "he declined six times, and trusts no one on our team");
    assert_eq!(person("dan").distrusts.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["sal"]);
    assert_eq!(reach.account_team.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["pam", "sal"]);
}

#[test]
fn the_chains_to_dan_are_as_computed() {
    let network = network(story());
    let view = view(&network);
    for (asking, expected, proven) in [
        (&["sal", "dan"][..], 0.125, 0.0),
        (&["sal", "ken", "dan"], 0.287_879, 0.136_364),
        (&["sal", "pam", "wes", "dan"], 0.738_281, 0.525),
        (&["pam", "wes", "dan"], 0.820_313, 0.656_25),
    ] {
        let path = view.path(asking.iter().copied()).unwrap();
        near(path.projected, expected);
        near(path.proven, proven);
    }
    let best = view.introductions("dan").unwrap().best(5);
    assert_eq!(best.len(), 1, "the way through Ken is barred, for Dan distrusts him");
    assert_eq!(best[0].to_string(), "Pam asks Wes, Wes asks Dan: likely 0.82, at least 0.66");
    let own = view.introductions("dan").unwrap().asked_by("sal").unwrap().best(1);
    assert_eq!(own[0].to_string(), "Sal asks Pam, Pam asks Wes, Wes asks Dan: likely 0.74, at least 0.53");
}

#[test]
fn the_winner_holds_as_long_as_computed() {
    let network = network(story());
    let view = view(&network);
    let question = view.introductions("dan").unwrap().asked_by("sal").unwrap();
    let best = question.even_if_distrusted().rank_by(Ranking::Projected).best(2);
    assert_eq!(best[1].sentence().to_string(), "Sal asks Ken, Ken asks Dan");
    let may_fall_to: Vec<f64> =
        best[0].hops.iter().rev().map(|hop| hop.tolerance.as_ref().unwrap().may_fall_to.get()).collect();
    for (found, expected) in may_fall_to.into_iter().zip([0.341_190, 0.365_560, 0.350_938]) {
        near(found, expected);
    }
    let then = &best[0].hops[0].tolerance.as_ref().unwrap().then;
    assert_eq!(then.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["sal", "ken", "dan"]);
}

#[test]
fn pam_leads_sal_attends_and_wes_convenes() {
    let network = network(story());
    let view = view(&network);
    for question in [
        view.introductions("dan").unwrap(),
        view.introductions("dan").unwrap().asked_by("sal").unwrap(),
        view.introductions("dan").unwrap().asked_by_account_team().unwrap(),
    ] {
        let team_up = question.answer(1).team_up.unwrap();
        assert_eq!(team_up.to_string(), "Wes sets up the meeting with Dan, Pam leads, Sal attends");
    }
    let answer = view.introductions("dan").unwrap().answer(1);
    let explain: Vec<String> = answer.team_up.unwrap().explain.iter().map(ToString::to_string).collect();
    assert_eq!(
        explain,
        [
            "Pam leads, because the path through Pam is proven at 0.66 and Sal's own only at 0.53",
            "Sal is distrusted there and should not be the face of the meeting",
        ]
    );
}

#[test]
fn without_wes_there_is_no_chain_and_the_answer_says_what_is_nearest() {
    let network = network(story());
    let view = view(&network);
    let answer = view.introductions("dan").unwrap().avoid(["wes"]).unwrap().answer(3);
    assert!(answer.paths.is_empty());
    let none = answer.no_path.unwrap();
    let nearest = none.nearest.unwrap();
    assert_eq!(nearest.path.sentence().to_string(), "Pam asks Wes, Wes asks Dan");
    let misses: Vec<String> = nearest.misses.iter().map(ToString::to_string).collect();
    assert_eq!(misses, ["Wes is not to be asked"]);
    // Ken and the owner, Sal, are distrusted and Wes is to be avoided: nothing simple would open a path.
    assert_eq!(none.opening, None);
    let from_pam =
        view.introductions("dan").unwrap().asked_by("pam").unwrap().avoid(["wes"]).unwrap().answer(1);
    let opening = from_pam.no_path.unwrap().opening.unwrap();
    assert_eq!(opening.to_string(), "if Dan trusts Pam at 0.25 (today 0.00)");
}

#[test]
fn the_tie_that_is_said_to_open_a_chain_does() {
    let mut records = story();
    records.ties.retain(|tie| !(tie.from == "dan" && tie.to == "wes"));
    let before = network(records.clone());
    let answer = view(&before).introductions("dan").unwrap().answer(1);
    let opening = answer.no_path.unwrap().opening.unwrap();
    assert_eq!((opening.who.id.as_str(), opening.trusts.id.as_str()), ("dan", "wes"));
    // Belief b needs r = 2b/(1 − b) pieces of evidence; one hundredth less must not suffice.
    for (belief, opens) in [(opening.needed.get(), true), (opening.needed.get() - 0.01, false)] {
        let mut records = records.clone();
        records.ties.push(Tie::trust("dan", "wes").evidence(2.0 * belief / (1.0 - belief) + 1e-6, 0.0));
        let after = network(records);
        assert_eq!(!view(&after).introductions("dan").unwrap().best(1).is_empty(), opens, "{belief}");
    }
}

#[test]
fn somebody_who_has_left_takes_no_part() {
    let mut records = story();
    let wes: &mut Person = records.people.iter_mut().find(|it| it.id == "wes").unwrap();
    wes.ended_on = Some("2026-02-28".parse().unwrap());
    let network = network(records);
    let view = view(&network);
    let none = view.introductions("dan").unwrap().answer(1).no_path.unwrap();
    let misses: Vec<String> = none.nearest.unwrap().misses.iter().map(ToString::to_string).collect();
    assert_eq!(misses, ["Wes left on 2026-02-28"]);
    assert!(view.customer("northgate").unwrap().people().all(|it| it.id() != "wes"));
}

#[test]
fn the_gaps_tell_the_story() {
    let network = network(story());
    let view = view(&network);
    let gaps = view.customer("northgate").unwrap().gaps();
    let first = &gaps[0];
    assert_eq!((first.id(), first.person()), ("unreached_power", Some("dan")));
    let unreached = gaps.iter().find(|gap| gap.id() == "unreached_power").unwrap();
    assert_eq!(unreached.person(), Some("dan"));
    near(unreached.severity, 32.0 / 49.0);
    assert_eq!(
        unreached.to_string(),
        "Dan holds 65% of the decision, and no one on our team reaches them; they distrust Sal; there is a warm path"
    );
    let wrong = gaps.iter().find(|gap| gap.id() == "wrong_owner").unwrap();
    assert_eq!(
        wrong.to_string(),
        "Sal has tried 6 times to reach Dan since 2026-03-02 without gaining trust; Pam is better placed (0.66 \
         against 0.53)"
    );
    assert_eq!(wrong.remedy.as_ref().unwrap().to_string(), "Pam leads with Dan, and Sal attends");
}
