//! Too much that hangs on too few.

use std::collections::BTreeMap;

use super::finding::{Family, Gap};
use super::reason::Reason;
use super::remedy::Remedy;
use super::{Detector, Situation};
use crate::network::PersonIx;
use crate::reach::{Colleague, State};
use crate::route::{Quest, best};
use crate::share::Share;
use crate::view::PersonRef;

pub(super) const DETECTORS: &[&dyn Detector] = &[
    &SingleThreadedCustomer,
    &SingleThreadedTeam,
    &DominantContact,
    &KeyPersonDependency,
    &BridgeDependency,
];

/// How far short one thread is where two are needed: a risk, so less than a powerful person who is not reached at all.
const THREADS_SHORT: f64 = 0.4;

/// A tie of any of these people of theirs to ours would do; the three most powerful are named.
fn another_tie(situation: &Situation<'_>, would_do: impl Fn(usize) -> bool, level: Share) -> Option<Remedy> {
    let standing = situation.standing();
    let mut others: Vec<usize> = standing.members().filter(|&member| would_do(member)).collect();
    others.sort_by_key(|&member| std::cmp::Reverse(standing.power(member)));
    let trusts = situation.candidates_for(*others.first()?);
    let who: Vec<PersonRef> = others.into_iter().take(3).map(|member| situation.name(member)).collect();
    Some(Remedy::EarnTrust { who, trusts, level })
}

struct SingleThreadedCustomer;

impl Detector for SingleThreadedCustomer {
    fn id(&self) -> &'static str {
        "single_threaded_customer"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let level = situation.view().settings().levels.live;
        let mut live = standing.members().filter(|&member| footing.is_live(member));
        let (Some(contact), None) = (live.next(), live.next()) else { return };
        let reason =
            Reason::SingleThreadedCustomer { contact: situation.name(contact), known: standing.len() };
        let mut draft = situation
            .about(contact, self.id(), Family::Threading, reason)
            // Of the power that is not the contact's own, everything we could reach hangs on this one thread.
            .stake(standing.power(contact).complement())
            .shortfall(THREADS_SHORT)
            .threshold("levels.live", level, "Breadbox: score over 30");
        match another_tie(situation, |member| member != contact, level) {
            Some(remedy) => draft = draft.remedy(remedy),
            None => draft = draft.missing("people: nobody else at this customer is known", None),
        }
        found.push(draft.done());
    }
}

struct SingleThreadedTeam;

impl Detector for SingleThreadedTeam {
    fn id(&self) -> &'static str {
        "single_threaded_team"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let settings = situation.view().settings();
        if standing.len() == 0 {
            return;
        }
        let needed = settings.gaps.team_threads.get();
        let live = footing.colleagues().iter().filter(|one| one.live_ties > 0).map(|one| one.person);
        let live: Vec<PersonIx> = live.take(needed as usize).collect();
        if live.len() >= needed as usize {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "fewer than a handful")]
        let shortfall = (1.0 - live.len() as f64 / f64::from(needed)) * 2.0 * THREADS_SHORT;
        let colleagues = situation.names(live.iter().copied());
        let mut remedy = another_tie(situation, |_| true, settings.levels.live);
        if let Some(Remedy::EarnTrust { trusts, .. }) = &mut remedy {
            // One more of ours is needed, so those who are trusted already do not count.
            trusts.retain(|one| !colleagues.contains(one));
        }
        found.push(
            situation
                .draft(
                    self.id(),
                    Family::Threading,
                    Reason::SingleThreadedTeam { colleagues: colleagues.clone(), needed },
                )
                .shortfall(shortfall)
                .people(colleagues)
                .threshold("gaps.team_threads", needed, "FunnelStory")
                .remedies(remedy)
                .done(),
        );
    }
}

struct DominantContact;

impl Detector for DominantContact {
    fn id(&self) -> &'static str {
        "dominant_contact"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let settings = situation.view().settings();
        let coverage = footing.coverage().proven.get();
        // With one person known there is nobody else to rest on: that is another gap.
        if coverage <= 0.0 || standing.len() < 2 {
            return;
        }
        for member in standing.members() {
            let part = standing.power(member).get() * footing.reach(member).get();
            let share = Share::clamped(part / coverage);
            if share < settings.gaps.dominant_share {
                continue;
            }
            // Enough must come from somebody else that the share falls below the threshold.
            let level = settings.levels.reached;
            let would_do = |other: usize| {
                let more = (level.get() - footing.reach(other).get()).max(0.0);
                let with = coverage + standing.power(other).get() * more;
                other != member && part < settings.gaps.dominant_share.get() * with
            };
            found.push(
                situation
                    .about(member, self.id(), Family::Threading, Reason::DominantContact { share })
                    .stake(coverage)
                    .shortfall(share)
                    .threshold("gaps.dominant_share", settings.gaps.dominant_share, "own")
                    .remedies(another_tie(situation, would_do, level))
                    .done(),
            );
        }
    }
}

