//! Contacts as CSV. A row whose quote is not closed is refused, and reading goes on with the line below it: one slip must
//! not swallow the rows behind it.
//!
//! Only the text of a contact may go on in the next line. So a quote that is open at a line's end in another column is
//! known at once; one in `text` by what follows: a line that is a row by itself, a quote that ends no cell, more cells than
//! the heading has, more lines than any text, or the end of the file. Only so many lines are ever held.

use super::lines::{LONGEST_LINE, Line, Lines, TOO_LONG};
use super::record::Record;
use super::typed::{Typed, time};
use std::io::BufRead;

/// Columns that are read; others are passed over, since exports have many.
const COLUMNS: [&str; 8] = ["contact_id", "id", "customer", "at", "position", "product", "issue", "text"];
const CUSTOMER: usize = 2;
const AT: usize = 3;
const POSITION: usize = 4;
/// All before this one stand in one line.
const TEXT: usize = 7;

/// The most lines that a text may have: a long exchange of letters has some hundreds.
const MOST_LINES: usize = 10_000;

/// The rows of a CSV file.
pub(super) struct Table<R> {
    lines: Lines<R>,
    /// Or why no row can be read.
    heading: Result<Heading, String>,
    record: Record,
    /// For looking at a line by itself.
    alone: Record,
    /// The last line that a quote swallowed in vain. A quote that is open in a line up to there is refused at once: looked
    /// into from each of them, the same lines would be read thousands of times.
    swallowed: u64,
}

/// Where the known columns stand, and how many there are in all.
struct Heading {
    columns: [Option<usize>; 8],
    count: usize,
}

impl<R: BufRead> Table<R> {
    pub fn new(input: R) -> Self {
        let mut lines = Lines::new(input);
        let mut record = Record::default();
        let heading = Heading::read(&mut lines, &mut record);
        Table { lines, heading, record, alone: Record::default(), swallowed: 0 }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.lines.bytes()
    }

    /// The next row with the line it begins in.
    pub fn row(&mut self) -> Option<(u64, Result<Typed, String>)> {
        if let Err(why) = &mut self.heading {
            // Told once; without a heading no row can be read.
            let why = std::mem::take(why);
            return (!why.is_empty()).then_some((1, Err(why)));
        }
        let Some(first) = self.lines.next_filled() else {
            let why = self.lines.failure()?;
            return Some((self.lines.number() + 1, Err(why)));
        };
        let number = first.number;
        let whole = self.whole(&first);
        Some((number, whole.and_then(|()| self.typed())))
    }

    /// Reads the record that begins with this line to its end.
    fn whole(&mut self, first: &Line) -> Result<(), String> {
        let Ok(heading) = &self.heading else { return Ok(()) };
        if first.cut {
            return Err(TOO_LONG.to_owned());
        }
        self.record.begin(&first.bytes, first.number);
        let (mut more, mut held): (Vec<Line>, usize) = (Vec::new(), first.bytes.len());
        while self.record.is_open() {
            let goes_on = heading.may_break(self.record.column()) && more.len() < MOST_LINES && held < LONGEST_LINE;
            let next = if goes_on && first.number > self.swallowed { self.lines.line() } else { None };
            let (opened, within) = (self.record.opened(), more.last().map(|line| line.number));
            let belongs = next.as_ref().is_some_and(|next| !next.cut && !heading.is_row(&mut self.alone, next));
            if let Some(next) = next {
                if belongs {
                    held += next.bytes.len();
                    self.record.go_on(&next.bytes, next.number);
                }
                more.push(next);
            }
            if !belongs || self.record.is_torn() || self.record.has_beyond(heading.count) {
                // The line at which it ended may well begin a text of its own.
                self.swallowed = self.swallowed.max(within.unwrap_or_default());
                self.lines.give_back(more);
                return Err(format!("a quote opened in line {opened} is not closed"));
            }
        }
        Ok(())
    }

