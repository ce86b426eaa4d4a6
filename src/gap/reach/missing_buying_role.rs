//! Buying roles without a known holder.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Listed;
use crate::gap::remedy::Remedy;
use crate::network::PersonRecord;
use crate::record::{Role, Support};
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// Buying roles without a known holder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MissingBuyingRole {
    /// The roles.
    pub roles: Vec<BuyingRole>,
}

/// A role in a decision that a person at the customer should be known to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BuyingRole {
    /// Releases the budget.
    EconomicBuyer,
    /// Judges technical fit.
    TechnicalBuyer,
    /// Uses the product.
    UserBuyer,
    /// Sells for us inside the customer, or guides us.
    ChampionOrCoach,
}

impl fmt::Display for BuyingRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::EconomicBuyer => "economic buyer",
            Self::TechnicalBuyer => "technical buyer",
            Self::UserBuyer => "user buyer",
            Self::ChampionOrCoach => "champion or coach",
        })
    }
}

/// When `missing_buying_role` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Importance where every role is empty: an unknown role does not mean that its holder is against us. Default
    /// 0.5 (own).
    pub importance: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { importance: share(500) }
    }
}

impl Kind for MissingBuyingRole {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "missing_buying_role",
        Family::Reach,
        Nature::Record,
        "economic buyer, technical buyer, user buyer, or champion or coach, held by nobody known",
        "Miller Heiman; MEDDICC",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        let mut economic = power_table.members().any(|member| power_table.decides(member));
        let (mut technical, mut user, mut champion) = (false, false, false);
        let mut unknown: Vec<PersonRecord<'_>> = Vec::with_capacity(power_table.len());
        for person in situation.customer().people() {
            champion |= person.support() == Some(Support::Champion);
            if person.roles().is_empty() {
                unknown.push(person);
            }
            for role in person.roles() {
                economic |= role.decides();
                technical |= *role == Role::TechnicalBuyer;
                user |= *role == Role::UserBuyer;
                champion |= matches!(role, Role::Champion | Role::Coach);
            }
        }
        // Where no roles at all are recorded, the caller does not keep them: the checkup reports them as missing.
        if unknown.len() == power_table.len() {
            return;
        }
        let required = [
            (BuyingRole::EconomicBuyer, economic),
            (BuyingRole::TechnicalBuyer, technical),
            (BuyingRole::UserBuyer, user),
            (BuyingRole::ChampionOrCoach, champion),
        ];
        let empty: Vec<BuyingRole> =
            required.iter().filter(|(_, held)| !held).map(|&(role, _)| role).collect();
        if empty.is_empty() {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "there are four")]
        let part = empty.len() as f64 / required.len() as f64;
        let figures = Self { roles: empty.clone() };
        let builder = situation
            .gap(figures)
            .stake(settings.importance)
            .shortfall(part)
            .threshold("the four buying influences", 4.0, "Miller Heiman; MEDDICC")
            .remedy(Remedy::FillRoles { roles: empty });
        findings.push(builder.all_missing("people.roles", unknown.into_iter().map(PersonRef::from)).done());
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { roles } = self;

        words.write_str("we do not know who is ")?;
        write!(words, "{}", Listed { items: roles, joint: "or" })
    }
}
