//! One customer per line: the format for portfolios that are read in pieces, piped or spread over machines.
//!
//! Our own staff, who face every customer, are in an ordinary JSON document beside it. Each line is a document of
//! the same shape with exactly one customer, in `customers` or as `customer`. People of the line who are on the
//! customer side, and decisions, belong to that customer unless they name another.

use std::io::{BufRead, Read};

use super::{Reading, json};
use crate::error::Error;
use crate::record::context::ReadContext;
use crate::record::fault::{Fault, FaultCode};
use crate::record::{Note, RecordSink, Records, Side};

/// Reads a staff document and a customer a line, with notes about what was set aside. Blank lines are skipped.
///
/// # Errors
/// [`Error::Input`] with every fault of both files: a bad line does not hide those behind it. [`Error::Io`] when a
/// reader fails.
pub fn read(staff: impl Read, customers: impl BufRead) -> Result<Reading, Error> {
    let (mut records, mut context) = (Records::default(), ReadContext::default());
    both(staff, customers, &mut records, &mut context)?;
    Reading::finish(records, context)
}

/// Reads a staff document and a customer a line into a sink, and gives notes about what was set aside. Of the
/// customers no more than one line is held in memory.
///
/// # Errors
/// As [`read`]; the sink then may hold a part of the records, but nothing of a line with a fault.
pub fn read_into(
    staff: impl Read,
    customers: impl BufRead,
    sink: &mut dyn RecordSink,
) -> Result<Vec<Note>, Error> {
    let mut context = ReadContext::default();
    both(staff, customers, sink, &mut context)?;
    Ok(context.finish()?)
}

fn both(
    mut staff: impl Read,
    mut customers: impl BufRead,
    sink: &mut dyn RecordSink,
    context: &mut ReadContext,
) -> Result<(), Error> {
    context.start("staff");
    let mut bytes = Vec::new();
    staff.read_to_end(&mut bytes).map_err(|error| Error::io("reading the staff document", error))?;
    json::document(&bytes, sink, context);

    let version = context.schema_version;
    context.start("customers");
    context.one_customer = true;
    let mut held = Records::default();
    for number in 1_u32.. {
        bytes.clear();
        let read = customers.read_until(b'\n', &mut bytes);
        if read.map_err(|error| Error::io("reading the customers", error))? == 0 {
            break;
        }
        // A byte-order mark may only occur at the very start of a file.
        let start = if number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF") } else { None };
        let line = start.unwrap_or(&bytes).trim_ascii();
        if !line.is_empty() {
            context.line = Some(number);
            if one_customer(line, &mut held, context) {
                held.pour(context.file.as_deref(), sink);
            }
            context.schema_version = version;
        }
    }
    Ok(())
}

/// Reads one line: a document with exactly one customer.
///
/// # Errors
/// [`Error::Input`] with every fault of the line.
pub fn read_line(line: &str) -> Result<Reading, Error> {
    let mut context = ReadContext::default();
    context.one_customer = true;
    let mut records = Records::default();
    one_customer(line.as_bytes(), &mut records, &mut context);
    Reading::finish(records, context)
}

impl Records {
    /// Reads a staff document and a customer a line.
    ///
    /// ```
    /// use stakeholder_graph::record::Records;
    ///
    /// let staff = r#"{"people":[{"id":"ann","side":"staff"}]}"#;
    /// let customers = r#"{"customer":{"id":"acme"},"people":[{"id":"dan","side":"customer"}]}"#;
    /// let records = Records::from_ndjson(staff.as_bytes(), customers.as_bytes())?;
    /// assert_eq!(records.people[1].customer_id.as_deref(), Some("acme"));
    /// # Ok::<(), stakeholder_graph::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Input`] with every fault of both files, [`Error::Io`] when a reader fails.
    pub fn from_ndjson(staff: impl Read, customers: impl BufRead) -> Result<Self, Error> {
        read(staff, customers).map(|reading| reading.records)
    }
}

/// Reads a line in place of the previous line's records; returns whether it is valid.
fn one_customer(line: &[u8], records: &mut Records, context: &mut ReadContext) -> bool {
    let faults = context.faults();
    records.clear();
    json::document(line, records, context);
    if context.faults() > faults {
        return false;
    }
    let [customer] = records.customers.as_slice() else {
        let message = format!("{} customers where exactly one belongs", records.customers.len());
        context.fault(Fault::new(FaultCode::OneCustomer, message).fix("write one customer a line"));
        return false;
    };
    for person in records.people.iter_mut().filter(|person| person.side == Side::Customer) {
        person.customer_id.get_or_insert_with(|| customer.id.clone());
    }
    for decision in records.decisions.iter_mut().filter(|decision| decision.customer_id.is_empty()) {
        decision.customer_id.clone_from(&customer.id);
    }
    true
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn lines_are_read_alike_however_much_of_them_the_reader_holds() {
        let lines = "\u{feff}{\"customer\":{\"id\":\"a\"},\"people\":[{\"id\":\"p\",\"side\":\"customer\"}]}\r\n\n \n\
                     {\"customer\":{\"id\":\"b\",\"value\":\"x\"}}\n{\"schema_version\":1,\"customers\":[]}\n\
                     {\"as_of\":\"2026-03-02\",\"customer\":{\"id\":\"c\"}}";
        let valid: String = lines
            .lines()
            .filter(|line| !line.contains(['x', '[']) || line.contains("\"p\""))
            .collect::<Vec<_>>()
            .join("\n");
        for lines in [lines, &valid, &format!("{valid}\n"), "", "\n"] {
            let whole = read(&b"{}"[..], lines.as_bytes()).map_err(|error| error.to_string());
            for held in [1, 2, 7, 30, 31, 64, 1000] {
                let pieces = BufReader::with_capacity(held, lines.as_bytes());
                let found = read(&b"{}"[..], pieces).map_err(|error| error.to_string());
                assert_eq!(found, whole, "{held}");
            }
        }
        assert_eq!(
            read(&b"{}"[..], valid.as_bytes()).map(|reading| reading.records.customers.len()).ok(),
            Some(2)
        );
    }
}
