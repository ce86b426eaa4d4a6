//! From a raw value to the type of a field. What cannot be converted gives the reason, without repeating the
//! value.
#![allow(clippy::wildcard_enum_match_arm, reason = "a value of any other JSON type is the wrong one")]

use std::borrow::Cow;

use super::fault::FaultCode;
use super::value::{ITEMS, RawCell, trimmed};
use super::words::{Word, plain};
use super::{Member, Profile, Role};
use crate::day::{Day, Moment};
use crate::text::Text;

/// Why a value does not fit its field.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) code: FaultCode,
    pub(crate) message: Cow<'static, str>,
    pub(crate) fix: Option<Cow<'static, str>>,
}

pub(crate) type Converted<T> = Result<T, Wrong>;

fn wrong<T>(
    code: FaultCode,
    message: impl Into<Cow<'static, str>>,
    fix: impl Into<Cow<'static, str>>,
) -> Converted<T> {
    Err(Wrong { code, message: message.into(), fix: Some(fix.into()) })
}

fn wrong_type<T>(value: &RawCell<'_>, wanted: &str, fix: impl Into<Cow<'static, str>>) -> Converted<T> {
    wrong(FaultCode::WrongType, format!("{} where {wanted} belongs", value.what()), fix)
}

/// The answer to an empty value in a field that must be there; the reader words it.
pub(crate) fn missing() -> Wrong {
    Wrong { code: FaultCode::Missing, message: Cow::Borrowed("missing"), fix: None }
}

fn needed<T>(value: Option<T>) -> Converted<T> {
    value.ok_or_else(missing)
}

/// The most bytes that one text may have.
const TEXT: usize = 1 << 20;

fn checked(text: &str) -> Converted<&str> {
    if text.len() > TEXT {
        return wrong(FaultCode::TooLong, "a text of more than 1 MiB", "shorten it");
    }
    if text.contains('\0') {
        return wrong(FaultCode::Nul, "a NUL character in a text", "remove it");
    }
    Ok(trimmed(text))
}

/// A text, trimmed; `None` when nothing is left.
#[inline]
pub(crate) fn text(value: &RawCell<'_>) -> Converted<Option<Text>> {
    letters(value, "a text", "write it in quotes").map(some_text)
}

/// The text of a value, trimmed and still borrowed: a [`Text`] is made in the place where it stays.
fn letters<'v>(value: &RawCell<'v>, wanted: &str, fix: &'static str) -> Converted<&'v str> {
    match value {
        RawCell::Null => Ok(""),
        RawCell::Cell(text) | RawCell::Text(text) => checked(text),
        other => wrong_type(other, wanted, fix),
    }
}

#[inline]
fn some_text(text: &str) -> Option<Text> {
    if text.is_empty() { None } else { Some(text.into()) }
}

fn id_letters<'v>(value: &RawCell<'v>) -> Converted<&'v str> {
    letters(value, "an id", "write ids as text")
}

/// An id that may be left out.
#[inline]
pub(crate) fn id_if_any(value: &RawCell<'_>) -> Converted<Option<Text>> {
    id_letters(value).map(some_text)
}

/// An id that hardly any record of the kind has.
#[inline]
pub(crate) fn boxed_id_if_any(value: &RawCell<'_>) -> Converted<Option<Box<Text>>> {
    Ok(id_if_any(value)?.map(Box::new))
}

/// An id.
#[inline]
pub(crate) fn id(value: &RawCell<'_>) -> Converted<Text> {
    match id_letters(value)? {
        "" => Err(missing()),
        text => Ok(text.into()),
    }
}

/// Ids: a list, or a text separated by `;`.
pub(crate) fn ids(value: &RawCell<'_>) -> Converted<Vec<Text>> {
    list(value, id_if_any)
}

/// Ids, at least one.
pub(crate) fn ids_needed(value: &RawCell<'_>) -> Converted<Vec<Text>> {
    let ids = ids(value)?;
    if ids.is_empty() { Err(missing()) } else { Ok(ids) }
}

