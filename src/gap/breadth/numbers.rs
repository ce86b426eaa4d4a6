//! Numbers of contacts, against the size of the customer and its growth.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::SHORT;
use super::units::{Unit, most_powerful};
use crate::day::Day;
use crate::gap::contact::whole;
use crate::gap::finding::{Dated, Family, Gap};
use crate::gap::reason::Reason;
use crate::gap::remedy::Remedy;
use crate::gap::{Detector, Situation};
use crate::network::PersonIx;
use crate::record::RecordKind;
use crate::trust::Opinion;
use crate::view::PersonRef;

/// Sums and products of thresholds are compared with this tolerance.
const HAIR: f64 = 1e-9;

/// So many of these people come to trust us.
fn more_ties(situation: &Situation<'_>, others: Vec<usize>, count: usize) -> Option<Remedy> {
    let chosen = most_powerful(situation, others, count);
    if chosen.len() < count {
        return None;
    }
    let trusts = situation.candidates_for(*chosen.first()?);
    let who: Vec<PersonRef> = chosen.into_iter().map(|member| situation.name(member)).collect();
    Some(Remedy::EarnTrustOfEach { who, trusts, level: situation.view().settings().levels.live })
}

pub(super) struct ThinCoverage;

impl Detector for ThinCoverage {
    fn id(&self) -> &'static str {
        "thin_coverage"
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let settings = &situation.view().settings().gaps;
        let known = standing.len();
        let most = settings.thin_contacts.get() as usize;
        let contacts = standing.members().filter(|&member| footing.is_live(member)).take(most).count();
        let share = settings.thin_share.get() * known as f64;
        let is_thin = contacts < most && (contacts as f64) < share - HAIR;
        if !is_thin || footing.colleagues().is_empty() {
            return;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most all people")]
        let needed = ((share - HAIR).ceil() as usize).min(most);
        let others = standing.members().filter(|&member| !footing.is_live(member)).collect();
        let (setting, value) = if (most as f64) < share {
            ("gaps.thin_contacts", f64::from(settings.thin_contacts.get()))
        } else {
            ("gaps.thin_share", settings.thin_share.get())
        };
        found.push(
            situation
                .draft(self.id(), Family::Breadth, Reason::ThinCoverage { contacts, needed, known })
                .stake(footing.coverage().proven.complement())
                .shortfall(SHORT * (1.0 - contacts as f64 / needed as f64))
                .threshold(setting, value, "FunnelStory")
                .remedies(more_ties(situation, others, needed - contacts))
                .done(),
        );
    }
}

/// What a customer was worth before is not on record, so value that grew is not seen.
pub(super) struct MapOutgrown;

/// How many there are, and of how many somebody has a live tie to us, then and now.
#[derive(Debug)]
struct Growth {
    of: &'static str,
    before: usize,
    now: usize,
    covered_before: usize,
    covered: usize,
}

impl Growth {
    /// Whether the customer grew by a share and our coverage did not at all.
    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn is_outgrown(&self, by: f64) -> bool {
        let grew = self.now as f64 + HAIR >= self.before as f64 * (1.0 + by);
        self.before > 0 && self.now > self.before && grew && self.covered <= self.covered_before
    }
}

