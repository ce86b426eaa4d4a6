//! Who else is there.

use super::contact::{cadence, last_contact, whole};
use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::network::PersonIx;
use crate::reach::rival_of;
use crate::record::{InteractionKind, InteractionStatus, Side, Support};
use crate::share::Share;

pub(super) const DETECTORS: &[&dyn Detector] = &[&CompetitorContact, &CounterChampion, &OpponentUnmanaged];

struct CompetitorContact;

impl Detector for CompetitorContact {
    fn id(&self) -> &'static str {
        "competitor_contact"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (view, standing) = (situation.view(), situation.standing());
        let network = view.network();
        let days = whole(view.settings().gaps.rival_days);
        for member in situation.key_players() {
            let person = standing.person(member);
            let seen = with_rival(situation, person, days);
            let Some(&(last, rival)) = seen.last() else { continue };
            let record = network.interaction_at(last);
            // Whoever has spoken to one of ours since has heard our side of it.
            let heard = last_contact(situation, person).is_some_and(|contact| contact.day >= record.at.day());
            if heard {
                continue;
            }
            let quote = record.kind == Some(InteractionKind::Quote);
            let reason = Reason::CompetitorContact {
                rival: view.name(rival),
                day: record.at.day(),
                kind: record.kind.map(|kind| kind.as_str().into()),
                times: seen.len(),
            };
            found.push(
                situation
                    .draft(self.id(), Family::Rivals, reason)
                    .stake(standing.power(member))
                    .shortfall(if quote { 0.6 } else { 0.4 })
                    .person(situation.name(member))
                    .people([view.name(rival)])
                    .evidence(seen.iter().rev().take(5).map(|&(at, _)| situation.dated(at)))
                    .threshold("gaps.rival_days", view.settings().gaps.rival_days.get(), "Dynamics")
                    .remedy(meet(situation, member))
                    .done(),
            );
        }
    }
}

/// What somebody took part in with a rival's person within so many days, oldest first, with that person.
fn with_rival(situation: &Situation<'_>, person: PersonIx, days: i32) -> Vec<(u32, PersonIx)> {
    let view = situation.view();
    let network = view.network();
    let of_rival = |person: &&PersonIx| network.person_at(**person).side() == Side::Competitor;
    let seen = network.diary(person).iter().filter_map(|&at| {
        let record = network.interaction_at(at);
        let age = view.day().days_since(record.at.day());
        let counts = record.status == InteractionStatus::Held && (0..=days).contains(&age);
        let rival = counts.then(|| network.present_at(at).iter().find(of_rival))??;
        Some((at, *rival))
    });
    seen.collect()
}

/// They meet one of ours: whoever they trust most, or else whoever could best come to be trusted.
fn meet(situation: &Situation<'_>, member: usize) -> Remedy {
    let trusted = situation.footing().most_trusted(member).map(|tie| tie.colleague);
    let with = match trusted {
        Some(colleague) => situation.names([colleague]),
        None => situation.candidates_for(member),
    };
    Remedy::Meet { who: vec![situation.name(member)], with, times: 1, level: None }
}

struct CounterChampion;

impl Detector for CounterChampion {
    fn id(&self) -> &'static str {
        "counter_champion"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (view, standing, footing) = (situation.view(), situation.standing(), situation.footing());
        let network = view.network();
        let live = view.settings().levels.live;
        let trusts_us =
            |member: usize| footing.most_trusted(member).map_or(Share::ZERO, |tie| tie.opinion.belief);
        let with_them = |member: usize| -> Option<(usize, PersonIx, Share)> {
            let (rival, opinion) = rival_of(standing.person(member), view)?;
            let theirs = opinion.belief >= live && opinion.belief > trusts_us(member);
            theirs.then_some((member, rival, opinion.belief))
        };
        let theirs: Vec<(usize, PersonIx, Share)> = standing.members().filter_map(with_them).collect();
        // Of equals the first.
        let most = theirs.iter().rev().max_by_key(|(member, ..)| standing.power(*member));
        let Some(&(member, rival, belief)) = most else { return };
        let power = standing.power(member);
        let with_us = |member: &usize| {
            let support = network.person_at(standing.person(*member)).support();
            let against = matches!(support, Some(Support::Sceptic | Support::Opponent));
            let is_theirs = theirs.binary_search_by_key(member, |(member, ..)| *member).is_ok();
            !is_theirs && !against && trusts_us(*member) >= live
        };
        let ours = standing.members().filter(with_us).map(|member| standing.power(member)).max();
        let ours = ours.unwrap_or(Share::ZERO);
        if power <= ours {
            return;
        }
        let reason = Reason::CounterChampion { power, rival: view.name(rival), belief, ours };
        found.push(
            situation
                .about(member, self.id(), Family::Rivals, reason)
                .shortfall(0.5)
                .people([view.name(rival)])
                .threshold("levels.live", live, "MEDDICC")
                .remedy(Remedy::EarnTrust {
                    who: vec![situation.name(member)],
                    trusts: situation.candidates_for(member),
                    level: belief,
                })
                .done(),
        );
    }
}

struct OpponentUnmanaged;

impl Detector for OpponentUnmanaged {
    fn id(&self) -> &'static str {
        "opponent_unmanaged"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (view, standing, footing) = (situation.view(), situation.standing(), situation.footing());
        let network = view.network();
        for member in situation.key_players() {
            let person = standing.person(member);
            let opponent = network.person_at(person).support() == Some(Support::Opponent);
            if !opponent && !footing.is_hostile(member) {
                continue;
            }
            let settings = &view.settings().gaps;
            let (cadence, setting) =
                cadence(situation, member).unwrap_or((settings.opponent_days, "gaps.opponent_days"));
            let days = whole(cadence);
            let last = last_contact(situation, person).map(|contact| contact.day);
            let in_touch = last.is_some_and(|last| view.day().days_since(last) <= days);
            if in_touch || has_plan(situation, person, days) {
                continue;
            }
            let power = standing.power(member);
            let reason = Reason::OpponentUnmanaged { power, opponent, last, cadence: cadence.get() };
            let mut draft = situation
                .about(member, self.id(), Family::Rivals, reason)
                .shortfall(0.5)
                .threshold(setting, cadence.get(), "augmented-csm")
                .remedy(meet(situation, member));
            // Their diary is in order of time.
            let first = network.diary(person).first().map(|&at| network.interaction_at(at).at.day());
            if first.is_none_or(|first| view.day() < first) {
                draft = draft.missing("interactions", Some(situation.name(member)));
            }
            found.push(draft.done());
        }
    }
}

/// Whether something is planned with one of ours within so many days.
fn has_plan(situation: &Situation<'_>, person: PersonIx, days: i32) -> bool {
    let view = situation.view();
    let network = view.network();
    situation.knows_plans()
        && network.diary(person).iter().rev().any(|&at| {
            let record = network.interaction_at(at);
            let ahead = record.at.day().days_since(view.day());
            let ours = || network.present_at(at).first().is_some_and(|&first| network.is_staff(first));
            record.status == InteractionStatus::Planned && (0..=days).contains(&ahead) && ours()
        })
}
