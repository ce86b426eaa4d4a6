//! What our records do not say, or say twice.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
