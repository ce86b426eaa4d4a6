//! The slow, obvious versions: written from the documentation alone, regardless of cost, for comparison.

use std::collections::{BTreeMap, BTreeSet};

use stakeholder_graph::introduction::Ranking;
use stakeholder_graph::record::{
    CommitmentStatus, ConcernStatus, Decision, Interaction, InteractionKind, InteractionStatus, Person, Role,
    Seniority, Side, Support, Tie, TieKind, TieSource,
};
use stakeholder_graph::{Day, Moment, Records, Settings, Text, View};

/// A person is present from the first to the last of their days; a person who left on an unknown day is absent
/// from the day of the records.
pub fn present(person: &Person, as_of: Option<Day>, day: Day) -> bool {
    let last = person.ended_on.or_else(|| {
        let gone = person.active == Some(false);
        gone.then(|| as_of.map_or(Day::MIN, |as_of| as_of.plus_days(-1)))
    });
    person.started_on.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
}

/// One person's opinion of another, as the view returns it.
#[derive(Debug, Clone, Copy)]
pub struct Tells {
    pub belief: f64,
    pub disbelief: f64,
    pub projected: f64,
    /// Whether it is distrust, by the records and not as the view tells it.
    pub distrust: bool,
    /// Explicit disbelief, by the records.
    pub explicit: f64,
}

impl Tells {
    /// Whether it counts as live, as reaching, for a first call.
    pub fn counts(&self) -> bool {
        self.belief >= self.explicit - 1e-6
    }
}

/// Everything that a path search needs, read from a view through its public methods.
pub struct Facts {
    pub people: BTreeMap<Text, Person>,
    pub there: BTreeSet<Text>,
    pub avoid_ties: BTreeSet<(Text, Text)>,
    /// For each ordered pair with any evidence on the day.
    pub thinks: BTreeMap<(Text, Text), Tells>,
    /// What that evidence is, by the records.
    pub sums: BTreeMap<(Text, Text), Sum>,
}

impl Facts {
    pub fn of(view: &View<'_>, records: &Records) -> Self {
        let network = view.network();
        let (day, evidence) = (view.day(), &view.settings().evidence);
        let sums = replay(records, day, f64::from(evidence.half_life_days.get()));
        let people: BTreeMap<Text, Person> =
            network.people().iter().map(|it| (it.id().into(), it.to_person())).collect();
        let here = people.values().filter(|it| present(it, network.as_of(), day));
        let there = here.map(|it| it.id.clone()).collect();
        let mut avoid_ties = BTreeSet::new();
        for tie in records.ties.iter().filter(|tie| tie.kind == TieKind::Avoid && holds(tie, day)) {
            avoid_ties.insert((tie.from.clone(), tie.to.clone()));
            avoid_ties.insert((tie.to.clone(), tie.from.clone()));
        }
        let mut thinks = BTreeMap::new();
        for who in people.keys() {
            for whom in people.keys().filter(|whom| *whom != who) {
                let trust = view.trust(who, whom).unwrap();
                if trust.basis.is_some() {
                    let sum = sums.get(&(who.clone(), whom.clone())).copied().unwrap_or_default();
                    let tells = Tells {
                        belief: trust.opinion.belief.get(),
                        disbelief: trust.opinion.disbelief.get(),
                        projected: trust.opinion.projected.get(),
                        explicit: sum.explicit()
                            / (sum.supporting + sum.explicit() + evidence.prior_weight.get()),
                        distrust: sum.is_distrust(sum.explicit(), evidence.prior_weight.get()),
                    };
                    thinks.insert((who.clone(), whom.clone()), tells);
                }
            }
        }
        Self { people, there, avoid_ties, thinks, sums }
    }

    /// Whether a person is hostile to those of the staff, and whether they were let down.
    pub fn stance(&self, id: &str, staff: &[&Text], prior: f64, live: f64) -> (bool, bool) {
        let person = &self.people[id];
        let pairs = staff.iter().map(|whom| (Text::from(id), (*whom).clone()));
        let pairs: Vec<_> = pairs.filter(|pair| self.thinks.contains_key(pair)).collect();
        let distrusted: Vec<Sum> =
            pairs.iter().filter(|pair| self.thinks[*pair].distrust).map(|pair| self.sums[pair]).collect();
        let live = pairs.iter().any(|pair| self.thinks[pair].belief >= live && self.thinks[pair].counts());
        let well_disposed =
            matches!(person.support, Some(Support::Neutral | Support::Supporter | Support::Champion))
                || person.roles.iter().any(|role| matches!(role, Role::Champion | Role::Coach));
        let opponent = person.support == Some(Support::Opponent);
        let hostile = distrusted.iter().any(|sum| opponent || sum.is_theirs(prior));
        let let_down = distrusted.iter().any(|sum| !sum.is_theirs(prior) && sum.failed > 0.0);
        (hostile && !live && !well_disposed, let_down)
    }

