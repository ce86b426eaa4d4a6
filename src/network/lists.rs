//! Lists of numbers by position, all in one piece of memory.
#![allow(clippy::indexing_slicing, reason = "offsets and positions come from the build, which made both")]

use std::marker::PhantomData;
use std::ops::Range;

use super::ix::Ix;

/// For each of n positions a list, kept back to back: list i is `items[start[i]..start[i + 1]]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lists<I, T> {
    start: Vec<u32>,
    items: Vec<T>,
    by: PhantomData<I>,
}

impl<I, T> Default for Lists<I, T> {
    fn default() -> Self {
        Self { start: Vec::new(), items: Vec::new(), by: PhantomData }
    }
}

impl<I: Ix, T: Copy> Lists<I, T> {
    /// Groups values by their position; within a position they keep their order. Two passes, no sorting.
    pub(crate) fn group(positions: usize, values: impl Iterator<Item = (I, T)> + Clone) -> Self {
        let mut start = vec![0_u32; positions + 1];
        for (at, _) in values.clone() {
            start[at.index() + 1] += 1;
        }
        for i in 0..positions {
            start[i + 1] += start[i];
        }
        let mut next = start.clone();
        let mut items: Vec<T> = Vec::new();
        if let Some((_, first)) = values.clone().next() {
            items = vec![first; start[positions] as usize];
        }
        for (at, value) in values {
            let slot = &mut next[at.index()];
            items[*slot as usize] = value;
            *slot += 1;
        }
        Self { start, items, by: PhantomData }
    }

    fn place(&self, position: I) -> Range<usize> {
        self.start[position.index()] as usize..self.start[position.index() + 1] as usize
    }

    /// The list at a position.
    #[inline]
    pub(crate) fn of(&self, position: I) -> &[T] {
        &self.items[self.place(position)]
    }

    /// The values of a position, to be put in order.
    pub(crate) fn of_mut(&mut self, position: I) -> &mut [T] {
        let place = self.place(position);
        &mut self.items[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_grouped_and_keep_their_order() {
        let values = [(2, 'a'), (0, 'b'), (2, 'c')];
        let lists: Lists<u32, char> = Lists::group(3, values.iter().copied());
        assert_eq!((lists.of(0), lists.of(1), lists.of(2)), (&['b'][..], &[][..], &['a', 'c'][..]));
        assert_eq!(Lists::<u32, u8>::group(1, std::iter::empty()).of(0), &[] as &[u8]);
    }
}
