//! Ties as columns, in both directions.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

use std::sync::OnceLock;

use crate::day::Day;
use crate::evidence::{Basis, Evidence, EvidenceKind, Fold, Item, fold};
use crate::record::TieKind;
use crate::settings::EvidenceSettings;

use super::check::Sound;
use super::contenders::Contenders;
use super::harvest::of_trust;
use super::lists::Lists;
use super::{NOBODY, PersonIx};

/// The position of a tie: one ordered pair of people with evidence between them.
pub(crate) type TieIx = u32;

/// Somebody a person is said to listen to.
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

/// Whom a tie leads to, and what fades of its evidence as of the reference day: all that a search reads of nearly
/// every tie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// The position of the one who is trusted; above it [`PLAIN`] and [`STANDS`].
    to: u32,
    supporting: f32,
    against: f32,
}

/// Nothing but fading ever changes what the tie is worth from the reference day on: it begins or ends on no known day,
/// is not one of distrust, and leads to somebody who is there for good and may be asked.
const PLAIN: u32 = 1 << 31;
/// Beside what fades there is a reporting line, which does not.
const STANDS: u32 = 1 << 30;
/// The bits that hold a position; [`super::MOST_RECORDS`] sees to it that they are enough.
const POSITION: u32 = STANDS - 1;

impl Head {
    pub(crate) fn trusted(self) -> PersonIx {
        self.to & POSITION
    }

    pub(crate) fn is_plain(self) -> bool {
        self.to & PLAIN != 0
    }

    /// Whether there is a reporting line beside what fades.
    pub(super) fn stands(self) -> bool {
        self.to & STANDS != 0
    }

    pub(super) fn supporting(self) -> f32 {
        self.supporting
    }

    pub(super) fn against(self) -> f32 {
        self.against
    }

    /// The evidence on a day not before the reference day, given what is left of what fades, and what a reporting line
    /// counts: one multiplication.
    pub(crate) fn evidence(self, kept: f64, line: f64) -> Evidence {
        let stands = if self.to & STANDS == 0 { 0.0 } else { line };
        Evidence::new(f64::from(self.supporting) * kept + stands, f64::from(self.against) * kept)
    }
}

/// Every tie, by the person who trusts; and for each person who trusts them.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    /// Ties of person p: from `rows[p].0` to `rows[p].1`, in the order of those trusted. The rows stand in the order of
    /// people, but for those that have been edited, which stand behind.
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
    incoming: OnceLock<Lists<PersonIx>>,
    /// Made when first asked for.
    contenders: OnceLock<Contenders>,
}

/// A piece of evidence on its way into the columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loose {
    pub(super) who: PersonIx,
    pub(super) trusts: PersonIx,
    pub(super) item: Item,
}

/// What [`Ties::pack`] needs beside the evidence.
pub(super) struct Packing<'a> {
    /// Of each person whether they are there for good from the reference day on, and may be asked.
    pub(super) lasting: &'a [bool],
    pub(super) as_of: Option<Day>,
    pub(super) settings: &'a EvidenceSettings,
    /// Sorted by record.
    pub(super) spans: Vec<Span>,
    /// Ordered pairs, and the days between which they are to avoid each other; sorted.
    pub(super) avoid: Vec<(PersonIx, PersonIx, Day, Day)>,
}

/// What [`Ties::replace_row`] needs beside the evidence.
pub(super) struct Repacking<'a> {
    pub(super) as_of: Option<Day>,
    pub(super) settings: &'a EvidenceSettings,
    /// Whether somebody is there for good from the reference day on, and may be asked.
    pub(super) lasting: &'a dyn Fn(PersonIx) -> bool,
}

impl Ties {
    /// Packs the evidence of sound records into columns, person by person: their ties of trust as they were put in
    /// order, and what else there is, grouped in one counting pass.
    pub(super) fn pack(sound: &Sound, loose: &[Loose], packing: Packing<'_>) -> Self {
        let people = packing.lasting.len();
        let others = Lists::group(people, loose.iter().map(|piece| (piece.who, (piece.trusts, piece.item))));
        let pieces = sound.ties.len() + loose.len();
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
        let stated_on = packing.as_of.unwrap_or(Day::MIN);
        ties.item_start.push(0);
        let mut mine: Vec<(PersonIx, Item)> = Vec::new();
        for person in (0..).take(people) {
            let start = ties.len32();
            if others.of(person).is_empty() && ties.spans.is_empty() && is_counted(sound, person) {
                for tie in sound.ties_of(person) {
                    ties.items.extend(of_trust(tie, stated_on));
                    ties.add_counted(tie.to, as_of, packing.settings);
                }
                ties.rows.push((start, ties.len32()));
                continue;
            }
            mine.clear();
            for tie in sound.ties_of(person) {
                mine.extend(of_trust(tie, stated_on).map(|item| (tie.to, item)));
            }
            mine.extend_from_slice(others.of(person));
            ties.push_row(&mut mine, as_of, packing.settings);
            ties.rows.push((start, ties.len32()));
        }
        for &(a, b, ..) in &packing.avoid {
            if let Some(tie) = ties.find(a, b) {
                ties.flags[tie as usize] |= AVOID;
            }
        }
        ties.avoid = packing.avoid;
        for tie in 0..ties.len32() {
            let lasting = packing.lasting[ties.trusted(tie) as usize];
            ties.mark_plain(tie, lasting);
        }
        ties.heads.shrink_to_fit();
        ties.flags.shrink_to_fit();
        ties.item_start.shrink_to_fit();
        ties.items.shrink_to_fit();
        ties
    }

