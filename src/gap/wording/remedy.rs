//! The smallest change that would clear a gap, in words.

use std::fmt;

use super::Times;
use crate::gap::remedy::Remedy;
use crate::introduction::Miss;
use crate::problem::Printable;
use crate::view::PersonRef;

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EarnTrust { who, trusts, level } => {
                AnyOf(who, "one of theirs").fmt(f)?;
                f.write_str(" comes to trust ")?;
                AnyOf(trusts, "one of ours").fmt(f)?;
                write!(f, " at {level:.2}")
            }
            Self::WinSupport { person } => write!(f, "{person} comes to support us"),
            Self::FillRoles { roles } => {
                f.write_str("find out who is ")?;
                for (i, role) in roles.iter().enumerate() {
                    let joint = if i == 0 { "" } else { ", " };
                    write!(f, "{joint}{}", role.replace('_', " "))?;
                }
                Ok(())
            }
            Self::RecordPerson { id } => {
                write!(f, "enter {} with title, role or power", Printable(id))
            }
            Self::TellThem { person, then } => {
                write!(f, "let {person} know what we do for them")?;
                then.as_ref().map_or(Ok(()), |then| write!(f, "; then {then}"))
            }
            Self::OpenChain { opening } => write!(f, "a way opens {opening}"),
            Self::ClearTheWay { misses } => {
                for (i, miss) in misses.iter().enumerate() {
                    f.write_str(if i == 0 { "" } else { ", and " })?;
                    match miss {
                        Miss::Distrusted { who, trusts, .. } => write!(f, "mend {who}'s trust in {trusts}")?,
                        Miss::Gone { person, .. } => write!(f, "get to know whoever follows {person}")?,
                        Miss::KeptApart { who, trusts } => {
                            write!(f, "ask whether {trusts} may approach {who} after all")?;
                        }
                        other => write!(f, "see to it that it no longer holds that {other}")?,
                    }
                }
                f.write_str("; or take the next best way")
            }
            Self::ChangeLead { person, from, to } => {
                write!(f, "{to} leads with {person}, and {from} attends")
            }
            Self::EarnTrustOfEach { who, trusts, level } => {
                AllOf(who).fmt(f)?;
                f.write_str(if who.len() == 1 { " comes to trust " } else { " each come to trust " })?;
                AnyOf(trusts, "one of ours").fmt(f)?;
                write!(f, " at {level:.2}")
            }
            Self::KeepTrust { who, trusts, level, on } => {
                write!(f, "{who}'s trust in ")?;
                AnyOf(trusts, "one of ours").fmt(f)?;
                write!(f, " is kept up, so that it still is {level:.2} on {on}")
            }
            Self::Meet { who, with, times, level } => {
                AnyOf(who, "one of theirs").fmt(f)?;
                f.write_str(" meets or speaks with ")?;
                AnyOf(with, "one of ours").fmt(f)?;
                if *times > 1 {
                    write!(f, ", {}", Times(*times as usize))?;
                }
                level.map_or(Ok(()), |level| write!(f, ", and comes to trust them at {level:.2}"))
            }
            Self::HearFrom { person, with, times } => {
                write!(f, "{person} gets in touch with ")?;
                AnyOf(with, "one of ours").fmt(f)?;
                write!(f, " {} of their own accord", Times(*times as usize))
            }
            _ => on_record(f, self),
        }
    }
}

/// What is done with promises, concerns and records.
fn on_record(f: &mut fmt::Formatter<'_>, remedy: &Remedy) -> fmt::Result {
    match remedy {
        Remedy::WinOver { person, as_champion, then } => {
            let what = if *as_champion { "champion" } else { "supporter" };
            write!(f, "win {person} as a {what}")?;
            then.as_ref().map_or(Ok(()), |then| write!(f, ", once {then}"))
        }
        Remedy::KeepPromise { promise, text } => {
            let what = Printable(text.as_ref().unwrap_or(promise));
            write!(f, "keep the promise \"{what}\", or agree on another day")
        }
        Remedy::AnswerConcern { concern, text } => {
            let what = Printable(text.as_ref().unwrap_or(concern));
            write!(f, "answer \"{what}\", and let them see what changed")
        }
        Remedy::TakeBackAsks { person, asks } => {
            write!(f, "ask less of {person}: take back ")?;
            for (i, ask) in asks.iter().enumerate() {
                write!(f, "{}{}", if i == 0 { "" } else { ", " }, Printable(ask))?;
            }
            Ok(())
        }
        Remedy::Review { person, .. } => {
            write!(f, "look at the record of {person} again, and set the next day for it")
        }
        Remedy::FindOut { person, any_of } => {
            write!(f, "find out of {person} ")?;
            for (i, field) in any_of.iter().enumerate() {
                let joint = match i {
                    0 => "",
                    _ if i + 1 == any_of.len() => " or ",
                    _ => ", ",
                };
                f.write_str(joint)?;
                f.write_str(match &**field {
                    "people.roles" => "the role",
                    "people.support" => "where they stand",
                    "people.seniority" => "the level",
                    "people.power" => "how much they decide",
                    other => other,
                })?;
            }
            Ok(())
        }
        Remedy::CorrectScore { who, trusts, strength } => {
            write!(f, "rate the trust of {who} in {trusts} anew: {strength:.2} is what happened")
        }
        Remedy::FillProfile { person, answered } => {
            write!(f, "get to know {person}: {answered} items of the list")
        }
        _ => Ok(()),
    }
}

/// People all of whom are needed.
struct AllOf<'a>(&'a [PersonRef]);

impl fmt::Display for AllOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, person) in self.0.iter().enumerate() {
            let joint = match i {
                0 => "",
                _ if i + 1 == self.0.len() => " and ",
                _ => ", ",
            };
            write!(f, "{joint}{person}")?;
        }
        Ok(())
    }
}

/// People of whom any will do, and what to say when none is named.
struct AnyOf<'a>(&'a [PersonRef], &'static str);

impl fmt::Display for AnyOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// A remedy that names more than this says no more than "somebody".
        const NAMED: usize = 3;
        match self.0 {
            [] => f.write_str(self.1),
            [one] => one.fmt(f),
            [rest @ .., last] if rest.len() < NAMED => {
                for (i, person) in rest.iter().enumerate() {
                    write!(f, "{}{person}", if i == 0 { "" } else { ", " })?;
                }
                write!(f, " or {last}")
            }
            all => write!(f, "any of {} people", all.len()),
        }
    }
}
