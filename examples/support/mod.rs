//! What the examples share: the source of records, the day, and how failure is reported.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::ValueExt;
use stakeholder_graph::io::{Reading, json, ndjson};
use stakeholder_graph::{Day, Network, Problems, Records, Settings, SettingsReading, Severity};

/// The portfolio that ships with the crate.
const SAMPLE: &str = include_str!("../sample.json");

/// What every example says about its input in `--help`.
pub(crate) const INPUT_HELP: &str = "\
Input (without any, the sample that ships with the crate):
  FILE                 one JSON document, or NDJSON with one customer a line (.ndjson)
  FOLDER               a folder of CSV files: customers.csv, people.csv, ties.csv, ...
  --salesforce FOLDER  Salesforce's own export: Account.csv, Contact.csv, ...
                       (for both: cargo run --features csv)
  --staff FILE         our own staff, as a JSON document, beside NDJSON
  --strict             refuse input with any fault (else faults are mended or left out, and told)
  --settings FILE      other thresholds and weights, as JSON
  --day YYYY-MM-DD     the day to look at (default: the day of the records)
  --format text|json   the form of the answer (default: text)
";

/// Why an example ends before its job is done.
pub(crate) enum Stop {
    /// The call makes no sense.
    Usage(String),
    /// The input or the question does.
    Failed(String),
    /// The other end of the pipe was closed: nothing to report.
    Silent,
}

impl From<lexopt::Error> for Stop {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<stakeholder_graph::Error> for Stop {
    fn from(error: stakeholder_graph::Error) -> Self {
        let cause = std::error::Error::source(&error).map_or(String::new(), |cause| format!(": {cause}"));
        Self::Failed(format!("{error}{cause}"))
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::Silent
        } else {
            Self::Failed(error.to_string())
        }
    }
}

/// Runs an example: 0 when it did its job, 1 when the input or the question was wrong, 2 when the call was.
pub(crate) fn run(job: fn() -> Result<(), Stop>) -> ExitCode {
    match job() {
        Ok(()) | Err(Stop::Silent) => ExitCode::SUCCESS,
        Err(Stop::Failed(why)) => {
            eprintln!("error: {why}");
            ExitCode::from(1)
        }
        Err(Stop::Usage(why)) => {
            eprintln!("error: {why}\nfor help, add --help");
            ExitCode::from(2)
        }
    }
}

/// One argument of a call.
pub(crate) enum Argument {
    /// An option, without its dashes.
    Option(String),
    /// Anything else.
    Value(std::ffi::OsString),
}

/// The next argument, free of the parser, which is still needed for the option's value.
pub(crate) fn next(parser: &mut lexopt::Parser) -> Result<Option<Argument>, Stop> {
    Ok(parser.next()?.map(|argument| match argument {
        lexopt::Arg::Short(letter) => Argument::Option(letter.to_string()),
        lexopt::Arg::Long(name) => Argument::Option(name.to_owned()),
        lexopt::Arg::Value(value) => Argument::Value(value),
    }))
}

/// Reads the arguments of a call: an option of the example's own goes to `own`, with the parser for its value, and
/// `own` returns whether it knows it; all others are the call's. Prints the help, and returns no call, where help
/// is requested.
pub(crate) fn arguments(
    help: &str,
    mut own: impl FnMut(&str, &mut lexopt::Parser) -> Result<bool, Stop>,
) -> Result<Option<Call>, Stop> {
    let (mut parser, mut call) = (lexopt::Parser::from_env(), Call::default());
    while let Some(argument) = next(&mut parser)? {
        match &argument {
            Argument::Option(name) if name == "help" => {
                write!(std::io::stdout(), "{help}\n{INPUT_HELP}")?;
                return Ok(None);
            }
            Argument::Option(name) if own(name, &mut parser)? => {}
            Argument::Option(_) | Argument::Value(_) => call.take(argument, &mut parser)?,
        }
    }
    Ok(Some(call))
}

