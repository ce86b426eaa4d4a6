//! Who does what: the introducer convenes, the one who is trusted leads, the requester attends.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ExplainedPath, From, Introductions};
use crate::day::Day;
use crate::evidence::Basis;
use crate::network::{CustomerIx, PersonIx};
use crate::path::{FoundPath, Goal, PathQuery, best};
use crate::record::{CommitmentStatus, ConcernStatus};
use crate::share::Share;
use crate::text::Text;
use crate::view::{PersonRef, View};

/// Who does what, so that the target comes to meet us.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeamUp {
    /// The person to meet.
    pub target: PersonRef,
    /// Who invites the target: the last introducer. None when the one who leads can call the target directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convenes: Option<PersonRef>,
    /// The colleague who leads: nearest to the target on the path.
    pub leads: PersonRef,
    /// Colleagues who attend and let the other lead: the requester, or the account owner.
    pub attends: Vec<PersonRef>,
    /// What everyone should know before.
    pub explain: Vec<Explain>,
}

/// Something to know before a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum Explain {
    /// Why someone leads rather than the one who attends: the strength of the path of each.
    #[non_exhaustive]
    WhyLead {
        /// Who leads.
        leads: PersonRef,
        /// Proven strength of the path that ends with them.
        proven: Share,
        /// Who attends.
        attends: PersonRef,
        /// Proven strength of the best path that ends with them; none where there is no path.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<Share>,
    },
    /// The target distrusts a colleague, who should not lead the meeting.
    #[non_exhaustive]
    Distrusts {
        /// The distrusted colleague.
        colleague: PersonRef,
        /// Evidence for, on the day.
        supporting: f64,
        /// Evidence against, on the day.
        against: f64,
    },
    /// A hop has only assumed evidence: ask before relying on it.
    #[non_exhaustive]
    Assumed {
        /// Who would be asked.
        asked: PersonRef,
        /// The person who asks.
        asker: PersonRef,
    },
    /// A promise to someone in the path is still open or was broken.
    #[non_exhaustive]
    Promise {
        /// The commitment's id.
        commitment: Text,
        /// Who promised.
        made_by: PersonRef,
        /// The person on the path.
        made_to: PersonRef,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<Day>,
        /// Whether it was broken, or is past its day.
        broken: bool,
    },
    /// A concern of someone in the path has not been answered.
    #[non_exhaustive]
    Concern {
        /// The concern's id.
        concern: Text,
        /// Whose.
        raised_by: PersonRef,
        /// Since when.
        raised_on: Day,
    },
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WhyLead { leads, proven, attends, own: Some(own) } => {
                write!(
                    f,
                    "{leads} leads, because the path through {leads} is proven at {proven:.2} and {attends}'s own only at {own:.2}"
                )
            }
            Self::WhyLead { leads, proven, attends, own: None } => {
                write!(
                    f,
                    "{leads} leads, because the path through {leads} is proven at {proven:.2} and {attends} has none"
                )
            }
            Self::Distrusts { colleague, .. } => {
                write!(f, "{colleague} is distrusted there and should not be the face of the meeting")
            }
            Self::Assumed { asked, asker } => {
                write!(f, "that {asked} trusts {asker} is only assumed: ask before relying on it")
            }
            Self::Promise { made_by, made_to, due_on, broken: true, .. } => {
                write!(f, "{made_by} has not kept a promise to {made_to}")?;
                due_on.map_or(Ok(()), |day| write!(f, " (due {day})"))
            }
            Self::Promise { made_by, made_to, due_on, broken: false, .. } => {
                write!(f, "{made_by} still has a promise to {made_to} to keep")?;
                due_on.map_or(Ok(()), |day| write!(f, " (due {day})"))
            }
            Self::Concern { raised_by, raised_on, .. } => {
                write!(f, "{raised_by} has waited for an answer since {raised_on}")
            }
        }
    }
}

impl fmt::Display for TeamUp {
    /// `Wes sets up the meeting with Dan, Pam leads, Sal attends`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.convenes {
            Some(convenes) => write!(f, "{convenes} sets up the meeting with {}, ", self.target)?,
            None => write!(f, "{} asks {} for a meeting, ", self.leads, self.target)?,
        }
        write!(f, "{} leads", self.leads)?;
        for attends in &self.attends {
            write!(f, ", {attends} attends")?;
        }
        Ok(())
    }
}

/// The plan that follows from the best path, given as found and in words.
pub(super) fn plan(question: &Introductions<'_>, path: &FoundPath, explained: &ExplainedPath) -> TeamUp {
    let view = question.view;
    let lead = lead(question, path);
    let leads = lead.end().unwrap_or(question.target);
    let asks_target = lead.people.get(1).copied();
    let convenes = asks_target.filter(|&person| person != leads);
    let attends: Vec<PersonIx> = attending(question).into_iter().filter(|&person| person != leads).collect();
    let mut explain = Vec::new();
    for &person in &attends {
        explain.push(why_lead(question, path, &lead, person));
    }
    explain.extend(distrusted(question));
    for hop in &explained.hops {
        if hop.basis == Some(Basis::Assumed) {
            explain.push(Explain::Assumed { asked: hop.asked.clone(), asker: hop.asker.clone() });
        }
    }
    explain.extend(open_matters(view, &lead.people));
    TeamUp {
        target: view.name(question.target),
        convenes: convenes.map(|person| view.name(person)),
        leads: view.name(leads),
        attends: attends.into_iter().map(|person| view.name(person)).collect(),
        explain,
    }
}

