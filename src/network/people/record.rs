//! One person's record, read from the columns.

use std::fmt;

use crate::day::Day;
use crate::network::{Network, PersonIx};
use crate::record::{Other, Person, Profile, Role, Seniority, Side, Support, Unit};

/// What a [`Network`] knows of one person: every field of the record that it was built from, by the field's name,
/// as of the build and later edits.
///
/// Two words that point into the network, so it is copied rather than borrowed, and lives as long as the network does.
/// What is not known is `None` or empty. Each field is read in constant time, [`customer_id`](Self::customer_id) in
/// O(log customers).
///
/// ```
/// use stakeholder_graph::record::{Customer, Person, Seniority, Side};
/// use stakeholder_graph::{Network, Records};
///
/// # let mut records = Records::new();
/// # records.customers.push(Customer::new("northgate"));
/// let mut dan = Person::customer("dan", "northgate");
/// dan.title = Some("Chief Financial Officer".into());
/// dan.seniority = Some(Seniority::CLevel);
/// records.people.push(dan.clone());
/// let network = Network::build(records)?;
///
/// let record = network.person("dan").ok_or("unknown")?;
/// assert_eq!((record.id(), record.side(), record.customer_id()), ("dan", Side::Customer, Some("northgate")));
/// assert_eq!((record.title(), record.seniority()), (Some("Chief Financial Officer"), Some(Seniority::CLevel)));
/// assert_eq!(record.to_person(), dan);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct PersonRecord<'n> {
    network: &'n Network,
    at: PersonIx,
}

impl<'n> PersonRecord<'n> {
    pub(in crate::network) const fn new(network: &'n Network, at: PersonIx) -> Self {
        Self { network, at }
    }

    const fn place(self) -> usize {
        self.at.index()
    }

    /// Opaque, unique among people.
    #[inline]
    pub fn id(self) -> &'n str {
        self.network.person_ids.at(self.at)
    }

    /// Whose person this is.
    pub fn side(self) -> Side {
        self.network.people.side(self.at)
    }

    /// The customer they work for; none on every side but the customers'.
    pub fn customer_id(self) -> Option<&'n str> {
        let customer = self.network.customer_of(self.at)?;
        Some(&self.network.customer_at(customer).id)
    }

    /// Name in everyday use.
    pub fn name(self) -> Option<&'n str> {
        self.network.people.name.get(self.place())
    }

    /// Job title.
    pub fn title(self) -> Option<&'n str> {
        self.network.people.title.get(self.place())
    }

    /// Electronic mail address.
    pub fn email(self) -> Option<&'n str> {
        self.network.people.email.get(self.place())
    }

    /// Department.
    pub fn department(self) -> Option<&'n str> {
        self.network.people.department.get(self.place())
    }

    /// Site.
    pub fn site(self) -> Option<&'n str> {
        self.network.people.site.get(self.place())
    }

    /// Business area.
    pub fn area(self) -> Option<&'n str> {
        self.network.people.area.get(self.place())
    }

    /// Department, site or business area.
    pub fn unit(self, unit: Unit) -> Option<&'n str> {
        match unit {
            Unit::Department => self.department(),
            Unit::Site => self.site(),
            Unit::Area => self.area(),
        }
    }

    /// The person they report to.
    pub fn manager_id(self) -> Option<&'n str> {
        self.network.manager_of(self.at).map(|manager| self.network.person_ids.at(manager))
    }

    /// Roles in a buying decision, in the order of the record.
    pub fn roles(self) -> &'n [Role] {
        self.network.people.roles(self.at)
    }

    /// Level in the organisation.
    pub fn seniority(self) -> Option<Seniority> {
        self.network.people.facts(self.at).seniority
    }

    /// Formal power as the caller rates it, 0..=1, in proportion to the other people of the customer.
    pub fn power(self) -> Option<f64> {
        self.network.people.power.get(self.place()).copied()
    }

    /// Their attitude towards us.
    pub fn support(self) -> Option<Support> {
        self.network.people.facts(self.at).support
    }

    /// Whether they know that we are their provider.
    pub fn aware_of_us(self) -> Option<bool> {
        self.network.people.facts(self.at).aware_of_us
    }

    /// Whether they are still there; unknown counts as yes.
    pub fn active(self) -> Option<bool> {
        self.network.people.facts(self.at).active
    }

    /// First day in the organisation.
    pub fn started_on(self) -> Option<Day> {
        self.network.people.started_on(self.at)
    }

    /// Last day in the organisation.
    pub fn ended_on(self) -> Option<Day> {
        self.network.people.ended_on(self.at)
    }

    /// The review day of the record.
    pub fn review_on(self) -> Option<Day> {
        self.network.people.review_on.get(self.place()).copied()
    }

    /// How much of the caller's checklist about this person is filled in.
    pub fn profile(self) -> Option<Profile> {
        self.network.people.profile.get(self.place()).copied()
    }

    /// Fields that the schema does not know.
    pub fn other(self) -> &'n Other {
        self.network.people.other(self.at)
    }

    /// The line of the file that the record came from, for messages.
    pub fn line(self) -> Option<u32> {
        self.network.people.line(self.at)
    }

    /// The level in the organisation: as recorded, or else from the job title.
    pub(crate) fn level(self) -> Option<Seniority> {
        self.seniority().or_else(|| Seniority::from_title(self.title()?))
    }

    /// The whole record, as it could be handed to [`Records`](crate::Records) again.
    pub fn to_person(self) -> Person {
        Person {
            id: self.id().into(),
            side: self.side(),
            customer_id: self.customer_id().map(Into::into),
            name: self.name().map(Into::into),
            title: self.title().map(Into::into),
            email: self.email().map(Into::into),
            department: self.department().map(Into::into),
            site: self.site().map(Into::into),
            area: self.area().map(Into::into),
            manager_id: self.manager_id().map(Into::into),
            roles: self.roles().to_vec(),
            seniority: self.seniority(),
            power: self.power(),
            support: self.support(),
            aware_of_us: self.aware_of_us(),
            active: self.active(),
            mailbox: None,
            started_on: self.started_on(),
            ended_on: self.ended_on(),
            review_on: self.review_on(),
            profile: self.profile(),
            other: self.other().clone(),
            line: self.line(),
        }
    }
}

impl PartialEq for PersonRecord<'_> {
    /// Whether the two records are equal, whether from one network or two.
    fn eq(&self, other: &Self) -> bool {
        let same = std::ptr::eq(self.network, other.network) && self.at == other.at;
        same || self.id() == other.id() && self.to_person() == other.to_person()
    }
}

impl fmt::Debug for PersonRecord<'_> {
    /// The id and the side only: everything else is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonRecord")
            .field("id", &self.id())
            .field("side", &self.side())
            .finish_non_exhaustive()
    }
}
