//! Several people in a row.

use std::fmt;
use std::iter::FusedIterator;

use super::record::PersonRecord;
use crate::network::{IxRange, Network, PersonIx};

/// Some people of a [`Network`], in its order: everyone, our staff, or those of one customer.
///
/// Like a slice of their records: it is copied rather than borrowed, knows its length, and is walked from either end.
///
/// ```
/// use stakeholder_graph::{Network, Records, record::Person};
///
/// # let mut records = Records::new();
/// records.people = vec![Person::staff("sal"), Person::partner("pat"), Person::staff("pam")];
/// let network = Network::build(records)?;
/// let ids: Vec<&str> = network.people().iter().map(|person| person.id()).collect();
/// assert_eq!(ids, ["pam", "sal", "pat"]);
/// assert_eq!(network.staff().len(), 2);
/// assert_eq!(network.staff().get(1).map(|person| person.id()), Some("sal"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct People<'n> {
    network: &'n Network,
    start: PersonIx,
    end: PersonIx,
}

impl<'n> People<'n> {
    pub(in crate::network) fn new(network: &'n Network, positions: &IxRange<PersonIx>) -> Self {
        Self { network, start: positions.start(), end: positions.end() }
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        self.end.get().saturating_sub(self.start.get()) as usize
    }

    /// Whether there is no one.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// One of them, by place.
    pub fn get(self, place: usize) -> Option<PersonRecord<'n>> {
        self.iter().nth(place)
    }

    /// One after the other.
    pub fn iter(self) -> EachPerson<'n> {
        EachPerson { network: self.network, positions: self.start.up_to(self.end) }
    }
}

impl<'n> IntoIterator for People<'n> {
    type Item = PersonRecord<'n>;
    type IntoIter = EachPerson<'n>;

    fn into_iter(self) -> EachPerson<'n> {
        self.iter()
    }
}

impl fmt::Debug for People<'_> {
    /// How many: who they are is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("People").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// People one after the other: what [`People::iter`] makes.
#[derive(Clone)]
pub struct EachPerson<'n> {
    network: &'n Network,
    positions: IxRange<PersonIx>,
}

impl<'n> EachPerson<'n> {
    const fn record(&self, at: PersonIx) -> PersonRecord<'n> {
        PersonRecord::new(self.network, at)
    }
}

impl<'n> Iterator for EachPerson<'n> {
    type Item = PersonRecord<'n>;

    fn next(&mut self) -> Option<PersonRecord<'n>> {
        self.positions.next().map(|at| self.record(at))
    }

    fn nth(&mut self, n: usize) -> Option<PersonRecord<'n>> {
        self.positions.nth(n).map(|at| self.record(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }
}

impl DoubleEndedIterator for EachPerson<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.positions.next_back().map(|at| self.record(at))
    }
}

impl ExactSizeIterator for EachPerson<'_> {}

impl FusedIterator for EachPerson<'_> {}

impl fmt::Debug for EachPerson<'_> {
    /// How many are left: who they are is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EachPerson").field("left", &self.positions.len()).finish_non_exhaustive()
    }
}
