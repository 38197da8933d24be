//! The formulas behind `evaluate`: judged cases to shares, areas, errors and times. Knows no library.

/// What became of one case. Ranks count from 0; none where the expected thing was not listed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Judged {
    /// Some where the case expects an issue: its rank among `situation.issues`.
    pub issue: Option<Option<usize>>,
    /// Some where the case expects a tip: its rank in the list of the tip, or the silence in its place, and `others`.
    pub tip: Option<Option<usize>>,
    /// The silence that the case expects.
    pub expected_silence: Option<ExpectedSilence>,
    /// The silence code that was answered.
    pub silence: Option<String>,
    /// Confidence of the best issue; 0 where none was recognised.
    pub confidence: f64,
    /// Time of recognising and suggesting.
    pub took_us: f64,
}

/// A silence that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedSilence {
    /// With whatever reason.
    Any,
    /// With the reason of this code.
    Code(String),
}

impl ExpectedSilence {
    fn is(&self, answered: &str) -> bool {
        match self {
            ExpectedSilence::Any => true,
            ExpectedSilence::Code(code) => code == answered,
        }
    }
}

/// Shares are 0 to 1; none where no case asks for it. Times in microseconds.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Measures {
    pub cases: usize,
    pub issue_top1: Option<f64>,
    pub issue_top3: Option<f64>,
    pub tip_top1: Option<f64>,
    pub tip_top3: Option<f64>,
    pub mrr: Option<f64>,
    pub silence_precision: Option<f64>,
    pub silence_recall: Option<f64>,
    pub auroc: Option<f64>,
    pub calibration_error: Option<f64>,
    pub p50_us: Option<f64>,
    pub p99_us: Option<f64>,
}

/// The silence that means "this is none of the library's business": the out-of-scope cases expect it.
const OUT_OF_SCOPE: &str = "no_situation";

impl Judged {
    fn out_of_scope(&self) -> bool {
        matches!(&self.expected_silence, Some(ExpectedSilence::Code(code)) if code == OUT_OF_SCOPE)
    }

    fn in_scope(&self) -> bool {
        self.expected_silence.is_none() && (self.issue.is_some() || self.tip.is_some())
    }

    /// Whether the answer counts as silence. Where a tip is expected any silence does; where only an issue is, just
    /// the silence of not understanding, since the library may hold no tip for that issue.
    fn counts_as_silent(&self) -> bool {
        match &self.silence {
            None => false,
            Some(code) => self.expected_silence.is_some() || self.tip.is_some() || code == OUT_OF_SCOPE,
        }
    }

    /// Silent as expected, for the expected reason.
    pub fn rightly_silent(&self) -> bool {
        self.expected_silence.as_ref().zip(self.silence.as_ref()).is_some_and(|(expected, code)| expected.is(code))
    }
}

/// All measures of `cases`:
///
/// - `issue_top1`, `issue_top3`: share of the cases with an expected issue that list it first, or in the first three.
/// - `tip_top1`, `tip_top3`: the same for tips; silence takes the first place, so `tip_top1` is what was volunteered.
/// - `mrr`: mean over those of 1/(rank + 1), 0 where the tip is not listed.
/// - `silence_precision`: of the silent answers, the share that was to be silent for that reason.
/// - `silence_recall`: of the cases that expect silence, the share that was silent for that reason.
/// - `auroc`: the chance that a case in scope has a higher best confidence than one out of scope, ties counting half.
/// - `calibration_error`: over ten bins of best confidence, the mean distance of a bin's mean confidence and its share
///   of right first issues, weighed by the bin's size; cases out of scope count as wrong.
/// - `p50_us`, `p99_us`: nearest rank.
pub fn measure(cases: &[Judged]) -> Measures {
    let issues: Vec<Option<usize>> = cases.iter().filter_map(|c| c.issue).collect();
    let tips: Vec<Option<usize>> = cases.iter().filter_map(|c| c.tip).collect();
    let silent = cases.iter().filter(|c| c.counts_as_silent()).count();
    let right = cases.iter().filter(|c| c.rightly_silent()).count();
    let expected = cases.iter().filter(|c| c.expected_silence.is_some()).count();
    let times: Vec<f64> = cases.iter().map(|c| c.took_us).collect();
    Measures {
        cases: cases.len(),
        issue_top1: top(&issues, 1),
        issue_top3: top(&issues, 3),
        tip_top1: top(&tips, 1),
        tip_top3: top(&tips, 3),
        mrr: mean(tips.iter().map(|rank| rank.map_or(0.0, |r| 1.0 / (r as f64 + 1.0)))),
        silence_precision: if expected == 0 { None } else { share(right, silent) },
        silence_recall: share(right, expected),
        auroc: auroc(cases),
        calibration_error: calibration_error(cases),
        p50_us: percentile(&times, 50),
        p99_us: percentile(&times, 99),
    }
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn top(ranks: &[Option<usize>], first: usize) -> Option<f64> {
    share(ranks.iter().filter(|rank| rank.is_some_and(|r| r < first)).count(), ranks.len())
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = values.len();
    (count > 0).then(|| values.sum::<f64>() / count as f64)
}

/// Area under the receiver operating characteristic as the rank sum of Mann and Whitney.
fn auroc(cases: &[Judged]) -> Option<f64> {
    let mut all: Vec<(f64, bool)> =
        cases.iter().filter(|c| c.in_scope() || c.out_of_scope()).map(|c| (c.confidence, c.in_scope())).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let inside = all.iter().filter(|(_, inside)| *inside).count();
    let outside = all.len() - inside;
    if inside == 0 || outside == 0 {
        return None;
    }
    let mut won = 0.0;
    let mut below = 0.0;
    let mut at = 0;
    while at < all.len() {
        let tied = all[at..].iter().take_while(|(value, _)| *value == all[at].0);
        let (ins, outs) =
            tied.fold((0.0, 0.0), |(i, o), (_, inside)| if *inside { (i + 1.0, o) } else { (i, o + 1.0) });
        won += ins * (below + outs / 2.0);
        below += outs;
        at += (ins + outs) as usize;
    }
    Some(won / (inside as f64 * outside as f64))
}

/// Bins of equal width; ten is what the measures were taken with elsewhere.
const BINS: usize = 10;

fn calibration_error(cases: &[Judged]) -> Option<f64> {
    #[derive(Clone, Copy, Default)]
    struct Bin {
        count: f64,
        confidence: f64,
        right: f64,
    }
    let mut bins = [Bin::default(); BINS];
    for case in cases.iter().filter(|c| c.issue.is_some() || c.out_of_scope()) {
        let bin = &mut bins[((case.confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.count += 1.0;
        bin.confidence += case.confidence;
        if case.issue == Some(Some(0)) {
            bin.right += 1.0;
        }
    }
    let count: f64 = bins.iter().map(|b| b.count).sum();
    (count > 0.0).then(|| bins.iter().map(|b| (b.right - b.confidence).abs()).sum::<f64>() / count)
}

fn percentile(values: &[f64], percent: usize) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}
