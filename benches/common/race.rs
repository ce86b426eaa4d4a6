//! Two implementations of the same task, timed in turn in one run: only the ratio means anything on a shared
//! machine.
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
/// The peer's name is in the text after `, against `. Neither preparation nor dropping the result is timed.
pub(crate) fn race<I, O, J, P>(
    what: &str,
    prepare_ours: impl FnMut() -> I,
    ours: impl FnMut(I) -> O,
    prepare_theirs: impl FnMut() -> J,
    theirs: impl FnMut(J) -> P,
) {
    print(what, &rounds(timed(prepare_ours, ours), timed(prepare_theirs, theirs)), Clock::Cpu);
}

/// As [`race`], with nothing to prepare: what takes next to no time is run so often in a row that a round takes some.
pub(crate) fn versus<O, P>(what: &str, ours: impl FnMut() -> O, theirs: impl FnMut() -> P) {
    print(what, &rounds(repeated(ours), repeated(theirs)), Clock::Cpu);
}

/// As [`race`], but reports the time per unit, where both do the same to a given number of units.
pub(crate) fn race_each<I, O, J, P>(
    what: &str,
    (units, prepare_ours, ours): (usize, impl FnMut() -> I, impl FnMut(I) -> O),
    (their_units, prepare_theirs, theirs): (usize, impl FnMut() -> J, impl FnMut(J) -> P),
) {
    let each = |taken: Taken, units: usize| {
        let units = u32::try_from(units.max(1)).unwrap_or(u32::MAX);
        Taken { cpu: taken.cpu * EACH / units, wall: taken.wall * EACH / units }
    };
    let (mut ours, mut theirs) = (timed(prepare_ours, ours), timed(prepare_theirs, theirs));
    print(what, &rounds(|| each(ours(), units), || each(theirs(), their_units)), Clock::Cpu);
}

/// Times of single units are reported per this many, as durations are whole nanoseconds.
const EACH: u32 = 1000;

/// As [`versus`], for work on several threads: by the time that passed, then by the time of all processors together.
pub(crate) fn versus_in_threads<O, P>(what: &str, ours: impl FnMut() -> O, theirs: impl FnMut() -> P) {
    let rounds = rounds(repeated(ours), repeated(theirs));
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
        let (fewest, enough, limit) = match self {
            Self::Once => (1, 1, Duration::ZERO),
            Self::Quick => (3, 3, Duration::ZERO),
            Self::Full => (3, 7, Duration::from_secs(20)),
        };
        rounds < fewest || rounds < enough && since.elapsed() < limit
    }
}

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
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

fn rounds(mut ours: impl FnMut() -> Taken, mut theirs: impl FnMut() -> Taken) -> Rounds {
    let (effort, begin) = (Effort::from_args(), Instant::now());
    let mut rounds = Vec::new();
    while effort.wants_more(rounds.len(), begin) {
        rounds.push((ours(), theirs()));
    }
    rounds
}

/// One run. The answer is dropped outside of the time.
fn timed<I, O>(mut prepare: impl FnMut() -> I, mut run: impl FnMut(I) -> O) -> impl FnMut() -> Taken {
    move || {
        let input = prepare();
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let answer = black_box(run(black_box(input)));
        let taken = Taken { cpu: cpu.elapsed(), wall: wall.elapsed() };
        drop(answer);
        taken
    }
}

/// As many runs as fill [`LEAST`], after one that determines their number; the average time of each.
#[allow(clippy::cast_possible_truncation, reason = "a thousand at most")]
fn repeated<O>(mut run: impl FnMut() -> O) -> impl FnMut() -> Taken {
    let mut once = timed(|| (), move |()| run());
    let mut times = 0;
    move || {
        if times == 0 {
            times = (LEAST.as_nanos() / once().wall.as_nanos().max(1)).clamp(1, 1000) as u32;
        }
        let all = (0..times).fold(Taken::default(), |all, _| {
            let Taken { cpu, wall } = once();
            Taken { cpu: all.cpu + cpu, wall: all.wall + wall }
        });
        Taken { cpu: all.cpu / times, wall: all.wall / times }
    }
}

/// What a round takes at least.
const LEAST: Duration = Duration::from_millis(10);

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
        "race\t{name}\t{peer}\t{portfolio}\t{ratio:.5}\t{least:.5}\t{most:.5}\t{ours:.3e}\t{theirs:.3e}\t{measured}"
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
