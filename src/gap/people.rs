//! Those who were for us, or whom we knew, and are gone.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
