//! Who has not been heard from.

use crate::day::Day;
use crate::gap::contact::{cadence, has_rhythm, last_contact, whole, with_us};
use crate::gap::finding::{Family, Gap};
use crate::gap::reason::{Reason, Touch};
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::network::PersonIx;
use crate::record::{Interaction, InteractionKind, InteractionStatus};
use crate::share::Share;
use crate::view::PersonRef;

/// A touch that is due costs little yet; a contact that is lost costs half of what somebody unreached does.
const fn shortfall(stage: Touch) -> f64 {
    match stage {
        Touch::Cooling => 0.1,
        Touch::Overdue => 0.3,
        Touch::Lost => 0.5,
    }
}

pub(super) struct OverdueTouch;

impl Detector for OverdueTouch {
    fn id(&self) -> &'static str {
        "overdue_touch"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        for member in standing.members() {
            let quiet = situation.view().network().diary(standing.person(member)).is_empty();
            if !quiet
                && has_rhythm(situation, member)
                && let Some(gap) = self.of(situation, member)
            {
                found.push(gap);
            }
        }
    }
}

impl OverdueTouch {
    fn of(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        const SOURCE: &str = "augmented-csm";
        let view = situation.view();
        let settings = &view.settings().gaps;
        let contact = last_contact(situation, situation.standing().person(member))?;
        let days = view.day().days_since(contact.day);
        let age = f64::from(days);
        let cadence = cadence(situation, member);
        let times = |factor: f64| cadence.map_or(f64::INFINITY, |(days, _)| factor * f64::from(days.get()));
        let overdue = times(settings.overdue_factor.get());
        let lost_after = f64::from(settings.lost_days.get());
        // With a long cadence a contact is lost no sooner than it is overdue.
        let lost = if cadence.is_some() { overdue.max(lost_after) } else { lost_after };
        let (stage, setting, value) = if age > lost {
            (Touch::Lost, "gaps.lost_days", lost)
        } else if age > overdue {
            (Touch::Overdue, "gaps.overdue_factor", overdue)
        } else if age > times(settings.cooling_factor.get()) {
            (Touch::Cooling, "gaps.cooling_factor", times(settings.cooling_factor.get()))
        } else {
            return None;
        };
        let reason = Reason::OverdueTouch {
            stage,
            last: contact.day,
            with: view.name(contact.with),
            days,
            cadence: cadence.map(|(days, _)| days.get()),
        };
        let there = view.is_present(contact.with);
        let with = if there { situation.names([contact.with]) } else { situation.candidates_for(member) };
        Some(
            situation
                .draft(self.id(), Family::Rhythm, reason)
                .stake(situation.standing().power(member))
                .shortfall(situation.short(member, shortfall(stage)))
                .person(situation.name(member))
                .evidence([contact.dated])
                .threshold(setting, value, SOURCE)
                .remedy(Remedy::Meet { who: vec![situation.name(member)], with, times: 1, level: None })
                .done(),
        )
    }
}

/// Looks at everybody: who answers nothing shows it whatever their role.
pub(super) struct NoReplyStreak;

impl Detector for NoReplyStreak {
    fn id(&self) -> &'static str {
        "no_reply_streak"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        let view = situation.view();
        let settings = &view.settings().gaps;
        let needed = settings.streak_attempts.get() as usize;
        for member in standing.members() {
            let person = standing.person(member);
            if view.network().diary(person).len() < needed {
                continue;
            }
            let attempts = attempts(situation, person);
            let day = |at: u32| view.network().interaction_at(at).at.day();
            let ends = |streak: &[u32]| Some((day(*streak.last()?), day(*streak.first()?)));
            let close = attempts.windows(needed).filter_map(ends);
            let span = |(first, last): (Day, Day)| last.days_since(first);
            if !close.map(span).any(|days| days <= whole(settings.streak_days)) {
                continue;
            }
            let Some((first, last)) = ends(&attempts) else { continue };
            let reason = Reason::NoReplyStreak { attempts: attempts.len(), first, last };
            found.push(
                situation
                    .draft(self.id(), Family::Rhythm, reason)
                    .stake(standing.power(member))
                    .shortfall(situation.short(member, 0.3))
                    .person(situation.name(member))
                    .evidence(attempts.iter().take(5).map(|&at| situation.dated(at)))
                    .threshold("gaps.streak_attempts", settings.streak_attempts.get(), "augmented-csm")
                    .remedy(Remedy::Meet {
                        who: vec![situation.name(member)],
                        with: situation.candidates_for(member),
                        times: 1,
                        level: None,
                    })
                    .done(),
            );
        }
    }
}

