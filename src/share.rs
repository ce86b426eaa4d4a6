//! Numbers that are always valid: [`Share`] lies in 0..=1 and [`Weight`] is finite and not negative.
//!
//! Both are totally ordered and never NaN, so that sorting, comparing and storing them needs no care.

use std::fmt;

use ordered_float::OrderedFloat;
use serde::{Deserialize, Serialize};

/// A number in `0..=1`: a probability, a share of power, a level.
///
/// Ordered, comparable, hashable, never NaN.
///
/// ```
/// use stakeholder_graph::Share;
///
/// let reached = Share::new(0.5)?;
/// assert!(reached < Share::ONE);
/// assert!(Share::new(1.2).is_err());
/// # Ok::<(), stakeholder_graph::OutOfRange>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(OrderedFloat<f64>);

impl Share {
    /// Zero.
    pub const ZERO: Self = Self(OrderedFloat(0.0));
    /// One.
    pub const ONE: Self = Self(OrderedFloat(1.0));

    /// Takes a number in `0..=1`.
    ///
    /// # Errors
    /// [`OutOfRange`] for anything else, NaN included.
    pub fn new(value: f64) -> Result<Self, OutOfRange> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(OrderedFloat(value + 0.0)))
        } else {
            Err(OutOfRange { value, most: Some(1.0) })
        }
    }

    /// The number itself.
    pub const fn get(self) -> f64 {
        self.0.0
    }

    /// The complement: one minus this.
    #[must_use]
    pub fn complement(self) -> Self {
        Self::clamped(1.0 - self.get())
    }

    /// The nearest share to a computed number: rounding may leave a product slightly outside the range.
    pub(crate) fn clamped(value: f64) -> Self {
        debug_assert!(!value.is_nan(), "a computed share is never NaN");
        if value > 0.0 { Self(OrderedFloat(value.min(1.0))) } else { Self::ZERO }
    }

    /// A default written in the source, in thousandths.
    pub(crate) const fn thousandths(value: u16) -> Self {
        assert!(value <= 1000, "a share is at most one");
        Self(OrderedFloat(value as f64 / 1000.0))
    }
}

impl TryFrom<f64> for Share {
    type Error = OutOfRange;

    fn try_from(value: f64) -> Result<Self, OutOfRange> {
        Self::new(value)
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> Self {
        share.get()
    }
}

impl fmt::Display for Share {
    /// Formats like the number, so that `{share:.2}` works.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

/// A finite number that is not negative: an amount of evidence, a weight in a table.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Weight(OrderedFloat<f64>);

impl Weight {
    /// Takes a finite number that is not negative.
    ///
    /// # Errors
    /// [`OutOfRange`] for anything else, NaN and infinity included.
    pub fn new(value: f64) -> Result<Self, OutOfRange> {
        if value >= 0.0 && value.is_finite() {
            Ok(Self(OrderedFloat(value + 0.0)))
        } else {
            Err(OutOfRange { value, most: None })
        }
    }

    /// The number itself.
    pub const fn get(self) -> f64 {
        self.0.0
    }

    /// A default written in the source, in thousandths.
    pub(crate) const fn thousandths(value: u32) -> Self {
        Self(OrderedFloat(value as f64 / 1000.0))
    }
}

impl TryFrom<f64> for Weight {
    type Error = OutOfRange;

    fn try_from(value: f64) -> Result<Self, OutOfRange> {
        Self::new(value)
    }
}

impl From<Weight> for f64 {
    fn from(weight: Weight) -> Self {
        weight.get()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

/// A number outside the range of a [`Share`] or a [`Weight`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutOfRange {
    value: f64,
    most: Option<f64>,
}

impl OutOfRange {
    /// The refused number.
    pub const fn value(&self) -> f64 {
        self.value
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.most {
            Some(most) => write!(f, "{} is not between 0 and {most}", self.value),
            None => write!(f, "{} is not a finite number of at least 0", self.value),
        }
    }
}

impl std::error::Error for OutOfRange {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_refuses_what_is_not_between_zero_and_one() {
        for wrong in [-0.001, 1.000_000_000_000_000_2, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Share::new(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Share::new(-0.0).unwrap().get().to_bits(), 0.0_f64.to_bits());
        assert_eq!(Share::new(1.7).unwrap_err().to_string(), "1.7 is not between 0 and 1");
    }

    #[test]
    fn a_weight_refuses_what_is_negative_or_not_finite() {
        for wrong in [-0.001, f64::NAN, f64::INFINITY] {
            assert!(Weight::new(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Weight::new(18.0).unwrap().get().to_bits(), 18.0_f64.to_bits());
    }

    #[test]
    fn serde_checks_the_range() {
        assert!(serde_json::from_str::<Share>("0.5").is_ok());
        assert!(serde_json::from_str::<Share>("1.5").is_err());
        assert!(serde_json::from_str::<Weight>("-1").is_err());
    }
}
