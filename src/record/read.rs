//! From any serde deserialiser to records, through the table of fields. The parser is only ever asked for the next
//! value, of any type, so it stops only at broken syntax and every other fault is collected.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

use super::context::{PendingRecord, ReadContext, pending};
use super::convert::{day_if_any, whole};
use super::fault::{Fault, FaultCode};
use super::schema::Schema;
use super::value::{HeldSeed, KeySeed, RawCell, Skip, Verbatim};
use super::{
    Commitment, Concern, Customer, Decision, Interaction, Person, RecordKind, RecordSink, Records,
    SCHEMA_VERSION, Tie,
};

/// Reads one record; returns whether it is valid.
struct RecordSeed<'i, T> {
    context: &'i mut ReadContext,
    record: &'i mut T,
}

impl<'de, T: Schema> DeserializeSeed<'de> for RecordSeed<'_, T> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<T: Schema> RecordSeed<'_, T> {
    fn not_an_object(self, what: &str) {
        let mut fault = Fault::new(FaultCode::WrongType, format!("{what} where a record belongs"));
        fault.kind = Some(T::KIND);
        fault.index = self.context.index;
        self.context.fault(fault.fix("write an object with named fields"));
    }
}

/// Visits of values that are not objects, each reported as a fault that names what was found.
macro_rules! only_objects {
    ($answer:ident, $value:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            self.$answer("true or false");
            Ok($value)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            self.$answer("a number");
            Ok($value)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            self.$answer("a number");
            Ok($value)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            self.$answer("a number");
            Ok($value)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            self.$answer("a text");
            Ok($value)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            self.$answer("nothing");
            Ok($value)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Skip.visit_seq(items)?;
            self.$answer("a list");
            Ok($value)
        }
    };
}

impl<'de, T: Schema> Visitor<'de> for RecordSeed<'_, T> {
    type Value = bool;

    only_objects!(not_an_object, false);

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<bool, A::Error> {
        pending(self.record, self.context, |pending, context| {
            let mut cursor = 0;
            while let Some(found) = entries.next_key_seed(FieldSeed::<T>::new(context, &mut cursor))? {
                match found {
                    Found::Known(key) if context.is_json && T::is_number(key) => {
                        entries.next_value_seed(NumberSeed { pending: &mut *pending, key })?;
                    }
                    Found::Known(key) => {
                        entries.next_value_seed(ValueSeed { pending: &mut *pending, key })?;
                    }
                    Found::Unknown(name) => {
                        let mut text = String::new();
                        entries.next_value_seed(Verbatim { text: &mut text, inside: false })?;
                        let kept = pending.keep(&name, &text);
                        context.notes.unknown(Some(T::KIND), &name, usize::from(kept));
                    }
                }
            }
            Ok(())
        })
    }
}

/// A name of a field: known, without a copy of it, or not.
enum Found<K> {
    Known(K),
    Unknown(String),
}

struct FieldSeed<'i, T> {
    context: &'i mut ReadContext,
    cursor: &'i mut usize,
    kind: PhantomData<T>,
}

impl<'i, T> FieldSeed<'i, T> {
    fn new(context: &'i mut ReadContext, cursor: &'i mut usize) -> Self {
        Self { context, cursor, kind: PhantomData }
    }
}

impl<'de, T: Schema> DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = Found<T::Key>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found<T::Key>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T: Schema> Visitor<'_> for FieldSeed<'_, T> {
    type Value = Found<T::Key>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Found<T::Key>, E> {
        let known = self.context.find::<T>(name, self.cursor);
        Ok(known.map_or_else(|| Found::Unknown(name.to_owned()), Found::Known))
    }
}

/// Reads the value of a field, straight into the record.
struct ValueSeed<'d, 'r, T: Schema> {
    pending: &'d mut PendingRecord<'r, T>,
    key: T::Key,
}

impl<'de, T: Schema> DeserializeSeed<'de> for ValueSeed<'_, '_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Reads the value of a field that holds a number from the text of a JSON document, to the nearest number there is, as a
/// cell of a table is read. `serde_json`'s own parser does so only with its feature `float_roundtrip`, which would slow down
/// and change every other float of the program.
struct NumberSeed<'d, 'r, T: Schema> {
    pending: &'d mut PendingRecord<'r, T>,
    key: T::Key,
}

