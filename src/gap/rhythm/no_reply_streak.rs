//! Attempts to contact a person remain unanswered.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{whole, with_us};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::gap::remedy::Remedy;
use crate::network::PersonIx;
use crate::record::{Interaction, InteractionKind, InteractionStatus};
use crate::settings::share;
use crate::share::{Count, Days, Share};
use crate::view::PersonRef;

/// Attempts to contact a person remain unanswered.
///
/// Applies to everyone: a lack of replies shows whatever the role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoReplyStreak {
    /// How many attempts since the last sign of them.
    pub attempts: usize,
    /// The first of these.
    pub first: Day,
    /// The last.
    pub last: Day,
}

/// When `no_reply_streak` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many attempts stayed unanswered. Default 3 (augmented-csm).
    pub attempts: Count,
    /// Within this many days. Default 14 (augmented-csm).
    pub days: Days,
    /// Shortfall. Default 0.3 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { attempts: Count::of::<3>(), days: Days::of::<14>(), shortfall: share(300) }
    }
}

impl Kind for NoReplyStreak {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "no_reply_streak",
        Family::Rhythm,
        Nature::Event,
        "3 attempts within 14 days, and no sign of them since",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        let view = situation.view();
        let needed = settings.attempts.get() as usize;
        for member in power_table.members() {
            let person = power_table.person(member);
            if view.network().activities(person).len() < needed {
                continue;
            }
            let attempts = attempts(situation, person);
            let day = |at: u32| view.network().interaction_at(at).at.day();
            let ends = |streak: &[u32]| Some((day(*streak.last()?), day(*streak.first()?)));
            let close = attempts.windows(needed).filter_map(ends);
            let span = |(first, last): (Day, Day)| last.days_since(first);
            if !close.map(span).any(|days| days <= whole(settings.days)) {
                continue;
            }
            let Some((first, last)) = ends(&attempts) else { continue };
            let figures = Self { attempts: attempts.len(), first, last };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power_table.power(member))
                    .shortfall(situation.short(member, settings.shortfall))
                    .person(situation.name(member))
                    .evidence(attempts.iter().take(5).map(|&at| situation.dated(at)))
                    .threshold("gaps.no_reply_streak.attempts", settings.attempts.get(), "augmented-csm")
                    .remedy(Remedy::Meet {
                        who: vec![situation.name(member)],
                        with: situation.candidates_for(member),
                        times: 1,
                        level: None,
                    })
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { attempts, first, last } = self;

        let times = Times(*attempts);
        write!(words, "{who} has left us without an answer {times}, from {first} to {last}")
    }
}

/// Our unanswered attempts, newest first, as long as they are recent and later than any sign of the person.
fn attempts(situation: &Situation<'_>, person: PersonIx) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let mut attempts: Vec<u32> = Vec::new();
    let mut heard: Option<Day> = None;
    for (at, record, age) in with_us(view, person) {
        // Attempts that began long ago are not a streak but a lost contact.
        if attempts.is_empty() && age > whole(view.settings().gaps.overdue_touch.lost_days) {
            break;
        }
        // Within one day the order is not known.
        if heard.is_some_and(|day| record.at.day() < day) {
            break;
        }
        let starter = network.starter_of(at);
        if is_sign(record, starter == Some(person), starter.is_some()) {
            heard = Some(record.at.day());
        } else if record.status == InteractionStatus::Unanswered
            && starter.is_some_and(|it| network.is_staff(it))
        {
            attempts.push(at);
        }
    }
    attempts.retain(|&at| heard.is_none_or(|day| network.interaction_at(at).at.day() > day));
    attempts
}

/// Whether the record shows that the person noticed. A message sent is a sign of its writer only, and may be
/// anyone's where no one is named.
fn is_sign(record: &Interaction, started_it: bool, is_started: bool) -> bool {
    use InteractionKind::{Email, Message};
    let message = matches!(record.kind, Some(Email | Message) | None);
    match record.status {
        InteractionStatus::Held => started_it || !message || !is_started,
        InteractionStatus::Declined => true,
        InteractionStatus::Unanswered => started_it,
        InteractionStatus::Planned => false,
    }
}
