//! Records of people that are old, or hold too little.

use std::borrow::Cow;

use crate::day::Day;
use crate::gap::contact::{whole, with_us};
use crate::gap::finding::{Dated, Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::network::PersonRecord;
use crate::record::RecordKind;

/// A review day that passed; or neither role nor stance noted of somebody with power whom we have been dealing with for
/// long, at a customer of whose people either is noted elsewhere. Of whom nothing is known at all, that is another gap
/// while they are seen.
pub(super) struct StaleRecord;

impl Detector for StaleRecord {
    fn id(&self) -> &'static str {
        "stale_record"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let standing = situation.standing();
        let (view, day) = (situation.view(), situation.view().day());
        let mut kept: Option<bool> = None;
        for member in standing.members() {
            let person = view.network().person_at(standing.person(member));
            if let Some(review_on) = person.review_on() {
                // Whoever set a day for it will look at the rest then.
                if review_on < day {
                    found.push(self.review(situation, member, review_on));
                }
            } else if is_unclassified(person) && standing.power(member).get() > 0.0 {
                let kept =
                    kept.get_or_insert_with(|| situation.customer().people().any(|it| !is_unclassified(it)));
                if *kept && let Some(gap) = self.unclassified(situation, member) {
                    found.push(gap);
                }
            }
        }
    }
}

fn is_unclassified(person: PersonRecord<'_>) -> bool {
    person.roles().is_empty() && person.support().is_none()
}

impl StaleRecord {
    fn review(&self, situation: &Situation<'_>, member: usize, review_on: Day) -> Gap {
        let day = situation.view().day();
        let person = situation.name(member);
        let dated = Dated {
            day: Some(review_on),
            record: Cow::Borrowed(RecordKind::Person.plural()),
            record_id: person.id.clone(),
            kind: None,
        };
        situation
            .draft(
                self.id(),
                Family::Record,
                Reason::StaleRecord { review_on: Some(review_on), unclassified_since: None },
            )
            .stake(situation.standing().power(member))
            .shortfall(situation.short(member, 0.1))
            .person(person.clone())
            .evidence([dated])
            .threshold("people.review_on", 0.0, "Borealis; augmented-csm")
            .remedy(Remedy::Review { person, next: day })
            .done()
    }

    fn unclassified(&self, situation: &Situation<'_>, member: usize) -> Option<Gap> {
        let view = situation.view();
        let settings = &view.settings().gaps;
        let person = situation.standing().person(member);
        let record = view.network().person_at(person);
        let blank = record.title().is_none() && record.seniority().is_none() && record.power().is_none();
        let decides = situation.standing().decides(member);
        let (_, _, latest) = with_us(view, person).next()?;
        if blank && !decides && latest <= whole(settings.seen_days) {
            return None;
        }
        let (at, first, age) = with_us(view, person).last()?;
        if age <= whole(settings.unclassified_days) {
            return None;
        }
        let since = first.at.day();
        let reason = Reason::StaleRecord { review_on: None, unclassified_since: Some(since) };
        Some(
            situation
                .draft(self.id(), Family::Record, reason)
                .stake(situation.standing().power(member))
                .shortfall(situation.short(member, 0.1))
                .person(situation.name(member))
                .evidence([situation.dated(at)])
                .threshold(
                    "gaps.unclassified_days",
                    settings.unclassified_days.get(),
                    "Borealis; augmented-csm",
                )
                .remedy(Remedy::FindOut {
                    person: situation.name(member),
                    any_of: vec![Cow::Borrowed("people.roles"), Cow::Borrowed("people.support")],
                })
                .done(),
        )
    }
}

/// Of whoever has no profile nothing is said: not every caller keeps them. Where somebody has no power, little needs to be
/// known.
pub(super) struct ProfileThin;

impl Detector for ProfileThin {
    fn id(&self) -> &'static str {
        "profile_thin"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        /// Mackay's checklist.
        const MACKAY: u64 = 66;
        let standing = situation.standing();
        let items = &situation.view().settings().gaps.profile_items;
        for member in standing.members() {
            let person = situation.view().network().person_at(standing.person(member));
            let Some(profile) = person.profile() else { continue };
            let (setting, of_66) = if standing.decides(member) {
                ("gaps.profile_items.decides", items.decides)
            } else if standing.is_key(member) {
                ("gaps.profile_items.key_player", items.key_player)
            } else if !person.roles().is_empty() {
                ("gaps.profile_items.with_role", items.with_role)
            } else {
                ("gaps.profile_items.anybody", items.anybody)
            };
            let total = profile.total;
            let needed = (u64::from(of_66) * u64::from(total) / MACKAY).min(u64::from(total));
            let needed = u32::try_from(needed).unwrap_or(total);
            if profile.answered >= needed || standing.power(member).get() <= 0.0 {
                continue;
            }
            let reason = Reason::ProfileThin { answered: profile.answered, total, needed };
            let short = 1.0 - f64::from(profile.answered) / f64::from(needed);
            found.push(
                situation
                    .draft(self.id(), Family::Record, reason)
                    .stake(standing.power(member))
                    .shortfall(situation.short(member, 0.1 * short))
                    .person(situation.name(member))
                    .threshold(setting, needed, "Mackay: 66 items")
                    .remedy(Remedy::FillProfile { person: situation.name(member), answered: needed })
                    .done(),
            );
        }
    }
}
