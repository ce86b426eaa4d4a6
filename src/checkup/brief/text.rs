//! A brief as a page of text.

use std::fmt;

use super::Brief;
use super::calls::{Call, ThankYou};
use super::updates::{Update, UpdateKind};
use super::wrong::{Alert, AlertKind};
use crate::gap::Percent;
use crate::label::Label;
use crate::text::Text;

/// The most lines in a part of the page; the data has all.
const SHOWN: usize = 8;
/// How many reasons for a call are shown.
const REASONS: usize = 3;

impl fmt::Display for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Brief for {}", self.day)?;
        if let Some(staff) = &self.staff {
            write!(f, ", for {staff}")?;
        }
        let noun = if self.customers == 1 { "customer" } else { "customers" };
        writeln!(f, " (since {}, {} {noun})\n", self.since, self.customers)?;
        part(f, "Anything new?", &self.new)?;
        part(f, "Anything wrong?", &self.wrong)?;
        writeln!(f, "Call today ({} minutes)", self.minutes())?;
        if self.calls.is_empty() && self.check_in.is_empty() {
            writeln!(f, "  nobody: there is no call that would help, and nobody to talk to")?;
        }
        for (number, call) in (1..).zip(&self.calls) {
            write!(f, "  {number}. {call}")?;
        }
        for (number, check_in) in (self.calls.len() + 1..).zip(&self.check_in) {
            let name = Label::new(&check_in.customer.name);
            writeln!(f, "  {number}. {} calls {} ({name}), just to talk", check_in.by, check_in.person)?;
            writeln!(f, "       last in touch on {}", check_in.last_contact)?;
        }
        if self.calls_left_out > 0 {
            writeln!(f, "  and {} more, for which there is no time today", self.calls_left_out)?;
        }
        if !self.thank_you.is_empty() {
            writeln!(f)?;
            part(f, "ThankYou", &self.thank_you)?;
        }
        Ok(())
    }
}

fn part(f: &mut fmt::Formatter<'_>, title: &str, lines: &[impl fmt::Display]) -> fmt::Result {
    writeln!(f, "{title}")?;
    if lines.is_empty() {
        writeln!(f, "  no")?;
    }
    for line in lines.iter().take(SHOWN) {
        writeln!(f, "  - {line}")?;
    }
    if lines.len() > SHOWN {
        writeln!(f, "  and {} more", lines.len() - SHOWN)?;
    }
    writeln!(f)
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {}", self.customer, self.day, self.what)
    }
}

impl fmt::Display for UpdateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = |subject: &Option<Text>| {
            subject.as_deref().map_or(String::new(), |it| format!(" ({})", Label::new(it)))
        };
        match self {
            Self::Order { person: Some(person), subject } => write!(f, "{person} ordered{}", about(subject)),
            Self::Order { person: None, subject } => write!(f, "an order{}", about(subject)),
            Self::Quote { person: Some(person), subject } => {
                write!(f, "{person} asked us for a quote{}", about(subject))
            }
            Self::Quote { person: None, subject } => write!(f, "a quote was asked of us{}", about(subject)),
            Self::Introduction { by, people } => {
                let people: Vec<String> = people.iter().map(ToString::to_string).collect();
                write!(f, "{by} brought {} together", people.join(" and "))
            }
            Self::ConcernAnswered { concern, person, changed_something } => {
                let concern = Label::new(concern);
                match person {
                    Some(person) => write!(f, "the concern of {person} was answered ({concern})")?,
                    None => write!(f, "concern {concern} was answered")?,
                }
                f.write_str(if *changed_something { ", and something changed" } else { "" })
            }
            Self::Joined { person, power } => {
                write!(f, "{person} joined and holds {} of the decision", Percent(*power))
            }
            Self::Left { person } => write!(f, "{person} is gone"),
        }
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.customer, self.gap)?;
        match self.kind {
            AlertKind::Opened => f.write_str(" (new)"),
            AlertKind::Worsened { before } => write!(f, " ({:.2}, was {before:.2})", self.gap.severity),
            AlertKind::Woken => f.write_str(" (no longer left to rest)"),
            AlertKind::PowerTable => Ok(()),
        }
    }
}

impl fmt::Display for Call {
    /// One line for the call and one for each reason.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = if self.is_new { ", new" } else { "" };
        writeln!(f, "{} calls {} ({}{new})", self.by, self.person, self.customer)?;
        for why in self.why.iter().take(REASONS) {
            match &why.introduction_to {
                Some(target) => writeln!(f, "       to be introduced to {target}: {}", why.sentence)?,
                None => writeln!(f, "       {}", why.sentence)?,
            }
        }
        if self.why.len() > REASONS {
            writeln!(f, "       and {} more", self.why.len() - REASONS)?;
        }
        Ok(())
    }
}

impl fmt::Display for ThankYou {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} thanks {} ({}): {}", self.by, self.person, self.customer, self.what)
    }
}
