//! Only one person at the customer trusts us at the live level.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::threads::another_tie;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// Only one person at the customer trusts us at the live level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SingleThreadedCustomer {
    /// That person.
    pub contact: PersonRef,
    /// How many of the customer's people are on record.
    pub known: usize,
}

/// When `single_threaded_customer` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.4: a risk weighs less than a powerful person who is not reached (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(400) }
    }
}

impl Kind for SingleThreadedCustomer {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "single_threaded_customer",
        Family::Threading,
        Nature::Structure,
        "exactly one person of theirs with a live tie to us",
        "Breadbox: score over 30",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let level = situation.view().settings().levels.live;
        let mut live = power_table.members().filter(|&member| coverage_table.is_live(member));
        let (Some(contact), None) = (live.next(), live.next()) else { return };
        let figures = Self { contact: situation.name(contact), known: power_table.len() };
        let mut builder = situation
            .about(contact, figures)
            // Apart from the contact's own power, everything we could reach depends on this one thread.
            .stake(power_table.power(contact).complement())
            .shortfall(settings.shortfall)
            .threshold("levels.live", level, "Breadbox: score over 30");
        match another_tie(situation, |member| member != contact, level) {
            Some(remedy) => builder = builder.remedy(remedy),
            None => builder = builder.missing("people: no one else at this customer is known", None),
        }
        findings.push(builder.done());
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        match self {
            Self { contact, known: 1 } => {
                write!(words, "{contact} is the only person there that we know")
            }
            Self { contact, known } => {
                write!(words, "{contact} is the only one of {known} known people who trusts us")
            }
        }
    }
}
