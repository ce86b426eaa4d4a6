//! Two lists of gaps side by side: what opened, closed, worsened and eased.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Gap;
use crate::share::Share;

/// The difference between two lists of gaps, each part most serious first.
///
/// Two gaps are the same when they are of one kind, at one customer, and about the same person first of all: the
/// other people concerned, and the severity, may change. Where several match, identical ones are paired first,
/// then in order of severity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GapChanges {
    /// Present now, not before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<Gap>,
    /// Present before, not now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Gap>,
    /// More serious than before; the greatest step first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worsened: Vec<GapShift>,
    /// Less serious than before; the greatest step first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eased: Vec<GapShift>,
    /// Snoozed before, and no longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub woken: Vec<Gap>,
    /// Snoozed now, and not before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snoozed: Vec<Gap>,
}

/// A gap whose severity changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GapShift {
    /// The gap as it is now.
    pub gap: Gap,
    /// Its severity before.
    pub before: Share,
}

impl GapShift {
    /// The absolute change in severity, at least 0.
    pub fn step(&self) -> f64 {
        (self.gap.severity.get() - self.before.get()).abs()
    }
}

/// Severities nearer than this are equal: they are sums of shares, and rounding is not a change.
const SAME: f64 = 1e-9;

impl GapChanges {
    /// The difference between the gaps of one day and those of another, of one customer or of many.
    ///
    /// Costs O(n log n) in their number.
    pub fn between(before: &[Gap], after: &[Gap]) -> Self {
        let mut by_subject: BTreeMap<Subject<'_>, (Vec<&Gap>, Vec<&Gap>)> = BTreeMap::new();
        for gap in before {
            by_subject.entry(subject(gap)).or_default().0.push(gap);
        }
        for gap in after {
            by_subject.entry(subject(gap)).or_default().1.push(gap);
        }
        let mut changes = Self::default();
        for (was, is) in by_subject.into_values() {
            changes.add(was, is);
        }
        changes.sort();
        changes
    }

    /// Whether there is no difference.
    pub fn is_empty(&self) -> bool {
        let Self { opened, closed, worsened, eased, woken, snoozed } = self;
        let gaps = [opened, closed, woken, snoozed];
        gaps.iter().all(|gaps| gaps.is_empty()) && worsened.is_empty() && eased.is_empty()
    }

    /// Adds the difference between gaps of one subject.
    fn add(&mut self, mut was: Vec<&Gap>, is: Vec<&Gap>) {
        was.sort_by(|a, b| Gap::order(a, b));
        let mut left: Vec<&Gap> = Vec::new();
        for gap in is {
            match was.iter().position(|it| it.reason == gap.reason) {
                Some(at) => self.compare(was.remove(at), gap),
                None => left.push(gap),
            }
        }
        left.sort_by(|a, b| Gap::order(a, b));
        let mut was = was.into_iter();
        for gap in left {
            match was.next() {
                Some(before) => self.compare(before, gap),
                None => self.opened.push(gap.clone()),
            }
        }
        self.closed.extend(was.cloned());
    }

    fn compare(&mut self, was: &Gap, is: &Gap) {
        let step = is.severity.get() - was.severity.get();
        let shift = || GapShift { gap: is.clone(), before: was.severity };
        if step > SAME {
            self.worsened.push(shift());
        } else if step < -SAME {
            self.eased.push(shift());
        }
        match (&was.snoozed, &is.snoozed) {
            (Some(_), None) => self.woken.push(is.clone()),
            (None, Some(_)) => self.snoozed.push(is.clone()),
            _ => {}
        }
    }

    fn sort(&mut self) {
        for gaps in [&mut self.opened, &mut self.closed, &mut self.woken, &mut self.snoozed] {
            gaps.sort_by(Gap::order);
        }
        for shifts in [&mut self.worsened, &mut self.eased] {
            shifts.sort_by(|a, b| b.step().total_cmp(&a.step()).then_with(|| Gap::order(&a.gap, &b.gap)));
        }
    }
}

/// What a gap is about: customer, kind, and the first person it names.
type Subject<'g> = (&'g str, &'g str, Option<&'g str>);

fn subject(gap: &Gap) -> Subject<'_> {
    (&gap.customer, gap.id(), gap.person())
}

impl fmt::Display for GapChanges {
    /// One line each, opened gaps first; nothing where there is no difference. Steps that do not show in two
    /// digits are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gaps = |f: &mut fmt::Formatter<'_>, what: &str, gaps: &[Gap]| {
            gaps.iter().try_for_each(|gap| writeln!(f, "  {what} {gap}"))
        };
        gaps(f, "opens:  ", &self.opened)?;
        shifts(f, "worsens:", &self.worsened)?;
        gaps(f, "no longer left to rest:", &self.woken)?;
        gaps(f, "closes: ", &self.closed)?;
        shifts(f, "eases:  ", &self.eased)?;
        gaps(f, "left to rest:", &self.snoozed)
    }
}

fn shifts(f: &mut fmt::Formatter<'_>, what: &str, shifts: &[GapShift]) -> fmt::Result {
    for shift in shifts {
        let (before, after) = (format!("{:.2}", shift.before), format!("{:.2}", shift.gap.severity));
        if before != after {
            writeln!(f, "  {what} {} ({after}, was {before})", shift.gap)?;
        }
    }
    Ok(())
}
