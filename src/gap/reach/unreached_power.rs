//! A key player not reached by any of our staff.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, NoSettings, Sentence, Subject};
use crate::gap::phrase::{Name, Percent, all_of};
use crate::gap::remedy::Remedy;
use crate::reach::State;
use crate::share::Share;
use crate::view::PersonRef;

/// A key player not reached by any of our staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnreachedPower {
    /// Their share of power.
    pub power: Share,
    /// Proven reach.
    pub reach: Share,
    /// Upper bound of their reach.
    pub at_most: Share,
    /// Warm or cold.
    pub state: State,
    /// The colleagues they distrust.
    pub distrusts: Vec<PersonRef>,
}

impl Kind for UnreachedPower {
    type Settings = NoSettings;

    const ENTRY: Entry<'static> = Entry::new(
        "unreached_power",
        Family::Reach,
        Nature::Shortfall,
        "a key player who trusts no one on our team at level reached",
        "own; Affinity's bands (.4/.7) for comparison",
    );

    fn detect(situation: &Situation<'_>, _: &NoSettings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let view = situation.view();
        let levels = &view.settings().levels;
        for member in situation.key_players().filter(|&member| !coverage_table.is_reached(member)) {
            let power = power_table.power(member);
            let figures = Self {
                power,
                reach: coverage_table.reach(member),
                at_most: coverage_table.at_most(member),
                state: coverage_table.state(member, view),
                distrusts: situation.names(coverage_table.distrusted(member)),
            };
            findings.push(
                situation
                    .about(member, figures)
                    .shortfall(coverage_table.reach(member).complement())
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

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { power, reach, state, distrusts, .. } = self;

        let known = match state {
            State::InTouch => "we are in touch, but they trust no one on our team enough",
            State::Warm | State::Cold | State::Reached => "no one on our team reaches them",
        };
        write!(words, "{who} holds {} of the decision, and {known}", Percent(*power))?;
        if *reach > Share::ZERO {
            write!(words, " (reach {reach:.2})")?;
        }
        if !distrusts.is_empty() {
            write!(words, "; they distrust {}", all_of(distrusts))?;
        }
        words.write_str(match state {
            State::Warm => "; there is a warm path",
            State::Cold => "; there is no warm path",
            State::InTouch | State::Reached => "",
        })
    }
}
