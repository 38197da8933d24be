//! Outcomes: told is told, counts, flags.

use super::counting::note;
use super::places::{Place, on_both};
use stemwire::ledger::{ChangeKind, Customer, LedgerError, NewOutcome, OutcomeKind, Reason};
use stemwire::tip::TipId;

on_both! { told_is_told, a_report_may_come_before_the_answer_that_it_names, outcomes_are_counted, a_flag_stays_until_an_editor_looked, a_reason_needs_a_dismissal,
what_is_taken_back_counts_no_more }

pub fn outcome(tip: &str, kind: OutcomeKind, customer: Option<&Customer>) -> NewOutcome {
    NewOutcome {
        at_ms: 100,
        tip: TipId::new(tip),
        substance: Some("s1".into()),
        kind,
        reason: None,
        suggestion: None,
        customer: customer.cloned(),
        agent: Some("kim".into()),
        channel: Some("chat".into()),
    }
}

fn dismissed(tip: &str, reason: Reason, customer: Option<&Customer>) -> NewOutcome {
    NewOutcome { reason: Some(reason), ..outcome(tip, OutcomeKind::Dismissed, customer) }
}

async fn told_is_told(place: Place) {
    let ledger = place.open().await;
    let mut news = ledger.changes();
    let anna = ledger.customer("anna").expect("a customer");
    let ben = ledger.customer("ben");
    let record = async |outcome: NewOutcome| ledger.record_outcome(&outcome, None, 200).await.expect("recorded");
    record(outcome("told", OutcomeKind::Told, Some(&anna))).await;
    record(NewOutcome { at_ms: 300, ..outcome("told", OutcomeKind::Helped, Some(&anna)) }).await;
    record(NewOutcome { substance: Some("s2".into()), ..outcome("told", OutcomeKind::Sent, Some(&anna)) }).await;
    record(dismissed("knew", Reason::AlreadyKnew, Some(&anna))).await;
    record(dismissed("hurry", Reason::NoTime, Some(&anna))).await;
    record(outcome("declined", OutcomeKind::Declined, Some(&anna))).await;
    record(outcome("other", OutcomeKind::Told, ben.as_ref())).await;
    record(outcome("nobody", OutcomeKind::Told, None)).await;

    let told = ledger.told(&anna).await.expect("read");
    let told: Vec<_> = told.iter().map(|t| (t.tip.as_str(), t.substance.as_deref(), t.at_ms)).collect();
    // Who declined has heard it.
    assert_eq!(
        told,
        [
            ("declined", Some("s1"), 100),
            ("knew", Some("s1"), 100),
            ("told", Some("s1"), 300),
            ("told", Some("s2"), 100)
        ]
    );
    assert_eq!(news.recv().await.expect("a notice").kind, ChangeKind::Outcome);
}

async fn a_report_may_come_before_the_answer_that_it_names(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let answer = note(&anna, 100, Some("wire"), None, &[]);
    // From another server, which does not know yet whom that answer was for; and one of which nobody ever knows.
    for suggestion in [answer.id.as_str(), "unheard-of"] {
        let told = NewOutcome { suggestion: Some(suggestion.into()), ..outcome("wire", OutcomeKind::Told, None) };
        ledger.record_outcome(&told, None, 200).await.expect("recorded");
    }
    assert!(ledger.told(&anna).await.expect("read").is_empty());
    ledger.record_noted(std::slice::from_ref(&answer), &[]).await.expect("recorded");
    assert_eq!(ledger.told(&anna).await.expect("read").len(), 1);
    let counts = ledger.outcome_counts(None, 0, 500).await.expect("read");
    assert_eq!(counts.iter().map(|c| (c.times, c.customers)).collect::<Vec<_>>(), [(2, 1)]);
}

