//! Markdown for a terminal: headings strong, lists with their marks, code as it stands, prose wrapped.
//!
//! It renders what stemwire's own pages and tips need; what it does not know it prints as plain text.

use super::terminal::{Ink, Terminal, WIDTH, calm, wrap};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The page as lines, with a line end after the last.
pub(super) fn rendered(markdown: &str, terminal: &Terminal) -> String {
    let mut page = Page { terminal, lines: Vec::new(), prose: String::new(), lists: Vec::new(), first: String::new() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut link = Vec::new();
    let mut code = None;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(tag) => page.start(tag, &mut link, &mut code),
            Event::End(tag) => page.end(tag, &mut link, &mut code),
            Event::Text(text) => match &mut code {
                Some(block) => String::push_str(block, &text),
                None => page.prose.push_str(&text),
            },
            Event::Code(text) => page.prose.push_str(&format!("`{text}`")),
            Event::SoftBreak => page.prose.push(' '),
            Event::HardBreak => page.flush(),
            Event::Rule => page.block(vec!["-".repeat(WIDTH / 2)]),
            Event::TaskListMarker(done) => page.prose.push_str(if done { "[x] " } else { "[ ] " }),
            Event::Html(text) | Event::InlineHtml(text) => page.prose.push_str(&text),
            _ => {}
        }
    }
    page.flush();
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

struct Page<'a> {
    terminal: &'a Terminal,
    lines: Vec<String>,
    prose: String,
    /// For each list that is open: the next number, or none where it has bullets.
    lists: Vec<Option<u64>>,
    /// The mark before the next line of prose.
    first: String,
}

impl Page<'_> {
    fn start(&mut self, tag: Tag<'_>, link: &mut Vec<String>, code: &mut Option<String>) {
        match tag {
            Tag::Paragraph if self.lists.is_empty() => self.gap(),
            Tag::Heading { .. } => self.gap(),
            Tag::List(start) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush();
                self.first = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.gap();
                drop(kind as CodeBlockKind<'_>);
                *code = Some(String::new());
            }
            Tag::Link { dest_url, .. } => link.push(dest_url.to_string()),
            Tag::Table(_) => self.gap(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, link: &mut Vec<String>, code: &mut Option<String>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => self.flush(),
            TagEnd::TableCell => self.prose.push_str("  "),
            TagEnd::Heading(_) => {
                let heading = calm(&std::mem::take(&mut self.prose));
                self.lines.push(self.terminal.paint(Ink::Strong, &heading));
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                let block = code.take().unwrap_or_default();
                self.lines.extend(block.lines().map(|line| format!("    {}", calm(line))));
            }
            TagEnd::Link => {
                if let Some(url) = link.pop().filter(|url| !self.prose.ends_with(url.as_str())) {
                    self.prose.push_str(&format!(" <{url}>"));
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, lines: Vec<String>) {
        self.gap();
        self.lines.extend(lines);
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Sets what prose there is, under its list's mark.
    fn flush(&mut self) {
        let prose = calm(&std::mem::take(&mut self.prose));
        if prose.trim().is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1) * 2;
        let mark = std::mem::take(&mut self.first);
        let hang = if self.lists.is_empty() { 0 } else { mark.len().max(2) };
        let width = WIDTH.saturating_sub(depth + hang).max(20);
        for (i, line) in wrap(&prose, width).into_iter().enumerate() {
            let lead = if i == 0 && !mark.is_empty() { mark.clone() } else { " ".repeat(hang) };
            self.lines.push(format!("{}{lead}{line}", " ".repeat(depth)));
        }
    }
}
