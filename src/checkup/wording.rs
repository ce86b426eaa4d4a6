//! Questions and facts in words. The figures are in the data; nothing here decides anything.

use std::fmt;

use super::questions::{Fact, Question};
use crate::gap::{Percent, Times};
use crate::label::Label;
use crate::record::InteractionKind;
use crate::share::Share;

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::HowAreThingsGoing => "How are things going?",
            Self::WhatChangedInUse => "What has changed in what they use?",
            Self::WhatChangedThere => "Who or what has changed in their organisation?",
            Self::CouldWeServeMore => "Could we serve them in more ways?",
            Self::RightRelationships => "Do we have relationships with the right people?",
        })
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contacts { lately, before, days, last } => {
                write!(
                    f,
                    "in touch {} in the last {days} days, {} in the {days} before; last on {last}",
                    Times(*lately),
                    Times(*before)
                )
            }
            Self::Sentiment { mean, count } => {
                let felt = match *mean {
                    m if m >= 0.5 => "well",
                    m if m >= 0.1 => "rather well",
                    m if m > -0.1 => "neither well nor badly",
                    m if m > -0.5 => "rather badly",
                    _ => "badly",
                };
                write!(f, "these felt {felt} ({mean:.1} on a scale of -1 to 1, noted {})", Times(*count))
            }
            Self::Promises { kept, broken, open, overdue } => {
                write!(f, "our promises: {kept} kept, {broken} broken, {overdue} overdue, {open} open")
            }
            Self::Concerns { open, past_review, answered, changed_something, parked } => {
                write!(f, "their concerns: {open} open")?;
                if *past_review > 0 {
                    write!(f, " ({past_review} past their review day)")?;
                }
                write!(
                    f,
                    ", {answered} answered, {changed_something} answered and acted upon, {parked} parked"
                )
            }
            Self::RivalContact { day, person, rival, kind } => match kind {
                Some(InteractionKind::Quote) => {
                    write!(f, "{person} asked a rival, {rival}, for a quote on {day}")
                }
                Some(kind) => write!(f, "{person} was in touch with a rival, {rival}, on {day} ({kind})"),
                None => write!(f, "{person} was in touch with a rival, {rival}, on {day}"),
            },
            Self::Renewal { on, days } => match *days {
                d if d < 0 => write!(f, "the renewal was due on {on}"),
                d => write!(f, "renewal in {d} days, on {on}"),
            },
            Self::Orders { lately, before, days, last } => {
                write!(
                    f,
                    "orders: {lately} in the last {days} days, {before} in the {days} before; last on {last}"
                )
            }
            Self::Quotes { lately, before } => {
                write!(f, "quotes asked of us: {lately} lately, {before} before")
            }
            Self::Joined { person, on, power } => {
                write!(f, "{person} joined on {on} and holds {} of the decision", Percent(*power))
            }
            Self::Left { person, on } => write!(f, "{person} left on {on}"),
            Self::PowerMoved { person, before, now } => {
                let moved = if now > before { "rose" } else { "fell" };
                write!(f, "the power of {person} {moved} from {} to {}", Percent(*before), Percent(*now))
            }
            Self::UnservedUnit { unit, name, people, power } => {
                write!(
                    f,
                    "no one is reached in {unit} {}: {people} people with {} of the decision",
                    Label::new(name),
                    Percent(*power)
                )
            }
            Self::KeyPlayers { reached, of } => write!(f, "we reach {reached} of {of} key players"),
            Self::MostMissed { person, gap } if *gap > Share::ZERO => {
                write!(f, "most missed: {person}, with {} of the decision", Percent(*gap))
            }
            Self::MostMissed { .. } => f.write_str("no one is missed"),
        }
    }
}
