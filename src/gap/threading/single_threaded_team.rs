//! Too few of our staff are trusted there.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::all_of;
use crate::gap::remedy::Remedy;
use crate::gap::threads::another_tie;
use crate::network::PersonIx;
use crate::settings::share;
use crate::share::{Count, Share};
use crate::view::PersonRef;

/// Too few of our staff are trusted there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SingleThreadedTeam {
    /// The colleagues who are trusted.
    pub colleagues: Vec<PersonRef>,
    /// How many there should be.
    pub needed: u32,
}

/// When `single_threaded_team` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Fewer of our staff than this hold live ties. Default 2 (`FunnelStory`).
    pub threads: Count,
    /// Shortfall where none does; in proportion where some do. Default 0.8 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threads: Count::of::<2>(), shortfall: share(800) }
    }
}

impl Kind for SingleThreadedTeam {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "single_threaded_team",
        Family::Threading,
        Nature::Structure,
        "fewer than 2 of our people hold live ties",
        "FunnelStory",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        if power_table.len() == 0 {
            return;
        }
        let needed = settings.threads.get();
        let live = coverage_table.colleagues().iter().filter(|one| one.live_ties > 0).map(|one| one.person);
        let live: Vec<PersonIx> = live.take(needed as usize).collect();
        if live.len() >= needed as usize {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "fewer than a handful")]
        let shortfall = (1.0 - live.len() as f64 / f64::from(needed)) * settings.shortfall.get();
        let colleagues = situation.names(live.iter().copied());
        let mut remedy = another_tie(situation, |_| true, situation.view().settings().levels.live);
        if let Some(Remedy::EarnTrust { trusts, .. }) = &mut remedy {
            // One more colleague is needed, so those who are trusted already do not count.
            trusts.retain(|one| !colleagues.contains(one));
        }
        findings.push(
            situation
                .gap(Self { colleagues: colleagues.clone(), needed })
                .shortfall(shortfall)
                .people(colleagues)
                .threshold("gaps.single_threaded_team.threads", needed, "FunnelStory")
                .remedies(remedy)
                .done(),
        );
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { colleagues, .. } = self;
        match colleagues.as_slice() {
            [] => words.write_str("no one on our team is trusted by anyone there"),
            some => write!(words, "only {} on our team is trusted there", all_of(some)),
        }
    }
}
