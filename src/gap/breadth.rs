//! Too few kinds of people, or too few of them.
//!
//! Where nothing at all is on record between a customer and us, breadth is not known: no finding.

mod units;
mod narrow;
mod numbers;
mod seniority;

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[
    &narrow::NarrowCoverage,
    &units::WhitespaceUnit,
    &numbers::ThinCoverage,
    &numbers::MapOutgrown,
    &seniority::NoExecutiveCover,
    &seniority::SeniorityMismatch,
];

/// How much less than a powerful person who is not reached a lack of breadth weighs: it says where to look next.
const SHORT: f64 = 0.25;
