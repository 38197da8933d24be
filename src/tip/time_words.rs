//! Lengths of time and days as editors write them: `2-5 days`, `1 week`, `6 months`, `2026-11-12`.

use super::{After, Review};
use chrono::{Datelike, NaiveDate};

/// Days in a year and a month of the Gregorian calendar, on average.
const YEAR_DAYS: f32 = 365.2425;
const MONTH_DAYS: f32 = YEAR_DAYS / 12.0;

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn of(word: &str) -> Option<Unit> {
        Some(match word {
            "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
            "h" | "hour" | "hours" => Unit::Hour,
            "d" | "day" | "days" => Unit::Day,
            "w" | "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "y" | "year" | "years" => Unit::Year,
            _ => return None,
        })
    }

    fn days(self) -> f32 {
        match self {
            Unit::Minute => 1.0 / 1440.0,
            Unit::Hour => 1.0 / 24.0,
            Unit::Day => 1.0,
            Unit::Week => 7.0,
            Unit::Month => MONTH_DAYS,
            Unit::Year => YEAR_DAYS,
        }
    }
}

impl After {
    /// Reads `3 days`, `2-5 days`, `a week`, `3 hours`; none for what is no length of time.
    pub fn parse(text: &str) -> Option<After> {
        after(text)
    }
}

/// The longest time after which anybody comes back: a hundred years, which is longer than a customer lives. Calendars
/// have days for whatever is promised within it.
const LONGEST_DAYS: f32 = 100.0 * YEAR_DAYS;

/// Reads `3 days`, `2-5 days`, `2 to 5 days`, `1 week`, `a month`, `3 hours`. None for anything else, for more than a
/// hundred years, and for a range that runs backwards.
pub(super) fn after(text: &str) -> Option<After> {
    let (low, high, unit) = amounts(text)?;
    let after = After { min_days: low * unit.days(), max_days: high * unit.days(), text: text.trim().to_owned() };
    (low <= high && after.max_days <= LONGEST_DAYS).then_some(after)
}

/// Reads a day, or an interval such as `6 months`, `every 2 weeks`, `1 year`.
pub(super) fn review(text: &str) -> Option<Review> {
    if let Some(day) = day(text) {
        return Some(Review::On(day));
    }
    let text = text.trim();
    let text = text.strip_prefix("every ").unwrap_or(text);
    let (low, high, unit) = amounts(text)?;
    let whole = low == high && low.fract() == 0.0 && (1.0..=1000.0).contains(&low);
    let count = low as u32;
    match unit {
        _ if !whole => None,
        Unit::Day => Some(Review::Every { months: 0, days: count }),
        Unit::Week => Some(Review::Every { months: 0, days: 7 * count }),
        Unit::Month => Some(Review::Every { months: count, days: 0 }),
        Unit::Year => Some(Review::Every { months: 12 * count, days: 0 }),
        Unit::Minute | Unit::Hour => None,
    }
}

/// Lowest and highest number, and their unit.
fn amounts(text: &str) -> Option<(f32, f32, Unit)> {
    let text = text.trim().to_lowercase().replace(['–', '—', '‒'], "-");
    let text = text.strip_prefix("about ").unwrap_or(&text);
    let split = text.rfind(|c: char| !c.is_alphabetic())? + 1;
    let split = text.ceil_char_boundary(split);
    let (numbers, unit) = (text[..split].trim(), Unit::of(&text[split..])?);
    let (low, high) = match numbers.split_once('-').or_else(|| numbers.split_once(" to ")) {
        Some((low, high)) => (amount(low)?, amount(high)?),
        None => (amount(numbers)?, amount(numbers)?),
    };
    Some((low, high, unit))
}

fn amount(text: &str) -> Option<f32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let text = text.trim();
    if text == "a" || text == "an" {
        return Some(1.0);
    }
    if let Some(at) = WORDS.iter().position(|word| *word == text) {
        return Some(at as f32 + 1.0);
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.len() <= 6;
    text.parse().ok().filter(|_| plain)
}

/// Reads `2026-11-12`, also with a time behind it as some editors write.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) || date.bytes().any(|b| b == b'+') {
        return None;
    }
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().filter(|day| (1900..=9999).contains(&day.year()))
}

/// The day that is meant where only its form is wrong: `2026/11/12`, `2026.11.12`, `2026-1-5`.
pub(super) fn misspelt_day(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', '/', '.']);
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(last, 2) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?)?;
    Some(day.format("%Y-%m-%d").to_string())
}
