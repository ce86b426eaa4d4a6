//! Whether settings name kinds, customers and people that exist.

use super::kinds::CATALOGUE;
use crate::network::Network;
use crate::record::words::nearest_of;
use crate::settings::{SettingFault, SettingFaults, Settings};

impl Settings {
    /// Compares the settings with a network: kinds of gap, customers and people that they name are known, and levels
    /// are in order. `own` are the ids of the caller's own kinds.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, Snooze};
    /// # let records = Records::from_json(include_bytes!("../../examples/sample.json").as_slice())?;
    /// # let network = Network::build(records)?;
    /// let mut settings = Settings::default();
    /// settings.gaps.off.insert("unreached_powr".into());
    /// settings.snoozes.push(Snooze::person("danny", "retires in spring"));
    /// let faults = settings.check(&network, []).unwrap_err();
    /// assert_eq!(
    ///     faults.to_string(),
    ///     "2 faults in the settings:\n  \
    ///      gaps.off: no kind of gap has the id `unreached_powr`; the nearest is `unreached_power`\n  \
    ///      snoozes[0].person: no person has the id `danny`",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Every fault at once. O(1) for each id that is known; looking for the nearest to one that is not takes one pass
    /// over all ids.
    pub fn check<'k>(
        &self,
        network: &Network,
        own: impl IntoIterator<Item = &'k str>,
    ) -> Result<(), SettingFaults> {
        let mut faults = self.levels.disorder();
        let kinds: Vec<&str> = CATALOGUE.iter().map(|entry| entry.id).chain(own).collect();
        let mut kind = |setting: String, id: &str| {
            if !kinds.contains(&id) {
                faults.push(unknown(setting, "kind of gap", id, kinds.iter().copied()));
            }
        };
        for id in &self.gaps.off {
            kind("gaps.off".to_owned(), id);
        }
        for (at, snooze) in self.snoozes.iter().enumerate() {
            if let Some(id) = &snooze.gap {
                kind(format!("snoozes[{at}].gap"), id);
            }
        }
        for (at, snooze) in self.snoozes.iter().enumerate() {
            if let Some(id) = snooze.customer.as_ref().filter(|id| network.customer(id).is_none()) {
                let ids = network.customers().iter().map(|customer| customer.id.as_str());
                faults.push(unknown(format!("snoozes[{at}].customer"), "customer", id, ids));
            }
        }
        let snoozed = self.snoozes.iter().enumerate();
        let snoozed =
            snoozed.filter_map(|(at, it)| Some((format!("snoozes[{at}].person"), it.person.as_ref()?)));
        let asks = self.plan.asks_of.keys().map(|id| ("plan.asks_of".to_owned(), id));
        let hours = self.plan.hours_of.keys().map(|id| ("plan.hours_of".to_owned(), id));
        for (setting, id) in snoozed.chain(asks).chain(hours) {
            if network.person(id).is_none() {
                faults.push(unknown(
                    setting,
                    "person",
                    id,
                    network.people().iter().map(crate::PersonRecord::id),
                ));
            }
        }
        SettingFaults::none_of(faults)
    }
}

fn unknown<'a>(setting: String, what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> SettingFault {
    let message = format!("no {what} has the id `{}`", crate::label::Label::new(id));
    SettingFault { nearest: nearest_of(id, known).map(str::to_owned), ..SettingFault::new(setting, message) }
}
