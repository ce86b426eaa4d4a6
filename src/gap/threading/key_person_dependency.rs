//! We depend too much on one colleague.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::{Name, Percent, all_of};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::reach::Colleague;
use crate::settings::share;
use crate::share::Share;
use crate::view::PersonRef;

/// We depend too much on one colleague.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyPersonDependency {
    /// Coverage today.
    pub coverage: Share,
    /// Coverage without them.
    pub without: Share,
    /// Key players who would no longer be reached.
    pub no_longer_reached: Vec<PersonRef>,
    /// The best successor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<PersonRef>,
}

/// When `key_person_dependency` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Coverage falls by this share when one of our staff leaves. Default 0.4 (own).
    pub fall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { fall: share(400) }
    }
}

impl Kind for KeyPersonDependency {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "key_person_dependency",
        Family::Threading,
        Nature::Structure,
        "without one of our team a key player is no longer reached, or coverage falls by at least 40%",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let coverage_table = situation.coverage_table();
        let coverage = coverage_table.coverage().proven;
        let fall = settings.fall.get() * coverage.get();
        // For nearly everyone the fall is visibly small, without adding up what would be left.
        let doubtful = |colleague: &&Colleague| {
            coverage_table.no_longer_reached_without(colleague).next().is_some()
                || coverage > Share::ZERO && coverage_table.may_lose(colleague, fall)
        };
        let colleagues: Vec<&Colleague> = coverage_table.colleagues().iter().filter(doubtful).collect();
        for (colleague, left) in colleagues.iter().zip(coverage_table.without(&colleagues)) {
            let lost = coverage.get() - left.coverage.get();
            let falls = coverage > Share::ZERO && lost >= fall;
            if left.no_longer_reached.is_empty() && !falls {
                continue;
            }
            let leaning = leaning_on(situation, colleague);
            let successor = successor(situation, colleague, &leaning);
            let figures = Self {
                coverage,
                without: left.coverage,
                no_longer_reached: situation.names(left.no_longer_reached.iter().copied()),
                successor: successor.map(|successor| situation.view().name(successor)),
            };
            let remedy = handing_over(
                situation,
                settings,
                colleague,
                &left.no_longer_reached,
                &leaning,
                successor,
                left.coverage,
            );
            let who = if left.no_longer_reached.is_empty() {
                leaning.into_iter().map(|member| situation.power_table().person(member)).collect()
            } else {
                left.no_longer_reached
            };
            findings.push(
                situation
                    .gap(figures)
                    .stake(Share::clamped(lost))
                    .person(situation.view().name(colleague.person))
                    .people(situation.names(who))
                    .threshold("gaps.key_person_dependency.fall", settings.fall, "own")
                    .remedies(remedy)
                    .done(),
            );
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        Subject::first(people)
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { coverage, without, no_longer_reached, successor } = self;

        write!(
            words,
            "if {} left us, coverage would fall from {} to {}",
            who,
            Percent(*coverage),
            Percent(*without)
        )?;
        if !no_longer_reached.is_empty() {
            write!(words, " and no one would reach {}", all_of(no_longer_reached))?;
        }
        match successor {
            Some(successor) => write!(words, "; {successor} could best take over"),
            None => words.write_str("; no one could take over"),
        }
    }
}

/// Those who trust the colleague at the live level; where there are none, those who trust them at all.
fn leaning_on(situation: &Situation<'_>, colleague: &Colleague) -> Vec<MemberIx> {
    let coverage_table = situation.coverage_table();
    let live = situation.view().settings().levels.live;
    let from = |level: Share| -> Vec<MemberIx> {
        let trusting = coverage_table.known_by(colleague).filter(|(_, tie)| {
            let belief = tie.opinion.belief;
            belief > Share::ZERO && belief >= level
        });
        trusting.map(|(member, _)| member).collect()
    };
    let leaning = from(live);
    if leaning.is_empty() { from(Share::ZERO) } else { leaning }
}

