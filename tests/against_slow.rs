//! What the crate computes fast equals what the slow, obvious version computes.

use std::collections::BTreeSet;

use crate::common::slow::{self, Facts, Path, Question};
use crate::common::strategy::{ago, as_of, portfolio};
use crate::common::world::World;
use crate::common::{near, network};
use proptest::prelude::*;
use stakeholder_graph::introduction::{self, Bounds, ExplainedPath, Introductions, Ranking};
use stakeholder_graph::reach::State;
use stakeholder_graph::record::{Interaction, InteractionKind, Person, Side, Tie, TieKind};
use stakeholder_graph::{EvidenceKind, Records, Settings, Share, Text, View};

/// Hops are multiplied in one order, so that the figures agree to the last bits.
const CLOSE: f64 = 1e-12;

/// From the target on, as in the slow version.
fn people_of(path: &ExplainedPath) -> Vec<Text> {
    let mut people: Vec<Text> = path.people().map(|it| it.id.clone()).collect();
    people.reverse();
    people
}

/// Fails unless a path is the expected one, or another that is exactly as strong.
#[track_caller]
fn same(found: &ExplainedPath, expected: &Path, ranking: Ranking) {
    let strength = match ranking {
        Ranking::Proven => found.proven,
        Ranking::Projected => found.projected,
    };
    assert!((strength.get() - expected.strength(ranking)).abs() < CLOSE, "{found} is not {expected:?}");
    if people_of(found) == expected.people {
        assert!((found.proven.get() - expected.proven).abs() < CLOSE, "{found} is not {expected:?}");
        assert!((found.projected.get() - expected.projected).abs() < CLOSE, "{found} is not {expected:?}");
    }
}

/// Fails unless the path takes the expected people; `rivals` are the next best ones.
#[track_caller]
fn same_way(found: &[ExplainedPath], expected: &[Path], ranking: Ranking) {
    let sentences: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{sentences:?} is not {expected:?}");
    for (at, (path, wanted)) in found.iter().zip(expected).enumerate() {
        same(path, wanted, ranking);
        let as_strong = expected.iter().enumerate().any(|(other, it)| {
            other != at && (it.strength(ranking) - wanted.strength(ranking)).abs() < CLOSE
        });
        assert!(as_strong || people_of(path) == wanted.people, "{path} is not {wanted:?}");
    }
}

/// The conditions of a question beside its target.
#[derive(Debug, Clone)]
struct Terms {
    max_ties: u8,
    floor: f64,
    avoid: Vec<prop::sample::Index>,
    ranking: Ranking,
    distrusted_too: bool,
    days_later: u16,
}

fn terms() -> impl Strategy<Value = Terms> {
    (
        1_u8..=4,
        prop_oneof![Just(0.0), Just(0.25), 0.0..0.6],
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop_oneof![Just(Ranking::Proven), Just(Ranking::Projected)],
        prop::bool::weighted(0.2),
        prop_oneof![2 => Just(0_u16), 1 => 0_u16..200],
    )
        .prop_map(|(max_ties, floor, avoid, ranking, distrusted_too, days_later)| Terms {
            max_ties,
            floor,
            avoid,
            ranking,
            distrusted_too,
            days_later,
        })
}

