//! A tip as the index stores it: everything that was resolved, and the file's text, which most of it is cut from.

use super::IndexError;
use crate::tip::{After, Audience, IssueId, Kind, Mood, Review, SectionId, Stage, Theme, Tip, TipId, Wire};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Text that is a piece of the file, by its first byte and length, or stands for itself.
#[derive(Serialize, Deserialize)]
enum Piece<'a> {
    At(u32, u32),
    Own(&'a str),
}

#[derive(Serialize, Deserialize)]
enum ReviewRow {
    On(i32),
    Every(u32, u32),
}

#[derive(Serialize, Deserialize)]
struct TipRow<'a> {
    id: &'a str,
    file: &'a str,
    #[serde(borrow)]
    aliases: Vec<&'a str>,
    #[serde(borrow)]
    question: Piece<'a>,
    #[serde(borrow)]
    say: Piece<'a>,
    #[serde(borrow)]
    detail: Piece<'a>,
    section: &'a str,
    #[serde(borrow)]
    products: Vec<&'a str>,
    #[serde(borrow)]
    when: Vec<&'a str>,
    #[serde(borrow)]
    prevents: Option<&'a str>,
    #[serde(borrow)]
    after: Option<(f32, f32, &'a str)>,
    expected: f32,
    expected_given: bool,
    #[serde(borrow)]
    wire: Vec<(&'a str, Option<&'a str>)>,
    #[serde(borrow)]
    asks: Vec<&'a str>,
    #[serde(borrow)]
    says: Vec<&'a str>,
    kind: &'a str,
    #[serde(borrow)]
    theme: Option<&'a str>,
    #[serde(borrow)]
    stages: Vec<&'a str>,
    #[serde(borrow)]
    moods: Vec<&'a str>,
    #[serde(borrow)]
    occasions: Vec<&'a str>,
    audience: &'a str,
    #[serde(borrow)]
    owner: Option<&'a str>,
    review: Option<ReviewRow>,
    verified: Option<i32>,
    promise: bool,
    again: bool,
    lot: bool,
    draft: bool,
    lang: &'a str,
    #[serde(borrow)]
    tags: Vec<&'a str>,
    /// JSON; empty where there is nothing.
    extra: &'a str,
}

/// Row of one file: a tip's, or a section file's with nothing but its text.
#[derive(Serialize, Deserialize)]
struct FileRow<'a> {
    #[serde(borrow)]
    tip: Option<TipRow<'a>>,
    source: &'a str,
}

fn piece<'a>(source: &str, text: &'a str) -> Piece<'a> {
    match source.find(text) {
        Some(at) if text.len() > 8 => Piece::At(at as u32, text.len() as u32),
        _ => Piece::Own(text),
    }
}

fn cut(source: &str, piece: &Piece<'_>) -> Result<String, IndexError> {
    match piece {
        Piece::At(at, len) => {
            let range = *at as usize..(*at as usize).saturating_add(*len as usize);
            source.get(range).map(str::to_owned).ok_or_else(|| IndexError::Read("a row points beyond its file".into()))
        }
        Piece::Own(text) => Ok((*text).to_owned()),
    }
}

fn borrowed<T: AsRef<str>>(all: &[T]) -> Vec<&str> {
    all.iter().map(AsRef::as_ref).collect()
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|t| name(*t)).collect()
}

/// The row of a section file.
pub(super) fn of_section(source: &str) -> Vec<u8> {
    encode(&FileRow { tip: None, source })
}

