//! Rows of contacts as they are typed: CSV, JSON lines, or JSON. A row that cannot be read is refused with its line and
//! reason, and the next one is read.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use std::collections::VecDeque;
use std::io::{BufRead, Read};

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

/// A contact as reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    pub id: Option<String>,
    pub customer: String,
    pub at: Option<DateTime<Utc>>,
    pub position: Option<i64>,
    pub product: Option<String>,
    pub issue: Option<String>,
    pub text: Option<String>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// From 1; of an array, the place in it.
    pub line: u64,
    pub detail: String,
}

/// The longest line that is read: a long text of a contact has some 20,000 characters.
const LONGEST_LINE: u64 = 1024 * 1024;

/// Columns that are read; others are passed over, since exports have many.
const COLUMNS: [&str; 8] = ["contact_id", "id", "customer", "at", "position", "product", "issue", "text"];

/// Reads rows one by one.
pub struct Rows<R: BufRead> {
    source: Source<R>,
}

enum Source<R: BufRead> {
    Csv { reader: Box<csv::Reader<R>>, columns: Result<[Option<usize>; 8], String>, row: csv::StringRecord },
    Lines { input: R, line: u64, bytes: u64 },
    Json { rows: VecDeque<Result<Reported, String>>, line: u64, bytes: u64 },
}

impl<R: BufRead> Rows<R> {
    pub fn new(mut input: R, form: Form) -> Self {
        let source = match form {
            Form::Csv => {
                let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(input);
                let columns = match reader.headers() {
                    Ok(heading) => columns(heading),
                    Err(error) => Err(format!("the heading line cannot be read: {error}")),
                };
                Source::Csv { reader: Box::new(reader), columns, row: csv::StringRecord::new() }
            }
            Form::Lines => Source::Lines { input, line: 0, bytes: 0 },
            Form::Json => {
                let mut text = Vec::new();
                let read = input.read_to_end(&mut text).map_err(|error| error.to_string());
                let bytes = text.len() as u64;
                Source::Json { rows: read.map_or_else(|e| VecDeque::from([Err(e)]), |_| json(&text)), line: 0, bytes }
            }
        };
        Self { source }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        match &self.source {
            Source::Csv { reader, .. } => reader.position().byte(),
            Source::Lines { bytes, .. } | Source::Json { bytes, .. } => *bytes,
        }
    }

