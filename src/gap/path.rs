//! Ways to powerful people that are missing, barred or badly chosen.

use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::evidence::EvidenceKind;
use crate::introduction::{Miss, NoChain};
use crate::network::{PersonIx, TieIx};
use crate::reach::State;
use crate::record::{InteractionStatus, Role, is_assistant_title};
use crate::route::{Goal, Quest, Route, best};
use crate::share::Share;
use crate::trust::Opinion;

pub(super) const DETECTORS: &[&dyn Detector] = &[&NoWarmPath, &PathBlocked, &WrongOwner, &GatekeeperOnly];

struct NoWarmPath;

impl Detector for NoWarmPath {
    fn id(&self) -> &'static str {
        "no_warm_path"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        for member in situation.key_players().filter(|&member| footing.state(member, view) == State::Cold) {
            let question = view.introductions_to(standing.person(member)).floor(warm);
            let NoChain { nearest, opening } = question.nearest();
            let power = standing.power(member);
            let reason = Reason::NoWarmPath {
                power,
                nearest: nearest.as_ref().map(|nearest| nearest.chain.proven),
                misses: nearest.map(|nearest| nearest.misses).unwrap_or_default(),
                max_ties: view.settings().introductions.max_ties,
            };
            let mut draft = situation
                .about(member, self.id(), Family::Path, reason)
                // That no way is known is second to not reaching them: a way can be made.
                .shortfall(footing.reach(member).complement().get() * 0.8)
                .threshold("levels.warm", warm, "own");
            if let Some(opening) = opening {
                draft = draft.remedy(Remedy::OpenChain { opening });
            }
            found.push(draft.done());
        }
    }
}

struct PathBlocked;

impl Detector for PathBlocked {
    fn id(&self) -> &'static str {
        "path_blocked"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        for member in situation.key_players().filter(|&member| !footing.is_reached(member)) {
            if !footing.may_be_barred(member, view) {
                continue;
            }
            let person = standing.person(member);
            let floor = footing.least_of_interest(member, view).max(warm.get());
            let anyhow = Quest { regardless: true, floor, ..Quest::to(person, view) };
            let Some(barred) = best(view, &anyhow).route else { continue };
            let next = footing.route(member, view);
            if next.is_some_and(|next| next.proven >= barred.proven) {
                continue;
            }
            let asking: Vec<&str> =
                barred.people.iter().rev().map(|&person| view.network().person_at(person).id()).collect();
            let Ok(chain) = view.chain(asking) else { continue };
            let misses: Vec<Miss> =
                chain.hops.iter().rev().flat_map(|hop| hop.obstacles.iter().cloned()).collect();
            let lost = barred.proven - next.map_or(0.0, |next| next.proven);
            let power = standing.power(member);
            let reason = Reason::PathBlocked {
                power,
                blocked: Share::clamped(barred.proven),
                misses: misses.clone(),
                next: next.map(|next| Share::clamped(next.proven)),
            };
            found.push(
                situation
                    .draft(self.id(), Family::Path, reason)
                    .stake(power)
                    .shortfall(footing.reach(member).complement().get() * lost / barred.proven)
                    .person(situation.name(member))
                    .people(situation.names(barred.between().iter().rev().copied()))
                    .ties(
                        barred
                            .people
                            .iter()
                            .zip(&barred.ties)
                            .map(|(&who, &tie)| situation.tie_fact(who, tie)),
                    )
                    .threshold("levels.warm", warm, "own")
                    .remedy(Remedy::ClearTheWay { misses })
                    .done(),
            );
        }
    }
}

struct WrongOwner;

impl Detector for WrongOwner {
    fn id(&self) -> &'static str {
        "wrong_owner"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let Some(owner) = situation.customer().owner() else { return };
        let standing = situation.standing();
        for member in standing.members() {
            if let Some(gap) = self.of(situation, owner, member) {
                found.push(gap);
            }
        }
    }
}

