//! Who answers whom? Mail of one firm, each day forecast from what was known before it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stakeholder_graph::calibrate::Calibration;
use stakeholder_graph::{Settings, Share, View};

use crate::baselines::Tally;
use crate::data::{Failure, Mail, mails};
use crate::network::{Asked, WINDOW, of_mails, with_one_of_ours};
use crate::stats::{Case, Measure, auc, brier, difference, ece, plain, with_interval};
use crate::table::Row;

const DATA: &str = "radoslaw_manufacturing";
/// From here on, weights fitted on the days before are measured, and first mails are included.
const SPLIT_DAYS: i32 = 120;
/// The settings are fitted again at this interval, on what happened until then.
const REFIT_DAYS: i32 = 30;

/// The mails of a pair on one day are one question: will there be an answer within 7 days of the first?
#[derive(Debug, Clone, Copy)]
struct Question {
    day: i32,
    from: u32,
    to: u32,
    answered: bool,
    /// Neither had written to the other before.
    first: bool,
}

/// The forecasts of each method for one question.
struct Forecasts {
    known: bool,
    late: bool,
    outcome: f64,
    cluster: u32,
    by: BTreeMap<&'static str, f64>,
}

pub(crate) fn rows(folder: &Path, quick: bool) -> Result<Vec<Row>, Failure> {
    let asked = with_answers(&mails(folder)?);
    let Some(first) = asked.first().map(|it| it.mail) else { return Ok(Vec::new()) };
    let questions = questions(&asked);
    let mut accounts: Vec<u32> = asked.iter().flat_map(|it| [it.mail.from, it.mail.to]).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut forecasts = Vec::new();
    let mut tallies = Tallies::default();
    let mut fitted: Option<Calibration> = None;
    for days in questions.chunk_by(|a, b| a.day == b.day) {
        let Some(day) = days.first().map(|it| it.day) else { continue };
        tallies.until(&asked, i64::from(day) * 86_400);
        let on = first.at.day().plus_days(day - first.day);
        if quick && day % 5 != 0 || day == first.day {
            continue;
        }
        let network = of_mails(&asked, &accounts, on, i64::from(day) * 86_400)?;
        let view = network.view(on, &Settings::default());
        let late = day - first.day >= SPLIT_DAYS;
        if late && (fitted.is_none() || (day - first.day) % REFIT_DAYS == 0) {
            fitted = Some(network.calibrate(&Settings::default())?);
        }
        let fitted_view = fitted.as_ref().map(|fitted| network.view(on, &fitted.settings));
        for question in days {
            if let Some(by) = forecast(&view, fitted_view.as_ref(), question, &tallies)? {
                let known = !question.first;
                let (outcome, cluster) =
                    (f64::from(u8::from(question.answered)), question.from * 1000 + question.to);
                forecasts.push(Forecasts { known, late, outcome, cluster, by });
            }
        }
    }
    Ok(table(&forecasts))
}

fn with_answers(mails: &[Mail]) -> Vec<Asked> {
    let mut written: BTreeMap<(u32, u32), Vec<i64>> = BTreeMap::new();
    for mail in mails {
        written.entry((mail.from, mail.to)).or_default().push(mail.second);
    }
    let back = |mail: &Mail| {
        let theirs = written.get(&(mail.to, mail.from))?;
        let next = theirs.get(theirs.partition_point(|&second| second <= mail.second))?;
        (*next <= mail.second + WINDOW).then_some(*next)
    };
    mails.iter().map(|mail| Asked { mail: *mail, answered_at: back(mail) }).collect()
}

/// Every question whose window ends before the data do.
fn questions(asked: &[Asked]) -> Vec<Question> {
    let end = asked.last().map_or(0, |it| it.mail.second);
    let (mut seen, mut written) = (BTreeSet::new(), BTreeSet::new());
    let mut questions = Vec::new();
    for Asked { mail, answered_at } in asked {
        let Mail { from, to, day, .. } = *mail;
        let first = !written.contains(&(from.min(to), from.max(to)));
        written.insert((from.min(to), from.max(to)));
        if seen.insert((day, from, to)) && mail.second + WINDOW <= end {
            questions.push(Question { day, from, to, answered: answered_at.is_some(), first });
        }
    }
    questions
}

