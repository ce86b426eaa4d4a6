//! One of our promises is overdue.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::promise::{Promise, about, open_promises};
use crate::day::Day;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::settings::share;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// One of our promises is overdue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PromiseBroken {
    /// Its id.
    pub promise: Text,
    /// What was promised, in the caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The last day to keep it.
    pub due: Day,
    /// How many days overdue.
    pub days: i32,
}

/// When `promise_broken` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.6: a broken promise costs more than a kept one earns; it can still be kept (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(600) }
    }
}

impl Kind for PromiseBroken {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "promise_broken",
        Family::Promises,
        Nature::Event,
        "a promise we made that is overdue",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let day = situation.view().day();
        for (promise, due) in open_promises(situation).filter(|&(_, due)| due < day) {
            let (days, text) = (day.days_since(due), promise.text.clone());
            let figures = Self { promise: promise.id.clone(), text, due, days };
            let builder = about(situation, promise, figures);
            findings.push(
                builder
                    .shortfall(settings.shortfall)
                    .threshold("commitments.due_on", 0.0, "augmented-csm")
                    .done(),
            );
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Promise(self.promise.clone())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        // The recipients come first, and the colleague who made it last.
        let (first, last) = (words.people().first(), words.people().last());
        let Self { promise, text, due, days } = self;

        write!(words, "{}", Promise { from: last, to: first, id: promise, text: text.as_ref() })?;
        let days = usize::try_from(*days).unwrap_or_default();
        write!(words, " was due on {due}, {days} {} ago", if days == 1 { "day" } else { "days" })
    }
}
