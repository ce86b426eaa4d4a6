//! The order of records changes no answer, byte for byte.

use crate::common::strategy::{ago, as_of, portfolio};
use crate::common::{cases, network};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::Serialize;
use stakeholder_graph::calibrate::CalibrationOptions;
use stakeholder_graph::introduction::{Bounds, Path, Ranking};
use stakeholder_graph::io::csv;
use stakeholder_graph::record::{ConcernStatus, RecordKind, Role, Side, TieKind};
use stakeholder_graph::what_if::Suppose;
use stakeholder_graph::{Day, Network, PersonRecord, Records, Settings, Share, Text, View};

/// Each answer with its question.
#[derive(Default)]
struct Answers(Vec<(String, String)>);

impl Answers {
    fn add(&mut self, question: impl Into<String>, answer: impl Serialize) {
        self.0.push((question.into(), serde_json::to_string(&answer).unwrap()));
    }

    /// Every answer on a day, including those that compare with another set of records.
    fn of(records: Records, other: Records, day: Day) -> Self {
        let mut all = Self::default();
        let settings = Settings::default();
        let (network, other) = (&mut network(records), network(other));
        let (view, before) =
            (network.view(day, &settings), network.as_recorded_view(day.plus_days(-40), &settings));
        all.on_everything(&view, &before);
        all.on_customers(&view);
        let other = other.view(day.plus_days(-40), &settings);
        for before in [before, other] {
            all.add("changes", view.changes_since(&before));
            all.add("changes back", before.changes_since(&view));
            all.add("brief", view.brief(&before, None).unwrap());
        }
        all.on_people(&view);
        all.on_outsiders(&view);
        all.on_the_past(network, &settings);
        all.on_what_may_happen(network, day, &settings);
        all
    }

    fn on_everything(&mut self, view: &View<'_>, before: &View<'_>) {
        self.add("gaps", view.gaps());
        self.add("checkups", view.checkups());
        self.add("strengths", view.strengths());
        self.add("own house", view.team_network());
        self.add("plan", view.plan());
        self.add("plan for", view.plan_for(view.gaps().iter().flatten()).unwrap());
        self.add("meet first", view.best_first_meetings(4));
        self.add("verify next", view.verify_next(9));
        self.add("ties worth building", view.suggested_ties(9));
        self.add("leaving costs", view.leaving_costs());
        for one in view.network().staff() {
            self.add(format!("brief of {}", one.id()), view.brief(before, Some(one.id())).unwrap());
        }
        for (who, trusts, opinion) in view.opinions() {
            self.add("opinion", (who.id(), trusts.id(), opinion));
        }
    }

    fn on_customers(&mut self, view: &View<'_>) {
        for customer in view.customers() {
            let id = customer.id();
            self.add(format!("power at {id}"), customer.power());
            self.add(format!("reach at {id}"), customer.reach());
            self.add(format!("strength at {id}"), customer.strength());
            self.add(format!("gaps at {id}"), customer.gaps());
            self.add(format!("concerns at {id}"), customer.concerns());
            self.add(format!("checkup at {id}"), customer.checkup());
            self.add(format!("page on {id}"), customer.checkup().text().to_string());
            for path in customer.paths_from_account_team(Bounds::NONE) {
                self.add(format!("path from the team at {id}"), path.explain());
            }
        }
    }

    fn on_people(&mut self, view: &View<'_>) {
        let expectations = view.expectations();
        let people = view.network().people();
        for who in people.iter().map(PersonRecord::id) {
            self.add(format!("regards of {who}"), view.regards(who).unwrap());
            self.add(format!("regarded by, {who}"), view.incoming_trust(who).unwrap());
            for whom in people.iter().map(PersonRecord::id).filter(|whom| *whom != who) {
                self.add(format!("trust of {who} in {whom}"), view.trust(who, whom).unwrap());
                self.add(format!("expected of {who}, {whom}"), expectations.of(who, whom).unwrap());
                self.add(format!("chain of {who}, {whom}"), view.path([who, whom]).unwrap());
            }
        }
    }

