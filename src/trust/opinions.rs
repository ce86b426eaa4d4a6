//! Every opinion on a day, one after the other.

use super::Opinion;
use crate::evidence::Evidence;
use crate::network::{PersonIx, PersonRecord};
use crate::view::View;

impl<'g> View<'g> {
    /// Every opinion between people present on the day: who trusts, who is trusted, and the opinion.
    ///
    /// In the order of [`Network::people`](crate::Network::people) by who trusts, and then by who is trusted.
    /// Pairs whose evidence has not begun, or has ended, are left out. Nothing is stored: each opinion is computed
    /// from the evidence, summed once, with one factor for all that has faded since, so a new day costs one pass
    /// over the ties.
    ///
    /// ```
    /// # use stakeholder_graph::{Network, Records, Settings, record::{Person, Tie}};
    /// # let mut records = Records::new();
    /// # records.as_of = Some("2026-03-02".parse()?);
    /// # records.people = vec![Person::staff("pam"), Person::staff("sal"), Person::staff("ray")];
    /// # records.ties = vec![Tie::trust("pam", "sal").evidence(6.0, 0.0), Tie::trust("ray", "pam").evidence(1.0, 4.0)];
    /// # let network = Network::build(records)?;
    /// let view = network.view("2026-03-02".parse()?, &Settings::default());
    /// let distrust: Vec<String> = view
    ///     .opinions()
    ///     .filter(|(_, _, opinion)| opinion.is_distrust(&view.settings().levels))
    ///     .map(|(who, trusts, _)| format!("{} distrusts {}", who.id(), trusts.id()))
    ///     .collect();
    /// assert_eq!(distrust, ["ray distrusts pam"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn opinions(&self) -> impl Iterator<Item = (PersonRecord<'g>, PersonRecord<'g>, Opinion)> + '_ {
        let network = self.network();
        self.opinions_by_position()
            .map(|(who, trusted, opinion)| (network.person_at(who), network.person_at(trusted), opinion))
    }

    /// As [`opinions`](Self::opinions), by position.
    pub(crate) fn opinions_by_position(&self) -> impl Iterator<Item = (PersonIx, PersonIx, Opinion)> + '_ {
        let ties = self.network().ties();
        let everybody = PersonIx::of_column(self.network().people().len());
        let as_packed = self.is_as_packed().then(|| self.scale());
        everybody.filter(|&who| self.is_present(who)).flat_map(move |who| {
            let (first, heads) = ties.row(who);
            first.onwards().zip(heads).filter_map(move |(tie, head)| {
                let evidence = match as_packed {
                    Some(scale) if head.is_plain() => scale.evidence(*head),
                    _ if self.is_present(head.trusted()) => self.evidence(tie),
                    _ => Evidence::NONE,
                };
                let opinion = || (who, head.trusted(), self.opinion_of(tie, evidence));
                (evidence != Evidence::NONE).then(opinion)
            })
        })
    }
}
