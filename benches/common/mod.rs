//! A portfolio made up by rule: the same seed gives the same records on every machine.
//!
//! Customers have log-normal numbers of people (median 12, mean 25, at most 2,000). Two in a hundred people are
//! our staff, in teams of ten: within a team 60% of the pairs trust each other at .3 to .98, and a few ties lead
//! across at .1 to .8. In each customer a reporting tree joins everyone, with a tie in each direction, and ties of
//! influence lie beside it. Each person trusts none to four of our staff, four in five of them on the team
//! responsible for the customer; half of the powerful trust none. Eight in a hundred people trust a person at
//! another customer.
//!
//! Strengths are thousandths b; the evidence for a tie is r = 2b/(1 − b), rounded to what 32 bits hold, so that nothing
//! is lost when it is kept in 32 bits.
#![allow(dead_code, reason = "each bench, test and example that includes this file uses a part of it")]
#![allow(clippy::indexing_slicing, reason = "positions are made here, and the columns with them")]

use stakeholder_graph::Records;
use stakeholder_graph::record::{Customer, Person, Role, Seniority, Tie};

/// How the reporting tree is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// As trust ties only, so that every strength is the generator's.
    Ties,
    /// As trust ties and as `manager_id` too: power flows up the tree, and each line adds one piece of evidence.
    Managers,
}

/// What a portfolio looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// People, our staff among them.
    pub(crate) people: u32,
    /// Everyone but our staff works for one customer.
    pub(crate) one_customer: bool,
    /// Ids and the order of the records reveal nothing about who is close to each other.
    pub(crate) shuffled: bool,
    /// How the reporting tree is written down.
    pub(crate) lines: Lines,
}

impl Shape {
    /// 10,000 people.
    pub(crate) const S: Self =
        Self { people: 10_000, one_customer: false, shuffled: false, lines: Lines::Ties };
    /// 100,000 people.
    pub(crate) const M: Self = Self { people: 100_000, ..Self::S };
    /// A million people and about 8.5 million ties.
    pub(crate) const L: Self = Self { people: 1_000_000, ..Self::S };
    /// Ten million people and about 85 million ties: as records some 20 GiB, so ask for [`Portfolio::each_tie`] instead
    /// where positions will do.
    pub(crate) const XL: Self = Self { people: 10_000_000, ..Self::S };
    /// One customer of 100,000 people.
    pub(crate) const B: Self = Self { one_customer: true, ..Self::M };

    /// With shuffled ids and records.
    #[must_use]
    pub(crate) const fn shuffled(self) -> Self {
        Self { shuffled: true, ..self }
    }

    /// With `manager_id` filled in.
    #[must_use]
    pub(crate) const fn with_managers(self) -> Self {
        Self { lines: Lines::Managers, ..self }
    }

    /// The shape that the environment asks for: `PORTFOLIO=S`, `M`, `L`, `XL`, `B` or a number of people, shuffled
    /// with an `r` behind. S by default.
    ///
    /// # Panics
    /// When it asks for a shape that there is not.
    #[allow(clippy::panic, reason = "a misspelt shape should not be measured as another")]
    pub(crate) fn from_env() -> Self {
        let wanted = Self::wanted();
        let (size, shuffled) = wanted.strip_suffix('r').map_or((wanted.as_str(), false), |size| (size, true));
        let shape = match size {
            "S" => Self::S,
            "M" => Self::M,
            "L" => Self::L,
            "XL" => Self::XL,
            "B" => Self::B,
            size => {
                let people = size.parse().unwrap_or_else(|_| {
                    panic!("PORTFOLIO={wanted} is no number and none of S, M, L, XL, B, Sr, Mr, Lr, XLr, Br")
                });
                Self { people, ..Self::S }
            }
        };
        Self { shuffled, ..shape }
    }

    /// What the environment calls the shape that it asks for.
    pub(crate) fn wanted() -> String {
        std::env::var("PORTFOLIO").unwrap_or_else(|_| "S".to_owned())
    }
}

/// The records of a portfolio of a shape.
pub(crate) fn records(shape: Shape) -> Records {
    Portfolio::of(shape).into_records()
}

/// The day on which the records were taken.
pub(crate) const AS_OF: &str = "2026-03-02";

const TEAM: u32 = 10;

