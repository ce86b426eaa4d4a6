//! From sound records to the network: what each record tells about who trusts whom, and the columns that hold it.
//!
//! | record | who trusts whom | kind of evidence |
//! |---|---|---|
//! | message held | the writer trusts each receiver on another side, shared by their number | started, or replied |
//! | message unanswered | each receiver on another side does not trust the writer | left unanswered |
//! | meeting or call held | everybody trusts everybody on another side | met |
//! | event held | the guests trust the host on another side, shared by the number of guests | met |
//! | anything declined | those who were asked, on another side, do not trust who asked | declined |
//! | order, quote held | the one who ordered or asked trusts each of the others on another side, shared | started |
//! | introduction held | the introducer trusts those on another side for whom it was made | introduced |
//! | any of these held | people of one side, each other, shared | together |
//! | promise kept, broken | those it was made to, who made it | promise kept, broken |
//! | concern answered, left open | who raised it, who answers for it | concern answered, left open |
//! | reporting line | both | reporting line |
//! | tie | as it says | counted, stated, conflict, acquainted |
#![allow(clippy::indexing_slicing, reason = "positions come from the checks, which made these columns")]

use std::collections::HashMap;

use super::check::Sound;
use super::lists::Lists;
use super::packed::{Listening, Loose, Packing, Span, TIE_RECORD, Ties};
use super::{NOBODY, Network, PersonIx, Stranger, TooLarge};
use crate::day::{Day, Moment};
use crate::evidence::{EvidenceKind, Item};
use crate::problem::Problems;
use crate::record::{
    CommitmentStatus, ConcernStatus, Customer, InteractionKind, InteractionStatus, RecordKind, Tie, TieKind,
    TieSource,
};
use crate::settings::EvidenceSettings;

/// Builds the network from sound records.
pub(super) fn network(sound: Sound, settings: &EvidenceSettings) -> Result<Network, TooLarge> {
    let mut harvest = Harvest { sound: &sound, settings, loose: Vec::new() };
    harvest.ties();
    harvest.reporting_lines();
    harvest.interactions();
    harvest.promises();
    harvest.concerns();
    let loose = harvest.loose;
    if u32::try_from(loose.len()).is_err() {
        return Err(TooLarge { kind: RecordKind::Tie, len: loose.len() });
    }
    let people = sound.people.len();
    let packing =
        Packing { people, as_of: sound.as_of, settings, spans: spans(&sound), avoid: avoided(&sound) };
    let ties = Ties::pack(&loose, packing);
    let commitments_of = of_customers(
        &sound,
        sound.commitments.iter().map(|it| {
            let people = std::iter::once(&it.made_by).chain(&it.made_to);
            (it.customer_id.as_deref(), people)
        }),
    );
    let concerns_of = of_customers(
        &sound,
        sound.concerns.iter().map(|it| (it.customer_id.as_deref(), std::iter::once(&it.raised_by))),
    );
    let decisions_of = of_customers(
        &sound,
        sound.decisions.iter().map(|it| (Some(it.customer_id.as_str()), std::iter::empty())),
    );
    let (strangers, stranger_ids) = strangers(&sound);
    Ok(Network {
        settings: settings.clone(),
        as_of: sound.as_of,
        listening: listening(&sound),
        presence: presence(&sound),
        value_share: value_share(&sound),
        diary: diary(&sound),
        strangers,
        stranger_ids,
        ties,
        customers: sound.customers,
        customer_ids: sound.customer_ids,
        owner: sound.owner,
        people: sound.people,
        person_ids: sound.person_ids,
        staff_end: sound.staff_end,
        block_start: sound.block_start,
        manager: sound.manager,
        interactions: sound.interactions,
        present: sound.present,
        starter: sound.starter,
        commitments: sound.commitments,
        commitments_of,
        concerns: sound.concerns,
        concerns_of,
        decisions: sound.decisions,
        decisions_of,
        notes: Problems::default(),
    })
}

struct Harvest<'a> {
    sound: &'a Sound,
    settings: &'a EvidenceSettings,
    loose: Vec<Loose>,
}

