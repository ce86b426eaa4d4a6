//! A kind of gap of one's own, beside those that come with the crate.

mod support;

use std::fmt;
use std::io::Write;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use stakeholder_graph::PersonRef;
use stakeholder_graph::gap::{Detector, Entry, Family, Gap, Kind, Nature, Own, Sentence, Situation, Subject};
use stakeholder_graph::record::InteractionStatus;
use support::Stop;

const HELP: &str = "\
Shows a kind of gap of one's own: the renewal is near, and no meeting with the customer is planned.

Usage: custom_detector [INPUT] [OPTIONS]
";

/// The renewal is near, and nothing is planned: the figures of one finding.
#[derive(Serialize, Deserialize)]
struct RenewalUnasked {
    days: i32,
}

/// When it is found. The id may come from a file of the caller's, so it is known only at run time.
struct Wanted {
    id: String,
    within_days: i32,
}

impl Kind for RenewalUnasked {
    type Settings = Wanted;

    const ENTRY: Entry<'static> = Entry::new(
        "renewal_unasked",
        Family::Own,
        Nature::Shortfall,
        "the renewal is near, and no meeting with the customer is planned",
        "own",
    );

    fn id(wanted: &Wanted) -> &str {
        &wanted.id
    }

    fn detect(situation: &Situation<'_>, wanted: &Wanted, findings: &mut Vec<Gap>) {
        let customer = situation.customer();
        let day = customer.view().day();
        let Some(days) = customer.record().renewal_on.map(|on| on.days_since(day)) else { return };
        let is_planned = || {
            customer.interactions().any(|it| it.status == InteractionStatus::Planned && day <= it.at.day())
        };
        if (0..=wanted.within_days).contains(&days) && !is_planned() {
            findings.push(situation.gap(Own::of(wanted, Self { days })).shortfall(0.5).done());
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Customer
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        write!(words, "the renewal is in {} days, and nobody has been asked how it stands", self.days)
    }
}

fn main() -> ExitCode {
    support::run(job)
}

fn job() -> Result<(), Stop> {
    let Some(call) = support::arguments(HELP, |_, _| Ok(false))? else { return Ok(()) };
    let mut out = std::io::stdout().lock();
    let network = call.network()?;
    let view = network.view(call.day(&network)?, &call.settings_with(&network, Some("renewal_unasked"))?);
    let wanted = Wanted { id: "renewal_unasked".to_owned(), within_days: 90 };
    let all = view.gaps_with(&[Detector::of::<RenewalUnasked>(wanted)]);
    if call.json {
        return support::print_json(&mut out, &all);
    }
    for (customer, gaps) in view.customers().zip(&all) {
        for gap in gaps.iter().filter(|gap| gap.family() == Family::Own) {
            writeln!(out, "{}: {gap} (severity {:.2})", customer.name(), gap.severity)?;
        }
    }
    Ok(())
}
