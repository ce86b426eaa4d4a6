//! A powerful person opposes us, and none of our staff is in touch with them or plans to be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{cadence, last_contact, meet, whole};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::network::PersonIx;
use crate::record::{InteractionStatus, Support};
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A powerful person opposes us, and none of our staff is in touch with them or plans to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpponentUnmanaged {
    /// Their share of power.
    pub power: Share,
    /// They are on record as an opponent; else they are [hostile](crate::reach::PersonReach::hostile).
    pub opponent: bool,
    /// The last two-way contact; none where none is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Day>,
    /// The cadence in days.
    pub cadence: u32,
}

/// When `opponent_unmanaged` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.5 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(500) }
    }
}

impl Kind for OpponentUnmanaged {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "opponent_unmanaged",
        Family::Rivals,
        Nature::Shortfall,
        "an opponent or hostile key player with no contact or plan within their cadence",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (view, power_table, coverage_table) =
            (situation.view(), situation.power_table(), situation.coverage_table());
        let network = view.network();
        for member in situation.key_players() {
            let person = power_table.person(member);
            let opponent = network.person_at(person).support() == Some(Support::Opponent);
            if !opponent && !coverage_table.stance(member, view).hostile {
                continue;
            }
            // Every key player has one.
            let Some((cadence, setting)) = cadence(situation, member) else { continue };
            let days = whole(cadence);
            let last = last_contact(situation, person).map(|contact| contact.day);
            let in_touch = last.is_some_and(|last| view.day().days_since(last) <= days);
            if in_touch || has_plan(situation, person, days) {
                continue;
            }
            let power = power_table.power(member);
            let figures = Self { power, opponent, last, cadence: cadence.get() };
            let mut builder = situation
                .about(member, figures)
                .shortfall(settings.shortfall)
                .threshold(setting, cadence.get(), "augmented-csm")
                .remedy(meet(situation, member));
            // Their activities are in order of time. A plan is not contact.
            let by_then = network.activities(person).iter().map(|&at| network.interaction_at(at));
            let mut by_then = by_then.take_while(|record| record.at.day() <= view.day());
            if by_then.all(|record| record.status == InteractionStatus::Planned) {
                builder = builder.missing("interactions", Some(situation.name(member)));
            }
            findings.push(builder.done());
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, opponent, last, cadence } = self;

        let stance = if *opponent { "is against us" } else { "trusts no one on our team and distrusts some" };
        write!(words, "{who} holds {} of the decision and {stance}", Percent(*power))?;
        match last {
            Some(last) => write!(words, "; last in touch on {last}")?,
            None => words.write_str("; no two-way contact is on record")?,
        }
        write!(words, ", and nothing is planned within {cadence} days")
    }
}

/// Whether an interaction with one of our staff is planned within some days.
fn has_plan(situation: &Situation<'_>, person: PersonIx, days: i32) -> bool {
    let view = situation.view();
    let network = view.network();
    situation.knows_plans()
        && network.activities(person).iter().rev().any(|&at| {
            let record = network.interaction_at(at);
            let ahead = record.at.day().days_since(view.day());
            let ours = || network.participants_at(at).first().is_some_and(|&first| network.is_staff(first));
            record.status == InteractionStatus::Planned && (0..=days).contains(&ahead) && ours()
        })
}
