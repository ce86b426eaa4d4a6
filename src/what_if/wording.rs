//! What would change, as a page of text.

use std::fmt;

use super::effect::{Effect, PersonEffect};
use super::leaving::Leaving;
use super::{Handover, Suppose, WhatIf};
use crate::gap::Percent;
use crate::label::Label;

impl fmt::Display for WhatIf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let supposed: Vec<String> = self.suppose.iter().map(Suppose::to_string).collect();
        writeln!(f, "If {} (seen on {}):", supposed.join(", and "), self.day)?;
        if self.is_nothing() {
            return writeln!(f, "  nothing would be different at any customer.");
        }
        for effect in &self.customers {
            writeln!(f)?;
            effect.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.coverage.before.proven, self.coverage.after.proven);
        write!(f, "{}: ", Label::new(&self.customer_name))?;
        if before == after {
            writeln!(f, "we reach {} of the decision, as before", Percent(after))?;
        } else {
            writeln!(f, "we reach {} of the decision instead of {}", Percent(after), Percent(before))?;
        }
        list(f, "no longer reached", self.no_longer_reached().filter(|it| !it.is_cut_off()))?;
        list(f, "cut off from us", self.cut_off())?;
        list(f, "reached then", self.won())?;
        for handover in &self.handovers {
            handover.fmt(f)?;
        }
        self.gaps.fmt(f)
    }
}

fn list<'e>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    people: impl Iterator<Item = &'e PersonEffect>,
) -> fmt::Result {
    let names: Vec<String> =
        people.map(|it| format!("{} ({} of the decision)", it.person, Percent(it.power.after))).collect();
    if names.is_empty() { Ok(()) } else { writeln!(f, "  {title}: {}", names.join(", ")) }
}

impl fmt::Display for Handover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.successor {
            Some(successor) => writeln!(f, "  best successor of {}: {successor}", self.from)?,
            None => writeln!(f, "  no one on our team could take over from {}", self.from)?,
        }
        for tie in &self.ties {
            match &tie.introduction {
                Some(path) => writeln!(f, "    {}: {path}", tie.person)?,
                None => writeln!(f, "    {}: no path is left; hand over before they leave", tie.person)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Leaving {
    /// Without a newline after the last line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}  {}", self.cost, self.person)?;
        for at in &self.customers {
            let name = Label::new(&at.customer_name);
            let (now, then) = (Percent(at.coverage).to_string(), Percent(at.without).to_string());
            if now == then {
                write!(f, "\n      {name}: less than one percent")?;
            } else {
                write!(f, "\n      {name}: {then} of the decision instead of {now}")?;
            }
            let no_longer_reached: Vec<String> =
                at.no_longer_reached.iter().map(ToString::to_string).collect();
            if !no_longer_reached.is_empty() {
                write!(f, "; no longer reached: {}", no_longer_reached.join(", "))?;
            }
        }
        Ok(())
    }
}
