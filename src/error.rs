//! The one failure type.

use crate::day::Day;
use crate::problem::Problems;
use crate::record::{Fault, Faults, RecordKind, Side, TieKind};
use crate::settings::SettingFaults;
use crate::text::Text;

/// Why a call failed.
///
/// Neither its text nor its debug form repeats a text of the input: ids, positions and names of our own fields only.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is faulty; every fault, at once.
    #[error(transparent)]
    Input(#[from] Faults),
    /// The settings are faulty; every fault, at once.
    #[error(transparent)]
    Settings(#[from] SettingFaults),
    /// Reading or writing failed.
    #[error("{what} failed")]
    #[non_exhaustive]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The records are not valid. Every fault is listed.
    #[error("{count} {noun} in the records:\n{0}", count = .0.len(), noun = if .0.len() == 1 { "fault" } else { "faults" })]
    Unsound(Problems),
    /// There are more records of a kind than the network can number.
    #[error("{len} {} are too many: the network numbers fewer than 2^30 of a kind", kind.plural())]
    #[non_exhaustive]
    TooLarge {
        /// The kind.
        kind: RecordKind,
        /// How many.
        len: usize,
    },
    /// A tie of this kind cannot be changed in a built network: it states more than who trusts whom.
    #[error("a tie of kind {kind:?} cannot be changed in a network: change the records and build it anew")]
    #[non_exhaustive]
    NotEditable {
        /// The kind.
        kind: TieKind,
    },
    /// A person cannot manage another.
    #[error("`{}` cannot be the manager: {why}", crate::label::Label::new(id))]
    #[non_exhaustive]
    NotAManager {
        /// The id of the proposed manager.
        id: Text,
        /// Why not.
        why: &'static str,
    },
    /// A person's last day would be before their first.
    #[error("`{}` comes only on {started_on}, and cannot leave before", crate::label::Label::new(id))]
    #[non_exhaustive]
    NotThereYet {
        /// The id.
        id: Text,
        /// Their first day.
        started_on: Day,
    },
    /// No customer has this id.
    #[error("no customer has the id `{}`", crate::label::Label::new(id))]
    #[non_exhaustive]
    UnknownCustomer {
        /// The id.
        id: Text,
    },
    /// No person has this id.
    #[error("no person has the id `{}`", crate::label::Label::new(id))]
    #[non_exhaustive]
    UnknownPerson {
        /// The id.
        id: Text,
    },
    /// A path joins at least two people.
    #[error("a chain joins at least two people, and {people} were named")]
    #[non_exhaustive]
    PathTooShort {
        /// How many were named.
        people: usize,
    },
    /// Too little history to learn from.
    #[error(
        "too little history: {outcomes} outcomes before the split and {held_out} after it, the rarer kind {rarer} times; \
         at least {needed} are needed on each side, and {needed_of_each} of each kind"
    )]
    #[non_exhaustive]
    TooLittleHistory {
        /// Outcomes to fit on.
        outcomes: usize,
        /// Outcomes to measure on.
        held_out: usize,
        /// How often, on the side where it is rarest, the rarer of the two outcomes occurred: success or failure
        /// of a request.
        rarer: usize,
        /// How many each side needs.
        needed: usize,
        /// How many of each kind each side needs.
        needed_of_each: usize,
    },
    /// The person is on a side to which the question does not apply.
    #[error("`{}` is {}, and the question is about {wanted}", crate::label::Label::new(id), one_of(*is))]
    #[non_exhaustive]
    WrongSide {
        /// The person's id.
        id: Text,
        /// The side that they are on.
        is: Side,
        /// What they would have to be.
        wanted: &'static str,
    },
}

/// What a person of a side is, in words.
const fn one_of(side: Side) -> &'static str {
    match side {
        Side::Staff => "one of our team",
        Side::Customer => "a customer's person",
        Side::Partner => "a partner's person",
        Side::Competitor => "a competitor's person",
    }
}

impl Error {
    pub(crate) fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { what: what.into(), source }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Input(fault.into())
    }
}
