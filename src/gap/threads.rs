//! Another tie that would do, for kinds that find too few.

use super::Situation;
use super::remedy::Remedy;
use crate::network::MemberIx;
use crate::share::Share;
use crate::view::PersonRef;

/// A tie of any of these customer's people to our staff would do; the three most powerful are named.
pub(super) fn another_tie(
    situation: &Situation<'_>,
    would_do: impl Fn(MemberIx) -> bool,
    level: Share,
) -> Option<Remedy> {
    let power_table = situation.power_table();
    let mut others: Vec<MemberIx> = power_table.members().filter(|&member| would_do(member)).collect();
    others.sort_by_key(|&member| std::cmp::Reverse(power_table.power(member)));
    let trusts = situation.candidates_for(*others.first()?);
    let who: Vec<PersonRef> = others.into_iter().take(3).map(|member| situation.name(member)).collect();
    Some(Remedy::EarnTrust { who, trusts, level })
}
