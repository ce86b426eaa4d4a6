//! Numbers that are always valid: [`Share`] lies in 0..=1 and [`Weight`] is finite and not negative.
//!
//! Both are totally ordered and never NaN, so that sorting, comparing and storing them needs no care.

use std::fmt;
use std::num::NonZeroU32;

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
            Err(OutOfRange { value, least: 0.0, most: 1.0 })
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

/// A number in `0..=1_000_000_000`: an amount of evidence, a weight in a table. Larger ones would leave no room for
/// sums and ratios.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Weight(OrderedFloat<f64>);

impl Weight {
    /// The largest weight.
    pub const MAX: Self = Self(OrderedFloat(1e9));

    /// Takes a number in `0..=1_000_000_000`.
    ///
    /// # Errors
    /// [`OutOfRange`] for anything else, NaN and infinity included.
    pub fn new(value: f64) -> Result<Self, OutOfRange> {
        if (0.0..=Self::MAX.get()).contains(&value) {
            Ok(Self(OrderedFloat(value + 0.0)))
        } else {
            Err(OutOfRange { value, least: 0.0, most: Self::MAX.get() })
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
    least: f64,
    most: f64,
}

impl OutOfRange {
    /// The refused number.
    pub const fn value(&self) -> f64 {
        self.value
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, least, most } = self;
        // Hundreds of digits say no more than their number.
        if value.is_finite() && value.abs() >= 1e15 {
            write!(f, "{value:e} is not between {least} and {most}")
        } else {
            write!(f, "{value} is not between {least} and {most}")
        }
    }
}

impl std::error::Error for OutOfRange {}

/// A number of days, at least one and at most a million.
///
/// ```
/// use stakeholder_graph::Days;
///
/// assert_eq!(Days::new(90)?.get(), 90);
/// assert!(Days::new(0).is_err());
/// # Ok::<(), stakeholder_graph::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Days(Count<1_000_000>);

impl Days {
    /// Takes a number in `1..=1_000_000`.
    ///
    /// # Errors
    /// [`OutOfRange`] for anything else.
    pub fn new(days: u32) -> Result<Self, OutOfRange> {
        Count::new(days).map(Self)
    }

    /// The number itself.
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// A default written in the source.
    pub(crate) const fn of<const DAYS: u32>() -> Self {
        Self(Count::of::<DAYS>())
    }
}

impl TryFrom<u32> for Days {
    type Error = OutOfRange;

    fn try_from(days: u32) -> Result<Self, OutOfRange> {
        Self::new(days)
    }
}

impl From<Days> for u32 {
    fn from(days: Days) -> Self {
        days.get()
    }
}

/// A whole number in `1..=MOST`: a count of what is never none, and never so many that it hurts.
///
/// ```
/// use stakeholder_graph::Count;
///
/// assert_eq!(Count::<100>::new(3)?.get(), 3);
/// assert!(Count::<100>::new(0).is_err() && Count::<100>::new(101).is_err());
/// # Ok::<(), stakeholder_graph::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Count<const MOST: u32 = { u32::MAX }>(NonZeroU32);

impl<const MOST: u32> Count<MOST> {
    /// Takes a number in `1..=MOST`.
    ///
    /// # Errors
    /// [`OutOfRange`] for anything else.
    pub fn new(value: u32) -> Result<Self, OutOfRange> {
        match NonZeroU32::new(value).filter(|count| count.get() <= MOST) {
            Some(count) => Ok(Self(count)),
            None => Err(OutOfRange { value: value.into(), least: 1.0, most: MOST.into() }),
        }
    }

    /// The number itself.
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// A default written in the source.
    pub(crate) const fn of<const COUNT: u32>() -> Self {
        const { assert!(COUNT >= 1 && COUNT <= MOST, "a count is in its range") }
        match NonZeroU32::new(COUNT) {
            Some(count) => Self(count),
            None => Self(NonZeroU32::MIN),
        }
    }
}

impl<const MOST: u32> TryFrom<u32> for Count<MOST> {
    type Error = OutOfRange;

    fn try_from(value: u32) -> Result<Self, OutOfRange> {
        Self::new(value)
    }
}

impl<const MOST: u32> From<Count<MOST>> for u32 {
    fn from(count: Count<MOST>) -> Self {
        count.get()
    }
}

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
        for wrong in [-0.001, 1_000_000_001.0, 1e308, f64::NAN, f64::INFINITY] {
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
