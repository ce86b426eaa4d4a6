//! From ids to positions, without keeping the ids a second time.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Positions by id. The ids themselves stay where they are: each call is told how to read the id at a position.
///
/// The hash is keyed at random, so that nobody can choose ids that collide; nothing ever walks the table, so the
/// key does not show in any result.
#[derive(Debug, Clone, Default)]
pub(crate) struct IdIndex {
    table: HashTable<u32>,
    state: RandomState,
}

impl IdIndex {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { table: HashTable::with_capacity(capacity), state: RandomState::new() }
    }

    /// Adds a position under its id, or tells which position has the id already.
    pub(crate) fn insert<'a>(&mut self, position: u32, id_at: impl Fn(u32) -> &'a str) -> Result<(), u32> {
        let id = id_at(position);
        let hash = self.state.hash_one(id);
        let entry = self.table.entry(hash, |&at| id_at(at) == id, |&at| self.state.hash_one(id_at(at)));
        match entry {
            Entry::Occupied(taken) => Err(*taken.get()),
            Entry::Vacant(free) => {
                free.insert(position);
                Ok(())
            }
        }
    }

    /// The position that has an id.
    pub(crate) fn get<'a>(&self, id: &str, id_at: impl Fn(u32) -> &'a str) -> Option<u32> {
        self.table.find(self.state.hash_one(id), |&at| id_at(at) == id).copied()
    }
}