/// The part of a call that every example understands.
#[derive(Default)]
pub(crate) struct Call {
    input: Option<PathBuf>,
    salesforce: Option<PathBuf>,
    staff: Option<PathBuf>,
    settings: Option<PathBuf>,
    day: Option<Day>,
    strict: bool,
    /// Whether the answer is to be JSON.
    pub(crate) json: bool,
}

impl Call {
    /// Takes an argument that is none of the example's own.
    pub(crate) fn take(&mut self, argument: Argument, parser: &mut lexopt::Parser) -> Result<(), Stop> {
        let name = match argument {
            Argument::Option(name) => name,
            Argument::Value(path) if self.input.is_none() => {
                self.input = Some(path.into());
                return Ok(());
            }
            Argument::Value(_) => return Err(Stop::Usage("give one input, not two".to_owned())),
        };
        match name.as_str() {
            "salesforce" => self.salesforce = Some(parser.value()?.into()),
            "staff" => self.staff = Some(parser.value()?.into()),
            "settings" => self.settings = Some(parser.value()?.into()),
            "day" => self.day = Some(parser.value()?.parse()?),
            "strict" => self.strict = true,
            "format" => {
                self.json = match parser.value()?.string()?.as_str() {
                    "json" => true,
                    "text" => false,
                    _ => return Err(Stop::Usage("--format is text or json".to_owned())),
                }
            }
            _ => return Err(Stop::Usage(format!("there is no option --{name}"))),
        }
        Ok(())
    }

    /// Reads the records and builds the network; what is worth knowing about the input goes to standard error.
    pub(crate) fn network(&self) -> Result<Network, Stop> {
        let records = self.records()?;
        if self.strict {
            return Ok(Network::build(records)?);
        }
        let repaired = Network::repair(records)?;
        tell(&repaired.problems);
        Ok(repaired.network)
    }

    /// Reads the records alone.
    pub(crate) fn records(&self) -> Result<Records, Stop> {
        let Reading { records, notes, .. } = self.read()?;
        for note in &notes {
            eprintln!("note: {note}");
        }
        Ok(records)
    }

    /// The settings that were asked for, or the defaults. The kinds, customers and people that they name must be known.
    #[allow(dead_code, reason = "not every example is without a kind of its own")]
    pub(crate) fn settings(&self, network: &Network) -> Result<Settings, Stop> {
        self.settings_with(network, None)
    }

