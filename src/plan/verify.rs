//! What to find out next: what is not on record and could change a recommendation.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::network::{MemberIx, PersonIx};
use crate::power::is_unknown;
use crate::settings::Levels;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::{CustomerRef, PersonRef, Threads, View};

/// Something worth finding out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verify {
    /// The customer.
    pub customer: CustomerRef,
    /// What is not on record, and what it could change.
    #[serde(flatten)]
    pub what: Unknown,
    /// Customer's weight × the power at stake × how much the answer could change it.
    pub stake: f64,
}

/// What is not on record, and what it could change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "unknown")]
#[non_exhaustive]
pub enum Unknown {
    /// How far a key player trusts a colleague: from this belief on, we reach them already.
    #[non_exhaustive]
    MaybeReached {
        /// The key player.
        who: PersonRef,
        /// The colleague.
        trusts: PersonRef,
        /// The opinion on record.
        opinion: Opinion,
        /// The entry threshold, within the interval: from this belief on we reach them.
        from: Share,
    },
    /// How far a person trusts another on the path to a key player: from this belief on, another path is the best.
    #[non_exhaustive]
    MaybeBetterWay {
        /// The person to be reached.
        target: PersonRef,
        /// Who trusts.
        who: PersonRef,
        /// Who is trusted.
        trusts: PersonRef,
        /// The opinion on record.
        opinion: Opinion,
        /// The entry threshold, within the interval: from this belief on the path through here is the best.
        from: Share,
        /// Proven strength of the best path today.
        best: Share,
        /// Proven strength of the alternative path today.
        today: Share,
    },
    /// How far a key player without a warm path trusts a person: from this belief on, there is one.
    #[non_exhaustive]
    MaybeOpens {
        /// The key player.
        who: PersonRef,
        /// The person they may trust.
        trusts: PersonRef,
        /// The opinion on record.
        opinion: Opinion,
        /// The entry threshold, within the interval.
        from: Share,
    },
    /// A person's power cannot be determined: from this share on, they are a key player no one reaches.
    #[non_exhaustive]
    MaybeKeyPlayer {
        /// The person.
        who: PersonRef,
        /// From this share of power on.
        from: Share,
    },
}

/// How many alternative paths to a person are examined.
const WAYS: usize = 4;

impl View<'_> {
    /// What to find out next, `count` items at most, the most important first: ties and attributes whose
    /// uncertainty contains the threshold from which a recommendation would change.
    ///
    /// A tie's belief lies between what is proven and the upper bound; only what lies in between can be found out.
    /// Costs one pass over every customer and a few short searches per key player who is not reached.
    pub fn verify_next(&self, count: usize) -> Vec<Verify> {
        self.verify_next_on(Threads::One, count)
    }

    pub(crate) fn verify_next_on(&self, threads: Threads, count: usize) -> Vec<Verify> {
        let found = self.of_each_customer(threads, |customer| unknowns(&Situation::of(customer)));
        let mut all: Vec<Verify> = found.into_iter().flatten().collect();
        all.sort_by(Verify::order);
        all.truncate(count);
        all
    }
}

impl Verify {
    /// By stake, then by customer; equals keep the order of the people.
    fn order(a: &Self, b: &Self) -> Ordering {
        b.stake.total_cmp(&a.stake).then_with(|| a.customer.cmp(&b.customer))
    }
}

fn unknowns(situation: &Situation<'_>) -> Vec<Verify> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let customer = CustomerRef::of(situation.customer());
    let mut all = Vec::new();
    let mut add = |what: Unknown, at_stake: f64| {
        all.push(Verify { customer: customer.clone(), what, stake: situation.weight() * at_stake });
    };
    let levels = &view.settings().levels;
    let reached = levels.reached;
    for member in power_table.members() {
        let (power, missing) =
            (power_table.power(member).get(), coverage_table.reach(member).complement().get());
        if coverage_table.is_reached(member) {
            continue;
        }
        if !power_table.is_key(member) {
            let record = view.network().person_at(power_table.person(member));
            if is_unknown(record) {
                let from = power_table.key_player_from();
                add(Unknown::MaybeKeyPlayer { who: situation.name(member), from }, from.get() * missing);
            }
            continue;
        }
        for tie in
            coverage_table.staff_ties(member).iter().filter(|tie| is_between(&tie.opinion, reached, levels))
        {
            let what = Unknown::MaybeReached {
                who: situation.name(member),
                trusts: view.name(tie.colleague),
                opinion: tie.opinion,
                from: reached,
            };
            add(what, power * (tie.opinion.at_most().get() - tie.opinion.belief.get()));
        }
        for (what, swing) in ways(situation, member) {
            add(what, power * swing);
        }
    }
    all
}

/// Whether a threshold lies within what can still be found out of an opinion; of distrust enough is known.
fn is_between(opinion: &Opinion, from: Share, levels: &Levels) -> bool {
    opinion.belief < from && from <= opinion.at_most() && !opinion.is_distrust(levels)
}

/// Ties on alternative paths to a key player that could make one of them the best; where there is no path, the tie
/// that could already be one. Each with how much stronger it could be.
fn ways(situation: &Situation<'_>, member: MemberIx) -> Vec<(Unknown, f64)> {
    let view = situation.view();
    let target: PersonIx = situation.power_table().person(member);
    let question = view.introductions_to(target);
    let paths = question.best(WAYS);
    let Some((best, others)) = paths.split_first() else {
        let warm = view.settings().levels.warm;
        let opening = view.introductions_to(target).floor(warm).nearest().opening;
        let opening = opening.filter(|it| is_between(&it.today, it.needed, &view.settings().levels));
        return opening
            .map(|it| {
                let swing = it.today.at_most().get() - it.today.belief.get();
                (
                    Unknown::MaybeOpens {
                        who: it.who,
                        trusts: it.trusts,
                        opinion: it.today,
                        from: it.needed,
                    },
                    swing * warm.get(),
                )
            })
            .into_iter()
            .collect();
    };
    let mut found = Vec::new();
    for path in others {
        for hop in &path.hops {
            let belief = hop.opinion.belief.get();
            // A hop shared with the best path would make both stronger.
            let shared = best.hops.iter().any(|it| it.asked == hop.asked && it.asker == hop.asker);
            if belief <= 0.0 || shared {
                continue;
            }
            // The other ties of the path keep their strength.
            let rest = path.proven.get() / belief;
            let from = Share::clamped(best.proven.get() / rest);
            if rest * hop.opinion.at_most().get() > best.proven.get()
                && is_between(&hop.opinion, from, &view.settings().levels)
            {
                let what = Unknown::MaybeBetterWay {
                    target: situation.name(member),
                    who: hop.asked.clone(),
                    trusts: hop.asker.clone(),
                    opinion: hop.opinion,
                    from,
                    best: best.proven,
                    today: path.proven,
                };
                found.push((what, rest * hop.opinion.at_most().get() - best.proven.get()));
            }
        }
    }
    found
}
