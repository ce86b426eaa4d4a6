//! How much memory a person and a tie take in a network, beside what petgraph's bare graph and a map of ids take.
//!
//! A portfolio is built with all ties and with every second one left out. The difference is what the omitted ties
//! take; people take the remainder. The text of ids is counted apart: it is the same for every implementation.
#![allow(missing_docs, reason = "nothing here is for others")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]
#![allow(clippy::cast_precision_loss, reason = "bytes are far below 2⁵²")]

mod common;
#[path = "common/peer.rs"]
mod peer;

use peak_alloc::PeakAlloc;
use stakeholder_graph::{Network, Records};

use common::Shape;
use peer::Peer;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let all = common::records(Shape::from_env());
    let mut half = all.clone();
    half.ties = half.ties.into_iter().step_by(2).collect();
    let ids = all.people.iter().map(|person| person.id.len()).sum();
    let sizes = Sizes { people: all.people.len(), ids, ties: [all.ties.len(), half.ties.len()] };
    let network = |records| Network::build(records).expect("the generator makes sound records");
    let graph = |records: Records| Peer::build(&records);
    sizes.print("network", [&all, &half].map(|records| Use::of(records, network)));
    sizes.print("petgraph's Graph and a map of ids", [&all, &half].map(|records| Use::of(records, graph)));
}

/// What is measured of.
struct Sizes {
    people: usize,
    /// The text of all ids.
    ids: usize,
    /// All of them, and half.
    ties: [usize; 2],
}

impl Sizes {
    fn print(&self, what: &str, [all, half]: [Use; 2]) {
        let tie = (all.kept - half.kept) as f64 / (self.ties[0] - self.ties[1]) as f64;
        let rest = all.kept as f64 - tie * self.ties[0] as f64 - self.ids as f64;
        let person = rest / self.people as f64;
        let (kept, most) = (mebibytes(all.kept), mebibytes(all.most));
        println!(
            "{what}: {person:.0} bytes a person, {tie:.1} bytes a tie; {kept:.0} MiB, at most {most:.0} MiB while building"
        );
        println!("memory\t{what}\t{}\t{person:.1}\t{tie:.2}\t{kept:.1}\t{most:.1}", Shape::wanted());
    }
}

/// What a network or a graph takes.
#[derive(Debug, Clone, Copy)]
struct Use {
    kept: usize,
    /// While it is made, with the records that it is made of.
    most: usize,
}

impl Use {
    fn of<T>(records: &Records, build: impl FnOnce(Records) -> T) -> Self {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let made = build(records.clone());
        let taken = Self { kept: MEMORY.current_usage() - before, most: MEMORY.peak_usage() - before };
        drop(made);
        taken
    }
}

fn mebibytes(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
