//! A detector of one's own, beside those that come with the crate.

mod support;

use std::io::Write;
use std::process::ExitCode;

use stakeholder_graph::gap::{Detector, Family, Gap, Reason, Situation};
use stakeholder_graph::record::InteractionStatus;
use support::Stop;

const HELP: &str = "\
Shows a detector of one's own: who decides again soon, and has no meeting with us planned.

Usage: custom_detector [INPUT] [OPTIONS]
";

/// The renewal is near, and nothing is planned.
struct RenewalUnasked {
    within_days: i32,
}

impl Detector for RenewalUnasked {
    fn id(&self) -> &'static str {
        "renewal_unasked"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (record, view) = (situation.customer().record(), situation.customer().view());
        let Some(days) = record.renewal_on.map(|on| on.days_since(view.day())) else { return };
        let is_planned =
            view.network().interactions().iter().any(|it| {
                it.status == InteractionStatus::Planned && it.customer_id.as_ref() == Some(&record.id)
            });
        if (0..=self.within_days).contains(&days) && !is_planned {
            let sentence = format!("the renewal is in {days} days, and nobody has been asked how it stands");
            let draft = situation.draft(self.id(), Family::Own, Reason::Custom { sentence });
            found.push(draft.stake(1.0).shortfall(0.5).done());
        }
    }
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(call) = support::arguments(HELP, |_, _| Ok(false))? else { return Ok(()) };
    let mut out = std::io::stdout().lock();
    let network = call.network()?;
    let view = network.view(call.day(&network)?, &call.settings()?);
    let all = view.gaps_with(&[&RenewalUnasked { within_days: 90 }]);
    if call.json {
        return support::print_json(&mut out, &all);
    }
    for (customer, gaps) in view.customers().zip(&all) {
        for gap in gaps.iter().filter(|gap| gap.family == Family::Own) {
            writeln!(out, "{}: {gap} (severity {:.2})", customer.name(), gap.severity)?;
        }
    }
    Ok(())
}
