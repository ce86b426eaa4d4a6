//! Where we stand with each person of a customer, as columns: what detectors and checkups compute with.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use super::{Coverage, FirstCall, State};
use crate::network::{PersonIx, TieIx};
use crate::power::Standing;
use crate::record::Side;
use crate::route::{Quest, Route, best};
use crate::settings::Levels;
use crate::share::Share;
use crate::trust::Opinion;
use crate::view::{CustomerView, View};

/// What somebody at a customer thinks of one of ours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ToUs {
    pub(crate) colleague: PersonIx,
    pub(crate) tie: TieIx,
    pub(crate) opinion: Opinion,
}

/// Power, and where we stand with everybody who has it.
#[derive(Debug)]
pub(crate) struct Footing {
    standing: Standing,
    levels: Levels,
    /// Opinions of ours, back to back: member m's are `to_us[start[m]..start[m + 1]]`, in order of position.
    start: Vec<usize>,
    to_us: Vec<ToUs>,
    reach: Vec<f64>,
    at_most: Vec<f64>,
    /// The best chain to ours of those who are not reached, down to the floor of introductions or level warm.
    routes: Vec<Option<Route>>,
    /// Our people of whom somebody there has an opinion; sorted.
    colleagues: Vec<PersonIx>,
    /// The owner, and ours with a live tie; sorted.
    account_team: Vec<PersonIx>,
    coverage: Coverage,
}

/// What would be left without one of ours.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Without {
    pub(crate) coverage: Share,
    /// Key players reached now and not then.
    pub(crate) stranded: Vec<PersonIx>,
}

impl Footing {
    pub(crate) fn of(customer: &CustomerView<'_>) -> Self {
        let view = customer.view();
        let standing = Standing::on(customer, view.day());
        let levels = view.settings().levels.clone();
        let (mut start, mut to_us) = (vec![0], Vec::new());
        for member in standing.members() {
            to_us.extend(opinions_of_us(standing.person(member), view));
            start.push(to_us.len());
        }
        let column = |most: fn(&Opinion) -> Share| -> Vec<f64> {
            standing
                .members()
                .map(|m| chance(to_us[start[m]..start[m + 1]].iter().map(|t| most(&t.opinion))))
                .collect()
        };
        let reach = column(|opinion| opinion.belief);
        let at_most = column(Opinion::at_most);
        let sum = |of: &[f64]| {
            let parts = standing.members().map(|m| standing.power(m).get() * of[m]);
            Share::clamped(parts.fold(0.0, |sum, part| sum + part))
        };
        let coverage = Coverage { proven: sum(&reach), at_most: sum(&at_most) };
        let mut colleagues: Vec<PersonIx> = to_us.iter().map(|tie| tie.colleague).collect();
        colleagues.sort_unstable();
        colleagues.dedup();
        let live = to_us.iter().filter(|tie| tie.opinion.belief >= levels.live);
        let mut account_team: Vec<PersonIx> = live.map(|tie| tie.colleague).chain(customer.owner()).collect();
        account_team.sort_unstable();
        account_team.dedup();
        let mut footing = Self {
            standing,
            levels,
            start,
            to_us,
            reach,
            at_most,
            routes: Vec::new(),
            colleagues,
            account_team,
            coverage,
        };
        footing.routes = footing.standing.members().map(|member| footing.find_route(member, view)).collect();
        footing
    }

    fn find_route(&self, member: usize, view: &View<'_>) -> Option<Route> {
        if self.is_reached(member) {
            return None;
        }
        let quest = Quest::to(self.standing.person(member), view);
        let floor = quest.floor.min(self.levels.warm.get());
        best(view, &Quest { floor, ..quest }).route
    }

    pub(crate) fn standing(&self) -> &Standing {
        &self.standing
    }

    pub(crate) fn to_us(&self, member: usize) -> &[ToUs] {
        &self.to_us[self.start[member]..self.start[member + 1]]
    }

    /// The one of ours whom somebody trusts most; of equals the first.
    pub(crate) fn most_trusted(&self, member: usize) -> Option<&ToUs> {
        let trusted = self.to_us(member).iter().filter(|tie| tie.opinion.belief > Share::ZERO);
        trusted.rev().max_by_key(|tie| tie.opinion.belief)
    }

    pub(crate) fn reach(&self, member: usize) -> Share {
        Share::clamped(self.reach[member])
    }

    pub(crate) fn at_most(&self, member: usize) -> Share {
        Share::clamped(self.at_most[member])
    }

    pub(crate) fn is_reached(&self, member: usize) -> bool {
        self.to_us(member).iter().any(|tie| tie.opinion.belief >= self.levels.reached)
    }

