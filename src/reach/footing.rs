//! Where we stand with each person of a customer, as columns: what detectors and checkups compute with.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use std::sync::OnceLock;

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

/// Where we stand with one member.
#[derive(Debug, Clone, Copy)]
struct Foot {
    /// Where the opinions of ours begin.
    start: usize,
    reach: f64,
    at_most: f64,
    /// The most that any of ours is trusted; less than any level where none is known.
    strongest: f64,
}

/// One of ours of whom somebody there has an opinion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colleague {
    pub(crate) person: PersonIx,
    /// How many there trust them at level live.
    pub(crate) live_ties: usize,
    /// Their stretch of `known_by`.
    start: usize,
    end: usize,
}

/// Power, and where we stand with everybody who has it.
#[derive(Debug)]
pub(crate) struct Footing {
    standing: Standing,
    levels: Levels,
    /// One a member and one more, where the last begins to end.
    feet: Vec<Foot>,
    /// Opinions of ours, back to back, of each member in order of position.
    to_us: Vec<ToUs>,
    /// The best chain to ours of those who are not reached, down to the floor of introductions or level warm; each
    /// sought when first asked for.
    routes: Vec<OnceLock<Option<Box<Route>>>>,
    /// Our people of whom somebody there has an opinion; sorted.
    colleagues: Vec<Colleague>,
    /// For each colleague the members who have an opinion of them, in order.
    known_by: Vec<u32>,
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
        let mut feet = Vec::with_capacity(standing.len() + 1);
        // Most know one or two of ours.
        let mut to_us: Vec<ToUs> = Vec::with_capacity(standing.len() * 2);
        let (mut proven, mut at_most) = (0.0, 0.0);
        for member in standing.members() {
            let start = to_us.len();
            to_us.extend(opinions_of_us(standing.person(member), view));
            let opinions = || to_us[start..].iter().map(|tie| &tie.opinion);
            let foot = Foot {
                start,
                reach: chance(opinions().map(|opinion| opinion.belief)),
                at_most: chance(opinions().map(Opinion::at_most)),
                strongest: opinions().map(|it| it.belief.get()).fold(f64::NEG_INFINITY, f64::max),
            };
            let power = standing.power(member).get();
            proven += power * foot.reach;
            at_most += power * foot.at_most;
            feet.push(foot);
        }
        let end = Foot { start: to_us.len(), reach: 0.0, at_most: 0.0, strongest: f64::NEG_INFINITY };
        feet.push(end);
        let coverage = Coverage { proven: Share::clamped(proven), at_most: Share::clamped(at_most) };
        let (colleagues, known_by) = colleagues(&feet, &to_us, levels.live);
        let live = colleagues.iter().filter(|it| it.live_ties > 0).map(|it| it.person);
        let mut account_team: Vec<PersonIx> = live.collect();
        if let Some(owner) = customer.owner()
            && let Err(at) = account_team.binary_search(&owner)
        {
            account_team.insert(at, owner);
        }
        let routes = standing.members().map(|_| OnceLock::new()).collect();
        Self { standing, levels, feet, to_us, routes, colleagues, known_by, account_team, coverage }
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
        &self.to_us[self.feet[member].start..self.feet[member + 1].start]
    }

    /// The one of ours whom somebody trusts most; of equals the first.
    pub(crate) fn most_trusted(&self, member: usize) -> Option<&ToUs> {
        let trusted = self.to_us(member).iter().filter(|tie| tie.opinion.belief > Share::ZERO);
        trusted.rev().max_by_key(|tie| tie.opinion.belief)
    }

    pub(crate) fn reach(&self, member: usize) -> Share {
        Share::clamped(self.feet[member].reach)
    }

    pub(crate) fn at_most(&self, member: usize) -> Share {
        Share::clamped(self.feet[member].at_most)
    }

    pub(crate) fn is_reached(&self, member: usize) -> bool {
        self.feet[member].strongest >= self.levels.reached.get()
    }

    pub(crate) fn is_live(&self, member: usize) -> bool {
        self.feet[member].strongest >= self.levels.live.get()
    }

    /// They distrust some of ours and trust none.
    pub(crate) fn is_hostile(&self, member: usize) -> bool {
        let ties = self.to_us(member);
        ties.iter().any(|tie| tie.opinion.is_distrust())
            && !ties.iter().any(|tie| tie.opinion.belief >= self.levels.live && !tie.opinion.is_distrust())
    }

    pub(crate) fn state(&self, member: usize, view: &View<'_>) -> State {
        if self.is_reached(member) {
            State::Reached
        } else if self.route(member, view).is_some_and(|it| it.proven >= self.levels.warm.get()) {
            State::Warm
        } else {
            State::Cold
        }
    }

    /// The best chain to ours of somebody who is not reached.
    pub(crate) fn route(&self, member: usize, view: &View<'_>) -> Option<&Route> {
        self.routes[member].get_or_init(|| self.find_route(member, view).map(Box::new)).as_deref()
    }

    pub(crate) fn coverage(&self) -> Coverage {
        self.coverage
    }

    pub(crate) fn colleagues(&self) -> &[Colleague] {
        &self.colleagues
    }

    pub(crate) fn account_team(&self) -> &[PersonIx] {
        &self.account_team
    }

    /// The members who have an opinion of one of ours, with that opinion, in order.
    pub(crate) fn known_by(&self, colleague: &Colleague) -> impl Iterator<Item = (usize, &ToUs)> {
        let members = self.known_by[colleague.start..colleague.end].iter().map(|&member| member as usize);
        members.filter_map(|member| {
            Some((member, self.to_us(member).iter().find(|tie| tie.colleague == colleague.person)?))
        })
    }

    /// Reach of a member with one of ours gone.
    fn reach_without(&self, member: usize, colleague: PersonIx) -> f64 {
        let others = self.to_us(member).iter().filter(|tie| tie.colleague != colleague);
        chance(others.map(|tie| tie.opinion.belief))
    }

    /// Key players reached now and not if one of ours were gone.
    pub(crate) fn stranded_without(&self, colleague: &Colleague) -> impl Iterator<Item = PersonIx> {
        let reached = self.levels.reached;
        let by_others = move |member: usize| {
            let others = self.to_us(member).iter().filter(|tie| tie.colleague != colleague.person);
            others.map(|tie| tie.opinion.belief).any(|belief| belief >= reached)
        };
        let only_by_them = self
            .known_by(colleague)
            .filter(move |(_, tie)| tie.opinion.belief >= reached)
            .map(|(member, _)| member)
            .filter(move |&member| self.standing.is_key(member) && !by_others(member));
        only_by_them.map(|member| self.standing.person(member))
    }

    /// Whether coverage could fall by some amount if one of ours were gone: what they contribute, summed the short way
    /// with room for rounding, so that the long way need not be gone where it could not matter.
    pub(crate) fn may_lose(&self, colleague: &Colleague, amount: f64) -> bool {
        let members = self.known_by(colleague).map(|(member, _)| member);
        let contributed = members.fold(0.0, |sum, member| {
            let fall = self.feet[member].reach - self.reach_without(member, colleague.person);
            sum + self.standing.power(member).get() * fall
        });
        #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
        let rounding = 8.0 * (self.feet.len() as f64) * f64::EPSILON;
        contributed + rounding >= amount
    }

    /// What would be left if one of ours were gone, for each of several.
    ///
    /// Every sum runs over all members in order, so that it is what anybody would get who adds up reach times power.
    /// Several run side by side, because an addition is waited for longer than it takes.
    pub(crate) fn without(&self, colleagues: &[&Colleague]) -> Vec<Without> {
        let parts: Vec<f64> =
            self.standing.members().map(|m| self.standing.power(m).get() * self.feet[m].reach).collect();
        let mut all = Vec::with_capacity(colleagues.len());
        let mut changes: Vec<(u32, usize)> = Vec::new();
        for colleagues in colleagues.chunks(SIDE_BY_SIDE) {
            changes.clear();
            for (lane, colleague) in colleagues.iter().enumerate() {
                let members = &self.known_by[colleague.start..colleague.end];
                changes.extend(members.iter().map(|&member| (member, lane)));
            }
            changes.sort_unstable();
            let mut sums = [0.0; SIDE_BY_SIDE];
            let mut next = 0;
            for changes in changes.chunk_by(|a, b| a.0 == b.0) {
                let Some(&(member, _)) = changes.first() else { continue };
                let member = member as usize;
                add_all(&mut sums, &parts[next..member]);
                let mut here = [parts[member]; SIDE_BY_SIDE];
                for &(_, lane) in changes {
                    let reach = self.reach_without(member, colleagues[lane].person);
                    here[lane] = self.standing.power(member).get() * reach;
                }
                for (sum, part) in sums.iter_mut().zip(here) {
                    *sum += part;
                }
                next = member + 1;
            }
            add_all(&mut sums, &parts[next..]);
            all.extend(colleagues.iter().zip(sums).map(|(colleague, sum)| Without {
                coverage: Share::clamped(sum),
                stranded: self.stranded_without(colleague).collect(),
            }));
        }
        all
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

/// How many sums run side by side.
const SIDE_BY_SIDE: usize = 8;

/// Adds every part to each of the sums.
fn add_all(sums: &mut [f64; SIDE_BY_SIDE], parts: &[f64]) {
    let mut running = *sums;
    for part in parts {
        for sum in &mut running {
            *sum += part;
        }
    }
    *sums = running;
}

/// Our people of whom somebody has an opinion, in order, and for each who those are.
fn colleagues(feet: &[Foot], to_us: &[ToUs], live: Share) -> (Vec<Colleague>, Vec<u32>) {
    let mut pairs: Vec<(PersonIx, u32, bool)> = Vec::with_capacity(to_us.len());
    for (member, ends) in (0..).zip(feet.windows(2)) {
        let ties = &to_us[ends[0].start..ends[1].start];
        pairs.extend(ties.iter().map(|tie| (tie.colleague, member, tie.opinion.belief >= live)));
    }
    pairs.sort_unstable();
    let mut colleagues: Vec<Colleague> = Vec::new();
    for (at, &(person, _, is_live)) in pairs.iter().enumerate() {
        match colleagues.last_mut().filter(|last| last.person == person) {
            Some(same) => {
                same.end = at + 1;
                same.live_ties += usize::from(is_live);
            }
            None => {
                let live_ties = usize::from(is_live);
                colleagues.push(Colleague { person, live_ties, start: at, end: at + 1 });
            }
        }
    }
    (colleagues, pairs.into_iter().map(|(_, member, _)| member).collect())
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
