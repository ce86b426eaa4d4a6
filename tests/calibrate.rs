//! Settings are learned from outcomes generated so that the right answer is known.

use crate::common::world::World;
use stakeholder_graph::calibrate::{Asked, CalibrationOptions, Reliability};
use stakeholder_graph::record::{Customer, Interaction, InteractionKind, InteractionStatus, Person, Records};
use stakeholder_graph::{Day, Error, Moment, Network, Settings, Weight};

fn day(number: i32) -> Day {
    Day::from_ymd(2020, 1, 1).unwrap().plus_days(number)
}

/// A pseudo-random number, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// A colleague calls `people` customers every `every` days; each accepts with the probability that its own past
/// gives it, with evidence that halves in `half_life` days: two pieces for a meeting that was held, one for a
/// meeting that was declined.
fn history(people: u32, calls: i32, every: i32, half_life: f64) -> Records {
    let mut dice = Dice(7);
    let mut records = Records::new();
    records.as_of = Some(day(calls * every));
    records.people.push(Person::staff("ours"));
    for person in 0..people {
        let id = format!("p{person:03}");
        records.customers.push(Customer::new(id.as_str()));
        records.people.push(Person::customer(id.as_str(), id.as_str()));
        let (mut supporting, mut against) = (0.0, 0.0);
        for call in 0..calls {
            let kept = (-f64::from(every) / half_life).exp2();
            supporting *= kept;
            against *= kept;
            let accepts = dice.next() < (supporting + 1.0) / (supporting + against + 2.0);
            *if accepts { &mut supporting } else { &mut against } += if accepts { 2.0 } else { 1.0 };
            let status = if accepts { InteractionStatus::Held } else { InteractionStatus::Declined };
            let meeting = Interaction::new(
                format!("{id}-{call:03}"),
                InteractionKind::Call,
                day(call * every),
                ["ours", id.as_str()],
            );
            records.interactions.push(meeting.started_by("ours").status(status));
        }
    }
    records
}

#[test]
fn a_planted_half_life_is_found_again() {
    for planted in [14, 60, 365] {
        let network = Network::build(history(120, 80, 7, f64::from(planted))).unwrap();
        let mut settings = Settings::default();
        settings.levels.reached = stakeholder_graph::Share::new(0.6).unwrap();
        let found = network.calibrate(&settings).unwrap();
        let days = found.fitted.half_life_days.get();
        assert!(days * 2 > planted && days < planted * 2 + 1, "planted {planted}: {found}");
        assert_eq!(
            found.fitted.prior_weight, settings.evidence.prior_weight,
            "only the ratio of weights to it counts"
        );
        assert_eq!(found.settings.levels, settings.levels, "what is not learned stays");
        assert!(found.gain.low <= found.gain.nats && found.gain.nats <= found.gain.high);
        assert!(found.fitted_on.up_to < found.held_out.from, "nothing later is used");
        assert_eq!(found, network.calibrate(&settings).unwrap(), "the same history teaches the same");
    }
}

#[test]
fn a_certain_gain_is_adopted_and_says_what_it_rests_on() {
    let network = Network::build(history(120, 80, 7, 14.0)).unwrap();
    let found = network.calibrate(&Settings::default()).unwrap();
    assert!(found.adopted && found.gain.low > 0.0, "{found}");
    assert!(found.after.log_loss < found.before.log_loss);
    assert_eq!(found.settings.evidence, found.fitted);
    assert_eq!(found.settings.fitted, Some(found.fitted_on));
    assert!(
        found.changes.iter().any(|it| it.name == "half_life_days" && (it.from - 60.0).abs() < 1e-9),
        "{found}"
    );
    let text = serde_json::to_string(&found.settings).unwrap();
    assert_eq!(
        serde_json::from_str::<Settings>(&text).unwrap(),
        found.settings,
        "where it comes from is kept in a file"
    );
}