/// A portfolio by position: our staff first, then customer by customer.
pub(crate) struct Portfolio {
    shape: Shape,
    /// The generator's state when the ties are drawn.
    chance: Chance,
    staff: u32,
    /// Where each customer's people begin.
    customers: Vec<u32>,
    /// Of each customer the team that looks after it.
    team: Vec<u32>,
}

/// A tie by position: the truster, the trusted, and how far in thousandths.
pub(crate) type Drawn = (u32, u32, u16);

impl Portfolio {
    pub(crate) fn of(shape: Shape) -> Self {
        let mut chance = Chance(0x5eed_0f5a_1e5c_a11e ^ u64::from(shape.people));
        let staff = (shape.people / 50).max(TEAM);
        let mut customers = vec![staff];
        let mut end = staff;
        while end < shape.people {
            let left = shape.people - end;
            end += if shape.one_customer { left } else { chance.customer_size().min(left) };
            customers.push(end);
        }
        let team = (1..customers.len()).map(|_| chance.below(staff / TEAM)).collect();
        customers.pop();
        Self { shape, chance, staff, customers, team }
    }

    /// The number of our staff: the first positions.
    pub(crate) fn staff(&self) -> u32 {
        self.staff
    }

    /// Passes on every tie, by truster and then by trusted person, keeping none: the same ones each time.
    pub(crate) fn each_tie(&self, take: impl FnMut(Drawn)) {
        self.draw_ties(take);
    }

    /// As [`each_tie`](Self::each_tie); returns the chance as the ties leave it.
    fn draw_ties(&self, mut take: impl FnMut(Drawn)) -> Chance {
        let mut hand = Hand { chance: self.chance.clone(), ties: Vec::new() };
        for who in 0..self.staff {
            self.staff_ties(who, &mut hand);
            hand.once_each().for_each(&mut take);
        }
        for customer in 0..self.customers.len() {
            let (start, end) = self.block(customer);
            for who in start..end {
                self.ties_at(customer, who, &mut hand);
                hand.once_each().for_each(&mut take);
            }
        }
        hand.chance
    }

    fn staff_ties(&self, who: u32, hand: &mut Hand) {
        let team = who / TEAM * TEAM;
        for mate in team..(team + TEAM).min(self.staff) {
            if mate != who && hand.chance.happens(600) {
                hand.add(who, mate, 300, 980);
            }
        }
        for _ in 0..hand.chance.below(4) {
            let other = hand.chance.below(self.staff);
            hand.add(who, other, 100, 800);
        }
    }

    fn block(&self, customer: usize) -> (u32, u32) {
        let end = self.customers.get(customer + 1).copied().unwrap_or(self.shape.people);
        (self.customers[customer], end)
    }

    /// The ties of one of a customer's people.
    fn ties_at(&self, customer: usize, who: u32, hand: &mut Hand) {
        let (start, end) = self.block(customer);
        let place = who - start;
        if let Some(manager) = manager(place) {
            hand.add(who, start + manager, 300, 950);
        }
        for report in reports(place).filter(|report| start + report < end) {
            hand.add(who, start + report, 300, 950);
        }
        for _ in 0..hand.chance.below(13) {
            let other = start + hand.chance.below(end - start);
            hand.add(who, other, 100, 900);
        }
        let trusts_nobody = depth(place) <= 1 && hand.chance.happens(500);
        let trusted = if trusts_nobody { 0 } else { hand.chance.below(5) };
        for _ in 0..trusted {
            let ours = if hand.chance.happens(800) {
                (self.team[customer] * TEAM + hand.chance.below(TEAM)).min(self.staff - 1)
            } else {
                hand.chance.below(self.staff)
            };
            hand.add(who, ours, 50, 950);
        }
        if hand.chance.happens(80) {
            let elsewhere = self.staff + hand.chance.below(self.shape.people - self.staff);
            hand.add(who, elsewhere, 100, 800);
        }
    }

