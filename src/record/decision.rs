//! Decisions: how a customer decides.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// How a customer decides: one approver, or members who vote against a quota.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// Opaque, unique among decisions.
    pub id: Text,
    /// The customer who decides.
    pub customer_id: Text,
    /// Id of the one person who approves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<Text>,
    /// Those who vote.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Votes needed to carry it; more than half of all votes when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<u64>,
    /// First day on which the decision is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_on: Option<Day>,
    /// The day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decides_on: Option<Day>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Decision {
    /// One person approves.
    pub fn approval(id: impl Into<Text>, customer_id: impl Into<Text>, approver: impl Into<Text>) -> Self {
        Self {
            id: id.into(),
            customer_id: customer_id.into(),
            approver: Some(approver.into()),
            ..Self::default()
        }
    }

    /// Members vote; `quota` votes carry it.
    pub fn vote(
        id: impl Into<Text>,
        customer_id: impl Into<Text>,
        quota: u64,
        members: impl IntoIterator<Item = Member>,
    ) -> Self {
        Self {
            id: id.into(),
            customer_id: customer_id.into(),
            members: members.into_iter().collect(),
            quota: Some(quota),
            ..Self::default()
        }
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> &mut Text {
        let Self {
            customer_id,
            id: _,
            approver: _,
            members: _,
            quota: _,
            opens_on: _,
            decides_on: _,
            other: _,
            line: _,
        } = self;
        customer_id
    }
}

fields! { Decision, id |record| &record.id;
    "id" or "Id" => id: id required,
    "customer_id" or "customer" or "account_id" or "AccountId" => customer_id: id required,
    "approver" or "approver_id" => approver: id_if_any,
    "members" or "voters" => members: members,
    "quota" => quota: whole,
    "opens_on" => opens_on: day_if_any,
    "decides_on" => decides_on: day_if_any,
}

setters! { Decision {
    /// With another id.
    id(text),
    /// At another customer.
    customer_id(text),
    /// With the one person who approves.
    approver(some text),
    /// With those who vote, in place of any others.
    members(list Member),
    /// With the votes needed to carry it.
    quota(some u64),
    /// With the first day on which it is open.
    opens_on(some Day),
    /// With the day of the decision.
    decides_on(some Day),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("id", &self.id)
            .field("customer_id", &self.customer_id)
            .finish_non_exhaustive()
    }
}

/// Someone who votes. In CSV a list of members is written `dan:50;ken:49`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Member {
    /// The person's id.
    pub id: Text,
    /// Their votes.
    pub votes: u64,
}

impl Member {
    /// A person with a number of votes.
    pub fn new(id: impl Into<Text>, votes: u64) -> Self {
        Self { id: id.into(), votes }
    }
}

setters! { Member {
    /// With another id.
    id(text),
    /// With another number of votes.
    votes(u64),
} }
