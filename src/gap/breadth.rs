//! Too few kinds of people, or too few of them.

use super::Detector;

pub(super) const DETECTORS: &[&dyn Detector] = &[];
