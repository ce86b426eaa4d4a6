//! The coverage table of a customer, as columns: what detectors and checkups compute with.
#![allow(clippy::indexing_slicing, reason = "columns have one entry a member, and members come from them")]

mod paths;
mod without;

pub(crate) use without::Colleague;

use std::sync::OnceLock;

use super::told::told_of_rival;
use super::{Coverage, FirstCall, State};
use crate::network::{MemberIx, PersonIx, TieIx};
use crate::path::FoundPath;
use crate::power::PowerTable;
use crate::record::Side;
use crate::settings::Levels;
use crate::share::Share;
use crate::trust::{Opinion, ROUNDING};
use crate::view::{CustomerView, View};

use paths::{BestPaths, Open, open};
use without::colleagues;

/// The opinion that a person at a customer holds of a colleague.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StaffOpinion {
    /// Who trusts.
    pub(crate) member: MemberIx,
    pub(crate) colleague: PersonIx,
    pub(crate) tie: TieIx,
    pub(crate) opinion: Opinion,
}

/// One row of the coverage table: our coverage of one member.
#[derive(Debug, Clone, Copy)]
struct CoverageRow {
    /// The start of their opinions of our staff.
    start: usize,
    reach: f64,
    at_most: f64,
    /// The greatest trust in any of our staff; less than any level where none is known.
    strongest: f64,
}

/// Power, and our coverage of everyone who has it.
#[derive(Debug)]
pub(crate) struct CoverageTable {
    power_table: PowerTable,
    levels: Levels,
    /// One a member and one more, where the last begins to end.
    rows: Vec<CoverageRow>,
    /// For each member, the colleagues they would do a favour. A column of its own, because others read it.
    open: Vec<Open>,
    /// Opinions of our staff, back to back, in order of members.
    staff_ties: Vec<StaffOpinion>,
    /// The best path to our staff for each member, down to the floor of introductions or the warm level; computed
    /// when first needed.
    paths: Vec<OnceLock<BestPaths>>,
    /// Our staff that a person there has an opinion of; sorted.
    colleagues: Vec<Colleague>,
    /// For each colleague the positions in `staff_ties` of the opinions of them, in the order of members.
    known_by: Vec<u32>,
    /// The owner, and colleagues with a live tie; sorted.
    account_team: Vec<PersonIx>,
    coverage: Coverage,
}

impl CoverageTable {
    pub(crate) fn of(customer: &CustomerView<'_>) -> Self {
        let view = customer.view();
        let power_table = PowerTable::on(customer, view.day());
        let levels = view.settings().levels.clone();
        let mut rows = Vec::with_capacity(power_table.len() + 1);
        // Most know one or two of our staff.
        let mut staff_ties: Vec<StaffOpinion> = Vec::with_capacity(power_table.len() * 2);
        let mut favours = Vec::with_capacity(power_table.len());
        let (mut proven, mut at_most) = (0.0, 0.0);
        for member in power_table.members() {
            let start = staff_ties.len();
            staff_ties.extend(opinions_of_us(member, power_table.person(member), view));
            let opinions = || staff_ties[start..].iter().map(|tie| &tie.opinion);
            let foot = CoverageRow {
                start,
                reach: chance(opinions().filter(|it| it.counts()).map(|opinion| opinion.belief)),
                at_most: chance(opinions().map(Opinion::at_most)),
                strongest: opinions()
                    .filter(|it| it.counts())
                    .map(|it| it.belief.get())
                    .fold(f64::NEG_INFINITY, f64::max),
            };
            let power = power_table.power(member).get();
            proven += power * foot.reach;
            at_most += power * foot.at_most;
            rows.push(foot);
            favours.push(open(&staff_ties[start..], power_table.person(member), view));
        }
        let nobody =
            CoverageRow { start: staff_ties.len(), reach: 0.0, at_most: 0.0, strongest: f64::NEG_INFINITY };
        rows.push(nobody);
        let coverage = Coverage { proven: Share::clamped(proven), at_most: Share::clamped(at_most) };
        let (colleagues, known_by) = colleagues(&staff_ties, levels.live);
        let live = colleagues.iter().filter(|it| it.live_ties > 0).map(|it| it.person);
        let mut account_team: Vec<PersonIx> = live.collect();
        if let Some(owner) = customer.owner()
            && let Err(at) = account_team.binary_search(&owner)
        {
            account_team.insert(at, owner);
        }
        let paths = power_table.members().map(|_| OnceLock::new()).collect();
        Self {
            power_table,
            levels,
            rows,
            open: favours,
            staff_ties,
            paths,
            colleagues,
            known_by,
            account_team,
            coverage,
        }
    }

    pub(crate) fn levels(&self) -> &Levels {
        &self.levels
    }

    pub(crate) fn power_table(&self) -> &PowerTable {
        &self.power_table
    }

    pub(crate) fn staff_ties(&self, member: MemberIx) -> &[StaffOpinion] {
        &self.staff_ties[self.rows[member.index()].start..self.rows[member.index() + 1].start]
    }

