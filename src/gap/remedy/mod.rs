//! The smallest change that would clear a gap.

mod words;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::reach::missing_buying_role::BuyingRole;
use super::unknown::Unknown;
use crate::day::Day;
use crate::introduction::{Miss, Opening};
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// The smallest change that would clear a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
#[non_exhaustive]
pub enum Remedy {
    /// One of `who` comes to trust one of `trusts` at a level.
    #[non_exhaustive]
    EarnTrust {
        /// Any of these.
        who: Vec<PersonRef>,
        /// Comes to trust any of these; any of our staff when none is named.
        trusts: Vec<PersonRef>,
        /// With at least this belief.
        level: Share,
    },
    /// A person comes to support us.
    #[non_exhaustive]
    WinSupport {
        /// The person.
        person: PersonRef,
    },
    /// A holder is found, or recorded, for each of these roles.
    #[non_exhaustive]
    FillRoles {
        /// The roles.
        roles: Vec<BuyingRole>,
    },
    /// A person is entered, with title, role or power.
    #[non_exhaustive]
    RecordPerson {
        /// The id as written in the interactions.
        id: Text,
    },
    /// A person learns that we are their provider.
    #[non_exhaustive]
    TellThem {
        /// The person.
        person: PersonRef,
        /// What else is needed: a provider who is known is not yet trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Self>>,
    },
    /// A tie forms that opens a path.
    #[non_exhaustive]
    OpenPath {
        /// The tie.
        opening: Opening,
    },
    /// What blocks a path is resolved, or the next best path is used.
    #[non_exhaustive]
    ClearTheWay {
        /// What bars it.
        misses: Vec<Miss>,
    },
    /// A colleague leads in the owner's place.
    #[non_exhaustive]
    ChangeLead {
        /// The person at the customer.
        person: PersonRef,
        /// The colleague who led.
        from: PersonRef,
        /// The colleague who should lead.
        to: PersonRef,
    },
    /// Each of `who` comes to trust one of `trusts` at a level.
    #[non_exhaustive]
    EarnTrustOfEach {
        /// All of these.
        who: Vec<PersonRef>,
        /// Come to trust any of these; any of our staff when none is named.
        trusts: Vec<PersonRef>,
        /// With at least this belief.
        level: Share,
    },
    /// A person's trust in one of `trusts` is maintained, so that it is still at a level on a day.
    #[non_exhaustive]
    KeepTrust {
        /// The person who trusts.
        who: PersonRef,
        /// In any of these; any of our staff when none is named.
        trusts: Vec<PersonRef>,
        /// With at least this belief.
        level: Share,
        /// On this day.
        on: Day,
    },
    /// One of `who` has meetings or calls with one of `with`.
    #[non_exhaustive]
    Meet {
        /// Any of these.
        who: Vec<PersonRef>,
        /// With any of these; any of our staff when none is named.
        with: Vec<PersonRef>,
        /// How many times.
        times: u32,
        /// And comes to trust them with at least this belief.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Share>,
    },
    /// A person starts contact themselves.
    #[non_exhaustive]
    HearFrom {
        /// The person.
        person: PersonRef,
        /// With any of these; any of our staff when none is named.
        with: Vec<PersonRef>,
        /// How many times.
        times: u32,
    },
    /// A person comes to support us.
    #[non_exhaustive]
    WinOver {
        /// The person.
        person: PersonRef,
        /// As a champion; else as a supporter.
        as_champion: bool,
        /// What else is needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Self>>,
    },
    /// A promise is kept.
    #[non_exhaustive]
    KeepPromise {
        /// Its id.
        promise: Text,
        /// What was promised, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// A concern is answered, and something visibly changes.
    #[non_exhaustive]
    AnswerConcern {
        /// Its id.
        concern: Text,
        /// What it says, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// Requested introductions are withdrawn until others are made.
    #[non_exhaustive]
    TakeBackAsks {
        /// The person who was asked.
        person: PersonRef,
        /// Ids of the interactions.
        asks: Vec<Text>,
    },
    /// The record of a person is reviewed and gets its next review day.
    #[non_exhaustive]
    Review {
        /// The person.
        person: PersonRef,
        /// The next review day, no earlier than this.
        next: Day,
    },
    /// Something about a person is found out and recorded.
    #[non_exhaustive]
    FindOut {
        /// The person.
        person: PersonRef,
        /// Any of these fields, such as `people.roles`.
        any_of: Vec<Cow<'static, str>>,
    },
    /// The stated strength of a tie is corrected, in every record that states it.
    #[non_exhaustive]
    CorrectScore {
        /// Who trusts.
        who: PersonRef,
        /// Who is trusted.
        trusts: PersonRef,
        /// The strength that the evidence supports.
        strength: Share,
    },
    /// More of the checklist about a person is completed.
    #[non_exhaustive]
    FillProfile {
        /// The person.
        person: PersonRef,
        /// Total number of answered items, at least.
        answered: u32,
    },
    /// One of our staff answers a person.
    #[non_exhaustive]
    Reply {
        /// The person who waits.
        person: PersonRef,
        /// Any of these.
        by: Vec<PersonRef>,
    },
    /// A remedy that this version does not know, as it was stored.
    #[serde(untagged)]
    Unknown(Unknown),
}

impl Remedy {
    /// One of `who` comes to trust one of `trusts` with at least this belief.
    pub const fn earn_trust(who: Vec<PersonRef>, trusts: Vec<PersonRef>, level: Share) -> Self {
        Self::EarnTrust { who, trusts, level }
    }

    /// One of `who` has this many meetings or calls with one of `with`.
    pub const fn meet(who: Vec<PersonRef>, with: Vec<PersonRef>, times: u32) -> Self {
        Self::Meet { who, with, times, level: None }
    }

    /// A colleague leads in place of another.
    pub const fn change_lead(person: PersonRef, from: PersonRef, to: PersonRef) -> Self {
        Self::ChangeLead { person, from, to }
    }

    /// A promise is kept.
    pub const fn keep_promise(promise: Text, text: Option<Text>) -> Self {
        Self::KeepPromise { promise, text }
    }

    /// A concern is answered, and something visibly changes.
    pub const fn answer_concern(concern: Text, text: Option<Text>) -> Self {
        Self::AnswerConcern { concern, text }
    }

    /// One of these fields, such as `people.roles`, is found out about a person and recorded.
    pub const fn find_out(person: PersonRef, any_of: Vec<Cow<'static, str>>) -> Self {
        Self::FindOut { person, any_of }
    }
}
