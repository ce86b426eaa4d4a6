//! A network seen on a day, with settings: the starting point of every question.
//!
//! Later stages add their questions to [`View`] and [`CustomerView`], each in its own module: trust, power, reach,
//! introductions, gaps, checkup.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::{Against, Basis, Evidence, Fold, HalfLife};
use crate::label::Label;
use crate::network::{CustomerIx, IxRange, Network, PersonIx, PersonRecord, TieIx, Ties};
use crate::record::{Customer, Interaction};
use crate::settings::Settings;
use crate::text::Text;

impl Network {
    /// The network as it was, or will be if nothing happens, on a day.
    ///
    /// Costs nothing when the day is not before [`as_of`](Self::as_of) and the evidence settings are those of the
    /// build; otherwise the evidence is summed again, once, in time proportional to its amount, so that nothing
    /// from after the day counts.
    pub fn view(&self, day: Day, settings: &Settings) -> View<'_> {
        self.view_with(day, settings, false)
    }

    /// The network on an earlier day, to compare a later one with: as [`view`](Self::view), but a tie that was
    /// recorded without a day, and is known only from the day of the records, counts as if it had been stated on
    /// that day.
    ///
    /// A view uses nothing from after its day, and so knows nothing of such a tie before the day of the records:
    /// right for a prediction, but a comparison would find that the tie formed on the day of the export. Here it
    /// was always there, so that only what is dated makes a difference. Costs as much.
    pub fn as_recorded_view(&self, day: Day, settings: &Settings) -> View<'_> {
        self.view_with(day, settings, true)
    }

    fn view_with(&self, day: Day, settings: &Settings, as_recorded: bool) -> View<'_> {
        let refold = if as_recorded { Ties::refold_as_recorded } else { Ties::refold };
        let as_known = self.as_of().is_none_or(|as_of| day >= as_of);
        let kept = match self.as_of() {
            Some(as_of) => HalfLife::from(settings.evidence.half_life_days).kept_after(day.days_since(as_of)),
            None => 1.0,
        };
        let refolded = (!as_known || settings.evidence != *self.evidence_settings()).then(|| {
            let ties = self.ties();
            ties.places().map(|tie| refold(ties, tie, day, &settings.evidence)).collect()
        });
        View { network: self, day, settings: settings.clone(), kept, as_recorded, refolded }
    }
}

/// A network on a day, with settings.
///
/// Its questions, by the stage that answers them:
///
/// - trust: [`trust`](Self::trust), [`opinions`](Self::opinions), [`incoming_trust`](Self::incoming_trust);
///   expectation: [`expected_trust`](Self::expected_trust), [`expectations`](Self::expectations)
/// - introduction: [`introductions`](Self::introductions), [`best_paths`](Self::best_paths), [`path`](Self::path)
/// - gap: [`gaps`](Self::gaps), [`gaps_with`](Self::gaps_with)
/// - strength: [`strengths`](Self::strengths), [`team_network`](Self::team_network)
/// - change: [`changes_since`](Self::changes_since)
/// - what if: [`what_if`](Self::what_if), [`leaving_costs`](Self::leaving_costs)
/// - plan: [`plan`](Self::plan), [`plan_for`](Self::plan_for), [`suggested_ties`](Self::suggested_ties),
///   [`best_first_meetings`](Self::best_first_meetings), [`verify_next`](Self::verify_next)
/// - checkup: [`checkups`](Self::checkups), [`brief`](Self::brief)
/// - one customer: [`customer`](Self::customer), [`customers`](Self::customers)
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let portfolio = view.checkups();
/// assert_eq!(portfolio.len(), view.customers().count());
/// let best = view.introductions("dan")?.path().ok_or("no path")?;
/// assert_eq!(best.requester().id(), "pam");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct View<'g> {
    network: &'g Network,
    day: Day,
    settings: Settings,
    /// The part of the evidence as of the network's reference day that remains on the day.
    kept: f64,
    /// Recorded ties that are known only from a later day on count as if said on this one.
    as_recorded: bool,
    refolded: Option<Vec<Fold>>,
}

