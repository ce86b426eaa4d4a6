//! A key player who would not call us first, or does not know that we are their provider.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::reach::{FirstCall, rival_of, told_of_rival};
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A key player who would not call us first, or does not know that we are their provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstCallAtRisk {
    /// Their share of power.
    pub power: Share,
    /// Who they would call first.
    pub would_call: FirstCall,
    /// Whether they know that we are their provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware_of_us: Option<bool>,
}

/// When `first_call_at_risk` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall where the first call goes to a competitor, or where they do not know us. Default 0.75: likely,
    /// not certain (own).
    pub elsewhere: Share,
    /// Shortfall where they would call none of our staff, times what reach lacks. Default 0.5 (own).
    pub nowhere: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { elsewhere: share(750), nowhere: share(500) }
    }
}

impl Kind for FirstCallAtRisk {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "first_call_at_risk",
        Family::Reach,
        Nature::Shortfall,
        "a key player that no one on our team reaches, who trusts a rival's person more, or who does not know of us",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let network = view.network();
        for member in situation.key_players() {
            let person = power_table.person(member);
            if told_of_rival(person, view).is_some() {
                continue;
            }
            let rival = rival_of(person, view);
            let would_call = coverage_table.first_call(member, rival, view);
            let aware_of_us = network.person_at(person).aware_of_us();
            let to_rival = matches!(would_call, FirstCall::Rival { .. });
            let unaware = aware_of_us == Some(false);
            if coverage_table.is_reached(member) && !to_rival && !unaware {
                continue;
            }
            let power = power_table.power(member);
            // A call to a competitor is likely, not certain; where they would call no one, it may still come to
            // us.
            let shortfall = if unaware || to_rival {
                settings.elsewhere.get()
            } else {
                coverage_table.reach(member).complement().get() * settings.nowhere.get()
            };
            let rival = rival
                .and_then(|(rival, _)| network.ties().find(person, rival))
                .map(|tie| situation.tie_fact(person, tie));
            let at_rival = rival.as_ref().map_or(Share::ZERO, |tie| tie.opinion.belief);
            let is_first = coverage_table.is_reached(member) && !to_rival;
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
            let mut builder = situation
                .about(member, Self { power, would_call, aware_of_us })
                .shortfall(shortfall)
                .ties(rival)
                .threshold("levels.reached", view.settings().levels.reached, "own")
                .remedies(remedy);
            if aware_of_us.is_none() {
                builder = builder.missing("people.aware_of_us", Some(situation.name(member)));
            }
            findings.push(builder.done());
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, would_call, aware_of_us } = self;

        write!(words, "{} ({} of the decision) ", who, Percent(*power))?;
        match (aware_of_us, would_call) {
            (Some(false), _) => words.write_str("does not know that we are their provider"),
            (_, FirstCall::Rival { person }) => {
                write!(words, "would call {person}, a rival's person, first")
            }
            (_, FirstCall::Unclear) => words.write_str("would call several of us, and none for sure"),
            (_, FirstCall::NoOne) => words.write_str("would call no one on our team first"),
            (_, FirstCall::Staff { person }) => {
                write!(words, "would call {person} first, but does not trust them enough to count on it")
            }
        }
    }
}
