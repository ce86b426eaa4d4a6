//! The five questions of a checkup, answered from data; what cannot be answered names the missing data.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::{Missing, Situation};
use crate::network::{MemberIx, PersonIx, PersonRecord};
use crate::power::{PowerTable, is_unknown};
use crate::record::{CommitmentStatus, ConcernStatus, Interaction, InteractionKind, InteractionStatus, Side};
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// One of the five questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// How are things going?
    HowAreThingsGoing,
    /// What has changed in what they use?
    WhatChangedInUse,
    /// Who or what has changed in their organisation?
    WhatChangedThere,
    /// Could we serve them in further areas?
    CouldWeServeMore,
    /// Do we have relationships with the right people?
    RightRelationships,
}

/// A question and what the data says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answered {
    /// The question.
    pub question: Question,
    /// What is known.
    pub facts: Vec<Fact>,
    /// What is not known and would have helped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// A fact that helps to answer a question. "Lately" means within the days of the settings; "before" is the span of
/// the same length before that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fact")]
#[non_exhaustive]
pub enum Fact {
    /// How often the customer's people and our staff were in touch.
    #[non_exhaustive]
    Contacts {
        /// Lately.
        lately: usize,
        /// Before.
        before: usize,
        /// The length of "lately", in days.
        days: u32,
        /// The last one.
        last: Day,
    },
    /// The sentiment of those contacts, where it was recorded.
    #[non_exhaustive]
    Sentiment {
        /// The mean, -1..=1.
        mean: f64,
        /// The number of contacts with a sentiment.
        count: usize,
    },
    /// Our promises to the customer.
    #[non_exhaustive]
    Promises {
        /// Kept.
        kept: usize,
        /// Broken.
        broken: usize,
        /// Open and not yet due.
        open: usize,
        /// Open past their day.
        overdue: usize,
    },
    /// Concerns of the customer's people.
    #[non_exhaustive]
    Concerns {
        /// Not answered.
        open: usize,
        /// Of those, past their review day.
        past_review: usize,
        /// Answered, without a visible change yet.
        answered: usize,
        /// Answered, with a visible change.
        changed_something: usize,
        /// Parked until a review day.
        parked: usize,
    },
    /// A person at the customer was in touch with a competitor.
    #[non_exhaustive]
    RivalContact {
        /// The day.
        day: Day,
        /// The person.
        person: PersonRef,
        /// The competitor's person.
        rival: PersonRef,
        /// The kind of interaction.
        kind: Option<InteractionKind>,
    },
    /// The upcoming renewal.
    #[non_exhaustive]
    Renewal {
        /// The renewal day.
        on: Day,
        /// Days until then; negative when it has passed.
        days: i32,
    },
    /// Orders.
    #[non_exhaustive]
    Orders {
        /// Lately.
        lately: usize,
        /// Before.
        before: usize,
        /// The length of "lately", in days.
        days: u32,
        /// The last one.
        last: Day,
    },
    /// Quotes requested from us.
    #[non_exhaustive]
    Quotes {
        /// Lately.
        lately: usize,
        /// Before.
        before: usize,
    },
    /// A person joined lately.
    #[non_exhaustive]
    Joined {
        /// The person.
        person: PersonRef,
        /// Their first day.
        on: Day,
        /// Their share of power.
        power: Share,
    },
    /// A person left lately.
    #[non_exhaustive]
    Left {
        /// The person.
        person: PersonRef,
        /// Their last day.
        on: Day,
    },
    /// A person's power changed lately by a quarter or more.
    #[non_exhaustive]
    PowerMoved {
        /// The person.
        person: PersonRef,
        /// Before.
        before: Share,
        /// Now.
        now: Share,
    },
    /// Whitespace: a part of their organisation where no one is reached.
    #[non_exhaustive]
    UnservedUnit {
        /// `department`, `site` or `area`.
        unit: Cow<'static, str>,
        /// Its name.
        name: Text,
        /// How many of its people are on record.
        people: usize,
        /// Their combined share of power.
        power: Share,
    },
    /// How many key players are reached.
    #[non_exhaustive]
    KeyPlayers {
        /// Reached.
        reached: usize,
        /// In all.
        of: usize,
    },
    /// The person whose reach is missed most: power·(1 − reach).
    #[non_exhaustive]
    MostMissed {
        /// The person.
        person: PersonRef,
        /// How much of the customer's power is missing with them.
        gap: Share,
    },
}

