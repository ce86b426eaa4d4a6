//! Evidence becomes columns.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

use super::{AVOID, BOTH, CHANGES, EXPLICIT, Head, OBSERVED, SILENT, STATED, Span, Ties, holds};
use crate::day::Day;
use crate::evidence::{Basis, EvidenceKind, Fold, Item, fold};
use crate::network::check::{ValidRecords, ValidTie};
use crate::network::extraction::of_trust;
use crate::network::lists::Lists;
use crate::network::{PersonIx, TieIx};
use crate::record::TieKind;
use crate::settings::EvidenceSettings;

/// Pending evidence, not yet in the columns.
#[derive(Debug, Clone, Copy)]
pub(in crate::network) struct PendingEvidence {
    pub(in crate::network) who: PersonIx,
    pub(in crate::network) trusts: PersonIx,
    pub(in crate::network) item: Item,
}

/// What [`Ties::pack`] needs beside the evidence.
pub(in crate::network) struct Packing<'a> {
    /// Of each person whether they are there for good from the reference day on, and may be asked.
    pub(in crate::network) lasting: &'a [bool],
    pub(in crate::network) as_of: Option<Day>,
    pub(in crate::network) settings: &'a EvidenceSettings,
    /// Sorted by record.
    pub(in crate::network) spans: Vec<Span>,
    /// Ordered pairs, and the days between which they are to avoid each other; sorted.
    pub(in crate::network) avoid: Vec<(PersonIx, PersonIx, Day, Day)>,
}

impl Ties {
    /// Packs the evidence of valid records into columns, person by person: their ties of trust in sorted order,
    /// and all other evidence, grouped in one counting pass.
    pub(in crate::network) fn pack(
        valid: &ValidRecords,
        pending: &[PendingEvidence],
        packing: Packing<'_>,
    ) -> Self {
        let people = packing.lasting.len();
        let others =
            Lists::group(people, pending.iter().map(|piece| (piece.who, (piece.trusts, piece.item))));
        let pieces = valid.ties.len() + pending.len();
        let mut ties = Self {
            rows: Vec::with_capacity(people),
            heads: Vec::with_capacity(pieces),
            flags: Vec::with_capacity(pieces),
            item_start: Vec::with_capacity(pieces + 1),
            items: Vec::with_capacity(pieces),
            spans: packing.spans,
            ..Self::default()
        };
        let as_of = packing.as_of.unwrap_or(Day::MAX);
        ties.item_start.push(0);
        let mut mine: Vec<(PersonIx, Item)> = Vec::new();
        for person in PersonIx::of_column(people) {
            let start = ties.end();
            if others.of(person).is_empty() && ties.spans.is_empty() && is_counted(valid, person) {
                for tie in valid.ties_of(person) {
                    ties.add_counted(tie.to, counted(tie, packing.as_of), as_of, packing.settings);
                }
            } else {
                mine.clear();
                for tie in valid.ties_of(person) {
                    mine.extend(of_trust(tie, packing.as_of).map(|item| (tie.to, item)));
                }
                mine.extend_from_slice(others.of(person));
                ties.push_row(&mut mine, as_of, packing.settings);
            }
            let end = ties.end();
            ties.rows.push((start, end));
            for tie in start.up_to(end) {
                ties.mark_plain(tie, packing.lasting[ties.trusted(tie).index()]);
            }
        }
        for &(a, b, ..) in &packing.avoid {
            if let Some(tie) = ties.find(a, b) {
                ties.flags[tie.index()] |= AVOID;
                ties.mark_plain(tie, packing.lasting[b.index()]);
            }
        }
        ties.avoid = packing.avoid;
        ties.heads.shrink_to_fit();
        ties.flags.shrink_to_fit();
        ties.item_start.shrink_to_fit();
        ties.items.shrink_to_fit();
        ties
    }

