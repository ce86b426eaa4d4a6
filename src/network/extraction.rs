//! Evidence extraction: what each record shows about trust.
//!
//! | record | direction of trust | kind of evidence |
//! |---|---|---|
//! | message held | the writer trusts each receiver on another side, shared by their number | started, or replied |
//! | message unanswered | each receiver on another side does not trust the writer | left unanswered |
//! | meeting or call held | everyone trusts everyone on another side | met |
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

use super::PersonIx;
use super::check::{ValidRecords, ValidTie};
use super::packed::{OTHERWISE, PendingEvidence, TIE_RECORD};
use crate::day::{Day, Moment};
use crate::evidence::{EvidenceKind, Item};
use crate::record::{CommitmentStatus, ConcernStatus, InteractionKind, InteractionStatus, TieKind};
use crate::settings::EvidenceSettings;

/// The pieces of evidence that a tie of trust is, in the order of their kinds; none in a tie of another kind.
pub(super) fn of_trust(tie: &ValidTie, stated_on: Day) -> impl Iterator<Item = Item> {
    use EvidenceKind::{Acquainted, CountedAgainst, CountedFor, Scored, StatedAgainst, StatedFor};
    let (supporting, against) =
        if tie.is_stated { (StatedFor, StatedAgainst) } else { (CountedFor, CountedAgainst) };
    let pieces = [
        (Scored, tie.strength.unwrap_or(0.0)),
        (supporting, tie.supporting),
        (against, tie.against),
        (Acquainted, f32::from(u8::from(tie.says_nothing))),
    ];
    // A score is a judgement, in a record whose figures are counted too.
    let is_counted = !tie.is_stated && (tie.supporting > 0.0 || tie.against > 0.0);
    let (is_trust, record) = (tie.kind == TieKind::Trust, tie.record);
    pieces.into_iter().filter(move |&(_, amount)| is_trust && amount > 0.0).map(move |(kind, amount)| {
        let record = if kind == Scored && is_counted { record | OTHERWISE } else { record };
        Item { day: stated_on, amount, record, kind }
    })
}

