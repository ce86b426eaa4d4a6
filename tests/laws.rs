//! What holds for every valid portfolio.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::common::slow::present;
use crate::common::strategy::{ago, as_of, portfolio};
use crate::common::world::World;
use crate::common::{cases, network};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use stakeholder_graph::gap::Gap;
use stakeholder_graph::introduction::Ranking;
use stakeholder_graph::record::{CommitmentStatus, ConcernStatus, InteractionStatus, Side, Tie, TieKind};
use stakeholder_graph::{
    Basis, Day, Network, Opinion, PersonRecord, Records, Settings, Share, Snooze, Text, Trust, View, Weight,
};

/// Every answer about every customer and everyone outside, as JSON.
fn everything(view: &View<'_>) -> Value {
    let customers = view.customers().map(|customer| {
        serde_json::json!({
            "power": customer.power(),
            "reach": customer.reach(),
            "gaps": customer.gaps(),
            "checkup": customer.checkup(),
        })
    });
    let outside = view.network().people().iter().filter(|it| it.side() != Side::Staff);
    let answers = outside.flat_map(|person| {
        [Ranking::Proven, Ranking::Projected].map(|ranking| {
            serde_json::json!(view.introductions(person.id()).unwrap().rank_by(ranking).answer(3))
        })
    });
    Value::Array(customers.chain(answers).collect())
}

fn at(network: &Network, day: Day) -> Value {
    everything(&network.view(day, &Settings::default()))
}

fn trusts(view: &View<'_>) -> Vec<Trust> {
    let people = view.network().people();
    let pairs = people.iter().flat_map(|who| people.iter().map(move |whom| (who, whom)));
    pairs
        .filter(|(who, whom)| who.id() != whom.id())
        .map(|(who, whom)| view.trust(who.id(), whom.id()).unwrap())
        .collect()
}

fn is_an_opinion(opinion: &Opinion) -> bool {
    let Opinion { belief, disbelief, uncertainty, projected, evidence, .. } = *opinion;
    let sum = belief.get() + disbelief.get() + uncertainty.get();
    (sum - 1.0).abs() < 1e-12
        && belief <= projected
        && projected <= opinion.at_most()
        && evidence.supporting >= 0.0
        && evidence.against >= 0.0
}

/// Every number under a name that denotes a share.
fn shares(value: &Value, found: &mut Vec<(String, f64)>) {
    const SHARES: [&str; 18] = [
        "belief",
        "disbelief",
        "unknown",
        "expected",
        "proven",
        "at_most",
        "power",
        "formal",
        "share",
        "reach",
        "lost",
        "coverage_without",
        "severity",
        "needed",
        "may_fall_to",
        "best_path",
        "strength",
        "key_player_from",
    ];
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| shares(part, found)),
        Value::Object(fields) => {
            for (name, part) in fields {
                if let (Some(number), true) =
                    (part.as_f64().filter(|_| part.is_f64()), SHARES.contains(&name.as_str()))
                {
                    found.push((name.clone(), number));
                }
                shares(part, found);
            }
        }
        _ => {}
    }
}

/// New ids in the same order as the old ones, kind by kind, and of other lengths.
fn renamed(records: &Records) -> (Records, BTreeMap<Text, String>) {
    fn name<'a>(ids: impl Iterator<Item = &'a Text>, kind: &str, names: &mut BTreeMap<Text, String>) {
        let mut ids: Vec<&Text> = ids.collect();
        ids.sort();
        for (rank, id) in ids.into_iter().enumerate() {
            names.insert(id.clone(), format!("{kind}/{:04}/é{}", rank * 37, "x".repeat(rank % 3)));
        }
    }
    let mut names = BTreeMap::new();
    name(records.customers.iter().map(|it| &it.id), "customer", &mut names);
    name(records.people.iter().map(|it| &it.id), "person", &mut names);
    name(records.interactions.iter().map(|it| &it.id), "interaction", &mut names);
    name(records.commitments.iter().map(|it| &it.id), "promise", &mut names);
    name(records.concerns.iter().map(|it| &it.id), "concern", &mut names);
    name(records.decisions.iter().map(|it| &it.id), "decision", &mut names);
    let mut new = records.clone();
    let rename = |id: &mut Text| *id = Text::from(&names[id.as_str()]);
    for it in &mut new.customers {
        rename(&mut it.id);
        it.owner_id.as_mut().map(rename);
    }
    for it in &mut new.people {
        rename(&mut it.id);
        it.customer_id.as_mut().map(rename);
        it.manager_id.as_mut().map(rename);
    }
    for it in &mut new.ties {
        rename(&mut it.from);
        rename(&mut it.to);
    }
    for it in &mut new.interactions {
        rename(&mut it.id);
        it.participants.iter_mut().for_each(rename);
        it.customer_id.as_mut().map(rename);
        it.started_by.as_mut().map(rename);
    }
    for it in &mut new.commitments {
        rename(&mut it.id);
        rename(&mut it.made_by);
        it.made_to.iter_mut().for_each(rename);
    }
    for it in &mut new.concerns {
        rename(&mut it.id);
        rename(&mut it.raised_by);
        it.owner_id.as_mut().map(rename);
    }
    for it in &mut new.decisions {
        rename(&mut it.id);
        rename(&mut it.customer_id);
        it.approver.as_mut().map(rename);
        it.members.iter_mut().for_each(|member| rename(&mut member.id));
    }
    let cited = records.ties.iter().zip(&new.ties).map(|(old, new)| (old.citation(), new.citation().into()));
    names.extend(cited);
    (new, names)
}