/// Compares paths to everyone outside, for each from any of our staff, from one of them, and from the account
/// team.
fn compare_paths(records: &Records, terms: &Terms) {
    let network = network(records.clone());
    let view = network.view(as_of().plus_days(i32::from(terms.days_later)), &Settings::default());
    let world = Facts::of(&view, records);
    let ids: Vec<Text> = world.people.keys().cloned().collect();
    let avoid: BTreeSet<Text> =
        terms.avoid.iter().filter(|_| !ids.is_empty()).map(|at| at.get(&ids).clone()).collect();
    for target in ids.iter().filter(|id| !world.is_staff(id)) {
        let question = || {
            view.introductions(target)
                .unwrap()
                .avoid(avoid.iter().map(Text::as_str))
                .unwrap()
                .max_ties(terms.max_ties)
                .floor(Share::new(terms.floor).unwrap())
                .rank_by(terms.ranking)
        };
        let from = |among: Option<BTreeSet<Text>>| Question {
            target: target.clone(),
            among,
            avoid: avoid.clone(),
            max_ties: usize::from(terms.max_ties),
            floor: terms.floor,
            ranking: terms.ranking,
            distrusted_too: terms.distrusted_too,
        };
        let mut asked = vec![(question(), from(None))];
        for staff in ids.iter().filter(|id| world.is_staff(id)) {
            asked.push((question().asked_by(staff).unwrap(), from(Some(BTreeSet::from([staff.clone()])))));
        }
        if let Some(customer) = &world.people[target].customer_id {
            let owner = network.customer(customer).unwrap().owner_id.as_deref();
            let team = world.account_team(customer, owner, 0.3);
            asked.push((question().asked_by_account_team().unwrap(), from(Some(team))));
        }
        for (fast, slow) in asked {
            let fast = if terms.distrusted_too { fast.even_if_distrusted() } else { fast };
            let paths = slow::every_path(&world, &slow);
            let by_introducer = slow::best_by_introducer(&paths);
            let found = fast.best(usize::MAX);
            same_way(&found, &by_introducer, terms.ranking);
            assert_eq!(fast.best(2), found[..found.len().min(2)], "fewer are the first of more");
            compare_simple_paths(&fast, &paths, terms.ranking);
            if let Some(best) = found.first() {
                compare_tolerances(best, &paths, &slow);
            }
        }
    }
}

/// All paths, and the first few of them, regardless of the last introducer.
fn compare_simple_paths(question: &Introductions<'_>, paths: &[Path], ranking: Ranking) {
    let explained = |count: usize| -> Vec<ExplainedPath> {
        question.simple_paths(count).iter().map(introduction::Path::explain).collect()
    };
    let found = explained(usize::MAX);
    same_way(&found, paths, ranking);
    for count in [0, 1, 2, 5, 12] {
        assert_eq!(explained(count), found[..found.len().min(count)], "fewer are the first of more");
    }
    let best = question.path().map(|path| path.explain());
    assert_eq!(found.first(), best.as_ref(), "the first is the best");
}

/// Everyone's best path at once, with the bounds of the terms and without any.
fn compare_best_paths(records: &Records, terms: &Terms) {
    let network = network(records.clone());
    let view = network.view(as_of().plus_days(i32::from(terms.days_later)), &Settings::default());
    let world = Facts::of(&view, records);
    let unbounded = slow::strongest(&world);
    let floor = Share::new(terms.floor).unwrap();
    for bounds in
        [Bounds::NONE.max_ties(terms.max_ties).floor(floor), Bounds::NONE.floor(floor), Bounds::NONE]
    {
        let paths = view.best_paths(bounds);
        let mut found = 0;
        for (id, person) in &world.people {
            let path = paths.to(id).unwrap();
            found += usize::from(path.is_some());
            if world.is_staff(id) {
                assert!(path.is_none(), "nobody need introduce us to ourselves");
                continue;
            }
            if let Some(max_ties) = bounds.max_ties {
                let question = Question {
                    target: id.clone(),
                    among: None,
                    avoid: BTreeSet::new(),
                    max_ties: usize::from(max_ties),
                    floor: bounds.floor.get(),
                    ranking: Ranking::Proven,
                    distrusted_too: false,
                };
                let paths = slow::every_path(&world, &question);
                let best: Vec<Path> = slow::best_by_introducer(&paths).into_iter().take(1).collect();
                let path: Vec<ExplainedPath> = path.iter().map(introduction::Path::explain).collect();
                same_way(&path, &best, Ranking::Proven);
            } else {
                let strongest = unbounded.get(id).copied().filter(|&it| it > 0.0 && it >= bounds.floor.get());
                let strength = path.as_ref().map(|path| path.proven().get());
                assert_eq!(
                    strength.is_some(),
                    strongest.is_some(),
                    "{id}: {strength:?} is not {strongest:?}"
                );
                let (found, expected) = (strength.unwrap_or(0.0), strongest.unwrap_or(0.0));
                assert!((found - expected).abs() < CLOSE, "{id}: {found} is not {expected}");
            }
            if let Some(path) = path {
                assert_eq!(path.target().id(), person.id);
                assert_eq!(path.ties(), path.steps().len());
                let measured: f64 = path.steps().rev().map(|step| step.opinion.belief.get()).product();
                assert!((path.proven().get() - measured).abs() < CLOSE, "steps tell what the chain is worth");
                let alone = view.introductions(id).unwrap().floor(bounds.floor);
                let alone = alone.max_ties(bounds.max_ties.unwrap_or(u8::MAX)).path().unwrap();
                assert!((alone.proven().get() - path.proven().get()).abs() < CLOSE);
            }
        }
        assert_eq!(paths.iter().count(), found);
        for customer in view.customers() {
            let at_once = customer.paths_from_account_team(bounds);
            let one_by_one: Vec<String> = customer
                .people()
                .filter_map(|person| {
                    let question = view.introductions(person.id()).unwrap().asked_by_account_team().unwrap();
                    question.floor(bounds.floor).max_ties(bounds.max_ties.unwrap_or(u8::MAX)).path()
                })
                .map(|path| format!("{path:?}"))
                .collect();
            assert_eq!(at_once.iter().map(|path| format!("{path:?}")).collect::<Vec<_>>(), one_by_one);
        }
    }
}

