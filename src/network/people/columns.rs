//! What is recorded about people, as columns.
#![allow(clippy::indexing_slicing, reason = "positions come from the build, which made these columns")]

use std::collections::HashMap;

use super::sparse::{Sparse, SparseTexts};
use crate::day::Day;
use crate::network::PersonIx;
use crate::record::{Other, Person, Profile, Role, Seniority, Side, Support};

/// What is recorded about people, by position: what most have is in narrow columns, what some have takes almost no
/// space for the others. Ids, customers and managers are in the network's own columns.
#[derive(Debug, Clone, Default)]
pub(in crate::network) struct Columns {
    facts: Vec<Facts>,
    /// First and last day in the organisation; the ends of the calendar where they are not known.
    presence: Vec<(Day, Day)>,
    pub(super) name: SparseTexts,
    pub(super) title: SparseTexts,
    pub(super) email: SparseTexts,
    pub(super) department: SparseTexts,
    pub(super) site: SparseTexts,
    pub(super) area: SparseTexts,
    /// Which of `role_sets`; those without a role have none.
    roles: Sparse<u32>,
    /// Every list of roles that anyone has, once.
    role_sets: Vec<Box<[Role]>>,
    pub(super) power: Sparse<f64>,
    pub(super) review_on: Sparse<Day>,
    pub(super) profile: Sparse<Profile>,
    other: Sparse<Other>,
    pub(super) line: Sparse<u32>,
}

/// What takes a byte or less: together they are read in one go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) side: Side,
    pub(super) seniority: Option<Seniority>,
    pub(super) support: Option<Support>,
    pub(super) aware_of_us: Option<bool>,
    pub(super) active: Option<bool>,
    /// Whether the first day is on record, and the last.
    started: bool,
    ended: bool,
}

/// What someone without unknown fields has.
static NO_OTHER: Other = Other::NONE;

impl Columns {
    pub(in crate::network) fn len(&self) -> usize {
        self.facts.len()
    }

    pub(super) fn facts(&self, at: PersonIx) -> &Facts {
        &self.facts[at.index()]
    }

    pub(in crate::network) fn side(&self, at: PersonIx) -> Side {
        self.facts[at.index()].side
    }

    pub(in crate::network) fn name(&self, at: PersonIx) -> Option<&str> {
        self.name.get(at.index())
    }

    pub(in crate::network) fn line(&self, at: PersonIx) -> Option<u32> {
        self.line.get(at.index()).copied()
    }

    /// First and last day of someone in their organisation.
    pub(in crate::network) fn presence(&self, at: PersonIx) -> (Day, Day) {
        self.presence[at.index()]
    }

    pub(super) fn started_on(&self, at: PersonIx) -> Option<Day> {
        self.facts(at).started.then(|| self.presence(at).0)
    }

    pub(in crate::network) fn ended_on(&self, at: PersonIx) -> Option<Day> {
        self.facts(at).ended.then(|| self.presence(at).1)
    }

    pub(super) fn roles(&self, at: PersonIx) -> &[Role] {
        self.roles.get(at.index()).map_or(&[], |&set| &self.role_sets[set as usize])
    }

    pub(super) fn other(&self, at: PersonIx) -> &Other {
        self.other.get(at.index()).unwrap_or(&NO_OTHER)
    }

    /// Sets the last day of people recorded as gone without a date: the day before that of the records.
    pub(in crate::network) fn settle(&mut self, as_of: Option<Day>) {
        let gone_by = as_of.map_or(Day::MIN, |day| day.plus_days(-1));
        for (facts, (_, last)) in self.facts.iter().zip(&mut self.presence) {
            if facts.active == Some(false) && !facts.ended {
                *last = gone_by;
            }
        }
    }

    /// Sets someone's last day, and whether it is on record.
    pub(in crate::network) fn set_last(&mut self, at: PersonIx, last: Day, on_record: bool) {
        self.presence[at.index()].1 = last;
        self.facts[at.index()].ended = on_record;
    }
}

/// Columns in the making.
pub(in crate::network) struct Gathering {
    columns: Columns,
    role_sets: HashMap<Box<[Role]>, u32>,
}

impl Gathering {
    pub(in crate::network) fn with_capacity(people: usize) -> Self {
        let columns = Columns {
            facts: Vec::with_capacity(people),
            presence: Vec::with_capacity(people),
            ..Columns::default()
        };
        Self { columns, role_sets: HashMap::new() }
    }

    /// Gives someone the next position. Takes out of the record what need not be copied.
    pub(in crate::network) fn push(&mut self, person: &mut Person) {
        let Person {
            id: _,
            side,
            customer_id: _,
            name,
            title,
            email,
            department,
            site,
            area,
            manager_id: _,
            roles,
            seniority,
            power,
            support,
            aware_of_us,
            active,
            mailbox: _,
            started_on,
            ended_on,
            review_on,
            profile,
            other,
            line,
        } = person;
        let at = self.columns.len();
        let roles = self.role_set(roles);
        let columns = &mut self.columns;
        columns.facts.push(Facts {
            side: *side,
            seniority: *seniority,
            support: *support,
            aware_of_us: *aware_of_us,
            active: *active,
            started: started_on.is_some(),
            ended: ended_on.is_some(),
        });
        columns.presence.push((started_on.unwrap_or(Day::MIN), ended_on.unwrap_or(Day::MAX)));
        columns.name.put(at, name.as_deref());
        columns.title.put(at, title.as_deref());
        columns.email.put(at, email.as_deref());
        columns.department.put(at, department.as_deref());
        columns.site.put(at, site.as_deref());
        columns.area.put(at, area.as_deref());
        columns.roles.put(at, roles);
        columns.power.put(at, *power);
        columns.review_on.put(at, *review_on);
        columns.profile.put(at, *profile);
        columns.other.put(at, (!other.is_empty()).then(|| std::mem::take(other)));
        columns.line.put(at, *line);
    }

    /// The position of a list of roles among all that anyone has.
    fn role_set(&mut self, roles: &[Role]) -> Option<u32> {
        if roles.is_empty() {
            return None;
        }
        if let Some(&known) = self.role_sets.get(roles) {
            return Some(known);
        }
        let new = u32::try_from(self.columns.role_sets.len()).ok()?;
        self.columns.role_sets.push(roles.into());
        self.role_sets.insert(roles.into(), new);
        Some(new)
    }

    pub(in crate::network) fn done(self) -> Columns {
        let mut columns = self.columns;
        let Columns {
            facts,
            presence,
            name,
            title,
            email,
            department,
            site,
            area,
            roles,
            role_sets,
            power,
            review_on,
            profile,
            other,
            line,
        } = &mut columns;
        for texts in [name, title, email, department, site, area] {
            texts.shrink_to_fit();
        }
        facts.shrink_to_fit();
        presence.shrink_to_fit();
        roles.shrink_to_fit();
        role_sets.shrink_to_fit();
        power.shrink_to_fit();
        review_on.shrink_to_fit();
        profile.shrink_to_fit();
        other.shrink_to_fit();
        line.shrink_to_fit();
        columns
    }
}