/// Roles: a list, or a text separated by `;`. An unknown role keeps its own words.
pub(crate) fn roles(value: &RawCell<'_>) -> Converted<Vec<Role>> {
    list(value, |item| Ok(text(item)?.map(Role::from)))
}

fn list<T>(
    value: &RawCell<'_>,
    mut item: impl FnMut(&RawCell<'_>) -> Converted<Option<T>>,
) -> Converted<Vec<T>> {
    let mut all = Vec::new();
    match value {
        RawCell::Null => {}
        RawCell::Cell(text) | RawCell::Text(text) => split(text, &mut all, item)?,
        RawCell::List(items) => {
            all.reserve_exact(items.len());
            for value in *items {
                let value = &value.raw_cell();
                if matches!(value, RawCell::Null) {
                    return wrong_type(value, "an item of a list", "leave the item out");
                }
                all.extend(item(value)?);
            }
        }
        RawCell::TooLong => return too_long(),
        other => return wrong_type(other, "a list", "write a list of texts"),
    }
    Ok(all)
}

fn split<T>(
    text: &str,
    all: &mut Vec<T>,
    mut item: impl FnMut(&RawCell<'_>) -> Converted<Option<T>>,
) -> Converted<()> {
    for part in text.split(';') {
        if all.len() >= ITEMS {
            return too_long();
        }
        all.extend(item(&RawCell::Cell(part))?);
    }
    Ok(())
}

fn too_long<T>() -> Converted<T> {
    wrong(FaultCode::TooLong, format!("a list of more than {ITEMS} items"), "split it")
}

/// A finite number.
pub(crate) fn number(value: &RawCell<'_>) -> Converted<Option<f64>> {
    const FIX: &str = "write 0.5 with a point, or leave it empty for unknown";
    let number = match value {
        RawCell::Null => return Ok(None),
        // Every whole number that a score or an amount can sensibly be is exact here.
        #[allow(clippy::cast_precision_loss)]
        RawCell::Unsigned(number) => *number as f64,
        #[allow(clippy::cast_precision_loss)]
        RawCell::Signed(number) => *number as f64,
        RawCell::Float(number) => *number,
        RawCell::Cell(text) => match trimmed(text) {
            "" => return Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) => number,
                Err(_) if decimal_comma(text) => {
                    return wrong(FaultCode::NotANumber, "a number with a decimal comma", FIX);
                }
                Err(_) => return wrong(FaultCode::NotANumber, "not a number", FIX),
            },
        },
        other => {
            return wrong_type(other, "a number", "write 0.5 without quotes, or leave it out for unknown");
        }
    };
    if number.is_finite() {
        // Minus zero becomes zero, so that equal numbers have equal bytes.
        Ok(Some(number + 0.0))
    } else {
        wrong(FaultCode::NumberRange, "not a finite number", "leave it empty for unknown")
    }
}

/// A rating: a number, or one of the words that people use for it.
#[inline]
pub(crate) fn rating(value: &RawCell<'_>) -> Converted<Option<f64>> {
    match value {
        RawCell::Text(text) | RawCell::Cell(text)
            if text.contains(char::is_alphabetic) && trimmed(text).parse::<f64>().is_err() =>
        {
            rating_word(text)
        }
        value => number(value),
    }
}

#[cold]
fn rating_word(text: &str) -> Converted<Option<f64>> {
    const WORDS: [(&str, f64); 6] =
        [("strong", 0.9), ("good", 0.7), ("fair", 0.5), ("weak", 0.3), ("bad", -0.5), ("hostile", -0.9)];
    const FIX: &str = "write a number, or one of: strong, good, fair, weak, bad, hostile";
    let mut buffer = [0; 40];
    let word = plain(trimmed(text), &mut buffer);
    match WORDS.into_iter().find(|(known, _)| word == Some(*known)) {
        Some((_, score)) => Ok(Some(score)),
        None if word == Some("unknown") => Ok(None),
        None => wrong(FaultCode::UnknownWord, "not a word that this field knows", FIX),
    }
}

