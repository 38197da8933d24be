//! Finds bare addresses in plain text, as GitHub's extended autolinks do: `https://…`, `www.…` and mail addresses.

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Link { text: &'a str, address: String },
}

/// Cuts `text` into plain pieces and links.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    if !(text.contains("://") || text.contains("www.") || text.contains('@')) {
        return vec![Piece::Text(text)];
    }
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < text.len() {
        let end = token_end(text, at);
        let word = &text[at..end];
        let lead = word.len() - word.trim_start_matches(['(', '*', '_', '~', '"', '\'', '[']).len();
        if let Some((text_of_link, address)) = link(&word[lead..]) {
            let start = at + lead;
            if done < start {
                pieces.push(Piece::Text(&text[done..start]));
            }
            pieces.push(Piece::Link { text: text_of_link, address });
            done = start + text_of_link.len();
        }
        at = end.max(at + 1);
        at = text.ceil_char_boundary(at);
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// End of the run of characters without a space or `<` from `at` on; one character where it starts with such.
fn token_end(text: &str, at: usize) -> usize {
    let stops = |c: char| c.is_whitespace() || c == '<';
    match text[at..].find(stops) {
        Some(0) => text.ceil_char_boundary(at + 1),
        Some(length) => at + length,
        None => text.len(),
    }
}

fn link(word: &str) -> Option<(&str, String)> {
    let lower = |prefix: &str| word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let (scheme, prefix) = if lower("https://") {
        (8, "")
    } else if lower("http://") {
        (7, "")
    } else if lower("www.") {
        (0, "https://")
    } else {
        return mail(word);
    };
    let word = without_tail(word);
    let host = word.get(scheme..)?.split(['/', '?', '#']).next()?;
    let dots = host.contains('.') && !host.contains("..") && host.starts_with(char::is_alphanumeric);
    (dots || host.starts_with("localhost")).then(|| (word, format!("{prefix}{word}")))
}

/// Punctuation at the end of a sentence is not part of the address; a closing bracket is if it was opened there.
fn without_tail(mut word: &str) -> &str {
    let opened = word.matches('(').count();
    let mut closed = word.matches(')').count();
    while let Some(last) = word.chars().last() {
        let cut = match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | ']' | '\u{201d}' | '\u{2019}' => true,
            ')' => closed > opened,
            _ => false,
        };
        if !cut {
            break;
        }
        closed -= usize::from(last == ')');
        word = &word[..word.len() - last.len_utf8()];
    }
    word
}

fn mail(word: &str) -> Option<(&str, String)> {
    let word = word.trim_end_matches(['.', ',', ':', ';', '!', '?', ')', '"', '\'', '*', '_', '~', ']']);
    let (name, host) = word.split_once('@')?;
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b));
    let mut parts = host.split('.');
    let fits = parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    (named && fits && host.contains('.')).then(|| (word, format!("mailto:{word}")))
}