    pub fn is_staff(&self, id: &str) -> bool {
        self.people[id].side == Side::Staff
    }

    /// The owner, and every colleague a person at the customer trusts at the live level, as long as they are
    /// there.
    pub fn account_team(&self, customer: &str, owner: Option<&str>, live: f64) -> BTreeSet<Text> {
        let theirs = |id: &Text| self.people[id].customer_id.as_deref() == Some(customer);
        let mut team: BTreeSet<Text> = owner.into_iter().map(Text::from).collect();
        for ((who, whom), tells) in &self.thinks {
            if theirs(who)
                && self.there.contains(who)
                && self.is_staff(whom)
                && tells.belief >= live
                && tells.counts()
            {
                team.insert(whom.clone());
            }
        }
        team.retain(|id| self.there.contains(id));
        team
    }
}

/// Whether a recorded tie is valid on a day.
pub fn holds(tie: &Tie, day: Day) -> bool {
    tie.since.is_none_or(|since| since <= day) && tie.until.is_none_or(|until| day <= until)
}

/// A question for paths.
#[derive(Debug, Clone)]
pub struct Question {
    pub target: Text,
    /// Where a path may end; any of our staff when none.
    pub among: Option<BTreeSet<Text>>,
    pub avoid: BTreeSet<Text>,
    pub max_ties: usize,
    pub floor: f64,
    pub ranking: Ranking,
    pub distrusted_too: bool,
}

/// A path, from the target on.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    pub people: Vec<Text>,
    pub proven: f64,
    pub projected: f64,
}

impl Path {
    pub fn strength(&self, ranking: Ranking) -> f64 {
        match ranking {
            Ranking::Proven => self.proven,
            Ranking::Projected => self.projected,
        }
    }

    fn other(&self, ranking: Ranking) -> f64 {
        match ranking {
            Ranking::Proven => self.projected,
            Ranking::Projected => self.proven,
        }
    }

    fn steps(&self, who: &str, whom: &str) -> bool {
        self.people.windows(2).any(|pair| pair[0] == who && pair[1] == whom)
    }
}

/// Every path there is, best first: walks every simple path from the target and keeps those with an allowed end.
pub fn every_path(world: &Facts, question: &Question) -> Vec<Path> {
    let mut found = Vec::new();
    let start = Path { people: vec![question.target.clone()], proven: 1.0, projected: 1.0 };
    walk(world, question, &start, &mut found);
    let ranking = question.ranking;
    found.retain(|path| path.strength(ranking) >= question.floor && path.strength(ranking) > 0.0);
    found.sort_by(|a, b| {
        b.strength(ranking)
            .total_cmp(&a.strength(ranking))
            .then(b.other(ranking).total_cmp(&a.other(ranking)))
            .then_with(|| a.people.len().cmp(&b.people.len()))
            .then_with(|| a.people.cmp(&b.people))
    });
    found
}

fn walk(world: &Facts, question: &Question, path: &Path, found: &mut Vec<Path>) {
    if path.people.len() > question.max_ties {
        return;
    }
    let last = path.people.last().unwrap();
    for ((who, whom), tells) in &world.thinks {
        let may = who == last
            && !path.people.contains(whom)
            && world.there.contains(whom)
            && world.people[whom].side != Side::Competitor
            && !question.avoid.contains(whom)
            && !world.avoid_ties.contains(&(who.clone(), whom.clone()))
            && (question.distrusted_too || !tells.distrust);
        if !may {
            continue;
        }
        let mut longer = path.clone();
        longer.people.push(whom.clone());
        longer.proven *= tells.belief;
        longer.projected *= tells.projected;
        let ends = match &question.among {
            Some(among) => among.contains(whom),
            None => world.is_staff(whom),
        };
        if ends {
            found.push(longer);
        } else {
            walk(world, question, &longer, found);
        }
    }
}

/// The strength of everyone's best path to us, of any length: every tie is tried until nothing changes.
pub fn strongest(world: &Facts) -> BTreeMap<Text, f64> {
    let mut best: BTreeMap<Text, f64> = BTreeMap::new();
    let passable = world.thinks.iter().filter(|((who, whom), tells)| {
        world.there.contains(whom)
            && world.people[whom].side != Side::Competitor
            && !world.is_staff(who)
            && !world.avoid_ties.contains(&(who.clone(), whom.clone()))
            && !tells.distrust
    });
    let passable: Vec<_> = passable.collect();
    loop {
        let before = best.clone();
        for ((who, whom), tells) in &passable {
            let beyond = if world.is_staff(whom) { 1.0 } else { best.get(whom).copied().unwrap_or(0.0) };
            let strength = best.entry(who.clone()).or_default();
            *strength = strength.max(tells.belief * beyond);
        }
        if best == before {
            return best;
        }
    }
}

