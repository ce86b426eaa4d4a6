//! Every kind of problem, in data and in words.

use std::fmt;

use serde::Serialize;

use crate::day::Day;
use crate::label::Label;
use crate::record::RecordKind;
use crate::text::Text;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// The record has no id.
    EmptyId,
    /// An id begins or ends with white space, which is easily lost.
    PaddedId,
    /// An earlier record of the kind has the same id.
    #[non_exhaustive]
    DuplicateId {
        /// The position of the earlier record.
        first: usize,
    },
    /// No record has this id.
    #[non_exhaustive]
    Dangling {
        /// The id that leads nowhere.
        id: Text,
        /// The kind of record it should lead to.
        wanted: RecordKind,
    },
    /// What is named is a shared mailbox and no person.
    #[non_exhaustive]
    Mailbox {
        /// Its id.
        id: Text,
    },
    /// The end of a tie is a customer.
    #[non_exhaustive]
    TieToOrganisation {
        /// The customer's id.
        id: Text,
    },
    /// A customer takes part in an interaction.
    #[non_exhaustive]
    OrganisationTakesPart {
        /// The customer's id.
        id: Text,
    },
    /// A tie leads back to where it starts.
    SelfTie,
    /// A person is their own manager.
    OwnManager,
    /// People report to each other in a circle.
    #[non_exhaustive]
    ReportingCycle {
        /// Their ids, each reporting to the next and the last to the first, from the smallest id on.
        members: Vec<Text>,
    },
    /// Customers belong to each other in a circle.
    #[non_exhaustive]
    ParentCycle {
        /// Their ids, each belonging to the next and the last to the first, from the smallest id on.
        members: Vec<Text>,
    },
    /// A person on the customer side has no customer.
    NoCustomer,
    /// A person who is not on the customer side has one.
    CustomerOnOtherSide,
    /// The manager is on another side.
    #[non_exhaustive]
    ManagerOnOtherSide {
        /// The manager's id.
        id: Text,
    },
    /// The manager is with another customer.
    #[non_exhaustive]
    ManagerElsewhere {
        /// The manager's id.
        id: Text,
    },
    /// Of two days the later comes first.
    #[non_exhaustive]
    DatesReversed {
        /// The field that holds the day that should be earlier.
        earlier: &'static str,
        /// The field that holds the day that should be later.
        later: &'static str,
    },
    /// A day looks like a computer's default.
    #[non_exhaustive]
    DefaultDay {
        /// The day.
        day: Day,
    },
    /// A number is out of its range.
    #[non_exhaustive]
    OutOfRange {
        /// The number.
        value: f64,
        /// The least it may be.
        least: f64,
        /// The most it may be; unbounded when none.
        most: Option<f64>,
    },
    /// A number is NaN or infinite.
    NotANumber,
    /// More answers than questions.
    #[non_exhaustive]
    ProfileOverfull {
        /// Answered.
        answered: u32,
        /// Asked.
        total: u32,
    },
    /// An owner is not one of our staff.
    #[non_exhaustive]
    NotStaff {
        /// The person's id.
        id: Text,
    },
    /// A tie without a strength.
    EmptyTie,
    /// An earlier tie of the same kind joins the same two people.
    #[non_exhaustive]
    ParallelTie {
        /// The position of the earlier tie.
        first: usize,
    },
    /// An earlier tie joins the same two people and states the opposite.
    #[non_exhaustive]
    OpposingTie {
        /// The position of the earlier tie.
        first: usize,
    },
    /// A participant is not among the people.
    #[non_exhaustive]
    UnknownParticipant {
        /// The id.
        id: Text,
    },
    /// The same interaction is recorded more than once, perhaps by several colleagues; it counts once.
    #[non_exhaustive]
    LoggedTwice {
        /// The id of the record that counts.
        counts: Text,
    },
    /// A participant is listed twice.
    #[non_exhaustive]
    ParticipantTwice {
        /// The id.
        id: Text,
    },
    /// The one who started it is not among the participants.
    #[non_exhaustive]
    StarterAbsent {
        /// The id.
        id: Text,
    },
    /// Fewer than two known people took part.
    TooFewParticipants,
    /// Too many took part for it to be evidence of trust between two of them.
    #[non_exhaustive]
    Audience {
        /// How many.
        count: usize,
    },
    /// Who started a message, or declined, is not known.
    StarterUnknown,
    /// Its day is after the day of the records.
    #[non_exhaustive]
    InFuture {
        /// The day of the records.
        as_of: Day,
    },
    /// A promise was made to no one.
    PromisedToNoOne,
    /// A decision has neither an approver nor members.
    NoRule,
    /// A decision has both an approver and members.
    TwoRules,
    /// A person in the decision does not work for the customer.
    #[non_exhaustive]
    WrongCustomer {
        /// The person's id.
        id: Text,
    },
    /// A member is listed twice.
    #[non_exhaustive]
    MemberTwice {
        /// The person's id.
        id: Text,
    },
    /// The quota is 0.
    QuotaZero,
    /// All votes together do not reach the quota.
    #[non_exhaustive]
    QuotaUnreachable {
        /// The quota.
        quota: u64,
        /// All votes.
        votes: u64,
    },
    /// The votes are too many, and have too small a common divisor, to weigh exactly.
    #[non_exhaustive]
    VotesTooFine {
        /// All votes.
        votes: u64,
    },
}

