//! Which ties are worth building next?

use std::collections::BinaryHeap;

use ordered_float::OrderedFloat;
use serde::{Deserialize, Serialize};

use crate::evidence::Prior;
use crate::gap::Situation;
use crate::network::{CustomerIx, PersonIx};
use crate::path::FoundPath;
use crate::share::Share;
use crate::view::{CustomerRef, PersonRef, Threads, View};

/// A tie worth building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SuggestedTie {
    /// The customer.
    pub customer: CustomerRef,
    /// The person at the customer who would come to trust.
    pub who: PersonRef,
    /// The colleague to be trusted.
    pub trusts: PersonRef,
    /// Belief today.
    pub today: Share,
    /// Target belief: level reached.
    pub level: Share,
    /// Evidence needed, in pieces: a meeting that was held counts one or two, depending on the settings.
    pub effort: f64,
    /// Customer's weight × coverage gained, once the ties before it in the list are built.
    pub gain: f64,
}

/// A tie that could be built.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    colleague: PersonIx,
    today: f64,
    effort: f64,
    /// Factor by which the tie, once built, reduces the person's unreached part Π(1 − b): (1 − level)/(1 − today).
    left: f64,
    /// Whether the best path to the person begins with them.
    best_placed: bool,
}

/// One person at a customer, and the ties that could still be built.
#[derive(Debug)]
struct Member {
    customer: CustomerIx,
    person: PersonIx,
    /// Customer's weight × power × (1 − reach): the part not reached by any of our staff.
    disbelief: f64,
    /// The best gain per effort last.
    candidates: Vec<Candidate>,
}

impl Member {
    /// Gain per effort of the best remaining tie, and its gain.
    fn best(&self) -> Option<(f64, f64)> {
        let candidate = self.candidates.last()?;
        let gain = self.disbelief * (1.0 - candidate.left);
        (gain > 0.0).then_some((gain / candidate.effort, gain))
    }
}

/// How many colleagues are considered for each person: those with the best gain per effort.
const CANDIDATES: usize = 8;

impl View<'_> {
    /// The ties worth building next, `count` at most, over all customers: at each step the one that raises
    /// coverage most for the evidence it takes, given those before it.
    ///
    /// A person's reach 1 − Π(1 − b) gains less from every further tie, so this greedy method, which updates only
    /// the person whose tie it took (lazily: Leskovec and others, KDD 2007), is near-optimal: for the total effort
    /// of the list, no other ties gain more than 1/(1 − 1/e) = 1.58 times as much (Wolsey, Mathematics of
    /// Operations Research 7, 1982). Candidates are the colleagues the person has an opinion of, those at the end
    /// of their best path, and the account team: the eight with the best gain per effort.
    ///
    /// Costs one pass over every customer and O(log people) per tie.
    pub fn suggested_ties(&self, count: usize) -> Vec<SuggestedTie> {
        self.suggested_ties_on(Threads::One, count)
    }

    pub(crate) fn suggested_ties_on(&self, threads: Threads, count: usize) -> Vec<SuggestedTie> {
        let members = self.of_each_customer(threads, |customer| members(&Situation::of(customer)));
        let mut members: Vec<Member> = members.into_iter().flatten().collect();
        let entry = |at: usize, member: &Member| {
            member.best().map(|(ratio, _)| (OrderedFloat(ratio), std::cmp::Reverse(at)))
        };
        let mut heap: BinaryHeap<_> =
            members.iter().enumerate().filter_map(|(at, member)| entry(at, member)).collect();
        let mut worth = Vec::new();
        while worth.len() < count
            && let Some((_, std::cmp::Reverse(at))) = heap.pop()
        {
            let Some(member) = members.get_mut(at) else { continue };
            let Some(((_, gain), candidate)) = member.best().zip(member.candidates.pop()) else { continue };
            member.disbelief *= candidate.left;
            worth.push(SuggestedTie {
                customer: CustomerRef::of(&self.customer_at(member.customer)),
                who: self.name(member.person),
                trusts: self.name(candidate.colleague),
                today: Share::clamped(candidate.today),
                level: self.settings().levels.reached,
                effort: candidate.effort,
                gain,
            });
            heap.extend(entry(at, member));
        }
        worth
    }
}

fn members(situation: &Situation<'_>) -> Vec<Member> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let level = view.settings().levels.reached.get().min(0.99);
    let mut all = Vec::new();
    for member in power_table.members() {
        let person = power_table.person(member);
        let mut colleagues: Vec<PersonIx> =
            coverage_table.staff_ties(member).iter().map(|tie| tie.colleague).collect();
        let placed = coverage_table.path(member, view).and_then(FoundPath::end);
        colleagues.extend(placed);
        colleagues.extend_from_slice(coverage_table.account_team());
        colleagues.sort_unstable();
        colleagues.dedup();
        let apart = |one: &PersonIx| view.network().ties().are_apart(person, *one, view.day());
        let mut candidates: Vec<Candidate> = colleagues
            .into_iter()
            .filter(|one| !apart(one) && view.is_present(*one))
            .filter_map(|one| candidate(view, person, one, level))
            .map(|it| Candidate { best_placed: Some(it.colleague) == placed, ..it })
            .collect();
        // By gain per effort of a tie that is built first; the order stays the same after others. Among equals the
        // best-placed colleague first. Equal ones differ by rounding only, so a billionth is no difference.
        let ratio = |it: &Candidate| OrderedFloat(((1.0 - it.left) / it.effort * 1e9).round());
        candidates.sort_by(|a, b| {
            (ratio(a), a.best_placed)
                .cmp(&(ratio(b), b.best_placed))
                .then_with(|| b.colleague.cmp(&a.colleague))
        });
        let surplus = candidates.len().saturating_sub(CANDIDATES);
        candidates.drain(..surplus);
        let disbelief = situation.weight()
            * power_table.power(member).get()
            * coverage_table.reach(member).complement().get();
        if disbelief > 0.0 && !candidates.is_empty() {
            all.push(Member { customer: situation.customer().at(), person, disbelief, candidates });
        }
    }
    all
}

/// The tie that a person could build with a colleague; none where it exists already.
fn candidate(view: &View<'_>, person: PersonIx, colleague: PersonIx, level: f64) -> Option<Candidate> {
    let opinion = view.opinion_between(person, colleague);
    let today = opinion.belief.get();
    let (supporting, against) = (opinion.evidence.supporting, opinion.evidence.against);
    let effort = Prior::of(&view.settings().evidence).needed(level, against) - supporting;
    let left = (1.0 - level) / (1.0 - today);
    (today < level && effort > 0.0).then_some(Candidate {
        colleague,
        today,
        effort,
        left,
        best_placed: false,
    })
}