/// The best path for every last introducer, best first.
pub fn best_by_introducer(paths: &[Path]) -> Vec<Path> {
    let mut best: Vec<Path> = Vec::new();
    for path in paths {
        if best.iter().all(|it| it.people[1] != path.people[1]) {
            best.push(path.clone());
        }
    }
    best
}

/// The best path that avoids one tie.
pub fn best_without<'a>(paths: &'a [Path], who: &str, whom: &str) -> Option<&'a Path> {
    paths.iter().find(|path| !path.steps(who, whom))
}

/// Amounts of evidence by what they are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    pub supporting: f64,
    /// Messages left unanswered.
    pub silence: f64,
    pub declined: f64,
    /// How often they declined.
    pub declines: u32,
    /// Rated or counted against, or at odds.
    pub rated: f64,
    /// Promises broken and concerns left open.
    pub failed: f64,
    /// Meetings that went badly.
    pub badly: f64,
}

impl Sum {
    pub fn explicit(&self) -> f64 {
        self.declined + self.rated + self.failed + self.badly
    }

    pub fn against(&self) -> f64 {
        self.silence + self.explicit()
    }

    /// Whether so much against would be distrust.
    pub fn is_distrust(&self, against: f64, prior: f64) -> bool {
        against > self.supporting && against / (self.supporting + against + prior) >= 0.4
    }

    /// Whether what they did and said alone would be.
    fn is_theirs(&self, prior: f64) -> bool {
        (self.declines >= 2 || self.rated > 0.0) && self.is_distrust(self.declined + self.rated, prior)
    }
}

/// Amounts for and against, of every ordered pair of people, replayed record by record.
///
/// Numbers are the defaults of the published table, written out here once more.
pub fn replay(records: &Records, day: Day, half_life: f64) -> BTreeMap<(Text, Text), Sum> {
    let records = &once(records);
    let silence = two_way(records);
    let mut replay = Replay { records, day, half_life, silence, sums: BTreeMap::new() };
    replay.ties();
    replay.lines();
    for interaction in &records.interactions {
        replay.interaction(interaction);
    }
    replay.promises();
    replay.concerns();
    replay.sums
}

struct Replay<'a> {
    records: &'a Records,
    day: Day,
    half_life: f64,
    silence: bool,
    sums: BTreeMap<(Text, Text), Sum>,
}

/// Whether a person left at least three attempts of staff who are there unanswered, within 180 days and since their last
/// sign towards any of our staff.
pub fn leaves_unanswered(records: &Records, there: &BTreeSet<Text>, day: Day, id: &str) -> bool {
    let records = &once(records);
    let replay = Replay { records, day, half_life: 1.0, silence: two_way(records), sums: BTreeMap::new() };
    let with =
        |it: &&Interaction| counts(it) && it.at.day() <= day && it.participants.iter().any(|one| one == id);
    let is_message =
        |it: &Interaction| matches!(it.kind, None | Some(InteractionKind::Email | InteractionKind::Message));
    let signs = records.interactions.iter().filter(with).filter(|it| {
        let began = it.started_by.as_deref() == Some(id);
        let seen = match it.status {
            InteractionStatus::Held => began || !is_message(it),
            InteractionStatus::Declined => !began,
            _ => began,
        };
        seen && it.participants.iter().any(|one| replay.is_staff(one))
    });
    let last = signs.map(|it| it.at.day()).max();
    let attempts = records.interactions.iter().filter(with).filter(|it| {
        let Some(writer) = it.started_by.as_deref().filter(|writer| replay.is_staff(writer)) else {
            return false;
        };
        let waits = match it.status {
            InteractionStatus::Held => replay.silence && is_message(it),
            InteractionStatus::Unanswered => it.kind != Some(InteractionKind::Introduction),
            _ => false,
        };
        let age = day.days_since(it.at.day());
        let back = replay.words(id, writer).into_iter().filter(|word| *word >= it.at);
        let answered = back.into_iter().any(|word| word.day().days_since(it.at.day()) <= 7);
        waits
            && there.contains(writer)
            && !answered
            && (8..=180).contains(&age)
            && last.is_none_or(|last| last < it.at.day())
    });
    attempts.count() >= 3
}

