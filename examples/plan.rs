//! Which introductions to ask for first, over all customers, when there is not time for everything?

mod support;

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

use lexopt::ValueExt;
use serde::Serialize;
use stakeholder_graph::Weight;
use support::{Call, Stop};

const HELP: &str = "\
Plans which introductions to ask for, within what everybody can be asked for and the hours there are.

Usage: plan [INPUT] [OPTIONS]

  --asks N             how many introductions one person may be asked for (default: 2 in 90 days)
  --ties N             instead: the N ties most worth building next
  --meet N             instead: the N people to meet first, so that most doors open
  --verify N           instead: the N things most worth finding out
  --hours N            hours that each of ours has for introductions (default: 20 in 90 days)
";

#[derive(Default)]
struct Question {
    call: Call,
    asks: Option<u32>,
    hours: Option<f64>,
    ties: Option<usize>,
    meet: Option<usize>,
    verify: Option<usize>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let network = question.call.network()?;
    let mut settings = question.call.settings(&network)?;
    if let Some(asks) = question.asks {
        settings.plan.asks = asks;
    }
    if let Some(hours) = question.hours {
        settings.plan.hours = Weight::new(hours).map_err(|error| Stop::Usage(format!("--hours: {error}")))?;
    }
    let view = network.view(question.call.day(&network)?, &settings);
    let mut out = std::io::stdout().lock();
    let json = question.call.json;
    if let Some(count) = question.ties {
        return list(&mut out, json, "Ties worth building next:", &view.suggested_ties(count));
    }
    if let Some(count) = question.verify {
        return list(&mut out, json, "Worth finding out:", &view.verify_next(count));
    }
    if let Some(count) = question.meet {
        let meet = view.best_first_meetings(count);
        return if json {
            support::print_json(&mut out, &meet)
        } else {
            Ok(write!(out, "Meet first:\n{meet}")?)
        };
    }
    let plan = view.plan();
    if json { support::print_json(&mut out, &plan) } else { Ok(write!(out, "{plan}")?) }
}

fn list<T: Serialize + Display>(
    out: &mut impl Write,
    json: bool,
    title: &str,
    all: &[T],
) -> Result<(), Stop> {
    if json {
        return support::print_json(out, &all);
    }
    writeln!(out, "{title}")?;
    if all.is_empty() {
        writeln!(out, "  nothing")?;
    }
    for (number, one) in (1..).zip(all) {
        writeln!(out, "  {number}. {one}")?;
    }
    Ok(())
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "ties" => question.ties = Some(parser.value()?.parse()?),
            "meet" => question.meet = Some(parser.value()?.parse()?),
            "verify" => question.verify = Some(parser.value()?.parse()?),
            "asks" => question.asks = Some(parser.value()?.parse()?),
            "hours" => question.hours = Some(parser.value()?.parse()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}
