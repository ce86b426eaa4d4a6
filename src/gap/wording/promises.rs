//! What is said of promises and concerns.

use std::fmt;

use crate::gap::reason::{ConcernState, Reason};
use crate::problem::Printable;
use crate::text::Text;
use crate::view::PersonRef;

/// Of a promise those it was made to come first and the one who made it last; of a concern who raised it comes first.
pub(super) fn promises(f: &mut fmt::Formatter<'_>, people: &[PersonRef], reason: &Reason) -> fmt::Result {
    let (first, last) = (people.first(), people.last());
    match reason {
        Reason::PromiseBroken { promise, text, due, days } => {
            write!(f, "{}", Promise { from: last, to: first, id: promise, text: text.as_ref() })?;
            let days = usize::try_from(*days).unwrap_or_default();
            write!(f, " was due on {due}, {days} {} ago", if days == 1 { "day" } else { "days" })
        }
        Reason::PromiseDue { promise, text, due, left, .. } => {
            write!(f, "{}", Promise { from: last, to: first, id: promise, text: text.as_ref() })?;
            match left {
                0 => write!(f, " is due on {due}: no working day is left"),
                1 => write!(f, " is due on {due}: one working day is left"),
                left => write!(f, " is due on {due}: {left} working days are left"),
            }
        }
        Reason::ConcernOpen { concern, text, state, raised_on, .. } => {
            let what = Printable(text.as_ref().unwrap_or(concern));
            match first {
                Some(who) => write!(f, "{who} raised \"{what}\" on {raised_on}")?,
                None => write!(f, "\"{what}\" was raised on {raised_on}")?,
            }
            f.write_str(match state {
                ConcernState::Unanswered => "; nobody has answered",
                ConcernState::ReviewPassed => {
                    "; nobody has answered, and the day to look at it again has passed"
                }
                ConcernState::NothingChanged => "; it was answered, and nothing has visibly changed",
                ConcernState::ParkedTooLong => "; it was parked, and the day to look at it again has passed",
                ConcernState::ParkedForEver => "; it was parked without a day to look at it again",
            })
        }
        _ => Ok(()),
    }
}

/// Whose promise it is, to whom, and what.
struct Promise<'a> {
    from: Option<&'a PersonRef>,
    to: Option<&'a PersonRef>,
    id: &'a Text,
    text: Option<&'a Text>,
}

impl fmt::Display for Promise<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = Printable(self.text.unwrap_or(self.id));
        match (self.from, self.to) {
            (Some(from), Some(to)) if from != to => write!(f, "the promise of {from} to {to}, \"{what}\","),
            (Some(from), _) => write!(f, "the promise of {from}, \"{what}\","),
            (None, _) => write!(f, "the promise \"{what}\""),
        }
    }
}
