//! The customer has grown, and our coverage has not.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::units::{TOLERANCE, Unit, more_ties, most_powerful};
use crate::day::Day;
use crate::gap::Situation;
use crate::gap::contact::whole;
use crate::gap::finding::{Dated, Gap};
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::remedy::Remedy;
use crate::network::{MemberIx, PersonIx};
use crate::record::RecordKind;
use crate::settings::share;
use crate::share::{Days, Share};
use crate::trust::Opinion;
use crate::view::PersonRef;

/// The customer has grown, and our coverage has not.
///
/// Past values of a customer are not on record, so growth in value is not detected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MapOutgrown {
    /// `people` or `sites`.
    pub of: Growing,
    /// The earlier day.
    pub since: Day,
    /// How many there were.
    pub before: usize,
    /// How many there are.
    pub now: usize,
    /// How many of them had a live tie to our staff.
    pub covered_before: usize,
    /// How many have one now.
    pub covered: usize,
}

/// What grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Growing {
    /// The people on record.
    People,
    /// The sites where they work.
    Sites,
}

impl Growing {
    /// Its name in JSON, such as `sites`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Sites => "sites",
        }
    }
}

/// When `map_outgrown` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// This many days ago is the earlier day. Default 365 (own).
    pub days: Days,
    /// People or sites grew by this share. Default 0.25 (own).
    pub growth: Share,
    /// Shortfall where the customer doubled. Default 0.25: a lack of breadth says where to look next (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { days: Days::of::<365>(), growth: share(250), shortfall: share(250) }
    }
}

impl Kind for MapOutgrown {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "map_outgrown",
        Family::Breadth,
        Nature::Structure,
        "people or sites grew by at least 25% within a year, and those with a live tie did not grow in number",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let (coverage_table, power_table) = (situation.coverage_table(), situation.power_table());
        let network = situation.view().network();
        let since = situation.view().day().plus_days(whole(settings.days).saturating_neg());
        let was_there = |person: PersonIx| network.is_present(person, since);
        // With no newcomers nothing has grown; where we know no one, other gaps report that already.
        let came = power_table.members().any(|member| !was_there(power_table.person(member)));
        if !came || coverage_table.colleagues().is_empty() {
            return;
        }
        let then: Vec<PersonIx> = situation.customer().block().filter(|&person| was_there(person)).collect();
        let trusted: Vec<PersonIx> =
            then.iter().copied().filter(|&person| had_live_tie(situation, person, since)).collect();
        let live: Vec<MemberIx> =
            power_table.members().filter(|&member| coverage_table.is_live(member)).collect();
        let people = Growth {
            of: Growing::People,
            before: then.len(),
            now: power_table.len(),
            covered_before: trusted.len(),
            covered: live.len(),
        };
        let by = settings.growth.get();
        if people.is_outgrown(by) {
            let others = power_table.members().filter(|&member| !coverage_table.is_live(member)).collect();
            let remedy = more_ties(situation, others, people.covered_before - people.covered + 1);
            findings.push(Self::outgrown(situation, settings, &people, since, remedy));
        }
        let sites_of = |people: &[PersonIx]| -> BTreeSet<&str> {
            people.iter().filter_map(|&person| network.person_at(person).site()).collect()
        };
        let site = |member: MemberIx| Unit::Site.of(situation, member);
        let covered: BTreeSet<&str> = live.iter().filter_map(|&member| site(member)).collect();
        let sites = Growth {
            of: Growing::Sites,
            before: sites_of(&then).len(),
            now: power_table.members().filter_map(site).collect::<BTreeSet<_>>().len(),
            covered_before: sites_of(&trusted).len(),
            covered: covered.len(),
        };
        if sites.is_outgrown(by) {
            // The most powerful person of each site without a live tie.
            let mut seen = covered;
            let all = most_powerful(situation, power_table.members().collect(), usize::MAX);
            let others = all.into_iter().filter(|&member| site(member).is_some_and(|site| seen.insert(site)));
            let others = others.collect();
            let remedy = more_ties(situation, others, sites.covered_before - sites.covered + 1);
            findings.push(Self::outgrown(situation, settings, &sites, since, remedy));
        }
    }

    fn subject(&self, _: &[PersonRef]) -> Subject {
        Subject::Aspect(self.of.as_str().into())
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let Self { of, since, before, now, covered_before, covered } = self;

        write!(
            words,
            "their {} grew from {before} to {now} since {since}, and those with a live tie to us ",
            of.as_str()
        )?;
        if covered == covered_before {
            write!(words, "are {covered} as before")
        } else {
            write!(words, "fell from {covered_before} to {covered}")
        }
    }
}

impl MapOutgrown {
    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn outgrown(
        situation: &Situation<'_>,
        settings: &Settings,
        growth: &Growth,
        since: Day,
        remedy: Option<Remedy>,
    ) -> Gap {
        let power_table = situation.power_table();
        let network = situation.view().network();
        let Growth { of, before, now, covered_before, covered } = *growth;
        let figures = Self { of, since, before, now, covered_before, covered };
        let came = power_table.members().map(|member| network.person_at(power_table.person(member)));
        let mut came: Vec<_> =
            came.filter(|person| person.started_on().is_some_and(|day| day > since)).collect();
        came.sort_by_key(|person| (std::cmp::Reverse(person.started_on()), person.id()));
        let evidence = came.iter().take(5).map(|person| Dated {
            day: person.started_on(),
            record: RecordKind::Person,
            record_id: person.id().into(),
            kind: None,
        });
        situation
            .gap(figures)
            .stake(situation.coverage_table().coverage().proven.complement())
            .shortfall(settings.shortfall.get() * ((now - before) as f64 / before as f64).min(1.0))
            .evidence(evidence)
            .threshold("gaps.map_outgrown.growth", settings.growth, "own")
            .remedies(remedy)
            .done()
    }
}

/// How many there are, and how many of them have a live tie to our staff, then and now.
#[derive(Debug)]
struct Growth {
    of: Growing,
    before: usize,
    now: usize,
    covered_before: usize,
    covered: usize,
}

impl Growth {
    /// Whether the customer grew by a share while our coverage did not grow at all.
    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn is_outgrown(&self, by: f64) -> bool {
        let grew = self.now as f64 + TOLERANCE >= self.before as f64 * (1.0 + by);
        self.before > 0 && self.now > self.before && grew && self.covered <= self.covered_before
    }
}

/// Whether the person trusted one of the staff present on an earlier day, at the live level.
fn had_live_tie(situation: &Situation<'_>, person: PersonIx, day: Day) -> bool {
    let view = situation.view();
    let (network, settings) = (view.network(), view.settings());
    let (first, heads) = network.ties().row(person);
    let ours = first.onwards().zip(heads).take_while(|(_, head)| network.is_staff(head.trusted()));
    let mut there = ours.filter(|(_, head)| network.is_present(head.trusted(), day));
    there.any(|(tie, _)| {
        let evidence = network.ties().refold(tie, day, &settings.evidence).evidence();
        Opinion::of(evidence, settings).belief >= settings.levels.live
    })
}
