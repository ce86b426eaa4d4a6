//! What is taken from all records at once, decided when the network is built and named.

use serde::{Deserialize, Serialize};

use super::PersonIx;
use super::check::ValidRecords;
use crate::record::{InteractionKind, InteractionStatus};
use crate::settings::EvidenceSettings;

/// What was taken from all records when the network was built. An edit never decides it anew.
///
/// ```
/// # use stakeholder_graph::{Network, Records};
/// # let records = Records::from_json(std::fs::File::open("examples/sample.json")?)?;
/// # let network = Network::build(records)?;
/// assert!(network.resolved().silence, "the sample holds mail in both directions");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Resolved {
    /// Whether a message without a word back counts as silence although no status says so: as
    /// [`EvidenceSettings::harvest_silence`] says, else where the records hold messages in both directions.
    pub silence: bool,
}

impl Resolved {
    pub(super) fn of(valid: &ValidRecords, settings: &EvidenceSettings) -> Self {
        Self { silence: settings.harvest_silence.unwrap_or_else(|| is_two_way(valid)) }
    }
}

/// Whether the log holds messages of our staff to others, and of others to our staff. Costs O(participants).
fn is_two_way(valid: &ValidRecords) -> bool {
    let (mut ours, mut theirs) = (false, false);
    for (record, interaction) in (0_u32..).zip(&valid.interactions) {
        let is_message =
            matches!(interaction.kind, Some(InteractionKind::Email | InteractionKind::Message) | None);
        let starter = valid.starter.get(record as usize).copied().unwrap_or(PersonIx::NONE);
        if !is_message || interaction.status != InteractionStatus::Held || starter == PersonIx::NONE {
            continue;
        }
        let is_ours = valid.is_staff(starter);
        if valid.participants.of(record).iter().any(|&person| valid.is_staff(person) != is_ours) {
            ours |= is_ours;
            theirs |= !is_ours;
        }
        if ours && theirs {
            return true;
        }
    }
    false
}
