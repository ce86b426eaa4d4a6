//! Records become a network: validated, and packed for speed.
//!
//! [`Network::build`] refuses records with any fault and names every one; [`Network::repair`] repairs what it can,
//! leaves out what it cannot, and reports both. In both cases the result needs no further check.
//!
//! People are in blocks, each sorted by id: our own staff, then partners and competitors, then customer by
//! customer, so that a question about one customer touches one short stretch of memory. Ties are columns by who
//! trusts; the reverse direction is computed when first needed. The evidence of a tie is kept summed at one
//! reference day for the whole network, so that its opinion on any later day is one multiplication away.

mod citation;
mod check;
mod non_dominated;
mod extraction;
mod resolved;
mod assemble;
mod edit;
mod ids;
mod ix;
mod lists;
mod packed;
mod people;
mod texts;

pub use edit::Undo;
pub(crate) use ix::{CustomerIx, IxRange, MemberIx, PersonIx, TieIx};
pub(crate) use lists::Lists;
pub(crate) use non_dominated::{NonDominatedEdge, NonDominatedEdges};
pub(crate) use packed::{Head, Listening, Ties, from_tie, record_of};
pub use people::{EachPerson, People, PersonRecord};

use std::fmt;

use crate::day::Day;
use crate::error::Error;
use crate::problem::Problems;
use crate::record::{Commitment, Concern, Customer, Decision, Interaction, RecordKind, Records};
use crate::settings::EvidenceSettings;
use crate::text::Text;

pub use resolved::Resolved;

use citation::TieIds;
use ids::IdIndex;
use people::Columns;

/// Records of a kind beyond which positions would run out: 2³⁰.
pub(crate) const MOST_RECORDS: usize = 1 << 30;

/// Customers, their people and our staff, with every tie between them: valid, and changed only by single edits, by
/// [`put_tie`](Self::put_tie), [`end_presence`](Self::end_presence) and similar methods.
///
/// Cheap to look at from several threads at once. [`Network::view`] names a day and answers questions.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// let network = Network::build(records)?; // every fault at once, or none
/// assert_eq!(network.person("dan").ok_or("no such person")?.name(), Some("Dan Keller"));
/// assert!(network.tie_count() > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Network {
    resolved: Resolved,
    last_event: Option<Day>,
    is_day_given: bool,
    /// Whether any interaction says that we were told of a rival.
    any_told: bool,
    settings: EvidenceSettings,
    as_of: Option<Day>,
    customers: Vec<Customer>,
    customer_ids: IdIndex<CustomerIx>,
    owner: Vec<PersonIx>,
    people: Columns,
    person_ids: IdIndex<PersonIx>,
    staff_end: PersonIx,
    block_start: Vec<PersonIx>,
    manager: Vec<PersonIx>,
    ties: Ties,
    /// How many ties were recorded: the next one's position among the records, and its number.
    tie_records: u32,
    tie_ids: TieIds,
    listening: Lists<PersonIx, Listening>,
    interactions: Vec<Interaction>,
    interactions_of: Lists<CustomerIx, u32>,
    participants: Lists<u32, PersonIx>,
    starter: Vec<PersonIx>,
    activities: Lists<PersonIx, u32>,
    unmapped_participants: Lists<CustomerIx, u32>,
    unmapped_ids: Vec<UnmappedParticipant>,
    commitments: Vec<Commitment>,
    commitments_of: Lists<CustomerIx, u32>,
    concerns: Vec<Concern>,
    concerns_of: Lists<CustomerIx, u32>,
    decisions: Vec<Decision>,
    decisions_of: Lists<CustomerIx, u32>,
    /// Of each customer the value as a share of the largest in the same currency.
    value_share: Vec<Option<f32>>,
    notes: Problems,
}

/// Someone who takes part in interactions and is not among the people.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnmappedParticipant {
    pub(crate) id: Text,
    /// Positions of the interactions, in order of time.
    pub(crate) interactions: Vec<u32>,
}

/// A network that was built in spite of faults, and what was done about them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Repaired {
    /// The network.
    pub network: Network,
    /// Every fault with its repair, and every note, in the order of the records.
    pub problems: Problems,
}

impl Network {
    /// Builds a network from valid records, in time proportional to their number (and n log n in the people of one
    /// customer).
    ///
    /// # Errors
    /// [`Error::Unsound`] with *every* fault of the records; [`Error::TooLarge`] from 2³⁰ records of a kind on.
    pub fn build(records: Records) -> Result<Self, Error> {
        Self::build_with(records, &EvidenceSettings::default())
    }

    /// The last day on which something happened, by the day of the records where they give one: an interaction was held or
    /// a message sent, a promise made or closed, a concern raised, someone started or left. Planned, due, review and
    /// renewal days are no events.
    pub const fn last_event(&self) -> Option<Day> {
        self.last_event
    }

