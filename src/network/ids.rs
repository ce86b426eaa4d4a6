//! From ids to positions, and back.
#![allow(clippy::indexing_slicing, reason = "positions are those of texts that were pushed")]

use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::ix::Ix;
use super::texts::Texts;

/// Positions by id. The texts of the ids lie side by side in the order of positions, so that looking for those of one
/// customer touches one short stretch of memory.
///
/// The hash is keyed at random, so that no one can choose ids that collide; nothing ever walks the table in its
/// own order, so the key does not show in any result.
#[derive(Debug, Clone)]
pub(crate) struct IdIndex<I> {
    table: HashTable<u32>,
    state: RandomState,
    texts: Texts,
    to: PhantomData<I>,
}

/// Represents no position.
const NONE: u32 = u32::MAX;

impl<I> Default for IdIndex<I> {
    fn default() -> Self {
        Self {
            table: HashTable::default(),
            state: RandomState::default(),
            texts: Texts::default(),
            to: PhantomData,
        }
    }
}

impl<I: Ix> IdIndex<I> {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        let texts = Texts::with_capacity(capacity, 0);
        Self { table: HashTable::with_capacity(capacity), state: RandomState::new(), texts, to: PhantomData }
    }

    /// Gives an id the next position; or, when the id is taken, returns its holder, and the position has no id.
    pub(crate) fn insert(&mut self, id: &str) -> Result<(), I> {
        let position = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(id);
        let (state, texts) = (&self.state, &self.texts);
        let hash = state.hash_one(id);
        match self.table.entry(
            hash,
            |&at| texts.at(at as usize) == id,
            |&at| state.hash_one(texts.at(at as usize)),
        ) {
            Entry::Occupied(taken) => Err(I::new(*taken.get())),
            Entry::Vacant(free) => {
                free.insert(position);
                Ok(())
            }
        }
    }

    /// Gives the next position to no one.
    pub(crate) fn skip(&mut self) {
        self.texts.push("");
    }

    /// The same ids at new positions: `order` gives for each its previous position. Ids whose positions are not
    /// given are dropped. Nothing is hashed again.
    pub(crate) fn in_order<J: Ix>(mut self, order: &[I]) -> IdIndex<J> {
        let mut texts = Texts::with_capacity(order.len(), self.texts.bytes());
        let mut new_of = vec![NONE; self.texts.len()];
        for (new, &old) in (0_u32..).zip(order) {
            texts.push(self.texts.at(old.index()));
            new_of[old.index()] = new;
        }
        self.table.retain(|at| {
            let new = new_of[*at as usize];
            *at = new;
            new != NONE
        });
        IdIndex { table: self.table, state: self.state, texts, to: PhantomData }
    }

    /// The position that has an id.
    pub(crate) fn get(&self, id: &str) -> Option<I> {
        let found = self.table.find(self.state.hash_one(id), |&at| self.texts.at(at as usize) == id);
        found.map(|&at| I::new(at))
    }

    /// The id at a position; empty where there is none.
    pub(crate) fn at(&self, position: I) -> &str {
        let position = position.index();
        if position < self.texts.len() { self.texts.at(position) } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_positions_through_a_new_order() {
        let mut ids = IdIndex::<u32>::with_capacity(2);
        assert_eq!([ids.insert("pam"), ids.insert("sal"), ids.insert("pam")], [Ok(()), Ok(()), Err(0)]);
        ids.skip();
        assert_eq!((ids.insert("wes"), ids.get("wes"), ids.get("")), (Ok(()), Some(4), None));
        let ids = ids.in_order::<u32>(&[4, 0]);
        assert_eq!((ids.get("wes"), ids.get("pam"), ids.get("sal")), (Some(0), Some(1), None));
        assert_eq!((ids.at(0), ids.at(1), ids.at(2)), ("wes", "pam", ""));
    }
}
