//! What an event, a statement or an assumption shows about trust between two people.
//!
//! Evidence is a pair of amounts, for and against, that adds up (the beta reputation model of Jøsang and Ismail,
//! 2002) and loses half its weight every half-life. Losing half per fixed time is memoryless: a pair known at one
//! day is known at any later day by one multiplication, so nothing is replayed.
//!
//! ```
//! use stakeholder_graph::Evidence;
//!
//! let fused = Evidence::new(4.0, 1.0) + Evidence::new(4.0, 1.0);
//! assert_eq!(fused, Evidence::new(8.0, 2.0));
//! assert_eq!(fused.faded(90, 90), Evidence::new(4.0, 1.0));
//! ```

mod kind;
mod against;
mod item;
mod prior;
mod rating;

pub(crate) use against::Against;
pub(crate) use item::{Fold, Item, fold};
pub use kind::{Basis, EvidenceKind};
pub use prior::Prior;
pub(crate) use rating::Ratings;

use std::ops::Add;

use serde::{Deserialize, Serialize};

use crate::share::Days;

/// Amounts of evidence that one person trusts another: for and against, both at least 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// For, in pieces.
    #[serde(rename = "for")]
    pub supporting: f64,
    /// Against, in pieces.
    pub against: f64,
}

impl Evidence {
    /// No evidence: full uncertainty.
    pub const NONE: Self = Self { supporting: 0.0, against: 0.0 };

    /// Evidence for and against.
    pub const fn new(supporting: f64, against: f64) -> Self {
        Self { supporting, against }
    }

    /// Whether there is none at all.
    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// What is left of it after some days; days before count as none.
    #[must_use]
    pub fn faded(self, days: i32, half_life_days: impl Into<HalfLife>) -> Self {
        let kept = half_life_days.into().kept_after(days);
        Self { supporting: self.supporting * kept, against: self.against * kept }
    }
}

impl Add for Evidence {
    type Output = Self;

    /// Fusion of independent evidence is addition.
    fn add(self, other: Self) -> Self {
        Self { supporting: self.supporting + other.supporting, against: self.against + other.against }
    }
}

/// The time in which evidence loses half its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HalfLife(f64);

impl HalfLife {
    /// The remaining part after some days: `2^(-days / half_life)`, and all of it for days in the future.
    pub fn kept_after(self, days: i32) -> f64 {
        if days <= 0 { 1.0 } else { (-f64::from(days) / self.0).exp2() }
    }

    /// In days.
    pub const fn days(self) -> f64 {
        self.0
    }
}

impl From<Days> for HalfLife {
    fn from(days: Days) -> Self {
        Self(f64::from(days.get()))
    }
}

impl From<u16> for HalfLife {
    /// A half-life of 0 days counts as one day.
    fn from(days: u16) -> Self {
        Self(f64::from(days.max(1)))
    }
}
