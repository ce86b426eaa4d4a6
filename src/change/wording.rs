//! What changed, as a page of text.

use std::fmt;

use super::business::BusinessChange;
use super::people::{PersonChange, PersonChangeKind};
use super::posts::PostChange;
use super::power::{PowerChange, PowerPart};
use super::ties::{TieChange, TieChangeKind};
use super::{Both, Changes, CustomerChanges};
use crate::gap::Percent;
use crate::label::Label;
use crate::record::Role;
use crate::view::{CustomerRef, PersonRef};

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "What changed from {} to {}", self.days.before, self.days.after)?;
        if self.is_empty() {
            return writeln!(f, "  nothing");
        }
        customers(f, "New customers", &self.new_customers)?;
        customers(f, "Gone customers", &self.gone_customers)?;
        for changes in &self.customers {
            write!(f, "\n{changes}")?;
        }
        Ok(())
    }
}

fn customers(f: &mut fmt::Formatter<'_>, title: &str, customers: &[CustomerRef]) -> fmt::Result {
    let names: Vec<String> = customers.iter().map(ToString::to_string).collect();
    if names.is_empty() { Ok(()) } else { writeln!(f, "{title}: {}", names.join(", ")) }
}

impl fmt::Display for CustomerChanges {
    /// One line each, the most important of each kind first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.customer)?;
        lines(f, &self.posts)?;
        lines(f, &self.people)?;
        lines(f, &self.power)?;
        lines(f, &self.ties)?;
        lines(f, &self.business)?;
        self.gaps.fmt(f)
    }
}

fn lines(f: &mut fmt::Formatter<'_>, changes: &[impl fmt::Display]) -> fmt::Result {
    changes.iter().try_for_each(|change| writeln!(f, "  {change}"))
}

/// A value, or `nobody` and the like where there is none.
struct Or<'a, T>(Option<&'a T>, &'static str);

impl<T: fmt::Display> fmt::Display for Or<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(it) => it.fmt(f),
            None => f.write_str(self.1),
        }
    }
}

impl fmt::Display for PersonChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let person = &self.person;
        match &self.what {
            PersonChangeKind::Joined { from } => {
                write!(f, "{person} joined")?;
                if let Some(from) = from {
                    write!(f, " from {from}")?;
                }
                write!(f, " and holds {} of the decision", Percent(self.power.after))
            }
            PersonChangeKind::Left { to } => {
                write!(f, "{person} left")?;
                if let Some(to) = to {
                    write!(f, " for {to}")?;
                }
                write!(f, " and held {} of the decision", Percent(self.power.before))
            }
            PersonChangeKind::Moved { unit, names } => {
                let (before, after) = (Label::new(&names.before), Label::new(&names.after));
                write!(f, "{person} moved from {unit} {before} to {after}")
            }
            PersonChangeKind::Manager { managers } => {
                let after: Or<'_, PersonRef> = Or(managers.after.as_ref(), "nobody");
                let before = Or(managers.before.as_ref(), "nobody");
                write!(f, "{person} reports to {after} instead of {before}")
            }
            PersonChangeKind::Title { titles } => {
                write!(
                    f,
                    "{person} is {} now, and was {}",
                    Label::new(&titles.after),
                    Label::new(&titles.before)
                )
            }
            PersonChangeKind::Seniority { levels } => {
                write!(f, "{person} is at level {} now, and was at {}", levels.after, levels.before)
            }
            PersonChangeKind::Roles { roles } => {
                write!(
                    f,
                    "{person} has the role {} now, and had {}",
                    Roles(&roles.after),
                    Roles(&roles.before)
                )
            }
            PersonChangeKind::Support { support } => {
                write!(f, "{person} is {} now, and was {}", support.after, support.before)
            }
        }
    }
}

/// Roles separated by commas.
struct Roles<'a>(&'a [Role]);

impl fmt::Display for Roles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, role) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            Label::new(role.as_str()).fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for PostChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (had, has) = (&self.holders.before, &self.holders.after);
        match self.title.as_deref() {
            Some(title) => write!(f, "{has} took over as {} from {had}", Label::new(title))?,
            None => write!(f, "{has} took over from {had}")?,
        }
        write!(f, " and holds {} of the decision", Percent(self.power.after))
    }
}

impl fmt::Display for PowerChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moved = if self.rose() { "rose" } else { "fell" };
        let (before, after) = (Percent(self.power.before), Percent(self.power.after));
        write!(f, "the power of {} {moved} from {before} to {after}", self.person)?;
        // A person who listens to no one keeps what others contribute, so their own part moves with it.
        let others = |part: &&PowerPart| part.listener.as_ref().is_some_and(|it| *it != self.person);
        if let Some(part) = self.why.iter().find(others).or(self.why.first()) {
            let moved = if part.share.after > part.share.before { "more" } else { "less" };
            match part.listener.as_ref().filter(|_| others(&part)) {
                Some(listener) => write!(f, ", as {moved} comes from {listener}")?,
                None => write!(f, ", as {moved} comes from their own role")?,
            }
        }
        if self.key_player.is_same() {
            return Ok(());
        }
        f.write_str(if self.key_player.after {
            "; they are a key player now"
        } else {
            "; no key player any more"
        })
    }
}

impl fmt::Display for TieChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (who, trusts) = (&self.who, &self.trusts);
        match self.what {
            TieChangeKind::Formed => write!(f, "{who} came to trust {trusts}"),
            TieChangeKind::Warmed => write!(f, "{who} trusts {trusts} more"),
            TieChangeKind::Cooled => write!(f, "{who} trusts {trusts} less"),
            TieChangeKind::Expired => write!(f, "the trust of {who} in {trusts} faded"),
            TieChangeKind::Broke => write!(f, "{who} came to distrust {trusts}"),
            TieChangeKind::Mended => write!(f, "{who} does not distrust {trusts} any more"),
        }?;
        let Both { before, after } = &self.opinion;
        // Breaking and mending is expressed by explicit disbelief, which decides about distrust.
        match self.what {
            TieChangeKind::Broke | TieChangeKind::Mended => {
                write!(f, " (doubt {:.2}, was {:.2})", after.explicit, before.explicit)
            }
            TieChangeKind::Formed
            | TieChangeKind::Warmed
            | TieChangeKind::Cooled
            | TieChangeKind::Expired => {
                write!(f, " ({:.2}, was {:.2})", after.belief, before.belief)
            }
        }
    }
}

impl fmt::Display for BusinessChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { value, currency } => {
                let currency = currency.as_deref().map_or(String::new(), |it| format!(" {}", Label::new(it)));
                let (after, before) =
                    (Or(value.after.as_ref(), "unknown"), Or(value.before.as_ref(), "unknown"));
                write!(f, "value {after}{currency}, was {before}")
            }
            Self::Renewal { on } => {
                let (after, before) =
                    (Or(on.after.as_ref(), "not known"), Or(on.before.as_ref(), "not known"));
                write!(f, "renewal {after}, was {before}")
            }
            Self::Owner { owner } => {
                let (after, before) =
                    (Or(owner.after.as_ref(), "nobody"), Or(owner.before.as_ref(), "nobody"));
                write!(f, "{after} of ours answers for them, and {before} did")
            }
            Self::Status { pursued } => f.write_str(if pursued.after {
                "we pursue them again"
            } else {
                "we do not pursue them any more"
            }),
            Self::Orders { count, days } => {
                write!(f, "orders within {days} days: {}, was {}", count.after, count.before)
            }
            Self::Quotes { count, days } => {
                write!(f, "quotes asked of us within {days} days: {}, was {}", count.after, count.before)
            }
        }
    }
}
