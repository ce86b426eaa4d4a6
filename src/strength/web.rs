//! Who trusts whom, with the weight of each person who trusts: the basis for measuring strength.

use std::collections::{BTreeMap, BTreeSet};

use super::Concentration;
use crate::network::{MemberIx, PersonIx};
use crate::reach::{Coverage, CoverageTable};
use crate::share::Share;
use crate::trust::Opinion;

/// Those who trust, each with their weight and opinions; weights sum to one.
#[derive(Debug)]
pub(super) struct Web {
    /// In order of position.
    members: Vec<Member>,
    /// Whether those who are trusted are the members themselves, so that a leaver takes their weight along.
    is_team_network: bool,
}

#[derive(Debug)]
struct Member {
    person: PersonIx,
    weight: f64,
    /// The people they have an opinion of: belief, and the upper bound.
    trusts: Vec<(PersonIx, f64, f64)>,
}

impl Member {
    fn reach(&self, without: Option<PersonIx>) -> f64 {
        let trusted = self.trusts.iter().filter(|(person, ..)| Some(*person) != without);
        1.0 - trusted.fold(1.0, |none, (_, belief, _)| none * (1.0 - belief))
    }

    fn at_most(&self) -> f64 {
        1.0 - self.trusts.iter().fold(1.0, |none, (.., at_most)| none * (1.0 - at_most))
    }
}

fn pair(trusted: PersonIx, opinion: &Opinion) -> (PersonIx, f64, f64) {
    (trusted, opinion.belief.get(), opinion.at_most().get())
}

impl Web {
    /// A customer's people, weighted by power, and our staff.
    pub(super) fn of_customer(coverage_table: &CoverageTable) -> Self {
        let power_table = coverage_table.power_table();
        let member = |member: MemberIx| Member {
            person: power_table.person(member),
            weight: power_table.power(member).get(),
            trusts: coverage_table
                .staff_ties(member)
                .iter()
                .filter(|tie| tie.opinion.counts())
                .map(|tie| pair(tie.colleague, &tie.opinion))
                .collect(),
        };
        Self { members: power_table.members().map(member).collect(), is_team_network: false }
    }

    /// People who trust each other, with equal weights.
    pub(super) fn of_equals(
        people: Vec<PersonIx>,
        ties: impl Iterator<Item = (PersonIx, PersonIx, Opinion)>,
    ) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
        let weight = 1.0 / people.len().max(1) as f64;
        let mut members: BTreeMap<PersonIx, Member> = people
            .into_iter()
            .map(|person| (person, Member { person, weight, trusts: Vec::new() }))
            .collect();
        for (who, trusted, opinion) in ties {
            if let Some(member) = members.get_mut(&who) {
                member.trusts.push(pair(trusted, &opinion));
            }
        }
        Self { members: members.into_values().collect(), is_team_network: true }
    }

    pub(super) fn members(&self) -> impl Iterator<Item = PersonIx> {
        self.members.iter().map(|member| member.person)
    }

    pub(super) fn coverage(&self) -> Coverage {
        let sum = |of: fn(&Member) -> f64| self.members.iter().map(|it| it.weight * of(it)).sum();
        Coverage {
            proven: Share::clamped(sum(|it| it.reach(None))),
            at_most: Share::clamped(sum(Member::at_most)),
        }
    }

    /// Members not trusted by any member at a level.
    pub(super) fn not_trusted_at(&self, level: Share) -> impl Iterator<Item = PersonIx> {
        let opinions = self.members.iter().flat_map(|member| &member.trusts);
        let trusted = opinions.filter(|(_, belief, _)| *belief >= level.get());
        let trusted: BTreeSet<PersonIx> = trusted.map(|&(person, ..)| person).collect();
        self.members().filter(move |person| !trusted.contains(person))
    }

    pub(super) fn concentration(&self) -> Option<Concentration> {
        let trusting: Vec<f64> = self.members.iter().map(|it| it.weight * it.reach(None)).collect();
        let trusted: Vec<f64> = self.by_trusted().into_values().map(|(sum, _)| sum).collect();
        let (trusting, trusted) = (index(&trusting)?, index(&trusted)?);
        Some(Concentration { trusting, trusted })
    }

    /// Everyone who is trusted: Σ weight·belief, and the positions of those who have an opinion of them.
    fn by_trusted(&self) -> BTreeMap<PersonIx, (f64, Vec<usize>)> {
        let mut all: BTreeMap<PersonIx, (f64, Vec<usize>)> = BTreeMap::new();
        for (place, member) in self.members.iter().enumerate() {
            for &(trusted, belief, _) in &member.trusts {
                let (sum, places) = all.entry(trusted).or_default();
                *sum += member.weight * belief;
                places.push(place);
            }
        }
        all
    }

    /// The person whose departure costs most, the first among equals, and what is left.
    pub(super) fn worst_loss(&self) -> Option<(PersonIx, Share)> {
        let all: f64 = self.members.iter().map(|member| member.weight * member.reach(None)).sum();
        let mut worst: Option<(PersonIx, f64)> = None;
        for (person, (sum, places)) in self.by_trusted() {
            if sum <= 0.0 {
                continue;
            }
            let mut left = all;
            for member in places.iter().filter_map(|&place| self.members.get(place)) {
                left -= member.weight * (member.reach(None) - member.reach(Some(person)));
            }
            if self.is_team_network {
                let own = self.members.binary_search_by_key(&person, |member| member.person).ok();
                let own = own.and_then(|place| self.members.get(place));
                let (weight, reach) = own.map_or((0.0, 0.0), |own| (own.weight, own.reach(None)));
                let rest = 1.0 - weight;
                left = if rest > 0.0 { (left - weight * reach) / rest } else { 0.0 };
            }
            if worst.is_none_or(|(_, least)| left < least) {
                worst = Some((person, left));
            }
        }
        worst.map(|(person, left)| (person, Share::clamped(left)))
    }
}

/// The Herfindahl index of some parts; none where they sum to zero.
fn index(parts: &[f64]) -> Option<Share> {
    let sum: f64 = parts.iter().sum();
    (sum > 0.0).then(|| Share::clamped(parts.iter().map(|part| (part / sum) * (part / sum)).sum()))
}
