//! A gap in one sentence. The figures are in [`Reason`]; nothing here decides anything.

mod breadth;
mod rhythm;
mod people;
mod promises;
mod rivals;
mod inside;
mod record;
mod remedy;

use std::fmt;

use super::finding::Gap;
use super::reason::Reason;
use crate::introduction::Miss;
use crate::problem::Printable;
use crate::reach::{FirstCall, State};
use crate::share::Share;
use crate::view::PersonRef;

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = Name(self.people.first());
        match &self.reason {
            Reason::Custom { sentence } => f.write_str(sentence),
            Reason::UnreachedPower { .. }
            | Reason::WeakPowerCover { .. }
            | Reason::MissingBuyingRole { .. } => cover(f, who, &self.reason),
            Reason::PowerNewcomer { .. } | Reason::UnmappedPerson { .. } | Reason::FirstCallAtRisk { .. } => {
                surprise(f, who, &self.reason)
            }
            Reason::NoWarmPath { .. }
            | Reason::PathBlocked { .. }
            | Reason::WrongOwner { .. }
            | Reason::GatekeeperOnly { .. } => path(f, who, &self.reason),
            Reason::SingleThreadedCustomer { .. }
            | Reason::SingleThreadedTeam { .. }
            | Reason::DominantContact { .. }
            | Reason::KeyPersonDependency { .. }
            | Reason::BridgeDependency { .. } => threading(f, who, &self.reason),
            Reason::NarrowCoverage { .. }
            | Reason::WhitespaceUnit { .. }
            | Reason::ThinCoverage { .. }
            | Reason::MapOutgrown { .. }
            | Reason::NoExecutiveCover { .. }
            | Reason::SeniorityMismatch { .. } => breadth::breadth(f, who, &self.reason),
            Reason::OverdueTouch { .. }
            | Reason::NoReplyStreak { .. }
            | Reason::OneWayTie { .. }
            | Reason::CoolingTrend { .. }
            | Reason::ExpiringTie { .. } => rhythm::rhythm(f, who, &self.reason),
            Reason::ChampionLeft { .. } | Reason::ReplacedPower { .. } => {
                people::people(f, who, &self.reason)
            }
            Reason::PromiseBroken { .. } | Reason::PromiseDue { .. } | Reason::ConcernOpen { .. } => {
                promises::promises(f, &self.people, &self.reason)
            }
            Reason::CompetitorContact { .. }
            | Reason::CounterChampion { .. }
            | Reason::OpponentUnmanaged { .. } => rivals::rivals(f, who, &self.reason),
            Reason::InternalGate { .. } | Reason::IntroducerOverload { .. } => {
                inside::inside(f, who, &self.reason)
            }
            Reason::StaleRecord { .. }
            | Reason::UnknownAttribute { .. }
            | Reason::RatingConflict { .. }
            | Reason::ProfileThin { .. } => record::record(f, who, &self.reason),
        }
    }
}

/// Whom we do not have, or not on our side.
fn cover(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::UnreachedPower { power, reach, state, distrusts, .. } => {
            write!(f, "{} holds {} of the decision, and nobody of ours reaches them", who, Percent(*power))?;
            if *reach > Share::ZERO {
                write!(f, " (reach {reach:.2})")?;
            }
            if !distrusts.is_empty() {
                write!(f, "; they distrust {}", And(distrusts))?;
            }
            f.write_str(match state {
                State::Warm => "; there is a warm way",
                State::Cold => "; there is no warm way",
                State::Reached => "",
            })
        }
        Reason::WeakPowerCover { power, support } => {
            let support = match support.as_str() {
                "neutral" => "is neutral",
                "sceptic" => "is a sceptic",
                _ => "is an opponent",
            };
            write!(f, "{} holds {} of the decision, trusts one of ours and {support}", who, Percent(*power))
        }
        Reason::MissingBuyingRole { roles } => {
            f.write_str("we do not know who is ")?;
            let words: Vec<String> = roles.iter().map(|role| role.replace('_', " ")).collect();
            join(f, &words, "or")
        }
        _ => Ok(()),
    }
}

/// Who may surprise us.
fn surprise(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::PowerNewcomer { power, joined_on, power_before, best_covered } => {
            match (joined_on, power_before) {
                (Some(day), _) => write!(f, "{} joined on {day} and holds {}", who, Percent(*power))?,
                (None, Some(before)) => {
                    write!(f, "{} rose from {} to {}", who, Percent(*before), Percent(*power))?;
                }
                (None, None) => write!(f, "{} is new and holds {}", who, Percent(*power))?,
            }
            f.write_str(" of the decision")?;
            if let Some(covered) = best_covered {
                write!(f, ", no less than {covered}, whom we cover best")?;
            }
            f.write_str("; nobody of ours reaches them")
        }
        Reason::UnmappedPerson { id, times, last, known } => {
            let times = Times(*times);
            if *known {
                write!(
                    f,
                    "{who} took part {times}, last on {last}, and we know neither title, role nor power"
                )
            } else {
                write!(f, "`{}` took part {times}, last on {last}, and is not on the map", Printable(id))
            }
        }
        Reason::FirstCallAtRisk { power, would_call, aware_of_us } => {
            write!(f, "{} ({} of the decision) ", who, Percent(*power))?;
            match (aware_of_us, would_call) {
                (Some(false), _) => f.write_str("does not know that we are their provider"),
                (_, FirstCall::Rival { person }) => {
                    write!(f, "would call {person}, a rival's person, first")
                }
                (_, FirstCall::Nobody) => f.write_str("would call nobody of ours first"),
                (_, FirstCall::Ours { person }) => {
                    write!(f, "would call {person} first, but does not trust them enough to count on it")
                }
            }
        }
        _ => Ok(()),
    }
}

