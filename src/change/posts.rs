//! Posts with a new holder, as distinct from people who move.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Both;
use super::people::{PersonChange, PersonChangeKind, power_of, powers_of, there};
use crate::gap::Situation;
use crate::network::PersonRecord;
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// A post with a new holder.
///
/// Where ids identify people, a post is a title in a department: a person who held it left or got another title,
/// and a person who holds it now joined or had another title; only where each of the two is unique. Where ids
/// identify posts, it is an id whose names have no word in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PostChange {
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Text>,
    /// The previous holder and the new one.
    pub holders: Both<PersonRef>,
    /// The power of the previous holder then, and of the new one now.
    pub power: Both<Share>,
}

impl PostChange {
    /// Whether a change of a person is one half of this change: they joined for the post, left it, or took its
    /// title.
    pub(super) fn tells(&self, change: &PersonChange) -> bool {
        let (had, has) = (self.holders.before == change.person, self.holders.after == change.person);
        match &change.what {
            PersonChangeKind::Joined { .. } => has,
            PersonChangeKind::Left { .. } => had,
            PersonChangeKind::Title { titles } => {
                has && Some(&titles.after) == self.title.as_ref()
                    || had && Some(&titles.before) == self.title.as_ref()
            }
            PersonChangeKind::Moved { .. }
            | PersonChangeKind::Manager { .. }
            | PersonChangeKind::Seniority { .. }
            | PersonChangeKind::Roles { .. }
            | PersonChangeKind::Support { .. } => false,
        }
    }
}

/// A title in a department.
type Post<'p> = (&'p str, Option<&'p str>);

fn post(person: PersonRecord<'_>) -> Option<Post<'_>> {
    Some((person.title()?, person.department()))
}

pub(super) fn of(both: &Both<&Situation<'_>>) -> Vec<PostChange> {
    let mut all = renamed(both);
    // For each post, who gave it up and who took it.
    let mut moves: BTreeMap<Post<'_>, (Vec<PersonRecord<'_>>, Vec<PersonRecord<'_>>)> = BTreeMap::new();
    for (post, person) in only_here(both.before, both.after) {
        moves.entry(post).or_default().0.push(person);
    }
    for (post, person) in only_here(both.after, both.before) {
        moves.entry(post).or_default().1.push(person);
    }
    for ((title, department), (had, has)) in moves {
        if let ([had], [has]) = (&had[..], &has[..]) {
            all.push(PostChange {
                title: Some(title.into()),
                department: department.map(Into::into),
                holders: Both { before: (*had).into(), after: (*has).into() },
                power: Both {
                    before: power_of(both.before, had.id()),
                    after: power_of(both.after, has.id()),
                },
            });
        }
    }
    let weight = |change: &PostChange| change.power.before.max(change.power.after);
    all.sort_by(|a, b| {
        let by_title = || (&a.title, &a.department).cmp(&(&b.title, &b.department));
        weight(b).cmp(&weight(a)).then_with(by_title)
    });
    all
}

/// The people of one day with posts that they do not hold on the other day.
fn only_here<'v>(
    here: &Situation<'v>,
    other: &Situation<'v>,
) -> impl Iterator<Item = (Post<'v>, PersonRecord<'v>)> {
    let people: Vec<_> = here
        .customer()
        .people()
        .filter_map(|person| Some((post(person)?, person)))
        .filter(|(held, person)| there(other, person.id()).and_then(post) != Some(*held))
        .collect();
    people.into_iter()
}

/// Ids whose record has another name with the same title.
fn renamed(both: &Both<&Situation<'_>>) -> Vec<PostChange> {
    let people = both.after.customer().people();
    let changed = people.filter_map(|is| {
        let was = there(both.before, is.id())?;
        let (old, new) = (was.name()?, is.name()?);
        let in_common = old.split_whitespace().any(|word| new.split_whitespace().any(|it| it == word));
        (!in_common && was.title() == is.title()).then(|| PostChange {
            title: is.title().map(Into::into),
            department: is.department().map(Into::into),
            holders: Both { before: was.into(), after: is.into() },
            power: powers_of(both, is.id()),
        })
    });
    changed.collect()
}
