//! When a gap is one: the thresholds of the detectors.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::{days, share, weight};
use crate::day::Day;
use crate::share::{Share, Weight};

/// Thresholds of the gap detectors. The catalogue (`gap`) says what each means and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct GapSettings {
    /// Ids of detectors that are switched off, such as `dominant_contact`.
    pub off: BTreeSet<String>,
    /// `power_newcomer`: joined or rose within this many days. Default 90 (Sales Navigator).
    pub newcomer_days: NonZeroU32,
    /// `power_newcomer`: power rose if it is at least this many times what it was. Default 1.25.
    pub rise_factor: Weight,
    /// `unmapped_person`: seen in interactions within this many days. Default 180.
    pub seen_days: NonZeroU32,
    /// `wrong_owner`: this many tries without belief rising. Default 3.
    pub owner_tries: NonZeroU32,
    /// `wrong_owner`: tries within this many days count. Default 730: years of trying are the point.
    pub tries_days: NonZeroU32,
    /// `single_threaded_team`: fewer of ours than this hold live ties. Default 2 (`FunnelStory`).
    pub team_threads: NonZeroU32,
    /// `dominant_contact`: this share of coverage rests on one of their people. Default 0.6.
    pub dominant_share: Share,
    /// `key_person_dependency`: coverage falls by this share when one of ours leaves. Default 0.4.
    pub dependency_fall: Share,
    /// `champion_left`: left within this many days. Default 90.
    pub champion_days: NonZeroU32,
    /// `replaced_power`: the new holder came within this many days, and the old one left so near to that day. Default
    /// 180.
    pub replaced_days: NonZeroU32,
    /// `promise_due`: due within this many working days. Default 3 (augmented-csm).
    pub promise_soon: NonZeroU32,
    /// `promise_due`: urgent within this many working days. Default 1 (augmented-csm).
    pub promise_urgent: NonZeroU32,
    /// Days on which nobody works, beside Saturdays and Sundays. None by default.
    pub holidays: BTreeSet<Day>,
    /// `competitor_contact`: seen with a rival within this many days. Default 90.
    pub rival_days: NonZeroU32,
    /// `opponent_unmanaged`: the cadence of an opponent whose role has none. Default 90 (augmented-csm's for sponsors).
    pub opponent_days: NonZeroU32,
    /// `introducer_overload`: more open asks than this on one person. Default 2.
    pub open_asks: NonZeroU32,
    /// `introducer_overload`: asks this many days back or ahead count. Default 90.
    pub asks_days: NonZeroU32,
    /// Severity: a renewal this near or nearer adds to the customer's weight. Default 180 days.
    pub renewal_days: NonZeroU32,

    /// `narrow_coverage`: the Herfindahl index of coverage, over departments, levels or sites, lies this far above that
    /// of power itself. Default 0.25 (from here on a market counts as highly concentrated).
    pub narrow_index: Share,
    /// `whitespace_unit`: a unit has at least this many people. Default 2: one person alone makes no unit.
    pub unit_people: NonZeroU32,
    /// `thin_coverage`: so many contacts are enough anywhere. Default 5 (`FunnelStory`).
    pub thin_contacts: NonZeroU32,
    /// `thin_coverage`: contacts among this share of the known people are enough. Default 0.05 (`FunnelStory`).
    pub thin_share: Share,
    /// `map_outgrown`: this many days ago is the earlier day. Default 365.
    pub outgrown_days: NonZeroU32,
    /// `map_outgrown`: people or sites grew by this share. Default 0.25.
    pub outgrown_share: Share,
    /// `no_executive_cover`: executives must have been in touch within this many days. Default 90.
    pub executive_days: NonZeroU32,
    /// `seniority_mismatch`: this many of the five levels lower. Default 2.
    pub levels_lower: NonZeroU32,
    /// `overdue_touch`: how often people of a role should be in touch with us. With them, and with key players, the
    /// other detectors of rhythm are concerned.
    pub cadences: Cadences,
    /// `overdue_touch`: cooling after this many cadences. Default 1.5 (augmented-csm).
    pub cooling_factor: Weight,
    /// `overdue_touch`: overdue after this many cadences. Default 2 (augmented-csm).
    pub overdue_factor: Weight,
    /// `overdue_touch`: a contact is lost after this many days, or when overdue if that is later. Default 90
    /// (augmented-csm). `no_reply_streak`: after so many days it is no streak any more, but a contact that was lost.
    pub lost_days: NonZeroU32,
    /// `no_reply_streak`: so many attempts stayed unanswered. Default 3 (augmented-csm).
    pub streak_attempts: NonZeroU32,
    /// `no_reply_streak`: within so many days. Default 14 (augmented-csm).
    pub streak_days: NonZeroU32,
    /// `one_way_tie`: share of contacts that they started, in the span before. Default more than 0.3 (augmented-csm).
    pub one_way_before: Share,
    /// `one_way_tie`: share of contacts that they started, in the last span. Default less than 0.1 (augmented-csm).
    pub one_way_now: Share,
    /// `one_way_tie`: days in a span. Default 60 (augmented-csm).
    pub one_way_days: NonZeroU32,
    /// `one_way_tie`: contacts that there must be in each span. Default 3: of fewer no share can be told.
    pub one_way_contacts: NonZeroU32,
    /// `cooling_trend`: days in each of three spans. Default 30 (augmented-csm).
    pub trend_days: NonZeroU32,
    /// `cooling_trend`: evidence that there must be in the first of the spans. Default 2, a meeting's worth: from less
    /// nothing can fall.
    pub trend_from: Weight,
    /// `expiring_tie`: a tie falls below level reached within this many days. Default 30.
    pub expiring_days: NonZeroU32,
    /// `stale_record`: in touch for longer than this many days and not classified. Default 30 (Borealis,
    /// augmented-csm).
    pub unclassified_days: NonZeroU32,
    /// `rating_conflict`: stated and evidenced strength lie this many bands apart. Default 2. The bands end at the levels
    /// live, reached and strong.
    pub rating_bands: NonZeroU32,
    /// `rating_conflict`: evidence, for and against, that is enough to contradict a rating. Default 2, as much as W.
    pub rating_evidence: Weight,
    /// `profile_thin`: items that should be known of a person.
    pub profile_items: ProfileItems,
}

