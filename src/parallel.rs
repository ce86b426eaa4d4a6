//! Portfolio-wide questions, on several threads.
//!
//! Each method gives the same answer as the one without `par_`, to the last byte, whatever the number of threads.
//! The customers are distributed over the threads of the current rayon pool: that of
//! [`rayon::ThreadPool::install`], else the global one.
//!
//! [`rayon::ThreadPool::install`]: https://docs.rs/rayon/1/rayon/struct.ThreadPool.html#method.install

use crate::change::Changes;
use crate::checkup::{Brief, Checkup};
use crate::error::Error;
use crate::gap::{Detector, Gap};
use crate::plan::{MeetFirst, Plan, SuggestedTie, Verify};
use crate::strength::Strength;
use crate::view::{Threads, View};
use crate::what_if::Leaving;

/// With the feature `parallel`: on the threads of the current rayon pool. The answers are the same on any number.
impl View<'_> {
    /// [`gaps`](Self::gaps) on several threads.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings};
    /// # let records = Records::from_json(include_bytes!("../examples/sample.json").as_slice())?;
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// assert_eq!(view.par_gaps(), view.gaps());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn par_gaps(&self) -> Vec<Vec<Gap>> {
        self.par_gaps_with(&[])
    }

    /// [`gaps_with`](Self::gaps_with) on several threads.
    pub fn par_gaps_with(&self, own: &[Detector]) -> Vec<Vec<Gap>> {
        self.of_each_customer(Threads::Pool, |customer| customer.gaps_with(own))
    }

    /// [`checkups`](Self::checkups) on several threads.
    pub fn par_checkups(&self) -> Vec<Checkup> {
        self.par_checkups_with(&[])
    }

    /// [`checkups_with`](Self::checkups_with) on several threads.
    pub fn par_checkups_with(&self, own: &[Detector]) -> Vec<Checkup> {
        self.of_each_customer(Threads::Pool, |customer| customer.checkup_with(own))
    }

    /// [`strengths`](Self::strengths) on several threads.
    pub fn par_strengths(&self) -> Vec<Strength> {
        self.strengths_on(Threads::Pool)
    }

    /// [`changes_since`](Self::changes_since) on several threads.
    pub fn par_changes_since(&self, before: &View<'_>) -> Changes {
        self.changes_since_on(Threads::Pool, before)
    }

    /// [`leaving_costs`](Self::leaving_costs) on several threads.
    pub fn par_leaving_costs(&self) -> Vec<Leaving> {
        self.leaving_costs_on(Threads::Pool)
    }

    /// [`plan`](Self::plan) on several threads, except for the flow at its end.
    pub fn par_plan(&self) -> Plan {
        self.plan_on(Threads::Pool)
    }

    /// [`suggested_ties`](Self::suggested_ties) on several threads.
    pub fn par_suggested_ties(&self, count: usize) -> Vec<SuggestedTie> {
        self.suggested_ties_on(Threads::Pool, count)
    }

    /// [`best_first_meetings`](Self::best_first_meetings) on several threads, except for the choice at its end.
    pub fn par_best_first_meetings(&self, count: usize) -> MeetFirst {
        self.best_first_meetings_on(Threads::Pool, count)
    }

    /// [`verify_next`](Self::verify_next) on several threads.
    pub fn par_verify_next(&self, count: usize) -> Vec<Verify> {
        self.verify_next_on(Threads::Pool, count)
    }

    /// [`brief`](Self::brief) on several threads.
    ///
    /// # Errors
    /// As [`brief`](Self::brief).
    pub fn par_brief(&self, before: &View<'_>, staff: Option<&str>) -> Result<Brief, Error> {
        self.brief_on(Threads::Pool, before, staff)
    }
}
