//! Our own house.

use super::contact::whole;
use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::network::PersonIx;
use crate::record::{InteractionKind, InteractionStatus};
use crate::share::Share;
use crate::text::Text;
use crate::trust::Opinion;

pub(super) const DETECTORS: &[&dyn Detector] = &[&InternalGate, &IntroducerOverload];

/// Those of the account team who do not trust its owner at level live, as far as is known: every chain through them is
/// weaker than it looks.
pub(crate) fn weak_ties(situation: &Situation<'_>) -> Vec<(PersonIx, PersonIx, Opinion)> {
    let view = situation.view();
    let Some(owner) = situation.customer().owner() else { return Vec::new() };
    let live = view.settings().levels.live;
    let team = situation.footing().account_team().iter().filter(|&&one| one != owner);
    let opinions = team.map(|&one| (one, owner, view.opinion_between(one, owner)));
    opinions.filter(|(.., opinion)| opinion.belief < live).collect()
}

struct InternalGate;

impl Detector for InternalGate {
    fn id(&self) -> &'static str {
        "internal_gate"
    }

    /// Where nothing at all is known between two of ours, that is no finding: the checkup is marked provisional.
    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let view = situation.view();
        let live = view.settings().levels.live;
        for (one, owner, opinion) in weak_ties(situation) {
            let tie = view.network().ties().find(one, owner);
            let Some(tie) = tie.filter(|_| !opinion.evidence.is_none()) else { continue };
            let reason = Reason::InternalGate { owner: view.name(owner), belief: opinion.belief };
            found.push(
                situation
                    .draft(self.id(), Family::Inside, reason)
                    .stake(leaning_on(situation, one))
                    .shortfall(0.4)
                    .people(situation.names([one, owner]))
                    .ties([situation.tie_fact(one, tie)])
                    .threshold("levels.live", live, "own")
                    .remedy(Remedy::EarnTrust {
                        who: situation.names([one]),
                        trusts: situation.names([owner]),
                        level: live,
                    })
                    .done(),
            );
        }
    }
}

/// The part of the customer's power that trusts one of ours.
fn leaning_on(situation: &Situation<'_>, one: PersonIx) -> Share {
    let (footing, standing) = (situation.footing(), situation.standing());
    let colleague = footing.colleagues().iter().find(|colleague| colleague.person == one);
    let parts = colleague.into_iter().flat_map(|colleague| footing.known_by(colleague));
    let sum = parts.map(|(member, tie)| standing.power(member).get() * tie.opinion.belief.get()).sum();
    Share::clamped(sum)
}

struct IntroducerOverload;

impl Detector for IntroducerOverload {
    fn id(&self) -> &'static str {
        "introducer_overload"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (view, standing) = (situation.view(), situation.standing());
        let network = view.network();
        let settings = &view.settings().gaps;
        let most = settings.open_asks.get() as usize;
        for member in standing.members() {
            let person = standing.person(member);
            if network.diary(person).len() <= most {
                continue;
            }
            let asks = open_asks(situation, person, whole(settings.asks_days));
            if asks.len() <= most {
                continue;
            }
            let ids = |asks: &[u32]| -> Vec<Text> {
                asks.iter().map(|&at| network.interaction_at(at).id.clone()).collect()
            };
            let reason = Reason::IntroducerOverload { asks: asks.len(), days: settings.asks_days.get() };
            found.push(
                situation
                    .draft(self.id(), Family::Inside, reason)
                    .stake(standing.power(member))
                    .shortfall(0.2)
                    .person(situation.name(member))
                    .evidence(asks.iter().rev().take(5).map(|&at| situation.dated(at)))
                    .threshold("gaps.open_asks", settings.open_asks.get(), "own")
                    // The latest wait.
                    .remedy(Remedy::TakeBackAsks {
                        person: situation.name(member),
                        asks: ids(asks.get(most..).unwrap_or_default()),
                    })
                    .done(),
            );
        }
    }
}

/// Introductions that somebody was asked for within so many days and that are neither made nor declined, oldest first:
/// planned, or unanswered.
fn open_asks(situation: &Situation<'_>, person: PersonIx, days: i32) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let is_open = |&at: &u32| {
        let record = network.interaction_at(at);
        let away = view.day().days_since(record.at.day());
        let is_known = away >= 0 || situation.knows_plans();
        record.kind == Some(InteractionKind::Introduction)
            && matches!(record.status, InteractionStatus::Planned | InteractionStatus::Unanswered)
            && is_known
            && away.abs() <= days
            && network.starter_of(at) == Some(person)
    };
    network.diary(person).iter().copied().filter(is_open).collect()
}
