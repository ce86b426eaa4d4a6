//! Every fault of records: found, reported in the same words each time, and repaired as reported.

use std::collections::BTreeSet;

use crate::common::world::{World, day};
use stakeholder_graph::record::{
    Commitment, CommitmentStatus, Concern, Customer, Decision, Interaction, InteractionKind,
    InteractionStatus, Member, Person, Profile, RecordKind, Role, Tie, TieKind,
};
use stakeholder_graph::{
    Error, Network, PersonRecord, Problem, ProblemKind, Problems, Records, Repair, Repaired, Settings,
    Severity, Weight,
};

/// Two customers with three people, two of our staff, a partner's and a competitor's person; one record of every
/// other kind. All valid.
fn valid() -> Records {
    let world = World::customer("north").people(["ann", "bob"]).and_customer("south").person("eve");
    let world = world.staff(["sal", "tom"]).with(|records| records.people.push(Person::partner("pat")));
    let mut records = world.competitor("ray").evidence("ann", "sal", 4.0, 1.0).records();
    records.interactions =
        vec![Interaction::new("i1", InteractionKind::Meeting, day("2026-02-01"), ["ann", "sal"])];
    records.commitments = vec![Commitment::new("m1", "sal", ["ann"], day("2026-02-01"))];
    records.concerns = vec![Concern::new("n1", "ann", day("2026-02-01"))];
    records.decisions = vec![Decision::approval("d1", "north", "ann")];
    records
}

fn meeting(id: &str, people: &[&str]) -> Interaction {
    Interaction::new(id, InteractionKind::Meeting, day("2026-02-10"), people.iter().copied())
}

/// One fault: its code, the edit that makes valid records faulty, and its message.
struct Case {
    code: &'static str,
    spoil: fn(&mut Records),
    says: &'static [&'static str],
}

