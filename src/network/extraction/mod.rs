//! Evidence extraction: what each record shows about trust.
//!
//! | record | direction of trust | kind of evidence |
//! |---|---|---|
//! | message held | the writer trusts each receiver on another side, shared by all who were named | started, or replied |
//! | our message without a word back | each receiver on another side, from the eighth day on | left unanswered |
//! | meeting or call held | everyone trusts everyone on another side, less from the ninth person on, divided among our staff | met |
//! | event held | the guests trust the host on another side, shared by the number of guests | met |
//! | anything declined | those who were asked, on another side, do not trust who asked | declined |
//! | order, quote held | the one who ordered or asked trusts each of the others on another side, shared | ordered, started |
//! | held, told us of a rival | those who told us trust our staff, in place of the rows above | told us of a rival |
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
use crate::record::{CommitmentStatus, InteractionKind, InteractionStatus, TieKind};
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
            let named = self.valid.named(record);
            let told = interaction.told_us_of_rival == Some(true);
            let occasion = Occasion { record, at: interaction.at, participants, named, told };
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
                    let tellers = self.told(&occasion, starter);
                    let what = if tellers.contains(&starter) { What::Told } else { What::Wrote };
                    contacts.extend(self.contacts(&occasion, starter, what));
                    self.together(&occasion);
                }
                InteractionStatus::Held => {
                    let tellers = self.told(&occasion, starter);
                    let first = self.pending.len();
                    self.held(&occasion, interaction.kind, starter, interaction.sentiment);
                    if !tellers.is_empty() {
                        self.leave_out(&tellers, first);
                    }
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
            Some(InteractionKind::Order) => self.asked(occasion, starter, EvidenceKind::Ordered),
            Some(InteractionKind::Quote) => self.asked(occasion, starter, EvidenceKind::Started),
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

    /// They told us of a rival: who began it, or if that is none of theirs, all of theirs who took part. Gives those
    /// who told any of our staff; none where the record does not say so.
    #[allow(clippy::cast_precision_loss, reason = "few people fit into a room")]
    fn told(&mut self, occasion: &Occasion<'_>, starter: PersonIx) -> Vec<PersonIx> {
        if !occasion.told {
            return Vec::new();
        }
        let staff: Vec<PersonIx> =
            occasion.participants.iter().copied().filter(|&it| self.valid.is_staff(it)).collect();
        let is_theirs = |person: PersonIx| self.valid.customer_of(person).is_some();
        let is_known = starter != PersonIx::NONE && is_theirs(starter);
        let tellers: Vec<PersonIx> = occasion
            .participants
            .iter()
            .copied()
            .filter(|&it| is_theirs(it) && (!is_known || it == starter))
            .collect();
        let part = 1.0 / staff.len().max(1) as f64;
        for &teller in &tellers {
            for &colleague in &staff {
                let day = occasion.day();
                self.push(teller, colleague, day, EvidenceKind::ToldUsOfRival, part, occasion.record);
            }
        }
        if staff.is_empty() { Vec::new() } else { tellers }
    }

    /// Takes back what was added since about the trust of some people in our staff: something else counts in its place.
    fn leave_out(&mut self, tellers: &[PersonIx], since: usize) {
        let added = self.pending.split_off(since);
        let valid = self.valid;
        let kept = added.into_iter().filter(|it| !tellers.contains(&it.who) || !valid.is_staff(it.trusts));
        self.pending.extend(kept);
    }

    /// An order or a request for a quote. Where no one is named as having made it, the customer's people did.
    fn asked(&mut self, occasion: &Occasion<'_>, starter: PersonIx, kind: EvidenceKind) {
        let part = occasion.part_of_others();
        for &buyer in occasion.participants {
            let made_it = if starter == PersonIx::NONE {
                self.valid.customer_of(buyer).is_some()
            } else {
                buyer == starter
            };
            for &seller in occasion.participants {
                if made_it && self.apart(buyer, seller) {
                    self.push(buyer, seller, occasion.day(), kind, part, occasion.record);
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
            let answered = concern.answered_by(self.valid.as_of);
            // An answer after the review day does not undo that the concern was left open past it.
            let left_open = concern.review_on.map(|review| review.plus_days(1));
            let left_open = left_open.filter(|&day| answered.is_none_or(|answered| day < answered));
            if let Some(day) = left_open {
                self.push(raiser, owner, day, EvidenceKind::ConcernLeftOpen, 1.0, record);
            }
            if let Some(day) = answered {
                self.push(raiser, owner, day, EvidenceKind::ConcernAnswered, 1.0, record);
            }
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
    /// Whether they told us of a rival.
    told: bool,
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
