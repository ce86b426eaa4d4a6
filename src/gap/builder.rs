//! How a gap is put together, from its figures to its severity.

use std::borrow::Cow;

use super::finding::{Band, Dated, Gap, Missing, Threshold, TieFact};
use super::kinds::Reason;
use super::remedy::Remedy;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// The figures a gap is built from: those of a built-in kind directly, those of a caller's kind through
/// [`Own::of`](super::Own::of).
pub trait Figures {
    /// The reason they give, once the people of the gap are known.
    fn reason(self, people: &[PersonRef]) -> Reason;
}

/// A gap being built. [`Situation::gap`](super::Situation::gap) begins one.
#[derive(Debug, Clone)]
#[must_use = "it becomes a gap only when it is done"]
pub struct GapBuilder<F> {
    figures: F,
    parts: Parts,
}

/// What all kinds share.
#[derive(Debug, Clone)]
struct Parts {
    weight: f64,
    importance: f64,
    shortfall: f64,
    customer: Text,
    people: Vec<PersonRef>,
    ties: Vec<TieFact>,
    evidence: Vec<Dated>,
    threshold: Option<Threshold>,
    missing: Vec<Missing>,
    remedy: Option<Remedy>,
}

impl<F: Figures> GapBuilder<F> {
    pub(super) fn new(figures: F, customer: &str, weight: f64) -> Self {
        let parts = Parts {
            weight,
            importance: 1.0,
            shortfall: 1.0,
            customer: customer.into(),
            people: Vec::new(),
            ties: Vec::new(),
            evidence: Vec::new(),
            threshold: None,
            missing: Vec::new(),
            remedy: None,
        };
        Self { figures, parts }
    }

    /// What is at stake: a share of power, 0..=1. Default 1.
    #[inline]
    pub fn stake(mut self, stake: impl Into<f64>) -> Self {
        self.parts.importance = stake.into();
        self
    }

    /// How far short, 0..=1. Default 1.
    #[inline]
    pub fn shortfall(mut self, shortfall: impl Into<f64>) -> Self {
        self.parts.shortfall = shortfall.into();
        self
    }

    /// Adds a person concerned; the first is the one the gap is about.
    #[inline]
    pub fn person(mut self, person: PersonRef) -> Self {
        put(&mut self.parts.people, [person]);
        self
    }

    /// Adds people concerned.
    #[inline]
    pub fn people(mut self, people: impl IntoIterator<Item = PersonRef>) -> Self {
        put(&mut self.parts.people, people);
        self
    }

    /// Adds ties concerned.
    #[inline]
    pub fn ties(mut self, ties: impl IntoIterator<Item = TieFact>) -> Self {
        put(&mut self.parts.ties, ties);
        self
    }

    /// Adds evidence.
    #[inline]
    pub fn evidence(mut self, evidence: impl IntoIterator<Item = Dated>) -> Self {
        put(&mut self.parts.evidence, evidence);
        self
    }

    /// The threshold that was applied: its name in the settings, its value, and where its default comes from.
    #[inline]
    pub fn threshold(mut self, setting: &'static str, value: impl Into<f64>, source: &'static str) -> Self {
        let (setting, source) = (Cow::Borrowed(setting), Cow::Borrowed(source));
        self.parts.threshold = Some(Threshold { setting, value: value.into(), source });
        self
    }

    /// A field that is missing and could change the finding.
    #[inline]
    pub fn missing(mut self, field: &'static str, person: Option<PersonRef>) -> Self {
        put(&mut self.parts.missing, [Missing::new(field, person)]);
        self
    }

    /// The same missing field for several people.
    pub(super) fn all_missing(
        mut self,
        field: &'static str,
        people: impl Iterator<Item = PersonRef>,
    ) -> Self {
        put(&mut self.parts.missing, people.map(|person| Missing::new(field, Some(person))));
        self
    }

    /// The smallest change that would clear the gap.
    #[inline]
    pub fn remedy(self, remedy: Remedy) -> Self {
        self.remedies(Some(remedy))
    }

    /// The smallest change that would clear the gap, where there is a simple one.
    #[inline]
    pub(super) fn remedies(mut self, remedy: Option<Remedy>) -> Self {
        self.parts.remedy = remedy;
        self
    }

    /// The finished gap.
    #[inline]
    pub fn done(self) -> Gap {
        let reason = self.figures.reason(&self.parts.people);
        self.parts.into_gap(reason)
    }
}

impl Parts {
    fn into_gap(self, reason: Reason) -> Gap {
        let Self {
            weight,
            importance,
            shortfall,
            customer,
            people,
            ties,
            evidence,
            threshold,
            missing,
            remedy,
        } = self;
        let severity = Share::clamped(importance.clamp(0.0, 1.0) * shortfall.clamp(0.0, 1.0) * weight);
        Gap {
            severity,
            band: Band::of(severity),
            customer,
            people,
            reason,
            ties,
            evidence,
            threshold,
            missing,
            remedy,
            snoozed: None,
        }
    }
}

/// Appends to a list. The first items allocate exactly: most lists never grow, and growing one by one would start
/// with room for four.
fn put<T>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    if list.is_empty() {
        *list = more.into_iter().collect();
    } else {
        list.extend(more);
    }
}