/// The plain counts up to a day.
#[derive(Default)]
struct Tallies {
    next: usize,
    open: Vec<Asked>,
    of_pair: BTreeMap<(u32, u32), Tally>,
    of_asker: BTreeMap<u32, Tally>,
    of_asked: BTreeMap<u32, Tally>,
    /// The last day on which one wrote to another.
    last: BTreeMap<(u32, u32), i32>,
    peers: BTreeMap<u32, BTreeSet<u32>>,
}

impl Tallies {
    fn until(&mut self, asked: &[Asked], second: i64) {
        while let Some(it) = asked.get(self.next).filter(|it| it.mail.second < second) {
            let Mail { from, to, day, .. } = it.mail;
            self.open.push(*it);
            self.last.insert((from, to), day);
            self.peers.entry(from).or_default().insert(to);
            self.peers.entry(to).or_default().insert(from);
            self.next += 1;
        }
        let closed = |it: &Asked| it.answered_at.unwrap_or(it.mail.second + WINDOW) < second;
        for it in self.open.iter().filter(|it| closed(it)) {
            let day = i32::try_from(it.answered_at.unwrap_or(it.mail.second + WINDOW) / 86_400).unwrap_or(0);
            let (from, to) = (it.mail.from, it.mail.to);
            self.of_pair.entry((from, to)).or_default().add(it.answered_at.is_some(), day);
            self.of_asker.entry(from).or_default().add(it.answered_at.is_some(), day);
            self.of_asked.entry(to).or_default().add(it.answered_at.is_some(), day);
        }
        self.open.retain(|it| !closed(it));
    }

    fn common(&self, a: u32, b: u32) -> f64 {
        let none = BTreeSet::new();
        let (a, b) = (self.peers.get(&a).unwrap_or(&none), self.peers.get(&b).unwrap_or(&none));
        a.intersection(b).count() as f64
    }
}

/// The forecasts of each method; none where the question is neither about a known pair nor about a late first
/// mail.
fn forecast(
    view: &View<'_>,
    fitted: Option<&View<'_>>,
    question: &Question,
    tallies: &Tallies,
) -> Result<Option<BTreeMap<&'static str, f64>>, Failure> {
    let Question { day, from, to, first, .. } = *question;
    let (sender, reader) = (from.to_string(), to.to_string());
    let mut by = BTreeMap::new();
    by.insert("in-mean", tallies.of_asker.get(&from).copied().unwrap_or_default().rate());
    by.insert("common contacts", tallies.common(from, to));
    if !first {
        let trust = view.trust(&reader, &sender)?;
        if trust.basis.is_none() {
            return Ok(None);
        }
        by.insert("projected trust", trust.opinion.projected.get());
        if let Some(fitted) = fitted {
            by.insert("fitted", fitted.trust(&reader, &sender)?.opinion.projected.get());
        }
        by.insert("reversed", view.trust(&sender, &reader)?.opinion.projected.get());
        let tally = tallies.of_pair.get(&(from, to)).copied().unwrap_or_default();
        by.insert("raw rate", tally.rate());
        by.insert("decayed beta", tally.decayed_beta(day));
        by.insert("recency", f64::from(tallies.last.get(&(to, from)).copied().unwrap_or(0)));
        return Ok(Some(by));
    }
    let Some(fitted) = fitted else { return Ok(None) };
    by.insert("how often they answer", tallies.of_asked.get(&to).copied().unwrap_or_default().rate());
    by.insert("path", path(view, &sender, &reader)?);
    by.insert("path reversed", path(view, &reader, &sender)?);
    by.insert("expectation", view.expected_trust(&reader, &sender)?.projected.get());
    by.insert("expectation reversed", view.expected_trust(&sender, &reader)?.projected.get());
    by.insert("fitted expectation", fitted.expected_trust(&reader, &sender)?.projected.get());
    by.insert("fitted expectation reversed", fitted.expected_trust(&sender, &reader)?.projected.get());
    Ok(Some(by))
}

