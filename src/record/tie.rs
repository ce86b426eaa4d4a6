//! Ties: from one person to another, never to an organisation.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// A tie from one person to another.
///
/// In JSON and CSV a trust tie may be written as a sentence, `who` `trusts`; every other kind, and trust too if
/// the caller likes, as `kind`, `from`, `to`.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Tie {
    /// The record's own id, unique among ties that have one; nearly all have none, which takes one pointer. Answers cite
    /// the record by it, and otherwise by [`citation`](Self::citation).
    pub id: Option<Box<Text>>,
    /// What the tie states.
    pub kind: TieKind,
    /// The id of the person it starts from: who trusts, influences, listens, reports.
    pub from: Text,
    /// The id of the person it leads to: who is trusted, influenced, listened to, reported to.
    pub to: Text,
    /// A score. Of a tie of trust a rating of -1 (hostile) ..=1: the latest one of a pair counts, and of one day the mean. Of
    /// other kinds 0..=1. Words are read as well: strong 0.9, good 0.7, fair 0.5, weak 0.3, bad -0.5, hostile -0.9.
    pub strength: Option<f64>,
    /// Evidence for, in pieces; at least 0. Written `for`.
    pub supporting: Option<f64>,
    /// Evidence against, in pieces; at least 0.
    pub against: Option<f64>,
    /// Whether `for` and `against` were counted or are someone's judgement; unknown counts as counted. A
    /// `strength` is always a judgement.
    pub source: Option<TieSource>,
    /// First day of the tie: how long the relationship has existed, not when it was rated.
    pub since: Option<Day>,
    /// Last day of the tie.
    pub until: Option<Day>,
    /// The day on which its figures were given; the day of the records when unknown.
    pub rated_on: Option<Day>,
    /// Fields that the schema does not know.
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    pub line: Option<u32>,
}

impl Tie {
    /// `who` trusts `trusts`, with no strength yet.
    pub fn trust(who: impl Into<Text>, trusts: impl Into<Text>) -> Self {
        Self::new(TieKind::Trust, who, trusts)
    }

    /// A tie of any kind.
    pub fn new(kind: TieKind, from: impl Into<Text>, to: impl Into<Text>) -> Self {
        Self { kind, from: from.into(), to: to.into(), ..Self::default() }
    }

    /// With counted evidence for and against.
    #[must_use]
    pub fn evidence(mut self, supporting: f64, against: f64) -> Self {
        self.supporting = Some(supporting);
        self.against = Some(against);
        self.source = Some(TieSource::Evidenced);
        self
    }

    /// What answers cite the record by: its own id, or else its kind, its two people, of a tie of trust whether its
    /// figures are stated or evidenced, and its first day where that is known. It lasts when the records are put in
    /// another order, and through the next export.
    ///
    /// Records that agree in all of these are cited alike.
    ///
    /// ```
    /// use stakeholder_graph::record::{Tie, TieKind};
    ///
    /// let mut tie = Tie::trust("dan", "wes").strength(0.9);
    /// assert_eq!(tie.citation(), "trust dan>wes stated");
    /// tie.since = Some("2024-01-01".parse()?);
    /// assert_eq!(tie.citation(), "trust dan>wes stated 2024-01-01");
    /// assert_eq!(Tie::new(TieKind::Conflict, "a b", "wes").citation(), "conflict \"a b\">wes");
    /// assert_eq!(tie.id("t7").citation(), "t7");
    /// # Ok::<(), stakeholder_graph::DayError>(())
    /// ```
    pub fn citation(&self) -> Text {
        if let Some(id) = self.id.as_deref().filter(|id| !id.is_empty()) {
            return id.clone();
        }
        let pieces = [self.supporting, self.against];
        let is_counted = match self.source {
            // Also where it judges nothing: it still takes the place of earlier ones.
            Some(TieSource::Stated) => pieces.iter().any(Option::is_some),
            Some(TieSource::Evidenced) | None => pieces.iter().flatten().any(|&figure| figure > 0.0),
        };
        let source = if self.kind != TieKind::Trust {
            None
        } else if is_counted {
            Some(self.source.unwrap_or(TieSource::Evidenced))
        } else {
            self.strength.is_some().then_some(TieSource::Stated)
        };
        Citation { kind: self.kind, from: &self.from, to: &self.to, source, since: self.since }.text()
    }
}

