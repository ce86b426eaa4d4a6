//! A small map from people to labels, made for searches that meet a few dozen people.
#![allow(clippy::indexing_slicing, reason = "a slot is masked to the length, which is a power of two")]

use crate::network::{NOBODY, PersonIx};

/// Open addressing with linear probing, a multiplicative hash (Knuth, volume 3, section 6.4) and at most half of the
/// slots taken. Positions are ours, not the caller's, so nobody can choose them to collide.
#[derive(Debug, Default)]
pub(super) struct Places {
    slots: Vec<(PersonIx, u32)>,
    taken: usize,
}

impl Places {
    /// The label last set for somebody.
    pub(super) fn get(&self, person: PersonIx) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let (found, label) = self.slots[self.slot(person)];
        (found == person).then_some(label)
    }

    /// Sets the label of somebody.
    pub(super) fn set(&mut self, person: PersonIx, label: u32) {
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(person);
        self.taken += usize::from(self.slots[slot].0 != person);
        self.slots[slot] = (person, label);
    }

    /// Where somebody stands, or would.
    fn slot(&self, person: PersonIx) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (person.wrapping_mul(0x9e37_79b1) >> 12) as usize & mask;
        while self.slots[slot].0 != person && self.slots[slot].0 != NOBODY {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![(NOBODY, 0); (old.len() * 2).max(32)];
        for (person, label) in old.into_iter().filter(|(person, _)| *person != NOBODY) {
            let slot = self.slot(person);
            self.slots[slot] = (person, label);
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
        assert_eq!(places.get(7), None);
        for i in 0..5000_u32 {
            // Strides that share low bits, the worst case for a masked hash.
            let person = (i * 4096) % 99_991;
            places.set(person, i);
            map.insert(person, i);
        }
        for person in 0..100_000 {
            assert_eq!(places.get(person), map.get(&person).copied());
        }
    }
}
