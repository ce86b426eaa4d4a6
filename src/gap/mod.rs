//! What is missing between a customer and us, most serious first?
//!
//! A [`Gap`] is a finding about one customer on one day. It carries what a reader needs to check it: people and ties,
//! dated evidence, the threshold with its source, what was not known, and the smallest change that would clear it.
//!
//! Severity = what is at stake × how far short × the customer's weight, in 0..=1. What is at stake is a share of power;
//! the customer's weight lies between one half (small, no renewal near) and one. Gaps are totally ordered: severity,
//! then id, then people, then the records behind them. A gap that the caller decided to let rest stays in the list, marked.
//!
//! Each kind is a file, `<family>/<kind>.rs`, and a line in `kinds.rs`; [`CATALOGUE`] lists them all. A caller adds kinds of
//! their own through [`Kind`], the same trait that the built-in ones use.

mod kinds;
mod kind;
mod detector;
mod own;
mod builder;
mod finding;
mod remedy;
mod settings;
mod situation;
mod phrase;
mod weigh;
mod contact;
mod threads;

/// Declares a module a family, and in it a module a kind.
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
pub use finding::{Band, Dated, Gap, Missing, Silenced, Threshold, TieFact};
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

use crate::view::{CustomerView, View};

impl CustomerView<'_> {
    /// Every gap that the built-in detectors find here on the day, most serious first, silenced ones included.
    pub fn gaps(&self) -> Vec<Gap> {
        self.gaps_with(&[])
    }

    /// As [`gaps`](Self::gaps), with detectors of the caller's own beside the built-in ones.
    pub fn gaps_with(&self, own: &[Detector]) -> Vec<Gap> {
        gaps(&Situation::of(*self), own)
    }
}

impl View<'_> {
    /// Every gap at every customer: one list a customer, in the order of [`customers`](Self::customers), each as
    /// [`CustomerView::gaps`] has it.
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

    /// As [`gaps`](Self::gaps), with detectors of the caller's own beside the built-in ones.
    pub fn gaps_with(&self, own: &[Detector]) -> Vec<Vec<Gap>> {
        self.customers().map(|customer| customer.gaps_with(own)).collect()
    }
}

pub(crate) fn gaps(situation: &Situation<'_>, own: &[Detector]) -> Vec<Gap> {
    gaps_by(situation, |_| true, own)
}

/// The gaps of some built-in kinds only, by id, as [`CustomerView::gaps`] has them.
pub(crate) fn gaps_of_kinds(situation: &Situation<'_>, ids: &[&str]) -> Vec<Gap> {
    gaps_by(situation, |id| ids.contains(&id), &[])
}

fn gaps_by(situation: &Situation<'_>, wanted: impl Fn(&str) -> bool, own: &[Detector]) -> Vec<Gap> {
    let off = &situation.view().settings().gaps.off;
    // Most customers have no more.
    let mut findings = Vec::with_capacity(12);
    kinds::detect(situation, |id| wanted(id) && !off.contains(id), &mut findings);
    for detector in own.iter().filter(|detector| !off.contains(detector.entry().id)) {
        detector.detect(situation, &mut findings);
    }
    if weigh::may_silence(situation.customer()) {
        for gap in &mut findings {
            gap.silenced = weigh::silence(situation.customer(), gap);
        }
    }
    findings.sort_by(Gap::order);
    // A gap is large, and the lists of all customers are kept.
    findings.shrink_to_fit();
    findings
}
