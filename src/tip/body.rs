//! The text of a tip: its question, its say line, and the rest.

use super::plain::{MARKDOWN, Words};
use super::value::Said;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// A tip's text, cut up. Spans are bytes of the whole file.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Body {
    /// The first level-1 heading.
    pub(super) question: Option<Said>,
    /// The first paragraph with words below it; without a heading, the first of all. Where there is none, the first list
    /// item, table or code: it stays in the detail as well.
    pub(super) say: Option<Said>,
    /// True where a table or code stands in for the say line.
    pub(super) unspoken: bool,
    /// Markdown of everything else.
    pub(super) detail: String,
}

/// Cuts up the text from byte `start` on.
pub(super) fn read(text: &str, start: usize) -> Body {
    let mut body = Body::default();
    let mut heading: Option<Range<usize>> = None;
    let mut say: Option<Range<usize>> = None;
    let mut open: Option<(bool, Range<usize>, Words)> = None;
    let mut depth = 0usize;
    for (event, span) in Parser::new_ext(&text[start..], MARKDOWN).into_offset_iter() {
        let span = start + span.start..start + span.end;
        match &event {
            Event::Start(tag) => {
                depth += 1;
                let first = matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. }) && heading.is_none();
                if depth == 1 && (first || (matches!(tag, Tag::Paragraph) && say.is_none())) {
                    open = Some((first, span, Words::default()));
                    continue;
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && matches!(end, TagEnd::Heading(_) | TagEnd::Paragraph) {
                    let Some((is_heading, span, words)) = open.take() else { continue };
                    let said = Said { text: words.finish(), span: trimmed(text, span.clone()) };
                    if is_heading {
                        heading = Some(span);
                        body.question = Some(said);
                        (say, body.say) = (None, None);
                    } else if !said.text.is_empty() {
                        say = Some(span);
                        body.say = Some(said);
                        if heading.is_some() {
                            break;
                        }
                    }
                    continue;
                }
            }
            _ => {}
        }
        if let Some((_, _, words)) = &mut open {
            words.take(&event);
        }
    }
    if body.say.is_none() {
        let below = heading.as_ref().map_or(start, |span| span.end);
        body.say = first_said(text, below, |tag| matches!(tag, Tag::Item | Tag::Paragraph));
        if body.say.is_none() {
            body.say = first_said(text, below, |tag| matches!(tag, Tag::CodeBlock(_) | Tag::Table(_)));
            body.unspoken = body.say.is_some();
        }
    }
    body.detail = rest(text, start, [heading, say]);
    body
}

/// The words of the first block from byte `start` on that `is_said` takes, up to the next block inside or below it.
fn first_said(text: &str, start: usize, is_said: fn(&Tag<'_>) -> bool) -> Option<Said> {
    let mut open: Option<(Range<usize>, Words)> = None;
    for (event, span) in Parser::new_ext(&text[start..], MARKDOWN).into_offset_iter() {
        let span = start + span.start..start + span.end;
        let begins = matches!(&event, Event::Start(tag) if is_said(tag));
        if !begins && !is_edge(&event) {
            if let Some((said, words)) = &mut open {
                words.take(&event);
                said.end = said.end.max(span.end);
            }
            continue;
        }
        if let Some((said, words)) = open.take() {
            let words = words.finish();
            if !words.is_empty() {
                return Some(Said { text: words, span: trimmed(text, said) });
            }
        }
        open = begins.then(|| (span.start..span.start, Words::default()));
    }
    None
}

/// True where one block ends or another begins, so that what was said is over.
fn is_edge(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::List(_) | Tag::Item | Tag::Paragraph | Tag::CodeBlock(_) | Tag::Table(_))
        }
        Event::End(end) => {
            matches!(end, TagEnd::Item | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow)
        }
        _ => false,
    }
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    span.start..span.start + text[span.clone()].trim_end().len()
}

/// What is left of the text when the heading and the say line are taken out.
fn rest(text: &str, start: usize, taken: [Option<Range<usize>>; 2]) -> String {
    let mut taken: Vec<Range<usize>> = taken.into_iter().flatten().collect();
    taken.sort_by_key(|span| span.start);
    let mut at = start;
    let mut pieces = Vec::with_capacity(3);
    for span in taken {
        pieces.push(&text[at..span.start]);
        at = span.end;
    }
    pieces.push(&text[at..]);
    let pieces = pieces.into_iter().map(without_blank_ends).filter(|piece| !piece.is_empty());
    pieces.collect::<Vec<_>>().join("\n\n")
}

/// Blank lines go; the indent of the first line stays, because it can mean code.
fn without_blank_ends(piece: &str) -> &str {
    let piece = piece.trim_end();
    let blank = piece.len() - piece.trim_start().len();
    match piece[..blank].rfind('\n') {
        Some(at) => &piece[at + 1..],
        None => piece,
    }
}
