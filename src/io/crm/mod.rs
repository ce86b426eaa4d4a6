//! The export formats of CRM systems, column by column.
//!
//! No CRM knows trust or power: what comes out of these readers is people, roles and what happened. Owning a contact
//! is no evidence that the contact trusts the owner, and none is made of it.

mod sheet;
pub mod salesforce;
