//! The words that a field may hold, in the spellings of people and of common CRMs: those of Salesforce, HubSpot and
//! Dynamics beside our own. The name comes first; it is what is written.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::words::{plain, words};
use super::{
    CommitmentStatus, ConcernStatus, CustomerStatus, InteractionKind, InteractionStatus, RecordKind, Role,
    Seniority, Side, Support, TieKind, TieSource, Unit,
};
use crate::text::Text;

words! {
    RecordKind: "kind of record" {
        Customer = "customer" or "customers",
        Person = "person" or "people",
        Tie = "tie" or "ties",
        Interaction = "interaction" or "interactions",
        Commitment = "commitment" or "commitments",
        Concern = "concern" or "concerns",
        Decision = "decision" or "decisions",
    }
    Side: "side" {
        Customer = "customer" or "client" or "theirs",
        Staff = "staff" or "ours" or "us" or "internal",
        Partner = "partner",
        Competitor = "competitor" or "rival",
    }
    Unit: "kind of unit" {
        Department = "department",
        Site = "site",
        Area = "area",
    }
    Seniority: "seniority" {
        CLevel = "c_level" or "cxo" or "csuite" or "executive" or "chief" or "owner",
        Vp = "vp" or "vicepresident" or "svp" or "evp",
        Director = "director" or "head",
        Manager = "manager",
        Individual = "individual" or "individualcontributor" or "employee" or "senior" or "entry" or "staff",
    }
    Support: "kind of support", or "unknown" {
        Champion = "champion" or "mentor",
        Supporter = "supporter" or "supportive" or "ally" or "friend",
        Neutral = "neutral",
        Sceptic = "sceptic" or "skeptic" or "sceptical" or "skeptical",
        Opponent = "opponent" or "enemy" or "detractor" or "hostile",
    }
    CustomerStatus: "status of a customer" {
        Active = "active",
        NotPursued = "not_pursued" or "inactive" or "dropped",
    }
    TieKind: "kind of tie" {
        Trust = "trust" or "trusts",
        Influence = "influence" or "influences",
        ListensTo = "listens_to" or "listens",
        ReportsTo = "reports_to" or "reports",
        Conflict = "conflict",
        Acquainted = "acquainted" or "knows",
        Avoid = "avoid",
    }
    TieSource: "source of a tie" {
        Stated = "stated",
        Evidenced = "evidenced" or "counted",
    }
    InteractionKind: "kind of interaction" {
        Meeting = "meeting" or "appointment",
        Call = "call" or "phonecall" or "telephone",
        Email = "email" or "mail",
        Message = "message" or "letter" or "chat" or "sms" or "whatsapp" or "linkedinmessage",
        Event = "event",
        Order = "order",
        Quote = "quote",
        Introduction = "introduction" or "intro",
    }
    InteractionStatus: "status of an interaction" {
        Held = "held" or "completed" or "complete" or "done",
        Planned = "planned" or "notstarted" or "open" or "inprogress" or "scheduled" or "rescheduled" or "deferred"
            or "canceled" or "cancelled" or "notheld" or "waitingonsomeoneelse",
        Declined = "declined" or "refused",
        Unanswered = "unanswered" or "noanswer" or "noshow",
    }
    CommitmentStatus: "status of a commitment" {
        Open = "open",
        Kept = "kept" or "done" or "completed",
        Broken = "broken" or "missed",
        Withdrawn = "withdrawn" or "canceled" or "cancelled",
    }
    ConcernStatus: "status of a concern" {
        Open = "open" or "new",
        Acknowledged = "acknowledged",
        Answered = "answered",
        ChangedSomething = "changed_something",
        Parked = "parked" or "onhold",
    }
}

/// The table of roles, a list that is open: any other role keeps its own words.
macro_rules! roles {
    ($($role:ident = $name:literal $(or $alias:literal)*,)+) => {
        impl Role {
            /// Every role that is known, in the order of the variants; [`Other`](Self::Other) is none of them.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$role),+];

            /// The name, as it is written in JSON and CSV.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$role => $name,)+
                    Self::Other(text) => text,
                }
            }

            /// The role whose spelling in the table is exactly this, but for underscores.
            fn known(spelling: &str) -> Option<Self> {
                Some(match spelling {
                    $($name $(| $alias)* => Self::$role,)+
                    _ => return None,
                })
            }
        }
    };
}

roles! {
    EconomicBuyer = "economic_buyer" or "economicbuyer" or "economicdecisionmaker" or "budgetholder" or "budgetowner"
        or "economicinfluencer",
    DecisionMaker = "decision_maker" or "decisionmaker" or "approver",
    ExecutiveSponsor = "executive_sponsor" or "executivesponsor" or "sponsor",
    TechnicalBuyer = "technical_buyer" or "technicalbuyer" or "technicaldecisionmaker" or "technicalinfluencer",
    Legal = "legal" or "legalandcompliance" or "legalcompliance",
    UserBuyer = "user_buyer" or "userbuyer" or "enduser" or "businessuser" or "user",
    Influencer = "influencer",
    Evaluator = "evaluator",
    Blocker = "blocker",
    Champion = "champion",
    Coach = "coach",
    Gatekeeper = "gatekeeper",
    Assistant = "assistant" or "executiveassistant",
}

