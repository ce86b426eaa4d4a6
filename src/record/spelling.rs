//! The words that a field may hold, in the spellings of people and of common CRMs.
//!
//! A word is compared without regard to case, spaces, hyphens and underscores: `C-Level`, `c_level` and `CLevel`
//! are one. Spellings of Salesforce, HubSpot and Dynamics stand beside our own.

use super::{
    CommitmentStatus, ConcernStatus, CustomerStatus, InteractionKind, InteractionStatus, Role, Seniority,
    Side, Support, TieKind, TieSource,
};
use crate::text::Text;

/// A closed list of words.
pub(crate) trait Spelled: Sized {
    /// What to write, for a message.
    const FIX: &'static str;

    /// Reads a word that [`plain`] has made plain.
    fn from_plain(word: &str) -> Option<Self>;
}

/// A word in lower case without whatever stands between its letters and digits; `None` when it is longer than any
/// word that is known, or not ASCII.
pub(crate) fn plain<'b>(text: &'b str, buffer: &'b mut [u8; 40]) -> Option<&'b str> {
    // Most words are plain as they stand.
    if text.len() <= buffer.len()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Some(text);
    }
    let mut length = 0;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            *buffer.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        } else if !byte.is_ascii() {
            return None;
        }
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

macro_rules! spelled {
    ($($type:ident: $fix:literal { $($($word:literal)|+ => $variant:ident,)+ })+) => {
        $(impl Spelled for $type {
            const FIX: &'static str = concat!("write one of ", $fix);

            fn from_plain(word: &str) -> Option<Self> {
                Some(match word {
                    $($($word)|+ => Self::$variant,)+
                    _ => return None,
                })
            }
        })+
    };
}

spelled! {
    Side: "customer, staff, partner, competitor" {
        "customer" | "client" | "theirs" => Customer,
        "staff" | "ours" | "us" | "internal" => Staff,
        "partner" => Partner,
        "competitor" | "rival" => Competitor,
    }
    Seniority: "c_level, vp, director, manager, individual" {
        "clevel" | "cxo" | "csuite" | "executive" | "chief" | "owner" => CLevel,
        "vp" | "vicepresident" | "svp" | "evp" => Vp,
        "director" | "head" => Director,
        "manager" => Manager,
        "individual" | "individualcontributor" | "employee" | "senior" | "entry" | "staff" => Individual,
    }
    Support: "champion, supporter, neutral, sceptic, opponent, unknown" {
        "champion" | "mentor" => Champion,
        "supporter" | "supportive" | "ally" | "friend" => Supporter,
        "neutral" => Neutral,
        "sceptic" | "skeptic" | "sceptical" | "skeptical" => Sceptic,
        "opponent" | "enemy" | "detractor" | "hostile" => Opponent,
    }
    CustomerStatus: "active, not_pursued" {
        "active" => Active,
        "notpursued" | "inactive" | "dropped" => NotPursued,
    }
    TieKind: "trust, influence, listens_to, reports_to, conflict, acquainted, avoid" {
        "trust" | "trusts" => Trust,
        "influence" | "influences" => Influence,
        "listensto" | "listens" => ListensTo,
        "reportsto" | "reports" => ReportsTo,
        "conflict" => Conflict,
        "acquainted" | "knows" => Acquainted,
        "avoid" => Avoid,
    }
    TieSource: "stated, evidenced" {
        "stated" => Stated,
        "evidenced" | "counted" => Evidenced,
    }
    InteractionKind: "meeting, call, email, message, event, order, quote, introduction" {
        "meeting" | "appointment" => Meeting,
        "call" | "phonecall" | "telephone" => Call,
        "email" | "mail" => Email,
        "message" | "letter" | "chat" | "sms" | "whatsapp" | "linkedinmessage" => Message,
        "event" => Event,
        "order" => Order,
        "quote" => Quote,
        "introduction" | "intro" => Introduction,
    }
    InteractionStatus: "held, planned, declined, unanswered" {
        "held" | "completed" | "complete" | "done" => Held,
        "planned" | "notstarted" | "open" | "inprogress" | "scheduled" | "rescheduled" | "deferred" | "canceled"
            | "cancelled" | "notheld" | "waitingonsomeoneelse" => Planned,
        "declined" | "refused" => Declined,
        "unanswered" | "noanswer" | "noshow" => Unanswered,
    }
    CommitmentStatus: "open, kept, broken, withdrawn" {
        "open" => Open,
        "kept" | "done" | "completed" => Kept,
        "broken" | "missed" => Broken,
        "withdrawn" | "canceled" | "cancelled" => Withdrawn,
    }
    ConcernStatus: "open, acknowledged, answered, changed_something, parked" {
        "open" | "new" => Open,
        "acknowledged" => Acknowledged,
        "answered" => Answered,
        "changedsomething" => ChangedSomething,
        "parked" | "onhold" => Parked,
    }
}

/// The role that a text names; any other keeps its own words.
pub(crate) fn role(text: Text) -> Role {
    let mut buffer = [0; 40];
    match plain(&text, &mut buffer) {
        Some(
            "economicbuyer" | "economicdecisionmaker" | "budgetholder" | "budgetowner" | "economicinfluencer",
        ) => Role::EconomicBuyer,
        Some("decisionmaker" | "approver") => Role::DecisionMaker,
        Some("executivesponsor" | "sponsor") => Role::ExecutiveSponsor,
        Some("technicalbuyer" | "technicaldecisionmaker" | "technicalinfluencer") => Role::TechnicalBuyer,
        Some("legal" | "legalandcompliance" | "legalcompliance") => Role::Legal,
        Some("userbuyer" | "enduser" | "businessuser" | "user") => Role::UserBuyer,
        Some("influencer") => Role::Influencer,
        Some("evaluator") => Role::Evaluator,
        Some("blocker") => Role::Blocker,
        Some("champion") => Role::Champion,
        Some("coach") => Role::Coach,
        Some("gatekeeper") => Role::Gatekeeper,
        Some("assistant" | "executiveassistant") => Role::Assistant,
        _ => Role::Other(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Spelled>(text: &str) -> Option<T> {
        let mut buffer = [0; 40];
        plain(text, &mut buffer).and_then(T::from_plain)
    }

    #[test]
    fn spellings_of_crms_are_understood() {
        for text in ["c_level", "C-Level", "C level", "CLevel", "cxo"] {
            assert_eq!(read(text), Some(Seniority::CLevel), "{text}");
        }
        assert_eq!(read("Completed"), Some(InteractionStatus::Held));
        assert_eq!(read("Not Started"), Some(InteractionStatus::Planned));
        assert_eq!(read("Mentor"), Some(Support::Champion));
        assert_eq!(read("skeptic"), Some(Support::Sceptic));
        assert_eq!(read::<Side>("a word much longer than the longest that anybody knows"), None);
        assert_eq!(read::<Side>("stäff"), None);
    }

    #[test]
    fn roles_are_understood_or_kept_as_they_are() {
        for (text, expected) in [
            ("Economic Decision Maker", Role::EconomicBuyer),
            ("BUDGET_HOLDER", Role::EconomicBuyer),
            ("END_USER", Role::UserBuyer),
            ("Business User", Role::UserBuyer),
            ("LEGAL_AND_COMPLIANCE", Role::Legal),
            ("Keeper of the keys", Role::Other("Keeper of the keys".into())),
        ] {
            assert_eq!(role(text.into()), expected);
        }
    }
}
