//! The best path to everyone outside, in one go.

use std::fmt;

use super::path::Path;
use crate::error::Error;
use crate::network::{PersonIx, PersonRecord};
use crate::path::{Goal, PathQuery, Sweep, best};
use crate::reach::CoverageTable;
use crate::settings::Settings;
use crate::share::Share;
use crate::view::{CustomerView, View};

/// Bounds on the length and weakness of paths when those to everyone are computed at once.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bounds {
    /// The most ties a path may have; any number when none.
    pub max_ties: Option<u8>,
    /// The least proven strength.
    pub floor: Share,
}

impl Bounds {
    /// No bounds: any number of ties, however weak.
    pub const NONE: Self = Self { max_ties: None, floor: Share::ZERO };

    /// The same with at most this many ties.
    #[must_use]
    pub const fn max_ties(mut self, most: u8) -> Self {
        self.max_ties = Some(most);
        self
    }

    /// The same with this proven strength at least.
    #[must_use]
    pub const fn floor(mut self, least: Share) -> Self {
        self.floor = least;
        self
    }
}

impl From<&Settings> for Bounds {
    /// The bounds that single questions for introductions have.
    fn from(settings: &Settings) -> Self {
        let settings = &settings.introductions;
        Self { max_ties: Some(settings.max_ties), floor: settings.floor }
    }
}

/// The best path to everyone outside from any of our staff: what [`View::best_paths`] finds.
///
/// Holds four bytes a person and tie allowed; each [`Path`] is put together when it is asked for.
pub struct BestPaths<'v> {
    view: &'v View<'v>,
    sweep: Sweep,
    floor: Share,
}

impl View<'_> {
    /// The best path to everyone outside from any of our staff, by what is proven, all found together.
    ///
    /// The same paths as one [question](Self::introductions) a person finds, for a small part of the work: O(ties)
    /// for each tie that a path may have. Without a bound on ties, as many sweeps over each customer as the
    /// longest best path there needs, in practice three to six over ever fewer ties. The first call on a network,
    /// and the first after an edit, also picks the ties that may begin a best path, in one pass over all; they are
    /// kept, sixteen bytes for about every second tie. Two paths whose strengths differ by less than a rounding
    /// error, one part in 10¹⁵, may come in either order.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, record::{Customer, Person, Tie}};
    /// use stakeholder_graph::introduction::Bounds;
    ///
    /// # let mut records = Records::new();
    /// # records.as_of = Some("2026-03-02".parse()?);
    /// # records.customers.push(Customer::new("northgate"));
    /// # records.people = vec![Person::customer("dan", "northgate"), Person::customer("wes", "northgate"),
    /// #     Person::staff("pam"), Person::staff("sal")];
    /// # records.ties = vec![Tie::trust("dan", "wes").evidence(6.0, 0.0), Tie::trust("wes", "pam").evidence(14.0, 0.0)];
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let paths = view.best_paths(Bounds::from(view.settings()));
    /// let dan = paths.to("dan")?.ok_or("no way")?;
    /// assert_eq!(dan.requester().id(), "pam");
    /// assert_eq!(paths.iter().count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn best_paths(&self, bounds: Bounds) -> BestPaths<'_> {
        let sweep = Sweep::over(self, bounds.max_ties, bounds.floor.get());
        BestPaths { view: self, sweep, floor: bounds.floor }
    }
}

impl<'v> CustomerView<'v> {
    /// The best path to everyone here from the account team, in the order of ids; people with no path within the
    /// bounds are left out.
    ///
    /// One search a person, as a [question](View::introductions) from the account team would make, but the team is
    /// found once. In one that is not bounded the search of someone far from the team may look at much of the
    /// network.
    pub fn paths_from_account_team(&self, bounds: Bounds) -> Vec<Path<'v>> {
        let view = self.view();
        let team = CoverageTable::of(self).account_team().to_vec();
        let query = |target: PersonIx| PathQuery {
            goal: Goal::Among(&team),
            max_ties: bounds.max_ties.unwrap_or(u8::MAX),
            floor: bounds.floor.get(),
            ..PathQuery::to(target, view)
        };
        let paths = self.present().filter_map(|person| best(view, &query(person)).path);
        paths.map(|path| Path::new(view, path)).collect()
    }
}

impl<'v> BestPaths<'v> {
    /// The best path to someone; none where there is no path within the bounds, and to our own people.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn to(&self, id: &str) -> Result<Option<Path<'v>>, Error> {
        Ok(self.path(self.view.person_ix(id)?))
    }

    /// Everyone that a path leads to, with the best one, in the order of [`Network::people`].
    ///
    /// [`Network::people`]: crate::Network::people
    pub fn iter(&self) -> impl Iterator<Item = (PersonRecord<'v>, Path<'v>)> + '_ {
        let network = self.view.network();
        let outsiders = network.staff_end().up_to(network.outsiders_end());
        outsiders.filter_map(move |at| Some((network.person_at(at), self.path(at)?)))
    }

    fn path(&self, person: PersonIx) -> Option<Path<'v>> {
        let path = self.sweep.path(self.view, person)?;
        (path.proven >= self.floor.get()).then(|| Path::new(self.view, path))
    }
}

impl fmt::Debug for BestPaths<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BestPaths")
            .field("view", self.view)
            .field("floor", &self.floor)
            .finish_non_exhaustive()
    }
}
