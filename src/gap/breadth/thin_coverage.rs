//! Too few of the customer's people trust us.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::units::{TOLERANCE, more_ties};
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::settings::share;
use crate::share::{Count, Share};
use crate::view::PersonRef;

/// Too few of the customer's people trust us.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThinCoverage {
    /// How many do, at the live level.
    pub contacts: usize,
    /// How many should.
    pub needed: usize,
    /// How many of the customer's people are on record.
    pub known: usize,
}

/// When `thin_coverage` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many contacts are enough anywhere. Default 5 (`FunnelStory`).
    pub contacts: Count,
    /// Contacts among this share of the known people are enough. Default 0.05 (`FunnelStory`).
    pub share: Share,
    /// Shortfall where there is no contact at all. Default 0.25: a lack of breadth says where to look next (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { contacts: Count::of::<5>(), share: share(50), shortfall: share(250) }
    }
}

impl Kind for ThinCoverage {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "thin_coverage",
        Family::Breadth,
        Nature::Structure,
        "fewer contacts with a live tie than 5, and than 5% of the known people",
        "FunnelStory",
    );

    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let known = power_table.len();
        let most = settings.contacts.get() as usize;
        let contacts =
            power_table.members().filter(|&member| coverage_table.is_live(member)).take(most).count();
        let share = settings.share.get() * known as f64;
        let is_thin = contacts < most && (contacts as f64) < share - TOLERANCE;
        if !is_thin || coverage_table.colleagues().is_empty() {
            return;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most all people")]
        let needed = ((share - TOLERANCE).ceil() as usize).min(most);
        let others = power_table.members().filter(|&member| !coverage_table.is_live(member)).collect();
        let (setting, value) = if (most as f64) < share {
            ("gaps.thin_coverage.contacts", f64::from(settings.contacts.get()))
        } else {
            ("gaps.thin_coverage.share", settings.share.get())
        };
        findings.push(
            situation
                .gap(Self { contacts, needed, known })
                .stake(coverage_table.coverage().proven.complement())
                .shortfall(settings.shortfall.get() * (1.0 - contacts as f64 / needed as f64))
                .threshold(setting, value, "FunnelStory")
                .remedies(more_ties(situation, others, needed - contacts))
                .done(),
        );
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { contacts, needed, known } = self;

        write!(words, "only {contacts} of {known} known people trust us, where {needed} should")
    }
}
