//! stakeholder-graph (docs follow)

mod share;
mod day;
pub mod record;
mod settings;

pub use day::{Day, Moment, ParseDayError};
pub use settings::{
    CheckupSettings, EvidenceSettings, GapSettings, IntroductionSettings, Levels, PowerSettings, RoleWeights,
    SeniorityWeights, Settings, Silence,
};
pub use share::{OutOfRange, Share, Weight};
