//! Asks a case of a library made for it, and says in full what was answered where that is not what was expected.

use super::read::{Case, CaseFile, Expect};
use chrono::{DateTime, Utc};
use std::fmt::Write;
use std::path::Path;
use stemwire::app::{App, Settings, Suggested};
use stemwire::engine::{Question, Suggestion};
use stemwire::tip::{Mood, Stage, TipId};

/// The day on which cases happen, unless they name another.
const TODAY: &str = "2026-11-22";

/// What does not hold in `files`, which share a library: one text a failing case. Only cases whose title holds
/// `wanted` are asked.
pub fn failures(files: &[&CaseFile], wanted: &str) -> Vec<String> {
    let asked = |file: &&CaseFile| file.cases.iter().any(|c| c.title.contains(wanted));
    let Some(first) = files.iter().copied().find(asked) else { return Vec::new() };
    let shared = Opened::new(first, &[]);
    let mut failed = Vec::new();
    for file in files {
        for case in file.cases.iter().filter(|c| c.title.contains(wanted)) {
            let own = (!case.library.is_empty()).then(|| Opened::new(file, &case.library));
            let answer = ask(&own.as_ref().unwrap_or(&shared).app, case);
            let wrong = compare(&case.expect, &answer);
            if !wrong.is_empty() {
                failed.push(report(file, case, &answer, &wrong));
            }
        }
    }
    failed
}

/// A library in a folder of its own, opened.
struct Opened {
    app: App,
    _folder: tempfile::TempDir,
}

