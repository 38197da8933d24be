//! Markdown to HTML that cannot harm: every tag and attribute name in the output is a constant of this module.
//!
//! Raw HTML is never passed through; a few plain tags are written anew and balanced. Nothing loads from another
//! host, no id is set, and no element is left open, so a tip cannot leave the box it is shown in.

use super::TipId;
use super::address::{self, Target};
use super::autolink::{self, Piece};
use super::plain::{MARKDOWN, shown};
use super::raw_html::{self, Token};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Parser, Tag, TextMergeStream};
use std::collections::HashMap;

/// Deepest nesting that is written out; a browser gives up at 512, a reader much earlier.
const MAX_NESTING: usize = 60;

/// A tip's markdown as HTML. `base` is the tip in which it stands, from which relative links are read.
///
/// Links to other tips and to sections lead to `/t/{id}`, images and other files to `/files/{path}`, both by the
/// path below the library; links to other hosts carry `rel="noopener noreferrer"`; images of other hosts become
/// links to them; links of any scheme but http, https, mailto and tel become their text.
pub fn render_html(markdown: &str, base: &TipId) -> String {
    let folder = base.section();
    let mut writer = Writer::new(folder.as_str(), markdown.len());
    for event in TextMergeStream::new(Parser::new_ext(markdown, MARKDOWN)) {
        writer.take(event);
    }
    writer.finish()
}