impl Detector for MapOutgrown {
    fn id(&self) -> &'static str {
        "map_outgrown"
    }

    fn detect(&self, situation: &Situation<'_>, found: &mut Vec<Gap>) {
        let (footing, standing) = (situation.footing(), situation.standing());
        let network = situation.view().network();
        let settings = &situation.view().settings().gaps;
        let since = situation.view().day().plus_days(whole(settings.outgrown_days).saturating_neg());
        let was_there = |person: PersonIx| network.is_present(person, since);
        // Where nobody came, nothing grew; where we know nobody, that is known already.
        let came = standing.members().any(|member| !was_there(standing.person(member)));
        if !came || footing.colleagues().is_empty() {
            return;
        }
        let then: Vec<PersonIx> = situation.customer().block().filter(|&person| was_there(person)).collect();
        let trusted: Vec<PersonIx> =
            then.iter().copied().filter(|&person| had_live_tie(situation, person, since)).collect();
        let live: Vec<usize> = standing.members().filter(|&member| footing.is_live(member)).collect();
        let people = Growth {
            of: "people",
            before: then.len(),
            now: standing.len(),
            covered_before: trusted.len(),
            covered: live.len(),
        };
        let by = settings.outgrown_share.get();
        if people.is_outgrown(by) {
            let others = standing.members().filter(|&member| !footing.is_live(member)).collect();
            let remedy = more_ties(situation, others, people.covered_before - people.covered + 1);
            found.push(self.gap(situation, &people, since, remedy));
        }
        let sites_of = |people: &[PersonIx]| -> BTreeSet<&str> {
            people.iter().filter_map(|&person| network.person_at(person).site()).collect()
        };
        let site = |member: usize| Unit::Site.of(situation, member);
        let covered: BTreeSet<&str> = live.iter().filter_map(|&member| site(member)).collect();
        let sites = Growth {
            of: "sites",
            before: sites_of(&then).len(),
            now: standing.members().filter_map(site).collect::<BTreeSet<_>>().len(),
            covered_before: sites_of(&trusted).len(),
            covered: covered.len(),
        };
        if sites.is_outgrown(by) {
            // Of each site without a live tie the most powerful.
            let mut seen = covered;
            let all = most_powerful(situation, standing.members().collect(), usize::MAX);
            let others = all.into_iter().filter(|&member| site(member).is_some_and(|site| seen.insert(site)));
            let others = others.collect();
            let remedy = more_ties(situation, others, sites.covered_before - sites.covered + 1);
            found.push(self.gap(situation, &sites, since, remedy));
        }
    }
}

impl MapOutgrown {
    #[allow(clippy::cast_precision_loss, reason = "numbers of people are far below 2⁵²")]
    fn gap(&self, situation: &Situation<'_>, growth: &Growth, since: Day, remedy: Option<Remedy>) -> Gap {
        let standing = situation.standing();
        let network = situation.view().network();
        let settings = &situation.view().settings().gaps;
        let Growth { of, before, now, covered_before, covered } = *growth;
        let reason =
            Reason::MapOutgrown { of: Cow::Borrowed(of), since, before, now, covered_before, covered };
        let came = standing.members().map(|member| network.person_at(standing.person(member)));
        let mut came: Vec<_> =
            came.filter(|person| person.started_on().is_some_and(|day| day > since)).collect();
        came.sort_by_key(|person| (std::cmp::Reverse(person.started_on()), person.id()));
        let evidence = came.iter().take(5).map(|person| Dated {
            day: person.started_on(),
            record: Cow::Borrowed(RecordKind::Person.plural()),
            record_id: person.id().into(),
            kind: None,
        });
        situation
            .draft(self.id(), Family::Breadth, reason)
            .stake(situation.footing().coverage().proven.complement())
            .shortfall(SHORT * ((now - before) as f64 / before as f64).min(1.0))
            .evidence(evidence)
            .threshold("gaps.outgrown_share", settings.outgrown_share, "own")
            .remedies(remedy)
            .done()
    }
}

/// Whether on an earlier day somebody trusted one of those who were ours then, at level live.
fn had_live_tie(situation: &Situation<'_>, person: PersonIx, day: Day) -> bool {
    let view = situation.view();
    let (network, settings) = (view.network(), view.settings());
    let (first, heads) = network.ties().row(person);
    let ours = (first..).zip(heads).take_while(|(_, head)| network.is_staff(head.trusted()));
    let mut there = ours.filter(|(_, head)| network.is_present(head.trusted(), day));
    there.any(|(tie, _)| {
        let evidence = network.ties().refold(tie, day, &settings.evidence).evidence();
        Opinion::of(evidence, settings).belief >= settings.levels.live
    })
}
