//! Less and less happens with a person.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evidence::Basis;
use crate::gap::Situation;
use crate::gap::contact::{has_rhythm, whole, with_us};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, from_tie};
use crate::record::{InteractionKind, InteractionStatus, RecordKind};
use crate::settings::{share, weight};
use crate::share::{Count, Days, Share, Weight};
use crate::view::PersonRef;

/// Less and less happens with a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CoolingTrend {
    /// Evidence in three consecutive spans of days, the latest last. The first and the last are compared.
    pub evidence: [f64; 3],
    /// Contacts in the first span.
    pub contacts: usize,
    /// Days in a span.
    pub days: u32,
}

/// When `cooling_trend` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Days in each of three spans. Default 30 (augmented-csm).
    pub days: Days,
    /// The evidence of the last span is at most this part of that of the first. Default 0.25 (own, measured).
    pub at_most: Share,
    /// Minimum evidence in the first span: with less there is nothing to fall from. Default 1, as much as two messages
    /// (own, measured).
    #[serde(alias = "from")]
    pub trend_from: Weight,
    /// Minimum contacts in the first span. Default 2 (own, measured).
    pub contacts: Count,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            days: Days::of::<30>(),
            at_most: share(250),
            trend_from: weight(1000),
            contacts: Count::of::<2>(),
        }
    }
}

impl Kind for CoolingTrend {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "cooling_trend",
        Family::Rhythm,
        Nature::Shortfall,
        "the evidence of the last 30 days is at most a quarter of that of days 61-90 before, which was at least 1, of at \
         least 2 contacts",
        "own; VALIDATION",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        for member in power_table.members() {
            if !coverage_table.staff_ties(member).is_empty()
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
        let Self { evidence: [before, then, now], days, .. } = self;
        write!(
            words,
            "less and less happens with {who}: evidence of {before:.1}, {then:.1} and {now:.1} in three spans of \
             {days} days"
        )
    }
}

impl CoolingTrend {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let (contacts, [before, then, now]) = evidence_of_spans(situation, settings, member);
        let falls = contacts >= settings.contacts.get() as usize
            && before + HAIR >= settings.trend_from.get()
            && now <= before * settings.at_most.get() + HAIR;
        if !falls {
            return None;
        }
        // A meeting counts wholly in the last span.
        let meeting = view.settings().evidence.meeting_accepted.get();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number, at least 1"
        )]
        let times =
            ((before * settings.at_most.get() - now + 2.0 * HAIR) / meeting).ceil().clamp(1.0, 1000.0) as u32;
        let with = situation.coverage_table().most_trusted(member).map(|tie| tie.colleague);
        let remedy = Remedy::Meet {
            who: vec![situation.name(member)],
            with: situation.names(with),
            times,
            level: None,
        };
        let figures = Self { evidence: [before, then, now], contacts, days: settings.days.get() };
        Some(
            situation
                .about(member, figures)
                .shortfall(situation.short(member, 1.0 - now / before))
                .threshold("gaps.cooling_trend.at_most", settings.at_most, "own; VALIDATION")
                .remedies((meeting > 0.0).then_some(remedy))
                .done(),
        )
    }
}

/// Amounts are stored in 32 bits: smaller differences are equal.
const HAIR: f64 = 1e-6;

/// The contacts of the first of three spans, and the evidence in favour of our staff within each of days, the latest last, at its undecayed value. A message of theirs
/// that still waits for our answer is a sign of them as well, though it is no evidence yet.
#[allow(clippy::cast_precision_loss, reason = "a handful of people")]
fn evidence_of_spans(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> (usize, [f64; 3]) {
    let view = situation.view();
    let days = whole(settings.days);
    let mut spans = [0.0; 3];
    let mut add = |age: i32, amount: f64| {
        let span =
            usize::try_from(age / days).ok().and_then(|span| spans.get_mut(2_usize.checked_sub(span)?));
        if let Some(span) = span {
            *span += amount;
        }
    };
    let (mut written, mut early): (BTreeSet<u32>, BTreeSet<u32>) = (BTreeSet::new(), BTreeSet::new());
    for tie in situation.coverage_table().staff_ties(member) {
        for item in view.items(tie.tie) {
            let observed =
                item.kind.basis() == Basis::Observed && !item.kind.is_against() && !from_tie(&item);
            if observed {
                let age = view.day().days_since(item.day);
                if item.kind.record_kind() == RecordKind::Interaction {
                    written.insert(item.record);
                    if age / days == 2 {
                        early.insert(item.record);
                    }
                }
                add(age, item.when_new(&view.settings().evidence).supporting);
            }
        }
    }
    let person = situation.power_table().person(member);
    let network = view.network();
    for (at, record, age) in with_us(view, person).take_while(|(.., age)| *age < days.saturating_mul(3)) {
        let is_message =
            matches!(record.kind, Some(InteractionKind::Email | InteractionKind::Message) | None);
        let is_theirs = network.starter_of(at) == Some(person) && record.status == InteractionStatus::Held;
        if is_message && is_theirs && !written.contains(&at) {
            let named = network.participants_at(at);
            let ours = named.iter().filter(|&&one| network.is_staff(one)).count();
            let part = ours as f64 / (named.len().max(2) - 1) as f64;
            add(age, view.settings().evidence.message_started.get() * part);
            if age / days == 2 {
                early.insert(at);
            }
        }
    }
    (early.len(), spans)
}
