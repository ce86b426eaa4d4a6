//! stakeholder-graph (docs follow)

mod share;
mod day;
pub mod record;
mod settings;
mod error;
pub mod io;

pub use day::{Day, Moment, ParseDayError};
pub use error::Error;
pub use settings::{
    CheckupSettings, EvidenceSettings, GapSettings, IntroductionSettings, Levels, PowerSettings, RoleWeights,
    SeniorityWeights, Settings, Silence,
};
pub use share::{OutOfRange, Share, Weight};
