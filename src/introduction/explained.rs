//! A path of introduction, and the evidence behind each of its hops.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::nothing::Miss;
use crate::day::Day;
use crate::evidence::{Basis, Evidence};
use crate::network::PersonIx;
use crate::path::{FoundPath, Ranking};
use crate::record::Side;
use crate::share::Share;
use crate::trust::{EvidenceLine, Opinion};
use crate::view::{PersonRef, View};

/// A path of introduction: each step asks the next person, in the order of asking.
///
/// Displays as a sentence: `Pam asks Wes, Wes asks Dan: likely 0.75, at least 0.66`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedPath {
    /// The hops in the order of asking: the first is asked by a colleague, the last is the target.
    pub hops: Vec<Hop>,
    /// Πb over the hops: what is proven.
    pub proven: Share,
    /// ΠP over the hops: the projected probability.
    pub projected: Share,
}

/// One step of a path: one person asks another, who trusts them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hop {
    /// Who asks.
    pub asker: PersonRef,
    /// Who is asked, and must trust the asker.
    pub asked: PersonRef,
    /// The opinion that the person asked holds of the asker.
    pub opinion: Opinion,
    /// The strongest basis of that opinion; none when there is no evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The last day on which something was observed between the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<Day>,
    /// Every piece of evidence, newest first.
    pub evidence: Vec<EvidenceLine>,
    /// How far this hop may fall before the path is no longer best. Known only for the best path of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Tolerance>,
    /// What blocks the path here; empty in every path that a search finds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obstacles: Vec<Miss>,
}

/// How far a hop may fall before the path is no longer best, all else being equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tolerance {
    /// The figure of the hop's opinion: belief when paths are ranked by what is proven, else projected
    /// probability.
    pub of: Ranking,
    /// The path stays best down to this value.
    pub may_fall_to: Share,
    /// The people on the path that is best below it, in the order of asking; empty when there is none.
    pub then: Vec<PersonRef>,
}

impl ExplainedPath {
    /// The colleague who asks first.
    pub fn requester(&self) -> Option<&PersonRef> {
        self.hops.first().map(|hop| &hop.asker)
    }

    /// The person to reach.
    pub fn target(&self) -> Option<&PersonRef> {
        self.hops.last().map(|hop| &hop.asked)
    }

    /// Everyone on the path, in the order of asking.
    pub fn people(&self) -> impl Iterator<Item = &PersonRef> {
        self.requester().into_iter().chain(self.hops.iter().map(|hop| &hop.asked))
    }

    /// The hop with the least belief; of equals the first asked.
    pub fn weakest(&self) -> Option<&Hop> {
        self.hops.iter().min_by_key(|hop| hop.opinion.belief)
    }

    /// The sentence alone: `Pam asks Wes, Wes asks Dan`.
    pub fn sentence(&self) -> impl fmt::Display + '_ {
        Sentence(self)
    }

    /// Whether some hop has only assumed evidence, such as a reporting line.
    pub fn is_assumed(&self) -> bool {
        self.hops.iter().any(|hop| hop.basis == Some(Basis::Assumed))
    }

    /// The path along people from the target on, whatever may block it.
    pub(super) fn of(view: &View<'_>, from_target: impl Iterator<Item = PersonIx>) -> Self {
        let people: Vec<PersonIx> = from_target.collect();
        let mut hops = Vec::with_capacity(people.len());
        let (mut proven, mut projected) = (1.0, 1.0);
        // The search multiplies from the target on; the same order gives the same figure to the last bit.
        for pair in people.windows(2) {
            let &[receiver, asker] = pair else { continue };
            let hop = hop(view, receiver, asker);
            proven *= hop.opinion.belief.get();
            projected *= hop.opinion.projected.get();
            hops.push(hop);
        }
        hops.reverse();
        Self { hops, proven: Share::clamped(proven), projected: Share::clamped(projected) }
    }

    pub(super) fn along(view: &View<'_>, path: &FoundPath) -> Self {
        Self::of(view, path.people.iter().copied())
    }
}

fn hop(view: &View<'_>, receiver: PersonIx, asker: PersonIx) -> Hop {
    let trust = view.trust_between(receiver, asker);
    let network = view.network();
    let mut obstacles = Vec::new();
    if trust.opinion.is_distrust(&view.settings().levels) {
        let Evidence { supporting, against } = trust.opinion.evidence;
        let (who, trusts) = (trust.who.clone(), trust.trusts.clone());
        obstacles.push(Miss::Distrusted { who, trusts, supporting, against });
    }
    if trust.basis.is_none() {
        obstacles.push(Miss::NoTie { who: trust.who.clone(), trusts: trust.trusts.clone() });
    }
    if network.ties().are_apart(receiver, asker, view.day()) {
        obstacles.push(Miss::KeptApart { who: trust.who.clone(), trusts: trust.trusts.clone() });
    }
    if !view.is_present(asker) {
        let last_day = network.last_day_of(asker);
        let left_on = (last_day < Day::MAX && last_day < view.day()).then_some(last_day);
        obstacles.push(Miss::Gone { person: trust.trusts.clone(), left_on });
    }
    if network.person_at(asker).side() == Side::Competitor {
        obstacles.push(Miss::Rival { person: trust.trusts.clone() });
    }
    Hop {
        asker: trust.trusts,
        asked: trust.who,
        opinion: trust.opinion,
        basis: trust.basis,
        last_contact: trust.last_contact,
        evidence: trust.evidence,
        tolerance: None,
        obstacles,
    }
}

struct Sentence<'a>(&'a ExplainedPath);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, hop) in self.0.hops.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}{} asks {}", hop.asker, hop.asked)?;
        }
        Ok(())
    }
}

impl fmt::Display for ExplainedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: likely {:.2}, at least {:.2}", self.sentence(), self.projected, self.proven)
    }
}
