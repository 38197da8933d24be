//! The lens's measures: `cargo bench --bench lens -- LIBRARY CASES.jsonl [--titles] [--evidence] [--slips]`, on a
//! library and cases as `intents_to_library.py` makes them.
//!
//! `--titles` leaves the phrases out, `--slips` misspells one word in four, `--evidence` writes what the calibration
//! is fitted on, one line a case, instead of the figures. Not a check: it asserts nothing.

use std::time::Instant;
use stemwire::engine::lens::{Given, Lens, Table};
use stemwire::tip::{Issue, Section, Sections};

type Case = (String, Option<String>);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let files: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let [library, cases] = files.as_slice() else {
        eprintln!("usage: cargo bench --bench lens -- LIBRARY CASES.jsonl [--titles] [--evidence] [--slips]");
        return;
    };
    let started = Instant::now();
    let table = Table::embedded();
    let loaded = started.elapsed();
    let sections = read_library(library, has("--titles"));
    let started = Instant::now();
    let lens = Lens::build(&sections, &[], table);
    let built = started.elapsed();
    let mut cases = read_cases(cases);
    if has("--slips") {
        let mut turn = 17u64;
        cases.iter_mut().for_each(|case| case.0 = slip(&case.0, &mut turn));
    }
    if has("--evidence") {
        return evidence(&lens, &cases);
    }
    let mut told = Told::default();
    for (text, issue) in &cases {
        let started = Instant::now();
        let situation = lens.recognise(Given { text, products: &[], issues: &[] });
        told.times.push(started.elapsed().as_secs_f64() * 1e6);
        let at = situation.issues.iter().position(|i| Some(i.id.as_str()) == issue.as_deref());
        told.add(f64::from(situation.issue_confidence()), at, issue.is_some());
    }
    println!("table {loaded:.0?}, build {built:.0?}");
    told.print();
}

fn read_library(folder: &str, titles_only: bool) -> Sections {
    let text = std::fs::read_to_string(format!("{folder}/_index.md")).expect("a library made by the tool");
    let mut issues: Vec<Issue> = Vec::new();
    let string = |text: &str| serde_json::from_str::<String>(text).expect("a quoted text");
    for line in text.lines() {
        if let Some(says) = line.strip_prefix("      - ") {
            if !titles_only && let Some(issue) = issues.last_mut() {
                issue.says.push(string(says));
            }
        } else if let Some(title) = line.strip_prefix("    title: ") {
            issues.last_mut().expect("an issue before its title").title = string(title);
        } else if let Some(name) = line.strip_prefix("  ").filter(|l| !l.starts_with(' ')) {
            issues.push(Issue { name: name.trim_end_matches(':').to_string(), ..Issue::default() });
        }
    }
    Sections::new([Section { issues, ..Section::default() }], [])
}

fn read_cases(path: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("cases");
    let cases = text.lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let issue = case["expect"]["issue"].as_str().map(str::to_string);
        (case["text"].as_str().unwrap_or_default().to_string(), issue)
    });
    cases.collect()
}

fn evidence(lens: &Lens, cases: &[Case]) {
    for (text, issue) in cases {
        let best = lens.recognise(Given { text, products: &[], issues: &[] }).issues.into_iter().next();
        let right = best.is_some_and(|b| Some(b.id.as_str()) == issue.as_deref());
        let e = lens.evidence(text);
        let figures =
            [e.best, e.margin, e.nearest, e.usual_right, e.usual_best, e.untried, e.stands_out, e.issues, e.strange];
        let figures: Vec<String> = figures.iter().map(f32::to_string).collect();
        println!("{} {} {}", u8::from(right), u8::from(issue.is_some()), figures.join(" "));
    }
}

/// One word in four of four letters or more loses, gains, swaps or mistakes a letter; always the same ones.
fn slip(text: &str, turn: &mut u64) -> String {
    let mut next = |below: usize| {
        *turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*turn >> 33) as usize % below
    };
    let words = text.split(' ').map(|word| {
        let mut chars: Vec<char> = word.chars().collect();
        if chars.len() > 3 && next(4) == 0 {
            let at = 1 + next(chars.len() - 2);
            match next(4) {
                0 => drop(chars.remove(at)),
                1 => chars.swap(at, at + 1),
                2 => chars[at] = char::from(b'a' + next(26) as u8),
                _ => chars.insert(at, chars[at]),
            }
        }
        chars.into_iter().collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Told {
    /// Confidence, right, belongs to an issue.
    answers: Vec<(f64, bool, bool)>,
    third: usize,
    times: Vec<f64>,
}

impl Told {
    fn add(&mut self, confidence: f64, at: Option<usize>, in_scope: bool) {
        self.answers.push((confidence, at == Some(0), in_scope));
        self.third += usize::from(at.is_some_and(|at| at < 3));
    }

    fn print(mut self) {
        let inside = self.answers.iter().filter(|a| a.2).count().max(1) as f64;
        let right = self.answers.iter().filter(|a| a.1).count() as f64;
        println!("top-1 {:.4}  top-3 {:.4}", right / inside, self.third as f64 / inside);
        println!("calibration error {:.4}", self.calibration_error());
        self.print_rejection();
        self.times.sort_by(f64::total_cmp);
        let at = |share: f64| self.times[((self.times.len() - 1) as f64 * share) as usize];
        println!("p50 {:.0} us  p99 {:.0} us  of {} cases", at(0.5), at(0.99), self.times.len());
    }

    fn print_rejection(&self) {
        let side = |inside: bool| {
            let mut all: Vec<f64> = self.answers.iter().filter(|a| a.2 == inside).map(|a| a.0).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let (within, outside) = (side(true), side(false));
        if outside.is_empty() || within.is_empty() {
            return;
        }
        let below = |x: f64| {
            let less = outside.partition_point(|o| *o < x);
            let same = outside.partition_point(|o| *o <= x) - less;
            less as f64 + same as f64 / 2.0
        };
        let auroc = within.iter().map(|x| below(*x)).sum::<f64>() / (within.len() * outside.len()) as f64;
        let line = within[within.len() / 20];
        let silenced = outside.iter().filter(|o| **o < line).count() as f64 / outside.len() as f64;
        println!("AUROC {auroc:.4}  silenced at 95 % answered {silenced:.3}");
    }

    fn calibration_error(&self) -> f64 {
        let mut bins = [(0.0, 0.0); 10];
        for (confidence, right, _) in &self.answers {
            let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
            bin.0 += confidence;
            bin.1 += f64::from(u8::from(*right));
        }
        bins.iter().map(|(said, was): &(f64, f64)| (said - was).abs()).sum::<f64>() / self.answers.len().max(1) as f64
    }
}
