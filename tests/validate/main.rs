//! Do the figures mean anything? Measures them on real people, in order of time, against simple baselines.
#![allow(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "counts are small, and positions come from lists that were made beside each other"
)]

mod baselines;
mod data;
mod hierarchy;
mod network;
mod organograms;
mod ratings;
mod replies;
mod stats;
mod table;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::{Arg, ValueExt};

use data::Failure;
use table::Row;

const HELP: &str = "\
Measures the crate's figures on public data about real people, beside plain ways of asking.

Usage: validate FOLDER [OPTIONS]

  FOLDER               the data sets, one folder each (docs/VALIDATION.md says which)
  --only WORD          only data sets whose name contains the word
  --quick              fewer questions, for a first look
  --check FILE         fail when a figure got worse than the one written there by more than its noise
  --markdown           the table as docs/VALIDATION.md has it
  --json               the table as data
  --help               this text
";

#[derive(Default)]
struct Call {
    folder: PathBuf,
    only: Option<String>,
    quick: bool,
    check: Option<PathBuf>,
    markdown: bool,
    json: bool,
}

fn main() -> ExitCode {
    let call = match parse() {
        Ok(Some(call)) => call,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\nfor help, add --help");
            return ExitCode::from(2);
        }
    };
    match job(&call) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}

fn parse() -> Result<Option<Call>, lexopt::Error> {
    let mut parser = lexopt::Parser::from_env();
    let mut call = Call::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") => return Ok(None),
            Arg::Long("only") => call.only = Some(parser.value()?.string()?),
            Arg::Long("quick") => call.quick = true,
            Arg::Long("check") => call.check = Some(parser.value()?.into()),
            Arg::Long("markdown") => call.markdown = true,
            Arg::Long("json") => call.json = true,
            Arg::Value(folder) if call.folder.as_os_str().is_empty() => call.folder = folder.into(),
            Arg::Short(_) | Arg::Long(_) | Arg::Value(_) => return Err(argument.unexpected()),
        }
    }
    if call.folder.as_os_str().is_empty() {
        return Err("say where the data sets are".into());
    }
    Ok(Some(call))
}

/// Answers every question whose data set is present; returns whether nothing got worse.
fn job(call: &Call) -> Result<bool, Failure> {
    type Question = fn(&std::path::Path, bool) -> Result<Vec<Row>, Failure>;
    let questions: [(&str, Question); 6] = [
        ("radoslaw_manufacturing", replies::rows),
        ("krackhardt_hightech", hierarchy::advice),
        ("radoslaw_manufacturing", hierarchy::mail),
        ("bitcoin_otc", ratings::signed),
        ("advogato", ratings::graded),
        ("uk_organograms", organograms::rows),
    ];
    if !call.folder.is_dir() {
        return Err(format!("{} is no folder", call.folder.display()).into());
    }
    let mut rows = Vec::new();
    for (name, question) in questions {
        if call.only.as_ref().is_some_and(|word| !name.contains(word.as_str())) {
            continue;
        }
        let folder = call.folder.join(name);
        let there =
            if name == "uk_organograms" { organograms::first_day(&call.folder) } else { folder.clone() };
        if there.is_dir() {
            rows.extend(question(&folder, call.quick)?);
        } else {
            eprintln!("note: {name} is not there");
        }
    }
    let mut out = std::io::stdout().lock();
    if call.json {
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", if call.markdown { table::markdown(&rows) } else { table::text(&rows) })?;
    }
    let Some(page) = &call.check else { return Ok(true) };
    let page = std::fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))?;
    let complaints = table::worse(&rows, &page, call.quick);
    for complaint in &complaints {
        eprintln!("worse: {complaint}");
    }
    Ok(complaints.is_empty())
}
