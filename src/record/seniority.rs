//! Job titles read as levels.
//!
//! Most exports hold a title and no level. A title is read word by word, never by parts of words, so that a
//! "Presidential Suite Host" is no president, and the highest level that it names counts ("Owner/Marketing
//! Assistant" owns). What comes after "to" names someone else ("Assistant to the President").
//!
//! | level | words |
//! |---|---|
//! | `c_level` | owner, co-owner, proprietor, founder, co-founder, president, chair, chairman, chairwoman, chairperson, chief, CEO and its like, managing director, managing partner, general counsel |
//! | `vp` | vice president, VP, SVP, EVP, AVP |
//! | `director` | director, head of, head at the end, chief of staff |
//! | `manager` | manager, lead, leader, supervisor, superintendent, foreman, forewoman, controller, and chief before a craft (chief engineer) |
//! | `individual` | representative, agent, associate, assistant, administrator, engineer, analyst and other crafts (the list is in the source) |
//!
//! Four rules settle what words alone do not. An owner of a product, process, system, account, data or risk owns
//! no firm. "Lead generation" leads no one. A deputy, an associate or an assistant *of a level* counts as that
//! level: an "Assistant Sales Manager" manages. And a person who assists another person, rather than a craft, is
//! an individual, whatever titles that other person holds ([`is_assistant_title`]).
//!
//! The table reads English only. A title of which it knows no word has no level: unknown, not low.

use super::Seniority;

const C_LEVEL: &[&str] = &[
    "owner",
    "coowner",
    "proprietor",
    "founder",
    "cofounder",
    "president",
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "chief",
    "ceo",
    "cfo",
    "cto",
    "cio",
    "coo",
    "cmo",
    "cpo",
    "cro",
    "cso",
    "cdo",
    "chro",
    "ciso",
];
const C_LEVEL_PAIRS: &[[&str; 2]] = &[
    ["managing", "director"],
    ["managing", "partner"],
    ["general", "counsel"],
    ["co", "owner"],
    ["co", "founder"],
];
const VP: &[&str] = &["vp", "svp", "evp", "avp"];
const MANAGER: &[&str] =
    &["manager", "lead", "leader", "supervisor", "superintendent", "foreman", "forewoman", "controller"];
const INDIVIDUAL: &[&str] = &[
    "accountant",
    "administrator",
    "admin",
    "adviser",
    "advisor",
    "agent",
    "analyst",
    "apprentice",
    "architect",
    "assistant",
    "associate",
    "attorney",
    "auditor",
    "bookkeeper",
    "buyer",
    "clerk",
    "consultant",
    "coordinator",
    "counsel",
    "designer",
    "developer",
    "driver",
    "electrician",
    "engineer",
    "executive",
    "expert",
    "inspector",
    "intern",
    "lawyer",
    "mechanic",
    "nurse",
    "officer",
    "operator",
    "paralegal",
    "pharmacist",
    "planner",
    "programmer",
    "receptionist",
    "rep",
    "representative",
    "researcher",
    "salesman",
    "salesperson",
    "saleswoman",
    "scientist",
    "secretary",
    "specialist",
    "technician",
    "technologist",
    "trainee",
    "trainer",
    "worker",
];
/// "Chief" before one of these heads a craft, not the firm.
const CRAFTS: &[&str] = &[
    "accountant",
    "architect",
    "buyer",
    "clerk",
    "designer",
    "engineer",
    "inspector",
    "mechanic",
    "nurse",
    "operator",
    "pharmacist",
    "planner",
    "scientist",
    "technician",
    "technologist",
];
/// An owner of one of these owns no firm.
const OWNED_AT_WORK: &[&str] = &[
    "account",
    "application",
    "asset",
    "backlog",
    "budget",
    "data",
    "process",
    "product",
    "project",
    "risk",
    "service",
    "system",
];
/// "Assistant" after one of these assists a person or an office.
const PERSONAL: &[&str] = &[
    "admin",
    "administrative",
    "board",
    "departmental",
    "executive",
    "management",
    "office",
    "personal",
    "private",
    "team",
];