    /// Whether the records say of which day they are. Else [`as_of`](Self::as_of) is the [last
    /// event](Self::last_event).
    pub const fn is_day_given(&self) -> bool {
        self.is_day_given
    }

    /// Whether any interaction says that we were told of a rival.
    pub(crate) const fn any_told(&self) -> bool {
        self.any_told
    }

    /// What was taken from all records at once when the network was built.
    pub const fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// Builds a network whose evidence is added up with other weights or another half-life than the default.
    ///
    /// A [`view`](Self::view) may still use other evidence settings; it then sums the evidence again.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_with(records: Records, settings: &EvidenceSettings) -> Result<Self, Error> {
        let Repaired { network, problems } = Self::repair_with(records, settings)?;
        if problems.any_fault() { Err(Error::Unsound(problems.refuse())) } else { Ok(network) }
    }

    /// Builds a network from records as they are: what is faulty is mended or left out, and reported.
    ///
    /// # Errors
    /// [`Error::TooLarge`] from 2³⁰ records of a kind on. No fault of a record is an error here.
    pub fn repair(records: Records) -> Result<Repaired, Error> {
        Self::repair_with(records, &EvidenceSettings::default())
    }

    /// [`repair`](Self::repair) with evidence settings, as [`build_with`](Self::build_with).
    ///
    /// # Errors
    /// As [`repair`](Self::repair).
    pub fn repair_with(records: Records, settings: &EvidenceSettings) -> Result<Repaired, Error> {
        let mut problems = Problems::default();
        let valid = check::check(records, settings, &mut problems)?;
        let mut network = assemble::network(valid, settings)?;
        network.notes = problems.clone();
        Ok(Repaired { network, problems })
    }

    /// The day on which the records were taken; where it is not recorded, the latest day on which anything
    /// happened.
    pub const fn as_of(&self) -> Option<Day> {
        self.as_of
    }

    /// What the build found worth knowing: notes, and after a [`repair`](Self::repair) every repaired fault.
    pub const fn notes(&self) -> &Problems {
        &self.notes
    }

    /// The customers, in the order of their ids.
    pub fn customers(&self) -> &[Customer] {
        &self.customers
    }

    /// All people: our staff, partners and competitors, then customer by customer, each in the order of ids.
    pub fn people(&self) -> People<'_> {
        People::new(self, &PersonIx::new(0).up_to(self.outsiders_end()))
    }

    /// Our own people, in the order of their ids.
    pub fn staff(&self) -> People<'_> {
        People::new(self, &self.staff_block())
    }

    /// A person, in constant time.
    pub fn person(&self, id: &str) -> Option<PersonRecord<'_>> {
        self.person_ix(id).map(|at| self.person_at(at))
    }

    /// A customer, in constant time.
    pub fn customer(&self, id: &str) -> Option<&Customer> {
        self.customer_ix(id).map(|at| self.customer_at(at))
    }

    /// The people of a customer, in the order of their ids; none for a customer that is not known.
    pub fn people_of(&self, customer_id: &str) -> People<'_> {
        let block = self.customer_ix(customer_id).map_or(IxRange::EMPTY, |customer| self.block(customer));
        People::new(self, &block)
    }

    /// The interactions, in order of time.
    pub fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// The promises, in the order in which they were made.
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments
    }

    /// The concerns, in the order in which they were raised.
    pub fn concerns(&self) -> &[Concern] {
        &self.concerns
    }

    /// The decisions, customer by customer.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// How many pairs of people are joined by evidence, each direction counted by itself.
    pub fn tie_count(&self) -> usize {
        self.ties.len()
    }
}

impl fmt::Debug for Network {
    /// Counts only: a network holds personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("as_of", &self.as_of)
            .field("customers", &self.customers.len())
            .field("people", &self.people.len())
            .field("staff", &self.staff_end)
            .field("ties", &self.ties.len())
            .field("interactions", &self.interactions.len())
            .finish_non_exhaustive()
    }
}

/// More records of a kind than positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge {
    pub(crate) kind: RecordKind,
    pub(crate) len: usize,
}

impl From<TooLarge> for Error {
    fn from(too_large: TooLarge) -> Self {
        Self::TooLarge { kind: too_large.kind, len: too_large.len }
    }
}

/// What later stages read, by position.
#[allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]
impl Network {
    pub(crate) fn person_ix(&self, id: &str) -> Option<PersonIx> {
        self.person_ids.get(id)
    }

    pub(crate) fn customer_ix(&self, id: &str) -> Option<CustomerIx> {
        self.customer_ids.get(id)
    }