/// The records without those of interactions that are recorded more than once: same kind, moment, people and subject,
/// and of a message the same writer. What took place counts before what was refused, one with a starter before one
/// without, then the first id.
fn once(records: &Records) -> Records {
    let people = |it: &Interaction| -> BTreeSet<Text> {
        it.participants.iter().chain(&it.started_by).cloned().collect()
    };
    let is_message =
        |it: &Interaction| matches!(it.kind, None | Some(InteractionKind::Email | InteractionKind::Message));
    let subject = |it: &Interaction| it.subject.as_deref().unwrap_or_default().trim().to_owned();
    let same = |a: &Interaction, b: &Interaction| {
        (a.at, a.kind, people(a), subject(a)) == (b.at, b.kind, people(b), subject(b))
            && people(a).len() > 1
            && (!is_message(a) || a.started_by == b.started_by)
    };
    let order = [
        InteractionStatus::Held,
        InteractionStatus::Declined,
        InteractionStatus::Unanswered,
        InteractionStatus::Planned,
    ];
    let rank = |it: &Interaction| {
        (order.iter().position(|status| *status == it.status), it.started_by.is_none(), it.id.clone())
    };
    let mut left = records.clone();
    left.interactions.retain(|it| {
        !records
            .interactions
            .iter()
            .any(|other| other.id != it.id && same(it, other) && rank(other) < rank(it))
    });
    left
}

/// Whether an interaction may be evidence at all: it took place or was refused, and an event is no audience.
fn counts(it: &Interaction) -> bool {
    let is_audience = it.kind == Some(InteractionKind::Event) && it.participants.len() > 30;
    it.status != InteractionStatus::Planned && it.participants.len() >= 2 && !is_audience
}

/// Whether there are held messages of our staff to others, and of others to our staff.
fn two_way(records: &Records) -> bool {
    let is_staff = |id: &str| records.people.iter().any(|it| it.id == id && it.side == Side::Staff);
    let wrote = |ours: bool| {
        records.interactions.iter().any(|it| {
            matches!(it.kind, None | Some(InteractionKind::Email | InteractionKind::Message))
                && it.status == InteractionStatus::Held
                && it.started_by.as_deref().is_some_and(|starter| is_staff(starter) == ours)
                && it.participants.iter().any(|id| is_staff(id) != ours)
        })
    };
    wrote(true) && wrote(false)
}

/// What a piece of evidence is.
#[derive(Clone, Copy)]
enum Is {
    For,
    Silence,
    Declined,
    Rated,
    Failed,
    Badly,
}

