//! What was promised and what was asked, and not yet done.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
