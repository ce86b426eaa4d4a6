//! The one failure type.

use crate::record::{Fault, Faults};

/// Why a call failed.
///
/// Neither its text nor its debug form repeats a text of the input: ids, positions and names of our own fields only.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is faulty; everything that is wrong with it, at once.
    #[error(transparent)]
    Input(#[from] Faults),
    /// Reading or writing failed.
    #[error("{what} failed")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { what: what.into(), source }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Input(fault.into())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_error_can_cross_threads() {
        fn crosses<T: Send + Sync + 'static>() {}
        crosses::<super::Error>();
    }
}
