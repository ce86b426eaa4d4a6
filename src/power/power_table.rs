//! Power as columns, by the position of each person among those present: the input of later stages.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use super::formal::{Formal, Source, formal};
use super::listening::{Listening, spread};
use crate::day::Day;
use crate::network::{IxRange, MemberIx, PersonIx};
use crate::share::Share;
use crate::view::CustomerView;

/// Who is at a customer on a day, and how powerful they are.
#[derive(Debug)]
pub(crate) struct PowerTable {
    people: Vec<PersonIx>,
    power: Vec<f64>,
    /// Sums to one.
    formal: Vec<f64>,
    decides: Vec<bool>,
    /// The listening ties by position, rows back to back; weights as they are, not yet divided.
    offsets: Vec<u32>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    key_player_from: f64,
    listening: f64,
    sweeps: u32,
    settled: bool,
}

/// A place in a column as that of a member.
fn member(place: usize) -> MemberIx {
    MemberIx::new(u32::try_from(place).unwrap_or(u32::MAX))
}

impl PowerTable {
    /// As of any day: people and ties of listening that held then.
    pub(crate) fn on(customer: &CustomerView<'_>, day: Day) -> Self {
        Self::with_sources(customer, day).0
    }

    /// And where the formal weight of each member comes from.
    pub(super) fn with_sources<'v>(customer: &CustomerView<'v>, day: Day) -> (Self, Vec<Source<'v>>) {
        let view = customer.view();
        let network = view.network();
        // Nearly everyone is present.
        let mut people: Vec<PersonIx> = Vec::with_capacity(customer.block().len());
        people.extend(customer.block().filter(|&person| network.is_present(person, day)));
        let (offsets, targets, weights) = rows(customer, &people, day);
        let Formal { mut weight, from, decides } = formal(customer, &people, day);
        let rows = Listening { offsets: &offsets, targets: &targets, weights: &weights };
        let settings = &view.settings().power;
        let spread = spread(rows, &weight, settings);
        let sum: f64 = weight.iter().sum();
        #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
        let equal = 1.0 / people.len().max(1) as f64;
        for weight in &mut weight {
            *weight = if sum > 0.0 { *weight / sum } else { equal };
        }
        let power_table = Self {
            power: spread.power,
            formal: weight,
            decides,
            key_player_from: (settings.key_player_factor.get() * equal).min(0.5),
            listening: settings.listening.get().min(0.99),
            sweeps: spread.sweeps,
            settled: spread.settled,
            people,
            offsets,
            targets,
            weights,
        };
        (power_table, from)
    }

    /// How many are present.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// Everyone's position.
    pub(crate) fn members(&self) -> IxRange<MemberIx> {
        MemberIx::of_column(self.people.len())
    }

    pub(crate) fn person(&self, member: MemberIx) -> PersonIx {
        self.people[member.index()]
    }

    /// The position of a person.
    pub(crate) fn place(&self, person: PersonIx) -> Option<MemberIx> {
        // Where everyone is present, positions are consecutive.
        let (first, last) = (*self.people.first()?, *self.people.last()?);
        if last.behind(first) + 1 == self.people.len() {
            return (first..=last).contains(&person).then(|| member(person.behind(first)));
        }
        self.people.binary_search(&person).ok().map(member)
    }

    pub(crate) fn power(&self, member: MemberIx) -> Share {
        Share::clamped(self.power[member.index()])
    }

    pub(crate) fn formal(&self, member: MemberIx) -> Share {
        Share::clamped(self.formal[member.index()])
    }

    pub(crate) fn decides(&self, member: MemberIx) -> bool {
        self.decides[member.index()]
    }

    /// Key player: power of at least the threshold, or a deciding role.
    pub(crate) fn is_key(&self, member: MemberIx) -> bool {
        // A tiny tolerance, so that two people with half of the power each are both key whatever the rounding.
        self.decides[member.index()] || self.power[member.index()] >= self.key_player_from - 1e-9
    }

    pub(crate) fn key_player_from(&self) -> Share {
        Share::clamped(self.key_player_from)
    }

    pub(crate) fn sweeps(&self) -> u32 {
        self.sweeps
    }

    pub(crate) fn settled(&self) -> bool {
        self.settled
    }

    /// The part of a person's power that is their own formal weight.
    pub(crate) fn own_part(&self, member: MemberIx) -> Share {
        Share::clamped((1.0 - self.listening) * self.formal[member.index()])
    }

    /// The listening ties, transposed: each person's listeners, and how much power each hands over. Costs
    /// O(people + listening ties) for all together.
    pub(crate) fn listeners(&self) -> Vec<Vec<(PersonIx, Share)>> {
        let mut listeners: Vec<Vec<(PersonIx, f64)>> = vec![Vec::new(); self.people.len()];
        for listener in 0..self.people.len() {
            let person = self.people[listener];
            let handed_on = self.listening * self.power[listener];
            let row = self.offsets[listener] as usize..self.offsets[listener + 1] as usize;
            if row.is_empty() {
                listeners[listener].push((person, handed_on));
            }
            let sum: f64 = self.weights[row.clone()].iter().sum();
            for at in row {
                let heard = &mut listeners[self.targets[at] as usize];
                let share = handed_on * self.weights[at] / sum;
                // A manager may be named again in a tie; the listener is then already last in the list.
                match heard.last_mut().filter(|last| last.0 == person) {
                    Some((_, sum)) => *sum += share,
                    None => heard.push((person, share)),
                }
            }
        }
        let shares = |heard: Vec<(PersonIx, f64)>| {
            heard
                .into_iter()
                .filter(|it| it.1 > 0.0)
                .map(|(who, share)| (who, Share::clamped(share)))
                .collect()
        };
        listeners.into_iter().map(shares).collect()
    }
}

/// The listening ties among the people of one customer: managers with weight 1, and the people named in listening
/// ties.
fn rows(customer: &CustomerView<'_>, people: &[PersonIx], day: Day) -> (Vec<u32>, Vec<u32>, Vec<f64>) {
    let network = customer.view().network();
    let block = customer.block();
    let everybody = people.len() == block.len();
    let place = |person: PersonIx| {
        if !block.contains(&person) {
            None
        } else if everybody {
            u32::try_from(person.behind(block.start())).ok()
        } else {
            people.binary_search(&person).ok().and_then(|at| u32::try_from(at).ok())
        }
    };
    let mut offsets = Vec::with_capacity(people.len() + 1);
    offsets.push(0);
    // Most have a manager, and few have listening ties.
    let (mut targets, mut weights) = (Vec::with_capacity(people.len()), Vec::with_capacity(people.len()));
    for &person in people {
        if let Some(manager) = network.manager_of(person).and_then(place) {
            targets.push(manager);
            weights.push(1.0);
        }
        for tie in network.listening(person) {
            if tie.since <= day
                && day <= tie.until
                && let Some(to) = place(tie.to)
            {
                targets.push(to);
                weights.push(f64::from(tie.weight));
            }
        }
        offsets.push(u32::try_from(targets.len()).unwrap_or(u32::MAX));
    }
    (offsets, targets, weights)
}