impl<'de, T: Schema> DeserializeSeed<'de> for NumberSeed<'_, '_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        // If it is not a number, only its type matters, and whether a text is empty.
        let value = match text.as_bytes().first() {
            Some(b'"') => RawCell::Text(text.trim_matches('"')),
            Some(b't' | b'f') => RawCell::Bool(text == "true"),
            Some(b'n') => RawCell::Null,
            Some(b'[') => RawCell::List(&[]),
            Some(b'{') => RawCell::Object(&[]),
            _ => text.parse().map_or(RawCell::Cell(text), RawCell::Float),
        };
        self.pending.set(self.key, &value);
        Ok(())
    }
}

/// Visits of values without parts.
macro_rules! plain_values {
    ($($visit:ident($value:ty) => $raw_cell:ident;)+) => {
        $(
            #[inline]
            fn $visit<E>(self, value: $value) -> Result<(), E> {
                self.pending.set(self.key, &RawCell::$raw_cell(value));
                Ok(())
            }
        )+
    };
}

impl<'de, T: Schema> Visitor<'de> for ValueSeed<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HeldSeed(0).expecting(f)
    }

    plain_values! {
        visit_bool(bool) => Bool;
        visit_u64(u64) => Unsigned;
        visit_i64(i64) => Signed;
        visit_f64(f64) => Float;
        visit_str(&str) => Text;
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.pending.set(self.key, &RawCell::Null);
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        self.pending.set(self.key, &HeldSeed(0).visit_seq(items)?.raw_cell());
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        self.pending.set(self.key, &HeldSeed(0).visit_map(entries)?.raw_cell());
        Ok(())
    }
}

/// Reads the array of one kind.
struct ArraySeed<'i, T> {
    context: &'i mut ReadContext,
    sink: &'i mut dyn RecordSink,
    kind: PhantomData<T>,
}

impl<'de, T: Schema> DeserializeSeed<'de> for ArraySeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<T: Schema> ArraySeed<'_, T> {
    fn not_a_list(self, what: &str) {
        let fault = Fault::new(FaultCode::WrongType, format!("{what} where a list belongs"));
        self.context.fault(fault.field(T::KIND.plural()).fix("write a list of records"));
    }
}

impl<'de, T: Schema> Visitor<'de> for ArraySeed<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.not_a_list("true or false");
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.not_a_list("a number");
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.not_a_list("a number");
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.not_a_list("a number");
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.not_a_list("a text");
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        // `null` means unknown, and so does an empty list.
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        Skip.visit_map(entries)?;
        self.not_a_list("an object");
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            self.context.index = Some(index);
            let mut record = T::default();
            let seed = RecordSeed { context: &mut *self.context, record: &mut record };
            match items.next_element_seed(seed)? {
                Some(true) => self.sink.push(record.into(), self.context.place()),
                Some(false) => {}
                None => break,
            }
            index += 1;
        }
        self.context.index = None;
        Ok(())
    }
}

