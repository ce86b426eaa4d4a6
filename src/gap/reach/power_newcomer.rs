//! A powerful person who joined or gained power recently and is not reached.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::power::PowerTable;
use crate::settings::weight;
use crate::share::{Days, Share, Weight};
use crate::view::PersonRef;

/// A powerful person who joined or gained power recently and is not reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PowerNewcomer {
    /// Their share of power.
    pub power: Share,
    /// The day they joined, if recent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_on: Option<Day>,
    /// Their share of power before, if it rose recently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_before: Option<Share>,
    /// The person with the highest reach there, whose power is no greater.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_covered: Option<PersonRef>,
}

/// When `power_newcomer` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Joined or rose within this many days. Default 90 (Sales Navigator).
    pub days: Days,
    /// Power rose if it is at least this many times what it was. Default 1.25 (own).
    pub rise_factor: Weight,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<90>(), rise_factor: weight(1250) }
    }
}

impl Kind for PowerNewcomer {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "power_newcomer",
        Family::Reach,
        Nature::Event,
        "joined or rose within 90 days, at least as powerful as the one we cover best, not reached",
        "Sales Navigator's 90 days",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let days = i32::try_from(settings.days.get()).unwrap_or(i32::MAX);
        let since = view.day().plus_days(days.saturating_neg());
        let covered = power_table.members().filter(|&member| coverage_table.reach(member) > Share::ZERO);
        let best_covered =
            covered.max_by_key(|&member| (coverage_table.reach(member), power_table.power(member)));
        let enough = best_covered.map_or(power_table.key_player_from(), |member| power_table.power(member));
        let before =
            situation.has_power_changed_since(since).then(|| PowerTable::on(situation.customer(), since));
        for member in power_table.members() {
            let (person, power) = (power_table.person(member), power_table.power(member));
            if coverage_table.is_reached(member) || power < enough {
                continue;
            }
            let joined_on = view.network().person_at(person).started_on().filter(|&day| day > since);
            let power_before = match (&before, joined_on) {
                (Some(before), None) => before.place(person).map(|place| before.power(place)),
                (None, _) | (Some(_), Some(_)) => None,
            };
            let rose = power_before.filter(|before| {
                *before > Share::ZERO && power.get() >= settings.rise_factor.get() * before.get()
            });
            if joined_on.is_none() && rose.is_none() {
                continue;
            }
            let figures = Self {
                power,
                joined_on,
                power_before: rose,
                best_covered: best_covered.map(|member| situation.name(member)),
            };
            findings.push(
                situation
                    .about(member, figures)
                    .shortfall(coverage_table.reach(member).complement())
                    .threshold("gaps.power_newcomer.days", settings.days.get(), "Sales Navigator's 90 days")
                    .remedy(Remedy::EarnTrust {
                        who: vec![situation.name(member)],
                        trusts: situation.candidates_for(member),
                        level: view.settings().levels.reached,
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
        let Self { power, joined_on, power_before, best_covered } = self;

        match (joined_on, power_before) {
            (Some(day), _) => write!(words, "{} joined on {day} and holds {}", who, Percent(*power))?,
            (None, Some(before)) => {
                write!(words, "{} rose from {} to {}", who, Percent(*before), Percent(*power))?;
            }
            (None, None) => write!(words, "{} is new and holds {}", who, Percent(*power))?,
        }
        words.write_str(" of the decision")?;
        if let Some(covered) = best_covered {
            write!(words, ", no less than {covered}, our best-covered contact")?;
        }
        words.write_str("; no one on our team reaches them")
    }
}
