//! How answers name the record behind a piece of evidence: by its id, and for a tie without one, by its content.

use super::packed::source_of;
use super::{Network, PersonIx, record_of};
use crate::day::Day;
use crate::evidence::Item;
use crate::record::{Citation, RecordKind, TieKind, TieSource};
use crate::text::Text;

impl Network {
    /// The kind of the record that a piece of evidence comes from, and what answers cite it by; `who` and `trusted` are
    /// the two whose tie the piece belongs to.
    pub(crate) fn citation(&self, who: PersonIx, trusted: PersonIx, item: &Item) -> (RecordKind, Text) {
        let at = record_of(item);
        if let Some((kind, is_turned, source)) = source_of(item) {
            let id = self.tie_ids.get(at).cloned();
            let (from, to) = if is_turned { (trusted, who) } else { (who, trusted) };
            return (RecordKind::Tie, id.unwrap_or_else(|| self.tie_citation(at, kind, (from, to), source)));
        }
        let (at, kind) = (at as usize, item.kind.record_kind());
        let id = match kind {
            RecordKind::Person => self.people().get(at).map(|it| it.id().into()),
            RecordKind::Commitment => self.commitments.get(at).map(|it| it.id.clone()),
            RecordKind::Concern => self.concerns.get(at).map(|it| it.id.clone()),
            RecordKind::Interaction => self.interactions.get(at).map(|it| it.id.clone()),
            // Ties are seen to above, and nothing is evidence because of a customer or a decision.
            RecordKind::Tie | RecordKind::Customer | RecordKind::Decision => None,
        };
        (kind, id.unwrap_or_default())
    }

    /// As [`Tie::citation`](crate::record::Tie::citation) has it of a record without an id.
    fn tie_citation(
        &self,
        record: u32,
        kind: TieKind,
        (from, to): (PersonIx, PersonIx),
        source: Option<TieSource>,
    ) -> Text {
        let (since, _) = self.ties.span(record);
        let since = Some(since).filter(|&since| since != Day::MIN);
        let (from, to) = (self.person_at(from).id(), self.person_at(to).id());
        Citation { kind, from, to, source, since }.text()
    }
}

/// The id of a recorded tie.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TieId {
    /// The tie's number.
    pub(super) record: u32,
    /// Its position among the records, for messages.
    pub(super) position: u32,
    pub(super) id: Text,
}

/// The ids of those recorded ties that have one, by number: nothing for the others.
#[derive(Debug, Clone, Default)]
pub(super) struct TieIds(Vec<TieId>);

impl TieIds {
    /// The ids in the order of numbers, each number once.
    pub(super) fn new(ids: Vec<TieId>) -> Self {
        Self(ids)
    }

    fn place(&self, record: u32) -> Result<usize, usize> {
        self.0.binary_search_by_key(&record, |one| one.record)
    }

    fn get(&self, record: u32) -> Option<&Text> {
        self.place(record).ok().and_then(|at| self.0.get(at)).map(|one| &one.id)
    }

    pub(super) fn put(&mut self, one: TieId) {
        match self.place(one.record) {
            Ok(at) => self.0.splice(at..=at, [one]).for_each(drop),
            Err(at) => self.0.insert(at, one),
        }
    }

    /// Removes the id of a tie, and returns it.
    pub(super) fn remove(&mut self, record: u32) -> Option<TieId> {
        self.place(record).ok().map(|at| self.0.remove(at))
    }

    /// The tie that has an id. Costs O(ties that have one).
    pub(super) fn find(&self, id: &str) -> Option<&TieId> {
        self.0.iter().find(|one| one.id == id)
    }
}
