//! A person has not been in touch for too long.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{cadence, has_rhythm, last_contact};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::settings::{share, weight};
use crate::share::{Days, Share, Weight};
use crate::view::PersonRef;

/// A person has not been in touch for too long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OverdueTouch {
    /// How late it is.
    pub stage: Touch,
    /// The last day of two-way contact.
    pub last: Day,
    /// The colleague in that contact.
    pub with: PersonRef,
    /// How many days ago that was.
    pub days: i32,
    /// Their cadence in days; none where their role has no cadence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<u32>,
}

/// How overdue a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Touch {
    /// Later than usual.
    Cooling,
    /// Overdue.
    Overdue,
    /// So long ago that the contact counts as lost.
    Lost,
}

/// When `overdue_touch` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Cooling after this many cadences. Default 1.5 (augmented-csm).
    pub cooling_factor: Weight,
    /// Overdue after this many cadences. Default 2 (augmented-csm).
    pub overdue_factor: Weight,
    /// A contact is lost after this many days, or once overdue if that is later. Default 90 (augmented-csm).
    /// Unanswered attempts older than this no longer count as a `no_reply_streak`.
    pub lost_days: Days,
    /// Shortfall of a touch that is cooling. Default 0.1 (own).
    pub cooling: Share,
    /// Shortfall of a touch that is overdue. Default 0.3 (own).
    pub overdue: Share,
    /// Shortfall of a contact that is lost: half that of an unreached person. Default 0.5 (own).
    pub lost: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cooling_factor: weight(1500),
            overdue_factor: weight(2000),
            lost_days: Days::of::<90>(),
            cooling: share(100),
            overdue: share(300),
            lost: share(500),
        }
    }
}

impl Settings {
    const fn shortfall(&self, stage: Touch) -> Share {
        match stage {
            Touch::Cooling => self.cooling,
            Touch::Overdue => self.overdue,
            Touch::Lost => self.lost,
        }
    }
}

impl Kind for OverdueTouch {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "overdue_touch",
        Family::Rhythm,
        Nature::Shortfall,
        "last in touch, both ways, more than 1.5 cadences of the role ago (cooling), 2 (overdue), or 90 days (lost)",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        for member in power_table.members() {
            let quiet = situation.view().network().activities(power_table.person(member)).is_empty();
            if !quiet
                && has_rhythm(situation, member)
                && let Some(gap) = Self::of(situation, settings, member)
            {
                findings.push(gap);
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { stage, last, with, days, cadence } = self;

        write!(words, "{who} was last in touch on {last}, with {with}, {days} days ago")?;
        if let Some(cadence) = cadence {
            write!(words, "; every {cadence} would be right")?;
        }
        words.write_str(match stage {
            Touch::Cooling => ": cooling",
            Touch::Overdue => ": overdue",
            Touch::Lost => ": the contact is lost",
        })
    }
}

impl OverdueTouch {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        const SOURCE: &str = "augmented-csm";
        let view = situation.view();
        let contact = last_contact(situation, situation.power_table().person(member))?;
        let days = view.day().days_since(contact.day);
        let age = f64::from(days);
        let cadence = cadence(situation, member);
        let times = |factor: f64| cadence.map_or(f64::INFINITY, |(days, _)| factor * f64::from(days.get()));
        let overdue = times(settings.overdue_factor.get());
        let lost_after = f64::from(settings.lost_days.get());
        // With a long cadence a contact is not lost before it is overdue.
        let lost = if cadence.is_some() { overdue.max(lost_after) } else { lost_after };
        let (stage, setting, value) = if age > lost {
            (Touch::Lost, "gaps.overdue_touch.lost_days", lost)
        } else if age > overdue {
            (Touch::Overdue, "gaps.overdue_touch.overdue_factor", overdue)
        } else if age > times(settings.cooling_factor.get()) {
            (Touch::Cooling, "gaps.overdue_touch.cooling_factor", times(settings.cooling_factor.get()))
        } else {
            return None;
        };
        let figures = Self {
            stage,
            last: contact.day,
            with: view.name(contact.with),
            days,
            cadence: cadence.map(|(days, _)| days.get()),
        };
        let there = view.is_present(contact.with);
        let with = if there { situation.names([contact.with]) } else { situation.candidates_for(member) };
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .shortfall(situation.short(member, settings.shortfall(stage)))
                .person(situation.name(member))
                .evidence([contact.dated])
                .threshold(setting, value, SOURCE)
                .remedy(Remedy::Meet { who: vec![situation.name(member)], with, times: 1, level: None })
                .done(),
        )
    }
}
