//! Whose trust is running out.

use std::borrow::Cow;

use crate::day::Day;
use crate::evidence::{Basis, HalfLife};
use crate::gap::contact::{has_rhythm, whole};
use crate::gap::finding::{Dated, Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::network::from_tie;
use crate::reach::ToUs;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::View;

/// Amounts are kept in 32 bits: what differs by less than this is the same.
const HAIR: f64 = 1e-6;

pub(super) struct CoolingTrend;

impl Detector for CoolingTrend {
    fn id(&self) -> &'static str {
        "cooling_trend"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        for member in standing.members() {
            if !footing.to_us(member).is_empty()
                && has_rhythm(situation, member)
                && let Some(gap) = self.of(situation, member)
            {
                found.push(gap);
            }
        }
    }
}

impl CoolingTrend {
    fn of(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        let view = situation.view();
        let settings = &view.settings().gaps;
        let [before, then, now] = evidence_of_spans(situation, member);
        let falls = before >= settings.trend_from.get() && then + HAIR < before && now + HAIR < then;
        if !falls {
            return None;
        }
        // A meeting goes wholly into the last span.
        let meeting = view.settings().evidence.meeting_accepted.get();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number, at least 1"
        )]
        let times = ((then - now) / meeting).ceil().clamp(1.0, 1000.0) as u32;
        let with = situation.footing().most_trusted(member).map(|tie| tie.colleague);
        let remedy = Remedy::Meet {
            who: vec![situation.name(member)],
            with: situation.names(with),
            times,
            level: None,
        };
        let reason = Reason::CoolingTrend { evidence: [before, then, now], days: settings.trend_days.get() };
        Some(
            situation
                .about(member, self.id(), Family::Rhythm, reason)
                .shortfall(situation.short(member, 0.2))
                .threshold("gaps.trend_days", settings.trend_days.get(), "augmented-csm")
                .remedies((meeting > 0.0).then_some(remedy))
                .done(),
        )
    }
}

/// What happened in favour of ours within three spans of days, the latest last, as it counted when it was new.
fn evidence_of_spans(situation: &Situation<'_>, member: usize) -> [f64; 3] {
    let view = situation.view();
    let days = whole(view.settings().gaps.trend_days);
    let (mut before, mut then, mut now) = (0.0, 0.0, 0.0);
    for tie in situation.footing().to_us(member) {
        for item in view.items(tie.tie) {
            let observed =
                item.kind.basis() == Basis::Observed && !item.kind.is_against() && !from_tie(&item);
            if !observed {
                continue;
            }
            let span = match view.day().days_since(item.day) / days {
                0 => &mut now,
                1 => &mut then,
                2 => &mut before,
                _ => continue,
            };
            *span += item.kind.weight(&view.settings().evidence) * f64::from(item.amount);
        }
    }
    [before, then, now]
}

pub(super) struct ExpiringTie;

impl Detector for ExpiringTie {
    fn id(&self) -> &'static str {
        "expiring_tie"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        for member in standing.members() {
            if footing.is_reached(member)
                && has_rhythm(situation, member)
                && let Some(gap) = self.of(situation, member)
            {
                found.push(gap);
            }
        }
    }
}

impl ExpiringTie {
    fn of(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        let view = situation.view();
        let settings = view.settings();
        let level = settings.levels.reached;
        let within = whole(settings.gaps.expiring_days);
        let mut last: Option<(Day, &ToUs)> = None;
        for tie in situation.footing().to_us(member).iter().filter(|tie| tie.opinion.belief >= level) {
            // One tie that lasts is enough.
            let on = falls_on(view, tie, level, within)?;
            if last.is_none_or(|(day, _)| day < on) {
                last = Some((on, tie));
            }
        }
        let (on, tie) = last?;
        let last_day = view.day().plus_days(within);
        let person = situation.standing().person(member);
        // Whoever leaves in the meantime cannot hold the tie.
        let stays = view.network().is_present(tie.colleague, last_day);
        let trusts = if stays {
            situation.names([tie.colleague])
        } else {
            let team = situation.footing().account_team().iter().copied();
            situation.names(team.filter(|&one| view.network().is_present(one, last_day)))
        };
        let fact = situation.tie_fact(person, tie.tie);
        let reason =
            Reason::ExpiringTie { trusts: view.name(tie.colleague), belief: tie.opinion.belief, level, on };
        Some(
            situation
                .draft(self.id(), Family::Rhythm, reason)
                .stake(situation.standing().power(member))
                .shortfall(0.3)
                .person(situation.name(member))
                .evidence(newest(view, tie))
                .ties([fact])
                .threshold("gaps.expiring_days", settings.gaps.expiring_days.get(), "own")
                .remedy(Remedy::KeepTrust { who: situation.name(member), trusts, level, on: last_day })
                .done(),
        )
    }
}

/// The newest piece of evidence behind a tie.
fn newest(view: &View<'_>, tie: &ToUs) -> Option<Dated> {
    let item = view.items(tie.tie).filter(|item| item.dated().is_some()).max_by_key(|item| item.day)?;
    let (record, record_id) = view.origin(&item);
    Some(Dated {
        day: item.dated(),
        record: Cow::Borrowed(record.plural()),
        record_id,
        kind: Some(item.kind),
    })
}

/// The first day within some days on which a tie is below a level if nothing happens.
fn falls_on(view: &View<'_>, tie: &ToUs, level: Share, within: i32) -> Option<Day> {
    let network = view.network();
    let head = network.ties().head(tie.tie);
    // Of nearly every tie one look at the last day tells that it holds.
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
            network.ties().refold(tie.tie, day, &view.settings().evidence).evidence()
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
