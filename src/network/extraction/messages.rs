//! Messages between two people: which are replies, which were answered, and which silence followed.

use super::super::PersonIx;
use super::Extraction;
use crate::day::{Day, Moment};
use crate::evidence::EvidenceKind;

/// A contact of one person with another on another side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contact {
    pub(super) from: PersonIx,
    pub(super) to: PersonIx,
    pub(super) at: Moment,
    pub(super) record: u32,
    /// One shared by everyone else who was named.
    pub(super) part: f64,
    pub(super) what: What,
}

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A message.
    Wrote,
    /// A message that told us of a rival: it counts for that to our staff, and as a message to others.
    Told,
    /// A message or an invitation that the records say was not answered.
    Unanswered,
    /// Anything else that ends a silence: a meeting, a call, an order, a decline.
    Word,
}

impl Contact {
    fn pair(&self) -> (PersonIx, PersonIx) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    fn side(&self) -> usize {
        usize::from(self.from > self.to)
    }
}

impl Extraction<'_> {
    /// The evidence of messages, pair by pair in order of time.
    ///
    /// - A *reply* is a message to someone who has written since one last wrote to them, within the days that the settings
    ///   give. Within one moment, or one day where times are not known, either may have come first; both then count as
    ///   replies: question and answer of one day are the usual case.
    /// - *Silence*: a message of our staff without a word back of that person to the same colleague within those days. It
    ///   is dated by the message and begins on the day after them. A word is any contact, and one word answers every
    ///   message of the days before it. Silence is harvested only where the log holds messages in both directions; a
    ///   status *unanswered* says it anywhere. Our own silence is evidence of nothing.
    /// - *Their message* that is no reply begins to count on the day of the first word to them by any of our staff, where
    ///   silence is harvested: until then it is owed an answer.
    ///
    /// Costs O(n log n) in the contacts.
    pub(super) fn messages(&mut self, mut contacts: Vec<Contact>) {
        contacts.sort_unstable_by_key(|it| (it.pair(), it.at, it.from, it.record));
        let mut ours: Vec<(PersonIx, Moment)> =
            contacts.iter().filter(|it| self.valid.is_staff(it.from)).map(|it| (it.to, it.at)).collect();
        ours.sort_unstable();
        for pair in contacts.chunk_by(|a, b| a.pair() == b.pair()) {
            self.pair(pair, &ours);
        }
    }

    /// The messages of one pair, in order of time. `ours` are the words of our staff by person and moment.
    fn pair(&mut self, pair: &[Contact], ours: &[(PersonIx, Moment)]) {
        let within = self.within();
        let words: [Vec<Moment>; 2] =
            [0, 1].map(|side| pair.iter().filter(|it| it.side() == side).map(|it| it.at).collect());
        let mut last: [Option<Moment>; 2] = [None, None];
        for moment in pair.chunk_by(|a, b| a.at == b.at) {
            let Some(at) = moment.first().map(|it| it.at) else { continue };
            let has_written = |side: usize| {
                moment.iter().any(|it| it.side() == side && matches!(it.what, What::Wrote | What::Told))
            };
            let wrote = [has_written(0), has_written(1)];
            let is_reply = [0, 1].map(|side: usize| {
                let theirs = if wrote[1 - side] { Some(at) } else { last[1 - side] };
                theirs.is_some_and(|theirs| {
                    at.day().days_since(theirs.day()) <= within && last[side].is_none_or(|mine| mine < theirs)
                })
            });
            for contact in moment {
                let told_us = contact.what == What::Told && self.valid.is_staff(contact.to);
                if matches!(contact.what, What::Wrote | What::Told) && !told_us {
                    self.wrote(contact, is_reply[contact.side()], ours);
                }
                self.silence(contact, &words[1 - contact.side()]);
            }
            for side in [0, 1] {
                if wrote[side] {
                    last[side] = Some(at);
                }
            }
        }
    }

    fn wrote(&mut self, contact: &Contact, is_reply: bool, ours: &[(PersonIx, Moment)]) {
        let kind = if is_reply { EvidenceKind::Replied } else { EvidenceKind::Started };
        let awaits = self.silence
            && !is_reply
            && !self.valid.is_staff(contact.from)
            && self.valid.is_staff(contact.to);
        let day = contact.at.day();
        let begins = if awaits {
            let next = ours.partition_point(|it| *it < (contact.from, contact.at));
            match ours.get(next).filter(|(person, _)| *person == contact.from) {
                Some((_, answered)) => answered.day(),
                None => return,
            }
        } else {
            day
        };
        self.push_from(contact.from, contact.to, (day, begins), kind, contact.part, contact.record);
    }

    /// The silence after a contact, given the moments of every word back.
    fn silence(&mut self, contact: &Contact, back: &[Moment]) {
        let is_asked = match contact.what {
            What::Wrote => self.silence && self.valid.is_staff(contact.from),
            What::Unanswered => !self.valid.is_staff(contact.to),
            What::Told | What::Word => false,
        };
        if !is_asked {
            return;
        }
        let day = contact.at.day();
        let next = back.partition_point(|word| *word < contact.at);
        if back.get(next).is_some_and(|word| word.day().days_since(day) <= self.within()) {
            return;
        }
        let begins = day.plus_days(self.within()).plus_days(1);
        let kind = EvidenceKind::LeftUnanswered;
        self.push_from(contact.to, contact.from, (day, begins), kind, contact.part, contact.record);
    }

    /// The days within which a message may be answered.
    fn within(&self) -> i32 {
        i32::try_from(self.settings.reply_within_days.get()).unwrap_or(i32::MAX)
    }
}

/// The days from one to another, as a piece of evidence keeps them.
pub(super) fn wait((day, begins): (Day, Day)) -> u16 {
    u16::try_from(begins.days_since(day)).unwrap_or(u16::MAX)
}