impl Seniority {
    /// The level that a job title names; `None` when the title names none that the table knows.
    ///
    /// Upper and lower case, full stops and other punctuation make no difference. The table and its rules are at
    /// the top of this file; the short form: owners, founders, presidents and chief officers are `CLevel`, vice
    /// presidents `Vp`, directors and heads `Director`, managers, leads and supervisors `Manager`, named crafts
    /// `Individual`, and a person who assists another person is `Individual` too.
    ///
    /// ```
    /// use stakeholder_graph::record::Seniority;
    ///
    /// assert_eq!(Seniority::from_title("Vice President, Sales"), Some(Seniority::Vp));
    /// assert_eq!(Seniority::from_title("Assistant to the President"), Some(Seniority::Individual));
    /// assert_eq!(Seniority::from_title("Wizard"), None);
    /// ```
    pub fn from_title(title: &str) -> Option<Self> {
        let words = words(title);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if assists_a_person(&words) {
            return Some(Self::Individual);
        }
        // What follows "to" names the person they work for, or a market they go to.
        let own = words.split(|word| *word == "to").next().unwrap_or_default();
        let none: &str = "";
        let named = own.iter().enumerate().filter_map(|(place, word)| {
            let before = place.checked_sub(1).and_then(|place| own.get(place)).unwrap_or(&none);
            let after = own.get(place + 1).unwrap_or(&none);
            level_of_word(before, word, after)
        });
        named.min()
    }
}

/// The level that a word names between its neighbours.
fn level_of_word(before: &str, word: &str, after: &str) -> Option<Seniority> {
    let pair = [before, word];
    if word == "chief" && after == "of" {
        Some(Seniority::Director)
    } else if word == "chief" && CRAFTS.contains(&after) {
        Some(Seniority::Manager)
    } else if pair == ["vice", "president"] || VP.contains(&word) {
        Some(Seniority::Vp)
    } else if word == "owner" && OWNED_AT_WORK.contains(&before) {
        Some(Seniority::Individual)
    } else if C_LEVEL.contains(&word) || C_LEVEL_PAIRS.contains(&pair) {
        Some(Seniority::CLevel)
    } else if word == "director" || (word == "head" && matches!(after, "of" | "")) {
        Some(Seniority::Director)
    } else if word == "lead" && matches!(after, "generation" | "gen") {
        None
    } else if MANAGER.contains(&word) {
        Some(Seniority::Manager)
    } else if INDIVIDUAL.contains(&word) {
        Some(Seniority::Individual)
    } else {
        None
    }
}

/// Whether a job title says that its holder works for one person or one office: an assistant, a secretary, a PA, a
/// member of "the office of" a person of rank. Such a person controls access to another.
///
/// Someone who assists a craft does not count ("Marketing Assistant", "Assistant Sales Agent"), nor does one who
/// holds an office of that name ("Company Secretary", "Secretary General").
///
/// ```
/// use stakeholder_graph::record::is_assistant_title;
///
/// assert!(is_assistant_title("Executive Assistant to the CEO"));
/// assert!(!is_assistant_title("Marketing Assistant"));
/// ```
pub fn is_assistant_title(title: &str) -> bool {
    let words = words(title);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assists_a_person(&words)
}

fn assists_a_person(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(place, word)| {
        let (before, after) =
            (words.get(..place).unwrap_or_default(), words.get(place + 1..).unwrap_or_default());
        let last = before.last().copied().unwrap_or_default();
        let next = after.first().copied().unwrap_or_default();
        match *word {
            "assistant" => {
                (before.is_empty() && after.is_empty())
                    || matches!(next, "to" | "of" | "for")
                    || PERSONAL.contains(&last)
                    || (after.is_empty() && is_rank(before))
            }
            "secretary" => {
                let holds_office = matches!(last, "company" | "corporate" | "permanent")
                    || matches!(next, "general" | "treasurer")
                    || (next == "of" && after.contains(&"state"));
                !holds_office
            }
            "pa" | "ea" => (before.is_empty() && after.is_empty()) || next == "to",
            "office" => {
                next == "of" && (1..=after.len()).any(|end| is_rank(after.get(..end).unwrap_or_default()))
            }
            _ => false,
        }
    })
}

