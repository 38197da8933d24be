//! From parts to a tip's file: for tips that are made by a program and edited by people afterwards.

use serde_json::{Map, Value};

/// An id's part is cut to about this many characters: it stands in addresses and file names, where longer ones
/// are cut by those who show them.
const SLUG_CHARS: usize = 60;

/// A tip's file: front matter in the order given, question, say line, detail. Values are flat: texts, numbers,
/// truths, or lists of them. No front matter is written where there is none.
pub fn compose(front: &Map<String, Value>, question: &str, say: &str, detail: &str) -> String {
    let mut text = String::new();
    if !front.is_empty() {
        let yaml = serde_saphyr::to_string(front).expect("JSON values have string keys and always serialise");
        text.push_str(&format!("---\n{}\n---\n", yaml.trim_end()));
    }
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    text.push_str(&format!("# {question}\n"));
    for part in [say.trim(), detail.trim()] {
        if !part.is_empty() {
            text.push_str(&format!("\n{part}\n"));
        }
    }
    text
}

/// The words of a question as a part of an id: letters of any script and digits, lower case, joined by `-`.
/// Empty where the question has neither.
pub fn slug(question: &str) -> String {
    let mut slug = String::new();
    let words = question.to_lowercase();
    // An apostrophe inside a word does not end it: "what's" is one word.
    let words = words.replace(['\'', '’'], "");
    for word in words.split(|c: char| !super::TipId::valid(c.encode_utf8(&mut [0; 4]))).filter(|w| !w.is_empty()) {
        let word = word.trim_matches(['-', '_']);
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() && slug.chars().count() + word.chars().count() >= SLUG_CHARS {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(SLUG_CHARS));
    }
    slug
}

/// Words of others as markdown that shows them and does nothing: what could be markup is escaped, and what no text holds
/// falls away. One line each, without the space before it.
pub fn literal(words: &str) -> Vec<String> {
    words.replace("\r\n", "\n").split(['\n', '\r']).map(literal_line).collect()
}

fn literal_line(line: &str) -> String {
    let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
    let line = line.trim();
    // `1.` and `2)` begin a list, as the bare marks do.
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut literal = String::with_capacity(line.len());
    let mut before = None;
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_some_and(|c| !c.is_whitespace()),
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '#' => before.is_none_or(char::is_whitespace),
            '>' | '-' | '+' | '=' | ':' => at == 0,
            '.' | ')' => digits > 0 && at == digits,
            _ => false,
        };
        if escaped {
            literal.push('\\');
        }
        literal.push(c);
        before = Some(c);
    }
    literal
}