    pub(crate) fn is_live(&self, member: usize) -> bool {
        self.to_us(member).iter().any(|tie| tie.opinion.belief >= self.levels.live)
    }

    /// They distrust some of ours and trust none.
    pub(crate) fn is_hostile(&self, member: usize) -> bool {
        let ties = self.to_us(member);
        ties.iter().any(|tie| tie.opinion.is_distrust())
            && !ties.iter().any(|tie| tie.opinion.belief >= self.levels.live && !tie.opinion.is_distrust())
    }

    pub(crate) fn state(&self, member: usize) -> State {
        if self.is_reached(member) {
            State::Reached
        } else if self.routes[member].as_ref().is_some_and(|it| it.proven >= self.levels.warm.get()) {
            State::Warm
        } else {
            State::Cold
        }
    }

    /// The best chain to ours of somebody who is not reached.
    pub(crate) fn route(&self, member: usize) -> Option<&Route> {
        self.routes[member].as_ref()
    }

    pub(crate) fn coverage(&self) -> Coverage {
        self.coverage
    }

    pub(crate) fn colleagues(&self) -> &[PersonIx] {
        &self.colleagues
    }

    pub(crate) fn account_team(&self) -> &[PersonIx] {
        &self.account_team
    }

    /// How many there trust one of ours at level live.
    pub(crate) fn live_ties_of(&self, colleague: PersonIx) -> usize {
        let live = |tie: &&ToUs| tie.colleague == colleague && tie.opinion.belief >= self.levels.live;
        self.to_us.iter().filter(live).count()
    }

    /// What would be left if one of ours were gone.
    pub(crate) fn without(&self, colleague: PersonIx) -> Without {
        let mut coverage = 0.0;
        let mut stranded = Vec::new();
        for member in self.standing.members() {
            let others = || self.to_us(member).iter().filter(|tie| tie.colleague != colleague);
            let reach = if others().count() == self.to_us(member).len() {
                self.reach[member]
            } else {
                let still = others().any(|tie| tie.opinion.belief >= self.levels.reached);
                if self.standing.is_key(member) && self.is_reached(member) && !still {
                    stranded.push(self.standing.person(member));
                }
                chance(others().map(|tie| tie.opinion.belief))
            };
            coverage += self.standing.power(member).get() * reach;
        }
        Without { coverage: Share::clamped(coverage), stranded }
    }

    /// Whom somebody would call first.
    pub(crate) fn first_call(&self, member: usize, view: &View<'_>) -> FirstCall {
        let live = self.levels.live;
        let ours = self.most_trusted(member).filter(|tie| tie.opinion.belief >= live);
        let rival =
            rival_of(self.standing.person(member), view).filter(|(_, opinion)| opinion.belief >= live);
        match (ours, rival) {
            (Some(ours), Some((rival, opinion))) if opinion.belief > ours.opinion.belief => {
                FirstCall::Rival { person: view.name(rival) }
            }
            (Some(ours), _) => FirstCall::Ours { person: view.name(ours.colleague) },
            (None, Some((rival, _))) => FirstCall::Rival { person: view.name(rival) },
            (None, None) => FirstCall::Nobody,
        }
    }
}

/// The rival's person whom somebody trusts most.
pub(crate) fn rival_of(person: PersonIx, view: &View<'_>) -> Option<(PersonIx, Opinion)> {
    let ties = view.network().ties();
    let rivals = ties.of(person).filter(|&tie| {
        let other = ties.trusted(tie);
        view.network().person_at(other).side == Side::Competitor && view.is_present(other)
    });
    rivals
        .map(|tie| (ties.trusted(tie), view.opinion(tie)))
        .filter(|(_, opinion)| opinion.belief > Share::ZERO)
        .rev()
        .max_by_key(|(_, opinion)| opinion.belief)
}

/// What somebody thinks of each of ours who is with us on the day. Our staff stand first, so their ties do too.
fn opinions_of_us<'v>(person: PersonIx, view: &'v View<'_>) -> impl Iterator<Item = ToUs> + 'v {
    let ties = view.network().ties();
    ties.of(person)
        .map(move |tie| (tie, ties.trusted(tie)))
        .take_while(|&(_, colleague)| view.network().is_staff(colleague))
        .filter(|&(_, colleague)| view.is_present(colleague))
        .map(|(tie, colleague)| ToUs { colleague, tie, opinion: view.opinion(tie) })
        // Of somebody whom nothing is known of yet on the day, they have no opinion.
        .filter(|tie| !tie.opinion.evidence.is_none())
}

/// The chance that at least one of several holds: 1 − Π(1 − p).
fn chance(shares: impl Iterator<Item = Share>) -> f64 {
    1.0 - shares.fold(1.0, |none, share| none * (1.0 - share.get()))
}
