//! A path in brief: its people and strength, explained only on request.
#![allow(clippy::indexing_slicing, reason = "a route has one person more than ties, and at least one tie")]

use std::fmt;

use super::explained::ExplainedPath;
use crate::evidence::Basis;
use crate::network::{PersonIx, PersonRecord};
use crate::path::FoundPath;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::View;

/// A path of introduction in brief, borrowed from the view that it was found in.
///
/// What programs that ask for thousands of paths want: it costs two small allocations, and everything that a
/// [`ExplainedPath`] spells out can be had from it afterwards.
///
/// ```
/// # use stakeholder_graph::{Network, Records, Settings, record::{Customer, Person, Tie}};
/// # let mut records = Records::new();
/// # records.as_of = Some("2026-03-02".parse()?);
/// # records.customers.push(Customer::new("northgate"));
/// # records.people = vec![Person::customer("dan", "northgate"), Person::customer("wes", "northgate"),
/// #     Person::staff("pam"), Person::staff("sal")];
/// # records.ties = vec![Tie::trust("dan", "wes").evidence(6.0, 0.0), Tie::trust("wes", "pam").evidence(14.0, 0.0)];
/// # let network = Network::build(records)?;
/// let view = network.view("2026-03-02".parse()?, &Settings::default());
/// let path = view.introductions("dan")?.path().ok_or("no way")?;
/// let people: Vec<&str> = path.people().map(|person| person.id()).collect();
/// assert_eq!((people, path.ties()), (vec!["pam", "wes", "dan"], 2));
/// assert_eq!(path.proven().get(), 6.0 / 8.0 * (14.0 / 16.0));
/// assert_eq!(path.explain().to_string(), "pam asks wes, wes asks dan: likely 0.75, at least 0.66");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Path<'v> {
    view: &'v View<'v>,
    path: FoundPath,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Step<'v> {
    /// Who asks.
    pub asker: PersonRecord<'v>,
    /// Who is asked, and trusts the asker.
    pub asked: PersonRecord<'v>,
    /// The opinion that the person asked holds of the asker.
    pub opinion: Opinion,
    /// The strongest basis of that opinion.
    pub basis: Basis,
}

impl<'v> Path<'v> {
    pub(super) const fn new(view: &'v View<'v>, path: FoundPath) -> Self {
        Self { view, path }
    }

    /// Πb over the ties, multiplied from the target on: what is proven.
    pub fn proven(&self) -> Share {
        Share::clamped(self.path.proven)
    }

    /// ΠP over the ties, multiplied from the target on: the projected probability.
    pub fn projected(&self) -> Share {
        Share::clamped(self.path.projected)
    }

    /// How many ties it takes; at least one.
    pub fn ties(&self) -> usize {
        self.path.ties.len()
    }

    /// The colleague who asks first.
    pub fn requester(&self) -> PersonRecord<'v> {
        self.person(self.path.people[self.path.ties.len()])
    }

    /// The person to reach.
    pub fn target(&self) -> PersonRecord<'v> {
        self.person(self.path.people[0])
    }

    /// Everyone in it, in the order of asking: the requester first, the target last.
    pub fn people(
        &self,
    ) -> impl DoubleEndedIterator<Item = PersonRecord<'v>> + ExactSizeIterator + use<'v, '_> {
        self.path.people.iter().rev().map(|&at| self.person(at))
    }

    /// The steps, in the order of asking.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Step<'v>> + ExactSizeIterator + use<'v, '_> {
        let pairs = self.path.people.windows(2).zip(&self.path.ties);
        pairs.rev().map(|(pair, &tie)| Step {
            asker: self.person(pair[1]),
            asked: self.person(pair[0]),
            opinion: self.view.opinion(tie),
            basis: self.view.basis(tie),
        })
    }

    /// The path with all the evidence behind each hop.
    pub fn explain(&self) -> ExplainedPath {
        ExplainedPath::along(self.view, &self.path)
    }

    fn person(&self, at: PersonIx) -> PersonRecord<'v> {
        self.view.network().person_at(at)
    }
}

impl fmt::Debug for Path<'_> {
    /// Ids only, in the order of asking.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.people().map(PersonRecord::id).collect();
        f.debug_struct("Path")
            .field("people", &ids)
            .field("proven", &self.path.proven)
            .finish_non_exhaustive()
    }
}