    fn typed(&self) -> Result<Typed, String> {
        let Ok(heading) = &self.heading else { return Err(String::new()) };
        let cells = self.record.texts().ok_or("this line cannot be read: it is not UTF-8")?;
        let field = |n: usize| {
            let cell = heading.columns[n].and_then(|at| cells.get(at)).filter(|text| !text.is_empty());
            cell.map(|text| serde_json::Value::from(*text))
        };
        Ok(Typed {
            contact_id: field(0),
            id: field(1),
            customer: field(CUSTOMER),
            at: field(AT),
            position: field(POSITION),
            product: field(5),
            issue: field(6),
            text: field(TEXT),
        })
    }
}

/// How a file begins that gzip packed (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

impl Heading {
    fn read<R: BufRead>(lines: &mut Lines<R>, record: &mut Record) -> Result<Heading, String> {
        let Some(first) = lines.next_filled() else {
            return Err(match lines.failure() {
                Some(why) => why,
                None => {
                    "the file is empty: it begins with a heading line such as `customer,at,product,issue`".to_owned()
                }
            });
        };
        if first.bytes.starts_with(&GZIP) {
            return Err("it is packed by gzip: unpack it first, with `gunzip`".to_owned());
        }
        record.begin(&first.bytes, first.number);
        let (mut held, opened) = (first.bytes.len(), record.opened());
        while record.is_open() {
            // Some exports break the line within a column's name.
            let next = if held < LONGEST_LINE { lines.line() } else { None };
            let unclosed = || format!("the heading line cannot be read: a quote opened in line {opened} is not closed");
            let next = next.ok_or_else(unclosed)?;
            held += next.bytes.len() + 1;
            record.go_on(&next.bytes, next.number);
        }
        Heading::of(&record.texts().ok_or("the heading line cannot be read: it is not UTF-8")?)
    }

    fn of(cells: &[&str]) -> Result<Heading, String> {
        let name = |text: &str| text.to_ascii_lowercase();
        let times = |column: &str| cells.iter().filter(|text| name(text) == column).count();
        if let Some(twice) = COLUMNS.iter().find(|column| times(column) > 1) {
            return Err(format!(
                "the heading line names `{twice}` {} times: give each column a name of its own",
                times(twice)
            ));
        }
        let columns = COLUMNS.map(|column| cells.iter().position(|text| name(text) == column));
        match columns[CUSTOMER] {
            Some(_) if columns[AT].or(columns[POSITION]).is_none() => {
                Err("the heading line names neither `at` nor `position`: one of them says when each contact was"
                    .to_owned())
            }
            Some(_) => Ok(Heading { columns, count: cells.len() }),
            None if cells.len() == 1 && cells[0].contains([';', '\t']) => {
                let found = if cells[0].contains(';') { "semicolons" } else { "tabs" };
                Err(format!("columns are divided by commas, and here by {found}: export it with commas"))
            }
            None => {
                Err("the heading line names no column `customer`; it is `customer,at,product,issue`, in any order, \
                         with `id`, `position` and `text` where you have them"
                    .to_owned())
            }
        }
    }

    /// True where a cell of this column may go on in the next line: text, and what is passed over.
    fn may_break(&self, column: usize) -> bool {
        column < self.count && !self.columns[..TEXT].contains(&Some(column))
    }

