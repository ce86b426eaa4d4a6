//! What changed in who reports to whom? Two days of the posts of one government, compared with the raw files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use stakeholder_graph::change::PersonChangeKind;
use stakeholder_graph::record::{Customer, Person, Records};
use stakeholder_graph::{Day, Network, Settings};

use crate::data::{Failure, Line, field, rows as lines};
use crate::stats::Figure;
use crate::table::Row;

const DAYS: [&str; 2] = ["2011-03-31", "2011-09-30"];

/// The folder of the first day.
pub(crate) fn first_day(folder: &Path) -> PathBuf {
    folder.join(format!("uk_organograms_{}", DAYS[0]))
}

/// Posts whose superior changed, according to two networks and to the raw files.
pub(crate) fn rows(folder: &Path, _quick: bool) -> Result<Vec<Row>, Failure> {
    let root = folder.parent().unwrap_or(folder);
    let (mut networks, mut raw) = (Vec::new(), Vec::new());
    for day in DAYS {
        let lines = lines(&root.join(format!("uk_organograms_{day}")), "people")?;
        networks.push(network(&lines, day.parse()?)?);
        raw.push(raw_superiors(&lines));
    }
    let (found, truth) = (told(&networks), changed(&raw));
    let right = found.intersection(&truth).count();
    let row = |measure, value: usize, n: usize, less_is_better| Row {
        question: "whose superior changed between two days",
        data: "uk_organograms",
        ours: "the change report".into(),
        measure,
        n,
        figure: Figure::exact(value as f64),
        less_is_better,
        target: None,
        beside: Vec::new(),
    };
    Ok(vec![
        row("found", right, truth.len(), false),
        row("missed", truth.len() - right, truth.len(), true),
        row("false", found.len() - right, found.len(), true),
    ])
}

fn network(lines: &[Line], day: Day) -> Result<Network, Failure> {
    let mut records = Records::new();
    records.as_of = Some(day);
    let bodies: BTreeSet<&str> = lines.iter().map(|line| field(line, "group")).collect();
    records.customers = bodies.into_iter().map(Customer::new).collect();
    for line in lines {
        let mut person = Person::customer(field(line, "id"), field(line, "group"));
        person.manager_id = Some(field(line, "reports_to")).filter(|it| !it.is_empty()).map(Into::into);
        records.people.push(person);
    }
    Ok(Network::repair(records)?.network)
}

/// People the change report lists with a different superior.
fn told(networks: &[Network]) -> BTreeSet<String> {
    let settings = Settings::default();
    let views: Vec<_> =
        networks.iter().filter_map(|network| Some(network.view(network.as_of()?, &settings))).collect();
    let [before, after] = &views[..] else { return BTreeSet::new() };
    let changes = after.changes_since(before);
    let people = changes.customers.iter().flat_map(|customer| &customer.people);
    let moved = people.filter(|change| matches!(change.what, PersonChangeKind::Manager { .. }));
    moved.map(|change| change.person.id.to_string()).collect()
}

/// As in the files, the first row of a repeated reference; a superior who is not listed, or is the post itself, is
/// none.
fn raw_superiors(lines: &[Line]) -> BTreeMap<String, String> {
    let ids: BTreeSet<&str> = lines.iter().map(|line| field(line, "id")).collect();
    let mut superiors = BTreeMap::new();
    for line in lines {
        let (id, superior) = (field(line, "id"), field(line, "reports_to"));
        let superior = if ids.contains(superior) && superior != id { superior } else { "" };
        superiors.entry(id.to_owned()).or_insert_with(|| superior.to_owned());
    }
    superiors
}

fn changed(days: &[BTreeMap<String, String>]) -> BTreeSet<String> {
    let [before, after] = days else { return BTreeSet::new() };
    let common = before.iter().filter_map(|(id, superior)| Some((id, superior, after.get(id)?)));
    common.filter(|(_, before, after)| before != after).map(|(id, ..)| id.clone()).collect()
}
