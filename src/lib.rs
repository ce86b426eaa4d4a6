//! stakeholder-graph (docs follow)

mod share;
mod day;
mod voting;
pub mod record;
mod settings;
mod evidence;
mod error;
mod network;
mod view;
mod trust;
pub mod power;
mod route;
pub mod reach;
pub mod introduction;
pub mod gap;
pub mod checkup;
pub mod io;

pub use day::{Day, Moment, ParseDayError};
pub use error::Error;
pub use evidence::{Basis, Evidence, EvidenceKind, HalfLife};
pub use network::{Network, Problem, ProblemKind, Problems, RecordRef, Repair, Repaired, Severity};
pub use record::Records;
pub use settings::{
    CheckupSettings, EvidenceSettings, GapSettings, IntroductionSettings, Levels, PowerSettings, RoleWeights,
    SeniorityWeights, Settings, Silence,
};
pub use share::{OutOfRange, Share, Weight};
pub use trust::{EvidenceLine, Opinion, Trust};
pub use view::{CustomerView, PersonRef, View};
pub use voting::{VotingError, VotingGame};
