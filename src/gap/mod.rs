//! What is missing between a customer and us, most serious first?
//!
//! A [`Gap`] is a finding about one customer on one day. It carries what a reader needs to check it: people and
//! ties, dated evidence, the threshold with its source, what was missing, and the smallest change that would clear
//! it.
//!
//! Severity = what is at stake × how far short × the customer's weight, in 0..=1. What is at stake is a share of
//! power; the customer's weight lies between one half (small, no renewal near) and one. Gaps are totally ordered:
//! by severity, then id, people, and the underlying records. A gap that the caller has snoozed stays in the list,
//! marked.
//!
//! Each kind is a file, `<family>/<kind>.rs`, and a line in `kinds.rs`; [`CATALOGUE`] lists them all. A caller
//! adds their own kinds through [`Kind`], the same trait that the built-in ones use.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let gaps = view.customer("northgate")?.gaps();
//! let gap = gaps.iter().find(|gap| gap.id() == "unreached_power").ok_or("no such gap")?;
//! assert_eq!(gap.key(), "unreached_power/northgate/person/dan");
//! assert!(gap.to_string().starts_with("Dan Keller holds"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod kinds;
mod kind;
mod detector;
mod own;
mod unknown;
mod check;
mod builder;
mod finding;
mod remedy;
mod settings;
mod situation;
mod phrase;
mod weigh;
mod contact;
mod threads;

/// Declares one module per family, and in it one module per kind.
macro_rules! modules {
    ($($(#[$doc:meta])* $family:ident [$($shared:ident),*] { $($module:ident: $Kind:ident,)+ })+) => {
        $(
            $(#[$doc])*
            pub mod $family {
                $(pub(super) mod $shared;)*
                $(pub mod $module;)+
            }
        )+
        $($(pub use $family::$module::$Kind;)+)+
    };
}

kinds::kinds!(modules);

pub use breadth::map_outgrown::Growing;
pub use breadth::units::Unit;
pub use builder::{Figures, GapBuilder};
pub use detector::Detector;
pub use finding::{Band, Dated, Gap, Missing, Snoozed, Threshold, TieFact};
pub(crate) use inside::internal_gate::weak_ties;
pub use kind::{Entry, Family, Kind, Nature, NoSettings, Sentence, Subject};
pub use kinds::{CATALOGUE, Reason};
pub use own::{Own, OwnFigures};
pub(crate) use phrase::{Percent, Times};
pub use promises::concern_open::ConcernState;
pub use reach::missing_buying_role::BuyingRole;
pub use remedy::Remedy;
pub use rhythm::overdue_touch::Touch;
pub use settings::{Cadences, GapSettings};
pub use situation::Situation;
pub use unknown::Unknown;

use crate::view::{CustomerView, View};

impl CustomerView<'_> {
    /// Every gap that the built-in detectors find at this customer on the day, most serious first, snoozed ones
    /// included.
    pub fn gaps(&self) -> Vec<Gap> {
        self.gaps_with(&[])
    }

    /// Like [`gaps`](Self::gaps), with the caller's own detectors beside the built-in ones.
    pub fn gaps_with(&self, own: &[Detector]) -> Vec<Gap> {
        gaps(&Situation::of(*self), own)
    }
}

impl View<'_> {
    /// Every gap at every customer: one list per customer, in the order of [`customers`](Self::customers), each as
    /// returned by [`CustomerView::gaps`].
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
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

    /// Like [`gaps`](Self::gaps), with the caller's own detectors beside the built-in ones.
    pub fn gaps_with(&self, own: &[Detector]) -> Vec<Vec<Gap>> {
        self.customers().map(|customer| customer.gaps_with(own)).collect()
    }
}

pub(crate) fn gaps(situation: &Situation<'_>, own: &[Detector]) -> Vec<Gap> {
    gaps_by(situation, |_| true, own)
}

/// The gaps of some built-in kinds only, by id, as returned by [`CustomerView::gaps`].
pub(crate) fn gaps_of_kinds(situation: &Situation<'_>, ids: &[&str]) -> Vec<Gap> {
    gaps_by(situation, |id| ids.contains(&id), &[])
}

fn gaps_by(situation: &Situation<'_>, wanted: impl Fn(&str) -> bool, own: &[Detector]) -> Vec<Gap> {
    let off = &situation.view().settings().gaps.off;
    // Most customers have no more than this.
    let mut findings = Vec::with_capacity(12);
    kinds::detect(situation, |id| wanted(id) && !off.contains(id), &mut findings);
    for detector in own.iter().filter(|detector| !off.contains(detector.entry().id)) {
        detector.detect(situation, &mut findings);
    }
    if weigh::may_silence(situation.customer()) {
        for gap in &mut findings {
            gap.snoozed = weigh::snooze(situation.customer(), gap);
        }
    }
    findings.sort_by(Gap::order);
    // A gap is large, and the lists of all customers are kept in memory.
    findings.shrink_to_fit();
    findings
}
