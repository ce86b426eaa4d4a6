//! Two ways of doing the same, timed in turn in one run: only the ratio means anything on a machine that others use.
#![allow(dead_code, reason = "each bench that includes this file uses a part of it")]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each is run.
const ROUNDS: usize = 7;

/// Runs both in turn and prints how many times as fast the first is, with the spread over the rounds.
pub(crate) fn race<I, O, J, P>(
    what: &str,
    mut prepare_ours: impl FnMut() -> I,
    mut ours: impl FnMut(I) -> O,
    mut prepare_theirs: impl FnMut() -> J,
    mut theirs: impl FnMut(J) -> P,
) {
    let mut ratios = Vec::with_capacity(ROUNDS);
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mine = time(prepare_ours(), &mut ours);
        let other = time(prepare_theirs(), &mut theirs);
        ratios.push(other.as_secs_f64() / mine.as_secs_f64());
        our_times.push(mine);
        their_times.push(other);
    }
    let median = middle(&mut ratios, f64::total_cmp);
    let (least, most) = (ratios.first().copied().unwrap_or(0.0), ratios.last().copied().unwrap_or(0.0));
    let (mine, other) = (middle(&mut our_times, Duration::cmp), middle(&mut their_times, Duration::cmp));
    println!("{what}: {median:.2} times as fast ({least:.2} to {most:.2}); {mine:.2?} against {other:.2?}");
}

/// The answer is dropped outside of the time.
fn time<I, O>(input: I, run: &mut impl FnMut(I) -> O) -> Duration {
    let begin = Instant::now();
    let answer = black_box(run(black_box(input)));
    let taken = begin.elapsed();
    drop(answer);
    taken
}

#[allow(clippy::expect_used, reason = "there are as many values as rounds")]
fn middle<T: Copy>(values: &mut [T], order: impl FnMut(&T, &T) -> std::cmp::Ordering) -> T {
    values.sort_by(order);
    values.get(values.len() / 2).copied().expect("there is at least one round")
}
