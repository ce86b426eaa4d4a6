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
    EarnTrust {
        /// Any of these.
        who: Vec<PersonRef>,
        /// Comes to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person comes to support us.
    WinSupport {
        /// Who.
        person: PersonRef,
    },
    /// Somebody is found, or noted, for each of these roles.
    FillRoles {
        /// The roles.
        roles: Vec<BuyingRole>,
    },
    /// A person is entered, with title, role or power.
    RecordPerson {
        /// The id as it stands in the interactions.
        id: Text,
    },
    /// A person learns that we are their provider.
    TellThem {
        /// Who.
        person: PersonRef,
        /// What it takes beside: to be known is not yet to be trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Self>>,
    },
    /// A tie forms that opens a chain.
    OpenChain {
        /// The tie.
        opening: Opening,
    },
    /// What bars a chain is put right, or the next best chain is walked.
    ClearTheWay {
        /// What bars it.
        misses: Vec<Miss>,
    },
    /// A colleague leads in the owner's place.
    ChangeLead {
        /// With whom.
        person: PersonRef,
        /// Who led.
        from: PersonRef,
        /// Who should.
        to: PersonRef,
    },
    /// Each of `who` comes to trust one of `trusts` at a level.
    EarnTrustOfEach {
        /// All of these.
        who: Vec<PersonRef>,
        /// Come to trust any of these; anybody of ours when none is named.
        trusts: Vec<PersonRef>,
        /// With this belief at least.
        level: Share,
    },
    /// A person's trust in one of `trusts` is kept up, so that it still is at a level on a day.
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
    HearFrom {
        /// Who.
        person: PersonRef,
        /// With any of these; anybody of ours when none is named.
        with: Vec<PersonRef>,
        /// So often.
        times: u32,
    },
    /// A person comes to stand for us.
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
    KeepPromise {
        /// Its id.
        promise: Text,
        /// What was promised, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// A concern is answered, and something visibly changes.
    AnswerConcern {
        /// Its id.
        concern: Text,
        /// What it says, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// Introductions that were asked for are taken back until others are made.
    TakeBackAsks {
        /// Of whom they were asked.
        person: PersonRef,
        /// Ids of the interactions.
        asks: Vec<Text>,
    },
    /// The record of a person is looked at again, and gets its next review day.
    Review {
        /// Whose.
        person: PersonRef,
        /// No earlier than this.
        next: Day,
    },
    /// Something is found out about a person and noted.
    FindOut {
        /// About whom.
        person: PersonRef,
        /// Any of these fields, such as `people.roles`.
        any_of: Vec<Cow<'static, str>>,
    },
    /// The stated strength of a tie is put right, in every record that states it.
    CorrectScore {
        /// Who trusts.
        who: PersonRef,
        /// Whom.
        trusts: PersonRef,
        /// The strength as it shows in what happened.
        strength: Share,
    },
    /// More of the checklist about a person is filled in.
    FillProfile {
        /// About whom.
        person: PersonRef,
        /// Items answered in all, at least.
        answered: u32,
    },
}