/// Answers all five.
pub(super) fn answers(situation: &Situation<'_>) -> Vec<Answered> {
    let history = History::of(situation);
    vec![
        how_are_things_going(situation, &history),
        what_changed_in_use(situation, &history),
        what_changed_there(situation),
        could_we_serve_more(situation),
        right_relationships(situation),
    ]
}

fn missing(field: &'static str) -> Missing {
    Missing::new(field, None)
}

/// What took place with the customer by the day, in order of time.
struct History<'v> {
    day: Day,
    days: u32,
    /// Everything that took place and that a person at the customer took part in.
    all: Vec<(u32, &'v Interaction)>,
    /// Of these, those with one of our staff.
    with_us: Vec<&'v Interaction>,
}

impl<'v> History<'v> {
    fn of(situation: &Situation<'v>) -> Self {
        let view = situation.view();
        let network = view.network();
        let block = situation.customer().block();
        let mut positions: Vec<u32> =
            block.flat_map(|person| network.activities(person).iter().copied()).collect();
        positions.sort_unstable();
        positions.dedup();
        let all: Vec<(u32, &Interaction)> = positions
            .into_iter()
            .map(|at| (at, network.interaction_at(at)))
            .filter(|(_, it)| it.status == InteractionStatus::Held && it.at.day() <= view.day())
            .collect();
        let ours = |at: u32| network.participants_at(at).iter().any(|&person| network.is_staff(person));
        let with_us = all.iter().filter(|(at, _)| ours(*at)).map(|(_, it)| *it).collect();
        Self { day: view.day(), days: view.settings().checkup.lately_days.get(), all, with_us }
    }

    /// How many of the matching interactions were lately and how many before, with the day of the last one.
    fn count(&self, wanted: impl Fn(&Interaction) -> bool) -> (usize, usize, Option<Day>) {
        let span = i32::try_from(self.days).unwrap_or(i32::MAX);
        let age = |it: &Interaction| self.day.days_since(it.at.day());
        let chosen = || self.with_us.iter().filter(|it| wanted(it));
        let lately = chosen().filter(|it| age(it) < span).count();
        let before = chosen().filter(|it| (span..span.saturating_mul(2)).contains(&age(it))).count();
        (lately, before, chosen().map(|it| it.at.day()).max())
    }

    fn is_lately(&self, day: Day) -> bool {
        let age = self.day.days_since(day);
        age >= 0 && age < i32::try_from(self.days).unwrap_or(i32::MAX)
    }
}

fn how_are_things_going(situation: &Situation<'_>, history: &History<'_>) -> Answered {
    let (mut facts, mut lacking) = (Vec::new(), Vec::new());
    match history.count(|_| true) {
        (lately, before, Some(last)) => {
            facts.push(Fact::Contacts { lately, before, days: history.days, last });
        }
        _ => lacking.push(missing("interactions")),
    }
    let felt = history.with_us.iter().filter(|it| history.is_lately(it.at.day()));
    let felt: Vec<f64> = felt.filter_map(|it| it.sentiment).collect();
    if !felt.is_empty() {
        #[allow(clippy::cast_precision_loss, reason = "numbers of interactions are far below 2⁵²")]
        let mean = felt.iter().sum::<f64>() / felt.len() as f64;
        facts.push(Fact::Sentiment { mean, count: felt.len() });
    }
    facts.extend(rival_contacts(situation, history));
    match promises(situation) {
        Some(fact) => facts.push(fact),
        None => lacking.push(missing("commitments")),
    }
    match concerns(situation) {
        Some(fact) => facts.push(fact),
        None => lacking.push(missing("concerns")),
    }
    if let Some(on) = situation.customer().record().renewal_on {
        facts.push(Fact::Renewal { on, days: on.days_since(history.day) });
    }
    Answered { question: Question::HowAreThingsGoing, facts, missing: lacking }
}

