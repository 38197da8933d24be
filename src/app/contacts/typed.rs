//! One contact as it is typed, in whichever form, and what it reports.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;

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

/// A row as it is typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object such as {\"customer\": \"C-1042\", \"at\": \"2026-01-31\"}")]
pub(super) struct Typed {
    pub contact_id: Option<String>,
    pub id: Option<String>,
    pub customer: Option<String>,
    pub at: Option<String>,
    pub position: Option<Number>,
    pub product: Option<String>,
    pub issue: Option<String>,
    pub text: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Whole(i64),
    Text(String),
}

impl Typed {
    /// What it reports, where it can be understood.
    pub fn meant(self) -> Result<Reported, String> {
        let one_line = [("id", &self.id), ("contact_id", &self.contact_id), ("customer", &self.customer)];
        for (name, text) in one_line.into_iter().chain([("product", &self.product), ("issue", &self.issue)]) {
            if text.as_ref().is_some_and(|text| text.trim().contains(['\n', '\r'])) {
                return Err(format!("`{name}` has a line break; only `text` may have some"));
            }
        }
        let customer = filled(self.customer);
        let customer =
            customer.ok_or("`customer` is missing or empty: it says who got in touch, in your own numbering")?;
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
        let id = filled(self.id).or(filled(self.contact_id));
        let (product, issue, text) = (filled(self.product), filled(self.issue), filled(self.text));
        Ok(Reported { id, customer, at, position, product, issue, text })
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
