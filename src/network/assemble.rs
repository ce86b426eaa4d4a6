//! From valid records to the network: its ties, and the columns beside them.
#![allow(clippy::indexing_slicing, reason = "positions come from the checks, which made these columns")]

use std::collections::HashMap;

use super::check::ValidRecords;
use super::citation::TieIds;
use super::extraction;
use super::lists::Lists;
use super::packed::{Listening, Packing, Span, Ties};
use super::resolved::Resolved;
use super::{CustomerIx, Network, PersonIx, TooLarge, UnmappedParticipant};
use crate::day::Day;
use crate::problem::Problems;
use crate::record::{Customer, RecordKind, Side, TieKind};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// Builds the network from valid records.
pub(super) fn network(mut valid: ValidRecords, settings: &EvidenceSettings) -> Result<Network, TooLarge> {
    let resolved = Resolved::of(&valid, settings);
    let pending = extraction::evidence(&valid, settings, resolved.silence);
    // Each tie of trust is up to four pieces of evidence.
    let pieces = pending.len() + valid.ties.len() * 4;
    if u32::try_from(pieces).is_err() {
        return Err(TooLarge { kind: RecordKind::Tie, len: pieces });
    }
    valid.people.settle(valid.as_of);
    let people = &valid.people;
    let lasting: Vec<bool> = PersonIx::of_column(people.len())
        .map(|person| is_lasting(people.side(person), people.presence(person), valid.as_of))
        .collect();
    let packing = Packing {
        lasting: &lasting,
        as_of: valid.as_of,
        settings,
        spans: spans(&valid),
        avoid: avoided(&valid),
    };
    let ties = Ties::pack(&valid, &pending, packing);
    let commitments_of = of_customers(
        &valid,
        valid.commitments.iter().map(|it| {
            let people = std::iter::once(&it.made_by).chain(&it.made_to);
            (it.customer_id.as_deref(), people)
        }),
    );
    let concerns_of = of_customers(
        &valid,
        valid.concerns.iter().map(|it| (it.customer_id.as_deref(), std::iter::once(&it.raised_by))),
    );
    let decisions_of = of_customers(
        &valid,
        valid.decisions.iter().map(|it| (Some(it.customer_id.as_str()), std::iter::empty())),
    );
    let interactions_of = interactions_of(&valid);
    let (unmapped_participants, unmapped_ids) = unmapped_participants(&valid);
    let tie_ids = TieIds::new(std::mem::take(&mut valid.tie_ids));
    Ok(Network {
        resolved,
        last_event: valid.last_event,
        is_day_given: valid.is_day_given,
        any_told: valid.interactions.iter().any(|it| it.told_us_of_rival == Some(true)),
        tie_records: valid.tie_records,
        tie_ids,
        settings: settings.clone(),
        as_of: valid.as_of,
        listening: listening(&valid),
        value_share: value_share(&valid),
        activities: activities(&valid),
        unmapped_participants,
        unmapped_ids,
        ties,
        customers: valid.customers,
        customer_ids: valid.customer_ids,
        owner: valid.owner,
        people: valid.people,
        person_ids: valid.person_ids,
        staff_end: valid.staff_end,
        block_start: valid.block_start,
        manager: valid.manager,
        interactions_of,
        interactions: valid.interactions,
        participants: valid.participants,
        starter: valid.starter,
        commitments: valid.commitments,
        commitments_of,
        concerns: valid.concerns,
        concerns_of,
        decisions: valid.decisions,
        decisions_of,
        notes: Problems::default(),
    })
}

fn spans(valid: &ValidRecords) -> Vec<Span> {
    let all = if valid.any_dated { valid.ties.as_slice() } else { &[] };
    let dated = all.iter().filter(|tie| tie.is_dated());
    let mut spans: Vec<Span> =
        dated.map(|tie| Span { record: tie.record, since: tie.since, until: tie.until }).collect();
    spans.sort_unstable_by_key(|span| span.record);
    spans
}

fn avoided(valid: &ValidRecords) -> Vec<(PersonIx, PersonIx, Day, Day)> {
    let avoid = valid.other_ties().filter(|tie| tie.kind == TieKind::Avoid);
    let both_ways = avoid
        .flat_map(|tie| [(tie.from, tie.to, tie.since, tie.until), (tie.to, tie.from, tie.since, tie.until)]);
    let mut apart: Vec<_> = both_ways.collect();
    apart.sort_unstable();
    apart
}

/// The listening ties, apart from managers; in order of position, so that sums do not depend on the order of records.
fn listening(valid: &ValidRecords) -> Lists<PersonIx, Listening> {
    let pairs = valid.other_ties().filter_map(|tie| {
        let (who, to) = match tie.kind {
            TieKind::Influence => (tie.to, tie.from),
            TieKind::ListensTo | TieKind::ReportsTo => (tie.from, tie.to),
            TieKind::Trust | TieKind::Conflict | TieKind::Acquainted | TieKind::Avoid => return None,
        };
        let weight = tie.strength.unwrap_or(1.0);
        (weight > 0.0).then_some((who, Listening { to, weight, since: tie.since, until: tie.until }))
    });
    let mut lists = Lists::group(valid.people.len(), pairs);
    for person in PersonIx::of_column(valid.people.len()) {
        lists.of_mut(person).sort_unstable_by_key(|it| (it.to, it.weight.to_bits(), it.since, it.until));
    }
    lists
}

