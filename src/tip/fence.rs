//! Finds the front matter at the top of a file: `---` … `---` or `...` for YAML, `+++` … `+++` for TOML.
//!
//! It only cuts; what stands between the fences is read elsewhere.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
}

/// A file cut in two. All ranges are bytes of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// What stands between the fences, with its line ends.
    pub(super) front: Option<(Language, Range<usize>)>,
    /// Where the body starts.
    pub(super) body: usize,
    /// The opening fence, where no closing one follows.
    pub(super) unclosed: Option<Range<usize>>,
}

/// Cuts `text`. A byte order mark and blank lines before the opening fence are passed over.
pub(super) fn cut(text: &str) -> Cut {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let plain = Cut { front: None, body: start, unclosed: None };
    let Some(fence) = lines(text, start).find(|line| !text[line.clone()].trim().is_empty()) else { return plain };
    let language = match text[fence.clone()].trim_end() {
        "---" => Language::Yaml,
        "+++" => Language::Toml,
        _ => return plain,
    };
    for line in lines(text, fence.end) {
        let sign = text[line.clone()].trim_end();
        let closes = match language {
            Language::Yaml => sign == "---" || sign == "...",
            Language::Toml => sign == "+++",
        };
        if closes {
            return Cut { front: Some((language, fence.end..line.start)), body: line.end, unclosed: None };
        }
    }
    unclosed(text, language, fence).unwrap_or(plain)
}

/// An opening fence without its closing one is front matter when a key follows it; else it is a rule on the page.
fn unclosed(text: &str, language: Language, fence: Range<usize>) -> Option<Cut> {
    let next = lines(text, fence.end).find(|line| !text[line.clone()].trim().is_empty())?;
    let sign = if language == Language::Yaml { ':' } else { '=' };
    let (key, _) = text[next].split_once(sign)?;
    if key.trim().is_empty() || key.trim().contains(char::is_whitespace) {
        return None;
    }
    let heading = lines(text, fence.end).find(|line| text[line.clone()].starts_with("# "));
    let body = heading.map_or(text.len(), |line| line.start);
    let fence = fence.start..fence.start + text[fence].trim_end().len();
    Some(Cut { front: None, body, unclosed: Some(fence) })
}

/// Lines from byte `from` on, each with its line end.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}
