//! The limits of a plan of introductions on people's time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{share, weight};
use crate::share::{Count, Days, Share, Weight};
use crate::text::Text;

/// How much a plan may ask of those who introduce us and of our own people. Where no source is named, a default is
/// the crate's own and meant to be adapted.
///
/// ```
/// use stakeholder_graph::PlanSettings;
///
/// let settings: PlanSettings = serde_json::from_str(r#"{"asks": 1, "asks_of": {"wes": 3}}"#)?;
/// assert_eq!(settings.asks_of("pam"), 1);
/// assert_eq!(settings.asks_of("wes"), 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanSettings {
    /// How many introductions one person may be asked for within `asks_days`. Default 2: people who are asked more
    /// often soon stop answering.
    pub asks: u32,
    /// The period to which `asks` and hours apply; introductions that a person made within as many days before
    /// count against their asks. Default 90, a quarter.
    pub asks_days: Days,
    /// Another number of asks for some people, by id.
    pub asks_of: BTreeMap<Text, u32>,
    /// Hours that one introduction costs the colleague who begins it: preparing, asking, meeting, thanking.
    /// Default 2.
    pub hours_an_ask: Weight,
    /// Hours that each colleague has for introductions in `asks_days`. Default 20.
    pub hours: Weight,
    /// Other hours for some colleagues, by id.
    pub hours_of: BTreeMap<Text, Weight>,
    /// The part of everyone's hours reserved for customers where no one trusts us yet. Default 0.3, as in the
    /// daily brief.
    pub share_for_new: Share,
    /// An introduction that gains less power-weighted reach than this, weighted by customer, is not worth asking
    /// for. Default 0.01: one part in a hundred of the decision of our largest customer.
    pub worth: Share,
    /// How many branches the search for the best plan examines, for each group of people who compete for the same
    /// asks, before it reports how far from the best it may be. Only paths that cross need it. Default 100,000.
    pub budget: Count,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self {
            asks: 2,
            asks_days: Days::of::<90>(),
            asks_of: BTreeMap::new(),
            hours_an_ask: weight(2000),
            hours: weight(20_000),
            hours_of: BTreeMap::new(),
            share_for_new: share(300),
            worth: share(10),
            budget: Count::of::<100_000>(),
        }
    }
}

impl PlanSettings {
    /// How many introductions a person may be asked for.
    pub fn asks_of(&self, id: &str) -> u32 {
        self.asks_of.get(id).copied().unwrap_or(self.asks)
    }

    /// How many introductions a colleague has the hours to begin, and how many of these for customers that trust
    /// us already.
    pub fn begins(&self, id: &str) -> (u32, u32) {
        let hours = self.hours_of.get(id).copied().unwrap_or(self.hours).get();
        let cost = self.hours_an_ask.get();
        if cost <= 0.0 {
            return (u32::MAX, if self.share_for_new == Share::ONE { 0 } else { u32::MAX });
        }
        // A tiny tolerance, so that 0.7 of 20 hours are 14 whatever the rounding.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
        let fits = |hours: f64| (hours / cost + 1e-9).floor() as u32;
        (fits(hours), fits(hours * self.share_for_new.complement().get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_hold_as_many_asks_as_fit() {
        let mut settings = PlanSettings::default();
        assert_eq!(settings.begins("sal"), (10, 7));
        settings.hours_of.insert("sal".into(), weight(3999));
        assert_eq!(settings.begins("sal"), (1, 1), "2.8 hours are kept for customers who know us: one ask");
        assert_eq!(settings.begins("pam"), (10, 7));
        settings.hours_an_ask = weight(0);
        assert_eq!(settings.begins("sal"), (u32::MAX, u32::MAX));
    }

    #[test]
    fn unknown_fields_are_refused() {
        assert!(serde_json::from_str::<PlanSettings>(r#"{"ask":1}"#).is_err());
        assert!(serde_json::from_str::<PlanSettings>(r#"{"share_for_new":2}"#).is_err());
    }
}
