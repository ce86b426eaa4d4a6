//! How formal power is determined and spread.

use serde::{Deserialize, Serialize};

use super::{share, weight};
use crate::record::{Role, Seniority};
use crate::share::{Count, Share, Weight};

/// How formal power is determined and spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PowerSettings {
    /// α, the part of a person's power that goes to those they listen to. Default 0.5; values above 0.99 count as
    /// 0.99, or the sweeps would never end.
    pub listening: Share,
    /// The sweeps end when no sweep moves more than this in all. Default 1e-12.
    pub tolerance: Weight,
    /// The maximum number of sweeps; the answer then says that it is not settled. Default 5000, which is enough
    /// for any listening of at most 0.99 at the default tolerance.
    pub max_sweeps: Count,
    /// Formal weight by seniority, where no decision rule is known.
    pub by_seniority: SeniorityWeights,
    /// Formal weight by role, where no decision rule is known; the larger of role and seniority counts.
    pub by_role: RoleWeights,
    /// A key player has at least this many times an equal share of power. Default 1.5.
    pub key_player_factor: Weight,
}

impl Default for PowerSettings {
    fn default() -> Self {
        Self {
            listening: share(500),
            tolerance: Weight::new(1e-12).unwrap_or_default(),
            max_sweeps: Count::of::<5000>(),
            by_seniority: SeniorityWeights::default(),
            by_role: RoleWeights::default(),
            key_player_factor: weight(1500),
        }
    }
}

/// Formal weight by seniority. The ratios follow the common reading that a decision passes about half its weight
/// down at each level; they are the crate's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SeniorityWeights {
    /// Default 1.
    pub c_level: Weight,
    /// Default 0.6.
    pub vp: Weight,
    /// Default 0.35.
    pub director: Weight,
    /// Default 0.2.
    pub manager: Weight,
    /// Default 0.1.
    pub individual: Weight,
    /// For a person with neither on record. Default 0.1.
    pub unknown: Weight,
}

impl Default for SeniorityWeights {
    fn default() -> Self {
        Self {
            c_level: weight(1000),
            vp: weight(600),
            director: weight(350),
            manager: weight(200),
            individual: weight(100),
            unknown: weight(100),
        }
    }
}

impl SeniorityWeights {
    /// The weight of a seniority.
    pub fn of(&self, seniority: Seniority) -> Weight {
        match seniority {
            Seniority::CLevel => self.c_level,
            Seniority::Vp => self.vp,
            Seniority::Director => self.director,
            Seniority::Manager => self.manager,
            Seniority::Individual => self.individual,
        }
    }
}

/// Formal weight by buying role (names as in Miller Heiman and MEDDICC; the figures are the crate's own).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct RoleWeights {
    /// Economic buyer. Default 1.
    pub economic_buyer: Weight,
    /// Decision maker. Default 1.
    pub decision_maker: Weight,
    /// Executive sponsor. Default 0.6.
    pub executive_sponsor: Weight,
    /// Technical buyer. Default 0.5.
    pub technical_buyer: Weight,
    /// Legal and compliance. Default 0.4.
    pub legal: Weight,
    /// User buyer. Default 0.3.
    pub user_buyer: Weight,
    /// Influencer, evaluator, blocker. Default 0.3.
    pub influencer: Weight,
    /// Champion, coach, gatekeeper and any other role: no formal weight of its own. Default 0.1.
    pub other: Weight,
    /// Assistant. Default 0.05.
    pub assistant: Weight,
}

impl Default for RoleWeights {
    fn default() -> Self {
        Self {
            economic_buyer: weight(1000),
            decision_maker: weight(1000),
            executive_sponsor: weight(600),
            technical_buyer: weight(500),
            legal: weight(400),
            user_buyer: weight(300),
            influencer: weight(300),
            other: weight(100),
            assistant: weight(50),
        }
    }
}

impl RoleWeights {
    /// The weight of a role.
    pub fn of(&self, role: &Role) -> Weight {
        match role {
            Role::EconomicBuyer => self.economic_buyer,
            Role::DecisionMaker => self.decision_maker,
            Role::ExecutiveSponsor => self.executive_sponsor,
            Role::TechnicalBuyer => self.technical_buyer,
            Role::Legal => self.legal,
            Role::UserBuyer => self.user_buyer,
            Role::Influencer | Role::Evaluator | Role::Blocker => self.influencer,
            Role::Assistant => self.assistant,
            Role::Champion | Role::Coach | Role::Gatekeeper | Role::Other(_) => self.other,
        }
    }
}
