//! Powerful people whom we do not reach.

use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::network::PersonRecord;
use crate::power::Standing;
use crate::reach::{FirstCall, rival_of};
use crate::record::{InteractionStatus, Role, Support};
use crate::share::Share;
use crate::view::PersonRef;

pub(super) const DETECTORS: &[&dyn Detector] = &[
    &UnreachedPower,
    &WeakPowerCover,
    &MissingBuyingRole,
    &PowerNewcomer,
    &UnmappedPerson,
    &FirstCallAtRisk,
];

struct UnreachedPower;

impl Detector for UnreachedPower {
    fn id(&self) -> &'static str {
        "unreached_power"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let levels = &view.settings().levels;
        for member in situation.key_players().filter(|&member| !footing.is_reached(member)) {
            let power = standing.power(member);
            let distrusted = footing.to_us(member).iter().filter(|tie| tie.opinion.is_distrust());
            let distrusts: Vec<_> = distrusted.map(|tie| tie.colleague).collect();
            let reason = Reason::UnreachedPower {
                power,
                reach: footing.reach(member),
                at_most: footing.at_most(member),
                state: footing.state(member, view),
                distrusts: situation.names(distrusts),
            };
            found.push(
                situation
                    .about(member, self.id(), Family::Reach, reason)
                    .shortfall(footing.reach(member).complement())
                    .threshold(
                        "levels.reached",
                        levels.reached,
                        "own; Affinity's bands (.4/.7) for comparison",
                    )
                    .remedy(Remedy::EarnTrust {
                        who: vec![situation.name(member)],
                        trusts: situation.candidates_for(member),
                        level: levels.reached,
                    })
                    .done(),
            );
        }
    }
}

struct WeakPowerCover;

impl Detector for WeakPowerCover {
    fn id(&self) -> &'static str {
        "weak_power_cover"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        for member in situation.key_players().filter(|&member| footing.is_live(member)) {
            // Where they stand is not known: that is something to find out, not a gap.
            let Some(support) = view.network().person_at(standing.person(member)).support() else { continue };
            let (support, shortfall) = match support {
                Support::Champion | Support::Supporter => continue,
                Support::Neutral => ("neutral", 0.5),
                Support::Sceptic => ("sceptic", 0.75),
                Support::Opponent => ("opponent", 1.0),
            };
            let power = standing.power(member);
            let reason = Reason::WeakPowerCover { power, support: support.to_owned() };
            found.push(
                situation
                    .about(member, self.id(), Family::Reach, reason)
                    .shortfall(shortfall)
                    .threshold(
                        "levels.live",
                        view.settings().levels.live,
                        "Altify's coverage and support grid",
                    )
                    .remedy(Remedy::WinSupport { person: situation.name(member) })
                    .done(),
            );
        }
    }
}

struct MissingBuyingRole;

impl Detector for MissingBuyingRole {
    fn id(&self) -> &'static str {
        "missing_buying_role"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        let mut economic = standing.members().any(|member| standing.decides(member));
        let (mut technical, mut user, mut champion) = (false, false, false);
        let mut unknown: Vec<PersonRecord<'_>> = Vec::with_capacity(standing.len());
        for person in situation.customer().people() {
            champion |= person.support() == Some(Support::Champion);
            if person.roles().is_empty() {
                unknown.push(person);
            }
            for role in person.roles() {
                economic |= role.decides();
                technical |= *role == Role::TechnicalBuyer;
                user |= *role == Role::UserBuyer;
                champion |= matches!(role, Role::Champion | Role::Coach);
            }
        }
        // Where no role is recorded of anybody, roles are simply not kept: the checkup says that they are missing.
        if unknown.len() == standing.len() {
            return;
        }
        let required = [
            ("economic_buyer", economic),
            ("technical_buyer", technical),
            ("user_buyer", user),
            ("champion_or_coach", champion),
        ];
        let empty: Vec<String> =
            required.iter().filter(|(_, held)| !held).map(|(role, _)| (*role).to_owned()).collect();
        if empty.is_empty() {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "there are four")]
        let part = empty.len() as f64 / required.len() as f64;
        let reason = Reason::MissingBuyingRole { roles: empty.clone() };
        let draft = situation
            .draft(self.id(), Family::Reach, reason)
            // Half of the customer at most: that a role is unknown is not yet that it is against us.
            .stake(0.5)
            .shortfall(part)
            .threshold("the four buying influences", 4.0, "Miller Heiman; MEDDICC")
            .remedy(Remedy::FillRoles { roles: empty });
        found.push(draft.all_missing("people.roles", unknown.into_iter().map(PersonRef::from)).done());
    }
}

struct PowerNewcomer;

impl Detector for PowerNewcomer {
    fn id(&self) -> &'static str {
        "power_newcomer"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let settings = &view.settings().gaps;
        let days = i32::try_from(settings.newcomer_days.get()).unwrap_or(i32::MAX);
        let since = view.day().plus_days(days.saturating_neg());
        let covered = standing.members().filter(|&member| footing.reach(member) > Share::ZERO);
        let best_covered = covered.max_by_key(|&member| (footing.reach(member), standing.power(member)));
        let enough = best_covered.map_or(standing.key_player_from(), |member| standing.power(member));
        let before =
            situation.has_power_changed_since(since).then(|| Standing::on(situation.customer(), since));
        for member in standing.members() {
            let (person, power) = (standing.person(member), standing.power(member));
            if footing.is_reached(member) || power < enough {
                continue;
            }
            let joined_on = view.network().person_at(person).started_on().filter(|&day| day > since);
            let power_before = match (&before, joined_on) {
                (Some(before), None) => before.place(person).map(|place| before.power(place)),
                _ => None,
            };
            let rose = power_before.filter(|before| {
                *before > Share::ZERO && power.get() >= settings.rise_factor.get() * before.get()
            });
            if joined_on.is_none() && rose.is_none() {
                continue;
            }
            let reason = Reason::PowerNewcomer {
                power,
                joined_on,
                power_before: rose,
                best_covered: best_covered.map(|member| situation.name(member)),
            };
            found.push(
                situation
                    .about(member, self.id(), Family::Reach, reason)
                    .shortfall(footing.reach(member).complement())
                    .threshold(
                        "gaps.newcomer_days",
                        settings.newcomer_days.get(),
                        "Sales Navigator's 90 days",
                    )
                    .remedy(Remedy::EarnTrust {
                        who: vec![situation.name(member)],
                        trusts: situation.candidates_for(member),
                        level: view.settings().levels.reached,
                    })
                    .done(),
            );
        }
    }
}

