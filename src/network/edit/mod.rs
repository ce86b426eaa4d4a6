//! Single edits of a built network: a tie here, a person in `people`.

mod people;

use people::PersonBefore;

use super::assemble::is_lasting;
use super::check::reference;
use super::check::ties::{Directory, valid_tie};
use super::citation::TieId;
use super::extraction::of_trust;
use super::packed::{OTHERWISE, Repacking, TIE_RECORD, record_of, source_of};
use super::{Network, PersonIx};
use crate::day::Day;
use crate::error::Error;
use crate::evidence::{EvidenceKind, Item};
use crate::problem::{ProblemKind, Problems, Repair};
use crate::record::{RecordKind, Tie, TieKind};
use crate::text::Text;

/// What an edit put aside: [`Network::undo`] puts it back.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "an edit that is not to be undone is kept by dropping this"]
pub struct Undo {
    /// Whose ties were changed, and what those rested on before.
    rows: Vec<Row>,
    /// What recorded ties were before.
    ties: Vec<TieBefore>,
    tie_records: u32,
    replaced: usize,
    person: Option<PersonBefore>,
}

/// The days between which a recorded tie held, and its id.
#[derive(Debug, Clone, PartialEq)]
struct TieBefore {
    record: u32,
    since: Day,
    until: Day,
    id: Option<TieId>,
}

/// Someone, and what their ties rested on.
type Row = (PersonIx, Vec<(PersonIx, Item)>);

impl Undo {
    /// How many recorded ties the edit replaced or took out.
    pub fn replaced(&self) -> usize {
        self.replaced
    }
}