const fn case(code: &'static str, spoil: fn(&mut Records), says: &'static [&'static str]) -> Case {
    Case { code, spoil, says }
}

/// What a lenient build repairs and a strict one refuses.
const FAULTS: &[Case] = &[
    case(
        "empty_id",
        |it| it.customers.push(Customer::new("")),
        &["customers[2], field `id`: there is no id; give it one (left out)"],
    ),
    case(
        "empty_id",
        |it| it.people.push(Person::staff("")),
        &["people[7], field `id`: there is no id; give it one (left out)"],
    ),
    case(
        "empty_id",
        |it| it.interactions.push(meeting("", &["ann", "sal"])),
        &["interactions[1], field `id`: there is no id; give it one (left out)"],
    ),
    case(
        "duplicate_id",
        |it| {
            let mut again = Person::customer("ann", "nowhere");
            again.manager_id = Some("nobody".into());
            again.power = Some(7.0);
            again.line = Some(9);
            it.people.push(again);
        },
        &[
            "people[7] `ann` (line 9), field `id`: the record at position 0 has the same id; keep one of the two, or \
           give one another id (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| it.customers.push(Customer::new("south")),
        &[
            "customers[2] `south`, field `id`: the record at position 1 has the same id; keep one of the two, or give \
           one another id (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| {
            let tie = |who| Tie::trust(who, "sal").strength(0.5).id("t1");
            it.ties.extend([tie("bob"), tie("eve"), tie("x9").id(""), tie("x9").id("t2")]);
        },
        &[
            "ties[2] `t1`, field `id`: the record at position 1 has the same id; keep one of the two, or give one \
           another id (left out)",
            "ties[3], field `who`: no person has the id `x9`; add that record or clear the field (left out)",
            "ties[4] `t2`, field `who`: no person has the id `x9`; add that record or clear the field (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| it.interactions.push(meeting("i1", &["north", "x9"])),
        &[
            "interactions[1] `i1`, field `id`: the record at position 0 has the same id; keep one of the two, or give \
           one another id (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| it.commitments.push(Commitment::new("m1", "x9", ["x8"], day("2026-02-01"))),
        &[
            "commitments[1] `m1`, field `id`: the record at position 0 has the same id; keep one of the two, or give \
           one another id (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| it.concerns.push(Concern::new("n1", "x9", day("2026-02-01"))),
        &[
            "concerns[1] `n1`, field `id`: the record at position 0 has the same id; keep one of the two, or give one \
           another id (left out)",
        ],
    ),
    case(
        "duplicate_id",
        |it| it.decisions.push(Decision::approval("d1", "nowhere", "x9")),
        &[
            "decisions[1] `d1`, field `id`: the record at position 0 has the same id; keep one of the two, or give one \
           another id (left out)",
        ],
    ),
    case(
        "dangling",
        |it| it.customers[0].parent_id = Some("x9".into()),
        &[
            "customers[0] `north`, field `parent_id`: no customer has the id `x9`; add that record or clear the field \
           (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.customers[0].owner_id = Some("x9".into()),
        &[
            "customers[0] `north`, field `owner_id`: no person has the id `x9`; add that record or clear the field \
           (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.people.push(Person::customer("zoe", "x9")),
        &[
            "people[7] `zoe`, field `customer_id`: no customer has the id `x9`; add that record or clear the field \
           (left out)",
        ],
    ),
    case(
        "dangling",
        |it| it.people[0].manager_id = Some("x9".into()),
        &[
            "people[0] `ann`, field `manager_id`: no person has the id `x9`; add that record or clear the field \
           (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.ties.push(Tie::trust("x8", "x9").strength(0.5)),
        &[
            "ties[1], field `who`: no person has the id `x8`; add that record or clear the field (left out)",
            "ties[1], field `trusts`: no person has the id `x9`; add that record or clear the field (left out)",
        ],
    ),
    case(
        "dangling",
        |it| it.ties.push(Tie::new(TieKind::ListensTo, "ann", "x9")),
        &["ties[1], field `to`: no person has the id `x9`; add that record or clear the field (left out)"],
    ),
    case(
        "dangling",
        |it| it.interactions[0].started_by = Some("x9".into()),
        &[
            "interactions[0] `i1`, field `started_by`: no person has the id `x9`; add that record or clear the field \
           (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.interactions[0].customer_id = Some("x9".into()),
        &[
            "interactions[0] `i1`, field `customer_id`: no customer has the id `x9`; add that record or clear the \
           field (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.commitments.push(Commitment::new("m2", "x9", ["ann", "x8"], day("2026-02-01"))),
        &[
            "commitments[1] `m2`, field `made_by`: no person has the id `x9`; add that record or clear the field \
             (left out)",
            "commitments[1] `m2`, field `made_to`: no person has the id `x8`; add that record or clear the field \
             (entry left out)",
        ],
    ),
    case(
        "dangling",
        |it| it.commitments[0].customer_id = Some("x9".into()),
        &[
            "commitments[0] `m1`, field `customer_id`: no customer has the id `x9`; add that record or clear the field \
           (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| {
            let mut concern = Concern::new("n2", "x7", day("2026-02-01"));
            concern.owner_id = Some("x8".into());
            concern.customer_id = Some("x9".into());
            it.concerns.push(concern);
        },
        &[
            "concerns[1] `n2`, field `raised_by`: no person has the id `x7`; add that record or clear the field (left \
             out)",
            "concerns[1] `n2`, field `owner_id`: no person has the id `x8`; add that record or clear the field \
             (cleared)",
            "concerns[1] `n2`, field `customer_id`: no customer has the id `x9`; add that record or clear the field \
             (cleared)",
        ],
    ),
    case(
        "dangling",
        |it| it.decisions.push(Decision::approval("d2", "x9", "ann")),
        &[
            "decisions[1] `d2`, field `customer_id`: no customer has the id `x9`; add that record or clear the field \
           (left out)",
        ],
    ),
    case(
        "dangling",
        |it| it.decisions.push(Decision::approval("d2", "north", "x9")),
        &[
            "decisions[1] `d2`, field `approver`: no person has the id `x9`; add that record or clear the field (left \
           out)",
        ],
    ),
    case(
        "tie_to_organisation",
        |it| it.ties.push(Tie::trust("north", "sal").strength(0.5)),
        &[
            "ties[1], field `who`: `north` is a customer, and only people have relationships; name the person there \
           who is meant (left out)",
        ],
    ),
    case(
        "organisation_takes_part",
        |it| it.interactions.push(meeting("i2", &["north", "ann", "sal"])),
        &[
            "interactions[1] `i2`, field `participants`: `north` is a customer, and only people take part; name the \
           people who took part, and the customer in `customer_id` (entry left out)",
        ],
    ),
    case(
        "self_tie",
        |it| it.ties.push(Tie::trust("ann", "ann").strength(0.5)),
        &["ties[1]: the tie leads from a person to themself; remove it or name the other person (left out)"],
    ),
    case(
        "own_manager",
        |it| it.people[0].manager_id = Some("ann".into()),
        &[
            "people[0] `ann`, field `manager_id`: the person reports to themself; clear the field for whoever stands \
           at the top (cleared)",
        ],
    ),
    case(
        "reporting_cycle",
        |it| {
            it.people.push(Person::customer("cat", "north"));
            for (at, manager) in [(0, "cat"), (1, "ann"), (7, "bob")] {
                it.people[at].manager_id = Some(manager.into());
            }
        },
        &[
            "people[0] `ann`, field `manager_id`: these report to each other in a circle: `ann` → `cat` → `bob`; clear \
           or change the manager of one of them (circle opened at `ann`)",
        ],
    ),
    case(
        "parent_cycle",
        |it| {
            it.customers[0].parent_id = Some("south".into());
            it.customers[1].parent_id = Some("north".into());
        },
        &[
            "customers[0] `north`, field `parent_id`: these belong to each other in a circle: `north` → `south`; clear \
           or change the parent of one of them (circle opened at `north`)",
        ],
    ),
    case(
        "parent_cycle",
        |it| it.customers[1].parent_id = Some("south".into()),
        &[
            "customers[1] `south`, field `parent_id`: these belong to each other in a circle: `south`; clear or change \
           the parent of one of them (circle opened at `south`)",
        ],
    ),
    case(
        "no_customer",
        |it| {
            let mut person = Person::customer("zoe", "north");
            person.customer_id = None;
            it.people.push(person);
        },
        &[
            "people[7] `zoe`, field `customer_id`: a person on the customer side works for some customer; name the \
           customer in `customer_id`, or change `side` (left out)",
        ],
    ),
    case(
        "customer_on_other_side",
        |it| it.people[3].customer_id = Some("north".into()),
        &[
            "people[3] `sal`, field `customer_id`: only a person on the customer side has a customer; clear it, or set \
           `side` to customer (cleared)",
        ],
    ),
    case(
        "manager_on_other_side",
        |it| it.people[0].manager_id = Some("sal".into()),
        &[
            "people[0] `ann`, field `manager_id`: `sal` is not on the person's side; name a manager on the person's own \
           side (cleared)",
        ],
    ),
    case(
        "dates_reversed",
        |it| {
            it.people[0].started_on = Some(day("2025-02-02"));
            it.people[0].ended_on = Some(day("2025-02-01"));
        },
        &[
            "people[0] `ann`, field `ended_on`: `started_on` lies after `ended_on`; correct one of the two (cleared)",
        ],
    ),
    case(
        "dates_reversed",
        |it| {
            it.ties[0].since = Some(day("2025-02-02"));
            it.ties[0].until = Some(day("2025-02-01"));
        },
        &["ties[0], field `until`: `since` lies after `until`; correct one of the two (cleared)"],
    ),
    case(
        "dates_reversed",
        |it| {
            it.commitments[0].due_on = Some(day("2026-01-31"));
            it.commitments[0] = it.commitments[0].clone().closed(CommitmentStatus::Kept, day("2026-01-30"));
        },
        &[
            "commitments[0] `m1`, field `due_on`: `made_on` lies after `due_on`; correct one of the two (cleared)",
            "commitments[0] `m1`, field `closed_on`: `made_on` lies after `closed_on`; correct one of the two \
             (cleared)",
        ],
    ),
    case(
        "dates_reversed",
        |it| it.concerns[0].review_on = Some(day("2026-01-31")),
        &[
            "concerns[0] `n1`, field `review_on`: `raised_on` lies after `review_on`; correct one of the two (cleared)",
        ],
    ),
    case(
        "dates_reversed",
        |it| {
            it.decisions[0].opens_on = Some(day("2026-02-02"));
            it.decisions[0].decides_on = Some(day("2026-02-01"));
        },
        &[
            "decisions[0] `d1`, field `decides_on`: `opens_on` lies after `decides_on`; correct one of the two \
           (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.customers[0].value = Some(-1.0),
        &[
            "customers[0] `north`, field `value`: -1 is less than 0; correct it, or leave it empty for unknown (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.people[0].power = Some(1.5),
        &[
            "people[0] `ann`, field `power`: 1.5 is not between 0 and 1; correct it, or leave it empty for unknown \
           (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.ties[0].strength = Some(-1.25),
        &[
            "ties[0], field `strength`: -1.25 is not between -1 and 1; correct it, or leave it empty for unknown \
           (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.ties[0].supporting = Some(1_000_001.0),
        &[
            "ties[0], field `for`: 1000001 is not between 0 and 1000000; correct it, or leave it empty for unknown \
           (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.interactions[0].sentiment = Some(-1.25),
        &[
            "interactions[0] `i1`, field `sentiment`: -1.25 is not between -1 and 1; correct it, or leave it empty for \
           unknown (cleared)",
        ],
    ),
    case(
        "out_of_range",
        |it| it.concerns[0].severity = Some(5),
        &[
            "concerns[0] `n1`, field `severity`: 5 is not between 1 and 4; correct it, or leave it empty for unknown \
           (cleared)",
        ],
    ),
    case(
        "not_a_number",
        |it| it.ties[0].against = Some(f64::NAN),
        &[
            "ties[0], field `against`: not a finite number; correct it, or leave it empty for unknown (cleared)",
        ],
    ),
    case(
        "not_a_number",
        |it| it.people[0].power = Some(f64::NEG_INFINITY),
        &[
            "people[0] `ann`, field `power`: not a finite number; correct it, or leave it empty for unknown (cleared)",
        ],
    ),
    case(
        "profile_overfull",
        |it| it.people[0].profile = Some(Profile::new(67, 66)),
        &["people[0] `ann`, field `profile`: 67 answers to 66 questions; correct one of the two (cleared)"],
    ),
    case(
        "not_staff",
        |it| it.customers[0].owner_id = Some("ann".into()),
        &[
            "customers[0] `north`, field `owner_id`: `ann` is not one of our staff; name one of our own people \
           (cleared)",
        ],
    ),
    case(
        "not_staff",
        |it| it.concerns[0].owner_id = Some("pat".into()),
        &[
            "concerns[0] `n1`, field `owner_id`: `pat` is not one of our staff; name one of our own people (cleared)",
        ],
    ),
    case(
        "starter_absent",
        |it| it.interactions[0].started_by = Some("tom".into()),
        &[
            "interactions[0] `i1`, field `started_by`: `tom` did not take part; add them to `participants` (added)",
        ],
    ),
    case(
        "in_future",
        |it| it.interactions[0].at = day("2026-03-03").into(),
        &[
            "interactions[0] `i1`, field `at`: it lies after 2026-03-02, the day of the records, yet it was held; set \
           `status` to planned, or correct the day or `as_of` (counts as planned)",
        ],
    ),
    case(
        "promised_to_no_one",
        |it| it.commitments.push(Commitment::new("m2", "sal", Vec::<String>::new(), day("2026-02-01"))),
        &[
            "commitments[1] `m2`, field `made_to`: nobody is left to whom it was made; name them in `made_to` (left \
           out)",
        ],
    ),
    case(
        "no_rule",
        |it| it.decisions.push(Decision::vote("d2", "north", 1, [])),
        &[
            "decisions[1] `d2`, field `approver`: there is no approver and no member; name an approver, or members with \
           votes (left out)",
        ],
    ),
    case(
        "no_rule",
        |it| it.decisions.push(Decision::vote("d2", "north", 1, [Member::new("x9", 1)])),
        &[
            "decisions[1] `d2`, field `members`: no person has the id `x9`; add that record or clear the field (entry \
             left out)",
            "decisions[1] `d2`, field `members`: there is no approver and no member; name an approver, or members \
             with votes (left out)",
        ],
    ),
    case(
        "two_rules",
        |it| it.decisions[0].members.push(Member::new("bob", 1)),
        &[
            "decisions[0] `d1`, field `members`: there is an approver, and there are members as well; keep the one that \
           holds (cleared)",
        ],
    ),
    case(
        "wrong_customer",
        |it| it.decisions.push(Decision::approval("d2", "north", "eve")),
        &[
            "decisions[1] `d2`, field `approver`: `eve` does not work for this customer; name people who work for the \
           customer (left out)",
        ],
    ),
    case(
        "wrong_customer",
        |it| {
            let members = [Member::new("ann", 2), Member::new("sal", 1)];
            it.decisions.push(Decision::vote("d2", "north", 2, members));
        },
        &[
            "decisions[1] `d2`, field `members`: `sal` does not work for this customer; name people who work for the \
           customer (entry left out)",
        ],
    ),
    case(
        "member_twice",
        |it| {
            let members = [Member::new("ann", 2), Member::new("bob", 1), Member::new("ann", 3)];
            it.decisions.push(Decision::vote("d2", "north", 2, members));
        },
        &["decisions[1] `d2`, field `members`: `ann` is named twice; add up their votes (entry left out)"],
    ),
    case(
        "quota_zero",
        |it| it.decisions.push(Decision::vote("d2", "north", 0, [Member::new("ann", 2)])),
        &[
            "decisions[1] `d2`, field `quota`: nothing would be decided by no vote at all; give the votes that carry it \
           (left out)",
        ],
    ),
    case(
        "quota_unreachable",
        |it| it.decisions.push(Decision::vote("d2", "north", 3, [Member::new("ann", 2)])),
        &[
            "decisions[1] `d2`, field `quota`: the quota is 3 and all votes together are 2; lower the quota or add the \
           missing members (left out)",
        ],
    ),
    case(
        "votes_too_fine",
        |it| {
            let ids: Vec<String> = (0..21).map(|at| format!("v{at}")).collect();
            it.people.extend(ids.iter().map(|id| Person::customer(id, "north")));
            let members = (0_u64..).zip(&ids).map(|(at, id)| Member::new(id, 100_000 + at));
            it.decisions.push(Decision::vote("d2", "north", 5, members));
        },
        &[
            "decisions[1] `d2`, field `quota`: 2100210 votes, or so many voters, are too many to weigh exactly; round them, \
             for instance to thousandths of the whole, and join voters who always vote together (left out)",
        ],
    ),
];

/// Notes: worth knowing, but no reason to refuse.
const NOTES: &[Case] = &[
    case(
        "padded_id",
        |it| it.people.push(Person::staff("una ")),
        &[
            "people[7] `una `, field `id`: the id begins or ends with white space; trim it in the export, in every \
           field that names it",
        ],
    ),
    case(
        "manager_elsewhere",
        |it| it.people[0].manager_id = Some("eve".into()),
        &["people[0] `ann`, field `manager_id`: `eve` is with another customer; check that it is meant"],
    ),
    case(
        "default_day",
        |it| it.people[0].started_on = Some(day("1900-01-01")),
        &[
            "people[0] `ann`, field `started_on`: 1900-01-01 looks like a computer's default; leave it empty if the \
           day is not known",
        ],
    ),
    case(
        "default_day",
        |it| it.interactions[0].at = day("1970-01-01").into(),
        &[
            "interactions[0] `i1`, field `at`: 1970-01-01 looks like a computer's default; leave it empty if the day is \
           not known",
        ],
    ),
    case(
        "empty_tie",
        |it| it.ties.push(Tie::trust("bob", "sal")),
        &[
            "ties[1]: it does not say how much; it counts as knowing each other; give `strength`, or `for` and \
           `against`",
        ],
    ),
    case(
        "parallel_tie",
        |it| it.ties.push(Tie::trust("ann", "sal").strength(0.5)),
        &[
            "ties[1]: the tie at position 0 joins the same two people; nothing need be done: evidence adds up, and of \
           ratings the latest counts",
        ],
    ),
    case(
        "opposing_tie",
        |it| it.ties.push(Tie::trust("ann", "sal").evidence(0.0, 2.0)),
        &[
            "ties[1]: the tie at position 0 says the opposite about the same two people; find out which is right; \
           of ratings the latest counts, other evidence adds up",
        ],
    ),
    case(
        "mailbox",
        |it| it.people.push(Person::staff("info").mailbox(true)),
        &[
            "people[7] `info`, field `mailbox`: `info` is a shared mailbox, which has no power, no ties and leads nothing; nothing need be done; name the person who reads it where one is meant",
        ],
    ),
    case(
        "unknown_participant",
        |it| it.interactions[0].participants.push("x9".into()),
        &[
            "interactions[0] `i1`, field `participants`: `x9` is not among the people; add the person, or leave it to \
           the checkup to ask who it is",
        ],
    ),
    case(
        "logged_twice",
        |it| {
            let mut again = it.interactions[0].clone();
            again.id = "i9".into();
            it.interactions.push(again);
        },
        &[
            "interactions[1] `i9`: the same as `i1`, which counts for both; nothing need be done; keep one of the records to save the note",
        ],
    ),
    case(
        "participant_twice",
        |it| it.interactions[0].participants.push("ann".into()),
        &["interactions[0] `i1`, field `participants`: `ann` is named twice; name everyone once"],
    ),
    case(
        "too_few_participants",
        |it| it.interactions.push(meeting("i2", &["ann"])),
        &[
            "interactions[1] `i2`, field `participants`: fewer than two known people took part, so it joins nobody; \
           name everybody who took part",
        ],
    ),
    case(
        "audience",
        |it| {
            let ids: Vec<String> = (0..30).map(|at| format!("v{at}")).collect();
            it.people.extend(ids.iter().map(|id| Person::customer(id, "north")));
            let mut all: Vec<&str> = ids.iter().map(String::as_str).collect();
            all.push("sal");
            it.interactions.push(meeting("i2", &all).kind(InteractionKind::Event));
        },
        &[
            "interactions[1] `i2`, field `participants`: 31 people are an audience, which says little about trust; \
           nothing need be done: it counts as no evidence",
        ],
    ),
    case(
        "starter_unknown",
        |it| it.interactions[0].kind = Some(InteractionKind::Email),
        &[
            "interactions[0] `i1`, field `started_by`: it is not said who started it, so it is evidence for nobody; \
           name one of the participants in `started_by`",
        ],
    ),
    case(
        "starter_unknown",
        |it| it.interactions[0].status = InteractionStatus::Declined,
        &[
            "interactions[0] `i1`, field `started_by`: it is not said who started it, so it is evidence for nobody; \
           name one of the participants in `started_by`",
        ],
    ),
];

fn repair(records: Records) -> Repaired {
    Network::repair(records).unwrap()
}

fn lines(problems: &Problems) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn refused(records: Records) -> Problems {
    match Network::build(records) {
        Err(Error::Unsound(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// The message without the repair, which a strict build has not done.
fn undone(line: &str) -> &str {
    line.rsplit_once(" (").map_or(line, |(before, _)| before)
}

#[test]
fn sound_records_have_no_problem() {
    let repaired = repair(valid());
    assert_eq!(lines(&repaired.problems), [""; 0]);
    assert!(Network::build(valid()).is_ok());
}

#[test]
fn every_fault_is_told_in_its_words_and_repaired_or_refused() {
    for case in FAULTS {
        let mut records = valid();
        (case.spoil)(&mut records);
        let repaired = repair(records.clone());
        assert_eq!(lines(&repaired.problems), case.says, "{}", case.code);
        for problem in &repaired.problems {
            assert_eq!(problem.severity, Severity::Repaired, "{problem}");
            assert!(problem.repair.is_some() && problem.field.is_some() || problem.code() == "self_tie");
            assert!(problem.to_string().contains(problem.fix()));
        }
        assert!(repaired.problems.count(case.code) > 0, "{}", case.code);
        assert_eq!(repaired.network.notes(), &repaired.problems);

        let problems = refused(records);
        assert!(problems.iter().all(|it| it.severity == Severity::Fatal));
        let expected: Vec<&str> = case.says.iter().map(|line| undone(line)).collect();
        assert_eq!(lines(&problems), expected);
        let (count, noun) = (problems.len(), if problems.len() == 1 { "fault" } else { "faults" });
        let message = format!("{count} {noun} in the records:\n{}", expected.join("\n"));
        assert_eq!(Error::Unsound(problems).to_string(), message);
    }
}

#[test]
fn every_note_is_told_in_its_words_and_stops_nobody() {
    for case in NOTES {
        let mut records = valid();
        (case.spoil)(&mut records);
        let network = Network::build(records.clone()).unwrap();
        assert_eq!(lines(network.notes()), case.says, "{}", case.code);
        assert!(network.notes().iter().all(|it| it.severity == Severity::Note && it.repair.is_none()));
        assert!(network.notes().count(case.code) > 0, "{}", case.code);
        let read = records.people.iter().filter(|it| it.mailbox != Some(true)).count();
        assert_eq!(network.people().len(), read, "a note leaves nothing out");
    }
}

/// The codes are read from the source, so that a kind added without a case here fails.
#[test]
fn no_kind_of_problem_goes_untested() {
    let tested: BTreeSet<&str> = FAULTS.iter().chain(NOTES).map(|case| case.code).collect();
    let text = include_str!("../src/problem/kind.rs");
    let codes = text.lines().filter_map(|line| {
        let (kind, code) = line.trim().strip_prefix("Self::")?.split_once("=> \"")?;
        (!kind.is_empty()).then(|| code.trim_end_matches("\","))
    });
    let known: BTreeSet<&str> =
        codes.filter(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect();
    assert_eq!(tested, known);
    assert!(FAULTS.len() + NOTES.len() >= 45);
}

/// The faults that can occur in one set of records without hiding each other.
fn spoilt() -> (Records, Vec<&'static str>) {
    let mut records = valid();
    let mut expected = Vec::new();
    for (code, part) in [
        ("parent_cycle", "customers[1] `south`, field `parent_id`"),
        ("no_customer", "people[7] `zoe`, field `customer_id`"),
        ("customer_on_other_side", "people[3] `sal`, field `customer_id`"),
        ("manager_on_other_side", "people[0] `ann`, field `manager_id`"),
        ("profile_overfull", "people[0] `ann`, field `profile`"),
        ("self_tie", "ties[1]: "),
        ("not_a_number", "ties[0], field `against`"),
        ("organisation_takes_part", "interactions[1] `i2`, field `participants`"),
        ("starter_absent", "interactions[0] `i1`, field `started_by`"),
        ("promised_to_no_one", "commitments[1] `m2`, field `made_to`"),
        ("not_staff", "concerns[0] `n1`, field `owner_id`"),
        ("quota_unreachable", "decisions[1] `d2`, field `quota`"),
        ("two_rules", "decisions[0] `d1`, field `members`"),
        ("empty_id", "customers[2], field `id`"),
    ] {
        let spoil =
            FAULTS.iter().rfind(|case| case.code == code && case.says.iter().any(|it| it.starts_with(part)));
        let spoil = spoil.or_else(|| FAULTS.iter().find(|case| case.code == code)).unwrap();
        (spoil.spoil)(&mut records);
        expected.push(spoil.says[0]);
    }
    (records, expected)
}

#[test]
fn all_faults_are_named_at_once() {
    let (records, expected) = spoilt();
    let problems = refused(records);
    let codes: BTreeSet<&str> = problems.iter().map(Problem::code).collect();
    assert!(codes.len() >= 12, "{codes:?}");
    assert_eq!(problems.len(), expected.len());
    let message = Error::Unsound(problems.clone()).to_string();
    assert!(message.starts_with("14 faults in the records:\n"), "{message}");
    for line in expected {
        assert!(message.contains(undone(line)), "{line} is not in {message}");
    }
    let order: Vec<(RecordKind, usize)> =
        problems.iter().map(|it| (it.record.kind, it.record.index)).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn what_is_sound_stays_and_what_is_accepted_and_left_out_is_what_was_read() {
    let mut sets: Vec<Records> = FAULTS
        .iter()
        .map(|case| {
            let mut records = valid();
            (case.spoil)(&mut records);
            records
        })
        .collect();
    sets.push(spoilt().0);
    for records in sets {
        let Repaired { network, problems, .. } = repair(records.clone());
        for kind in RecordKind::ALL {
            let (read, accepted) = match kind {
                RecordKind::Customer => (records.customers.len(), network.customers().len()),
                RecordKind::Person => (records.people.len(), network.people().len()),
                RecordKind::Interaction => (records.interactions.len(), network.interactions().len()),
                RecordKind::Commitment => (records.commitments.len(), network.commitments().len()),
                RecordKind::Concern => (records.concerns.len(), network.concerns().len()),
                RecordKind::Decision => (records.decisions.len(), network.decisions().len()),
                // Ties have no accessor; the evidence of the valid one is checked below.
                RecordKind::Tie => continue,
                kind => panic!("a new kind of record: {kind}"),
            };
            let left_out: BTreeSet<usize> = problems
                .iter()
                .filter(|it| it.record.kind == kind && it.repair == Some(Repair::LeftOut))
                .map(|it| it.record.index)
                .collect();
            assert_eq!(accepted + left_out.len(), read, "{kind:?}: {problems}");
        }
        valid_rest_is_intact(&records, &network, &problems);
        // What was repaired is valid: it builds without a fault.
        let mut again = Records::new();
        again.as_of = records.as_of;
        again.customers = network.customers().to_vec();
        again.people = network.people().iter().map(PersonRecord::to_person).collect();
        again.interactions = network.interactions().to_vec();
        again.commitments = network.commitments().to_vec();
        again.concerns = network.concerns().to_vec();
        again.decisions = network.decisions().to_vec();
        assert!(Network::build(again).is_ok());
    }
}

/// Every record that no problem names is returned unchanged.
fn valid_rest_is_intact(records: &Records, network: &Network, problems: &Problems) {
    let blamed = |kind: RecordKind, index: usize| {
        problems.iter().any(|it| {
            let in_circle = match &it.what {
                ProblemKind::ReportingCycle { members, .. } => {
                    kind == RecordKind::Person && members.contains(&records.people[index].id)
                }
                _ => false,
            };
            in_circle || it.record.kind == kind && it.record.index == index
        })
    };
    for (at, person) in records.people.iter().enumerate().filter(|(at, _)| !blamed(RecordKind::Person, *at)) {
        assert_eq!(network.person(&person.id).map(PersonRecord::to_person).as_ref(), Some(person), "{at}");
    }
    for (_, customer) in
        records.customers.iter().enumerate().filter(|(at, _)| !blamed(RecordKind::Customer, *at))
    {
        assert_eq!(network.customer(&customer.id), Some(customer));
    }
    let rest = |kind: RecordKind, len: usize| (0..len).filter(move |&at| !blamed(kind, at));
    for at in rest(RecordKind::Interaction, records.interactions.len()) {
        assert!(network.interactions().contains(&records.interactions[at]));
    }
    for at in rest(RecordKind::Commitment, records.commitments.len()) {
        assert!(network.commitments().contains(&records.commitments[at]));
    }
    for at in rest(RecordKind::Concern, records.concerns.len()) {
        assert!(network.concerns().contains(&records.concerns[at]));
    }
    for at in rest(RecordKind::Decision, records.decisions.len()) {
        let (read, kept) = (&records.decisions[at], network.decisions());
        assert!(kept.iter().any(|it| it.id == read.id && it.approver == read.approver));
    }
}

#[test]
fn what_was_mended_is_mended_as_it_says() {
    let spoil = |code: &str, nth: usize| {
        let mut records = valid();
        (FAULTS.iter().filter(|case| case.code == code).nth(nth).unwrap().spoil)(&mut records);
        repair(records).network
    };
    let person = |network: &Network, id: &str| network.person(id).unwrap().to_person();
    assert_eq!(person(&spoil("out_of_range", 1), "ann").power, None);
    assert_eq!(person(&spoil("profile_overfull", 0), "ann").profile, None);
    assert_eq!(person(&spoil("own_manager", 0), "ann").manager_id, None);
    assert_eq!(person(&spoil("manager_on_other_side", 0), "ann").manager_id, None);
    assert_eq!(person(&spoil("customer_on_other_side", 0), "sal").customer_id, None);
    let hired = person(&spoil("dates_reversed", 0), "ann");
    assert_eq!((hired.started_on, hired.ended_on), (Some(day("2025-02-02")), None));
    let ring = spoil("reporting_cycle", 0);
    let managers = ["ann", "bob", "cat"].map(|id| person(&ring, id).manager_id);
    assert_eq!(managers, [None, Some("ann".into()), Some("bob".into())]);
    let parents = spoil("parent_cycle", 0);
    assert_eq!(parents.customer("north").unwrap().parent_id, None);
    assert_eq!(parents.customer("south").unwrap().parent_id.as_deref(), Some("north"));
    assert_eq!(spoil("not_staff", 0).customer("north").unwrap().owner_id, None);
    assert_eq!(spoil("out_of_range", 0).customer("north").unwrap().value, None);
    assert_eq!(spoil("organisation_takes_part", 0).interactions()[1].participants, ["ann", "sal"]);
    assert_eq!(spoil("starter_absent", 0).interactions()[0].participants, ["ann", "sal", "tom"]);
    assert_eq!(spoil("in_future", 0).interactions()[0].status, InteractionStatus::Planned);
    assert_eq!(spoil("not_staff", 1).concerns()[0].owner_id, None);
    assert_eq!(spoil("two_rules", 0).decisions()[0].members, []);
    assert_eq!(spoil("wrong_customer", 1).decisions()[1].members, [Member::new("ann", 2)]);
    assert_eq!(
        spoil("member_twice", 0).decisions()[1].members,
        [Member::new("ann", 2), Member::new("bob", 1)]
    );
    // A tie with one invalid figure keeps the other; one with an invalid end is dropped.
    let trust = |network: &Network, who: &str| {
        let view = network.view(day("2026-03-02"), &Settings::default());
        let lines = view.trust(who, "sal").unwrap().evidence;
        lines
            .iter()
            .filter(|line| line.record == RecordKind::Tie)
            .map(|line| line.when_new)
            .collect::<Vec<_>>()
    };
    let kept = trust(&spoil("not_a_number", 0), "ann");
    assert_eq!(kept.iter().map(|it| (it.supporting, it.against)).collect::<Vec<_>>(), [(4.0, 0.0)]);
    assert_eq!(spoil("self_tie", 0).tie_count(), spoil("tie_to_organisation", 0).tie_count());
    // Of two with one id the first stays, unaffected by the second.
    assert_eq!(person(&spoil("duplicate_id", 0), "ann"), valid().people[0]);
}

#[test]
fn an_id_cannot_steer_whoever_reads_a_message() {
    let hostile = "\u{1b}[2J\u{7}\r\n\u{202e}\u{2066}\u{200f}\u{200e}\u{61c}\u{2028}\u{2029}\u{85}\0x";
    let mut records = valid();
    let id = || hostile.into();
    records.people[0].manager_id = Some(id());
    records.people.push(Person::staff(hostile));
    records.people.push(Person::staff(hostile));
    records.ties.push(Tie::trust(hostile, "ann"));
    records.ties.push(Tie::trust(hostile, format!("{hostile}y")));
    records.interactions.push(meeting(hostile, &["north", hostile, &format!("{hostile}z")]));
    records.decisions.push(Decision::approval(hostile, "north", hostile));
    for at in [1, 2] {
        let mut member = Person::customer(format!("{hostile}{at}"), "north");
        member.manager_id = Some(format!("{hostile}{}", 3 - at).into());
        records.people.push(member);
    }
    let Repaired { network, problems, .. } = repair(records.clone());
    assert!(problems.len() >= 6, "{problems}");
    let view = network.view(day("2026-03-02"), &Settings::default());
    let mut said = lines(&problems);
    said.push(refused(records).to_string().replace('\n', " "));
    said.push(view.customer(hostile).unwrap_err().to_string());
    said.push(view.trust("ann", &format!("{hostile}?")).unwrap_err().to_string());
    said.push(view.introductions(hostile).unwrap_err().to_string());
    said.push(format!("{problems:?} {:?}", view.customer(hostile).unwrap_err()));
    for line in said {
        let raw = |c: char| {
            c.is_control() || hostile.chars().any(|bad| bad != 'x' && !bad.is_ascii_graphic() && bad == c)
        };
        assert!(!line.contains(raw), "{line:?}");
    }
}

#[test]
fn a_long_id_is_cut_and_a_long_circle_is_told_in_part() {
    let mut records = valid();
    records.people[0].manager_id = Some("x".repeat(10_000).into());
    let line = repair(records).problems.to_string();
    assert!(line.contains(&format!("`{}… (+9920)`", "x".repeat(80))) && line.len() < 400, "{line}");
}

const CANARY: &str = "canary";

/// Records in which every free text is marked, valid and faulty alike.
fn marked() -> Records {
    let mut records = spoilt().0;
    let text = |what: &str| Some(format!("{CANARY} {what}").into());
    for person in &mut records.people {
        person.name = text("name");
        person.title = text("title");
        person.email = text("email");
        person.department = text("department");
        person.site = text("site");
        person.area = text("area");
        person.roles = vec![Role::Other(format!("{CANARY} role").into())];
        person.other.insert("note", format!("{CANARY} note"));
    }
    for customer in &mut records.customers {
        customer.name = text("name");
        customer.segment = text("segment");
        customer.currency = text("currency");
        customer.reason = text("reason");
        customer.other.insert("note", format!("{CANARY} note"));
    }
    for tie in &mut records.ties {
        tie.other.insert("note", format!("{CANARY} note"));
    }
    for interaction in &mut records.interactions {
        interaction.subject = text("subject");
        interaction.other.insert("note", format!("{CANARY} note"));
    }
    for commitment in &mut records.commitments {
        commitment.text = text("text");
        commitment.other.insert("note", format!("{CANARY} note"));
    }
    for concern in &mut records.concerns {
        concern.text = text("text");
        concern.other.insert("note", format!("{CANARY} note"));
    }
    for decision in &mut records.decisions {
        decision.other.insert("note", format!("{CANARY} note"));
    }
    records
}

#[test]
fn no_name_and_no_text_is_in_any_message_or_debug() {
    let records = marked();
    assert!(serde_json::to_string(&records).unwrap().contains(CANARY), "the mark is there to be found");
    let mut said = vec![format!("{records:?}")];
    said.extend(records.people.iter().map(|it| format!("{it:?} {it:#?} {:?}", it.other)));
    said.extend(records.customers.iter().map(|it| format!("{it:?}")));
    said.extend(records.ties.iter().map(|it| format!("{it:?}")));
    said.extend(records.interactions.iter().map(|it| format!("{it:?}")));
    said.extend(records.commitments.iter().map(|it| format!("{it:?}")));
    said.extend(records.concerns.iter().map(|it| format!("{it:?}")));
    said.extend(records.decisions.iter().map(|it| format!("{it:?}")));
    let repaired = repair(records.clone());
    said.push(format!("{repaired:?} {}", repaired.problems));
    let error = Network::build(records).unwrap_err();
    said.push(format!("{error} {error:?}"));
    let view = repaired.network.view(day("2026-03-02"), &Settings::default());
    said.push(format!("{view:?} {:?} {:?}", view.network(), view.customer("north").unwrap()));
    said.push(format!("{:?}", view.introductions("ann").unwrap()));
    said.push(serde_json::to_string(&repaired.problems).unwrap());
    for text in said {
        assert!(!text.contains(CANARY), "{text}");
    }
}

/// A thread with so small a stack that no recursion per level of an organisation fits.
fn on_a_small_stack(what: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(what).unwrap().join().unwrap();
}

fn line_of(people: u32) -> Records {
    let mut records = Records::new();
    records.as_of = Some(day("2026-03-02"));
    records.customers.push(Customer::new("deep"));
    records.people = (0..people)
        .map(|at| {
            let mut person = Person::customer(format!("p{at:07}"), "deep");
            person.manager_id = (at > 0).then(|| format!("p{:07}", at - 1).into());
            person
        })
        .collect();
    records
}

#[test]
fn a_million_levels_of_managers_are_no_trouble() {
    on_a_small_stack(|| {
        let mut records = line_of(1_000_000);
        records.decisions.push(Decision::approval("d", "deep", "p0999999"));
        let network = Network::build(records).unwrap();
        // The figures at the bottom are exact after as many sweeps as their depth; the rest may stay approximate.
        let mut settings = Settings::default();
        settings.power.tolerance = Weight::new(1e-2).unwrap();
        let view = network.view(day("2026-03-02"), &settings);
        let power = view.customer("deep").unwrap().power();
        assert!(power.settled);
        // Half of each one's power goes to the one above, and the one at the top keeps the rest.
        let found: Vec<f64> = power.people.iter().take(3).map(|it| it.power.get()).collect();
        for (found, expected) in found.into_iter().zip([0.5, 0.25, 0.125]) {
            crate::common::near(found, expected);
        }
        assert_eq!(power.people[0].person.id, "p0999999");
    });
}

#[test]
fn a_ring_of_a_hundred_thousand_managers_is_one_circle() {
    on_a_small_stack(|| {
        let mut records = line_of(100_000);
        records.people[0].manager_id = Some("p0099999".into());
        let Repaired { network, problems, .. } = repair(records);
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems.to_string(),
            "people[0] `p0000000`, field `manager_id`: these report to each other in a circle: `p0000000` → \
             `p0099999` → `p0099998` → `p0099997` → `p0099996` → `p0099995` → `p0099994` → `p0099993` → … (100000 in \
             all); clear or change the manager of one of them (circle opened at `p0000000`)"
        );
        let lines = network.people().iter().filter(|it| it.manager_id().is_some());
        assert_eq!(lines.count(), 99_999);
    });
}
