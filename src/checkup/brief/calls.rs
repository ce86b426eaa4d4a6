//! Today's calls, and why.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::updates::{self, UpdateKind};
use crate::day::Day;
use crate::gap::{Family, Gap, Situation};
use crate::network::PersonIx;
use crate::record::{InteractionKind, InteractionStatus};
use crate::settings::BriefSettings;
use crate::share::Share;
use crate::text::Text;
use crate::view::{CustomerRef, PersonRef, View};

/// A call worth making.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Call {
    /// The colleague who calls.
    pub by: PersonRef,
    /// The person to call.
    pub person: PersonRef,
    /// The customer it is about.
    pub customer: CustomerRef,
    /// Whether no one there trusts any of our staff at the live level yet, and none of their orders is on record.
    pub is_new: bool,
    /// The severity of the most serious gap that the call may help to close.
    pub worth: Share,
    /// Minutes reserved for it.
    pub minutes: u32,
    /// The reasons, the most serious first.
    pub why: Vec<Why>,
}

/// Why a call is worth making.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Why {
    /// The gap that it may help to close.
    pub gap: Text,
    /// The gap in a sentence.
    pub sentence: String,
    /// The person to ask for an introduction; none where the call goes to the person that the gap is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction_to: Option<PersonRef>,
}

/// A call just to talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckIn {
    /// The colleague who calls.
    pub by: PersonRef,
    /// The person to call, who trusts them.
    pub person: PersonRef,
    /// The customer.
    pub customer: CustomerRef,
    /// When the two were last in touch.
    pub last_contact: Day,
    /// Power times the part of trust that has faded since then.
    pub worth: Share,
    /// Minutes reserved for it.
    pub minutes: u32,
}

/// A thank-you that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThankYou {
    /// The colleague who gives thanks.
    pub by: PersonRef,
    /// The person to thank.
    pub person: PersonRef,
    /// The customer.
    pub customer: CustomerRef,
    /// The occasion: an introduction made, or a concern that we could act upon.
    pub what: UpdateKind,
}

/// The calls that gaps suggest, one for each person to be called.
pub(super) fn worth_it(situation: &Situation<'_>, gaps: &[Gap]) -> Vec<Call> {
    let view = situation.view();
    let is_new = situation.is_new_customer();
    let mut calls: Vec<Call> = Vec::new();
    for gap in gaps.iter().filter(|gap| gap.snoozed.is_none() && can_be_talked_over(gap.family())) {
        let Some((by, person, introduction_to)) = who_calls_whom(situation, gap) else { continue };
        let why = Why { gap: gap.id().into(), sentence: gap.to_string(), introduction_to };
        let called = view.name(person);
        match calls.iter_mut().find(|call| call.person == called) {
            // Gaps come most serious first, and the first decides who calls.
            Some(call) => call.why.push(why),
            None => calls.push(Call {
                by: view.name(by),
                person: called,
                customer: CustomerRef::of(situation.customer()),
                is_new,
                worth: gap.severity,
                minutes: view.settings().brief.minutes_a_call.get(),
                why: vec![why],
            }),
        }
    }
    calls
}

/// Whether a call may help with gaps of a family: the others concern our records, or more than one person.
fn can_be_talked_over(family: Family) -> bool {
    matches!(
        family,
        Family::Reach | Family::Path | Family::Rhythm | Family::People | Family::Promises | Family::Rivals
    )
}

/// The colleague they trust most calls the person a gap is about; where they trust none of our staff, the
/// colleague at the start of the best path calls the first person on it.
fn who_calls_whom(situation: &Situation<'_>, gap: &Gap) -> Option<(PersonIx, PersonIx, Option<PersonRef>)> {
    let (view, coverage_table) = (situation.view(), situation.coverage_table());
    let person = view.network().person_ix(gap.person()?)?;
    let member = situation.power_table().place(person)?;
    if coverage_table.is_live(member) {
        return Some((coverage_table.most_trusted(member)?.colleague, person, None));
    }
    let path = coverage_table.path(member, view)?;
    // From the person to our staff: the last but one is asked first.
    let [.., asked, by] = path.people[..] else { return None };
    let introduction_to = (asked != person).then(|| view.name(person));
    Some((by, asked, introduction_to))
}

