//! Which introductions lead to a powerful person?
//!
//! Requester R wants to reach target T: R asks c1, … ck asks T. Each person who is asked must trust the one who asks,
//! so the request travels along a path of trust T → ck → … → c1 → R. Its strength is *proven* Πb and *expected* ΠP
//! over the ties. A path excludes people who have left, people to avoid, competitors' people, and anyone the next
//! person distrusts (explicit disbelief of at least 0.4, and more than belief). The best path has the highest proven
//! strength, then the highest expected, then fewer ties, then ids from the target on. Alternatives go through another
//! last introducer, the one who asks the target.
//!
//! ```
//! # use stakeholder_graph::{Network, Records, Settings};
//! # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
//! # let network = Network::build(records)?;
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//! let paths = view.introductions("dan")?.best(2);
//! assert_eq!(paths[0].requester().map(|it| it.id.as_str()), Some("pam"));
//! println!("{}", paths[0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod explained;
mod everyone;
mod path;
mod search;
mod nothing;
mod team_up;

pub use everyone::{BestPaths, Bounds};
pub use explained::{ExplainedPath, Hop, Tolerance};
pub use nothing::{BlockedPath, Miss, NoPath, Opening};
pub use path::{Path, Step};
pub use team_up::{Explain, TeamUp};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::network::PersonIx;
use crate::path::{Goal, PathQuery, Several, best, simple};
use crate::reach::CoverageTable;
use crate::record::Side;
use crate::share::Share;
use crate::view::{PersonRef, View};

pub use crate::path::Ranking;

/// A question for introductions to one person: from which staff, excluding which people, and how strong at least.
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
/// let paths = view.introductions("dan")?.best(2);
/// assert_eq!(paths[0].to_string(), "pam asks wes, wes asks dan: likely 0.75, at least 0.66");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Introductions<'v> {
    view: &'v View<'v>,
    target: PersonIx,
    from: From,
    avoid: Vec<PersonIx>,
    max_ties: u8,
    floor: Share,
    ranking: Ranking,
    distrusted_too: bool,
}

/// Where paths may end.
#[derive(Debug, Clone)]
enum From {
    AnyStaff,
    /// Sorted.
    Among(Vec<PersonIx>),
}

/// The answer to a question for introductions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answer {
    /// The person to reach.
    pub target: PersonRef,
    /// The paths, best first, each with another last introducer.
    pub paths: Vec<ExplainedPath>,
    /// Who does what, after the best path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_up: Option<TeamUp>,
    /// Where there is no path: the closest candidate, and the tie that would open one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_path: Option<NoPath>,
    /// The search examined its maximum number of ties and gave up: there may be better paths, or one where none
    /// was found.
    pub gave_up: bool,
}

impl View<'_> {
    /// Asks for introductions to a person, from any of our staff by default.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::WrongSide`] for one of our own.
    pub fn introductions(&self, target: &str) -> Result<Introductions<'_>, Error> {
        let target_ix = self.person_ix(target)?;
        if self.network().is_staff(target_ix) {
            return Err(Error::WrongSide { id: target.into(), is: Side::Staff, wanted: "someone outside" });
        }
        Ok(self.introductions_to(target_ix))
    }

    pub(crate) fn introductions_to(&self, target: PersonIx) -> Introductions<'_> {
        let settings = &self.settings().introductions;
        Introductions {
            view: self,
            target,
            from: From::AnyStaff,
            avoid: Vec::new(),
            max_ties: settings.max_ties,
            floor: settings.floor,
            ranking: Ranking::Proven,
            distrusted_too: false,
        }
    }

    /// Measures a path that the caller has in mind: ids in the order of asking, the requester first, the target
    /// last.
    ///
    /// Whatever blocks it is reported with each hop; it is measured all the same. Where there is no tie at all,
    /// nothing is proven and the projected probability is the base rate.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::PathTooShort`] for fewer than two people.
    pub fn path<'a>(&self, asking: impl IntoIterator<Item = &'a str>) -> Result<ExplainedPath, Error> {
        let people: Vec<PersonIx> =
            asking.into_iter().map(|id| self.person_ix(id)).collect::<Result<_, _>>()?;
        if people.len() < 2 {
            return Err(Error::PathTooShort { people: people.len() });
        }
        Ok(ExplainedPath::of(self, people.iter().rev().copied()))
    }
}

impl<'v> Introductions<'v> {
    /// Only paths that end with this colleague, the requester.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::WrongSide`] for a person who is not one of our staff.
    pub fn asked_by(mut self, requester: &str) -> Result<Self, Error> {
        let person = self.view.person_ix(requester)?;
        if !self.view.network().is_staff(person) {
            let is = self.view.network().person_at(person).side();
            return Err(Error::WrongSide {
                id: requester.into(),
                is,
                wanted: "one of our team as requester",
            });
        }
        self.from = From::Among(vec![person]);
        Ok(self)
    }

    /// Only paths that end with one of these colleagues.
    pub(crate) fn among(mut self, mut ours: Vec<PersonIx>) -> Self {
        ours.sort_unstable();
        self.from = From::Among(ours);
        self
    }

    /// Only paths that end with a member of the target's account team: the account owner, and every colleague
    /// trusted at the live level by a person at the customer.
    ///
    /// # Errors
    /// [`Error::WrongSide`] when the target works for no customer.
    pub fn asked_by_account_team(mut self) -> Result<Self, Error> {
        let network = self.view.network();
        let Some(customer) = network.customer_of(self.target) else {
            let target = network.person_at(self.target);
            let wanted = "somebody who has an account team";
            return Err(Error::WrongSide { id: target.id().into(), is: target.side(), wanted });
        };
        let coverage_table = CoverageTable::of(&self.view.customer_at(customer));
        self.from = From::Among(coverage_table.account_team().to_vec());
        Ok(self)
    }

