//! Words: enums whose values have names, in one table each.
//!
//! [`words!`] takes the table of an enum and makes from it everything that goes by name: `ALL`, `as_str`, `Display`,
//! `FromStr` and serde. A variant that the table forgets does not compile, and no other list of names exists.
//!
//! Words are compared ignoring case, spaces, hyphens and underscores: `C-Level`, `c_level` and `CLevel` are one.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// A closed list of words.
pub(crate) trait Word: Copy + FromStr<Err = ParseWordError> + 'static {
    /// What the words are, for a message.
    const WHAT: &'static str;
    /// The names, as they are written.
    const NAMES: &'static [&'static str];
    /// What a field may also hold to mean unknown, where a message should mention it.
    const UNSET: &'static str;
    /// Every spelling that is read: names, and in lower case without signs those of CRMs.
    const SPELLINGS: &'static [(&'static str, Self)];

    /// The word whose spelling in the table is exactly this.
    fn exactly(spelling: &str) -> Option<Self>;

    /// What to write in a field, for a message.
    fn fix() -> String {
        format!("write one of {}{}", Self::NAMES.join(", "), Self::UNSET)
    }

    /// The word that a text spells in any common form.
    #[inline]
    fn read(text: &str) -> Option<Self> {
        Self::exactly(text).or_else(|| read_loosely(text))
    }
}

#[inline(never)]
fn read_loosely<T: Word>(text: &str) -> Option<T> {
    let mut buffer = [0; 40];
    let word = plain(text, &mut buffer)?;
    T::exactly(word).or_else(|| {
        let mut all = T::SPELLINGS.iter();
        all.find(|(spelling, _)| letters(spelling).eq(word.bytes())).map(|(_, word)| *word)
    })
}

/// A spelling of the table without its underscores.
fn letters(spelling: &str) -> impl Iterator<Item = u8> {
    spelling.bytes().filter(|byte| *byte != b'_')
}

/// A word in lower case without the signs between its letters and digits; `None` when it is longer than any word
/// that is known, or not ASCII.
pub(super) fn plain<'b>(text: &'b str, buffer: &'b mut [u8; 40]) -> Option<&'b str> {
    // Most words are plain already.
    if text.len() <= buffer.len()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Some(text);
    }
    let mut length = 0;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            *buffer.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        } else if !byte.is_ascii() {
            return None;
        }
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

/// The table of an enum without fields: of each variant its name, and the other spellings that are read.
macro_rules! words {
    ($($type:ident: $what:literal $(, or $unset:literal)? {
        $($variant:ident = $name:literal $(or $alias:literal)*,)+
    })+) => {$(
        impl $type {
            #[doc = concat!("Every ", $what, ", in the order of the variants.")]
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name, as it is written in JSON and CSV.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }

        impl $crate::record::words::Word for $type {
            const WHAT: &'static str = $what;
            const NAMES: &'static [&'static str] = &[$($name),+];
            const UNSET: &'static str = concat!("" $(, ", ", $unset)?);
            const SPELLINGS: &'static [(&'static str, Self)] =
                &[$(($name, Self::$variant), $(($alias, Self::$variant),)*)+];

            #[inline]
            fn exactly(spelling: &str) -> Option<Self> {
                Some(match spelling {
                    $($name $(| $alias)* => Self::$variant,)+
                    _ => return None,
                })
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::record::ParseWordError;

            /// Reads the spellings that a record may hold, ignoring case, spaces, hyphens and underscores.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::record::words::parse(text)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::record::words::deserialize(deserializer)
            }
        }
    )+};
}
pub(crate) use words;

/// What `FromStr` of a word does.
pub(crate) fn parse<T: Word>(text: &str) -> Result<T, ParseWordError> {
    T::read(text).ok_or_else(|| ParseWordError {
        what: T::WHAT,
        expected: T::NAMES,
        nearest: nearest::<T>(text),
    })
}

/// What `Deserialize` of a word does.
pub(crate) fn deserialize<'de, T: Word, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(WordVisitor(PhantomData))
}

struct WordVisitor<T>(PhantomData<T>);

impl<T: Word> Visitor<'_> for WordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", T::WHAT)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        parse(text).map_err(E::custom)
    }
}

/// A text that is none of the words that belong in its place.
///
/// It never repeats the text, which may be personal.
///
/// ```
/// use stakeholder_graph::record::Seniority;
///
/// assert_eq!("Vice President".parse(), Ok(Seniority::Vp));
/// let error = "directr".parse::<Seniority>().unwrap_err();
/// assert_eq!(error.nearest(), Some("director"));
/// assert_eq!(
///     error.to_string(),
///     "not a seniority; write one of c_level, vp, director, manager, individual (nearest: director)",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseWordError {
    what: &'static str,
    expected: &'static [&'static str],
    nearest: Option<&'static str>,
}

impl ParseWordError {
    /// The names of all words that belong there.
    pub const fn expected(&self) -> &'static [&'static str] {
        self.expected
    }

    /// The closest spelling, when at most a third of its letters differ.
    pub const fn nearest(&self) -> Option<&'static str> {
        self.nearest
    }
}

impl fmt::Display for ParseWordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}; write one of {}", self.what, self.expected.join(", "))?;
        self.nearest.map_or(Ok(()), |nearest| write!(f, " (nearest: {nearest})"))
    }
}

impl std::error::Error for ParseWordError {}

/// The closest spelling to a text, the first of several.
fn nearest<T: Word>(text: &str) -> Option<&'static str> {
    let mut buffer = [0; 40];
    let word = plain(text, &mut buffer)?;
    let steps = T::SPELLINGS.iter().map(|(spelling, _)| {
        let letters: Vec<u8> = letters(spelling).collect();
        (distance(word.as_bytes(), &letters), letters.len(), *spelling)
    });
    let near = steps.filter(|(distance, length, _)| distance * 3 <= *length);
    near.min_by_key(|(distance, ..)| *distance).map(|(.., spelling)| spelling)
}

/// The name closest to a text, when at most a third of its letters differ; of several equally close ones the first that
/// begins like it.
pub(crate) fn nearest_of<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let steps = names.map(|name| (distance(text.as_bytes(), name.as_bytes()), name));
    let near = steps.filter(|(distance, name)| distance * 3 <= name.len());
    near.min_by_key(|(distance, name)| (*distance, name.chars().next() != text.chars().next()))
        .map(|(_, name)| name)
}

/// How many letters have to be put in, taken out or exchanged to make one word the other (Levenshtein's distance).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above, letter) in a.iter().enumerate() {
        let (mut diagonal, mut left) = (above, above + 1);
        for (place, other) in row.iter_mut().zip(std::iter::once(None).chain(b.iter().map(Some))) {
            let here = match other {
                None => left,
                Some(other) => (diagonal + usize::from(letter != other)).min(left + 1).min(*place + 1),
            };
            (diagonal, left) = (std::mem::replace(place, here), here);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_letters() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("kitten", "sitting", 3),
            ("vp", "pv", 2),
            ("a", "ab", 1),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }
}
