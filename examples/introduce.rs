//! Who should ask for an introduction, and through which people?

mod support;

use std::io::Write;
use std::process::ExitCode;

use lexopt::ValueExt;
use stakeholder_graph::Share;
use stakeholder_graph::introduction::{Answer, ExplainedPath};
use support::{Call, Stop};

const HELP: &str = "\
Finds warm introductions to one person: who asks whom, how likely it works, and who should lead.

Usage: introduce --to ID [INPUT] [OPTIONS]

  --to ID              whom to reach
  --from ID            the one of ours who asks (default: anybody of ours)
  --from-team          anybody of the account team
  --avoid ID           somebody not to be asked (may be given again)
  --k N                how many ways, each through another last introducer (default: 3)
  --max-ties N         the most steps a way may have (default: 3)
  --floor SHARE        the least proven strength, 0 to 1 (default: 0.25)
";

#[derive(Default)]
struct Question {
    call: Call,
    to: Option<String>,
    from: Option<String>,
    from_team: bool,
    avoid: Vec<String>,
    k: Option<usize>,
    max_ties: Option<u8>,
    floor: Option<f64>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let to = question.to.ok_or_else(|| Stop::Usage("say whom to reach with --to".to_owned()))?;
    let network = question.call.network()?;
    let view = network.view(question.call.day(&network)?, &question.call.settings(&network)?);
    let mut search = view.introductions(&to)?.avoid(question.avoid.iter().map(String::as_str))?;
    if let Some(from) = &question.from {
        search = search.asked_by(from)?;
    } else if question.from_team {
        search = search.asked_by_account_team()?;
    }
    if let Some(ties) = question.max_ties {
        search = search.max_ties(ties);
    }
    if let Some(floor) = question.floor {
        search = search.floor(Share::new(floor).map_err(|error| Stop::Usage(format!("--floor: {error}")))?);
    }
    let answer = search.answer(question.k.unwrap_or(3));
    let mut out = std::io::stdout().lock();
    if question.call.json { support::print_json(&mut out, &answer) } else { print(&mut out, &answer) }
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "to" => question.to = Some(parser.value()?.string()?),
            "from" => question.from = Some(parser.value()?.string()?),
            "from-team" => question.from_team = true,
            "avoid" => question.avoid.push(parser.value()?.string()?),
            "k" => question.k = Some(parser.value()?.parse()?),
            "max-ties" => question.max_ties = Some(parser.value()?.parse()?),
            "floor" => question.floor = Some(parser.value()?.parse()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}

fn print(out: &mut impl Write, answer: &Answer) -> Result<(), Stop> {
    if answer.paths.is_empty() {
        writeln!(out, "No path to {} yet.", answer.target)?;
    }
    for (number, path) in (1..).zip(&answer.paths) {
        writeln!(out, "{number}. {path}")?;
        print_hops(out, path)?;
    }
    if let Some(team_up) = &answer.team_up {
        writeln!(out, "\nPlan: {team_up}")?;
        for explain in &team_up.explain {
            writeln!(out, "  - {explain}")?;
        }
    }
    if let Some(none) = &answer.no_path {
        if let Some(nearest) = &none.nearest {
            writeln!(out, "BlockedPath: {}", nearest.path)?;
            for miss in &nearest.misses {
                writeln!(out, "  - {miss}")?;
            }
        }
        if let Some(opening) = &none.opening {
            writeln!(out, "A way opens {opening}")?;
        }
    }
    if answer.gave_up {
        writeln!(out, "The search gave up: there may be better ways.")?;
    }
    Ok(())
}

/// The evidence behind each step, and how far it may fall.
fn print_hops(out: &mut impl Write, path: &ExplainedPath) -> Result<(), Stop> {
    for hop in &path.hops {
        let opinion = &hop.opinion;
        write!(out, "   {} trusts {}: {:.2}–{:.2}", hop.asked, hop.asker, opinion.belief, opinion.at_most())?;
        if let Some(basis) = hop.basis {
            write!(out, " ({basis})")?;
        }
        if let Some(day) = hop.last_contact {
            write!(out, ", last in touch on {day}")?;
        }
        if let Some(tolerance) = &hop.tolerance {
            write!(out, ", may fall to {:.2}", tolerance.may_fall_to)?;
        }
        writeln!(out)?;
        for line in hop.evidence.iter().take(3) {
            let day = line.day.map_or_else(|| "lasting".to_owned(), |day| day.to_string());
            let (when_new, now) =
                (line.when_new.supporting - line.when_new.against, line.now.supporting - line.now.against);
            writeln!(
                out,
                "       {day}  {} ({}), {when_new:+.2} when new, {now:+.2} today",
                line.kind, line.record_id
            )?;
        }
        if hop.evidence.len() > 3 {
            writeln!(out, "       and {} more", hop.evidence.len() - 3)?;
        }
    }
    Ok(())
}
