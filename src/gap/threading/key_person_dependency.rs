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
    pub stranded: Vec<PersonRef>,
    /// The best successor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<PersonRef>,
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
        "without one of ours a key player is no longer reached, or coverage falls by at least 40%",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let footing = situation.footing();
        let coverage = footing.coverage().proven;
        let fall = settings.fall.get() * coverage.get();
        // For nearly everyone the fall is visibly small, without adding up what would be left.
        let doubtful = |colleague: &&Colleague| {
            footing.stranded_without(colleague).next().is_some()
                || coverage > Share::ZERO && footing.may_lose(colleague, fall)
        };
        let colleagues: Vec<&Colleague> = footing.colleagues().iter().filter(doubtful).collect();
        for (colleague, left) in colleagues.iter().zip(footing.without(&colleagues)) {
            let lost = coverage.get() - left.coverage.get();
            let falls = coverage > Share::ZERO && lost >= fall;
            if left.stranded.is_empty() && !falls {
                continue;
            }
            let leaning = leaning_on(situation, colleague);
            let heir = heir(situation, colleague, &leaning);
            let figures = Self {
                coverage,
                without: left.coverage,
                stranded: situation.names(left.stranded.iter().copied()),
                heir: heir.map(|heir| situation.view().name(heir)),
            };
            let remedy =
                handing_over(situation, settings, colleague, &left.stranded, &leaning, heir, left.coverage);
            let who = if left.stranded.is_empty() {
                leaning.into_iter().map(|member| situation.standing().person(member)).collect()
            } else {
                left.stranded
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
        let Self { coverage, without, stranded, heir } = self;

        write!(
            words,
            "if {} left us, coverage would fall from {} to {}",
            who,
            Percent(*coverage),
            Percent(*without)
        )?;
        if !stranded.is_empty() {
            write!(words, " and nobody would reach {}", all_of(stranded))?;
        }
        match heir {
            Some(heir) => write!(words, "; {heir} could best take over"),
            None => words.write_str("; nobody could take over"),
        }
    }
}

/// Those who trust the colleague at the live level; where there are none, those who trust them at all.
fn leaning_on(situation: &Situation<'_>, colleague: &Colleague) -> Vec<MemberIx> {
    let footing = situation.footing();
    let live = situation.view().settings().levels.live;
    let from = |level: Share| -> Vec<MemberIx> {
        let trusting = footing.known_by(colleague).filter(|(_, tie)| {
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
    stranded: &[PersonIx],
    leaning: &[MemberIx],
    heir: Option<PersonIx>,
    without: Share,
) -> Option<Remedy> {
    let (standing, reached) = (situation.standing(), situation.view().settings().levels.reached);
    let stranded: Vec<MemberIx> = stranded.iter().filter_map(|&person| standing.place(person)).collect();
    let known_by: Vec<MemberIx> = situation.footing().known_by(leaver).map(|(member, _)| member).collect();
    // Where no path leads to a successor, a member of the account team; without a team, a colleague they know.
    let footing = situation.footing();
    let team = footing.account_team().iter().copied();
    let heir = heir.or_else(|| {
        team.chain(footing.colleagues().iter().map(|it| it.person)).find(|&one| one != leaver.person)
    });
    let circles = [&stranded[..], leaning, &known_by[..]];
    let handover = Handover {
        situation,
        leaver: leaver.person,
        heir,
        with: footing.coverage().proven.get(),
        without: without.get(),
    };
    // No one who would no longer be reached may be left out.
    let has_all = |who: &[MemberIx]| stranded.iter().all(|member| who.binary_search(member).is_ok());
    let circles = circles.into_iter().filter(|who| has_all(who));
    for who in circles.filter(|who| !who.is_empty()) {
        let levels = (0..100_u16).map(|hundredths| Share::thousandths(hundredths * 10));
        let mut levels = levels.filter(|&level| level >= reached);
        if let Some(level) = levels.find(|&level| handover.is_enough(who, level, settings.fall)) {
            let names = situation.names(who.iter().map(|&member| standing.person(member)));
            return Some(Remedy::EarnTrustOfEach { who: names, trusts: situation.names(heir), level });
        }
    }
    None
}

/// Coverage with the leaver and without, as trust in a successor grows.
struct Handover<'s> {
    situation: &'s Situation<'s>,
    leaver: PersonIx,
    heir: Option<PersonIx>,
    /// As things are.
    with: f64,
    without: f64,
}

impl Handover<'_> {
    /// What one member adds to coverage, with the leaver and without, once they trust the successor at a level at
    /// least.
    fn parts(&self, member: MemberIx, level: Share) -> (f64, f64) {
        let (mut all, mut others, mut in_heir) = (1.0, 1.0, level.get());
        for tie in self.situation.footing().to_us(member) {
            let belief = tie.opinion.belief.get();
            if Some(tie.colleague) == self.heir {
                in_heir = belief.max(in_heir);
                continue;
            }
            all *= 1.0 - belief;
            others *= if tie.colleague == self.leaver { 1.0 } else { 1.0 - belief };
        }
        let power = self.situation.standing().power(member).get();
        (power * (1.0 - all * (1.0 - in_heir)), power * (1.0 - others * (1.0 - in_heir)))
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

/// The colleague best placed to take over: the one at whom the best paths, without the leaver, of those who depend
/// on the leaver end, by power times strength.
fn heir(situation: &Situation<'_>, leaver: &Colleague, leaning: &[MemberIx]) -> Option<PersonIx> {
    let (view, footing, standing) = (situation.view(), situation.footing(), situation.standing());
    let mut votes: BTreeMap<PersonIx, f64> = BTreeMap::new();
    for &member in leaning {
        let power = standing.power(member).get();
        if let Some((end, proven)) = footing.way_without(member, leaver.person, view) {
            *votes.entry(end).or_default() += power * proven;
        }
    }
    votes.into_iter().rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(heir, _)| heir)
}
