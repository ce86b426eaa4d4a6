//! How strong is the relationship with each customer, and our own house?

mod support;

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;
use stakeholder_graph::strength::{Strength, TeamNetwork};
use support::Stop;

const HELP: &str = "\
Says how strong the relationship with each customer is: how much of their power trusts us, on how few people that rests,
whom they would call first, what is left when one of ours leaves, and how it went over the last four quarters. Then the
same of our own house.

Usage: strength [INPUT] [OPTIONS]
";

#[derive(Serialize)]
struct All {
    customers: Vec<Strength>,
    team_network: TeamNetwork,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(call) = support::arguments(HELP, |_, _| Ok(false))? else { return Ok(()) };
    let mut out = std::io::stdout().lock();
    let network = call.network()?;
    let view = network.view(call.day(&network)?, &call.settings(&network)?);
    let all = All { customers: view.strengths(), team_network: view.team_network() };
    if call.json {
        return support::print_json(&mut out, &all);
    }
    for strength in &all.customers {
        writeln!(out, "{strength}")?;
    }
    Ok(write!(out, "{}", all.team_network)?)
}
