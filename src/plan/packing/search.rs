//! Where paths cross: a bound by Lagrangian relaxation (Fisher, 1981), answers that follow its prices, and branch
//! and bound until the budget is spent.
//!
//! Each stock is given a price. If every target takes what is best for it after prices, and the stocks themselves
//! earn their price, the sum is never less than the value of any answer: a proven bound, whatever the prices.
//! Prices rise where demand exceeds the stock and fall where some is left.
#![allow(
    clippy::indexing_slicing,
    reason = "columns have one entry a target or stock, and positions come from them"
)]
#![allow(
    clippy::cast_precision_loss,
    reason = "values are sums of at most 2²⁰ numbers of 2⁴⁰; what is lost is allowed for"
)]

use super::{Choice, Packed, Packing};

/// How many times prices are updated.
const ROUNDS: u32 = 200;
/// Answers this near to each other are equal: some 4·10⁻⁹ of one customer's power.
const SLACK: f64 = 4096.0;

/// An answer and the bound.
pub(super) fn pack(packing: &Packing, budget: u32) -> Packed {
    let (prices, bound, chosen) = priced(packing);
    let mut best = Packed { value: packing.value(&chosen), chosen, at_most: 0 };
    let finished = bound - SLACK <= best.value as f64 || branch(packing, &prices, budget, &mut best);
    #[allow(clippy::cast_possible_truncation, reason = "the bound is far below 2⁶³")]
    let at_most = if finished { best.value } else { bound.ceil() as i64 };
    best.at_most = at_most.max(best.value);
    best
}

fn price(choice: &Choice, prices: &[f64]) -> f64 {
    choice.takes.iter().map(|&stock| prices[stock]).sum()
}

fn net(choice: &Choice, prices: &[f64]) -> f64 {
    choice.value as f64 - price(choice, prices)
}

/// The most valuable option after prices; the first among equals. None where none is worth its price.
fn best_net(choices: &[Choice], prices: &[f64]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, choice) in choices.iter().enumerate() {
        let net = net(choice, prices);
        if net > best.map_or(0.0, |(_, best)| best) {
            best = Some((at, net));
        }
    }
    best
}

/// The prices with the least bound, that bound, and the best answer found while pricing (subgradient steps after
/// Held, Wolfe and Crowder, 1974).
fn priced(packing: &Packing) -> (Vec<f64>, f64, Vec<Option<usize>>) {
    let mut prices = vec![0.0; packing.stocks.len()];
    let mut least = (prices.clone(), f64::INFINITY);
    let (mut answer, mut value) = (vec![None; packing.choices.len()], 0);
    let (mut step, mut stale) = (1.0, 0);
    for _ in 0..ROUNDS {
        let mut left: Vec<f64> = packing.stocks.iter().map(|&stock| f64::from(stock)).collect();
        let mut bound: f64 = left.iter().zip(&prices).map(|(stock, price)| stock * price).sum();
        for choices in &packing.choices {
            let Some((choice, net)) = best_net(choices, &prices) else { continue };
            bound += net;
            for &stock in &choices[choice].takes {
                left[stock] -= 1.0;
            }
        }
        if bound < least.1 {
            least = (prices.clone(), bound);
            stale = 0;
        } else {
            stale += 1;
        }
        if stale == 5 {
            (step, stale) = (step / 2.0, 0);
        }
        let follows = following(packing, &prices);
        let worth = packing.value(&follows);
        if worth > value {
            (answer, value) = (follows, worth);
        }
        let squares: f64 = left.iter().map(|left| left * left).sum();
        let distance = least.1 - value as f64;
        if squares <= 0.0 || distance <= SLACK {
            break;
        }
        for (price, left) in prices.iter_mut().zip(&left) {
            *price = (*price - step * distance / squares * left).max(0.0);
        }
    }
    // An allowance for rounding errors in the sums.
    (least.0, least.1 + 1.0 + least.1.abs() * 1e-12, answer)
}

