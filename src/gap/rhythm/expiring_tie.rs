//! A person will soon no longer be reached.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evidence::{EvidenceKind, HalfLife, Item, fold};
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
use crate::trust::Opinion;
use crate::view::{PersonRef, View};

/// A person will soon no longer be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExpiringTie {
    /// The colleague they will trust longest.
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
    /// A tie falls below the reached level within this many days. Default 30 (own).
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
        "nobody of ours reaches a person any more within 30 days if nothing happens",
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
            "nobody of ours reaches {who} from {on} on if nothing happens: trust in {trusts} is {belief:.2} and falls \
             below {level:.2}"
        )
    }
}

impl ExpiringTie {
    fn of(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let level = view.settings().levels.reached;
        let within = whole(settings.days);
        let mut last: Option<(Day, &StaffOpinion)> = None;
        for tie in
            situation.coverage_table().staff_ties(member).iter().filter(|tie| tie.opinion.belief >= level)
        {
            // One tie that lasts is enough.
            let on = falls_on(view, tie, level, within)?;
            if last.is_none_or(|(day, _)| day < on) {
                last = Some((on, tie));
            }
        }
        let (on, tie) = last?;
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

/// The first day within some days on which a tie falls below a level if nothing happens.
fn falls_on(view: &View<'_>, tie: &StaffOpinion, level: Share, within: i32) -> Option<Day> {
    let network = view.network();
    let head = network.ties().head(tie.tie);
    // For nearly every tie, one check on the last day shows that it holds.
    let plain = view.is_as_packed() && head.is_plain();
    let is_below = |days: i32| {
        let day = view.day().plus_days(days);
        if !network.is_present(tie.colleague, day) {
            return true;
        }
        let evidence = if plain {
            let more = HalfLife::from(view.settings().evidence.half_life_days).kept_after(days);
            head.evidence(view.kept() * more, view.settings().evidence.reporting_line.get())
        } else {
            let items = network.ties().items(tie.tie, day).filter(|item| is_foreseen(view, item));
            fold(items, day, &view.settings().evidence).evidence()
        };
        Opinion::of(evidence, view.settings()).belief < level
    };
    let holds = !is_below(within) && !network.ties().changes(tie.tie);
    if holds {
        None
    } else {
        (1..=within).find(|&days| is_below(days)).map(|days| view.day().plus_days(days))
    }
}

/// Whether a piece of evidence is already known on the day of the view: it has happened, a tie states it, or it is
/// a concern raised by then whose review day will pass. On a past day the future is not known.
fn is_foreseen(view: &View<'_>, item: &Item) -> bool {
    let raised = || view.network().concerns().get(record_of(item) as usize).map(|it| it.raised_on);
    item.day <= view.day()
        || from_tie(item)
        || item.kind == EvidenceKind::ConcernLeftOpen && raised().is_some_and(|day| day <= view.day())
}