    fn row(&mut self) -> Option<(u64, Result<Reported, String>)> {
        match &mut self.source {
            Source::Csv { reader, columns, row } => csv_row(reader, columns, row),
            Source::Lines { input, line, bytes } => lines_row(input, line, bytes),
            Source::Json { rows, line, .. } => {
                *line += 1;
                rows.pop_front().map(|row| (*line, row))
            }
        }
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = (u64, Result<Reported, String>);

    fn next(&mut self) -> Option<Self::Item> {
        self.row()
    }
}

/// Where the known columns stand.
fn columns(heading: &csv::StringRecord) -> Result<[Option<usize>; 8], String> {
    let name = |text: &str| text.trim_start_matches('\u{feff}').trim().to_ascii_lowercase();
    let columns = COLUMNS.map(|column| heading.iter().position(|text| name(text) == column));
    match columns[2] {
        Some(_) => Ok(columns),
        None => Err("the heading line names no column `customer`; it is `customer,at,product,issue`, in any order, \
                     with `id`, `position` and `text` where you have them"
            .to_owned()),
    }
}

fn csv_row<R: BufRead>(
    reader: &mut csv::Reader<R>,
    columns: &mut Result<[Option<usize>; 8], String>,
    row: &mut csv::StringRecord,
) -> Option<(u64, Result<Reported, String>)> {
    let known = match columns {
        Ok(known) => *known,
        // Told once; without a heading no row can be read.
        Err(why) if !why.is_empty() => return Some((1, Err(std::mem::take(why)))),
        Err(_) => return None,
    };
    let line = reader.position().line();
    match reader.read_record(row) {
        Ok(false) => None,
        Ok(true) => {
            let line = row.position().map_or(line, csv::Position::line);
            let field = |n: usize| known[n].and_then(|at| row.get(at)).filter(|text| !text.is_empty());
            let typed = Typed {
                contact_id: field(0).map(str::to_owned),
                id: field(1).map(str::to_owned),
                customer: field(2).map(str::to_owned),
                at: field(3).map(str::to_owned),
                position: field(4).map(|text| Number::Text(text.to_owned())),
                product: field(5).map(str::to_owned),
                issue: field(6).map(str::to_owned),
                text: field(7).map(str::to_owned),
            };
            Some((line, typed.meant()))
        }
        Err(error) => Some((line, Err(format!("this line cannot be read: {error}")))),
    }
}

fn lines_row<R: BufRead>(input: &mut R, line: &mut u64, bytes: &mut u64) -> Option<(u64, Result<Reported, String>)> {
    loop {
        let mut text = Vec::new();
        let read = match input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut text) {
            Ok(0) => return None,
            Ok(read) => read,
            Err(error) => return Some((*line + 1, Err(format!("reading stopped here: {error}")))),
        };
        *bytes += read as u64;
        *line += 1;
        if read as u64 == LONGEST_LINE && text.last() != Some(&b'\n') {
            // The rest of a line that is too long is passed over.
            while let Ok(more) = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut Vec::new()) {
                *bytes += more as u64;
                if (more as u64) < LONGEST_LINE {
                    break;
                }
            }
            return Some((*line, Err(format!("this line is longer than {LONGEST_LINE} bytes"))));
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        let row = serde_json::from_slice::<Typed>(&text).map_err(|error| json_fault(&error));
        return Some((*line, row.and_then(Typed::meant)));
    }
}

fn json(text: &[u8]) -> VecDeque<Result<Reported, String>> {
    let whole: Result<serde_json::Value, _> = serde_json::from_slice(text);
    let rows = match whole {
        Ok(serde_json::Value::Array(rows)) => rows,
        Ok(one) => vec![one],
        Err(error) => return VecDeque::from([Err(json_fault(&error))]),
    };
    let row = |value| serde_json::from_value::<Typed>(value).map_err(|e| json_fault(&e)).and_then(Typed::meant);
    rows.into_iter().map(row).collect()
}

fn json_fault(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The place within a line says nothing to those who see the line's number beside it.
    text.rsplit_once(" at line ").map_or(text.clone(), |(what, _)| what.to_owned())
}

/// A row as it is typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    contact_id: Option<String>,
    id: Option<String>,
    customer: Option<String>,
    at: Option<String>,
    position: Option<Number>,
    product: Option<String>,
    issue: Option<String>,
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    Text(String),
}

impl Typed {
    fn meant(self) -> Result<Reported, String> {
        let customer = self.customer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let customer = customer.ok_or("`customer` is empty: it says who got in touch, in your own numbering")?;
        let position = match self.position {
            None => None,
            Some(Number::Whole(number)) => Some(number),
            Some(Number::Text(text)) => {
                let number = text.trim().parse();
                Some(number.map_err(|_| format!("`position` is a whole number, not {:?}", shown(&text)))?)
            }
        };
        let at = self.at.as_deref().map(time).transpose()?;
        if at.is_none() && position.is_none() {
            return Err("neither `at` nor `position` is there: one of them says when it was".to_owned());
        }
        let id = self.id.or(self.contact_id);
        Ok(Reported { id, customer, at, position, product: self.product, issue: self.issue, text: self.text })
    }
}

fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let text = text.trim();
    // A day is its beginning.
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0).map(|time| time.and_utc());
    moment(text)
        .or_else(day)
        .ok_or_else(|| format!("`at` is a time such as 2026-11-12T09:30:00Z, not {:?}", shown(text)))
}

/// A time as in RFC 3339, or the same without a zone, which is taken for UTC.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).map(|time| time.and_utc())
}

/// As much of what was typed as a person needs to recognise it.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
