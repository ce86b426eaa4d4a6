//! Do our figures come true on our own history, and which settings make them come truer?

mod support;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use stakeholder_graph::calibrate::{Calibration, IntroductionRecord, Reliability};
use stakeholder_graph::{Error, Settings};
use support::{Call, Stop};

const HELP: &str = "\
Learns evidence settings from what was asked of people and whether they did it, and says how much that gains.

Usage: calibrate [INPUT] [OPTIONS]

  --save FILE          write the settings to go on with, for --settings of any example
  --svg FILE           draw chances given against how often they came true
";

#[derive(Default)]
struct Question {
    call: Call,
    save: Option<PathBuf>,
    svg: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(question) = parse()? else { return Ok(()) };
    let mut out = std::io::stdout().lock();
    let network = question.call.network()?;
    let settings = question.call.settings(&network)?;
    let introductions = network.introduction_record(&settings, &network.introductions_asked())?;
    let calibration = match network.calibrate(&settings) {
        Ok(calibration) => calibration,
        // No failure: who has only begun to write things down goes on with the settings at hand.
        Err(error @ Error::TooLittleHistory { .. }) => {
            return refuse(&mut out, &question, &error, &introductions);
        }
        Err(error) => return Err(error.into()),
    };
    if question.call.json {
        support::print_json(
            &mut out,
            &serde_json::json!({ "calibration": calibration, "introductions": introductions }),
        )?;
    } else {
        print(&mut out, &calibration, &introductions)?;
    }
    keep(&question, &calibration.settings, &calibration.reliability)
}

fn parse() -> Result<Option<Question>, Stop> {
    let mut question = Question::default();
    let call = support::arguments(HELP, |option, parser| {
        match option {
            "save" => question.save = Some(parser.value()?.into()),
            "svg" => question.svg = Some(parser.value()?.into()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(call.map(|call| Question { call, ..question }))
}

fn refuse(
    out: &mut impl Write,
    question: &Question,
    error: &Error,
    introductions: &IntroductionRecord,
) -> Result<(), Stop> {
    if question.call.json {
        let told = serde_json::json!({ "refused": error.to_string(), "introductions": introductions });
        return support::print_json(out, &told);
    }
    writeln!(out, "Nothing is learned, and the settings stay as they are: {error}")?;
    print_introductions(out, introductions)
}

fn print(
    out: &mut impl Write,
    calibration: &Calibration,
    introductions: &IntroductionRecord,
) -> Result<(), Stop> {
    writeln!(out, "{calibration}")?;
    writeln!(out, "chance given, came true [95%], of how many:")?;
    print_curve(out, &calibration.reliability)?;
    print_introductions(out, introductions)
}

fn print_introductions(out: &mut impl Write, introductions: &IntroductionRecord) -> Result<(), Stop> {
    if introductions.asked == 0 {
        return Ok(());
    }
    writeln!(out, "\n{} of {} introductions worked", introductions.worked, introductions.asked)?;
    writeln!(out, "strength expected, worked [95%], of how many:")?;
    print_curve(out, &introductions.by_projected)
}

fn print_curve(out: &mut impl Write, curve: &Reliability) -> Result<(), Stop> {
    for bin in &curve.bins {
        let (given, rate, n) = (bin.projected, bin.happened, bin.forecasts);
        writeln!(out, "  {given:.2}  {rate:.2} [{:.2}, {:.2}]  {n}", bin.low, bin.high)?;
    }
    Ok(())
}

fn keep(question: &Question, settings: &Settings, curve: &Reliability) -> Result<(), Stop> {
    let told = |path: &PathBuf, error: std::io::Error| Stop::Failed(format!("{}: {error}", path.display()));
    if let Some(path) = &question.save {
        let text = serde_json::to_string_pretty(settings).map_err(|error| Stop::Failed(error.to_string()))?;
        std::fs::write(path, text + "\n").map_err(|error| told(path, error))?;
    }
    if let Some(path) = &question.svg {
        std::fs::write(path, curve.to_svg()).map_err(|error| told(path, error))?;
    }
    Ok(())
}
