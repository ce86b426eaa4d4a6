//! Where we stand with each person of a customer, as columns: what detectors and checkups compute with.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

use std::sync::OnceLock;

use super::{Coverage, FirstCall, State};
use crate::network::{NOBODY, PersonIx, TieIx};
use crate::power::Standing;
use crate::record::Side;
use crate::route::{Quest, Route, best};
use crate::settings::{IntroductionSettings, Levels};
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

/// Of ours those whom somebody trusts most and would do a favour directly: neither distrusted nor to be kept apart.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// Belief in the first; 0 where there is none.
    first: f64,
    who: PersonIx,
    /// Belief in the best of the others.
    second: f64,
}

impl Open {
    const NONE: Self = Self { first: 0.0, who: NOBODY, second: 0.0 };

    fn add(&mut self, tie: &ToUs) {
        let belief = tie.opinion.belief.get();
        if belief > self.first {
            *self = Self { first: belief, who: tie.colleague, second: self.first };
        } else {
            self.second = self.second.max(belief);
        }
    }

    /// Belief in the best but one who is left out.
    fn without(&self, person: PersonIx) -> f64 {
        if self.who == person { self.second } else { self.first }
    }
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
    /// Of each member whom of ours they would do a favour. A column of its own, because others look at it.
    open: Vec<Open>,
    /// Opinions of ours, back to back, of each member in order of position.
    to_us: Vec<ToUs>,
    /// The best chain to ours of each, down to the floor of introductions or level warm; sought when first asked for.
    ways: Vec<OnceLock<Option<Box<Route>>>>,
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
        let mut favours = Vec::with_capacity(standing.len());
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
            favours.push(open(&to_us[start..], standing.person(member), view));
        }
        let nobody = Foot { start: to_us.len(), reach: 0.0, at_most: 0.0, strongest: f64::NEG_INFINITY };
        feet.push(nobody);
        let coverage = Coverage { proven: Share::clamped(proven), at_most: Share::clamped(at_most) };
        let (colleagues, known_by) = colleagues(&feet, &to_us, levels.live);
        let live = colleagues.iter().filter(|it| it.live_ties > 0).map(|it| it.person);
        let mut account_team: Vec<PersonIx> = live.collect();
        if let Some(owner) = customer.owner()
            && let Err(at) = account_team.binary_search(&owner)
        {
            account_team.insert(at, owner);
        }
        let ways = standing.members().map(|_| OnceLock::new()).collect();
        Self {
            standing,
            levels,
            feet,
            open: favours,
            to_us,
            ways,
            colleagues,
            known_by,
            account_team,
            coverage,
        }
    }

    fn find_way(&self, member: usize, view: &View<'_>) -> Option<Route> {
        let quest = Quest::to(self.standing.person(member), view);
        let floor = quest.floor.min(self.levels.warm.get()).max(self.sure_way(member, NOBODY, view));
        best(view, &Quest { floor, ..quest }).route
    }

    /// The strength of a chain to ours of one or two ties that can be walked and asks one person not to be asked: what
    /// the best chain of a member has at least, in no more time than one look at each of their ties. 0 where there
    /// is none so short.
    ///
    /// As a floor it spares a search most of its ways; as an answer it spares the search.
    pub(crate) fn sure_way(&self, member: usize, without: PersonIx, view: &View<'_>) -> f64 {
        self.sure_ways(member, without, view).1
    }

    /// The same with everybody, and with one person not to be asked.
    fn sure_ways(&self, member: usize, without: PersonIx, view: &View<'_>) -> (f64, f64) {
        let longest = view.settings().introductions.max_ties;
        if longest == 0 || !is_ample(view) {
            return (0.0, 0.0);
        }
        let open = &self.open[member];
        let (mut all, mut others) = (open.first, open.without(without));
        if longest == 1 || !view.is_as_packed() {
            return (all, others);
        }
        let scale = view.scale();
        for &head in view.network().ties().heads_of(self.standing.person(member)) {
            let person = head.trusted();
            if !head.is_plain() {
                continue;
            }
            let Some(place) = self.standing.place(person) else { continue };
            let belief = scale.belief(scale.evidence(head));
            let open = &self.open[place];
            all = all.max(belief * open.first);
            if person != without {
                others = others.max(belief * open.without(without));
            }
        }
        (all, others)
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
        if self.is_reached(member) { None } else { self.best_way(member, view) }
    }

    fn best_way(&self, member: usize, view: &View<'_>) -> Option<&Route> {
        self.ways[member].get_or_init(|| self.find_way(member, view).map(Box::new)).as_deref()
    }

    /// Of the best chain to ours that does not ask one of ours, the end and the proven strength.
    pub(crate) fn way_without(
        &self,
        member: usize,
        colleague: PersonIx,
        view: &View<'_>,
    ) -> Option<(PersonIx, f64)> {
        let quest = Quest::to(self.standing.person(member), view);
        let (with, sure) = self.sure_ways(member, colleague, view);
        // If the best chain does without them anyway, it is the answer; it is looked at where that is likely.
        if is_ample(view) && sure >= with {
            let way = self.best_way(member, view).filter(|way| way.proven >= quest.floor)?;
            if !way.people.contains(&colleague) {
                return Some((way.end()?, way.proven));
            }
        }
        let route = best(view, &Quest { avoid: &[colleague], floor: quest.floor.max(sure), ..quest }).route?;
        Some((route.end()?, route.proven))
    }

    /// The proven strength of the best chain to ours of somebody who is not reached, where only a stronger one is of
    /// interest: a floor for searches that look for one. 0 where there is no chain.
    pub(crate) fn least_of_interest(&self, member: usize, view: &View<'_>) -> f64 {
        if !is_ample(view) {
            return 0.0;
        }
        self.route(member, view).map_or(0.0, |route| route.proven)
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

    /// Whom somebody would call first, given whom of a rival's they trust most.
    pub(crate) fn first_call(
        &self,
        member: usize,
        rival: Option<(PersonIx, Opinion)>,
        view: &View<'_>,
    ) -> FirstCall {
        let live = self.levels.live;
        let ours = self.most_trusted(member).filter(|tie| tie.opinion.belief >= live);
        let rival = rival.filter(|(_, opinion)| opinion.belief >= live);
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

/// Whether searches may look at as many ties as by default: far more than they ever do. With a tight budget it matters
/// which ties they look at, so they are then given no hint of what to leave out.
fn is_ample(view: &View<'_>) -> bool {
    view.settings().introductions.budget >= IntroductionSettings::default().budget
}

/// Of ours those whom somebody would do a favour, of all of whom they have an opinion.
fn open(to_us: &[ToUs], person: PersonIx, view: &View<'_>) -> Open {
    let ties = view.network().ties();
    let mut open = Open::NONE;
    for tie in to_us {
        let evidence = tie.opinion.evidence;
        if evidence.against <= evidence.supporting && !ties.is_avoided(person, tie.tie, view.day()) {
            open.add(tie);
        }
    }
    open
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
        if let Some(same) = colleagues.last_mut().filter(|last| last.person == person) {
            same.end = at + 1;
            same.live_ties += usize::from(is_live);
        } else {
            let live_ties = usize::from(is_live);
            colleagues.push(Colleague { person, live_ties, start: at, end: at + 1 });
        }
    }
    (colleagues, pairs.into_iter().map(|(_, member, _)| member).collect())
}

/// The rival's person whom somebody trusts most.
pub(crate) fn rival_of(person: PersonIx, view: &View<'_>) -> Option<(PersonIx, Opinion)> {
    let network = view.network();
    // Partners and rivals stand between our staff and the customers, and so do the ties to them.
    let end = network.outside_blocks().next()?.end;
    let (first, heads) = network.ties().row(person);
    let rivals = (first..).zip(heads).take_while(|(_, head)| head.trusted() < end).filter(|(_, head)| {
        let other = head.trusted();
        network.person_at(other).side == Side::Competitor && view.is_present(other)
    });
    let mut most: Option<(PersonIx, Opinion)> = None;
    for (tie, head) in rivals {
        let opinion = view.opinion(tie);
        // Of equals the first.
        if opinion.belief > most.map_or(Share::ZERO, |(_, most)| most.belief) {
            most = Some((head.trusted(), opinion));
        }
    }
    most
}

/// What somebody thinks of each of ours who is with us on the day. Our staff stand first, so their ties do too.
fn opinions_of_us<'v>(person: PersonIx, view: &'v View<'_>) -> impl Iterator<Item = ToUs> + 'v {
    let network = view.network();
    let (first, heads) = network.ties().row(person);
    let ours = (first..).zip(heads).take_while(|(_, head)| network.is_staff(head.trusted()));
    let scale = view.scale();
    ours.filter_map(move |(tie, &head)| {
        let colleague = head.trusted();
        let evidence = if view.is_as_packed() && head.is_plain() {
            scale.evidence(head)
        } else if view.is_present(colleague) {
            view.evidence(tie)
        } else {
            return None;
        };
        // Of somebody whom nothing is known of yet on the day, they have no opinion.
        let opinion = (!evidence.is_none()).then(|| Opinion::of(evidence, view.settings()));
        opinion.map(|opinion| ToUs { colleague, tie, opinion })
    })
}

/// The chance that at least one of several holds: 1 − Π(1 − p).
fn chance(shares: impl Iterator<Item = Share>) -> f64 {
    1.0 - shares.fold(1.0, |none, share| none * (1.0 - share.get()))
}
