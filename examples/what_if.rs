//! What would be different if someone left, if a tie formed or broke, if someone got another manager, if two
//! customers became one?

mod support;

use std::io::Write;
use std::process::ExitCode;

use lexopt::ValueExt;
use serde::Serialize;
use stakeholder_graph::reach::Coverage;
use stakeholder_graph::what_if::{Leaving, Suppose};
use stakeholder_graph::{Network, Share, Text};
use support::{Call, Stop};

const HELP: &str = "\
Says what would be different if something happened: coverage won and lost, who would no longer be reached, which colleague could
take over and with which introduction, which gaps would open and close. Without a question: what the departure of each
colleague would cost.

Usage: what_if [INPUT] [OPTIONS]

  --leaves ID          somebody, ours or theirs, leaves
  --trusts WHO=WHOM[:LEVEL]
                       somebody comes to trust somebody, at belief LEVEL (default: 0.5)
  --breaks WHO=WHOM    nothing that is known of who trusts whom counts any more
  --mends WHO=WHOM     what speaks against a tie is put right
  --manager ID=ID      somebody gets another manager; none after `=` means nobody
  --merges ID=ID       a customer becomes part of another
  --top N              how many of ours to rank (default: 10)

Several of these hold at once.
";

#[derive(Default)]
struct Question {
    call: Call,
    suppose: Vec<Suppose>,
    merges: Vec<(Text, Text)>,
    top: Option<usize>,
}

/// What two customers were, and what one would be.
#[derive(Serialize)]
struct Merged {
    from: Text,
    into: Text,
    coverage_before: [Coverage; 2],
    coverage_after: Coverage,
    gaps_before: usize,
    gaps_after: usize,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let mut out = std::io::stdout().lock();
    if !question.merges.is_empty() {
        return merge(&question, &mut out);
    }
    let mut network = question.call.network()?;
    let settings = question.call.settings(&network)?;
    let day = question.call.day(&network)?;
    if question.suppose.is_empty() {
        let ranked = network.view(day, &settings).leaving_costs();
        let ranked = ranked.get(..question.top.unwrap_or(10)).unwrap_or(&ranked);
        return if question.call.json {
            support::print_json(&mut out, &ranked)
        } else {
            rank(&mut out, ranked)
        };
    }
    let answer = network.what_if(&question.suppose, day, &settings)?;
    if question.call.json { support::print_json(&mut out, &answer) } else { Ok(write!(out, "{answer}")?) }
}

fn rank(out: &mut impl Write, ranked: &[Leaving]) -> Result<(), Stop> {
    writeln!(out, "What the departure of each colleague would cost, in customers fully covered:")?;
    if ranked.is_empty() {
        writeln!(out, "  nothing: nobody at any customer is known to trust one of our team")?;
    }
    for leaving in ranked {
        writeln!(out, "{leaving}")?;
    }
    Ok(())
}

fn merge(question: &Question, out: &mut impl Write) -> Result<(), Stop> {
    if !question.suppose.is_empty() {
        return Err(Stop::Usage("--merges stands alone: merge first, then ask again".to_owned()));
    }
    let mut records = question.call.records()?;
    let before = Network::repair(records.clone())?.network;
    let settings = question.call.settings(&before)?;
    let day = question.call.day(&before)?;
    let mut answers = Vec::new();
    for (from, into) in &question.merges {
        let was = before.view(day, &settings);
        let (one, other) = (was.customer(from)?, was.customer(into)?);
        if !records.merge_customers(from, into) {
            return Err(Stop::Usage(format!("`{from}` cannot become part of `{into}`")));
        }
        let after = Network::repair(records.clone())?.network;
        let is = after.view(day, &settings);
        let merged = is.customer(into)?;
        answers.push(Merged {
            from: from.clone(),
            into: into.clone(),
            coverage_before: [one.reach().coverage, other.reach().coverage],
            coverage_after: merged.reach().coverage,
            gaps_before: one.gaps().len() + other.gaps().len(),
            gaps_after: merged.gaps().len(),
        });
        if !question.call.json {
            writeln!(out, "If {} becomes part of {}:\n", one.name(), other.name())?;
            writeln!(out, "{}", merged.checkup().text())?;
        }
    }
    if question.call.json { support::print_json(out, &answers) } else { Ok(()) }
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "leaves" => question.suppose.push(Suppose::leaves(parser.value()?.string()?)),
            "trusts" => question.suppose.push(trusts(&parser.value()?.string()?)?),
            "breaks" => {
                let (who, trusts) = pair(&parser.value()?.string()?)?;
                question.suppose.push(Suppose::tie_breaks(who, trusts));
            }
            "mends" => {
                let (who, trusts) = pair(&parser.value()?.string()?)?;
                question.suppose.push(Suppose::tie_mends(who, trusts));
            }
            "manager" => {
                let (person, manager) = pair(&parser.value()?.string()?)?;
                let manager = Some(manager.as_str()).filter(|it| !it.is_empty());
                question.suppose.push(Suppose::new_manager(person, manager));
            }
            "merges" => question.merges.push(pair(&parser.value()?.string()?)?),
            "top" => question.top = Some(parser.value()?.parse()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}

/// Two ids with `=` between them.
fn pair(text: &str) -> Result<(Text, Text), Stop> {
    let pair = text.split_once('=').ok_or_else(|| Stop::Usage(format!("write `{text}` as ID=ID")))?;
    Ok((pair.0.into(), pair.1.into()))
}

fn trusts(text: &str) -> Result<Suppose, Stop> {
    let (pair_text, level) = text.rsplit_once(':').unwrap_or((text, "0.5"));
    let level = level.parse().ok().and_then(|level| Share::new(level).ok());
    let level = level.ok_or_else(|| Stop::Usage(format!("`{text}`: the level is a number from 0 to 1")))?;
    let (who, trusts) = pair(pair_text)?;
    Ok(Suppose::tie_forms(who, trusts, level))
}
