//! A raw value: what a field holds before it is converted, borrowed from the input wherever possible.
//!
//! Nothing here ever refuses a value, so a parser that feeds it stops only at broken syntax, and every fault of a
//! file can be collected in one pass. It is not a tree: lists and objects are kept two levels deep, which is what
//! the schema uses, and deeper values are skipped.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RawCell<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'a str),
    /// The text of a CSV cell, which may represent any type.
    Cell(&'a str),
    List(&'a [Held<'a>]),
    Object(&'a [(Cow<'a, str>, Held<'a>)]),
    /// More items than the limit.
    TooLong,
    /// A list or an object deeper than the schema goes.
    Deep,
}

/// A value, with owned storage for the parts that could not be borrowed.
#[derive(Debug)]
pub(crate) enum Held<'a> {
    Plain(RawCell<'a>),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl Held<'_> {
    pub(crate) fn raw_cell(&self) -> RawCell<'_> {
        match self {
            Self::Plain(value) => *value,
            Self::Text(text) => RawCell::Text(text),
            Self::List(items) => RawCell::List(items),
            Self::Object(entries) => RawCell::Object(entries),
        }
    }
}

impl RawCell<'_> {
    /// Its type, for a message.
    pub(crate) fn what(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Unsigned(_) | Self::Signed(_) | Self::Float(_) => "a number",
            Self::Text(_) | Self::Cell(_) => "a text",
            Self::List(_) | Self::TooLong => "a list",
            Self::Object(_) => "an object",
            Self::Deep => "a nested value",
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) | Self::Cell(text) => trimmed(text).is_empty(),
            Self::Bool(_)
            | Self::Unsigned(_)
            | Self::Signed(_)
            | Self::Float(_)
            | Self::List(_)
            | Self::TooLong
            | Self::Object(_)
            | Self::Deep => false,
        }
    }
}

/// A text without the white space around it, of which there is none as a rule.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] | [first @ last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The most items that a list within a record may have, and the most keys of an object within one. The first is
/// far above any meeting; both bound what one field can cost.
pub(crate) const ITEMS: usize = 100_000;
const KEYS: usize = 64;

/// Reads a [`Held`], `0` levels inside its field.
#[derive(Clone, Copy)]
pub(crate) struct HeldSeed(pub(crate) u8);

impl<'de> DeserializeSeed<'de> for HeldSeed {
    type Value = Held<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for HeldSeed {
    type Value = Held<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Bool(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Unsigned(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Signed(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Float(value)))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Text(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Held<'de>, E> {
        Ok(Held::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Held<'de>, E> {
        Ok(Held::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Null))
    }

    fn visit_none<E>(self) -> Result<Held<'de>, E> {
        Ok(Held::Plain(RawCell::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Held<'de>, A::Error> {
        if self.0 > 1 {
            Skip.visit_seq(items)?;
            return Ok(Held::Plain(RawCell::Deep));
        }
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self(self.0 + 1))? {
            list.push(item);
            if list.len() > ITEMS {
                Skip.visit_seq(items)?;
                return Ok(Held::Plain(RawCell::TooLong));
            }
        }
        Ok(Held::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Held<'de>, A::Error> {
        if self.0 > 1 {
            Skip.visit_map(entries)?;
            return Ok(Held::Plain(RawCell::Deep));
        }
        let mut list = Vec::new();
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            list.push((key, entries.next_value_seed(Self(self.0 + 1))?));
            if list.len() > KEYS {
                Skip.visit_map(entries)?;
                return Ok(Held::Plain(RawCell::TooLong));
            }
        }
        Ok(Held::Object(list))
    }
}

/// Reads a key.
pub(crate) struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

macro_rules! visit_scalars {
    ($($visit:ident($scalar:ty) => $self:ident, $value:ident: $done:expr;)*) => {
        $(fn $visit<E>($self, $value: $scalar) -> Result<Self::Value, E> { Ok($done) })*
    };
}

/// Skips a value, however large; unlike serde's own `IgnoredAny` it goes through the parser's limit on nesting.
#[derive(Clone, Copy)]
pub(crate) struct Skip;

impl<'de> DeserializeSeed<'de> for Skip {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Skip {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    visit_scalars! {
        visit_bool(bool) => self, _value: ();
        visit_u64(u64) => self, _value: ();
        visit_i64(i64) => self, _value: ();
        visit_f64(f64) => self, _value: ();
        visit_str(&str) => self, _value: ();
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while entries.next_key_seed(self)?.is_some() {
            entries.next_value_seed(self)?;
        }
        Ok(())
    }
}

/// Writes a value that the schema does not know to a text: a text as it is, `null` as nothing, anything else as
/// compact JSON. Costs about what the input costs, however the value is nested.
pub(crate) struct Verbatim<'t> {
    pub(crate) text: &'t mut String,
    /// A text within a list or an object needs its quotes.
    pub(crate) inside: bool,
}

impl<'de> DeserializeSeed<'de> for Verbatim<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Verbatim<'_> {
    fn put(self, value: impl fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{value}");
    }

    fn put_text(self, value: &str) {
        if self.inside {
            self.text.push_str(&serde_json::to_string(value).unwrap_or_default());
        } else {
            self.text.push_str(value);
        }
    }
}

impl<'de> Visitor<'de> for Verbatim<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    visit_scalars! {
        visit_bool(bool) => self, value: self.put(value);
        visit_u64(u64) => self, value: self.put(value);
        visit_i64(i64) => self, value: self.put(value);
        visit_f64(f64) => self, value: self.put(serde_json::to_string(&value).unwrap_or_default());
        visit_str(&str) => self, value: self.put_text(value);
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if self.inside {
            self.text.push_str("null");
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.text.push('[');
        let start = self.text.len();
        while items.next_element_seed(Verbatim { text: &mut *self.text, inside: true })?.is_some() {
            self.text.push(',');
        }
        close(self.text, start, ']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.text.push('{');
        let start = self.text.len();
        while entries.next_key_seed(Verbatim { text: &mut *self.text, inside: true })?.is_some() {
            self.text.push(':');
            entries.next_value_seed(Verbatim { text: &mut *self.text, inside: true })?;
            self.text.push(',');
        }
        close(self.text, start, '}');
        Ok(())
    }
}

/// Puts the closing bracket in the place of the comma behind the last item.
fn close(text: &mut String, start: usize, bracket: char) {
    if text.len() > start {
        text.pop();
    }
    text.push(bracket);
}
