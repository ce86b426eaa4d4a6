//! A small map from people to labels, made for searches that meet a few dozen or a few hundred people.
#![allow(clippy::indexing_slicing, reason = "a slot is masked to the length, which is a power of two")]

use std::cell::Cell;

use crate::network::PersonIx;

/// The label of a person without one.
pub(super) const NONE: u32 = u32::MAX;

/// How many neighbours share a page: two lines of memory.
const PAGE: u32 = 32;

/// Labels are in pages of neighbouring positions. People who know each other are neighbours, and ties are ordered
/// by the person trusted, so the last page used is mostly the next one needed.
///
/// Pages are found by open addressing with linear probing, a multiplicative hash (Knuth, volume 3, section 6.4)
/// and at most half of the slots taken. Positions are ours, not the caller's, so no one can choose them to
/// collide.
#[derive(Debug)]
pub(super) struct Places {
    /// The number of a page, and its position in `pages`.
    slots: Vec<(u32, u32)>,
    pages: Vec<[u32; PAGE as usize]>,
    /// The slot used last.
    last: Cell<(u32, u32)>,
}

impl Default for Places {
    fn default() -> Self {
        Self { slots: Vec::new(), pages: Vec::new(), last: Cell::new((NONE, 0)) }
    }
}

impl Places {
    /// The label last set for someone.
    pub(super) fn get(&self, person: PersonIx) -> Option<u32> {
        let page = self.find(person.get() / PAGE)?;
        Some(self.pages[page][(person.get() % PAGE) as usize]).filter(|&label| label != NONE)
    }

    /// Sets the label of someone.
    pub(super) fn set(&mut self, person: PersonIx, label: u32) {
        *self.label(person) = label;
    }

    /// The label of someone, to be read or set; [`NONE`] before it is.
    #[inline]
    pub(super) fn label(&mut self, person: PersonIx) -> &mut u32 {
        let page = match self.find(person.get() / PAGE) {
            Some(page) => page,
            None => self.add(person.get() / PAGE),
        };
        &mut self.pages[page][(person.get() % PAGE) as usize]
    }

    #[inline]
    fn find(&self, number: u32) -> Option<usize> {
        let (last, at) = self.last.get();
        if last == number {
            return Some(at as usize);
        }
        if self.slots.is_empty() {
            return None;
        }
        let slot = self.slots[self.slot(number)];
        if slot.0 != number {
            return None;
        }
        self.last.set(slot);
        Some(slot.1 as usize)
    }

    #[cold]
    fn add(&mut self, number: u32) -> usize {
        if self.pages.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.pages.len();
        self.pages.push([NONE; PAGE as usize]);
        let slot = self.slot(number);
        self.slots[slot] = (number, u32::try_from(at).unwrap_or(NONE));
        self.last.set(self.slots[slot]);
        at
    }

    /// The position of a page, or where it would be.
    #[inline]
    fn slot(&self, number: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (number.wrapping_mul(0x9e37_79b1) >> 12) as usize & mask;
        while self.slots[slot].0 != number && self.slots[slot].0 != NONE {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![(NONE, 0); (old.len() * 2).max(32)];
        for page in old.into_iter().filter(|(number, _)| *number != NONE) {
            let slot = self.slot(page.0);
            self.slots[slot] = page;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn it_answers_as_the_standard_map_does() {
        let (mut places, mut map) = (Places::default(), HashMap::new());
        assert_eq!(places.get(PersonIx::new(7)), None);
        for i in 0..5000_u32 {
            // Strides that share low bits, the worst case for a masked hash.
            let person = PersonIx::new((i * 4096) % 99_991);
            places.set(person, i);
            map.insert(person, i);
        }
        for person in PersonIx::of_column(100_000) {
            assert_eq!(places.get(person), map.get(&person).copied());
            assert_eq!(*places.label(person), map.get(&person).copied().unwrap_or(NONE));
        }
    }
}