impl Replay<'_> {
    fn person(&self, id: &str) -> &Person {
        self.records.people.iter().find(|it| it.id == id).unwrap()
    }

    fn apart(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.person(a), self.person(b));
        a.side != b.side || a.customer_id != b.customer_id
    }

    fn add_lasting(&mut self, who: &str, whom: &str, amount: f64) {
        if who != whom {
            self.sums.entry((who.into(), whom.into())).or_default().supporting += amount;
        }
    }

    fn add(&mut self, who: &str, whom: &str, day: Day, is: Is, amount: f64) {
        if who == whom || day > self.day || amount == 0.0 {
            return;
        }
        // What is of no known day does not fade.
        let age = if day == Day::MIN { 0 } else { self.day.days_since(day) };
        let amount = amount * 0.5_f64.powf(f64::from(age) / self.half_life);
        let sum = self.sums.entry((who.into(), whom.into())).or_default();
        *match is {
            Is::For => &mut sum.supporting,
            Is::Silence => &mut sum.silence,
            Is::Declined => {
                sum.declines += 1;
                &mut sum.declined
            }
            Is::Rated => &mut sum.rated,
            Is::Failed => &mut sum.failed,
            Is::Badly => &mut sum.badly,
        } += amount;
    }

    fn ties(&mut self) {
        let records = self.records;
        let as_of = records.as_of.unwrap();
        let mut ratings: BTreeMap<(&str, &str), Vec<(Day, &Tie)>> = BTreeMap::new();
        let day = self.day;
        for tie in records.ties.iter().filter(|tie| holds(tie, day)) {
            let (from, to) = (tie.from.as_str(), tie.to.as_str());
            // The figures of a tie that had ended by the day of the records are of no known day, and do not fade.
            let ended = tie.until.is_some_and(|until| until < as_of);
            let dated = tie.rated_on.unwrap_or(if ended { Day::MIN } else { as_of });
            let is_rating = tie.source == Some(TieSource::Stated);
            match tie.kind {
                TieKind::Trust => {
                    let counts = (tie.supporting.unwrap_or(0.0), tie.against.unwrap_or(0.0));
                    let any = tie.supporting.is_some() || tie.against.is_some();
                    if !is_rating {
                        self.add(from, to, dated, Is::For, counts.0);
                        self.add(from, to, dated, Is::Rated, counts.1);
                    }
                    if dated <= day && (tie.strength.is_some() || is_rating && any) {
                        ratings.entry((from, to)).or_default().push((dated, tie));
                    }
                    if tie.strength.is_none() && !any {
                        self.add(from, to, dated, Is::For, 0.5);
                    }
                }
                TieKind::Conflict => {
                    let amount = 2.0 * tie.strength.unwrap_or(1.0);
                    self.add(from, to, dated, Is::Rated, amount);
                    self.add(to, from, dated, Is::Rated, amount);
                }
                TieKind::Acquainted => {
                    self.add(from, to, dated, Is::For, 0.5);
                    self.add(to, from, dated, Is::For, 0.5);
                }
                _ => {}
            }
        }
        for ((who, whom), given) in ratings {
            self.rating(who, whom, &given);
        }
    }

    /// Of several ratings of a pair the latest counts; of the same day, their mean. A score x makes belief or disbelief
    /// .8·|x|, and whatever was judged at most as much as a score of 1.
    #[allow(clippy::cast_precision_loss, reason = "a handful of ratings")]
    fn rating(&mut self, who: &str, whom: &str, given: &[(Day, &Tie)]) {
        let latest = given.iter().map(|(day, _)| *day).max().unwrap();
        let mine: Vec<&Tie> = given.iter().filter(|(day, _)| *day == latest).map(|(_, tie)| *tie).collect();
        let scores: Vec<f64> = mine.iter().filter_map(|tie| tie.strength).collect();
        let mean = if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 };
        // From b = r/(r + 2) on.
        let pieces = 2.0 * (0.8 * mean.abs()) / (1.0 - 0.8 * mean.abs());
        let judged = mine.iter().filter(|tie| {
            tie.source == Some(TieSource::Stated) && (tie.supporting.is_some() || tie.against.is_some())
        });
        let judged: Vec<(f64, f64)> =
            judged.map(|tie| (tie.supporting.unwrap_or(0.0), tie.against.unwrap_or(0.0))).collect();
        let count = judged.len().max(1) as f64;
        let mut supporting = judged.iter().map(|it| it.0).sum::<f64>() / count;
        let mut against = judged.iter().map(|it| it.1).sum::<f64>() / count;
        *if mean < 0.0 { &mut against } else { &mut supporting } += pieces;
        let scale = (8.0 / (supporting + against)).min(1.0);
        if supporting > 0.0 {
            self.add(who, whom, latest, Is::For, supporting * scale);
        }
        if against > 0.0 {
            self.add(who, whom, latest, Is::Rated, against * scale);
        }
    }

    /// A reporting line counts once in each direction, however often it is recorded.
    fn lines(&mut self) {
        let mut lines: BTreeSet<(&str, &str)> = BTreeSet::new();
        for person in &self.records.people {
            if let Some(manager) = &person.manager_id {
                lines.insert((&person.id, manager));
                lines.insert((manager, &person.id));
            }
        }
        for tie in &self.records.ties {
            if tie.kind == TieKind::ReportsTo && holds(tie, self.day) {
                lines.insert((&tie.from, &tie.to));
                lines.insert((&tie.to, &tie.from));
            }
        }
        for (who, whom) in lines {
            self.add_lasting(who, whom, 1.0);
        }
    }

    fn interaction(&mut self, it: &Interaction) {
        use InteractionKind::{Call, Email, Event, Introduction, Meeting, Message, Order, Quote};
        let there = &it.participants;
        if !counts(it) {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "a handful of people")]
        let (named, part) = (there.len() as f64, 1.0 / (there.len() - 1) as f64);
        let (day, starter) = (it.at.day(), it.started_by.as_deref());
        let bad = (-it.sentiment.unwrap_or(0.0)).max(0.0);
        let tellers = self.told(it);
        #[allow(clippy::cast_precision_loss, reason = "a handful of people")]
        let staff = there.iter().filter(|id| self.is_staff(id)).count() as f64;
        for a in there {
            let mates = there.iter().filter(|b| !self.apart(a, b)).count();
            for b in there.iter().filter(|b| *b != a) {
                let apart = self.apart(a, b);
                if tellers.contains(a) && self.is_staff(b) {
                    self.add(a, b, day, Is::For, 3.0 / staff);
                    continue;
                }
                match it.status {
                    InteractionStatus::Declined if apart && starter == Some(b) => {
                        self.add(a, b, day, Is::Declined, 1.0);
                    }
                    InteractionStatus::Unanswered
                        if apart
                            && starter == Some(b)
                            && it.kind != Some(Introduction)
                            && !self.is_staff(a) =>
                    {
                        self.unanswered(a, b, it.at, part);
                    }
                    InteractionStatus::Held if !apart => {
                        self.add(a, b, day, Is::For, if mates > 12 { 0.0 } else { 0.5 * part });
                    }
                    InteractionStatus::Held => match it.kind {
                        Some(Meeting | Call) => {
                            let among = if self.is_staff(b) { staff } else { 1.0 };
                            let whole = 2.0 * (8.0 / named).min(1.0) / among;
                            self.add(a, b, day, Is::For, whole * (1.0 - bad));
                            self.add(a, b, day, Is::Badly, whole * bad);
                        }
                        Some(Event) if starter == Some(b) => {
                            self.add(a, b, day, Is::For, 2.0 * part * (1.0 - bad));
                            self.add(a, b, day, Is::Badly, 2.0 * part * bad);
                        }
                        Some(Order | Quote) => {
                            let made_it =
                                starter.map_or(self.person(a).side == Side::Customer, |starter| starter == a);
                            if made_it {
                                self.add(a, b, day, Is::For, 0.5 * part);
                            }
                        }
                        Some(Introduction) if starter == Some(a) => self.add(a, b, day, Is::For, 3.0),
                        Some(Email | Message) | None if starter == Some(a) => self.letter(a, b, it.at, part),
                        _ => {}
                    },
                    _ => {}
                }
            }
        }
    }

    /// Who tells our staff of a rival: who began it if that is one of theirs, else every one of theirs.
    fn told(&self, it: &Interaction) -> Vec<Text> {
        let is_theirs = |id: &&Text| self.person(id).side == Side::Customer;
        let any_staff = it.participants.iter().any(|id| self.is_staff(id));
        if it.told_us_of_rival != Some(true) || it.status != InteractionStatus::Held || !any_staff {
            return Vec::new();
        }
        let began = it.started_by.as_ref().filter(is_theirs);
        let all = it.participants.iter().filter(is_theirs);
        all.filter(|id| began.is_none_or(|began| began == *id)).cloned().collect()
    }

    /// What a held message of `a` shows about the two.
    fn letter(&mut self, a: &str, b: &str, at: Moment, part: f64) {
        if self.silence && self.is_staff(a) {
            self.unanswered(b, a, at, part);
        }
        if self.is_reply(a, b, at) {
            self.add(a, b, at.day(), Is::For, part);
        } else if self.silence && !self.is_staff(a) && self.is_staff(b) {
            // Owed an answer until any of our staff has a word with them.
            let staff = self.records.people.iter().filter(|it| it.side == Side::Staff);
            let words = staff.flat_map(|one| self.words(&one.id, a));
            if let Some(answered) = words.filter(|word| *word >= at).min()
                && answered.day() <= self.day
            {
                self.add(a, b, at.day(), Is::For, 0.5 * part);
            }
        } else {
            self.add(a, b, at.day(), Is::For, 0.5 * part);
        }
    }

    /// Silence of `a` towards `b`, who wrote: from the eighth day on, unless there was a word back.
    fn unanswered(&mut self, a: &str, b: &str, at: Moment, part: f64) {
        let back = self.words(a, b).into_iter();
        let answered = back.filter(|word| *word >= at).any(|word| word.day().days_since(at.day()) <= 7);
        if !answered && self.day.days_since(at.day()) >= 8 {
            self.add(a, b, at.day(), Is::Silence, 0.5 * part);
        }
    }

    /// When one person had any contact of their own with another.
    fn words(&self, from: &str, to: &str) -> Vec<Moment> {
        let both = |it: &&Interaction| {
            counts(it)
                && self.apart(from, to)
                && [from, to].iter().all(|id| it.participants.iter().any(|one| one == id))
        };
        let own = |it: &&Interaction| {
            let began = it.started_by.as_deref() == Some(from);
            let is_message =
                matches!(it.kind, None | Some(InteractionKind::Email | InteractionKind::Message));
            match it.status {
                InteractionStatus::Unanswered => began && it.kind != Some(InteractionKind::Introduction),
                InteractionStatus::Declined => !began,
                InteractionStatus::Held => began || !is_message,
                _ => false,
            }
        };
        self.records.interactions.iter().filter(both).filter(own).map(|it| it.at).collect()
    }

    fn is_staff(&self, id: &str) -> bool {
        self.person(id).side == Side::Staff
    }

    /// A message is a reply when the other wrote within seven days before, and no message to them has been sent
    /// since.
    ///
    /// At the same moment either may have been first. What comes after the day of the question has no influence: a
    /// message is a reply to what came before it.
    fn is_reply(&self, writer: &str, reader: &str, at: Moment) -> bool {
        let wrote = |from: &str, to: &str| -> Vec<Moment> {
            let messages = self.records.interactions.iter().filter(|it| {
                let message =
                    matches!(it.kind, None | Some(InteractionKind::Email | InteractionKind::Message));
                message
                    && it.status == InteractionStatus::Held
                    && it.started_by.as_deref() == Some(from)
                    && it.participants.iter().any(|id| id == to)
            });
            messages.map(|it| it.at).collect()
        };
        let mine = wrote(writer, reader);
        wrote(reader, writer).into_iter().any(|theirs| {
            let in_time = theirs <= at && at.day().days_since(theirs.day()) <= 7;
            in_time && !mine.iter().any(|&mine| theirs <= mine && mine < at)
        })
    }

    fn promises(&mut self) {
        for promise in &self.records.commitments {
            let (is, amount) = match promise.status {
                CommitmentStatus::Kept => (Is::For, 2.0),
                CommitmentStatus::Broken => (Is::Failed, 3.0),
                CommitmentStatus::Open | CommitmentStatus::Withdrawn => continue,
                status => panic!("a new status: {status}"),
            };
            let day = promise.closed_on.or(promise.due_on).unwrap_or(promise.made_on);
            for taker in &promise.made_to {
                self.add(taker, &promise.made_by, day, is, amount);
            }
        }
    }

    fn concerns(&mut self) {
        for concern in &self.records.concerns {
            let owner = concern.owner_id.clone().or_else(|| {
                let customer = self.person(&concern.raised_by).customer_id.as_deref()?;
                self.records.customers.iter().find(|it| it.id == customer)?.owner_id.clone()
            });
            let Some(owner) = owner else { continue };
            let is_answered =
                matches!(concern.status, ConcernStatus::Answered | ConcernStatus::ChangedSomething);
            // When it was answered, or else on its review day if that has passed, or else on the day of the records.
            let as_of = self.records.as_of.unwrap();
            let answered = match (concern.answered_on, concern.review_on) {
                _ if !is_answered => None,
                (Some(day), _) => Some(day),
                (None, Some(review)) if review <= as_of => Some(review),
                (None, _) => Some(as_of),
            };
            if let Some(review) = concern.review_on
                && answered.is_none_or(|answered| answered > review.plus_days(1))
            {
                self.add(&concern.raised_by, &owner, review.plus_days(1), Is::Failed, 1.0);
            }
            if let Some(answered) = answered {
                self.add(&concern.raised_by, &owner, answered, Is::For, 1.0);
            }
        }
    }
}