impl Network {
    /// Puts a tie in place of those of the same kind that the records have between the same two people; where there is
    /// none, adds it.
    ///
    /// The network is afterwards what a [`build`](Self::build) of records with that tie in the place of the first
    /// of those would be, or at the end of all where there was none; except for [`notes`](Self::notes), which stay
    /// those of the build. Evidence from interactions, promises and concerns between the two is not changed.
    ///
    /// Costs as much as the one or two people have ties: a microsecond or two, however large the network. A tie whose
    /// days are known costs O(ties whose days are known) on top, one with an id O(ties with an id).
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, record::{Customer, Person, Tie}};
    /// # let mut records = Records::new();
    /// # records.as_of = Some("2026-03-02".parse()?);
    /// # records.customers.push(Customer::new("northgate"));
    /// # records.people = vec![Person::customer("dan", "northgate"), Person::customer("wes", "northgate"),
    /// #     Person::staff("pam"), Person::staff("sal")];
    /// # records.ties = vec![Tie::trust("dan", "wes").evidence(6.0, 0.0), Tie::trust("wes", "pam").evidence(14.0, 0.0)];
    /// # let mut network = Network::build(records)?;
    /// let undo = network.put_tie(Tie::trust("dan", "pam").evidence(8.0, 0.0))?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// assert_eq!(view.introductions("dan")?.best(1)[0].to_string(), "pam asks dan: likely 0.86, at least 0.80");
    /// network.undo(undo);
    /// # let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// # assert_eq!(view.introductions("dan")?.best(1)[0].hops.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unsound`] with every fault of the tie, at the position that it would have among the ties;
    /// [`Error::NotEditable`] for a tie that states more than trust: influence, listening, a second
    /// reporting line, avoidance. The network is then unchanged.
    pub fn put_tie(&mut self, mut tie: Tie) -> Result<Undo, Error> {
        editable(tie.kind)?;
        let mut problems = Problems::default();
        let position = self.tie_records as usize;
        let mut last = (Text::default(), None);
        let valid = valid_tie(&mut tie, position, &mut Ends(self), &mut last, &mut problems);
        let records = valid.map_or_else(Vec::new, |it| self.recorded(it.kind, it.from, it.to));
        let id = self.own_id(tie, position, &records, &mut problems);
        let Some(mut valid) = valid.filter(|_| !problems.any_fault()) else {
            return Err(Error::Unsound(problems.refuse()));
        };
        valid.record = records.iter().copied().min().unwrap_or(self.tie_records);
        let undo = self.set_aside(valid.kind, valid.from, valid.to, &records, valid.record);
        self.tie_records += u32::from(records.is_empty());
        self.ties.set_span(valid.record, valid.since, valid.until);
        if let Some(id) = id {
            self.tie_ids.put(TieId { record: valid.record, position: self.tie_records, id });
        }
        let day = valid.dated(self.as_of);
        // Conflict and acquaintance have no direction.
        let both_ways = match valid.kind {
            TieKind::Conflict => Some((EvidenceKind::Conflict, valid.strength.unwrap_or(1.0), valid.record)),
            TieKind::Acquainted => Some((EvidenceKind::Acquainted, 1.0, valid.record | TIE_RECORD)),
            TieKind::Trust
            | TieKind::Influence
            | TieKind::ListensTo
            | TieKind::ReportsTo
            | TieKind::Avoid => None,
        };
        if let Some((kind, amount, record)) = both_ways {
            for (who, whom, record) in
                [(valid.from, valid.to, record), (valid.to, valid.from, record | OTHERWISE)]
            {
                let piece = Item { day, wait: 0, amount, record, kind };
                let pieces = if amount > 0.0 { std::slice::from_ref(&piece) } else { &[] };
                self.replace(valid.kind, who, whom, pieces);
            }
        } else {
            let pieces: Vec<Item> = of_trust(&valid, self.as_of).collect();
            self.replace(valid.kind, valid.from, valid.to, &pieces);
        }
        Ok(undo)
    }

    /// Takes out the ties of a kind that the records have between two people, if any. Those of conflict and
    /// acquaintance have no direction.
    ///
    /// Costs as much as [`put_tie`](Self::put_tie).
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::NotEditable`], as [`put_tie`](Self::put_tie).
    pub fn remove_tie(&mut self, kind: TieKind, from: &str, to: &str) -> Result<Undo, Error> {
        editable(kind)?;
        let find = |id: &str| self.person_ix(id).ok_or_else(|| Error::UnknownPerson { id: id.into() });
        let (from, to) = (find(from)?, find(to)?);
        let records = self.recorded(kind, from, to);
        let undo = self.set_aside(kind, from, to, &records, self.tie_records);
        if !records.is_empty() {
            self.replace(kind, from, to, &[]);
            if kind != TieKind::Trust {
                self.replace(kind, to, from, &[]);
            }
        }
        Ok(undo)
    }

    /// Gives one person's tie to another other evidence in place of all there was.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`].
    pub(crate) fn replace_evidence(
        &mut self,
        from: &str,
        to: &str,
        with: impl FnOnce(Vec<Item>) -> Vec<Item>,
    ) -> Result<Undo, Error> {
        let find = |id: &str| self.person_ix(id).ok_or_else(|| Error::UnknownPerson { id: id.into() });
        let (from, to) = (find(from)?, find(to)?);
        let before: Vec<(PersonIx, Item)> = self.ties.pieces(from).collect();
        let (mine, rest): (Vec<_>, Vec<_>) = before.iter().copied().partition(|&(whom, _)| whom == to);
        let mine = with(mine.into_iter().map(|(_, piece)| piece).collect());
        self.rewrite(from, rest.into_iter().chain(mine.into_iter().map(|piece| (to, piece))).collect());
        let (ties, tie_records) = (Vec::new(), self.tie_records);
        Ok(Undo { rows: vec![(from, before)], ties, tie_records, replaced: 0, person: None })
    }

    /// The number that the next recorded tie would have.
    pub(crate) const fn next_tie_record(&self) -> u32 {
        self.tie_records
    }

    /// Undoes an edit; several in reverse order. The network is then as before, to the last bit.
    pub fn undo(&mut self, undo: Undo) {
        // Rows read the days, and who is there, when they are written.
        if let Some(before) = undo.person {
            self.restore(before);
        }
        for TieBefore { record, since, until, id } in undo.ties {
            self.ties.set_span(record, since, until);
            self.tie_ids.remove(record);
            if let Some(id) = id {
                self.tie_ids.put(id);
            }
        }
        for (who, pieces) in undo.rows {
            self.rewrite(who, pieces);
        }
        self.tie_records = undo.tie_records;
    }

    /// The numbers of the recorded ties of a kind from one person to another.
    fn recorded(&self, kind: TieKind, from: PersonIx, to: PersonIx) -> Vec<u32> {
        let pieces = self.ties.pieces(from).filter(|(whom, item)| *whom == to && is_of(kind, item));
        let mut records: Vec<u32> = pieces.map(|(_, item)| record_of(&item)).collect();
        records.sort_unstable();
        records.dedup();
        records
    }

    /// The id of a tie that is put in, unless one that it does not replace has it.
    fn own_id(&self, tie: Tie, position: usize, replaced: &[u32], problems: &mut Problems) -> Option<Text> {
        let id = *tie.id.filter(|id| !id.is_empty())?;
        if let Some(taken) = self.tie_ids.find(&id).filter(|taken| !replaced.contains(&taken.record)) {
            let what = ProblemKind::DuplicateId { first: taken.position as usize };
            problems.fault(reference(RecordKind::Tie, position, &id, tie.line), "id", what, Repair::LeftOut);
        }
        Some(id)
    }

    /// Notes what an edit of the tie between two people will change, and forgets days and ids of the ties it replaces.
    fn set_aside(&mut self, kind: TieKind, from: PersonIx, to: PersonIx, records: &[u32], new: u32) -> Undo {
        let both = [from, to];
        let changed = if kind == TieKind::Trust { both.get(..1) } else { both.get(..) }.unwrap_or_default();
        let rows = changed.iter().map(|&who| (who, self.ties.pieces(who).collect())).collect();
        let mut ties: Vec<TieBefore> = Vec::new();
        for &record in records.iter().chain(std::iter::once(&new).filter(|new| !records.contains(new))) {
            let (since, until) = self.ties.span(record);
            ties.push(TieBefore { record, since, until, id: self.tie_ids.remove(record) });
            self.ties.set_span(record, Day::MIN, Day::MAX);
        }
        Undo { rows, ties, tie_records: self.tie_records, replaced: records.len(), person: None }
    }

    /// Gives one person's tie to another these pieces of evidence in place of those from recorded ties of a kind.
    fn replace(&mut self, kind: TieKind, who: PersonIx, whom: PersonIx, pieces: &[Item]) {
        let rest = self.ties.pieces(who).filter(|(other, item)| *other != whom || !is_of(kind, item));
        let mine = rest.chain(pieces.iter().map(|piece| (whom, *piece))).collect();
        self.rewrite(who, mine);
    }

    fn rewrite(&mut self, who: PersonIx, mine: Vec<(PersonIx, Item)>) {
        let (people, as_of) = (&self.people, self.as_of);
        let lasting = |at: PersonIx| is_lasting(people.side(at), people.presence(at), as_of);
        self.ties.replace_row(who, mine, &Repacking { as_of, settings: &self.settings, lasting: &lasting });
    }
}