    fn into_records(self) -> Records {
        let mut ties: Vec<Drawn> = Vec::with_capacity(self.shape.people as usize * 9);
        let mut chance = self.draw_ties(|tie| ties.push(tie));
        let mut numbers: Vec<u32> = (0..self.shape.people).collect();
        if self.shape.shuffled {
            chance.shuffle(&mut numbers);
        }
        let ids: Vec<String> = numbers.iter().map(|number| format!("p{number}")).collect();
        let id = |person: u32| ids[person as usize].as_str();
        let mut records = self.people(&id);
        let evidence: Vec<f64> = (0..1000).map(evidence).collect();
        records.ties.extend(ties.iter().map(|&(who, trusts, thousandths)| {
            Tie::trust(id(who), id(trusts)).evidence(evidence[usize::from(thousandths)], 0.0)
        }));
        if self.shape.shuffled {
            chance.shuffle(&mut records.people);
            chance.shuffle(&mut records.ties);
        }
        records
    }

    /// The records but for the ties.
    fn people<'a>(&self, id: &impl Fn(u32) -> &'a str) -> Records {
        let mut records = Records::new();
        records.as_of = AS_OF.parse().ok();
        records.people = (0..self.staff).map(|person| Person::staff(id(person))).collect();
        for customer in 0..self.customers.len() {
            let (start, end) = self.block(customer);
            let customer_id = format!("c{customer}");
            let mut record = Customer::new(&customer_id);
            record.owner_id = Some(id((self.team[customer] * TEAM).min(self.staff - 1)).into());
            records.customers.push(record);
            for who in start..end {
                let mut person = Person::customer(id(who), &customer_id);
                person.seniority = Some(level(who - start));
                if who == start {
                    person.roles.push(Role::DecisionMaker);
                }
                if self.shape.lines == Lines::Managers {
                    person.manager_id = manager(who - start).map(|manager| id(start + manager).into());
                }
                records.people.push(person);
            }
        }
        records
    }
}

/// Chance, and the ties of one person as they are drawn.
struct Hand {
    chance: Chance,
    ties: Vec<Drawn>,
}

impl Hand {
    fn add(&mut self, who: u32, trusts: u32, least: u32, most: u32) {
        let thousandths = least + self.chance.below(most - least + 1);
        if who != trusts {
            self.ties.push((who, trusts, u16::try_from(thousandths).unwrap_or(u16::MAX)));
        }
    }

    /// One tie a pair, the first that was drawn, leaving the hand empty.
    fn once_each(&mut self) -> impl Iterator<Item = Drawn> + '_ {
        self.ties.sort_by_key(|&(_, trusts, _)| trusts);
        self.ties.dedup_by_key(|&mut (_, trusts, _)| trusts);
        self.ties.drain(..)
    }
}

/// Everyone but the first reports to someone before them, six to each.
fn manager(place: u32) -> Option<u32> {
    place.checked_sub(1).map(|before| before / REPORTS)
}

fn reports(place: u32) -> impl Iterator<Item = u32> {
    (1..=REPORTS).map(move |which| place * REPORTS + which)
}

fn depth(place: u32) -> u32 {
    std::iter::successors(manager(place), |&above| manager(above)).map(|_| 1).sum()
}

fn level(place: u32) -> Seniority {
    match depth(place) {
        0 => Seniority::CLevel,
        1 => Seniority::Vp,
        2 => Seniority::Director,
        3 => Seniority::Manager,
        _ => Seniority::Individual,
    }
}

const REPORTS: u32 = 6;

/// The evidence that makes belief b: r = 2b/(1 − b), as far as 32 bits hold it.
#[allow(clippy::cast_possible_truncation, reason = "that is what it is for")]
fn evidence(thousandths: u16) -> f64 {
    let belief = f64::from(thousandths) / 1000.0;
    f64::from((2.0 * belief / (1.0 - belief)) as f32)
}

/// The splitmix64 generator (Steele, Lea and Flood, 2014).
#[derive(Clone)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another, which is not zero.
    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from((u128::from(self.next()) * u128::from(limit)) >> 64).unwrap_or(0)
    }

    fn happens(&mut self, thousandths: u32) -> bool {
        self.below(1000) < thousandths
    }

    /// In 0..1, never 0.
    #[allow(clippy::cast_precision_loss, reason = "52 bits fit")]
    fn unit(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Log-normal with median 12 and mean 25, in 1..=2000.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to 1..=2000")]
    fn customer_size(&mut self) -> u32 {
        let spread = (2.0 * (25.0_f64 / 12.0).ln()).sqrt();
        let normal = (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos();
        (12.0 * (spread * normal).exp()).round().clamp(1.0, 2000.0) as u32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let limit = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.below(limit) as usize);
        }
    }
}
