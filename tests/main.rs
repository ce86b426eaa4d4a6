//! Every test of the library's behaviour, in one binary: one file per subject.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets what it does not expect fails, in its helpers as well"
)]

mod common;

mod against_slow;
mod auto_traits;
mod bad_input;
mod brief;
mod calibrate;
mod change;
mod concerns;
mod day;
mod distrust;
mod edits;
mod everyone;
mod examples;
mod expectation;
mod gaps;
mod gaps_breadth;
mod gaps_inside;
mod gaps_people;
mod gaps_promises;
mod gaps_record;
mod gaps_rhythm;
mod gaps_rivals;
mod golden;
mod kinds;
mod laws;
mod layers;
mod ledger;
mod mailbox;
mod once;
mod oracles;
mod people;
mod petgraph_view;
mod plan;
mod plan_next;
mod portfolio;
mod problems;
mod remedies;
mod ratings;
mod rival_told;
mod settings;
mod shuffled;
mod stored;
mod story;
mod strength;
mod what_if;
