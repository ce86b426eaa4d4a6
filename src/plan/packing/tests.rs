#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use proptest::prelude::*;

use super::*;

fn way(value: i64, takes: &[usize]) -> Way {
    Way { value, takes: takes.to_vec() }
}

/// A ten-thousandth, large enough that answers are told apart.
const PART: i64 = 1 << 20;

/// The published assignment: T1 (I .9, J .6), T2 (.8, .3), T3 weight .5 (.5, .45), capacity I = 1, J = 2.
fn published() -> Packing {
    let pair = |i: i64, j: i64| vec![way(i * PART, &[0]), way(j * PART, &[1])];
    Packing { ways: vec![pair(9000, 6000), pair(8000, 3000), pair(2500, 2250)], stocks: vec![1, 2] }
}

/// Every answer there is, looked at one by one.
fn slowly(packing: &Packing) -> i64 {
    let mut best = 0;
    let choices: Vec<usize> = packing.ways.iter().map(|ways| ways.len() + 1).collect();
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
    // Whoever gains most first: T1 takes I.
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
    // Three who want two of three each: one can be served, and prices alone cannot tell that it is not one and a half.
    let ways =
        vec![vec![way(10_000_000, &[0, 1])], vec![way(10_000_000, &[1, 2])], vec![way(10_000_000, &[0, 2])]];
    let mut packing = Packing { ways, stocks: vec![1, 1, 1] };
    // The last goes the other way round, so that it is no forest.
    packing.ways[2][0].takes = vec![2, 0];
    let packed = check(&packing, 1);
    assert_eq!(packed.value, 10_000_000);
    assert!((14_900_000..15_200_000).contains(&packed.at_most), "{packed:?}");
    let packed = check(&packing, 1000);
    assert_eq!((packed.value, packed.at_most), (10_000_000, 10_000_000));
}

const UNIT: i64 = 1 << 30;

fn any_packing(forest: bool) -> impl Strategy<Value = Packing> {
    let ways = |stocks: usize| {
        let chain = prop::collection::vec(0..stocks, 0..=3);
        let way = (0..100_i64, chain).prop_map(move |(value, mut takes)| {
            if forest {
                // 0 and 1 pass on to 4, 2 to 5, 3 to nobody.
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
            Way { value: value * UNIT, takes }
        });
        prop::collection::vec(prop::collection::vec(way, 0..4), 0..7)
    };
    (ways(6), prop::collection::vec(0..3_u32, 6)).prop_map(|(ways, stocks)| Packing { ways, stocks })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forests_are_solved_exactly_without_a_budget(packing in any_packing(true)) {
        let packed = check(&packing, 0);
        prop_assert_eq!(packed.value, slowly(&packing));
        prop_assert_eq!(packed.at_most, packed.value);
    }

    #[test]
    fn crossing_chains_are_solved_exactly_within_the_budget(packing in any_packing(false)) {
        let packed = check(&packing, 1_000_000);
        prop_assert_eq!(packed.value, slowly(&packing));
        prop_assert_eq!(packed.at_most, packed.value);
    }

    #[test]
    fn the_bound_holds_where_the_budget_is_spent(packing in any_packing(false)) {
        let packed = check(&packing, 3);
        prop_assert!(packed.at_most >= slowly(&packing));
    }

    #[test]
    fn more_stock_never_lowers_the_value(packing in any_packing(false), more in 0..6_usize) {
        let before = check(&packing, 1_000_000).value;
        let mut packing = packing;
        packing.stocks[more] += 1;
        prop_assert!(check(&packing, 1_000_000).value >= before);
    }
}
