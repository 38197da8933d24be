//! The lines of a file that may be endless: read one by one, within bounds, and given back where they were read too early.

use std::collections::VecDeque;
use std::io::{BufRead, ErrorKind};

/// The longest line that is read: a long text of a contact has some 20,000 characters.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;
pub(super) const TOO_LONG: &str = "this line is longer than 1048576 bytes";

/// What some programs write before the first line to say that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// One line, without its end.
pub(super) struct Line {
    /// From 1.
    pub number: u64,
    pub bytes: Vec<u8>,
    /// True where it was too long, and its rest was passed over.
    pub cut: bool,
}

pub(super) struct Lines<R> {
    input: R,
    given_back: VecDeque<Line>,
    number: u64,
    bytes: u64,
    /// True behind a carriage return: a line feed belongs to it.
    returned: bool,
    failed: Option<String>,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        let (given_back, number, bytes, returned, failed, ended) = Default::default();
        Lines { input, given_back, number, bytes, returned, failed, ended }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The number of the last line that was read.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line; none at the end, and where reading failed.
    pub fn line(&mut self) -> Option<Line> {
        if let Some(line) = self.given_back.pop_front() {
            return Some(line);
        }
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        read.unwrap_or_else(|error| {
            self.failed = Some(format!("reading stopped here: {error}"));
            None
        })
    }

    /// The next line in which there is anything.
    pub fn next_filled(&mut self) -> Option<Line> {
        std::iter::from_fn(|| self.line()).find(|line| line.cut || !line.bytes.trim_ascii().is_empty())
    }

    /// Why reading ended early; told once.
    pub fn failure(&mut self) -> Option<String> {
        self.failed.take()
    }

    /// Has these lines, which came one after another, come again.
    pub fn give_back(&mut self, lines: Vec<Line>) {
        lines.into_iter().rev().for_each(|line| self.given_back.push_front(line));
    }

    fn read(&mut self) -> std::io::Result<Option<Line>> {
        let (mut bytes, mut cut, mut begun) = (Vec::new(), false, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read?,
            };
            let Some(first) = buffer.first() else {
                if !begun {
                    return Ok(None);
                }
                break;
            };
            if std::mem::take(&mut self.returned) && *first == b'\n' {
                self.input.consume(1);
                self.bytes += 1;
                continue;
            }
            begun = true;
            let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let room = LONGEST_LINE - bytes.len();
            cut |= part.len() > room;
            bytes.extend_from_slice(&part[..part.len().min(room)]);
            self.returned = end.is_some_and(|end| buffer[end] == b'\r');
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            self.bytes += used as u64;
            if end.is_some() {
                break;
            }
        }
        if self.number == 0 && bytes.starts_with(MARK) {
            bytes.drain(..MARK.len());
        }
        self.number += 1;
        Ok(Some(Line { number: self.number, bytes, cut }))
    }
}
