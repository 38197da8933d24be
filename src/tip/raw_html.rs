//! Cuts raw HTML into text and the few tags that may be shown; attributes, comments and all other tags fall away.

/// A piece of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Open(&'static str),
    Close(&'static str),
    /// A tag that has no content.
    Void(&'static str),
    /// The start of an element whose content is code and not text, where its end is not in sight.
    Mute(&'static str),
}

/// Tags that are shown, without attributes. None of them loads, links, runs, or closes what it did not open.
const SHOWN: [&str; 27] = [
    "b",
    "i",
    "em",
    "strong",
    "u",
    "s",
    "kbd",
    "sub",
    "sup",
    "mark",
    "small",
    "code",
    "details",
    "summary",
    "p",
    "ul",
    "ol",
    "li",
    "del",
    "ins",
    "q",
    "abbr",
    "cite",
    "var",
    "samp",
    "blockquote",
    "pre",
];
const VOID: [&str; 3] = ["br", "hr", "wbr"];
/// Elements whose content a browser does not read as text.
const MUTED: [&str; 12] = [
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "template",
    "object",
];

/// The pieces of `html`, in order.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut ends = Ends::of(html);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        push_text(&mut tokens, text);
        let Some(length) = markup_length(markup, &mut ends) else {
            push_text(&mut tokens, &markup[..1]);
            rest = &markup[1..];
            continue;
        };
        rest = &markup[length..];
        let Some((closing, name)) = tag_name(markup) else { continue };
        if let Some(name) = MUTED.iter().find(|known| name.eq_ignore_ascii_case(known)) {
            if closing {
                continue;
            }
            match end_of(rest, name) {
                Some(end) => rest = &rest[end..],
                None => {
                    tokens.push(Token::Mute(name));
                    // Only an inline tag stands alone: its content comes as further events.
                    rest = "";
                }
            }
        } else if let Some(name) = SHOWN.iter().find(|known| name.eq_ignore_ascii_case(known)) {
            tokens.push(if closing { Token::Close(name) } else { Token::Open(name) });
        } else if let Some(name) = VOID.iter().find(|known| name.eq_ignore_ascii_case(known)) {
            tokens.push(Token::Void(name));
        }
    }
    push_text(&mut tokens, rest);
    tokens
}

/// True where `html` is the end tag of `name`.
pub(super) fn closes(html: &str, name: &str) -> bool {
    tag_name(html).is_some_and(|(closing, found)| closing && found.eq_ignore_ascii_case(name))
}

/// True where something of `html` is left out when it is shown: an attribute, a tag, a script.
pub(super) fn drops(html: &str) -> bool {
    let mut ends = Ends::of(html);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let Some(length) = markup_length(rest, &mut ends) else {
            rest = &rest[1..];
            continue;
        };
        let (markup, after) = rest.split_at(length);
        rest = after;
        let Some((_, name)) = tag_name(markup) else { continue };
        let known = SHOWN.iter().chain(&VOID).any(|known| name.eq_ignore_ascii_case(known));
        let bare = markup[1..length - 1].trim_matches(['/', ' ', '\t', '\n', '\r']).len() == name.len();
        if !(known && bare) {
            return true;
        }
    }
    false
}

fn push_text<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str) {
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
}

/// Where what begins with each `<` of a text ends. Found in one walk from its end: looked for from each `<` on, a text of
/// tags that are never closed would take the square of its length.
struct Ends {
    length: usize,
    /// From the last `<` to the first, so that those that are passed can be taken off.
    known: Vec<End>,
}

#[derive(Clone, Copy)]
struct End {
    at: usize,
    /// Past the `>` that closes a tag: the first outside of quotes.
    tag: Option<usize>,
    /// Past the first `>` of all.
    any: Option<usize>,
}

impl Ends {
    fn of(html: &str) -> Ends {
        // Where a tag ends that is read from here on: outside of quotes, within double ones, within single ones.
        let (mut bare, mut double, mut single, mut any) = (None, None, None, None);
        let mut known = Vec::new();
        for (at, byte) in html.bytes().enumerate().rev() {
            match byte {
                b'>' => (bare, any) = (Some(at + 1), Some(at + 1)),
                b'"' => (bare, double) = (double, bare),
                b'\'' => (bare, single) = (single, bare),
                b'<' => known.push(End { at, tag: bare, any }),
                _ => {}
            }
        }
        Ends { length: html.len(), known }
    }

    /// The length of what begins with the `<` at the start of `rest`, which is what is left of the text.
    fn from(&mut self, rest: &str, pick: fn(End) -> Option<usize>) -> Option<usize> {
        let here = self.length - rest.len();
        while self.known.last().is_some_and(|end| end.at < here) {
            self.known.pop();
        }
        let end = self.known.last().filter(|end| end.at == here)?;
        pick(*end).map(|end| end - here)
    }
}

/// Length of the tag, comment or declaration at the start of `html`; none where it is only a `<`.
fn markup_length(html: &str, ends: &mut Ends) -> Option<usize> {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if let Some(rest) = html.strip_prefix(start) {
            // What is never closed is dropped to its end, as a browser would do.
            return Some(rest.find(end).map_or(html.len(), |at| start.len() + at + end.len()));
        }
    }
    if html.starts_with("<!") {
        return ends.from(html, |end| end.any);
    }
    tag_name(html)?;
    ends.from(html, |end| end.tag)
}

/// Bytes of a name that are looked at: more than any tag that is known here has.
const NAME_BYTES: usize = 32;

/// Whether a tag closes, and its name, or the beginning of one that is long.
fn tag_name(html: &str) -> Option<(bool, &str)> {
    let rest = html.strip_prefix('<')?;
    let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
    let rest = &rest[..rest.floor_char_boundary(NAME_BYTES)];
    let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
    let name = &rest[..end];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some((closing, name))
}

/// Where the text after the end tag of `name` starts.
fn end_of(html: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let at = from + at;
        if closes(&html[at..], name) {
            return Some(html[at..].find('>').map_or(html.len(), |end| at + end + 1));
        }
        from = at + 2;
    }
    None
}

/// Text of raw HTML, in which `&amp;` and its like are already written as such.
pub(super) fn escape_text(out: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        match c {
            '&' if is_entity(&text[at..]) => out.push('&'),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// A named or decimal character reference; those in hexadecimal and to control characters are shown as typed.
fn is_entity(text: &str) -> bool {
    // None that is taken here is longer: eight letters, or `#` and seven digits.
    let near = &text.as_bytes()[1..text.len().min(10)];
    let Some(length) = near.iter().position(|byte| *byte == b';') else { return false };
    let name = &text[1..=length];
    match name.strip_prefix('#') {
        Some(digits) => {
            let visible =
                digits.parse::<u32>().is_ok_and(|code| (0x20..0x7f).contains(&code) || (0xa0..0x2000).contains(&code));
            digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit()) && visible
        }
        None => (2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}
