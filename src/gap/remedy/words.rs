//! Remedies in words. One match over all of them, without a wildcard: a remedy without wording does not compile.

use std::fmt;

use super::Remedy;
use crate::gap::phrase::{Listed, Times, all_of};
use crate::introduction::Miss;
use crate::label::Label;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EarnTrust { who, trusts, level } => {
                let (who, trusts) = (AnyOf(who, "one of theirs"), AnyOf(trusts, "one of our team"));
                write!(f, "{who} comes to trust {trusts} at {level:.2}")
            }
            Self::EarnTrustOfEach { who, trusts, level } => {
                let verb = if who.len() == 1 { "comes" } else { "each come" };
                let (who, trusts) = (all_of(who), AnyOf(trusts, "one of our team"));
                write!(f, "{who} {verb} to trust {trusts} at {level:.2}")
            }
            Self::KeepTrust { who, trusts, level, on } => {
                let trusts = AnyOf(trusts, "one of our team");
                write!(f, "{who}'s trust in {trusts} is kept up, so that it still is {level:.2} on {on}")
            }
            Self::Meet { who, with, times, level } => meet(f, who, with, *times, *level),
            Self::HearFrom { person, with, times } => {
                let (with, times) = (AnyOf(with, "one of our team"), Times(*times as usize));
                write!(f, "{person} gets in touch with {with} {times} of their own accord")
            }
            Self::WinSupport { person } => write!(f, "{person} comes to support us"),
            Self::WinOver { person, as_champion, then } => {
                let what = if *as_champion { "champion" } else { "supporter" };
                write!(f, "win {person} as a {what}")?;
                then.as_ref().map_or(Ok(()), |then| write!(f, ", once {then}"))
            }
            Self::TellThem { person, then } => {
                write!(f, "let {person} know what we do for them")?;
                then.as_ref().map_or(Ok(()), |then| write!(f, "; then {then}"))
            }
            Self::OpenPath { opening } => write!(f, "a path opens {opening}"),
            Self::ClearTheWay { misses } => clear_the_way(f, misses),
            Self::ChangeLead { person, from, to } => {
                write!(f, "{to} leads with {person}, and {from} attends")
            }
            Self::KeepPromise { promise, text } => {
                write!(f, "keep the promise \"{}\", or agree on another day", named(text.as_ref(), promise))
            }
            Self::AnswerConcern { concern, text } => {
                write!(f, "answer \"{}\", and let them see what changed", named(text.as_ref(), concern))
            }
            Self::TakeBackAsks { person, asks } => {
                let asks: Vec<Label<'_>> = asks.iter().map(|ask| Label::new(ask)).collect();
                write!(f, "ask less of {person}: take back {}", Commas(&asks))
            }
            Self::FillRoles { roles } => {
                write!(f, "find out who is {}", Commas(roles))
            }
            Self::RecordPerson { id } => write!(f, "enter {} with title, role or power", Label::new(id)),
            Self::Review { person, .. } => {
                write!(f, "look at the record of {person} again, and set the next day for it")
            }
            Self::FindOut { person, any_of } => {
                let fields: Vec<&str> = any_of.iter().map(|it| field(it)).collect();
                write!(f, "find out of {person} {}", Listed { items: &fields, joint: "or" })
            }
            Self::CorrectScore { who, trusts, strength } => {
                write!(f, "rate the trust of {who} in {trusts} anew: {strength:.2} is what happened")
            }
            Self::FillProfile { person, answered } => {
                write!(f, "get to know {person}: {answered} items of the list")
            }
            Self::Reply { person, by } => write!(f, "{} answers {person}", AnyOf(by, "one of our team")),
            Self::Unknown(unknown) => write!(f, "do {unknown}"),
        }
    }
}

/// Meetings, and the trust that should result from them.
fn meet(
    f: &mut fmt::Formatter<'_>,
    who: &[PersonRef],
    with: &[PersonRef],
    times: u32,
    level: Option<Share>,
) -> fmt::Result {
    write!(f, "{} meets or speaks with {}", AnyOf(who, "one of theirs"), AnyOf(with, "one of our team"))?;
    if times > 1 {
        write!(f, ", {}", Times(times as usize))?;
    }
    level.map_or(Ok(()), |level| write!(f, ", and comes to trust them at {level:.2}"))
}

/// What is done about each obstacle.
fn clear_the_way(f: &mut fmt::Formatter<'_>, misses: &[Miss]) -> fmt::Result {
    for (i, miss) in misses.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", and " })?;
        match miss {
            Miss::Distrusted { who, trusts, .. } => write!(f, "mend {who}'s trust in {trusts}")?,
            Miss::Gone { person, .. } => write!(f, "get to know whoever follows {person}")?,
            Miss::KeptApart { who, trusts } => {
                write!(f, "ask whether {trusts} may approach {who} after all")?;
            }
            Miss::TooWeak { .. }
            | Miss::TooLong { .. }
            | Miss::NoTie { .. }
            | Miss::Avoided { .. }
            | Miss::Rival { .. } => write!(f, "see to it that it no longer holds that {miss}")?,
        }
    }
    f.write_str("; or take the next best path")
}

/// A record by its text, or else by its id.
fn named<'a>(text: Option<&'a Text>, id: &'a Text) -> Label<'a> {
    Label::new(text.unwrap_or(id))
}

/// A field in words.
fn field(field: &str) -> &str {
    match field {
        "people.roles" => "the role",
        "people.support" => "where they stand",
        "people.seniority" => "the level",
        "people.power" => "how much they decide",
        other => other,
    }
}

/// Items separated by commas.
struct Commas<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for Commas<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// Alternatives, and the text when none is named.
struct AnyOf<'a>(&'a [PersonRef], &'static str);

impl fmt::Display for AnyOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Above this number of people only the count is given.
        const NAMED: usize = 3;
        match self.0 {
            [] => f.write_str(self.1),
            some if some.len() <= NAMED => write!(f, "{}", Listed { items: some, joint: "or" }),
            all => write!(f, "any of {} people", all.len()),
        }
    }
}
