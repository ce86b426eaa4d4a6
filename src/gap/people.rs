//! Those who were for us, or whom we knew, and are gone.

use super::contact::{is_champion, whole};
use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::day::Day;
use crate::network::{PersonIx, PersonRecord};
use crate::power::Standing;
use crate::record::Support;

pub(super) const DETECTORS: &[&dyn Detector] = &[&ChampionLeft, &ReplacedPower];

/// Whoever left within so many days before the day, with their last day.
fn left_within<'s>(situation: &'s Situation<'_>, days: i32) -> impl Iterator<Item = (PersonIx, Day)> + 's {
    let view = situation.view();
    let network = view.network();
    situation.customer().block().filter_map(move |person| {
        let last = network.person_at(person).ended_on()?;
        let gone_for = view.day().days_since(last);
        (1..=days).contains(&gone_for).then_some((person, last))
    })
}

/// How firmly somebody stands for us: 2 a champion, 1 a supporter, 0 everybody else.
fn firmness(person: PersonRecord<'_>) -> u8 {
    if is_champion(person) { 2 } else { u8::from(person.support() == Some(Support::Supporter)) }
}

struct ChampionLeft;

impl Detector for ChampionLeft {
    fn id(&self) -> &'static str {
        "champion_left"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let days = whole(view.settings().gaps.champion_days);
        for (person, last) in left_within(situation, days) {
            let record = network.person_at(person);
            let firm = firmness(record);
            if firm == 0 || stands_for_us(situation, firm) {
                continue;
            }
            found.push(self.gap(situation, person, last, firm));
        }
    }
}

/// Whether somebody there trusts us at level live and stands for us as firmly.
fn stands_for_us(situation: &Situation<'_>, firm: u8) -> bool {
    let (footing, standing) = (situation.footing(), situation.standing());
    let person = |member| situation.view().network().person_at(standing.person(member));
    standing.members().any(|member| firmness(person(member)) >= firm && footing.is_live(member))
}

impl ChampionLeft {
    fn gap(&self, situation: &Situation<'_>, person: PersonIx, last: Day, firm: u8) -> Gap {
        let view = situation.view();
        let (footing, standing) = (situation.footing(), situation.standing());
        let then = Standing::on(situation.customer(), last);
        let power = then.place(person).map(|place| then.power(place)).unwrap_or_default();
        let threads = standing.members().filter(|&member| footing.is_live(member)).take(2).count();
        let single_threaded = threads < 2;
        // The one who could best follow: who trusts us, or else the most powerful.
        let mut others: Vec<usize> = standing.members().collect();
        others.sort_by_key(|&member| (!footing.is_live(member), std::cmp::Reverse(standing.power(member))));
        let remedy = others.first().map(|&member| {
            let earn = (!footing.is_live(member)).then(|| Remedy::EarnTrust {
                who: vec![situation.name(member)],
                trusts: situation.candidates_for(member),
                level: view.settings().levels.live,
            });
            let (person, as_champion) = (situation.name(member), firm == 2);
            Remedy::WinOver { person, as_champion, then: earn.map(Box::new) }
        });
        let reason = Reason::ChampionLeft { last, power, champion: firm == 2, single_threaded };
        let draft = situation
            .draft(self.id(), Family::People, reason)
            .person(view.name(person))
            .threshold(
                "gaps.champion_days",
                view.settings().gaps.champion_days.get(),
                "UserGems-style tracking",
            )
            .remedies(remedy);
        // With one thread left or none, it is not their power alone that is lost.
        let draft = if single_threaded { draft.shortfall(0.6) } else { draft.stake(power).shortfall(0.6) };
        if others.is_empty() {
            draft.missing("people: nobody else at this customer is known", None).done()
        } else {
            draft.done()
        }
    }
}

struct ReplacedPower;

impl Detector for ReplacedPower {
    fn id(&self) -> &'static str {
        "replaced_power"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let (footing, standing) = (situation.footing(), situation.standing());
        let days = whole(view.settings().gaps.replaced_days);
        for member in situation.key_players().filter(|&member| !footing.is_reached(member)) {
            let record = network.person_at(standing.person(member));
            let (Some(title), Some(started)) = (record.title(), record.started_on()) else { continue };
            if view.day().days_since(started) > days {
                continue;
            }
            // Somebody else left the same post not long before they came, or soon after.
            let same_post = |other: PersonRecord<'_>| {
                other.title() == Some(title) && other.department() == record.department()
            };
            let mut before = left_within(situation, days.saturating_mul(2)).filter(|&(other, last)| {
                other != standing.person(member)
                    && same_post(network.person_at(other))
                    && started.days_since(last).abs() <= days
            });
            let Some((other, last)) = before.next() else { continue };
            let power = standing.power(member);
            let reason = Reason::ReplacedPower {
                power,
                title: title.into(),
                before: view.name(other),
                last,
                since: started,
            };
            found.push(
                situation
                    .about(member, self.id(), Family::People, reason)
                    .shortfall(footing.reach(member).complement().get() * 0.8)
                    .people([view.name(other)])
                    .threshold("gaps.replaced_days", view.settings().gaps.replaced_days.get(), "own")
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