    pub(crate) const fn person_at(&self, at: PersonIx) -> PersonRecord<'_> {
        PersonRecord::new(self, at)
    }

    pub(crate) fn customer_at(&self, at: CustomerIx) -> &Customer {
        &self.customers[at.index()]
    }

    pub(crate) fn owner_of(&self, customer: CustomerIx) -> Option<PersonIx> {
        self.owner[customer.index()].if_anybody()
    }

    pub(crate) fn manager_of(&self, person: PersonIx) -> Option<PersonIx> {
        self.manager[person.index()].if_anybody()
    }

    pub(crate) fn is_staff(&self, person: PersonIx) -> bool {
        person < self.staff_end
    }

    /// The stretch of positions that our staff has.
    pub(crate) const fn staff_block(&self) -> IxRange<PersonIx> {
        PersonIx::new(0).up_to(self.staff_end)
    }

    /// Where our staff ends and everyone else begins.
    pub(crate) const fn staff_end(&self) -> PersonIx {
        self.staff_end
    }

    /// Where the last customer's people end.
    pub(crate) fn outsiders_end(&self) -> PersonIx {
        self.block_start[self.customers.len()]
    }

    /// The stretches of positions of everyone outside: partners and competitors, then customer by customer.
    pub(crate) fn outside_blocks(&self) -> impl Iterator<Item = IxRange<PersonIx>> + '_ {
        let others = std::iter::once(self.staff_end.up_to(self.block_start[0]));
        others.chain(self.block_start.windows(2).map(|ends| ends[0].up_to(ends[1])))
    }

    /// The stretch of positions that a customer's people have.
    pub(crate) fn block(&self, customer: CustomerIx) -> IxRange<PersonIx> {
        self.block_start[customer.index()].up_to(self.block_start[customer.index() + 1])
    }

    pub(crate) fn customer_of(&self, person: PersonIx) -> Option<CustomerIx> {
        if person < self.block_start[0] {
            return None;
        }
        let customer = self.block_start.partition_point(|&start| start <= person) - 1;
        u32::try_from(customer).ok().map(CustomerIx::new)
    }

    /// Whether two people are of different sides: one of our staff and a customer's person, or people of two
    /// customers.
    pub(crate) fn are_of_two_sides(&self, a: PersonIx, b: PersonIx) -> bool {
        self.people.side(a) != self.people.side(b) || self.customer_of(a) != self.customer_of(b)
    }

    /// Whether someone is in their organisation on a day.
    pub(crate) fn is_present(&self, person: PersonIx, day: Day) -> bool {
        let (first, last) = self.people.presence(person);
        first <= day && day <= last
    }

    /// The last day of someone in their organisation; the last of the calendar when no end is known.
    pub(crate) fn last_day_of(&self, person: PersonIx) -> Day {
        self.people.presence(person).1
    }

    pub(crate) const fn ties(&self) -> &Ties {
        &self.ties
    }

    pub(crate) const fn evidence_settings(&self) -> &EvidenceSettings {
        &self.settings
    }

    /// The people a person listens to according to the records, apart from their manager.
    pub(crate) fn listening(&self, person: PersonIx) -> &[Listening] {
        self.listening.of(person)
    }

    pub(crate) fn interaction_at(&self, at: u32) -> &Interaction {
        &self.interactions[at as usize]
    }

    /// Who took part in an interaction, in order of position.
    pub(crate) fn participants_at(&self, interaction: u32) -> &[PersonIx] {
        self.participants.of(interaction)
    }

    pub(crate) fn starter_of(&self, interaction: u32) -> Option<PersonIx> {
        self.starter[interaction as usize].if_anybody()
    }

    /// The interactions that someone took part in, in order of time.
    pub(crate) fn activities(&self, person: PersonIx) -> &[u32] {
        self.activities.of(person)
    }

    /// Those who deal with a customer's people and are not among the people.
    pub(crate) fn unmapped_participants(
        &self,
        customer: CustomerIx,
    ) -> impl Iterator<Item = &UnmappedParticipant> {
        self.unmapped_participants.of(customer).iter().map(|&at| &self.unmapped_ids[at as usize])
    }

    /// The value of a customer as a share of the largest in the same currency, where it is known.
    pub(crate) fn value_share(&self, customer: CustomerIx) -> Option<f64> {
        self.value_share[customer.index()].map(f64::from)
    }

    /// The interactions that a customer's people took part in or that name the customer, in order of time.
    pub(crate) fn interactions_of(&self, customer: CustomerIx) -> impl Iterator<Item = &Interaction> {
        self.interactions_of.of(customer).iter().map(|&at| &self.interactions[at as usize])
    }

    pub(crate) fn commitments_of(&self, customer: CustomerIx) -> impl Iterator<Item = &Commitment> {
        self.commitments_of.of(customer).iter().map(|&at| &self.commitments[at as usize])
    }

    pub(crate) fn concerns_of(&self, customer: CustomerIx) -> impl Iterator<Item = &Concern> {
        self.concerns_of.of(customer).iter().map(|&at| &self.concerns[at as usize])
    }

    pub(crate) fn decisions_of(&self, customer: CustomerIx) -> impl Iterator<Item = &Decision> {
        self.decisions_of.of(customer).iter().map(|&at| &self.decisions[at as usize])
    }
}