/// Trust in the successor that makes a colleague dispensable: of those who would no longer be reached, or else of
/// those who depend on the colleague, or else of everyone who trusts them; at the lowest sufficient level from
/// reached on, in hundredths.
fn handing_over(
    situation: &Situation<'_>,
    settings: &Settings,
    leaver: &Colleague,
    no_longer_reached: &[PersonIx],
    leaning: &[MemberIx],
    successor: Option<PersonIx>,
    without: Share,
) -> Option<Remedy> {
    let (power_table, reached) = (situation.power_table(), situation.view().settings().levels.reached);
    let no_longer_reached: Vec<MemberIx> =
        no_longer_reached.iter().filter_map(|&person| power_table.place(person)).collect();
    let known_by: Vec<MemberIx> =
        situation.coverage_table().known_by(leaver).map(|(member, _)| member).collect();
    // Where no path leads to a successor, a member of the account team; without a team, a colleague they know.
    let coverage_table = situation.coverage_table();
    let team = coverage_table.account_team().iter().copied();
    let successor = successor.or_else(|| {
        team.chain(coverage_table.colleagues().iter().map(|it| it.person)).find(|&one| one != leaver.person)
    });
    let circles = [&no_longer_reached[..], leaning, &known_by[..]];
    let handover = Handover {
        situation,
        leaver: leaver.person,
        successor,
        with: coverage_table.coverage().proven.get(),
        without: without.get(),
    };
    // No one who would no longer be reached may be left out.
    let has_all = |who: &[MemberIx]| no_longer_reached.iter().all(|member| who.binary_search(member).is_ok());
    let circles = circles.into_iter().filter(|who| has_all(who));
    for who in circles.filter(|who| !who.is_empty()) {
        let levels = (0..100_u16).map(|hundredths| Share::thousandths(hundredths * 10));
        let mut levels = levels.filter(|&level| level >= reached);
        if let Some(level) = levels.find(|&level| handover.is_enough(who, level, settings.fall)) {
            let names = situation.names(who.iter().map(|&member| power_table.person(member)));
            return Some(Remedy::EarnTrustOfEach { who: names, trusts: situation.names(successor), level });
        }
    }
    None
}

/// Coverage with the leaver and without, as trust in a successor grows.
struct Handover<'s> {
    situation: &'s Situation<'s>,
    leaver: PersonIx,
    successor: Option<PersonIx>,
    /// As things are.
    with: f64,
    without: f64,
}

impl Handover<'_> {
    /// What one member adds to coverage, with the leaver and without, once they trust the successor at a level at
    /// least.
    fn parts(&self, member: MemberIx, level: Share) -> (f64, f64) {
        let (mut all, mut others, mut in_successor) = (1.0, 1.0, level.get());
        for tie in self.situation.coverage_table().staff_ties(member) {
            let belief = tie.opinion.belief.get();
            if Some(tie.colleague) == self.successor {
                in_successor = belief.max(in_successor);
                continue;
            }
            all *= 1.0 - belief;
            others *= if tie.colleague == self.leaver { 1.0 } else { 1.0 - belief };
        }
        let power = self.situation.power_table().power(member).get();
        (power * (1.0 - all * (1.0 - in_successor)), power * (1.0 - others * (1.0 - in_successor)))
    }

    /// Whether coverage would fall by less than a share without the leaver if these people trusted the successor
    /// at a level.
    fn is_enough(&self, who: &[MemberIx], level: Share, fall: Share) -> bool {
        let (mut with, mut without) = (self.with, self.without);
        for &member in who {
            let ((was, was_without), (is, is_without)) =
                (self.parts(member, Share::ZERO), self.parts(member, level));
            with += is - was;
            without += is_without - was_without;
        }
        // Slightly less, so that rounding does not bring the gap back.
        with - without < fall.get() * with * (1.0 - 1e-6)
    }
}

/// The colleague best placed to take over: the one where the best paths, without the leaver, of those who depend
/// on the leaver end, by power times strength.
fn successor(situation: &Situation<'_>, leaver: &Colleague, leaning: &[MemberIx]) -> Option<PersonIx> {
    let (view, coverage_table, power_table) =
        (situation.view(), situation.coverage_table(), situation.power_table());
    let mut votes: BTreeMap<PersonIx, f64> = BTreeMap::new();
    for &member in leaning {
        let power = power_table.power(member).get();
        if let Some((end, proven)) = coverage_table.path_without(member, leaver.person, view) {
            *votes.entry(end).or_default() += power * proven;
        }
    }
    votes.into_iter().rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(successor, _)| successor)
}