/// An answer that follows prices: the target that gains most after prices chooses first, and takes what still
/// fits.
fn following(packing: &Packing, prices: &[f64]) -> Vec<Option<usize>> {
    let mut order: Vec<(f64, usize)> = packing
        .choices
        .iter()
        .map(|choices| choices.iter().map(|choice| net(choice, prices)).fold(f64::NEG_INFINITY, f64::max))
        .zip(0..)
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut left = packing.stocks.clone();
    let mut chosen = vec![None; packing.choices.len()];
    for (_, target) in order {
        let choices = packing.choices[target].iter().enumerate();
        let fits = choices
            .filter(|(_, choice)| choice.value > 0 && choice.takes.iter().all(|&stock| left[stock] > 0));
        let best = fits.rev().max_by(|(_, a), (_, b)| net(a, prices).total_cmp(&net(b, prices)));
        if let Some((at, choice)) = best {
            for &stock in &choice.takes {
                left[stock] -= 1;
            }
            chosen[target] = Some(at);
        }
    }
    chosen
}

/// Searches for a better answer, depth first, and prunes a branch where the prices show that it holds none.
/// Returns whether all branches were examined.
fn branch(packing: &Packing, prices: &[f64], budget: u32, best: &mut Packed) -> bool {
    let targets = packing.choices.len();
    let most = |target: usize| best_net(&packing.choices[target], prices).map_or(0.0, |(_, net)| net);
    let mut order: Vec<usize> = (0..targets).collect();
    order.sort_by(|&a, &b| most(b).total_cmp(&most(a)).then(a.cmp(&b)));
    // Upper bound after prices for all targets from each one on.
    let mut rest = vec![0.0; targets + 1];
    for at in (0..targets).rev() {
        rest[at] = rest[at + 1] + most(order[at]);
    }
    let choices: Vec<Vec<usize>> =
        order.iter().map(|&target| promising(&packing.choices[target], prices)).collect();
    let mut left = packing.stocks.clone();
    let mut earned: f64 = left.iter().zip(prices).map(|(&stock, price)| f64::from(stock) * price).sum();
    let mut value = 0_i64;
    // For each target on the branch the number of choices tried; the choice after the last is not to be served.
    let mut tried: Vec<usize> = vec![0];
    let mut taken: Vec<Option<usize>> = Vec::with_capacity(targets);
    for _ in 0..budget {
        let depth = tried.len() - 1;
        if taken.len() > depth {
            // Backtrack: what was taken is returned.
            if let Some(choice) = taken.pop().flatten() {
                let choice = &packing.choices[order[depth]][choice];
                for &stock in &choice.takes {
                    left[stock] += 1;
                }
                value -= choice.value;
                earned += price(choice, prices);
            }
        }
        let hopeless = value as f64 + earned + rest[depth] <= best.value as f64 + SLACK;
        let is_leaf = depth == targets;
        if is_leaf && value > best.value {
            best.value = value;
            best.chosen = vec![None; targets];
            for (&target, &choice) in order.iter().zip(&taken) {
                best.chosen[target] = choice;
            }
        }
        if is_leaf || hopeless || tried[depth] > choices[depth].len() {
            tried.pop();
            if tried.is_empty() {
                return true;
            }
            continue;
        }
        let choice = choices[depth].get(tried[depth]).copied();
        tried[depth] += 1;
        if let Some(at) = choice {
            let choice = &packing.choices[order[depth]][at];
            if choice.takes.iter().any(|&stock| left[stock] == 0) {
                continue;
            }
            for &stock in &choice.takes {
                left[stock] -= 1;
            }
            value += choice.value;
            earned -= price(choice, prices);
        }
        taken.push(choice);
        tried.push(0);
    }
    false
}

/// The options with a positive value, the most valuable after prices first.
fn promising(choices: &[Choice], prices: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..choices.len()).filter(|&at| choices[at].value > 0).collect();
    order.sort_by(|&a, &b| net(&choices[b], prices).total_cmp(&net(&choices[a], prices)).then(a.cmp(&b)));
    order
}
