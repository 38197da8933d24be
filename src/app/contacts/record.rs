//! One record of a CSV file, taken in line by line: commas between cells, and quotes around those that hold commas,
//! quotes or line breaks (RFC 4180). What is sloppy within a line is read as spreadsheets read it.

/// The cells of one record, and whether it goes on in the next line.
#[derive(Default)]
pub(super) struct Record {
    /// Cells one after another, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
    at: At,
    /// The line in which the last quote was opened.
    opened: u64,
    torn: bool,
}

/// Where in a cell the next byte stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Begin,
    Plain,
    Quoted,
    /// Behind the quote that ends a quoted cell, or the first half of one that stands for itself.
    Closed,
    /// Behind that, where the cell should have ended.
    Rest,
}

impl Record {
    /// Takes in the first line of a record.
    pub fn begin(&mut self, line: &[u8], number: u64) {
        self.text.clear();
        self.ends.clear();
        (self.at, self.torn) = (At::Begin, false);
        self.read(line, number);
    }

    /// Takes in a further line of a record that is open.
    pub fn go_on(&mut self, line: &[u8], number: u64) {
        self.text.push(b'\n');
        self.read(line, number);
    }

    fn read(&mut self, line: &[u8], number: u64) {
        for &byte in line {
            self.at = match (self.at, byte) {
                (At::Quoted, b'"') => At::Closed,
                (At::Quoted, _) | (At::Closed, b'"') => self.keep(byte, At::Quoted),
                (_, b',') => {
                    self.ends.push(self.text.len());
                    At::Begin
                }
                (At::Begin, b'"') => {
                    self.opened = number;
                    At::Quoted
                }
                (At::Begin | At::Plain, _) => self.keep(byte, At::Plain),
                (At::Closed | At::Rest, _) => {
                    self.torn |= self.opened != number && !byte.is_ascii_whitespace();
                    self.keep(byte, At::Rest)
                }
            };
        }
        if !self.is_open() {
            self.ends.push(self.text.len());
        }
    }

    fn keep(&mut self, byte: u8, at: At) -> At {
        self.text.push(byte);
        at
    }

    /// True while a quote is not closed.
    pub fn is_open(&self) -> bool {
        self.at == At::Quoted
    }

    /// The line in which the last quote was opened.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// The column in which the quote is open.
    pub fn column(&self) -> usize {
        self.ends.len()
    }

    /// True where something stands behind the closing quote of a cell that spans lines: that quote was meant to open
    /// another cell.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// Cells, the open one among them.
    pub fn cells(&self) -> usize {
        self.ends.len() + usize::from(self.is_open())
    }

    /// True where there is something behind so many cells.
    pub fn has_beyond(&self, cells: usize) -> bool {
        let from = cells.checked_sub(1).map_or(Some(0), |last| self.ends.get(last).copied());
        from.is_some_and(|from| {
            !self.text[from..].trim_ascii().is_empty() || (self.is_open() && self.column() >= cells)
        })
    }

    /// The cells as text; none where a byte of them is not UTF-8.
    pub fn texts(&self) -> Option<Vec<&str>> {
        let text = std::str::from_utf8(&self.text).ok()?;
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(from, to)| text.get(from..*to).map(str::trim)).collect()
    }
}
