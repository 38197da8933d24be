//! Rows of contacts as they are typed: CSV, JSON lines, or JSON. A row that cannot be read is refused with its line and
//! reason, and the next one is read.

use super::array::{Array, Misread};
use super::lines::{Lines, TOO_LONG};
use super::table::Table;
use super::typed::{FIELDS, Reported, Typed};
use std::io::BufRead;

/// How contacts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With a heading line that names the columns.
    Csv,
    /// One object a line.
    Lines,
    /// One object, or an array of them.
    Json,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// From 1; of an array, the place in it.
    pub line: u64,
    pub detail: String,
}

impl Refused {
    /// The field that is at fault, where one is: what is said of it begins with its name.
    pub fn field(&self) -> Option<&str> {
        self.detail.strip_prefix('`')?.split('`').next()
    }
}

/// Reads rows one by one.
pub struct Rows<R: BufRead> {
    source: Source<R>,
}

enum Source<R: BufRead> {
    Csv(Box<Table<R>>),
    Lines(Lines<R>),
    Json {
        rows: Array,
        place: u64,
    },
    /// What keeps all of it from being read, until it is told, and the bytes read.
    Unread(Option<String>, u64),
}

impl<R: BufRead> Rows<R> {
    pub fn new(mut input: R, form: Form) -> Self {
        let source = match form {
            Form::Csv => Source::Csv(Box::new(Table::new(input))),
            Form::Lines => Source::Lines(Lines::new(input)),
            Form::Json => {
                let mut text = Vec::new();
                let read = input.read_to_end(&mut text).map_err(|error| error.to_string());
                let bytes = text.len() as u64;
                match read.and_then(|_| Array::new(text).map_err(|wrong| misread(&wrong))) {
                    Ok(rows) => Source::Json { rows, place: 0 },
                    Err(why) => Source::Unread(Some(why), bytes),
                }
            }
        };
        Self { source }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        match &self.source {
            Source::Csv(table) => table.bytes(),
            Source::Lines(lines) => lines.bytes(),
            Source::Json { rows, .. } => rows.bytes(),
            Source::Unread(_, bytes) => *bytes,
        }
    }

    fn row(&mut self) -> Option<(u64, Result<Reported, String>)> {
        match &mut self.source {
            Source::Csv(table) => table.row().map(|(line, row)| (line, row.and_then(Typed::meant))),
            Source::Lines(lines) => lines_row(lines),
            Source::Json { rows, place } => {
                *place += 1;
                let row = rows.row::<Typed>()?;
                Some((*place, row.map_err(|wrong| misread(&wrong)).and_then(Typed::meant)))
            }
            Source::Unread(why, _) => why.take().map(|why| (1, Err(why))),
        }
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = (u64, Result<Reported, String>);

    fn next(&mut self) -> Option<Self::Item> {
        self.row()
    }
}

fn lines_row<R: BufRead>(lines: &mut Lines<R>) -> Option<(u64, Result<Reported, String>)> {
    let Some(line) = lines.next_filled() else {
        let why = lines.failure()?;
        return Some((lines.number() + 1, Err(why)));
    };
    if line.cut {
        return Some((line.number, Err(TOO_LONG.to_owned())));
    }
    let place = |error: &serde_json::Error| format!("column {}", error.column());
    let row = serde_json::from_slice::<Typed>(&line.bytes).map_err(|error| fault(&error, &place(&error)));
    Some((line.number, row.and_then(Typed::meant)))
}

fn misread(wrong: &Misread) -> String {
    fault(&wrong.error, &format!("line {}, column {}", wrong.line, wrong.column))
}

/// What keeps a text from being a contact, and where.
fn fault(error: &serde_json::Error, place: &str) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    if let Some((unknown, _)) = what.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')) {
        let known = FIELDS.map(|field| format!("`{field}`")).join(", ");
        return format!("`{unknown}` is no field of a contact; known are {known}");
    }
    if error.is_data() {
        return what.to_owned();
    }
    format!("this is not JSON ({what} in {place}): write an object such as {EXAMPLE}")
}

const EXAMPLE: &str = r#"{"customer": "C-1042", "at": "2026-01-31", "issue": "drooping"}"#;
