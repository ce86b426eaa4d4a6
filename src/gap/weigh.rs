//! What a customer weighs, and which gaps are snoozed.

use super::finding::{Gap, Snoozed};
use crate::record::CustomerStatus;
use crate::settings::Snooze;
use crate::view::CustomerView;

/// A customer's weight in severity: one half, plus up to another half for value, relative to the most valuable
/// customer in the same currency; the remainder to one shrinks as a renewal approaches. Unknown value weighs in
/// full: missing data is no reason to look away.
pub(super) fn customer(customer: &CustomerView<'_>) -> f64 {
    let view = customer.view();
    let value = view.network().value_share(customer.at()).map_or(1.0, |share| 0.5 + 0.5 * share);
    let Some(renewal) = customer.record().renewal_on else { return value };
    let days = renewal.days_since(view.day());
    let within = view.settings().gaps.renewal_days.get();
    if days < 0 {
        return value;
    }
    let near = 1.0 - (f64::from(days) / f64::from(within)).min(1.0);
    1.0 - (1.0 - value) * (1.0 - near)
}

/// Whether the customer has any snooze on record.
pub(super) fn may_silence(customer: &CustomerView<'_>) -> bool {
    customer.record().status == CustomerStatus::NotPursued || !customer.view().settings().snoozes.is_empty()
}

/// The snooze that applies to a gap on the day, if any.
pub(super) fn snooze(customer: &CustomerView<'_>, gap: &Gap) -> Option<Snoozed> {
    let (view, customer) = (customer.view(), customer.record());
    let lasts = |until: Option<crate::Day>| until.is_none_or(|until| view.day() <= until);
    if customer.status == CustomerStatus::NotPursued && lasts(customer.until) {
        let reason = customer.reason.clone().unwrap_or_else(|| "not pursued".into());
        return Some(Snoozed { reason, until: customer.until });
    }
    let snooze = view.settings().snoozes.iter().find(|snooze| lasts(snooze.until) && covers(snooze, gap))?;
    Some(Snoozed { reason: snooze.reason.clone(), until: snooze.until })
}

fn covers(snooze: &Snooze, gap: &Gap) -> bool {
    snooze.gap.as_deref().is_none_or(|id| id == gap.id())
        && snooze.customer.as_deref().is_none_or(|id| id == gap.customer)
        && snooze.person.as_deref().is_none_or(|id| gap.people.iter().any(|person| person.id == id))
}