impl ProblemKind {
    /// The stable name of the kind.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyId => "empty_id",
            Self::PaddedId => "padded_id",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::Dangling { .. } => "dangling",
            Self::Mailbox { .. } => "mailbox",
            Self::TieToOrganisation { .. } => "tie_to_organisation",
            Self::OrganisationTakesPart { .. } => "organisation_takes_part",
            Self::SelfTie => "self_tie",
            Self::OwnManager => "own_manager",
            Self::ReportingCycle { .. } => "reporting_cycle",
            Self::ParentCycle { .. } => "parent_cycle",
            Self::NoCustomer => "no_customer",
            Self::CustomerOnOtherSide => "customer_on_other_side",
            Self::ManagerOnOtherSide { .. } => "manager_on_other_side",
            Self::ManagerElsewhere { .. } => "manager_elsewhere",
            Self::DatesReversed { .. } => "dates_reversed",
            Self::DefaultDay { .. } => "default_day",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotANumber => "not_a_number",
            Self::ProfileOverfull { .. } => "profile_overfull",
            Self::NotStaff { .. } => "not_staff",
            Self::EmptyTie => "empty_tie",
            Self::ParallelTie { .. } => "parallel_tie",
            Self::OpposingTie { .. } => "opposing_tie",
            Self::UnknownParticipant { .. } => "unknown_participant",
            Self::LoggedTwice { .. } => "logged_twice",
            Self::ParticipantTwice { .. } => "participant_twice",
            Self::StarterAbsent { .. } => "starter_absent",
            Self::TooFewParticipants => "too_few_participants",
            Self::Audience { .. } => "audience",
            Self::StarterUnknown => "starter_unknown",
            Self::InFuture { .. } => "in_future",
            Self::PromisedToNoOne => "promised_to_no_one",
            Self::NoRule => "no_rule",
            Self::TwoRules => "two_rules",
            Self::WrongCustomer { .. } => "wrong_customer",
            Self::MemberTwice { .. } => "member_twice",
            Self::QuotaZero => "quota_zero",
            Self::QuotaUnreachable { .. } => "quota_unreachable",
            Self::VotesTooFine { .. } => "votes_too_fine",
        }
    }

    pub(super) fn fix(&self) -> &'static str {
        match self {
            Self::EmptyId => "give it one",
            Self::PaddedId => "trim it in the export, in every field that names it",
            Self::DuplicateId { .. } => "keep one of the two, or give one another id",
            Self::Dangling { .. } => "add that record or clear the field",
            Self::Mailbox { .. } => "nothing need be done; name the person who reads it where one is meant",
            Self::TieToOrganisation { .. } => "name the person there who is meant",
            Self::OrganisationTakesPart { .. } => {
                "name the people who took part, and the customer in `customer_id`"
            }
            Self::SelfTie => "remove it or name the other person",
            Self::OwnManager => "clear the field for whoever stands at the top",
            Self::ReportingCycle { .. } => "clear or change the manager of one of them",
            Self::ParentCycle { .. } => "clear or change the parent of one of them",
            Self::NoCustomer => "name the customer in `customer_id`, or change `side`",
            Self::CustomerOnOtherSide => "clear it, or set `side` to customer",
            Self::ManagerOnOtherSide { .. } => "name a manager on the person's own side",
            Self::ManagerElsewhere { .. } => "check that it is meant",
            Self::DatesReversed { .. } | Self::ProfileOverfull { .. } => "correct one of the two",
            Self::DefaultDay { .. } => "leave it empty if the day is not known",
            Self::OutOfRange { .. } | Self::NotANumber => "correct it, or leave it empty for unknown",
            Self::NotStaff { .. } => "name one of our own people",
            Self::EmptyTie => "give `strength`, or `for` and `against`",
            Self::ParallelTie { .. } => {
                "nothing need be done: evidence adds up, and of ratings the latest counts"
            }
            Self::OpposingTie { .. } => {
                "find out which is right; of ratings the latest counts, other evidence adds up"
            }
            Self::UnknownParticipant { .. } => "add the person, or leave it to the checkup to ask who it is",
            Self::LoggedTwice { .. } => "nothing need be done; keep one of the records to save the note",
            Self::ParticipantTwice { .. } => "name everyone once",
            Self::StarterAbsent { .. } => "add them to `participants`",
            Self::TooFewParticipants => "name everybody who took part",
            Self::Audience { .. } => "nothing need be done: it counts as no evidence",
            Self::StarterUnknown => "name one of the participants in `started_by`",
            Self::InFuture { .. } => "set `status` to planned, or correct the day or `as_of`",
            Self::PromisedToNoOne => "name them in `made_to`",
            Self::NoRule => "name an approver, or members with votes",
            Self::TwoRules => "keep the one that holds",
            Self::WrongCustomer { .. } => "name people who work for the customer",
            Self::MemberTwice { .. } => "add up their votes",
            Self::QuotaZero => "give the votes that carry it",
            Self::QuotaUnreachable { .. } => "lower the quota or add the missing members",
            Self::VotesTooFine { .. } => {
                "round them, for instance to thousandths of the whole, and join voters who always vote together"
            }
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyId => f.write_str("there is no id"),
            Self::PaddedId => f.write_str("the id begins or ends with white space"),
            Self::DuplicateId { first } => write!(f, "the record at position {first} has the same id"),
            Self::Dangling { id, wanted } => {
                write!(f, "no {} has the id `{}`", wanted.as_str(), Label::new(id))
            }
            Self::Mailbox { id } => {
                write!(
                    f,
                    "`{}` is a shared mailbox, which has no power, no ties and leads nothing",
                    Label::new(id)
                )
            }
            Self::TieToOrganisation { id } => {
                write!(f, "`{}` is a customer, and only people have relationships", Label::new(id))
            }
            Self::OrganisationTakesPart { id } => {
                write!(f, "`{}` is a customer, and only people take part", Label::new(id))
            }
            Self::SelfTie => f.write_str("the tie leads from a person to themself"),
            Self::OwnManager => f.write_str("the person reports to themself"),
            Self::ReportingCycle { members } => {
                f.write_str("these report to each other in a circle: ")?;
                circle(f, members)
            }
            Self::ParentCycle { members } => {
                f.write_str("these belong to each other in a circle: ")?;
                circle(f, members)
            }
            Self::NoCustomer => f.write_str("a person on the customer side works for some customer"),
            Self::CustomerOnOtherSide => f.write_str("only a person on the customer side has a customer"),
            Self::ManagerOnOtherSide { id } => write!(f, "`{}` is not on the person's side", Label::new(id)),
            Self::ManagerElsewhere { id } => write!(f, "`{}` is with another customer", Label::new(id)),
            Self::DatesReversed { earlier, later } => write!(f, "`{earlier}` lies after `{later}`"),
            Self::DefaultDay { day } => write!(f, "{day} looks like a computer's default"),
            Self::OutOfRange { value, least, most: Some(most) } => {
                write!(f, "{value} is not between {least} and {most}")
            }
            Self::OutOfRange { value, least, most: None } => write!(f, "{value} is less than {least}"),
            Self::NotANumber => f.write_str("not a finite number"),
            Self::ProfileOverfull { answered, total } => write!(f, "{answered} answers to {total} questions"),
            Self::NotStaff { id } => write!(f, "`{}` is not one of our staff", Label::new(id)),
            Self::EmptyTie => f.write_str("it does not say how much; it counts as knowing each other"),
            Self::ParallelTie { first } => write!(f, "the tie at position {first} joins the same two people"),
            Self::OpposingTie { first } => {
                write!(f, "the tie at position {first} says the opposite about the same two people")
            }
            Self::UnknownParticipant { id } => write!(f, "`{}` is not among the people", Label::new(id)),
            Self::StarterAbsent { id } => write!(f, "`{}` did not take part", Label::new(id)),
            Self::TooFewParticipants => {
                f.write_str("fewer than two known people took part, so it joins nobody")
            }
            Self::Audience { count } => {
                write!(f, "{count} people are an audience, which says little about trust")
            }
            Self::StarterUnknown => {
                f.write_str("it is not said who started it, so it is evidence for nobody")
            }
            Self::InFuture { as_of } => {
                write!(f, "it lies after {as_of}, the day of the records, yet it was held")
            }
            Self::PromisedToNoOne => f.write_str("nobody is left to whom it was made"),
            Self::NoRule => f.write_str("there is no approver and no member"),
            Self::TwoRules => f.write_str("there is an approver, and there are members as well"),
            Self::WrongCustomer { id } => write!(f, "`{}` does not work for this customer", Label::new(id)),
            Self::LoggedTwice { counts } => {
                write!(f, "the same as `{}`, which counts for both", Label::new(counts))
            }
            Self::ParticipantTwice { id } | Self::MemberTwice { id } => {
                write!(f, "`{}` is named twice", Label::new(id))
            }
            Self::QuotaZero => f.write_str("nothing would be decided by no vote at all"),
            Self::QuotaUnreachable { quota, votes } => {
                write!(f, "the quota is {quota} and all votes together are {votes}")
            }
            Self::VotesTooFine { votes } => {
                write!(f, "{votes} votes, or so many voters, are too many to weigh exactly")
            }
        }
    }
}

fn circle(f: &mut fmt::Formatter<'_>, members: &[Text]) -> fmt::Result {
    /// A circle may be as long as the organisation is deep; the message need not be.
    const SHOWN: usize = 8;
    for (i, member) in members.iter().take(SHOWN).enumerate() {
        write!(f, "{}`{}`", if i == 0 { "" } else { " → " }, Label::new(member))?;
    }
    if members.len() > SHOWN {
        write!(f, " → … ({} in all)", members.len())?;
    }
    Ok(())
}