impl Opened {
    fn new(file: &CaseFile, own: &[(String, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let library = file.folder.clone().unwrap_or_else(|| folder.path().join("tips"));
        for (path, text) in file.library.iter().chain(own) {
            assert!(file.folder.is_none(), "{}: the sample library is asked as it is", file.name);
            write(&library.join(path), text);
        }
        let settings = Settings { library, index: folder.path().join("index"), model: None, drafts: false };
        let app = App::open(settings, &|_, _| {}).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        let errors: Vec<_> = app.problems().problems.iter().filter(|p| p.is_error()).cloned().collect();
        assert!(errors.is_empty(), "{}: its library does not parse: {errors:?}", file.name);
        Self { app, _folder: folder }
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder of the library");
    std::fs::write(path, text).expect("a file of the library");
}

fn ask(app: &App, case: &Case) -> Suggested {
    let ask = &case.ask;
    let question = Question {
        text: ask.text.clone(),
        products: ask.products.clone(),
        issues: ask.issues.clone(),
        stage: ask.stage.as_deref().map(|s| Stage::from_text(s).expect("a stage of the format")),
        mood: ask.mood.as_deref().map(|m| Mood::from_text(m).expect("a mood of the format")),
        occasions: ask.occasions.iter().cloned().collect(),
        told: ask.told.iter().map(TipId::new).collect(),
        limit: ask.limit.unwrap_or(4),
        lang: ask.lang.clone(),
        customer: None,
        remembered: Default::default(),
    };
    let day = ask.today.as_deref().unwrap_or(TODAY);
    let now: DateTime<Utc> = format!("{day}T09:00:00Z").parse().expect("a day");
    app.suggest(&question, now).expect("the index answers")
}

/// What was expected and is not so.
fn compare(expect: &Expect, suggested: &Suggested) -> Vec<String> {
    let answer = &suggested.answer;
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    let tip = answer.tip.as_ref();
    if let Some(id) = &expect.tip {
        check(tip.is_ok_and(|s| s.tip.id.as_str() == id), format!("Tip: {id}"));
    }
    if let Some(code) = &expect.silence {
        check(tip.is_err_and(|s| s.code.as_str() == code), format!("Silence: {code}"));
    }
    for (list, wanted, name) in
        [(&answer.answers, &expect.answers, "Answers"), (&answer.others, &expect.others, "Others")]
    {
        if let Some(wanted) = wanted {
            let ids: Vec<&str> = list.iter().map(|s| s.tip.id.as_str()).collect();
            let holds =
                if wanted.is_empty() { ids.is_empty() } else { ids.iter().take(wanted.len()).eq(wanted.iter()) };
            check(holds, format!("{name}: {}", wanted.join(", ")));
        }
    }
    if let Some(craft) = &expect.craft {
        let id = answer.craft.as_ref().map_or("none", |s| s.tip.id.as_str());
        check(id == craft, format!("Craft: {craft}"));
    }
    let shown: Option<&Suggestion> = tip
        .ok()
        .or(if expect.craft.is_some() { answer.craft.as_ref() } else { None })
        .or(answer.others.first())
        .or(answer.answers.first());
    let everywhere = || tip.ok().into_iter().chain(&answer.craft).chain(&answer.others).chain(&answer.answers);
    for words in &expect.why {
        let holds = tip.ok().or(shown).is_some_and(|s| s.why.join(" ").contains(words));
        check(holds, format!("Why: {words}"));
    }
    for words in &expect.detail {
        check(tip.is_err_and(|s| s.detail.contains(words)), format!("Reason: {words}"));
    }
    for id in &expect.never {
        check(everywhere().all(|s| s.tip.id.as_str() != id), format!("Never: {id}"));
    }
    for wanted in &expect.signals {
        let of = |s: &Suggestion| s.contributions.iter().find(|c| c.signal == wanted.name).map_or(0.0, |c| c.value);
        let holds = match wanted.sign {
            0 => shown.is_none_or(|s| of(s) == 0.0),
            sign => everywhere().any(|s| of(s) * f32::from(sign) > 0.0),
        };
        check(holds, format!("Signal: {wanted:?}"));
    }
    if let Some(state) = &expect.review {
        check(everywhere().any(|s| s.review.as_str() == state), format!("Review: {state}"));
    }
    let first_issue = suggested.situation.issues.first().map(|i| i.id.as_str());
    let first_product = suggested.situation.products.first().map(|p| p.id.as_str());
    for id in &expect.understood {
        check([first_issue, first_product].contains(&Some(id.as_str())), format!("Understood: {id}"));
    }
    wrong
}

fn report(file: &CaseFile, case: &Case, suggested: &Suggested, wrong: &[String]) -> String {
    let mut out = format!("{}:{}: {}\n", file.name, case.line, case.title);
    let answer = &suggested.answer;
    writeln!(out, "  expected  {}", wrong.join(" · ")).expect("text");
    writeln!(out, "  asked     {:?}", case.ask).expect("text");
    let known = |id: &str, confidence: f32| format!("{id} {confidence:.2}");
    let products: Vec<String> =
        suggested.situation.products.iter().map(|p| known(p.id.as_str(), p.confidence)).collect();
    let issues: Vec<String> = suggested.situation.issues.iter().map(|i| known(i.id.as_str(), i.confidence)).collect();
    writeln!(out, "  situation {} | {}", products.join(", "), issues.join(", ")).expect("text");
    match &answer.tip {
        Ok(tip) => out.push_str(&shown("tip", tip)),
        Err(silence) => writeln!(out, "  silence   {}: {}", silence.code.as_str(), silence.detail).expect("text"),
    }
    answer.answers.iter().for_each(|s| out.push_str(&shown("answer", s)));
    answer.others.iter().for_each(|s| out.push_str(&shown("other", s)));
    answer.craft.iter().for_each(|s| out.push_str(&shown("craft", s)));
    out
}

fn shown(role: &str, s: &Suggestion) -> String {
    let mut out = format!("  {role:<9} {} {:.4}\n", s.tip.id, s.score);
    for c in &s.contributions {
        writeln!(out, "            {:+.4} {}: {}", c.value, c.signal, c.detail).expect("text");
    }
    writeln!(out, "            why: {}", s.why.join(" ")).expect("text");
    out
}
