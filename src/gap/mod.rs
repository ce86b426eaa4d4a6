//! What is missing between a customer and us, most serious first?
//!
//! A [`Gap`] is a finding about one customer on one day. It carries what a reader needs to check it: people and ties,
//! dated evidence, the threshold with its source, what was not known, and the smallest change that would clear it.
//!
//! Severity = what is at stake × how far short × the customer's weight, in 0..=1. What is at stake is a share of power;
//! the customer's weight lies between one half (small, no renewal near) and one. Gaps are totally ordered: severity,
//! then id, then people, then the records behind them. A gap that the caller decided to let rest stays in the list, marked.
//!
//! Each family of detectors is a file; [`CATALOGUE`] lists them all. A caller adds detectors of their own through
//! [`Detector`], the same trait that the built-in ones use.

mod catalogue;
mod finding;
mod reason;
mod remedy;
mod situation;
mod wording;
mod weigh;
mod contact;
mod reach;
mod path;
mod threading;
mod breadth;
mod rhythm;
mod people;
mod promises;
mod rivals;
mod inside;
mod record;

pub use catalogue::{CATALOGUE, Entry};
pub use finding::{Band, Dated, Draft, Family, Gap, Missing, Silenced, Threshold, TieFact};
pub(crate) use inside::weak_ties;
pub use reason::{ConcernState, Reason, Touch};
pub use remedy::Remedy;
pub use situation::Situation;
pub(crate) use wording::{Percent, Times};

use crate::view::{CustomerView, View};

/// Finds one kind of gap.
///
/// ```
/// use stakeholder_graph::gap::{Detector, Family, Gap, Reason, Situation};
///
/// /// We like to know more than two people at every customer.
/// struct FewPeople;
///
/// impl Detector for FewPeople {
///     fn id(&self) -> &'static str {
///         "few_people"
///     }
///
///     fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
///         let known = situation.customer().people().count();
///         if known < 3 {
///             let sentence = format!("we know only {known} of their people");
///             let draft = situation.draft(self.id(), Family::Own, Reason::Custom { sentence });
///             found.push(draft.stake(1.0).shortfall(0.3).done());
///         }
///     }
/// }
/// ```
pub trait Detector: Send + Sync {
    /// The stable id of the kind of gap, such as `unreached_power`.
    fn id(&self) -> &'static str;

    /// Adds what it finds. Order does not matter.
    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>);
}

impl<D: Detector + ?Sized> Detector for &D {
    fn id(&self) -> &'static str {
        (**self).id()
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        (**self).detect(situation, found);
    }
}

/// The detectors that come with the crate, family by family.
pub fn built_in() -> Vec<Box<dyn Detector>> {
    all_built_in().map(|detector: &'static dyn Detector| Box::new(detector) as Box<dyn Detector>).collect()
}

fn all_built_in<'d>() -> impl Iterator<Item = &'d dyn Detector> {
    let families: [&'d [&'d dyn Detector]; 10] = [
        reach::DETECTORS,
        path::DETECTORS,
        threading::DETECTORS,
        breadth::DETECTORS,
        rhythm::DETECTORS,
        people::DETECTORS,
        promises::DETECTORS,
        rivals::DETECTORS,
        inside::DETECTORS,
        record::DETECTORS,
    ];
    families.into_iter().flatten().copied()
}

impl CustomerView<'_> {
    /// Every gap that the built-in detectors find here on the day, most serious first, silenced ones included.
    pub fn gaps(&self) -> Vec<Gap> {
        self.gaps_with(&[])
    }

    /// As [`gaps`](Self::gaps), with detectors of the caller's own beside the built-in ones.
    pub fn gaps_with(&self, own: &[&dyn Detector]) -> Vec<Gap> {
        gaps(&Situation::of(*self), own)
    }
}

impl View<'_> {
    /// Every gap at every customer: one list a customer, in the order of [`customers`](Self::customers), each as
    /// [`CustomerView::gaps`] has it.
    ///
    /// With the feature `parallel` on the threads of the current rayon pool; the answer is the same on any number.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(include_bytes!("../../examples/sample.json").as_slice())?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// for (customer, gaps) in view.customers().zip(view.gaps()) {
    ///     println!("{}: {} gaps", customer.name(), gaps.len());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gaps(&self) -> Vec<Vec<Gap>> {
        self.gaps_with(&[])
    }

    /// As [`gaps`](Self::gaps), with detectors of the caller's own beside the built-in ones.
    pub fn gaps_with(&self, own: &[&dyn Detector]) -> Vec<Vec<Gap>> {
        self.of_each_customer(|customer| customer.gaps_with(own))
    }
}

pub(crate) fn gaps(situation: &Situation<'_>, own: &[&dyn Detector]) -> Vec<Gap> {
    gaps_by(all_built_in().chain(own.iter().copied()), situation)
}

/// The gaps of some built-in kinds only, by id, as [`CustomerView::gaps`] has them.
pub(crate) fn gaps_of_kinds(situation: &Situation<'_>, kinds: &[&str]) -> Vec<Gap> {
    gaps_by(all_built_in().filter(|detector| kinds.contains(&detector.id())), situation)
}

fn gaps_by<'d>(detectors: impl Iterator<Item = &'d dyn Detector>, situation: &Situation<'_>) -> Vec<Gap> {
    let settings = situation.customer().view().settings();
    // Most customers have no more.
    let mut found = Vec::with_capacity(12);
    for detector in detectors {
        if !settings.gaps.off.contains(detector.id()) {
            detector.detect(situation, &mut found);
        }
    }
    if weigh::may_silence(situation.customer()) {
        for gap in &mut found {
            gap.silenced = weigh::silence(situation.customer(), gap);
        }
    }
    found.sort_by(Gap::order);
    // A gap is large, and the lists of all customers are kept.
    found.shrink_to_fit();
    found
}
