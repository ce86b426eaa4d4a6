//! The smallest change that would clear a gap.

mod words;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::reach::missing_buying_role::BuyingRole;
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
        /// Comes to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person comes to support us.
    #[non_exhaustive]
    WinSupport {
        /// Who.
        person: PersonRef,
    },
    /// Somebody is found, or noted, for each of these roles.
    #[non_exhaustive]
    FillRoles {
        /// The roles.
        roles: Vec<BuyingRole>,
    },
    /// A person is entered, with title, role or power.
    #[non_exhaustive]
    RecordPerson {
        /// The id as it stands in the interactions.
        id: Text,
    },
    /// A person learns that we are their provider.
    #[non_exhaustive]
    TellThem {
        /// Who.
        person: PersonRef,
        /// What it takes beside: to be known is not yet to be trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Self>>,
    },
    /// A tie forms that opens a chain.
    #[non_exhaustive]
    OpenChain {
        /// The tie.
        opening: Opening,
    },
    /// What bars a chain is put right, or the next best chain is walked.
    #[non_exhaustive]
    ClearTheWay {
        /// What bars it.
        misses: Vec<Miss>,
    },
    /// A colleague leads in the owner's place.
    #[non_exhaustive]
    ChangeLead {
        /// With whom.
        person: PersonRef,
        /// Who led.
        from: PersonRef,
        /// Who should.
        to: PersonRef,
    },
    /// Each of `who` comes to trust one of `trusts` at a level.
    #[non_exhaustive]
    EarnTrustOfEach {
        /// All of these.
        who: Vec<PersonRef>,
        /// Come to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person's trust in one of `trusts` is kept up, so that it still is at a level on a day.
    #[non_exhaustive]
    KeepTrust {
        /// Whose.
        who: PersonRef,
        /// In any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
        /// On this day.
        on: Day,
    },
    /// One of `who` has meetings or calls with one of `with`.
    #[non_exhaustive]
    Meet {
        /// Any of these.
        who: Vec<PersonRef>,
        /// With any of these; anybody of ours when none is named.
        with: Vec<PersonRef>,
        /// So often.
        times: u32,
        /// And comes to trust them with this belief at least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Share>,
    },
    /// A person gets in touch of their own accord.
    #[non_exhaustive]
    HearFrom {
        /// Who.
        person: PersonRef,
        /// With any of these; anybody of ours when none is named.
        with: Vec<PersonRef>,
        /// So often.
        times: u32,
    },
    /// A person comes to stand for us.
    #[non_exhaustive]
    WinOver {
        /// Who.
        person: PersonRef,
        /// As a champion; else as a supporter.
        as_champion: bool,
        /// What it takes beside.
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
    /// Introductions that were asked for are taken back until others are made.
    #[non_exhaustive]
    TakeBackAsks {
        /// Of whom they were asked.
        person: PersonRef,
        /// Ids of the interactions.
        asks: Vec<Text>,
    },
    /// The record of a person is looked at again, and gets its next review day.
    #[non_exhaustive]
    Review {
        /// Whose.
        person: PersonRef,
        /// No earlier than this.
        next: Day,
    },
    /// Something is found out about a person and noted.
    #[non_exhaustive]
    FindOut {
        /// About whom.
        person: PersonRef,
        /// Any of these fields, such as `people.roles`.
        any_of: Vec<Cow<'static, str>>,
    },
    /// The stated strength of a tie is put right, in every record that states it.
    #[non_exhaustive]
    CorrectScore {
        /// Who trusts.
        who: PersonRef,
        /// Whom.
        trusts: PersonRef,
        /// The strength as it shows in what happened.
        strength: Share,
    },
    /// More of the checklist about a person is filled in.
    #[non_exhaustive]
    FillProfile {
        /// About whom.
        person: PersonRef,
        /// Items answered in all, at least.
        answered: u32,
    },
}

impl Remedy {
    /// One of `who` comes to trust one of `trusts` with this belief at least.
    pub const fn earn_trust(who: Vec<PersonRef>, trusts: Vec<PersonRef>, level: Share) -> Self {
        Self::EarnTrust { who, trusts, level }
    }

    /// One of `who` has this many meetings or calls with one of `with`.
    pub const fn meet(who: Vec<PersonRef>, with: Vec<PersonRef>, times: u32) -> Self {
        Self::Meet { who, with, times, level: None }
    }

    /// A colleague leads in the place of another.
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

    /// One of these fields, such as `people.roles`, is found out about a person and noted.
    pub const fn find_out(person: PersonRef, any_of: Vec<Cow<'static, str>>) -> Self {
        Self::FindOut { person, any_of }
    }
}
