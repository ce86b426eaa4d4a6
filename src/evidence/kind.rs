//! The kinds of evidence, their weights and their reliability.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rating::rated;
use crate::record::RecordKind;
use crate::settings::EvidenceSettings;

/// The reliability of a piece of evidence, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It happened.
    Observed,
    /// A person judged it so.
    Stated,
    /// It follows from positions in the organisation, not from actions.
    Assumed,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Observed => "observed",
            Self::Stated => "stated",
            Self::Assumed => "assumed",
        })
    }
}

/// The kind of a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[repr(u8)]
pub enum EvidenceKind {
    /// They started a message, or asked for a quote.
    Started,
    /// They ordered.
    Ordered,
    /// They replied.
    Replied,
    /// They met or spoke.
    Met,
    /// They introduced us to another person.
    Introduced,
    /// They told us that a competitor approached them.
    ToldUsOfRival,
    /// A promise to them was kept.
    PromiseKept,
    /// A concern they raised was answered.
    ConcernAnswered,
    /// Counted elsewhere, for.
    CountedFor,
    /// They left a message unanswered.
    LeftUnanswered,
    /// They declined to meet.
    Declined,
    /// They met, and it went badly.
    WentBadly,
    /// A promise to them was broken.
    PromiseBroken,
    /// A concern they raised was left open past its day.
    ConcernLeftOpen,
    /// Counted elsewhere, against.
    CountedAgainst,
    /// Rated for, with a score.
    Rated,
    /// Rated against, with a score.
    RatedAgainst,
    /// Stated, for.
    StatedFor,
    /// Stated, against.
    StatedAgainst,
    /// A stated conflict.
    Conflict,
    /// One reports to the other.
    ReportingLine,
    /// They took part in the same interaction, on the same side.
    Together,
    /// They are recorded as knowing each other.
    Acquainted,
}

impl EvidenceKind {
    /// Its reliability.
    pub const fn basis(self) -> Basis {
        match self {
            Self::Started
            | Self::Ordered
            | Self::Replied
            | Self::Met
            | Self::Introduced
            | Self::ToldUsOfRival
            | Self::PromiseKept
            | Self::ConcernAnswered
            | Self::CountedFor
            | Self::LeftUnanswered
            | Self::Declined
            | Self::WentBadly
            | Self::PromiseBroken
            | Self::ConcernLeftOpen
            | Self::CountedAgainst => Basis::Observed,
            Self::Rated | Self::RatedAgainst | Self::StatedFor | Self::StatedAgainst | Self::Conflict => {
                Basis::Stated
            }
            Self::ReportingLine | Self::Together | Self::Acquainted => Basis::Assumed,
        }
    }

    /// The kind of record that it comes from. A reporting line may also be a tie.
    pub(crate) const fn record_kind(self) -> RecordKind {
        match self {
            Self::Started
            | Self::Ordered
            | Self::Replied
            | Self::Met
            | Self::Introduced
            | Self::ToldUsOfRival
            | Self::LeftUnanswered
            | Self::Declined
            | Self::WentBadly
            | Self::Together => RecordKind::Interaction,
            Self::PromiseKept | Self::PromiseBroken => RecordKind::Commitment,
            Self::ConcernAnswered | Self::ConcernLeftOpen => RecordKind::Concern,
            Self::CountedFor
            | Self::CountedAgainst
            | Self::Rated
            | Self::RatedAgainst
            | Self::StatedFor
            | Self::StatedAgainst
            | Self::Conflict
            | Self::Acquainted => RecordKind::Tie,
            Self::ReportingLine => RecordKind::Person,
        }
    }

    /// Whether it speaks against trust.
    pub const fn is_against(self) -> bool {
        matches!(
            self,
            Self::LeftUnanswered
                | Self::Declined
                | Self::WentBadly
                | Self::PromiseBroken
                | Self::ConcernLeftOpen
                | Self::CountedAgainst
                | Self::RatedAgainst
                | Self::StatedAgainst
                | Self::Conflict
        )
    }

    /// Whether it is silence: it lowers belief and what is to be expected, and never makes distrust.
    pub const fn is_silence(self) -> bool {
        matches!(self, Self::LeftUnanswered)
    }

    /// Whether it is a judgement of the tie, of which only the latest counts.
    pub const fn is_rating(self) -> bool {
        matches!(self, Self::Rated | Self::RatedAgainst | Self::StatedFor | Self::StatedAgainst)
    }

    /// Whether it holds without fading as long as its source exists.
    pub(crate) const fn stands(self) -> bool {
        matches!(self, Self::ReportingLine)
    }

    /// What one whole piece of it weighs; of a rating what the highest score does.
    pub fn weight(self, settings: &EvidenceSettings) -> f64 {
        match self {
            Self::Started => settings.message_started,
            Self::Replied => settings.reply,
            Self::Met | Self::WentBadly => settings.meeting_accepted,
            Self::Ordered => settings.order,
            Self::Introduced => settings.introduction_made,
            Self::ToldUsOfRival => settings.told_us_of_rival,
            Self::PromiseKept => settings.promise_kept,
            Self::ConcernAnswered => settings.concern_answered,
            Self::LeftUnanswered => settings.message_unanswered,
            Self::Declined => settings.meeting_declined,
            Self::PromiseBroken => settings.promise_broken,
            Self::ConcernLeftOpen => settings.concern_left_open,
            Self::Conflict => settings.conflict,
            Self::ReportingLine => settings.reporting_line,
            Self::Together | Self::Acquainted => settings.together,
            Self::Rated | Self::RatedAgainst => return rated(1.0, settings).supporting,
            Self::CountedFor | Self::CountedAgainst | Self::StatedFor | Self::StatedAgainst => return 1.0,
        }
        .get()
    }
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Started => "wrote or asked",
            Self::Ordered => "ordered",
            Self::ToldUsOfRival => "told us of a rival",
            Self::Replied => "replied",
            Self::Met => "met or spoke",
            Self::Introduced => "made an introduction",
            Self::PromiseKept => "promise kept",
            Self::ConcernAnswered => "concern answered",
            Self::CountedFor => "counted elsewhere, for",
            Self::LeftUnanswered => "left a message unanswered",
            Self::Declined => "declined",
            Self::WentBadly => "met, and it went badly",
            Self::PromiseBroken => "promise broken",
            Self::ConcernLeftOpen => "concern left open past its day",
            Self::CountedAgainst => "counted elsewhere, against",
            Self::Rated => "rated for",
            Self::RatedAgainst => "rated against",
            Self::StatedFor => "judged, for",
            Self::StatedAgainst => "judged, against",
            Self::Conflict => "stated conflict",
            Self::ReportingLine => "reporting line",
            Self::Together => "took part in the same interaction",
            Self::Acquainted => "said to know each other",
        })
    }
}