    /// Adds the ties of one person, given what each rests on, behind all others.
    fn push_row(&mut self, mine: &mut [(PersonIx, Item)], as_of: Day, settings: &EvidenceSettings) {
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

    /// Marks a tie as plain, if it is, given whether the one who is trusted is there for good and may be asked.
    fn mark_plain(&mut self, tie: TieIx, lasting: bool) {
        let flags = self.flags[tie as usize];
        let head = &mut self.heads[tie as usize];
        if flags & (CHANGES | AVOID) == 0 && head.against <= head.supporting && lasting {
            head.to |= PLAIN;
        }
    }

    /// Marks the ties that lead to somebody anew, given whether they are there for good and may be asked.
    pub(super) fn mark_to(&mut self, trusted: PersonIx, lasting: bool) {
        let ties: Vec<TieIx> = self.to(trusted).map(|(_, tie)| tie).collect();
        self.contenders.take();
        for tie in ties {
            self.heads[tie as usize].to &= !PLAIN;
            self.mark_plain(tie, lasting);
        }
    }

    /// What each tie of somebody rests on.
    pub(super) fn pieces(&self, who: PersonIx) -> impl Iterator<Item = (PersonIx, Item)> + '_ {
        self.of(who).flat_map(move |tie| {
            let items = self.item_start[tie as usize] as usize..self.item_start[tie as usize + 1] as usize;
            self.items[items].iter().map(move |item| (self.trusted(tie), *item))
        })
    }

    /// Gives somebody other ties than so far. The row is written behind all others, and the place of the old one is
    /// won back when more than half of all places are dead, so that an edit costs as much as the row is long.
    pub(super) fn replace_row(
        &mut self,
        who: PersonIx,
        mut mine: Vec<(PersonIx, Item)>,
        packing: &Repacking<'_>,
    ) {
        let (old_start, old_end) = self.rows[who as usize];
        let start = self.len32();
        self.push_row(&mut mine, packing.as_of.unwrap_or(Day::MAX), packing.settings);
        let end = self.len32();
        self.rows[who as usize] = (start, end);
        self.dead += (old_end - old_start) as usize;
        for tie in start..end {
            let trusted = self.trusted(tie);
            if self.has_avoid(who, trusted) {
                self.flags[tie as usize] |= AVOID;
            }
            self.mark_plain(tie, (packing.lasting)(trusted));
        }
        self.incoming.take();
        self.contenders.take();
        if self.dead > self.heads.len() / 2 {
            self.compact();
        }
    }

    /// Sets the days between which a recorded tie holds.
    pub(super) fn set_span(&mut self, record: u32, since: Day, until: Day) {
        let dated = since != Day::MIN || until != Day::MAX;
        let span = Span { record, since, until };
        match self.spans.binary_search_by_key(&record, |span| span.record) {
            Ok(at) if dated => self.spans[at] = span,
            Ok(at) => drop(self.spans.remove(at)),
            Err(at) if dated => self.spans.insert(at, span),
            Err(_) => {}
        }
    }

