//! How good is the relationship with each customer? Which powerful people are not reached, and who could introduce
//! us?

mod support;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use lexopt::ValueExt;
use stakeholder_graph::checkup::Checkup;
use stakeholder_graph::{Label, View, cells, fit};
use support::Stop;

const HELP: &str = "\
Checks how we stand with each customer: who powerful is not reached, how surely the others are,
and which warm introduction closes the gap.

Usage: checkup [INPUT] [OPTIONS]

With several customers, lists them by their most serious gap and shows the first in full.

  --customer ID        show this one only (may be given again)
  --all                show every customer in full
  --top N              how many customers the list shows (default: 10)
";

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let (mut wanted, mut all, mut top) = (Vec::new(), false, 10_usize);
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "customer" => wanted.push(parser.value()?.string()?),
            "all" => all = true,
            "top" => top = parser.value()?.parse()?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let Some(call) = call else { return Ok(()) };
    let network = call.network()?;
    let view = network.view(call.day(&network)?, &call.settings(&network)?);
    let mut checkups = checkups(&view, &wanted)?;
    checkups.sort_by(|a, b| {
        let worst = |it: &Checkup| it.open_gaps().next().map(|gap| gap.severity);
        worst(b).cmp(&worst(a)).then_with(|| a.customer.cmp(&b.customer))
    });
    let mut out = std::io::stdout().lock();
    if call.json {
        return support::print_json(&mut out, &checkups);
    }
    if checkups.is_empty() {
        return Err(Stop::Failed("there is no customer in the records".to_owned()));
    }
    let in_full = if all || !wanted.is_empty() { checkups.len() } else { 1 };
    if checkups.len() > in_full {
        list(&mut out, &checkups, top)?;
    }
    for checkup in checkups.iter().take(in_full) {
        writeln!(out, "{}", checkup.text().colour(colour()))?;
    }
    Ok(())
}

fn checkups(view: &View<'_>, wanted: &[String]) -> Result<Vec<Checkup>, Stop> {
    if wanted.is_empty() {
        return Ok(view.customers().map(|customer| customer.checkup()).collect());
    }
    wanted.iter().map(|id| Ok(view.customer(id)?.checkup())).collect()
}

/// One line a customer, most serious gap first.
fn list(out: &mut impl Write, checkups: &[Checkup], top: usize) -> Result<(), Stop> {
    writeln!(out, "{} customers, most serious gap first", checkups.len())?;
    let shown = checkups.get(..top).unwrap_or(checkups);
    let width = shown.iter().map(|it| cells(&it.customer_name)).max().unwrap_or(0).min(36);
    for checkup in shown {
        let name = Label::new(&checkup.customer_name).cells(width);
        let reach = format!("{:.0}%", checkup.coverage.proven.get() * 100.0);
        write!(out, "  {name}  reach {reach:<4} ")?;
        match checkup.open_gaps().next() {
            Some(gap) => writeln!(out, " {:<8} {}", gap.band, fit(&gap.to_string(), 110 - width))?,
            None => writeln!(out, " no gap")?,
        }
    }
    if shown.len() < checkups.len() {
        writeln!(
            out,
            "  and {} more (--top N shows more, --customer ID one in full)",
            checkups.len() - shown.len()
        )?;
    }
    Ok(writeln!(out)?)
}

/// Whether standard output is a terminal that wants colour.
fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}