fn decimal_comma(text: &str) -> bool {
    text.split_once(',').is_some_and(|(whole, part)| {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        digits(whole.trim_start_matches('-')) && !part.is_empty() && digits(part)
    })
}

/// A whole number that is not negative and fits its field.
pub(crate) fn whole<T: TryFrom<u64>>(value: &RawCell<'_>) -> Converted<Option<T>> {
    const FIX: &str = "write a whole number such as 30, or leave it empty for unknown";
    let number = match value {
        RawCell::Unsigned(number) => *number,
        RawCell::Signed(_) => {
            return wrong(FaultCode::NumberRange, "a negative number where a count belongs", FIX);
        }
        other => match number(other)? {
            None => return Ok(None),
            // Up to 2^53 every whole float is exact.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(number) if (0.0..=9_007_199_254_740_992.0).contains(&number) && number.fract() == 0.0 => {
                number as u64
            }
            Some(_) => return wrong(FaultCode::NumberRange, "not a whole number of at least 0", FIX),
        },
    };
    match T::try_from(number) {
        Ok(number) => Ok(Some(number)),
        Err(_) => wrong(FaultCode::NumberRange, "a number too large for this field", FIX),
    }
}

/// Yes or no.
pub(crate) fn yes_or_no(value: &RawCell<'_>) -> Converted<Option<bool>> {
    let text = match value {
        RawCell::Null => return Ok(None),
        RawCell::Bool(answer) => return Ok(Some(*answer)),
        RawCell::Unsigned(1) => return Ok(Some(true)),
        RawCell::Unsigned(0) => return Ok(Some(false)),
        RawCell::Cell(text) | RawCell::Text(text) => trimmed(text),
        _ => return wrong_type(value, "yes or no", "write true or false"),
    };
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    if text.is_empty() || is(&"unknown") {
        Ok(None)
    } else if ["true", "yes", "1"].iter().any(is) {
        Ok(Some(true))
    } else if ["false", "no", "0"].iter().any(is) {
        Ok(Some(false))
    } else {
        wrong(
            FaultCode::NotYesOrNo,
            "neither yes nor no",
            "write true or false, or leave it empty for unknown",
        )
    }
}

/// A moment, or a day.
pub(crate) fn moment_if_any(value: &RawCell<'_>) -> Converted<Option<Moment>> {
    let digits;
    let text = match value {
        RawCell::Null => return Ok(None),
        RawCell::Unsigned(number) => {
            digits = number.to_string();
            digits.as_str()
        }
        RawCell::Text(text) | RawCell::Cell(text) => trimmed(text),
        _ => return wrong_type(value, "a day", "write it as 2026-03-02"),
    };
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error: crate::day::DayError| {
        let words = error.to_string();
        let (message, fix) = match words.split_once(": ") {
            Some((message, fix)) => (message.to_owned(), fix.to_owned()),
            None => (words, "write it as 2026-03-02".to_owned()),
        };
        Wrong { code: FaultCode::NotADay, message: message.into(), fix: Some(fix.into()) }
    })
}

/// A moment.
pub(crate) fn moment(value: &RawCell<'_>) -> Converted<Moment> {
    moment_if_any(value).and_then(needed)
}

/// A day that may be left out.
pub(crate) fn day_if_any(value: &RawCell<'_>) -> Converted<Option<Day>> {
    moment_if_any(value).map(|moment| moment.map(Moment::day))
}

/// A day.
pub(crate) fn day(value: &RawCell<'_>) -> Converted<Day> {
    day_if_any(value).and_then(needed)
}

/// A word of a closed list, in any common spelling; empty and `unknown` are `None`.
pub(crate) fn word_if_any<T: Word>(value: &RawCell<'_>) -> Converted<Option<T>> {
    let text = match value {
        RawCell::Null => return Ok(None),
        RawCell::Text(text) | RawCell::Cell(text) => trimmed(text),
        _ => return wrong_type(value, "a word", T::fix()),
    };
    if text.is_empty() {
        return Ok(None);
    }
    match T::read(text) {
        Some(word) => Ok(Some(word)),
        None if plain(text, &mut [0; 40]) == Some("unknown") => Ok(None),
        None => wrong(FaultCode::UnknownWord, "not a word that this field knows", T::fix()),
    }
}