impl From<Text> for Role {
    /// The role that a text names; any other keeps its own words.
    fn from(text: Text) -> Self {
        let known = Self::known(&text).or_else(|| {
            let mut buffer = [0; 40];
            plain(&text, &mut buffer).and_then(Self::known)
        });
        known.unwrap_or(Self::Other(text))
    }
}

impl FromStr for Role {
    type Err = Infallible;

    /// The role that a text names, ignoring case, spaces, hyphens and underscores; any other keeps its own words,
    /// without the white space around them.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Text::from(text.trim()).into())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::problem::Severity;
    use crate::record::value::RawCell;
    use crate::record::words::Word;
    use crate::record::{FaultCode, NoteCode, convert};

    /// Every word of an enum is read as it is written, by whatever reads it.
    fn round_trip<T: Word + PartialEq + Debug + ToString + Serialize + serde::de::DeserializeOwned>(
        all: &[T],
    ) {
        assert_eq!(all.len(), T::NAMES.len());
        for (word, name) in all.iter().zip(T::NAMES) {
            assert_eq!(word.to_string(), *name);
            assert_eq!(name.parse::<T>(), Ok(*word), "{name}");
            let json = format!("\"{name}\"");
            assert_eq!(serde_json::to_string(word).unwrap(), json);
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *word);
        }
        // A spelling that another word has as well would never be read.
        for (spelling, word) in T::SPELLINGS {
            for text in
                [(*spelling).to_owned(), spelling.to_uppercase(), format!("{}-", spelling.replace('_', " "))]
            {
                assert_eq!(text.parse::<T>(), Ok(*word), "{text}");
                assert_eq!(convert::word::<T>(&RawCell::Cell(&text)).ok(), Some(*word), "{text}");
            }
        }
        let nonsense = "no such word".parse::<T>().unwrap_err();
        assert_eq!((nonsense.expected(), nonsense.nearest()), (T::NAMES, None));
    }

    #[test]
    fn every_word_is_read_as_it_is_written() {
        round_trip(&RecordKind::ALL);
        round_trip(&Side::ALL);
        round_trip(&Unit::ALL);
        round_trip(&Seniority::ALL);
        round_trip(&Support::ALL);
        round_trip(&CustomerStatus::ALL);
        round_trip(&TieKind::ALL);
        round_trip(&TieSource::ALL);
        round_trip(&InteractionKind::ALL);
        round_trip(&InteractionStatus::ALL);
        round_trip(&CommitmentStatus::ALL);
        round_trip(&ConcernStatus::ALL);
        round_trip(&FaultCode::ALL);
        round_trip(&NoteCode::ALL);
        round_trip(&Severity::ALL);
    }

    #[test]
    fn every_role_is_read_as_it_is_written() {
        let other = Role::Other("Keeper of the keys".into());
        for role in Role::ALL.into_iter().chain([other]) {
            let name = role.to_string();
            assert_eq!(name.parse(), Ok(role.clone()));
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), role);
            assert_eq!(Role::ALL.contains(&role), !matches!(role, Role::Other(_)));
        }
    }

    #[test]
    fn arrays_of_a_kind_name_the_kind() {
        for kind in RecordKind::ALL {
            assert_eq!(kind.plural().parse(), Ok(kind));
        }
    }

    #[test]
    fn spellings_of_crms_are_understood() {
        for text in ["c_level", "C-Level", "C level", "CLevel", "cxo"] {
            assert_eq!(text.parse(), Ok(Seniority::CLevel), "{text}");
        }
        assert_eq!("Completed".parse(), Ok(InteractionStatus::Held));
        assert_eq!("Not Started".parse(), Ok(InteractionStatus::Planned));
        assert_eq!("Mentor".parse(), Ok(Support::Champion));
        assert_eq!("skeptic".parse(), Ok(Support::Sceptic));
        assert!("a word much longer than the longest that anybody knows".parse::<Side>().is_err());
        assert!("stäff".parse::<Side>().is_err() && "".parse::<Side>().is_err());
    }

    #[test]
    fn what_is_no_word_tells_the_nearest_spelling_and_not_itself() {
        for (text, nearest) in [
            ("Listens too", Some("listens_to")),
            ("conflct", Some("conflict")),
            ("ovoid", Some("avoid")),
            ("trsut", None),
            ("x", None),
        ] {
            let error = text.parse::<TieKind>().unwrap_err();
            assert_eq!(error.nearest(), nearest, "{text}");
            assert!(!error.to_string().contains(text), "{error}");
        }
        let error = serde_json::from_str::<TieSource>("\"countd\"").unwrap_err().to_string();
        let words = "not a source of a tie; write one of stated, evidenced (nearest: counted)";
        assert!(error.starts_with(words), "{error}");
    }

    #[test]
    fn roles_are_understood_or_kept_as_they_are() {
        for (text, expected) in [
            ("Economic Decision Maker", Role::EconomicBuyer),
            ("BUDGET_HOLDER", Role::EconomicBuyer),
            ("END_USER", Role::UserBuyer),
            ("Business User", Role::UserBuyer),
            ("LEGAL_AND_COMPLIANCE", Role::Legal),
            (" Keeper of the keys ", Role::Other("Keeper of the keys".into())),
        ] {
            assert_eq!(text.parse(), Ok(expected));
        }
    }
}
