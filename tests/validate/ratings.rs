//! What will one person think of another? Signed ratings, in order of time, and graded ones, each left out in
//! turn.

use std::path::Path;

use stakeholder_graph::record::TieKind;
use stakeholder_graph::{Day, Settings};

use crate::baselines::Ratings;
use crate::data::{Failure, Rating, ratings};
use crate::network::of_ratings;
use crate::stats::{Case, Measure, Random, auc, exact, mae, plain, rmse, with_interval};
use crate::table::Row;

/// The day of the view; nothing here is dated, so any will do.
fn any_day() -> Result<Day, Failure> {
    Ok(Day::from_ymd(2026, 1, 1)?)
}

fn case(forecast: f64, outcome: f64, cluster: u32) -> Case {
    Case { forecast, outcome, cluster }
}

/// `bitcoin_otc`: the last fifth forecast from the first four fifths.
pub(crate) fn signed(folder: &Path, _quick: bool) -> Result<Vec<Row>, Failure> {
    let all = ratings(folder)?;
    let (before, after) = all.split_at(all.len() * 4 / 5);
    let network = of_ratings(before, &all, |value| (value + 10.0) / 20.0)?;
    let view = network.view(any_day()?, &Settings::default());
    let expectations = view.expectations();
    let scaled: Vec<Rating> = before.iter().map(|it| Rating { value: it.value / 10.0, ..*it }).collect();
    let plain_paths = Ratings::of(&scaled);
    let product = plain_paths.fairness_goodness();
    let mut ours = Vec::new();
    let mut ways: [Vec<Case>; 3] = Default::default();
    for it in after {
        let expectation = expectations.of(&it.from.to_string(), &it.to.to_string())?;
        let forecast = expectation.projected.get() * 2.0 - 1.0;
        let outcome = it.value / 10.0;
        ours.push(case(forecast, outcome, it.to));
        let forecasts = [plain_paths.mean, plain_paths.in_mean(it.to, it.from), product(it.from, it.to)];
        for (way, forecast) in ways.iter_mut().zip(forecasts) {
            way.push(case(forecast, outcome, it.to));
        }
    }
    let sign = |cases: &[Case]| -> Vec<Case> {
        cases.iter().map(|it| Case { outcome: f64::from(u8::from(it.outcome > 0.0)), ..*it }).collect()
    };
    let names = ["global mean", "in-mean", "fairness-goodness"];
    let beside = |of: Measure, signs: bool| -> Vec<(&'static str, f64)> {
        let measured = |way: &Vec<Case>| if signs { plain(&sign(way), of) } else { plain(way, of) };
        names.into_iter().zip(ways.iter().map(measured)).collect()
    };
    let row = |measure, figure, less_is_better, target, beside| Row {
        question: "how will they rate them, last fifth in time",
        data: "bitcoin_otc",
        ours: "expectation".into(),
        measure,
        n: ours.len(),
        figure,
        less_is_better,
        target,
        beside,
    };
    Ok(vec![
        row("RMSE", with_interval(&ours, rmse), true, Some(0.3749), beside(rmse, false)),
        row("sign AUC", with_interval(&sign(&ours), auc), false, None, beside(auc, true)),
    ])
}

/// `advogato`: each rating of a sample forecast by a network that has all but this one.
pub(crate) fn graded(folder: &Path, quick: bool) -> Result<Vec<Row>, Failure> {
    const LEVELS: [f64; 3] = [0.6, 0.8, 1.0];
    let all: Vec<Rating> = ratings(folder)?.into_iter().filter(|it| it.from != it.to).collect();
    let sample = Random(1).sample(&all, if quick { 500 } else { 3000 });
    let mut network = of_ratings(&all, &all, |value| value)?;
    let plain_paths = Ratings::of(&all);
    let level = |forecast: f64| {
        let off = |level: f64| (level - forecast).abs();
        LEVELS.into_iter().min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(1.0)
    };
    let (day, settings) = (any_day()?, Settings::default());
    let mut ways: [Vec<Case>; 4] = Default::default();
    for it in &sample {
        let (from, to) = (it.from.to_string(), it.to.to_string());
        let undo = network.remove_tie(TieKind::Trust, &from, &to)?;
        let ours = network.view(day, &settings).expected_trust(&from, &to)?.projected.get();
        network.undo(undo);
        let forecasts = [
            ours,
            plain_paths.mean,
            plain_paths.in_mean(it.to, it.from),
            plain_paths.mole_trust(it.from, it.to),
        ];
        for (way, forecast) in ways.iter_mut().zip(forecasts) {
            way.push(case(level(forecast), it.value, it.to));
        }
    }
    let [ours, beside @ ..] = &ways;
    let names = ["global mean", "in-mean", "MoleTrust-2"];
    let row = |measure, of: Measure, less_is_better, target| Row {
        question: "which level will they certify, one left out",
        data: "advogato",
        ours: "expectation, nearest level".into(),
        measure,
        n: ours.len(),
        figure: with_interval(ours, of),
        less_is_better,
        target,
        beside: names.into_iter().zip(beside.iter().map(|way| plain(way, of))).collect(),
    };
    Ok(vec![row("exact level", exact, false, Some(0.752)), row("MAE", mae, true, None)])
}
