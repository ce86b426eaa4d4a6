//! What is said of rivals and opponents.

use std::fmt;

use super::{Name, Percent, Times};
use crate::gap::reason::Reason;
use crate::problem::Printable;
use crate::share::Share;

pub(super) fn rivals(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::CompetitorContact { rival, day, kind, times } => {
            match kind.as_deref() {
                Some("quote") => write!(f, "{who} asked {rival}, a rival's person, for a quote on {day}")?,
                Some(kind) => {
                    let kind = Printable(kind);
                    write!(f, "{who} was in touch with {rival}, a rival's person, on {day} ({kind})")?;
                }
                None => write!(f, "{who} was in touch with {rival}, a rival's person, on {day}")?,
            }
            if *times > 1 {
                write!(f, ", {} of late", Times(*times))?;
            }
            f.write_str(", and not with us since")
        }
        Reason::CounterChampion { power, rival, belief, ours } => {
            let power = Percent(*power);
            write!(
                f,
                "{who} trusts {rival}, a rival's person, at {belief:.2} and holds {power} of the decision"
            )?;
            if *ours > Share::ZERO {
                write!(f, "; the most powerful who is for us holds {}", Percent(*ours))
            } else {
                f.write_str("; nobody there is for us")
            }
        }
        Reason::OpponentUnmanaged { power, opponent, last, cadence } => {
            let stance = if *opponent { "is against us" } else { "trusts none of ours and distrusts some" };
            write!(f, "{who} holds {} of the decision and {stance}", Percent(*power))?;
            match last {
                Some(last) => write!(f, "; last in touch on {last}")?,
                None => f.write_str("; never in touch, as far as is known")?,
            }
            write!(f, ", and nothing is planned within {cadence} days")
        }
        _ => Ok(()),
    }
}
