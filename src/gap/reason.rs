//! Why something is a gap: the figures behind each sentence.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::introduction::Miss;
use crate::reach::{FirstCall, State};
use crate::share::Share;
use crate::text::Text;
use crate::view::PersonRef;

/// Why something is a gap. One variant a detector; the catalogue says what each means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum Reason {
    /// A key player whom nobody of ours reaches.
    UnreachedPower {
        /// Their share of power.
        power: Share,
        /// How far they are reached.
        reach: Share,
        /// The most that could be claimed.
        at_most: Share,
        /// Warm or cold.
        state: State,
        /// Whom of ours they distrust.
        distrusts: Vec<PersonRef>,
    },
    /// A key player who trusts one of ours and is not for us.
    WeakPowerCover {
        /// Their share of power.
        power: Share,
        /// Where they stand: neutral, sceptic or opponent.
        support: String,
    },
    /// Buying roles that nobody holds as far as is known.
    MissingBuyingRole {
        /// The roles.
        roles: Vec<String>,
    },
    /// Somebody who came or rose lately, is powerful, and is not reached.
    PowerNewcomer {
        /// Their share of power.
        power: Share,
        /// The day they joined, when they joined lately.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        joined_on: Option<Day>,
        /// Their share of power before, when it rose lately.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power_before: Option<Share>,
        /// Whom we cover best there, and who has no more power.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        best_covered: Option<PersonRef>,
    },
    /// Somebody whom we deal with and know nothing about.
    UnmappedPerson {
        /// The id as it stands in the interactions.
        id: Text,
        /// Interactions lately.
        times: usize,
        /// The last one.
        last: Day,
        /// Whether they are among the people at all.
        known: bool,
    },
    /// A key player who would not call us first, or does not know that we are there.
    FirstCallAtRisk {
        /// Their share of power.
        power: Share,
        /// Whom they would call.
        would_call: FirstCall,
        /// Whether they know that we are their provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aware_of_us: Option<bool>,
    },
    /// A key player to whom no chain leads.
    NoWarmPath {
        /// Their share of power.
        power: Share,
        /// Proven strength of the nearest chain, barred or too long as it may be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nearest: Option<Share>,
        /// What is in its way.
        misses: Vec<Miss>,
        /// The most ties a chain may have.
        max_ties: u8,
    },
    /// A key player to whom the best chain is barred.
    PathBlocked {
        /// Their share of power.
        power: Share,
        /// Proven strength of the barred chain.
        blocked: Share,
        /// What bars it.
        misses: Vec<Miss>,
        /// Proven strength of the best chain that can be walked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Share>,
    },
    /// The owner tries and tries, and a colleague is better placed.
    WrongOwner {
        /// The owner.
        owner: PersonRef,
        /// Tries.
        tries: usize,
        /// The first try, where it is dated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Day>,
        /// Belief in the owner before the first try.
        before: Share,
        /// Belief in the owner now.
        now: Share,
        /// Proven strength of the owner's own best chain; none when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<Share>,
        /// The colleague.
        better: PersonRef,
        /// Proven strength of the colleague's chain.
        proven: Share,
    },
    /// A key player to whom only assistants and gatekeepers lead.
    GatekeeperOnly {
        /// Their share of power.
        power: Share,
        /// The assistants and gatekeepers.
        through: Vec<PersonRef>,
        /// Proven strength of the best chain through them.
        proven: Share,
    },
    /// One person of theirs trusts us at level live, and nobody else.
    SingleThreadedCustomer {
        /// Who.
        contact: PersonRef,
        /// How many of theirs are known.
        known: usize,
    },
    /// Too few of ours are trusted there.
    SingleThreadedTeam {
        /// Those of ours who are.
        colleagues: Vec<PersonRef>,
        /// How many there should be.
        needed: u32,
    },
    /// Most of our coverage rests on one person of theirs.
    DominantContact {
        /// The share of coverage.
        share: Share,
    },
    /// One of ours could not be spared.
    KeyPersonDependency {
        /// Coverage today.
        coverage: Share,
        /// Coverage without them.
        without: Share,
        /// Key players who would no longer be reached.
        stranded: Vec<PersonRef>,
        /// Who could best take over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heir: Option<PersonRef>,
    },
    /// One of theirs is the only way to a key player.
    BridgeDependency {
        /// The key players who would be cut off.
        cut_off: Vec<PersonRef>,
    },
    /// What a detector of the caller's own found.
    Custom {
        /// In a sentence without a full stop.
        sentence: String,
    },
}
