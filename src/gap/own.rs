//! The findings of a caller's own kind, as plain data that can be read and written without the caller's types.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::builder::Figures;
use super::kind::{Kind, Sentence, Subject};
use super::kinds::Reason;
use crate::text::Text;
use crate::view::PersonRef;

/// A finding of a caller's own kind: its figures as JSON, with their subject and sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Own {
    /// The id of the kind.
    pub kind: Text,
    /// What it is about.
    pub subject: Subject,
    /// The finding in one sentence.
    pub sentence: String,
    /// The figures, as the kind serialises them; null where serialisation fails.
    pub figures: Value,
}

impl Own {
    /// The figures as type `K`; none where they belong to another kind.
    pub fn figures<K: Kind>(&self) -> Option<K> {
        K::deserialize(&self.figures).ok()
    }

    /// Figures that still lack the people of their gap.
    pub fn of<K: Kind>(settings: &K::Settings, figures: K) -> OwnFigures<K> {
        OwnFigures { kind: K::id(settings).into(), figures }
    }
}

/// Figures of a caller's own kind, for [`Situation::gap`](super::Situation::gap).
#[derive(Debug, Clone)]
pub struct OwnFigures<K> {
    kind: Text,
    figures: K,
}

impl<K: Kind> Figures for OwnFigures<K> {
    fn reason(self, people: &[PersonRef]) -> Reason {
        let Self { kind, figures } = self;
        Reason::Own(Own {
            kind,
            subject: figures.subject(people),
            sentence: Worded { figures: &figures, people }.to_string(),
            figures: serde_json::to_value(&figures).unwrap_or(Value::Null),
        })
    }
}

/// Figures and people, displayed as their sentence.
struct Worded<'a, K> {
    figures: &'a K,
    people: &'a [PersonRef],
}

impl<K: Kind> fmt::Display for Worded<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.figures.sentence(&mut Sentence::new(self.people, f))
    }
}
