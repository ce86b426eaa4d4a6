//! The table: one line per figure, as text, Markdown or JSON; and whether a figure got worse than the published
//! one.

use std::fmt::Write;

use serde::Serialize;

use crate::stats::Figure;

/// One of our figures, with the baselines beside it.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) question: &'static str,
    pub(crate) data: &'static str,
    /// What is measured.
    pub(crate) ours: String,
    pub(crate) measure: &'static str,
    /// How many questions were asked.
    pub(crate) n: usize,
    pub(crate) figure: Figure,
    pub(crate) less_is_better: bool,
    pub(crate) target: Option<f64>,
    /// The baselines on the same questions.
    pub(crate) beside: Vec<(&'static str, f64)>,
}

impl Row {
    /// Whether the target is met; none where there is no target.
    pub(crate) fn meets(&self) -> Option<bool> {
        let rounded = (self.figure.value * 1e4).round() / 1e4;
        self.target.map(|target| if self.less_is_better { rounded <= target } else { rounded >= target })
    }

    fn cells(&self) -> [String; 7] {
        let Figure { value, low, high } = self.figure;
        let target = match (self.target, self.meets()) {
            (Some(target), Some(met)) => {
                format!(
                    "{} {target} {}",
                    if self.less_is_better { "≤" } else { "≥" },
                    if met { "yes" } else { "no" }
                )
            }
            _ => "-".to_owned(),
        };
        let beside: Vec<String> =
            self.beside.iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
        [
            format!("{} ({})", self.question, self.data),
            self.ours.clone(),
            self.measure.to_owned(),
            self.n.to_string(),
            format!("{value:.4} [{low:.4}, {high:.4}]"),
            target,
            beside.join("; "),
        ]
    }
}

const HEAD: [&str; 7] =
    ["question", "ours", "measure", "n", "figure [95%]", "target", "plain ways beside it"];

/// For a terminal.
pub(crate) fn text(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut last = String::new();
    for row in rows {
        let [question, ours, measure, n, figure, target, beside] = row.cells();
        if question != last {
            let _ = writeln!(out, "\n{question}");
            last = question;
        }
        let _ = writeln!(out, "  {measure:<14} {figure:<28} {target:<14} n {n:<7} {ours}");
        if !beside.is_empty() {
            let _ = writeln!(out, "                 beside: {beside}");
        }
    }
    out
}

/// For a page.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut out = format!("| {} |\n|{}\n", HEAD.join(" | "), "---|".repeat(HEAD.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.cells().join(" | "));
    }
    out
}

/// Figures worse than on a page by more than the noise of the figure there, and with `quick` of both.
pub(crate) fn worse(rows: &[Row], page: &str, quick: bool) -> Vec<String> {
    let mut complaints = Vec::new();
    for row in rows {
        let [question, ours, measure, ..] = row.cells();
        let head = format!("| {question} | {ours} | {measure} |");
        let Some(line) = page.lines().find(|line| line.starts_with(&head)) else {
            complaints.push(format!("{question}, {ours}, {measure}: not written on the page"));
            continue;
        };
        let Some(written) = line.split('|').nth(5).and_then(figure) else {
            complaints.push(format!("{question}, {measure}: the figure on the page cannot be read"));
            continue;
        };
        let now = row.figure;
        let (worse_by, mut noise) = if row.less_is_better {
            (now.value - written.value, written.high - written.value)
        } else {
            (written.value - now.value, written.value - written.low)
        };
        if quick {
            noise += if row.less_is_better { now.value - now.low } else { now.high - now.value };
        }
        // Half a digit of the written figure is not a deterioration.
        if worse_by > noise.max(0.0) + 5e-5 {
            complaints.push(format!(
                "{question}, {ours}, {measure}: {:.4}, written {:.4}",
                now.value, written.value
            ));
        }
    }
    complaints
}

fn figure(cell: &str) -> Option<Figure> {
    let mut numbers = cell.split(['[', ',', ']']).map(|part| part.trim().parse::<f64>());
    Some(Figure { value: numbers.next()?.ok()?, low: numbers.next()?.ok()?, high: numbers.next()?.ok()? })
}
