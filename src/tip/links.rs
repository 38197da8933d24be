//! The links and images of a markdown text, and what of it is not shown, each with its place.

use super::plain::MARKDOWN;
use super::raw_html;
use pulldown_cmark::{BrokenLink, Event, LinkType, Parser, Tag};
use std::ops::Range;

/// One link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As written, decoded from markdown; for a reference without a definition its label.
    pub url: String,
    pub kind: LinkKind,
    /// Bytes of the file.
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    Link,
    Image,
    /// `[text][label]` without a definition of the label.
    Undefined,
}

/// What a text holds beside words.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) links: Vec<Link>,
    /// Raw HTML of which something is not shown.
    pub(super) dropped: Vec<Range<usize>>,
}

/// Looks through the text from byte `start` on.
pub(super) fn find(text: &str, start: usize) -> Found {
    let mut found = Found::default();
    let source = &text[start..];
    if !source.contains(['[', '<']) {
        return found;
    }
    let mut undefined = Vec::new();
    let callback = |broken: BrokenLink<'_>| {
        if matches!(broken.link_type, LinkType::Reference | LinkType::ReferenceUnknown) {
            undefined.push((broken.reference.to_string(), broken.span));
        }
        None
    };
    let mut block: Option<Range<usize>> = None;
    for (event, span) in Parser::new_with_broken_link_callback(source, MARKDOWN, Some(callback)).into_offset_iter() {
        let span = start + span.start..start + span.end;
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                found.links.push(Link { url: dest_url.to_string(), kind: LinkKind::Link, span });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                found.links.push(Link { url: dest_url.to_string(), kind: LinkKind::Image, span });
            }
            Event::Start(Tag::HtmlBlock) => block = Some(span),
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                if let Some(span) = block.take().filter(|span| raw_html::drops(&text[span.clone()])) {
                    found.dropped.push(span.start..span.start + text[span].trim_end().len());
                }
            }
            Event::InlineHtml(html) if raw_html::drops(&html) => found.dropped.push(span),
            _ => {}
        }
    }
    let undefined = undefined.into_iter().map(|(url, span)| Link {
        url,
        kind: LinkKind::Undefined,
        span: start + span.start..start + span.end,
    });
    found.links.extend(undefined);
    found
}