impl Harvest<'_> {
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
        self.loose.push(Loose { who, trusts, item });
    }

    fn ties(&mut self) {
        use EvidenceKind::{
            Acquainted, Conflict, CountedAgainst, CountedFor, Scored, StatedAgainst, StatedFor,
        };
        let sound = self.sound;
        let stated_on = sound.as_of.unwrap_or(Day::MIN);
        for (ends, tie) in &sound.ties {
            let (from, to, record) = (ends.from, ends.to, ends.record);
            match tie.kind {
                TieKind::Trust => {
                    let (supporting, against) = match tie.source {
                        Some(TieSource::Stated) => (StatedFor, StatedAgainst),
                        _ => (CountedFor, CountedAgainst),
                    };
                    self.push(from, to, stated_on, Scored, tie.strength.unwrap_or(0.0), record);
                    self.push(from, to, stated_on, supporting, tie.supporting.unwrap_or(0.0), record);
                    self.push(from, to, stated_on, against, tie.against.unwrap_or(0.0), record);
                    if says_nothing(tie) {
                        self.push(from, to, stated_on, Acquainted, 1.0, record);
                    }
                }
                TieKind::Conflict => {
                    for (a, b) in [(from, to), (to, from)] {
                        self.push(a, b, stated_on, Conflict, tie.strength.unwrap_or(1.0), record);
                    }
                }
                TieKind::Acquainted => {
                    for (a, b) in [(from, to), (to, from)] {
                        self.push(a, b, stated_on, Acquainted, 1.0, record);
                    }
                }
                TieKind::ReportsTo => {
                    for (a, b) in [(from, to), (to, from)] {
                        self.push(a, b, stated_on, EvidenceKind::ReportingLine, 1.0, record | TIE_RECORD);
                    }
                }
                TieKind::Influence | TieKind::ListensTo | TieKind::Avoid => {}
            }
        }
    }

    fn reporting_lines(&mut self) {
        let day = self.sound.as_of.unwrap_or(Day::MIN);
        for (person, &manager) in (0..).zip(&self.sound.manager) {
            if manager != NOBODY {
                self.push(person, manager, day, EvidenceKind::ReportingLine, 1.0, person);
                self.push(manager, person, day, EvidenceKind::ReportingLine, 1.0, person);
            }
        }
    }

    fn interactions(&mut self) {
        let mut messages: Vec<Message> = Vec::new();
        for (record, interaction) in (0_u32..).zip(&self.sound.interactions) {
            let present = self.sound.present.of(record);
            let audience = self.settings.audience_from.get() as usize;
            if present.len() < 2 || present.len() > audience {
                continue;
            }
            let scene = Scene { record, day: interaction.at.day(), present };
            let starter = self.sound.starter[record as usize];
            match interaction.status {
                InteractionStatus::Planned => {}
                InteractionStatus::Unanswered | InteractionStatus::Declined => {
                    self.refused(&scene, starter, interaction.status);
                }
                InteractionStatus::Held => {
                    let bad = (-interaction.sentiment.unwrap_or(0.0)).max(0.0);
                    match interaction.kind {
                        Some(InteractionKind::Meeting | InteractionKind::Call) => self.met(&scene, bad),
                        Some(InteractionKind::Event) => self.hosted(&scene, starter, bad),
                        Some(InteractionKind::Order | InteractionKind::Quote) => self.asked(&scene, starter),
                        Some(InteractionKind::Introduction) => self.introduced(&scene, starter),
                        Some(InteractionKind::Email | InteractionKind::Message) | None => {
                            messages.extend(self.written(&scene, starter, interaction.at));
                        }
                    }
                    self.together(&scene);
                }
            }
        }
        self.messages(messages);
    }

    fn apart(&self, a: PersonIx, b: PersonIx) -> bool {
        self.sound.side(a) != self.sound.side(b)
    }

    fn refused(&mut self, scene: &Scene<'_>, starter: PersonIx, status: InteractionStatus) {
        if starter == NOBODY {
            return;
        }
        let (kind, amount) = match status {
            InteractionStatus::Declined => (EvidenceKind::Declined, 1.0),
            _ => (EvidenceKind::LeftUnanswered, scene.part_of_others()),
        };
        for &asked in scene.present {
            if self.apart(asked, starter) {
                self.push(asked, starter, scene.day, kind, amount, scene.record);
            }
        }
    }

    fn met(&mut self, scene: &Scene<'_>, bad: f64) {
        for &a in scene.present {
            for &b in scene.present {
                if self.apart(a, b) {
                    self.push(a, b, scene.day, EvidenceKind::Met, 1.0 - bad, scene.record);
                    self.push(a, b, scene.day, EvidenceKind::WentBadly, bad, scene.record);
                }
            }
        }
    }

    fn hosted(&mut self, scene: &Scene<'_>, host: PersonIx, bad: f64) {
        if host == NOBODY {
            return;
        }
        let part = scene.part_of_others();
        for &guest in scene.present {
            if self.apart(guest, host) {
                self.push(guest, host, scene.day, EvidenceKind::Met, part * (1.0 - bad), scene.record);
                self.push(guest, host, scene.day, EvidenceKind::WentBadly, part * bad, scene.record);
            }
        }
    }

    /// An order or a request for a quote. Where nobody is named as having made it, the customer's people did.
    fn asked(&mut self, scene: &Scene<'_>, starter: PersonIx) {
        let part = scene.part_of_others();
        for &buyer in scene.present {
            let made_it =
                if starter == NOBODY { self.sound.customer_of(buyer).is_some() } else { buyer == starter };
            for &seller in scene.present {
                if made_it && self.apart(buyer, seller) {
                    self.push(buyer, seller, scene.day, EvidenceKind::Started, part, scene.record);
                }
            }
        }
    }

    fn introduced(&mut self, scene: &Scene<'_>, introducer: PersonIx) {
        if introducer == NOBODY {
            return;
        }
        for &one in scene.present {
            if self.apart(introducer, one) {
                self.push(introducer, one, scene.day, EvidenceKind::Introduced, 1.0, scene.record);
            }
        }
    }

    fn together(&mut self, scene: &Scene<'_>) {
        let part = scene.part_of_others();
        for &a in scene.present {
            for &b in scene.present {
                if a != b && !self.apart(a, b) {
                    self.push(a, b, scene.day, EvidenceKind::Together, part, scene.record);
                }
            }
        }
    }

    fn written(&self, scene: &Scene<'_>, writer: PersonIx, at: Moment) -> Vec<Message> {
        if writer == NOBODY {
            return Vec::new();
        }
        let part = scene.part_of_others();
        let to_others = scene.present.iter().filter(|&&reader| self.apart(reader, writer));
        to_others.map(|&reader| Message { writer, reader, at, record: scene.record, part }).collect()
    }

    /// Tells replies from messages that were started, pair by pair in the order of time.
    ///
    /// A reply is a message to somebody who has written since one last wrote to them, within the days that the
    /// settings give. Within one moment, or one day where times are not known, either may have come first; both then
    /// count as replies, the lesser evidence.
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
        for (record, promise) in (0_u32..).zip(&self.sound.commitments) {
            let kind = match promise.status {
                CommitmentStatus::Kept => EvidenceKind::PromiseKept,
                CommitmentStatus::Broken => EvidenceKind::PromiseBroken,
                CommitmentStatus::Open | CommitmentStatus::Withdrawn => continue,
            };
            let day = promise.closed_on.or(promise.due_on).unwrap_or(promise.made_on);
            let Some(maker) = self.sound.person(&promise.made_by) else { continue };
            for taker in &promise.made_to {
                if let Some(taker) = self.sound.person(taker) {
                    self.push(taker, maker, day, kind, 1.0, record);
                }
            }
        }
    }

    fn concerns(&mut self) {
        for (record, concern) in (0_u32..).zip(&self.sound.concerns) {
            let Some(raiser) = self.sound.person(&concern.raised_by) else { continue };
            let owner = match &concern.owner_id {
                Some(owner) => self.sound.person(owner),
                None => self
                    .sound
                    .customer_of(raiser)
                    .map(|customer| self.sound.owner[customer as usize])
                    .filter(|&owner| owner != NOBODY),
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

/// One interaction, as far as everybody's evidence needs it.
struct Scene<'a> {
    record: u32,
    day: Day,
    present: &'a [PersonIx],
}

impl Scene<'_> {
    /// One shared by everybody else who took part.
    #[allow(clippy::cast_precision_loss, reason = "an audience is no scene, so there are few")]
    fn part_of_others(&self) -> f64 {
        1.0 / (self.present.len() - 1) as f64
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

fn says_nothing(tie: &Tie) -> bool {
    tie.strength.is_none() && tie.supporting.is_none() && tie.against.is_none()
}

fn spans(sound: &Sound) -> Vec<Span> {
    let mut spans: Vec<Span> = sound
        .ties
        .iter()
        .filter(|(_, tie)| tie.since.is_some() || tie.until.is_some())
        .map(|(ends, tie)| Span {
            record: ends.record,
            since: tie.since.unwrap_or(Day::MIN),
            until: tie.until.unwrap_or(Day::MAX),
        })
        .collect();
    spans.sort_unstable_by_key(|span| span.record);
    spans
}

fn avoided(sound: &Sound) -> Vec<(PersonIx, PersonIx, Day, Day)> {
    let avoid = sound.ties.iter().filter(|(_, tie)| tie.kind == TieKind::Avoid);
    let both_ways = avoid.flat_map(|(ends, tie)| {
        let (since, until) = (tie.since.unwrap_or(Day::MIN), tie.until.unwrap_or(Day::MAX));
        [(ends.from, ends.to, since, until), (ends.to, ends.from, since, until)]
    });
    let mut apart: Vec<_> = both_ways.collect();
    apart.sort_unstable();
    apart
}

/// Who listens to whom, apart from managers; in order of position, so that sums do not depend on the order of records.
fn listening(sound: &Sound) -> Lists<Listening> {
    #[allow(clippy::cast_possible_truncation, reason = "a weight of 0..=1 needs no more than 32 bits")]
    let pairs = sound.ties.iter().filter_map(|(ends, tie)| {
        let (who, to) = match tie.kind {
            TieKind::Influence => (ends.to, ends.from),
            TieKind::ListensTo | TieKind::ReportsTo => (ends.from, ends.to),
            _ => return None,
        };
        let weight = tie.strength.unwrap_or(1.0) as f32;
        let (since, until) = (tie.since.unwrap_or(Day::MIN), tie.until.unwrap_or(Day::MAX));
        (weight > 0.0).then_some((who, Listening { to, weight, since, until }))
    });
    let mut lists = Lists::group(sound.people.len(), pairs);
    for person in (0..).take(sound.people.len()) {
        lists.of_mut(person).sort_unstable_by_key(|it| (it.to, it.weight.to_bits(), it.since, it.until));
    }
    lists
}

/// First and last day of everybody. Somebody who is said to be gone, nobody knows since when, is gone by the day of
/// the records.
fn presence(sound: &Sound) -> Vec<(Day, Day)> {
    let gone_by = sound.as_of.map_or(Day::MIN, |day| day.plus_days(-1));
    sound
        .people
        .iter()
        .map(|person| {
            let last = match (person.ended_on, person.active) {
                (Some(day), _) => day,
                (None, Some(false)) => gone_by,
                (None, _) => Day::MAX,
            };
            (person.started_on.unwrap_or(Day::MIN), last)
        })
        .collect()
}

/// The value of each customer as a share of the largest in the same currency.
fn value_share(sound: &Sound) -> Vec<Option<f32>> {
    let mut largest: HashMap<Option<&str>, f64> = HashMap::new();
    for customer in &sound.customers {
        let most = largest.entry(customer.currency.as_deref()).or_default();
        *most = most.max(customer.value.unwrap_or(0.0));
    }
    let share = |customer: &Customer| {
        let most = *largest.get(&customer.currency.as_deref())?;
        #[allow(clippy::cast_possible_truncation, reason = "a share of 0..=1 that only orders gaps")]
        let share = customer.value.map(|value| (value / most) as f32);
        share.filter(|share| share.is_finite())
    };
    sound.customers.iter().map(share).collect()
}

fn diary(sound: &Sound) -> Lists<u32> {
    let pairs = (0_u32..)
        .take(sound.interactions.len())
        .flat_map(|at| sound.present.of(at).iter().map(move |&person| (person, at)));
    Lists::group(sound.people.len(), pairs)
}

/// Groups records by the customer they name, or else by the customers of the people they name.
fn of_customers<'a, P>(sound: &'a Sound, records: impl Iterator<Item = (Option<&'a str>, P)>) -> Lists<u32>
where
    P: Iterator<Item = &'a String>,
{
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (at, (named, people)) in (0_u32..).zip(records) {
        let first = pairs.len();
        if let Some(customer) = named.and_then(|id| sound.customer(id)) {
            pairs.push((customer, at));
        } else {
            let customers =
                people.filter_map(|id| sound.person(id)).filter_map(|person| sound.customer_of(person));
            pairs.extend(customers.map(|customer| (customer, at)));
            pairs[first..].sort_unstable();
        }
    }
    pairs.dedup();
    Lists::group(sound.customers.len(), pairs.iter().copied())
}

/// Strangers by customer: the one that the interaction names, or else the only one whose people took part.
fn strangers(sound: &Sound) -> (Lists<u32>, Vec<Stranger>) {
    let mut met: Vec<(u32, &str, u32)> = Vec::new();
    for (interaction, id) in &sound.strangers {
        let named = sound.interactions[*interaction as usize].customer_id.as_deref();
        let customer = named.and_then(|id| sound.customer(id)).or_else(|| {
            let present = sound.present.of(*interaction).iter();
            let mut customers = present.filter_map(|&person| sound.customer_of(person));
            let first = customers.next()?;
            customers.all(|other| other == first).then_some(first)
        });
        if let Some(customer) = customer {
            met.push((customer, id, *interaction));
        }
    }
    met.sort_unstable();
    let mut of: Vec<(u32, u32)> = Vec::new();
    let mut found: Vec<Stranger> = Vec::new();
    for same in met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let (Some(&(customer, id, _)), Ok(at)) = (same.first(), u32::try_from(found.len())) {
            of.push((customer, at));
            let interactions = same.iter().map(|it| it.2).collect();
            found.push(Stranger { id: id.to_owned(), interactions });
        }
    }
    (Lists::group(sound.customers.len(), of.iter().copied()), found)
}
