//! `evaluate`: what the engine makes of questions with known answers, as a small table or as JSON.

use super::args::EvaluateArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::opening::Progress;
use super::terminal::{calm, calm_line, note};
use crate::app::{Case, Expect, ExpectedSilence, Measures, Missed};
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
    product: OneOrMore,
    #[serde(default)]
    issues: OneOrMore,
    #[serde(default)]
    customer: Option<String>,
    expect: Expected,
}

/// A text or a list of them, as where one asks for a tip.
#[derive(Default, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    #[default]
    None,
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(self) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::One(one) => vec![one],
            Self::More(all) => all,
        }
    }
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
    let (read, bad) = read(&asked.cases)?;
    let (lines, cases): (Vec<usize>, Vec<Case>) = read.into_iter().unzip();
    if cases.is_empty() {
        return Err(Failure::Said(format!("{}: there is no case in it", asked.cases.display())));
    }
    let app = desk.open()?;
    for (line, case) in lines.iter().zip(&cases) {
        for said in app.not_there(&case.expect) {
            note(&calm(&format!("{}:{line}: {said}", asked.cases.display())));
        }
    }
    let progress = Progress::new("Asking");
    let evaluated = app.evaluate(&cases, &|done, total| progress.tell(done, total));
    drop(progress);
    let (measures, rows) = (&evaluated.measures, rows(&evaluated.measures));
    // Measures of a part must not pass for those of the whole.
    let ended = if bad > 0 { Ended::No } else { Ended::Done };
    if desk.json {
        let mut object = serde_json::Map::new();
        object.insert("cases".to_owned(), json!(measures.cases));
        object.extend(rows.into_iter().map(|(name, value)| (name.to_owned(), json!(value))));
        if asked.failed {
            object.insert("failed".to_owned(), evaluated.missed.iter().map(|m| failed(m, &lines)).collect());
        }
        desk.out.json(&Value::Object(object))?;
        return Ok(ended);
    }
    if asked.failed {
        for missed in &evaluated.missed {
            let text = cases.get(missed.case).map(|case| case.text.as_str()).unwrap_or_default();
            let line = lines.get(missed.case).copied().unwrap_or_default();
            let Missed { field, expected, came, .. } = missed;
            desk.out.line(calm_line(&format!("line {line}: {field} {expected} expected, {came} came: {text}")))?;
        }
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
    Ok(ended)
}

fn failed(missed: &Missed, lines: &[usize]) -> Value {
    json!({
        "line": lines.get(missed.case),
        "field": missed.field,
        "expected": missed.expected,
        "came": missed.came,
    })
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

/// The cases of a file, each with its line; and how many lines are none, which are told on stderr and left out.
fn read(path: &Path) -> Result<(Vec<(usize, Case)>, usize), Failure> {
    let text = text_of(path)?;
    let mut cases = Vec::new();
    let mut bad = 0;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match taken(line) {
            Ok(case) => cases.push((number + 1, case)),
            Err(said) => {
                bad += 1;
                if bad <= NAMED {
                    note(&calm(&format!("{}:{}: {said}", path.display(), number + 1)));
                }
            }
        }
    }
    if bad > 0 {
        note(&format!("{bad} of {} lines are not cases and were left out.", cases.len() + bad));
    }
    Ok((cases, bad))
}

/// What a line is as a case, or what is wrong with it.
fn taken(line: &str) -> Result<Case, String> {
    const SHAPE: &str =
        "a case is {\"text\": \"…\", \"expect\": {\"tip\": \"…\"}}, with issue, tip or silence under expect";
    let value: Value = serde_json::from_str(line).map_err(|_| format!("this is not JSON: {SHAPE}"))?;
    let expect = value.get("expect").and_then(Value::as_object).ok_or_else(|| format!("no expect: {SHAPE}"))?;
    if let Some(key) = expect.keys().find(|key| !["issue", "tip", "silence"].contains(&key.as_str())) {
        return Err(format!("expect does not know {key}: {SHAPE}"));
    }
    let asks = ["text", "product", "issues"].iter().any(|key| value.get(key).is_some());
    if !asks {
        return Err(format!("it asks nothing; text, product and issues are what it can ask: {SHAPE}"));
    }
    let line: Line = serde_json::from_value(value).map_err(|_| format!("a value is of another kind: {SHAPE}"))?;
    Ok(case(line))
}

fn case(line: Line) -> Case {
    let silence = match line.expect.silence {
        // An empty code names no reason.
        Some(Value::String(code)) if code.is_empty() => Some(ExpectedSilence::Any),
        Some(Value::String(code)) => Some(ExpectedSilence::Code(code)),
        Some(Value::Bool(true)) => Some(ExpectedSilence::Any),
        _ => None,
    };
    Case {
        text: line.text.unwrap_or_default(),
        products: line.product.all(),
        issues: line.issues.all(),
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
