//! Kinds and remedies of a newer version, kept as they were written.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::label::Label;

/// A reason or a remedy that this version does not know, or that lacks a figure: every field as it was stored.
///
/// Answers are stored and read again, sometimes by an older version than the one that wrote them. What it does not know
/// is not lost and not refused: it is written back as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unknown(Map<String, Value>);

impl Unknown {
    /// The name of the kind, as stored; empty where there is none.
    pub fn kind(&self) -> &str {
        let name = ["why", "do"].iter().find_map(|key| self.0.get(*key));
        name.and_then(Value::as_str).unwrap_or_default()
    }

    /// The fields, as stored.
    pub const fn fields(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, which this version does not know", Label::new(self.kind()))
    }
}
