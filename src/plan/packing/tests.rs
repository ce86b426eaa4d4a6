#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use super::*;
use crate::dice::{Dice, cases};

fn choice(value: i64, takes: &[usize]) -> Choice {
    Choice { value, takes: takes.to_vec() }
}

/// A ten-thousandth, large enough to distinguish answers.
const PART: i64 = 1 << 20;

/// The published assignment: T1 (I .9, J .6), T2 (.8, .3), T3 weight .5 (.5, .45), capacity I = 1, J = 2.
fn published() -> Packing {
    let pair = |i: i64, j: i64| vec![choice(i * PART, &[0]), choice(j * PART, &[1])];
    Packing { choices: vec![pair(9000, 6000), pair(8000, 3000), pair(2500, 2250)], stocks: vec![1, 2] }
}

/// Every answer, examined one by one.
fn slowly(packing: &Packing) -> i64 {
    let mut best = 0;
    let choices: Vec<usize> = packing.choices.iter().map(|choices| choices.len() + 1).collect();
    for number in 0..choices.iter().product() {
        let mut number: usize = number;
        let mut chosen = Vec::new();
        for &count in &choices {
            chosen.push((number % count).checked_sub(1));
            number /= count;
        }
        let taken = packing.taken(&chosen);
        if taken.iter().zip(&packing.stocks).all(|(taken, stock)| taken <= stock) {
            best = best.max(packing.value(&chosen));
        }
    }
    best
}

fn check(packing: &Packing, budget: u32) -> Packed {
    let packed = packing.pack(budget);
    let taken = packing.taken(&packed.chosen);
    assert!(taken.iter().zip(&packing.stocks).all(|(taken, stock)| taken <= stock), "{packing:?} {packed:?}");
    assert_eq!(packing.value(&packed.chosen), packed.value);
    assert!(packed.value <= packed.at_most);
    packed
}

#[test]
fn the_published_assignment_is_found() {
    let packed = check(&published(), 0);
    assert_eq!((packed.value, packed.at_most), (16_250 * PART, 16_250 * PART));
    assert_eq!(packed.chosen, [Some(1), Some(0), Some(1)]);
    // Highest gain first: T1 takes I.
    let greedy = [Some(0), Some(1), Some(1)];
    assert_eq!(published().value(&greedy), 14_250 * PART);
}

#[test]
fn the_search_finds_it_too() {
    let packed = search::pack(&published(), 10_000);
    assert_eq!((packed.value, packed.at_most), (16_250 * PART, 16_250 * PART));
}

#[test]
fn without_branches_the_bound_is_told() {
    // Three who want two of three each: one can be served, and prices alone cannot rule out one and a half.
    let choices = vec![
        vec![choice(10_000_000, &[0, 1])],
        vec![choice(10_000_000, &[1, 2])],
        vec![choice(10_000_000, &[0, 2])],
    ];
    let mut packing = Packing { choices, stocks: vec![1, 1, 1] };
    // The last uses the opposite order, so that it is no forest.
    packing.choices[2][0].takes = vec![2, 0];
    let packed = check(&packing, 1);
    assert_eq!(packed.value, 10_000_000);
    assert!((14_900_000..15_200_000).contains(&packed.at_most), "{packed:?}");
    let packed = check(&packing, 1000);
    assert_eq!((packed.value, packed.at_most), (10_000_000, 10_000_000));
}

const UNIT: i64 = 1 << 30;

fn any_way(dice: &mut Dice, forest: bool) -> Choice {
    let value = i64::from(dice.number(0..100)) * UNIT;
    let mut takes = dice.list(0..4, |dice| dice.below(0..6));
    if forest {
        // 0 and 1 pass on to 4, 2 to 5, 3 to none.
        let next = [Some(4), Some(4), Some(5), None, None, None];
        takes.truncate(1);
        while let Some(more) = takes.last().and_then(|&it| next[it]) {
            takes.push(more);
        }
    }
    let mut seen = Vec::new();
    takes.retain(|it| {
        !seen.contains(it) && {
            seen.push(*it);
            true
        }
    });
    Choice { value, takes }
}

fn any_packing(dice: &mut Dice, forest: bool) -> Packing {
    let choices = dice.list(0..7, |dice| dice.list(0..4, |dice| any_way(dice, forest)));
    Packing { choices, stocks: dice.list(6..7, |dice| dice.one_of(&[0, 1, 2])) }
}

#[test]
fn forests_are_solved_exactly_without_a_budget() {
    cases(400, |dice| {
        let packing = any_packing(dice, true);
        let packed = check(&packing, 0);
        assert_eq!(packed.value, slowly(&packing));
        assert_eq!(packed.at_most, packed.value);
    });
}

#[test]
fn crossing_paths_are_solved_exactly_within_the_budget() {
    cases(400, |dice| {
        let packing = any_packing(dice, false);
        let packed = check(&packing, 1_000_000);
        assert_eq!(packed.value, slowly(&packing));
        assert_eq!(packed.at_most, packed.value);
    });
}

#[test]
fn the_bound_holds_where_the_budget_is_spent() {
    cases(400, |dice| {
        let packing = any_packing(dice, false);
        let packed = check(&packing, 3);
        assert!(packed.at_most >= slowly(&packing));
    });
}

#[test]
fn more_stock_never_lowers_the_value() {
    cases(400, |dice| {
        let mut packing = any_packing(dice, false);
        let before = check(&packing, 1_000_000).value;
        packing.stocks[dice.below(0..6)] += 1;
        assert!(check(&packing, 1_000_000).value >= before);
    });
}
