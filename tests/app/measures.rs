//! The formulas of `evaluate`, against numbers worked out by hand.

use stemwire::app::{ExpectedSilence, Judged, measure};

fn issue(rank: Option<usize>, confidence: f64) -> Judged {
    Judged { issue: Some(rank), confidence, ..Judged::default() }
}

fn tip(rank: Option<usize>, silence: Option<&str>) -> Judged {
    Judged { tip: Some(rank), silence: silence.map(str::to_owned), ..Judged::default() }
}

fn silence(expected: &str, got: Option<&str>, confidence: f64) -> Judged {
    let expected_silence = Some(ExpectedSilence::Code(expected.into()));
    Judged { expected_silence, silence: got.map(str::to_owned), confidence, ..Judged::default() }
}

fn close(value: Option<f64>, expected: f64) -> bool {
    value.is_some_and(|v| (v - expected).abs() < 1e-12)
}

#[test]
fn ranks_become_shares() {
    let cases = [issue(Some(0), 0.9), issue(Some(2), 0.5), issue(Some(3), 0.5), issue(None, 0.0)];
    let measures = measure(&cases);
    assert_eq!((measures.issue_top1, measures.issue_top3), (Some(0.25), Some(0.5)));
    assert_eq!((measures.tip_top1, measures.mrr, measures.silence_recall), (None, None, None));
}

#[test]
fn reciprocal_ranks_are_averaged_over_all_that_expect_a_tip() {
    let cases = [tip(Some(0), None), tip(Some(1), Some("unlikely")), tip(Some(3), None), tip(None, None)];
    let measures = measure(&cases);
    assert_eq!((measures.tip_top1, measures.tip_top3), (Some(0.25), Some(0.5)));
    assert!(close(measures.mrr, (1.0 + 0.5 + 0.25) / 4.0));
}

#[test]
fn silence_is_right_only_for_its_reason() {
    let cases = [
        silence("no_situation", Some("no_situation"), 0.1), // right
        silence("no_situation", Some("no_tip"), 0.1),       // silent for another reason
        silence("asked", None, 0.9),                        // not silent
        tip(None, Some("unlikely")),                        // silent where a tip was wanted
        issue_silent("no_tip"),                             // no fault: the library may have none
        issue_silent("no_situation"),                       // silent where an issue was to be understood
    ];
    let measures = measure(&cases);
    assert!(close(measures.silence_precision, 1.0 / 4.0), "{measures:?}");
    assert!(close(measures.silence_recall, 1.0 / 3.0), "{measures:?}");
}

fn issue_silent(code: &str) -> Judged {
    Judged { silence: Some(code.into()), ..issue(Some(0), 0.5) }
}

#[test]
fn auroc_counts_won_pairs_and_halves_ties() {
    // In scope 0.9, 0.5, 0.2; out of scope 0.5, 0.1. Pairs won: 2 + 1.5 + 1 of 6.
    let out = |confidence| silence("no_situation", None, confidence);
    let cases = [issue(Some(0), 0.9), issue(Some(0), 0.5), issue(Some(4), 0.2), out(0.5), out(0.1)];
    assert!(close(measure(&cases).auroc, 4.5 / 6.0));
    assert_eq!(measure(&cases[..3]).auroc, None);
    // Other silences are in scope for the lens and say nothing about it.
    assert_eq!(measure(&[issue(Some(0), 0.9), silence("asked", None, 0.9)]).auroc, None);
}

#[test]
fn calibration_error_weighs_bins_by_size() {
    // |1 right - 1.66| in one bin of two, 0 in the last bin, 0.15 in the second; over four cases.
    let cases = [
        issue(Some(0), 0.80),                // bin 8
        issue(Some(1), 0.86),                // bin 8, wrong
        issue(Some(0), 1.0),                 // the last bin holds 1
        silence("no_situation", None, 0.15), // bin 1, wrong whatever was recognised
    ];
    let expected = ((1.0_f64 - 1.66).abs() + 0.0 + 0.15) / 4.0;
    assert!(close(measure(&cases).calibration_error, expected));
}

#[test]
fn percentiles_are_nearest_ranks() {
    let cases: Vec<Judged> = (1..=200).rev().map(|us| Judged { took_us: f64::from(us), ..Judged::default() }).collect();
    let measures = measure(&cases);
    assert_eq!((measures.p50_us, measures.p99_us), (Some(100.0), Some(198.0)));
    assert_eq!(measure(&[]).p50_us, None);
}
