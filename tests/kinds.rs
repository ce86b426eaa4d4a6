//! Kinds of gap: what the list makes of each, keys that last, and kinds of a caller's own.

use std::collections::BTreeSet;
use std::fmt;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stakeholder_graph::gap::{
    CATALOGUE, Detector, Entry, Family, Gap, GapSettings, Kind, Nature, Own, Reason, Sentence, Situation,
    Subject,
};
use stakeholder_graph::{PersonRef, Settings};

use crate::common::strategy::{as_of, portfolio};
use crate::common::world::World;
use crate::common::{cases, network};

/// More people than wanted are on record; the id is known only at run time.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Crowded {
    known: usize,
}

struct Most {
    id: String,
    people: usize,
}

impl Kind for Crowded {
    type Settings = Most;
    const ENTRY: Entry<'static> =
        Entry::new("crowded", Family::Own, Nature::Structure, "more people than wanted", "own");

    fn id(most: &Most) -> &str {
        &most.id
    }

    fn detect(situation: &Situation<'_>, most: &Most, findings: &mut Vec<Gap>) {
        let known = situation.customer().people().count();
        if known > most.people {
            let first = situation.customer().people().next().map(PersonRef::from);
            let gap = situation.gap(Own::of(most, Self { known })).shortfall(0.5);
            findings.push(gap.people(first).done());
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let first = words.people().len();
        write!(words, "{} people, {first} of them named", self.known)
    }
}

fn crowded(id: &str) -> [Detector; 1] {
    [Detector::of::<Crowded>(Most { id: id.to_owned(), people: 1 })]
}

#[test]
fn a_kind_of_the_callers_has_an_id_of_run_time_and_figures_of_its_own() {
    let network = World::customer("north").people(["ann", "bo"]).network();
    let mut settings = Settings::default();
    let view = network.view(as_of(), &settings);
    let own = crowded("rule-7/a");
    assert_eq!((own[0].entry().id, own[0].entry().nature), ("rule-7/a", Nature::Structure));
    let gaps = view.customer("north").unwrap().gaps_with(&own);
    let gap = gaps.iter().find(|gap| gap.id() == "rule-7/a").unwrap();
    assert_eq!((gap.family(), gap.severity.get()), (Family::Own, 0.5 * view_weight(&view)));
    assert_eq!(gap.to_string(), "2 people, 1 of them named", "it is worded with the people of the gap");
    assert_eq!(gap.key(), "rule-7%2Fa/north/person/ann", "parts of a key are told apart");
    let Reason::Own(reason) = &gap.reason else { panic!("{gap:?}") };
    assert_eq!(reason.figures::<Crowded>(), Some(Crowded { known: 2 }));

    let stored = serde_json::to_string(gap).unwrap();
    let read: Gap = serde_json::from_str(&stored).unwrap();
    assert_eq!((&read, read.to_string()), (gap, gap.to_string()), "it reads without the caller's types");

    settings.gaps.off.insert("rule-7/a".to_owned());
    let view = network.view(as_of(), &settings);
    let left = view.customer("north").unwrap().gaps_with(&own);
    assert!(left.iter().all(|gap| gap.family() != Family::Own), "switched off like any other");
}

/// The customer's weight in severity, as a detector sees it.
fn view_weight(view: &stakeholder_graph::View<'_>) -> f64 {
    #[derive(Serialize, Deserialize)]
    struct Weight(f64);

    impl Kind for Weight {
        type Settings = ();
        const ENTRY: Entry<'static> = Entry::new("weight", Family::Own, Nature::Record, "", "own");

        fn detect(situation: &Situation<'_>, settings: &(), findings: &mut Vec<Gap>) {
            let gap = situation.gap(Own::of(settings, Self(situation.weight())));
            findings.push(gap.done());
        }

        fn subject(&self, _: &[PersonRef]) -> Subject {
            Subject::Customer
        }

        fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
            write!(words, "{}", self.0)
        }
    }

    let gaps = view.customer("north").unwrap().gaps_with(&[Detector::of::<Weight>(())]);
    gaps.iter().find(|gap| gap.id() == "weight").unwrap().to_string().parse().unwrap()
}

#[test]
fn every_kind_has_an_entry_and_settings_under_its_id() {
    let Value::Object(settings) = serde_json::to_value(GapSettings::default()).unwrap() else { panic!() };
    let ids: BTreeSet<&str> = CATALOGUE.iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), CATALOGUE.len(), "no id twice");
    for entry in CATALOGUE {
        assert!(settings.get(entry.id).is_some_and(Value::is_object), "{} has settings", entry.id);
        assert!(!entry.definition.is_empty() && !entry.source.is_empty(), "{}", entry.id);
        assert_ne!(entry.family, Family::Own, "{}", entry.id);
    }
    let shared: Vec<&str> = settings.keys().map(String::as_str).filter(|key| !ids.contains(key)).collect();
    assert_eq!(shared, ["cadences", "holidays", "off", "renewal_days"]);
    let wrong = serde_json::from_str::<GapSettings>(r#"{"wrong_owner":{"trys":5}}"#).unwrap_err();
    assert!(wrong.to_string().contains("unknown field `trys`"), "{wrong}");
}

/// Every number becomes another one of its kind.
fn change_figures(value: &mut Value) {
    match value {
        Value::Number(number) => {
            *value = match (number.as_u64(), number.as_f64()) {
                (Some(whole), _) => (whole % 4 + 1).into(),
                (None, Some(share)) => (share / 2.0).into(),
                (None, None) => Value::Null,
            };
        }
        Value::Array(parts) => parts.iter_mut().for_each(change_figures),
        Value::Object(fields) => fields.values_mut().for_each(change_figures),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

proptest! {
    #![proptest_config(cases(128))]

    /// A key tells the gaps of a customer apart, and no figure of the finding changes it.
    #[test]
    fn keys_tell_gaps_apart_and_hold_no_figure(records in portfolio()) {
        let network = network(records);
        let settings = Settings::default();
        for customer in network.view(as_of(), &settings).customers() {
            let gaps = customer.gaps();
            let keys: BTreeSet<String> = gaps.iter().map(Gap::key).collect();
            prop_assert_eq!(keys.len(), gaps.len(), "{:?}", keys);
            for gap in &gaps {
                let mut written = serde_json::to_value(gap).unwrap();
                change_figures(&mut written["reason"]);
                let read: Gap = serde_json::from_value(written).unwrap();
                prop_assert_eq!(read.key(), gap.key());
            }
        }
    }

    /// What is written reads back the same, with id and family in what is written.
    #[test]
    fn gaps_read_back_as_they_were(records in portfolio()) {
        let network = network(records);
        let settings = Settings::default();
        let view = network.view(as_of(), &settings);
        for gap in view.gaps_with(&crowded("mine")).iter().flatten() {
            let written = serde_json::to_value(gap).unwrap();
            prop_assert_eq!(written["id"].as_str(), Some(gap.id()));
            prop_assert_eq!(&written["family"], &serde_json::to_value(gap.family()).unwrap());
            let read: Gap = serde_json::from_value(written).unwrap();
            prop_assert_eq!(read.to_string(), gap.to_string());
            prop_assert_eq!(&read, gap);
        }
    }
}
