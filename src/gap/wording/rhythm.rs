//! What is said of ties that are going quiet.

use std::fmt;

use super::{Name, Percent, Times};
use crate::gap::reason::{Reason, Touch};

pub(super) fn rhythm(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::OverdueTouch { stage, last, with, days, cadence } => {
            write!(f, "{who} was last in touch on {last}, with {with}, {days} days ago")?;
            if let Some(cadence) = cadence {
                write!(f, "; every {cadence} would be right")?;
            }
            f.write_str(match stage {
                Touch::Cooling => ": cooling",
                Touch::Overdue => ": overdue",
                Touch::Lost => ": the contact is lost",
            })
        }
        Reason::NoReplyStreak { attempts, first, last } => {
            let times = Times(*attempts);
            write!(f, "{who} has left us without an answer {times}, from {first} to {last}")
        }
        Reason::OneWayTie { before, now, contacts, days } => write!(
            f,
            "{who} started {} of our {contacts} contacts in the last {days} days, {} in the {days} before",
            Percent(*now),
            Percent(*before)
        ),
        Reason::CoolingTrend { evidence: [before, then, now], days } => write!(
            f,
            "less and less happens with {who}: evidence of {before:.1}, {then:.1} and {now:.1} in three spans of \
             {days} days"
        ),
        Reason::ExpiringTie { trusts, belief, level, on } => write!(
            f,
            "nobody of ours reaches {who} from {on} on if nothing happens: trust in {trusts} is {belief:.2} and falls \
             below {level:.2}"
        ),
        _ => Ok(()),
    }
}
