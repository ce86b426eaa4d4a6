//! A person has not been in touch for too long.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::cadence;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::reach::{Sign, last_sign};
use crate::settings::{share, weight};
use crate::share::{Days, Share, Weight};
use crate::view::PersonRef;

/// A person has not been in touch for too long: no meeting, message, reply or order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OverdueTouch {
    /// How late it is.
    pub stage: Touch,
    /// What the last sign of life was.
    pub sign: Sign,
    /// Its day.
    pub last: Day,
    /// The colleague in it; none in an order that names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<PersonRef>,
    /// How many days ago that was.
    pub days: i32,
    /// Their cadence in days.
    pub cadence: u32,
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
    /// Lost after this many cadences. Default 3 (own, prototyped).
    pub lost_factor: Weight,
    /// Shortfall where it begins to cool; between two stages it rises in proportion. Default 0.25 (own, prototyped).
    pub cooling: Share,
    /// Shortfall where it becomes overdue. Default 0.5 (own, prototyped).
    pub overdue: Share,
    /// Shortfall where it is lost. Default 1 (own, prototyped).
    pub lost: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cooling_factor: weight(1500),
            overdue_factor: weight(2000),
            lost_factor: weight(3000),
            cooling: share(250),
            overdue: share(500),
            lost: share(1000),
        }
    }
}

impl Settings {
    /// The stage after some cadences, with the factor at which it begins and its shortfall; none before it cools.
    fn stage(&self, cadences: f64) -> Option<(Touch, &'static str, Weight, f64)> {
        let between = |(from, low): (Weight, Share), (to, high): (Weight, Share)| {
            let way = to.get() - from.get();
            let part = if way > 0.0 { ((cadences - from.get()) / way).clamp(0.0, 1.0) } else { 1.0 };
            low.get() + (high.get() - low.get()) * part
        };
        let cooling = (self.cooling_factor, self.cooling);
        let overdue = (self.overdue_factor, self.overdue);
        let lost = (self.lost_factor, self.lost);
        if cadences > lost.0.get() {
            Some((Touch::Lost, "gaps.overdue_touch.lost_factor", lost.0, self.lost.get()))
        } else if cadences > overdue.0.get() {
            Some((Touch::Overdue, "gaps.overdue_touch.overdue_factor", overdue.0, between(overdue, lost)))
        } else if cadences > cooling.0.get() {
            Some((Touch::Cooling, "gaps.overdue_touch.cooling_factor", cooling.0, between(cooling, overdue)))
        } else {
            None
        }
    }
}

impl Kind for OverdueTouch {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "overdue_touch",
        Family::Rhythm,
        Nature::Shortfall,
        "no sign of life (reply, meeting, order, message of theirs) for more than 1.5 cadences of the role (cooling), 2 \
         (overdue), or 3 (lost)",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        for member in power_table.members() {
            let quiet = situation.view().network().activities(power_table.person(member)).is_empty();
            if !quiet
                && let Some(cadence) = cadence(situation, member)
                && let Some(gap) = Self::of(situation, settings, member, cadence)
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
        let Self { stage, sign, last, with, days, cadence } = self;

        let did = match sign {
            Sign::Met => "met or spoke with",
            Sign::Wrote => "wrote to",
            Sign::Ordered => "ordered from",
            Sign::Declined => "declined to meet",
        };
        match with {
            Some(with) => write!(words, "{who} last {did} {with} on {last}")?,
            None => write!(words, "{who} last {did} us on {last}")?,
        }
        write!(words, ", {days} days ago; every {cadence} would be right")?;
        words.write_str(match stage {
            Touch::Cooling => ": cooling",
            Touch::Overdue => ": overdue",
            Touch::Lost => ": the contact is lost",
        })
    }
}

impl OverdueTouch {
    fn of(
        situation: &Situation<'_>,
        settings: &Settings,
        member: MemberIx,
        (cadence, _): (Days, &'static str),
    ) -> Option<Gap> {
        let (view, person) = (situation.view(), situation.power_table().person(member));
        let network = view.network();
        let (at, sign) = last_sign(person, view, Sign::is_contact)?;
        let last = network.interaction_at(at).at.day();
        let days = view.day().days_since(last);
        let (stage, setting, factor, shortfall) =
            settings.stage(f64::from(days) / f64::from(cadence.get()))?;
        let with = network.participants_at(at).first().copied().filter(|&first| network.is_staff(first));
        let figures =
            Self { stage, sign, last, with: with.map(|with| view.name(with)), days, cadence: cadence.get() };
        let there = with.filter(|&with| view.is_present(with));
        let meet = there.map_or_else(|| situation.candidates_for(member), |with| situation.names([with]));
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .shortfall(situation.short(member, shortfall))
                .person(situation.name(member))
                .evidence([situation.dated(at)])
                .threshold(setting, factor, "augmented-csm")
                .remedy(Remedy::Meet { who: vec![situation.name(member)], with: meet, times: 1, level: None })
                .done(),
        )
    }
}
