//! A key player whose best path is blocked.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, NoSettings, Sentence, Subject};
use crate::gap::phrase::{Because, Name};
use crate::gap::remedy::Remedy;
use crate::introduction::Miss;
use crate::path::{PathQuery, best};
use crate::share::Share;
use crate::view::PersonRef;

/// A key player whose best path is blocked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PathBlocked {
    /// Their share of power.
    pub power: Share,
    /// Proven strength of the blocked path.
    pub blocked: Share,
    /// What blocks it.
    pub misses: Vec<Miss>,
    /// Proven strength of the best usable path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Share>,
}

impl Kind for PathBlocked {
    type Settings = NoSettings;

    const ENTRY: Entry<'static> = Entry::new(
        "path_blocked",
        Family::Path,
        Nature::Shortfall,
        "the best path runs through a person to avoid, gone or distrusted",
        "own",
    );

    fn detect(situation: &Situation<'_>, _: &NoSettings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let warm = view.settings().levels.warm;
        for member in situation.key_players().filter(|&member| !coverage_table.is_reached(member)) {
            if !coverage_table.may_be_barred(member, view) {
                continue;
            }
            let person = power_table.person(member);
            let floor = coverage_table.least_of_interest(member, view).max(warm.get());
            let anyhow = PathQuery { regardless: true, floor, ..PathQuery::to(person, view) };
            let Some(barred) = best(view, &anyhow).path else { continue };
            let next = coverage_table.path(member, view);
            if next.is_some_and(|next| next.proven >= barred.proven) {
                continue;
            }
            let asking: Vec<&str> =
                barred.people.iter().rev().map(|&person| view.network().person_at(person).id()).collect();
            let Ok(path) = view.path(asking) else { continue };
            let misses: Vec<Miss> =
                path.hops.iter().rev().flat_map(|hop| hop.obstacles.iter().cloned()).collect();
            let lost = barred.proven - next.map_or(0.0, |next| next.proven);
            let power = power_table.power(member);
            let figures = Self {
                power,
                blocked: Share::clamped(barred.proven),
                misses: misses.clone(),
                next: next.map(|next| Share::clamped(next.proven)),
            };
            findings.push(
                situation
                    .gap(figures)
                    .stake(power)
                    .shortfall(coverage_table.reach(member).complement().get() * lost / barred.proven)
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

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { blocked, misses, next, .. } = self;

        write!(words, "the best path to {} (strength {blocked:.2}) is barred{}", who, Because(misses))?;
        match next {
            Some(next) => write!(words, "; the next best has {next:.2}"),
            None => words.write_str("; there is no other"),
        }
    }
}
