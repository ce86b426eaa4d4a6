//! From any serde deserialiser to records, through the table of fields. The parser is only ever asked for whatever
//! comes next, so it stops at broken syntax alone and every other fault is gathered.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

use super::convert::{day_if_any, whole};
use super::fault::{Fault, FaultCode};
use super::intake::{Draft, Intake};
use super::schema::Schema;
use super::value::{KeySeed, Loose, LooseSeed, Skip, Verbatim};
use super::{Commitment, Concern, Customer, Decision, Interaction, Person, Records, SCHEMA_VERSION, Tie};

/// Reads one record.
struct RecordSeed<'i, T> {
    intake: &'i mut Intake,
    kind: PhantomData<T>,
}

impl<'de, T: Schema> DeserializeSeed<'de> for RecordSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<T: Schema> RecordSeed<'_, T> {
    fn not_an_object(self, what: &str) -> Option<T> {
        let mut fault = Fault::new(FaultCode::WrongType, format!("{what} where a record belongs"));
        fault.kind = Some(T::KIND);
        fault.index = self.intake.index;
        self.intake.fault(fault.fix("write an object with named fields"));
        None
    }
}

/// Visits of values that are no object, each answered with a fault that says what was found.
macro_rules! only_objects {
    ($answer:ident) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(self.$answer("true or false"))
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(self.$answer("a number"))
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(self.$answer("a number"))
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(self.$answer("a number"))
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok(self.$answer("a text"))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(self.$answer("nothing"))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Skip.visit_seq(items)?;
            Ok(self.$answer("a list"))
        }
    };
}

impl<'de, T: Schema> Visitor<'de> for RecordSeed<'_, T> {
    type Value = Option<T>;

    only_objects!(not_an_object);

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<T>, A::Error> {
        let mut draft = Draft::<T>::new();
        while let Some(found) = entries.next_key_seed(FieldSeed::<T>(PhantomData))? {
            match found {
                Found::Known(key) => draft.set(key, entries.next_value_seed(LooseSeed(0))?),
                Found::Unknown(name) => {
                    let mut text = String::new();
                    entries.next_value_seed(Verbatim { text: &mut text, inside: false })?;
                    draft.keep(&name, &text, self.intake);
                }
            }
        }
        Ok(draft.finish(self.intake))
    }
}

/// A name of a field: known, without a copy of it, or not.
enum Found<K> {
    Known(K),
    Unknown(String),
}

struct FieldSeed<T>(PhantomData<T>);

impl<'de, T: Schema> DeserializeSeed<'de> for FieldSeed<T> {
    type Value = Found<T::Key>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found<T::Key>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T: Schema> Visitor<'_> for FieldSeed<T> {
    type Value = Found<T::Key>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Found<T::Key>, E> {
        Ok(T::find(name).map_or_else(|| Found::Unknown(name.to_owned()), Found::Known))
    }
}

/// Reads the array of one kind.
struct ArraySeed<'i, T> {
    intake: &'i mut Intake,
    into: &'i mut Vec<T>,
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
        self.intake.fault(fault.field(T::KIND.plural()).fix("write a list of records"));
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
        // `null` says that nothing is known, which an empty list says as well.
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
            self.intake.index = Some(index);
            let seed = RecordSeed { intake: &mut *self.intake, kind: PhantomData::<T> };
            match items.next_element_seed(seed)? {
                Some(record) => self.into.extend(record),
                None => break,
            }
            index += 1;
        }
        self.intake.index = None;
        Ok(())
    }
}

