//! Answers that were stored and are read by a version that knows other kinds and other figures.

use serde_json::{Value, json};
use stakeholder_graph::gap::{Family, Gap, Reason, Remedy};
use stakeholder_graph::{Network, Records, Settings, Versioned};

use crate::common::world::day;

/// The gaps of the sample, as stored.
fn stored() -> Vec<Value> {
    let records = Records::from_json(include_bytes!("../examples/sample.json").as_slice()).unwrap();
    let network = Network::build(records).unwrap();
    let view = network.view(day("2026-03-02"), &Settings::default());
    let gaps = view.customer("northgate").unwrap().gaps();
    gaps.iter().map(|gap| serde_json::to_value(gap).unwrap()).collect()
}

#[test]
fn a_kind_of_a_newer_version_is_kept_as_it_was_stored() {
    let mut gap = stored().remove(0);
    gap["id"] = json!("shareholder_unrest");
    gap["family"] = json!("boardroom");
    gap["reason"] = json!({"why": "shareholder_unrest", "holders": ["a", "b"], "share": 0.25});
    gap["remedy"] = json!({"do": "call_the_board", "by": {"id": "pam", "name": "Pam"}});
    gap["foretold"] = json!(true);
    let read: Gap = serde_json::from_value(gap.clone()).unwrap();
    assert_eq!((read.id(), read.family()), ("shareholder_unrest", Family::Unknown));
    assert_eq!(read.key(), "shareholder_unrest/northgate/person/dan");
    assert_eq!(read.to_string(), "a finding of kind `shareholder_unrest`, which this version does not know");
    assert_eq!(
        read.remedy.as_ref().unwrap().to_string(),
        "do `call_the_board`, which this version does not know"
    );
    let again = serde_json::to_value(&read).unwrap();
    assert_eq!((&again["reason"], &again["remedy"]), (&gap["reason"], &gap["remedy"]));
    assert_eq!(again["severity"], gap["severity"]);
}

#[test]
fn a_known_kind_without_one_of_its_figures_is_kept_as_well() {
    for gap in stored() {
        let figures: Vec<String> = gap["reason"].as_object().unwrap().keys().cloned().collect();
        for figure in figures.iter().filter(|key| *key != "why") {
            let mut lacking = gap.clone();
            lacking["reason"].as_object_mut().unwrap().remove(figure);
            let read: Gap = serde_json::from_value(lacking.clone()).unwrap();
            assert_eq!(read.id(), gap["id"].as_str().unwrap(), "{figure}");
            assert_eq!(serde_json::to_value(&read.reason).unwrap(), lacking["reason"], "{figure}");
        }
    }
}

#[test]
fn what_is_known_is_read_as_what_it_is() {
    for gap in stored() {
        let read: Gap = serde_json::from_value(gap.clone()).unwrap();
        assert!(!matches!(read.reason, Reason::Unknown(_)), "{gap}");
        assert!(!matches!(read.remedy, Some(Remedy::Unknown(_))), "{gap}");
        assert_eq!(serde_json::to_value(&read).unwrap(), gap);
    }
}

#[test]
fn an_answer_of_a_newer_version_is_refused_and_one_without_a_version_is_read() {
    let gap = stored().remove(0);
    let mut versioned = serde_json::to_value(Versioned::new(&gap)).unwrap();
    assert_eq!(versioned["version"], 1);
    let read: Versioned<Gap> = serde_json::from_value(versioned.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read.answer).unwrap(), gap);
    assert!(serde_json::from_value::<Versioned<Gap>>(gap).is_ok(), "written before there were versions");
    versioned["version"] = json!(2);
    let error = serde_json::from_value::<Versioned<Gap>>(versioned).unwrap_err().to_string();
    assert_eq!(error, "written in version 2, and this release reads up to version 1; update it");
}
