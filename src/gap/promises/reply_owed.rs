//! A person waits for our answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{whole, with_us};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::record::{Interaction, InteractionKind, InteractionStatus};
use crate::settings::weight;
use crate::share::{Days, Share, Weight};
use crate::view::{PersonRef, View};

/// A person waits for our answer: they wrote, asked for a quote or called in vain, and none of our staff has had a
/// word with them since.
///
/// Messages count where the records hold messages in both directions ([`Resolved::silence`](crate::Resolved::silence)), since
/// else an answer would not show; one that the records call unanswered counts anywhere. A reply of theirs to our
/// message asks nothing, and a message to more people than an audience is list mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplyOwed {
    /// The day of the first message since our last word.
    pub since: Day,
    /// How many there are.
    pub messages: usize,
    /// Working days since then.
    pub working_days: u32,
}

/// When `reply_owed` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Reported after more working days than this. Default 2: an answer within two working days is usual.
    pub within: Days,
    /// Messages older than this many days are no longer waited for. Default 90 (own).
    pub days: Days,
    /// Shortfall of each working day beyond `within`, one in all at most. Default 0.25 (own).
    pub a_day: Weight,
}

impl Default for Settings {
    fn default() -> Self {
        Self { within: Days::of::<2>(), days: Days::of::<90>(), a_day: weight(250) }
    }
}

impl Kind for ReplyOwed {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "reply_owed",
        Family::Promises,
        Nature::Event,
        "a message or request of theirs without a word from any of our staff within 2 working days",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let from = findings.len();
        for member in situation.power_table().members() {
            findings.extend(Self::of(situation, settings, member));
        }
        if let Some(found) = findings.get_mut(from..) {
            found.sort_by_key(|gap| std::cmp::Reverse(gap.severity));
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { since, messages, working_days } = self;
        let noun = if *messages == 1 { "message" } else { "messages" };
        write!(
            words,
            "{who} has waited for our answer since {since} ({messages} {noun}, {working_days} working days)"
        )
    }
}

impl ReplyOwed {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let person = situation.power_table().person(member);
        let waiting = waiting(view, person, whole(settings.days));
        let network = view.network();
        let since = network.interaction_at(*waiting.last()?).at.day();
        let working_days = since.working_days_until(view.day(), &view.settings().gaps.holidays);
        let beyond = working_days.checked_sub(settings.within.get()).filter(|&beyond| beyond > 0)?;
        let asked = waiting.iter().flat_map(|&at| network.participants_at(at));
        let mut by: Vec<PersonIx> =
            asked.copied().filter(|&it| network.is_staff(it) && view.is_present(it)).collect();
        by.sort_unstable();
        by.dedup();
        let by = match (by.is_empty(), situation.customer().owner()) {
            (false, _) => situation.names(by),
            (true, Some(owner)) => situation.names([owner]),
            (true, None) => situation.candidates_for(member),
        };
        let figures = Self { since, messages: waiting.len(), working_days };
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .person(situation.name(member))
                .shortfall(Share::clamped(settings.a_day.get() * f64::from(beyond)))
                .evidence(waiting.iter().take(5).map(|&at| situation.dated(at)))
                .threshold("gaps.reply_owed.within", settings.within.get(), "own")
                .remedy(Remedy::Reply { person: situation.name(member), by })
                .done(),
        )
    }
}

/// What a person wrote or asked since our last word to them, newest first.
fn waiting(view: &View<'_>, person: PersonIx, days: i32) -> Vec<u32> {
    let network = view.network();
    let within = whole(view.settings().evidence.reply_within_days);
    let mut waiting: Vec<u32> = Vec::new();
    for (at, record, age) in with_us(view, person) {
        if age > days.saturating_add(within) {
            break;
        }
        let starter = network.starter_of(at);
        if is_word_of_ours(record, starter.is_some_and(|it| network.is_staff(it))) {
            // Within one moment either may have come first: then it is taken as the answer.
            waiting.retain(|&later| network.interaction_at(later).at > record.at);
            // What replies to this word asks nothing.
            let is_reply = waiting.last().is_some_and(|&first| {
                let first = network.interaction_at(first);
                is_message(first) && first.at.day().days_since(record.at.day()) <= within
            });
            if is_reply && is_message(record) {
                waiting.pop();
            }
            return waiting;
        }
        if starter == Some(person) && age <= days && asks(record, network.resolved().silence) {
            waiting.push(at);
        }
    }
    waiting
}

/// Whether one of our staff had a word with a person who took part: wrote to them, or met them.
fn is_word_of_ours(record: &Interaction, is_ours: bool) -> bool {
    use InteractionKind::{Call, Email, Event, Introduction, Meeting, Message, Order, Quote};
    match (record.status, record.kind) {
        (InteractionStatus::Held | InteractionStatus::Unanswered, Some(Email | Message) | None) => is_ours,
        (InteractionStatus::Held, Some(Meeting | Call | Event)) => true,
        (InteractionStatus::Held, Some(Order | Quote | Introduction))
        | (InteractionStatus::Unanswered, Some(Meeting | Call | Event | Order | Quote | Introduction)) => {
            is_ours
        }
        (InteractionStatus::Planned | InteractionStatus::Declined, _) => false,
    }
}

/// Whether what a person began waits for an answer.
fn asks(record: &Interaction, silence: bool) -> bool {
    use InteractionKind::{Call, Email, Event, Introduction, Meeting, Message, Order, Quote};
    match (record.status, record.kind) {
        (InteractionStatus::Held, Some(Email | Message | Quote) | None) => silence,
        (InteractionStatus::Unanswered, Some(Email | Message | Quote | Call | Meeting) | None) => true,
        (InteractionStatus::Held, Some(Call | Meeting | Event | Order | Introduction))
        | (InteractionStatus::Unanswered, Some(Event | Order | Introduction))
        | (InteractionStatus::Planned | InteractionStatus::Declined, _) => false,
    }
}

fn is_message(record: &Interaction) -> bool {
    use InteractionKind::{Email, Message};
    matches!(record.kind, Some(Email | Message) | None)
}
