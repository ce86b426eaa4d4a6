//! Whole answers, pinned: a change here is a change for readers.
//!
//! After an intended change, run with `UPDATE_GOLDEN=1` and read the difference before committing it.

use std::fs;
use std::path::PathBuf;

use stakeholder_graph::checkup::Checkup;
use stakeholder_graph::gap::CATALOGUE;
use stakeholder_graph::{Network, Records, Settings};

use crate::common::root;

fn sample() -> Network {
    let records = Records::from_json(include_bytes!("../examples/sample.json").as_slice()).unwrap();
    Network::build(records).unwrap()
}

fn checkups(network: &Network, day: &str) -> Vec<Checkup> {
    let view = network.view(day.parse().unwrap(), &Settings::default());
    view.customers().map(|customer| customer.checkup()).collect()
}

#[track_caller]
fn pinned(name: &str, found: &str) {
    let path: PathBuf = root().join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    for (number, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert!(found == expected, "{name} line {number}:\n{found}\ninstead of\n{expected}");
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{name}: number of lines");
}

#[test]
fn the_sample_as_text() {
    let network = sample();
    for checkup in checkups(&network, "2026-03-02") {
        pinned(&format!("{}.txt", checkup.customer), &checkup.text().to_string());
    }
}

#[test]
fn the_sample_as_data() {
    let network = sample();
    for checkup in checkups(&network, "2026-03-02") {
        pinned(&format!("{}.json", checkup.customer), &serde_json::to_string_pretty(&checkup).unwrap());
    }
}

#[test]
fn data_read_back_is_the_same_data() {
    let network = sample();
    for checkup in checkups(&network, "2026-03-02") {
        let written = serde_json::to_string(&checkup).unwrap();
        let read: Checkup = serde_json::from_str(&written).unwrap();
        assert!(read == checkup, "{} changed on the way", checkup.customer);
        assert!(
            serde_json::to_string(&read).unwrap() == written,
            "{} is written otherwise",
            checkup.customer
        );
    }
}

#[test]
fn the_sample_half_a_year_before() {
    let network = sample();
    let checkup = checkups(&network, "2025-09-01").into_iter().find(|it| it.customer == "northgate").unwrap();
    pinned("northgate-2025-09-01.txt", &checkup.text().to_string());
}

#[test]
fn a_customer_of_whom_nobody_is_known_says_so() {
    let mut records = Records::new();
    records.customers.push(stakeholder_graph::record::Customer::new("empty"));
    let network = Network::build(records).unwrap();
    let page = checkups(&network, "2026-03-02")[0].text().to_string();
    assert!(page.contains("Nobody who works there is on record."), "{page}");
    assert!(page.contains("We reach 0% of the decision."), "{page}");
}

#[test]
fn every_kind_of_gap_speaks_in_the_sample() {
    /// Those that need a larger customer, or one with a different history, than the sample has.
    const ELSEWHERE: [&str; 6] = [
        "narrow_coverage",
        "thin_coverage",
        "one_way_tie",
        "cooling_trend",
        "expiring_tie",
        "unknown_attribute",
    ];
    let network = sample();
    let checkups = checkups(&network, "2026-03-02");
    let silent: Vec<&str> = CATALOGUE
        .iter()
        .map(|entry| entry.id)
        .filter(|id| {
            !ELSEWHERE.contains(id) && !checkups.iter().any(|it| it.gaps.iter().any(|gap| gap.id() == *id))
        })
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn every_gap_found_is_in_the_catalogue_with_its_family_a_threshold_and_a_remedy() {
    let network = sample();
    for gap in checkups(&network, "2026-03-02").iter().flat_map(|it| &it.gaps) {
        let entry = CATALOGUE.iter().find(|entry| entry.id == gap.id()).unwrap();
        assert_eq!(entry.family, gap.family());
        assert!(gap.threshold.is_some(), "{gap}");
        assert!(gap.remedy.is_some(), "{gap}");
    }
}

#[test]
fn the_readme_shows_what_the_main_command_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let network = sample();
    let checkup = checkups(&network, "2026-03-02").into_iter().find(|it| it.customer == "northgate").unwrap();
    let text = checkup.text().to_string();
    let (before, _) = text.split_once("The five questions").unwrap();
    assert!(readme.contains(before.trim_end()), "README.md is behind the output");
}
