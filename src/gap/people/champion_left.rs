//! A supporter has left, and no one who trusts us supports us as firmly.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{is_champion, left_within, whole};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx, PersonRecord};
use crate::power::PowerTable;
use crate::record::Support;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::view::PersonRef;

/// A supporter has left, and no one who trusts us supports us as firmly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChampionLeft {
    /// Their last day.
    pub last: Day,
    /// Their share of power on that day.
    pub power: Share,
    /// Whether they were a champion or coach; else a supporter.
    pub champion: bool,
    /// Whether at most one person there trusts us at the live level.
    pub single_threaded: bool,
}

/// When `champion_left` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Left within this many days. Default 90 (UserGems-style tracking).
    pub days: Days,
    /// Shortfall. Default 0.6 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<90>(), shortfall: share(600) }
    }
}

impl Kind for ChampionLeft {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "champion_left",
        Family::People,
        Nature::Event,
        "a champion or supporter left within 90 days, and no one who trusts us supports us as firmly",
        "UserGems-style tracking",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let days = whole(settings.days);
        for (person, last) in left_within(situation, days) {
            let record = network.person_at(person);
            let firm = firmness(record);
            if firm == 0 || stands_for_us(situation, firm) {
                continue;
            }
            findings.push(Self::left(situation, settings, person, last, firm));
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { last, power, champion, single_threaded } = self;

        let what = if *champion { "champion" } else { "supporter" };
        write!(words, "our {what} {who} left on {last} and held {} of the decision", Percent(*power))?;
        words.write_str(if *single_threaded {
            "; hardly anyone who trusts us is left"
        } else {
            "; no one who trusts us supports us as firmly"
        })
    }
}

impl ChampionLeft {
    fn left(situation: &Situation<'_>, settings: &Settings, person: PersonIx, last: Day, firm: u8) -> Gap {
        let view = situation.view();
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let then = PowerTable::on(situation.customer(), last);
        let power = then.place(person).map(|place| then.power(place)).unwrap_or_default();
        let threads = power_table.members().filter(|&member| coverage_table.is_live(member)).take(2).count();
        let single_threaded = threads < 2;
        // The best candidate to replace them: a person who trusts us, or else the most powerful.
        let mut others: Vec<MemberIx> = power_table.members().collect();
        others.sort_by_key(|&member| {
            (!coverage_table.is_live(member), std::cmp::Reverse(power_table.power(member)))
        });
        let remedy = others.first().map(|&member| {
            let earn = (!coverage_table.is_live(member)).then(|| Remedy::EarnTrust {
                who: vec![situation.name(member)],
                trusts: situation.candidates_for(member),
                level: view.settings().levels.live,
            });
            let (person, as_champion) = (situation.name(member), firm == 2);
            Remedy::WinOver { person, as_champion, then: earn.map(Box::new) }
        });
        let figures = Self { last, power, champion: firm == 2, single_threaded };
        let builder = situation
            .gap(figures)
            .shortfall(settings.shortfall)
            .person(view.name(person))
            .threshold("gaps.champion_left.days", settings.days.get(), "UserGems-style tracking")
            .remedies(remedy);
        // With at most one thread left, more is lost than the leaver's own power.
        let builder = if single_threaded { builder } else { builder.stake(power) };
        if others.is_empty() {
            builder.missing("people: no one else at this customer is known", None).done()
        } else {
            builder.done()
        }
    }
}

/// How firmly a person supports us: 2 for a champion, 1 for a supporter, 0 otherwise.
fn firmness(person: PersonRecord<'_>) -> u8 {
    if is_champion(person) { 2 } else { u8::from(person.support() == Some(Support::Supporter)) }
}

/// Whether a person there trusts us at the live level and supports us as firmly.
fn stands_for_us(situation: &Situation<'_>, firm: u8) -> bool {
    let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
    let person = |member| situation.view().network().person_at(power_table.person(member));
    power_table.members().any(|member| firmness(person(member)) >= firm && coverage_table.is_live(member))
}