async fn outcomes_are_counted(place: Place) {
    let ledger = place.open().await;
    let (anna, ben) = (ledger.customer("anna"), ledger.customer("ben"));
    for customer in [&anna, &anna, &ben, &None] {
        let told = outcome("wire", OutcomeKind::Told, customer.as_ref());
        ledger.record_outcome(&told, None, 200).await.expect("recorded");
    }
    for dismissed in [dismissed("wire", Reason::Unclear, None), outcome("wire", OutcomeKind::Dismissed, None)] {
        ledger.record_outcome(&dismissed, None, 200).await.expect("recorded");
    }
    let late = NewOutcome { at_ms: 900, ..outcome("vase", OutcomeKind::Given, None) };
    ledger.record_outcome(&late, None, 900).await.expect("recorded");

    let counts = ledger.outcome_counts(None, 0, 500).await.expect("read");
    let short: Vec<_> = counts.iter().map(|c| (c.tip.as_str(), c.kind, c.reason, c.times, c.customers)).collect();
    // In one order on both databases: without a reason first.
    let dismissed = |reason| ("wire", OutcomeKind::Dismissed, reason, 1, 0);
    assert_eq!(short, [dismissed(None), dismissed(Some(Reason::Unclear)), ("wire", OutcomeKind::Told, None, 4, 2)]);
    let one = ledger.outcome_counts(Some(&[TipId::new("vase")]), 0, 901).await.expect("read");
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].kind, OutcomeKind::Given);

    // A renamed tip is one tip, and its customers are counted once.
    let renamed = outcome("coil", OutcomeKind::Told, anna.as_ref());
    ledger.record_outcome(&renamed, None, 200).await.expect("recorded");
    let ids = ["coil", "wire"].map(TipId::new);
    let counts = ledger.outcome_counts(Some(&ids), 0, 500).await.expect("read");
    let short: Vec<_> = counts.iter().map(|c| (c.tip.as_str(), c.kind, c.times, c.customers)).collect();
    let dismissed = ("coil", OutcomeKind::Dismissed, 1, 0);
    assert_eq!(short, [dismissed, dismissed, ("coil", OutcomeKind::Told, 5, 2)]);
    assert!(ledger.outcome_counts(Some(&[]), 0, 500).await.expect("read").is_empty());
}

async fn a_flag_stays_until_an_editor_looked(place: Place) {
    let ledger = place.open().await;
    for reason in [Reason::Unsafe, Reason::Inaccurate, Reason::Unsafe, Reason::NoTime] {
        ledger.record_outcome(&dismissed("bleach", reason, None), None, 200).await.expect("recorded");
    }
    let flagged = ledger.flagged().await.expect("read");
    assert_eq!(flagged.len(), 1);
    assert_eq!((flagged[0].inaccurate, flagged[0].dangerous), (1, 2));
    assert_eq!(flagged[0].substance.as_deref(), Some("s1"));

    let ids = ["soap", "bleach"].map(TipId::new);
    assert_eq!(ledger.clear_flags(&ids[..1], Some("ed"), 300).await.expect("nothing to clear"), 0);
    assert_eq!(ledger.clear_flags(&ids, Some("ed"), 300).await.expect("cleared"), 3);
    assert!(ledger.flagged().await.expect("read").is_empty());
    // Reported late, of a time before the editor looked: it is news to the editor all the same.
    let late = NewOutcome { at_ms: 50, ..dismissed("bleach", Reason::Unsafe, None) };
    ledger.record_outcome(&late, None, 400).await.expect("recorded");
    assert_eq!(ledger.flagged().await.expect("read").len(), 1);
}

async fn a_reason_needs_a_dismissal(place: Place) {
    let ledger = place.open().await;
    let odd = NewOutcome { reason: Some(Reason::Unsafe), ..outcome("wire", OutcomeKind::Told, None) };
    assert!(matches!(ledger.record_outcome(&odd, None, 1).await, Err(LedgerError::Refused(_))));
    assert_eq!(place.number("SELECT COUNT(*) FROM outcomes").await, 0);
}

async fn what_is_taken_back_counts_no_more(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let told = outcome("wire", OutcomeKind::Told, Some(&anna));
    let id = ledger.record_outcome(&told, None, 200).await.expect("recorded").id;
    let vase = outcome("vase", OutcomeKind::Told, Some(&anna));
    let kept = ledger.record_outcome(&vase, None, 200).await.expect("recorded").id;
    let mut news = ledger.changes();
    ledger.withdraw_outcome(&id).await.expect("taken back");
    let notice = news.recv().await.expect("a notice");
    assert_eq!((notice.kind, notice.id.as_str()), (ChangeKind::Outcome, id.as_str()));
    let left: Vec<_> = ledger.told(&anna).await.expect("read").into_iter().map(|t| t.tip.to_string()).collect();
    assert_eq!(left, ["vase"]);
    assert!(matches!(ledger.withdraw_outcome(&id).await, Err(LedgerError::NotFound(_))));
    ledger.withdraw_outcome(&kept).await.expect("taken back");
    assert!(ledger.outcome_counts(None, 0, 500).await.expect("read").is_empty());
}
