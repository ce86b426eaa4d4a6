//! Two ways of doing the same, timed in turn in one run: only the ratio means anything on a machine that others use.
//!
//! What counts is the time that the process had a processor, all its threads together; only where threads are compared
//! it is the time that passed. Every race prints a line for people and one for programs, which begins with `race` and has
//! these columns, parted by tabs: name, peer, portfolio, times as fast, least, most, our seconds, their seconds, what was
//! measured.
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use criterion::Criterion;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};

use crate::common::Shape;

/// Runs both in turn and prints how many times as fast the first is, with the spread over the rounds.
///
/// The peer's name stands in the text behind `, against `. Preparing is not timed, nor is dropping what was made.
pub(crate) fn race<I, O, J, P>(
    what: &str,
    prepare_ours: impl FnMut() -> I,
    ours: impl FnMut(I) -> O,
    prepare_theirs: impl FnMut() -> J,
    theirs: impl FnMut(J) -> P,
) {
    print(what, &rounds((prepare_ours, ours), (prepare_theirs, theirs)), Clock::Cpu);
}

/// As [`race`], with nothing to prepare.
pub(crate) fn versus<O, P>(what: &str, mut ours: impl FnMut() -> O, mut theirs: impl FnMut() -> P) {
    race(what, || (), |()| ours(), || (), |()| theirs());
}

/// As [`versus`], for work on several threads: by the time that passed, then by the time of all processors together.
pub(crate) fn versus_in_threads<O, P>(
    what: &str,
    mut ours: impl FnMut() -> O,
    mut theirs: impl FnMut() -> P,
) {
    let rounds = rounds((|| (), |()| ours()), (|| (), |()| theirs()));
    print(what, &rounds, Clock::Wall);
    print(what, &rounds, Clock::Cpu);
}

/// How much time a bench may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Each thing once, to see that it runs: what `cargo test --benches` and `-- --test` ask for.
    Once,
    /// `-- --quick`.
    Quick,
    /// Whatever it takes.
    Full,
}

impl Effort {
    /// What the command line asks for, in criterion's words.
    pub(crate) fn from_args() -> Self {
        let asked = |flag: &str| std::env::args().any(|arg| arg == flag);
        if asked("--test") || !asked("--bench") {
            Self::Once
        } else if asked("--quick") {
            Self::Quick
        } else {
            Self::Full
        }
    }

    /// Whether another round is wanted.
    fn wants_more(self, rounds: usize, since: Instant) -> bool {
        let (enough, limit, short) = match self {
            Self::Once => (1, Duration::ZERO, Duration::ZERO),
            Self::Quick => (3, Duration::from_secs(5), Duration::ZERO),
            Self::Full => (7, Duration::from_secs(20), Duration::from_millis(300)),
        };
        let taken = since.elapsed();
        let in_time = rounds < 3 && enough >= 3 || taken < limit;
        // What takes no time at all is run more often: its rounds differ most.
        in_time && (rounds < enough || taken < short)
    }
}

/// What a run took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    cpu: Duration,
    wall: Duration,
}

/// Which time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Cpu,
    Wall,
}

impl Taken {
    fn by(self, clock: Clock) -> f64 {
        match clock {
            Clock::Cpu => self.cpu.as_secs_f64(),
            Clock::Wall => self.wall.as_secs_f64(),
        }
    }
}

/// What both took in each round.
type Rounds = Vec<(Taken, Taken)>;

fn rounds<I, O, J, P>(
    (mut prepare_ours, mut ours): (impl FnMut() -> I, impl FnMut(I) -> O),
    (mut prepare_theirs, mut theirs): (impl FnMut() -> J, impl FnMut(J) -> P),
) -> Rounds {
    let (effort, begin) = (Effort::from_args(), Instant::now());
    let mut rounds = Vec::new();
    while effort.wants_more(rounds.len(), begin) || rounds.is_empty() {
        let mine = time(prepare_ours(), &mut ours);
        rounds.push((mine, time(prepare_theirs(), &mut theirs)));
    }
    rounds
}

/// The answer is dropped outside of the time.
fn time<I, O>(input: I, run: &mut impl FnMut(I) -> O) -> Taken {
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    let answer = black_box(run(black_box(input)));
    let taken = Taken { cpu: cpu.elapsed(), wall: wall.elapsed() };
    drop(answer);
    taken
}

fn print(what: &str, rounds: &Rounds, clock: Clock) {
    let ratios = sorted(rounds.iter().map(|(ours, theirs)| theirs.by(clock) / ours.by(clock)));
    let (ratio, least, most) =
        (middle(&ratios), ratios.first().unwrap_or(&0.0), ratios.last().unwrap_or(&0.0));
    let ours = middle(&sorted(rounds.iter().map(|(ours, _)| ours.by(clock))));
    let theirs = middle(&sorted(rounds.iter().map(|(_, theirs)| theirs.by(clock))));
    let (name, peer) = what.split_once(", against ").unwrap_or((what, "peer"));
    let measured = if clock == Clock::Cpu { "cpu" } else { "wall" };
    println!(
        "{name}: {ratio:.2} times as fast as {peer} ({least:.2} to {most:.2}); {:.2?} against {:.2?} {measured} time",
        Duration::from_secs_f64(ours),
        Duration::from_secs_f64(theirs)
    );
    let portfolio = Shape::wanted();
    println!(
        "race\t{name}\t{peer}\t{portfolio}\t{ratio:.3}\t{least:.3}\t{most:.3}\t{ours:.3e}\t{theirs:.3e}\t{measured}"
    );
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn middle(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Criterion by the time that the process had a processor, with few samples: the portfolios are large.
pub(crate) fn criterion() -> Criterion<CpuTime> {
    Criterion::default().sample_size(10).with_measurement(CpuTime)
}

/// The time that the process had a processor.
#[derive(Debug)]
pub(crate) struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = ProcessTime;
    type Value = Duration;

    fn start(&self) -> ProcessTime {
        ProcessTime::now()
    }

    fn end(&self, begin: ProcessTime) -> Duration {
        begin.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