    /// Paths that end with any of our staff. The default.
    #[must_use]
    pub fn from_anybody(mut self) -> Self {
        self.from = From::AnyStaff;
        self
    }

    /// Paths that ask none of these.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub fn avoid<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        for id in ids {
            self.avoid.push(self.view.person_ix(id)?);
        }
        self.avoid.sort_unstable();
        self.avoid.dedup();
        Ok(self)
    }

    /// Paths of at most this many ties, instead of the settings'.
    #[must_use]
    pub fn max_ties(mut self, ties: u8) -> Self {
        self.max_ties = ties;
        self
    }

    /// Paths of at least this strength, in the measure they are ranked by, instead of the settings'.
    #[must_use]
    pub fn floor(mut self, floor: Share) -> Self {
        self.floor = floor;
        self
    }

    /// Ranks paths by what is expected instead of what is proven.
    #[must_use]
    pub fn rank_by(mut self, ranking: Ranking) -> Self {
        self.ranking = ranking;
        self
    }

    /// Takes paths through people who are distrusted as well: to see what distrust costs.
    #[must_use]
    pub fn even_if_distrusted(mut self) -> Self {
        self.distrusted_too = true;
        self
    }

    /// The best paths, strongest first, each with another last introducer; none where there is no path.
    ///
    /// Costs one short search for each person that the target has an opinion of, and for the best path one more
    /// for each of its ties.
    pub fn best(&self, count: usize) -> Vec<ExplainedPath> {
        search::explained(self, count).paths
    }

    /// The best path in brief, or none: the quickest answer there is, one short search and nothing worded out.
    ///
    /// What it costs depends on the few dozen ties around the target, not on the size of the network.
    pub fn path(&self) -> Option<Path<'v>> {
        best(self.view, &self.query()).path.map(|path| Path::new(self.view, path))
    }

    /// The best paths in brief, strongest first, each with another last introducer, as [`best`](Self::best) has
    /// them.
    pub fn paths(&self, count: usize) -> Vec<Path<'v>> {
        let (paths, _) = search::several(self, count);
        paths.into_iter().map(|path| Path::new(self.view, path)).collect()
    }

    /// The best paths in brief, strongest first, whichever the last introducer: the best `count` of all paths that
    /// visit no person twice, within the same bounds and in the same order as everywhere. Two of them may differ
    /// in one person only; for paths with different last introducers use [`paths`](Self::paths).
    ///
    /// A path from any of our staff ends at the first colleague it reaches; one [`asked_by`](Self::asked_by) a requester
    /// or [`asked_by_account_team`](Self::asked_by_account_team) may pass through other colleagues.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, record::{Customer, Person, Tie}};
    /// # let mut records = Records::new();
    /// # records.as_of = Some("2026-03-02".parse()?);
    /// # records.customers.push(Customer::new("northgate"));
    /// # records.people = vec![Person::customer("dan", "northgate"), Person::customer("wes", "northgate"),
    /// #     Person::staff("pam"), Person::staff("sal")];
    /// # records.ties = vec![Tie::trust("dan", "wes").evidence(18.0, 0.0), Tie::trust("wes", "pam").evidence(14.0, 0.0),
    /// #     Tie::trust("wes", "sal").evidence(6.0, 0.0)];
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let question = view.introductions("dan")?;
    /// let requesters = |paths: Vec<_>| -> Vec<&str> {
    ///     paths.iter().map(|path: &stakeholder_graph::introduction::Path<'_>| path.requester().id()).collect()
    /// };
    /// assert_eq!(requesters(question.simple_paths(5)), ["pam", "sal"]);
    /// assert_eq!(requesters(question.paths(5)), ["pam"], "both go through wes");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Costs one best-first search around the target, as far out as the weakest of the paths is strong, and about
    /// as much again for combining the paths; in the worst case, where best paths cross each other everywhere, as
    /// much as there are paths. Each of these two steps gives up once it has examined [as many
    /// ties](crate::settings::IntroductionSettings::budget) as one search may: then there are fewer paths than
    /// there might be, and there may be better ones.
    pub fn simple_paths(&self, count: usize) -> Vec<Path<'v>> {
        let Several { paths, .. } = simple(self.view, &self.query(), count);
        paths.into_iter().map(|path| Path::new(self.view, path)).collect()
    }

    /// The full answer: paths, who does what, and where there is no path, the closest candidate.
    pub fn answer(&self, count: usize) -> Answer {
        let found = search::explained(self, count);
        let best = found.best.as_ref().zip(found.paths.first());
        let team_up = best.map(|(path, explained)| team_up::plan(self, path, explained));
        let no_path = found.paths.is_empty().then(|| nothing::nearest(self));
        Answer {
            target: self.view.name(self.target),
            paths: found.paths,
            team_up,
            no_path,
            gave_up: found.gave_up,
        }
    }

    /// The closest candidate, whether there is a path or not.
    pub(crate) fn nearest(&self) -> NoPath {
        nothing::nearest(self)
    }

    fn query(&self) -> PathQuery<'_> {
        PathQuery {
            goal: match &self.from {
                From::AnyStaff => Goal::AnyStaff,
                From::Among(people) => Goal::Among(people),
            },
            max_ties: self.max_ties,
            floor: self.floor.get(),
            ranking: self.ranking,
            avoid: &self.avoid,
            distrusted_too: self.distrusted_too,
            ..PathQuery::to(self.target, self.view)
        }
    }
}
