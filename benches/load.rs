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

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use stakeholder_graph::io::json::read_slice;
use stakeholder_graph::{Network, Records};

use common::Shape;

/// Runs ours alone, ours with the network built, and theirs, beside each other.
fn compare<T>(criterion: &mut Criterion, format: &str, ours: impl Fn() -> Records, theirs: impl Fn() -> T) {
    let load = || Network::build(ours()).expect("the generator makes sound records");
    race::race(&format!("{format}: records"), || (), |()| ours(), || (), |()| theirs());
    race::race(&format!("{format}: network"), || (), |()| load(), || (), |()| theirs());
    let mut group = criterion.benchmark_group(format);
    group.sample_size(10);
    bench(&mut group, "records", &ours);
    bench(&mut group, "network", &load);
    bench(&mut group, "plain structs", &theirs);
    group.finish();
}

fn bench<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, run: &impl Fn() -> T) {
    group.bench_function(name, |bencher| bencher.iter_batched(|| (), |()| run(), BatchSize::PerIteration));
}

fn json(criterion: &mut Criterion) {
    let bytes = files::json(&records());
    told("JSON", &[&bytes]);
    let ours = || read_slice(&bytes).expect("sound records").records;
    plain::json(&bytes).assert_same(&ours());
    compare(criterion, "JSON", ours, || plain::json(&bytes));
}

fn ndjson(criterion: &mut Criterion) {
    let files::Lines { staff, customers } = files::lines(&records());
    told("a customer a line", &[&staff, &customers]);
    let ours = || Records::from_ndjson(staff.as_slice(), customers.as_slice()).expect("sound records");
    plain::lines(&staff, &customers).assert_same(&ours());
    compare(criterion, "a customer a line", ours, || plain::lines(&staff, &customers));
}

fn csv(criterion: &mut Criterion) {
    let tables = files::tables(&records());
    told("CSV", &tables.each_ref().map(|(_, bytes)| bytes.as_slice()));
    let folder = files::Folder::of(&tables);
    let ours = || Records::from_csv(&folder.path).expect("sound records");
    plain::tables(&folder.path).assert_same(&ours());
    compare(criterion, "CSV", ours, || plain::tables(&folder.path));
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
