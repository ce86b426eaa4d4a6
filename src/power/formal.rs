//! Formal weight: from the decision rule in force, or else from ratings, roles and seniority.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::label::Label;
use crate::network::{PersonIx, PersonRecord};
use crate::record::{Decision, Role, Seniority};
use crate::settings::PowerSettings;
use crate::text::Text;
use crate::view::CustomerView;
use crate::voting::VotingGame;

/// Where a person's formal weight comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum FormalFrom {
    /// They approve the decision.
    #[non_exhaustive]
    Approver {
        /// The decision's id.
        decision: Text,
    },
    /// They have a vote in the decision; the weight is how often it turns the vote.
    #[non_exhaustive]
    Votes {
        /// The decision's id.
        decision: Text,
        /// Their votes.
        votes: u64,
        /// Votes needed.
        quota: u64,
    },
    /// A decision rule is in force and gives them nothing to decide.
    NoVote,
    /// The caller's own rating.
    Rated,
    /// A role in buying decisions.
    #[non_exhaustive]
    Role {
        /// The role.
        role: Role,
    },
    /// Their level in the organisation.
    #[non_exhaustive]
    Seniority {
        /// The level, such as `director`.
        level: Seniority,
        /// Whether it was read from the job title, for lack of a better source.
        from_title: bool,
    },
    /// Nothing on record indicates a weight.
    Unknown,
}

impl fmt::Display for FormalFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Approver { .. } => f.write_str("approves the decision"),
            Self::Votes { votes, quota, .. } => write!(f, "has {votes} votes where {quota} carry it"),
            Self::NoVote => f.write_str("has no vote in the decision"),
            Self::Rated => f.write_str("rated so in the records"),
            Self::Role { role } => Label::new(&role.as_str().replace('_', " ")).fmt(f),
            Self::Seniority { level, from_title } => {
                f.write_str(&level.as_str().replace('_', " "))?;
                if *from_title { f.write_str(", read from the job title") } else { Ok(()) }
            }
            Self::Unknown => f.write_str("nothing known that would tell"),
        }
    }
}

/// Where a formal weight comes from, without owned texts: most callers need only the weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Source<'v> {
    Approver(&'v Decision),
    Votes { decision: &'v Decision, votes: u64, quota: u64 },
    NoVote,
    Rated,
    Role(&'v Role),
    Seniority { level: Seniority, from_title: bool },
    Unknown,
}

impl From<Source<'_>> for FormalFrom {
    fn from(source: Source<'_>) -> Self {
        match source {
            Source::Approver(decision) => Self::Approver { decision: decision.id.clone() },
            Source::Votes { decision, votes, quota } => {
                Self::Votes { decision: decision.id.clone(), votes, quota }
            }
            Source::NoVote => Self::NoVote,
            Source::Rated => Self::Rated,
            Source::Role(role) => Self::Role { role: role.clone() },
            Source::Seniority { level, from_title } => Self::Seniority { level, from_title },
            Source::Unknown => Self::Unknown,
        }
    }
}

/// Formal weight of some people of one customer, by their place among them.
pub(super) struct Formal<'v> {
    pub(super) weight: Vec<f64>,
    pub(super) from: Vec<Source<'v>>,
    /// Whether they decide by rule or by role.
    pub(super) decides: Vec<bool>,
}

/// The formal weight of people on a day.
pub(super) fn formal<'v>(customer: &CustomerView<'v>, people: &[PersonIx], day: Day) -> Formal<'v> {
    let network = customer.view().network();
    let decisions: Vec<&'v Decision> = network.decisions_of(customer.at()).collect();
    let mut by_rule: Option<Formal<'v>> = None;
    for decision in in_force(&decisions, day) {
        let Some(rule) = apply(decision, customer, people) else { continue };
        by_rule = Some(match by_rule {
            None => rule,
            Some(sum) => join(sum, rule),
        });
    }
    let mut formal = by_rule.unwrap_or_else(|| by_role(customer, people));
    for (decides, &person) in formal.decides.iter_mut().zip(people) {
        *decides |= network.person_at(person).roles().iter().any(Role::decides);
    }
    formal
}

