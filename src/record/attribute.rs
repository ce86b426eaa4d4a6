//! Attributes of a person that are one word: side, unit, level, role, support.

use crate::text::Text;

/// Whose person someone is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Side {
    /// A customer's.
    #[default]
    Customer,
    /// One of our staff.
    Staff,
    /// A partner's.
    Partner,
    /// A competitor's person.
    Competitor,
}

/// A field that names a part of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Department.
    Department,
    /// Site.
    Site,
    /// Business area.
    Area,
}

/// Level in an organisation, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Seniority {
    /// Heads the organisation or one of its main functions.
    CLevel,
    /// Vice president.
    Vp,
    /// Director, head of a department.
    Director,
    /// Manages people or an area.
    Manager,
    /// Everyone else.
    Individual,
}

/// A role in a buying decision (Miller Heiman, MEDDICC, and the spellings of common CRMs).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Releases the money.
    EconomicBuyer,
    /// Makes the decision.
    DecisionMaker,
    /// Backs it from above.
    ExecutiveSponsor,
    /// Judges whether it fits.
    TechnicalBuyer,
    /// Judges law and compliance.
    Legal,
    /// Judges its effect on the daily work.
    UserBuyer,
    /// Is listened to.
    Influencer,
    /// Tests and compares.
    Evaluator,
    /// Can hold it up.
    Blocker,
    /// Sells for us when we are not there.
    Champion,
    /// Gives us inside information.
    Coach,
    /// Controls access to others.
    Gatekeeper,
    /// Keeps another person's calendar.
    Assistant,
    /// Any other, as it was written.
    Other(Text),
}

impl Role {
    /// Whether the role decides: economic buyer or decision maker.
    pub const fn decides(&self) -> bool {
        matches!(self, Self::EconomicBuyer | Self::DecisionMaker)
    }
}

/// A person's attitude towards us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Support {
    /// Sells for us.
    Champion,
    /// For us.
    Supporter,
    /// Neither.
    Neutral,
    /// Sceptical of us.
    Sceptic,
    /// Against us.
    Opponent,
}
