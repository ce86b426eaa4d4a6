//! Settings that cannot be wrong: every fault at once, each with its place and the nearest name.

use stakeholder_graph::{Network, Records, Settings, Share, Snooze};

fn sample() -> Network {
    let records = Records::from_json(include_bytes!("../examples/sample.json").as_slice()).unwrap();
    Network::build(records).unwrap()
}

/// What is said of a document.
fn faults(text: &str) -> Vec<String> {
    let faults = Settings::from_json(text).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_fault_is_found_at_once() {
    let text = r#"{
        "levles": {"live": 0.2},
        "levels": {"reached": "high", "live": 2},
        "evidence": {"half_life_days": 0, "reply": 1e308, "mesage_started": 1},
        "expectations": {"rounds": 101},
        "gaps": {"wrong_owner": {"trie": 3}, "cadences": {"champion": -1}},
        "snoozes": [{"person": "dan", "reason": "ok"}, {"persn": "dan", "reason": "no"}]
    }"#;
    let faults = faults(text);
    for part in [
        "levles: no such setting; the nearest is `levels`",
        "levels.reached: invalid type: string \"high\"",
        "levels.live: 2 is not between 0 and 1",
        "evidence.half_life_days: 0 is not between 1 and 1000000",
        "evidence.reply: 1e308 is not between 0 and 1000000000",
        "evidence.mesage_started: no such setting; the nearest is `message_started`",
        "expectations.rounds: 101 is not between 1 and 100",
        "gaps.wrong_owner.trie: no such setting; the nearest is `tries`",
        "gaps.cadences.champion: invalid value",
        "snoozes[1].persn: no such setting; the nearest is `person`",
    ] {
        assert_eq!(faults.iter().filter(|fault| fault.starts_with(part)).count(), 1, "{part}: {faults:#?}");
    }
    assert_eq!(faults.len(), 10, "{faults:#?}");
}

#[test]
fn what_is_no_settings_document_is_an_error_and_never_a_panic() {
    for text in [
        "",
        "{",
        "[]",
        "7",
        "null",
        "\"levels\"",
        "{\"levels\": []}",
        "{\"levels\": 7}",
        "{\"snoozes\": {}}",
        "{\"version\": \"x\"}",
    ] {
        assert!(!faults(text).is_empty(), "{text}");
    }
    assert!(faults("{\n \"levels\": {,}}").iter().all(|fault| fault.contains("line 2 column 13")));
}

#[test]
fn levels_rise() {
    let wrong = r#"{"levels": {"live": 0.6, "reached": 0.5, "strong": 0.4}}"#;
    assert_eq!(
        faults(wrong),
        [
            "levels.live: 0.6 is more than reached, 0.5; levels rise from live to strong",
            "levels.reached: 0.5 is more than strong, 0.4; levels rise from live to strong",
        ]
    );
    assert!(Settings::from_json(r#"{"levels": {"live": 0.5, "reached": 0.5, "strong": 0.5}}"#).is_ok());
    let mut settings = Settings::default();
    settings.levels.live = Share::ONE;
    assert_eq!(settings.check(&sample(), []).unwrap_err().iter().count(), 1, "set by a program as well");
}

#[test]
fn a_newer_version_is_read_as_far_as_it_is_known() {
    let text = r#"{"version": 7, "levels": {"reached": 0.6, "inner": 1}, "moods": {"sunny": true}}"#;
    let reading = Settings::from_json(text).unwrap();
    assert_eq!(reading.settings.levels.reached, Share::new(0.6).unwrap());
    let notes: Vec<&str> = reading.notes.iter().map(|note| note.setting.as_str()).collect();
    assert_eq!(notes.len(), 2);
    assert!(notes.contains(&"levels.inner") && notes.contains(&"moods"), "{notes:?}");
    assert_eq!(
        faults(r#"{"version": 7, "levels": {"reached": 1.6}}"#),
        ["levels.reached: 1.6 is not between 0 and 1"]
    );
    assert_eq!(faults(r#"{"version": 1, "moods": 1}"#), ["moods: no such setting"]);
}

#[test]
fn old_names_are_read() {
    let text = r#"{"silences": [{"person": "dan", "reason": "x"}], "brief": {"thank_within_days": 7}}"#;
    let settings = Settings::from_json(text).unwrap().settings;
    assert_eq!((settings.snoozes.len(), settings.brief.thank_you_within_days), (1, 7));
}

#[test]
fn what_is_written_is_read_again() {
    let mut settings = Settings::default();
    settings.snoozes.push(Snooze::customer("northgate", "paused").gap("one_way_tie"));
    settings.plan.asks_of.insert("wes".into(), 1);
    let text = serde_json::to_string(&settings).unwrap();
    assert_eq!(Settings::from_json(&text).unwrap().settings, settings);
    assert!(settings.check(&sample(), []).is_ok());
}

#[test]
fn ids_must_be_known() {
    let mut settings = Settings::default();
    settings.gaps.off.insert("one_way_ty".into());
    settings.snoozes = vec![
        Snooze::person("wess", "x").gap("my_own_kind"),
        Snooze::customer("northgat", "x"),
        Snooze::person("dan", "x").gap("unreached_power"),
    ];
    settings.plan.asks_of.insert("nemo".into(), 1);
    settings.plan.hours_of.insert("pamm".into(), stakeholder_graph::Weight::default());
    let network = sample();
    let said: Vec<String> =
        settings.check(&network, []).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "gaps.off: no kind of gap has the id `one_way_ty`; the nearest is `one_way_tie`",
            "snoozes[0].gap: no kind of gap has the id `my_own_kind`",
            "snoozes[1].customer: no customer has the id `northgat`; the nearest is `northgate`",
            "snoozes[0].person: no person has the id `wess`; the nearest is `wes`",
            "plan.asks_of: no person has the id `nemo`",
            "plan.hours_of: no person has the id `pamm`; the nearest is `pam`",
        ]
    );
    assert_eq!(
        settings.check(&network, ["my_own_kind"]).unwrap_err().iter().count(),
        5,
        "a kind of the caller's"
    );
}
