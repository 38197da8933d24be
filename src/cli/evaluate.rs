//! `evaluate`: what the engine makes of questions with known answers, as a small table or as JSON.

use super::args::EvaluateArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::opening::Progress;
use super::terminal::{calm, note};
use crate::app::{Case, Expect, Measures};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;

/// At most this many bad lines are named one by one; a file of another format has thousands.
const NAMED: usize = 10;

/// A line as typed; keys that are not known are passed over, so that case files may carry notes.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    product: Option<String>,
    #[serde(default)]
    issues: Vec<String>,
    #[serde(default)]
    customer: Option<String>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    issue: Option<String>,
    #[serde(default)]
    tip: Option<String>,
    /// A silence code; `true` stands for silence with any reason.
    #[serde(default)]
    silence: Option<Value>,
}

pub(super) fn run(desk: &Desk, asked: &EvaluateArgs) -> Run {
    let cases = read(&asked.cases)?;
    if cases.is_empty() {
        return Err(Failure::Said(format!("{}: there is no case in it", asked.cases.display())));
    }
    let app = desk.open()?;
    let progress = Progress::new("Asking");
    let measures = app.evaluate(&cases, &|done, total| progress.tell(done, total));
    drop(progress);
    let rows = rows(&measures);
    if desk.json {
        let mut object = serde_json::Map::new();
        object.insert("cases".to_owned(), json!(measures.cases));
        object.extend(rows.into_iter().map(|(name, value)| (name.to_owned(), json!(value))));
        desk.out.json(&Value::Object(object))?;
        return Ok(Ended::Done);
    }
    desk.out.line(format!("{:<18} {:>9}", "cases", measures.cases))?;
    for (name, value) in rows {
        let shown = match value {
            Some(time) if name.ends_with("_us") => format!("{time:.0}"),
            Some(share) => format!("{share:.4}"),
            None => "–".to_owned(),
        };
        desk.out.line(format!("{name:<18} {shown:>9}"))?;
    }
    Ok(Ended::Done)
}

fn rows(m: &Measures) -> [(&'static str, Option<f64>); 11] {
    [
        ("issue_top1", m.issue_top1),
        ("issue_top3", m.issue_top3),
        ("tip_top1", m.tip_top1),
        ("tip_top3", m.tip_top3),
        ("mrr", m.mrr),
        ("silence_precision", m.silence_precision),
        ("silence_recall", m.silence_recall),
        ("auroc", m.auroc),
        ("calibration_error", m.calibration_error),
        ("p50_us", m.p50_us),
        ("p99_us", m.p99_us),
    ]
}

/// The cases of a file; lines that are none are told on stderr and left out.
fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let text = text_of(path)?;
    let mut cases = Vec::new();
    let mut bad = 0;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Line>(line) {
            Ok(line) => cases.push(case(line)),
            Err(error) => {
                bad += 1;
                if bad <= NAMED {
                    note(&calm(&format!("{}:{}: {error}", path.display(), number + 1)));
                }
            }
        }
    }
    if bad > 0 {
        note(&format!("{bad} of {} lines are not cases and were left out.", cases.len() + bad));
    }
    Ok(cases)
}

fn case(line: Line) -> Case {
    let silence = match line.expect.silence {
        Some(Value::String(code)) => Some(code),
        Some(Value::Bool(true)) => Some(String::new()),
        _ => None,
    };
    Case {
        text: line.text.unwrap_or_default(),
        product: line.product,
        issues: line.issues,
        customer: line.customer,
        expect: Expect { issue: line.expect.issue, tip: line.expect.tip, silence },
    }
}

/// A file's text, or stdin's where the file is `-`; bytes that are not text are shown as such, not refused.
pub(super) fn text_of(path: &Path) -> Result<String, Failure> {
    let text = String::from_utf8_lossy(&bytes_of(path)?).into_owned();
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A file's bytes, or stdin's where the file is `-`.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path).map_err(|e| Failure::Said(format!("{}: {e}", path.display())))?;
    }
    Ok(bytes)
}
