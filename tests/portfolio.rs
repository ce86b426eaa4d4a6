//! Answers for the whole portfolio: those of each customer, in order, whatever the number of threads.

#[path = "../benches/common/mod.rs"]
mod generator;

use std::collections::{BTreeMap, BTreeSet};

use crate::common::cases;
use crate::common::strategy::{as_of, portfolio};
use generator::{AS_OF, Shape};
use proptest::prelude::*;
use serde_json::to_string;
use std::fmt;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use stakeholder_graph::PersonRef;
use stakeholder_graph::gap::{
    BridgeDependency, Detector, Entry, Family, Gap, KeyPersonDependency, Kind, Nature, Own, PathBlocked,
    Reason, Sentence, Situation, Subject,
};
use stakeholder_graph::introduction::Path;
use stakeholder_graph::reach::{PersonReach, State};
use stakeholder_graph::{CustomerView, Network, Settings, Share, View};

/// Enough customers to be split into several parts.
fn network() -> Network {
    let shape = Shape { people: 4_000, ..Shape::S }.with_managers();
    Network::build(generator::records(shape)).unwrap()
}

fn on_threads<T: Send>(threads: usize, answer: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(answer)
}

/// Counts the people: a kind that finds something everywhere.
#[derive(Serialize, Deserialize)]
struct People {
    known: usize,
}

impl Kind for People {
    type Settings = ();
    const ENTRY: Entry<'static> =
        Entry::new("people", Family::Own, Nature::Record, "a number of people", "own");

    fn detect(situation: &Situation<'_>, settings: &(), findings: &mut Vec<Gap>) {
        let figures = Self { known: situation.customer().people().count() };
        findings.push(situation.gap(Own::of(settings, figures)).shortfall(0.01).done());
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        write!(words, "{} people", self.known)
    }
}

#[test]
fn the_portfolio_has_the_gaps_of_each_customer_in_order_on_any_number_of_threads() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    assert!(view.customers().len() > 100);
    let each: Vec<Vec<Gap>> = view.customers().map(|customer| customer.gaps()).collect();
    assert!(each.iter().flatten().count() > 500);
    assert!(view.gaps() == each);
    let each = to_string(&each).unwrap();
    for threads in [1, 2, 3] {
        assert!(to_string(&on_threads(threads, || view.par_gaps())).unwrap() == each, "on {threads} threads");
    }
}

#[test]
fn the_portfolio_has_the_checkup_of_each_customer_in_order_on_any_number_of_threads() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    let each: Vec<_> = view.customers().map(|customer| customer.checkup()).collect();
    assert!(view.checkups() == each);
    let each = to_string(&each).unwrap();
    for threads in [1, 2] {
        let found = on_threads(threads, || view.par_checkups());
        assert!(to_string(&found).unwrap() == each, "on {threads} threads");
    }
}

#[test]
fn every_other_question_to_the_portfolio_has_one_answer_on_any_number_of_threads() {
    let network = network();
    let (day, settings) = (AS_OF.parse().unwrap(), Settings::default());
    let view = network.view(day, &settings);
    let before = network.as_recorded_view(day.plus_days(-90), &settings);
    for threads in [1, 2] {
        on_threads(threads, || {
            assert!(view.par_strengths() == view.strengths());
            assert!(view.par_changes_since(&before) == view.changes_since(&before));
            assert!(view.par_leaving_costs() == view.leaving_costs());
            assert!(view.par_plan() == view.plan());
            assert!(view.par_suggested_ties(20) == view.suggested_ties(20));
            assert!(view.par_best_first_meetings(3) == view.best_first_meetings(3));
            assert!(view.par_verify_next(20) == view.verify_next(20));
            assert!(view.par_brief(&before, None).unwrap() == view.brief(&before, None).unwrap());
        });
    }
}

#[test]
fn nothing_leaves_the_callers_thread_unless_asked_for_by_name() {
    /// Reports on which thread it ran.
    #[derive(Serialize, Deserialize)]
    struct Where;

    impl Kind for Where {
        type Settings = Arc<Mutex<BTreeSet<String>>>;
        const ENTRY: Entry<'static> = Entry::new("where", Family::Own, Nature::Record, "a thread", "own");

        fn detect(_: &Situation<'_>, seen: &Self::Settings, _: &mut Vec<Gap>) {
            seen.lock().unwrap().insert(format!("{:?}", std::thread::current().id()));
        }

        fn subject(&self, _: &[PersonRef]) -> Subject {
            Subject::Customer
        }

        fn sentence(&self, _: &mut Sentence<'_, '_, '_>) -> fmt::Result {
            Ok(())
        }
    }

    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    let seen = Arc::default();
    let own = [Detector::of::<Where>(Arc::clone(&seen))];
    let (_, _) = (view.gaps_with(&own), view.checkups_with(&own));
    let here = BTreeSet::from([format!("{:?}", std::thread::current().id())]);
    assert_eq!(*seen.lock().unwrap(), here);
}

