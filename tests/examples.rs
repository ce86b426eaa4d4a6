//! The example binaries as seen at a terminal: output, messages, exit codes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

use crate::common::root;

/// The examples by name. Cargo builds them, or returns their paths: after a full `cargo test` there is nothing
/// left to build. It holds no lock while tests run.
static EXAMPLES: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--examples", "--message-format", "json"]).current_dir(root());
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let messages = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let examples =
        messages.map(|line| serde_json::from_slice::<Value>(line).unwrap()).filter_map(|message| {
            let program = message["executable"].as_str()?;
            Some((message["target"]["name"].as_str()?.to_owned(), PathBuf::from(program)))
        });
    examples.collect()
});

fn run(example: &str, arguments: &[&str]) -> Output {
    let program = match example {
        "validate" => PathBuf::from(env!("CARGO_BIN_EXE_validate")),
        _ => EXAMPLES[example].clone(),
    };
    Command::new(program).args(arguments).current_dir(root()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_main_command_finds_the_story() {
    let output = run("checkup", &[]);
    assert_eq!(output.status.code(), Some(0));
    let page = text(&output.stdout);
    assert!(
        page.contains("Dan Keller holds 65% of the decision, and no one on our team reaches them"),
        "{page}"
    );
    assert!(
        page.contains("best: Pam Ardley asks Wes Harrow, Wes Harrow asks Dan Keller: likely 0.74"),
        "{page}"
    );
    assert!(
        page.contains("Wes Harrow sets up the meeting with Dan Keller, Pam Ardley leads, Sal Brandt attends")
    );
    assert!(!page.contains('\x1b'), "colour is for terminals");
    assert_eq!(text(&output.stderr), "", "nothing is wrong with the sample");
    assert!(page.lines().skip(5).all(|line| line.chars().count() <= 100), "no line is too wide to forward");
}

#[test]
fn answers_come_as_json_when_asked() {
    let output = run("checkup", &["--customer", "tallis", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer[0]["customer"], "tallis");
    let output = run("introduce", &["--to", "dan", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["team_up"]["leads"]["id"], "pam");
}

#[test]
fn introduce_says_who_asks_whom_and_what_it_rests_on() {
    let page = text(&run("introduce", &["--to", "dan", "--from", "sal", "--k", "1"]).stdout);
    assert!(page.starts_with(
        "1. Sal Brandt asks Pam Ardley, Pam Ardley asks Wes Harrow, Wes Harrow asks Dan Keller"
    ));
    assert!(
        page.contains("Plan: Wes Harrow sets up the meeting with Dan Keller, Pam Ardley leads"),
        "{page}"
    );
    let page = text(&run("introduce", &["--to", "dan", "--avoid", "wes"]).stdout);
    assert!(page.starts_with("No path to Dan Keller yet."), "{page}");
    assert!(page.contains("Wes Harrow is not to be asked"), "{page}");
}

#[test]
fn what_if_names_the_stranded_and_the_heir() {
    let page = text(&run("what_if", &["--leaves", "pam"]).stdout);
    assert!(page.starts_with("If pam leaves (seen on 2026-03-02):\n\nNorthgate Mills: "), "{page}");
    assert!(page.contains("cut off from us: Wes Harrow"), "{page}");
    assert!(page.contains("best successor of Pam Ardley: Lena Forth"), "{page}");
    assert!(page.contains("Rob Tansy: Milo Sand asks Rob Tansy"), "{page}");
    let ranked = text(&run("what_if", &["--top", "1"]).stdout);
    assert!(ranked.contains("Pam Ardley") && !ranked.contains("Sal Brandt"), "{ranked}");
    let output = run("what_if", &["--trusts", "dan=pam:0.8", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let dan =
        answer["customers"][0]["people"].as_array().unwrap().iter().find(|it| it["person"]["id"] == "dan");
    assert_eq!(dan.unwrap()["state"]["after"], "reached");
    let output = run("what_if", &["--merges", "tallis=northgate", "--format", "json"]);
    let merged: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(merged[0]["into"], "northgate");
}

#[test]
fn change_tells_a_post_that_changed_holder_from_people_who_came_and_went() {
    let page = text(&run("change", &["--since", "2025-12-02"]).stdout);
    assert!(page.starts_with("What changed from 2025-12-02 to 2026-03-02\n"), "{page}");
    assert!(page.contains("Piet Lanner took over as Director of Fleet from Hana Wick"), "{page}");
    assert!(page.contains("Mara Finch left"), "{page}");
    assert!(page.contains("orders within 90 days: 1, was 0"), "{page}");
    let page = text(&run("change", &["--since", "2026-03-02"]).stdout);
    assert_eq!(page, "What changed from 2026-03-02 to 2026-03-02\n  nothing\n");
    let output = run("change", &["--customer", "tallis", "--format", "json"]);
    let changes: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(changes["customer"]["id"], "tallis");
}

#[test]
fn strength_speaks_of_people() {
    let page = text(&run("strength", &[]).stdout);
    assert!(page.contains("Northgate Mills: 30% of the decision trusts us"), "{page}");
    assert!(
        page.contains("without Pam Ardley, 7% would be left") && page.contains("Our own team: "),
        "{page}"
    );
}

#[test]
fn plan_says_what_to_ask_to_build_to_meet_and_to_find_out() {
    let page = text(&run("plan", &[]).stdout);
    assert!(page.contains("1. Pam Ardley asks Wes Harrow, Wes Harrow asks Dan Keller"), "{page}");
    let page = text(&run("plan", &["--ties", "2"]).stdout);
    assert!(page.contains("1. Dan Keller (Northgate Mills) comes to trust Pam Ardley at 0.45"), "{page}");
    let page = text(&run("plan", &["--meet", "2"]).stdout);
    assert!(page.contains("1. Nils Corran (Tallis Instruments): opens the path to"), "{page}");
    let output = run("plan", &["--verify", "3", "--format", "json"]);
    let unknown: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(unknown.as_array().map(Vec::len), Some(3));
}

#[test]
fn the_brief_says_whom_to_call_and_why() {
    let page = text(&run("brief", &["--for", "pam"]).stdout);
    assert!(
        page.starts_with("Brief for 2026-03-02, for Pam Ardley (since 2026-03-01, 1 customer)\n"),
        "{page}"
    );
    assert!(page.contains(
        "  1. Pam Ardley calls Wes Harrow (Northgate Mills)\n       to be introduced to Dan Keller:"
    ));
    let output = run("brief", &["--since", "2026-02-23", "--minutes", "40", "--format", "json"]);
    let brief: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (brief["since"].as_str(), brief["calls"].as_array().map(Vec::len)),
        (Some("2026-02-23"), Some(2))
    );
}

#[test]
fn a_detector_of_ones_own_stands_beside_the_built_in_ones() {
    let page = text(&run("custom_detector", &[]).stdout);
    assert!(page.contains("the renewal is in 59 days, and nobody has been asked how it stands"), "{page}");
    assert!(!page.contains("renewal is in 21"), "only the near ones: {page}");
}

#[test]
fn calibrate_says_why_it_learns_nothing_from_a_short_history() {
    let output = run("calibrate", &[]);
    assert_eq!(output.status.code(), Some(0), "a short history is no failure");
    let page = text(&output.stdout);
    assert!(
        page.starts_with("Nothing is learned, and the settings stay as they are: too little history: "),
        "{page}"
    );
    assert!(page.contains("at least 200 are needed on each side"), "{page}");
    let output = run("calibrate", &["--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(answer["refused"].as_str().unwrap().starts_with("too little history"), "{answer}");
}

#[test]
fn validate_measures_what_is_there_and_says_what_is_not() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("validate");
    let set = folder.join("krackhardt_hightech");
    std::fs::create_dir_all(&set).unwrap();
    // Two invented people: the clerk listens to the head.
    std::fs::write(set.join("people.csv"), "id,level\nhead,1\nclerk,2\n").unwrap();
    std::fs::write(set.join("ties.csv"), "from,to,kind\nclerk,head,advice\nclerk,head,friendship\n").unwrap();
    let folder = folder.to_str().unwrap();
    let output = run("validate", &[folder, "--markdown"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let row = "| does power follow rank (krackhardt_hightech) | power from advice | pairs in order | 1 | \
               1.0000 [1.0000, 1.0000] | ≥ 0.952 yes | PageRank 1.0000; how often asked 1.0000 |";
    let page = text(&output.stdout);
    assert!(page.lines().any(|line| line == row), "{page}");
    assert!(text(&output.stderr).contains("note: advogato is not there"));

    let written = PathBuf::from(folder).join("written.md");
    let check = |page: &str| {
        std::fs::write(&written, page).unwrap();
        run("validate", &[folder, "--check", written.to_str().unwrap()])
    };
    assert_eq!(check(&page).status.code(), Some(0));
    let output = check(&page.replace("1.0000 [1.0000, 1.0000]", "1.1000 [1.0500, 1.1500]"));
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("pairs in order: 1.0000, written 1.1000"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        check(&page.replace("1.0000 [1.0000, 1.0000]", "1.1000 [0.9500, 1.1500]")).status.code(),
        Some(0)
    );
    assert_eq!(check("").status.code(), Some(1), "a figure that is not written is told");
}

#[test]
fn a_wrong_call_exits_with_2_and_a_wrong_question_with_1() {
    for (example, arguments, code, message) in [
        ("checkup", &["--nonsense"][..], 2, "error: there is no option --nonsense"),
        ("checkup", &["--format", "xml"], 2, "error: --format is text or json"),
        ("checkup", &["--day", "02/03/2026"], 2, "day and month cannot be told apart"),
        ("checkup", &["a.json", "b.json"], 2, "error: give one input, not two"),
        ("introduce", &[], 2, "error: say whom to reach with --to"),
        ("introduce", &["--to", "dan", "--floor", "7"], 2, "error: --floor: 7 is not between 0 and 1"),
        ("checkup", &["--customer", "nowhere"], 1, "error: no customer has the id `nowhere`"),
        ("introduce", &["--to", "nobody"], 1, "error: no person has the id `nobody`"),
        (
            "introduce",
            &["--to", "pam"],
            1,
            "error: `pam` is one of our team, and the question is about someone outside",
        ),
        ("introduce", &["--to", "dan", "--from", "wes"], 1, "error: `wes` is a customer's person"),
        ("brief", &["--for", "dan"], 1, "error: `dan` is a customer's person"),
        ("what_if", &["--trusts", "dan"], 2, "error: write `dan` as ID=ID"),
        ("what_if", &["--trusts", "dan=pam:2"], 2, "the level is a number from 0 to 1"),
        (
            "what_if",
            &["--manager", "wes=pam"],
            1,
            "error: `pam` cannot be the manager: they are on another side",
        ),
        ("calibrate", &["--nonsense"], 2, "error: there is no option --nonsense"),
        ("validate", &[], 2, "error: say where the data sets are"),
        ("validate", &["no-such-folder"], 1, "error: no-such-folder is no folder"),
        ("checkup", &["no-such-file.json"], 1, "error: no-such-file.json: "),
    ] {
        let output = run(example, arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{example} {arguments:?}: {said}");
        assert!(said.contains(message), "{example} {arguments:?}: {said}");
        assert_eq!(text(&output.stdout), "", "data only on standard output");
    }
}

#[test]
fn help_goes_to_standard_output() {
    for example in [
        "brief",
        "calibrate",
        "change",
        "checkup",
        "custom_detector",
        "introduce",
        "plan",
        "strength",
        "validate",
        "what_if",
    ] {
        let output = run(example, &["--help"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("Usage:"));
    }
}

#[test]
fn faulty_input_is_mended_and_told_or_refused() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("faulty");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("faulty.json");
    let records = r#"{"as_of":"2026-03-02","customers":[{"id":"k"}],
        "people":[{"id":"a","side":"customer","customer_id":"k","manager_id":"nobody"},{"id":"s","side":"staff"}]}"#;
    std::fs::write(&file, records).unwrap();
    let file = file.to_str().unwrap();
    let lenient = run("checkup", &[file]);
    assert_eq!(lenient.status.code(), Some(0));
    let told = "repaired: people[0] `a`, field `manager_id`: no person has the id `nobody`; add that record or clear \
                the field (cleared)\n";
    assert_eq!(text(&lenient.stderr), told);
    let strict = run("checkup", &[file, "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(
        text(&strict.stderr).starts_with("error: 1 fault in the records:\npeople[0] `a`, field `manager_id`")
    );
}

#[test]
fn the_day_that_was_taken_is_said() {
    let folder = std::env::temp_dir().join(format!("stakeholder-graph-day-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("dayless.json");
    let dayless = r#"{"customers": [{"id": "north"}], "people": [{"id": "ann", "side": "customer", "customer_id": "north"},
        {"id": "sal", "side": "staff"}], "interactions": [
        {"id": "m", "kind": "meeting", "at": "2026-01-05", "participants": ["ann", "sal"]},
        {"id": "n", "kind": "meeting", "at": "2026-09-05", "participants": ["ann", "sal"], "status": "planned"}]}"#;
    std::fs::write(&file, dayless).unwrap();
    let path = file.to_str().unwrap();
    let said = |arguments: &[&str]| text(&run("checkup", arguments).stderr);
    assert_eq!(
        said(&[path]),
        "note: the records carry no day; looking at 2026-01-05, the last day on which something happened (--day sets \
         another)\n"
    );
    assert_eq!(said(&[path, "--day", "2026-02-04"]), "", "thirty days later is nothing unusual");
    for (day, noted) in [
        (
            "2026-02-05",
            "note: 2026-02-05 is 31 days after 2026-01-05, the last day on which something happened\n",
        ),
        (
            "2025-12-05",
            "note: 2025-12-05 is 31 days before 2026-01-05, the last day on which something happened\n",
        ),
    ] {
        assert_eq!(said(&[path, "--day", day]), noted);
    }
    assert_eq!(said(&[]), "", "the sample says its day, and something happened on it");
    for example in ["brief", "change"] {
        let output = run(example, &["--since", "2026-03-03"]);
        assert_eq!(output.status.code(), Some(1), "{example}");
        assert!(text(&output.stderr).contains("--since 2026-03-03 is after 2026-03-02, the day to look at"));
        assert_eq!(run(example, &["--since", "2026-03-02"]).status.code(), Some(0), "{example}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
