//! Calendar days, and moments within them.
//!
//! The crate reasons in whole days and never reads a clock: the caller names the day. A [`Day`] is a thin wrapper
//! around a civil date of the proleptic Gregorian calendar; [`Moment`] adds the time of day where the data has
//! one, which is only used to order events within a day.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar day.
///
/// Parses `2026-03-02`, a date-time (its own day), a date-time with an offset or `Z` (its day in UTC), and the
/// digits of a Unix epoch (10 for seconds, 13 for milliseconds, in UTC). Day and month are never guessed:
/// `03/04/2026` is an error.
///
/// ```
/// use stakeholder_graph::Day;
///
/// let day: Day = "2026-03-02".parse()?;
/// assert_eq!(day.plus_days(30).to_string(), "2026-04-01");
/// let late: Day = "2026-03-02T23:30:00-05:00".parse()?;
/// assert_eq!(late.days_since(day), 1); // already the third in UTC
/// # Ok::<(), stakeholder_graph::DayError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Days from 1970-01-01 to 9999-12-31.
const LAST: i32 = 2_932_896;
/// Days from 1970-01-01 to -9999-01-01.
const FIRST: i32 = -4_371_587;

impl Day {
    /// The earliest day there is, -9999-01-01.
    pub const MIN: Self = Self(FIRST);
    /// The latest day there is, 9999-12-31.
    pub const MAX: Self = Self(LAST);

    /// The day with this year (-9999 to 9999), month (from 1 for January) and day of the month (from 1).
    ///
    /// ```
    /// use stakeholder_graph::Day;
    ///
    /// let day = Day::from_ymd(2026, 3, 2)?;
    /// assert_eq!((day.year(), day.month(), day.day_of_month()), (2026, 3, 2));
    /// assert!(Day::from_ymd(2026, 2, 29).is_err());
    /// # Ok::<(), stakeholder_graph::DayError>(())
    /// ```
    ///
    /// # Errors
    /// [`DayError`] when the calendar has no such day.
    pub fn from_ymd(year: i16, month: u8, day: u8) -> Result<Self, DayError> {
        let date = Date::new(year, month.cast_signed(), day.cast_signed());
        date.map(Self::of).map_err(|_| DayError(Wrong::NoSuchDay))
    }

    /// The year, -9999 to 9999; the year before 1 is 0.
    pub fn year(self) -> i16 {
        self.date().year()
    }

    /// The month, 1 (January) to 12.
    pub fn month(self) -> u8 {
        self.date().month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u8 {
        self.date().day().unsigned_abs()
    }

    /// The day this many days after 1970-01-01, the first day of the Unix epoch; negative before it.
    ///
    /// The inverse of [`epoch_days`](Self::epoch_days). Any calendar library converts from such a number.
    ///
    /// ```
    /// use stakeholder_graph::Day;
    ///
    /// let day: Day = "2026-03-02".parse()?;
    /// assert_eq!(day.epoch_days(), 20_514);
    /// assert_eq!(Day::from_epoch_days(20_514)?, day);
    /// # Ok::<(), stakeholder_graph::DayError>(())
    /// ```
    ///
    /// # Errors
    /// [`DayError`] for a day before [`MIN`](Self::MIN) or after [`MAX`](Self::MAX).
    pub const fn from_epoch_days(days: i32) -> Result<Self, DayError> {
        if days < FIRST || days > LAST { Err(DayError(Wrong::NoSuchDay)) } else { Ok(Self(days)) }
    }

    /// How many days this day lies after 1970-01-01; negative before it.
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// How many days this day lies after `earlier`; negative when it lies before.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Whether people work: no Saturday, no Sunday, and none of these holidays.
    pub fn is_working_day(self, holidays: &BTreeSet<Self>) -> bool {
        // The first of January 1970 was a Thursday, so that 0 is a Monday here.
        self.0.saturating_add(3).rem_euclid(7) < 5 && !holidays.contains(&self)
    }

    /// How many working days there are after this day, up to and including another: 0 when that is today or earlier.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use stakeholder_graph::Day;
    ///
    /// let friday: Day = "2026-02-27".parse()?;
    /// let monday: Day = "2026-03-02".parse()?;
    /// assert_eq!(friday.working_days_until(monday, &BTreeSet::new()), 1);
    /// assert_eq!(friday.working_days_until(monday, &BTreeSet::from([monday])), 0);
    /// # Ok::<(), stakeholder_graph::DayError>(())
    /// ```
    ///
    /// Costs O(holidays); however far away the other day is.
    pub fn working_days_until(self, until: Self, holidays: &BTreeSet<Self>) -> u32 {
        let Ok(days) = u32::try_from(until.days_since(self)) else { return 0 };
        let (weeks, rest) = (days / 7, days % 7);
        let none = BTreeSet::new();
        let in_rest = (1..=rest).filter_map(|ahead| i32::try_from(ahead).ok());
        let in_rest = in_rest.filter(|&ahead| self.plus_days(ahead).is_working_day(&none)).count();
        let free = if days == 0 {
            0
        } else {
            holidays.range(self.plus_days(1)..=until).filter(|day| day.is_working_day(&none)).count()
        };
        let worked = u32::try_from(in_rest).unwrap_or_default() + weeks * 5;
        worked.saturating_sub(u32::try_from(free).unwrap_or(u32::MAX))
    }

    /// The day this many days later (earlier when negative), held at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(FIRST, LAST))
    }

