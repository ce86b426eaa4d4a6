//! Do introductions work as often as their chains are strong?

use serde::{Deserialize, Serialize};

use super::reliability::Reliability;
use crate::day::Day;
use crate::error::Error;
use crate::network::Network;
use crate::record::{InteractionKind, InteractionStatus};
use crate::settings::Settings;
use crate::share::Share;
use crate::text::Text;

/// An introduction that was asked for, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Asked {
    /// The day on which it was asked for.
    pub on: Day,
    /// Ids in the order of asking: the requester first, the target last.
    pub chain: Vec<Text>,
    /// Whether the target came to meet us.
    pub worked: bool,
}

impl Asked {
    /// An introduction asked for on a day, along people in the order of asking: the requester first, the target last.
    pub fn new<I: Into<Text>>(on: Day, chain: impl IntoIterator<Item = I>, worked: bool) -> Self {
        Self { on, chain: chain.into_iter().map(Into::into).collect(), worked }
    }
}

/// How often introductions worked, beside how strong their chains were the day before they were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntroductionRecord {
    /// How many were asked for.
    pub asked: u32,
    /// How many worked.
    pub worked: u32,
    /// Each one, in the order of the days.
    pub chains: Vec<Measured>,
    /// Chains by what was proven. What is proven is a floor: rates at or above it are as they should be.
    pub by_proven: Reliability,
    /// Chains by what was to be expected: rates near it are as they should be.
    pub by_expected: Reliability,
}

/// One introduction with the strength of its chain on the day before it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measured {
    /// What was asked for.
    pub asked: Asked,
    /// Πb.
    pub proven: Share,
    /// ΠP.
    pub expected: Share,
}

/// The bins of the curves.
const BINS: u32 = 5;

impl Network {
    /// The introductions that the records tell of: interactions of the kind with one who started it, our people and people
    /// outside. One of ours asks the introducer, who asks each of those outside. Held means that it worked; declined or left
    /// unanswered that it did not; planned ones are left out. Where several of ours were there, the one with the first id asks.
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
            let others = || self.present_at(at).iter().copied().filter(move |&person| person != introducer);
            let requester = others().find(|&person| self.is_staff(person));
            let targets = others().filter(|&person| !self.is_staff(person));
            let id = |person| Text::from(self.person_at(person).id());
            for target in targets {
                let mut chain: Vec<Text> = requester.into_iter().map(id).collect();
                chain.extend([id(introducer), id(target)]);
                found.push(Asked { on: interaction.at.day(), chain, worked });
            }
        }
        found
    }

    /// Measures each introduction's chain as it was known on the day before it was asked for, and sets what came of it beside
    /// that: whether chains of expected strength .6 work six times in ten.
    ///
    /// Costs, for each day on which something was asked, once what a [`view`](Self::view) of a past day costs.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::ChainTooShort`] for a chain of fewer than two people.
    pub fn introduction_record(
        &self,
        settings: &Settings,
        asked: &[Asked],
    ) -> Result<IntroductionRecord, Error> {
        let mut asked = asked.to_vec();
        asked.sort_by(|a, b| (a.on, &a.chain).cmp(&(b.on, &b.chain)));
        let mut chains = Vec::with_capacity(asked.len());
        for of_day in asked.chunk_by(|a, b| a.on == b.on) {
            let Some(day) = of_day.first().map(|it| it.on.plus_days(-1)) else { continue };
            let view = self.view(day, settings);
            for asked in of_day {
                let chain = view.chain(asked.chain.iter().map(Text::as_str))?;
                chains.push(Measured {
                    asked: asked.clone(),
                    proven: chain.proven,
                    expected: chain.expected,
                });
            }
        }
        let told = |of: fn(&Measured) -> Share| chains.iter().map(move |it| (of(it).get(), it.asked.worked));
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(IntroductionRecord {
            asked: count(chains.len()),
            worked: count(chains.iter().filter(|it| it.asked.worked).count()),
            by_proven: Reliability::of(told(|it| it.proven), BINS),
            by_expected: Reliability::of(told(|it| it.expected), BINS),
            chains,
        })
    }
}
