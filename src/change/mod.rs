//! What changed between two days, or two networks?

mod gaps;

pub use gaps::{GapChanges, GapShift};
