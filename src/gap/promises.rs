//! What was promised and what was asked, and not yet done.

use std::borrow::Cow;

use super::finding::{Dated, Draft, Family, Gap};
use super::reason::{ConcernState, Reason};
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::record::{Commitment, CommitmentStatus, Concern, ConcernStatus, RecordKind};
use crate::share::Share;
use crate::text::Text;

pub(super) const DETECTORS: &[&dyn Detector] = &[&PromiseBroken, &PromiseDue, &ConcernOpen];

/// Promises of ours that are open on the day and have a day to be kept by.
fn open_promises<'v>(situation: &Situation<'v>) -> impl Iterator<Item = (&'v Commitment, crate::Day)> {
    let view = situation.view();
    let network = view.network();
    network.commitments_of(situation.customer().at()).filter_map(move |promise| {
        let is_open = match promise.status {
            CommitmentStatus::Open => true,
            // What was closed later was open then.
            _ => promise.closed_on.is_some_and(|closed| view.day() < closed),
        };
        let due = promise.due_on.filter(|_| is_open && promise.made_on <= view.day())?;
        let maker = network.person_ix(&promise.made_by)?;
        network.is_staff(maker).then_some((promise, due))
    })
}

/// A gap about a promise: the most powerful of those it was made to first, then who made it.
fn about(situation: &Situation<'_>, promise: &Commitment, id: &'static str, reason: Reason) -> Draft {
    let network = situation.view().network();
    let standing = situation.standing();
    let mut to: Vec<usize> =
        promise.made_to.iter().filter_map(|id| standing.place(network.person_ix(id)?)).collect();
    to.sort_by_key(|&member| (std::cmp::Reverse(standing.power(member)), member));
    let stake = to.first().map_or(Share::ZERO, |&member| standing.power(member));
    let maker = network.person_ix(&promise.made_by);
    situation
        .draft(id, Family::Promises, reason)
        .stake(stake)
        .people(to.iter().map(|&member| situation.name(member)))
        .people(situation.names(maker))
        .evidence([dated(promise.made_on, RecordKind::Commitment, &promise.id)])
        .remedy(Remedy::KeepPromise { promise: promise.id.clone(), text: promise.text.clone() })
}

fn dated(day: crate::Day, kind: RecordKind, id: &Text) -> Dated {
    Dated { day: Some(day), record: Cow::Borrowed(kind.plural()), record_id: id.clone(), kind: None }
}

struct PromiseBroken;

impl Detector for PromiseBroken {
    fn id(&self) -> &'static str {
        "promise_broken"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let day = situation.view().day();
        for (promise, due) in open_promises(situation).filter(|&(_, due)| due < day) {
            let (days, text) = (day.days_since(due), promise.text.clone());
            let reason = Reason::PromiseBroken { promise: promise.id.clone(), text, due, days };
            let draft = about(situation, promise, self.id(), reason);
            // Broken, a promise costs more than kept it earns; it still can be kept.
            found.push(draft.shortfall(0.6).threshold("commitments.due_on", 0.0, "augmented-csm").done());
        }
    }
}

struct PromiseDue;

impl Detector for PromiseDue {
    fn id(&self) -> &'static str {
        "promise_due"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let view = situation.view();
        let settings = &view.settings().gaps;
        for (promise, due) in open_promises(situation).filter(|&(_, due)| view.day() <= due) {
            let left = view.day().working_days_until(due, &settings.holidays);
            if left > settings.promise_soon.get() {
                continue;
            }
            let urgent = left <= settings.promise_urgent.get();
            let text = promise.text.clone();
            let reason = Reason::PromiseDue { promise: promise.id.clone(), text, due, left, urgent };
            let (setting, value) = if urgent {
                ("gaps.promise_urgent", settings.promise_urgent)
            } else {
                ("gaps.promise_soon", settings.promise_soon)
            };
            let draft = about(situation, promise, self.id(), reason);
            let shortfall = if urgent { 0.3 } else { 0.15 };
            found.push(draft.shortfall(shortfall).threshold(setting, value.get(), "augmented-csm").done());
        }
    }
}

struct ConcernOpen;

impl Detector for ConcernOpen {
    fn id(&self) -> &'static str {
        "concern_open"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let standing = situation.standing();
        for concern in network.concerns_of(situation.customer().at()) {
            let Some(state) = state(concern, view.day()) else { continue };
            let raiser = network.person_ix(&concern.raised_by);
            let member = raiser.and_then(|person| standing.place(person));
            let answers = concern.owner_id.as_deref().and_then(|id| network.person_ix(id));
            let answers = answers.or_else(|| situation.customer().owner());
            let reason = Reason::ConcernOpen {
                concern: concern.id.clone(),
                text: concern.text.clone(),
                state,
                raised_on: concern.raised_on,
                severity: concern.severity,
            };
            let mut draft = situation
                .draft(self.id(), Family::Promises, reason)
                .stake(member.map_or(Share::ZERO, |member| standing.power(member)))
                .shortfall(shortfall(state) * f64::from(concern.severity.unwrap_or(GRAVE).min(4)) / 4.0)
                .people(situation.names(raiser.into_iter().chain(answers)))
                .evidence([dated(concern.raised_on, RecordKind::Concern, &concern.id)])
                .threshold("concerns.status", 0.0, "own")
                .remedy(Remedy::AnswerConcern { concern: concern.id.clone(), text: concern.text.clone() });
            if concern.severity.is_none() {
                draft = draft.missing("concerns.severity", None);
            }
            found.push(draft.done());
        }
    }
}

/// How grave a concern is taken to be when nobody said, of 4.
const GRAVE: u8 = 2;

/// What is wanting with a concern on a day; none where nothing is. The record says how it is now, so a concern is taken
/// to have been so from the day it was raised.
fn state(concern: &Concern, day: crate::Day) -> Option<ConcernState> {
    if day < concern.raised_on {
        return None;
    }
    let review_passed = concern.review_on.is_some_and(|review| review < day);
    match concern.status {
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

fn shortfall(state: ConcernState) -> f64 {
    match state {
        ConcernState::ReviewPassed => 0.75,
        ConcernState::Unanswered => 0.5,
        ConcernState::ParkedTooLong | ConcernState::ParkedForEver => 0.4,
        ConcernState::NothingChanged => 0.25,
    }
}