/// Whether someone is there for good from the day of the records on, and may be asked for an introduction.
pub(super) fn is_lasting(side: Side, (first, last): (Day, Day), as_of: Option<Day>) -> bool {
    let begun = first == Day::MIN || as_of.is_some_and(|as_of| first <= as_of);
    begun && last == Day::MAX && side != Side::Competitor
}

/// The value of each customer as a share of the largest in the same currency.
fn value_share(valid: &ValidRecords) -> Vec<Option<f32>> {
    let mut largest: HashMap<Option<&str>, f64> = HashMap::new();
    for customer in &valid.customers {
        let most = largest.entry(customer.currency.as_deref()).or_default();
        *most = most.max(customer.value.unwrap_or(0.0));
    }
    let share = |customer: &Customer| {
        let most = *largest.get(&customer.currency.as_deref())?;
        #[allow(clippy::cast_possible_truncation, reason = "a share of 0..=1 that only orders gaps")]
        let share = customer.value.map(|value| (value / most) as f32);
        share.filter(|share| share.is_finite())
    };
    valid.customers.iter().map(share).collect()
}

fn activities(valid: &ValidRecords) -> Lists<PersonIx, u32> {
    let pairs = (0_u32..)
        .take(valid.interactions.len())
        .flat_map(|at| valid.participants.of(at).iter().map(move |&person| (person, at)));
    Lists::group(valid.people.len(), pairs)
}

/// The interactions of each customer: those that name it, and those that its people took part in.
fn interactions_of(valid: &ValidRecords) -> Lists<CustomerIx, u32> {
    let mut pairs: Vec<(CustomerIx, u32)> = Vec::with_capacity(valid.interactions.len());
    for (at, interaction) in (0_u32..).zip(&valid.interactions) {
        let first = pairs.len();
        let named = interaction.customer_id.as_deref().and_then(|id| valid.customer(id));
        let participants = valid.participants.of(at).iter().filter_map(|&person| valid.customer_of(person));
        pairs.extend(named.into_iter().chain(participants).map(|customer| (customer, at)));
        pairs[first..].sort_unstable();
    }
    pairs.dedup();
    Lists::group(valid.customers.len(), pairs.iter().copied())
}

/// Groups records by the customer they name, or else by the customers of the people they name.
fn of_customers<'a, P>(
    valid: &'a ValidRecords,
    records: impl Iterator<Item = (Option<&'a str>, P)>,
) -> Lists<CustomerIx, u32>
where
    P: Iterator<Item = &'a Text>,
{
    let mut pairs: Vec<(CustomerIx, u32)> = Vec::new();
    for (at, (named, people)) in (0_u32..).zip(records) {
        let first = pairs.len();
        if let Some(customer) = named.and_then(|id| valid.customer(id)) {
            pairs.push((customer, at));
        } else {
            let customers =
                people.filter_map(|id| valid.person(id)).filter_map(|person| valid.customer_of(person));
            pairs.extend(customers.map(|customer| (customer, at)));
            pairs[first..].sort_unstable();
        }
    }
    pairs.dedup();
    Lists::group(valid.customers.len(), pairs.iter().copied())
}

/// Unmapped participants by customer: the one that the interaction names, or else the only one whose people took
/// part.
fn unmapped_participants(valid: &ValidRecords) -> (Lists<CustomerIx, u32>, Vec<UnmappedParticipant>) {
    let mut met: Vec<(CustomerIx, &str, u32)> = Vec::new();
    for (interaction, id) in &valid.unmapped_participants {
        let named = valid.interactions[*interaction as usize].customer_id.as_deref();
        let customer = named.and_then(|id| valid.customer(id)).or_else(|| {
            let participants = valid.participants.of(*interaction).iter();
            let mut customers = participants.filter_map(|&person| valid.customer_of(person));
            let first = customers.next()?;
            customers.all(|other| other == first).then_some(first)
        });
        if let Some(customer) = customer {
            met.push((customer, id, *interaction));
        }
    }
    met.sort_unstable();
    let mut of: Vec<(CustomerIx, u32)> = Vec::new();
    let mut found: Vec<UnmappedParticipant> = Vec::new();
    for same in met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let (Some(&(customer, id, _)), Ok(at)) = (same.first(), u32::try_from(found.len())) {
            of.push((customer, at));
            let interactions = same.iter().map(|it| it.2).collect();
            found.push(UnmappedParticipant { id: id.into(), interactions });
        }
    }
    (Lists::group(valid.customers.len(), of.iter().copied()), found)
}