struct KeyPersonDependency;

impl Detector for KeyPersonDependency {
    fn id(&self) -> &'static str {
        "key_person_dependency"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let footing = situation.footing();
        let settings = situation.view().settings();
        let coverage = footing.coverage().proven;
        let fall = settings.gaps.dependency_fall.get() * coverage.get();
        // Nearly everybody can be spared, and is seen to be so without adding up what would be left.
        let doubtful = |colleague: &&Colleague| {
            footing.stranded_without(colleague).next().is_some()
                || coverage > Share::ZERO && footing.may_lose(colleague, fall)
        };
        let colleagues: Vec<&Colleague> = footing.colleagues().iter().filter(doubtful).collect();
        for (colleague, left) in colleagues.iter().zip(footing.without(&colleagues)) {
            let lost = coverage.get() - left.coverage.get();
            let falls = coverage > Share::ZERO && lost >= fall;
            if left.stranded.is_empty() && !falls {
                continue;
            }
            let leaning = leaning_on(situation, colleague);
            let heir = heir(situation, colleague, &leaning);
            let reason = Reason::KeyPersonDependency {
                coverage,
                without: left.coverage,
                stranded: situation.names(left.stranded.iter().copied()),
                heir: heir.map(|heir| situation.view().name(heir)),
            };
            let remedy = handing_over(situation, colleague, &left.stranded, &leaning, heir, left.coverage);
            let who = if left.stranded.is_empty() {
                leaning.into_iter().map(|member| situation.standing().person(member)).collect()
            } else {
                left.stranded
            };
            found.push(
                situation
                    .draft(self.id(), Family::Threading, reason)
                    .stake(Share::clamped(lost))
                    .person(situation.view().name(colleague.person))
                    .people(situation.names(who))
                    .threshold("gaps.dependency_fall", settings.gaps.dependency_fall, "own")
                    .remedies(remedy)
                    .done(),
            );
        }
    }
}

/// Those who trust one of ours at level live; where nobody does, those who trust them at all.
fn leaning_on(situation: &Situation<'_>, colleague: &Colleague) -> Vec<usize> {
    let footing = situation.footing();
    let live = situation.view().settings().levels.live;
    let from = |level: Share| -> Vec<usize> {
        let trusting = footing.known_by(colleague).filter(|(_, tie)| {
            let belief = tie.opinion.belief;
            belief > Share::ZERO && belief >= level
        });
        trusting.map(|(member, _)| member).collect()
    };
    let leaning = from(live);
    if leaning.is_empty() { from(Share::ZERO) } else { leaning }
}

/// Trust in the heir that makes somebody of ours dispensable: of those who would be stranded, or else of those who lean on
/// them, or else of everybody who trusts them; at the lowest level from reached on, in hundredths, that is enough.
fn handing_over(
    situation: &Situation<'_>,
    leaver: &Colleague,
    stranded: &[PersonIx],
    leaning: &[usize],
    heir: Option<PersonIx>,
    without: Share,
) -> Option<Remedy> {
    let (standing, settings) = (situation.standing(), situation.view().settings());
    let stranded: Vec<usize> = stranded.iter().filter_map(|&person| standing.place(person)).collect();
    let known_by: Vec<usize> = situation.footing().known_by(leaver).map(|(member, _)| member).collect();
    // Where no chain leads to an heir, one of the team; where there is no team, one whom they know.
    let footing = situation.footing();
    let team = footing.account_team().iter().copied();
    let heir = heir.or_else(|| {
        team.chain(footing.colleagues().iter().map(|it| it.person)).find(|&one| one != leaver.person)
    });
    let circles = [&stranded[..], leaning, &known_by[..]];
    let handover = Handover {
        situation,
        leaver: leaver.person,
        heir,
        with: footing.coverage().proven.get(),
        without: without.get(),
    };
    // Nobody who would be stranded may be left out.
    let has_all = |who: &[usize]| stranded.iter().all(|member| who.binary_search(member).is_ok());
    let circles = circles.into_iter().filter(|who| has_all(who));
    for who in circles.filter(|who| !who.is_empty()) {
        let levels = (0..100_u16).map(|hundredths| Share::thousandths(hundredths * 10));
        let mut levels = levels.filter(|&level| level >= settings.levels.reached);
        if let Some(level) =
            levels.find(|&level| handover.is_enough(who, level, settings.gaps.dependency_fall))
        {
            let names = situation.names(who.iter().map(|&member| standing.person(member)));
            return Some(Remedy::EarnTrustOfEach { who: names, trusts: situation.names(heir), level });
        }
    }
    None
}