    /// The day this many days after 1970-01-01, held at the ends of the calendar.
    pub(crate) fn from_number(days: i32) -> Self {
        Self(days.clamp(FIRST, LAST))
    }

    fn date(self) -> Date {
        let epoch = Date::constant(1970, 1, 1);
        epoch.checked_add(jiff::Span::new().days(self.0)).unwrap_or(epoch)
    }

    fn of(date: Date) -> Self {
        // The algorithm is Howard Hinnant's `days_from_civil`: exact for the whole calendar.
        let (year, month, day) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }
}

/// With the feature `jiff-02`.
#[cfg(feature = "jiff-02")]
impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self::of(date)
    }
}

/// With the feature `jiff-02`.
#[cfg(feature = "jiff-02")]
impl From<Day> for Date {
    fn from(day: Day) -> Self {
        day.date()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.date().to_string())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        text.parse::<Moment>().map(Moment::day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor("a day such as 2026-03-02")).map(Moment::day)
    }
}

/// A day, with the time of day in seconds where it is known.
///
/// Parses what a [`Day`] parses. Moments order by day, then by time; a moment without a time comes first in its
/// day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    day: Day,
    second: Option<u32>,
}

impl Moment {
    /// The calendar day.
    pub const fn day(self) -> Day {
        self.day
    }

    /// Seconds since the day began, where the time is known.
    pub const fn second_of_day(self) -> Option<u32> {
        self.second
    }

    fn from_datetime(at: DateTime) -> Self {
        let second = i32::from(at.hour()) * 3600 + i32::from(at.minute()) * 60 + i32::from(at.second());
        Self { day: Day::of(at.date()), second: u32::try_from(second).ok() }
    }

    fn from_timestamp(at: Timestamp) -> Self {
        Self::from_datetime(at.to_zoned(TimeZone::UTC).datetime())
    }
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self { day, second: None }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.second {
            None => fmt::Display::fmt(&self.day, f),
            Some(s) => write!(f, "{}T{:02}:{:02}:{:02}", self.day, s / 3600, s / 60 % 60, s % 60),
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Moment {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let text = text.trim();
        if let Some(day) = plain_date(text) {
            return day.map(Self::from);
        }
        if text.is_empty() {
            return Err(DayError(Wrong::Empty));
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return epoch(text);
        }
        if text.contains('/') || text.contains('.') && !text.contains(':') {
            return Err(DayError(Wrong::OrderUnknown));
        }
        if offset_hours(text).is_some_and(|hours| hours > 18) {
            return Err(DayError(Wrong::Offset));
        }
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(Self::from_timestamp(at));
        }
        if text.starts_with("9999-") || text.starts_with("+009999-") {
            return Err(DayError(Wrong::Never));
        }
        if offset_hours(text).is_none() {
            // A date-time without an offset is taken at its word: the day that it names.
            if let Ok(at) = text.parse::<DateTime>() {
                return Ok(Self::from_datetime(at));
            }
        }
        Err(DayError(Wrong::Shape))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor("a day or a moment such as 2026-03-02T10:30:00Z"))
    }
}

struct TextVisitor(&'static str);

impl de::Visitor<'_> for TextVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
        text.parse().map_err(E::custom)
    }
}

/// `YYYY-MM-DD` and nothing else, without the cost of a general parser.
fn plain_date(text: &str) -> Option<Result<Day, DayError>> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
    let year = i16::from(two(y1, y2)) * 100 + i16::from(two(y3, y4));
    Some(Day::from_ymd(year, two(m1, m2), two(d1, d2)))
}

fn epoch(digits: &str) -> Result<Moment, DayError> {
    let wrong = DayError(Wrong::EpochLength);
    let number: i64 = digits.parse().map_err(|_| wrong)?;
    let at = match digits.len() {
        10 => Timestamp::from_second(number),
        13 => Timestamp::from_millisecond(number),
        _ => return Err(wrong),
    };
    at.map(Moment::from_timestamp).map_err(|_| wrong)
}

