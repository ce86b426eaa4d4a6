//! Does power follow the real hierarchy? The crate gets no ranks, only listening ties.

use std::collections::BTreeMap;
use std::path::Path;

use stakeholder_graph::record::{Customer, Person, Records, Tie, TieKind};
use stakeholder_graph::{Day, Network, Settings};

use crate::baselines::page_rank;
use crate::data::{Failure, Line, field, mails, rows};
use crate::stats::{Case, exact, plain, with_interval};
use crate::table::Row;

/// A person with their rank in the firm; 1 or 0 is the top.
struct Ranked {
    id: String,
    level: i32,
}

/// Arcs from the listener to the person they listen to, by position, each with a weight.
type Arcs = Vec<(usize, usize, f64)>;

/// `krackhardt_hightech`: advice, and friendship to show what does not work.
pub(crate) fn advice(folder: &Path, _quick: bool) -> Result<Vec<Row>, Failure> {
    let people = ranked(&rows(folder, "people")?)?;
    let ties = rows(folder, "ties")?;
    let mut out = Vec::new();
    for (kind, ours, target) in
        [("advice", "power from advice", Some(0.952)), ("friendship", "power from friendship", None)]
    {
        let arcs = arcs(
            &people,
            ties.iter()
                .filter(|it| field(it, "kind") == kind)
                .map(|it| (field(it, "from").to_owned(), field(it, "to").to_owned())),
        );
        let measured =
            Measured { question: "does power follow rank", data: "krackhardt_hightech", ours, target };
        out.push(row(&people, &arcs, &measured)?);
    }
    Ok(out)
}

/// `radoslaw_manufacturing`: who writes to whom. Traffic never makes power in the crate; here mail replaces
/// listening, to show how little it indicates.
pub(crate) fn mail(folder: &Path, _quick: bool) -> Result<Vec<Row>, Failure> {
    let people = ranked(&rows(folder, "people")?)?;
    let written = mails(folder)?;
    let arcs = arcs(&people, written.iter().map(|mail| (mail.from.to_string(), mail.to.to_string())));
    let ours = "power from mail, a hint at most";
    let measured =
        Measured { question: "does power follow rank", data: "radoslaw_manufacturing", ours, target: None };
    Ok(vec![row(&people, &arcs, &measured)?])
}

fn ranked(lines: &[Line]) -> Result<Vec<Ranked>, Failure> {
    let known = lines.iter().filter(|line| !field(line, "level").is_empty());
    known
        .map(|line| Ok(Ranked { id: field(line, "id").to_owned(), level: field(line, "level").parse()? }))
        .collect()
}

/// Counted arcs between ranked people.
fn arcs(people: &[Ranked], pairs: impl Iterator<Item = (String, String)>) -> Arcs {
    let places: BTreeMap<&str, usize> =
        people.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
    let mut counted: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (from, to) in pairs {
        if let (Some(&from), Some(&to)) = (places.get(from.as_str()), places.get(to.as_str())) {
            *counted.entry((from, to)).or_default() += 1.0;
        }
    }
    counted.into_iter().map(|((from, to), weight)| (from, to, weight)).collect()
}

struct Measured {
    question: &'static str,
    data: &'static str,
    ours: &'static str,
    target: Option<f64>,
}

fn row(people: &[Ranked], arcs: &Arcs, measured: &Measured) -> Result<Row, Failure> {
    let power = power(people, arcs)?;
    let mut asked = vec![0.0; people.len()];
    for &(_, to, weight) in arcs {
        asked[to] += weight;
    }
    let of = |figures: &[f64]| pairs(people, figures);
    let ours = of(&power);
    Ok(Row {
        question: measured.question,
        data: measured.data,
        ours: measured.ours.into(),
        measure: "pairs in order",
        n: ours.len(),
        figure: with_interval(&ours, exact),
        less_is_better: false,
        target: measured.target,
        beside: vec![
            ("PageRank", plain(&of(&page_rank(people.len(), arcs)), exact)),
            ("how often asked", plain(&of(&asked), exact)),
        ],
    })
}

/// Power at a customer about which only listening is known.
fn power(people: &[Ranked], arcs: &Arcs) -> Result<Vec<f64>, Failure> {
    let mut records = Records::new();
    let day = Day::from_ymd(2026, 1, 1)?;
    records.as_of = Some(day);
    records.customers.push(Customer::new("firm"));
    records.people = people.iter().map(|it| Person::customer(it.id.as_str(), "firm")).collect();
    let most = arcs.iter().map(|&(.., weight)| weight).fold(1.0, f64::max);
    for &(from, to, weight) in arcs {
        let tie = Tie::new(TieKind::ListensTo, people[from].id.as_str(), people[to].id.as_str());
        records.ties.push(tie.strength(weight / most));
    }
    let network = Network::build(records)?;
    let view = network.view(day, &Settings::default());
    let power = view.customer("firm")?.power();
    let of: BTreeMap<&str, f64> =
        power.people.iter().map(|it| (it.person.id.as_str(), it.power.get())).collect();
    Ok(people.iter().map(|it| of.get(it.id.as_str()).copied().unwrap_or(0.0)).collect())
}

/// Every pair of different rank: whether the higher rank has the higher figure. Clustered by the higher one.
fn pairs(people: &[Ranked], figures: &[f64]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (cluster, (above, high)) in (0..).zip(people.iter().zip(figures)) {
        for (below, low) in people.iter().zip(figures) {
            if above.level < below.level {
                // A tie in the figures is half right.
                let right = if (high - low).abs() < 1e-12 { 0.5 } else { f64::from(u8::from(high > low)) };
                cases.push(Case { forecast: right, outcome: 1.0, cluster });
            }
        }
    }
    cases
}
