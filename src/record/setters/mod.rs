//! Builder methods for every field of a record.

/// Makes a method for each field of a record, which sets it and gives the record back. A field that is left out does
/// not compile.
///
/// What a field holds is written as `text`, `some text`, `boxed text`, `texts`, `other` for fields that the schema does not know,
/// or a type: `Side`, `some Day`, `list Role`, `from Moment`.
macro_rules! setters {
    ($record:ident { $($(#[$doc:meta])* $field:ident($($holds:tt)+),)+ }) => {
        impl $record {
            $(setters!(@method [$(#[$doc])*] $field $($holds)+);)+
        }

        const _: fn($record) = |$record { $($field: _,)+ }| ();
    };
    (@method [$($doc:tt)*] $field:ident text) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<Text>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident some text) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<Text>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident boxed text) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<Text>) -> Self {
            self.$field = Some(Box::new($field.into()));
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident some $type:ty) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = Some($field);
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident texts) => {
        $($doc)*
        #[must_use]
        pub fn $field<T: Into<Text>>(mut self, $field: impl IntoIterator<Item = T>) -> Self {
            self.$field = $field.into_iter().map(Into::into).collect();
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident list $type:ty) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: impl IntoIterator<Item = $type>) -> Self {
            self.$field = $field.into_iter().collect();
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident from $type:ty) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident other) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.$field.insert(name, value);
            self
        }
    };
    (@method [$($doc:tt)*] $field:ident $type:ty) => {
        $($doc)*
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = $field;
            self
        }
    };
}
pub(super) use setters;

#[cfg(test)]
mod tests;
