//! Who at a customer holds power, and where does it come from?
//!
//! Formal weight q comes from the decision rule: one approver, or votes with a quota (normalised Banzhaf). Where
//! no rule is in force it comes from the caller's own rating, or else from roles and seniority ([`PowerSettings`]
//! has the table). It then flows along listening ties:
//!
//! p = (1 − α)(I − αWᵀ)⁻¹ q, Σp = 1
//!
//! A row of W says how a person divides their attention among their manager and those they are recorded as
//! listening to; a person who listens to no one keeps their own power. Traffic never adds power.
//!
//! [`PowerSettings`]: crate::PowerSettings
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let power = view.customer("northgate")?.power();
//! let sum: f64 = power.people.iter().map(|it| it.power.get()).sum();
//! assert!((sum - 1.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod formal;
mod listening;
mod power_table;

pub use formal::FormalFrom;
pub(crate) use formal::is_unknown;
pub(crate) use power_table::PowerTable;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::network::{MemberIx, PersonIx};
use crate::share::Share;
use crate::text::Text;
use crate::view::{CustomerView, PersonRef};

/// The power of everyone at a customer on a day.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let power = view.customer("northgate")?.power();
/// let sum: f64 = power.people.iter().map(|it| it.power.get()).sum();
/// assert!((sum - 1.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Power {
    /// The customer's id.
    pub customer: Text,
    /// The day.
    pub day: Day,
    /// Everyone who works there on the day, most powerful first, then by id. Power sums to one.
    pub people: Vec<PersonPower>,
    /// A key player has at least this power: the factor of the settings times an equal share, at most one half.
    pub key_player_from: Share,
    /// Sweeps that the sum took.
    pub sweeps: u32,
    /// Whether the sum settled within the tolerance; if not, the figures are as far as the sweeps allowed.
    pub settled: bool,
}

/// The power of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonPower {
    /// The person.
    pub person: PersonRef,
    /// Their share of all power at the customer.
    pub power: Share,
    /// Their share of formal power.
    pub formal: Share,
    /// Where the formal weight comes from.
    pub formal_from: FormalFrom,
    /// The people whose power it is by listening, largest share first: the sum is `power`. A person who has no one
    /// to listen to hands part of their power to themself.
    pub sources: Vec<PowerSource>,
    /// Whether they have a deciding role: approver, voter who can turn the vote, economic buyer or decision maker.
    pub decides: bool,
    /// Whether they are a key player: powerful enough, or with a deciding role.
    pub key_player: bool,
}

/// A part of a person's power.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PowerSource {
    /// Their own formal weight, (1 − α)·q.
    #[non_exhaustive]
    Formal {
        /// The share.
        share: Share,
    },
    /// A person listens to them.
    #[non_exhaustive]
    ListenedToBy {
        /// The listener.
        person: PersonRef,
        /// The share.
        share: Share,
    },
}

impl PowerSource {
    /// The share it adds to the person's power.
    pub const fn share(&self) -> Share {
        match self {
            Self::Formal { share } | Self::ListenedToBy { share, .. } => *share,
        }
    }
}

impl CustomerView<'_> {
    /// Who holds power here on the day, and where it comes from.
    ///
    /// Costs O(people + listening ties) a sweep; the sweeps are bounded by the tolerance in the settings.
    pub fn power(&self) -> Power {
        let (power_table, sources) = PowerTable::with_sources(self, self.view().day());
        let members = power_table.members().zip(sources).zip(power_table.listeners());
        let mut people: Vec<PersonPower> = members
            .map(|((member, from), listeners)| {
                self.person_power(&power_table, member, from.into(), listeners)
            })
            .collect();
        people.sort_by(|a, b| b.power.cmp(&a.power).then_with(|| a.person.id.cmp(&b.person.id)));
        Power {
            customer: self.id().into(),
            day: self.view().day(),
            people,
            key_player_from: power_table.key_player_from(),
            sweeps: power_table.sweeps(),
            settled: power_table.settled(),
        }
    }

    fn person_power(
        &self,
        power_table: &PowerTable,
        member: MemberIx,
        formal_from: FormalFrom,
        listeners: Vec<(PersonIx, Share)>,
    ) -> PersonPower {
        let mut sources = Vec::with_capacity(listeners.len() + 1);
        sources.extend(listeners.into_iter().map(|(person, share)| {
            let person = self.view().name(person);
            PowerSource::ListenedToBy { person, share }
        }));
        let own = power_table.own_part(member);
        if own > Share::ZERO {
            sources.push(PowerSource::Formal { share: own });
        }
        sources.sort_by_key(|source| std::cmp::Reverse(source.share()));
        PersonPower {
            person: self.view().name(power_table.person(member)),
            power: power_table.power(member),
            formal: power_table.formal(member),
            formal_from,
            sources,
            decides: power_table.decides(member),
            key_player: power_table.is_key(member),
        }
    }
}