/// Coverage with somebody of ours and without, as trust in an heir grows.
struct Handover<'s> {
    situation: &'s Situation<'s>,
    leaver: PersonIx,
    heir: Option<PersonIx>,
    /// As things are.
    with: f64,
    without: f64,
}

impl Handover<'_> {
    /// What one member adds to coverage, with the leaver and without, once they trust the heir at a level at least.
    fn parts(&self, member: usize, level: Share) -> (f64, f64) {
        let (mut all, mut others, mut in_heir) = (1.0, 1.0, level.get());
        for tie in self.situation.footing().to_us(member) {
            let belief = tie.opinion.belief.get();
            if Some(tie.colleague) == self.heir {
                in_heir = belief.max(in_heir);
                continue;
            }
            all *= 1.0 - belief;
            others *= if tie.colleague == self.leaver { 1.0 } else { 1.0 - belief };
        }
        let power = self.situation.standing().power(member).get();
        (power * (1.0 - all * (1.0 - in_heir)), power * (1.0 - others * (1.0 - in_heir)))
    }

    /// Whether coverage would fall by less than a share without the leaver if some came to trust the heir at a level.
    fn is_enough(&self, who: &[usize], level: Share, fall: Share) -> bool {
        let (mut with, mut without) = (self.with, self.without);
        for &member in who {
            let ((was, was_without), (is, is_without)) =
                (self.parts(member, Share::ZERO), self.parts(member, level));
            with += is - was;
            without += is_without - was_without;
        }
        // A hair less, so that rounding does not bring it back.
        with - without < fall.get() * with * (1.0 - 1e-6)
    }
}

/// Who of ours could best take over: at whom the best chains of those who lean on somebody end without them, by power
/// times strength.
fn heir(situation: &Situation<'_>, leaver: &Colleague, leaning: &[usize]) -> Option<PersonIx> {
    let (view, footing, standing) = (situation.view(), situation.footing(), situation.standing());
    let mut votes: BTreeMap<PersonIx, f64> = BTreeMap::new();
    for &member in leaning {
        let power = standing.power(member).get();
        if let Some((end, proven)) = footing.way_without(member, leaver.person, view) {
            *votes.entry(end).or_default() += power * proven;
        }
    }
    votes.into_iter().rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(heir, _)| heir)
}

struct BridgeDependency;

impl Detector for BridgeDependency {
    fn id(&self) -> &'static str {
        "bridge_dependency"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        // Only somebody on the best chain can be on every chain.
        let mut cut_off: BTreeMap<PersonIx, Vec<usize>> = BTreeMap::new();
        for member in situation.key_players().filter(|&member| footing.state(member, view) == State::Warm) {
            let Some(route) = footing.route(member, view) else { continue };
            for &bridge in route.between().iter().filter(|&&person| !view.network().is_staff(person)) {
                if footing.sure_way(member, bridge, view) >= warm.get() {
                    continue;
                }
                let around =
                    Quest { avoid: &[bridge], floor: warm.get(), ..Quest::to(standing.person(member), view) };
                if best(view, &around).route.is_none() {
                    cut_off.entry(bridge).or_default().push(member);
                }
            }
        }
        for (bridge, members) in cut_off {
            let trusts = members.first().map(|&member| situation.candidates_for(member)).unwrap_or_default();
            let level = situation.opens_a_way(&members, &trusts);
            let power: f64 = members.iter().map(|&member| standing.power(member).get()).sum();
            let behind: Vec<PersonRef> = members.iter().map(|&member| situation.name(member)).collect();
            found.push(
                situation
                    .draft(self.id(), Family::Threading, Reason::BridgeDependency { cut_off: behind.clone() })
                    .stake(power)
                    // They are warm and not reached, so what hangs on the bridge is a chance, not yet a relationship.
                    .shortfall(0.5)
                    .person(view.name(bridge))
                    .people(behind.clone())
                    .threshold("levels.warm", warm, "own")
                    .remedy(Remedy::EarnTrustOfEach { who: behind, trusts, level })
                    .done(),
            );
        }
    }
}