/// An element that is open, with what closes it.
enum Open {
    /// Made by markdown; its end comes as an event.
    Mark(&'static str),
    /// Written by hand as a tag; closed at the latest with the element around it.
    Raw(&'static str),
}

struct Writer<'a> {
    folder: &'a str,
    out: String,
    open: Vec<Open>,
    /// Lines of the HTML block at hand.
    block: Option<String>,
    /// A tag whose content is dropped, and the depth of markdown elements inside it.
    muted: Option<(&'static str, usize)>,
    /// Text of the image at hand, with its address and title.
    image: Option<(String, String, String, usize)>,
    in_link: usize,
    in_code: bool,
    aligns: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    notes: HashMap<String, usize>,
}

impl<'a> Writer<'a> {
    fn new(folder: &'a str, length: usize) -> Self {
        Writer {
            folder,
            out: String::with_capacity(length * 3 / 2),
            open: Vec::new(),
            block: None,
            muted: None,
            image: None,
            in_link: 0,
            in_code: false,
            aligns: Vec::new(),
            cell: 0,
            in_head: false,
            notes: HashMap::new(),
        }
    }

    fn finish(mut self) -> String {
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        self.out
    }

    fn take(&mut self, event: Event<'_>) {
        if self.still_muted(&event) || self.inside_image(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                escape(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => escape(&mut self.out, &text),
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.block {
                Some(block) => block.push_str(&html),
                None => self.raw(&html, true),
            },
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                self.out.push_str(&format!("<sup class=\"footnote-ref\">{number}</sup>"));
            }
            Event::TaskListMarker(done) => {
                let box_ = if done {
                    "<input type=\"checkbox\" disabled checked> "
                } else {
                    "<input type=\"checkbox\" disabled> "
                };
                self.out.push_str(box_);
            }
        }
    }

    /// Numbers footnotes by their first appearance.
    fn note(&mut self, name: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(name.to_owned()).or_insert(next)
    }

    /// Passes over what stands inside an inline `<script>` and its like, up to its end or that of the element around.
    fn still_muted(&mut self, event: &Event<'_>) -> bool {
        let Some((name, depth)) = &mut self.muted else { return false };
        match event {
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth == 0 => {
                self.muted = None;
                return false;
            }
            Event::End(_) => *depth -= 1,
            Event::InlineHtml(html) if raw_html::closes(html, name) => self.muted = None,
            _ => {}
        }
        true
    }

    /// Gathers an image's text; it is written when the image ends.
    fn inside_image(&mut self, event: &Event<'_>) -> bool {
        let Some((alt, _, _, depth)) = &mut self.image else { return false };
        match event {
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth > 0 => *depth -= 1,
            Event::End(_) => {
                if let Some((alt, url, title, _)) = self.image.take() {
                    self.image(&alt, &url, &title);
                }
            }
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
        true
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Image { dest_url, title, .. } => {
                self.image = Some((String::new(), dest_url.to_string(), title.to_string(), 0));
                return;
            }
            Tag::HtmlBlock => {
                self.block = Some(String::new());
                return;
            }
            _ if self.open.len() >= MAX_NESTING => return self.open.push(Open::Mark("")),
            _ => {}
        }
        let (opening, closing) = match tag {
            Tag::Paragraph => ("<p>", "</p>\n"),
            Tag::Heading { level, .. } => match level as usize {
                1 | 2 => ("<h2>", "</h2>\n"),
                3 => ("<h3>", "</h3>\n"),
                4 => ("<h4>", "</h4>\n"),
                5 => ("<h5>", "</h5>\n"),
                _ => ("<h6>", "</h6>\n"),
            },
            Tag::BlockQuote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => {
                self.code_block(&kind);
                ("", "</code></pre>\n")
            }
            Tag::List(None) => ("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => ("<ol>\n", "</ol>\n"),
            Tag::List(Some(number)) => {
                self.out.push_str(&format!("<ol start=\"{number}\">\n"));
                ("", "</ol>\n")
            }
            Tag::Item => ("<li>", "</li>\n"),
            Tag::FootnoteDefinition(name) => {
                let number = self.note(&name);
                self.out.push_str(&format!("<div class=\"footnote\"><sup>{number}</sup>\n"));
                ("", "</div>\n")
            }
            Tag::Table(aligns) => {
                self.aligns = aligns;
                ("<table>\n", "</tbody>\n</table>\n")
            }
            Tag::TableHead => {
                (self.cell, self.in_head) = (0, true);
                ("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n")
            }
            Tag::TableRow => {
                (self.cell, self.in_head) = (0, false);
                ("<tr>", "</tr>\n")
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<s>", "</s>"),
            Tag::Superscript => ("<sup>", "</sup>"),
            Tag::Subscript => ("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title),
            _ => ("", ""),
        };
        self.out.push_str(opening);
        self.open.push(Open::Mark(closing));
    }

    /// Closes what was opened by hand inside the element, then the element.
    fn end(&mut self) {
        if let Some(html) = self.block.take() {
            // Its tags may stay open over the markdown that follows: `<details>` needs that.
            return self.raw(&html, false);
        }
        while let Some(open) = self.open.pop() {
            self.close(&open);
            if let Open::Mark(closing) = open {
                match closing {
                    "</a>" => self.in_link = self.in_link.saturating_sub(1),
                    "</code></pre>\n" => self.in_code = false,
                    _ => {}
                }
                break;
            }
        }
    }

    fn close(&mut self, open: &Open) {
        match open {
            Open::Mark(closing) => self.out.push_str(closing),
            Open::Raw(name) => {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.out.push_str("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let language: String =
                info.chars().take_while(|c| c.is_ascii_alphanumeric() || "+#_-".contains(*c)).take(30).collect();
            if !language.is_empty() {
                self.out.push_str(&format!(" class=\"language-{language}\""));
            }
        }
        self.out.push('>');
    }

    fn table_cell(&mut self) -> (&'static str, &'static str) {
        let align = self.aligns.get(self.cell).copied().unwrap_or(Alignment::None);
        self.cell += 1;
        let opening = match (self.in_head, align) {
            (true, Alignment::None) => "<th>",
            (true, Alignment::Left) => "<th align=\"left\">",
            (true, Alignment::Center) => "<th align=\"center\">",
            (true, Alignment::Right) => "<th align=\"right\">",
            (false, Alignment::None) => "<td>",
            (false, Alignment::Left) => "<td align=\"left\">",
            (false, Alignment::Center) => "<td align=\"center\">",
            (false, Alignment::Right) => "<td align=\"right\">",
        };
        (opening, if self.in_head { "</th>" } else { "</td>" })
    }

    fn link(&mut self, kind: LinkType, url: &str, title: &str) -> (&'static str, &'static str) {
        let mail = if kind == LinkType::Email { format!("mailto:{url}") } else { String::new() };
        let url = if mail.is_empty() { url } else { &mail };
        let address = match address::target(self.folder, url) {
            Target::Outside => url.to_owned(),
            Target::File { path, tail } => address::served(&path, &tail),
            Target::Here | Target::Beyond | Target::Refused => return ("", ""),
        };
        self.anchor(&address, title);
        self.in_link += 1;
        ("", "</a>")
    }

    fn anchor(&mut self, address: &str, title: &str) {
        self.out.push_str("<a href=\"");
        escape(&mut self.out, address);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape(&mut self.out, title);
        }
        let outside = !["/t/", "/files/"].iter().any(|ours| address.starts_with(ours));
        self.out.push_str(if outside { "\" rel=\"noopener noreferrer\">" } else { "\">" });
    }

    fn image(&mut self, alt: &str, url: &str, title: &str) {
        match address::target(self.folder, url) {
            Target::File { path, .. } => {
                self.out.push_str("<img src=\"");
                escape(&mut self.out, &address::file(&path));
                self.out.push_str("\" alt=\"");
                escape(&mut self.out, alt);
                if !title.is_empty() {
                    self.out.push_str("\" title=\"");
                    escape(&mut self.out, title);
                }
                self.out.push_str("\">");
            }
            Target::Outside if self.in_link == 0 => {
                self.anchor(url, title);
                escape(&mut self.out, if alt.trim().is_empty() { url } else { alt });
                self.out.push_str("</a>");
            }
            _ => escape(&mut self.out, alt),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_link > 0 || self.in_code {
            return escape(&mut self.out, text);
        }
        for piece in autolink::pieces(text) {
            match piece {
                Piece::Text(text) => escape(&mut self.out, text),
                Piece::Link { text, address } => {
                    self.anchor(&address, "");
                    escape(&mut self.out, text);
                    self.out.push_str("</a>");
                }
            }
        }
    }

    fn raw(&mut self, html: &str, inline: bool) {
        for token in raw_html::tokens(html) {
            match token {
                Token::Text(text) => raw_html::escape_text(&mut self.out, &shown(text)),
                Token::Void(name) => {
                    self.out.push('<');
                    self.out.push_str(name);
                    self.out.push('>');
                }
                Token::Open(name) if self.may_open(name) => {
                    self.out.push('<');
                    self.out.push_str(name);
                    self.out.push('>');
                    self.open.push(Open::Raw(name));
                }
                Token::Open(_) => {}
                Token::Close(name) => self.close_raw(name),
                Token::Mute(name) => self.muted = inline.then_some((name, 0)),
            }
        }
    }

    /// A list item outside a list would close one around the tip, so it needs its own list.
    fn may_open(&self, name: &str) -> bool {
        let raw = |open: &Open| matches!(open, Open::Raw(_));
        self.open.len() < MAX_NESTING
            && (name != "li" || matches!(self.open.iter().rfind(|open| raw(open)), Some(Open::Raw("ul" | "ol"))))
    }

    /// Closes a tag opened by hand, and those inside it; an element of markdown is never closed by hand.
    fn close_raw(&mut self, name: &str) {
        let inner = self.open.iter().rev().take_while(|open| matches!(open, Open::Raw(_)));
        let Some(at) = inner.into_iter().position(|open| matches!(open, Open::Raw(raw) if *raw == name)) else {
            return;
        };
        for _ in 0..=at {
            if let Some(open) = self.open.pop() {
                self.close(&open);
            }
        }
    }
}

/// Text for HTML, in an element or in quotes.
fn escape(out: &mut String, text: &str) {
    for c in shown(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
