//! The smallest change that would clear a gap.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::wording::Times;
use crate::day::Day;
use crate::introduction::{Miss, Opening};
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// The smallest change that would clear a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
#[non_exhaustive]
pub enum Remedy {
    /// One of `who` comes to trust one of `trusts` at a level.
    EarnTrust {
        /// Any of these.
        who: Vec<PersonRef>,
        /// Comes to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person comes to support us.
    WinSupport {
        /// Who.
        person: PersonRef,
    },
    /// Somebody is found, or noted, for each of these roles.
    FillRoles {
        /// The roles.
        roles: Vec<String>,
    },
    /// A person is entered, with title, role or power.
    RecordPerson {
        /// The id as it stands in the interactions.
        id: Text,
    },
    /// A person learns that we are their provider.
    TellThem {
        /// Who.
        person: PersonRef,
        /// What it takes beside: to be known is not yet to be trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Self>>,
    },
    /// A tie forms that opens a chain.
    OpenChain {
        /// The tie.
        opening: Opening,
    },
    /// What bars a chain is put right, or the next best chain is walked.
    ClearTheWay {
        /// What bars it.
        misses: Vec<Miss>,
    },
    /// A colleague leads in the owner's place.
    ChangeLead {
        /// With whom.
        person: PersonRef,
        /// Who led.
        from: PersonRef,
        /// Who should.
        to: PersonRef,
    },
    /// Each of `who` comes to trust one of `trusts` at a level.
    EarnTrustOfEach {
        /// All of these.
        who: Vec<PersonRef>,
        /// Come to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person's trust in one of `trusts` is kept up, so that it still is at a level on a day.
    KeepTrust {
        /// Whose.
        who: PersonRef,
        /// In any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
        /// On this day.
        on: Day,
    },
    /// One of `who` has meetings or calls with one of `with`.
    Meet {
        /// Any of these.
        who: Vec<PersonRef>,
        /// With any of these; anybody of ours when none is named.
        with: Vec<PersonRef>,
        /// So often.
        times: u32,
        /// And comes to trust them with this belief at least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Share>,
    },
    /// A person gets in touch of their own accord.
    HearFrom {
        /// Who.
        person: PersonRef,
        /// With any of these; anybody of ours when none is named.
        with: Vec<PersonRef>,
        /// So often.
        times: u32,
    },
    /// The record of a person is looked at again, and gets its next review day.
    Review {
        /// Whose.
        person: PersonRef,
        /// No earlier than this.
        next: Day,
    },
    /// Something is found out about a person and noted.
    FindOut {
        /// About whom.
        person: PersonRef,
        /// Any of these fields, such as `people.roles`.
        any_of: Vec<Cow<'static, str>>,
    },
    /// The stated strength of a tie is put right, in every record that states it.
    CorrectScore {
        /// Who trusts.
        who: PersonRef,
        /// Whom.
        trusts: PersonRef,
        /// The strength as it shows in what happened.
        strength: Share,
    },
    /// More of the checklist about a person is filled in.
    FillProfile {
        /// About whom.
        person: PersonRef,
        /// Items answered in all, at least.
        answered: u32,
    },
}

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
                write!(f, "enter {} with title, role or power", crate::problem::Printable(id))
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
            Self::Review { person, .. } => {
                write!(f, "look at the record of {person} again, and set the next day for it")
            }
            Self::FindOut { person, any_of } => {
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
            Self::CorrectScore { who, trusts, strength } => {
                write!(f, "rate the trust of {who} in {trusts} anew: {strength:.2} is what happened")
            }
            Self::FillProfile { person, answered } => {
                write!(f, "get to know {person}: {answered} items of the list")
            }
        }
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
