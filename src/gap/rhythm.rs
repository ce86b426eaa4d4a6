//! Ties that are going quiet.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
