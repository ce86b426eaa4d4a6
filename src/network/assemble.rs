//! From valid records to the network: its ties, and the columns beside them.
#![allow(clippy::indexing_slicing, reason = "positions come from the checks, which made these columns")]

use std::collections::HashMap;

use super::check::Sound;
use super::citation::TieIds;
use super::harvest;
use super::lists::Lists;
use super::packed::{Listening, Packing, Span, Ties};
use super::{CustomerIx, Network, PersonIx, Stranger, TooLarge};
use crate::day::Day;
use crate::problem::Problems;
use crate::record::{Customer, RecordKind, Side, TieKind};
use crate::settings::EvidenceSettings;
use crate::text::Text;

/// Builds the network from valid records.
pub(super) fn network(mut sound: Sound, settings: &EvidenceSettings) -> Result<Network, TooLarge> {
    let loose = harvest::evidence(&sound, settings);
    // Each tie of trust is up to four pieces of evidence.
    let pieces = loose.len() + sound.ties.len() * 4;
    if u32::try_from(pieces).is_err() {
        return Err(TooLarge { kind: RecordKind::Tie, len: pieces });
    }
    sound.people.settle(sound.as_of);
    let people = &sound.people;
    let lasting: Vec<bool> = PersonIx::of_column(people.len())
        .map(|person| is_lasting(people.side(person), people.presence(person), sound.as_of))
        .collect();
    let packing = Packing {
        lasting: &lasting,
        as_of: sound.as_of,
        settings,
        spans: spans(&sound),
        avoid: avoided(&sound),
    };
    let ties = Ties::pack(&sound, &loose, packing);
    let commitments_of = of_customers(
        &sound,
        sound.commitments.iter().map(|it| {
            let people = std::iter::once(&it.made_by).chain(&it.made_to);
            (it.customer_id.as_deref(), people)
        }),
    );
    let concerns_of = of_customers(
        &sound,
        sound.concerns.iter().map(|it| (it.customer_id.as_deref(), std::iter::once(&it.raised_by))),
    );
    let decisions_of = of_customers(
        &sound,
        sound.decisions.iter().map(|it| (Some(it.customer_id.as_str()), std::iter::empty())),
    );
    let interactions_of = interactions_of(&sound);
    let (strangers, stranger_ids) = strangers(&sound);
    let tie_ids = TieIds::new(std::mem::take(&mut sound.tie_ids));
    Ok(Network {
        tie_records: sound.tie_records,
        tie_ids,
        settings: settings.clone(),
        as_of: sound.as_of,
        listening: listening(&sound),
        value_share: value_share(&sound),
        diary: diary(&sound),
        strangers,
        stranger_ids,
        ties,
        customers: sound.customers,
        customer_ids: sound.customer_ids,
        owner: sound.owner,
        people: sound.people,
        person_ids: sound.person_ids,
        staff_end: sound.staff_end,
        block_start: sound.block_start,
        manager: sound.manager,
        interactions_of,
        interactions: sound.interactions,
        present: sound.present,
        starter: sound.starter,
        commitments: sound.commitments,
        commitments_of,
        concerns: sound.concerns,
        concerns_of,
        decisions: sound.decisions,
        decisions_of,
        notes: Problems::default(),
    })
}

fn spans(sound: &Sound) -> Vec<Span> {
    let all = if sound.any_dated { sound.ties.as_slice() } else { &[] };
    let dated = all.iter().filter(|tie| tie.is_dated());
    let mut spans: Vec<Span> =
        dated.map(|tie| Span { record: tie.record, since: tie.since, until: tie.until }).collect();
    spans.sort_unstable_by_key(|span| span.record);
    spans
}

fn avoided(sound: &Sound) -> Vec<(PersonIx, PersonIx, Day, Day)> {
    let avoid = sound.other_ties().filter(|tie| tie.kind == TieKind::Avoid);
    let both_ways = avoid
        .flat_map(|tie| [(tie.from, tie.to, tie.since, tie.until), (tie.to, tie.from, tie.since, tie.until)]);
    let mut apart: Vec<_> = both_ways.collect();
    apart.sort_unstable();
    apart
}