#[test]
fn the_callers_own_detectors_look_at_the_whole_portfolio_too() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    let of = |gaps: &[Gap]| gaps.iter().filter(|gap| gap.id() == "people").count();
    let counts: Vec<usize> =
        view.gaps_with(&[Detector::of::<People>(())]).iter().map(|gaps| of(gaps)).collect();
    assert_eq!(counts, vec![1; view.customers().len()]);
    assert!(
        view.par_gaps_with(&[Detector::of::<People>(())]) == view.gaps_with(&[Detector::of::<People>(())])
    );
    let checkups = view.checkups_with(&[Detector::of::<People>(())]);
    assert!(view.par_checkups_with(&[Detector::of::<People>(())]) == checkups);
    assert!(checkups.iter().all(|checkup| of(&checkup.gaps) == 1));
    let ids: Vec<&str> = checkups.iter().map(|checkup| checkup.customer.as_str()).collect();
    assert_eq!(ids, view.customers().map(|customer| customer.id()).collect::<Vec<_>>());
}

#[test]
fn an_empty_portfolio_has_no_answers() {
    let network = Network::build(stakeholder_graph::Records::new()).unwrap();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    assert!(view.gaps().is_empty() && view.checkups().is_empty());
    assert!(view.par_gaps().is_empty() && view.par_checkups().is_empty());
}

/// 1 − Π(1 − b) over some of the colleagues a person has an opinion of, in the order of their ids.
fn reach(person: &PersonReach, counts: impl Fn(&str) -> bool) -> f64 {
    let mut ties: Vec<(&str, f64)> = person
        .ties
        .iter()
        .filter(|tie| tie.opinion.belief.get() >= tie.opinion.explicit.get() - 1e-6)
        .map(|tie| (tie.colleague.id.as_str(), tie.opinion.belief.get()))
        .collect();
    ties.sort_by_key(|(id, _)| *id);
    let none = ties.iter().filter(|(id, _)| counts(id)).fold(1.0, |none, (_, belief)| none * (1.0 - belief));
    1.0 - none
}

/// Coverage without each colleague is Σ power·reach over the others, summed person by person: equal to the last
/// bit.
fn assert_what_is_left(customer: &CustomerView<'_>) {
    let whole = customer.reach();
    let mut people: Vec<&PersonReach> = whole.people.iter().collect();
    people.sort_by_key(|person| &person.person.id);
    let reached = customer.view().settings().levels.reached;
    for part in &whole.colleagues {
        let gone = part.colleague.id.as_str();
        let left = people.iter().fold(0.0, |sum, it| sum + it.power.get() * reach(it, |id| id != gone));
        assert_eq!(part.coverage_without.get().to_bits(), left.clamp(0.0, 1.0).to_bits(), "without {gone}");
        let by = |person: &PersonReach, counts: &dyn Fn(&str) -> bool| {
            reach(person, counts) >= reached.get() - 1e-6
        };
        let no_longer_reached =
            people.iter().filter(|it| it.key_player && by(it, &|_| true) && !by(it, &|id| id != gone));
        let no_longer_reached: Vec<_> = no_longer_reached.map(|it| it.person.clone()).collect();
        assert_eq!(part.no_longer_reached, no_longer_reached, "without {gone}");
        let live = customer.view().settings().levels.live;
        let trusts = |it: &&&PersonReach| {
            it.ties
                .iter()
                .any(|tie| tie.colleague.id == gone && tie.opinion.belief >= live && tie.opinion.counts())
        };
        assert_eq!(part.live_ties, people.iter().filter(trusts).count());
    }
}

/// The successor of a colleague, by searching a path around them for each person who depends on them.
fn successor(view: &View<'_>, people: &[&PersonReach], leaver: &str) -> Option<String> {
    let trust = |person: &PersonReach| {
        let tie = person.ties.iter().find(|tie| tie.colleague.id == leaver);
        tie.map_or(Share::ZERO, |tie| tie.opinion.belief)
    };
    let from = |level: Share| -> Vec<&&PersonReach> {
        people.iter().filter(|it| trust(it) > Share::ZERO && trust(it) >= level).collect()
    };
    let mut leaning = from(view.settings().levels.live);
    if leaning.is_empty() {
        leaning = from(Share::ZERO);
    }
    let mut votes: BTreeMap<String, f64> = BTreeMap::new();
    for person in leaning {
        let question = view.introductions(&person.person.id).unwrap().avoid([leaver]).unwrap();
        if let Some(path) = question.path() {
            let vote = person.power.get() * path.proven().get();
            *votes.entry(path.requester().id().to_string()).or_default() += vote;
        }
    }
    votes.into_iter().rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(successor, _)| successor)
}

