//! What is said of too few kinds of people, or too few of them.

use std::fmt;

use super::{Name, Percent};
use crate::gap::reason::Reason;

pub(super) fn breadth(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::NarrowCoverage { unit, name, covered, all, share, power, .. } => {
            let name = crate::problem::Printable(name);
            let unit = Of(unit, &name);
            if *all {
                write!(
                    f,
                    "all {covered} who trust us are of {unit}, which holds {} of the decision",
                    Percent(*power)
                )
            } else {
                write!(
                    f,
                    "{} of our coverage lies in {unit}, which holds {} of the decision",
                    Percent(*share),
                    Percent(*power)
                )
            }
        }
        Reason::WhitespaceUnit { unit, name, people, power } => {
            let name = crate::problem::Printable(name);
            write!(
                f,
                "nobody is reached in {}: {people} people with {} of the decision",
                Of(unit, &name),
                Percent(*power)
            )
        }
        Reason::ThinCoverage { contacts, needed, known } => {
            write!(f, "only {contacts} of {known} known people trust us, where {needed} should")
        }
        Reason::MapOutgrown { of, since, before, now, covered_before, covered } => {
            write!(
                f,
                "their {of} grew from {before} to {now} since {since}, and those with a live tie to us "
            )?;
            if covered == covered_before {
                write!(f, "are {covered} as before")
            } else {
                write!(f, "fell from {covered_before} to {covered}")
            }
        }
        Reason::NoExecutiveCover { executives, power, last, .. } => {
            match (last, executives) {
                (Some(day), _) => write!(f, "no executive who trusts us was in touch since {day}")?,
                (None, 1) => write!(f, "the one executive we know, {who}, trusts nobody of ours")?,
                (None, all) => write!(f, "none of the {all} executives we know trusts any of ours")?,
            }
            write!(f, "; at the top lie {} of the decision", Percent(*power))
        }
        Reason::SeniorityMismatch { power, level, ours } => write!(
            f,
            "{who} ({}, {} of the decision) trusts nobody of ours above {}",
            Level(level),
            Percent(*power),
            Level(ours)
        ),
        _ => Ok(()),
    }
}

/// A unit with its name, as a sentence has it.
struct Of<'a>(&'a str, &'a dyn fmt::Display);

impl fmt::Display for Of<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == "level" {
            write!(f, "level {}", Level(&self.1.to_string()))
        } else {
            write!(f, "{} {}", self.0, self.1)
        }
    }
}

struct Level<'a>(&'a str);

impl fmt::Display for Level<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            "c_level" => "C-level",
            "vp" => "vice president",
            other => other,
        })
    }
}