/// Lately, newest first.
fn rival_contacts(situation: &Situation<'_>, history: &History<'_>) -> Vec<Fact> {
    let view = situation.view();
    let network = view.network();
    let block = situation.customer().block();
    let is_rival = |person: &PersonIx| network.person_at(*person).side() == Side::Competitor;
    let lately = history.all.iter().rev().filter(|(_, it)| history.is_lately(it.at.day()));
    let facts = lately.filter_map(|(at, it)| {
        let participants = network.participants_at(*at);
        let rival = participants.iter().find(|person| is_rival(person))?;
        let person = network.starter_of(*at).filter(|person| block.contains(person));
        let person = person.or_else(|| participants.iter().copied().find(|person| block.contains(person)))?;
        Some(Fact::RivalContact {
            day: it.at.day(),
            person: view.name(person),
            rival: view.name(*rival),
            kind: it.kind,
        })
    });
    facts.collect()
}

/// Our promises by the day; one that was closed later was open on the day.
fn promises(situation: &Situation<'_>) -> Option<Fact> {
    let view = situation.view();
    let network = view.network();
    let (mut kept, mut broken, mut open, mut overdue) = (0, 0, 0, 0);
    let mut any = false;
    let ours = network.commitments_of(situation.customer().at()).filter(|promise| {
        promise.made_on <= view.day()
            && network.person_ix(&promise.made_by).is_some_and(|maker| network.is_staff(maker))
    });
    for promise in ours {
        any = true;
        let closed = promise.closed_on.is_none_or(|day| day <= view.day());
        match promise.status {
            CommitmentStatus::Kept if closed => kept += 1,
            CommitmentStatus::Broken if closed => broken += 1,
            CommitmentStatus::Withdrawn if closed => {}
            CommitmentStatus::Open
            | CommitmentStatus::Kept
            | CommitmentStatus::Broken
            | CommitmentStatus::Withdrawn => {
                if promise.due_on.is_some_and(|due| due < view.day()) {
                    overdue += 1;
                } else {
                    open += 1;
                }
            }
        }
    }
    any.then_some(Fact::Promises { kept, broken, open, overdue })
}

fn concerns(situation: &Situation<'_>) -> Option<Fact> {
    let view = situation.view();
    let (mut open, mut past_review, mut answered, mut changed_something, mut parked) = (0, 0, 0, 0, 0);
    let mut any = false;
    let raised = view.network().concerns_of(situation.customer().at());
    for concern in raised.filter(|concern| concern.raised_on <= view.day()) {
        any = true;
        match concern.status_on(view.day(), view.network().as_of()) {
            ConcernStatus::Open | ConcernStatus::Acknowledged => {
                open += 1;
                past_review += usize::from(concern.review_on.is_some_and(|day| day < view.day()));
            }
            ConcernStatus::Answered => answered += 1,
            ConcernStatus::ChangedSomething => changed_something += 1,
            ConcernStatus::Parked => parked += 1,
        }
    }
    any.then_some(Fact::Concerns { open, past_review, answered, changed_something, parked })
}

fn what_changed_in_use(_: &Situation<'_>, history: &History<'_>) -> Answered {
    let (mut facts, mut lacking) = (Vec::new(), Vec::new());
    match history.count(|it| it.kind == Some(InteractionKind::Order)) {
        (lately, before, Some(last)) => {
            facts.push(Fact::Orders { lately, before, days: history.days, last });
        }
        _ => lacking.push(missing("interactions of kind order")),
    }
    if let (lately, before, Some(_)) = history.count(|it| it.kind == Some(InteractionKind::Quote)) {
        facts.push(Fact::Quotes { lately, before });
    }
    Answered { question: Question::WhatChangedInUse, facts, missing: lacking }
}

