//! What our records do not say, or say twice.
//!
//! Such a finding never weighs much: it is about our notes, not yet about the customer.

mod person;
mod tie;

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] =
    &[&person::StaleRecord, &tie::UnknownAttribute, &tie::RatingConflict, &person::ProfileThin];
