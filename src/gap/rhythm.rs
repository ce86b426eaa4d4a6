//! Ties that are going quiet.
//!
//! What happens with somebody is seen as a whole: whoever of ours was in touch counts. Where nothing is on record, nothing
//! can have gone quiet. Unless said otherwise a detector looks at those with whom the rhythm matters: key players, and
//! people whose role has a cadence.

mod quiet;
mod fading;

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[
    &quiet::OverdueTouch,
    &quiet::NoReplyStreak,
    &quiet::OneWayTie,
    &fading::CoolingTrend,
    &fading::ExpiringTie,
];
