//! Who should be met first, so that most paths open?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cover::{Cover, cover};
use crate::gap::Situation;
use crate::network::{MemberIx, PersonIx};
use crate::reach::State;
use crate::view::{CustomerRef, PersonRef, Threads, View};

/// People to meet first, and what that opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MeetFirst {
    /// The people, the one who opens most first; fewer than requested where others open nothing more.
    pub meet: Vec<Meet>,
    /// Customer's weight × power of everyone that a path opens to, summed.
    pub opens: f64,
    /// An upper bound for any choice of as many people.
    pub at_most: f64,
}

/// A person to meet, and the people they lead to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Meet {
    /// The customer.
    pub customer: CustomerRef,
    /// The person to meet.
    pub person: PersonRef,
    /// The key players without a warm path who trust them at the live level, themselves if they are one; the most
    /// powerful first.
    pub leads_to: Vec<PersonRef>,
}

impl View<'_> {
    /// The people at customers to meet first, `count` at most, so that paths open to most of the power that is
    /// cold today: for each cold key player the candidates are themselves, or a person at the customer they trust
    /// at the live level and we do not reach.
    ///
    /// The choice that opens most together, found by branch and bound from the greedy one, which opens at least 1
    /// − 1/e of the optimum (Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978); where the search
    /// exceeds its budget, `at_most` gives how far it may be from the optimum.
    pub fn best_first_meetings(&self, count: usize) -> MeetFirst {
        self.best_first_meetings_on(Threads::One, count)
    }

    pub(crate) fn best_first_meetings_on(&self, threads: Threads, count: usize) -> MeetFirst {
        let doors = self.of_each_customer(threads, |customer| doors(&Situation::of(customer)));
        let (mut weights, mut targets): (Vec<f64>, Vec<PersonIx>) = (Vec::new(), Vec::new());
        let mut leads: BTreeMap<PersonIx, Vec<usize>> = BTreeMap::new();
        for door in doors.into_iter().flatten() {
            for &person in &door.through {
                leads.entry(person).or_default().push(weights.len());
            }
            weights.push(door.worth);
            targets.push(door.target);
        }
        let (people, sets): (Vec<PersonIx>, Vec<Vec<usize>>) = leads.into_iter().unzip();
        let Cover { chosen, covered, at_most } = cover(&sets, &weights, count);
        let meet = chosen.iter().filter_map(|&set| {
            let person = *people.get(set)?;
            let mut leads_to: Vec<usize> = sets.get(set)?.clone();
            leads_to.sort_by(|a, b| {
                weights.get(*b).partial_cmp(&weights.get(*a)).unwrap_or(std::cmp::Ordering::Equal)
            });
            let names = leads_to.iter().filter_map(|&at| targets.get(at)).map(|&person| self.name(person));
            let customer = self.network().customer_of(person)?;
            let customer = CustomerRef::of(&self.customer_at(customer));
            Some(Meet { customer, person: self.name(person), leads_to: names.collect() })
        });
        MeetFirst { meet: meet.collect(), opens: covered, at_most }
    }
}

/// A cold key player, and the people who would open a path.
struct Door {
    target: PersonIx,
    worth: f64,
    through: Vec<PersonIx>,
}

fn doors(situation: &Situation<'_>) -> Vec<Door> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let live = view.settings().levels.live;
    let cold = situation.key_players().filter(|&member| coverage_table.state(member, view) == State::Cold);
    let door = |member: MemberIx| {
        let target = power_table.person(member);
        let ties = view.network().ties();
        let trusted = ties.of(target).filter_map(|tie| {
            let other = ties.trusted(tie);
            let place = power_table.place(other)?;
            let opinion = view.opinion(tie);
            let passes_on = opinion.belief >= live
                && !opinion.is_distrust(&view.settings().levels)
                && !coverage_table.is_reached(place)
                && !ties.is_avoided(target, tie, view.day());
            passes_on.then_some(other)
        });
        let through = std::iter::once(target).chain(trusted).collect();
        Door { target, worth: situation.weight() * power_table.power(member).get(), through }
    };
    cold.map(door).collect()
}