/// Every how many days people of a role should be in touch with us.
///
/// Somebody with several roles has the shortest; somebody with none of these has no cadence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Cadences {
    /// A champion or coach. Default 14 (augmented-csm).
    pub champion: NonZeroU32,
    /// Economic buyer, decision maker, or whoever decides by rule. Default 30 (augmented-csm).
    pub economic_buyer: NonZeroU32,
    /// Executive sponsor. Default 90 (augmented-csm).
    pub executive_sponsor: NonZeroU32,
}

impl Default for Cadences {
    fn default() -> Self {
        Self { champion: days(14), economic_buyer: days(30), executive_sponsor: days(90) }
    }
}

/// Items of a checklist about a person that should be known, of Mackay's 66; of a list of another length as many in
/// proportion, rounded down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ProfileItems {
    /// Of anybody with power. Default 10.
    pub anybody: u32,
    /// Of whoever has a role in buying decisions. Default 15.
    pub with_role: u32,
    /// Of a key player. Default 20.
    pub key_player: u32,
    /// Of whoever decides, by role or by rule. Default 30.
    pub decides: u32,
}

impl Default for ProfileItems {
    fn default() -> Self {
        Self { anybody: 10, with_role: 15, key_player: 20, decides: 30 }
    }
}

impl Default for GapSettings {
    fn default() -> Self {
        Self {
            off: BTreeSet::new(),
            newcomer_days: days(90),
            rise_factor: weight(1250),
            seen_days: days(180),
            owner_tries: days(3),
            tries_days: days(730),
            team_threads: days(2),
            dominant_share: share(600),
            dependency_fall: share(400),
            champion_days: days(90),
            replaced_days: days(180),
            promise_soon: days(3),
            promise_urgent: days(1),
            holidays: BTreeSet::new(),
            rival_days: days(90),
            opponent_days: days(90),
            open_asks: days(2),
            asks_days: days(90),
            renewal_days: days(180),

            narrow_index: share(250),
            unit_people: days(2),
            thin_contacts: days(5),
            thin_share: share(50),
            outgrown_days: days(365),
            outgrown_share: share(250),
            executive_days: days(90),
            levels_lower: days(2),
            cadences: Cadences::default(),
            cooling_factor: weight(1500),
            overdue_factor: weight(2000),
            lost_days: days(90),
            streak_attempts: days(3),
            streak_days: days(14),
            one_way_before: share(300),
            one_way_now: share(100),
            one_way_days: days(60),
            one_way_contacts: days(3),
            trend_days: days(30),
            trend_from: weight(2000),
            expiring_days: days(30),
            unclassified_days: days(30),
            rating_bands: days(2),
            rating_evidence: weight(2000),
            profile_items: ProfileItems::default(),
        }
    }
}