    /// True where the line by itself is a row of this table: all of its columns, with a customer and a time.
    fn is_row(&self, alone: &mut Record, line: &Line) -> bool {
        alone.begin(&line.bytes, line.number);
        if alone.has_beyond(self.count) || (alone.cells() < self.count && !alone.is_open()) {
            return false;
        }
        let Some(cells) = alone.texts() else { return false };
        let cell = |column: usize| self.columns[column].and_then(|at| cells.get(at));
        cell(CUSTOMER).is_some_and(|text| !text.is_empty()) && cell(AT).is_some_and(|text| time(text).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    /// The lines of the rows that are read, and what the others are told.
    fn read(text: &str) -> Vec<(u64, Result<String, String>)> {
        let mut table = Table::new(text.as_bytes());
        let told = |text: Option<serde_json::Value>| {
            text.map(|t| t.as_str().unwrap_or_default().to_owned()).unwrap_or_default()
        };
        std::iter::from_fn(move || table.row())
            .map(|(line, row)| (line, row.map(|row| format!("{}|{}", told(row.customer), told(row.text)))))
            .collect()
    }

    fn fine(line: u64, row: &str) -> (u64, Result<String, String>) {
        (line, Ok(row.to_owned()))
    }

    fn open(line: u64, opened: u64) -> (u64, Result<String, String>) {
        (line, Err(format!("a quote opened in line {opened} is not closed")))
    }

    #[test]
    fn a_text_may_span_lines() {
        let text = "customer,at,note,text\r\nA,2026-01-01,\"x\r\ny\",\"one, \"\"two\"\"\r\n\r\nthree\"\r\n\r\nB,2026-01-02,,\r\n";
        assert_eq!(read(text), [fine(2, "A|one, \"two\"\n\nthree"), fine(7, "B|")]);
        let old = "\u{feff}\"Customer\",at,text\rA,2026-01-01,x\rB,2026-01-01,\"y\rz\"\r";
        assert_eq!(read(old), [fine(2, "A|x"), fine(3, "B|y\nz")]);
    }

    #[test]
    fn a_slip_within_a_line_is_read_as_spreadsheets_do() {
        let text = "customer,at,text\nA,2026-01-01,6\" pots\nB,2026-01-01,\"six\" inches\nC\n";
        assert_eq!(read(text), [fine(2, "A|6\" pots"), fine(3, "B|six inches"), fine(4, "C|")]);
    }

    #[test]
    fn an_open_quote_swallows_nothing() {
        let issue = "customer,at,issue,text\nA,2026-01-01,\"drooping\nB,2026-01-01,x,\nC,2026-01-01,\"y\",\"z\"\n";
        assert_eq!(read(issue), [open(2, 2), fine(3, "B|"), fine(4, "C|z")]);
        let customer = "customer,at\n\"A,2026-01-01\nB,2026-01-01\n";
        assert_eq!(read(customer), [open(2, 2), fine(3, "B|")]);
        // In a text, a row below it tells; with positions alone, the quote of another row, or the end.
        let text = "customer,at,text\nA,2026-01-01,\"it droops\nB,2026-01-01,\nC,2026-01-01,\"z\"\n";
        assert_eq!(read(text), [open(2, 2), fine(3, "B|"), fine(4, "C|z")]);
        let both = "customer,at,text\nA,2026-01-01,\"it droops\nB,2026-01-01,\"two\nlines\"\n";
        assert_eq!(read(both), [open(2, 2), fine(3, "B|two\nlines")]);
        let torn = "customer,position,text\nA,1,\"it droops\nB,1,\nC,1,\"z\"\n";
        assert_eq!(read(torn), [open(2, 2), fine(3, "B|"), fine(4, "C|z")]);
        let many = "customer,position,text\nA,1,\"it droops\nB,1,\",z\"\n";
        assert_eq!(read(many), [open(2, 2), fine(3, "B|,z")]);
        let end = "customer,position,text\nA,1,\"it droops\nB,1,\nC,1,z";
        assert_eq!(read(end), [open(2, 2), fine(3, "B|"), fine(4, "C|z")]);
    }

    #[test]
    fn no_more_is_held_than_a_text_can_have() {
        let rows = 3 * super::MOST_LINES;
        let text = "customer,position,text\nA,1,\"it droops\n".to_owned() + &"B,1,x\n".repeat(rows);
        let read = read(&text);
        assert_eq!((read.len(), &read[0], &read[1]), (rows + 1, &open(2, 2), &fine(3, "B|x")));
        let long = format!("customer,position,text\nA,1,{}\nB,1,x\n", "y".repeat(super::LONGEST_LINE));
        assert!(super::Table::new(long.as_bytes()).row().is_some_and(|(line, row)| line == 2 && row.is_err()));
    }

    #[test]
    fn an_empty_file_is_called_empty() {
        for empty in ["", "\n", "  \r\n\n", "\u{feff}"] {
            let told = read(empty);
            let [(1, Err(why))] = told.as_slice() else { panic!("{empty:?}: {told:?}") };
            assert!(why.starts_with("the file is empty"), "{empty:?}: {why}");
        }
        assert!(
            matches!(read("\"customer,at\nA,2026-01-01\n").as_slice(), [(1, Err(why))] if why.contains("line 1 is not closed"))
        );
    }
}
