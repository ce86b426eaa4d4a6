//! The owner keeps trying without success, and a colleague is better placed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evidence::EvidenceKind;
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Times};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx, TieIx};
use crate::path::{FoundPath, Goal, PathQuery, best};
use crate::record::InteractionStatus;
use crate::settings::share;
use crate::share::{Count, Days, Share};
use crate::trust::Opinion;
use crate::view::PersonRef;

/// The owner keeps trying without success, and a colleague is better placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WrongOwner {
    /// The owner.
    pub owner: PersonRef,
    /// Number of attempts.
    pub tries: usize,
    /// The first attempt, if dated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Belief in the owner before the first attempt.
    pub before: Share,
    /// Belief in the owner now.
    pub now: Share,
    /// Proven strength of the owner's own best path; none when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Share>,
    /// The colleague.
    pub better: PersonRef,
    /// Proven strength of the colleague's path.
    pub proven: Share,
}

/// When `wrong_owner` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many attempts without a rise in belief. Default 3 (own).
    pub tries: Count,
    /// Attempts within this many days count. Default 730: years of trying are the point (own).
    pub days: Days,
    /// Shortfall, times what reach lacks and the lead of the better path. Default 0.75: a cause of not reaching
    /// them weighs less than that itself (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { tries: Count::of::<3>(), days: Days::of::<730>(), shortfall: share(750) }
    }
}

impl Kind for WrongOwner {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "wrong_owner",
        Family::Path,
        Nature::Event,
        "at least 3 tries by the owner without belief rising, while a colleague is better placed",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let Some(owner) = situation.customer().owner() else { return };
        let power_table = situation.power_table();
        for member in power_table.members() {
            if let Some(gap) = Self::of(situation, settings, owner, member) {
                findings.push(gap);
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { owner, tries, since, better, proven, own, .. } = self;

        write!(words, "{owner} has tried {} to reach {}", Times(*tries), who)?;
        if let Some(since) = since {
            write!(words, " since {since}")?;
        }
        write!(words, " without gaining trust; {better} is better placed ({proven:.2}")?;
        match own {
            Some(own) => write!(words, " against {own:.2})"),
            None => words.write_str(" against none)"),
        }
    }
}

impl WrongOwner {
    fn of(situation: &Situation<'_>, settings: &Settings, owner: PersonIx, member: MemberIx) -> Option<Gap> {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let person = power_table.person(member);
        let tie = view.network().ties().find(person, owner);
        let tries = tries(situation, settings, owner, person);
        if tie.is_none() && tries.is_empty() {
            return None;
        }
        let now = tie.map_or(Share::ZERO, |tie| view.opinion(tie).belief);
        if now >= view.settings().levels.reached {
            return None;
        }
        if tries.is_empty() && now > Share::ZERO {
            // Attempts that are only counted have no first day, so the belief before them is not known.
            return None;
        }
        let counted = tie.map_or(0, |tie| counted_against(situation, tie));
        let count = tries.len() + counted;
        if count < settings.tries.get() as usize {
            return None;
        }
        let since = tries.first().map(|&at| view.network().interaction_at(at).at.day());
        let before = tie.zip(since).map_or(Share::ZERO, |(tie, since)| {
            let fold = view.network().ties().refold(tie, since.plus_days(-1), &view.settings().evidence);
            Opinion::of(fold.evidence(), view.settings()).belief
        });
        if now > before {
            return None;
        }
        let own = best(view, &PathQuery { goal: Goal::Among(&[owner]), ..PathQuery::to(person, view) }).path;
        let anybody = PathQuery::to(person, view);
        let (better, proven) = match best(view, &anybody).path {
            Some(path) if path.end() != Some(owner) => (path.end()?, path.proven),
            _ => return None,
        };
        if own.as_ref().is_some_and(|own| own.proven >= proven) {
            return None;
        }
        let figures = Self {
            owner: view.name(owner),
            tries: count,
            since,
            before,
            now,
            own: own.map(|own: FoundPath| Share::clamped(own.proven)),
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
                .gap(figures)
                .stake(power_table.power(member))
                .shortfall(
                    coverage_table.reach(member).complement().get()
                        * (1.0 - now.get() / proven)
                        * settings.shortfall.get(),
                )
                .person(situation.name(member))
                .people([view.name(owner), view.name(better)])
                .ties(tie.map(|tie| situation.tie_fact(person, tie)))
                .evidence(tries.iter().rev().take(5).map(|&at| situation.dated(at)))
                .threshold("gaps.wrong_owner.tries", settings.tries.get(), "own")
                .remedy(remedy)
                .done(),
        )
    }
}

/// Interactions that the owner started with a person, in order of time.
fn tries(situation: &Situation<'_>, settings: &Settings, owner: PersonIx, person: PersonIx) -> Vec<u32> {
    let view = situation.view();
    let network = view.network();
    let days = i32::try_from(settings.days.get()).unwrap_or(i32::MAX);
    let tried = |&&at: &&u32| {
        let record = network.interaction_at(at);
        network.starter_of(at) == Some(owner)
            && record.status != InteractionStatus::Planned
            && (0..=days).contains(&view.day().days_since(record.at.day()))
    };
    network.activities(person).iter().filter(tried).copied().collect()
}

/// Attempts known only as counts: the number of declined meetings equivalent to the evidence against.
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
