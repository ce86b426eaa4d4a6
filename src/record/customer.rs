//! Customers: organisations, which never are an end of a tie.

use std::fmt;

use serde::Serialize;

use super::Other;
use super::schema::fields;
use super::setters::setters;
use crate::day::Day;
use crate::text::Text;

/// A customer.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Customer {
    /// Opaque, unique among customers.
    pub id: Text,
    /// Name in everyday use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The customer that this one belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<Text>,
    /// The one of our staff who answers for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<Text>,
    /// Segment, in the caller's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Text>,
    /// What the customer is worth in a year, in `currency`; at least 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Currency of `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Text>,
    /// When they decide again whether to stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_on: Option<Day>,
    /// Whether we pursue the customer.
    #[serde(skip_serializing_if = "is_default")]
    pub status: CustomerStatus,
    /// Why it is not pursued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The last day on which it is not pursued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Fields that the schema does not know.
    #[serde(flatten)]
    pub other: Other,
    /// The line of the file that the record came from, for messages.
    #[serde(skip)]
    pub line: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_default(status: &CustomerStatus) -> bool {
    *status == CustomerStatus::default()
}

impl Customer {
    /// A customer with only an id.
    pub fn new(id: impl Into<Text>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

fields! { Customer, id |record| &record.id;
    "id" or "Id" or "customer_id" or "AccountId" or "account_id" or "accountid" or "Account ID" => id: id required,
    "name" or "Name" or "AccountName" or "account_name" or "Account Name" => name: text,
    "parent_id" or "ParentId" or "parent" or "parent_account_id" or "parentaccountid" or "hs_parent_company_id"
        => parent_id: id_if_any,
    "owner_id" or "OwnerId" or "owner" or "ownerid" or "hubspot_owner_id" or "assigned_user_id"
        => owner_id: id_if_any,
    "segment" or "Segment" or "Industry" or "industry" => segment: text,
    "value" or "Value" or "annual_value" => value: number,
    "currency" or "Currency" or "CurrencyIsoCode" => currency: text,
    "renewal_on" or "renewal_date" or "RenewalDate" => renewal_on: day_if_any,
    "status" => status: word_or_default,
    "reason" => reason: text,
    "until" => until: day_if_any,
}

setters! { Customer {
    /// With another id.
    id(text),
    /// With a name.
    name(some text),
    /// As a part of another customer.
    parent_id(some text),
    /// With one of our staff who answers for it.
    owner_id(some text),
    /// In a segment.
    segment(some text),
    /// Worth this much in a year, in the customer's currency; at least 0.
    value(some f64),
    /// With the currency of its value.
    currency(some text),
    /// With the day on which they decide again whether to stay.
    renewal_on(some Day),
    /// With whether we pursue it.
    status(CustomerStatus),
    /// With why it is not pursued.
    reason(some text),
    /// With the last day on which it is not pursued.
    until(some Day),
    /// With a field that the schema does not know, beside any others.
    other(other),
    /// From a line of a file.
    line(some u32),
} }

impl fmt::Debug for Customer {
    /// The id only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Whether we pursue a customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CustomerStatus {
    /// We do.
    #[default]
    Active,
    /// We decided not to pursue it; gaps are shown as snoozed.
    NotPursued,
}