/// Who listens to whom, apart from managers; in order of position, so that sums do not depend on the order of records.
fn listening(sound: &Sound) -> Lists<PersonIx, Listening> {
    let pairs = sound.other_ties().filter_map(|tie| {
        let (who, to) = match tie.kind {
            TieKind::Influence => (tie.to, tie.from),
            TieKind::ListensTo | TieKind::ReportsTo => (tie.from, tie.to),
            TieKind::Trust | TieKind::Conflict | TieKind::Acquainted | TieKind::Avoid => return None,
        };
        let weight = tie.strength.unwrap_or(1.0);
        (weight > 0.0).then_some((who, Listening { to, weight, since: tie.since, until: tie.until }))
    });
    let mut lists = Lists::group(sound.people.len(), pairs);
    for person in PersonIx::of_column(sound.people.len()) {
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
fn value_share(sound: &Sound) -> Vec<Option<f32>> {
    let mut largest: HashMap<Option<&str>, f64> = HashMap::new();
    for customer in &sound.customers {
        let most = largest.entry(customer.currency.as_deref()).or_default();
        *most = most.max(customer.value.unwrap_or(0.0));
    }
    let share = |customer: &Customer| {
        let most = *largest.get(&customer.currency.as_deref())?;
        #[allow(clippy::cast_possible_truncation, reason = "a share of 0..=1 that only orders gaps")]
        let share = customer.value.map(|value| (value / most) as f32);
        share.filter(|share| share.is_finite())
    };
    sound.customers.iter().map(share).collect()
}

fn diary(sound: &Sound) -> Lists<PersonIx, u32> {
    let pairs = (0_u32..)
        .take(sound.interactions.len())
        .flat_map(|at| sound.present.of(at).iter().map(move |&person| (person, at)));
    Lists::group(sound.people.len(), pairs)
}

/// The interactions of each customer: those that name it, and those that its people took part in.
fn interactions_of(sound: &Sound) -> Lists<CustomerIx, u32> {
    let mut pairs: Vec<(CustomerIx, u32)> = Vec::with_capacity(sound.interactions.len());
    for (at, interaction) in (0_u32..).zip(&sound.interactions) {
        let first = pairs.len();
        let named = interaction.customer_id.as_deref().and_then(|id| sound.customer(id));
        let present = sound.present.of(at).iter().filter_map(|&person| sound.customer_of(person));
        pairs.extend(named.into_iter().chain(present).map(|customer| (customer, at)));
        pairs[first..].sort_unstable();
    }
    pairs.dedup();
    Lists::group(sound.customers.len(), pairs.iter().copied())
}

/// Groups records by the customer they name, or else by the customers of the people they name.
fn of_customers<'a, P>(
    sound: &'a Sound,
    records: impl Iterator<Item = (Option<&'a str>, P)>,
) -> Lists<CustomerIx, u32>
where
    P: Iterator<Item = &'a Text>,
{
    let mut pairs: Vec<(CustomerIx, u32)> = Vec::new();
    for (at, (named, people)) in (0_u32..).zip(records) {
        let first = pairs.len();
        if let Some(customer) = named.and_then(|id| sound.customer(id)) {
            pairs.push((customer, at));
        } else {
            let customers =
                people.filter_map(|id| sound.person(id)).filter_map(|person| sound.customer_of(person));
            pairs.extend(customers.map(|customer| (customer, at)));
            pairs[first..].sort_unstable();
        }
    }
    pairs.dedup();
    Lists::group(sound.customers.len(), pairs.iter().copied())
}

/// Unmapped participants by customer: the one that the interaction names, or else the only one whose people took
/// part.
fn strangers(sound: &Sound) -> (Lists<CustomerIx, u32>, Vec<Stranger>) {
    let mut met: Vec<(CustomerIx, &str, u32)> = Vec::new();
    for (interaction, id) in &sound.strangers {
        let named = sound.interactions[*interaction as usize].customer_id.as_deref();
        let customer = named.and_then(|id| sound.customer(id)).or_else(|| {
            let present = sound.present.of(*interaction).iter();
            let mut customers = present.filter_map(|&person| sound.customer_of(person));
            let first = customers.next()?;
            customers.all(|other| other == first).then_some(first)
        });
        if let Some(customer) = customer {
            met.push((customer, id, *interaction));
        }
    }
    met.sort_unstable();
    let mut of: Vec<(CustomerIx, u32)> = Vec::new();
    let mut found: Vec<Stranger> = Vec::new();
    for same in met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let (Some(&(customer, id, _)), Ok(at)) = (same.first(), u32::try_from(found.len())) {
            of.push((customer, at));
            let interactions = same.iter().map(|it| it.2).collect();
            found.push(Stranger { id: id.into(), interactions });
        }
    }
    (Lists::group(sound.customers.len(), of.iter().copied()), found)
}