/// Reads a document: `schema_version`, `as_of` and the arrays of the seven kinds.
pub(crate) struct DocumentSeed<'i> {
    pub(crate) intake: &'i mut Intake,
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_> {
    type Value = Records;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Records, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl DocumentSeed<'_> {
    fn not_an_object(self, what: &str) -> Records {
        let fault = Fault::new(FaultCode::WrongType, format!("{what} where a document belongs"));
        self.intake.fault(fault.fix("write an object with `customers`, `people` and so on"));
        Records::default()
    }

    /// The one customer of a document that stands for one.
    fn single<'de, A: MapAccess<'de>>(
        &mut self,
        entries: &mut A,
        records: &mut Records,
    ) -> Result<(), A::Error> {
        let seed = RecordSeed { intake: &mut *self.intake, kind: PhantomData::<Customer> };
        records.customers.extend(entries.next_value_seed(seed)?);
        Ok(())
    }

    fn array<'de, A: MapAccess<'de>, T: Schema>(
        &mut self,
        entries: &mut A,
        into: &mut Vec<T>,
    ) -> Result<(), A::Error> {
        entries.next_value_seed(ArraySeed { intake: &mut *self.intake, into })
    }

    fn set_version(&mut self, value: Loose<'_>, records: &mut Records) {
        match whole::<u32>(value) {
            Ok(version) => records.schema_version = version.unwrap_or_default(),
            Err(wrong) => {
                let mut fault = Fault::new(wrong.code, wrong.message).field("schema_version");
                fault.fix = Some(format!("write {SCHEMA_VERSION}").into());
                self.intake.fault(fault);
            }
        }
        if records.schema_version > SCHEMA_VERSION {
            let message = format!(
                "version {} is newer than version {SCHEMA_VERSION}, the newest that this release reads",
                records.schema_version
            );
            let fault = Fault::new(FaultCode::SchemaVersion, message).field("schema_version");
            self.intake.fault(fault.fix("use a newer release"));
        }
    }

    fn set_as_of(&mut self, value: Loose<'_>, records: &mut Records) {
        match day_if_any(value) {
            Ok(day) => records.as_of = day,
            Err(wrong) => {
                let mut fault = Fault::new(wrong.code, wrong.message).field("as_of");
                fault.fix = wrong.fix;
                self.intake.fault(fault);
            }
        }
    }
}

/// The keys of a document, ours and not.
const KEYS: [&str; 10] = [
    "schema_version",
    "as_of",
    "customers",
    "people",
    "ties",
    "interactions",
    "commitments",
    "concerns",
    "decisions",
    "customer",
];

impl<'de> Visitor<'de> for DocumentSeed<'_> {
    type Value = Records;

    only_objects!(not_an_object);

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Records, A::Error> {
        let mut records = Records::default();
        let mut seen = [false; KEYS.len()];
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            let place = KEYS.iter().position(|known| *known == key);
            let known = place.and_then(|at| KEYS.get(at).copied().zip(seen.get_mut(at)));
            if let Some((field, seen)) = known
                && std::mem::replace(seen, true)
            {
                let fault = Fault::new(FaultCode::GivenTwice, "given twice in one document").field(field);
                self.intake.fault(fault.fix("keep one"));
                entries.next_value_seed(Skip)?;
                continue;
            }
            match &*key {
                "schema_version" => {
                    let value = entries.next_value_seed(LooseSeed(0))?;
                    self.set_version(value, &mut records);
                }
                "as_of" => {
                    let value = entries.next_value_seed(LooseSeed(0))?;
                    self.set_as_of(value, &mut records);
                }
                "customers" => self.array(&mut entries, &mut records.customers)?,
                "people" => self.array(&mut entries, &mut records.people)?,
                "ties" => self.array(&mut entries, &mut records.ties)?,
                "interactions" => self.array(&mut entries, &mut records.interactions)?,
                "commitments" => self.array(&mut entries, &mut records.commitments)?,
                "concerns" => self.array(&mut entries, &mut records.concerns)?,
                "decisions" => self.array(&mut entries, &mut records.decisions)?,
                "customer" if self.intake.one_customer => self.single(&mut entries, &mut records)?,
                unknown => {
                    self.intake.notes.unknown(None, unknown, 1);
                    entries.next_value_seed(Skip)?;
                }
            }
        }
        Ok(records)
    }
}

/// Deserialises through the table; the first fault becomes the error.
macro_rules! deserialize {
    ($($record:ident)+) => {
        $(impl<'de> Deserialize<'de> for $record {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut intake = Intake::default();
                let seed = RecordSeed { intake: &mut intake, kind: PhantomData };
                let record = seed.deserialize(deserializer)?;
                first_fault(intake)?;
                record.ok_or_else(|| D::Error::custom("not a record"))
            }
        })+
    };
}

deserialize! { Customer Person Tie Interaction Commitment Concern Decision }

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut intake = Intake::default();
        let records = DocumentSeed { intake: &mut intake }.deserialize(deserializer)?;
        first_fault(intake)?;
        Ok(records)
    }
}

fn first_fault<E: de::Error>(intake: Intake) -> Result<(), E> {
    match intake.finish() {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults.iter().next().map_or_else(|| E::custom("unreadable"), E::custom)),
    }
}
