//! Thresholds and shortfalls of all kinds of gap; each kind defines its own in its file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::kinds::kinds;
use crate::day::Day;
use crate::share::Days;

/// Generates [`GapSettings`]: what kinds share, and a part for each kind.
macro_rules! settings {
    ($($(#[$doc:meta])* $family:ident [$($shared:ident),*] { $($module:ident: $Kind:ident,)+ })+) => {
        /// Settings of the kinds of gap: what several kinds share, and a part for each kind under its id.
        ///
        /// ```
        /// use stakeholder_graph::Settings;
        ///
        /// let settings: Settings = serde_json::from_str(
        ///     r#"{"gaps": {"off": ["one_way_tie"], "wrong_owner": {"tries": 5}}}"#,
        /// )?;
        /// assert_eq!(settings.gaps.wrong_owner.tries.get(), 5);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct GapSettings {
            /// Ids of kinds that are switched off, such as `dominant_contact`.
            pub off: BTreeSet<String>,
            /// Holidays: days that are not working days, in addition to Saturdays and Sundays. None by default.
            pub holidays: BTreeSet<Day>,
            /// How often people with a role should be in touch with us. The rhythm kinds apply to them and to key
            /// players.
            pub cadences: Cadences,
            /// Severity: a renewal within this many days adds to the customer's weight. Default 180 days.
            pub renewal_days: Days,
            $($(
                #[doc = concat!("Settings of `", stringify!($module), "`.")]
                pub $module: <super::$Kind as Kind>::Settings,
            )+)+
        }

        impl Default for GapSettings {
            fn default() -> Self {
                Self {
                    off: BTreeSet::new(),
                    holidays: BTreeSet::new(),
                    cadences: Cadences::default(),
                    renewal_days: Days::of::<180>(),
                    $($($module: Default::default(),)+)+
                }
            }
        }
    };
}

kinds!(settings);

/// Cadences: the number of days between contacts with people of a role.
///
/// People with several roles have the shortest; people who have none of these roles and are no key players have no cadence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Cadences {
    /// A champion or coach. Default 14 (augmented-csm).
    pub champion: Days,
    /// Anyone who decides: by rule, by role (economic buyer, decision maker) or by level (a key player who is vice president or
    /// above). Default 30 (augmented-csm).
    pub economic_buyer: Days,
    /// Executive sponsor. Default 90 (augmented-csm).
    pub executive_sponsor: Days,
    /// A key player who has none of these roles. Default 60 (own).
    pub key_player: Days,
}

impl Default for Cadences {
    fn default() -> Self {
        Self {
            champion: Days::of::<14>(),
            economic_buyer: Days::of::<30>(),
            executive_sponsor: Days::of::<90>(),
            key_player: Days::of::<60>(),
        }
    }
}