/// Replaces every text that is an id by its new name.
fn rename_value(value: &mut Value, names: &BTreeMap<Text, String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = names.get(text.as_str()) {
                text.clone_from(name);
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| rename_value(part, names)),
        Value::Object(fields) => fields.values_mut().for_each(|part| rename_value(part, names)),
        _ => {}
    }
}

/// Ties for which the day of recording does not matter: no piece of evidence is dated to the day of the records.
fn is_timeless(tie: &Tie) -> bool {
    !matches!(tie.kind, TieKind::Trust | TieKind::Conflict | TieKind::Acquainted)
}

/// What was on record by a day.
fn known_by(records: &Records, day: Day) -> Records {
    let mut records = records.clone();
    records.as_of = Some(day);
    // What was planned on a past day is not known, not even for that day.
    records.interactions.retain(|it| it.at.day() <= day && it.status != InteractionStatus::Planned);
    records.concerns.retain(|it| it.raised_on <= day);
    for concern in &mut records.concerns {
        // Without a day it was answered on its review day if that has passed, else on the day of the records.
        let review = concern.review_on.filter(|&review| review <= as_of());
        let answered = concern.answered_on.or(review).unwrap_or(as_of());
        concern.answered_on = Some(answered);
        let is_answered = matches!(concern.status, ConcernStatus::Answered | ConcernStatus::ChangedSomething);
        if is_answered && answered > day {
            concern.status = ConcernStatus::Open;
        }
    }
    records.commitments.retain(|it| it.made_on <= day);
    for promise in records.commitments.iter_mut().filter(|it| it.closed_on.is_some_and(|closed| closed > day))
    {
        promise.status = CommitmentStatus::Open;
        promise.closed_on = None;
    }
    records
}

fn order(a: &Gap, b: &Gap) -> Ordering {
    let records = |gap: &Gap| gap.evidence.iter().map(|it| it.record_id.clone()).collect::<Vec<_>>();
    let by_people = b.severity.cmp(&a.severity).then_with(|| a.id().cmp(b.id()));
    by_people.then_with(|| a.people.cmp(&b.people)).then_with(|| records(a).cmp(&records(b)))
}

