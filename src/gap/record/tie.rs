//! What is not known of somebody whose ties make them matter, and ties that are rated otherwise than they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::evidence::{Basis, EvidenceKind, fold};
use crate::gap::finding::{Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::power::is_unknown;
use crate::reach::ToUs;
use crate::settings::Levels;
use crate::share::Share;
use crate::trust::Opinion;

/// Somebody of whom neither role, level nor power is known, and whom a key player trusts at level live, reports to, or is
/// said to listen to. The findings rank what to find out next, by the power of these key players.
pub(super) struct UnknownAttribute;

impl Detector for UnknownAttribute {
    fn id(&self) -> &'static str {
        "unknown_attribute"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        if !situation.levels().iter().any(Option::is_none) {
            // Only somebody without a level is unknown.
            return;
        }
        let mut heard: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for key in situation.key_players() {
            for member in heard_by(situation, key) {
                heard.entry(member).or_default().push(key);
            }
        }
        for (member, keys) in heard {
            let power: f64 = keys.iter().map(|&key| standing.power(key).get()).sum();
            let heard_by: Vec<_> = keys.iter().map(|&key| situation.name(key)).collect();
            let reason =
                Reason::UnknownAttribute { heard_by: heard_by.clone(), power: Share::clamped(power) };
            let whom = standing.person(member);
            let ties = keys.iter().filter_map(|&key| {
                let (key, view) = (standing.person(key), situation.view());
                // On a day before anything happened between the two there is no tie yet.
                let tie =
                    view.network().ties().find(key, whom).filter(|&tie| !view.evidence(tie).is_none())?;
                Some(situation.tie_fact(key, tie))
            });
            let fields = ["people.roles", "people.seniority", "people.power"];
            let mut draft = situation
                .draft(self.id(), Family::Record, reason)
                .stake(power)
                .shortfall(0.1)
                .person(situation.name(member))
                .people(heard_by)
                .ties(ties)
                .threshold("levels.live", situation.view().settings().levels.live, "own");
            for field in fields {
                draft = draft.missing(field, Some(situation.name(member)));
            }
            let any_of = fields.map(Cow::Borrowed).to_vec();
            found.push(draft.remedy(Remedy::FindOut { person: situation.name(member), any_of }).done());
        }
    }
}

/// Whom a key player trusts at level live, reports to or is said to listen to, of those of whom nothing tells how much
/// they decide; each once.
fn heard_by(situation: &Situation<'_>, key: usize) -> Vec<usize> {
    let (view, standing) = (situation.view(), situation.standing());
    let network = view.network();
    let person = standing.person(key);
    let live = view.settings().levels.live;
    // Who is unknown is seen at once, what somebody thinks of them is not.
    let is_wanted = |&member: &usize| {
        member != key && !standing.decides(member) && is_unknown(network.person_at(standing.person(member)))
    };
    let trusted = network.ties().of(person).filter_map(|tie| {
        let place = standing.place(network.ties().trusted(tie)).filter(is_wanted)?;
        (view.opinion(tie).belief >= live).then_some(place)
    });
    let listened =
        network.listening(person).iter().filter(|tie| tie.since <= view.day() && view.day() <= tie.until);
    let above = network.manager_of(person).into_iter().chain(listened.map(|tie| tie.to));
    let above = above.filter_map(|person| standing.place(person)).filter(is_wanted);
    let mut all: Vec<usize> = trusted.chain(above).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A score or other judgement of a tie to one of ours, against what happened between the two, where that is enough to tell.
pub(super) struct RatingConflict;

impl Detector for RatingConflict {
    fn id(&self) -> &'static str {
        "rating_conflict"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let footing = situation.footing();
        let ties = situation.view().network().ties();
        for member in situation.standing().members() {
            for tie in footing.to_us(member).iter().filter(|tie| ties.is_rated_and_observed(tie.tie)) {
                if let Some(gap) = self.of(situation, member, tie) {
                    found.push(gap);
                }
            }
        }
    }
}

impl RatingConflict {
    fn of(&self, situation: &Situation<'_>, member: usize, tie: &ToUs) -> Option<Gap> {
        let view = situation.view();
        let settings = view.settings();
        let stated = stated(situation, tie)?;
        let observed = view.items(tie.tie).filter(|item| item.kind.basis() == Basis::Observed);
        let evidence = fold(observed, view.day(), &settings.evidence).evidence();
        let enough = settings.gaps.rating_evidence.get();
        if evidence.supporting + evidence.against < enough {
            return None;
        }
        let evidenced = Opinion::of(evidence, settings).expected;
        let bands = band(stated, &settings.levels).abs_diff(band(evidenced, &settings.levels));
        if bands < settings.gaps.rating_bands.get() {
            return None;
        }
        let trusts = view.name(tie.colleague);
        let reason = Reason::RatingConflict { trusts: trusts.clone(), stated, evidenced, bands };
        Some(
            situation
                .about(member, self.id(), Family::Record, reason)
                .shortfall(situation.short(member, 0.05 * f64::from(bands)))
                .person(trusts.clone())
                .threshold("gaps.rating_bands", settings.gaps.rating_bands.get(), "own")
                .remedy(Remedy::CorrectScore { who: situation.name(member), trusts, strength: evidenced })
                .done(),
        )
    }
}

/// What is stated of a tie: the mean of the scores, or else the share of what is stated in its favour. None where that
/// speaks of distrust or nothing.
fn stated(situation: &Situation<'_>, tie: &ToUs) -> Option<Share> {
    let view = situation.view();
    let (mut scores, mut count, mut supporting, mut against) = (0.0, 0.0, 0.0, 0.0);
    for item in view.items(tie.tie) {
        let amount = f64::from(item.amount);
        match item.kind {
            EvidenceKind::Scored => {
                scores += amount;
                count += 1.0;
            }
            EvidenceKind::StatedFor => supporting += amount,
            EvidenceKind::StatedAgainst => against += amount,
            _ => {}
        }
    }
    if count > 0.0 {
        return Some(Share::clamped(scores / count));
    }
    let all = supporting + against;
    (all > 0.0).then(|| Share::clamped(supporting / all))
}

/// The bands end at the levels. A score is kept in 32 bits, so a hair below a level counts as there.
fn band(strength: Share, levels: &Levels) -> u32 {
    let ends = [levels.live, levels.reached, levels.strong].into_iter();
    ends.map(|level| u32::from(strength.get() + 1e-6 >= level.get())).sum()
}
