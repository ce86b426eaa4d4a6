//! A person's power cannot be determined, and it matters.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, all_of};
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::power::is_unknown;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// A person's power cannot be determined, and it matters.
///
/// Neither role, level nor power of the person is on record, and a key player trusts them at the live level,
/// reports to them, or is recorded as listening to them. The findings rank what to find out next, by the power of
/// these key players.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnknownAttribute {
    /// The key players who trust them or listen to them.
    pub heard_by: Vec<PersonRef>,
    /// The power of these key players.
    pub power: Share,
}

/// When `unknown_attribute` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Shortfall: it is about our notes, not yet about the customer. Default 0.1 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { shortfall: share(100) }
    }
}

impl Kind for UnknownAttribute {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "unknown_attribute",
        Family::Record,
        Nature::Record,
        "a person whose power is not on record, trusted or listened to by a key player",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        if !situation.levels().iter().any(Option::is_none) {
            // Only people without a level are unknown.
            return;
        }
        let mut heard: BTreeMap<MemberIx, Vec<MemberIx>> = BTreeMap::new();
        for key in situation.key_players() {
            for member in heard_by(situation, key) {
                heard.entry(member).or_default().push(key);
            }
        }
        for (member, keys) in heard {
            let power: f64 = keys.iter().map(|&key| power_table.power(key).get()).sum();
            let heard_by: Vec<_> = keys.iter().map(|&key| situation.name(key)).collect();
            let figures = Self { heard_by: heard_by.clone(), power: Share::clamped(power) };
            let whom = power_table.person(member);
            let ties = keys.iter().filter_map(|&key| {
                let (key, view) = (power_table.person(key), situation.view());
                // On a day before anything happened between the two there is no tie yet.
                let tie =
                    view.network().ties().find(key, whom).filter(|&tie| !view.evidence(tie).is_none())?;
                Some(situation.tie_fact(key, tie))
            });
            let fields = ["people.roles", "people.seniority", "people.power"];
            let mut builder = situation
                .gap(figures)
                .stake(power)
                .shortfall(settings.shortfall)
                .person(situation.name(member))
                .people(heard_by)
                .ties(ties)
                .threshold("levels.live", situation.view().settings().levels.live, "own");
            for field in fields {
                builder = builder.missing(field, Some(situation.name(member)));
            }
            let any_of = fields.map(Cow::Borrowed).to_vec();
            findings.push(builder.remedy(Remedy::FindOut { person: situation.name(member), any_of }).done());
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { heard_by, .. } = self;

        let listen = if heard_by.len() == 1 { "listens" } else { "listen" };
        write!(
            words,
            "{} {listen} to {who}, and neither role, level nor power of theirs is known",
            all_of(heard_by)
        )
    }
}

/// The people a key player trusts at the live level, reports to or is recorded as listening to, among those whose
/// power cannot be determined; each once.
fn heard_by(situation: &Situation<'_>, key: MemberIx) -> Vec<MemberIx> {
    let (view, power_table) = (situation.view(), situation.power_table());
    let network = view.network();
    let person = power_table.person(key);
    let live = view.settings().levels.live;
    // Missing attributes are cheap to check; opinions are not.
    let is_wanted = |&member: &MemberIx| {
        member != key
            && !power_table.decides(member)
            && is_unknown(network.person_at(power_table.person(member)))
    };
    let trusted = network.ties().of(person).filter_map(|tie| {
        let place = power_table.place(network.ties().trusted(tie)).filter(is_wanted)?;
        (view.opinion(tie).belief >= live).then_some(place)
    });
    let listened =
        network.listening(person).iter().filter(|tie| tie.since <= view.day() && view.day() <= tie.until);
    let above = network.manager_of(person).into_iter().chain(listened.map(|tie| tie.to));
    let above = above.filter_map(|person| power_table.place(person)).filter(is_wanted);
    let mut all: Vec<MemberIx> = trusted.chain(above).collect();
    all.sort_unstable();
    all.dedup();
    all
}
