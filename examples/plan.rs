//! Who asks whom first, over all customers, where there is not time for all?

mod support;

use std::io::Write;
use std::process::ExitCode;

use lexopt::ValueExt;
use stakeholder_graph::Weight;
use support::{Argument, Call, Stop};

const HELP: &str = "\
Plans which introductions to ask for, within what everybody can be asked for and the hours there are.

Usage: plan [INPUT] [OPTIONS]

  --asks N             how many introductions one person may be asked for (default: 2 in 90 days)
  --hours N            hours that each of ours has for introductions (default: 20 in 90 days)
";

#[derive(Default)]
struct Question {
    call: Call,
    asks: Option<u32>,
    hours: Option<f64>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else {
        write!(std::io::stdout(), "{HELP}\n{}", support::INPUT_HELP)?;
        return Ok(());
    };
    let mut settings = question.call.settings()?;
    if let Some(asks) = question.asks {
        settings.plan.asks = asks;
    }
    if let Some(hours) = question.hours {
        settings.plan.hours = Weight::new(hours).map_err(|error| Stop::Usage(format!("--hours: {error}")))?;
    }
    let network = question.call.network()?;
    let plan = network.view(question.call.day(&network)?, &settings).plan(&settings.plan);
    let mut out = std::io::stdout().lock();
    if question.call.json { support::print_json(&mut out, &plan) } else { Ok(write!(out, "{plan}")?) }
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut parser = lexopt::Parser::from_env();
    let mut question = Question::default();
    while let Some(argument) = support::next(&mut parser)? {
        let option = match &argument {
            Argument::Option(name) => name.as_str(),
            Argument::Value(_) => "",
        };
        match option {
            "help" => return Ok(None),
            "asks" => question.asks = Some(parser.value()?.parse()?),
            "hours" => question.hours = Some(parser.value()?.parse()?),
            _ => question.call.take(argument, &mut parser)?,
        }
    }
    Ok(Some(question))
}
