//! Reads the public data sets from their folders.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use stakeholder_graph::Moment;

/// Any error on the way to the table.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// One row of a table, by column.
pub(crate) type Line = BTreeMap<String, String>;

/// The rows of `name.csv`, or of `name.csv.gz`.
pub(crate) fn rows(folder: &Path, name: &str) -> Result<Vec<Line>, Failure> {
    let plain = folder.join(format!("{name}.csv"));
    let packed = folder.join(format!("{name}.csv.gz"));
    let reader: Box<dyn Read> = if plain.exists() {
        Box::new(File::open(plain)?)
    } else {
        let file = File::open(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
        Box::new(GzDecoder::new(file))
    };
    Ok(csv::Reader::from_reader(reader).deserialize().collect::<Result<Vec<Line>, _>>()?)
}

/// A field of a row; empty when missing.
pub(crate) fn field<'a>(line: &'a Line, name: &str) -> &'a str {
    line.get(name).map_or("", String::as_str)
}

/// A tie with a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rating {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) value: f64,
}

/// The ratings of a set, in order of time where they are dated.
pub(crate) fn ratings(folder: &Path) -> Result<Vec<Rating>, Failure> {
    let mut lines = rows(folder, "ties")?;
    lines.sort_by(|a, b| field(a, "date").cmp(field(b, "date")));
    let rating = |line: &Line| -> Result<Rating, Failure> {
        let (from, to) = (field(line, "from").parse()?, field(line, "to").parse()?);
        Ok(Rating { from, to, value: field(line, "weight").parse()? })
    };
    lines.iter().map(rating).collect()
}

/// A mail from one account to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mail {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) at: Moment,
    /// Seconds since the first day of 1970.
    pub(crate) second: i64,
    /// Days since then.
    pub(crate) day: i32,
}

/// The mails of a firm in order of time, without those to oneself.
pub(crate) fn mails(folder: &Path) -> Result<Vec<Mail>, Failure> {
    let mut mails = Vec::new();
    for line in rows(folder, "events")? {
        let at: Moment = field(&line, "date").parse()?;
        let day = at.day().epoch_days();
        let second = i64::from(day) * 86_400 + i64::from(at.second_of_day().unwrap_or(0));
        mails.push(Mail {
            from: field(&line, "from").parse()?,
            to: field(&line, "to").parse()?,
            at,
            second,
            day,
        });
    }
    mails.retain(|mail| mail.from != mail.to);
    mails.sort_by_key(|mail| mail.second);
    Ok(mails)
}