/// A hop may fall until the best path without it is as strong: that path's strength divided by the other hops.
fn compare_tolerances(best: &ExplainedPath, paths: &[Path], question: &Question) {
    let ranking = question.ranking;
    let figure = |at: usize| match ranking {
        Ranking::Proven => best.hops[at].opinion.belief.get(),
        Ranking::Projected => best.hops[at].opinion.projected.get(),
    };
    for (at, hop) in best.hops.iter().enumerate() {
        let tolerance = hop.tolerance.as_ref().expect("the best chain has tolerances");
        assert_eq!(tolerance.of, ranking);
        let other = slow::best_without(paths, &hop.asked.id, &hop.asker.id);
        let needed = other.map_or(question.floor, |path| path.strength(ranking));
        let rest: f64 = (0..best.hops.len()).filter(|&other| other != at).map(figure).product();
        let may_fall_to = tolerance.may_fall_to.get();
        assert!((may_fall_to - (needed / rest).min(1.0)).abs() < CLOSE, "{may_fall_to} of {best}");
        assert!(may_fall_to <= figure(at) + CLOSE, "the best chain is best");
        let then: Vec<&str> = tolerance.then.iter().rev().map(|it| it.id.as_str()).collect();
        let as_strong = paths.iter().filter(|path| (path.strength(ranking) - needed).abs() < CLOSE).count();
        if as_strong < 2 {
            assert_eq!(then, other.map_or(Vec::new(), |path| path.people.iter().map(Text::as_str).collect()));
        }
    }
    assert!(
        best.hops.iter().all(|hop| question.distrusted_too || hop.obstacles.is_empty()),
        "nothing stands in the way of a chain that was found: {:?}",
        best.hops
    );
}

fn all_evidence(view: &View<'_>) -> Vec<(Text, Text, f64, f64)> {
    let people = view.network().people();
    let mut found = Vec::new();
    for who in people {
        for whom in people.iter().filter(|whom| whom.id() != who.id()) {
            let evidence = view.trust(who.id(), whom.id()).unwrap().opinion.evidence;
            found.push((who.id().into(), whom.id().into(), evidence.supporting, evidence.against));
        }
    }
    found
}

/// Evidence is stored in 32 bits, which leaves seven digits.
fn compare_evidence(view: &View<'_>, records: &Records, half_life: f64) {
    let sums = slow::replay(records, view.day(), half_life);
    for (who, whom, supporting, against) in all_evidence(view) {
        let sum = sums.get(&(who.clone(), whom.clone())).copied().unwrap_or_default();
        let (slow_for, slow_against) = (sum.supporting, sum.against());
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.max(1.0);
        assert!(
            near(supporting, slow_for) && near(against, slow_against),
            "{who} of {whom}: ({supporting}, {against}) is not ({slow_for}, {slow_against})"
        );
    }
}

