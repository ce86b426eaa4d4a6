//! The top of their house, and the level at which we meet it.

use std::borrow::Cow;

use super::SHORT;
use super::units::most_powerful;
use crate::gap::contact::{Contact, last_contact, whole};
use crate::gap::finding::{Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::network::PersonIx;
use crate::record::Seniority;

/// Executives are those at the level of vice president and above. Where none is known, that is not known.
pub(super) struct NoExecutiveCover;

impl Detector for NoExecutiveCover {
    fn id(&self) -> &'static str {
        "no_executive_cover"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        if footing.colleagues().is_empty() {
            return;
        }
        let levels = (0..).zip(situation.levels());
        let top = levels.filter(|(_, level)| level.is_some_and(|level| level <= Seniority::Vp));
        let executives: Vec<usize> = top.map(|(member, _)| member).collect();
        let power: f64 = executives.iter().map(|&member| standing.power(member).get()).sum();
        if executives.is_empty() || power <= 0.0 {
            return;
        }
        let live: Vec<usize> = executives.iter().copied().filter(|&member| footing.is_live(member)).collect();
        let mut last: Option<Contact> = None;
        for &member in &live {
            // A tie without any contact on record rests on something else: when it was kept up last is not known.
            let Some(contact) = last_contact(situation, standing.person(member)) else { return };
            if last.as_ref().is_none_or(|last| last.day < contact.day) {
                last = Some(contact);
            }
        }
        let settings = situation.view().settings();
        let days = settings.gaps.executive_days;
        let recent = |contact: &Contact| situation.view().day().days_since(contact.day) <= whole(days);
        if last.as_ref().is_some_and(recent) {
            return;
        }
        let reason = Reason::NoExecutiveCover {
            executives: executives.len(),
            power: crate::Share::clamped(power),
            covered: live.len(),
            last: last.as_ref().map(|contact| contact.day),
        };
        let stake = executives
            .iter()
            .map(|&member| standing.power(member).get() * situation.short(member, 1.0))
            .sum::<f64>();
        let (level, shortfall) =
            if live.is_empty() { (Some(settings.levels.live), SHORT) } else { (None, SHORT / 2.0) };
        let whom = most_powerful(situation, if live.is_empty() { executives } else { live }, 3);
        let with = whom.first().map(|&member| situation.candidates_for(member)).unwrap_or_default();
        let who: Vec<_> = whom.into_iter().map(|member| situation.name(member)).collect();
        let draft = situation
            .draft(self.id(), Family::Breadth, reason)
            .stake(stake)
            .shortfall(shortfall)
            .people(who.clone())
            .evidence(last.map(|contact| contact.dated));
        let draft = match level {
            Some(level) => draft.threshold("levels.live", level, "Gain Grow Retain practice"),
            None => draft.threshold("gaps.executive_days", days.get(), "Gain Grow Retain practice"),
        };
        found.push(draft.remedy(Remedy::Meet { who, with, times: 1, level }).done());
    }
}

/// Senior are directors and above. Where nobody of ours is senior enough for them, nothing could be done about it.
pub(super) struct SeniorityMismatch;

impl Detector for SeniorityMismatch {
    fn id(&self) -> &'static str {
        "seniority_mismatch"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        for member in standing.members() {
            if footing.is_live(member)
                && standing.power(member).get() > 0.0
                && let Some(gap) = self.of(situation, member)
            {
                found.push(gap);
            }
        }
    }
}

impl SeniorityMismatch {
    fn of(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        let view = situation.view();
        let settings = view.settings();
        let level = situation.levels().get(member).copied().flatten()?;
        if level > Seniority::Director {
            return None;
        }
        let lower = settings.gaps.levels_lower;
        let too_low = |ours: Seniority| rank(ours) >= rank(level) + i64::from(lower.get());
        let ties = situation.footing().to_us(member).iter();
        let live = ties.filter(|tie| tie.opinion.belief >= settings.levels.live);
        let mut highest: Option<Seniority> = None;
        for tie in live.clone() {
            // Whoever's level is not known may be senior enough.
            let ours = view.network().person_at(tie.colleague).level().filter(|&ours| too_low(ours))?;
            highest = Some(highest.map_or(ours, |highest| highest.min(ours)));
        }
        let highest = highest?;
        let peer = peer(situation, live.clone().map(|tie| tie.colleague), |ours| !too_low(ours))?;
        let power = situation.standing().power(member);
        let person = situation.standing().person(member);
        let reason = Reason::SeniorityMismatch {
            power,
            level: Cow::Borrowed(level.as_str()),
            ours: Cow::Borrowed(highest.as_str()),
        };
        Some(
            situation
                .draft(self.id(), Family::Breadth, reason)
                .stake(power)
                .shortfall(situation.short(member, SHORT))
                .person(situation.name(member))
                .ties(live.map(|tie| situation.tie_fact(person, tie.tie)))
                .threshold("gaps.levels_lower", lower.get(), "own")
                .remedy(Remedy::EarnTrust {
                    who: vec![situation.name(member)],
                    trusts: situation.names([peer]),
                    level: settings.levels.live,
                })
                .done(),
        )
    }
}

const fn rank(level: Seniority) -> i64 {
    level as i64
}

/// One of ours who is senior enough: up the line of those who are trusted, or else the first there is.
fn peer(
    situation: &Situation<'_>,
    trusted: impl Iterator<Item = PersonIx>,
    is_senior: impl Fn(Seniority) -> bool,
) -> Option<PersonIx> {
    /// No line of ours is longer.
    const LINE: usize = 16;
    let view = situation.view();
    let network = view.network();
    let fits =
        |&one: &PersonIx| view.is_present(one) && network.person_at(one).level().is_some_and(&is_senior);
    for one in trusted {
        let mut line = std::iter::successors(Some(one), |&one| network.manager_of(one)).take(LINE);
        if let Some(boss) = line.find(|one| network.is_staff(*one) && fits(one)) {
            return Some(boss);
        }
    }
    (0..network.staff_end()).find(fits)
}
