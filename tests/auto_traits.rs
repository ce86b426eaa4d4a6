//! Every public type may be sent to and shared between threads, and owned types borrow nothing.

use stakeholder_graph::{
    calibrate, change, checkup, expectation, gap, introduction, io, plan, power, reach, record, strength,
    what_if,
};

fn owned<T: Send + Sync + 'static>() {}
fn shared<T: Send + Sync>() {}
fn answer<T: Send + Sync + Clone + std::fmt::Debug + PartialEq + serde::Serialize + 'static>() {}

macro_rules! every {
    ($check:ident: $($type:ty),* $(,)?) => { $($check::<$type>();)* };
}

#[test]
fn what_is_owned_may_go_anywhere() {
    every!(owned:
        stakeholder_graph::Day, stakeholder_graph::Moment, stakeholder_graph::DayError,
        stakeholder_graph::Error, stakeholder_graph::Basis, stakeholder_graph::Evidence,
        stakeholder_graph::EvidenceKind, stakeholder_graph::HalfLife, stakeholder_graph::Network,
        stakeholder_graph::Problem, stakeholder_graph::ProblemKind, stakeholder_graph::Problems,
        stakeholder_graph::RecordRef, stakeholder_graph::Repair, stakeholder_graph::Repaired,
        stakeholder_graph::Severity, stakeholder_graph::Records, stakeholder_graph::CheckupSettings,
        stakeholder_graph::EvidenceSettings, stakeholder_graph::ExpectationSettings,
        gap::GapSettings,
        stakeholder_graph::IntroductionSettings, stakeholder_graph::Levels, stakeholder_graph::PowerSettings,
        stakeholder_graph::RoleWeights, stakeholder_graph::SeniorityWeights, stakeholder_graph::Settings,
        stakeholder_graph::Snooze, stakeholder_graph::BriefSettings, gap::Cadences,
        stakeholder_graph::PlanSettings, stakeholder_graph::Undo,
        stakeholder_graph::OutOfRange, stakeholder_graph::Share,
        stakeholder_graph::Weight, stakeholder_graph::EvidenceLine, stakeholder_graph::Opinion,
        stakeholder_graph::Trust, stakeholder_graph::PersonRef, stakeholder_graph::VotingError,
        stakeholder_graph::VotingGame,
        record::Commitment, record::CommitmentStatus, record::Concern, record::ConcernStatus,
        record::Customer, record::CustomerStatus, record::Decision, record::Member, record::Interaction,
        record::InteractionKind, record::InteractionStatus, record::Person, record::Profile, record::Role,
        record::Seniority, record::Side, record::Support, record::Tie, record::TieKind, record::TieSource,
        record::RecordKind, record::Other,
        record::Faults, record::Fault, record::FaultCode, record::Note, record::NoteCode, io::Reading,
        stakeholder_graph::TrustLink, gap::Entry<'static>, gap::GapBuilder<gap::UnreachedPower>, gap::Detector,
    );
}

#[test]
fn what_borrows_may_be_shared() {
    every!(shared:
        stakeholder_graph::View<'_>, stakeholder_graph::CustomerView<'_>, introduction::Introductions<'_>,
        stakeholder_graph::People<'_>, stakeholder_graph::PersonRecord<'_>, stakeholder_graph::EachPerson<'_>,
        gap::Situation<'_>, checkup::Page<'_>, expectation::Expectations<'_>,
    );
}

#[test]
fn answers_are_plain_data() {
    every!(answer:
        stakeholder_graph::Text, stakeholder_graph::Trust, stakeholder_graph::Opinion, stakeholder_graph::PersonRef,
        stakeholder_graph::Problems, stakeholder_graph::Settings,
        power::Power, power::PersonPower, power::PowerSource, power::FormalFrom,
        reach::Reach, reach::Coverage, reach::PersonReach, reach::StaffTie, reach::State, reach::FirstCall,
        reach::ColleaguePart,
        introduction::Answer, introduction::ExplainedPath, introduction::Hop, introduction::Tolerance,
        introduction::Miss, introduction::BlockedPath, introduction::NoPath, introduction::Opening,
        introduction::Explain, introduction::TeamUp, introduction::Ranking,
        gap::Gap, gap::Band, gap::Dated, gap::Family, gap::Missing, gap::Snoozed, gap::Threshold, gap::TieFact,
        gap::Reason, gap::Remedy,
        expectation::Expectation, expectation::Intermediary, stakeholder_graph::Fitted,
        calibrate::Calibration, calibrate::Change, calibrate::Score, calibrate::Gain, calibrate::Reliability,
        calibrate::Bin, calibrate::Asked, calibrate::IntroductionRecord, calibrate::Measured,
        calibrate::CalibrationOptions,
        gap::ConcernState, gap::Touch,
        strength::Strength, strength::Concentration, strength::FirstCalls, strength::Resilience, strength::Point,
        strength::TeamNetwork,
        change::Changes, change::CustomerChanges, change::PersonChange, change::PersonChangeKind, change::PostChange,
        change::PowerChange, change::PowerPart, change::TieChange, change::TieChangeKind, change::GapChanges,
        change::GapShift, change::BusinessChange, change::Both<stakeholder_graph::Share>,
        what_if::WhatIf, what_if::Effect, what_if::PersonEffect, what_if::Handover, what_if::TakeOver,
        what_if::Leaving, what_if::LeavingAt, what_if::Suppose,
        plan::Plan, plan::Ask, plan::LeftOut, plan::WhyLeftOut, plan::SuggestedTie, plan::MeetFirst, plan::Meet,
        plan::Verify, plan::Unknown,
        checkup::Brief, checkup::Update, checkup::UpdateKind, checkup::Alert, checkup::AlertKind, checkup::Call,
        checkup::Why, checkup::CheckIn, checkup::ThankYou, checkup::Ledger, checkup::LedgerEntry, checkup::LedgerState,
        stakeholder_graph::CustomerRef,
        checkup::Checkup, checkup::Provisional, checkup::WeakTie, checkup::Question, checkup::Answered, checkup::Fact,
    );
}

#[test]
fn errors_are_errors() {
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    every!(error:
        stakeholder_graph::Error, stakeholder_graph::DayError, stakeholder_graph::OutOfRange,
        stakeholder_graph::VotingError,
    );
}
