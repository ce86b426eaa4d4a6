//! Phrases shared by the sentences about gaps, remedies and other answers.

use std::fmt;

use crate::introduction::Miss;
use crate::share::Share;
use crate::view::PersonRef;

/// A person's name, if there is one.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a>(pub(crate) Option<&'a PersonRef>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(person) => person.fmt(f),
            None => f.write_str("somebody"),
        }
    }
}

/// A share in per cent; a non-zero share never reads as zero.
pub(crate) struct Percent(pub(crate) Share);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.0.get() * 100.0;
        if percent > 0.0 && percent < 0.5 { f.pad("under 1%") } else { f.pad(&format!("{percent:.0}%")) }
    }
}

/// A count of times, in words.
pub(crate) struct Times(pub(crate) usize);

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("never"),
            1 => f.write_str("once"),
            2 => f.write_str("twice"),
            n => write!(f, "{n} times"),
        }
    }
}

/// A list of items: `a, b and c`.
pub(crate) struct Listed<'a, T> {
    pub(crate) items: &'a [T],
    /// The word before the last item.
    pub(crate) joint: &'static str,
}

impl<T: fmt::Display> fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.items.iter().enumerate() {
            match i {
                0 => {}
                _ if i + 1 == self.items.len() => write!(f, " {} ", self.joint)?,
                _ => f.write_str(", ")?,
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

/// All of some items: `a, b and c`.
pub(crate) const fn all_of<T>(items: &[T]) -> Listed<'_, T> {
    Listed { items, joint: "and" }
}

/// What blocks a path, as the reason that follows a statement.
pub(crate) struct Because<'a>(pub(crate) &'a [Miss]);

impl fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, miss) in self.0.iter().enumerate() {
            write!(f, "{}{miss}", if i == 0 { ": " } else { ", and " })?;
        }
        Ok(())
    }
}
