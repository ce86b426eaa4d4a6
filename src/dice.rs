//! Random cases for unit tests, the same on every machine.
//!
//! In place of a property-testing crate, which cargo would also build for every example.

use std::ops::Range;

/// The splitmix64 generator (Steele, Lea and Flood, 2014).
pub(crate) struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A whole number in the range, which must not be empty.
    pub(crate) fn number(&mut self, range: Range<u32>) -> u32 {
        range.start + u32::try_from(self.next() % u64::from(range.end - range.start)).unwrap()
    }

    /// The same for a position or a length.
    pub(crate) fn below(&mut self, range: Range<usize>) -> usize {
        range.start + usize::try_from(self.next() % (range.end - range.start) as u64).unwrap()
    }

    /// A number in `0.0..1.0`, one of 2³² − 1 evenly spaced ones.
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(self.number(0..u32::MAX)) / f64::from(u32::MAX)
    }

    /// True with the given probability.
    pub(crate) fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(0..choices.len())]
    }

    /// A list whose length is in the range.
    pub(crate) fn list<T>(&mut self, lengths: Range<usize>, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.below(lengths);
        (0..length).map(|_| make(self)).collect()
    }

    /// A text of the given letters.
    pub(crate) fn text(&mut self, lengths: Range<usize>, letters: &[char]) -> String {
        self.list(lengths, |dice| dice.one_of(letters)).into_iter().collect()
    }

    /// Any letter: two in five are ASCII, the others take two to four bytes.
    pub(crate) fn letter(&mut self) -> char {
        let range =
            self.one_of(&[(0x20, 0x7F), (0x20, 0x7F), (0xA0, 0x800), (0x800, 0xD800), (0x1_0000, 0x11_0000)]);
        char::from_u32(self.number(range.0..range.1)).unwrap()
    }
}

/// Runs `count` cases, each with its own seed, and prints the number of the one that failed.
pub(crate) fn cases(count: u64, try_one: impl Fn(&mut Dice)) {
    struct Number(u64);
    impl Drop for Number {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("case {} failed", self.0);
            }
        }
    }
    for number in 0..count {
        let _told = Number(number);
        try_one(&mut Dice(number));
    }
}
