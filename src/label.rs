//! Texts from records on their way to a reader: cleaned, cut and measured for a terminal or a page.

use std::borrow::Cow;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A text from records as it may be shown: one line, without anything that steers a terminal, turns the direction of
/// writing or is invisible, and at most [`MOST`](Self::MOST) characters long.
///
/// Control characters (C0, C1 and ESC), line and paragraph separators and bidirectional controls are shown as U+FFFD.
/// Invisible ones are left out: zero-width spaces and joiners, the soft hyphen, interlinear annotations, tags and the
/// byte-order mark. A longer text is cut between two characters as a reader counts them (extended grapheme clusters,
/// Unicode Standard Annex 29) and ends with how many are missing.
///
/// ```
/// use stakeholder_graph::Label;
///
/// assert_eq!(Label::new("Ann\u{1b}[2J Lee\u{200b}").to_string(), "Ann\u{fffd}[2J Lee");
/// assert_eq!(Label::new("Zoë Ångström").at_most(3).to_string(), "Zoë… (+9)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    text: &'a str,
    most: usize,
}

impl<'a> Label<'a> {
    /// The most characters that a label shows by default.
    pub const MOST: usize = 80;

    /// A label of a text.
    pub const fn new(text: &'a str) -> Self {
        Self { text, most: Self::MOST }
    }

    /// The same with another limit, in characters as a reader counts them.
    #[must_use]
    pub const fn at_most(mut self, characters: usize) -> Self {
        self.most = characters;
        self
    }

    /// The label cut and padded to a width in terminal cells, where wide characters (Chinese, Japanese, Korean, most
    /// emoji) take two and combining marks none. A text that does not fit ends with `…`.
    pub fn cells(self, width: usize) -> String {
        let clean = clean(self.text);
        let mut cell = fit(&clean, width);
        let spare = width.saturating_sub(cells(&cell));
        cell.extend(std::iter::repeat_n(' ', spare));
        cell
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clean = clean(self.text);
        let Some((end, _)) = clean.grapheme_indices(true).nth(self.most) else { return f.write_str(&clean) };
        let (shown, rest) = clean.split_at(end);
        write!(f, "{shown}… (+{})", rest.graphemes(true).count())
    }
}

/// The width of a text in terminal cells (Unicode Standard Annex 11).
///
/// ```
/// assert_eq!(stakeholder_graph::cells("Nguyễn"), 6);
/// assert_eq!(stakeholder_graph::cells("株式会社"), 8);
/// ```
pub fn cells(text: &str) -> usize {
    text.width()
}

/// As much of a text as fits into a width, with `…` where something is missing.
///
/// ```
/// assert_eq!(stakeholder_graph::fit("株式会社", 8), "株式会社");
/// assert_eq!(stakeholder_graph::fit("株式会社", 6), "株式…", "half a character is none");
/// ```
pub fn fit(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let (mut fitted, mut used) = (String::new(), 1);
    for grapheme in text.graphemes(true) {
        used += cells(grapheme);
        if used > width {
            break;
        }
        fitted.push_str(grapheme);
    }
    if width > 0 {
        fitted.push('…');
    }
    fitted
}

/// The text without what steers or hides.
fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|&c| !is_invisible(c));
    Cow::Owned(shown.map(|c| if steers(c) { '\u{fffd}' } else { c }).collect())
}

/// Whether a character moves the cursor, ends the line or turns the direction of writing.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes no room and shows nothing, so that two texts may look the same and differ.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_and_nothing_hides() {
        let steering = "\0\u{7}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\r\n\t\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}";
        let shown = Label::new(steering).to_string();
        assert_eq!(shown, "\u{fffd}".repeat(steering.chars().count()));
        let hidden = "a\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{fff9}\u{fffa}\u{fffb}\u{e0001}\u{e0041}\u{e007f}b";
        assert_eq!(Label::new(hidden).to_string(), "ab");
    }

    #[test]
    fn a_text_in_any_script_stays_as_it_is() {
        for text in
            ["Marta Quint", "Nhung Nguyễn", "W. Szczepański", "مريم", "株式会社", "e\u{301}", "👩🏽", "", " "]
        {
            assert_eq!(Label::new(text).to_string(), text);
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_says_how_many_are_missing() {
        let text = "e\u{301}".repeat(100);
        assert_eq!(Label::new(&text).to_string(), format!("{}… (+20)", "e\u{301}".repeat(80)));
        assert_eq!(Label::new(&"x".repeat(80)).to_string(), "x".repeat(80));
        assert_eq!(Label::new("🇩🇪🇫🇷🇮🇹").at_most(2).to_string(), "🇩🇪🇫🇷… (+1)");
        assert_eq!(Label::new("abc").at_most(0).to_string(), "… (+3)");
    }

    #[test]
    fn columns_are_as_wide_as_asked_for() {
        for text in ["", "abc", "株式会社", "Nguyễn Văn", "👩🏽x", "e\u{301}e\u{301}e\u{301}", "a\u{1b}b"]
        {
            for width in 0..9 {
                assert_eq!(cells(&Label::new(text).cells(width)), width, "{text:?} in {width}");
            }
        }
        assert_eq!(Label::new("株式会社").cells(4), "株… ");
    }
}
