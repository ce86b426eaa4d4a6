//! The table of fields, kept in the file of each kind of record: every field's name, the other spellings under
//! which CRMs export it and how its value is converted. Whatever reads a record, in whatever format, reads it through
//! this table.

use super::convert::Converted;
use super::value::RawCell;
use super::{Other, Record, RecordKind};

/// A field of a kind of record.
#[derive(Debug)]
pub(crate) struct Field {
    /// Our own name for it.
    pub(crate) name: &'static str,
    /// Whether every record of the kind needs it.
    pub(crate) required: bool,
}

/// A kind of record as the table describes it.
pub(crate) trait Schema: Default + Into<Record> {
    /// A field of the kind.
    type Key: Copy + 'static;
    const KIND: RecordKind;
    const FIELDS: &'static [Field];
    /// The fields in the order of `FIELDS`.
    const KEYS: &'static [Self::Key];
    /// A bit for each required field, at its place in `FIELDS`.
    const REQUIRED: u64 = bits(Self::FIELDS, None);
    /// A bit for each field that holds a number, perhaps with a fraction.
    const NUMBERS: u64;
    /// The bit of `customer_id`.
    const CUSTOMER: u64 = bits(Self::FIELDS, Some("customer_id"));

    /// The field that has this name, with the name as the table holds it: our own names first, then those of CRMs.
    fn find(name: &str) -> Option<(Self::Key, &'static str)>;
    /// The place of a field in `FIELDS`; there are fewer than 64.
    fn slot(key: Self::Key) -> usize;
    /// Whether a field holds a number, perhaps with a fraction.
    #[inline]
    fn is_number(key: Self::Key) -> bool {
        Self::NUMBERS >> (Self::slot(key) & 63) & 1 == 1
    }
    fn set(&mut self, key: Self::Key, value: &RawCell<'_>) -> Converted<()>;
    fn other(&mut self) -> &mut Other;
    fn id(&self) -> &str;
    fn set_line(&mut self, line: u32);
}

/// The bits of the fields that are required, or of the one that has a name.
const fn bits(fields: &[Field], named: Option<&str>) -> u64 {
    let (mut bits, mut rest, mut bit) = (0, fields, 1);
    while let [field, more @ ..] = rest {
        let wanted = match named {
            Some(name) => same(field.name.as_bytes(), name.as_bytes()),
            None => field.required,
        };
        if wanted {
            bits |= bit;
        }
        (rest, bit) = (more, bit << 1);
    }
    bits
}

/// Equality for constants.
const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

/// Makes the table of one kind of record: of each field its name, other spellings, the field, the conversion, and
/// whether every record needs it.
macro_rules! fields {
    ($record:ident, id $id:expr; $(
        $name:literal $(or $alias:literal)* => $field:ident: $convert:ident $($required:ident)?,
    )+) => {
        const _: () = {
            use $crate::record::convert::{self, Converted};
            use $crate::record::schema::{Field, Schema};
            use $crate::record::value::RawCell;
            use $crate::record::{Other, RecordKind};

            // A field that the table forgets does not compile.
            const _: fn($record) = |$record { $($field: _,)+ other: _, line: _ }| ();

            #[allow(non_camel_case_types, missing_debug_implementations, unreachable_pub)]
            #[derive(Clone, Copy)]
            pub enum Key { $($field,)+ }

            impl Schema for $record {
                type Key = Key;
                const KIND: RecordKind = RecordKind::$record;
                const FIELDS: &'static [Field] =
                    &[$(Field { name: $name, required: fields!(@required $($required)?) },)+];
                const KEYS: &'static [Key] = &[$(Key::$field,)+];

                const NUMBERS: u64 = 0 $(| (fields!(@is_number $convert) as u64) << Key::$field as u32)+;

                fn find(name: &str) -> Option<(Key, &'static str)> {
                    match name {
                        $($name => Some((Key::$field, $name)),)+
                        _ => match name {
                            $($($alias => Some((Key::$field, $alias)),)*)+
                            _ => None,
                        },
                    }
                }

                fn slot(key: Key) -> usize {
                    key as usize
                }

                fn set(&mut self, key: Key, value: &RawCell<'_>) -> Converted<()> {
                    match key {
                        $(Key::$field => self.$field = convert::$convert(value)?,)+
                    }
                    Ok(())
                }

                fn other(&mut self) -> &mut Other {
                    &mut self.other
                }

                fn id(&self) -> &str {
                    let id: fn(&Self) -> &str = $id;
                    id(self)
                }

                fn set_line(&mut self, line: u32) {
                    self.line = Some(line);
                }
            }
        };
    };
    (@is_number number) => { true };
    (@is_number rating) => { true };
    (@is_number $other:ident) => { false };
    (@required required) => { true };
    (@required) => { false };
}
pub(super) use fields;