/// Whether a tie of a kind is evidence of trust, and nothing else.
fn editable(kind: TieKind) -> Result<(), Error> {
    match kind {
        TieKind::Trust | TieKind::Conflict | TieKind::Acquainted => Ok(()),
        TieKind::Influence | TieKind::ListensTo | TieKind::ReportsTo | TieKind::Avoid => {
            Err(Error::NotEditable { kind })
        }
    }
}

/// Whether a piece of evidence comes from a recorded tie of a kind.
fn is_of(kind: TieKind, item: &Item) -> bool {
    source_of(item).is_some_and(|(told, ..)| told == kind)
}

/// The people of a network, as a directory of ends.
struct Ends<'a>(&'a Network);

impl Directory for Ends<'_> {
    fn person(&mut self, id: &str) -> Option<PersonIx> {
        self.0.person_ix(id)
    }

    fn has_customer(&self, id: &str) -> bool {
        self.0.customer_ix(id).is_some()
    }

    fn has_mailbox(&self, _id: &str) -> bool {
        // To an edit it is an unknown person.
        false
    }

    fn begin(&mut self, _from: PersonIx) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Person, Records};

    #[test]
    fn the_places_of_old_rows_are_won_back() {
        let mut records = Records::new();
        records.people = vec![Person::staff("pam"), Person::staff("sal"), Person::staff("ray")];
        records.ties =
            vec![Tie::trust("pam", "sal").evidence(1.0, 0.0), Tie::trust("sal", "ray").strength(0.5)];
        let mut network = Network::build(records).unwrap();
        for round in 1..1000_u32 {
            let _kept = network.put_tie(Tie::trust("pam", "sal").evidence(f64::from(round), 0.0)).unwrap();
            assert!(network.ties.places().len() <= 4, "two ties and no more dead places than that");
        }
    }
}
