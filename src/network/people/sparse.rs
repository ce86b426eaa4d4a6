//! Columns of what only some have: next to nothing for those who have it not.

use crate::network::texts::Texts;

/// Who has something: a bit each, and how many do before every 64 of them, so that the place among those who do is
/// found without a search. No one behind the last who has it takes anything.
#[derive(Debug, Clone, Default)]
struct Marks {
    /// Of 64 people in a row: how many before them are marked, and which of them are.
    words: Vec<(u32, u64)>,
    count: u32,
}

impl Marks {
    /// Marks a person positioned after all who are marked so far.
    fn put(&mut self, at: usize) {
        while self.words.len() <= at / 64 {
            self.words.push((self.count, 0));
        }
        if let Some((_, bits)) = self.words.last_mut() {
            *bits |= 1 << (at % 64);
            self.count += 1;
        }
    }

    /// The place of someone among those who are marked.
    fn place(&self, at: usize) -> Option<usize> {
        let &(before, bits) = self.words.get(at / 64)?;
        let bit = 1_u64 << (at % 64);
        (bits & bit != 0).then(|| before as usize + (bits & (bit - 1)).count_ones() as usize)
    }
}

/// A value for some people.
#[derive(Debug, Clone)]
pub(super) struct Sparse<T> {
    marks: Marks,
    values: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self { marks: Marks::default(), values: Vec::new() }
    }
}

impl<T> Sparse<T> {
    /// Sets the value of a person positioned after all who have one so far.
    pub(super) fn put(&mut self, at: usize, value: Option<T>) {
        if let Some(value) = value {
            self.marks.put(at);
            self.values.push(value);
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.values.get(self.marks.place(at)?)
    }

    pub(super) fn shrink_to_fit(&mut self) {
        self.marks.words.shrink_to_fit();
        self.values.shrink_to_fit();
    }
}

/// A text for some people.
#[derive(Debug, Clone, Default)]
pub(super) struct SparseTexts {
    marks: Marks,
    texts: Texts,
}

impl SparseTexts {
    /// Sets the text of a person positioned after all who have one so far.
    pub(super) fn put(&mut self, at: usize, text: Option<&str>) {
        if let Some(text) = text {
            self.marks.put(at);
            self.texts.push(text);
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.marks.place(at).map(|place| self.texts.at(place))
    }

    pub(super) fn shrink_to_fit(&mut self) {
        self.marks.words.shrink_to_fit();
        self.texts.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::cases;

    #[test]
    fn everybody_has_what_they_were_given() {
        cases(256, |dice| {
            let given = dice.list(0..300, |dice| dice.chance(0.3).then(|| dice.below(0..9)));
            let (mut values, mut texts) = (Sparse::default(), SparseTexts::default());
            for (at, value) in given.iter().enumerate() {
                values.put(at, *value);
                texts.put(at, value.map(|it| "x".repeat(it)).as_deref());
            }
            for (at, value) in given.iter().enumerate() {
                assert_eq!(values.get(at), value.as_ref());
                assert_eq!(texts.get(at).map(str::len), *value);
            }
            assert_eq!((values.get(given.len()), texts.get(given.len() + 64)), (None, None));
        });
    }
}
