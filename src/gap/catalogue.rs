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
    entry(
        "narrow_coverage",
        Family::Breadth,
        "those who trust us all sit in one department, level or site; or coverage lies in few of them, by an index 0.25 above that of power",
        "market-concentration practice",
    ),
    entry(
        "whitespace_unit",
        Family::Breadth,
        "a department, site or business area of at least 2 people with power, where we reach nobody",
        "own",
    ),
    entry(
        "thin_coverage",
        Family::Breadth,
        "fewer contacts with a live tie than 5, and than 5% of the known people",
        "FunnelStory",
    ),
    entry(
        "map_outgrown",
        Family::Breadth,
        "people or sites grew by at least 25% within a year, and those with a live tie did not grow in number",
        "own",
    ),
    entry(
        "no_executive_cover",
        Family::Breadth,
        "no executive of theirs has a live tie to us, or none of these was in touch for 90 days",
        "Gain Grow Retain practice",
    ),
    entry(
        "seniority_mismatch",
        Family::Breadth,
        "every live tie of a senior person leads to somebody of ours at least 2 levels lower",
        "own",
    ),
    entry(
        "overdue_touch",
        Family::Rhythm,
        "last in touch, both ways, more than 1.5 cadences of the role ago (cooling), 2 (overdue), or 90 days (lost)",
        "augmented-csm",
    ),
    entry(
        "no_reply_streak",
        Family::Rhythm,
        "3 attempts within 14 days, and no sign of them since",
        "augmented-csm",
    ),
    entry(
        "one_way_tie",
        Family::Rhythm,
        "the share of contacts that they started fell from over 0.3 to under 0.1 within 60 days",
        "augmented-csm",
    ),
    entry(
        "cooling_trend",
        Family::Rhythm,
        "evidence of the last 30 days is below that of the 30 before, twice running",
        "augmented-csm",
    ),
    entry(
        "expiring_tie",
        Family::Rhythm,
        "nobody of ours reaches a person any more within 30 days if nothing happens",
        "own",
    ),
    entry(
        "champion_left",
        Family::People,
        "a champion or supporter left within 90 days, and nobody who trusts us stands for us as firmly",
        "UserGems-style tracking",
    ),
    entry(
        "replaced_power",
        Family::People,
        "a key player whom nobody of ours reaches took over a post within 180 days",
        "own",
    ),
    entry("promise_broken", Family::Promises, "a promise of ours that is overdue", "augmented-csm"),
    entry(
        "promise_due",
        Family::Promises,
        "a promise of ours that is due within 3 working days; urgent within 1",
        "augmented-csm",
    ),
    entry(
        "concern_open",
        Family::Promises,
        "a concern unanswered, answered with nothing changed, or parked past its review day or without one",
        "own",
    ),
    entry(
        "competitor_contact",
        Family::Rivals,
        "a key player in touch with a rival within 90 days, and not with us since",
        "Dynamics",
    ),
    entry(
        "counter_champion",
        Family::Rivals,
        "somebody who trusts a rival more than us has more power than anybody who is for us",
        "MEDDICC",
    ),
    entry(
        "opponent_unmanaged",
        Family::Rivals,
        "an opponent or hostile key player with no contact or plan within their cadence, or 90 days",
        "augmented-csm",
    ),
    entry(
        "internal_gate",
        Family::Inside,
        "one of the account team who does not trust its owner at level live",
        "own",
    ),
    entry(
        "introducer_overload",
        Family::Inside,
        "more than 2 open asks for introductions on one person of theirs within 90 days",
        "own",
    ),
    entry(
        "stale_record",
        Family::Record,
        "a review day that passed; or in touch for more than 30 days and neither role nor stance noted",
        "Borealis; augmented-csm",
    ),
    entry(
        "unknown_attribute",
        Family::Record,
        "somebody of whom nothing tells their power, and whom a key player trusts or listens to",
        "own",
    ),
    entry(
        "rating_conflict",
        Family::Record,
        "stated and evidenced strength lie at least 2 bands apart",
        "own",
    ),
    entry(
        "profile_thin",
        Family::Record,
        "fewer items of the checklist known than 10, with a role 15, of a key player 20, of who decides 30",
        "Mackay: 66 items",
    ),
];
