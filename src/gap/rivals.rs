//! Who else is there.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