/// Power by Gaussian elimination: (I − αWᵀ) p = (1 − α) q.
pub fn power(records: &Records, customer: &str, day: Day, settings: &Settings) -> BTreeMap<Text, f64> {
    let people: Vec<&Person> = records
        .people
        .iter()
        .filter(|it| it.customer_id.as_deref() == Some(customer) && present(it, records.as_of, day))
        .collect();
    let n = people.len();
    let place = |id: &str| people.iter().position(|it| it.id == id);
    let mut listens = vec![vec![0.0; n]; n];
    for (at, person) in people.iter().enumerate() {
        if let Some(manager) = person.manager_id.as_deref().and_then(place) {
            listens[at][manager] += 1.0;
        }
    }
    for tie in records.ties.iter().filter(|tie| holds(tie, day)) {
        let (who, to) = match tie.kind {
            TieKind::Influence => (&tie.to, &tie.from),
            TieKind::ListensTo | TieKind::ReportsTo => (&tie.from, &tie.to),
            _ => continue,
        };
        if let (Some(who), Some(to)) = (place(who), place(to)) {
            listens[who][to] += tie.strength.unwrap_or(1.0);
        }
    }
    for (at, row) in listens.iter_mut().enumerate() {
        let sum: f64 = row.iter().sum();
        if sum > 0.0 {
            for weight in row.iter_mut() {
                *weight /= sum;
            }
        } else {
            row[at] = 1.0;
        }
    }
    let mut formal = formal(records, customer, day, settings, &people);
    let sum: f64 = formal.iter().sum();
    #[allow(clippy::cast_precision_loss, reason = "a handful of people")]
    let equal = 1.0 / n as f64;
    for weight in &mut formal {
        *weight = if sum > 0.0 { *weight / sum } else { equal };
    }

    let alpha = settings.power.listening.get().min(0.99);
    let matrix: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let cell = |j: usize| f64::from(u8::from(i == j)) - alpha * listens[j][i];
            (0..n).map(cell).chain([(1.0 - alpha) * formal[i]]).collect()
        })
        .collect();
    people.iter().map(|it| it.id.clone()).zip(eliminate(matrix)).collect()
}

