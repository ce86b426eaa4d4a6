//! JSON that is as it should be, read faster than by a parser that must be able to say what is wrong.
//!
//! A [`Scan`] walks over a text whose UTF-8 has been checked once for all of it, borrows every text that holds no
//! escape and stops, without a word, at the first thing that is not JSON. Then the document is read again by
//! `serde_json`, which finds the same thing and says what and where it is. To the visitors both are one: what one
//! accepts the other accepts, and both tell the same.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::span;
use crate::record::convert::decimal;

/// The text is not JSON; what is wrong with it, `serde_json` will say.
#[derive(Debug)]
pub(super) struct NotJson;

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not JSON")
    }
}

impl std::error::Error for NotJson {}

impl de::Error for NotJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Lists and objects may stand within each other so deep, as in `serde_json`.
const DEPTH: u8 = 127;

/// A walk over one JSON document.
pub(super) struct Scan<'de> {
    text: &'de str,
    at: usize,
    /// How many lists and objects may still be opened.
    depth: u8,
}

impl<'de> Scan<'de> {
    pub(super) fn of(text: &'de str) -> Self {
        Self { text, at: 0, depth: DEPTH }
    }

    /// Whether nothing follows but white space.
    pub(super) fn ends(mut self) -> bool {
        self.next_sign().is_none()
    }

    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space; the walk stands at it.
    #[inline]
    fn next_sign(&mut self) -> Option<u8> {
        loop {
            match self.here() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Goes past a byte that must come next, white space aside.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.next_sign() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NotJson)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), NotJson> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(NotJson)?;
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(NotJson)
        }
    }

    /// Reads a text; the walk stands at its quote.
    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, NotJson> {
        let start = self.at + 1;
        let end = special(self.text.as_bytes(), start)?;
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return visitor.visit_borrowed_str(self.text.get(start..end).ok_or(NotJson)?);
        }
        self.escaped(end, visitor)
    }

    /// Reads a text with an escape at a byte, for which there is a parser already.
    #[cold]
    fn escaped<V: Visitor<'de>>(&mut self, first: usize, visitor: V) -> Result<V::Value, NotJson> {
        let bytes = self.text.as_bytes();
        let mut end = first;
        while bytes.get(end) == Some(&b'\\') {
            end = special(bytes, end + 2)?;
        }
        let quoted = self.text.get(self.at..=end).ok_or(NotJson)?;
        let text: String = serde_json::from_str(quoted).map_err(|_| NotJson)?;
        self.at = end + 1;
        visitor.visit_str(&text)
    }

    /// Reads a number; the walk stands at its sign or first digit.
    #[inline]
    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, NotJson> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(negative);
        let mut at = digits(bytes, first);
        // There is a digit, and a zero stands alone.
        if at == first || bytes.get(first) == Some(&b'0') && at > first + 1 {
            return Err(NotJson);
        }
        let mut whole = true;
        if bytes.get(at) == Some(&b'.') {
            whole = false;
            let part = at + 1;
            at = digits(bytes, part);
            if at == part {
                return Err(NotJson);
            }
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            whole = false;
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = at + 1 + sign;
            at = digits(bytes, exponent);
            if at == exponent {
                return Err(NotJson);
            }
        }
        let token = self.text.get(start..at).ok_or(NotJson)?;
        self.at = at;
        if whole
            && !negative
            && let Ok(number) = token.parse::<u64>()
        {
            return visitor.visit_u64(number);
        }
        // Minus zero is a float, since no whole number is.
        if whole
            && negative
            && let Ok(number) = token.parse::<i64>()
            && number != 0
        {
            return visitor.visit_i64(number);
        }
        let number = match decimal(token) {
            Some(number) => number,
            None => token.parse::<f64>().map_err(|_| NotJson)?,
        };
        if number.is_finite() { visitor.visit_f64(number) } else { Err(NotJson) }
    }

    /// Goes into a list or an object; the walk stands at its bracket.
    fn enter(&mut self) -> Result<(), NotJson> {
        self.depth = self.depth.checked_sub(1).ok_or(NotJson)?;
        self.at += 1;
        Ok(())
    }

    fn leave(&mut self, bracket: u8) -> Result<(), NotJson> {
        self.depth += 1;
        self.expect(bracket)
    }
}

/// The first byte from here on that ends a text or needs care: a quote or a backslash; a control character is an error.
#[inline]
fn special(bytes: &[u8], from: usize) -> Result<usize, NotJson> {
    let at = span::first(bytes, from, *b"\"\\", b' ');
    if let Some(b'"' | b'\\') = bytes.get(at) { Ok(at) } else { Err(NotJson) }
}

/// The first byte from here on that is no digit.
#[inline]
fn digits(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

impl<'de> Deserializer<'de> for &mut Scan<'de> {
    type Error = NotJson;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotJson> {
        match self.next_sign().ok_or(NotJson)? {
            b'"' => self.string(visitor),
            b'-' | b'0'..=b'9' => self.number(visitor),
            b'{' => {
                self.enter()?;
                let value = visitor.visit_map(Inside { scan: &mut *self, first: true })?;
                self.leave(b'}')?;
                Ok(value)
            }
            b'[' => {
                self.enter()?;
                let value = visitor.visit_seq(Inside { scan: &mut *self, first: true })?;
                self.leave(b']')?;
                Ok(value)
            }
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => Err(NotJson),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A walk within a list or an object.
struct Inside<'s, 'de> {
    scan: &'s mut Scan<'de>,
    /// Whether nothing has been read of it yet.
    first: bool,
}

impl Inside<'_, '_> {
    /// Goes to the next item, if there is one before the bracket.
    #[inline]
    fn next(&mut self, bracket: u8) -> Result<bool, NotJson> {
        let sign = self.scan.next_sign().ok_or(NotJson)?;
        if sign == bracket {
            return Ok(false);
        }
        if std::mem::take(&mut self.first) {
            return Ok(true);
        }
        if sign != b',' {
            return Err(NotJson);
        }
        self.scan.at += 1;
        // No item may be left out in front of the bracket.
        if self.scan.next_sign() == Some(bracket) { Err(NotJson) } else { Ok(true) }
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = NotJson;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NotJson> {
        if self.next(b']')? { seed.deserialize(&mut *self.scan).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = NotJson;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NotJson> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        if self.scan.next_sign() != Some(b'"') {
            return Err(NotJson);
        }
        seed.deserialize(&mut *self.scan).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotJson> {
        self.scan.expect(b':')?;
        seed.deserialize(&mut *self.scan)
    }
}