    /// Appends the ties of one person, given the evidence of each.
    pub(super) fn push_row(
        &mut self,
        mine: &mut [(PersonIx, Item)],
        as_of: Day,
        settings: &EvidenceSettings,
    ) {
        let order = |(a, x): &(PersonIx, Item), (b, y): &(PersonIx, Item)| {
            a.cmp(b).then_with(|| (x.order(), x.record).cmp(&(y.order(), y.record)))
        };
        if !mine.is_sorted_by(|a, b| order(a, b).is_le()) {
            mine.sort_unstable_by(order);
        }
        for pieces in mine.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(&(trusted, _)) = pieces.first() else { continue };
            self.items.extend(pieces.iter().map(|(_, item)| *item));
            self.add(trusted, as_of, settings);
        }
    }

    /// Marks whether a tie is plain, given whether the one who is trusted is there for good and may be asked.
    pub(super) fn mark_plain(&mut self, tie: TieIx, lasting: bool) {
        let flags = self.flags[tie.index()];
        let head = &mut self.heads[tie.index()];
        let never_distrust = head.against() <= head.supporting() || flags & (SILENT | EXPLICIT) == SILENT;
        // A rating of 0 is no tie, whatever the base rate.
        let is_any = head.supporting() + head.against() > 0.0 || head.stands();
        head.set_plain(flags & (CHANGES | AVOID) == 0 && never_distrust && lasting && is_any);
    }

    /// Closes a tie over the items that were pushed since the last one.
    fn add(&mut self, trusted: PersonIx, as_of: Day, settings: &EvidenceSettings) {
        let first = self.item_start[self.heads.len()] as usize;
        let items = &self.items[first..];
        let pending =
            items.iter().any(|item| item.begins() > as_of && item.kind != EvidenceKind::ReportingLine);
        let spanned = items
            .iter()
            .any(|item| self.span_of(item).is_some_and(|span| span.until < Day::MAX || span.since > as_of));
        let settled = items.iter().filter(|item| holds(self.span_of(item), as_of)).copied();
        let Fold { fading, lasting, .. } = fold(settled, as_of, settings);
        let mut flags = 0;
        if pending || spanned {
            flags |= CHANGES;
        }
        // A bit for each basis of the pieces that support, and three places further of those against.
        let mut seen = 0_u8;
        for item in items {
            let is_against = item.kind.is_against();
            let basis = match item.kind.basis() {
                Basis::Observed => 1,
                Basis::Stated => 2,
                Basis::Assumed => 4,
            };
            seen |= if is_against { basis << 3 } else { basis };
            if is_against {
                flags |= if item.kind.is_silence() { SILENT } else { EXPLICIT };
            }
        }
        // What supports a tie says what it rests on: one unanswered mail does not make a rating observed.
        let (supports, against) = (seen & 7, seen >> 3);
        let rests_on = if supports == 0 { against } else { supports };
        if rests_on & 1 != 0 {
            flags |= OBSERVED;
        }
        if rests_on & 2 != 0 {
            flags |= STATED;
        }
        if (supports | against) & 3 == 3 {
            flags |= BOTH;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "evidence is kept in 32 bits; the sums are made in 64"
        )]
        let (supporting, against) = (fading.supporting as f32, fading.against as f32);
        self.heads.push(Head::new(trusted, supporting, against, lasting > 0.0));
        self.flags.push(flags);
        self.item_start.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// Adds a tie of which one piece of counted evidence is all there is.
    fn add_counted(&mut self, trusted: PersonIx, item: Item, as_of: Day, settings: &EvidenceSettings) {
        let evidence = item.on(as_of, settings);
        #[allow(clippy::cast_possible_truncation, reason = "as above")]
        let (supporting, against) = (evidence.supporting as f32, evidence.against as f32);
        self.items.push(item);
        self.heads.push(Head::new(trusted, supporting, against, false));
        self.flags.push(OBSERVED | if evidence.against > 0.0 { EXPLICIT } else { 0 });
        self.item_start.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }
}

/// The piece of evidence of a tie that is one of counted evidence: what [`of_trust`] gives of it.
fn counted(tie: &ValidTie, as_of: Option<Day>) -> Item {
    let (kind, amount) = if tie.supporting > 0.0 {
        (EvidenceKind::CountedFor, tie.supporting)
    } else {
        (EvidenceKind::CountedAgainst, tie.against)
    };
    Item { day: as_of.unwrap_or(Day::MIN), wait: 0, amount, record: tie.record, kind }
}

/// Whether each tie of someone is one piece of counted evidence about someone else: as in most exports.
fn is_counted(valid: &ValidRecords, person: PersonIx) -> bool {
    let mut last = None;
    valid.ties_of(person).all(|tie| {
        let is_new = last != Some(tie.to);
        last = Some(tie.to);
        is_new
            && tie.kind == TieKind::Trust
            && !tie.is_stated
            && tie.strength.is_none()
            && tie.rated_on.is_none()
            && (tie.supporting > 0.0) != (tie.against > 0.0)
    })
}