/// The proven strength of the best path from one to the other, 0 where there is none.
fn path(view: &View<'_>, requester: &str, target: &str) -> Result<f64, Failure> {
    let network = with_one_of_ours(view, requester)?;
    let view = network.view(view.day(), view.settings());
    let path = view.introductions(target)?.asked_by(requester)?.floor(Share::ZERO).path();
    Ok(path.map_or(0.0, |path| path.proven().get()))
}

fn table(forecasts: &[Forecasts]) -> Vec<Row> {
    let cases = |way: &str, of: &dyn Fn(&Forecasts) -> bool| -> Vec<Case> {
        let case = |it: &Forecasts| {
            Some(Case { forecast: *it.by.get(way)?, outcome: it.outcome, cluster: it.cluster })
        };
        forecasts.iter().filter(|it| of(it)).filter_map(case).collect()
    };
    let mut rows = known_pairs(&cases);
    rows.extend(strangers(&cases));
    rows
}

/// The cases of one method, for the selected questions.
type Cases<'a> = &'a dyn Fn(&str, &dyn Fn(&Forecasts) -> bool) -> Vec<Case>;

fn known_pairs(cases: Cases<'_>) -> Vec<Row> {
    let known = |it: &Forecasts| it.known;
    let late = |it: &Forecasts| it.known && it.late;
    let mut rows = Vec::new();
    let measures: [(&'static str, Measure, f64); 3] =
        [("AUC", auc, 0.837), ("Brier", brier, 0.139), ("ECE", ece, 0.05)];
    for (ours, way, of) in [
        (
            "projected trust, default settings, all days",
            "projected trust",
            &known as &dyn Fn(&Forecasts) -> bool,
        ),
        ("projected trust, default settings, from day 120 on", "projected trust", &late),
        ("projected trust, settings fitted each month on the days before, from day 120 on", "fitted", &late),
    ] {
        let mine = cases(way, of);
        for (measure, score, target) in measures {
            let chances = ["raw rate", "decayed beta", "in-mean"];
            let ranks = ["recency", "common contacts", "reversed"];
            let ways = chances.iter().chain(ranks.iter().filter(|_| measure == "AUC"));
            rows.push(Row {
                question: "will they answer within 7 days, known pairs",
                data: DATA,
                ours: ours.into(),
                measure,
                n: mine.len(),
                figure: with_interval(&mine, score),
                less_is_better: measure != "AUC",
                target: Some(target),
                beside: ways.map(|way| (*way, plain(&cases(way, of), score))).collect(),
            });
        }
    }
    rows
}

fn strangers(cases: Cases<'_>) -> Vec<Row> {
    let first = |it: &Forecasts| !it.known && it.late;
    let mut rows = Vec::new();
    for (ours, way, reversed) in [
        ("best path, proven strength, default settings", "path", "path reversed"),
        ("expectation, default settings", "expectation", "expectation reversed"),
        ("expectation, fitted settings", "fitted expectation", "fitted expectation reversed"),
    ] {
        let (mine, turned) = (cases(way, &first), cases(reversed, &first));
        let ways = ["in-mean", "how often they answer", "common contacts"];
        let mut beside = vec![("reversed", plain(&turned, auc))];
        beside.extend(ways.iter().map(|way| (*way, plain(&cases(way, &first), auc))));
        let row = |measure, figure, target, beside| Row {
            question: "will a stranger answer the first mail",
            data: DATA,
            ours: ours.into(),
            measure,
            n: mine.len(),
            figure,
            less_is_better: false,
            target: Some(target),
            beside,
        };
        rows.push(row("AUC", with_interval(&mine, auc), 0.70, beside));
        rows.push(row("AUC over reversed", difference(&mine, &turned, auc), 0.08, Vec::new()));
    }
    rows
}