    /// The days between which a recorded tie holds; all days where nothing is known.
    pub(super) fn span(&self, record: u32) -> (Day, Day) {
        let found = self.spans.binary_search_by_key(&record, |span| span.record);
        found.map_or((Day::MIN, Day::MAX), |at| (self.spans[at].since, self.spans[at].until))
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
            let begin = ties.len32();
            for tie in start as usize..end as usize {
                let items = self.item_start[tie] as usize..self.item_start[tie + 1] as usize;
                ties.items.extend_from_slice(&self.items[items]);
                ties.heads.push(self.heads[tie]);
                ties.flags.push(self.flags[tie]);
                ties.item_start.push(u32::try_from(ties.items.len()).unwrap_or(u32::MAX));
            }
            ties.rows.push((begin, ties.len32()));
        }
        ties.spans = std::mem::take(&mut self.spans);
        ties.avoid = std::mem::take(&mut self.avoid);
        *self = ties;
    }

    /// Closes a tie over the items that were pushed since the last one.
    fn add(&mut self, trusted: PersonIx, as_of: Day, settings: &EvidenceSettings) {
        let first = self.item_start[self.heads.len()] as usize;
        let items = &self.items[first..];
        let pending = items.iter().any(|item| item.day > as_of && item.kind != EvidenceKind::ReportingLine);
        let spanned = items
            .iter()
            .any(|item| self.span_of(item).is_some_and(|span| span.until < Day::MAX || span.since > as_of));
        let settled = items.iter().filter(|item| holds(self.span_of(item), as_of)).copied();
        let Fold { fading, standing, .. } = fold(settled, as_of, settings);
        let mut flags = 0;
        if pending || spanned {
            flags |= CHANGES;
        }
        for item in items {
            flags |= match item.kind.basis() {
                Basis::Observed => OBSERVED,
                Basis::Stated => STATED,
                Basis::Assumed => 0,
            };
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "evidence is kept in 32 bits; the sums are made in 64"
        )]
        let (supporting, against) = (fading.supporting as f32, fading.against as f32);
        let stands = if standing > 0.0 { STANDS } else { 0 };
        self.heads.push(Head { to: trusted | stands, supporting, against });
        self.flags.push(flags);
        self.item_start.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// As [`add`](Self::add), for a tie of which it is known that one piece of counted evidence is all there is.
    fn add_counted(&mut self, trusted: PersonIx, as_of: Day, settings: &EvidenceSettings) {
        let evidence = self.items.last().map_or(Evidence::NONE, |item| item.on(as_of, settings));
        #[allow(clippy::cast_possible_truncation, reason = "as above")]
        let (supporting, against) = (evidence.supporting as f32, evidence.against as f32);
        self.heads.push(Head { to: trusted, supporting, against });
        self.flags.push(OBSERVED);
        self.item_start.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// The span of the record behind a piece of evidence, when that record is a tie with days.
    fn span_of(&self, item: &Item) -> Option<&Span> {
        if self.spans.is_empty() || !from_tie(item) {
            return None;
        }
        let found = self.spans.binary_search_by_key(&record_of(item), |span| span.record);
        found.ok().map(|at| &self.spans[at])
    }

    fn len32(&self) -> u32 {
        u32::try_from(self.heads.len()).unwrap_or(u32::MAX)
    }

    /// How many places for ties there are, dead ones among them.
    pub(crate) fn places(&self) -> u32 {
        self.len32()
    }

    pub(crate) fn len(&self) -> usize {
        self.heads.len() - self.dead
    }

    /// The ties of somebody, as positions.
    pub(crate) fn of(&self, who: PersonIx) -> std::ops::Range<TieIx> {
        let (start, end) = self.rows[who as usize];
        start..end
    }

    /// The heads of the ties of somebody, in the order of [`of`](Self::of).
    pub(crate) fn heads_of(&self, who: PersonIx) -> &[Head] {
        self.row(who).1
    }

    /// The first tie of somebody, and the heads of all.
    pub(crate) fn row(&self, who: PersonIx) -> (TieIx, &[Head]) {
        let (start, end) = self.rows[who as usize];
        (start, &self.heads[start as usize..end as usize])
    }

    pub(crate) fn head(&self, tie: TieIx) -> &Head {
        &self.heads[tie as usize]
    }

    /// Whom a tie leads to.
    pub(crate) fn trusted(&self, tie: TieIx) -> PersonIx {
        self.heads[tie as usize].trusted()
    }

    /// The ties that lead to somebody, with who trusts, in the order of who trusts.
    pub(crate) fn to(&self, trusted: PersonIx) -> impl Iterator<Item = (PersonIx, TieIx)> + '_ {
        let who = self.incoming.get_or_init(|| self.turned_round()).of(trusted);
        who.iter().filter_map(move |&who| Some((who, self.find(who, trusted)?)))
    }

    /// The ties on which a best chain may begin, made if they are not known yet.
    pub(super) fn contenders(&self, make: impl FnOnce() -> Contenders) -> &Contenders {
        self.contenders.get_or_init(make)
    }

    fn turned_round(&self) -> Lists<PersonIx> {
        let people = (0..).take(self.rows.len());
        let ties = people.flat_map(|who| self.heads_of(who).iter().map(move |head| (head.trusted(), who)));
        Lists::group(self.rows.len(), ties)
    }

    /// The tie between two people, by binary search.
    pub(crate) fn find(&self, who: PersonIx, trusted: PersonIx) -> Option<TieIx> {
        let found = self.heads_of(who).binary_search_by_key(&trusted, |head| head.trusted());
        found.ok().and_then(|at| u32::try_from(at).ok()).map(|at| self.rows[who as usize].0 + at)
    }

    /// Whether on a day the two ends of a tie are not to be asked to approach each other.
    pub(crate) fn is_avoided(&self, who: PersonIx, tie: TieIx, day: Day) -> bool {
        // The flag spares nearly every tie the look into the list.
        self.flags[tie as usize] & AVOID != 0 && self.are_apart(who, self.trusted(tie), day)
    }

    /// Whether on a day two people are not to be asked to approach each other, with a tie between them or without.
    pub(crate) fn are_apart(&self, a: PersonIx, b: PersonIx, day: Day) -> bool {
        let first = self.avoid.partition_point(|&(who, other, ..)| (who, other) < (a, b));
        let mut mine = self.avoid[first..].iter().take_while(|&&(who, other, ..)| (who, other) == (a, b));
        mine.any(|&(.., since, until)| since <= day && day <= until)
    }

    /// Whether the evidence changes by itself on some later day, other than by fading.
    pub(crate) fn changes(&self, tie: TieIx) -> bool {
        self.flags[tie as usize] & CHANGES != 0
    }

    /// The best basis of any of its evidence.
    pub(crate) fn basis(&self, tie: TieIx) -> Basis {
        let flags = self.flags[tie as usize];
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
        self.flags[tie as usize] & (OBSERVED | STATED) == OBSERVED | STATED
    }

    /// The pieces of evidence that hold on a day, in order.
    pub(crate) fn items(&self, tie: TieIx, day: Day) -> impl Iterator<Item = Item> + Clone + '_ {
        let (first, last) = (self.item_start[tie as usize], self.item_start[tie as usize + 1]);
        self.items[first as usize..last as usize]
            .iter()
            .filter(move |item| holds(self.span_of(item), day))
            .copied()
    }

    /// The evidence added up anew, for any day and any settings.
    pub(crate) fn refold(&self, tie: TieIx, day: Day, settings: &EvidenceSettings) -> Fold {
        fold(self.items(tie, day), day, settings)
    }

    /// As [`refold`](Self::refold), with recorded ties that are known only from a later day on as if said on this one.
    pub(crate) fn refold_as_recorded(&self, tie: TieIx, day: Day, settings: &EvidenceSettings) -> Fold {
        let as_recorded =
            |item: Item| if from_tie(&item) { Item { day: item.day.min(day), ..item } } else { item };
        fold(self.items(tie, day).map(as_recorded), day, settings)
    }
}

