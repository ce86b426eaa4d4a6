//! Our own house: ties among us, and what we ask of one another.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
