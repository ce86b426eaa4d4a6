//! How far a stretch of bytes goes that need no care.

/// The first byte from here on that is below a limit or one of two; the end when there is none. The limit is at most
/// 0x80.
///
/// Eight bytes at a time, by Mycroft's test: subtracting from all of them at once borrows out of those that are too
/// small. A borrow can only spoil what stands behind the first byte that is found.
#[inline]
pub(super) fn first(bytes: &[u8], from: usize, wanted: [u8; 2], below: u8) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let [a, b] = wanted.map(|byte| ONES * u64::from(byte));
    let limit = ONES * u64::from(below);
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let (is_a, is_b) = (word ^ a, word ^ b);
        let small = word.wrapping_sub(limit) & !word;
        let found = (small | is_a.wrapping_sub(ONES) & !is_a | is_b.wrapping_sub(ONES) & !is_b) & HIGH;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest.iter().position(|byte| *byte < below || wanted.contains(byte));
    found.map_or(bytes.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_is_found_wherever_it_stands(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x1e_u8..0x24, 0x5a_u8..0x5e, 0x80_u8..0x82], 0..40),
            from in 0_usize..45,
            below in 0_u8..=0x80,
        ) {
            let slow = bytes.iter().enumerate().skip(from);
            let slow = slow.filter(|(_, byte)| **byte < below || [b'"', b'\\'].contains(byte)).map(|(at, _)| at).next();
            prop_assert_eq!(first(&bytes, from, [b'"', b'\\'], below), slow.unwrap_or(bytes.len()));
        }
    }
}