/// Where the answers for all customers are computed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Threads {
    /// On the caller's thread.
    One,
    /// Distributed over the threads of the current rayon pool, in batches large enough to pay off.
    #[cfg(feature = "parallel")]
    Pool,
}

impl<'g> View<'g> {
    /// The network.
    pub const fn network(&self) -> &'g Network {
        self.network
    }

    /// The day.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// One customer on the day.
    ///
    /// # Errors
    /// [`Error::UnknownCustomer`].
    pub fn customer(&self, id: &str) -> Result<CustomerView<'_>, Error> {
        let customer = self.network.customer_ix(id);
        let at = customer.ok_or_else(|| Error::UnknownCustomer { id: id.into() })?;
        Ok(self.customer_at(at))
    }

    /// Every customer on the day, in the order of their ids.
    pub fn customers(&self) -> impl ExactSizeIterator<Item = CustomerView<'_>> {
        CustomerIx::of_column(self.network.customers().len()).map(|at| self.customer_at(at))
    }

    /// One answer for each customer, in the order of [`customers`](Self::customers). Each is computed on one
    /// thread, so they are the same whatever the number of threads.
    pub(crate) fn of_each_customer<T: Send>(
        &self,
        threads: Threads,
        answer: impl Fn(CustomerView<'_>) -> T + Sync,
    ) -> Vec<T> {
        match threads {
            Threads::One => self.customers().map(answer).collect(),
            #[cfg(feature = "parallel")]
            Threads::Pool => {
                use rayon::prelude::*;
                /// About a thousand people, which is about a millisecond's work.
                const AT_LEAST: usize = 32;
                let count = u32::try_from(self.network.customers().len()).unwrap_or(u32::MAX);
                let all = (0..count).into_par_iter().with_min_len(AT_LEAST);
                all.map(|at| answer(self.customer_at(CustomerIx::new(at)))).collect()
            }
        }
    }

    pub(crate) fn customer_at(&self, at: CustomerIx) -> CustomerView<'_> {
        CustomerView { view: self, at }
    }

    pub(crate) fn person_ix(&self, id: &str) -> Result<PersonIx, Error> {
        self.network.person_ix(id).ok_or_else(|| Error::UnknownPerson { id: id.into() })
    }

    /// Whether a person is in their organisation on the day.
    pub(crate) fn is_present(&self, person: PersonIx) -> bool {
        self.network.is_present(person, self.day)
    }

    /// The part of the evidence as of the network's reference day that remains on the day.
    pub(crate) const fn kept(&self) -> f64 {
        self.kept
    }

    /// Whether evidence is read as it was packed, and not summed again for this view.
    pub(crate) const fn is_as_packed(&self) -> bool {
        self.refolded.is_none()
    }

    /// The evidence of a tie on the day.
    #[allow(clippy::indexing_slicing, reason = "there is one fold a tie")]
    pub(crate) fn evidence(&self, tie: TieIx) -> Evidence {
        let ties = self.network.ties();
        match &self.refolded {
            Some(folds) => folds[tie.index()].evidence(),
            None if ties.changes(tie) => ties.refold(tie, self.day, &self.settings.evidence).evidence(),
            None => ties.head(tie).evidence(self.kept, self.settings.evidence.reporting_line.get()),
        }
    }

    /// What is explicitly against on the day, piece by piece.
    pub(crate) fn against(&self, tie: TieIx) -> Against {
        let as_recorded = self.as_recorded && self.refolded.is_some();
        self.network.ties().against(tie, self.day, &self.settings.evidence, as_recorded)
    }

    /// The best basis of the evidence of a tie on the day.
    #[allow(clippy::indexing_slicing, reason = "there is one fold a tie")]
    pub(crate) fn basis(&self, tie: TieIx) -> Basis {
        let ties = self.network.ties();
        match &self.refolded {
            Some(folds) => folds[tie.index()].basis.unwrap_or(Basis::Assumed),
            None if ties.changes(tie) => {
                ties.refold(tie, self.day, &self.settings.evidence).basis.unwrap_or(Basis::Assumed)
            }
            None => ties.basis(tie),
        }
    }

    /// Id and name of a person.
    pub(crate) fn name(&self, person: PersonIx) -> PersonRef {
        PersonRef::from(self.network.person_at(person))
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("network", self.network).field("day", &self.day).finish_non_exhaustive()
    }
}

