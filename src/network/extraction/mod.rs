//! Evidence extraction: what each record shows about trust.
//!
//! | record | direction of trust | kind of evidence |
//! |---|---|---|
//! | message held | the writer trusts each receiver on another side, shared by all who were named | started, or replied |
//! | our message without a word back | each receiver on another side, from the eighth day on | left unanswered |
//! | meeting or call held | everyone trusts everyone on another side, less from the ninth person on, divided among our staff | met |
//! | event held | the guests trust the host on another side, shared by the number of guests | met |
//! | anything declined | those who were asked, on another side, do not trust who asked | declined |
//! | order, quote held | the one who ordered or asked trusts each of the others on another side, shared | started |
//! | introduction held | the introducer trusts the people on another side they made it for | introduced |
//! | any of these held | people of one side, each other, shared | together |
//! | promise kept, broken | those it was made to, who made it | promise kept, broken |
//! | concern answered, left open | who raised it, who answers for it | concern answered, left open |
//! | reporting line | both | reporting line |
//! | tie | as recorded | counted, stated, conflict, acquainted |
#![allow(clippy::indexing_slicing, reason = "positions come from the checks, which made these columns")]

mod messages;

use super::PersonIx;
use super::check::{ValidRecords, ValidTie};
use super::packed::{OTHERWISE, PendingEvidence, TIE_RECORD};
use crate::day::{Day, Moment};
use crate::evidence::{EvidenceKind, Item};
use crate::record::{CommitmentStatus, ConcernStatus, InteractionKind, InteractionStatus, TieKind};
use crate::settings::EvidenceSettings;

use messages::{Contact, What, wait};

/// The pieces of evidence that a tie of trust is, in the order of their kinds; none in a tie of another kind.
pub(super) fn of_trust(tie: &ValidTie, as_of: Option<Day>) -> impl Iterator<Item = Item> {
    use EvidenceKind::{
        Acquainted, CountedAgainst, CountedFor, Rated, RatedAgainst, StatedAgainst, StatedFor,
    };
    let (supporting, against) =
        if tie.is_stated { (StatedFor, StatedAgainst) } else { (CountedFor, CountedAgainst) };
    let judges = tie.is_stated && tie.is_judged;
    let score = tie.strength.unwrap_or(0.0);
    let pieces = [
        // A rating of nothing still takes the place of earlier ones.
        (if score < 0.0 { RatedAgainst } else { Rated }, score.abs(), tie.strength.is_some()),
        (supporting, tie.supporting, judges),
        (against, tie.against, false),
        (Acquainted, f32::from(u8::from(tie.says_nothing)), false),
    ];
    let day = tie.dated(as_of);
    // A score is a judgement, in a record whose figures are counted too.
    let is_counted = !tie.is_stated && (tie.supporting > 0.0 || tie.against > 0.0);
    let (is_trust, record) = (tie.kind == TieKind::Trust, tie.record);
    pieces.into_iter().filter(move |&(_, amount, always)| is_trust && (amount > 0.0 || always)).map(
        move |(kind, amount, _)| {
            let is_score = matches!(kind, Rated | RatedAgainst);
            let record = if is_score && is_counted { record | OTHERWISE } else { record };
            Item { day, wait: 0, amount, record, kind }
        },
    )
}

/// Every piece of evidence in valid records besides ties of trust.
/// `silence` says whether silence is harvested from the log.
pub(super) fn evidence(
    valid: &ValidRecords,
    settings: &EvidenceSettings,
    silence: bool,
) -> Vec<PendingEvidence> {
    let mut extraction = Extraction { valid, settings, silence, pending: Vec::new() };
    extraction.ties();
    extraction.reporting_lines();
    extraction.interactions();
    extraction.promises();
    extraction.concerns();
    extraction.pending
}

struct Extraction<'a> {
    valid: &'a ValidRecords,
    settings: &'a EvidenceSettings,
    silence: bool,
    pending: Vec<PendingEvidence>,
}

