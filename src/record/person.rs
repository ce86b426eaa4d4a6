//! People: the only ones who have relationships.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// A person, on any side.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Person {
    /// Opaque, unique among people.
    pub id: Text,
    /// Whose person this is.
    pub side: Side,
    /// The customer they work for; required on the customer side, empty on every other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<Text>,
    /// Name as people say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Electronic mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<Text>,
    /// Site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Text>,
    /// Business area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Text>,
    /// The person they report to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<Text>,
    /// Roles in a buying decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Level in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seniority: Option<Seniority>,
    /// Formal power as the caller rates it, 0..=1, in proportion to the other people of the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power: Option<f64>,
    /// Where they stand towards us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// Whether they know that we are their provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aware_of_us: Option<bool>,
    /// Whether they are still there; unknown counts as yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// First day in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<Day>,
    /// Last day in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<Day>,
    /// The day on which the record is to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Day>,
    /// How much of the caller's checklist about this person is filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

impl Person {
    /// One of our own staff.
    pub fn staff(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Staff, ..Self::default() }
    }

    /// A person who works for a customer.
    pub fn customer(id: impl Into<Text>, customer_id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Customer, customer_id: Some(customer_id.into()), ..Self::default() }
    }

    /// A person of a partner of ours.
    pub fn partner(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Partner, ..Self::default() }
    }

    /// A rival's person.
    pub fn competitor(id: impl Into<Text>) -> Self {
        Self { id: id.into(), side: Side::Competitor, ..Self::default() }
    }

    /// The id of a customer that it holds. A field that is not named here does not compile.
    pub(super) fn customer_mut(&mut self) -> Option<&mut Text> {
        let Self {
            customer_id,
            id: _,
            side: _,
            name: _,
            title: _,
            email: _,
            department: _,
            site: _,
            area: _,
            manager_id: _,
            roles: _,
            seniority: _,
            power: _,
            support: _,
            aware_of_us: _,
            active: _,
            started_on: _,
            ended_on: _,
            review_on: _,
            profile: _,
            other: _,
            line: _,
        } = self;
        customer_id.as_mut()
    }
}

setters! { Person {
    /// With another id.
    id(text),
    /// On another side.
    side(Side),
    /// With the customer they work for.
    customer_id(some text),
    /// With a name.
    name(some text),
    /// With a job title.
    title(some text),
    /// With an electronic mail address.
    email(some text),
    /// In a department.
    department(some text),
    /// At a site.
    site(some text),
    /// In a business area.
    area(some text),
    /// With the person they report to.
    manager_id(some text),
    /// With roles in a buying decision, in place of any others.
    roles(list Role),
    /// At a level in the organisation.
    seniority(some Seniority),
    /// With formal power as rated, 0..=1, in proportion to the other people of the customer.
    power(some f64),
    /// With their attitude towards us.
    support(some Support),
    /// With whether they know that we are their provider.
    aware_of_us(some bool),
    /// With whether they are still there.
    active(some bool),
    /// With their first day in the organisation.
    started_on(some Day),
    /// With their last day in the organisation.
    ended_on(some Day),
    /// With the day on which the record is to be looked at again.
    review_on(some Day),
    /// With how much of a checklist about them is filled in.
    profile(some Profile),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl fmt::Debug for Person {
    /// The id only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("side", &self.side).finish_non_exhaustive()
    }
}

/// Whose person somebody is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Side {
    /// A customer's.
    #[default]
    Customer,
    /// Ours.
    Staff,
    /// A partner's.
    Partner,
    /// A rival's.
    Competitor,
}

/// A field that says in which part of an organisation somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Department.
    Department,
    /// Site.
    Site,
    /// Business area.
    Area,
}

/// Level in an organisation, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Seniority {
    /// Heads the organisation or one of its main functions.
    CLevel,
    /// Vice president.
    Vp,
    /// Director, head of a department.
    Director,
    /// Manages people or an area.
    Manager,
    /// Everybody else.
    Individual,
}

/// A role in a buying decision (Miller Heiman, MEDDICC, and the spellings of common CRMs).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Releases the money.
    EconomicBuyer,
    /// Makes the decision.
    DecisionMaker,
    /// Backs it from above.
    ExecutiveSponsor,
    /// Judges whether it fits.
    TechnicalBuyer,
    /// Judges law and compliance.
    Legal,
    /// Judges its effect on the daily work.
    UserBuyer,
    /// Is listened to.
    Influencer,
    /// Tests and compares.
    Evaluator,
    /// Can hold it up.
    Blocker,
    /// Sells for us when we are not there.
    Champion,
    /// Tells us how the land lies.
    Coach,
    /// Decides who gets to whom.
    Gatekeeper,
    /// Keeps somebody's diary.
    Assistant,
    /// Any other, as it was written.
    Other(Text),
}

impl Role {
    /// Whether the role decides: economic buyer or decision maker.
    pub const fn decides(&self) -> bool {
        matches!(self, Self::EconomicBuyer | Self::DecisionMaker)
    }
}

/// Where a person stands towards us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Support {
    /// Sells for us.
    Champion,
    /// For us.
    Supporter,
    /// Neither.
    Neutral,
    /// Doubts us.
    Sceptic,
    /// Against us.
    Opponent,
}

/// How much of a checklist about a person is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Items answered.
    pub answered: u32,
    /// Items on the list.
    pub total: u32,
}

impl Profile {
    /// So many items answered of so many.
    pub const fn new(answered: u32, total: u32) -> Self {
        Self { answered, total }
    }
}

setters! { Profile {
    /// With another number of items answered.
    answered(u32),
    /// With another number of items on the list.
    total(u32),
} }
