//! One customer as things are, compared with how they would be.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::handover::{Handover, handover};
use crate::change::{Both, GapChanges};
use crate::gap::{self, Gap, Situation};
use crate::network::{CustomerIx, MemberIx, PersonIx};
use crate::reach::{Coverage, State};
use crate::share::Share;
use crate::text::Text;
use crate::view::{PersonRef, View};

/// What would change at one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Effect {
    /// The customer's id.
    pub customer: Text,
    /// The customer's name, or the id where no name is known.
    pub customer_name: Text,
    /// The customer's weight in severity, 0.5..=1.
    pub weight: f64,
    /// How much of their power we reach.
    pub coverage: Both<Coverage>,
    /// Everyone whose power, reach or state would change, the greatest loss of power-weighted reach first.
    pub people: Vec<PersonEffect>,
    /// Gaps that would open, close, or change in severity.
    pub gaps: GapChanges,
    /// For each colleague who would leave: who could take over, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
}

/// What would change about one person at a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonEffect {
    /// The person.
    pub person: PersonRef,
    /// Whether they are a key player as things are, or, for a newcomer, as they would be.
    pub key_player: bool,
    /// Their share of power; zero while they are not there.
    pub power: Both<Share>,
    /// The chance that they trust at least one of our staff; zero while they are not there.
    pub reach: Both<Share>,
    /// Reached, warm or cold; none while they are not there.
    pub state: Both<Option<State>>,
}

impl PersonEffect {
    /// Power-weighted reach lost; negative where it is gained.
    pub fn lost(&self) -> f64 {
        self.power.before.get() * self.reach.before.get() - self.power.after.get() * self.reach.after.get()
    }

    /// Whether they would still be there, and no longer be reached.
    pub fn is_no_longer_reached(&self) -> bool {
        self.state.before == Some(State::Reached)
            && matches!(self.state.after, Some(State::InTouch | State::Warm | State::Cold))
    }

    /// Whether they would still be there, with no path of trust from them to us any more.
    pub fn is_cut_off(&self) -> bool {
        matches!(self.state.before, Some(State::Reached | State::InTouch | State::Warm))
            && self.state.after == Some(State::Cold)
    }

    /// Whether they would come to be reached.
    pub fn is_won(&self) -> bool {
        self.state.after == Some(State::Reached) && self.state.before != Some(State::Reached)
    }
}

impl Effect {
    /// Proven coverage lost; negative where it is gained.
    pub fn lost(&self) -> f64 {
        self.coverage.before.proven.get() - self.coverage.after.proven.get()
    }

    /// People reached now, and then no longer reached.
    pub fn no_longer_reached(&self) -> impl Iterator<Item = &PersonEffect> {
        self.people.iter().filter(|person| person.is_no_longer_reached())
    }

    /// The cut: everyone whose every warm path to us would be gone.
    pub fn cut_off(&self) -> impl Iterator<Item = &PersonEffect> {
        self.people.iter().filter(|person| person.is_cut_off())
    }

    /// People reached then, not now.
    pub fn won(&self) -> impl Iterator<Item = &PersonEffect> {
        self.people.iter().filter(|person| person.is_won())
    }

    /// The greatest loss first, then by id.
    pub(super) fn order(a: &Self, b: &Self) -> Ordering {
        let loss = |it: &Self| it.weight * it.lost();
        loss(b).total_cmp(&loss(a)).then_with(|| a.customer.cmp(&b.customer))
    }
}

/// One customer, computed.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) customer: CustomerIx,
    weight: f64,
    coverage: Coverage,
    /// By position.
    pub(super) members: Vec<Member>,
    gaps: Vec<Gap>,
}

/// One person, computed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) person: PersonIx,
    pub(super) power: Share,
    is_key: bool,
    reach: Share,
    state: State,
    /// The colleagues they trust at the live level, with belief.
    pub(super) trusts: Vec<(PersonIx, Share)>,
}

impl Snapshot {
    /// Each of some customers.
    pub(super) fn of_each(view: &View<'_>, customers: &[CustomerIx]) -> Vec<Self> {
        customers.iter().map(|&customer| Self::of(view, customer)).collect()
    }

    fn of(view: &View<'_>, customer: CustomerIx) -> Self {
        let situation = Situation::of(view.customer_at(customer));
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let live = view.settings().levels.live;
        let member = |member: MemberIx| {
            let staff_ties =
                coverage_table.staff_ties(member).iter().map(|tie| (tie.colleague, tie.opinion.belief));
            Member {
                person: power_table.person(member),
                power: power_table.power(member),
                is_key: power_table.is_key(member),
                reach: coverage_table.reach(member),
                state: coverage_table.state(member, view),
                trusts: staff_ties.filter(|&(_, belief)| belief >= live && belief > Share::ZERO).collect(),
            }
        };
        Self {
            customer,
            weight: situation.weight(),
            coverage: coverage_table.coverage(),
            members: power_table.members().map(member).collect(),
            gaps: gap::gaps(&situation, &[]),
        }
    }
}

/// What would change, if anything; `leavers` are the colleagues who leave, `view` is as things would be.
pub(super) fn between(
    before: &Snapshot,
    after: &Snapshot,
    leavers: &[PersonIx],
    view: &View<'_>,
) -> Option<Effect> {
    let people = people(before, after, view);
    let gaps = GapChanges::between(&before.gaps, &after.gaps);
    if people.is_empty() && gaps.is_empty() && before.coverage == after.coverage {
        return None;
    }
    let customer = view.customer_at(before.customer);
    Some(Effect {
        customer: customer.record().id.clone(),
        customer_name: customer.name().into(),
        weight: before.weight,
        coverage: Both { before: before.coverage, after: after.coverage },
        people,
        gaps,
        handovers: leavers.iter().filter_map(|&leaver| handover(leaver, before, view)).collect(),
    })
}

/// Everyone who differs; both lists are in order of position.
fn people(before: &Snapshot, after: &Snapshot, view: &View<'_>) -> Vec<PersonEffect> {
    let mut people: Vec<(PersonIx, PersonEffect)> = Vec::new();
    let (mut was, mut is) = (before.members.iter().peekable(), after.members.iter().peekable());
    loop {
        let first = [was.peek(), is.peek()].into_iter().flatten().map(|member| member.person).min();
        let Some(person) = first else { break };
        let was = was.next_if(|member| member.person == person);
        let is = is.next_if(|member| member.person == person);
        if was == is {
            continue;
        }
        let share = |member: Option<&Member>, of: fn(&Member) -> Share| member.map_or(Share::ZERO, of);
        let effect = PersonEffect {
            person: view.name(person),
            key_player: was.or(is).is_some_and(|member| member.is_key),
            power: Both { before: share(was, |it| it.power), after: share(is, |it| it.power) },
            reach: Both { before: share(was, |it| it.reach), after: share(is, |it| it.reach) },
            state: Both { before: was.map(|it| it.state), after: is.map(|it| it.state) },
        };
        let same = effect.power.before == effect.power.after
            && effect.reach.before == effect.reach.after
            && effect.state.before == effect.state.after;
        if !same {
            people.push((person, effect));
        }
    }
    people.sort_by(|(a, x), (b, y)| y.lost().total_cmp(&x.lost()).then_with(|| a.cmp(b)));
    people.into_iter().map(|(_, effect)| effect).collect()
}
