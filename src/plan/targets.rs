//! The people a plan is made for, the paths to them, and everyone's capacity.

use std::collections::BTreeMap;

use super::packing::{Choice, Packing};
use super::{Ask, LeftOut, PlanSettings, Scarce, WhyLeftOut};
use crate::gap::{Gap, Remedy, Situation};
use crate::network::{CustomerIx, MemberIx, PersonIx};
use crate::path::{FoundPath, PathQuery, best};
use crate::record::{InteractionKind, InteractionStatus};
use crate::share::{Share, Weight};
use crate::text::Text;
use crate::view::{PersonRef, View};

/// Fixed-point scale: gains are summed as whole numbers, so that their order makes no difference.
const ONE: f64 = 1_099_511_627_776.0;

/// A person to be reached.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) person: PersonIx,
    pub(super) customer: CustomerIx,
    is_new: bool,
    pub(super) power: Share,
    pub(super) reach: Share,
    /// Customer's weight × power × (1 − reach).
    pub(super) stake: f64,
    gaps: Vec<Text>,
    /// The best path through each last introducer.
    pub(super) paths: Vec<FoundPath>,
    pub(super) gave_up: bool,
}

/// The people some gaps of a customer are about, if their trust is to be earned; in the order of positions.
pub(super) fn of(situation: &Situation<'_>, gaps: &[Gap]) -> Vec<Target> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let mut about: BTreeMap<MemberIx, Vec<Text>> = BTreeMap::new();
    for gap in gaps.iter().filter(|gap| gap.snoozed.is_none()) {
        if let Some(Remedy::EarnTrust { .. }) = gap.remedy
            && let Some(person) = gap.person().and_then(|id| view.network().person_ix(id))
            && let Some(member) = power_table.place(person)
        {
            about.entry(member).or_default().push(gap.id().into());
        }
    }
    if about.is_empty() {
        return Vec::new();
    }
    let is_new = situation.is_new_customer();
    let targets = about.into_iter().map(|(member, gaps)| {
        let (person, power, reach) =
            (power_table.person(member), power_table.power(member), coverage_table.reach(member));
        let (paths, gave_up) = paths(view, person);
        Target {
            person,
            customer: situation.customer().at(),
            is_new,
            power,
            reach,
            stake: situation.weight() * power.get() * reach.complement().get(),
            gaps,
            paths,
            gave_up,
        }
    });
    targets.collect()
}

/// The best path through each last introducer, and whether a search gave up.
fn paths(view: &View<'_>, target: PersonIx) -> (Vec<FoundPath>, bool) {
    let (mut paths, mut gave_up) = (Vec::new(), false);
    for tie in view.network().ties().of(target) {
        let outcome = best(view, &PathQuery { first: Some(tie), ..PathQuery::to(target, view) });
        gave_up |= outcome.gave_up;
        paths.extend(outcome.path);
    }
    (paths, gave_up)
}

impl Target {
    /// The gain of a path.
    pub(super) fn gain(&self, path: &FoundPath) -> Share {
        Share::clamped(self.stake * path.projected)
    }

    /// The path that gains most; the first among equals.
    pub(super) fn best(&self) -> Option<&FoundPath> {
        self.paths.iter().rev().max_by(|a, b| a.projected.total_cmp(&b.projected))
    }

    /// Everyone on a path, in the order of asking.
    pub(super) fn asking(view: &View<'_>, path: &FoundPath) -> Vec<PersonRef> {
        path.people.iter().rev().map(|&person| view.name(person)).collect()
    }

    fn customer(&self, view: &View<'_>) -> (Text, Text) {
        let customer = view.customer_at(self.customer);
        (customer.id().into(), customer.name().into())
    }

    pub(super) fn ask(&self, view: &View<'_>, path: &FoundPath) -> Ask {
        let (customer, customer_name) = self.customer(view);
        Ask {
            target: view.name(self.person),
            customer,
            customer_name,
            is_new: self.is_new,
            asking: Self::asking(view, path),
            proven: Share::clamped(path.proven),
            projected: Share::clamped(path.projected),
            power: self.power,
            reach: self.reach,
            gain: self.gain(path),
            gaps: self.gaps.clone(),
        }
    }

    pub(super) fn left_out(&self, view: &View<'_>, why: WhyLeftOut) -> LeftOut {
        let (customer, customer_name) = self.customer(view);
        let (target, stake) = (view.name(self.person), Share::clamped(self.stake));
        LeftOut { target, customer, customer_name, power: self.power, stake, why }
    }
}

/// The targets as a problem without people, and the owner of each stock.
pub(super) fn lay_out(
    view: &View<'_>,
    targets: &[Target],
    settings: &PlanSettings,
) -> (Packing, Vec<(PersonIx, Scarce)>) {
    let mut places: BTreeMap<(PersonIx, Scarce), usize> = BTreeMap::new();
    let mut stocks: Vec<(PersonIx, Scarce)> = Vec::new();
    let mut place = |person: PersonIx, of: Scarce| {
        *places.entry((person, of)).or_insert_with(|| {
            stocks.push((person, of));
            stocks.len() - 1
        })
    };
    let mut choices = Vec::with_capacity(targets.len());
    for target in targets {
        let way = |path: &FoundPath| {
            let mut takes: Vec<usize> =
                path.between().iter().map(|&person| place(person, Scarce::Asks)).collect();
            if let Some(end) = path.end() {
                if !target.is_new {
                    takes.push(place(end, Scarce::HoursForOld));
                }
                takes.push(place(end, Scarce::Hours));
            }
            let gain = target.gain(path);
            Choice { value: if gain < settings.worth { 0 } else { whole(gain) }, takes }
        };
        choices.push(target.paths.iter().map(way).collect());
    }
    let amounts = stocks.iter().map(|&(person, of)| amount(view, person, of, settings)).collect();
    (Packing { choices, stocks: amounts }, stocks)
}

/// The capacity of a person.
fn amount(view: &View<'_>, person: PersonIx, of: Scarce, settings: &PlanSettings) -> u32 {
    let id = view.network().person_at(person).id();
    let (begins, for_old) = settings.begins(id);
    match of {
        Scarce::Asks => settings.asks_of(id).saturating_sub(asked_lately(view, person, settings)),
        Scarce::HoursForOld => for_old,
        Scarce::Hours => begins,
    }
}

/// How many introductions a person made lately.
fn asked_lately(view: &View<'_>, person: PersonIx, settings: &PlanSettings) -> u32 {
    let network = view.network();
    let within = i32::try_from(settings.asks_days.get()).unwrap_or(i32::MAX);
    let made = network.activities(person).iter().filter(|&&at| {
        let record = network.interaction_at(at);
        record.kind == Some(InteractionKind::Introduction)
            && network.starter_of(at) == Some(person)
            && record.status == InteractionStatus::Held
            && (0..within).contains(&view.day().days_since(record.at.day()))
    });
    u32::try_from(made.count()).unwrap_or(u32::MAX)
}

#[allow(clippy::cast_possible_truncation, reason = "a share is at most one")]
fn whole(gain: Share) -> i64 {
    (gain.get() * ONE).round() as i64
}

/// Converts a fixed-point sum back to a number.
#[allow(clippy::cast_precision_loss, reason = "what is lost is a rounding error")]
pub(super) fn weight(sum: i64) -> Weight {
    Weight::new(sum as f64 / ONE).unwrap_or_default()
}