    fn on_outsiders(&mut self, view: &View<'_>) {
        for (person, path) in view.best_paths(Bounds::NONE).iter() {
            self.add(format!("path to {}", person.id()), path.explain());
        }
        for person in view.network().people().iter().filter(|it| it.side() != Side::Staff) {
            let id = person.id();
            let asked = view.introductions(id).unwrap();
            for ranking in [Ranking::Proven, Ranking::Projected] {
                let asked = asked.clone().rank_by(ranking);
                self.add(format!("introductions to {id}"), asked.answer(3));
                let paths: Vec<_> = asked.simple_paths(4).iter().map(Path::explain).collect();
                self.add(format!("simple paths to {id}"), paths);
            }
            self.add(format!("distrusted too, {id}"), asked.clone().even_if_distrusted().answer(3));
            if let Ok(asked) = asked.asked_by_account_team() {
                self.add(format!("from the team to {id}"), asked.answer(3));
            }
        }
    }

    fn on_the_past(&mut self, network: &Network, settings: &Settings) {
        let asked = network.introductions_asked();
        self.add("introduction record", network.introduction_record(settings, &asked).unwrap());
        let one = 1.try_into().unwrap();
        let mut options = CalibrationOptions::default();
        (options.warm_up_days, options.least, options.least_of_each) = (0, one, one);
        let calibration = network.calibrate_with(settings, &options);
        self.add("calibration", calibration.map_err(|error| error.to_string()));
    }

    fn on_what_may_happen(&mut self, network: &mut Network, day: Day, settings: &Settings) {
        let ids: Vec<Text> = network.people().iter().map(|it| it.id().into()).collect();
        let level = Share::new(0.6).unwrap();
        let others = ids.iter().cycle().skip(1);
        for (person, other) in ids.iter().zip(others).step_by(3).filter(|(person, other)| person != other) {
            let (who, trusts) = (person.clone(), other.clone());
            for one in [
                Suppose::leaves(who.clone()),
                Suppose::tie_forms(who.clone(), trusts.clone(), level),
                Suppose::tie_breaks(who.clone(), trusts.clone()),
                Suppose::tie_mends(who.clone(), trusts),
                Suppose::new_manager(who, None),
            ] {
                let answer = network.what_if(std::slice::from_ref(&one), day, settings);
                self.add(format!("if {one}"), answer.map_err(|error| error.to_string()));
            }
        }
    }
}

/// The records in another order, and every list in them whose order has no meaning.
fn shuffled(records: &Records, turns: &[Index]) -> Records {
    fn shuffle<T>(list: &mut [T], turns: &mut dyn Iterator<Item = &Index>) {
        for (at, turn) in (1..list.len()).zip(turns) {
            list.swap(at, turn.index(at + 1));
        }
    }
    let mut records = records.clone();
    let turns = &mut turns.iter().cycle();
    shuffle(&mut records.customers, turns);
    shuffle(&mut records.people, turns);
    shuffle(&mut records.ties, turns);
    shuffle(&mut records.interactions, turns);
    shuffle(&mut records.commitments, turns);
    shuffle(&mut records.concerns, turns);
    shuffle(&mut records.decisions, turns);
    records.people.iter_mut().for_each(|it| shuffle(&mut it.roles, turns));
    records.interactions.iter_mut().for_each(|it| shuffle(&mut it.participants, turns));
    records.commitments.iter_mut().for_each(|it| shuffle(&mut it.made_to, turns));
    records.decisions.iter_mut().for_each(|it| shuffle(&mut it.members, turns));
    records
}

/// Where the first differing answer begins to differ: the question, and both texts from there on.
fn difference(expected: &Answers, found: &Answers) -> Option<(String, String, String)> {
    let pairs = expected.0.iter().zip(&found.0);
    let other = pairs.filter(|(a, b)| a != b).map(|((question, a), (other, b))| {
        let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let shown = |answer: &str| answer.chars().skip(alike.saturating_sub(150)).take(300).collect();
        (format!("{question}, {other}"), shown(a), shown(b))
    });
    let fewer =
        (expected.0.len() != found.0.len()).then(|| ("fewer or more".into(), String::new(), String::new()));
    other.chain(fewer).next()
}

/// Makes random records more alike: ties that differ only in a day, a figure or an id, people with several roles.
fn more_alike(mut records: Records) -> Records {
    for at in 0..records.ties.len() {
        let mut again = records.ties[at].clone();
        match at % 6 {
            0 => again.since = Some(ago(300)),
            1 => again.supporting = again.supporting.map(|figure| figure + 0.5),
            2 => (again.from, again.to) = (again.to, again.from),
            3 => again = again.id(format!("t{at}")),
            4 => {}
            _ => continue,
        }
        records.ties.push(again);
    }
    for person in records.people.iter_mut().filter(|it| !it.roles.is_empty()) {
        person.roles.extend([Role::UserBuyer, Role::Other("friend".into())]);
    }
    records
}

