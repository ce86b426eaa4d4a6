//! A person no longer starts contacts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::contact::{has_rhythm, whole, with_us};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::settings::share;
use crate::share::{Count, Days, Share};
use crate::view::PersonRef;

/// A person no longer starts contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OneWayTie {
    /// The share of contacts that they started in the previous span.
    pub before: Share,
    /// The share in the last span.
    pub now: Share,
    /// Contacts in the last span.
    pub contacts: usize,
    /// Days in a span.
    pub days: u32,
}

/// When `one_way_tie` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Share of contacts that they started in the previous span. Default more than 0.3 (augmented-csm).
    pub before: Share,
    /// Share of contacts that they started, in the last span. Default less than 0.1 (augmented-csm).
    pub now: Share,
    /// Days in a span. Default 60 (augmented-csm).
    pub days: Days,
    /// Minimum contacts in each span. Default 3: with fewer, a share means little (own).
    pub contacts: Count,
    /// Shortfall. Default 0.2 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            before: share(300),
            now: share(100),
            days: Days::of::<60>(),
            contacts: Count::of::<3>(),
            shortfall: share(200),
        }
    }
}

impl Kind for OneWayTie {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "one_way_tie",
        Family::Rhythm,
        Nature::Record,
        "the share of contacts that they started fell from over 0.3 to under 0.1 within 60 days",
        "augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        let few = settings.contacts.get() as usize * 2;
        for member in power_table.members() {
            let activities = situation.view().network().activities(power_table.person(member));
            if activities.len() >= few
                && has_rhythm(situation, member)
                && let Some(gap) = Self::of(situation, settings, member)
            {
                findings.push(gap);
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { before, now, contacts, days } = self;
        write!(
            words,
            "{who} started {} of our {contacts} contacts in the last {days} days, {} in the {days} before",
            Percent(*now),
            Percent(*before)
        )
    }
}

impl OneWayTie {
    #[allow(clippy::cast_precision_loss, reason = "numbers of contacts are far below 2⁵²")]
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let person = situation.power_table().person(member);
        let days = whole(settings.days);
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
        let few = settings.contacts.get() as usize;
        if now.all < few || before.all < few {
            return None;
        }
        let share = |part: usize, all: usize| Share::clamped(part as f64 / all as f64);
        // Unknown initiators count in their favour.
        let (was, is) = (share(before.theirs, before.all), share(now.theirs + now.unknown, now.all));
        if was <= settings.before || is >= settings.now {
            return None;
        }
        let figures = Self { before: was, now: is, contacts: now.all, days: settings.days.get() };
        let heard = now.theirs + now.unknown;
        let needed = settings.now;
        let enough = |more: &u32| share(heard + *more as usize, now.all + *more as usize) >= needed;
        let times = (1..=MOST_TIMES).find(enough);
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .shortfall(situation.short(member, settings.shortfall))
                .person(situation.name(member))
                .evidence(latest.into_iter().map(|at| situation.dated(at)))
                .threshold("gaps.one_way_tie.now", needed, "augmented-csm")
                .remedies(times.map(|times| Remedy::HearFrom {
                    person: situation.name(member),
                    with: trusted_most(situation, member),
                    times,
                }))
                .done(),
        )
    }
}

/// A remedy that asks for more than this is not a remedy.
const MOST_TIMES: u32 = 1000;

/// Contacts of one span of days: in total, started by the person, and with unknown initiator.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    all: usize,
    theirs: usize,
    unknown: usize,
}

fn trusted_most(situation: &Situation<'_>, member: MemberIx) -> Vec<PersonRef> {
    let most = situation.coverage_table().most_trusted(member).map(|tie| tie.colleague);
    situation.names(most)
}
