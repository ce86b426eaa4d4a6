//! The rating of a tie contradicts what happened.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evidence::{Basis, Ratings, fold};
use crate::gap::Situation;
use crate::gap::finding::Gap;
use crate::gap::kind::{Entry, Family, Kind, Nature, Sentence, Subject};
use crate::gap::phrase::Name;
use crate::gap::remedy::Remedy;
use crate::network::MemberIx;
use crate::reach::StaffOpinion;
use crate::settings::{Levels, share, weight};
use crate::share::{Count, Share, Weight};
use crate::trust::Opinion;
use crate::view::PersonRef;

/// The rating of a tie contradicts what happened.
///
/// Compares a score or other judgement of a tie to a colleague with what happened between the two, where that is
/// enough evidence to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RatingConflict {
    /// The colleague who is rated.
    pub trusts: PersonRef,
    /// The rating, -1..=1.
    pub rated: f64,
    /// The projected strength from what happened.
    pub evidenced: Share,
    /// How many bands lie between the two.
    pub bands: u32,
}

/// When `rating_conflict` is reported, and how severe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The rating and what happened lie this many bands apart. Default 2. The bands end at 0 and at the levels live,
    /// reached and strong (own).
    pub bands: Count,
    /// Evidence, for and against, that is enough to contradict a rating. Default 2, as much as W (own).
    pub evidence: Weight,
    /// Shortfall for each band. Default 0.05 (own).
    pub shortfall: Share,
}

impl Default for Settings {
    fn default() -> Self {
        Self { bands: Count::of::<2>(), evidence: weight(2000), shortfall: share(50) }
    }
}

impl Kind for RatingConflict {
    type Settings = Settings;

    const ENTRY: Entry<'static> = Entry::new(
        "rating_conflict",
        Family::Record,
        Nature::Record,
        "the rating and what happened lie at least 2 bands apart",
        "own",
    );

    fn detect(situation: &Situation<'_>, settings: &Settings, findings: &mut Vec<Gap>) {
        let coverage_table = situation.coverage_table();
        let ties = situation.view().network().ties();
        for member in situation.power_table().members() {
            for tie in
                coverage_table.staff_ties(member).iter().filter(|tie| ties.is_rated_and_observed(tie.tie))
            {
                if let Some(gap) = Self::of(situation, settings, member, tie) {
                    findings.push(gap);
                }
            }
        }
    }

    fn subject(&self, people: &[PersonRef]) -> Subject {
        people.first().map_or(Subject::Customer, |who| Subject::tie(&*who.id, &*self.trusts.id))
    }

    fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
        let who = Name(words.people().first());
        let Self { trusts, rated, evidenced, .. } = self;

        write!(words, "{who}'s trust in {trusts} is rated {rated:.2}, and what happened says {evidenced:.2}")
    }
}

impl RatingConflict {
    fn of(
        situation: &Situation<'_>,
        settings: &Settings,
        member: MemberIx,
        tie: &StaffOpinion,
    ) -> Option<Gap> {
        let view = situation.view();
        let levels = &view.settings().levels;
        let rated = rated(situation, tie)?;
        let observed = view.items(tie.tie).filter(|item| item.kind.basis() == Basis::Observed);
        let evidence = fold(observed, view.day(), &view.settings().evidence).evidence();
        let enough = settings.evidence.get();
        if evidence.supporting + evidence.against < enough {
            return None;
        }
        let evidenced = Opinion::of(evidence, view.settings()).projected;
        let bands = band(rated, levels).abs_diff(band(evidenced.get(), levels));
        if bands < settings.bands.get() {
            return None;
        }
        let trusts = view.name(tie.colleague);
        let figures = Self { trusts: trusts.clone(), rated, evidenced, bands };
        Some(
            situation
                .about(member, figures)
                .shortfall(situation.short(member, settings.shortfall.get() * f64::from(bands)))
                .person(trusts.clone())
                .threshold("gaps.rating_conflict.bands", settings.bands.get(), "own")
                .remedy(Remedy::CorrectScore { who: situation.name(member), trusts, strength: evidenced })
                .done(),
        )
    }
}

/// The score in force of a tie; none where there is no rating.
fn rated(situation: &Situation<'_>, tie: &StaffOpinion) -> Option<f64> {
    let view = situation.view();
    Ratings::of(view.items(tie.tie), view.day()).strength()
}

/// Bands end at 0 and at the levels. A score is stored in 32 bits, so one within rounding of a level counts as at the
/// level.
fn band(strength: f64, levels: &Levels) -> u32 {
    let ends = [0.0, levels.live.get(), levels.reached.get(), levels.strong.get()].into_iter();
    ends.map(|end| u32::from(strength + 1e-6 >= end)).sum()
}
