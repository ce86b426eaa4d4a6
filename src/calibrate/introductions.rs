//! Do introductions work as often as the strength of their paths predicts?

use serde::{Deserialize, Serialize};

use super::reliability::Reliability;
use crate::day::Day;
use crate::error::Error;
use crate::network::Network;
use crate::record::{InteractionKind, InteractionStatus};
use crate::settings::Settings;
use crate::share::Share;
use crate::text::Text;

/// An introduction that was asked for, and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Asked {
    /// The day on which it was asked for.
    pub on: Day,
    /// Ids in the order of asking: the requester first, the target last.
    pub path: Vec<Text>,
    /// Whether the target agreed to meet us.
    pub worked: bool,
}

impl Asked {
    /// An introduction asked for on a day, along people in the order of asking: the requester first, the target last.
    pub fn new<I: Into<Text>>(on: Day, path: impl IntoIterator<Item = I>, worked: bool) -> Self {
        Self { on, path: path.into_iter().map(Into::into).collect(), worked }
    }
}

/// How often introductions worked, beside the strength of their paths on the day before they were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntroductionRecord {
    /// How many were asked for.
    pub asked: u32,
    /// How many worked.
    pub worked: u32,
    /// Each one, in order of days.
    pub paths: Vec<Measured>,
    /// Paths by what was proven. What is proven is a lower bound: rates at or above it are as they should be.
    pub by_proven: Reliability,
    /// Paths by projected probability: rates near it are as they should be.
    pub by_projected: Reliability,
}

/// One introduction with the strength of its path on the day before it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measured {
    /// The introduction.
    pub asked: Asked,
    /// Πb.
    pub proven: Share,
    /// ΠP.
    pub projected: Share,
}

/// The bins of the curves.
const BINS: u32 = 5;

impl Network {
    /// The introductions on record: interactions of that kind with a person who started them, our staff and people
    /// outside. A colleague asks the introducer, who asks each of the people outside. Held means that it worked;
    /// declined or unanswered means that it did not; planned ones are left out. Where several colleagues took
    /// part, the one with the first id asks.
    pub fn introductions_asked(&self) -> Vec<Asked> {
        let mut found = Vec::new();
        for (at, interaction) in (0_u32..).zip(self.interactions()) {
            let worked = match interaction.status {
                InteractionStatus::Held => true,
                InteractionStatus::Declined | InteractionStatus::Unanswered => false,
                InteractionStatus::Planned => continue,
            };
            let Some(introducer) = self.starter_of(at) else { continue };
            if interaction.kind != Some(InteractionKind::Introduction) {
                continue;
            }
            let others =
                || self.participants_at(at).iter().copied().filter(move |&person| person != introducer);
            let requester = others().find(|&person| self.is_staff(person));
            let targets = others().filter(|&person| !self.is_staff(person));
            let id = |person| Text::from(self.person_at(person).id());
            for target in targets {
                let mut path: Vec<Text> = requester.into_iter().map(id).collect();
                path.extend([id(introducer), id(target)]);
                found.push(Asked { on: interaction.at.day(), path, worked });
            }
        }
        found
    }

    /// Measures each introduction's path as it was known on the day before it was asked for, beside its outcome:
    /// whether paths of expected strength .6 work six times in ten.
    ///
    /// Costs, for each day on which an introduction was asked for, as much as one [`view`](Self::view) of a past
    /// day.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::PathTooShort`] for a chain of fewer than two people.
    pub fn introduction_record(
        &self,
        settings: &Settings,
        asked: &[Asked],
    ) -> Result<IntroductionRecord, Error> {
        let mut asked = asked.to_vec();
        asked.sort_by(|a, b| (a.on, &a.path).cmp(&(b.on, &b.path)));
        let mut paths = Vec::with_capacity(asked.len());
        for of_day in asked.chunk_by(|a, b| a.on == b.on) {
            let Some(day) = of_day.first().map(|it| it.on.plus_days(-1)) else { continue };
            let view = self.view(day, settings);
            for asked in of_day {
                let path = view.path(asked.path.iter().map(Text::as_str))?;
                paths.push(Measured { asked: asked.clone(), proven: path.proven, projected: path.projected });
            }
        }
        let forecasts =
            |of: fn(&Measured) -> Share| paths.iter().map(move |it| (of(it).get(), it.asked.worked));
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(IntroductionRecord {
            asked: count(paths.len()),
            worked: count(paths.iter().filter(|it| it.asked.worked).count()),
            by_proven: Reliability::of(forecasts(|it| it.proven), BINS),
            by_projected: Reliability::of(forecasts(|it| it.projected), BINS),
            paths,
        })
    }
}
