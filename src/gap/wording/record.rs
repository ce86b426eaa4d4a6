//! What is said of records.

use std::fmt;

use super::{And, Name};
use crate::gap::reason::Reason;

pub(super) fn record(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::StaleRecord { review_on: Some(day), .. } => {
            write!(f, "the record of {who} was to be looked at again on {day}")
        }
        Reason::StaleRecord { unclassified_since, .. } => {
            write!(f, "neither the role of {who} nor where they stand is on record")?;
            unclassified_since.map_or(Ok(()), |day| write!(f, ", and we have dealt with them since {day}"))
        }
        Reason::UnknownAttribute { heard_by, .. } => {
            let listen = if heard_by.len() == 1 { "listens" } else { "listen" };
            write!(
                f,
                "{} {listen} to {who}, and neither role, level nor power of theirs is known",
                And(heard_by)
            )
        }
        Reason::RatingConflict { trusts, stated, evidenced, .. } => {
            write!(f, "{who}'s trust in {trusts} is rated {stated:.2}, and what happened says {evidenced:.2}")
        }
        Reason::ProfileThin { answered, total, needed } => {
            write!(f, "of {who} we know {answered} of {total} things, and should know {needed}")
        }
        _ => Ok(()),
    }
}
