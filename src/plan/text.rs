//! A plan as a page of text.

use std::fmt;

use super::{Ask, Full, LeftOut, Plan, Scarce, WhyLeftOut};
use crate::gap::Percent;
use crate::label::Label;
use crate::view::PersonRef;

/// The most entries of those left out that a page shows; the plan itself has all.
const SHOWN: usize = 20;

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.asks.len() {
            0 => writeln!(f, "Nobody to ask for an introduction on {}.", self.day)?,
            1 => write!(f, "One introduction to ask for on {}, gaining {:.3}", self.day, self.gain.get())?,
            count => {
                write!(
                    f,
                    "{count} introductions to ask for on {}, gaining {:.3}",
                    self.day,
                    self.gain.get()
                )?;
            }
        }
        if self.is_best() && !self.asks.is_empty() {
            writeln!(f, ": no plan gains more.")?;
        } else if !self.is_best() {
            let (most, short) = (self.at_most.get(), 100.0 * self.short_of_best().get());
            writeln!(
                f,
                ": no plan gains more than {most:.3}, so it is at most {short:.1}% short of the best."
            )?;
        }
        for (number, ask) in (1..).zip(&self.asks) {
            writeln!(f, "{number:>3}. {ask}")?;
        }
        if self.left_out.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nLeft out:")?;
        for left_out in self.left_out.iter().take(SHOWN) {
            writeln!(f, "  - {left_out}")?;
        }
        match self.left_out.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}

impl fmt::Display for Ask {
    /// `Pam asks Wes, Wes asks Dan (Northgate Mills, 65% of the decision): likely 0.75, gains 0.492`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Sentence(&self.asking).fmt(f)?;
        let new = if self.is_new { ", new" } else { "" };
        write!(f, " ({}, {} of the decision{new})", Label::new(&self.customer_name), Percent(self.power))?;
        write!(f, ": likely {:.2}, gains {:.3}", self.projected, self.gain)
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let customer = Label::new(&self.customer_name);
        write!(f, "{} ({customer}, {} of the decision): ", self.target, Percent(self.power))?;
        match &self.why {
            WhyLeftOut::NoPath { gave_up: false } => f.write_str("no one can introduce us yet"),
            WhyLeftOut::NoPath { gave_up: true } => f.write_str("no chain found before the search gave up"),
            WhyLeftOut::BelowWorth { gain, .. } => {
                write!(f, "the best introduction would gain {gain:.3} only, which is not worth a favour")
            }
            WhyLeftOut::Capacity { asking, full, .. } => {
                for (i, full) in full.iter().enumerate() {
                    write!(f, "{}{full}", if i == 0 { "" } else { ", " })?;
                }
                write!(f, "; else {}", Sentence(asking))
            }
        }
    }
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            Scarce::Asks => write!(f, "{} is asked enough", self.person),
            Scarce::Hours => write!(f, "{} has no hours left", self.person),
            Scarce::HoursForOld => {
                write!(f, "{} has no hours left that are not kept for new customers", self.person)
            }
        }
    }
}

/// The introductions, as text.
struct Sentence<'a>(&'a [PersonRef]);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, pair) in self.0.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            write!(f, "{}{from} asks {to}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
