//! What people were asked for, and whether they did it: the outcomes that forecasts are measured against.
//!
//! | asked | happened | did not |
//! |---|---|---|
//! | a message to a person on another side | they wrote back within the days of a reply | they did not, and those days are over |
//! | a meeting, call or event that a person started | it was held | it was declined, or the request left unanswered |
//!
//! All messages from one person to another on one day count as one question, that of the first: will they write
//! back? What the records call unanswered is unanswered. An audience is not asked anything.
#![allow(
    clippy::indexing_slicing,
    reason = "positions come from the network, and columns have one entry a person"
)]

use std::collections::BTreeMap;

use crate::day::{Day, Moment};
use crate::network::{Network, PersonIx};
use crate::record::{Interaction, InteractionKind, InteractionStatus};
use crate::settings::EvidenceSettings;

/// A request from one person to another, and its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Outcome {
    pub(super) day: Day,
    /// The person asked, who would trust.
    pub(super) who: PersonIx,
    /// The person who asked.
    pub(super) trusts: PersonIx,
    pub(super) happened: bool,
}

/// Every outcome that is known on the network's day, by day and then by who was asked and who asked.
pub(super) fn of(network: &Network, settings: &EvidenceSettings) -> Vec<Outcome> {
    let end = network.as_of().unwrap_or(Day::MIN);
    let within = i32::try_from(settings.reply_within_days.get()).unwrap_or(i32::MAX);
    let audience = settings.audience_from.get() as usize;
    let written = written(network, audience);
    let mut found: BTreeMap<(Day, PersonIx, PersonIx), bool> = BTreeMap::new();
    for at in (0_u32..).take(network.interactions().len()) {
        let (interaction, participants) = (network.interaction_at(at), network.participants_at(at));
        let Some(starter) = network.starter_of(at) else { continue };
        if participants.len() > audience || interaction.status == InteractionStatus::Planned {
            continue;
        }
        let day = interaction.at.day();
        for &asked in
            participants.iter().filter(|&&asked| asked != starter && network.are_of_two_sides(asked, starter))
        {
            let happened = match (is_message(interaction), interaction.status) {
                (_, InteractionStatus::Unanswered | InteractionStatus::Declined) => false,
                (false, _) if is_meeting(interaction) => true,
                (false, _) => continue,
                (true, _) => {
                    if end.days_since(day) <= within {
                        continue;
                    }
                    let back = first_after(written.get(&(asked, starter)), interaction.at);
                    back.is_some_and(|back| is_within(back, interaction.at, within))
                }
            };
            found.entry((day, asked, starter)).or_insert(happened);
        }
    }
    found.into_iter().map(|((day, who, trusts), happened)| Outcome { day, who, trusts, happened }).collect()
}

/// When each person wrote to each other, in order of time.
fn written(network: &Network, audience: usize) -> BTreeMap<(PersonIx, PersonIx), Vec<Moment>> {
    let mut written: BTreeMap<(PersonIx, PersonIx), Vec<Moment>> = BTreeMap::new();
    for at in (0_u32..).take(network.interactions().len()) {
        let (interaction, participants) = (network.interaction_at(at), network.participants_at(at));
        let Some(starter) = network.starter_of(at) else { continue };
        let wrote = matches!(interaction.status, InteractionStatus::Held | InteractionStatus::Unanswered);
        if is_message(interaction) && wrote && participants.len() <= audience {
            for &reader in participants.iter().filter(|&&reader| reader != starter) {
                written.entry((starter, reader)).or_default().push(interaction.at);
            }
        }
    }
    written
}

fn first_after(moments: Option<&Vec<Moment>>, at: Moment) -> Option<Moment> {
    let moments = moments?;
    moments.get(moments.partition_point(|moment| *moment <= at)).copied()
}

/// Whether a moment is at most that many days after another: to the second, where both are known to it.
fn is_within(later: Moment, earlier: Moment, days: i32) -> bool {
    let whole = later.day().days_since(earlier.day());
    whole < days || whole == days && later.second_of_day() <= earlier.second_of_day()
}

fn is_message(interaction: &Interaction) -> bool {
    matches!(interaction.kind, Some(InteractionKind::Email | InteractionKind::Message) | None)
}

fn is_meeting(interaction: &Interaction) -> bool {
    matches!(
        interaction.kind,
        Some(InteractionKind::Meeting | InteractionKind::Call | InteractionKind::Event)
    )
}