/// Whether each tie of somebody is one piece of counted evidence about somebody else: as in most exports.
fn is_counted(sound: &Sound, person: PersonIx) -> bool {
    let mut last = None;
    sound.ties_of(person).all(|tie| {
        let is_new = last != Some(tie.to);
        last = Some(tie.to);
        is_new
            && tie.kind == TieKind::Trust
            && !tie.is_stated
            && tie.strength.is_none()
            && (tie.supporting > 0.0) != (tie.against > 0.0)
    })
}

fn holds(span: Option<&Span>, day: Day) -> bool {
    span.is_none_or(|span| span.since <= day && day <= span.until)
}

/// Set in [`Item::record`] when the kind of evidence alone would not tell which record is meant: a reporting line that
/// is a tie and not a `manager_id`, an acquaintance that is a tie of its own and not one of trust without a figure.
pub(super) const TIE_RECORD: u32 = 1 << 31;

/// Whether a piece of evidence comes from a recorded tie.
pub(crate) fn from_tie(item: &Item) -> bool {
    use EvidenceKind::{Acquainted, Conflict, CountedAgainst, CountedFor, Scored, StatedAgainst, StatedFor};
    match item.kind {
        CountedFor | CountedAgainst | Scored | StatedFor | StatedAgainst | Conflict | Acquainted => true,
        EvidenceKind::ReportingLine => item.record & TIE_RECORD != 0,
        _ => false,
    }
}

/// The position of the record that a piece of evidence comes from.
pub(crate) fn record_of(item: &Item) -> u32 {
    match item.kind {
        EvidenceKind::ReportingLine | EvidenceKind::Acquainted => item.record & !TIE_RECORD,
        _ => item.record,
    }
}

const _: () = assert!(NOBODY == u32::MAX, "a position with TIE_RECORD set is never taken for nobody");
