//! A competitor's supporter has more power than any of our supporters.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::reach::rival_of;
use crate::record::Support;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A competitor's supporter has more power than any of our supporters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CounterChampion {
    /// Their share of power.
    pub power: Share,
    /// The competitor's person they trust.
    pub rival: PersonRef,
    /// Their belief in that person.
    pub belief: Share,
    /// The power of our most powerful supporter; 0 where there is none.
    pub ours: Share,
}

/// When `counter_champion` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall. Default 0.5 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(500) }
    }
}

impl Kind for CounterChampion {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "counter_champion",
        Family::Rivals,
        Nature::Shortfall,
        "a person who trusts a rival more than us has more power than anyone who is for us",
        "MEDDICC",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (view, power_table, coverage_table) =
            (situation.view(), situation.power_table(), situation.coverage_table());
        let network = view.network();
        let live = view.settings().levels.live;
        let trusts_us = |member: MemberIx| {
            coverage_table.most_trusted(member).map_or(Share::ZERO, |tie| tie.opinion.belief)
        };
        let with_them = |member: MemberIx| -> Option<(MemberIx, PersonIx, Share)> {
            let (rival, opinion) = rival_of(power_table.person(member), view)?;
            let theirs = opinion.belief >= live && opinion.belief > trusts_us(member);
            theirs.then_some((member, rival, opinion.belief))
        };
        let theirs: Vec<(MemberIx, PersonIx, Share)> = power_table.members().filter_map(with_them).collect();
        // Among equals the first.
        let most = theirs.iter().rev().max_by_key(|(member, ..)| power_table.power(*member));
        let Some(&(member, rival, belief)) = most else { return };
        let power = power_table.power(member);
        let with_us = |member: &MemberIx| {
            let support = network.person_at(power_table.person(*member)).support();
            let against = matches!(support, Some(Support::Sceptic | Support::Opponent));
            let is_theirs = theirs.binary_search_by_key(member, |(member, ..)| *member).is_ok();
            !is_theirs && !against && trusts_us(*member) >= live
        };
        let ours = power_table.members().filter(with_us).map(|member| power_table.power(member)).max();
        let ours = ours.unwrap_or(Share::ZERO);
        if power <= ours {
            return;
        }
        let figures = Self { power, rival: view.name(rival), belief, ours };
        findings.push(
            situation
                .about(member, figures)
                .shortfall(settings.shortfall)
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

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, rival, belief, ours } = self;

        let power = Percent(*power);
        write!(
            words,
            "{who} trusts {rival}, a rival's person, at {belief:.2} and holds {power} of the decision"
        )?;
        if *ours > Share::ZERO {
            write!(words, "; the most powerful who is for us holds {}", Percent(*ours))
        } else {
            words.write_str("; no one there is for us")
        }
    }
}