#[test]
fn where_the_settings_fit_already_nothing_is_adopted() {
    let network = Network::build(history(120, 80, 7, 90.0)).unwrap();
    let found = network.calibrate(&Settings::default()).unwrap();
    assert!(!found.adopted, "{found}");
    assert_eq!(found.settings, Settings::default());
    assert!(found.gain.low <= 0.0 && found.to_string().contains("not certainly better: the settings stay"));
}

#[test]
fn too_little_history_is_refused_with_its_numbers() {
    let network = Network::build(history(10, 20, 7, 90.0)).unwrap();
    let error = network.calibrate(&Settings::default()).unwrap_err();
    // 20 weeks of ten calls; the first 60 days and their calls are left out: 11 weeks remain, split into 8 and 3.
    let Error::TooLittleHistory { outcomes, held_out, needed: 200, needed_of_each: 20, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((outcomes, held_out), (70, 40));
    assert!(
        error.to_string().starts_with("too little history: 70 outcomes before the split and 40 after it"),
        "{error}"
    );

    let mut options = CalibrationOptions::default();
    options.least = 40.try_into().unwrap();
    options.least_of_each = 1.try_into().unwrap();
    assert!(network.calibrate_with(&Settings::default(), &options).is_ok(), "at the threshold it learns");
    options.least = 41.try_into().unwrap();
    assert!(network.calibrate_with(&Settings::default(), &options).is_err());
    assert!(Network::build(Records::new()).unwrap().calibrate(&Settings::default()).is_err());
}

#[test]
fn settings_without_a_prior_are_learned_from_without_harm() {
    let mut settings = Settings::default();
    settings.evidence.prior_weight = Weight::default();
    let found = Network::build(history(120, 40, 7, 90.0)).unwrap().calibrate(&settings).unwrap();
    assert!(found.gain.nats.is_finite() && found.after.brier <= 1.0);
}

#[test]
fn outcomes_of_one_kind_teach_nothing() {
    let mut records = history(120, 80, 7, 90.0);
    records.interactions.iter_mut().for_each(|it| it.status = InteractionStatus::Held);
    let error = Network::build(records).unwrap().calibrate(&Settings::default()).unwrap_err();
    assert!(matches!(error, Error::TooLittleHistory { rarer: 0, .. }), "{error}");
}

#[test]
fn silence_counts_from_the_day_on_which_it_shows() {
    // One message a week to one customer, who answers every second one on the next day. A missing answer is known
    // a week later, and the last message may still be answered.
    let mut records = Records::new();
    records.as_of = Some(day(7 * 100 + 3));
    records.people.push(Person::staff("ours"));
    records.customers.push(Customer::new("k"));
    records.people.push(Person::customer("theirs", "k"));
    for week in 0..=100 {
        let at = |number: i32| Moment::from(day(number));
        let both = ["ours", "theirs"];
        let mail = Interaction::new(format!("m{week}"), InteractionKind::Email, at(7 * week), both);
        records.interactions.push(mail.started_by("ours"));
        if week % 2 == 0 {
            let back = Interaction::new(format!("b{week}"), InteractionKind::Email, at(7 * week + 1), both);
            records.interactions.push(back.started_by("theirs"));
        }
    }
    let mut options = CalibrationOptions::default();
    options.warm_up_days = 0;
    options.least = 1.try_into().unwrap();
    options.least_of_each = 1.try_into().unwrap();
    let network = Network::build(records).unwrap();
    let found = network.calibrate_with(&Settings::default(), &options).unwrap();
    // Of our 101 mails 100 are outcomes, minus the first, before which nothing was known of the two; their 51 are
    // outcomes as well, of which the last may still be answered: our mail came six days later, within the week.
    assert_eq!(found.fitted_on.outcomes + found.held_out.outcomes, 99 + 50);
}

#[test]
fn reliability_by_hand() {
    let told = [(0.05, false), (0.15, false), (0.12, true), (0.95, true), (1.0, true), (f64::NAN, true)];
    let curve = Reliability::of(told, 10);
    assert_eq!(curve.forecasts, 5, "what is no number is left out");
    let bins: Vec<(u32, f64)> = curve.bins.iter().map(|it| (it.forecasts, it.happened)).collect();
    assert_eq!(bins, [(1, 0.0), (2, 0.5), (2, 1.0)]);
    assert!((curve.bins[1].projected - 0.135).abs() < 1e-12);
    // (0.05 + |0.27 − 1| + |1.95 − 2|) / 5.
    assert!((curve.error - (0.05 + 0.73 + 0.05) / 5.0).abs() < 1e-12);
    // Wilson for 1 of 2: (0.5 ± ...) by the published formula.
    assert!(
        (curve.bins[1].low - 0.094_53).abs() < 1e-4 && (curve.bins[1].high - 0.905_47).abs() < 1e-4,
        "{curve:?}"
    );
    let svg = curve.to_svg();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.matches("<circle").count() == 3);
    assert!(Reliability::of([], 0).bins.is_empty());
}

