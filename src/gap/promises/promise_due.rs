//! One of our promises is due soon.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::promise::{Promise, about, open_promises};
use crate::day::Day;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::settings::share;
use crate::share::{Days, Share};
use crate::text::Text;
use crate::view::PersonRef;

/// One of our promises is due soon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PromiseDue {
    /// Its id.
    pub promise: Text,
    /// What was promised, in the caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The last day to keep it.
    pub due: Day,
    /// Working days left after this day, the due day included.
    pub left: u32,
    /// Whether it is due within the shorter of the two spans.
    pub urgent: bool,
}

/// When `promise_due` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Due within this many working days. Default 3 (augmented-csm).
    pub soon: Days,
    /// Urgent within this many working days. Default 1 (augmented-csm).
    pub urgent: Days,
    /// Shortfall of a promise that is due soon. Default 0.15 (own).
    pub soon_shortfall: Share,
    /// Shortfall of a promise that is urgent. Default 0.3 (own).
    pub urgent_shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            soon: Days::of::<3>(),
            urgent: Days::of::<1>(),
            soon_shortfall: share(150),
            urgent_shortfall: share(300),
        }
    }
}

impl Kind for PromiseDue {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "promise_due",
        Family::Promises,
        Nature::Event,
        "a promise we made that is due within 3 working days; urgent within 1",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let view = situation.view();
        for (promise, due) in open_promises(situation).filter(|&(_, due)| view.day() <= due) {
            let left = view.day().working_days_until(due, &view.settings().gaps.holidays);
            if left > settings.soon.get() {
                continue;
            }
            let urgent = left <= settings.urgent.get();
            let text = promise.text.clone();
            let figures = Self { promise: promise.id.clone(), text, due, left, urgent };
            let (setting, value) = if urgent {
                ("gaps.promise_due.urgent", settings.urgent)
            } else {
                ("gaps.promise_due.soon", settings.soon)
            };
            let builder = about(situation, promise, figures);
            let shortfall = if urgent { settings.urgent_shortfall } else { settings.soon_shortfall };
            findings
                .push(builder.shortfall(shortfall).threshold(setting, value.get(), "augmented-csm").done());
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Promise(self.promise.clone())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        // The recipients come first, and the colleague who made it last.
        let (first, last) = (words.people().first(), words.people().last());
        let Self { promise, text, due, left, .. } = self;

        write!(words, "{}", Promise { from: last, to: first, id: promise, text: text.as_ref() })?;
        match left {
            0 => write!(words, " is due on {due}: no working day is left"),
            1 => write!(words, " is due on {due}: one working day is left"),
            left => write!(words, " is due on {due}: {left} working days are left"),
        }
    }
}
