//! A person will soon no longer be reached.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evidence::{Against, EvidenceKind, HalfLife, Item, Prior, fold};
use crate::gap::Situation;
use crate::gap::contact::{has_rhythm, whole};
use crate::gap::finding::{Dated, Gap};
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx, from_tie, record_of};
use crate::reach::StaffOpinion;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::trust::{Opinion, ROUNDING};
use crate::view::{PersonRef, View};

/// A person will soon no longer be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExpiringTie {
    /// The colleague they trust most.
    pub trusts: PersonRef,
    /// Belief today.
    pub belief: Share,
    /// The level.
    pub level: Share,
    /// The first day on which none of our staff reaches them.
    pub on: Day,
}

/// When `expiring_tie` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Reach falls below its level within this many days, and was above it on each of as many days before. Default 30
    /// (own).
    pub days: Days,
    /// Shortfall. Default 0.3 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<30>(), shortfall: share(300) }
    }
}

impl Kind for ExpiringTie {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "expiring_tie",
        Family::Rhythm,
        Nature::Shortfall,
        "a person reached on every day of the last 30 is no longer reached within 30 days if nothing happens",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        for member in power_table.members() {
            if coverage_table.is_reached(member)
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
        let Self { trusts, belief, level, on } = self;
        write!(
            words,
            "without new contact {who} is no longer reached from {on} on: reach falls below {level:.2}, and trust in \
             {trusts}, their most trusted colleague, is {belief:.2}"
        )
    }
}

impl ExpiringTie {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let level = view.settings().levels.reached;
        let within = whole(settings.days);
        let ties = situation.coverage_table().staff_ties(member);
        let is_below = |days: i32| reach_after(view, ties, days) < level.get() - ROUNDING;
        // For nearly everyone one look at the last day shows that it holds.
        let may_break = ties.iter().any(|tie| view.network().ties().changes(tie.tie));
        if !is_below(within) && !may_break {
            return None;
        }
        let on = (1..=within).find(|&days| is_below(days)).map(|days| view.day().plus_days(days))?;
        // Who was reached only for a while, by one meeting, is no relationship that expires.
        let was_reached = (1..=within).all(|ago| reach_before(view, ties, ago) >= level.get() - ROUNDING);
        let tie = situation.coverage_table().most_trusted(member).filter(|_| was_reached)?;
        let last_day = view.day().plus_days(within);
        let person = situation.power_table().person(member);
        // A colleague who leaves before then cannot hold the tie.
        let stays = view.network().is_present(tie.colleague, last_day);
        let trusts = if stays {
            situation.names([tie.colleague])
        } else {
            let team = situation.coverage_table().account_team().iter().copied();
            situation.names(team.filter(|&one| view.network().is_present(one, last_day)))
        };
        let fact = situation.tie_fact(person, tie.tie);
        let figures = Self { trusts: view.name(tie.colleague), belief: tie.opinion.belief, level, on };
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .shortfall(settings.shortfall)
                .person(situation.name(member))
                .evidence(newest(view, person, tie))
                .ties([fact])
                .threshold("gaps.expiring_tie.days", settings.days.get(), "own")
                .remedy(Remedy::KeepTrust { who: situation.name(member), trusts, level, on: last_day })
                .done(),
        )
    }
}

/// The newest piece of evidence behind a tie.
fn newest(view: &View<'_>, person: PersonIx, tie: &StaffOpinion) -> Option<Dated> {
    let item = view.items(tie.tie).filter(|item| item.dated().is_some()).max_by_key(|item| item.day)?;
    let (record, record_id) = view.network().citation(person, tie.colleague, &item);
    Some(Dated { day: item.dated(), record, record_id, kind: Some(item.kind) })
}

/// A person's reach after some days if nothing happens.
fn reach_after(view: &View<'_>, ties: &[StaffOpinion], days: i32) -> f64 {
    let network = view.network();
    let day = view.day().plus_days(days);
    let more = HalfLife::from(view.settings().evidence.half_life_days).kept_after(days);
    let there = ties.iter().filter(|tie| network.is_present(tie.colleague, day));
    let none = there.fold(1.0, |none, tie| {
        let head = network.ties().head(tie.tie);
        if view.is_as_packed() && head.is_plain() {
            let line = view.settings().evidence.reporting_line.get();
            let evidence = head.evidence(view.kept() * more, line);
            return none * (1.0 - Prior::of(&view.settings().evidence).belief(evidence));
        }
        let items = network.ties().items(tie.tie, day).filter(|item| is_foreseen(view, item));
        let explicit = Against::of(items.clone(), day, &view.settings().evidence).explicit;
        let evidence = fold(items, day, &view.settings().evidence).evidence();
        let opinion = Opinion::with_explicit(evidence, explicit, view.settings());
        if opinion.counts() { none * (1.0 - opinion.belief.get()) } else { none }
    });
    1.0 - none
}

/// A person's reach some days ago, with recorded ties that carry no day of their own as if they had always been there.
fn reach_before(view: &View<'_>, ties: &[StaffOpinion], ago: i32) -> f64 {
    let (network, settings) = (view.network(), &view.settings().evidence);
    let day = view.day().plus_days(-ago);
    let there = ties.iter().filter(|tie| network.is_present(tie.colleague, day));
    1.0 - there.fold(1.0, |none, tie| {
        let evidence = network.ties().refold_as_recorded(tie.tie, day, settings).evidence();
        let explicit = network.ties().against(tie.tie, day, settings, true).explicit;
        let opinion = Opinion::with_explicit(evidence, explicit, view.settings());
        if opinion.counts() { none * (1.0 - opinion.belief.get()) } else { none }
    })
}

/// Whether a piece of evidence is already known on the day of the view: it has happened, a tie states it, or it is
/// a concern raised by then whose review day will pass. On a past day the future is not known.
fn is_foreseen(view: &View<'_>, item: &Item) -> bool {
    let raised = || view.network().concerns().get(record_of(item) as usize).map(|it| it.raised_on);
    let is_known = item.begins() <= view.day() || item.day <= view.day() && item.kind.is_silence();
    is_known
        || from_tie(item)
        || item.kind == EvidenceKind::ConcernLeftOpen && raised().is_some_and(|day| day <= view.day())
}
