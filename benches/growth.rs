//! What a tie, or a question about one person, costs as a portfolio grows: against the smallest portfolio, S.
//!
//! A race of S against itself measures the noise.
#![allow(missing_docs, reason = "criterion makes the entry points")]
#![allow(clippy::expect_used, reason = "a bench that is wrong should fail loudly")]

mod common;
#[path = "common/race.rs"]
mod race;

use stakeholder_graph::introduction::Bounds;
use stakeholder_graph::{Network, PersonRecord, Settings, Share, View};

use common::Shape;

/// About how many people are asked for, one by one.
const ASKED: usize = 1000;

fn main() {
    let (shape, small) = (Shape::from_env(), Shape::S);
    let build = |records| Network::build(records).expect("the generator makes sound records");
    let ties = |shape| common::records(shape).ties.len();
    race::race_each(
        "a thousand ties: network from records, against the same in S",
        (ties(shape), || common::records(shape), build),
        (ties(small), || common::records(small), build),
    );
    let (network, small) = (build(common::records(shape)), build(common::records(small)));
    let (day, settings) = (common::AS_OF.parse().expect("a day"), Settings::default());
    let (view, small) = (network.view(day, &settings), small.view(day, &settings));
    let (bounds, units) = (Bounds::from(&settings), |view: &View<'_>| view.network().tie_count());
    let compare = |what: &str, units: &dyn Fn(&View<'_>) -> usize, run: &dyn Fn(&View<'_>) -> usize| {
        // What is found once and kept is not part of it.
        let _ = (run(&view), run(&small));
        let side = |view| (units(view), || (), move |()| run(view));
        race::race_each(what, side(&view), side(&small));
    };
    compare("a thousand ties: opinions on a new day, against the same in S", &units, &|view| {
        view.opinions().filter(|(.., opinion)| opinion.belief >= Share::ONE).count()
    });
    compare("a thousand ties: best chain of everybody, against the same in S", &units, &|view| {
        view.best_paths(Bounds::NONE).iter().take(1).count()
    });
    compare(
        "a thousand ties: best chain of everybody of at most 3 ties, against the same in S",
        &units,
        &|view| view.best_paths(bounds).iter().take(1).count(),
    );
    compare("a thousand ties: gaps of the whole portfolio, against the same in S", &units, &|view| {
        view.customers().map(|customer| customer.gaps().len()).sum()
    });
    let everybody = |view: &View<'_>| asked(view).count();
    compare(
        "a thousand questions: best chain of one of at most 3 ties, against the same in S",
        &everybody,
        &|view| {
            let question = |id| view.introductions(id).expect("a stakeholder");
            asked(view).filter(|&id| question(id).path().is_some()).count()
        },
    );
    compare("a thousand questions: a customer's record by id, against the same in S", &everybody, &|view| {
        asked(view).filter_map(|id| view.network().person(id)?.customer_id()).count()
    });
}

/// The ids of some people outside, evenly over the portfolio.
fn asked<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v str> {
    let outside = view.network().people().iter().skip(view.network().staff().len());
    let step = (outside.len() / ASKED).max(1);
    outside.step_by(step).take(ASKED).map(PersonRecord::id)
}