    /// The same, where the caller has a kind of gap of its own.
    pub(crate) fn settings_with(&self, network: &Network, own: Option<&str>) -> Result<Settings, Stop> {
        let Some(path) = &self.settings else { return Ok(Settings::default()) };
        let failed = |error: &dyn std::fmt::Display| Stop::Failed(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
        let SettingsReading { settings, notes, .. } =
            Settings::from_json(&text).map_err(|faults| failed(&faults))?;
        for note in &notes {
            eprintln!("note: {}: {note}", path.display());
        }
        settings.check(network, own).map_err(|faults| failed(&faults))?;
        Ok(settings)
    }

    /// The day that was asked for, or the day of the records, or the last day on which something happened. Says on standard
    /// error which one it took, and where it is far from the last event.
    #[allow(dead_code, reason = "not every example looks at one day")]
    pub(crate) fn day(&self, network: &Network) -> Result<Day, Stop> {
        /// Days without an event that are nothing unusual.
        const USUAL: i32 = 30;
        let day = self.day.or_else(|| network.as_of());
        let day =
            day.ok_or_else(|| Stop::Usage("the records carry no day: say which one with --day".to_owned()))?;
        if self.day.is_none() && !network.is_day_given() {
            eprintln!(
                "note: the records carry no day; looking at {day}, the last day on which something happened (--day sets \
                 another)"
            );
        }
        if let Some(last) = network.last_event().filter(|last| day.days_since(*last).abs() > USUAL) {
            let days = day.days_since(last);
            let side = if days > 0 { "after" } else { "before" };
            eprintln!(
                "note: {day} is {} days {side} {last}, the last day on which something happened",
                days.abs()
            );
        }
        Ok(day)
    }

    /// Refuses a day to compare with that is later than the day to look at.
    #[allow(dead_code, reason = "not every example compares two days")]
    pub(crate) fn not_after(since: Day, day: Day) -> Result<(), Stop> {
        if since <= day {
            return Ok(());
        }
        Err(Stop::Failed(format!("--since {since} is after {day}, the day to look at")))
    }

    fn read(&self) -> Result<Reading, Stop> {
        match (&self.input, &self.salesforce) {
            (Some(_), Some(_)) => Err(Stop::Usage("give one input, not two".to_owned())),
            (None, Some(folder)) => read_salesforce(folder),
            (None, None) => Ok(json::read(SAMPLE.as_bytes())?),
            (Some(path), None) if path.is_dir() => read_csv(path),
            (Some(path), None) if path.extension().is_some_and(|it| it == "ndjson") => {
                let staff = self.staff.as_deref();
                let staff = staff
                    .ok_or_else(|| Stop::Usage("NDJSON needs --staff with our own people".to_owned()))?;
                Ok(ndjson::read(open(staff)?, open(path)?)?)
            }
            (Some(path), None) => Ok(json::read(open(path)?)?),
        }
    }
}

#[cfg(feature = "csv")]
fn read_csv(folder: &Path) -> Result<Reading, Stop> {
    Ok(stakeholder_graph::io::csv::read(folder)?)
}

#[cfg(feature = "csv")]
fn read_salesforce(folder: &Path) -> Result<Reading, Stop> {
    Ok(stakeholder_graph::io::crm::salesforce::read(folder)?)
}

#[cfg(not(feature = "csv"))]
use without_csv as read_csv;
#[cfg(not(feature = "csv"))]
use without_csv as read_salesforce;

/// Names the command that does what this build, made without the reader of CSV files, cannot.
#[cfg(not(feature = "csv"))]
fn without_csv(_folder: &Path) -> Result<Reading, Stop> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,".contains(c);
    let arguments = std::env::args_os().skip(1).map(|argument| {
        let argument = argument.to_string_lossy();
        if argument.chars().all(plain) {
            format!(" {argument}")
        } else {
            format!(" '{}'", argument.replace('\'', r"'\''"))
        }
    });
    Err(Stop::Failed(format!(
        "CSV files are read with the feature `csv`; run\n  cargo run --release --features csv --example {} --{}",
        env!("CARGO_BIN_NAME"),
        arguments.collect::<String>()
    )))
}

fn open(path: &Path) -> Result<BufReader<File>, Stop> {
    match File::open(path) {
        Ok(file) => Ok(BufReader::new(file)),
        Err(error) => Err(Stop::Failed(format!("{}: {error}", path.display()))),
    }
}

/// One line a kind of problem, with the first of it: a dirty export has thousands.
fn tell(problems: &Problems) {
    let mut told: Vec<&str> = Vec::new();
    for problem in problems {
        let code = problem.code();
        if told.contains(&code) {
            continue;
        }
        told.push(code);
        let severity = if problem.severity == Severity::Note { "note" } else { "repaired" };
        match problems.count(code) {
            1 => eprintln!("{severity}: {problem}"),
            count => eprintln!("{severity}: {count} times {code}, first {problem}"),
        }
    }
}

/// Writes an answer as JSON.
pub(crate) fn print_json(out: &mut impl Write, answer: &impl serde::Serialize) -> Result<(), Stop> {
    serde_json::to_writer_pretty(&mut *out, answer)
        .map_err(|error| Stop::from(std::io::Error::from(error)))?;
    Ok(writeln!(out)?)
}
