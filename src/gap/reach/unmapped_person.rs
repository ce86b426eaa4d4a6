//! A person we deal with and know nothing about.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::builder::GapBuilder;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::gap::remedy::Remedy;
use crate::label::Label;
use crate::record::InteractionStatus;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::text::Text;
use crate::view::PersonRef;

/// A person we deal with and know nothing about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnmappedPerson {
    /// The id as written in the interactions.
    pub id: Text,
    /// Recent interactions.
    pub times: usize,
    /// The last one.
    pub last: Day,
    /// Whether they are among the people on record.
    pub known: bool,
}

/// When `unmapped_person` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Seen in interactions within this many days. Default 180 (own).
    pub days: Days,
    /// Shortfall for people who are on record, without title, role and power. Default 0.5: half the work is done
    /// (own).
    pub known: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<180>(), known: share(500) }
    }
}

impl Kind for UnmappedPerson {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "unmapped_person",
        Family::Reach,
        Nature::Record,
        "seen in interactions lately, yet not among the people, or without title, role and power",
        "Custify; Dynamics",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (view, power_table) = (situation.view(), situation.power_table());
        let network = view.network();
        for unmapped in network.unmapped_participants(situation.customer().at()) {
            let seen = lately(situation, settings, &unmapped.interactions);
            if let Some(&last) = seen.last() {
                // Nothing is known about them: an equal share of power is the fairest guess.
                #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
                let equal = 1.0 / (power_table.len() + 1) as f64;
                let gap = Self::seen(situation, settings, &unmapped.id, &seen, last, false);
                findings.push(gap.stake(equal).missing("people.id", None).done());
            }
        }
        for member in power_table.members() {
            let person = network.person_at(power_table.person(member));
            let blank = !power_table.decides(member)
                && person.title().is_none()
                && person.seniority().is_none()
                && person.roles().is_empty()
                && person.power().is_none();
            if !blank {
                continue;
            }
            let seen = lately(situation, settings, network.activities(power_table.person(member)));
            if let Some(&last) = seen.last() {
                let builder = Self::seen(situation, settings, person.id(), &seen, last, true);
                let missing = Some(situation.name(member));
                let builder = builder
                    .person(situation.name(member))
                    .stake(power_table.power(member))
                    .shortfall(settings.known);
                findings.push(builder.missing("people.title", missing).done());
            }
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Person(self.id.clone())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { id, times, last, known } = self;

        let times = Times(*times);
        if *known {
            write!(
                words,
                "{who} took part {times}, last on {last}, and we know neither title, role nor power"
            )
        } else {
            write!(words, "`{}` took part {times}, last on {last}, and is not on the map", Label::new(id))
        }
    }
}

impl UnmappedPerson {
    fn seen(
        situation: &Situation<'_>,
        settings: &Settings,
        id: &str,
        seen: &[u32],
        last: u32,
        known: bool,
    ) -> GapBuilder<Self> {
        let last = situation.view().network().interaction_at(last).at.day();
        let figures = Self { id: id.into(), times: seen.len(), last, known };
        situation
            .gap(figures)
            .evidence(seen.iter().rev().take(5).map(|&at| situation.dated(at)))
            .threshold("gaps.unmapped_person.days", settings.days.get(), "Custify; Dynamics")
            .remedy(Remedy::RecordPerson { id: id.into() })
    }
}

/// The recent ones among some interactions in order of time, by the day.
fn lately(situation: &Situation<'_>, settings: &Settings, interactions: &[u32]) -> Vec<u32> {
    let view = situation.view();
    let days = i32::try_from(settings.days.get()).unwrap_or(i32::MAX);
    let happened = |&&at: &&u32| {
        let record = view.network().interaction_at(at);
        let age = view.day().days_since(record.at.day());
        (0..=days).contains(&age) && record.status != InteractionStatus::Planned
    };
    interactions.iter().filter(happened).copied().collect()
}