fn compare_power(records: &Records, view: &View<'_>) {
    for customer in view.customers() {
        let expected = slow::power(records, customer.id(), view.day(), view.settings());
        let found = customer.power();
        assert_eq!(found.people.len(), expected.len());
        assert!(found.settled);
        for person in &found.people {
            let expected = expected[&person.person.id];
            assert!((person.power.get() - expected).abs() < 1e-9, "{person:?} is not {expected}");
            let parts: f64 = person.sources.iter().map(|source| source.share().get()).sum();
            assert!((parts - person.power.get()).abs() < 1e-9, "{person:?}");
        }
        let ordered = found.people.windows(2).all(|pair| {
            (pair[1].power, &pair[0].person.id) <= (pair[0].power, &pair[1].person.id)
                || pair[0].power > pair[1].power
        });
        assert!(ordered, "{found:?}");
    }
}

/// Reach, coverage and what is left without a person, straight from the formulas.
fn compare_reach(records: &Records, view: &View<'_>) {
    let world = Facts::of(view, records);
    let staff: Vec<&Text> =
        world.people.keys().filter(|id| world.is_staff(id) && world.there.contains(*id)).collect();
    for customer in view.customers() {
        let found = customer.reach();
        let power = slow::power(records, customer.id(), view.day(), view.settings());
        let tells = |who: &str, whom: &str| world.thinks.get(&(who.into(), whom.into()));
        let chance = |who: &str, but: Option<&str>, most: bool| {
            let ours = staff.iter().filter(|id| Some(id.as_str()) != but);
            let shares = ours.filter_map(|whom| tells(who, whom)).filter(|it| most || it.counts());
            1.0 - shares.map(|it| if most { it.disbelief } else { 1.0 - it.belief }).product::<f64>()
        };
        let coverage = |but: Option<&str>, most: bool| -> f64 {
            power.iter().map(|(id, power)| power * chance(id, but, most)).sum()
        };
        close(found.coverage.proven, coverage(None, false));
        close(found.coverage.at_most, coverage(None, true));
        assert_eq!(found.people.len(), power.len());
        for person in &found.people {
            let id = person.person.id.as_str();
            close(person.reach, chance(id, None, false));
            close(person.at_most, chance(id, None, true));
            close(person.gap(), power[id] * (1.0 - chance(id, None, false)));
            compare_state(&world, person, id, &staff);
            let unresponsive = !matches!(person.state, State::Reached | State::InTouch)
                && slow::leaves_unanswered(records, &world.there, view.day(), id);
            assert_eq!(person.unresponsive, unresponsive, "{person:?}");
        }
        assert!(found.people.windows(2).all(|pair| pair[0].gap() >= pair[1].gap()));
        let owner = view.network().customer(customer.id()).unwrap().owner_id.as_deref();
        let team = world.account_team(customer.id(), owner, 0.3);
        assert_eq!(found.account_team.iter().map(|it| it.id.clone()).collect::<BTreeSet<_>>(), team);
        let known: BTreeSet<&str> = power
            .keys()
            .flat_map(|who| {
                staff
                    .iter()
                    .filter(move |whom| tells(who, whom).is_some_and(|it| it.belief + it.disbelief > 0.0))
            })
            .map(|id| id.as_str())
            .collect();
        assert_eq!(
            found.colleagues.iter().map(|it| it.colleague.id.as_str()).collect::<BTreeSet<_>>(),
            known
        );
        for part in &found.colleagues {
            let id = part.colleague.id.as_str();
            close(part.coverage_without, coverage(Some(id), false));
            close(part.lost, coverage(None, false) - coverage(Some(id), false));
            let live =
                power.keys().filter(|who| tells(who, id).is_some_and(|it| it.belief >= 0.3 && it.counts()));
            assert_eq!(part.live_ties, live.count());
            let no_longer_reached: BTreeSet<&str> = found
                .people
                .iter()
                .filter(|it| it.key_player)
                .map(|it| it.person.id.as_str())
                .filter(|who| {
                    let reached = |but: Option<&str>| chance(who, but, false) >= 0.45 - 1e-6;
                    reached(None) && !reached(Some(id))
                })
                .collect();
            assert_eq!(
                part.no_longer_reached.iter().map(|it| it.id.as_str()).collect::<BTreeSet<_>>(),
                no_longer_reached
            );
        }
    }
}

