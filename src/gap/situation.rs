//! Everything a detector looks at: one customer on one day, computed once.

use std::sync::OnceLock;

use super::builder::{Figures, GapBuilder};
use super::finding::{Dated, TieFact};
use super::weigh;
use crate::day::Day;
use crate::evidence::Item;
use crate::network::{MemberIx, PersonIx, TieIx, from_tie, record_of};
use crate::path::FoundPath;
use crate::power::{Power, PowerTable};
use crate::reach::{CoverageTable, Reach};
use crate::record::{InteractionKind, RecordKind, Seniority};
use crate::share::Share;
use crate::view::{CustomerView, PersonRef, View};

/// One customer on one day: power, reach and the paths to everyone, computed once for all detectors.
#[derive(Debug)]
pub struct Situation<'v> {
    customer: CustomerView<'v>,
    coverage_table: CoverageTable,
    weight: f64,
    /// The level of each member, computed on first use.
    levels: OnceLock<Vec<Option<Seniority>>>,
}

impl<'v> Situation<'v> {
    pub(crate) fn of(customer: CustomerView<'v>) -> Self {
        let (coverage_table, weight) = (CoverageTable::of(&customer), weigh::customer(&customer));
        Self { customer, coverage_table, weight, levels: OnceLock::new() }
    }