/// What distinguishes a tie without its own id from others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Citation<'a> {
    pub(crate) kind: TieKind,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) source: Option<TieSource>,
    pub(crate) since: Option<Day>,
}

impl Citation<'_> {
    /// Such as `trust dan>wes stated 2024-01-01`. Put together by hand: a portfolio's gaps cite thousands.
    pub(crate) fn text(&self) -> Text {
        let kind = self.kind.as_str();
        let mut text = String::with_capacity(kind.len() + self.from.len() + self.to.len() + 24);
        text.push_str(kind);
        for (before, id) in [(' ', self.from), ('>', self.to)] {
            text.push(before);
            if is_plain(id) {
                text.push_str(id);
            } else {
                text.push('"');
                text.extend(id.escape_debug());
                text.push('"');
            }
        }
        if let Some(source) = self.source {
            text.push(' ');
            text.push_str(source.as_str());
        }
        if let Some(since) = self.since {
            text.push(' ');
            text.push_str(&since.to_string());
        }
        text.into()
    }
}

/// Whether an id can be distinguished from the text around it.
fn is_plain(id: &str) -> bool {
    let is_ours =
        |byte: u8| byte == b'>' || byte == b'"' || byte.is_ascii_whitespace() || byte.is_ascii_control();
    !id.is_empty() && !id.bytes().any(is_ours)
}

fields! { Tie, id |record| record.id.as_deref().map_or("", Text::as_str);
    "id" or "Id" => id: boxed_id_if_any,
    "kind" or "type" => kind: word_or_default,
    "from" or "who" => from: id required,
    "to" or "trusts" => to: id required,
    "strength" => strength: rating,
    "for" or "supporting" => supporting: number,
    "against" => against: number,
    "source" => source: word_if_any,
    "since" => since: day_if_any,
    "until" => until: day_if_any,
    "rated_on" => rated_on: day_if_any,
}

setters! { Tie {
    /// With an id of its own.
    id(boxed text),
    /// Of another kind.
    kind(TieKind),
    /// From another person.
    from(text),
    /// To another person.
    to(text),
    /// With a score: of trust -1..=1, of other kinds 0..=1.
    strength(some f64),
    /// With evidence for, in pieces; at least 0.
    supporting(some f64),
    /// With evidence against, in pieces; at least 0.
    against(some f64),
    /// With whether the evidence was counted or is a judgement.
    source(some TieSource),
    /// With the first day of the tie.
    since(some Day),
    /// With the last day of the tie.
    until(some Day),
    /// With the day of its figures.
    rated_on(some Day),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl fmt::Debug for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tie")
            .field("kind", &self.kind)
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

impl Serialize for Tie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            id,
            kind,
            from,
            to,
            strength,
            supporting,
            against,
            source,
            since,
            until,
            rated_on,
            other,
            line: _,
        } = self;
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = id {
            map.serialize_entry("id", id)?;
        }
        if *kind == TieKind::Trust {
            map.serialize_entry("who", from)?;
            map.serialize_entry("trusts", to)?;
        } else {
            map.serialize_entry("kind", kind)?;
            map.serialize_entry("from", from)?;
            map.serialize_entry("to", to)?;
        }
        for (name, number) in [("strength", strength), ("for", supporting), ("against", against)] {
            if let Some(number) = number {
                map.serialize_entry(name, number)?;
            }
        }
        if let Some(source) = source {
            map.serialize_entry("source", source)?;
        }
        for (name, day) in [("since", since), ("until", until), ("rated_on", rated_on)] {
            if let Some(day) = day {
                map.serialize_entry(name, day)?;
            }
        }
        for (name, value) in other.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// What a tie states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TieKind {
    /// `from` trusts `to`.
    #[default]
    Trust,
    /// `from` influences `to`: `to` listens to `from`.
    Influence,
    /// `from` listens to `to`.
    ListensTo,
    /// `from` reports to `to`, beside the line in `manager_id`: a declared second manager.
    ReportsTo,
    /// The two are at odds: each distrusts the other.
    Conflict,
    /// The two know each other; nothing more is stated.
    Acquainted,
    /// The two must not be asked to approach each other.
    Avoid,
}

/// Where the figures of a tie come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TieSource {
    /// Someone's judgement: counts for at most as much as `EvidenceSettings::rating_ceiling` allows.
    Stated,
    /// Counted from what happened.
    Evidenced,
}
