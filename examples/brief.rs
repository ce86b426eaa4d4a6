//! The daily brief: what is new, what is wrong, who to call today, who to thank.

mod support;

use std::io::Write;
use std::process::ExitCode;

use lexopt::ValueExt;
use stakeholder_graph::Day;
use support::{Argument, Call, Stop};

const HELP: &str = "\
Says what somebody needs to know at the beginning of a day: anything new, anything wrong, whom to call, whom to thank.

Usage: brief [INPUT] [OPTIONS]

  --for ID             one of ours (default: everybody)
  --since YYYY-MM-DD   the day to compare with (default: the day before)
  --before FILE        that day's records, which also tell which concerns were answered since
  --minutes N          how many minutes there are for calls (default: 120)
";

#[derive(Default)]
struct Question {
    call: Call,
    staff: Option<String>,
    since: Option<Day>,
    before: Call,
    with_before: bool,
    minutes: Option<u32>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let network = question.call.network()?;
    let mut settings = question.call.settings(&network)?;
    if let Some(minutes) = question.minutes {
        settings.brief.minutes = minutes;
    }
    let day = question.call.day(&network)?;
    let earlier = if question.with_before { Some(question.before.network()?) } else { None };
    let since = question.since.or_else(|| earlier.as_ref().and_then(stakeholder_graph::Network::as_of));
    let since = since.unwrap_or_else(|| day.plus_days(-1));
    Call::not_after(since, day)?;
    let before = earlier.as_ref().unwrap_or(&network).as_recorded_view(since, &settings);
    let brief = network.view(day, &settings).brief(&before, question.staff.as_deref())?;
    let mut out = std::io::stdout().lock();
    if question.call.json { support::print_json(&mut out, &brief) } else { Ok(write!(out, "{brief}")?) }
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "for" => question.staff = Some(parser.value()?.string()?),
            "since" => question.since = Some(parser.value()?.parse()?),
            "before" => {
                let path = parser.value()?;
                question.before.take(Argument::Value(path), parser)?;
                question.with_before = true;
            }
            "minutes" => question.minutes = Some(parser.value()?.parse()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}