/// The row of a tip's file.
pub(super) fn of_tip(tip: &Tip, source: &str) -> Vec<u8> {
    let extra =
        if tip.extra.is_empty() { String::new() } else { serde_json::to_string(&tip.extra).unwrap_or_default() };
    let row = TipRow {
        id: tip.id.as_str(),
        file: &tip.file,
        aliases: borrowed(&tip.aliases),
        question: piece(source, &tip.question),
        say: piece(source, &tip.say),
        detail: piece(source, &tip.detail),
        section: tip.section.as_str(),
        products: borrowed(&tip.products),
        when: borrowed(&tip.when),
        prevents: tip.prevents.as_ref().map(IssueId::as_str),
        after: tip.after.as_ref().map(|a| (a.min_days, a.max_days, a.text.as_str())),
        expected: tip.expected,
        expected_given: tip.expected_given,
        wire: tip.wire.iter().map(|w| (w.label.as_str(), w.url.as_deref())).collect(),
        asks: borrowed(&tip.asks),
        says: borrowed(&tip.says),
        kind: tip.kind.as_str(),
        theme: tip.theme.map(Theme::as_str),
        stages: names(&tip.stages, Stage::as_str),
        moods: names(&tip.moods, Mood::as_str),
        occasions: borrowed(&tip.occasions),
        audience: tip.audience.as_str(),
        owner: tip.owner.as_deref(),
        review: tip.review.map(|r| match r {
            Review::On(day) => ReviewRow::On(day.num_days_from_ce()),
            Review::Every { months, days } => ReviewRow::Every(months, days),
        }),
        verified: tip.verified.map(|d| d.num_days_from_ce()),
        promise: tip.promise,
        again: tip.again,
        lot: tip.lot,
        draft: tip.draft,
        lang: tip.lang.as_str(),
        tags: borrowed(&tip.tags),
        extra: &extra,
    };
    encode(&FileRow { tip: Some(row), source })
}

fn encode(row: &FileRow<'_>) -> Vec<u8> {
    postcard::to_stdvec(row).expect("a row of plain text and numbers always encodes")
}

/// The tip of a row and its file's text; no tip where the file is a section's.
pub(super) fn read(bytes: &[u8]) -> Result<(Option<Tip>, &str), IndexError> {
    let row: FileRow<'_> =
        postcard::from_bytes(bytes).map_err(|e| IndexError::Read(format!("a row does not decode: {e}")))?;
    let source = row.source;
    Ok((row.tip.map(|tip| tip_of(tip, source)).transpose()?, source))
}

fn word<T>(from_text: fn(&str) -> Option<T>, text: &str) -> Result<T, IndexError> {
    from_text(text).ok_or_else(|| IndexError::Read(format!("a row has the unknown word {text:?}")))
}

fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days)
}

fn tip_of(row: TipRow<'_>, source: &str) -> Result<Tip, IndexError> {
    let strings = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<Vec<String>>();
    Ok(Tip {
        id: TipId::new(row.id),
        file: row.file.to_owned(),
        aliases: row.aliases.iter().map(TipId::new).collect(),
        question: cut(source, &row.question)?,
        say: cut(source, &row.say)?,
        detail: cut(source, &row.detail)?,
        section: SectionId::new(row.section),
        products: row.products.iter().map(SectionId::new).collect(),
        when: row.when.iter().map(IssueId::new).collect(),
        prevents: row.prevents.map(IssueId::new),
        after: row.after.map(|(min_days, max_days, text)| After { min_days, max_days, text: text.to_owned() }),
        expected: row.expected,
        expected_given: row.expected_given,
        wire: row
            .wire
            .into_iter()
            .map(|(label, url)| Wire { label: label.to_owned(), url: url.map(str::to_owned) })
            .collect(),
        asks: strings(row.asks),
        says: strings(row.says),
        kind: word(Kind::from_text, row.kind)?,
        theme: row.theme.map(|t| word(Theme::from_text, t)).transpose()?,
        stages: row.stages.iter().map(|s| word(Stage::from_text, s)).collect::<Result<_, _>>()?,
        moods: row.moods.iter().map(|m| word(Mood::from_text, m)).collect::<Result<_, _>>()?,
        occasions: strings(row.occasions),
        audience: word(Audience::from_text, row.audience)?,
        owner: row.owner.map(str::to_owned),
        review: row.review.and_then(|r| match r {
            ReviewRow::On(days) => day(days).map(Review::On),
            ReviewRow::Every(months, days) => Some(Review::Every { months, days }),
        }),
        verified: row.verified.and_then(day),
        promise: row.promise,
        again: row.again,
        lot: row.lot,
        draft: row.draft,
        lang: row.lang.to_owned(),
        tags: strings(row.tags),
        extra: if row.extra.is_empty() {
            Default::default()
        } else {
            serde_json::from_str(row.extra).unwrap_or_default()
        },
    })
}
