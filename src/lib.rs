//! Do we have relationships with the right people?
//!
//! Every company that sells to companies loses customers because a powerful person on the other side was never
//! reached, or trusted no one. Organisations have no relationships; people do. This crate models each customer as
//! a graph of people with power, and ties of trust that end at our own staff. For any day it computes who holds
//! power, who is reached and with what certainty, what is missing, and which warm introduction through colleagues
//! would close the gap. It explains every answer.
//!
//! # Example
//!
//! ```
//! use stakeholder_graph::{Network, Records, Settings};
//!
//! # let file = std::fs::File::open("examples/sample.json")?;
//! let records = Records::from_json(file)?;
//! let network = Network::build(records)?; // sound, or every fault at once
//! let view = network.view("2026-03-02".parse()?, &Settings::default());
//!
//! let checkup = view.customer("northgate")?.checkup();
//! let gap = checkup.open_gaps().next().ok_or("no gap")?;
//! assert_eq!(
//!     gap.to_string(),
//!     "Dan Keller holds 65% of the decision, and no one on our team reaches them; they distrust Sal Brandt; \
//!      there is a warm path",
//! );
//! for path in view.introductions("dan")?.best(2) {
//!     println!("{path}");
//! #   assert_eq!(path.to_string(),
//! #     "Pam Ardley asks Wes Harrow, Wes Harrow asks Dan Keller: likely 0.74, at least 0.64");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This prints `Pam Ardley asks Wes Harrow, Wes Harrow asks Dan Keller: likely 0.74, at least 0.64`: the projected
//! probability, and the lower bound that is proven.
//!
//! # What you ask, and what you call
//!
//! | question | call |
//! |---|---|
//! | How good is the relationship with a customer? | [`view.customer(id)?.checkup()`](CustomerView::checkup) |
//! | What is missing, most serious first? | [`view.customer(id)?.gaps()`](CustomerView::gaps), [`view.gaps()`](View::gaps) |
//! | Who holds power there, and where does it come from? | [`view.customer(id)?.power()`](CustomerView::power) |
//! | Who do we reach, and through which colleague? | [`view.customer(id)?.reach()`](CustomerView::reach) |
//! | Which introductions lead to a person? | [`view.introductions(id)?`](View::introductions)[`.asked_by("sal")?`](introduction::Introductions::asked_by)[`.best(3)`](introduction::Introductions::best) |
//! | What is the best path to everyone at once? | [`view.best_paths(bounds)`](View::best_paths) |
//! | How strong is a given path? | [`view.path(["sal", "ken", "dan"])?`](View::path) |
//! | What is the evidence that one person trusts another? | [`view.trust("dan", "wes")?`](View::trust) |
//! | How much trust is expected between two people who never met? | [`view.expected_trust("dan", "sal")?`](View::expected_trust) |
//! | What changed since a day? | [`view.changes_since(&earlier)`](View::changes_since) |
//! | What is new, what is wrong, and who should be called today? | [`view.brief(&earlier, Some("pam"))?`](View::brief) |
//! | What if a person leaves, gains trust, or gets another manager? | [`view.what_if(&suppose)?`](View::what_if) |
//! | Whose departure would cost us most? | [`view.leaving_costs()`](View::leaving_costs) |
//! | Which introductions fit into everyone's time? | [`view.plan()`](View::plan) |
//! | Which ties are worth building, who should we meet first, what should we find out? | [`view.suggested_ties(5)`](View::suggested_ties), [`view.best_first_meetings(3)`](View::best_first_meetings), [`view.verify_next(10)`](View::verify_next) |
//! | How few people does the relationship depend on? | [`view.customer(id)?.strength()`](CustomerView::strength), [`view.team_network()`](View::team_network) |
//! | What was the outcome of their concerns? | [`view.customer(id)?.concerns()`](CustomerView::concerns) |
//! | Which settings fit our own history, and do our introductions work as often as forecast? | [`network.calibrate(&settings)?`](Network::calibrate), [`network.introduction_record(&settings, &asked)?`](Network::introduction_record) |
//! | Can I detect gaps of my own? | [`view.gaps_with(&detectors)`](View::gaps_with) |
//! | How do I change a tie and ask again? | [`network.put_tie(tie)?`](Network::put_tie), ask, [`network.undo(undo)`](Network::undo) |
//! | What is wrong with my records, and with my settings? | [`Network::repair(records)?`](Network::repair), [`settings.check(&network, own)?`](Settings::check) |
//!
//! # The stages
//!
//! Data flows in one direction. The modules are listed in that order, and each uses only those above it.
//!
//! | stage | the question it answers | main type |
//! |---|---|---|
//! | text | how are ids and names stored? | [`Text`] |
//! | [`record`] | what does the caller know? | [`Records`] |
//! | evidence | what does one event show about trust? | [`Evidence`] |
//! | network | are the records valid, and how are they looked up? | [`Network`] |
//! | view | on which day, with which settings? | [`View`], [`CustomerView`] |
//! | trust | how far does one person trust another, and why? | [`Opinion`], [`Trust`] |
//! | [`expectation`] | how much trust is expected between any two people? | [`expectation::Expectation`] |
//! | [`power`] | who holds power, and where does it come from? | [`power::Power`] |
//! | [`reach`] | who do we reach, and through which colleague? | [`reach::Reach`] |
//! | [`introduction`] | which introductions lead to a person? | [`introduction::ExplainedPath`] |
//! | [`gap`] | what is missing? | [`gap::Gap`] |
//! | [`strength`] | how few people does the relationship depend on? | [`strength::Strength`] |
//! | [`change`] | what changed? | [`change::Changes`] |
//! | [`what_if`] | what difference would a change make? | [`what_if::WhatIf`] |
//! | [`plan`] | which introductions fit into everyone's time? | [`plan::Plan`] |
//! | [`checkup`] | how good is it, and who should be called? | [`checkup::Checkup`], [`checkup::Brief`] |
//! | [`calibrate`] | do the forecasts come true, and which settings fit? | [`calibrate::Calibration`] |
//! | [`io`] | in which format? | [`io::Reading`] |
//!
//! # Terms
//!
//! | term of the field | here |
//! |---|---|
//! | opinion, belief, disbelief, uncertainty, base rate, projected probability (subjective logic, beta reputation) | [`Opinion`], [`EvidenceSettings`] |
//! | evidence, half-life, decay | [`Evidence`], [`HalfLife`] |
//! | trust propagation, trust discounting, transitive trust, shortest path, k shortest paths | [`introduction`]: strengths multiply along a path |
//! | reputation, leniency of a rater, link prediction | [`expectation`] |
//! | centrality, influence, social power, opinion dynamics (Friedkin–Johnsen), power index (Banzhaf) | [`power`], [`VotingGame`] |
//! | broker, bridge, betweenness, structural hole | [`gap::BridgeDependency`], [`gap::KeyPersonDependency`] |
//! | concentration (Herfindahl–Hirschman) | [`strength`], [`gap::NarrowCoverage`] |
//! | stakeholder map, org chart, relationship map | [`CustomerView::power`], [`CustomerView::reach`] |
//! | buying group, buying committee, economic buyer, champion, coach, gatekeeper (Miller Heiman, MEDDICC) | [`record::Role`], [`gap::MissingBuyingRole`] |
//! | single-threaded, multi-threading | [`gap::SingleThreadedCustomer`], [`gap::SingleThreadedTeam`] |
//! | coverage, white space | [`reach::Coverage`], [`gap::WhitespaceUnit`] |
//! | warm introduction, referral | [`View::introductions`] |
//! | account team, account owner, executive sponsor | [`record::Customer`], [`record::Role`] |
//! | contact cadence, touch, cooling relationship | [`gap::Cadences`], [`gap::OverdueTouch`], [`gap::CoolingTrend`] |
//! | succession, handover | [`what_if`] |
//! | snooze, mute | [`Snooze`] |
//! | calibration, Brier score, expected calibration error | [`calibrate`] |
//!
//! # What holds everywhere
//!
//! - A tie reads as a sentence: *one person* trusts *another*. No tie means unknown: neither zero trust nor distrust.
//! - Every figure comes with its interval: what is proven, and the upper bound.
//! - The crate never reads a clock: the caller names the day.
//! - The same records, settings and day give the same answer to the last byte, in whatever order the records come.
//! - Ids and names go in and come out, never positions.
//! - No input makes it panic, and nothing recurses: a reporting line may be a million deep.
//!
//! # Features
//!
//! No feature changes what a function does.
//!
//! - `parallel`: `View::par_gaps`, `View::par_checkups` and the other `par_` methods, which compute the answers
//!   for all customers on the threads of the current rayon pool; the answers are those of [`View::gaps`],
//!   [`View::checkups`] and so on. Off by default.
//! - `petgraph-08`: `View::to_petgraph`, the network as a graph of petgraph 0.8, for its algorithms. Off by default.
//! - `jiff-02`: `From` between [`Day`] and the civil date of jiff 0.2. Off by default.
//! - `csv`: reading a folder of CSV files, and Salesforce's own export columns. Off by default.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(test)]
mod dice;
mod text;
mod label;
mod version;
mod share;
mod day;
mod voting;
pub mod record;
mod problem;
mod settings;
mod evidence;
mod error;
mod network;
mod view;
mod trust;
#[cfg(feature = "petgraph-08")]
mod graph;
pub mod expectation;
pub mod power;
mod path;
pub mod reach;
pub mod introduction;
pub mod gap;
pub mod strength;
pub mod change;
pub mod what_if;
pub mod plan;
pub mod checkup;
#[cfg(feature = "parallel")]
mod parallel;
pub mod calibrate;
pub mod io;

pub use day::{Day, DayError, Moment};
pub use error::Error;
pub use evidence::{Basis, Evidence, EvidenceKind, HalfLife, Prior};
pub use label::{Label, cells, fit};
pub use network::{EachPerson, Network, People, PersonRecord, Repaired, Resolved, Undo};
pub use problem::{Problem, ProblemKind, Problems, RecordRef, Repair, Severity};
pub use record::Records;
pub use settings::{
    BriefSettings, CheckupSettings, EvidenceSettings, ExpectationSettings, Fitted, IntroductionSettings,
    Levels, PlanSettings, PowerSettings, RoleWeights, SeniorityWeights, SettingFault, SettingFaults,
    Settings, SettingsReading, Snooze,
};
pub use share::{Count, Days, OutOfRange, Share, Weight};
pub use text::Text;
pub use trust::{EvidenceLine, Opinion, Trust, TrustLink};
pub use version::{NewerVersion, Version, Versioned};
pub use view::{CustomerRef, CustomerView, PersonRef, View};
pub use voting::{VotingError, VotingGame};

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeDoctests;
