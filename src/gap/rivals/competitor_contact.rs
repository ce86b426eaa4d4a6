//! A key player was in touch with a competitor, and not with us since.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{last_contact, meet, whole};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::network::PersonIx;
use crate::reach::told_of_rival;
use crate::record::{InteractionKind, InteractionStatus, Side};
use crate::settings::share;
use crate::share::{Days, Share};
use crate::view::PersonRef;

/// A key player was in touch with a competitor, and not with us since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CompetitorContact {
    /// The competitor's person.
    pub rival: PersonRef,
    /// The last such day.
    pub day: Day,
    /// What it was, such as `quote`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<InteractionKind>,
    /// How often within the days of the settings.
    pub times: usize,
    /// Who they told about it, where they told us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<PersonRef>,
}

/// When `competitor_contact` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Seen with a competitor within this many days. Default 90 (own).
    pub days: Days,
    /// Shortfall of a request for a quote. Default 0.6 (own).
    pub quote: Share,
    /// Shortfall of any other contact. Default 0.4 (own).
    pub other: Share,
    /// What is left of the shortfall where they told us about it. Default 0.5 (own).
    pub told: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<90>(), quote: share(600), other: share(400), told: share(500) }
    }
}

impl Kind for CompetitorContact {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "competitor_contact",
        Family::Rivals,
        Nature::Event,
        "a key player in touch with a rival within 90 days, and not with us since",
        "Dynamics",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (view, power_table) = (situation.view(), situation.power_table());
        let network = view.network();
        let days = whole(settings.days);
        for member in situation.key_players() {
            let person = power_table.person(member);
            let seen = with_rival(situation, person, days);
            let Some(&(last, rival)) = seen.last() else { continue };
            let record = network.interaction_at(last);
            // A person who has spoken with one of our staff since has heard our side.
            let heard = last_contact(situation, person).is_some_and(|contact| contact.day >= record.at.day());
            if heard {
                continue;
            }
            let quote = record.kind == Some(InteractionKind::Quote);
            let told = told_of_rival(person, view).filter(|told| told.day >= record.at.day());
            let figures = Self {
                rival: view.name(rival),
                day: record.at.day(),
                kind: record.kind,
                times: seen.len(),
                told: told.map(|told| view.name(told.colleague)),
            };
            let latest = seen.iter().rev().take(5).map(|&(at, _)| at);
            let left = if told.is_some() { settings.told.get() } else { 1.0 };
            let shortfall = if quote { settings.quote } else { settings.other };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power_table.power(member))
                    .shortfall(shortfall.get() * left)
                    .person(situation.name(member))
                    .people([view.name(rival)])
                    .evidence(told.iter().map(|told| told.at).chain(latest).map(|at| situation.dated(at)))
                    .threshold("gaps.competitor_contact.days", settings.days.get(), "Dynamics")
                    .remedy(meet(situation, member))
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { rival, day, kind, times, told } = self;

        match kind {
            Some(InteractionKind::Quote) => {
                write!(words, "{who} asked {rival}, a rival's person, for a quote on {day}")?;
            }
            Some(kind) => {
                write!(words, "{who} was in touch with {rival}, a rival's person, on {day} ({kind})")?;
            }
            None => write!(words, "{who} was in touch with {rival}, a rival's person, on {day}")?,
        }
        if *times > 1 {
            write!(words, ", {} of late", Times(*times))?;
        }
        match told {
            Some(told) => write!(words, ", and told {told} about it"),
            None => words.write_str(", and not with us since"),
        }
    }
}

/// Interactions of a person with a competitor's person within some days, oldest first, with that competitor's
/// person.
fn with_rival(situation: &Situation<'_>, person: PersonIx, days: i32) -> Vec<(u32, PersonIx)> {
    let view = situation.view();
    let network = view.network();
    let of_rival = |person: &&PersonIx| network.person_at(**person).side() == Side::Competitor;
    let seen = network.activities(person).iter().filter_map(|&at| {
        let record = network.interaction_at(at);
        let age = view.day().days_since(record.at.day());
        let counts = record.status == InteractionStatus::Held && (0..=days).contains(&age);
        let rival = counts.then(|| network.participants_at(at).iter().find(of_rival))??;
        Some((at, *rival))
    });
    seen.collect()
}
