//! The version of what is stored: answers and settings.

use serde::{Deserialize, Serialize};

/// The version of the form in which answers and settings are stored.
///
/// It grows only when a field goes or changes its meaning. A new field has a default, so that older files still read; a
/// kind of gap or a remedy that is not known is kept as [`Unknown`](crate::gap::Unknown). A file of a newer version is
/// refused, because its fields may mean something else. A file without a version is of the first.
///
/// ```
/// use stakeholder_graph::Version;
///
/// assert_eq!(serde_json::to_string(&Version::CURRENT)?, "1");
/// assert!(serde_json::from_str::<Version>("1").is_ok());
/// let error = serde_json::from_str::<Version>("2").unwrap_err().to_string();
/// assert!(error.starts_with("written in version 2, and this release reads up to version 1"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Version(u32);

impl Version {
    /// The version that this release writes, and the newest that it reads.
    pub const CURRENT: Self = Self(1);

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Version {
    /// [`CURRENT`](Self::CURRENT).
    fn default() -> Self {
        Self::CURRENT
    }
}

/// A version newer than this release reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("written in version {found}, and this release reads up to version {reads}; update it", reads = Version::CURRENT.0)]
#[non_exhaustive]
pub struct NewerVersion {
    /// The version found.
    pub found: u32,
}

impl TryFrom<u32> for Version {
    type Error = NewerVersion;

    fn try_from(found: u32) -> Result<Self, NewerVersion> {
        if found <= Self::CURRENT.0 { Ok(Self(found.max(1))) } else { Err(NewerVersion { found }) }
    }
}

impl From<Version> for u32 {
    fn from(version: Version) -> Self {
        version.0
    }
}

/// An answer with the version of its form, to be stored: the fields of the answer, and `version` before them.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use stakeholder_graph::Versioned;
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Answer {
///     customer: String,
///     #[serde(default)]
///     added_later: u32,
/// }
///
/// let stored = Versioned::new(Answer { customer: "acme".into(), added_later: 7 });
/// assert_eq!(serde_json::to_string(&stored)?, r#"{"version":1,"customer":"acme","added_later":7}"#);
/// let old: Versioned<Answer> = serde_json::from_str(r#"{"customer":"acme"}"#)?;
/// assert_eq!(old.answer, Answer { customer: "acme".into(), added_later: 0 });
/// assert!(serde_json::from_str::<Versioned<Answer>>(r#"{"version":2,"customer":"acme"}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Versioned<T> {
    /// The version.
    #[serde(default)]
    pub version: Version,
    /// The answer.
    #[serde(flatten)]
    pub answer: T,
}

impl<T> Versioned<T> {
    /// An answer in the current version.
    pub const fn new(answer: T) -> Self {
        Self { version: Version::CURRENT, answer }
    }
}
