//! Data flows one way: `mod` lines in `lib.rs` are in order, and a stage uses only the stages above it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::root;

fn src() -> PathBuf {
    root().join("src")
}

/// The stages in the order of their `mod` lines.
fn stages(lib: &str) -> Vec<String> {
    let lines = lib.lines().map(|line| line.strip_prefix("pub ").unwrap_or(line));
    let names = lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// The stage of each name at the root of the crate.
fn exports(lib: &str) -> BTreeMap<String, String> {
    let mut exports = BTreeMap::new();
    for statement in code(lib).split(';') {
        let Some((_, path)) = statement.split_once("pub use ") else { continue };
        let (stage, names) = path.split_once("::").unwrap();
        for name in names.trim_matches(['{', '}', '\n', ' ']).split(',') {
            let name = name.rsplit("::").next().unwrap().trim();
            exports.insert(name.to_owned(), stage.trim().to_owned());
        }
    }
    exports
}

/// Source without comments, and without the unit tests at the end, which may use any stage.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    before_tests
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every name that follows `crate::` in the code, those in braces one by one.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // The macro's own `$crate::` and names that end in `crate` are different.
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let word =
            |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 1;
            let inside: String = list
                .chars()
                .take_while(|c| {
                    depth += i32::from(*c == '{') - i32::from(*c == '}');
                    depth > 0
                })
                .collect();
            let mut level = 0;
            let outer = inside.split(|c| {
                level += i32::from(c == '{') - i32::from(c == '}');
                level == 0 && c == ','
            });
            names.extend(outer.map(word));
        } else {
            names.push(word(rest));
        }
    }
    names.retain(|name: &String| !name.is_empty());
    names
}

fn files(stage: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    let file = src().join(format!("{stage}.rs"));
    let mut found = Vec::new();
    if file.exists() {
        found.push(file);
    }
    if src().join(stage).is_dir() {
        walk(&src().join(stage), &mut found);
    }
    found.sort();
    assert!(!found.is_empty(), "{stage} has no file");
    found
}

#[test]
fn a_stage_uses_only_stages_above_it() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let stages = stages(&lib);
    assert!(stages.len() >= 15, "{stages:?}");
    let exports = exports(&lib);
    let place = |stage: &str| stages.iter().position(|it| it == stage);
    let mut wrong = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        for file in files(stage) {
            for name in used(&code(&fs::read_to_string(&file).unwrap())) {
                let from = exports.get(&name).unwrap_or(&name);
                let Some(below) = place(from) else {
                    wrong.push(format!("{}: what is `crate::{name}`?", file.display()));
                    continue;
                };
                // The settings of a kind of gap are beside its detector, and `Settings` collects them.
                let gathers = stage == "settings" && name == "gap";
                if below > at && !gathers {
                    wrong.push(format!("{}: `{stage}` uses `{from}`, which stands below", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The core does no input and output, reads no clock and starts no other program.
#[test]
fn the_core_touches_nothing_outside() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    for stage in stages(&lib).iter().filter(|stage| *stage != "io") {
        for file in files(stage) {
            let code = code(&fs::read_to_string(&file).unwrap());
            for outside in [
                "std::fs",
                "std::net",
                "std::process",
                "std::env",
                "SystemTime",
                "Instant::now",
                "Zoned::now",
            ] {
                assert!(!code.contains(outside), "{} uses {outside}", file.display());
            }
        }
    }
}

#[test]
fn the_scan_sees_what_it_should() {
    let text = "use crate::{day::Day, gap::{a, b}, Share};\n/// [`crate::View`]\nlet x = crate::path::best(); // crate::io\n\
                #[cfg(test)]\nmod tests { use crate::checkup; }";
    assert_eq!(used(&code(text)), ["day", "gap", "Share", "path"]);
    assert_eq!(stages("mod a;\npub mod b;\n// mod c;\npub use b::X;"), ["a", "b"]);
    assert_eq!(exports("pub use b::{X,\n    c::Y};\npub use d::Z;")["Y"], "b");
}

/// Public structs of public fields, and variants with named figures, that lack `#[non_exhaustive]`, as `Type` or
/// `Type::Variant`.
fn closed(text: &str) -> Vec<String> {
    let mut closed = Vec::new();
    let (mut item, mut open) = (String::new(), false);
    let mut fields = false;
    for line in text.lines() {
        let words = line.trim_start();
        if words.starts_with("#[non_exhaustive]") {
            open = true;
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|it| it.strip_suffix(" {")) {
            (item, fields) = (name.to_owned(), !std::mem::take(&mut open));
        } else if let Some(name) = line.strip_prefix("pub enum ").and_then(|it| it.strip_suffix(" {")) {
            (item, fields, open) = (name.to_owned(), false, false);
        } else if line == "}" {
            item.clear();
        } else if fields && line.starts_with("    pub ") && !item.is_empty() {
            closed.push(item.clone());
            fields = false;
        } else if let Some(name) = words.strip_suffix(" {")
            && line.starts_with("    ")
            && name.starts_with(char::is_uppercase)
            && name.chars().all(char::is_alphanumeric)
            && !item.is_empty()
            && !std::mem::take(&mut open)
        {
            closed.push(format!("{item}::{name}"));
        }
    }
    closed
}

/// A figure may join any answer, and a field any record or setting, without a new major version.
#[test]
fn what_may_grow_says_so() {
    /// Before and after: there is no third.
    const MAY_NOT: [&str; 1] = ["Both<T>"];
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let mut wrong = Vec::new();
    for file in stages(&lib).iter().flat_map(|stage| files(stage)) {
        let text = fs::read_to_string(&file).unwrap();
        let closed = closed(&text).into_iter().filter(|it| !MAY_NOT.contains(&it.as_str()));
        wrong.extend(closed.map(|it| format!("{}: {it}", file.display())));
    }
    assert!(wrong.is_empty(), "without #[non_exhaustive]:\n{}", wrong.join("\n"));
    let text = "pub struct A {\n    pub a: u8,\n}\n#[non_exhaustive]\npub struct B {\n    pub b: u8,\n}\n\
                pub enum C {\n    D {\n        d: u8,\n    },\n    #[non_exhaustive]\n    E {\n        e: u8,\n    },\n}\n\
                pub struct F {\n    f: u8,\n}";
    assert_eq!(self::closed(text), ["A", "C::D"]);
}
