//! The list of all kinds of gap, one line each. Everything that has to know every kind is generated from it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::builder::Figures;
use super::finding::Gap;
use super::kind::{Entry, Family, Kind, Sentence, Subject};
use super::own::Own;
use super::situation::Situation;
use super::unknown::Unknown;
use crate::view::PersonRef;

/// Passes the list to another macro: each family with the modules that its kinds share, each kind as module and
/// type.
macro_rules! kinds {
    ($callback:ident) => {
        $callback! {
            /// Powerful people who are not reached.
            reach [] {
                unreached_power: UnreachedPower,
                weak_power_cover: WeakPowerCover,
                missing_buying_role: MissingBuyingRole,
                power_newcomer: PowerNewcomer,
                unmapped_person: UnmappedPerson,
                first_call_at_risk: FirstCallAtRisk,
            }
            /// Paths to powerful people that are missing, blocked or badly chosen.
            path [] {
                no_warm_path: NoWarmPath,
                path_blocked: PathBlocked,
                wrong_owner: WrongOwner,
                gatekeeper_only: GatekeeperOnly,
            }
            /// Too much depends on too few people.
            threading [] {
                single_threaded_customer: SingleThreadedCustomer,
                single_threaded_team: SingleThreadedTeam,
                dominant_contact: DominantContact,
                key_person_dependency: KeyPersonDependency,
                bridge_dependency: BridgeDependency,
            }
            /// Too few people, or people too much alike. Where nothing at all is on record between a customer and
            /// us, breadth is not known and nothing is reported.
            breadth [units] {
                narrow_coverage: NarrowCoverage,
                whitespace_unit: WhitespaceUnit,
                thin_coverage: ThinCoverage,
                map_outgrown: MapOutgrown,
                no_executive_cover: NoExecutiveCover,
                seniority_mismatch: SeniorityMismatch,
            }
            /// Ties that are going quiet.
            rhythm [] {
                overdue_touch: OverdueTouch,
                no_reply_streak: NoReplyStreak,
                one_way_tie: OneWayTie,
                cooling_trend: CoolingTrend,
                expiring_tie: ExpiringTie,
            }
            /// Supporters and contacts who left, and who took their place.
            people [] {
                champion_left: ChampionLeft,
                replaced_power: ReplacedPower,
            }
            /// Promises and concerns that are still open.
            promises [promise] {
                promise_broken: PromiseBroken,
                promise_due: PromiseDue,
                reply_owed: ReplyOwed,
                concern_open: ConcernOpen,
            }
            /// Competitors at the customer.
            rivals [] {
                competitor_contact: CompetitorContact,
                counter_champion: CounterChampion,
                opponent_unmanaged: OpponentUnmanaged,
            }
            /// Relationships among our own staff.
            inside [] {
                internal_gate: InternalGate,
                introducer_overload: IntroducerOverload,
            }
            /// What the records lack or where they contradict each other. Such a finding never has a high
            /// severity: it is about our notes, not yet about the customer.
            record [] {
                stale_record: StaleRecord,
                unknown_attribute: UnknownAttribute,
                rating_conflict: RatingConflict,
                profile_thin: ProfileThin,
            }
        }
    };
}
pub(super) use kinds;

/// Generates [`Reason`], [`CATALOGUE`] and the functions that dispatch over every kind.
macro_rules! reasons {
    ($($(#[$doc:meta])* $family:ident [$($shared:ident),*] { $($module:ident: $Kind:ident,)+ })+) => {
        /// Why something is a gap: one variant per kind, with the figures of the finding. [`CATALOGUE`] defines
        /// each.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case", tag = "why")]
        #[non_exhaustive]
        pub enum Reason {
            $($(
                #[doc = concat!("The kind `", stringify!($module), "`.")]
                $Kind(super::$Kind),
            )+)+
            /// A finding of a caller's own kind.
            Own(Own),
            /// A finding of a kind that this version does not know, as it was stored.
            #[serde(untagged)]
            Unknown(Unknown),
        }

        /// Every kind of gap that comes with the crate, family by family.
        pub const CATALOGUE: &[Entry<'static>] = &[$($(<super::$Kind as Kind>::ENTRY,)+)+];

        impl Reason {
            /// The stable id of the kind, such as `unreached_power`.
            pub fn id(&self) -> &str {
                match self {
                    $($(Self::$Kind(_) => <super::$Kind as Kind>::ENTRY.id,)+)+
                    Self::Own(own) => &own.kind,
                    Self::Unknown(unknown) => unknown.kind(),
                }
            }

            /// The family that the kind belongs to.
            pub const fn family(&self) -> Family {
                match self {
                    $($(Self::$Kind(_) => <super::$Kind as Kind>::ENTRY.family,)+)+
                    Self::Own(_) => Family::Own,
                    Self::Unknown(_) => Family::Unknown,
                }
            }

            pub(super) fn subject(&self, people: &[PersonRef]) -> Subject {
                match self {
                    $($(Self::$Kind(figures) => figures.subject(people),)+)+
                    Self::Own(own) => own.subject.clone(),
                    Self::Unknown(_) => Subject::first(people),
                }
            }

            pub(super) fn sentence(&self, words: &mut Sentence<'_, '_, '_>) -> fmt::Result {
                match self {
                    $($(Self::$Kind(figures) => figures.sentence(words),)+)+
                    Self::Own(own) => words.write_str(&own.sentence),
                    Self::Unknown(unknown) => write!(words, "a finding of kind {unknown}"),
                }
            }
        }

        $($(
            impl Figures for super::$Kind {
                fn reason(self, _: &[PersonRef]) -> Reason {
                    Reason::$Kind(self)
                }
            }
        )+)+

        /// Adds what the kinds with these ids find, in the order of the catalogue.
        pub(super) fn detect(situation: &Situation<'_>, wanted: impl Fn(&str) -> bool, findings: &mut Vec<Gap>) {
            let settings = &situation.view().settings().gaps;
            $($(
                if wanted(<super::$Kind as Kind>::ENTRY.id) {
                    <super::$Kind as Kind>::detect(situation, &settings.$module, findings);
                }
            )+)+
        }
    };
}

kinds!(reasons);