/// The hours of the offset that ends a date-time, when it has one.
fn offset_hours(text: &str) -> Option<u32> {
    let time = text.split_once(['T', 't', ' '])?.1;
    if time.ends_with(['Z', 'z']) {
        return Some(0);
    }
    let offset = time.split_once(['+', '-'])?.1;
    offset.get(..2)?.parse().ok()
}

/// Why a text, a date or a number is not a [`Day`]. The text itself is not repeated: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayError(Wrong);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Empty,
    Shape,
    NoSuchDay,
    OrderUnknown,
    EpochLength,
    Never,
    Offset,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Wrong::Empty => "an empty text is no day",
            Wrong::Shape => "not a day: write it as 2026-03-02 or 2026-03-02T10:30:00Z",
            Wrong::NoSuchDay => "the calendar has no such day",
            Wrong::OrderUnknown => "day and month cannot be told apart: write it as 2026-03-02",
            Wrong::EpochLength => {
                "digits alone are a day only as an epoch of 10 (seconds) or 13 (milliseconds)"
            }
            Wrong::Never => "the year 9999 cannot be placed in UTC: leave the field empty for `never`",
            Wrong::Offset => "no place on earth has an offset of more than 18 hours",
        })
    }
}

impl std::error::Error for DayError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Result<String, String> {
        text.parse::<Day>().map(|d| d.to_string()).map_err(|e| e.to_string())
    }

    #[test]
    fn the_forms_that_exports_use_are_read() {
        for (text, expected) in [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02T23:59:59", "2026-03-02"),
            ("2026-03-02 10:30:00", "2026-03-02"),
            ("2017-08-04T09:09:50.000+0000", "2017-08-04"),
            ("2026-03-02T23:30:00-05:00", "2026-03-03"),
            ("2026-03-02T00:30:00+02:00", "2026-03-01"),
            ("2026-03-02T10:00:00Z", "2026-03-02"),
            ("1772409600", "2026-03-02"),
            ("1772409600000", "2026-03-02"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(day(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_day_says_why_and_does_not_repeat_the_text() {
        for (text, expected) in [
            ("", "an empty text is no day"),
            ("03/04/2026", "day and month cannot be told apart: write it as 2026-03-02"),
            ("03.04.2026", "day and month cannot be told apart: write it as 2026-03-02"),
            ("2026-02-29", "the calendar has no such day"),
            ("2026-13-01", "the calendar has no such day"),
            ("17724096", "digits alone are a day only as an epoch of 10 (seconds) or 13 (milliseconds)"),
            ("2026-03-02T10:00:00+26:00", "no place on earth has an offset of more than 18 hours"),
            (
                "9999-12-31T23:59:59Z",
                "the year 9999 cannot be placed in UTC: leave the field empty for `never`",
            ),
            ("Ada Lovelace", "not a day: write it as 2026-03-02 or 2026-03-02T10:30:00Z"),
            ("2026-03-02T24:00:00Z", "not a day: write it as 2026-03-02 or 2026-03-02T10:30:00Z"),
        ] {
            assert_eq!(day(text), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn day_numbers_agree_with_the_calendar_library_over_the_whole_range() {
        let epoch = Date::constant(1970, 1, 1);
        for number in (FIRST..=LAST).step_by(997).chain([FIRST, -1, 0, 1, LAST]) {
            let day = Day(number);
            assert_eq!(Day::of(day.date()), day);
            assert_eq!(day.date().since(epoch).unwrap().get_days(), number);
            assert_eq!(Day::from_epoch_days(number), Ok(day));
            assert_eq!(Day::from_ymd(day.year(), day.month(), day.day_of_month()), Ok(day));
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_an_error() {
        let no_such_day = Err(DayError(Wrong::NoSuchDay));
        for number in [FIRST - 1, LAST + 1, i32::MIN, i32::MAX] {
            assert_eq!(Day::from_epoch_days(number), no_such_day, "{number}");
        }
        for (year, month, day) in [(2026, 2, 29), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 255, 255)]
        {
            assert_eq!(Day::from_ymd(year, month, day), no_such_day, "{year}-{month}-{day}");
        }
    }

    #[cfg(feature = "jiff-02")]
    #[test]
    fn jiffs_dates_become_days_and_back() {
        let date = Date::constant(2026, 3, 2);
        assert_eq!(Day::from(date).to_string(), "2026-03-02");
        assert_eq!(Date::from(Day::from(date)), date);
    }

    #[test]
    fn moments_order_by_day_then_time() {
        let early: Moment = "2026-03-02".parse().unwrap();
        let noon: Moment = "2026-03-02T12:00:00".parse().unwrap();
        let next: Moment = "2026-03-03".parse().unwrap();
        assert!(early < noon && noon < next);
        assert_eq!(noon.to_string(), "2026-03-02T12:00:00");
        assert_eq!(noon.to_string().parse::<Moment>().unwrap(), noon);
    }
}
