//! Ties as columns, in both directions.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

mod head;
mod pack;
mod repack;

pub(crate) use head::Head;
pub(super) use pack::{Packing, PendingEvidence};
pub(super) use repack::Repacking;

use std::sync::OnceLock;

use crate::day::Day;
use crate::evidence::{Against, Basis, EvidenceKind, Fold, Item, fold};
use crate::record::{RecordKind, TieKind, TieSource};
use crate::settings::EvidenceSettings;

use super::lists::Lists;
use super::non_dominated::NonDominatedEdges;
use super::{IxRange, MOST_RECORDS, PersonIx, TieIx};

/// A person that another listens to, according to the records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Listening {
    pub(crate) to: PersonIx,
    pub(crate) weight: f32,
    pub(crate) since: Day,
    pub(crate) until: Day,
}

/// Days between which a recorded tie holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) record: u32,
    pub(crate) since: Day,
    pub(crate) until: Day,
}

const CHANGES: u8 = 1;
const AVOID: u8 = 2;
const OBSERVED: u8 = 4;
const STATED: u8 = 8;
/// Some of its evidence, of any day, is silence.
const SILENT: u8 = 16;
/// Some of its evidence, of any day, speaks against and is not silence.
const EXPLICIT: u8 = 32;
/// Some of its evidence, for or against, is observed and some is stated.
const BOTH: u8 = 64;

/// Every tie, by the person who trusts; and for each person who trusts them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ties {
    /// Ties of person p: from `rows[p].0` to `rows[p].1`, ordered by the person trusted. The rows are in the order
    /// of people, except those that have been edited, which are at the end.
    rows: Vec<(TieIx, TieIx)>,
    /// How many ties belong to no row any more.
    dead: usize,
    heads: Vec<Head>,
    flags: Vec<u8>,
    /// Pieces of evidence of tie t: `items[item_start[t]..item_start[t + 1]]`, in [`Item::order`].
    item_start: Vec<u32>,
    items: Vec<Item>,
    /// Recorded ties that begin or end on a known day, by record.
    spans: Vec<Span>,
    /// Ordered pairs who are to avoid each other, with a tie or without, and the days between which that holds; sorted.
    avoid: Vec<(PersonIx, PersonIx, Day, Day)>,
    /// For each person who trusts them, in order of position. Made when first asked for: many never ask.
    incoming: OnceLock<Lists<PersonIx, PersonIx>>,
    /// Made when first asked for.
    non_dominated: OnceLock<NonDominatedEdges>,
}

impl Ties {
    /// The days between which a recorded tie holds; all days where nothing is known.
    pub(super) fn span(&self, record: u32) -> (Day, Day) {
        let found = self.spans.binary_search_by_key(&record, |span| span.record);
        found.map_or((Day::MIN, Day::MAX), |at| (self.spans[at].since, self.spans[at].until))
    }

    /// The span of the record behind a piece of evidence, when that record is a tie with days.
    fn span_of(&self, item: &Item) -> Option<&Span> {
        if self.spans.is_empty() || !from_tie(item) {
            return None;
        }
        let found = self.spans.binary_search_by_key(&record_of(item), |span| span.record);
        found.ok().map(|at| &self.spans[at])
    }

    /// The position of the next tie.
    fn end(&self) -> TieIx {
        self.places().end()
    }

    /// The places for ties, dead ones among them.
    pub(crate) fn places(&self) -> IxRange<TieIx> {
        TieIx::of_column(self.heads.len())
    }

    pub(crate) fn len(&self) -> usize {
        self.heads.len() - self.dead
    }

    /// The ties of someone, as positions.
    pub(crate) fn of(&self, who: PersonIx) -> IxRange<TieIx> {
        let (start, end) = self.rows[who.index()];
        start.up_to(end)
    }

    /// The heads of the ties of someone, in the order of [`of`](Self::of).
    pub(crate) fn heads_of(&self, who: PersonIx) -> &[Head] {
        self.row(who).1
    }

    /// The first tie of someone, and the heads of all.
    pub(crate) fn row(&self, who: PersonIx) -> (TieIx, &[Head]) {
        let (start, end) = self.rows[who.index()];
        (start, &self.heads[start.up_to(end).indices()])
    }

    pub(crate) fn head(&self, tie: TieIx) -> &Head {
        &self.heads[tie.index()]
    }