/// The decisions open on a day; when none is, the next to open, since its people matter before it opens; and when
/// none is to come, the one decided last, which is the best evidence of how they decide.
fn in_force<'a>(decisions: &[&'a Decision], day: Day) -> Vec<&'a Decision> {
    let is_past = |decision: &Decision| decision.decides_on.is_some_and(|decides| decides < day);
    let is_to_come = |decision: &Decision| decision.opens_on.is_some_and(|opens| day < opens);
    let open: Vec<&Decision> =
        decisions.iter().filter(|decision| !is_past(decision) && !is_to_come(decision)).copied().collect();
    if !open.is_empty() {
        return open;
    }
    let to_come = decisions.iter().filter(|decision| is_to_come(decision)).copied();
    let next = to_come.min_by(|a, b| (a.opens_on, &a.id).cmp(&(b.opens_on, &b.id)));
    let past = decisions.iter().filter(|decision| is_past(decision)).copied();
    let last = past.max_by(|a, b| (a.decides_on, &b.id).cmp(&(b.decides_on, &a.id)));
    next.or(last).into_iter().collect()
}

/// The weight that a rule gives to each; none when those who decide by it have left.
fn apply<'v>(decision: &'v Decision, customer: &CustomerView<'v>, people: &[PersonIx]) -> Option<Formal<'v>> {
    let network = customer.view().network();
    let place = |id: &str| {
        let person = network.person_ix(id)?;
        people.binary_search(&person).ok()
    };
    let mut formal = Formal {
        weight: vec![0.0; people.len()],
        from: vec![Source::NoVote; people.len()],
        decides: vec![false; people.len()],
    };
    let mut give = |at: usize, weight: f64, from: Source<'v>| {
        if let (Some(slot), Some(why), Some(decides)) =
            (formal.weight.get_mut(at), formal.from.get_mut(at), formal.decides.get_mut(at))
        {
            *slot = weight;
            *why = from;
            *decides = weight > 0.0;
        }
    };
    if let Some(approver) = &decision.approver {
        give(place(approver)?, 1.0, Source::Approver(decision));
        return Some(formal);
    }
    let there: Vec<(usize, u64)> =
        decision.members.iter().filter_map(|member| Some((place(&member.id)?, member.votes))).collect();
    let quota = decision.quota?;
    let game = VotingGame::new(quota, there.iter().map(|(_, votes)| *votes).collect()).ok()?;
    for ((at, votes), share) in there.into_iter().zip(game.banzhaf()) {
        give(at, share.get(), Source::Votes { decision, votes, quota });
    }
    Some(formal)
}

/// Two simultaneous decisions have equal weight.
fn join<'v>(mut sum: Formal<'v>, rule: Formal<'v>) -> Formal<'v> {
    for (slot, more) in sum.weight.iter_mut().zip(rule.weight) {
        *slot += more;
    }
    for (slot, more) in sum.from.iter_mut().zip(rule.from) {
        if *slot == Source::NoVote {
            *slot = more;
        }
    }
    for (slot, more) in sum.decides.iter_mut().zip(rule.decides) {
        *slot |= more;
    }
    sum
}

fn by_role<'v>(customer: &CustomerView<'v>, people: &[PersonIx]) -> Formal<'v> {
    let (network, settings) = (customer.view().network(), &customer.view().settings().power);
    let (weight, from) = people.iter().map(|&person| weight_of(network.person_at(person), settings)).unzip();
    Formal { weight, from, decides: vec![false; people.len()] }
}

/// The caller's rating; or else the heavier of role and seniority; or else what the job title indicates.
fn weight_of<'v>(person: PersonRecord<'v>, settings: &PowerSettings) -> (f64, Source<'v>) {
    if let Some(rating) = person.power() {
        return (rating, Source::Rated);
    }
    let role = person
        .roles()
        .iter()
        .map(|role| (settings.by_role.of(role).get(), role))
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)));
    let from_title = person.seniority().is_none();
    let level = person.seniority().or_else(|| Seniority::from_title(person.title()?));
    let level = level.map(|level| (settings.by_seniority.of(level).get(), level));
    match (role, level) {
        (Some((weight, role)), level) if level.is_none_or(|(other, _)| weight > other) => {
            (weight, Source::Role(role))
        }
        (_, Some((weight, level))) => (weight, Source::Seniority { level, from_title }),
        _ => (settings.by_seniority.unknown.get(), Source::Unknown),
    }
}

/// Whether nothing on record indicates how much a person decides.
pub(crate) fn is_unknown(person: PersonRecord<'_>) -> bool {
    person.power().is_none() && person.roles().is_empty() && person.level().is_none()
}
