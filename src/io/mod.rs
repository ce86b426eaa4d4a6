//! Reading and writing: the only module that knows formats.
//!
//! Every format goes through one table of fields, so the names, the spellings of CRMs, the conversions and the
//! messages are the same in all of them:
//!
//! | format | call | notes as well | into a sink |
//! |---|---|---|---|
//! | one JSON document | [`Records::from_json`], [`Records::to_json`] | [`json::read`] | [`json::read_into`] |
//! | a customer a line, staff beside it | [`Records::from_ndjson`] | [`ndjson::read`], [`ndjson::read_line`] | [`ndjson::read_into`] |
//! | a folder of CSV files (feature `csv`) | `Records::from_csv` | `csv::read`, `csv::read_table` | `csv::read_into` |
//! | Salesforce's own export (feature `csv`) | | `crm::salesforce::read` | `crm::salesforce::read_into` |
//!
//! All of them put records into a [`RecordSink`](crate::record::RecordSink), of which [`Records`] is one.
//!
//! A faulty input is refused as a whole, with everything that is wrong with it in one
//! [`Error::Input`]. A field that the schema does not know is no fault: it is kept in the
//! record's `other` and noted in [`Reading::notes`].
//!
//! ```
//! use stakeholder_graph::io::json;
//!
//! let reading = json::read(r#"{"people": [{"id": "ann", "side": "staff", "shoe_size": 41}]}"#.as_bytes())?;
//! assert_eq!(reading.records.people.len(), 1);
//! assert_eq!(reading.notes.len(), 1, "an unknown field is kept and noted");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod json;
pub mod ndjson;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(feature = "csv")]
pub mod crm;
#[cfg(feature = "csv")]
mod table;

use crate::error::Error;
use crate::record::context::ReadContext;
use crate::record::{Note, Records};

/// The result of a reading: the records, and notes about what was set aside.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// The records.
    pub records: Records,
    /// What was set aside: unknown fields above all, each once, with how many records carried it.
    pub notes: Vec<Note>,
}

impl Reading {
    /// Ends a reading.
    fn finish(mut records: Records, context: ReadContext) -> Result<Self, Error> {
        records.schema_version = context.schema_version;
        Ok(Self { records, notes: context.finish()? })
    }
}

#[cfg(test)]
mod tests;
