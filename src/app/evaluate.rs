//! `evaluate`: what the engine makes of cases with known answers, as numbers.

use super::measures::{Judged, Measures, measure};
use super::{App, Suggested};
use crate::engine::Question;
use std::time::Instant;

/// One line of a cases file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Case {
    pub text: String,
    pub product: Option<String>,
    pub issues: Vec<String>,
    pub customer: Option<String>,
    pub expect: Expect,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Expect {
    /// A full id, or the short name.
    pub issue: Option<String>,
    pub tip: Option<String>,
    /// A silence code.
    pub silence: Option<String>,
}

/// Others that are looked at for the rank of an expected tip: the most that the API gives.
const OTHERS: usize = 20;

/// Cases between two reports of progress: often enough to look alive, seldom enough to cost nothing.
const REPORT_EVERY: usize = 50;

impl App {
    /// Asks every case, one after the other so that the times are true, and measures the answers. A case that the
    /// index cannot answer counts as not understood. See `measures` for the formulas.
    pub fn evaluate(&self, cases: &[Case], progress: &(dyn Fn(usize, usize) + Sync)) -> Measures {
        let now = chrono::Utc::now();
        let mut judged = Vec::with_capacity(cases.len());
        for (done, case) in cases.iter().enumerate() {
            if done % REPORT_EVERY == 0 {
                progress(done, cases.len());
            }
            let question = case.question();
            let start = Instant::now();
            let answer = self.suggest(&question, now).ok();
            let took_us = start.elapsed().as_secs_f64() * 1e6;
            judged.push(judge(&case.expect, answer.as_ref(), took_us));
        }
        progress(cases.len(), cases.len());
        measure(&judged)
    }
}

impl Case {
    fn question(&self) -> Question {
        Question {
            text: self.text.clone(),
            products: self.product.iter().cloned().collect(),
            issues: self.issues.clone(),
            customer: self.customer.clone(),
            limit: OTHERS,
            ..Question::default()
        }
    }
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
