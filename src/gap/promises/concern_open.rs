//! A concern of the customer awaits our action.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::promise::dated;
use crate::day::Day;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::remedy::Remedy;
use crate::label::Label;
use crate::record::{Concern, ConcernStatus, RecordKind};
use crate::settings::share;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// A concern of the customer awaits our action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConcernOpen {
    /// Its id.
    pub concern: Text,
    /// What it says, in the caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What is lacking.
    pub state: ConcernState,
    /// When it was raised.
    pub raised_on: Day,
    /// Severity of the concern, 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<u8>,
}

/// What a concern lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConcernState {
    /// No one has answered.
    Unanswered,
    /// No one has answered, and the review day has passed.
    ReviewPassed,
    /// It was answered, and nothing has visibly changed.
    NothingChanged,
    /// It was parked until a day that has passed.
    ParkedTooLong,
    /// It was parked without a review day.
    ParkedForEver,
}

/// When `concern_open` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Severity assumed for a concern without one, of 4. Default 2 (own).
    pub unstated_severity: u8,
    /// Shortfall of a concern of severity 4 that is unanswered past its review day. Default 0.75 (own).
    pub review_passed: Share,
    /// Shortfall of a concern of severity 4 that is unanswered. Default 0.5 (own).
    pub unanswered: Share,
    /// Shortfall of a concern of severity 4 that was parked too long. Default 0.4 (own).
    pub parked: Share,
    /// Shortfall of a concern of severity 4 that was answered without a visible change. Default 0.25 (own).
    pub unchanged: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            unstated_severity: 2,
            review_passed: share(750),
            unanswered: share(500),
            parked: share(400),
            unchanged: share(250),
        }
    }
}

impl Settings {
    const fn shortfall(&self, state: ConcernState) -> Share {
        match state {
            ConcernState::ReviewPassed => self.review_passed,
            ConcernState::Unanswered => self.unanswered,
            ConcernState::ParkedTooLong | ConcernState::ParkedForEver => self.parked,
            ConcernState::NothingChanged => self.unchanged,
        }
    }
}

impl Kind for ConcernOpen {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "concern_open",
        Family::Promises,
        Nature::Event,
        "a concern unanswered, answered with nothing changed, or parked past its review day or without one",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let power_table = situation.power_table();
        for concern in network.concerns_of(situation.customer().at()) {
            let Some(state) = state(concern, view.day(), network.as_of()) else { continue };
            let raiser = network.person_ix(&concern.raised_by);
            let member = raiser.and_then(|person| power_table.place(person));
            let answers = concern.owner_id.as_deref().and_then(|id| network.person_ix(id));
            let answers = answers.or_else(|| situation.customer().owner());
            let severity = concern.severity.unwrap_or(settings.unstated_severity).min(4);
            let figures = Self {
                concern: concern.id.clone(),
                text: concern.text.clone(),
                state,
                raised_on: concern.raised_on,
                severity: concern.severity,
            };
            let mut builder = situation
                .gap(figures)
                .stake(member.map_or(Share::ZERO, |member| power_table.power(member)))
                .shortfall(settings.shortfall(state).get() * f64::from(severity) / 4.0)
                .people(situation.names(raiser.into_iter().chain(answers)))
                .evidence([dated(concern.raised_on, RecordKind::Concern, &concern.id)])
                .threshold("concerns.status", 0.0, "own")
                .remedy(Remedy::AnswerConcern { concern: concern.id.clone(), text: concern.text.clone() });
            if concern.severity.is_none() {
                builder = builder.missing("concerns.severity", None);
            }
            findings.push(builder.done());
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Concern(self.concern.clone())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { concern, text, state, raised_on, .. } = self;

        let what = Label::new(text.as_ref().unwrap_or(concern));
        match words.people().first() {
            Some(who) => write!(words, "{who} raised \"{what}\" on {raised_on}")?,
            None => write!(words, "\"{what}\" was raised on {raised_on}")?,
        }
        words.write_str(match state {
            ConcernState::Unanswered => "; no one has answered",
            ConcernState::ReviewPassed => "; no one has answered, and the day to look at it again has passed",
            ConcernState::NothingChanged => "; it was answered, and nothing has visibly changed",
            ConcernState::ParkedTooLong => "; it was parked, and the day to look at it again has passed",
            ConcernState::ParkedForEver => "; it was parked without a day to look at it again",
        })
    }
}

/// What a concern lacks on a day; none where nothing is lacking. Since when it was acknowledged or parked no record says:
/// it is taken to have been so since the day it was raised.
fn state(concern: &Concern, day: Day, as_of: Option<Day>) -> Option<ConcernState> {
    if day < concern.raised_on {
        return None;
    }
    let review_passed = concern.review_on.is_some_and(|review| review < day);
    match concern.status_on(day, as_of) {
        ConcernStatus::Open | ConcernStatus::Acknowledged if review_passed => {
            Some(ConcernState::ReviewPassed)
        }
        ConcernStatus::Open | ConcernStatus::Acknowledged => Some(ConcernState::Unanswered),
        ConcernStatus::Parked if review_passed => Some(ConcernState::ParkedTooLong),
        ConcernStatus::Parked if concern.review_on.is_none() => Some(ConcernState::ParkedForEver),
        ConcernStatus::Answered => Some(ConcernState::NothingChanged),
        ConcernStatus::Parked | ConcernStatus::ChangedSomething => None,
    }
}
