//! Strength as a paragraph.

use std::fmt;

use super::{Concentration, Point, Resilience, Strength, TeamNetwork};
use crate::gap::Percent;
use crate::share::Share;

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proven = Percent(self.coverage.proven);
        writeln!(f, "{}: {proven} of the decision trusts us", self.customer)?;
        rests(f, self.concentration.as_ref())?;
        let calls = &self.first_calls;
        let (ours, rival, nobody) = (Percent(calls.ours), Percent(calls.rival), Percent(calls.nobody));
        writeln!(f, "  first call: {ours} to us, {rival} to a rival, {nobody} to nobody we know of")?;
        left(f, self.resilience.as_ref())?;
        trend(f, &self.trend)
    }
}

impl fmt::Display for TeamNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proven = Percent(self.coverage.proven);
        let people = self.people;
        writeln!(f, "Our own team: each of {people} trusts a colleague with {proven}")?;
        rests(f, self.concentration.as_ref())?;
        left(f, self.resilience.as_ref())?;
        let alone: Vec<String> = self.alone.iter().map(ToString::to_string).collect();
        if !alone.is_empty() {
            writeln!(f, "  no colleague is known to trust {}", alone.join(", "))?;
        }
        trend(f, &self.trend)
    }
}

fn rests(f: &mut fmt::Formatter<'_>, concentration: Option<&Concentration>) -> fmt::Result {
    let Some(it) = concentration else { return writeln!(f, "  nobody trusts anybody, as far as is known") };
    let (trusting, trusted) = (AsMany(it.trusting), AsMany(it.trusted));
    writeln!(f, "  that rests as if on {trusting} who trust alike and {trusted} who are trusted alike")
}

/// The number of equal parts that gives the same index.
struct AsMany(Share);

impl fmt::Display for AsMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", 1.0 / self.0.get())
    }
}

fn left(f: &mut fmt::Formatter<'_>, resilience: Option<&Resilience>) -> fmt::Result {
    let Some(it) = resilience else { return Ok(()) };
    writeln!(f, "  without {}, {} would be left", it.without, Percent(it.coverage))
}

fn trend(f: &mut fmt::Formatter<'_>, trend: &[Point]) -> fmt::Result {
    let points: Vec<String> =
        trend.iter().map(|point| format!("{} on {}", Percent(point.coverage.proven), point.day)).collect();
    writeln!(f, "  over the last four quarters: {}", points.join(", "))
}
