//! What may be supposed, and how a network is edited to reflect it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::error::Error;
use crate::evidence::{Evidence, EvidenceKind, HalfLife, Item, Prior};
use crate::label::Label;
use crate::network::{Network, PersonIx, Undo};
use crate::settings::Settings;
use crate::share::Share;
use crate::text::Text;

/// Something that might happen. People are named by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "if")]
#[non_exhaustive]
pub enum Suppose {
    /// A person, one of our staff or the customer's, is gone on the day.
    #[non_exhaustive]
    Leaves {
        /// The person.
        person: Text,
    },
    /// A person comes to trust another (one of our staff, a competitor's person or one of their own colleagues) at
    /// a level at least.
    #[non_exhaustive]
    TieForms {
        /// Who trusts.
        who: Text,
        /// Who is trusted.
        trusts: Text,
        /// With this belief on the day; capped at 0.99, as no evidence makes certain.
        level: Share,
    },
    /// All evidence of the trust of one person in another is discarded.
    #[non_exhaustive]
    TieBreaks {
        /// Who trusted.
        who: Text,
        /// Who was trusted.
        trusts: Text,
    },
    /// The evidence against a tie is discarded: only the evidence for it counts.
    #[non_exhaustive]
    TieMends {
        /// Who trusts.
        who: Text,
        /// Who is trusted.
        trusts: Text,
    },
    /// A person gets another manager, or none.
    #[non_exhaustive]
    NewManager {
        /// The person.
        person: Text,
        /// The new manager.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        manager: Option<Text>,
    },
}

impl Suppose {
    /// That one person leaves.
    pub fn leaves(person: impl Into<Text>) -> Self {
        Self::Leaves { person: person.into() }
    }

    /// That one person comes to trust another at a level at least.
    pub fn tie_forms(who: impl Into<Text>, trusts: impl Into<Text>, level: Share) -> Self {
        Self::TieForms { who: who.into(), trusts: trusts.into(), level }
    }

    /// That nothing known of one person's trust in another counts any more.
    pub fn tie_breaks(who: impl Into<Text>, trusts: impl Into<Text>) -> Self {
        Self::TieBreaks { who: who.into(), trusts: trusts.into() }
    }

    /// That what speaks against one person's trust in another is put right.
    pub fn tie_mends(who: impl Into<Text>, trusts: impl Into<Text>) -> Self {
        Self::TieMends { who: who.into(), trusts: trusts.into() }
    }

    /// That one person reports to another manager, or to none.
    pub fn new_manager(person: impl Into<Text>, manager: Option<&str>) -> Self {
        Self::NewManager { person: person.into(), manager: manager.map(Into::into) }
    }
}

impl fmt::Display for Suppose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leaves { person } => write!(f, "{} leaves", Label::new(person)),
            Self::TieForms { who, trusts, level } => {
                write!(f, "{} comes to trust {} at {level:.2}", Label::new(who), Label::new(trusts))
            }
            Self::TieBreaks { who, trusts } => {
                write!(f, "{} trusts {} no more", Label::new(who), Label::new(trusts))
            }
            Self::TieMends { who, trusts } => {
                write!(f, "what {} holds against {} is put right", Label::new(who), Label::new(trusts))
            }
            Self::NewManager { person, manager: Some(manager) } => {
                write!(f, "{} reports to {}", Label::new(person), Label::new(manager))
            }
            Self::NewManager { person, manager: None } => {
                write!(f, "{} reports to nobody", Label::new(person))
            }
        }
    }
}

/// Everyone whose ties or presence would change, in order.
pub(super) fn concerned(suppose: &[Suppose], network: &Network) -> Result<Vec<PersonIx>, Error> {
    let find = |id: &Text| network.person_ix(id).ok_or_else(|| Error::UnknownPerson { id: id.clone() });
    let mut concerned = Vec::new();
    for one in suppose {
        match one {
            Suppose::Leaves { person } => concerned.push(find(person)?),
            Suppose::TieForms { who, trusts, .. }
            | Suppose::TieBreaks { who, trusts }
            | Suppose::TieMends { who, trusts } => {
                find(trusts)?;
                concerned.push(find(who)?);
            }
            Suppose::NewManager { person, manager } => {
                let person = find(person)?;
                concerned.extend([Some(person), network.manager_of(person)].into_iter().flatten());
                concerned.extend(manager.as_ref().map(find).transpose()?);
            }
        }
    }
    concerned.sort_unstable();
    concerned.dedup();
    Ok(concerned)
}

