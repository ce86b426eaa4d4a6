//! Replaces or re-marks the ties of one person in built columns.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

use super::{AVOID, Span, Ties};
use crate::day::Day;
use crate::evidence::Item;
use crate::network::{PersonIx, TieIx};
use crate::settings::EvidenceSettings;

/// What [`Ties::replace_row`] needs beside the evidence.
pub(in crate::network) struct Repacking<'a> {
    pub(in crate::network) as_of: Option<Day>,
    pub(in crate::network) settings: &'a EvidenceSettings,
    /// Whether someone is there for good from the reference day on, and may be asked.
    pub(in crate::network) lasting: &'a dyn Fn(PersonIx) -> bool,
}

impl Ties {
    /// Marks again the ties to a person, given whether they are present for good and may be asked.
    pub(in crate::network) fn mark_to(&mut self, trusted: PersonIx, lasting: bool) {
        let ties: Vec<TieIx> = self.to(trusted).map(|(_, tie)| tie).collect();
        self.non_dominated.take();
        for tie in ties {
            self.mark_plain(tie, lasting);
        }
    }

    /// The evidence of each tie of a person.
    pub(in crate::network) fn pieces(&self, who: PersonIx) -> impl Iterator<Item = (PersonIx, Item)> + '_ {
        self.of(who).flat_map(move |tie| {
            let items = self.item_start[tie.index()] as usize..self.item_start[tie.index() + 1] as usize;
            self.items[items].iter().map(move |item| (self.trusted(tie), *item))
        })
    }

    /// Gives someone other ties than so far. The row is written behind all others, and the place of the old one is
    /// won back when more than half of all places are dead, so that an edit costs as much as the row is long.
    pub(in crate::network) fn replace_row(
        &mut self,
        who: PersonIx,
        mut mine: Vec<(PersonIx, Item)>,
        packing: &Repacking<'_>,
    ) {
        let (old_start, old_end) = self.rows[who.index()];
        let start = self.end();
        self.push_row(&mut mine, packing.as_of.unwrap_or(Day::MAX), packing.settings);
        let end = self.end();
        self.rows[who.index()] = (start, end);
        self.dead += old_start.up_to(old_end).len();
        for tie in start.up_to(end) {
            let trusted = self.trusted(tie);
            if self.has_avoid(who, trusted) {
                self.flags[tie.index()] |= AVOID;
            }
            self.mark_plain(tie, (packing.lasting)(trusted));
        }
        self.incoming.take();
        self.non_dominated.take();
        if self.dead > self.heads.len() / 2 {
            self.compact();
        }
    }

    /// Sets the days between which a recorded tie holds.
    pub(in crate::network) fn set_span(&mut self, record: u32, since: Day, until: Day) {
        let dated = since != Day::MIN || until != Day::MAX;
        let span = Span { record, since, until };
        match self.spans.binary_search_by_key(&record, |span| span.record) {
            Ok(at) if dated => self.spans[at] = span,
            Ok(at) => drop(self.spans.remove(at)),
            Err(at) if dated => self.spans.insert(at, span),
            Err(_) => {}
        }
    }

    /// Whether two people are to avoid each other on any day.
    fn has_avoid(&self, a: PersonIx, b: PersonIx) -> bool {
        let first = self.avoid.partition_point(|&(who, other, ..)| (who, other) < (a, b));
        self.avoid.get(first).is_some_and(|&(who, other, ..)| (who, other) == (a, b))
    }

    /// Leaves out dead places.
    fn compact(&mut self) {
        let live = self.len();
        let mut ties = Self {
            rows: Vec::with_capacity(self.rows.len()),
            heads: Vec::with_capacity(live),
            flags: Vec::with_capacity(live),
            item_start: Vec::with_capacity(live + 1),
            ..Self::default()
        };
        ties.item_start.push(0);
        for &(start, end) in &self.rows {
            let begin = ties.end();
            for tie in start.up_to(end).indices() {
                let items = self.item_start[tie] as usize..self.item_start[tie + 1] as usize;
                ties.items.extend_from_slice(&self.items[items]);
                ties.heads.push(self.heads[tie]);
                ties.flags.push(self.flags[tie]);
                ties.item_start.push(u32::try_from(ties.items.len()).unwrap_or(u32::MAX));
            }
            ties.rows.push((begin, ties.end()));
        }
        ties.spans = std::mem::take(&mut self.spans);
        ties.avoid = std::mem::take(&mut self.avoid);
        *self = ties;
    }
}