/// The gaps that depend on paths, by searching for every path.
fn assert_gaps_on_paths(customer: &CustomerView<'_>) {
    let view = customer.view();
    let whole = customer.reach();
    let mut people: Vec<&PersonReach> = whole.people.iter().collect();
    people.sort_by_key(|person| &person.person.id);
    let coverage = whole.coverage.proven.get();
    let fall = view.settings().gaps.key_person_dependency.fall.get() * coverage;
    let mut dependencies = BTreeSet::new();
    for part in &whole.colleagues {
        let falls = coverage > 0.0 && coverage - part.coverage_without.get() >= fall;
        if falls || !part.no_longer_reached.is_empty() {
            dependencies
                .insert((part.colleague.id.to_string(), successor(view, &people, &part.colleague.id)));
        }
    }
    let warm = view.settings().levels.warm;
    let floor = view.settings().introductions.floor.min(warm);
    let mut bridges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut blocked = BTreeSet::new();
    for person in people.iter().filter(|it| it.key_player && it.state != State::Reached) {
        let id = person.person.id.as_str();
        let question = || view.introductions(id).unwrap();
        let path = question().floor(floor).path();
        assert_eq!(person.best_path, path.as_ref().map(Path::proven).filter(|&it| it >= warm), "{id}");
        if person.state == State::InTouch {
            continue;
        }
        assert_eq!(person.state == State::Warm, person.best_path.is_some(), "{id}");
        for bridge in path.iter().filter(|it| it.proven() >= warm).flat_map(Path::people) {
            let outside = bridge.side() != stakeholder_graph::record::Side::Staff && bridge.id() != id;
            if outside && question().floor(warm).avoid([bridge.id()]).unwrap().path().is_none() {
                bridges.entry(bridge.id().to_string()).or_default().insert(id.to_owned());
            }
        }
        // Distrust is the one obstacle that a question can be set to ignore.
        let past = question().floor(warm).even_if_distrusted().path();
        let open = path.map_or(0.0, |it| it.proven().get());
        if past.is_some_and(|it| it.proven().get() > open) {
            blocked.insert(id.to_owned());
        }
    }
    let (mut found_dependencies, mut found_bridges, mut found_blocked) =
        (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
    for gap in customer.gaps() {
        let about = gap.person().unwrap_or_default().to_owned();
        match gap.reason {
            Reason::KeyPersonDependency(KeyPersonDependency { successor, .. }) => {
                found_dependencies.insert((about, successor.map(|successor| successor.id.to_string())));
            }
            Reason::BridgeDependency(BridgeDependency { cut_off, .. }) => {
                found_bridges.insert(about, cut_off.iter().map(|it| it.id.to_string()).collect());
            }
            Reason::PathBlocked(PathBlocked { .. }) => {
                found_blocked.insert(about);
            }
            _ => {}
        }
    }
    assert_eq!(found_dependencies, dependencies);
    assert_eq!(found_bridges, bridges);
    assert!(blocked.is_subset(&found_blocked), "{blocked:?} are not among {found_blocked:?}");
}

#[test]
fn every_customer_of_a_portfolio_has_what_the_slow_way_finds() {
    let network = network();
    let view = network.view(AS_OF.parse().unwrap(), &Settings::default());
    for customer in view.customers() {
        assert_what_is_left(&customer);
        assert_gaps_on_paths(&customer);
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn whatever_is_recorded_has_what_the_slow_way_finds(
        records in portfolio(),
        max_ties in 1_u8..5,
        floor in 0_u8..4,
        fall in 1_u8..8,
        later in 0_i32..60,
    ) {
        let network = Network::repair(records).unwrap().network;
        let mut settings = Settings::default();
        settings.introductions.max_ties = max_ties;
        settings.introductions.floor = Share::new(f64::from(floor) / 8.0).unwrap();
        settings.gaps.key_person_dependency.fall = Share::new(f64::from(fall) / 8.0).unwrap();
        let view = network.view(as_of().plus_days(later - 20), &settings);
        for customer in view.customers() {
            assert_what_is_left(&customer);
            assert_gaps_on_paths(&customer);
        }
    }
}