/// The colleagues who are supposed to leave.
pub(super) fn staff_leavers(suppose: &[Suppose], network: &Network) -> Vec<PersonIx> {
    let leavers = suppose.iter().filter_map(|one| match one {
        Suppose::Leaves { person } => network.person_ix(person).filter(|&it| network.is_staff(it)),
        Suppose::TieForms { .. }
        | Suppose::TieBreaks { .. }
        | Suppose::TieMends { .. }
        | Suppose::NewManager { .. } => None,
    });
    leavers.collect()
}

/// Applies all of it to the network. Where one cannot be applied, the network is restored.
pub(super) fn apply(
    suppose: &[Suppose],
    network: &mut Network,
    day: Day,
    settings: &Settings,
) -> Result<Vec<Undo>, Error> {
    let mut done: Vec<Undo> = Vec::new();
    for one in suppose {
        match apply_one(one, network, day, settings) {
            Ok(undo) => done.push(undo),
            Err(error) => {
                for undo in done.into_iter().rev() {
                    network.undo(undo);
                }
                return Err(error);
            }
        }
    }
    Ok(done)
}

fn apply_one(one: &Suppose, network: &mut Network, day: Day, settings: &Settings) -> Result<Undo, Error> {
    match one {
        Suppose::Leaves { person } => network.end_presence(person, day.plus_days(-1)),
        Suppose::NewManager { person, manager } => network.set_manager(person, manager.as_deref()),
        Suppose::TieBreaks { who, trusts } => network.replace_evidence(who, trusts, |_| Vec::new()),
        Suppose::TieMends { who, trusts } => network.replace_evidence(who, trusts, |mut pieces| {
            pieces.retain(|piece| !piece.kind.is_against());
            pieces
        }),
        Suppose::TieForms { who, trusts, level } => {
            let wanted = wanting(network, (who, trusts), *level, day, settings)?;
            // Dated no later than the network's own day, up to which it keeps evidence summed.
            let dated = network.as_of().map_or(Day::MIN, |as_of| as_of.min(day));
            let kept = if dated == Day::MIN {
                1.0
            } else {
                HalfLife::from(settings.evidence.half_life_days).kept_after(day.days_since(dated))
            };
            // Slightly more, so that rounding to 32 bits does not fall short of the level.
            #[allow(clippy::cast_possible_truncation, reason = "evidence is kept in 32 bits")]
            let amount = (wanted / kept * (1.0 + 1e-6)).min(MOST_EVIDENCE) as f32;
            let record = network.next_tie_record();
            network.replace_evidence(who, trusts, |mut pieces| {
                if amount > 0.0 {
                    pieces.push(Item { day: dated, wait: 0, amount, record, kind: EvidenceKind::CountedFor });
                }
                pieces
            })
        }
    }
}

/// More evidence than anyone has, so that evidence that fades for centuries does not grow without bound.
const MOST_EVIDENCE: f64 = 1e9;

/// How much evidence is missing, on the day, for belief at a level.
fn wanting(
    network: &Network,
    (who, trusts): (&str, &str),
    level: Share,
    day: Day,
    settings: &Settings,
) -> Result<f64, Error> {
    let view = network.view(day, settings);
    let (who, trusts) = (view.person_ix(who)?, view.person_ix(trusts)?);
    let tie = network.ties().find(who, trusts);
    let Evidence { supporting, against } = tie.map_or(Evidence::NONE, |tie| view.evidence(tie));
    let enough = Prior::of(&settings.evidence).needed(level.get(), against);
    Ok((enough - supporting).max(0.0))
}
