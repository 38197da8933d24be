//! One balloon, line by line: what was said, how it stands, what it is about.

use super::desk::Desk;
use super::ended::Failure;
use super::numbers::time_for;
use super::terminal::{Ink, beside, calm};
use crate::ledger::{Balloon, BalloonState};
use chrono::{DateTime, Utc};

/// Wide enough for the longest label, "Floats away:", and two spaces.
pub(super) const COLUMN: usize = 14;

pub(super) fn print(desk: &Desk, balloon: &Balloon, floats_away: Option<DateTime<Utc>>) -> Result<(), Failure> {
    desk.out.line(beside("", "", 0, &balloon.said))?;
    let label =
        |label: &str, ink: Ink, text: &str| desk.out.line(beside(label, &desk.out.paint(ink, label), COLUMN, text));
    let age = Utc::now().timestamp_millis() - balloon.given_ms;
    label("Given:", Ink::Faint, &format!("{} ago{}", time_for(age), by(balloon)))?;
    let (ink, state) = match balloon.state {
        BalloonState::Waiting => (Ink::Warn, "waiting to be caught".to_owned()),
        BalloonState::Acknowledged => (Ink::Strong, format!("acknowledged{}", on(balloon.acknowledged_ms))),
        BalloonState::Adopted => (Ink::Good, format!("adopted{}", on(balloon.decided_ms))),
        BalloonState::Declined => (Ink::Strong, format!("declined{}", on(balloon.decided_ms))),
    };
    label("State:", ink, &state)?;
    if balloon.merged {
        label("Merged:", Ink::Strong, "into another one; this is what becomes of that")?;
    }
    if let Some(at) = floats_away {
        let (ink, word) = if at < Utc::now() { (Ink::Bad, "since") } else { (Ink::Faint, "on") };
        label("Floats away:", ink, &format!("{word} {}, unless somebody decides", at.format("%-d %b %Y, %H:%M UTC")))?;
    }
    if let Some(reason) = &balloon.reason {
        label("Because:", Ink::Strong, reason)?;
    }
    if let Some(tip) = &balloon.tip {
        label("Tip:", Ink::Strong, tip.as_str())?;
    }
    let about: Vec<&str> =
        balloon.product.iter().map(AsRef::as_ref).chain(balloon.issue.iter().map(AsRef::as_ref)).collect();
    if !about.is_empty() {
        label("About:", Ink::Faint, &about.join(", "))?;
    }
    desk.out.line(format!("{:<COLUMN$}{}", "Balloon:", desk.out.paint(Ink::Faint, &balloon.id)))
}

/// How many gave it; whoever they are, they are not told here.
fn by(balloon: &Balloon) -> String {
    match (balloon.givers.len(), &balloon.rose_from) {
        (0, Some(_)) => ", rose by itself".to_owned(),
        (givers, _) if givers > 1 => format!(", by {givers}"),
        _ => String::new(),
    }
}

fn on(ms: Option<i64>) -> String {
    let day = ms.and_then(DateTime::from_timestamp_millis).map(|day| format!(" on {}", day.format("%-d %b %Y")));
    calm(&day.unwrap_or_default())
}
