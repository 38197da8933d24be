//! `evaluate`: what the engine makes of cases with known answers, as numbers.

use super::measures::{ExpectedSilence, Judged, Measures, measure};
use super::{App, Suggested};
use crate::engine::{Question, SilenceCode};
use crate::tip::{IssueId, TipId};
use std::time::Instant;

/// One line of a cases file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Case {
    pub text: String,
    pub products: Vec<String>,
    pub issues: Vec<String>,
    pub customer: Option<String>,
    pub expect: Expect,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Expect {
    /// A full id, or the short name.
    pub issue: Option<String>,
    pub tip: Option<String>,
    pub silence: Option<ExpectedSilence>,
}

/// What came of all cases.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Evaluated {
    pub measures: Measures,
    pub missed: Vec<Missed>,
}

/// A case of which something else came than was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Its place among the cases, from 0 on.
    pub case: usize,
    /// `issue`, `tip` or `silence`.
    pub field: &'static str,
    pub expected: String,
    /// What came in its place, as it is called; `nothing` where nothing did.
    pub came: String,
}

/// Others that are looked at for the rank of an expected tip: the most that the API gives.
const OTHERS: usize = 20;

/// Cases between two reports of progress: often enough to look alive, seldom enough to cost nothing.
const REPORT_EVERY: usize = 50;

impl App {
    /// Asks every case, one after the other so that the times are true, and measures the answers. A case that the
    /// index cannot answer counts as not understood. See `measures` for the formulas.
    pub fn evaluate(&self, cases: &[Case], progress: &(dyn Fn(usize, usize) + Sync)) -> Evaluated {
        let now = chrono::Utc::now();
        let mut missed = Vec::new();
        let mut judged = Vec::with_capacity(cases.len());
        for (done, case) in cases.iter().enumerate() {
            if done % REPORT_EVERY == 0 {
                progress(done, cases.len());
            }
            let question = case.question();
            let start = Instant::now();
            let answer = self.suggest(&question, now).ok();
            let took_us = start.elapsed().as_secs_f64() * 1e6;
            let verdict = judge(&case.expect, answer.as_ref(), took_us);
            missed.extend(misses(done, &case.expect, answer.as_ref(), &verdict));
            judged.push(verdict);
        }
        progress(cases.len(), cases.len());
        Evaluated { measures: measure(&judged), missed }
    }

    /// What a case expects that the library does not have, in words; such a case can only be missed.
    pub fn not_there(&self, expect: &Expect) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(tip) = &expect.tip
            && !self.tip_or_draft(&TipId::new(tip)).is_ok_and(|found| found.is_some_and(|f| f.tip.id.as_str() == tip))
        {
            said.push(format!("there is no tip {tip}"));
        }
        if let Some(issue) = &expect.issue {
            let snapshot = self.snapshot.load();
            let full = snapshot.sections.issue_title(&IssueId::new(issue.as_str())).is_some();
            if !full && !snapshot.sections.iter().flat_map(|s| &s.issues).any(|i| i.name == *issue) {
                said.push(format!("there is no issue {issue}"));
            }
        }
        if let Some(ExpectedSilence::Code(code)) = &expect.silence
            && !SilenceCode::ALL.iter().any(|known| known.as_str() == code)
        {
            let all: Vec<&str> = SilenceCode::ALL.iter().map(|known| known.as_str()).collect();
            said.push(format!("no silence is called {code}: {}", all.join(", ")));
        }
        said
    }
}

impl Case {
    fn question(&self) -> Question {
        Question {
            text: self.text.clone(),
            products: self.products.clone(),
            issues: self.issues.clone(),
            customer: self.customer.clone(),
            limit: OTHERS,
            ..Question::default()
        }
    }
}

/// Where the answer is not what case number `case` expects.
fn misses(case: usize, expect: &Expect, answer: Option<&Suggested>, verdict: &Judged) -> Vec<Missed> {
    let mut missed = Vec::new();
    let nothing = || "nothing".to_owned();
    let came = answer.map_or_else(nothing, |a| match &a.answer.tip {
        Ok(suggestion) => suggestion.tip.id.to_string(),
        Err(silence) => silence.code.as_str().to_owned(),
    });
    if let (Some(expected), Some(rank)) = (&expect.issue, verdict.issue)
        && rank != Some(0)
    {
        let heard = answer.and_then(|a| a.situation.issues.first()).map_or_else(nothing, |i| i.id.to_string());
        missed.push(Missed { case, field: "issue", expected: expected.clone(), came: heard });
    }
    if let (Some(expected), Some(rank)) = (&expect.tip, verdict.tip)
        && rank != Some(0)
    {
        missed.push(Missed { case, field: "tip", expected: expected.clone(), came: came.clone() });
    }
    if let Some(expected) = &expect.silence
        && !verdict.rightly_silent()
    {
        let expected = match expected {
            ExpectedSilence::Any => "any".to_owned(),
            ExpectedSilence::Code(code) => code.clone(),
        };
        missed.push(Missed { case, field: "silence", expected, came });
    }
    missed
}

fn judge(expect: &Expect, answer: Option<&Suggested>, took_us: f64) -> Judged {
    let issue_rank = |expected: &String| {
        let issues = &answer?.situation.issues;
        issues.iter().position(|i| i.id.as_str() == expected || i.id.name() == expected)
    };
    let tip_rank = |expected: &String| {
        let answer = &answer?.answer;
        let is_expected = |id: &crate::tip::TipId| id.as_str() == expected;
        if answer.tip.as_ref().is_ok_and(|s| is_expected(&s.tip.id)) {
            return Some(0);
        }
        answer.others.iter().position(|s| is_expected(&s.tip.id)).map(|at| at + 1)
    };
    Judged {
        issue: expect.issue.as_ref().map(issue_rank),
        tip: expect.tip.as_ref().map(tip_rank),
        expected_silence: expect.silence.clone(),
        silence: answer.and_then(|a| a.answer.tip.as_ref().err().map(|s| s.code.as_str().to_owned())),
        confidence: answer.map_or(0.0, |a| f64::from(a.situation.issue_confidence())),
        took_us,
    }
}