struct UnmappedPerson;

impl Detector for UnmappedPerson {
    fn id(&self) -> &'static str {
        "unmapped_person"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (view, standing) = (situation.view(), situation.standing());
        let network = view.network();
        for stranger in network.strangers(situation.customer().at()) {
            let seen = lately(situation, &stranger.interactions);
            if let Some(&last) = seen.last() {
                // Nothing is known of them: an equal share of power is the fairest guess.
                #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
                let equal = 1.0 / (standing.len() + 1) as f64;
                let gap = self.draft(situation, &stranger.id, &seen, last, false);
                found.push(gap.stake(equal).missing("people.id", None).done());
            }
        }
        for member in standing.members() {
            let person = network.person_at(standing.person(member));
            let blank = !standing.decides(member)
                && person.title().is_none()
                && person.seniority().is_none()
                && person.roles().is_empty()
                && person.power().is_none();
            if !blank {
                continue;
            }
            let seen = lately(situation, network.diary(standing.person(member)));
            if let Some(&last) = seen.last() {
                let draft = self.draft(situation, person.id(), &seen, last, true);
                let missing = Some(situation.name(member));
                // They are on the map at least, so half is done.
                let draft = draft.person(situation.name(member)).stake(standing.power(member)).shortfall(0.5);
                found.push(draft.missing("people.title", missing).done());
            }
        }
    }
}

impl UnmappedPerson {
    fn draft(
        &self,
        situation: &Situation<'_>,
        id: &str,
        seen: &[u32],
        last: u32,
        known: bool,
    ) -> super::finding::Draft {
        let settings = &situation.view().settings().gaps;
        let last = situation.view().network().interaction_at(last).at.day();
        let reason = Reason::UnmappedPerson { id: id.into(), times: seen.len(), last, known };
        situation
            .draft(self.id(), Family::Reach, reason)
            .evidence(seen.iter().rev().take(5).map(|&at| situation.dated(at)))
            .threshold("gaps.seen_days", settings.seen_days.get(), "Custify; Dynamics")
            .remedy(Remedy::RecordPerson { id: id.into() })
    }
}

/// Of some interactions in order of time, those that happened lately, by the day.
fn lately(situation: &Situation<'_>, interactions: &[u32]) -> Vec<u32> {
    let view = situation.view();
    let days = i32::try_from(view.settings().gaps.seen_days.get()).unwrap_or(i32::MAX);
    let happened = |&&at: &&u32| {
        let record = view.network().interaction_at(at);
        let age = view.day().days_since(record.at.day());
        (0..=days).contains(&age) && record.status != InteractionStatus::Planned
    };
    interactions.iter().filter(happened).copied().collect()
}

struct FirstCallAtRisk;

impl Detector for FirstCallAtRisk {
    fn id(&self) -> &'static str {
        "first_call_at_risk"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let network = view.network();
        for member in situation.key_players() {
            let person = standing.person(member);
            let rival = rival_of(person, view);
            let would_call = footing.first_call(member, rival, view);
            let aware_of_us = network.person_at(person).aware_of_us();
            let to_rival = matches!(would_call, FirstCall::Rival { .. });
            let unaware = aware_of_us == Some(false);
            if footing.is_reached(member) && !to_rival && !unaware {
                continue;
            }
            let power = standing.power(member);
            // A call that goes elsewhere is likely, not certain; where nobody is called it may yet come to us.
            let shortfall =
                if unaware || to_rival { 0.75 } else { footing.reach(member).complement().get() * 0.5 };
            let rival = rival
                .and_then(|(rival, _)| network.ties().find(person, rival))
                .map(|tie| situation.tie_fact(person, tie));
            let at_rival = rival.as_ref().map_or(Share::ZERO, |tie| tie.opinion.belief);
            let is_first = footing.is_reached(member) && !to_rival;
            let earn = (!is_first).then(|| Remedy::EarnTrust {
                who: vec![situation.name(member)],
                trusts: situation.candidates_for(member),
                level: view.settings().levels.reached.max(at_rival),
            });
            let remedy = if unaware {
                Some(Remedy::TellThem { person: situation.name(member), then: earn.map(Box::new) })
            } else {
                earn
            };
            let mut draft = situation
                .about(
                    member,
                    self.id(),
                    Family::Reach,
                    Reason::FirstCallAtRisk { power, would_call, aware_of_us },
                )
                .shortfall(shortfall)
                .ties(rival)
                .threshold("levels.reached", view.settings().levels.reached, "own")
                .remedies(remedy);
            if aware_of_us.is_none() {
                draft = draft.missing("people.aware_of_us", Some(situation.name(member)));
            }
            found.push(draft.done());
        }
    }
}