fn compare_state(world: &Facts, person: &stakeholder_graph::reach::PersonReach, id: &str, staff: &[&Text]) {
    let tells = |whom: &str| world.thinks.get(&(id.into(), whom.into()));
    let none = staff.iter().filter_map(|whom| tells(whom)).filter(|it| it.counts()).map(|it| 1.0 - it.belief);
    let reach = 1.0 - none.product::<f64>();
    let reached = reach >= 0.45 - 1e-6;
    let question = Question {
        target: id.into(),
        among: None,
        avoid: BTreeSet::new(),
        max_ties: 3,
        floor: 0.25,
        ranking: Ranking::Proven,
        distrusted_too: false,
    };
    let paths = slow::every_path(world, &question);
    let expected = match paths.first() {
        _ if reached => State::Reached,
        _ if reach >= 0.3 - 1e-6 => State::InTouch,
        Some(_) => State::Warm,
        None => State::Cold,
    };
    assert_eq!(person.state, expected, "{person:?}");
    match (person.best_path, paths.first()) {
        (Some(found), Some(path)) => close(found, path.proven),
        (found, path) => assert!(found.is_none() && (reached || path.is_none()), "{found:?} {path:?}"),
    }
    let doubted: BTreeSet<&str> = staff
        .iter()
        .filter(|whom| tells(whom).is_some_and(|it| it.distrust))
        .map(|whom| whom.as_str())
        .collect();
    assert_eq!(person.distrusts.iter().map(|it| it.id.as_str()).collect::<BTreeSet<_>>(), doubted);
    assert_eq!((person.hostile, person.let_down), world.stance(id, staff, 2.0, 0.3), "{person:?}");
}

