//! What changed between two days, or between two exports?

mod support;

use std::io::Write;
use std::process::ExitCode;

use stakeholder_graph::Day;
use support::{Argument, Call, Stop};

const HELP: &str = "\
Says what changed at every customer: who came, left, moved or took over; whose power rose or fell, and why; which ties
formed, cooled or broke; which gaps opened and closed; orders, value, owner.

Usage: change [INPUT] [OPTIONS]

  --since YYYY-MM-DD   the earlier day (default: 90 days before)
  --before FILE        the records of the earlier day, to compare two exports
  --customer ID        one customer only
";

#[derive(Default)]
struct Question {
    call: Call,
    since: Option<Day>,
    before: Option<Call>,
    customer: Option<String>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let network = question.call.network()?;
    let settings = question.call.settings(&network)?;
    let day = question.call.day(&network)?;
    let earlier = question.before.as_ref().map(Call::network).transpose()?;
    let since = question.since.or_else(|| earlier.as_ref().and_then(stakeholder_graph::Network::as_of));
    let since = since.unwrap_or_else(|| day.plus_days(-90));
    Call::not_after(since, day)?;
    let (now, before) = (
        network.view(day, &settings),
        earlier.as_ref().unwrap_or(&network).as_recorded_view(since, &settings),
    );
    let mut out = std::io::stdout().lock();
    if let Some(id) = &question.customer {
        let changes = now.customer(id)?.changes_since(&before.customer(id)?);
        return if question.call.json {
            support::print_json(&mut out, &changes)
        } else {
            Ok(write!(out, "{changes}")?)
        };
    }
    let changes = now.changes_since(&before);
    if question.call.json { support::print_json(&mut out, &changes) } else { Ok(write!(out, "{changes}")?) }
}

fn parse() -> Result<Option<Question>, Stop> {
    use lexopt::ValueExt;
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "since" => question.since = Some(parser.value()?.parse()?),
            "before" => {
                let path = parser.value()?;
                let mut before = Call::default();
                before.take(Argument::Value(path), parser)?;
                question.before = Some(before);
            }
            "customer" => question.customer = Some(parser.value()?.string()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}
