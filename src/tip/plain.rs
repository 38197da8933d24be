//! Markdown to plain text: what is read aloud, searched and compared.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// The markdown of a tip: CommonMark with GitHub's tables, strikethrough, task lists and footnotes. Metadata blocks
/// stay off: the parser would find them in the middle of a text too, and swallow it.
pub(super) const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES);

/// The words of a markdown text on one line, without marks, HTML and addresses.
pub fn plain_text(markdown: &str) -> String {
    if is_plain(markdown) {
        return one_line(markdown);
    }
    let mut words = Words::default();
    for event in Parser::new_ext(markdown, MARKDOWN) {
        words.take(&event);
    }
    words.finish()
}

/// Gathers the text of markdown events.
#[derive(Default)]
pub(super) struct Words {
    text: String,
}

impl Words {
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.text.push(' '),
            Event::Start(Tag::Image { .. } | Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {}
            Event::End(TagEnd::Image | TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(_) | Event::End(_) => self.text.push(' '),
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    pub(super) fn finish(&self) -> String {
        one_line(&self.text)
    }
}

/// True where no character can be markdown, so that the text is its own plain text.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b >= 0x80 || b.is_ascii_alphabetic() || b" ,.?!'".contains(&b)) && !text.starts_with("    ")
}

/// One space between words, and nothing that a screen hides.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = shown(word);
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    line
}

/// Text without control characters and without the marks that turn the direction of what follows: with those, a
/// text could show as another one. Marks that scripts and emoji need (joiners, left-to-right marks) stay.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) || b == b'\n' || b == b'\t') || !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !hidden(*c)).collect())
}

fn hidden(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Words a person reads aloud. Where a script has no spaces, two characters count as a word.
pub(super) fn count_words(text: &str) -> usize {
    let (mut words, mut spaceless) = (0, 0);
    for token in text.split_whitespace() {
        let here = token.chars().filter(|c| is_spaceless(*c)).count();
        spaceless += here;
        words += usize::from(here == 0 && token.chars().any(char::is_alphanumeric));
    }
    words + spaceless.div_ceil(2)
}

/// Thai, Lao, Burmese, Khmer, kana and Han: scripts that put no space between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
