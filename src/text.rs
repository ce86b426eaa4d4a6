//! Short texts kept in place: [`Text`] is the type of every id, name and other text of a record or an answer.
//!
//! A portfolio of a million people has some seventeen million ends of ties, each of them an id of a few bytes. Kept in
//! a [`String`] each would be a piece of memory of its own, to be asked for, followed and given back.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// A text that does not change: an id, a name, a title.
///
/// As large as a [`String`], 24 bytes on a 64-bit machine (`Option<Text>` too), but up to [`INLINE`](Self::INLINE)
/// bytes are stored in the value itself, without a heap allocation. Cloning such a text copies 24 bytes; a longer
/// one is copied like a [`String`], in time proportional to its length. It behaves like the [`str`] that it holds:
/// it compares, sorts, hashes, prints and serializes like it, so a map with `Text` keys can be looked up with a
/// `&str`.
///
/// ```
/// use stakeholder_graph::Text;
///
/// let id = Text::from("northgate");
/// assert_eq!(id, "northgate");
/// assert_eq!(id.len(), 9); // every method of `str`
/// assert_eq!(format!("{id:>10}"), " northgate");
/// assert_eq!(String::from(id), "northgate");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(CompactString);

impl Text {
    /// The most bytes that are kept in the value itself: 24 where a pointer has 64 bits.
    pub const INLINE: usize = size_of::<String>();

    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    #[inline]
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    /// A text too long to store inline keeps its allocation.
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Self {
        text.clone()
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0.into_string()
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Comparisons with what holds a `str`, in both directions.
macro_rules! compares_with {
    ($($other:ty)+) => {
        $(
            impl PartialEq<$other> for Text {
                fn eq(&self, other: &$other) -> bool {
                    let other: &str = other;
                    self.as_str() == other
                }
            }

            impl PartialEq<Text> for $other {
                fn eq(&self, other: &Text) -> bool {
                    other == self
                }
            }

            impl PartialOrd<$other> for Text {
                fn partial_cmp(&self, other: &$other) -> Option<Ordering> {
                    let other: &str = other;
                    Some(self.as_str().cmp(other))
                }
            }

            impl PartialOrd<Text> for $other {
                fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
                    other.partial_cmp(self).map(Ordering::reverse)
                }
            }
        )+
    };
}

compares_with! { str &str String }

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::de::IntoDeserializer;
    use serde::de::value::{BorrowedStrDeserializer, Error as ValueError, StringDeserializer};

    use super::*;
    use crate::dice::{Dice, cases};

    /// Whether a text's bytes are inside the value.
    fn inside(text: &Text) -> bool {
        let value = std::ptr::from_ref(text).addr();
        (value..value + size_of::<Text>()).contains(&text.as_ptr().addr())
    }

    #[test]
    fn a_text_is_as_large_as_a_string_and_keeps_short_ones_inside() {
        assert_eq!(size_of::<Text>(), size_of::<String>());
        assert_eq!(size_of::<Option<Text>>(), size_of::<String>());
        let longest = Text::from("x".repeat(Text::INLINE));
        let longer = Text::from("x".repeat(Text::INLINE + 1));
        assert!(inside(&longest) && inside(&longest.clone()) && inside(&Text::default()));
        assert!(!inside(&longer));
    }

    #[test]
    fn a_text_prints_like_its_str() {
        let text = Text::from("Eve \"Q\"");
        assert_eq!(
            format!("{text:>9}|{text:-<9}|{text:.3}|{text:?}"),
            "  Eve \"Q\"|Eve \"Q\"--|Eve|\"Eve \\\"Q\\\"\""
        );
    }

    #[test]
    fn maps_with_texts_as_keys_are_asked_with_a_str() {
        let hashed = HashMap::from([(Text::from("ann"), 1)]);
        let sorted = BTreeMap::from([(Text::from("ann"), 1)]);
        assert_eq!((hashed.get("ann"), sorted.get("ann"), sorted.get("bob")), (Some(&1), Some(&1), None));
    }

    #[test]
    fn a_text_reads_from_what_is_borrowed_and_what_is_owned_and_from_nothing_else() {
        let borrowed = BorrowedStrDeserializer::<ValueError>::new("ann");
        let owned: StringDeserializer<ValueError> = "ann".to_owned().into_deserializer();
        assert_eq!(Text::deserialize(borrowed).unwrap(), "ann");
        assert_eq!(Text::deserialize(owned).unwrap(), "ann");
        assert_eq!(serde_json::from_str::<Text>(r#""a\nb""#).unwrap(), "a\nb");
        assert_eq!(serde_json::to_string(&Text::from("a\nb")).unwrap(), r#""a\nb""#);
        let error = serde_json::from_str::<Text>("7").unwrap_err().to_string();
        assert_eq!(error, "invalid type: integer `7`, expected a string at line 1 column 1");
    }

    #[test]
    fn a_text_is_whatever_it_was_made_from() {
        let any_string = |dice: &mut Dice| dice.list(0..41, Dice::letter).into_iter().collect::<String>();
        cases(256, |dice| {
            let a = any_string(dice);
            let b = if dice.chance(0.1) { a.clone() } else { any_string(dice) };
            let (text, other) = (Text::from(a.as_str()), Text::from(b.clone()));
            assert_eq!(text.as_str(), a.as_str());
            assert_eq!(&text, &Text::from(&a));
            assert_eq!(&text, &Text::from(Cow::from(a.clone())));
            assert_eq!(&text, &Text::from(&text));
            assert_eq!(Ok(text.clone()), a.parse());
            assert_eq!(text.cmp(&other), a.cmp(&b));
            assert_eq!(text.partial_cmp(b.as_str()), a.partial_cmp(&b));
            assert_eq!(a.partial_cmp(&other), a.partial_cmp(&b));
            let (slice, pointer) = (b.as_str(), &b.as_str());
            assert_eq!(
                [
                    text == other,
                    text == b,
                    b == text,
                    text == *slice,
                    *slice == text,
                    text == *pointer,
                    *pointer == text
                ],
                [a == b; 7]
            );
            assert_eq!(String::from(text), a);
        });
    }
}
