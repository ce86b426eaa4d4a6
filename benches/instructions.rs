//! How many instructions the kernels take: a number that no other work on the machine changes.
//!
//! Runs itself under valgrind's callgrind, one kernel at a time, and counts only what happens inside of [`measured`].
//! Where there is no valgrind it says so and does nothing. Prints what changed since the last run on this machine.
#![allow(missing_docs, reason = "nothing here is for others")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench that is wrong should fail loudly"
)]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2⁵²")]

mod common;
#[path = "common/files.rs"]
mod files;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;

use stakeholder_graph::introduction::Bounds;
use stakeholder_graph::io::json::read_slice;
use stakeholder_graph::{Network, PersonRecord, Settings};

use common::Shape;

/// Small, as everything takes fifty times as long there.
const SHAPE: Shape = Shape { people: 2_000, ..Shape::S };

const KERNELS: [&str; 9] = [
    "records from JSON",
    "build",
    "power of everybody",
    "best chain of everybody",
    "best chain of everybody of at most 3 ties",
    "best chains of 40",
    "five chains of 40",
    "gaps of the portfolio",
    "checkups of the portfolio",
];

/// Names the kernel to the run under valgrind.
const KERNEL: &str = "STAKEHOLDER_GRAPH_KERNEL";

fn main() {
    match std::env::var(KERNEL) {
        Ok(kernel) => run(&kernel),
        Err(_) if Command::new("valgrind").arg("--version").output().is_err() => {
            println!("instructions: there is no valgrind here");
        }
        Err(_) => report(),
    }
}

/// Counts and prints every kernel.
fn report() {
    let kept = concat!(env!("CARGO_TARGET_TMPDIR"), "/instructions.tsv");
    let last = std::fs::read_to_string(kept).unwrap_or_default();
    let last: BTreeMap<&str, f64> = last
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(k, n)| Some((k, n.parse().ok()?)))
        .collect();
    let now = KERNELS.map(|kernel| {
        let count = count(kernel);
        let change = last
            .get(kernel)
            .map(|last| format!("{:+.2}% since the last run", (count as f64 / last - 1.0) * 100.0));
        println!("instructions\t{kernel}\t{count}\t{}", change.unwrap_or_default());
        format!("{kernel}\t{count}\n")
    });
    std::fs::write(kept, now.concat()).expect("the target folder can be written to");
}

fn count(kernel: &str) -> u64 {
    let this = std::env::current_exe().expect("it runs");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*measured*"])
        .arg(this)
        .env(KERNEL, kernel)
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.unwrap_or_else(|| panic!("{kernel}: {said}"))
}

fn run(kernel: &str) {
    let records = common::records(SHAPE.with_managers());
    if kernel == "records from JSON" {
        let bytes = files::json(&files::with_names(records));
        drop(measured(|| read_slice(&bytes).expect("sound records")));
        return;
    }
    let build = |records| Network::build(records).expect("the generator makes sound records");
    if kernel == "build" {
        measured(|| build(records));
        return;
    }
    let network = build(records);
    let view = network.view(common::AS_OF.parse().expect("a day"), &Settings::default());
    let bounds = Bounds::from(view.settings());
    let targets = || network.people().iter().skip(network.staff().len()).step_by(49).map(PersonRecord::id);
    let paths =
        |count| targets().map(|id| view.introductions(id).expect("a stakeholder").paths(count).len()).sum();
    let sum =
        |of: &dyn Fn(stakeholder_graph::CustomerView<'_>) -> usize| view.customers().map(of).sum::<usize>();
    match kernel {
        "power of everybody" => drop(measured(|| sum(&|customer| customer.power().people.len()))),
        "best chain of everybody" => drop(measured(|| view.best_paths(Bounds::NONE))),
        "best chain of everybody of at most 3 ties" => drop(measured(|| view.best_paths(bounds))),
        "best chains of 40" => drop::<usize>(measured(|| paths(1))),
        "five chains of 40" => drop::<usize>(measured(|| paths(5))),
        "gaps of the portfolio" => drop(measured(|| sum(&|customer| customer.gaps().len()))),
        "checkups of the portfolio" => drop(measured(|| sum(&|customer| customer.checkup().gaps.len()))),
        _ => panic!("no kernel is called {kernel}"),
    }
}

/// All that is counted.
#[inline(never)]
fn measured<T>(kernel: impl FnOnce() -> T) -> T {
    black_box(kernel())
}
