//! What a search reads of nearly every tie, in twelve bytes.

use crate::evidence::Evidence;
use crate::network::PersonIx;

/// The end of a tie, and the fading part of its evidence as of the reference day: all that a search reads of
/// nearly every tie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Head {
    /// The position of the person trusted; in the bits above it [`PLAIN`] and [`STANDS`].
    to: u32,
    supporting: f32,
    against: f32,
}

/// Nothing but fading ever changes what the tie is worth from the reference day on: it begins or ends on no known day,
/// can never be one of distrust, and leads to a person who is there for good and may be asked.
const PLAIN: u32 = 1 << 31;
/// Beside what fades there is a reporting line, which does not.
const STANDS: u32 = 1 << 30;
/// The bits that hold a position; [`MOST_RECORDS`](crate::network::MOST_RECORDS) sees to it that they are enough.
const POSITION: u32 = STANDS - 1;

impl Head {
    /// A tie that is not plain, given the fading part of its evidence and whether it also has a reporting line.
    pub(super) const fn new(trusted: PersonIx, supporting: f32, against: f32, stands: bool) -> Self {
        let to = trusted.get() | if stands { STANDS } else { 0 };
        Self { to, supporting, against }
    }

    pub(super) const fn set_plain(&mut self, is_plain: bool) {
        self.to = if is_plain { self.to | PLAIN } else { self.to & !PLAIN };
    }

    pub(crate) fn trusted(self) -> PersonIx {
        PersonIx::new(self.to & POSITION)
    }

    pub(crate) fn is_plain(self) -> bool {
        self.to & PLAIN != 0
    }

    /// Whether there is a reporting line beside what fades.
    pub(in crate::network) fn stands(self) -> bool {
        self.to & STANDS != 0
    }

    pub(in crate::network) fn supporting(self) -> f32 {
        self.supporting
    }

    pub(in crate::network) fn against(self) -> f32 {
        self.against
    }

    /// The evidence on a day not before the reference day, given what is left of what fades, and what a reporting line
    /// counts: one multiplication.
    pub(crate) fn evidence(self, kept: f64, line: f64) -> Evidence {
        let stands = if self.to & STANDS == 0 { 0.0 } else { line };
        Evidence::new(f64::from(self.supporting) * kept + stands, f64::from(self.against) * kept)
    }
}
