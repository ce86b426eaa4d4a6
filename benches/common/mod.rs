//! Portfolios of any size with the shape of real ones, the same on every machine.
//!
//! Customers have a log-normal number of people (median 12, mean 25, at most 2,000). Our staff is 2% of all people, in
//! teams of eight. Within a team 60% of pairs are tied, and a few across. Each customer has a reporting tree, tied both
//! ways, and ties of influence within it. Each person trusts up to four of our staff, mostly of the account team; of the
//! powerful ones half trust none. 8% of people have a tie to another customer. Strengths are in thousandths.
#![allow(dead_code, unreachable_pub, reason = "every bench is a crate of its own and uses its own part")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a portfolio that cannot be made is a bug of the bench"
)]

use stakeholder_graph::record::{Customer, Person, Tie};
use stakeholder_graph::{Day, Network, Records};

/// The day of every portfolio.
pub fn day() -> Day {
    Day::from_ymd(2026, 3, 2).expect("a day of the calendar")
}

/// How many people the portfolio has: `PORTFOLIO` is S (10,000, the default), M (100,000) or L (1,000,000).
pub fn size() -> usize {
    match std::env::var("PORTFOLIO").as_deref() {
        Ok("L") => 1_000_000,
        Ok("M") => 100_000,
        _ => 10_000,
    }
}

/// The network of a portfolio.
pub fn network(records: Records) -> Network {
    Network::build(records).expect("generated records are sound")
}

/// splitmix64: small, fast, the same everywhere (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }

    #[allow(clippy::cast_precision_loss, reason = "53 bits are kept")]
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    /// Box and Muller's.
    fn normal(&mut self) -> f64 {
        let (u, v) = (self.unit().max(1e-12), self.unit());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// A strength between two bounds, in thousandths.
    fn strength(&mut self, least: f64, most: f64) -> f64 {
        ((least + (most - least) * self.unit()) * 1000.0).round() / 1000.0
    }
}

/// A tie whose belief is the strength: b = r / (r + 2).
fn tie(who: &str, trusts: &str, belief: f64) -> Tie {
    Tie::trust(who, trusts).evidence(2.0 * belief / (1.0 - belief), 0.0)
}

const TEAM: usize = 8;

/// A portfolio of about so many people in all.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "sizes are small positive numbers"
)]
pub fn portfolio(people: usize) -> Records {
    let mut random = Random(7);
    let mut records = Records::new();
    records.as_of = Some(day());
    let staff: Vec<String> = (0..(people / 50).max(TEAM)).map(|i| format!("s{i:06}")).collect();
    records.people.extend(staff.iter().map(Person::staff));
    let stakeholders = people - staff.len();
    let mut customers: Vec<Vec<String>> = Vec::new();
    let mut made = 0;
    while made < stakeholders {
        let size = (12.0 * (1.2116 * random.normal()).exp()).round().clamp(1.0, 2000.0) as usize;
        let size = size.min(stakeholders - made);
        customers.push((made..made + size).map(|i| format!("p{i:07}")).collect());
        made += size;
    }
    team_ties(&staff, &mut random, &mut records);
    for at in 0..customers.len() {
        customer(at, &customers, &staff, &mut random, &mut records);
    }
    records
}

fn team_ties(staff: &[String], random: &mut Random, records: &mut Records) {
    for team in staff.chunks(TEAM) {
        for who in team {
            for trusts in team.iter().filter(|trusts| *trusts != who) {
                if random.chance(0.6) {
                    records.ties.push(tie(who, trusts, random.strength(0.3, 0.98)));
                }
            }
            let other = &staff[random.below(staff.len())];
            if other != who && !team.contains(other) {
                records.ties.push(tie(who, other, random.strength(0.1, 0.8)));
            }
        }
    }
}

fn customer(at: usize, all: &[Vec<String>], staff: &[String], random: &mut Random, records: &mut Records) {
    let (id, people) = (format!("c{at:06}"), &all[at]);
    let team = random.below(staff.len().div_ceil(TEAM)) * TEAM;
    let team = &staff[team..(team + TEAM).min(staff.len())];
    let mut record = Customer::new(&id);
    record.owner_id = Some(team[random.below(team.len())].clone());
    records.customers.push(record);
    for (place, who) in people.iter().enumerate() {
        let mut person = Person::customer(who, &id);
        // The tree: everybody reports to somebody before them, the first three layers being the powerful ones.
        let powerful = place * 5 < people.len();
        person.power = Some(if powerful { 0.9 } else { 0.1 });
        records.people.push(person);
        let mut joined: Vec<&str> = vec![who];
        if place > 0 {
            let manager = &people[(place - 1) / 4];
            records.ties.push(tie(who, manager, random.strength(0.1, 0.95)));
            records.ties.push(tie(manager, who, random.strength(0.1, 0.95)));
            joined.push(manager);
        }
        for _ in 0..4 {
            let other = &people[random.below(people.len())];
            // The tree joins these already, in one direction or the other.
            let in_tree = people.get((people.iter().position(|it| it == other).unwrap_or(0).max(1) - 1) / 4)
                == Some(who);
            if !joined.contains(&other.as_str()) && !in_tree && people.len() < 200 {
                joined.push(other);
                records.ties.push(tie(who, other, random.strength(0.1, 0.9)));
            }
        }
        if !(powerful && random.chance(0.5)) {
            for _ in 0..random.below(5) {
                let from = if random.chance(0.8) { team } else { staff };
                let colleague = &from[random.below(from.len())];
                if !joined.contains(&colleague.as_str()) {
                    joined.push(colleague);
                    records.ties.push(tie(who, colleague, random.strength(0.1, 0.95)));
                }
            }
        }
        if random.chance(0.08) && all.len() > 1 {
            let other = &all[random.below(all.len())];
            let other = &other[random.below(other.len())];
            if !joined.contains(&other.as_str()) && !people.contains(other) {
                records.ties.push(tie(who, other, random.strength(0.1, 0.9)));
            }
        }
    }
}