fn gaps(view: &View<'_>) -> Vec<Gap> {
    view.customers().flat_map(|customer| customer.gaps()).collect()
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn every_figure_is_a_share_and_every_opinion_sums_to_one(records in portfolio(), days in -300_i32..300) {
        let network = network(records);
        let view = network.view(as_of().plus_days(days), &Settings::default());
        for trust in trusts(&view) {
            prop_assert!(is_an_opinion(&trust.opinion), "{:?}", trust);
            // A rating of 0 is a line without weight.
            let weighs = |line: &stakeholder_graph::EvidenceLine| line.when_new.supporting + line.when_new.against > 0.0;
            prop_assert_eq!(trust.basis.is_some(), trust.evidence.iter().any(weighs));
        }
        let mut found = Vec::new();
        shares(&everything(&view), &mut found);
        for (name, number) in found {
            prop_assert!((0.0..=1.0).contains(&number), "{name} is {number}");
        }
    }

    /// The list of pairwise answers equals each pair's own answer, for those who are there, in order.
    #[test]
    fn opinions_are_those_of_every_pair_with_evidence(records in portfolio(), days in -300_i32..300) {
        let day = as_of().plus_days(days);
        let there: BTreeMap<Text, bool> = records
            .people
            .iter()
            .map(|person| (person.id.clone(), present(person, records.as_of, day)))
            .collect();
        let network = network(records);
        let view = network.view(day, &Settings::default());
        let has_evidence = |opinion: &Opinion| opinion.evidence.supporting + opinion.evidence.against > 0.0;
        let alone: Vec<(Text, Text, Opinion)> = trusts(&view)
            .into_iter()
            .filter(|trust| there[&trust.who.id] && there[&trust.trusts.id] && has_evidence(&trust.opinion))
            .map(|trust| (trust.who.id, trust.trusts.id, trust.opinion))
            .collect();
        let id = |person: PersonRecord<'_>| Text::from(person.id());
        let together: Vec<(Text, Text, Opinion)> =
            view.opinions().map(|(who, trusts, opinion)| (id(who), id(trusts), opinion)).collect();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn power_sums_to_one(records in portfolio(), days in -300_i32..300) {
        let network = network(records);
        let view = network.view(as_of().plus_days(days), &Settings::default());
        for customer in view.customers() {
            let power = customer.power();
            let sum: f64 = power.people.iter().map(|it| it.power.get()).sum();
            let formal: f64 = power.people.iter().map(|it| it.formal.get()).sum();
            prop_assert_eq!(power.people.len(), customer.people().count());
            prop_assert!(power.people.is_empty() || (sum - 1.0).abs() < 1e-9 && (formal - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_chain_is_as_strong_as_the_product_of_its_hops(records in portfolio(), ties in 1_u8..=5) {
        let network = network(records);
        let view = network.view(as_of(), &Settings::default());
        for person in network.people().iter().filter(|it| it.side() != Side::Staff) {
            let question = view.introductions(person.id()).unwrap().max_ties(ties).floor(Share::ZERO);
            for path in question.best(usize::MAX) {
                let product = |of: fn(&Opinion) -> Share| -> f64 {
                    path.hops.iter().map(|hop| of(&hop.opinion).get()).product()
                };
                prop_assert!((path.proven.get() - product(|it| it.belief)).abs() < 1e-12);
                prop_assert!((path.projected.get() - product(|it| it.projected)).abs() < 1e-12);
                prop_assert!(path.hops.len() <= usize::from(ties));
                prop_assert!(path.hops.windows(2).all(|pair| pair[0].asked == pair[1].asker));
                prop_assert_eq!(path.target().unwrap().id.as_str(), person.id());
                prop_assert_eq!(network.person(&path.requester().unwrap().id).unwrap().side(), Side::Staff);
                // Measured again by hand it is the same.
                let again = view.path(path.people().map(|it| it.id.as_str())).unwrap();
                prop_assert_eq!((again.proven, again.projected), (path.proven, path.projected));
                for hop in &path.hops {
                    let trust = view.trust(&hop.asked.id, &hop.asker.id).unwrap();
                    prop_assert_eq!(trust.opinion, hop.opinion);
                }
            }
        }
    }

    #[test]
    fn good_evidence_never_does_harm(
        records in portfolio(),
        pair in (any::<Index>(), any::<Index>()),
        amount in 0.01_f64..20.0,
    ) {
        prop_assume!(records.people.len() > 1);
        let (who, whom) = (pair.0.get(&records.people).id.clone(), pair.1.get(&records.people).id.clone());
        prop_assume!(who != whom);
        let mut better = records.clone();
        better.ties.push(Tie::trust(who, whom).evidence(amount, 0.0));
        let (before, after) = (network(records), network(better));
        let (before, after) =
            (before.view(as_of(), &Settings::default()), after.view(as_of(), &Settings::default()));
        for (old, new) in before.customers().zip(after.customers()) {
            prop_assert_eq!(old.power(), new.power(), "trust is no power");
            let (old, new) = (old.reach(), new.reach());
            prop_assert!(new.coverage.proven.get() >= old.coverage.proven.get() - 1e-12);
            for old in &old.people {
                let new = new.people.iter().find(|it| it.person == old.person).unwrap();
                prop_assert!(new.reach.get() >= old.reach.get() - 1e-12);
                prop_assert!(new.state <= old.state, "{:?} became {:?}", old, new);
            }
        }
        for person in before.network().people().iter().filter(|it| it.side() != Side::Staff) {
            let strength = |view: &View<'_>| {
                let best = view.introductions(person.id()).unwrap().floor(Share::ZERO).best(1);
                best.first().map_or(0.0, |path| path.proven.get())
            };
            prop_assert!(strength(&after) >= strength(&before) - 1e-12);
        }
    }

    #[test]
    fn silence_proves_nothing(records in portfolio(), days in 1_i32..2000) {
        let mut records = records;
        // A future beginning or end would be an event, not a lack of evidence.
        records.ties.retain(|it| it.until.is_none());
        // Silence begins eight days after a message: that is an event as well.
        records.interactions.retain(|it| it.at.day() <= ago(8));
        records.concerns.retain(|it| {
            [it.review_on, it.answered_on].into_iter().flatten().all(|day| day < as_of())
        });
        records.commitments.retain(|it| it.closed_on.or(it.due_on).is_none_or(|day| day <= as_of()));
        let network = network(records);
        let (now, later) = (as_of(), as_of().plus_days(days));
        let (now, later) =
            (network.view(now, &Settings::default()), network.view(later, &Settings::default()));
        for (now, later) in trusts(&now).iter().zip(&trusts(&later)) {
            let stands = now.evidence.iter().any(|line| line.kind == stakeholder_graph::EvidenceKind::ReportingLine);
            // A reporting line does not fade: where there is evidence against it, belief may return to what the
            // line alone supports.
            let least = if stands { 1.0 / 3.0 } else { 0.0 };
            let (old, new) = (now.opinion, later.opinion);
            prop_assert!(new.belief.get() <= old.belief.get().max(least) + 1e-12, "{:?} {:?}", old, new);
            prop_assert!(new.disbelief.get() <= old.disbelief.get() + 1e-12, "{:?} {:?}", old, new);
            prop_assert!(new.uncertainty.get() >= old.uncertainty.get() - 1e-12, "{:?} {:?}", old, new);
        }
    }

    #[test]
    fn two_threads_and_two_builds_answer_alike(records in portfolio()) {
        let network = network(records.clone());
        let expected = at(&network, as_of()).to_string();
        let answers: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| at(&network, as_of()).to_string())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        prop_assert!(answers.iter().all(|answer| *answer == expected));
        prop_assert_eq!(at(&crate::common::network(records), as_of()).to_string(), expected);
    }

    #[test]
    fn ids_are_only_names(records in portfolio()) {
        let (new, names) = renamed(&records);
        let mut expected = at(&network(records), as_of());
        rename_value(&mut expected, &names);
        prop_assert_eq!(expected.to_string(), at(&network(new), as_of()).to_string());
    }

    #[test]
    fn a_past_day_is_seen_as_it_was_known_then(records in portfolio(), days in 1_u16..400) {
        let mut records = records;
        records.ties.retain(is_timeless);
        // A person who left on an unknown day is gone by the day of the records, whichever day that is.
        for person in &mut records.people {
            person.active = None;
        }
        let past = ago(days);
        // Built with settings other than those of the view, both sum their evidence again and in 64 bits, so that
        // even equal strengths come in the same order.
        let mut other = Settings::default();
        other.evidence.half_life_days = stakeholder_graph::Days::new(91).unwrap();
        // Decided for all records at once, those of later days among them.
        other.evidence.harvest_silence = Some(days % 2 == 0);
        let then = Network::build_with(known_by(&records, past), &other.evidence).unwrap();
        let now = Network::build_with(records, &other.evidence).unwrap();
        let (then, now) = (then.view(past, &Settings::default()), now.view(past, &Settings::default()));
        prop_assert_eq!(trusts(&then), trusts(&now));
        prop_assert_eq!(everything(&then).to_string(), everything(&now).to_string());
    }

    #[test]
    fn other_weights_may_be_given_at_the_build_or_at_the_view(
        records in portfolio(),
        half_life in 1_u32..400,
        numbers in prop::collection::vec(0_u8..=12, 8),
        days in 0_i32..100,
    ) {
        let mut settings = Settings::default();
        let weight = |at: usize| Weight::new(f64::from(numbers[at]) / 4.0).unwrap();
        settings.evidence.half_life_days = stakeholder_graph::Days::new(half_life).unwrap();
        settings.evidence.meeting_accepted = weight(0);
        settings.evidence.promise_broken = weight(1);
        settings.evidence.reporting_line = weight(2);
        settings.evidence.conflict = weight(3);
        settings.evidence.rating_ceiling = Share::new(f64::from(numbers[3]) / 12.0).unwrap();
        settings.evidence.together = weight(4);
        settings.evidence.reply = weight(5);
        settings.evidence.meeting_declined = weight(6);
        settings.evidence.prior_weight = Weight::new(f64::from(numbers[7]) / 4.0 + 0.25).unwrap();
        let built = Network::build_with(records.clone(), &settings.evidence).unwrap();
        let seen = network(records);
        let day = as_of().plus_days(days);
        let (built, seen) = (built.view(day, &settings), seen.view(day, &settings));
        for (built, seen) in trusts(&built).iter().zip(&trusts(&seen)) {
            let (a, b) = (built.opinion, seen.opinion);
            prop_assert!((a.belief.get() - b.belief.get()).abs() < 1e-6, "{:?} {:?}", built, seen);
            prop_assert!((a.disbelief.get() - b.disbelief.get()).abs() < 1e-6, "{:?} {:?}", built, seen);
            prop_assert_eq!(built.basis, seen.basis);
            prop_assert_eq!(&built.evidence, &seen.evidence);
        }
    }

    #[test]
    fn sound_records_need_no_repair(records in portfolio()) {
        let strict = network(records.clone());
        let repaired = Network::repair(records.clone()).unwrap();
        prop_assert!(repaired.problems.iter().all(|it| it.repair.is_none()), "{}", repaired.problems);
        prop_assert_eq!(at(&strict, as_of()).to_string(), at(&repaired.network, as_of()).to_string());
        prop_assert_eq!(strict.people().len(), records.people.len());
        let again = strict.notes().iter().filter(|note| note.code() == "logged_twice").count();
        prop_assert_eq!(strict.interactions().len() + again, records.interactions.len());
        for person in &records.people {
            let kept = strict.person(&person.id).map(PersonRecord::to_person);
            prop_assert_eq!(kept.as_ref(), Some(person));
        }
    }

    #[test]
    fn gaps_stand_in_a_total_order(records in portfolio(), days in -200_i32..200) {
        let network = network(records);
        let view = network.view(as_of().plus_days(days), &Settings::default());
        for customer in view.customers() {
            let gaps = customer.gaps();
            for pair in gaps.windows(2) {
                prop_assert_eq!(order(&pair[0], &pair[1]), Ordering::Less, "{:?}", pair);
            }
            for gap in &gaps {
                prop_assert_eq!(gap.customer.as_str(), customer.id());
                prop_assert!(!gap.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_silence_marks_and_its_end_leaves_no_trace(
        records in portfolio(),
        whom in any::<Index>(),
        by_customer in any::<bool>(),
    ) {
        let network = network(records);
        let view = network.view(as_of(), &Settings::default());
        let before = gaps(&view);
        prop_assume!(before.iter().any(|gap| by_customer || !gap.people.is_empty()));
        let about: Vec<&Gap> = before.iter().filter(|gap| by_customer || !gap.people.is_empty()).collect();
        let gap = whom.get(&about);
        let snooze = if by_customer {
            Snooze::customer(&gap.customer, "enough")
        } else {
            Snooze::person(gap.person().unwrap(), "enough")
        };
        let mut settings = Settings::default();
        settings.snoozes.push(snooze.gap(gap.id()).until(as_of()));
        let marked = gaps(&network.view(as_of(), &settings));
        prop_assert_eq!(marked.len(), before.len(), "nothing is deleted");
        for (before, marked) in before.iter().zip(&marked) {
            let meant = before.id() == gap.id()
                && if by_customer {
                    before.customer == gap.customer
                } else {
                    before.people.iter().any(|it| it.id == gap.person().unwrap())
                };
            prop_assert_eq!(marked.snoozed.is_some(), meant);
            let mut unmarked = marked.clone();
            unmarked.snoozed = None;
            prop_assert_eq!(&unmarked, before, "nothing else is touched");
        }
        // On the day after, the snooze has ended.
        let after = gaps(&network.view(as_of().plus_days(1), &settings));
        prop_assert_eq!(after, gaps(&network.view(as_of().plus_days(1), &Settings::default())));
        settings.snoozes.clear();
        prop_assert_eq!(gaps(&network.view(as_of(), &settings)), before);
    }
}

/// The bases of a tie are distinguished: observed, stated, assumed.
#[test]
fn a_reporting_line_alone_is_assumed_on_every_day() {
    let world = World::customer("c").people(["ann", "bob"]);
    let network = world.with(|records| records.people[0].manager_id = Some("bob".into())).network();
    for day in [ago(300), as_of(), as_of().plus_days(300)] {
        let view = network.view(day, &Settings::default());
        for (who, whom) in [("ann", "bob"), ("bob", "ann")] {
            let trust = view.trust(who, whom).unwrap();
            assert_eq!((trust.basis, trust.evidence.len()), (Some(Basis::Assumed), 1), "{day}");
            crate::common::near(trust.opinion.belief, 1.0 / 3.0);
        }
    }
}
