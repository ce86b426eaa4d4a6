//! The built-in kinds of gap: what each means, its default, and where the default comes from.

use super::finding::Family;

/// What the catalogue says of one kind of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The stable id.
    pub id: &'static str,
    /// The family.
    pub family: Family,
    /// What it is and from when on it counts.
    pub definition: &'static str,
    /// Where the default comes from: a product, a paper, or the crate's own.
    pub source: &'static str,
}

const fn entry(id: &'static str, family: Family, definition: &'static str, source: &'static str) -> Entry {
    Entry { id, family, definition, source }
}

/// Every built-in kind of gap, family by family.
pub const CATALOGUE: &[Entry] = &[
    entry(
        "unreached_power",
        Family::Reach,
        "a key player who trusts none of ours at level reached",
        "own; Affinity's bands (.4/.7) for comparison",
    ),
    entry(
        "weak_power_cover",
        Family::Reach,
        "a key player with a live tie to us who is neutral, a sceptic or an opponent",
        "Altify's coverage and support grid",
    ),
    entry(
        "missing_buying_role",
        Family::Reach,
        "economic buyer, technical buyer, user buyer, or champion or coach, held by nobody known",
        "Miller Heiman; MEDDICC",
    ),
    entry(
        "power_newcomer",
        Family::Reach,
        "joined or rose within 90 days, at least as powerful as the one we cover best, not reached",
        "Sales Navigator's 90 days",
    ),
    entry(
        "unmapped_person",
        Family::Reach,
        "seen in interactions lately, yet not among the people, or without title, role and power",
        "Custify; Dynamics",
    ),
    entry(
        "first_call_at_risk",
        Family::Reach,
        "a key player whom nobody of ours reaches, who trusts a rival's person more, or who does not know of us",
        "own",
    ),
    entry(
        "no_warm_path",
        Family::Path,
        "a key player neither reached nor warm within the most ties a chain may have",
        "own",
    ),
    entry(
        "path_blocked",
        Family::Path,
        "the best chain runs through somebody to avoid, gone or distrusted",
        "own",
    ),
    entry(
        "wrong_owner",
        Family::Path,
        "at least 3 tries by the owner without belief rising, while a colleague is better placed",
        "own",
    ),
    entry(
        "gatekeeper_only",
        Family::Path,
        "a key player to whom only an assistant or gatekeeper leads",
        "Breadbox",
    ),
    entry(
        "single_threaded_customer",
        Family::Threading,
        "exactly one person of theirs with a live tie to us",
        "Breadbox: score over 30",
    ),
    entry(
        "single_threaded_team",
        Family::Threading,
        "fewer than 2 of our people hold live ties",
        "FunnelStory",
    ),
    entry(
        "dominant_contact",
        Family::Threading,
        "at least 60% of coverage rests on one of their people",
        "own",
    ),
    entry(
        "key_person_dependency",
        Family::Threading,
        "without one of ours a key player is no longer reached, or coverage falls by at least 40%",
        "own",
    ),
    entry(
        "bridge_dependency",
        Family::Threading,
        "without one of theirs a key player who is warm has no chain left",
        "own",
    ),
];
