//! One contact as it is typed, in whichever form, and what it reports.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

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

/// A row as it is typed. What a field holds is looked at one by one, so that the one at fault is named.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object such as {\"customer\": \"C-1042\", \"at\": \"2026-01-31\"}")]
pub(super) struct Typed {
    pub contact_id: Option<Value>,
    pub id: Option<Value>,
    pub customer: Option<Value>,
    pub at: Option<Value>,
    pub position: Option<Value>,
    pub product: Option<Value>,
    pub issue: Option<Value>,
    pub text: Option<Value>,
}

/// The fields of a row, in the order in which they are told.
pub(super) const FIELDS: [&str; 8] = ["id", "contact_id", "customer", "at", "position", "product", "issue", "text"];

impl Typed {
    /// What it reports, where it can be understood.
    pub fn meant(self) -> Result<Reported, String> {
        let (id, contact_id) = (named("id", self.id)?, named("contact_id", self.contact_id)?);
        let customer = named("customer", self.customer)?;
        let (product, issue) = (said("product", self.product)?, said("issue", self.issue)?);
        let text = said("text", self.text)?;
        let one_line = [("id", &id), ("contact_id", &contact_id), ("customer", &customer)];
        for (name, text) in one_line.into_iter().chain([("product", &product), ("issue", &issue)]) {
            if text.as_ref().is_some_and(|text| text.trim().contains(['\n', '\r'])) {
                return Err(format!("`{name}` has a line break; only `text` may have some"));
            }
        }
        for (name, text) in one_line.into_iter().chain([("product", &product), ("issue", &issue), ("text", &text)]) {
            if text.as_ref().is_some_and(|text| text.contains('\0')) {
                return Err(format!("`{name}` has the character U+0000, which stands in no text"));
            }
        }
        let customer = filled(customer)
            .ok_or("`customer` is missing or empty: it says who got in touch, in your own numbering")?;
        let position = self.position.map(|value| whole(&value)).transpose()?;
        let at = match self.at {
            None => None,
            Some(Value::String(text)) => Some(time(&text)?),
            Some(other) => Some(time(&other.to_string())?),
        };
        if at.is_none() && position.is_none() {
            return Err("neither `at` nor `position` is there: one of them says when it was".to_owned());
        }
        let (product, issue, text) = (filled(product), filled(issue), filled(text));
        Ok(Reported { id: filled(id).or(filled(contact_id)), customer, at, position, product, issue, text })
    }
}

/// What is somebody's own numbering: where it is a number, its digits.
fn named(field: &str, value: Option<Value>) -> Result<Option<String>, String> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(Some(number.to_string())),
        Some(other) => Err(format!("`{field}` is a text or a whole number, not {:?}", shown(&other.to_string()))),
    }
}

fn said(field: &str, value: Option<Value>) -> Result<Option<String>, String> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("`{field}` is a text, not {:?}", shown(&other.to_string()))),
    }
}

fn whole(position: &Value) -> Result<i64, String> {
    let wrong = |typed: &str| format!("`position` is a whole number, not {:?}", shown(typed));
    match position {
        Value::String(text) => text.trim().parse().map_err(|_| wrong(text)),
        other => other.as_i64().ok_or_else(|| wrong(&other.to_string())),
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

pub(super) fn time(text: &str) -> Result<DateTime<Utc>, String> {
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
