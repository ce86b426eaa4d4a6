//! What is said of those who are gone.

use std::fmt;

use super::{Name, Percent};
use crate::gap::reason::Reason;
use crate::problem::Printable;

pub(super) fn people(f: &mut fmt::Formatter<'_>, who: Name<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::ChampionLeft { last, power, champion, single_threaded } => {
            let what = if *champion { "champion" } else { "supporter" };
            write!(f, "our {what} {who} left on {last} and held {} of the decision", Percent(*power))?;
            f.write_str(if *single_threaded {
                "; hardly anybody is left who trusts us"
            } else {
                "; nobody who trusts us stands for us as firmly"
            })
        }
        Reason::ReplacedPower { power, title, before, since, .. } => write!(
            f,
            "{who} took over as {} from {before} on {since} and holds {} of the decision; nobody of ours reaches them",
            Printable(title),
            Percent(*power)
        ),
        _ => Ok(()),
    }
}
