//! Cuts what was typed or pasted into pieces that can be scored one by one, with the weight each deserves.
//!
//! A sentence or two is one piece, on however many lines. Long call notes, and chats with an agent in them, are cut at lines
//! and sentences, and long sentences at their commas; what the agent said weighs less, what the customer said last and what
//! tells of a problem weighs more.
//!
//! Shares and confidences here are set by judgement and held by the tests: no data set at hand tells them.

use std::borrow::Cow;

/// Bytes of a text that are read; of a longer one its end, where a chat has got to.
const MOST_BYTES: usize = 65_536;
/// Pieces that are scored: at 100 µs each a pasted chat takes some 5 ms. The first few and the last are kept.
pub(super) const MOST_PIECES: usize = 48;
const FIRST_PIECES: usize = 8;
/// Up to so many words are one piece: all but one in 2,800 messages of the four data sets, each on one line, are that short, and
/// cutting those that are longer loses what one sentence tells about the other.
const WHOLE_UP_TO: usize = 60;
/// A sentence of more words is a story told with commas, and is cut at them as others are at their stops. 12 to 32 are alike on
/// stories of 60 to 80 words about phrases of the train files of BANKING77 and CLINC150.
const LONG_SENTENCE: usize = 24;
/// Before a comma so many words at least make a piece: "anyway," and "so far," go with what follows.
const LEAST_PART: usize = 4;
/// A run of words without any stop is cut after so many.
const LONGEST_PIECE: usize = 40;
/// The same in bytes, for scripts and codes without spaces.
const LONGEST_BYTES: usize = 600;
/// Words with which an agent's line counts against a customer's.
const AGENT_SHARE: f32 = 0.4;
/// A first line's weight against the last one's.
const FIRST_SHARE: f32 = 0.85;
/// Weight of a piece that names no trouble against one that does.
const CALM_SHARE: f32 = 0.9;

const AGENTS: [&str; 12] = [
    "agent",
    "advisor",
    "adviser",
    "support",
    "operator",
    "assistant",
    "bot",
    "representative",
    "rep",
    "staff",
    "helpdesk",
    "me",
];
/// What only the agent of a chat says: whoever does is the agent in all of their lines.
const AGENT_PHRASES: [&str; 9] = [
    "how can i help",
    "how may i help",
    "can i help you",
    "thank you for contacting",
    "thanks for contacting",
    "thanks for reaching out",
    "sorry to hear",
    "anything else i can",
    "let me check that for you",
];
const TROUBLE: [&str; 40] = [
    "not", "no", "never", "cannot", "can't", "cant", "won't", "wont", "doesn't", "doesnt", "didn't", "didnt", "isn't",
    "isnt", "wrong", "problem", "issue", "broken", "broke", "fail", "failed", "fails", "error", "missing", "late",
    "lost", "stuck", "unable", "declined", "refused", "damaged", "stopped", "help", "need", "want", "how", "why",
    "when", "where", "refund",
];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece<'a> {
    pub text: Cow<'a, str>,
    /// Above 0, at most 1.
    pub weight: f32,
    /// The agent of a chat said it.
    pub by_agent: bool,
}

/// The pieces of a text, in its order; none where it is blank. What stands before a colon is who speaks, unless it is the
/// only such line and, as `is_name` says, the name of something in the library: "roses: buying". An agent may be called Rose.
pub(super) fn pieces<'a>(text: &'a str, is_name: impl Fn(&str) -> bool) -> Vec<Piece<'a>> {
    let text = end_of(text, MOST_BYTES);
    let mut lines: Vec<Line<'_>> = text.lines().map(line).filter(|l| !l.text.is_empty()).collect();
    let mut labelled = lines.iter_mut().filter(|line| !line.speaker.is_empty());
    if let (Some(only), None) = (labelled.next(), labelled.next())
        && is_name(only.speaker)
    {
        *only = Line { text: only.whole, speaker: "", agent: false, whole: only.whole };
    }
    find_agent(&mut lines);
    if let Some(whole) = whole(&lines) {
        return vec![Piece { text: whole, weight: 1.0, by_agent: false }];
    }
    let mut cut: Vec<(&str, bool)> = Vec::new();
    for line in &lines {
        sentences(line.text, &mut |sentence| cut.push((sentence, line.agent)));
    }
    if cut.len() > MOST_PIECES {
        cut.drain(FIRST_PIECES..cut.len() - (MOST_PIECES - FIRST_PIECES));
    }
    let steps = cut.len().saturating_sub(1).max(1) as f32;
    let weighed = cut.iter().enumerate().map(|(i, (text, agent))| {
        let late = FIRST_SHARE + (1.0 - FIRST_SHARE) * i as f32 / steps;
        let role = if *agent { AGENT_SHARE } else { 1.0 };
        let weight = late * role * if troubled(text) { 1.0 } else { CALM_SHARE };
        Piece { text: Cow::Borrowed(text), weight, by_agent: *agent }
    });
    weighed.collect()
}