/// The records as another export may have them: much is missing, and much is different.
fn another(mut records: Records) -> Records {
    fn thin<T>(list: &mut Vec<T>, one_in: usize) {
        let mut places = 1_usize..;
        list.retain(|_| places.next().is_some_and(|place| place % one_in != 0));
    }
    thin(&mut records.ties, 4);
    thin(&mut records.interactions, 3);
    thin(&mut records.commitments, 4);
    records.concerns.iter_mut().step_by(2).for_each(|it| it.status = ConcernStatus::Open);
    for person in records.people.iter_mut().filter(|it| !it.roles.is_empty()) {
        person.roles = vec![Role::Legal, Role::Influencer, Role::Gatekeeper];
    }
    records
}

fn turns() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 17)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_order_of_records_shows_nowhere(records in portfolio(), turns in turns()) {
        let records = more_alike(records);
        let other = another(records.clone());
        let found = Answers::of(shuffled(&records, &turns), shuffled(&other, &turns), as_of());
        let expected = Answers::of(records, other, as_of());
        prop_assert_eq!(difference(&expected, &found), None);
    }

    #[test]
    fn every_citation_of_a_tie_leads_to_a_record(records in portfolio()) {
        let records = more_alike(records);
        let network = network(records.clone());
        let view = network.view(as_of(), &Settings::default());
        for (who, whom, _) in view.opinions() {
            for line in view.trust(who.id(), whom.id()).unwrap().evidence.iter().filter(|it| it.record == stakeholder_graph::record::RecordKind::Tie) {
                let is_between = |from: &str, to: &str| (from, to) == (who.id(), whom.id());
                let found = records.ties.iter().any(|tie| {
                    let turned = tie.kind != TieKind::Trust && is_between(&tie.to, &tie.from);
                    tie.citation() == line.record_id && (turned || is_between(&tie.from, &tie.to))
                });
                prop_assert!(found, "{:?}", line);
            }
        }
    }
}

fn sample() -> Records {
    Records::from_json(include_bytes!("../examples/sample.json").as_slice()).unwrap()
}

fn reversed(mut records: Records) -> Records {
    records.customers.reverse();
    records.people.reverse();
    records.ties.reverse();
    records.interactions.reverse();
    records.commitments.reverse();
    records.concerns.reverse();
    records.decisions.reverse();
    records.people.iter_mut().for_each(|it| it.roles.reverse());
    records.interactions.iter_mut().for_each(|it| it.participants.reverse());
    records.commitments.iter_mut().for_each(|it| it.made_to.reverse());
    records.decisions.iter_mut().for_each(|it| it.members.reverse());
    records
}

#[test]
fn the_order_of_the_sample_shows_nowhere() {
    let records = sample();
    let day = "2026-03-02".parse().unwrap();
    let expected = Answers::of(records.clone(), another(records.clone()), day);
    let found = Answers::of(reversed(records.clone()), reversed(another(records)), day);
    assert_eq!(difference(&expected, &found), None);
}

#[test]
fn the_id_of_a_tie_is_read_kept_and_written() {
    let json = r#"{"as_of":"2026-03-02","people":[{"id":"pam","side":"staff"},{"id":"sal","side":"staff"}],
        "ties":[{"Id":"t7","who":"pam","trusts":"sal","for":2},{"id":"","who":"sal","trusts":"pam","for":2}]}"#;
    let records = Records::from_json(json.as_bytes()).unwrap();
    assert!(records.ties.iter().all(|tie| tie.other.is_empty()));
    let written = serde_json::to_string(&records).unwrap();
    assert_eq!(Records::from_json(written.as_bytes()).unwrap().ties, records.ties);
    let network = network(records);
    let view = network.view(as_of(), &Settings::default());
    let cited = |who, trusts| view.trust(who, trusts).unwrap().evidence[0].record_id.clone();
    assert_eq!(cited("pam", "sal"), "t7");
    assert_eq!(cited("sal", "pam"), "trust sal>pam evidenced");
    let table = "id,who,trusts,strength\nt8,pam,sal,0.5\n";
    let reading = csv::read_table(RecordKind::Tie, "ties", table.as_bytes()).unwrap();
    assert_eq!(reading.records.ties[0].citation(), "t8");
}