#[track_caller]
fn close(found: Share, expected: f64) {
    assert!((found.get() - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// A few messages between a few people, close together and often at the same time.
fn letters() -> impl Strategy<Value = Records> {
    let letter = (
        0_u16..24,
        prop::option::weighted(0.7, 0_u8..2),
        0_usize..4,
        prop::collection::vec(0_usize..4, 1..3),
    );
    prop::collection::vec(letter, 0..24).prop_map(|letters| {
        const IDS: [&str; 4] = ["ann", "bob", "sal", "tom"];
        let mut records = World::customer("c").people(["ann", "bob"]).staff(["sal", "tom"]).records();
        for (at, (days, hour, writer, readers)) in letters.into_iter().enumerate() {
            let mut people: Vec<&str> =
                readers.into_iter().map(|at| IDS[at]).filter(|id| *id != IDS[writer]).collect();
            people.sort_unstable();
            people.dedup();
            if people.is_empty() {
                continue;
            }
            people.push(IDS[writer]);
            let day = ago(days);
            let moment = match hour {
                Some(hour) => format!("{day}T{:02}:30:00", 9 + hour).parse().unwrap(),
                None => stakeholder_graph::Moment::from(day),
            };
            let letter = Interaction::new(format!("{at}"), InteractionKind::Email, moment, people);
            records.interactions.push(letter.started_by(IDS[writer]));
        }
        records
    })
}

proptest! {
    #![proptest_config(crate::common::cases(192))]

    #[test]
    fn chains_are_those_that_walking_every_path_finds(records in portfolio(), terms in terms()) {
        compare_paths(&records, &terms);
    }

    #[test]
    fn long_chains_are_those_that_walking_every_path_finds(
        records in tangle(),
        max_ties in prop_oneof![1_u8..=9, Just(u8::MAX)],
        floor in prop_oneof![Just(0.0), 0.0..0.4],
        ranking in prop_oneof![Just(Ranking::Proven), Just(Ranking::Projected)],
    ) {
        compare_long_paths(&records, max_ties, floor, ranking);
    }

    #[test]
    fn paths_of_everybody_at_once_are_those_found_one_by_one(records in portfolio(), terms in terms()) {
        compare_best_paths(&records, &terms);
    }

    #[test]
    fn evidence_is_what_replaying_every_record_gives(records in portfolio(), later in 0_u16..300) {
        let network = network(records.clone());
        for day in [as_of(), as_of().plus_days(i32::from(later)), ago(later)] {
            compare_evidence(&network.view(day, &Settings::default()), &records, 60.0);
        }
        let mut settings = Settings::default();
        settings.evidence.half_life_days = stakeholder_graph::Days::new(30).unwrap();
        compare_evidence(&network.view(as_of().plus_days(i32::from(later)), &settings), &records, 30.0);
    }

    #[test]
    fn messages_are_told_from_replies_as_by_looking_at_every_pair(records in letters()) {
        let network = network(records.clone());
        let view = network.view(as_of(), &Settings::default());
        compare_evidence(&view, &records, 60.0);
        let people = network.people();
        for (who, whom) in people.iter().flat_map(|a| people.iter().map(move |b| (a, b))) {
            let lines = view.trust(who.id(), whom.id()).unwrap().evidence;
            for line in lines.iter().filter(|line| line.kind != EvidenceKind::Together) {
                let letter = records.interactions.iter().find(|it| it.id == line.record_id).unwrap();
                // Silence is about the message of the other.
                let writer = if line.kind == EvidenceKind::LeftUnanswered { whom } else { who };
                prop_assert_eq!(letter.started_by.as_deref(), Some(writer.id()));
            }
        }
    }

    #[test]
    fn power_is_what_elimination_gives(records in portfolio(), alpha in 0_u8..=8, earlier in 0_u16..300) {
        let network = network(records.clone());
        let mut settings = Settings::default();
        for (alpha, days) in [(0.5, 0), (f64::from(alpha) / 8.0, 0), (0.5, earlier)] {
            settings.power.listening = Share::new(alpha).unwrap();
            compare_power(&records, &network.view(ago(days), &settings));
        }
    }

    #[test]
    fn reach_is_what_the_formulas_give(records in portfolio(), later in 0_u16..300) {
        let network = network(records.clone());
        for day in [as_of(), as_of().plus_days(i32::from(later)), ago(later)] {
            compare_reach(&records, &network.view(day, &Settings::default()));
        }
    }
}

/// A few people who trust each other in rings and shortcuts, at few and often equal strengths: the material of
/// long paths.
fn tangle() -> impl Strategy<Value = Records> {
    let figure = prop_oneof![Just(2.0), Just(6.0), Just(18.0), 0.5..40.0];
    let tie = (0_usize..9, 0_usize..9, figure);
    prop::collection::vec(tie, 0..24).prop_map(|ties| {
        const IDS: [&str; 9] = ["ann", "bob", "cid", "dot", "eve", "fay", "sal", "tom", "uma"];
        let mut records = Records::new();
        records.as_of = Some(as_of());
        records.customers.push(stakeholder_graph::record::Customer::new("c"));
        let (outside, ours) = IDS.split_at(6);
        records.people = outside.iter().map(|id| Person::customer(*id, "c")).collect();
        records.people.extend(ours.iter().map(|id| Person::staff(*id)));
        let mut drawn = BTreeSet::new();
        for (who, whom, figure) in ties {
            if who != whom && drawn.insert((who, whom)) {
                records.ties.push(Tie::trust(IDS[who], IDS[whom]).evidence(figure, 0.0));
            }
        }
        records
    })
}

/// Long paths, with tie limits that bind and some that do not.
fn compare_long_paths(records: &Records, max_ties: u8, floor: f64, ranking: Ranking) {
    let network = network(records.clone());
    let view = network.view(as_of(), &Settings::default());
    let world = Facts::of(&view, records);
    for from in [None, Some("sal")] {
        let question = view.introductions("ann").unwrap();
        let question = from.map_or(question.clone(), |from| question.asked_by(from).unwrap());
        let question = question.max_ties(max_ties).floor(Share::new(floor).unwrap()).rank_by(ranking);
        let slow = Question {
            target: "ann".into(),
            among: from.map(|from| BTreeSet::from([from.into()])),
            avoid: BTreeSet::new(),
            max_ties: usize::from(max_ties),
            floor,
            ranking,
            distrusted_too: false,
        };
        compare_simple_paths(&question, &slow::every_path(&world, &slow), ranking);
    }
}

/// A search that may look at one tie only misses paths, and never reports a path that does not exist.
#[test]
fn a_search_for_simple_chains_that_gives_up_returns_chains_all_the_same() {
    let network = World::customer("c")
        .people(["ann", "bob"])
        .staff(["sal", "tom"])
        .trust("ann", "sal", 18.0)
        .trust("ann", "bob", 18.0)
        .trust("bob", "tom", 18.0)
        .network();
    let requesters = |budget: u32| {
        let mut settings = Settings::default();
        settings.introductions.budget = stakeholder_graph::Count::new(budget).unwrap();
        let view = network.view(as_of(), &settings);
        let paths = view.introductions("ann").unwrap().simple_paths(5);
        paths.iter().map(|path| path.requester().id().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(requesters(1), ["sal"]);
    assert_eq!(requesters(2), ["sal"]);
    assert_eq!(requesters(3), ["sal", "tom"]);
}

/// A path along a tie without any evidence on the day would rest on hope alone.
#[test]
fn no_chain_takes_a_tie_before_its_first_evidence() {
    let meeting = Interaction::new("1", InteractionKind::Meeting, as_of(), ["ann", "sal"]);
    let network = World::customer("c").person("ann").staff(["sal"]).interaction(meeting).network();
    let before = network.view(ago(1), &Settings::default());
    let question = before.introductions("ann").unwrap().rank_by(Ranking::Projected);
    assert!(question.best(1).is_empty());
    let reach = before.customer("c").unwrap().reach();
    near(reach.coverage.at_most, 0.0);
    assert!(reach.colleagues.is_empty());
    let on_the_day = network.view(as_of(), &Settings::default());
    assert_eq!(on_the_day.introductions("ann").unwrap().rank_by(Ranking::Projected).best(1).len(), 1);
}

/// Ann's only colleague knows Sal and has no reason to trust him: a path relying on that would need infinite
/// trust.
#[test]
fn no_opening_is_hung_on_a_tie_of_no_belief() {
    let world = World::customer("c").owner("sal").people(["ann", "bob"]).staff(["sal"]);
    let network = world.evidence("bob", "sal", 0.0, 1.0).network();
    let view = network.view(as_of(), &Settings::default());
    for floor in [Share::ZERO, Share::new(0.2).unwrap()] {
        let question = view.introductions("ann").unwrap().rank_by(Ranking::Projected).floor(floor);
        let answer = question.even_if_distrusted().answer(1);
        let opening = answer.no_path.unwrap().opening.unwrap();
        assert_eq!((opening.trusts.id.as_str(), opening.needed), ("sal", floor));
    }
}

/// No opening suggests trust between two people who must be kept apart and know nothing of each other.
#[test]
fn no_opening_joins_two_who_are_kept_apart() {
    let world = World::customer("c").owner("sal").person("ann").staff(["sal", "tom"]);
    let network = world.tie(Tie::new(TieKind::Avoid, "sal", "ann")).network();
    let view = network.view(as_of(), &Settings::default());
    assert_eq!(view.introductions("ann").unwrap().answer(1).no_path.unwrap().opening, None);
    let from_tom = view.introductions("ann").unwrap().asked_by("tom").unwrap().answer(1);
    assert_eq!(from_tom.no_path.unwrap().opening.unwrap().trusts.id, "tom");
    let direct = view.path(["sal", "ann"]).unwrap();
    let obstacles: Vec<String> = direct.hops[0].obstacles.iter().map(ToString::to_string).collect();
    assert_eq!(
        obstacles,
        ["nothing is known of what ann thinks of sal", "sal is not to be asked to approach ann"]
    );
}

/// A statement that two people be kept apart until a day has expired on the day after.
#[test]
fn a_tie_of_avoidance_bars_only_while_it_lasts() {
    let mut avoid = Tie::new(TieKind::Avoid, "sal", "ann");
    avoid.until = Some(as_of());
    let world = World::customer("c").person("ann").staff(["sal"]).trust("ann", "sal", 9.0);
    let network = world.tie(avoid).network();
    let paths = |days: i32| {
        let view = network.view(as_of().plus_days(days), &Settings::default());
        view.introductions("ann").unwrap().best(1).len()
    };
    assert_eq!((paths(0), paths(1)), (0, 1));
    assert!(network.people().iter().any(|it| it.side() == Side::Staff));
}