/// Whether the last word, read after the one before it, names a level from manager up, also with a possessive s
/// ("Director's").
fn is_rank(words: &[&str]) -> bool {
    let (before, word) = match words {
        [.., before, word] => (*before, *word),
        [word] => ("", *word),
        [] => return false,
    };
    let singular = word.strip_suffix('s').unwrap_or(word);
    [word, singular]
        .into_iter()
        .filter_map(|word| level_of_word(before, word, ""))
        .any(|level| level <= Seniority::Manager)
}

/// The words of a title in lower case. Full stops and apostrophes join ("V.P.", "Director's"), every other sign
/// parts ("Owner/Manager").
fn words(title: &str) -> Vec<String> {
    let joined: String = title.chars().filter(|sign| !matches!(sign, '.' | '\'' | '’')).collect();
    let lower = joined.to_lowercase();
    lower
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_by_the_table() {
        use Seniority::{CLevel, Director, Individual, Manager, Vp};
        let table: &[(&str, Option<Seniority>)] = &[
            ("Owner", Some(CLevel)),
            ("Co-Owner", Some(CLevel)),
            ("Founder & Host", Some(CLevel)),
            ("Co-founder", Some(CLevel)),
            ("CEO", Some(CLevel)),
            ("C.F.O.", Some(CLevel)),
            ("Chief Financial Officer", Some(CLevel)),
            ("President and Managing Director", Some(CLevel)),
            ("Managing Director", Some(CLevel)),
            ("General Counsel", Some(CLevel)),
            ("Owner/Marketing Assistant", Some(CLevel)),
            ("Deputy CEO", Some(CLevel)),
            ("Vice President, Sales", Some(Vp)),
            ("Senior Vice-President", Some(Vp)),
            ("SVP Technology", Some(Vp)),
            ("Sr. VP", Some(Vp)),
            ("Director of Sales", Some(Director)),
            ("Head of Procurement", Some(Director)),
            ("Department Head", Some(Director)),
            ("Head Chef", None),
            ("Chief of Staff", Some(Director)),
            ("Chief Engineer", Some(Manager)),
            ("Sales Manager", Some(Manager)),
            ("Assistant Sales Manager", Some(Manager)),
            ("Team Lead", Some(Manager)),
            ("Lead Engineer", Some(Manager)),
            ("Lead Generation Specialist", Some(Individual)),
            ("Night Shift Supervisor", Some(Manager)),
            ("Product Owner", Some(Individual)),
            ("Sales Representative", Some(Individual)),
            ("Assistant Sales Agent", Some(Individual)),
            ("Sales Associate", Some(Individual)),
            ("Inside Sales Coordinator", Some(Individual)),
            ("Order Administrator", Some(Individual)),
            ("Account Executive", Some(Individual)),
            ("Marketing Assistant", Some(Individual)),
            ("Assistant to the President", Some(Individual)),
            ("Executive Assistant, Office of the CEO", Some(Individual)),
            ("Office of the President", Some(Individual)),
            ("Director's Assistant", Some(Individual)),
            ("Buyer reporting to the Director", Some(Individual)),
            ("Director, Go-to-Market", Some(Director)),
            ("Presidential Suite Host", None),
            ("Directory keeper", None),
            ("user", None),
            ("", None),
            ("¿?", None),
        ];
        for (title, level) in table {
            assert_eq!(Seniority::from_title(title), *level, "{title}");
            assert_eq!(Seniority::from_title(&title.to_uppercase()), *level, "{title} in capitals");
        }
    }

    #[test]
    fn assistants_of_a_person_are_told_from_assistants_in_a_craft() {
        for title in [
            "Assistant",
            "Executive Assistant",
            "Personal assistant to the Managing Director",
            "PA",
            "P.A. to the Finance Director",
            "EA to the CEO",
            "Secretary",
            "Board Secretary",
            "Secretary to the Chairman",
            "Office of the CEO",
            "CEO Assistant",
            "Managing Director's Assistant",
        ] {
            assert!(is_assistant_title(title), "{title}");
        }
        for title in [
            "",
            "Marketing Assistant",
            "Assistant Sales Manager",
            "Assistant Sales Agent",
            "Company Secretary",
            "Secretary General",
            "Secretary of State",
            "Sales Representative, Erie PA",
            "Office Manager",
            "Office of Tax Research",
            "Owner/Marketing Assistant",
        ] {
            assert!(!is_assistant_title(title), "{title}");
        }
    }
}