/// The calls that fit into the budget, and how many do not: the part reserved for new customers is filled first,
/// and what they do not need is available to all.
pub(super) fn within_budget(mut calls: Vec<Call>, settings: &BriefSettings) -> (Vec<Call>, usize) {
    let order = |a: &Call, b: &Call| -> Ordering {
        b.worth
            .cmp(&a.worth)
            .then_with(|| (&a.customer, &a.person, &a.by).cmp(&(&b.customer, &b.person, &b.by)))
    };
    calls.sort_by(order);
    let places = settings.calls();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few calls"
    )]
    let kept = (places as f64 * settings.share_for_new.get()).round() as usize;
    let in_all = calls.len();
    let is_new = |call: &Call| call.is_new;
    let (mut new, mut rest): (Vec<Call>, Vec<Call>) = calls.into_iter().partition(is_new);
    let spare = new.split_off(kept.min(new.len()).min(places));
    rest.extend(spare);
    rest.sort_by(order);
    rest.truncate(places - new.len());
    new.append(&mut rest);
    new.sort_by(order);
    let left_out = in_all - new.len();
    (new, left_out)
}

/// People who trust a colleague and have had no contact for a while, each with the colleague they trust most.
pub(super) fn silent(situation: &Situation<'_>) -> Vec<CheckIn> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let half_life = crate::evidence::HalfLife::from(view.settings().evidence.half_life_days);
    let members = power_table.members().filter(|&member| coverage_table.is_live(member));
    let check_ins = members.filter_map(|member| {
        let tie = coverage_table.most_trusted(member)?;
        let last_contact = view.last_contact(tie.tie)?;
        let faded = 1.0 - half_life.kept_after(view.day().days_since(last_contact));
        Some(CheckIn {
            by: view.name(tie.colleague),
            person: situation.name(member),
            customer: CustomerRef::of(situation.customer()),
            last_contact,
            worth: Share::clamped(power_table.power(member).get() * faded),
            minutes: view.settings().brief.minutes_a_call.get(),
        })
    });
    check_ins.collect()
}

/// Check-ins for the rest of the budget.
pub(super) fn just_to_talk(
    mut check_ins: Vec<CheckIn>,
    calls: &[Call],
    settings: &BriefSettings,
) -> Vec<CheckIn> {
    check_ins.retain(|check_in| {
        check_in.worth > Share::ZERO && calls.iter().all(|call| call.person != check_in.person)
    });
    check_ins.sort_by(|a, b| {
        b.worth.cmp(&a.worth).then_with(|| (&a.customer, &a.person).cmp(&(&b.customer, &b.person)))
    });
    check_ins.truncate(settings.calls().saturating_sub(calls.len()));
    check_ins
}

/// People who recently introduced someone to a colleague and have had no contact since, and people who raised a
/// concern that was acted upon since the earlier view.
pub(super) fn to_thank(situation: &Situation<'_>, before: &View<'_>) -> Vec<ThankYou> {
    let (view, customer) = (situation.view(), situation.customer());
    let network = view.network();
    let reference = CustomerRef::of(customer);
    let mut thank_yous = Vec::new();
    for person in customer.present() {
        for &at in network.activities(person).iter().rev() {
            let record = network.interaction_at(at);
            let age = view.day().days_since(record.at.day());
            let is_lately = (0..=i32::from(view.settings().brief.thank_you_within_days)).contains(&age);
            let is_introduction = record.kind == Some(InteractionKind::Introduction)
                && record.status == InteractionStatus::Held
                && network.starter_of(at) == Some(person);
            if !is_lately || !is_introduction {
                continue;
            }
            let present = network.participants_at(at);
            let Some(&ours) = present.iter().find(|&&other| network.is_staff(other)) else { continue };
            if has_heard_since(view, person, ours, record.at.day()) {
                continue;
            }
            let others = present.iter().filter(|&&other| other != person);
            let people = others.map(|&other| view.name(other)).collect();
            let by = view.name(person);
            let what = UpdateKind::Introduction { by: by.clone(), people };
            thank_yous.push(ThankYou { by: view.name(ours), person: by, customer: reference.clone(), what });
        }
    }
    for what in updates::answered(situation, before) {
        let UpdateKind::ConcernAnswered { person: Some(person), changed_something: true, concern } = &what
        else {
            continue;
        };
        let raised = network.concerns_of(customer.at()).find(|it| it.id == *concern);
        let answers =
            raised.and_then(|it| network.person_ix(it.owner_id.as_deref()?)).or_else(|| customer.owner());
        if let Some(by) = answers {
            let (by, person) = (view.name(by), person.clone());
            thank_yous.push(ThankYou { by, person, customer: reference.clone(), what });
        }
    }
    thank_yous
}

/// Whether two people were in touch on a later day.
fn has_heard_since(view: &View<'_>, person: PersonIx, ours: PersonIx, day: Day) -> bool {
    let network = view.network();
    network.activities(person).iter().rev().any(|&at| {
        let on = network.interaction_at(at).at.day();
        let held = network.interaction_at(at).status == InteractionStatus::Held;
        held && on > day && on <= view.day() && network.participants_at(at).contains(&ours)
    })
}