/// Dan trusts Wes by 6 pieces, Wes trusts Pam by 14: proven 6/8 × 14/16, expected 7/8 × 15/16.
fn story() -> Records {
    let world = World::customer("k").people(["dan", "wes"]).staff(["pam"]);
    let ties = world.trust("dan", "wes", 6.0).trust("wes", "pam", 14.0);
    ties.with(|records| records.as_of = Some(day(100))).records()
}

#[test]
fn introductions_are_set_beside_the_strength_they_had() {
    let network = Network::build(story()).unwrap();
    let asked = |on, worked| Asked::new(day(on), ["pam", "wes", "dan"], worked);
    let record = network
        .introduction_record(
            &Settings::default(),
            &[asked(101, true), asked(101, true), asked(101, false), asked(100, true)],
        )
        .unwrap();
    assert_eq!((record.asked, record.worked), (4, 3));
    // On the day before the records were taken nothing was known yet: .09 is expected for two strangers, nothing
    // proven.
    assert_eq!((record.paths[0].proven.get(), record.paths[0].projected.get()), (0.0, 0.09));
    let proven = record.paths[1].proven.get();
    assert!((proven - 0.75 * 0.875).abs() < 1e-6 && record.paths[1].asked.on == day(101), "{proven}");
    assert!((record.paths[1].projected.get() - 0.825 * 0.9125).abs() < 1e-6);
    assert_eq!(record.by_proven.bins.len(), 2);
    assert!((record.by_proven.bins[1].happened - 2.0 / 3.0).abs() < 1e-12);
    assert!((record.by_proven.bins[1].projected - 0.65625).abs() < 1e-6);
    let nobody = Asked::new(day(1), ["pam", "nobody"], true);
    assert!(matches!(
        network.introduction_record(&Settings::default(), &[nobody]),
        Err(Error::UnknownPerson { .. })
    ));
}

#[test]
fn introductions_are_read_from_the_records() {
    let mut records = story();
    let introduction = |id: &str, on, status| {
        Interaction::new(id, InteractionKind::Introduction, day(on), ["dan", "wes", "pam"])
            .started_by("wes")
            .status(status)
    };
    records.interactions = vec![
        introduction("a", 40, InteractionStatus::Held),
        introduction("b", 50, InteractionStatus::Declined),
        introduction("c", 60, InteractionStatus::Unanswered),
        introduction("d", 70, InteractionStatus::Planned),
    ];
    let asked = Network::build(records).unwrap().introductions_asked();
    let told: Vec<(Day, bool)> = asked.iter().map(|it| (it.on, it.worked)).collect();
    assert_eq!(told, [(day(40), true), (day(50), false), (day(60), false)]);
    assert!(asked.iter().all(|it| it.path == ["pam", "wes", "dan"]), "{asked:?}");
}