/// Solves a system given as rows with the right-hand side last.
fn eliminate(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()));
        rows.swap(column, pivot.unwrap());
        let top = rows[column].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = if at == column { 0.0 } else { row[column] / top[column] };
            row.iter_mut().zip(&top).for_each(|(cell, above)| *cell -= factor * above);
        }
    }
    (0..n).map(|at| rows[at][n] / rows[at][at]).collect()
}

fn formal(records: &Records, customer: &str, day: Day, settings: &Settings, people: &[&Person]) -> Vec<f64> {
    let mut sum: Option<Vec<f64>> = None;
    for rule in in_force(records, customer, day).into_iter().filter_map(|it| by_rule(it, people)) {
        let before = sum.unwrap_or_else(|| vec![0.0; people.len()]);
        sum = Some(before.iter().zip(rule).map(|(a, b)| a + b).collect());
    }
    sum.unwrap_or_else(|| people.iter().map(|person| by_role(person, settings)).collect())
}

/// The decisions that are open on the day; or else the next to open; or else the last one decided.
fn in_force<'a>(records: &'a Records, customer: &str, day: Day) -> Vec<&'a Decision> {
    let all: Vec<&Decision> = records.decisions.iter().filter(|it| it.customer_id == customer).collect();
    let past = |it: &Decision| it.decides_on.is_some_and(|decides| decides < day);
    let to_come = |it: &Decision| it.opens_on.is_some_and(|opens| opens > day);
    let open: Vec<&Decision> = all.iter().copied().filter(|it| !past(it) && !to_come(it)).collect();
    if !open.is_empty() {
        return open;
    }
    let mut next: Vec<&Decision> = all.iter().copied().filter(|it| to_come(it)).collect();
    next.sort_by(|a, b| (a.opens_on, &a.id).cmp(&(b.opens_on, &b.id)));
    let mut last: Vec<&Decision> = all.iter().copied().filter(|it| past(it)).collect();
    last.sort_by(|a, b| (b.decides_on, &a.id).cmp(&(a.decides_on, &b.id)));
    next.into_iter().chain(last).take(1).collect()
}

