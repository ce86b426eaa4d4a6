//! A checkup as a page of text that can be forwarded as it is.

use std::fmt::{self, Write as _};

use super::{Checkup, Fact};
use crate::gap::{Band, Gap, Percent};
use crate::introduction::{Answer, ExplainedPath, Hop};
use crate::label::Label;
use crate::reach::{FirstCall, PersonReach, State};
use crate::share::Share;

/// A checkup as a page of text: plain unless colour is asked for, at most 100 columns wide.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    checkup: &'a Checkup,
    colour: bool,
}

impl Checkup {
    /// The checkup as a page of text.
    pub const fn text(&self) -> Page<'_> {
        Page { checkup: self, colour: false }
    }
}

impl Page<'_> {
    /// With colour, for a terminal.
    #[must_use]
    pub const fn colour(mut self, colour: bool) -> Self {
        self.colour = colour;
        self
    }

    fn paint(self, style: &'static str) -> Paint {
        Paint(if self.colour { style } else { "" })
    }
}

const WIDTH: usize = 100;
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[33m";

/// Puts a text between a style and its reset; plain when there is no style.
#[derive(Clone, Copy)]
struct Paint(&'static str);

impl Paint {
    fn on(self, text: impl fmt::Display) -> String {
        if self.0.is_empty() { text.to_string() } else { format!("{}{text}\x1b[0m", self.0) }
    }
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head(f)?;
        self.gaps(f)?;
        self.introductions(f)?;
        self.people(f)?;
        self.questions(f)?;
        self.concerns(f)
    }
}

impl Page<'_> {
    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.checkup;
        let title = format!("{} on {}", Label::new(&it.customer_name), it.day);
        writeln!(f, "{}", self.paint(BOLD).on(&title))?;
        writeln!(f, "{}", "=".repeat(crate::cells(&title)))?;
        write!(f, "We reach {} of the decision", Percent(it.coverage.proven))?;
        let of = it.key_players().count();
        let reached = it.key_players().filter(|person| person.state == State::Reached).count();
        if of > 0 {
            write!(f, "; {reached} of {of} key players")?;
        }
        writeln!(f, ".")?;
        match &it.owner {
            Some(owner) => writeln!(f, "Owner: {owner}.")?,
            None => writeln!(f, "No one on our team owns this account.")?,
        }
        if it.people.is_empty() {
            writeln!(f, "Nobody who works there is on record.")?;
        } else if it.people.iter().all(|person| person.ties.is_empty()) {
            let note =
                "Nothing is on record between them and us: enter ties or interactions before acting on this.";
            wrapped(f, "", "", note)?;
        }
        if let Some(provisional) = &it.provisional {
            let ties: Vec<String> = provisional
                .weak_ties
                .iter()
                .map(|tie| {
                    format!(
                        "{} in {} ({})",
                        tie.who,
                        tie.trusts,
                        interval(tie.opinion.belief, tie.opinion.at_most())
                    )
                })
                .collect();
            let note = format!("Provisional: our own ties are weak. Trust of {}.", ties.join("; "));
            wrapped(f, "", "", &note)?;
        }
        Ok(())
    }

    fn gaps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.title(f, "Gaps, most serious first")?;
        if self.checkup.gaps.is_empty() {
            return writeln!(f, "  none");
        }
        for gap in self.checkup.open_gaps().take(GAPS_SHOWN) {
            self.gap(f, gap)?;
        }
        let more = self.checkup.open_gaps().count().saturating_sub(GAPS_SHOWN);
        if more > 0 {
            writeln!(f, "  and {more} less serious")?;
        }
        for gap in self.checkup.gaps.iter().filter(|gap| gap.snoozed.is_some()) {
            self.gap(f, gap)?;
            if let Some(snoozed) = &gap.snoozed {
                wrapped(f, "", REST, &snoozed.to_string())?;
            }
        }
        Ok(())
    }

    fn gap(&self, f: &mut fmt::Formatter<'_>, gap: &Gap) -> fmt::Result {
        let style = match gap.band {
            _ if gap.snoozed.is_some() => DIM,
            Band::Critical => RED,
            Band::High => YELLOW,
            Band::Medium => BOLD,
            Band::Low => DIM,
        };
        let band = format!("{:<8}", gap.band.to_string());
        let lead = format!("  {} {:.2}  ", self.paint(style).on(band), gap.severity);
        wrapped(f, &lead, REST, &format!("{gap} [{}]", gap.id()))?;
        match &gap.remedy {
            Some(remedy) => {
                wrapped(f, &format!("{REST}to clear it: "), &format!("{REST}  "), &remedy.to_string())
            }
            None => Ok(()),
        }
    }

    fn introductions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.checkup.introductions.is_empty() {
            return Ok(());
        }
        self.title(f, "How to get there")?;
        self.checkup.introductions.iter().try_for_each(|answer| self.introduction(f, answer))
    }

    fn introduction(&self, f: &mut fmt::Formatter<'_>, answer: &Answer) -> fmt::Result {
        writeln!(f, "  {}", self.paint(BOLD).on(&answer.target))?;
        for (i, path) in answer.paths.iter().enumerate() {
            let lead = if i == 0 { "    best: " } else { "    else: " };
            wrapped(f, lead, "          ", &path.to_string())?;
            if i == 0 {
                weakest(f, path)?;
            }
        }
        if let Some(team_up) = &answer.team_up {
            wrapped(f, "    plan: ", "          ", &team_up.to_string())?;
            for explain in &team_up.explain {
                wrapped(f, "          - ", "            ", &explain.to_string())?;
            }
        }
        if let Some(none) = &answer.no_path {
            match &none.nearest {
                Some(nearest) => {
                    let misses: Vec<String> = nearest.misses.iter().map(ToString::to_string).collect();
                    let line = format!(
                        "no path yet. Nearest: {}; but {}",
                        nearest.path.sentence(),
                        misses.join(", and ")
                    );
                    wrapped(f, "    ", "      ", &line)?;
                }
                None => writeln!(f, "    no path yet: nothing joins them to us")?,
            }
            if let Some(opening) = &none.opening {
                wrapped(f, "    ", "      ", &format!("a path opens {opening}"))?;
            }
        }
        if answer.gave_up {
            writeln!(f, "    the search gave up: there may be better ways")?;
        }
        Ok(())
    }

    fn people(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Key players, and some more for context; the data has everyone.
        const SHOWN: usize = 12;
        if self.checkup.people.is_empty() {
            return Ok(());
        }
        self.title(f, "Who decides, and who reaches them")?;
        let mut people: Vec<&PersonReach> = self.checkup.people.iter().collect();
        people.sort_by(|a, b| b.power.cmp(&a.power).then_with(|| a.person.id.cmp(&b.person.id)));
        let shown = people.len().min(SHOWN);
        let (people, rest) = people.split_at(shown);
        let cells: Vec<[String; 6]> = people.iter().map(|person| row(person)).collect();
        let head = ["person", "power", "reach", "state", "would call first", "most trusted colleague"]
            .map(String::from);
        let width = |column: usize| {
            let all = std::iter::once(&head).chain(&cells).filter_map(|row| row.get(column));
            all.map(|cell| crate::cells(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        for (i, row) in std::iter::once(&head).chain(&cells).enumerate() {
            let mut line = String::from(" ");
            for (cell, width) in row.iter().zip(&widths) {
                let padding = " ".repeat(width.saturating_sub(crate::cells(cell)));
                write!(line, " {cell}{padding} ")?;
            }
            let line = line.trim_end();
            if i == 0 {
                writeln!(f, "{}", self.paint(DIM).on(line))?;
            } else {
                writeln!(f, "{line}")?;
            }
        }
        if !rest.is_empty() {
            writeln!(f, "  and {} more with less power", rest.len())?;
        }
        if self.checkup.key_players().next().is_some() {
            writeln!(f, "  * key player")?;
        }
        Ok(())
    }

    fn questions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.title(f, "The five questions")?;
        for (number, answered) in (1..).zip(&self.checkup.questions) {
            writeln!(f, "  {number}. {}", answered.question)?;
            if answered.facts.is_empty() && answered.missing.is_empty() {
                writeln!(f, "     nothing")?;
            }
            facts(f, &answered.facts)?;
            if !answered.missing.is_empty() {
                /// A long list of missing data tells no more than its length.
                const SHOWN: usize = 4;
                let mut names: Vec<String> =
                    answered.missing.iter().take(SHOWN).map(ToString::to_string).collect();
                if answered.missing.len() > SHOWN {
                    names.push(format!("{} more", answered.missing.len() - SHOWN));
                }
                wrapped(f, "     not known: ", "       ", &names.join(", "))?;
            }
        }
        Ok(())
    }

    /// The concerns that still need action, and the count of the rest.
    fn concerns(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ledger = &self.checkup.concerns;
        if ledger.is_empty() {
            return Ok(());
        }
        self.title(f, "Concerns they raised")?;
        let mut unsettled = 0;
        for entry in ledger.unsettled(self.checkup.day) {
            unsettled += 1;
            wrapped(f, "  ", "    ", &entry.to_string())?;
        }
        match ledger.entries.len() - unsettled {
            0 => Ok(()),
            settled if unsettled == 0 => writeln!(f, "  all {settled} are settled"),
            settled => writeln!(f, "  and {settled} that are settled"),
        }
    }

    fn title(&self, f: &mut fmt::Formatter<'_>, title: &str) -> fmt::Result {
        writeln!(f)?;
        writeln!(f, "{}", self.paint(BOLD).on(title))
    }
}

/// More than this no one reads; the data has them all.
const GAPS_SHOWN: usize = 10;
/// Where the text of a gap begins.
const REST: &str = "                 ";

fn facts(f: &mut fmt::Formatter<'_>, facts: &[Fact]) -> fmt::Result {
    facts.iter().try_for_each(|fact| wrapped(f, "     - ", "       ", &fact.to_string()))
}

fn weakest(f: &mut fmt::Formatter<'_>, path: &ExplainedPath) -> fmt::Result {
    let Some(hop) = path.weakest() else { return Ok(()) };
    let Hop { asker, asked, opinion, .. } = hop;
    let mut line = format!(
        "the weakest step is {asked}'s trust in {asker}: {} ({})",
        interval(opinion.belief, opinion.at_most()),
        hop.basis.map_or_else(|| "unknown".to_owned(), |basis| basis.to_string()),
    );
    if let Some(day) = hop.last_contact {
        write!(line, ", last in touch on {day}")?;
    }
    if let Some(tolerance) = &hop.tolerance {
        write!(line, "; it may fall to {:.2}", tolerance.may_fall_to)?;
        line.push_str(if tolerance.then.is_empty() {
            " before there is no path"
        } else {
            " before another path is better"
        });
    }
    wrapped(f, "          ", "          ", &line)
}

fn row(person: &PersonReach) -> [String; 6] {
    let mut state = person.state.to_string();
    let flags = [
        (person.let_down, ", let down"),
        (person.hostile, ", hostile"),
        (person.unresponsive, ", unresponsive"),
    ];
    for (holds, word) in flags {
        if holds {
            state.push_str(word);
        }
    }
    let would_call = match &person.first_call {
        FirstCall::Staff { person } => person.to_string(),
        FirstCall::Rival { person } => format!("a rival: {person}"),
        FirstCall::Unclear => "not clear".to_owned(),
        FirstCall::NoOne => "nobody".to_owned(),
    };
    let best = person.ties.first().filter(|tie| tie.opinion.belief > Share::ZERO);
    let trusted = best.map_or_else(String::new, |tie| {
        format!("{} {} ({})", tie.colleague, interval(tie.opinion.belief, tie.opinion.at_most()), tie.basis)
    });
    let mark = if person.key_player { " *" } else { "" };
    [
        format!("{}{mark}", person.person),
        Percent(person.power).to_string(),
        if person.ties.is_empty() { "-".to_owned() } else { format!("{:.2}", person.reach) },
        state,
        would_call,
        trusted,
    ]
}

/// From what is proven to the upper bound.
fn interval(proven: Share, at_most: Share) -> String {
    format!("{proven:.2}–{at_most:.2}")
}

/// A paragraph of at most [`WIDTH`] columns: the first line after `lead`, the others after `rest`. Styles in
/// `lead` take up no columns.
fn wrapped(f: &mut fmt::Formatter<'_>, lead: &str, rest: &str, text: &str) -> fmt::Result {
    let mut used = visible(lead);
    f.write_str(lead)?;
    let mut first = true;
    for word in text.split(' ') {
        let len = visible(word);
        if !first && used + 1 + len > WIDTH {
            write!(f, "\n{rest}")?;
            used = visible(rest);
            first = true;
        }
        if !first {
            f.write_str(" ")?;
            used += 1;
        }
        f.write_str(word)?;
        used += len;
        first = false;
    }
    writeln!(f)
}

/// The width in cells without styles.
fn visible(text: &str) -> usize {
    let mut in_style = false;
    let plain: String = text
        .chars()
        .filter(|&c| {
            let is_shown = !in_style && c != '\x1b';
            in_style = c == '\x1b' || in_style && c != 'm';
            is_shown
        })
        .collect();
    crate::cells(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Wrapped<'a>(&'a str);

    impl fmt::Display for Wrapped<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            wrapped(f, "\x1b[1m>\x1b[0m ", "  ", self.0)
        }
    }

    #[test]
    fn paragraphs_stay_within_the_width_and_lose_no_word() {
        let text = "word ".repeat(60);
        let page = Wrapped(text.trim_end()).to_string();
        assert!(page.lines().all(|line| visible(line) <= WIDTH));
        assert!(page.lines().count() > 2);
        assert_eq!(page.split_whitespace().filter(|word| *word == "word").count(), 60);
    }
}
