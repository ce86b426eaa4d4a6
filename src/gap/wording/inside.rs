//! What is said of our own house.

use std::fmt;

use super::{Name, Times};
use crate::gap::reason::Reason;

pub(super) fn inside(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::InternalGate { owner, belief } => {
            write!(f, "{who} of our own team trusts {owner} at {belief:.2} only: figures are provisional")
        }
        Reason::IntroducerOverload { asks, days } => {
            write!(
                f,
                "{who} was asked for introductions {} within {days} days, and none is made yet",
                Times(*asks)
            )
        }
        _ => Ok(()),
    }
}
