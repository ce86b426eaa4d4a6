//! A record that should be reviewed.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::{whole, with_us};
use crate::gap::finding::{Dated, Gap};
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonRecord};
use crate::record::RecordKind;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::view::PersonRef;

/// A record that should be reviewed.
///
/// Its review day has passed; or a person with power has been in contact with us for a long time with neither role
/// nor support on record, at a customer where either is recorded for other people. A person about whom nothing is
/// known is a different gap for as long as they are in contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StaleRecord {
    /// The review day that passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Day>,
    /// The day since which they have been in touch with us without a role or support on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unclassified_since: Option<Day>,
}

/// When `stale_record` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// In touch for longer than this many days and not classified. Default 30 (Borealis, augmented-csm).
    pub unclassified_days: Days,
    /// Shortfall: it is about our notes, not yet about the customer. Default 0.1 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { unclassified_days: Days::of::<30>(), shortfall: share(100) }
    }
}

impl Kind for StaleRecord {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "stale_record",
        Family::Record,
        Nature::Record,
        "a review day that passed; or in touch for more than 30 days and neither role nor stance noted",
        "Borealis; augmented-csm",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let power_table = situation.power_table();
        let (view, day) = (situation.view(), situation.view().day());
        let mut kept: Option<bool> = None;
        for member in power_table.members() {
            let person = view.network().person_at(power_table.person(member));
            if let Some(review_on) = person.review_on() {
                // A person who set a review day will check the rest then.
                if review_on < day {
                    findings.push(Self::review(situation, settings, member, review_on));
                }
            } else if is_unclassified(person) && power_table.power(member).get() > 0.0 {
                let kept =
                    kept.get_or_insert_with(|| situation.customer().people().any(|it| !is_unclassified(it)));
                if *kept && let Some(gap) = Self::unclassified(situation, settings, member) {
                    findings.push(gap);
                }
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { review_on, unclassified_since } = self;
        if let Some(day) = review_on {
            return write!(words, "the record of {who} was to be looked at again on {day}");
        }
        write!(words, "neither the role of {who} nor where they stand is on record")?;
        unclassified_since.map_or(Ok(()), |day| write!(words, ", and we have dealt with them since {day}"))
    }
}

impl StaleRecord {
    fn review(situation: &Situation<'_>, settings: &Settings, member: MemberIx, review_on: Day) -> Gap {
        let day = situation.view().day();
        let person = situation.name(member);
        let dated = Dated {
            day: Some(review_on),
            record: RecordKind::Person,
            record_id: person.id.clone(),
            kind: None,
        };
        situation
            .gap(Self { review_on: Some(review_on), unclassified_since: None })
            .stake(situation.power_table().power(member))
            .shortfall(situation.short(member, settings.shortfall))
            .person(person.clone())
            .evidence([dated])
            .threshold("people.review_on", 0.0, "Borealis; augmented-csm")
            .remedy(Remedy::Review { person, next: day })
            .done()
    }

    fn unclassified(situation: &Situation<'_>, settings: &Settings, member: MemberIx) -> Option<Gap> {
        let view = situation.view();
        let person = situation.power_table().person(member);
        let record = view.network().person_at(person);
        let blank = record.title().is_none() && record.seniority().is_none() && record.power().is_none();
        let decides = situation.power_table().decides(member);
        let (_, _, latest) = with_us(view, person).next()?;
        if blank && !decides && latest <= whole(view.settings().gaps.unmapped_person.days) {
            return None;
        }
        let (at, first, age) = with_us(view, person).last()?;
        if age <= whole(settings.unclassified_days) {
            return None;
        }
        let since = first.at.day();
        let figures = Self { review_on: None, unclassified_since: Some(since) };
        Some(
            situation
                .gap(figures)
                .stake(situation.power_table().power(member))
                .shortfall(situation.short(member, settings.shortfall))
                .person(situation.name(member))
                .evidence([situation.dated(at)])
                .threshold(
                    "gaps.stale_record.unclassified_days",
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

fn is_unclassified(person: PersonRecord<'_>) -> bool {
    person.roles().is_empty() && person.support().is_none()
}