fn by_rule(decision: &Decision, people: &[&Person]) -> Option<Vec<f64>> {
    let place = |id: &str| people.iter().position(|it| it.id == id);
    let mut weights = vec![0.0; people.len()];
    if let Some(approver) = &decision.approver {
        weights[place(approver)?] = 1.0;
        return Some(weights);
    }
    let there: Vec<(usize, u64)> =
        decision.members.iter().filter_map(|it| Some((place(&it.id)?, it.votes))).collect();
    // More than half of all votes, former members included, when no quota is known.
    let all: u64 = decision.members.iter().map(|it| it.votes).sum();
    let quota = decision.quota.unwrap_or(all / 2 + 1);
    let mut swings = vec![0_u32; there.len()];
    for coalition in 0_u32..1 << there.len() {
        let within = |voter: usize| coalition & (1 << voter) != 0;
        let sum: u64 = (0..there.len()).filter(|&voter| within(voter)).map(|voter| there[voter].1).sum();
        for voter in (0..there.len()).filter(|&voter| within(voter)) {
            if sum >= quota && sum - there[voter].1 < quota {
                swings[voter] += 1;
            }
        }
    }
    let all: u32 = swings.iter().sum();
    if all == 0 {
        return None;
    }
    for (&(at, _), swings) in there.iter().zip(&swings) {
        weights[at] = f64::from(*swings) / f64::from(all);
    }
    Some(weights)
}

fn by_role(person: &Person, settings: &Settings) -> f64 {
    assert!(person.title.is_none(), "titles are read elsewhere");
    if let Some(rating) = person.power {
        return rating;
    }
    let role = person.roles.iter().map(|role| match role {
        Role::EconomicBuyer | Role::DecisionMaker => 1.0,
        Role::ExecutiveSponsor => 0.6,
        Role::TechnicalBuyer => 0.5,
        Role::Legal => 0.4,
        Role::UserBuyer | Role::Influencer | Role::Evaluator | Role::Blocker => 0.3,
        Role::Assistant => 0.05,
        _ => 0.1,
    });
    let level = person.seniority.map(|level| match level {
        Seniority::CLevel => 1.0,
        Seniority::Vp => 0.6,
        Seniority::Director => 0.35,
        Seniority::Manager => 0.2,
        Seniority::Individual => 0.1,
        level => panic!("a new level: {level}"),
    });
    let known = role
        .chain(level)
        .fold(None, |most: Option<f64>, weight| Some(most.map_or(weight, |it| it.max(weight))));
    known.unwrap_or(settings.power.by_seniority.unknown.get())
}
