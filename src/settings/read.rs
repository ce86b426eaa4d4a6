//! Reading settings: every fault at once, each with its place and the nearest name.

use std::fmt;

use serde_json::Value;

use super::Settings;
use crate::label::Label;
use crate::version::Version;

/// Settings that were read, and notes on what was set aside.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SettingsReading {
    /// The settings.
    pub settings: Settings,
    /// Settings of a newer version, which this one does not know and ignored.
    pub notes: Vec<SettingFault>,
}

/// Something wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingFault {
    /// The setting, such as `levels.reached`; empty for the file as a whole.
    pub setting: String,
    /// What is wrong.
    pub message: String,
    /// The name that was probably meant.
    pub nearest: Option<String>,
}

impl fmt::Display for SettingFault {
    /// ``levels.reachd: no such setting; the nearest is `reached` ``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.setting.is_empty() {
            write!(f, "{}: ", Label::new(&self.setting))?;
        }
        f.write_str(&self.message)?;
        self.nearest.as_ref().map_or(Ok(()), |name| write!(f, "; the nearest is `{}`", Label::new(name)))
    }
}

/// Everything wrong with settings; at least one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFaults(Vec<SettingFault>);

impl SettingFaults {
    /// The faults, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, SettingFault> {
        self.0.iter()
    }

    /// An error unless there are none.
    pub(crate) fn none_of(faults: Vec<SettingFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }
}

impl<'a> IntoIterator for &'a SettingFaults {
    type Item = &'a SettingFault;
    type IntoIter = std::slice::Iter<'a, SettingFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for SettingFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.0.len() == 1 { "fault" } else { "faults" };
        write!(f, "{} {noun} in the settings:", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for SettingFaults {}

impl Settings {
    /// Reads settings from a JSON document. What is left out keeps its default.
    ///
    /// A name that is not known is refused with the nearest one, unless the document says that it is of a newer
    /// [`version`](Self::version): then what this version does not know is ignored and noted.
    ///
    /// ```
    /// use stakeholder_graph::Settings;
    ///
    /// let error = Settings::from_json(r#"{"levels": {"reachd": 0.6}, "evidence": {"reply": -1}}"#).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 faults in the settings:\n  \
    ///      evidence.reply: -1 is not between 0 and 1000000000\n  \
    ///      levels.reachd: no such setting; the nearest is `reached`",
    /// );
    /// let newer = Settings::from_json(r#"{"version": 2, "levels": {"reached": 0.6, "inner_circle": 0.9}}"#)?;
    /// assert_eq!(newer.notes[0].setting, "levels.inner_circle");
    /// # Ok::<(), stakeholder_graph::SettingFaults>(())
    /// ```
    ///
    /// # Errors
    /// Every fault: names that are not known, values out of range, levels that are not in
    /// order, or text that is not JSON. Ids are compared with the records by [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<SettingsReading, SettingFaults> {
        let (settings, faults, notes) = match serde_json::from_str(text) {
            Ok(document) => parts(document),
            Err(error) => (Self::default(), vec![SettingFault::new("", error.to_string())], Vec::new()),
        };
        let mut faults = faults;
        if faults.is_empty() {
            faults.extend(settings.levels.disorder());
        }
        SettingFaults::none_of(faults)?;
        Ok(SettingsReading { settings, notes })
    }
}

impl SettingFault {
    pub(crate) fn new(setting: impl Into<String>, message: impl Into<String>) -> Self {
        Self { setting: setting.into(), message: message.into(), nearest: None }
    }
}

/// Reads a document again and again, each time without what was wrong with it the last time.
fn parts(mut document: Value) -> (Settings, Vec<SettingFault>, Vec<SettingFault>) {
    /// More faults than a reader mends in one go.
    const MOST: usize = 100;
    let newer = document.get("version").and_then(Value::as_u64) > Some(Version::CURRENT.get().into());
    if newer && let Some(document) = document.as_object_mut() {
        document.remove("version");
    }
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    let whole = serde_json::to_value(Settings::default()).unwrap_or_default();
    misshapen(&document, &whole, "", &mut faults);
    if !faults.is_empty() {
        return (Settings::default(), faults, notes);
    }
    while faults.len() + notes.len() < MOST {
        let error = match serde_path_to_error::deserialize::<_, Settings>(&document) {
            Ok(settings) => return (settings, faults, notes),
            Err(error) => error,
        };
        let path = error.path().to_string();
        let fault = fault(&path, &error.into_inner().to_string());
        let is_unknown = fault.message == NO_SUCH;
        if newer && is_unknown {
            notes.push(fault);
        } else {
            faults.push(fault);
        }
        if !remove(&mut document, &path) {
            break;
        }
    }
    (Settings::default(), faults, notes)
}

/// Lists the parts that are not objects, though they should be: the reader would take a list for one.
fn misshapen(given: &Value, whole: &Value, path: &str, faults: &mut Vec<SettingFault>) {
    let Some(parts) = whole.as_object() else { return };
    let Some(given) = given.as_object() else {
        return faults.push(SettingFault::new(path, "an object with settings by name belongs here"));
    };
    for (name, part) in given {
        if let Some(whole) = parts.get(name) {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            misshapen(part, whole, &path, faults);
        }
    }
}

const NO_SUCH: &str = "no such setting";

/// The fault behind an error of the reader. For a name that is not known, the error lists those that are.
fn fault(path: &str, error: &str) -> SettingFault {
    let Some(names) = error.strip_prefix("unknown field `") else { return SettingFault::new(path, error) };
    let mut names = names.split('`').step_by(2);
    let name = names.next().unwrap_or_default();
    let nearest = crate::record::words::nearest_of(name, names).map(str::to_owned);
    SettingFault { nearest, ..SettingFault::new(path, NO_SUCH) }
}

/// Takes a value out of a document by its path, such as `snoozes[0].gap`; false where there is none.
fn remove(document: &mut Value, path: &str) -> bool {
    let (mut at, mut steps) = (document, path.split('.').peekable());
    while let Some(step) = steps.next() {
        let (name, places) = step.split_once('[').map_or((step, None), |(name, places)| (name, Some(places)));
        let Some(here) = at.as_object_mut() else { return false };
        if steps.peek().is_none() && places.is_none() {
            return here.remove(name).is_some();
        }
        let Some(next) = here.get_mut(name) else { return false };
        at = next;
        let place = places.and_then(|places| places.trim_end_matches(']').parse::<usize>().ok());
        if let (Some(place), Some(list)) = (place, at.as_array_mut()) {
            // An entry with a fault leaves its list as a whole: without one of its fields it may mean more.
            if place >= list.len() {
                return false;
            }
            list.remove(place);
            return true;
        }
    }
    false
}
