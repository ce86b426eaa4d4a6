//! What several tests share: the story, as records.
#![allow(unreachable_pub, reason = "public to the other files of this binary")]

pub mod cure;
pub mod slow;
pub mod strategy;
pub mod world;

use std::path::{Path, PathBuf};

use stakeholder_graph::record::{Decision, InteractionKind, InteractionStatus};
use stakeholder_graph::{Day, Network, PersonRecord, Records, Settings, View};

use world::{World, happened, today};

/// The root folder of the library package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The path of a public data set, which may be absent.
pub fn public_data(path: &str) -> PathBuf {
    root().join("../shared/data").join(path)
}

/// The day on which the story's numbers hold.
pub fn story_day() -> Day {
    today()
}

/// The story of the decision maker no one had reached.
pub fn story() -> Records {
    let world = World::customer("northgate")
        .owner("sal")
        .people(["dan", "ken", "wes"])
        .staff(["sal", "pam"])
        .evidence("ken", "sal", 18.0, 2.0)
        .evidence("dan", "ken", 1.0, 3.0)
        .trust("dan", "wes", 6.0)
        .trust("wes", "pam", 14.0)
        .trust("pam", "sal", 8.0)
        .listens("dan", "ken", 0.25)
        .listens("dan", "wes", 0.75)
        .listens("ken", "dan", 0.5)
        .listens("ken", "wes", 0.5)
        .listens("wes", "dan", 1.0);
    let mut records = world.records();
    for (person, name) in records.people.iter_mut().zip(["Dan", "Ken", "Wes", "Sal", "Pam"]) {
        person.name = Some(name.into());
    }
    // Sal tried six times; Dan declined every time, which is evidence of (0, 6).
    for i in 0..6 {
        let meeting = happened(&format!("try{i}"), InteractionKind::Meeting, story_day(), ["sal", "dan"]);
        let meeting = meeting.subject(format!("try {i}"));
        records.interactions.push(meeting.status(InteractionStatus::Declined));
    }
    records.decisions.push(Decision::approval("renewal", "northgate", "dan"));
    records
}

/// The network of valid records.
pub fn network(records: Records) -> Network {
    match Network::build(records) {
        Ok(network) => network,
        Err(error) => panic!("{error}"),
    }
}

/// The network on the story's day with default settings.
pub fn view(network: &Network) -> View<'_> {
    network.view(story_day(), &world::published())
}

/// Whether two numbers agree to the tolerance of the published figures.
#[track_caller]
pub fn near(found: impl Into<f64>, expected: f64) {
    let found = found.into();
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

/// A number of random cases, without a file of failed ones: a failure found becomes a test of its own.
pub fn cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
}

/// Every answer of a network on a day, as text.
pub fn all_said(network: &Network, later: u16) -> String {
    let view = network.view(strategy::as_of().plus_days(i32::from(later)), &Settings::default());
    let mut said = String::new();
    for customer in view.customers() {
        said += &serde_json::to_string(&customer.checkup()).unwrap();
    }
    let ids: Vec<&str> = network.people().iter().map(PersonRecord::id).collect();
    for who in &ids {
        said += &serde_json::to_string(&view.incoming_trust(who).unwrap()).unwrap();
        for whom in ids.iter().filter(|whom| *whom != who) {
            said += &serde_json::to_string(&view.trust(who, whom).unwrap()).unwrap();
        }
    }
    for (person, path) in view.best_paths(stakeholder_graph::introduction::Bounds::NONE).iter() {
        said += person.id();
        said += &path.explain().to_string();
    }
    said + &network.tie_count().to_string()
}
