//! Why something is a gap: the figures behind each sentence.

use std::borrow::Cow;

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
    /// Those who trust us are of few kinds.
    NarrowCoverage {
        /// What they have in common: `department`, `level` or `site`.
        unit: Cow<'static, str>,
        /// Which one.
        name: Text,
        /// How many there trust us at level live.
        covered: usize,
        /// Whether nobody elsewhere does.
        all: bool,
        /// The share of coverage that lies there.
        share: Share,
        /// The share of power that lies there.
        power: Share,
        /// The Herfindahl index of coverage: the sum of the squares of the shares.
        index: Share,
        /// The same of power.
        power_index: Share,
    },
    /// A unit with people in which we reach nobody.
    WhitespaceUnit {
        /// `department`, `site` or `area`.
        unit: Cow<'static, str>,
        /// Which one.
        name: Text,
        /// How many people are known there.
        people: usize,
        /// Their share of power.
        power: Share,
    },
    /// Too few of theirs trust us.
    ThinCoverage {
        /// How many do, at level live.
        contacts: usize,
        /// How many should.
        needed: usize,
        /// How many of theirs are known.
        known: usize,
    },
    /// The customer grew, and our coverage did not.
    MapOutgrown {
        /// `people` or `sites`.
        of: Cow<'static, str>,
        /// The earlier day.
        since: Day,
        /// How many there were.
        before: usize,
        /// How many there are.
        now: usize,
        /// How many of them had a live tie to us.
        covered_before: usize,
        /// How many have.
        covered: usize,
    },
    /// Nobody at the top trusts us, or has been in touch.
    NoExecutiveCover {
        /// How many executives are known.
        executives: usize,
        /// Their share of power.
        power: Share,
        /// How many of them trust us at level live.
        covered: usize,
        /// The day on which one of these was last in touch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<Day>,
    },
    /// Only juniors of ours are trusted by a senior person.
    SeniorityMismatch {
        /// Their share of power.
        power: Share,
        /// Their level.
        level: Cow<'static, str>,
        /// The level of the most senior one of ours whom they trust.
        ours: Cow<'static, str>,
    },
    /// Somebody has not been in touch for too long.
    OverdueTouch {
        /// How bad it is.
        stage: Touch,
        /// The last day on which they were in touch, both ways.
        last: Day,
        /// With whom of ours.
        with: PersonRef,
        /// How many days ago.
        days: i32,
        /// Every how many days they should be; none where their role has no cadence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cadence: Option<u32>,
    },
    /// Attempts to reach somebody stay unanswered.
    NoReplyStreak {
        /// How many, since there was any sign of them.
        attempts: usize,
        /// The first of these.
        first: Day,
        /// The last.
        last: Day,
    },
    /// Somebody no longer starts anything.
    OneWayTie {
        /// The share of contacts that they started in the span before.
        before: Share,
        /// The share in the last span.
        now: Share,
        /// Contacts in the last span.
        contacts: usize,
        /// Days in a span.
        days: u32,
    },
    /// Less and less happens with somebody.
    CoolingTrend {
        /// Evidence of three spans of days, the latest last.
        evidence: [f64; 3],
        /// Days in a span.
        days: u32,
    },
    /// Somebody will soon be reached no longer.
    ExpiringTie {
        /// Whom of ours they trust longest.
        trusts: PersonRef,
        /// Belief today.
        belief: Share,
        /// The level.
        level: Share,
        /// The first day on which nobody reaches them.
        on: Day,
    },
    /// A record that should be looked at.
    StaleRecord {
        /// The review day that passed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<Day>,
        /// The day since which they are in touch with us without role or stance.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unclassified_since: Option<Day>,
    },
    /// Nothing tells how powerful somebody is, and it matters.
    UnknownAttribute {
        /// The key players who trust them or listen to them.
        heard_by: Vec<PersonRef>,
        /// The power of these.
        power: Share,
    },
    /// What is said of a tie is not what happened.
    RatingConflict {
        /// Whom of ours it is about.
        trusts: PersonRef,
        /// The strength as it is stated.
        stated: Share,
        /// The strength to be expected from what happened.
        evidenced: Share,
        /// How many bands apart.
        bands: u32,
    },
    /// We know too little of somebody.
    ProfileThin {
        /// Items known.
        answered: u32,
        /// Items on the list.
        total: u32,
        /// Items that should be known.
        needed: u32,
    },
    /// A supporter of ours is gone, and nobody who trusts us stands for us as firmly.
    ChampionLeft {
        /// Their last day.
        last: Day,
        /// Their share of power on that day.
        power: Share,
        /// They were a champion or coach; else a supporter.
        champion: bool,
        /// One person there trusts us at level live, or none.
        single_threaded: bool,
    },
    /// A key player's post has a new holder whom nobody of ours reaches.
    ReplacedPower {
        /// The new holder's share of power.
        power: Share,
        /// The title of the post.
        title: Text,
        /// Who held it.
        before: PersonRef,
        /// The last day of that one.
        last: Day,
        /// The first day of the new holder.
        since: Day,
    },
    /// A promise of ours is overdue.
    PromiseBroken {
        /// Its id.
        promise: Text,
        /// What was promised, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        /// The last day to keep it.
        due: Day,
        /// How many days ago that was.
        days: i32,
    },
    /// A promise of ours is due soon.
    PromiseDue {
        /// Its id.
        promise: Text,
        /// What was promised, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        /// The last day to keep it.
        due: Day,
        /// Working days after this one up to that day.
        left: u32,
        /// Within the shorter of the two spans.
        urgent: bool,
    },
    /// A concern of theirs waits for us.
    ConcernOpen {
        /// Its id.
        concern: Text,
        /// What it says, in the caller's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        /// What is wanting.
        state: ConcernState,
        /// When it was raised.
        raised_on: Day,
        /// How grave, 1 to 4.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        severity: Option<u8>,
    },
    /// A key player was in touch with a rival, and not with us since.
    CompetitorContact {
        /// The rival's person.
        rival: PersonRef,
        /// When, last.
        day: Day,
        /// What it was, such as `quote`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<Text>,
        /// How often, within the days of the settings.
        times: usize,
    },
    /// A rival's supporter has more power than any of ours.
    CounterChampion {
        /// Their share of power.
        power: Share,
        /// The rival's person whom they trust.
        rival: PersonRef,
        /// How far.
        belief: Share,
        /// The power of the most powerful who is for us; 0 where nobody is.
        ours: Share,
    },
    /// Somebody powerful is against us, and nobody is in touch with them or plans to be.
    OpponentUnmanaged {
        /// Their share of power.
        power: Share,
        /// They are on record as an opponent; else they distrust some of ours and trust none.
        opponent: bool,
        /// The last contact both ways; none where none is on record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<Day>,
        /// Every how many days somebody should be in touch.
        cadence: u32,
    },
    /// One of the account team does not trust its owner at level live.
    InternalGate {
        /// The owner.
        owner: PersonRef,
        /// How far they do.
        belief: Share,
    },
    /// Too many introductions are asked of one person at a time.
    IntroducerOverload {
        /// How many are open.
        asks: usize,
        /// Within how many days.
        days: u32,
    },
    /// What a detector of the caller's own found.
    Custom {
        /// In a sentence without a full stop.
        sentence: String,
    },
}

/// How long a touch is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Touch {
    /// Later than usual.
    Cooling,
    /// Overdue.
    Overdue,
    /// So long ago that the contact counts as lost.
    Lost,
}

/// What is wanting with a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConcernState {
    /// Nobody has answered.
    Unanswered,
    /// Nobody has answered, and the day to look at it again has passed.
    ReviewPassed,
    /// It was answered, and nothing has visibly changed.
    NothingChanged,
    /// It was parked until a day that has passed.
    ParkedTooLong,
    /// It was parked without a day to look at it again.
    ParkedForEver,
}