    /// The customer.
    pub const fn customer(&self) -> &CustomerView<'v> {
        &self.customer
    }

    /// Who holds power, as returned by [`CustomerView::power`].
    pub fn power(&self) -> Power {
        self.customer.power()
    }

    /// Who is reached, as returned by [`CustomerView::reach`], without computing it again.
    pub fn reach(&self) -> Reach {
        self.customer.reach_on(&self.coverage_table)
    }

    /// The customer's weight in severity, 0.5..=1.
    pub const fn weight(&self) -> f64 {
        self.weight
    }

    /// Begins a gap about this customer: with figures of a built-in kind, or of a caller's kind through
    /// [`Own::of`](super::Own::of).
    pub fn gap<F: Figures>(&self, figures: F) -> GapBuilder<F> {
        GapBuilder::new(figures, self.customer.id(), self.weight)
    }

    /// Begins a gap about one person there: their power is at stake, and their opinions of our staff are shown.
    pub(crate) fn about<F: Figures>(&self, member: MemberIx, figures: F) -> GapBuilder<F> {
        self.gap(figures)
            .stake(self.power_table().power(member))
            .person(self.name(member))
            .ties(self.tie_facts(member))
            .evidence(self.evidence(member))
    }

    /// Shortfall of a gap about one person that is a sign of not reaching them, or may lead to it: always below
    /// that of not reaching them, and smaller the better they are reached.
    pub(crate) fn short(&self, member: MemberIx, shortfall: impl Into<f64>) -> f64 {
        let shortfall = shortfall.into();
        if self.coverage_table.is_reached(member) {
            shortfall
        } else {
            shortfall * self.coverage_table.reach(member).complement().get()
        }
    }

    pub(crate) fn view(&self) -> &'v View<'v> {
        self.customer.view()
    }

    pub(crate) const fn coverage_table(&self) -> &CoverageTable {
        &self.coverage_table
    }

    pub(crate) fn power_table(&self) -> &PowerTable {
        self.coverage_table.power_table()
    }

    /// The positions of the key players.
    pub(crate) fn key_players(&self) -> impl Iterator<Item = MemberIx> + '_ {
        self.power_table().members().filter(|&member| self.power_table().is_key(member))
    }

    /// Whether anything that power depends on changed after a day: a person joined or left, a decision opened or
    /// closed, a listening tie began or ended. Saves computing the power of that day when it is unchanged.
    pub(crate) fn has_power_changed_since(&self, since: Day) -> bool {
        let (view, today) = (self.view(), self.view().day());
        let network = view.network();
        let within = |day: Day| since < day && day <= today;
        let customer = self.customer();
        customer.block().any(|person| {
            network.is_present(person, since) != network.is_present(person, today)
                || network
                    .listening(person)
                    .iter()
                    .any(|tie| within(tie.since) || within(tie.until.plus_days(1)))
        }) || network.decisions_of(customer.at()).any(|decision| {
            decision.opens_on.is_some_and(within)
                || decision.decides_on.is_some_and(|day| within(day.plus_days(1)))
        })
    }

    /// The level of each member in their organisation: as recorded, or else derived from the job title.
    pub(crate) fn levels(&self) -> &[Option<Seniority>] {
        self.levels.get_or_init(|| self.power_table().members().map(|member| self.level(member)).collect())
    }

    fn level(&self, member: MemberIx) -> Option<Seniority> {
        self.view().network().person_at(self.power_table().person(member)).level()
    }

    pub(crate) fn name(&self, member: MemberIx) -> PersonRef {
        self.view().name(self.power_table().person(member))
    }

    pub(crate) fn names(&self, people: impl IntoIterator<Item = PersonIx>) -> Vec<PersonRef> {
        people.into_iter().map(|person| self.view().name(person)).collect()
    }

    /// The colleagues best placed to earn a person's trust: the one an introduction would bring to them, or else
    /// those of the account team they do not distrust.
    pub(crate) fn candidates_for(&self, member: MemberIx) -> Vec<PersonRef> {
        if let Some(end) = self.coverage_table.path(member, self.view()).and_then(FoundPath::end) {
            return self.names([end]);
        }
        let distrusted =
            |one: &PersonIx| self.coverage_table.distrusted(member).any(|colleague| colleague == *one);
        self.names(self.coverage_table.account_team().iter().copied().filter(|one| !distrusted(one)))
    }

    /// Whether this is a new customer: no one there trusts any of our staff at the live level, and none of their
    /// orders is on record by the day.
    pub(crate) fn is_new_customer(&self) -> bool {
        let (coverage_table, view) = (self.coverage_table(), self.view());
        let network = view.network();
        let is_order = |&at: &u32| {
            let record = network.interaction_at(at);
            record.kind == Some(InteractionKind::Order) && record.at.day() <= view.day()
        };
        !self.power_table().members().any(|member| coverage_table.is_live(member))
            && !self.customer.block().any(|person| network.activities(person).iter().any(is_order))
    }

    /// Whether plans are known: from the day of the records on. On an earlier day, what was planned then is not
    /// known.
    pub(crate) fn knows_plans(&self) -> bool {
        self.view().network().as_of().is_none_or(|as_of| as_of <= self.view().day())
    }

    /// The belief in a colleague that opens a path to a person: at the live level they would do the colleague a
    /// favour, unless the two must be kept apart; at the reached level no path is needed.
    pub(crate) fn opens_a_path(&self, members: &[MemberIx], trusts: &[PersonRef]) -> Share {
        let (view, levels) = (self.view(), &self.view().settings().levels);
        let network = view.network();
        let apart = |member: &MemberIx, one: &PersonRef| {
            let one = network.person_ix(&one.id);
            one.is_some_and(|one| {
                network.ties().are_apart(self.power_table().person(*member), one, view.day())
            })
        };
        let is_barred = members.iter().any(|member| trusts.iter().any(|one| apart(member, one)));
        if is_barred { levels.reached } else { levels.live }
    }

    pub(crate) fn tie_fact(&self, who: PersonIx, tie: TieIx) -> TieFact {
        let view = self.view();
        TieFact {
            who: view.name(who),
            trusts: view.name(view.network().ties().trusted(tie)),
            opinion: view.opinion(tie),
            basis: view.basis(tie),
            last_contact: view.last_contact(tie),
        }
    }

    /// The ties of a person to our staff.
    fn tie_facts(&self, member: MemberIx) -> Vec<TieFact> {
        let person = self.power_table().person(member);
        self.coverage_table.staff_ties(member).iter().map(|tie| self.tie_fact(person, tie.tie)).collect()
    }

    /// The newest evidence behind a person's ties to our staff.
    fn evidence(&self, member: MemberIx) -> Vec<Dated> {
        /// A finding shows the newest evidence; the tie itself has all of it.
        const SHOWN: usize = 5;
        let (view, person) = (self.view(), self.power_table().person(member));
        let ties = self.coverage_table.staff_ties(member).iter();
        let mut items: Vec<(PersonIx, Item)> =
            ties.flat_map(|tie| view.items(tie.tie).map(|item| (tie.colleague, item))).collect();
        // Newest first; within one day the order of records, and for recorded ties the first colleague's.
        items.sort_by_key(|(_, item)| {
            let record = if from_tie(item) { 0 } else { record_of(item) };
            (std::cmp::Reverse(item.dated()), item.kind, record)
        });
        let dated = items.iter().take(SHOWN).map(|(colleague, item)| {
            let (record, record_id) = view.network().citation(person, *colleague, item);
            Dated { day: item.dated(), record, record_id, kind: Some(item.kind) }
        });
        dated.collect()
    }

    /// An interaction as evidence.
    pub(crate) fn dated(&self, interaction: u32) -> Dated {
        let record = self.view().network().interaction_at(interaction);
        Dated {
            day: Some(record.at.day()),
            record: RecordKind::Interaction,
            record_id: record.id.clone(),
            kind: None,
        }
    }
}