/// Reads a document: `schema_version`, `as_of` and the arrays of the seven kinds.
pub(crate) struct DocumentSeed<'i> {
    pub(crate) context: &'i mut ReadContext,
    pub(crate) sink: &'i mut dyn RecordSink,
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl DocumentSeed<'_> {
    fn not_an_object(self, what: &str) {
        let fault = Fault::new(FaultCode::WrongType, format!("{what} where a document belongs"));
        self.context.fault(fault.fix("write an object with `customers`, `people` and so on"));
    }

    fn set_version(&mut self, value: &RawCell<'_>) {
        let mut given = 0;
        match whole::<u32>(value) {
            Ok(version) => given = version.unwrap_or_default(),
            Err(wrong) => {
                let mut fault = Fault::new(wrong.code, wrong.message).field("schema_version");
                fault.fix = Some(format!("write {SCHEMA_VERSION}").into());
                self.context.fault(fault);
            }
        }
        self.context.schema_version = given;
        if given > SCHEMA_VERSION {
            let message = format!(
                "version {given} is newer than version {SCHEMA_VERSION}, the newest that this release reads"
            );
            let fault = Fault::new(FaultCode::SchemaVersion, message).field("schema_version");
            self.context.fault(fault.fix("use a newer release"));
        }
    }

    fn set_as_of(&mut self, value: &RawCell<'_>) {
        match day_if_any(value) {
            Ok(Some(day)) => self.sink.as_of(day),
            Ok(None) => {}
            Err(wrong) => {
                let mut fault = Fault::new(wrong.code, wrong.message).field("as_of");
                fault.fix = wrong.fix;
                self.context.fault(fault);
            }
        }
    }

    fn array<'de, A: MapAccess<'de>>(&mut self, kind: RecordKind, entries: &mut A) -> Result<(), A::Error> {
        match kind {
            RecordKind::Customer => self.array_of::<Customer, A>(entries),
            RecordKind::Person => self.array_of::<Person, A>(entries),
            RecordKind::Tie => self.array_of::<Tie, A>(entries),
            RecordKind::Interaction => self.array_of::<Interaction, A>(entries),
            RecordKind::Commitment => self.array_of::<Commitment, A>(entries),
            RecordKind::Concern => self.array_of::<Concern, A>(entries),
            RecordKind::Decision => self.array_of::<Decision, A>(entries),
        }
    }

    fn array_of<'de, T: Schema, A: MapAccess<'de>>(&mut self, entries: &mut A) -> Result<(), A::Error> {
        let (context, sink) = (&mut *self.context, &mut *self.sink);
        entries.next_value_seed(ArraySeed::<T> { context, sink, kind: PhantomData })
    }

    /// Reads the customer of a document about one customer.
    fn one_customer<'de, A: MapAccess<'de>>(&mut self, entries: &mut A) -> Result<(), A::Error> {
        let mut record = Customer::default();
        if entries.next_value_seed(RecordSeed { context: &mut *self.context, record: &mut record })? {
            self.sink.push(record.into(), self.context.place());
        }
        Ok(())
    }
}

/// A key of a document.
#[derive(Clone, Copy, PartialEq)]
enum Key {
    SchemaVersion,
    AsOf,
    Array(RecordKind),
    Customer,
}

impl Key {
    fn of(name: &str) -> Option<(Self, &'static str)> {
        Some(match name {
            "schema_version" => (Self::SchemaVersion, "schema_version"),
            "as_of" => (Self::AsOf, "as_of"),
            "customer" => (Self::Customer, "customer"),
            array => {
                let kind = RecordKind::ALL.into_iter().find(|kind| kind.plural() == array)?;
                (Self::Array(kind), kind.plural())
            }
        })
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_> {
    type Value = ();

    only_objects!(not_an_object, ());

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut seen = Vec::new();
        while let Some(name) = entries.next_key_seed(KeySeed)? {
            let key = Key::of(&name);
            if let Some((key, field)) = key {
                if seen.contains(&key) {
                    let fault = Fault::new(FaultCode::GivenTwice, "given twice in one document").field(field);
                    self.context.fault(fault.fix("keep one"));
                    entries.next_value_seed(Skip)?;
                    continue;
                }
                seen.push(key);
            }
            match key {
                Some((Key::SchemaVersion, _)) => {
                    self.set_version(&entries.next_value_seed(HeldSeed(0))?.raw_cell());
                }
                Some((Key::AsOf, _)) => self.set_as_of(&entries.next_value_seed(HeldSeed(0))?.raw_cell()),
                Some((Key::Array(kind), _)) => self.array(kind, &mut entries)?,
                Some((Key::Customer, _)) if self.context.one_customer => self.one_customer(&mut entries)?,
                Some((Key::Customer, _)) | None => {
                    self.context.notes.unknown(None, &name, 1);
                    entries.next_value_seed(Skip)?;
                }
            }
        }
        Ok(())
    }
}

/// Deserialises through the table; the first fault becomes the error.
macro_rules! deserialize {
    ($($record:ident)+) => {
        $(impl<'de> Deserialize<'de> for $record {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut context = ReadContext::default();
                let mut record = Self::default();
                RecordSeed { context: &mut context, record: &mut record }.deserialize(deserializer)?;
                first_fault(context)?;
                Ok(record)
            }
        })+
    };
}

deserialize! { Customer Person Tie Interaction Commitment Concern Decision }

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut context = ReadContext::default();
        let mut records = Self::default();
        DocumentSeed { context: &mut context, sink: &mut records }.deserialize(deserializer)?;
        records.schema_version = context.schema_version;
        first_fault(context)?;
        Ok(records)
    }
}

fn first_fault<E: de::Error>(context: ReadContext) -> Result<(), E> {
    match context.finish() {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults.iter().next().map_or_else(|| E::custom("unreadable"), E::custom)),
    }
}
