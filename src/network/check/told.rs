//! Messages that tell us of a rival although no record says so.

use std::collections::HashMap;

use super::super::PersonIx;
use super::ValidRecords;
use super::interactions::Resolved;
use crate::day::Day;
use crate::record::{InteractionKind, InteractionStatus, Side};

/// Days within which what they forward to us after a contact with a competitor may be its offer.
const FORWARDED_WITHIN: i32 = 14;

/// Where the records do not say so: a customer's person forwarded us an offer within two weeks of a contact with a
/// competitor. The subject says both: that it is forwarded, and that it is an offer, or the competitor's name. Costs
/// O(participants).
pub(super) fn infer(all: &mut [Resolved], valid: &ValidRecords) {
    let is_rival = |person: PersonIx| valid.people.side(person) == Side::Competitor;
    // Partners and competitors stand between our staff and the customers.
    let outsiders = valid.staff_end.up_to(valid.block_start.first().copied().unwrap_or(valid.staff_end));
    if !outsiders.clone().any(is_rival) {
        return;
    }
    let mut seen: HashMap<PersonIx, (Day, PersonIx)> = HashMap::new();
    for one in all {
        let (day, held) = (one.interaction.at.day(), one.interaction.status == InteractionStatus::Held);
        if let Some(&rival) = one.people.iter().find(|&&person| is_rival(person)).filter(|_| held) {
            let theirs = one.people.iter().filter(|&&person| valid.customer_of(person).is_some());
            seen.extend(theirs.map(|&person| (person, (day, rival))));
        }
        let is_message =
            matches!(one.interaction.kind, Some(InteractionKind::Email | InteractionKind::Message) | None);
        let to_us = one.people.first().is_some_and(|&first| valid.is_staff(first));
        let Some(&(last, rival)) = seen.get(&one.starter).filter(|_| held && is_message && to_us) else {
            continue;
        };
        let subject = one.interaction.subject.as_deref().unwrap_or_default();
        if one.interaction.told_us_of_rival.is_none()
            && day.days_since(last) <= FORWARDED_WITHIN
            && is_forwarded_offer(subject, valid.people.name(rival))
        {
            one.interaction.told_us_of_rival = Some(true);
        }
    }
}

/// Whether a subject says that something was forwarded, and that it is an offer, or names the rival.
fn is_forwarded_offer(subject: &str, rival: Option<&str>) -> bool {
    /// As mail programs write them, in English, German, French, Spanish, Italian, Dutch and Nordic languages.
    const FORWARDED: [&str; 9] = ["fw", "fwd", "wg", "tr", "rv", "i", "inoltra", "doorst", "vs"];
    const OFFER: [&str; 12] = [
        "offer",
        "quote",
        "quotation",
        "proposal",
        "pitch",
        "angebot",
        "offre",
        "devis",
        "oferta",
        "preventivo",
        "offerte",
        "tilbud",
    ];
    let Some((prefix, rest)) = subject.split_once(':') else { return false };
    if !FORWARDED.contains(&prefix.trim().to_lowercase().as_str()) {
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    let named: Vec<String> = rival.map(words).unwrap_or_default();
    words(rest)
        .iter()
        .any(|word| OFFER.contains(&word.as_str()) || word.chars().count() > 2 && named.contains(word))
}
