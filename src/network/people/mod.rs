//! People as the network keeps them: columns inside, a view of one person outside.
//!
//! A [`record::Person`](crate::record::Person) is what a caller writes: it takes 320 bytes, most of them for what
//! most people have not. Here a person about whom little is known takes a tenth of that, and a scan over everyone's
//! side or stance reads one short stretch of memory.

mod columns;
mod list;
mod record;
mod sparse;

pub use list::{EachPerson, People};
pub use record::PersonRecord;

pub(super) use columns::{Columns, Gathering};