/// How we do not get there.
fn path(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::NoWarmPath { power, nearest, misses, max_ties } => {
            write!(
                f,
                "no way leads to {} ({} of the decision) within {max_ties} steps",
                who,
                Percent(*power)
            )?;
            // That it is too weak shows by its strength.
            let barred: Vec<Miss> =
                misses.iter().filter(|miss| !matches!(miss, Miss::TooWeak { .. })).cloned().collect();
            match nearest {
                Some(nearest) => write!(f, "; the nearest has strength {nearest:.2}{}", Because(&barred)),
                None => f.write_str("; nothing joins them to us at all"),
            }
        }
        Reason::PathBlocked { blocked, misses, next, .. } => {
            write!(f, "the best way to {} (strength {blocked:.2}) is barred{}", who, Because(misses))?;
            match next {
                Some(next) => write!(f, "; the next best has {next:.2}"),
                None => f.write_str("; there is no other"),
            }
        }
        Reason::WrongOwner { owner, tries, since, better, proven, own, .. } => {
            write!(f, "{owner} has tried {} to reach {}", Times(*tries), who)?;
            if let Some(since) = since {
                write!(f, " since {since}")?;
            }
            write!(f, " without gaining trust; {better} is better placed ({proven:.2}")?;
            match own {
                Some(own) => write!(f, " against {own:.2})"),
                None => f.write_str(" against none)"),
            }
        }
        Reason::GatekeeperOnly { through, proven, .. } => {
            write!(f, "only {} leads to {} (strength {proven:.2})", And(through), who)
        }
        _ => Ok(()),
    }
}

/// What hangs on too few.
fn threading(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::SingleThreadedCustomer { contact, known: 1 } => {
            write!(f, "{contact} is the only one of theirs whom we know")
        }
        Reason::SingleThreadedCustomer { contact, known } => {
            write!(f, "{contact} is the only one of {known} known people who trusts us")
        }
        Reason::SingleThreadedTeam { colleagues, .. } => match colleagues.as_slice() {
            [] => f.write_str("nobody of ours is trusted by anybody there"),
            some => write!(f, "of ours only {} is trusted there", And(some)),
        },
        Reason::DominantContact { share } => {
            write!(f, "{} of our coverage rests on {}", Percent(*share), who)
        }
        Reason::KeyPersonDependency { coverage, without, stranded, heir } => {
            write!(
                f,
                "if {} left us, coverage would fall from {} to {}",
                who,
                Percent(*coverage),
                Percent(*without)
            )?;
            if !stranded.is_empty() {
                write!(f, " and nobody would reach {}", And(stranded))?;
            }
            match heir {
                Some(heir) => write!(f, "; {heir} could best take over"),
                None => f.write_str("; nobody could take over"),
            }
        }
        Reason::BridgeDependency { cut_off } => {
            write!(f, "{} is the only way to {}", who, And(cut_off))
        }
        _ => Ok(()),
    }
}

#[derive(Clone, Copy)]
struct Name<'a>(Option<&'a PersonRef>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(person) => person.fmt(f),
            None => f.write_str("somebody"),
        }
    }
}

/// A share in per cent; what is not nothing never reads as nothing.
pub(crate) struct Percent(pub(crate) Share);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.0.get() * 100.0;
        if percent > 0.0 && percent < 0.5 { f.pad("under 1%") } else { f.pad(&format!("{percent:.0}%")) }
    }
}

/// How often, in words.
pub(crate) struct Times(pub(crate) usize);

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("never"),
            1 => f.write_str("once"),
            2 => f.write_str("twice"),
            n => write!(f, "{n} times"),
        }
    }
}

struct And<'a>(&'a [PersonRef]);

impl fmt::Display for And<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        join(f, &names, "and")
    }
}

fn join(f: &mut fmt::Formatter<'_>, words: &[String], joint: &str) -> fmt::Result {
    for (i, word) in words.iter().enumerate() {
        let before = match i {
            0 => String::new(),
            _ if i + 1 == words.len() => format!(" {joint} "),
            _ => ", ".to_owned(),
        };
        write!(f, "{before}{word}")?;
    }
    Ok(())
}

struct Because<'a>(&'a [Miss]);

impl fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, miss) in self.0.iter().enumerate() {
            write!(f, "{}{miss}", if i == 0 { ": " } else { ", and " })?;
        }
        Ok(())
    }
}