/// What a customer said in a few words is one piece, whether they wrote it on one line or on several.
fn whole<'a>(lines: &[Line<'a>]) -> Option<Cow<'a, str>> {
    let words = lines.iter().flat_map(|line| line.text.split_whitespace()).take(WHOLE_UP_TO + 1).count();
    let bytes: usize = lines.iter().map(|line| line.text.len()).sum();
    if words > WHOLE_UP_TO || bytes > LONGEST_BYTES {
        return None;
    }
    match lines {
        [] => None,
        [only] => Some(Cow::Borrowed(only.text)),
        several if several.iter().any(|line| line.agent) => None,
        several => Some(Cow::Owned(several.iter().map(|line| line.text).collect::<Vec<_>>().join(". "))),
    }
}

struct Line<'a> {
    text: &'a str,
    /// Who says it; empty where nobody is named.
    speaker: &'a str,
    agent: bool,
    /// With the speaker.
    whole: &'a str,
}

/// Marks every line of whoever speaks as an agent does.
fn find_agent(lines: &mut [Line<'_>]) {
    let speaks_so = |line: &Line<'_>| {
        let said = line.text.to_lowercase();
        !line.speaker.is_empty() && AGENT_PHRASES.iter().any(|phrase| said.contains(phrase))
    };
    let agents: Vec<&str> = lines.iter().filter(|line| speaks_so(line)).map(|line| line.speaker).collect();
    for line in lines.iter_mut() {
        line.agent |= agents.contains(&line.speaker);
    }
}

/// The last `most` bytes of a text, from a character's start on.
fn end_of(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Takes off a time stamp and the speaker's name, and notes whether the agent speaks.
fn line(text: &str) -> Line<'_> {
    let text = text.trim().trim_start_matches(['>', '*', '-', '•', ' ']);
    let stamp = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | ':' | '.' | '/' | '-' | ' ');
    let rest = text.trim_start_matches(stamp);
    let text = if text.len() - rest.len() >= 5 { rest } else { text };
    let Some((speaker, said)) = text.split_once(':') else {
        return Line { text, speaker: "", agent: false, whole: text };
    };
    let name = speaker.trim();
    let a_name = name.chars().count() <= 30
        && name.split_whitespace().count() <= 3
        && name.chars().next().is_some_and(|c| c.is_alphabetic())
        && !said.starts_with("//");
    if !a_name {
        return Line { text, speaker: "", agent: false, whole: text };
    }
    let agent = name.split(|c: char| !c.is_alphanumeric()).any(|w| AGENTS.contains(&w.to_lowercase().as_str()));
    Line { text: said.trim(), speaker: name, agent, whole: text }
}

/// Calls `each` with every sentence, and with the parts of a long one.
fn sentences<'a>(text: &'a str, each: &mut impl FnMut(&'a str)) {
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let spaced = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let stop = (matches!(c, '.' | '!' | '?' | ';') && spaced) || matches!(c, '。' | '！' | '？' | '।' | '؟');
        if stop || i - from >= LONGEST_BYTES {
            let end = i + c.len_utf8();
            parts(&text[from..end], each);
            from = end;
        }
    }
    parts(&text[from..], each);
}

/// A long sentence is cut at its commas, and none is longer than the longest piece.
fn parts<'a>(sentence: &'a str, each: &mut impl FnMut(&'a str)) {
    let long = sentence.split_whitespace().nth(LONG_SENTENCE).is_some();
    // The first word has no space before it.
    let (mut from, mut words) = (0, usize::from(sentence.starts_with(|c: char| !c.is_whitespace())));
    for (i, c) in sentence.char_indices() {
        words += usize::from(c.is_whitespace());
        let spaced = sentence[i + c.len_utf8()..].starts_with(char::is_whitespace);
        let comma = c == ',' && spaced && long && words >= LEAST_PART;
        if comma || (c.is_whitespace() && words >= LONGEST_PIECE) {
            let end = i + c.len_utf8();
            offer(&sentence[from..end], each);
            from = end;
            words = 0;
        }
    }
    offer(&sentence[from..], each);
}

fn offer<'a>(piece: &'a str, each: &mut impl FnMut(&'a str)) {
    let piece = piece.trim();
    if piece.chars().any(char::is_alphanumeric) {
        each(piece);
    }
}

fn troubled(text: &str) -> bool {
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.contains('?') || text.split_whitespace().any(|w| TROUBLE.contains(&word(w).as_str()))
}