/// Every piece of evidence in valid records besides ties of trust.
pub(super) fn evidence(valid: &ValidRecords, settings: &EvidenceSettings) -> Vec<PendingEvidence> {
    let mut extraction = Extraction { valid, settings, pending: Vec::new() };
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
        if amount <= 0.0 || who == trusts {
            return;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "an amount is a small number or a fraction of one"
        )]
        let item = Item { day, amount: amount as f32, record, kind };
        self.pending.push(PendingEvidence { who, trusts, item });
    }

    /// Ties other than those of trust, which [`of_trust`] reads where they lie.
    fn ties(&mut self) {
        let valid = self.valid;
        let stated_on = valid.as_of.unwrap_or(Day::MIN);
        for tie in valid.other_ties() {
            let (kind, amount, record) = match tie.kind {
                TieKind::Conflict => {
                    (EvidenceKind::Conflict, tie.strength.map_or(1.0, f64::from), tie.record)
                }
                TieKind::Acquainted => (EvidenceKind::Acquainted, 1.0, tie.record | TIE_RECORD),
                TieKind::ReportsTo => (EvidenceKind::ReportingLine, 1.0, tie.record | TIE_RECORD),
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
        let mut messages: Vec<Message> = Vec::new();
        for (record, interaction) in (0_u32..).zip(&self.valid.interactions) {
            let participants = self.valid.participants.of(record);
            let audience = self.settings.audience_from.get() as usize;
            if participants.len() < 2 || participants.len() > audience {
                continue;
            }
            let occasion = Occasion { record, day: interaction.at.day(), participants };
            let starter = self.valid.starter[record as usize];
            match interaction.status {
                InteractionStatus::Planned => {}
                InteractionStatus::Unanswered | InteractionStatus::Declined => {
                    self.refused(&occasion, starter, interaction.status);
                }
                InteractionStatus::Held => {
                    let bad = (-interaction.sentiment.unwrap_or(0.0)).max(0.0);
                    match interaction.kind {
                        Some(InteractionKind::Meeting | InteractionKind::Call) => self.met(&occasion, bad),
                        Some(InteractionKind::Event) => self.hosted(&occasion, starter, bad),
                        Some(InteractionKind::Order | InteractionKind::Quote) => {
                            self.asked(&occasion, starter);
                        }
                        Some(InteractionKind::Introduction) => self.introduced(&occasion, starter),
                        Some(InteractionKind::Email | InteractionKind::Message) | None => {
                            messages.extend(self.written(&occasion, starter, interaction.at));
                        }
                    }
                    self.together(&occasion);
                }
            }
        }
        self.messages(messages);
    }

    fn apart(&self, a: PersonIx, b: PersonIx) -> bool {
        self.valid.side(a) != self.valid.side(b)
    }

    fn refused(&mut self, occasion: &Occasion<'_>, starter: PersonIx, status: InteractionStatus) {
        if starter == PersonIx::NONE {
            return;
        }
        let (kind, amount) = match status {
            InteractionStatus::Declined => (EvidenceKind::Declined, 1.0),
            InteractionStatus::Unanswered => (EvidenceKind::LeftUnanswered, occasion.part_of_others()),
            InteractionStatus::Planned | InteractionStatus::Held => return,
        };
        for &asked in occasion.participants {
            if self.apart(asked, starter) {
                self.push(asked, starter, occasion.day, kind, amount, occasion.record);
            }
        }
    }

    fn met(&mut self, occasion: &Occasion<'_>, bad: f64) {
        for &a in occasion.participants {
            for &b in occasion.participants {
                if self.apart(a, b) {
                    self.push(a, b, occasion.day, EvidenceKind::Met, 1.0 - bad, occasion.record);
                    self.push(a, b, occasion.day, EvidenceKind::WentBadly, bad, occasion.record);
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
                self.push(guest, host, occasion.day, EvidenceKind::Met, part * (1.0 - bad), occasion.record);
                self.push(guest, host, occasion.day, EvidenceKind::WentBadly, part * bad, occasion.record);
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
                    self.push(buyer, seller, occasion.day, EvidenceKind::Started, part, occasion.record);
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
                self.push(introducer, one, occasion.day, EvidenceKind::Introduced, 1.0, occasion.record);
            }
        }
    }

    fn together(&mut self, occasion: &Occasion<'_>) {
        let part = occasion.part_of_others();
        for &a in occasion.participants {
            for &b in occasion.participants {
                if a != b && !self.apart(a, b) {
                    self.push(a, b, occasion.day, EvidenceKind::Together, part, occasion.record);
                }
            }
        }
    }

    fn written(&self, occasion: &Occasion<'_>, writer: PersonIx, at: Moment) -> Vec<Message> {
        if writer == PersonIx::NONE {
            return Vec::new();
        }
        let part = occasion.part_of_others();
        let to_others = occasion.participants.iter().filter(|&&reader| self.apart(reader, writer));
        to_others.map(|&reader| Message { writer, reader, at, record: occasion.record, part }).collect()
    }

    /// Separates replies from messages that were started, pair by pair in order of time.
    ///
    /// A reply is a message to someone who has written since one last wrote to them, within the days that the
    /// settings give. Within one moment, or one day where times are not known, either may have come first; both
    /// then count as replies, the lesser evidence.
    fn messages(&mut self, mut messages: Vec<Message>) {
        messages.sort_unstable_by_key(|it| (it.pair(), it.at, it.writer, it.record));
        let within = i32::try_from(self.settings.reply_within_days.get()).unwrap_or(i32::MAX);
        for pair in messages.chunk_by(|a, b| a.pair() == b.pair()) {
            let mut last: [Option<Moment>; 2] = [None, None];
            for moment in pair.chunk_by(|a, b| a.at == b.at) {
                let Some(at) = moment.first().map(|it| it.at) else { continue };
                let wrote = [0, 1].map(|side| moment.iter().any(|it| it.side() == side));
                let is_reply = [0, 1].map(|side: usize| {
                    let theirs = if wrote[1 - side] { Some(at) } else { last[1 - side] };
                    theirs.is_some_and(|theirs| {
                        at.day().days_since(theirs.day()) <= within
                            && last[side].is_none_or(|mine| mine < theirs)
                    })
                });
                for message in moment {
                    let kind =
                        if is_reply[message.side()] { EvidenceKind::Replied } else { EvidenceKind::Started };
                    let day = message.at.day();
                    self.push(message.writer, message.reader, day, kind, message.part, message.record);
                }
                for side in [0, 1] {
                    if wrote[side] {
                        last[side] = Some(at);
                    }
                }
            }
        }
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
    day: Day,
    participants: &'a [PersonIx],
}

impl Occasion<'_> {
    /// One shared by everyone else who took part.
    #[allow(clippy::cast_precision_loss, reason = "an audience is no scene, so there are few")]
    fn part_of_others(&self) -> f64 {
        1.0 / (self.participants.len() - 1) as f64
    }
}

/// A message to one of its receivers.
#[derive(Debug, Clone, Copy)]
struct Message {
    writer: PersonIx,
    reader: PersonIx,
    at: Moment,
    record: u32,
    part: f64,
}

impl Message {
    fn pair(&self) -> (PersonIx, PersonIx) {
        (self.writer.min(self.reader), self.writer.max(self.reader))
    }

    fn side(&self) -> usize {
        usize::from(self.writer > self.reader)
    }
}