fn what_changed_there(situation: &Situation<'_>) -> Answered {
    let view = situation.view();
    let network = view.network();
    let power_table = situation.power_table();
    let days = i32::try_from(view.settings().checkup.lately_days.get()).unwrap_or(i32::MAX);
    let since = view.day().plus_days(days.saturating_neg());
    let mut facts = Vec::new();
    let mut dated = false;
    for person in situation.customer().block() {
        let record = network.person_at(person);
        dated |= record.started_on().is_some() || record.ended_on().is_some();
        if let Some(on) = record.started_on().filter(|&on| since < on && on <= view.day()) {
            let power = power_table.place(person).map_or(Share::ZERO, |member| power_table.power(member));
            facts.push(Fact::Joined { person: record.into(), on, power });
        }
        if let Some(on) = record.ended_on().filter(|&on| since <= on && on < view.day()) {
            facts.push(Fact::Left { person: record.into(), on });
        }
    }
    // Where nothing that power depends on has changed, power has not changed.
    let worked_out =
        situation.has_power_changed_since(since).then(|| PowerTable::on(situation.customer(), since));
    let before = worked_out.as_ref().unwrap_or(power_table);
    let factor = view.settings().gaps.power_newcomer.rise_factor.get();
    for member in power_table.members() {
        let Some(place) = before.place(power_table.person(member)) else { continue };
        let (was, now) = (before.power(place), power_table.power(member));
        let (less, more) = (was.get().min(now.get()), was.get().max(now.get()));
        if less > 0.0 && more >= factor * less && power_table.is_key(member) {
            facts.push(Fact::PowerMoved { person: situation.name(member), before: was, now });
        }
    }
    let lacking =
        if dated { Vec::new() } else { vec![missing("people.started_on"), missing("people.ended_on")] };
    Answered { question: Question::WhatChangedThere, facts, missing: lacking }
}

/// Units with people, none of them reached. One person does not make a unit.
fn could_we_serve_more(situation: &Situation<'_>) -> Answered {
    type Unit = (&'static str, fn(PersonRecord<'_>) -> Option<&str>);
    let units: [Unit; 3] = [
        ("department", |person| person.department()),
        ("site", |person| person.site()),
        ("area", |person| person.area()),
    ];
    let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
    let network = situation.view().network();
    let (mut facts, mut known) = (Vec::new(), false);
    for (unit, name_of) in units {
        let mut members: BTreeMap<&str, Vec<MemberIx>> = BTreeMap::new();
        for member in power_table.members() {
            if let Some(name) = name_of(network.person_at(power_table.person(member))) {
                members.entry(name).or_default().push(member);
            }
        }
        known |= !members.is_empty();
        for (name, members) in members {
            if members.len() < 2 || members.iter().any(|&member| coverage_table.is_reached(member)) {
                continue;
            }
            let power: f64 = members.iter().map(|&member| power_table.power(member).get()).sum();
            facts.push(Fact::UnservedUnit {
                unit: Cow::Borrowed(unit),
                name: name.into(),
                people: members.len(),
                power: Share::clamped(power),
            });
        }
    }
    let lacking = if known {
        Vec::new()
    } else {
        vec![missing("people.department"), missing("people.site"), missing("people.area")]
    };
    Answered { question: Question::CouldWeServeMore, facts, missing: lacking }
}

fn right_relationships(situation: &Situation<'_>) -> Answered {
    let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
    let (mut facts, mut lacking) = (Vec::new(), Vec::new());
    let of = situation.key_players().count();
    let reached = situation.key_players().filter(|&member| coverage_table.is_reached(member)).count();
    if of > 0 {
        facts.push(Fact::KeyPlayers { reached, of });
    }
    let gap = |member: MemberIx| {
        Share::clamped(power_table.power(member).get() * coverage_table.reach(member).complement().get())
    };
    // Among equals the first.
    if let Some(member) = power_table.members().rev().max_by_key(|&member| gap(member))
        && gap(member) > Share::ZERO
    {
        facts.push(Fact::MostMissed { person: situation.name(member), gap: gap(member) });
    }
    if power_table.len() == 0 {
        lacking.push(missing("people of this customer"));
    }
    let network = situation.view().network();
    if network.decisions_of(situation.customer().at()).next().is_none() {
        lacking.push(missing("decisions"));
        let people = situation.customer().people();
        let unknown = people.filter(|person| is_unknown(*person));
        lacking.extend(unknown.map(|person| Missing::new("people.seniority", Some(person.into()))));
    }
    if situation.customer().record().owner_id.is_none() {
        lacking.push(missing("customers.owner_id"));
    }
    Answered { question: Question::RightRelationships, facts, missing: lacking }
}