    /// The colleague a person trusts most; of equals the first.
    pub(crate) fn most_trusted(&self, member: MemberIx) -> Option<&StaffOpinion> {
        let trusted = self.staff_ties(member).iter();
        let trusted = trusted.filter(|tie| tie.opinion.belief > Share::ZERO && tie.opinion.counts());
        trusted.rev().max_by_key(|tie| tie.opinion.belief)
    }

    pub(crate) fn reach(&self, member: MemberIx) -> Share {
        Share::clamped(self.rows[member.index()].reach)
    }

    pub(crate) fn at_most(&self, member: MemberIx) -> Share {
        Share::clamped(self.rows[member.index()].at_most)
    }

    pub(crate) fn is_reached(&self, member: MemberIx) -> bool {
        self.rows[member.index()].reach >= self.levels.reached.get() - ROUNDING
    }

    /// Not reached, but in touch with one of our staff at least.
    pub(crate) fn is_in_touch(&self, member: MemberIx) -> bool {
        !self.is_reached(member) && self.rows[member.index()].reach >= self.levels.live.get() - ROUNDING
    }

    pub(crate) fn is_live(&self, member: MemberIx) -> bool {
        self.rows[member.index()].strongest >= self.levels.live.get()
    }

    /// Colleagues that a person distrusts, in order of position.
    pub(crate) fn distrusted(&self, member: MemberIx) -> impl Iterator<Item = PersonIx> + '_ {
        let ties = self.staff_ties(member).iter().filter(|tie| tie.opinion.is_distrust(&self.levels));
        ties.map(|tie| tie.colleague)
    }

    pub(crate) fn state(&self, member: MemberIx, view: &View<'_>) -> State {
        if self.is_reached(member) {
            State::Reached
        } else if self.is_in_touch(member) {
            State::InTouch
        } else if self.path(member, view).is_some_and(|it| it.proven >= self.levels.warm.get()) {
            State::Warm
        } else {
            State::Cold
        }
    }

    /// The best path to our staff from a person who is not reached.
    pub(crate) fn path(&self, member: MemberIx, view: &View<'_>) -> Option<&FoundPath> {
        if self.is_reached(member) { None } else { self.best_path(member, view) }
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

    /// Who a person would call first, given the competitor's person they trust most. Where they told us of a competitor that
    /// is known.
    pub(crate) fn first_call(
        &self,
        member: MemberIx,
        rival: Option<(PersonIx, Opinion)>,
        view: &View<'_>,
    ) -> FirstCall {
        if let Some(told) = told_of_rival(self.power_table().person(member), view) {
            return FirstCall::Staff { person: view.name(told.colleague) };
        }
        let live = self.levels.live;
        let ours = self.most_trusted(member).filter(|tie| tie.opinion.belief >= live);
        let rival = rival.filter(|(_, opinion)| opinion.belief >= live && opinion.counts());
        match (ours, rival) {
            (Some(ours), Some((rival, opinion))) if opinion.belief > ours.opinion.belief => {
                FirstCall::Rival { person: view.name(rival) }
            }
            (Some(ours), _) => FirstCall::Staff { person: view.name(ours.colleague) },
            (None, Some((rival, _))) => FirstCall::Rival { person: view.name(rival) },
            (None, None) if self.is_in_touch(member) => FirstCall::Unclear,
            (None, None) => FirstCall::NoOne,
        }
    }
}

/// The competitor's person that a person trusts most.
pub(crate) fn rival_of(person: PersonIx, view: &View<'_>) -> Option<(PersonIx, Opinion)> {
    let network = view.network();
    // Partners and competitors are positioned between our staff and the customers, and so are the ties to them.
    let others = network.outside_blocks().next()?;
    if others.is_empty() {
        return None;
    }
    let (first, heads) = network.ties().row(person);
    let rivals = first.onwards().zip(heads).take_while(|(_, head)| head.trusted() < others.end()).filter(
        |(_, head)| {
            let other = head.trusted();
            others.contains(&other)
                && network.person_at(other).side() == Side::Competitor
                && view.is_present(other)
        },
    );
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

/// A person's opinions of each colleague present on the day. Our staff come first, so their ties do too.
fn opinions_of_us<'v>(
    member: MemberIx,
    person: PersonIx,
    view: &'v View<'_>,
) -> impl Iterator<Item = StaffOpinion> + 'v {
    let network = view.network();
    let (first, heads) = network.ties().row(person);
    let ours = first.onwards().zip(heads).take_while(|(_, head)| network.is_staff(head.trusted()));
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
        // Without evidence on the day, there is no opinion.
        let opinion = (!evidence.is_none()).then(|| view.opinion_of(tie, evidence));
        opinion.map(|opinion| StaffOpinion { member, colleague, tie, opinion })
    })
}

/// The chance that at least one of several holds: 1 − Π(1 − p).
fn chance(shares: impl Iterator<Item = Share>) -> f64 {
    1.0 - shares.fold(1.0, |none, share| none * (1.0 - share.get()))
}