/// The path that ends at the colleague who leads: the one with the strongest path. The question's own best path,
/// when any of our staff may ask.
fn lead<'a>(question: &Introductions<'_>, path: &'a FoundPath) -> Cow<'a, FoundPath> {
    match question.from {
        From::AnyStaff => Cow::Borrowed(path),
        // The best path from anyone never is weaker than the requester's own, nor longer when as strong.
        From::Among(_) => {
            let best = best(question.view, &PathQuery { goal: Goal::AnyStaff, ..question.query() }).path;
            best.map_or(Cow::Borrowed(path), Cow::Owned)
        }
    }
}

/// Who comes along: the requester; or, where no one in particular asks, the owner of the account.
fn attending(question: &Introductions<'_>) -> Vec<PersonIx> {
    let network = question.view.network();
    match &question.from {
        From::Among(people) if people.len() == 1 => people.clone(),
        From::AnyStaff | From::Among(_) => {
            let owner = network.customer_of(question.target).and_then(|at| network.owner_of(at));
            owner.filter(|&owner| question.view.is_present(owner)).into_iter().collect()
        }
    }
}

fn why_lead(question: &Introductions<'_>, path: &FoundPath, lead: &FoundPath, attends: PersonIx) -> Explain {
    let view = question.view;
    let own = match &question.from {
        // Who alone may ask has been asked about already.
        From::Among(people) if **people == [attends] => Some(path.proven),
        From::AnyStaff | From::Among(_) => {
            let query = PathQuery { goal: Goal::Among(&[attends]), ..question.query() };
            best(view, &query).path.map(|path| path.proven)
        }
    };
    Explain::WhyLead {
        leads: view.name(lead.end().unwrap_or(question.target)),
        proven: Share::clamped(lead.proven),
        attends: view.name(attends),
        own: own.map(Share::clamped),
    }
}

/// Colleagues the target distrusts.
fn distrusted(question: &Introductions<'_>) -> Vec<Explain> {
    let view = question.view;
    let ties = view.network().ties();
    ties.of(question.target)
        .filter(|&tie| view.network().is_staff(ties.trusted(tie)) && view.is_present(ties.trusted(tie)))
        .filter(|&tie| view.is_distrust(tie, view.evidence(tie)))
        .map(|tie| {
            let evidence = view.evidence(tie);
            Explain::Distrusts {
                colleague: view.name(ties.trusted(tie)),
                supporting: evidence.supporting,
                against: evidence.against,
            }
        })
        .collect()
}

/// Promises to people on the path that are not kept, and their concerns that are not answered.
fn open_matters(view: &View<'_>, path: &[PersonIx]) -> Vec<Explain> {
    let network = view.network();
    let mut customers: Vec<CustomerIx> =
        path.iter().filter_map(|&person| network.customer_of(person)).collect();
    customers.sort_unstable();
    customers.dedup();
    let in_path = |id: &str| network.person_ix(id).filter(|person| path.contains(person));
    let mut matters = Vec::new();
    for customer in customers {
        for promise in network.commitments_of(customer).filter(|it| it.made_on <= view.day()) {
            let overdue = promise.due_on.is_some_and(|due| due < view.day());
            // What was closed later was still open on the day.
            let later = promise.closed_on.is_some_and(|closed| closed > view.day());
            let status = if later { CommitmentStatus::Open } else { promise.status };
            let broken = match status {
                CommitmentStatus::Open => overdue,
                CommitmentStatus::Broken => true,
                CommitmentStatus::Kept | CommitmentStatus::Withdrawn => continue,
            };
            let Some(maker) = network.person_ix(&promise.made_by).filter(|&it| network.is_staff(it)) else {
                continue;
            };
            for taker in promise.made_to.iter().filter_map(|id| in_path(id)) {
                matters.push(Explain::Promise {
                    commitment: promise.id.clone(),
                    made_by: view.name(maker),
                    made_to: view.name(taker),
                    due_on: promise.due_on,
                    broken,
                });
            }
        }
        for concern in network.concerns_of(customer).filter(|it| it.raised_on <= view.day()) {
            if matches!(
                concern.status_on(view.day(), network.as_of()),
                ConcernStatus::Open | ConcernStatus::Acknowledged
            ) && let Some(raiser) = in_path(&concern.raised_by)
            {
                matters.push(Explain::Concern {
                    concern: concern.id.clone(),
                    raised_by: view.name(raiser),
                    raised_on: concern.raised_on,
                });
            }
        }
    }
    matters
}