/// One customer on a day.
///
/// Its questions, by the stage that answers them: [`people`](Self::people) and
/// [`interactions`](Self::interactions); [`power`](Self::power); [`reach`](Self::reach);
/// [`paths_from_account_team`](Self::paths_from_account_team); [`gaps`](Self::gaps) and
/// [`gaps_with`](Self::gaps_with); [`strength`](Self::strength); [`changes_since`](Self::changes_since);
/// [`checkup`](Self::checkup) and [`concerns`](Self::concerns).
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let customer = view.customer("northgate")?;
/// let power = customer.power();
/// assert_eq!(power.people[0].person.id, "dan", "who decides most");
/// assert!(customer.gaps().iter().any(|gap| gap.id() == "unreached_power"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct CustomerView<'v> {
    view: &'v View<'v>,
    at: CustomerIx,
}

impl<'v> CustomerView<'v> {
    /// The customer's record.
    pub fn record(&self) -> &'v Customer {
        self.view.network.customer_at(self.at)
    }

    /// The customer's id.
    pub fn id(&self) -> &'v str {
        &self.record().id
    }

    /// The customer's name, or the id where no name is known.
    pub fn name(&self) -> &'v str {
        let record = self.record();
        record.name.as_deref().unwrap_or(&record.id)
    }

    /// The people who work there on the day, in the order of their ids.
    pub fn people(&self) -> impl Iterator<Item = PersonRecord<'v>> {
        let network = self.view.network;
        self.present().map(|person| network.person_at(person))
    }

    /// The interactions that the customer's people took part in or that name the customer, in order of time, planned ones
    /// and those after the day included. Costs as much as there are.
    pub fn interactions(&self) -> impl Iterator<Item = &'v Interaction> {
        self.view.network.interactions_of(self.at)
    }

    /// The view that this customer is seen in.
    pub const fn view(&self) -> &'v View<'v> {
        self.view
    }

    pub(crate) const fn at(&self) -> CustomerIx {
        self.at
    }

    pub(crate) fn block(&self) -> IxRange<PersonIx> {
        self.view.network.block(self.at)
    }

    /// The people who work there on the day, by position.
    pub(crate) fn present(&self) -> impl Iterator<Item = PersonIx> + use<'v> {
        let view = self.view;
        self.block().filter(|&person| view.is_present(person))
    }

    pub(crate) fn owner(&self) -> Option<PersonIx> {
        self.view.network.owner_of(self.at).filter(|&owner| self.view.is_present(owner))
    }
}

impl fmt::Debug for CustomerView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerView").field("id", &self.id()).field("day", &self.view.day).finish()
    }
}

/// Id and name of a person, as answers carry them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonRef {
    /// The id.
    pub id: Text,
    /// The name, or the id where no name is known.
    pub name: Text,
}

impl From<PersonRecord<'_>> for PersonRef {
    fn from(person: PersonRecord<'_>) -> Self {
        let id = person.id();
        Self { id: id.into(), name: person.name().unwrap_or(id).into() }
    }
}

impl fmt::Display for PersonRef {
    /// The name, without control characters that could steer a terminal, and cut at 80 characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Label::new(&self.name), f)
    }
}

/// Id and name of a customer, as answers carry them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomerRef {
    /// The id.
    pub id: Text,
    /// The name, or the id where no name is known.
    pub name: Text,
}

impl CustomerRef {
    pub(crate) fn of(customer: &CustomerView<'_>) -> Self {
        Self { id: customer.record().id.clone(), name: customer.name().into() }
    }
}

impl fmt::Display for CustomerRef {
    /// As that of [`PersonRef`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Label::new(&self.name), f)
    }
}
