//! Open promises, and how sentences refer to them.

use std::fmt;

use crate::gap::Situation;
use crate::gap::builder::{Figures, GapBuilder};
use crate::gap::finding::Dated;
use crate::gap::remedy::Remedy;
use crate::label::Label;
use crate::network::MemberIx;
use crate::record::{Commitment, CommitmentStatus, RecordKind};
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// Our promises that are open on the day and have a due day.
pub(super) fn open_promises<'v>(
    situation: &Situation<'v>,
) -> impl Iterator<Item = (&'v Commitment, crate::Day)> {
    let view = situation.view();
    let network = view.network();
    network.commitments_of(situation.customer().at()).filter_map(move |promise| {
        let is_open = match promise.status {
            CommitmentStatus::Open => true,
            // A promise that was closed later was open on the day.
            CommitmentStatus::Kept | CommitmentStatus::Broken | CommitmentStatus::Withdrawn => {
                promise.closed_on.is_some_and(|closed| view.day() < closed)
            }
        };
        let due = promise.due_on.filter(|_| is_open && promise.made_on <= view.day())?;
        let maker = network.person_ix(&promise.made_by)?;
        network.is_staff(maker).then_some((promise, due))
    })
}

/// A gap about a promise: the most powerful of its recipients first, then the colleague who made it.
pub(super) fn about<F: Figures>(
    situation: &Situation<'_>,
    promise: &Commitment,
    figures: F,
) -> GapBuilder<F> {
    let network = situation.view().network();
    let power_table = situation.power_table();
    let mut to: Vec<MemberIx> =
        promise.made_to.iter().filter_map(|id| power_table.place(network.person_ix(id)?)).collect();
    to.sort_by_key(|&member| (std::cmp::Reverse(power_table.power(member)), member));
    let stake = to.first().map_or(Share::ZERO, |&member| power_table.power(member));
    let maker = network.person_ix(&promise.made_by);
    situation
        .gap(figures)
        .stake(stake)
        .people(to.iter().map(|&member| situation.name(member)))
        .people(situation.names(maker))
        .evidence([dated(promise.made_on, RecordKind::Commitment, &promise.id)])
        .remedy(Remedy::KeepPromise { promise: promise.id.clone(), text: promise.text.clone() })
}

pub(super) fn dated(day: crate::Day, kind: RecordKind, id: &Text) -> Dated {
    Dated { day: Some(day), record: kind, record_id: id.clone(), kind: None }
}

/// The promise, who made it and who it was made to.
pub(super) struct Promise<'a> {
    pub(super) from: Option<&'a PersonRef>,
    pub(super) to: Option<&'a PersonRef>,
    pub(super) id: &'a Text,
    pub(super) text: Option<&'a Text>,
}

impl fmt::Display for Promise<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = Label::new(self.text.unwrap_or(self.id));
        match (self.from, self.to) {
            (Some(from), Some(to)) if from != to => write!(f, "the promise of {from} to {to}, \"{what}\","),
            (Some(from), _) => write!(f, "the promise of {from}, \"{what}\","),
            (None, _) => write!(f, "the promise \"{what}\""),
        }
    }
}
