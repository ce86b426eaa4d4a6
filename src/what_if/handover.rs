//! Who could take over from a colleague who leaves, and with which introductions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::effect::{Member, Snapshot};
use crate::introduction::ExplainedPath;
use crate::network::PersonIx;
use crate::share::Share;
use crate::view::{PersonRef, View};

/// Who could take over a colleague's ties at one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Handover {
    /// The leaver.
    pub from: PersonRef,
    /// The best successor: the colleague at the end of the best paths of those who trusted the leaver, by power
    /// times proven strength; none where no path is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<PersonRef>,
    /// Everyone who trusted the leaver at the live level, the most powerful first.
    pub ties: Vec<TakeOver>,
}

/// One tie to take over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TakeOver {
    /// The person who trusted the leaver.
    pub person: PersonRef,
    /// Their share of power.
    pub power: Share,
    /// Their belief in the leaver.
    pub belief: Share,
    /// How they come to trust the successor: the successor's best path to them, or where there is none the best of
    /// any colleague. A path of one hop means that they trust each other already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<ExplainedPath>,
}

/// Who could take over from a colleague at one customer, if anyone there trusted them; `view` is without the
/// leaver.
pub(super) fn handover(leaver: PersonIx, before: &Snapshot, view: &View<'_>) -> Option<Handover> {
    let of_leaver = |member: &Member| {
        let tie = member.trusts.iter().find(|&&(colleague, _)| colleague == leaver);
        tie.map(|&(_, belief)| belief)
    };
    let there = before.members.iter().filter(|member| view.is_present(member.person));
    let mut leaning: Vec<(&Member, Share)> =
        there.filter_map(|member| Some((member, of_leaver(member)?))).collect();
    leaning.sort_by(|(a, _), (b, _)| b.power.cmp(&a.power).then_with(|| a.person.cmp(&b.person)));
    if leaning.is_empty() {
        return None;
    }
    let mut votes: BTreeMap<PersonIx, f64> = BTreeMap::new();
    for (member, _) in &leaning {
        let Some(path) = view.introductions_to(member.person).path() else { continue };
        if let Ok(end) = view.person_ix(path.requester().id()) {
            *votes.entry(end).or_default() += member.power.get() * path.proven().get();
        }
    }
    let successor =
        votes.into_iter().rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(successor, _)| successor);
    let ties = leaning.iter().map(|&(member, belief)| {
        let anybody = view.introductions_to(member.person);
        let by_successor =
            successor.and_then(|successor| anybody.clone().among(vec![successor]).best(1).pop());
        TakeOver {
            person: view.name(member.person),
            power: member.power,
            belief,
            introduction: by_successor.or_else(|| anybody.best(1).pop()),
        }
    });
    Some(Handover {
        from: view.name(leaver),
        successor: successor.map(|successor| view.name(successor)),
        ties: ties.collect(),
    })
}
