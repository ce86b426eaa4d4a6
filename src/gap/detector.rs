//! A caller's own kind of gap with its settings, ready to run beside the built-in ones.

use std::fmt;

use super::finding::Gap;
use super::kind::{Entry, Kind};
use super::situation::Situation;

/// A kind of gap together with its settings, for [`View::gaps_with`](crate::View::gaps_with) and similar calls.
/// The example of [`Kind`] shows one.
pub struct Detector {
    detect: Box<dyn Detect>,
}

impl Detector {
    /// A detector of one kind with these settings.
    pub fn of<K: Kind + 'static>(settings: K::Settings) -> Self
    where
        K::Settings: 'static,
    {
        Self { detect: Box::new(With::<K> { settings }) }
    }

    /// The catalogue entry of the kind, with its id as given by the settings.
    pub fn entry(&self) -> Entry<'_> {
        self.detect.entry()
    }

    pub(super) fn detect(&self, situation: &Situation<'_>, findings: &mut Vec<Gap>) {
        self.detect.detect(situation, findings);
    }
}

impl fmt::Debug for Detector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detector").field("entry", &self.entry()).finish()
    }
}

/// A kind with its type erased.
trait Detect: Send + Sync {
    fn entry(&self) -> Entry<'_>;
    fn detect(&self, situation: &Situation<'_>, findings: &mut Vec<Gap>);
}

struct With<K: Kind> {
    settings: K::Settings,
}

impl<K: Kind> Detect for With<K> {
    fn entry(&self) -> Entry<'_> {
        Entry { id: K::id(&self.settings), ..K::ENTRY }
    }

    fn detect(&self, situation: &Situation<'_>, findings: &mut Vec<Gap>) {
        K::detect(situation, &self.settings, findings);
    }
}
