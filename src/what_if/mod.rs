//! What would change if something happened?
//!
//! [`Network::what_if`] supposes one thing or several ([`Suppose`]), examines every customer that could be
//! affected, once as things are and once as they would be, and restores everything: no network is copied, and its
//! answers afterwards are byte for byte what they were before. The answer lists coverage gained and lost, who
//! would no longer be reached, which colleague could take over which tie with which introduction, and which gaps
//! open and close.
//!
//! [`View::leaving_costs`](crate::View::leaving_costs) asks one such question about every colleague at once. Two
//! customers that become one are a matter of records:
//! [`Records::merge_customers`](crate::Records::merge_customers) merges them, and a network built from that is
//! compared with the one before.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings, what_if::Suppose};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let without_pam = view.what_if(&[Suppose::leaves("pam")])?;
//! assert!(without_pam.customers.iter().any(|effect| effect.customer == "northgate"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod suppose;
mod felt;
mod effect;
mod handover;
mod leaving;
mod wording;

pub use effect::{Effect, PersonEffect};
pub use handover::{Handover, TakeOver};
pub use leaving::{Leaving, LeavingAt};
pub use suppose::Suppose;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::network::Network;
use crate::settings::Settings;
use crate::view::{PersonRef, View};

use effect::Snapshot;

/// What would change.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings, what_if::Suppose};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let without_pam = view.what_if(&[Suppose::leaves("pam")])?;
/// assert!(without_pam.customers.iter().any(|effect| effect.customer == "northgate"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WhatIf {
    /// What was supposed, in that order.
    pub suppose: Vec<Suppose>,
    /// The day.
    pub day: Day,
    /// Every customer where anything would change, the greatest loss first: power-weighted reach lost times the
    /// customer's weight, then by id.
    pub customers: Vec<Effect>,
}

impl WhatIf {
    /// Whether nothing would change anywhere.
    pub fn is_nothing(&self) -> bool {
        self.customers.is_empty()
    }

    /// Everyone reached now who would no longer be reached, with the customer, the most powerful at a customer
    /// first.
    pub fn no_longer_reached(&self) -> impl Iterator<Item = (&Effect, &PersonRef)> {
        self.customers
            .iter()
            .flat_map(|effect| effect.no_longer_reached().map(move |it| (effect, &it.person)))
    }
}

impl View<'_> {
    /// What would change on the day if all of this had happened.
    ///
    /// Copies the network first, O(people + ties + interactions); a caller who asks often and holds the network alone
    /// spares that with [`Network::what_if`].
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, what_if::Suppose};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let answer = view.what_if(&[Suppose::leaves("pam")])?;
    /// assert_eq!(answer.customers[0].customer, "northgate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Network::what_if`].
    pub fn what_if(&self, suppose: &[Suppose]) -> Result<WhatIf, Error> {
        let mut network = self.network().clone();
        network.what_if(suppose, self.day(), self.settings())
    }
}

impl Network {
    /// What would change on a day if all of this had happened.
    ///
    /// The network is edited in place and restored before the call returns, whether it succeeds or not.
    ///
    /// Costs two passes over every customer that could be affected: those of the people concerned, and those with
    /// a person whose path of introduction may lead to them. Finding these costs O(ties) once, and once again
    /// after every edit of a tie.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, what_if::Suppose};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
    /// # let mut network = Network::build(records)?;
    /// let suppose = [Suppose::leaves("pam")];
    /// let answer = network.what_if(&suppose, "2026-03-02".parse()?, &Settings::default())?;
    /// let northgate = &answer.customers[0];
    /// assert!(northgate.coverage.after.proven < northgate.coverage.before.proven);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; those of [`set_manager`](Self::set_manager) and
    /// [`end_presence`](Self::end_presence).
    pub fn what_if(&mut self, suppose: &[Suppose], day: Day, settings: &Settings) -> Result<WhatIf, Error> {
        let concerned = suppose::concerned(suppose, self)?;
        let felt = felt::customers(self, &concerned, settings.introductions.max_ties);
        let before = Snapshot::of_each(&self.view(day, settings), &felt);
        let undo = suppose::apply(suppose, self, day, settings)?;
        let customers = {
            let view = self.view(day, settings);
            let after = Snapshot::of_each(&view, &felt);
            let leavers = suppose::staff_leavers(suppose, self);
            let pairs = before.into_iter().zip(after);
            let mut effects: Vec<Effect> = pairs
                .filter_map(|(before, after)| effect::between(&before, &after, &leavers, &view))
                .collect();
            effects.sort_by(Effect::order);
            effects
        };
        for undo in undo.into_iter().rev() {
            self.undo(undo);
        }
        Ok(WhatIf { suppose: suppose.to_vec(), day, customers })
    }
}
