//! Loading a portfolio costs little more than parsing its file into plain structs, checked and built as it is.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/files.rs"]
mod files;
#[path = "common/plain.rs"]
mod plain;
#[path = "common/race.rs"]
mod race;

use std::fs::File;
use std::io::{BufReader, Read};

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use stakeholder_graph::io::json::read_slice;
use stakeholder_graph::{Network, Records, Settings};

use common::Shape;

/// Runs our reader alone, our reader and network build, and the peer's: from memory, or for tables from disk.
fn compare<T>(
    criterion: &mut Criterion,
    format: &str,
    peer: &str,
    ours: &dyn Fn() -> Records,
    theirs: &dyn Fn() -> T,
) {
    let load = || build(ours());
    race::race(&format!("{format}: records, against {peer}"), || (), |()| ours(), || (), |()| theirs());
    race::race(&format!("{format}: network, against {peer}"), || (), |()| load(), || (), |()| theirs());
    let mut group = criterion.benchmark_group(format);
    group.sample_size(10);
    bench(&mut group, "records", &ours);
    bench(&mut group, "network", &load);
    bench(&mut group, "plain structs", &theirs);
    group.finish();
}

/// Runs our code from files on disk to the gaps of every customer, beside the peer's from the same files to plain
/// structs.
fn to_gaps<T>(format: &str, peer: &str, ours: &dyn Fn() -> Records, theirs: &dyn Fn() -> T) {
    let gaps = || {
        let network = build(ours());
        let view = network.view(common::AS_OF.parse().expect("a day"), &Settings::default());
        view.customers().map(|customer| customer.gaps().len()).sum::<usize>()
    };
    let what = format!("{format} on disk to every customer's gaps, against {peer}");
    race::race(&what, || (), |()| gaps(), || (), |()| theirs());
}

fn build(records: Records) -> Network {
    Network::build(records).expect("the generator makes sound records")
}

fn bench<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, run: &impl Fn() -> T) {
    group.bench_function(name, |bencher| bencher.iter_batched(|| (), |()| run(), BatchSize::PerIteration));
}

const SERDE_JSON: &str = "serde_json's typed parse";
const CSV: &str = "the csv crate's typed read";

fn json(criterion: &mut Criterion) {
    let bytes = files::json(&records());
    told("JSON", &[&bytes]);
    let ours = || read_slice(&bytes).expect("sound records").records;
    plain::json(&bytes).assert_same(&ours());
    compare(criterion, "JSON", SERDE_JSON, &ours, &|| plain::json(&bytes));
}

fn ndjson(criterion: &mut Criterion) {
    let files::Lines { staff, customers } = files::lines(&records());
    told("NDJSON", &[&staff, &customers]);
    let ours = || Records::from_ndjson(staff.as_slice(), customers.as_slice()).expect("sound records");
    plain::lines(&staff, &customers).assert_same(&ours());
    compare(criterion, "NDJSON", SERDE_JSON, &ours, &|| plain::lines(&staff, &customers));

    let [first, second] = ["staff.json", "customers.ndjson"];
    let folder = files::Folder::of([(first.to_owned(), staff.as_slice()), (second.to_owned(), &customers)]);
    let ours = || {
        let [staff, customers] = [first, second].map(|name| BufReader::new(folder.open(name)));
        Records::from_ndjson(staff, customers).expect("sound records")
    };
    let theirs = || {
        let [staff, customers] = [first, second].map(|name| read_all(folder.open(name)));
        plain::lines(&staff, &customers)
    };
    theirs().assert_same(&ours());
    to_gaps("NDJSON", SERDE_JSON, &ours, &theirs);
}

fn read_all(mut file: File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).expect("the file can be read");
    bytes
}

fn csv(criterion: &mut Criterion) {
    let tables = files::tables(&records());
    told("CSV", &tables.each_ref().map(|(_, bytes)| bytes.as_slice()));
    let named = tables.iter().map(|(kind, bytes)| (format!("{}.csv", kind.plural()), bytes.as_slice()));
    let folder = files::Folder::of(named);
    let ours = || Records::from_csv(&folder.path).expect("sound records");
    let theirs = || plain::tables(&folder.path);
    theirs().assert_same(&ours());
    compare(criterion, "CSV", CSV, &ours, &theirs);
    to_gaps("CSV", CSV, &ours, &theirs);
}

fn records() -> Records {
    files::with_names(common::records(Shape::from_env()))
}

fn told(format: &str, files: &[&[u8]]) {
    let bytes: usize = files.iter().map(|file| file.len()).sum();
    println!("{format}: {} MB", bytes / 1_000_000);
}

criterion_group!(benches, json, ndjson, csv);
criterion_main!(benches);