/// A word of a closed list that must be there.
pub(crate) fn word<T: Word>(value: &RawCell<'_>) -> Converted<T> {
    word_if_any(value).and_then(needed)
}

/// A word of a closed list that has a default.
pub(crate) fn word_or_default<T: Word + Default>(value: &RawCell<'_>) -> Converted<T> {
    word_if_any(value).map(Option::unwrap_or_default)
}

/// `7/20`, `[7,20]` or `{"answered":7,"total":20}`.
pub(crate) fn profile(value: &RawCell<'_>) -> Converted<Option<Profile>> {
    const FIX: &str = "write 7/20";
    let form = || wrong(FaultCode::Form, "not so many answered out of so many", FIX);
    let (answered, total) = match value {
        RawCell::Null => return Ok(None),
        RawCell::Text(text) | RawCell::Cell(text) => match trimmed(text).split_once('/') {
            _ if trimmed(text).is_empty() => return Ok(None),
            Some((answered, total)) => (count_of(answered), count_of(total)),
            None => return form(),
        },
        RawCell::List(items) => match items {
            [answered, total] => (whole(&answered.raw_cell())?, whole(&total.raw_cell())?),
            _ => return form(),
        },
        RawCell::Object(entries) => {
            let (mut answered, mut total) = (None, None);
            for (key, value) in *entries {
                let value = &value.raw_cell();
                match key.as_ref() {
                    "answered" => answered = whole(value)?,
                    "total" => total = whole(value)?,
                    _ => {}
                }
            }
            (answered, total)
        }
        other => return wrong_type(other, "so many answered out of so many", FIX),
    };
    match (answered, total) {
        (Some(answered), Some(total)) => Ok(Some(Profile { answered, total })),
        _ => form(),
    }
}

fn count_of(text: &str) -> Option<u32> {
    trimmed(text).parse().ok()
}

/// `dan:50;ken:49`, or a list of `{"id":"dan","votes":50}`. Who has no figure has one vote.
pub(crate) fn members(value: &RawCell<'_>) -> Converted<Vec<Member>> {
    list(value, |item| {
        let (id, votes) = match item {
            RawCell::Cell(text) => match trimmed(text).rsplit_once(':') {
                _ if trimmed(text).is_empty() => return Ok(None),
                Some((id, votes)) => match votes.trim().parse() {
                    Ok(votes) => (id_if_any(&RawCell::Cell(id))?, votes),
                    Err(_) => {
                        return wrong(
                            FaultCode::Form,
                            "a member whose votes are not a whole number",
                            "write dan:50;ken:49",
                        );
                    }
                },
                None => (id_if_any(&RawCell::Cell(text))?, 1),
            },
            RawCell::Object(entries) => {
                let (mut id, mut votes) = (None, 1);
                for (key, value) in *entries {
                    let value = &value.raw_cell();
                    match key.as_ref() {
                        "id" | "person" | "person_id" => id = id_if_any(value)?,
                        "votes" => votes = whole(value)?.unwrap_or(1),
                        _ => {}
                    }
                }
                (id, votes)
            }
            other => (id_if_any(other)?, 1),
        };
        match id {
            Some(id) => Ok(Some(Member { id, votes })),
            None => wrong(FaultCode::Form, "a member without an id", "write dan:50;ken:49"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::cases;

    #[test]
    fn white_space_is_trimmed_as_the_standard_library_does() {
        cases(4096, |dice| {
            let text = dice.text(0..6, &[' ', '\t', '\u{a0}', '\u{2003}', 'é', 'a', '\u{1}']);
            assert_eq!(trimmed(&text), text.trim());
        });
    }
}