    /// The person trusted.
    pub(crate) fn trusted(&self, tie: TieIx) -> PersonIx {
        self.heads[tie.index()].trusted()
    }

    /// The ties that lead to someone, with who trusts, in the order of who trusts.
    pub(crate) fn to(&self, trusted: PersonIx) -> impl Iterator<Item = (PersonIx, TieIx)> + '_ {
        let who = self.incoming.get_or_init(|| self.turned_round()).of(trusted);
        who.iter().filter_map(move |&who| Some((who, self.find(who, trusted)?)))
    }

    /// The ties on which a best path may begin, made if they are not known yet.
    pub(super) fn non_dominated(&self, make: impl FnOnce() -> NonDominatedEdges) -> &NonDominatedEdges {
        self.non_dominated.get_or_init(make)
    }

    fn turned_round(&self) -> Lists<PersonIx, PersonIx> {
        let people = PersonIx::of_column(self.rows.len());
        let ties = people.flat_map(|who| self.heads_of(who).iter().map(move |head| (head.trusted(), who)));
        Lists::group(self.rows.len(), ties)
    }

    /// The tie between two people, by binary search.
    pub(crate) fn find(&self, who: PersonIx, trusted: PersonIx) -> Option<TieIx> {
        let found = self.heads_of(who).binary_search_by_key(&trusted, |head| head.trusted());
        found.ok().and_then(|at| self.of(who).nth(at))
    }

    /// Whether on a day the two ends of a tie are not to be asked to approach each other.
    pub(crate) fn is_avoided(&self, who: PersonIx, tie: TieIx, day: Day) -> bool {
        // The flag spares nearly every tie the look into the list.
        self.flags[tie.index()] & AVOID != 0 && self.are_apart(who, self.trusted(tie), day)
    }

    /// Whether on a day two people are not to be asked to approach each other, with a tie between them or without.
    pub(crate) fn are_apart(&self, a: PersonIx, b: PersonIx, day: Day) -> bool {
        let first = self.avoid.partition_point(|&(who, other, ..)| (who, other) < (a, b));
        let mut mine = self.avoid[first..].iter().take_while(|&&(who, other, ..)| (who, other) == (a, b));
        mine.any(|&(.., since, until)| since <= day && day <= until)
    }

    /// Whether the evidence changes by itself on some later day, other than by fading.
    pub(crate) fn changes(&self, tie: TieIx) -> bool {
        self.flags[tie.index()] & CHANGES != 0
    }

    /// The best basis of any of its evidence.
    pub(crate) fn basis(&self, tie: TieIx) -> Basis {
        let flags = self.flags[tie.index()];
        if flags & OBSERVED != 0 {
            Basis::Observed
        } else if flags & STATED != 0 {
            Basis::Stated
        } else {
            Basis::Assumed
        }
    }

    /// Whether any of its evidence is stated and any observed, whenever that holds.
    pub(crate) fn is_rated_and_observed(&self, tie: TieIx) -> bool {
        self.flags[tie.index()] & BOTH != 0
    }

    /// What of an amount against is explicit, where that follows from the kinds of its evidence: all of it where there is
    /// no silence, none where there is nothing else. A tie with both has to be looked at piece by piece.
    pub(crate) fn explicit_of(&self, tie: TieIx, against: f64) -> Option<f64> {
        match self.flags[tie.index()] & (SILENT | EXPLICIT) {
            SILENT => Some(0.0),
            flags if flags & SILENT == 0 => Some(against),
            _ => None,
        }
    }

    /// The pieces of evidence that hold on a day, in order.
    pub(crate) fn items(&self, tie: TieIx, day: Day) -> impl Iterator<Item = Item> + Clone + '_ {
        let (first, last) = (self.item_start[tie.index()], self.item_start[tie.index() + 1]);
        self.items[first as usize..last as usize]
            .iter()
            .filter(move |item| holds(self.span_of(item), day))
            .copied()
    }

    /// The evidence summed again, for any day and any settings.
    pub(crate) fn refold(&self, tie: TieIx, day: Day, settings: &EvidenceSettings) -> Fold {
        fold(self.items(tie, day), day, settings)
    }

    /// As [`refold`](Self::refold), with recorded ties that are known only from a later day on as if stated on
    /// this one.
    pub(crate) fn refold_as_recorded(&self, tie: TieIx, day: Day, settings: &EvidenceSettings) -> Fold {
        fold(self.items(tie, day).map(as_recorded(day)), day, settings)
    }

    /// What is explicitly against on a day; with recorded ties as in [`refold_as_recorded`](Self::refold_as_recorded) if
    /// that is asked for.
    pub(crate) fn against(
        &self,
        tie: TieIx,
        day: Day,
        settings: &EvidenceSettings,
        recorded: bool,
    ) -> Against {
        let items = self.items(tie, day);
        if recorded {
            Against::of(items.map(as_recorded(day)), day, settings)
        } else {
            Against::of(items, day, settings)
        }
    }
}