impl WrongOwner {
    fn of(&self, situation: &Situation<'_>, owner: PersonIx, member: usize) -> Option<Gap> {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let settings = view.settings();
        let person = standing.person(member);
        let tie = view.network().ties().find(person, owner);
        let tries = tries(situation, owner, person);
        if tie.is_none() && tries.is_empty() {
            return None;
        }
        let now = tie.map_or(Share::ZERO, |tie| view.opinion(tie).belief);
        if now >= settings.levels.reached {
            return None;
        }
        if tries.is_empty() && now > Share::ZERO {
            // What is only counted has no first day, so nothing is known to have been before.
            return None;
        }
        let counted = tie.map_or(0, |tie| counted_against(situation, tie));
        let count = tries.len() + counted;
        if count < settings.gaps.owner_tries.get() as usize {
            return None;
        }
        let since = tries.first().map(|&at| view.network().interaction_at(at).at.day());
        let before = tie.zip(since).map_or(Share::ZERO, |(tie, since)| {
            let fold = view.network().ties().refold(tie, since.plus_days(-1), &settings.evidence);
            Opinion::of(fold.evidence(), settings).belief
        });
        if now > before {
            return None;
        }
        let own = best(view, &Quest { goal: Goal::Among(&[owner]), ..Quest::to(person, view) }).route;
        let anybody = Quest::to(person, view);
        let (better, proven) = match best(view, &anybody).route {
            Some(route) if route.end() != Some(owner) => (route.end()?, route.proven),
            _ => return None,
        };
        if own.as_ref().is_some_and(|own| own.proven >= proven) {
            return None;
        }
        let reason = Reason::WrongOwner {
            owner: view.name(owner),
            tries: count,
            since,
            before,
            now,
            own: own.map(|own: Route| Share::clamped(own.proven)),
            better: view.name(better),
            proven: Share::clamped(proven),
        };
        let remedy = Remedy::ChangeLead {
            person: situation.name(member),
            from: view.name(owner),
            to: view.name(better),
        };
        Some(
            situation
                .draft(self.id(), Family::Path, reason)
                .stake(standing.power(member))
                // It is a cause of not reaching them, so it weighs a little less than that itself.
                .shortfall(footing.reach(member).complement().get() * (1.0 - now.get() / proven) * 0.75)
                .person(situation.name(member))
                .people([view.name(owner), view.name(better)])
                .ties(tie.map(|tie| situation.tie_fact(person, tie)))
                .evidence(tries.iter().rev().take(5).map(|&at| situation.dated(at)))
                .threshold("gaps.owner_tries", settings.gaps.owner_tries.get(), "own")
                .remedy(remedy)
                .done(),
        )
    }
}

/// What the owner began with somebody, in order of time.
fn tries(situation: &Situation<'_>, owner: PersonIx, person: PersonIx) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let days = i32::try_from(view.settings().gaps.tries_days.get()).unwrap_or(i32::MAX);
    let tried = |&&at: &&u32| {
        let record = network.interaction_at(at);
        network.starter_of(at) == Some(owner)
            && record.status != InteractionStatus::Planned
            && (0..=days).contains(&view.day().days_since(record.at.day()))
    };
    network.diary(person).iter().filter(tried).copied().collect()
}

/// Tries that the records only count: as many as declined meetings would make the evidence against.
fn counted_against(situation: &Situation<'_>, tie: TieIx) -> usize {
    let view = situation.view();
    let items = view.network().ties().items(tie, view.day());
    let counted = items.filter(|item| item.kind == EvidenceKind::CountedAgainst && item.day <= view.day());
    let against: f64 = counted.map(|item| f64::from(item.amount)).sum();
    let declined = view.settings().evidence.meeting_declined.get();
    if declined <= 0.0 {
        return 0;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, at least 0")]
    let tries = (against / declined).floor() as usize;
    tries
}

struct GatekeeperOnly;

impl Detector for GatekeeperOnly {
    fn id(&self) -> &'static str {
        "gatekeeper_only"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let guards = |person: PersonIx| standing.place(person).is_some() && is_gatekeeper(situation, person);
        let mut all: Option<Vec<PersonIx>> = None;
        for member in situation.key_players().filter(|&member| footing.state(member, view) == State::Warm) {
            let Some(route) = footing.route(member, view) else { continue };
            let through: Vec<PersonIx> =
                route.between().iter().copied().filter(|&person| guards(person)).collect();
            if through.is_empty() {
                continue;
            }
            let gatekeepers = all.get_or_insert_with(|| {
                situation.customer().present().filter(|&person| is_gatekeeper(situation, person)).collect()
            });
            let floor = view.settings().levels.warm.get();
            let around = Quest { avoid: gatekeepers, floor, ..Quest::to(standing.person(member), view) };
            if best(view, &around).route.is_some() {
                continue;
            }
            let power = standing.power(member);
            let trusts = situation.candidates_for(member);
            let level = situation.opens_a_way(&[member], &trusts);
            let reason = Reason::GatekeeperOnly {
                power,
                through: situation.names(through.iter().copied()),
                proven: Share::clamped(route.proven),
            };
            found.push(
                situation
                    .draft(self.id(), Family::Path, reason)
                    .stake(power)
                    .shortfall(footing.reach(member).complement().get() * 0.5)
                    .person(situation.name(member))
                    .people(situation.names(through))
                    .ties(
                        route.people.iter().zip(&route.ties).map(|(&who, &tie)| situation.tie_fact(who, tie)),
                    )
                    .threshold("levels.warm", view.settings().levels.warm, "Breadbox")
                    .remedy(Remedy::EarnTrust { who: vec![situation.name(member)], trusts, level })
                    .done(),
            );
        }
    }
}

fn is_gatekeeper(situation: &Situation<'_>, person: PersonIx) -> bool {
    let person = situation.view().network().person_at(person);
    person.roles().iter().any(|role| matches!(role, Role::Assistant | Role::Gatekeeper))
        || person.title().is_some_and(is_assistant_title)
}
