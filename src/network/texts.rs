//! Texts by position, all in one piece of memory.
#![allow(clippy::indexing_slicing, reason = "positions are those of texts that were pushed")]

/// Texts by position: four bytes each besides the content.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    bytes: String,
    ends: Ends,
}

/// Where each text ends: in 32 bits while that is enough, in 64 from 4 GiB on.
#[derive(Debug, Clone)]
enum Ends {
    Narrow(Vec<u32>),
    Wide(Vec<usize>),
}

impl Texts {
    pub(super) fn with_capacity(texts: usize, bytes: usize) -> Self {
        Self { bytes: String::with_capacity(bytes), ends: Ends::Narrow(Vec::with_capacity(texts)) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they take together.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Gives a text the next position.
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    /// The text at a position.
    #[inline]
    pub(super) fn at(&self, position: usize) -> &str {
        let start = position.checked_sub(1).map_or(0, |before| self.ends.at(before));
        &self.bytes[start..self.ends.at(position)]
    }

    /// Gives back the memory that no text needs.
    pub(super) fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit();
        match &mut self.ends {
            Ends::Narrow(ends) => ends.shrink_to_fit(),
            Ends::Wide(ends) => ends.shrink_to_fit(),
        }
    }
}

impl Default for Ends {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Ends {
    fn len(&self) -> usize {
        match self {
            Self::Narrow(ends) => ends.len(),
            Self::Wide(ends) => ends.len(),
        }
    }

    fn at(&self, position: usize) -> usize {
        match self {
            Self::Narrow(ends) => ends[position] as usize,
            Self::Wide(ends) => ends[position],
        }
    }

    fn push(&mut self, end: usize) {
        match self {
            Self::Narrow(ends) => {
                if let Ok(end) = u32::try_from(end) {
                    ends.push(end);
                } else {
                    let so_far = ends.iter().map(|&end| end as usize);
                    *self = Self::Wide(so_far.chain([end]).collect());
                }
            }
            Self::Wide(ends) => ends.push(end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_where_they_were_put() {
        let mut texts = Texts::with_capacity(3, 0);
        for text in ["pam", "", "größer"] {
            texts.push(text);
        }
        assert_eq!((texts.at(0), texts.at(1), texts.at(2)), ("pam", "", "größer"));
        assert_eq!((texts.len(), texts.bytes()), (3, 11));
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn ends_beyond_32_bits_are_kept_as_well() {
        let most = u32::MAX as usize;
        let mut ends = Ends::default();
        for end in [7, most, most + 9, most + 10] {
            ends.push(end);
        }
        assert_eq!([0, 1, 2, 3].map(|at| ends.at(at)), [7, most, most + 9, most + 10]);
        assert_eq!(ends.len(), 4);
    }
}