/// A piece that comes from a recorded tie as if it had been said by a day.
fn as_recorded(day: Day) -> impl Fn(Item) -> Item + Clone {
    move |item| if from_tie(&item) { Item { day: item.day.min(day), ..item } } else { item }
}

fn holds(span: Option<&Span>, day: Day) -> bool {
    span.is_none_or(|span| span.since <= day && day <= span.until)
}

/// Set in [`Item::record`] when the kind of evidence alone does not identify the record: a reporting line that is
/// a tie and not a `manager_id`, an acquaintance that is a tie of its own and not one of trust without a figure.
pub(super) const TIE_RECORD: u32 = 1 << 31;
/// Set in [`Item::record`] when the recorded tie is not what the evidence alone would suggest: one without direction
/// that is recorded from the one who is trusted, a score beside evidence that was counted.
pub(super) const OTHERWISE: u32 = 1 << 30;
/// The bits of [`Item::record`] that hold a position; [`MOST_RECORDS`](crate::network::MOST_RECORDS) sees to it that they
/// are enough.
const RECORD: u32 = OTHERWISE - 1;

/// Whether a piece of evidence comes from a recorded tie.
pub(crate) fn from_tie(item: &Item) -> bool {
    match item.kind.record_kind() {
        RecordKind::Tie => true,
        RecordKind::Person => item.record & TIE_RECORD != 0,
        RecordKind::Customer
        | RecordKind::Interaction
        | RecordKind::Commitment
        | RecordKind::Concern
        | RecordKind::Decision => false,
    }
}

/// The position of the record that a piece of evidence comes from.
pub(crate) fn record_of(item: &Item) -> u32 {
    item.record & RECORD
}

/// The recorded tie that a piece of evidence comes from, as far as the evidence shows: its kind, whether it is
/// recorded from the person trusted, and where its figures come from. None where the piece comes from another
/// record.
pub(super) fn source_of(item: &Item) -> Option<(TieKind, bool, Option<TieSource>)> {
    use EvidenceKind::{
        Acquainted, ConcernAnswered, ConcernLeftOpen, Conflict, CountedAgainst, CountedFor, Declined,
        Introduced, LeftUnanswered, Met, Ordered, PromiseBroken, PromiseKept, Rated, RatedAgainst, Replied,
        ReportingLine, Started, StatedAgainst, StatedFor, Together, ToldUsOfRival, WentBadly,
    };
    let (own, otherwise) = (item.record & TIE_RECORD != 0, item.record & OTHERWISE != 0);
    Some(match item.kind {
        Rated | RatedAgainst if otherwise => (TieKind::Trust, false, Some(TieSource::Evidenced)),
        Rated | RatedAgainst | StatedFor | StatedAgainst => (TieKind::Trust, false, Some(TieSource::Stated)),
        CountedFor | CountedAgainst => (TieKind::Trust, false, Some(TieSource::Evidenced)),
        Conflict => (TieKind::Conflict, otherwise, None),
        Acquainted if own => (TieKind::Acquainted, otherwise, None),
        Acquainted => (TieKind::Trust, false, None),
        ReportingLine if own => (TieKind::ReportsTo, otherwise, None),
        ReportingLine | Started | Ordered | ToldUsOfRival | Replied | Met | Introduced | LeftUnanswered
        | Declined | WentBadly | Together | PromiseKept | PromiseBroken | ConcernAnswered
        | ConcernLeftOpen => return None,
    })
}
const _: () =
    assert!(MOST_RECORDS <= RECORD as usize + 1, "what stands above a position is never part of one");
