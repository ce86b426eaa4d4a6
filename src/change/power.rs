//! Whose power rose or fell, by how much and why.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Both;
use super::people::there;
use crate::gap::Situation;
use crate::power::{PersonPower, PowerSource};
use crate::share::Share;
use crate::view::PersonRef;

/// A person whose power rose or fell by at least a twentieth of the whole, or who became or ceased to be a key
/// player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PowerChange {
    /// The person; there on both days.
    pub person: PersonRef,
    /// Their share of power.
    pub power: Both<Share>,
    /// Whether they are a key player.
    pub key_player: Both<bool>,
    /// The components of power that changed, the greatest step first, three at most.
    pub why: Vec<PowerPart>,
}

/// A component of a person's power that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PowerPart {
    /// The person who listens to them; their own formal weight when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listener: Option<PersonRef>,
    /// How much it adds to their power.
    pub share: Both<Share>,
}

/// Changes of power are reported from this step on.
const TELLING: f64 = 0.05;
/// Smaller steps than this are rounding.
const SAME: f64 = 1e-9;
/// How many components are shown.
const PARTS: usize = 3;

fn step(share: &Both<Share>) -> f64 {
    (share.after.get() - share.before.get()).abs()
}

impl PowerChange {
    /// The absolute change, 0..=1.
    pub fn step(&self) -> f64 {
        step(&self.power)
    }

    /// Whether it rose.
    pub fn rose(&self) -> bool {
        self.power.after > self.power.before
    }
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<PowerChange> {
    if !may_differ(both) {
        return Vec::new();
    }
    let (was, is) = (both.before.power(), both.after.power());
    let before: BTreeMap<&str, &PersonPower> =
        was.people.iter().map(|it| (it.person.id.as_str(), it)).collect();
    let mut all: Vec<PowerChange> = is
        .people
        .iter()
        .filter_map(|is| {
            let was = before.get(is.person.id.as_str())?;
            let power = Both { before: was.power, after: is.power };
            let key_player = Both { before: was.key_player, after: is.key_player };
            let is_reported = step(&power) >= TELLING - SAME || !key_player.is_same() && step(&power) > SAME;
            is_reported.then(|| PowerChange {
                person: is.person.clone(),
                power,
                key_player,
                why: parts(was, is),
            })
        })
        .collect();
    all.sort_by(|a, b| b.step().total_cmp(&a.step()).then_with(|| a.person.cmp(&b.person)));
    all
}

/// Whether anyone's power differs by more than rounding: saves computing the components of power.
fn may_differ(both: &Both<&Situation<'_>>) -> bool {
    let power_table = both.after.power_table();
    let network = both.after.view().network();
    power_table.members().any(|member| {
        let person = network.person_at(power_table.person(member));
        let before = both.before.view().network().person_ix(person.id());
        let place = before.and_then(|before| both.before.power_table().place(before));
        let was = place.map(|place| both.before.power_table().power(place));
        was.is_some_and(|was| (was.get() - power_table.power(member).get()).abs() > SAME)
    }) && both.after.customer().people().any(|person| there(both.before, person.id()).is_some())
}

fn parts(was: &PersonPower, is: &PersonPower) -> Vec<PowerPart> {
    let mut parts: BTreeMap<Option<&PersonRef>, Both<Share>> = BTreeMap::new();
    let nothing = || Both { before: Share::ZERO, after: Share::ZERO };
    for source in &was.sources {
        parts.entry(listener(source)).or_insert_with(nothing).before = source.share();
    }
    for source in &is.sources {
        parts.entry(listener(source)).or_insert_with(nothing).after = source.share();
    }
    let mut parts: Vec<PowerPart> = parts
        .into_iter()
        .filter(|(_, share)| step(share) > SAME)
        .map(|(listener, share)| PowerPart { listener: listener.cloned(), share })
        .collect();
    let order = |a: &PowerPart, b: &PowerPart| -> Ordering { step(&b.share).total_cmp(&step(&a.share)) };
    parts.sort_by(|a, b| order(a, b).then_with(|| a.listener.cmp(&b.listener)));
    parts.truncate(PARTS);
    parts
}

fn listener(source: &PowerSource) -> Option<&PersonRef> {
    match source {
        PowerSource::Formal { .. } => None,
        PowerSource::ListenedToBy { person, .. } => Some(person),
    }
}