impl Extraction<'_> {
    fn push(
        &mut self,
        who: PersonIx,
        trusts: PersonIx,
        day: Day,
        kind: EvidenceKind,
        amount: f64,
        record: u32,
    ) {
        self.push_from(who, trusts, (day, day), kind, amount, record);
    }

    /// Evidence that is dated by one day and begins to count on a later one.
    fn push_from(
        &mut self,
        who: PersonIx,
        trusts: PersonIx,
        days: (Day, Day),
        kind: EvidenceKind,
        amount: f64,
        record: u32,
    ) {
        if amount <= 0.0 || who == trusts {
            return;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "an amount is a small number or a fraction of one"
        )]
        let item = Item { day: days.0, wait: wait(days), amount: amount as f32, record, kind };
        self.pending.push(PendingEvidence { who, trusts, item });
    }

    /// Ties other than those of trust, which [`of_trust`] reads where they lie.
    fn ties(&mut self) {
        let valid = self.valid;
        for tie in valid.other_ties() {
            let mut stated_on = tie.dated(valid.as_of);
            let (kind, amount, record) = match tie.kind {
                TieKind::Conflict => {
                    (EvidenceKind::Conflict, tie.strength.map_or(1.0, f64::from), tie.record)
                }
                TieKind::Acquainted => (EvidenceKind::Acquainted, 1.0, tie.record | TIE_RECORD),
                TieKind::ReportsTo => {
                    // As those of `manager_id`: it stands, and its day is only for the order.
                    stated_on = valid.as_of.unwrap_or(Day::MIN);
                    (EvidenceKind::ReportingLine, 1.0, tie.record | TIE_RECORD)
                }
                TieKind::Trust | TieKind::Influence | TieKind::ListensTo | TieKind::Avoid => continue,
            };
            self.push(tie.from, tie.to, stated_on, kind, amount, record);
            self.push(tie.to, tie.from, stated_on, kind, amount, record | OTHERWISE);
        }
    }

    fn reporting_lines(&mut self) {
        let day = self.valid.as_of.unwrap_or(Day::MIN);
        for (person, &manager) in PersonIx::of_column(self.valid.manager.len()).zip(&self.valid.manager) {
            if manager != PersonIx::NONE {
                self.push(person, manager, day, EvidenceKind::ReportingLine, 1.0, person.get());
                self.push(manager, person, day, EvidenceKind::ReportingLine, 1.0, person.get());
            }
        }
    }

    fn interactions(&mut self) {
        let mut contacts: Vec<Contact> = Vec::new();
        let audience = self.settings.audience_from.get() as usize;
        for (record, interaction) in (0_u32..).zip(&self.valid.interactions) {
            let participants = self.valid.participants.of(record);
            if participants.len() < 2 {
                continue;
            }
            let named = participants.len() + self.valid.unmapped_of(record).len();
            let occasion = Occasion { record, at: interaction.at, participants, named };
            let starter = self.valid.starter[record as usize];
            let is_message =
                matches!(interaction.kind, Some(InteractionKind::Email | InteractionKind::Message) | None);
            let is_event = interaction.kind == Some(InteractionKind::Event);
            match interaction.status {
                InteractionStatus::Held if is_event && named > audience => {}
                InteractionStatus::Planned => {}
                InteractionStatus::Unanswered => {
                    if interaction.kind != Some(InteractionKind::Introduction) {
                        contacts.extend(self.contacts(&occasion, starter, What::Unanswered));
                    }
                }
                InteractionStatus::Declined => {
                    self.declined(&occasion, starter);
                    for &asked in participants.iter().filter(|&&asked| asked != starter) {
                        contacts.extend(self.contacts(&occasion, asked, What::Word));
                    }
                }
                InteractionStatus::Held if is_message => {
                    contacts.extend(self.contacts(&occasion, starter, What::Wrote));
                    self.together(&occasion);
                }
                InteractionStatus::Held => {
                    self.held(&occasion, interaction.kind, starter, interaction.sentiment);
                    self.together(&occasion);
                    for &person in participants {
                        contacts.extend(self.contacts(&occasion, person, What::Word));
                    }
                }
            }
        }
        self.messages(contacts);
    }

    /// What was held and is no message.
    fn held(
        &mut self,
        occasion: &Occasion<'_>,
        kind: Option<InteractionKind>,
        starter: PersonIx,
        sentiment: Option<f64>,
    ) {
        let bad = (-sentiment.unwrap_or(0.0)).max(0.0);
        match kind {
            Some(InteractionKind::Meeting | InteractionKind::Call) => self.met(occasion, bad),
            Some(InteractionKind::Event) => self.hosted(occasion, starter, bad),
            Some(InteractionKind::Order | InteractionKind::Quote) => self.asked(occasion, starter),
            Some(InteractionKind::Introduction) => self.introduced(occasion, starter),
            Some(InteractionKind::Email | InteractionKind::Message) | None => {}
        }
    }

    fn apart(&self, a: PersonIx, b: PersonIx) -> bool {
        self.valid.side(a) != self.valid.side(b)
    }

    fn declined(&mut self, occasion: &Occasion<'_>, starter: PersonIx) {
        if starter == PersonIx::NONE {
            return;
        }
        for &asked in occasion.participants {
            if self.apart(asked, starter) {
                self.push(asked, starter, occasion.day(), EvidenceKind::Declined, 1.0, occasion.record);
            }
        }
    }

    /// A meeting or call: the more were named the less each contact says, and what one of the other side shows to our
    /// staff is divided among those of them who were there.
    #[allow(clippy::cast_precision_loss, reason = "few people fit into a room")]
    fn met(&mut self, occasion: &Occasion<'_>, bad: f64) {
        let full_to = f64::from(self.settings.meeting_full_to.get());
        let whole = (full_to / occasion.named as f64).min(1.0);
        let staff = occasion.participants.iter().filter(|&&it| self.valid.is_staff(it)).count();
        for &a in occasion.participants {
            for &b in occasion.participants {
                if self.apart(a, b) {
                    let part = if self.valid.is_staff(b) { whole / staff as f64 } else { whole };
                    self.push(a, b, occasion.day(), EvidenceKind::Met, part * (1.0 - bad), occasion.record);
                    self.push(a, b, occasion.day(), EvidenceKind::WentBadly, part * bad, occasion.record);
                }
            }
        }
    }

    fn hosted(&mut self, occasion: &Occasion<'_>, host: PersonIx, bad: f64) {
        if host == PersonIx::NONE {
            return;
        }
        let part = occasion.part_of_others();
        for &guest in occasion.participants {
            if self.apart(guest, host) {
                self.push(
                    guest,
                    host,
                    occasion.day(),
                    EvidenceKind::Met,
                    part * (1.0 - bad),
                    occasion.record,
                );
                self.push(guest, host, occasion.day(), EvidenceKind::WentBadly, part * bad, occasion.record);
            }
        }
    }

    /// An order or a request for a quote. Where no one is named as having made it, the customer's people did.
    fn asked(&mut self, occasion: &Occasion<'_>, starter: PersonIx) {
        let part = occasion.part_of_others();
        for &buyer in occasion.participants {
            let made_it = if starter == PersonIx::NONE {
                self.valid.customer_of(buyer).is_some()
            } else {
                buyer == starter
            };
            for &seller in occasion.participants {
                if made_it && self.apart(buyer, seller) {
                    self.push(buyer, seller, occasion.day(), EvidenceKind::Started, part, occasion.record);
                }
            }
        }
    }

    fn introduced(&mut self, occasion: &Occasion<'_>, introducer: PersonIx) {
        if introducer == PersonIx::NONE {
            return;
        }
        for &one in occasion.participants {
            if self.apart(introducer, one) {
                self.push(introducer, one, occasion.day(), EvidenceKind::Introduced, 1.0, occasion.record);
            }
        }
    }

    /// People of one side who took part together, unless they were many.
    fn together(&mut self, occasion: &Occasion<'_>) {
        let part = occasion.part_of_others();
        let most = self.settings.together_up_to.get() as usize;
        for &a in occasion.participants {
            let mates = || occasion.participants.iter().filter(|&&b| !self.apart(a, b));
            if mates().count() > most {
                continue;
            }
            let mates: Vec<PersonIx> = mates().copied().collect();
            for b in mates {
                if a != b {
                    self.push(a, b, occasion.day(), EvidenceKind::Together, part, occasion.record);
                }
            }
        }
    }

    /// A contact of one person with each of the others on another side.
    fn contacts(&self, occasion: &Occasion<'_>, from: PersonIx, what: What) -> Vec<Contact> {
        let (at, record, part) = (occasion.at, occasion.record, occasion.part_of_others());
        let others =
            occasion.participants.iter().filter(|&&to| from != PersonIx::NONE && self.apart(to, from));
        others.map(|&to| Contact { from, to, at, record, part, what }).collect()
    }

    fn promises(&mut self) {
        for (record, promise) in (0_u32..).zip(&self.valid.commitments) {
            let kind = match promise.status {
                CommitmentStatus::Kept => EvidenceKind::PromiseKept,
                CommitmentStatus::Broken => EvidenceKind::PromiseBroken,
                CommitmentStatus::Open | CommitmentStatus::Withdrawn => continue,
            };
            let day = promise.closed_on.or(promise.due_on).unwrap_or(promise.made_on);
            let Some(maker) = self.valid.person(&promise.made_by) else { continue };
            for taker in &promise.made_to {
                if let Some(taker) = self.valid.person(taker) {
                    self.push(taker, maker, day, kind, 1.0, record);
                }
            }
        }
    }

    fn concerns(&mut self) {
        for (record, concern) in (0_u32..).zip(&self.valid.concerns) {
            let Some(raiser) = self.valid.person(&concern.raised_by) else { continue };
            let owner = match &concern.owner_id {
                Some(owner) => self.valid.person(owner),
                None => self
                    .valid
                    .customer_of(raiser)
                    .map(|customer| self.valid.owner[customer.index()])
                    .filter(|&owner| owner != PersonIx::NONE),
            };
            let Some(owner) = owner else { continue };
            let (kind, day) = match concern.status {
                ConcernStatus::Answered | ConcernStatus::ChangedSomething => {
                    (EvidenceKind::ConcernAnswered, concern.raised_on)
                }
                ConcernStatus::Open | ConcernStatus::Acknowledged | ConcernStatus::Parked => {
                    let Some(review_on) = concern.review_on else { continue };
                    (EvidenceKind::ConcernLeftOpen, review_on.plus_days(1))
                }
            };
            self.push(raiser, owner, day, kind, 1.0, record);
        }
    }
}

/// One interaction, reduced to what evidence extraction needs.
struct Occasion<'a> {
    record: u32,
    at: Moment,
    /// Those who are known.
    participants: &'a [PersonIx],
    /// How many were named, known or not.
    named: usize,
}

impl Occasion<'_> {
    fn day(&self) -> Day {
        self.at.day()
    }

    /// One shared by everyone else who was named.
    #[allow(clippy::cast_precision_loss, reason = "far fewer than 2^52 are named")]
    fn part_of_others(&self) -> f64 {
        1.0 / (self.named.max(2) - 1) as f64
    }
}
