//! Anything wrong at a customer?

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::change::GapChanges;
use crate::gap::{Family, Gap, Situation};
use crate::share::Share;
use crate::view::{CustomerRef, View};

/// A problem at a customer: a gap that opened or worsened, or one about a promise, a concern or a competitor,
/// which is repeated every day until it is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alert {
    /// The customer.
    pub customer: CustomerRef,
    /// What it is.
    pub gap: Gap,
    /// Why it is reported.
    #[serde(flatten)]
    pub kind: AlertKind,
}

/// Why a problem is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum AlertKind {
    /// It was not there before.
    Opened,
    /// It is more serious than before.
    #[non_exhaustive]
    Worsened {
        /// Its severity before.
        before: Share,
    },
    /// Its snooze has ended.
    Woken,
    /// It is still there.
    PowerTable,
}

impl Alert {
    /// The most serious first; of equals, by customer.
    pub(super) fn order(a: &Self, b: &Self) -> Ordering {
        Gap::order(&a.gap, &b.gap).then_with(|| a.customer.cmp(&b.customer))
    }
}

/// Severity has to rise by this much before it is reported: slow daily fading is not news.
const TELLING: f64 = 0.05;

/// What is wrong now and was not on the day of an earlier view, or must not be forgotten.
pub(super) fn of(situation: &Situation<'_>, gaps: &[Gap], before: &View<'_>) -> Vec<Alert> {
    let customer = situation.customer();
    let gaps_before = before.customer(customer.id()).map(|customer| customer.gaps()).unwrap_or_default();
    let changes = GapChanges::between(&gaps_before, gaps);
    let reference = CustomerRef::of(customer);
    let alert = |gap: &Gap, kind| Alert { customer: reference.clone(), gap: gap.clone(), kind };
    let opened = changes.opened.iter().map(|gap| alert(gap, AlertKind::Opened));
    let worse = changes.worsened.iter().filter(|shift| shift.step() >= TELLING);
    let worse = worse.map(|shift| alert(&shift.gap, AlertKind::Worsened { before: shift.before }));
    let woken = changes.woken.iter().map(|gap| alert(gap, AlertKind::Woken));
    let mut all: Vec<Alert> = opened.chain(worse).chain(woken).collect();
    all.retain(|alert| alert.gap.snoozed.is_none());
    let lasting = gaps.iter().filter(|gap| matches!(gap.family(), Family::Promises | Family::Rivals));
    for gap in lasting.filter(|gap| gap.snoozed.is_none()) {
        if !all.iter().any(|alert| alert.gap == *gap) {
            all.push(alert(gap, AlertKind::PowerTable));
        }
    }
    all
}