/// Attempts of ours that stayed unanswered, newest first, as long as they are recent, and after any sign of the person.
fn attempts(situation: &Situation<'_>, person: PersonIx) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let mut attempts: Vec<u32> = Vec::new();
    let mut heard: Option<Day> = None;
    for (at, record, age) in with_us(view, person) {
        // What began long ago is no streak any more, but a contact that is lost.
        if attempts.is_empty() && age > whole(view.settings().gaps.lost_days) {
            break;
        }
        // Of one day nobody knows what came first.
        if heard.is_some_and(|day| record.at.day() < day) {
            break;
        }
        let starter = network.starter_of(at);
        if is_sign(record, starter == Some(person), starter.is_some()) {
            heard = Some(record.at.day());
        } else if record.status == InteractionStatus::Unanswered
            && starter.is_some_and(|it| network.is_staff(it))
        {
            attempts.push(at);
        }
    }
    attempts.retain(|&at| heard.is_none_or(|day| network.interaction_at(at).at.day() > day));
    attempts
}

/// Whether something shows that somebody took notice. A message that was sent shows it of its writer only, and may be
/// anybody's where nobody is named.
fn is_sign(record: &Interaction, started_it: bool, is_started: bool) -> bool {
    use InteractionKind::{Email, Message};
    let message = matches!(record.kind, Some(Email | Message) | None);
    match record.status {
        InteractionStatus::Held => started_it || !message || !is_started,
        InteractionStatus::Declined => true,
        InteractionStatus::Unanswered => started_it,
        InteractionStatus::Planned => false,
    }
}

pub(super) struct OneWayTie;

/// A remedy that asks for more than this is none.
const MOST_TIMES: u32 = 1000;

/// Contacts of one span of days: in all, started by the person, and started by nobody knows whom.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    all: usize,
    theirs: usize,
    unknown: usize,
}

impl Detector for OneWayTie {
    fn id(&self) -> &'static str {
        "one_way_tie"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        let few = situation.view().settings().gaps.one_way_contacts.get() as usize * 2;
        for member in standing.members() {
            let diary = situation.view().network().diary(standing.person(member));
            if diary.len() >= few
                && has_rhythm(situation, member)
                && let Some(gap) = self.of(situation, member)
            {
                found.push(gap);
            }
        }
    }
}

impl OneWayTie {
    #[allow(clippy::cast_precision_loss, reason = "numbers of contacts are far below 2⁵²")]
    fn of(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        let view = situation.view();
        let settings = &view.settings().gaps;
        let person = situation.standing().person(member);
        let days = whole(settings.one_way_days);
        let (mut now, mut before) = (Span::default(), Span::default());
        let mut latest: Vec<u32> = Vec::new();
        for (at, _, age) in with_us(view, person) {
            if age >= days.saturating_mul(2) {
                break;
            }
            let span = if age < days { &mut now } else { &mut before };
            let starter = view.network().starter_of(at);
            span.all += 1;
            span.theirs += usize::from(starter == Some(person));
            span.unknown += usize::from(starter.is_none());
            if age < days && latest.len() < 5 {
                latest.push(at);
            }
        }
        let few = settings.one_way_contacts.get() as usize;
        if now.all < few || before.all < few {
            return None;
        }
        let share = |part: usize, all: usize| Share::clamped(part as f64 / all as f64);
        // What is not known counts in their favour.
        let (was, is) = (share(before.theirs, before.all), share(now.theirs + now.unknown, now.all));
        if was <= settings.one_way_before || is >= settings.one_way_now {
            return None;
        }
        let reason =
            Reason::OneWayTie { before: was, now: is, contacts: now.all, days: settings.one_way_days.get() };
        let heard = now.theirs + now.unknown;
        let needed = settings.one_way_now;
        let enough = |more: &u32| share(heard + *more as usize, now.all + *more as usize) >= needed;
        let times = (1..=MOST_TIMES).find(enough);
        Some(
            situation
                .draft(self.id(), Family::Rhythm, reason)
                .stake(situation.standing().power(member))
                .shortfall(situation.short(member, 0.2))
                .person(situation.name(member))
                .evidence(latest.into_iter().map(|at| situation.dated(at)))
                .threshold("gaps.one_way_now", needed, "augmented-csm")
                .remedies(times.map(|times| Remedy::HearFrom {
                    person: situation.name(member),
                    with: trusted_most(situation, member),
                    times,
                }))
                .done(),
        )
    }
}

fn trusted_most(situation: &Situation<'_>, member: usize) -> Vec<PersonRef> {
    let most = situation.footing().most_trusted(member).map(|tie| tie.colleague);
    situation.names(most)
}
