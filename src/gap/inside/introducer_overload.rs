//! Too many introductions are asked of one person at the same time.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::contact::whole;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::gap::remedy::Remedy;
use crate::network::PersonIx;
use crate::record::{InteractionKind, InteractionStatus};
use crate::settings::share;
use crate::share::{Count, Days, Share};
use crate::text::Text;
use crate::view::PersonRef;

/// Too many introductions are asked of one person at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntroducerOverload {
    /// How many requests are open.
    pub asks: usize,
    /// Within how many days.
    pub days: u32,
}

/// When `introducer_overload` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// More open requests to one person than this. Default 2 (own).
    pub asks: Count,
    /// Requests this many days back or ahead count. Default 90 (own).
    pub days: Days,
    /// Shortfall. Default 0.2 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { asks: Count::of::<2>(), days: Days::of::<90>(), shortfall: share(200) }
    }
}

impl Kind for IntroducerOverload {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "introducer_overload",
        Family::Inside,
        Nature::Shortfall,
        "more than 2 open asks for introductions on one person of theirs within 90 days",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (view, power_table) = (situation.view(), situation.power_table());
        let network = view.network();
        let most = settings.asks.get() as usize;
        for member in power_table.members() {
            let person = power_table.person(member);
            if network.activities(person).len() <= most {
                continue;
            }
            let asks = open_asks(situation, person, whole(settings.days));
            if asks.len() <= most {
                continue;
            }
            let ids = |asks: &[u32]| -> Vec<Text> {
                asks.iter().map(|&at| network.interaction_at(at).id.clone()).collect()
            };
            let figures = Self { asks: asks.len(), days: settings.days.get() };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power_table.power(member))
                    .shortfall(settings.shortfall)
                    .person(situation.name(member))
                    .evidence(asks.iter().rev().take(5).map(|&at| situation.dated(at)))
                    .threshold("gaps.introducer_overload.asks", settings.asks.get(), "own")
                    // The latest ones wait.
                    .remedy(Remedy::TakeBackAsks {
                        person: situation.name(member),
                        asks: ids(asks.get(most..).unwrap_or_default()),
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
        let Self { asks, days } = self;

        write!(
            words,
            "{who} was asked for introductions {} within {days} days, and none is made yet",
            Times(*asks)
        )
    }
}

/// Introductions requested of a person within some days and neither made nor declined, oldest first: planned, or
/// unanswered.
fn open_asks(situation: &Situation<'_>, person: PersonIx, days: i32) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let is_open = |&at: &u32| {
        let record = network.interaction_at(at);
        let away = view.day().days_since(record.at.day());
        let is_known = away >= 0 || situation.knows_plans();
        record.kind == Some(InteractionKind::Introduction)
            && matches!(record.status, InteractionStatus::Planned | InteractionStatus::Unanswered)
            && is_known
            && away.abs() <= days
            && network.starter_of(at) == Some(person)
    };
    network.activities(person).iter().copied().filter(is_open).collect()
}
