//! A key player's post has a new holder, not reached by any of our staff.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{left_within, whole};
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent};
use crate::gap::remedy::Remedy;
use crate::label::Label;
use crate::network::PersonRecord;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::text::Text;
use crate::view::PersonRef;

/// A key player's post has a new holder, not reached by any of our staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplacedPower {
    /// The new holder's share of power.
    pub power: Share,
    /// The title of the post.
    pub title: Text,
    /// The previous holder.
    pub before: PersonRef,
    /// The previous holder's last day.
    pub last: Day,
    /// The first day of the new holder.
    pub since: Day,
}

/// When `replaced_power` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The new holder joined within this many days, and the previous one left within this many days of that.
    /// Default 180 (own).
    pub days: Days,
    /// Shortfall, times what reach lacks. Default 0.8 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<180>(), shortfall: share(800) }
    }
}

impl Kind for ReplacedPower {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "replaced_power",
        Family::People,
        Nature::Event,
        "a key player that no one on our team reaches took over a post within 180 days",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let view = situation.view();
        let network = view.network();
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let days = whole(settings.days);
        for member in situation.key_players().filter(|&member| !coverage_table.is_reached(member)) {
            let record = network.person_at(power_table.person(member));
            let (Some(title), Some(started)) = (record.title(), record.started_on()) else { continue };
            if view.day().days_since(started) > days {
                continue;
            }
            // A different person left the same post shortly before they joined, or soon after.
            let same_post = |other: PersonRecord<'_>| {
                other.title() == Some(title) && other.department() == record.department()
            };
            let mut before = left_within(situation, days.saturating_mul(2)).filter(|&(other, last)| {
                other != power_table.person(member)
                    && same_post(network.person_at(other))
                    && started.days_since(last).abs() <= days
            });
            let Some((other, last)) = before.next() else { continue };
            let power = power_table.power(member);
            let figures = Self { power, title: title.into(), before: view.name(other), last, since: started };
            findings.push(
                situation
                    .about(member, figures)
                    .shortfall(coverage_table.reach(member).complement().get() * settings.shortfall.get())
                    .people([view.name(other)])
                    .threshold("gaps.replaced_power.days", settings.days.get(), "own")
                    .remedy(Remedy::EarnTrust {
                        who: vec![situation.name(member)],
                        trusts: situation.candidates_for(member),
                        level: view.settings().levels.reached,
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
        let Self { power, title, before, since, .. } = self;
        write!(
            words,
            "{who} took over as {} from {before} on {since} and holds {} of the decision; no one on our team reaches them",
            Label::new(title),
            Percent(*power)
        )
    }
}
