//! Someone leaves, or gets another manager, in a network that is built.
#![allow(
    clippy::indexing_slicing,
    reason = "positions come from the network, which has these columns for everybody"
)]

use super::{Row, Undo};
use crate::day::Day;
use crate::error::Error;
use crate::evidence::{EvidenceKind, Item};
use crate::network::assemble::is_lasting;
use crate::network::packed::TIE_RECORD;
use crate::network::{Network, PersonIx};

/// A person's previous record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PersonBefore {
    Time { person: PersonIx, last: Day, on_record: bool },
    Manager { person: PersonIx, manager: PersonIx },
}

impl Network {
    /// Lets someone's time in their organisation end: `last` is the last day on which they are there.
    ///
    /// The network is afterwards what a [`build`](Self::build) of records with that
    /// [`ended_on`](crate::record::Person::ended_on) would be, but for [`notes`](Self::notes).
    ///
    /// Costs as much as there are people who trust them. The first edit of this kind, and the first after a tie was
    /// changed, has to find out who they are, and costs O(ties) once.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::NotThereYet`] when they come only after that day. The network is then as it was.
    pub fn end_presence(&mut self, person: &str, last: Day) -> Result<Undo, Error> {
        let at = self.person_ix(person).ok_or_else(|| Error::UnknownPerson { id: person.into() })?;
        let (first, before) = self.people.presence(at);
        if last < first && first != Day::MIN {
            return Err(Error::NotThereYet { id: person.into(), started_on: first });
        }
        let on_record = self.people.ended_on(at).is_some();
        self.people.set_last(at, last, true);
        self.mark_ties_to(at);
        Ok(self.undo_of(PersonBefore::Time { person: at, last: before, on_record }, Vec::new()))
    }

    /// Gives someone another manager, or none.
    ///
    /// The network is afterwards what a [`build`](Self::build) of records with that
    /// [`manager_id`](crate::record::Person::manager_id) would be, but for [`notes`](Self::notes).
    ///
    /// Costs as much as the three people concerned have ties, and as there are managers above the new one.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::NotAManager`] for a manager on another side, and when the new manager is the
    /// person, or reports to them over any number of lines. The network is then as it was.
    pub fn set_manager(&mut self, person: &str, manager: Option<&str>) -> Result<Undo, Error> {
        let find = |id: &str| self.person_ix(id).ok_or_else(|| Error::UnknownPerson { id: id.into() });
        let at = find(person)?;
        let new = manager.map(find).transpose()?;
        if let (Some(new), Some(id)) = (new, manager) {
            self.may_manage(at, new, id)?;
        }
        let old = self.manager_of(at);
        let mut changed: Vec<PersonIx> = [Some(at), old, new].into_iter().flatten().collect();
        changed.sort_unstable();
        changed.dedup();
        let rows: Vec<Row> = changed.iter().map(|&who| (who, self.ties.pieces(who).collect())).collect();
        let day = self.as_of.unwrap_or(Day::MIN);
        let line = Item { day, wait: 0, amount: 1.0, record: at.get(), kind: EvidenceKind::ReportingLine };
        for (who, pieces) in &rows {
            let rest = pieces.iter().filter(|(_, item)| !is_line_of(at, item)).copied();
            let mut mine: Vec<(PersonIx, Item)> = rest.collect();
            if let Some(new) = new {
                let other = if *who == at { Some(new) } else { (*who == new).then_some(at) };
                mine.extend(other.map(|other| (other, line)));
            }
            self.rewrite(*who, mine);
        }
        let before = PersonBefore::Manager {
            person: at,
            manager: std::mem::replace(&mut self.manager[at.index()], new.unwrap_or(PersonIx::NONE)),
        };
        Ok(self.undo_of(before, rows))
    }

    /// Whether one person may manage another: on the same side, and not under them.
    fn may_manage(&self, person: PersonIx, manager: PersonIx, id: &str) -> Result<(), Error> {
        let (theirs, side) = (self.people.side(person), self.people.side(manager));
        if theirs != side {
            return Err(Error::NotAManager { id: id.into(), why: "they are on another side" });
        }
        // Managers form no cycle, so this ends.
        let mut above = Some(manager);
        while let Some(one) = above {
            if one == person {
                return Err(Error::NotAManager { id: id.into(), why: "the lines would run in a circle" });
            }
            above = self.manager_of(one);
        }
        Ok(())
    }

    /// Puts back what was set aside about one person.
    pub(super) fn restore(&mut self, before: PersonBefore) {
        match before {
            PersonBefore::Time { person, last, on_record } => {
                self.people.set_last(person, last, on_record);
                self.mark_ties_to(person);
            }
            PersonBefore::Manager { person, manager } => self.manager[person.index()] = manager,
        }
    }

    fn undo_of(&self, before: PersonBefore, rows: Vec<Row>) -> Undo {
        let (ties, tie_records) = (Vec::new(), self.tie_records);
        Undo { rows, ties, tie_records, replaced: 0, person: Some(before) }
    }

    /// Marks the ties that lead to someone, now that the days on which they are there have changed.
    fn mark_ties_to(&mut self, person: PersonIx) {
        let lasting = is_lasting(self.people.side(person), self.people.presence(person), self.as_of);
        self.ties.mark_to(person, lasting);
    }
}

/// Whether a piece of evidence is someone's line to their `manager_id`.
fn is_line_of(person: PersonIx, item: &Item) -> bool {
    item.kind == EvidenceKind::ReportingLine && item.record & TIE_RECORD == 0 && item.record == person.get()
}
