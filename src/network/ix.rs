//! Positions of people, customers and ties: numbers that cannot be taken for one another, nor calculated with.

use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::Range;

/// A position in columns of one kind.
pub(crate) trait Ix: Copy + Ord {
    fn new(number: u32) -> Self;
    fn get(self) -> u32;

    /// As an index into a column.
    #[inline]
    fn index(self) -> usize {
        self.get() as usize
    }
}

/// Records that have no position of a type of their own are named by their number.
impl Ix for u32 {
    #[inline]
    fn new(number: u32) -> Self {
        number
    }

    #[inline]
    fn get(self) -> u32 {
        self
    }
}

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub(crate) struct $name(u32);

        impl $name {
            #[inline]
            pub(crate) const fn new(number: u32) -> Self {
                Self(number)
            }

            #[inline]
            pub(crate) const fn get(self) -> u32 {
                self.0
            }

            /// As an index into a column.
            #[inline]
            pub(crate) const fn index(self) -> usize {
                self.0 as usize
            }

            /// The positions from this one up to another.
            #[inline]
            pub(crate) const fn up_to(self, end: Self) -> IxRange<Self> {
                IxRange { numbers: self.0..end.0, of: PhantomData }
            }

            /// The first positions of a column, up to a count.
            #[inline]
            pub(crate) fn of_column(len: usize) -> IxRange<Self> {
                Self(0).up_to(Self(u32::try_from(len).unwrap_or(u32::MAX)))
            }
        }

        impl Ix for $name {
            #[inline]
            fn new(number: u32) -> Self {
                Self::new(number)
            }

            #[inline]
            fn get(self) -> u32 {
                Self::get(self)
            }
        }
    )+ };
}

positions! {
    /// The position of a person.
    PersonIx
    /// The position of a customer.
    CustomerIx
    /// The position of a tie: one ordered pair of people with evidence between them.
    TieIx
    /// The place of a person among those of a customer who are present on a day.
    MemberIx
}

impl TieIx {
    /// This position and all behind it, for as long as there is something to go with them.
    #[inline]
    pub(crate) fn onwards(self) -> impl Iterator<Item = Self> {
        (self.0..).map(Self)
    }
}

impl PersonIx {
    /// The position that no one has: represents "none" in a column.
    pub(crate) const NONE: Self = Self(u32::MAX);

    /// How many positions this one lies behind another.
    #[inline]
    pub(crate) const fn behind(self, start: Self) -> usize {
        (self.0 - start.0) as usize
    }

    /// The position, unless it is [`NONE`](Self::NONE).
    #[inline]
    pub(crate) fn if_anybody(self) -> Option<Self> {
        (self != Self::NONE).then_some(self)
    }
}

/// Positions one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IxRange<I> {
    numbers: Range<u32>,
    of: PhantomData<I>,
}

impl<I: Ix> IxRange<I> {
    pub(crate) const EMPTY: Self = Self { numbers: 0..0, of: PhantomData };

    #[inline]
    pub(crate) fn start(&self) -> I {
        I::new(self.numbers.start)
    }

    /// The position behind the last.
    #[inline]
    pub(crate) fn end(&self) -> I {
        I::new(self.numbers.end)
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    #[inline]
    pub(crate) fn contains(&self, position: &I) -> bool {
        self.numbers.contains(&position.get())
    }

    /// As indices into a column.
    #[inline]
    pub(crate) const fn indices(&self) -> Range<usize> {
        self.numbers.start as usize..self.numbers.end as usize
    }
}

impl<I: Ix> Iterator for IxRange<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        self.numbers.next().map(I::new)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I> {
        self.numbers.nth(n).map(I::new)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl<I: Ix> DoubleEndedIterator for IxRange<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I> {
        self.numbers.next_back().map(I::new)
    }
}

impl<I: Ix> ExactSizeIterator for IxRange<I> {}

impl<I: Ix> FusedIterator for IxRange<I> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_goes_through_its_positions_from_either_end() {
        let mut range = PersonIx::new(3).up_to(PersonIx::new(6));
        assert_eq!((range.len(), range.start(), range.indices()), (3, PersonIx::new(3), 3..6));
        assert!(range.contains(&PersonIx::new(5)) && !range.contains(&PersonIx::new(6)));
        assert_eq!(
            (range.next_back(), range.nth(1), range.next()),
            (Some(PersonIx::new(5)), Some(PersonIx::new(4)), None)
        );
        assert!(IxRange::<TieIx>::EMPTY.is_empty());
        assert_eq!(TieIx::of_column(2).next_back(), TieIx::new(0).onwards().nth(1));
    }

    #[test]
    fn nobody_is_no_position() {
        assert_eq!(
            (PersonIx::NONE.if_anybody(), PersonIx::new(0).if_anybody()),
            (None, Some(PersonIx::new(0)))
        );
        assert_eq!(size_of::<PersonIx>(), size_of::<u32>());
    }
}
