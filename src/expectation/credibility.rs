//! How much weight a person's own average deserves against the overall average: the credibility of Bühlmann and
//! Straub (1970).
//!
//! People differ from each other, and each varies from day to day. Where people differ much and each is steady, a
//! few ratings are informative; where each is variable and all are alike, few ratings say nothing. The data
//! decide: K = s² / a², with s² the variance within people and a² the variance between them. For a person whose
//! ratings have total certainty c, their own average has the weight c / (c + K), and the overall average the
//! remainder.

/// The parameters learned for a family of averages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Credibility {
    /// K, the credibility constant: the total certainty at which the own average has weight one half.
    pub(super) credibility: f64,
    /// The credibility-weighted average over people.
    pub(super) centre: f64,
}

/// K where the data cannot determine it, since no one has two ratings: one certain rating has weight one half.
const UNDETERMINED: f64 = 1.0;
/// K where people differ no more than chance. Large, so that no one departs from the average.
const ALIKE: f64 = 1e9;

/// The least K: no one is so steady that one rating settles everything, and a person without a rating stays at the
/// average.
const LEAST: f64 = 0.01;

/// The ratings of, or by, one person, summed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Own {
    /// Their number.
    count: f64,
    /// Σc.
    certainty: f64,
    /// Σc·x.
    sum: f64,
    /// Σc·x².
    squares: f64,
}

impl Own {
    /// Adds a rating of `said` with a certainty.
    pub(super) fn add(&mut self, said: f64, certainty: f64) {
        self.count += 1.0;
        self.certainty += certainty;
        self.sum += certainty * said;
        self.squares += certainty * said * said;
    }

    /// The own average, shrunk towards the centre.
    pub(super) fn drawn_to(self, centre: f64, credibility: f64) -> f64 {
        centre + (self.sum - self.certainty * centre) / (self.certainty + credibility)
    }
}

/// Learns the credibility of people's own averages. `base` is the value without any people, and counts as one
/// additional person where there are few.
pub(super) fn of(people: &[Own], base: f64) -> Credibility {
    let known = || people.iter().filter(|own| own.certainty > 0.0);
    let (mut total, mut sum, mut squared, mut within, mut spare, mut count) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for own in known() {
        total += own.certainty;
        sum += own.sum;
        squared += own.certainty * own.certainty;
        within += (own.squares - own.sum * own.sum / own.certainty).max(0.0);
        spare += own.count - 1.0;
        count += 1.0;
    }
    if total <= 0.0 {
        return Credibility { credibility: UNDETERMINED, centre: base };
    }
    let mean = sum / total;
    let between: f64 = known().fold(0.0, |all, own| {
        let own_mean = own.sum / own.certainty;
        all + own.certainty * (own_mean - mean) * (own_mean - mean)
    });
    let credibility = if spare <= 0.0 || count < 2.0 {
        UNDETERMINED
    } else {
        let within = within / spare;
        let across = (between - (count - 1.0) * within) / (total - squared / total);
        if across > 0.0 { (within / across).clamp(LEAST, ALIKE) } else { ALIKE }
    };
    let (mut weight, mut centre) = (1.0, base);
    for own in known() {
        let believed = own.certainty / (own.certainty + credibility);
        weight += believed;
        centre += believed * own.sum / own.certainty;
    }
    Credibility {
        credibility,
        centre: if credibility < ALIKE { centre / weight } else { (sum + base) / (total + 1.0) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(said: &[f64]) -> Own {
        let mut own = Own::default();
        for &said in said {
            own.add(said, 1.0);
        }
        own
    }

    #[test]
    fn by_hand() {
        // Two people, two ratings each: averages 0.9 and 0.3. Within: (4 × 0.01) / 2 = 0.02. Between: 4 × 0.09 =
        // 0.36, less 0.02, over 4 − 8/4 = 2: 0.17. K = 0.02 / 0.17 = 2/17.
        let people = [own(&[1.0, 0.8]), own(&[0.2, 0.4])];
        let found = of(&people, 0.5);
        assert!((found.credibility - 2.0 / 17.0).abs() < 1e-12, "{found:?}");
        // Each own average has weight 2 / (2 + 2/17) = 17/18; the centre is (0.5 + 17/18 × 1.2) / (1 + 17/9).
        assert!((found.centre - (0.5 + 17.0 / 18.0 * 1.2) / (1.0 + 17.0 / 9.0)).abs() < 1e-12, "{found:?}");
        let drawn = people.first().unwrap().drawn_to(0.6, found.credibility);
        assert!((drawn - (0.6 + 0.3 * 17.0 / 18.0)).abs() < 1e-12, "{drawn}");
    }

    #[test]
    fn people_who_do_not_differ_are_all_taken_for_alike() {
        let people = [own(&[1.0, 0.0]), own(&[0.0, 1.0])];
        let found = of(&people, 0.5);
        assert!(found.credibility >= ALIKE && (found.centre - 0.5).abs() < 1e-12, "{found:?}");
        assert!((people.first().unwrap().drawn_to(0.5, found.credibility) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn where_nothing_is_known_the_base_is_expected() {
        assert_eq!(of(&[], 0.4), Credibility { credibility: UNDETERMINED, centre: 0.4 });
        assert_eq!(of(&[Own::default()], 0.4), Credibility { credibility: UNDETERMINED, centre: 0.4 });
        assert!((of(&[own(&[1.0])], 0.5).credibility - UNDETERMINED).abs() < 1e-12);
    }
}
