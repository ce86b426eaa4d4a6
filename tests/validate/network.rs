//! Networks from public data: the people, and what the records contained on a day.

use stakeholder_graph::record::{
    Customer, Interaction, InteractionKind, InteractionStatus, Person, Records, Tie,
};
use stakeholder_graph::{Day, Network, View};

use crate::data::{Failure, Mail, Rating};

/// Seconds in which a mail must be answered.
pub(crate) const WINDOW: i64 = 7 * 86_400;

/// A mail, and the second of the first mail back within the window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) mail: Mail,
    pub(crate) answered_at: Option<i64>,
}

/// Everyone in a firm as a party of one, so that every mail goes from one side to another, and the mails written
/// before a day. Where the window passed without an answer, a second record beside the mail says so.
pub(crate) fn of_mails(
    asked: &[Asked],
    accounts: &[u32],
    day: Day,
    first_second: i64,
) -> Result<Network, Failure> {
    let mut records = Records::new();
    records.as_of = Some(day.plus_days(-1));
    for account in accounts {
        let id = account.to_string();
        records.customers.push(Customer::new(id.as_str()));
        records.people.push(Person::customer(id.as_str(), id.as_str()));
    }
    for (at, asked) in asked.iter().enumerate() {
        let mail = &asked.mail;
        if mail.second >= first_second {
            break;
        }
        let (from, to) = (mail.from.to_string(), mail.to.to_string());
        let people = [from.as_str(), to.as_str()];
        let written =
            Interaction::new(format!("m{at}"), InteractionKind::Email, mail.at, people).started_by(&*from);
        if asked.answered_at.is_none() && mail.second + WINDOW < first_second {
            let silence = Interaction::new(format!("s{at}"), InteractionKind::Email, mail.at, people)
                .started_by(&*from);
            // A record of its own beside that of the mail, or the two would be one interaction.
            let silence = silence.subject("no answer");
            records.interactions.push(silence.status(InteractionStatus::Unanswered));
        }
        records.interactions.push(written);
    }
    Ok(Network::build(records)?)
}

/// The people of all ratings, and some of the ratings: a rating of x counts as x pieces for and 1 − x against.
pub(crate) fn of_ratings(
    ratings: &[Rating],
    all: &[Rating],
    share: fn(f64) -> f64,
) -> Result<Network, Failure> {
    let mut records = Records::new();
    let mut people: Vec<u32> = all.iter().flat_map(|it| [it.from, it.to]).collect();
    people.sort_unstable();
    people.dedup();
    records.people = people.iter().map(|id| Person::partner(id.to_string())).collect();
    for rating in ratings.iter().filter(|it| it.from != it.to) {
        let x = share(rating.value);
        let tie = Tie::trust(rating.from.to_string(), rating.to.to_string());
        records.ties.push(tie.evidence(x, 1.0 - x));
    }
    Ok(Network::build(records)?)
}

/// Everyone's opinion of everyone on the day of a view, as a network in which one of them is our staff.
pub(crate) fn with_one_of_ours(view: &View<'_>, ours: &str) -> Result<Network, Failure> {
    let mut records = Records::new();
    records.as_of = Some(view.day());
    for person in view.network().people() {
        if person.id() == ours {
            records.people.push(Person::staff(ours));
        } else {
            records.customers.push(Customer::new(person.id()));
            records.people.push(Person::customer(person.id(), person.id()));
        }
    }
    for (who, trusts, opinion) in view.opinions() {
        let tie = Tie::trust(who.id(), trusts.id());
        records.ties.push(tie.evidence(opinion.evidence.supporting, opinion.evidence.against));
    }
    Ok(Network::build(records)?)
}
