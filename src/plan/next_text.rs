//! What to do and to find out next, in words.

use std::fmt;

use super::meet::{Meet, MeetFirst};
use super::verify::{Unknown, Verify};
use super::worth::SuggestedTie;
use crate::gap::Percent;
use crate::share::Share;
use crate::trust::Opinion;

impl fmt::Display for SuggestedTie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { customer, who, trusts, today, level, effort, gain } = self;
        write!(f, "{who} ({customer}) comes to trust {trusts} at {level:.2}")?;
        if *today > Share::ZERO {
            write!(f, ", today {today:.2}")?;
        }
        write!(f, ": gains {gain:.3} for {effort:.1} pieces of evidence")
    }
}

impl fmt::Display for MeetFirst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.meet.is_empty() {
            return writeln!(f, "  nobody: every key player can be reached, or is");
        }
        for (number, meet) in (1..).zip(&self.meet) {
            writeln!(f, "  {number}. {meet}")?;
        }
        let known = if self.at_most > self.opens + 1e-9 { "at most" } else { "no choice opens more than" };
        writeln!(f, "  together they open {:.3}; {known} {:.3}", self.opens, self.at_most)
    }
}

impl fmt::Display for Meet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.leads_to.iter().map(ToString::to_string).collect();
        write!(f, "{} ({}): opens the path to {}", self.person, self.customer, names.join(", "))
    }
}

/// What is on record about an opinion.
struct Known<'a>(&'a Opinion);

impl fmt::Display for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}–{:.2}", self.0.belief, self.0.at_most())
    }
}

impl fmt::Display for Verify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.customer, self.what)
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaybeReached { who, trusts, opinion, from } => {
                write!(
                    f,
                    "how far does {who} trust {trusts} ({})? From {from:.2} on we reach them",
                    Known(opinion)
                )
            }
            Self::MaybeBetterWay { target, who, trusts, opinion, from, best, today } => write!(
                f,
                "how far does {who} trust {trusts} ({})? From {from:.2} on the best path to {target} goes through here \
                 (today {today:.2} against {best:.2})",
                Known(opinion)
            ),
            Self::MaybeOpens { who, trusts, opinion, from } => {
                write!(
                    f,
                    "how far does {who} trust {trusts} ({})? From {from:.2} on there is a way",
                    Known(opinion)
                )
            }
            Self::MaybeKeyPlayer { who, from } => write!(
                f,
                "what does {who} decide? From {} of the decision on they are a key player whom nobody reaches",
                Percent(*from)
            ),
        }
    }
}
