//! Each number of the API is what its query in docs/ledger.md gives: with positions, contacts at the same instant, and
//! rows from before the time that is looked back on.

use super::counting::note;
use super::documented::{NOW_MS, WEEK_MS, column, query_after};
use super::misses::searched;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use std::collections::HashMap;
use stemwire::engine::foresight::{Asked, Basis, Contact, Foresight, Had, Learner, Next};
use stemwire::ledger::{Ledger, NewBalloon, NewContact, NewOutcome, NewPromise, OutcomeKind};
use stemwire::tip::{IssueId, SectionId, TipId};

on_both! { foresight_is_counted_again, the_pulse_is_counted_again, what_is_missing_is_counted_again }

const DAY_MS: i64 = 86_400_000;
const FROM_MS: i64 = NOW_MS - 91 * DAY_MS;
const ISSUES: [&str; 3] = ["buying", "planting", "drooping"];

/// Customers who come at times, some of them several times at the same instant, or of whom only the order is known, or
/// both.
async fn fill(ledger: &Ledger) {
    let mut state: u64 = 88_172_645_463_325_252;
    let mut below = |most: i64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as i64 % most
    };
    let mut contacts = Vec::new();
    for n in 0..200 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        for _ in 0..1 + below(5) {
            let timed = n % 4 > 1 || (n % 4 == 1 && below(2) == 0);
            // Now and then the same instant; most within the time looked back on, some long before.
            let day = [1, 40, 41, 42, 43, 44, 45, 46, 92, 200][below(10) as usize];
            let issue = [Some(ISSUES[0]), Some(ISSUES[1]), Some(ISSUES[2]), None][below(4) as usize];
            let product = if issue.is_none() || below(8) > 0 { Some("flowers") } else { None };
            contacts.push(NewContact {
                id: None,
                customer: customer.clone(),
                at_ms: timed.then_some(NOW_MS - day * DAY_MS + below(2) * 40_000_000),
                position: (!timed).then(|| below(4)),
                product: product.map(SectionId::new),
                issue: issue.map(IssueId::new),
                reported: None,
            });
        }
    }
    ledger.record_contacts(&contacts, None, NOW_MS).await.expect("recorded");
    // Some were told before they came back, some after, some long ago; and some of something else.
    for n in (0..200).step_by(3) {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        let at_ms = NOW_MS - [42, 44, 45, 300][below(4) as usize] * DAY_MS + below(2) * 40_000_000;
        let tip = if below(6) > 0 { "flowers/wire" } else { "flowers/sun" };
        let told = NewOutcome { at_ms, ..outcome(tip, OutcomeKind::Sent, Some(&customer)) };
        ledger.record_outcome(&told, None, NOW_MS).await.expect("recorded");
    }
}

async fn learned(ledger: &Ledger) -> Foresight {
    let mut numbers: HashMap<String, u64> = HashMap::new();
    let mut learner = Learner::default();
    for kept in ledger.contacts_after(0, 10_000).await.expect("read") {
        let next = numbers.len() as u64;
        learner.add(Contact {
            customer: *numbers.entry(kept.customer.to_string()).or_insert(next),
            at: kept.at_ms,
            position: kept.position,
            product: kept.product,
            issue: kept.issue,
        });
    }
    let mut told: HashMap<u64, Vec<(IssueId, i64)>> = HashMap::new();
    for telling in ledger.tellings(None, 10_000).await.expect("read") {
        if telling.tip.as_str() == "flowers/wire" {
            let next = numbers.len() as u64;
            let customer = *numbers.entry(telling.customer.to_string()).or_insert(next);
            told.entry(customer).or_default().push((IssueId::new("drooping"), telling.at_ms));
        }
    }
    assert!(told.len() > 40, "nobody was told");
    for (customer, told) in &told {
        learner.tell(*customer, told);
    }
    learner.refit()
}

fn flowers(issue: &str) -> Had {
    Had { product: Some(SectionId::new("flowers")), issue: IssueId::new(issue) }
}

/// What follows `had` where the basis is this one; none where it is another.
fn at(foresight: &Foresight, had: &[&str], since_days: u32, basis: Basis, next: &str) -> Option<Next> {
    let (had, flowers) = (had.iter().map(|issue| flowers(issue)).collect::<Vec<_>>(), SectionId::new("flowers"));
    let product = (basis == Basis::Product).then_some(&flowers);
    let outlook = foresight.next(&Asked { product, had: &had, since_days, limit: 50, ..Asked::default() });
    let is = |one: &Next| one.issue.as_str() == next && one.product.as_ref() == Some(&flowers);
    outlook.next.into_iter().filter(|_| outlook.basis == basis).find(is)
}

async fn foresight_is_counted_again(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    let foresight = learned(&ledger).await;
    let counted = async |query: &str| {
        let (n, of) = (column(&place, query, "came_back", "").await, column(&place, query, "customers", "").await);
        (n as u64, of as u64)
    };
    // The tip prevents drooping, and nothing else.
    let next = |next: &str, query: &str| {
        let query = query.replace("b.issue = 'drooping'", &format!("b.issue = '{next}'"));
        if next == "drooping" { query } else { query.replace("('flowers/wire')", "('flowers/none')") }
    };
    let (mut seen, mut told) = (Vec::new(), 0);
    for (first, second) in
        [("buying", "planting"), ("planting", "buying"), ("drooping", "buying"), ("buying", "drooping")]
    {
        let then = ISSUES.into_iter().find(|issue| ![first, second].contains(issue)).expect("there are three");
        // After one issue, any that follows, the same again, and how long it took.
        let about = |words: &str| query_after(words).replace("issue = 'buying'", &format!("issue = '{first}'"));
        let one = next(second, &about("**After an issue**"));
        let (had, asked) = ([flowers(first)], IssueId::new(second));
        let outlook = foresight.next(&Asked { had: &had, limit: 50, ..Asked::default() });
        // For a tip, the issue counts with whatever product, and a customer once.
        let any = one.replace("AND b.product = 'flowers' ", "");
        let came = foresight.came_back(&Asked { had: &had, ..Asked::default() }, &asked).expect("it is known");
        assert_eq!((came.basis, counted(&any).await), (Basis::Issue, (came.n, came.of)), "{any}");
        told += came.told;
        let again = next(first, &about("**After an issue**"));
        let kept = outlook.again.as_ref().expect("it is known");
        assert_eq!(counted(&again).await, (kept.n, kept.of), "{again}");
        let median = next(second, &about("**Median days**"));
        let days = at(&foresight, &[first], 0, outlook.basis, second).expect("it is known").median_days;
        assert_eq!(place.number(&median).await as f64 / 10.0, days.expect("somebody came back"), "{median}");

        let set = next(then, query_after("**After a set**"));
        let both = set.replace("('buying', 'planting')", &format!("('{first}', '{second}')"));
        let alone = set.replace("('buying', 'planting')", &format!("('{first}')")).replace("had <= 2", "had <= 1");
        let alone = alone.replace("COUNT(*) = 2", "COUNT(*) = 1");
        let in_order = both.replace("had <= 2", &format!("had = CASE issue WHEN '{first}' THEN 1 ELSE 2 END"));
        // Where nobody had the first of three, they are no set that anybody had, and the last two speak.
        let pair = next(then, query_after("**After a pair**"));
        let pair = pair
            .replace("a.issue = 'planting'", &format!("a.issue = '{first}'"))
            .replace("b.issue = 'buying'", &format!("b.issue = '{second}'"));
        for (basis, had, query) in [
            (Basis::First, &[first][..], alone),
            (Basis::Pair, &["never had", first, second], pair),
            (Basis::Sequence, &[first, second], in_order),
            (Basis::Set, &[first, second], both),
        ] {
            if let Some(next) = at(&foresight, had, 0, basis, then) {
                assert_eq!(counted(&query).await, (next.n, next.of), "{query}");
                seen.push(basis);
            }
        }
    }
    for issue in ISSUES {
        let product = next(issue, query_after("**After a product**"));
        let everybody = product.replace("FROM c WHERE product = 'flowers' GROUP", "FROM c GROUP");
        for (basis, query) in [(Basis::Product, &product), (Basis::Popularity, &everybody)] {
            let next = at(&foresight, &[], 0, basis, issue).expect("it is known");
            assert_eq!(counted(query).await, (next.n, next.of), "{query}");
        }
    }
    assert!(told > 0, "nobody was left out");
    for basis in [Basis::First, Basis::Pair, Basis::Sequence] {
        assert!(seen.contains(&basis), "{seen:?}");
    }

    // Three days later, at the level of the issue: that of who had it first goes by `a` in the same way.
    let later = query_after("**Some days later**");
    let first = at(&foresight, &["buying"], 3, Basis::First, "drooping").expect("it is known");
    let set =
        query_after("**After a set**").replace("('buying', 'planting')", "('buying')").replace("had <= 2", "had <= 1");
    let (firsts, _) = set
        .replace("COUNT(*) = 2", "COUNT(*) = 1")
        .split_once("SELECT COUNT(*) AS customers")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("it has");
    let (_, counts) = later.split_once("SELECT COUNT(*) AS customers").expect("it has");
    assert_eq!(counted(&format!("{firsts}SELECT COUNT(*) AS customers{counts}")).await, (first.n, first.of));
}

async fn the_pulse_is_counted_again(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    let count = async |words: &str, name: &str, more: &str| column(&place, query_after(words), name, more).await as u64;
    let rows = ledger.right_first_time(FROM_MS, NOW_MS, WEEK_MS).await.expect("counted");
    let right = "**Right first time**";
    let all = (count(right, "contacts", "").await, count(right, "right_first_time", "").await);
    assert_eq!(all, (rows.iter().map(|r| r.contacts).sum(), rows.iter().map(|r| r.right).sum()));
    assert_eq!(count(right, "too_young", "").await, rows.iter().map(|r| r.open).sum::<u64>());
    assert!(all.0 > all.1 && all.1 > 0);
    for row in &rows {
        let week = (row.week_ms + 3 * DAY_MS) / WEEK_MS;
        let same: Vec<_> = rows.iter().filter(|r| r.week_ms == row.week_ms).map(|r| r.moments).collect();
        for (name, sum) in [
            ("contacts", same.iter().map(|m| m.contacts).sum::<u64>()),
            ("right_first_time", same.iter().map(|m| m.right).sum()),
            ("too_young", same.iter().map(|m| m.open).sum()),
        ] {
            assert_eq!(count("Over all and by week", name, &format!("WHERE week = {week}")).await, sum, "{week}");
        }
    }

    for (due_ms, kept, settled_ms) in [
        (FROM_MS - 2, Some(true), FROM_MS - 1),
        (FROM_MS - 1, Some(true), FROM_MS),
        (FROM_MS, Some(true), FROM_MS + 1),
        (FROM_MS, Some(true), NOW_MS - 1),
        (NOW_MS - 1, Some(false), NOW_MS),
        (NOW_MS - 2, None, 0),
        (NOW_MS, None, 0),
    ] {
        let promise = NewPromise { what: "a call".into(), due_ms, customer: None, owner: None, tip: None };
        let id = ledger.make_promise(&promise, None, 1).await.expect("made");
        if let Some(kept) = kept {
            ledger.settle_promise(&id, kept, None, settled_ms).await.expect("settled");
        }
    }
    let counts = ledger.promise_counts(FROM_MS, NOW_MS, NOW_MS).await.expect("counted");
    for (state, times) in [("kept", counts.kept), ("broken", counts.broken), ("open", counts.overdue)] {
        assert_eq!(count("**Promises** that fell due", "times", &format!("WHERE state = '{state}'")).await, times);
    }
    assert_eq!((counts.kept, counts.late), (3, 2));
    assert_eq!(count("**Promises** that fell due", "late", "").await, counts.late);

    for (given_ms, said) in [(1, "old"), (2, "older"), (FROM_MS, "wire"), (FROM_MS + 5, "vase"), (NOW_MS - 9, "sun")] {
        let role = Some("agent".to_owned()).filter(|_| said != "sun");
        let balloon = NewBalloon { said: said.into(), role, ..NewBalloon::default() };
        ledger.give_balloon(&balloon, None, given_ms).await.expect("given");
    }
    let took = "CASE said WHEN 'older' THEN 7 WHEN 'wire' THEN 100 WHEN 'vase' THEN 300 END";
    place.raw(&format!("UPDATE balloons SET acknowledged_ms = given_ms + {took}")).await;
    let done = "UPDATE balloons SET decided_ms = given_ms + 900, state = 'declined', reason = 'no'";
    place.raw(&format!("{done} WHERE said IN ('older', 'wire')")).await;
    let stats = ledger.balloon_stats(FROM_MS).await.expect("counted");
    let of = async |name: &str, state: &str| count("**Balloons**", name, &format!("WHERE state = '{state}'")).await;
    assert_eq!((of("times", "waiting").await, of("times", "declined").await), (stats.waiting, stats.declined));
    assert_eq!(Some(of("oldest_ms", "waiting").await as i64), stats.oldest_waiting_ms);
    let acknowledged = query_after("Half of those that were acknowledged");
    let median = async |query: &str| {
        (Some(column(&place, query, "median_ms", "").await), column(&place, query, "balloons", "").await as u64)
    };
    let of = (stats.median_to_acknowledgement_ms, stats.median_of_acknowledgement);
    assert_eq!((median(acknowledged).await, of.1), (of, 2));
    let decided = acknowledged
        .replace("acknowledged_ms", "decided_ms")
        .replace("IS NOT NULL AND", "IS NOT NULL AND state <> 'merged' AND");
    assert_eq!(median(&decided).await, (stats.median_to_decision_ms, stats.median_of_decision));
    assert_eq!((stats.median_to_acknowledgement_ms, stats.declined, stats.waiting), (Some(200), 1, 3));
    for (role, givers) in &stats.givers_by_role {
        let role = role.as_ref().map_or("IS NULL".to_owned(), |role| format!("= '{role}'"));
        assert_eq!(count("Who gave them", "givers", &format!("WHERE role {role}")).await, *givers);
    }
}

async fn what_is_missing_is_counted_again(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    let gift = [5, 3, 0].map(|days| searched("gift", NOW_MS - days * DAY_MS));
    ledger.record_misses(&gift).await.expect("recorded");
    assert_eq!(column(&place, query_after("a month of them is"), "times", "WHERE days = 5").await, 3);
    let repeats = ledger.repeats(NOW_MS - 90 * DAY_MS, NOW_MS, WEEK_MS).await.expect("counted");
    assert!(!repeats.is_empty());
    for issue in ISSUES {
        let times = repeats.iter().filter(|r| r.issue == Some(IssueId::new(issue))).map(|r| r.times).sum::<u64>();
        let query = query_after("**Gaps**");
        assert_eq!(column(&place, query, "times", &format!("WHERE issue = '{issue}'")).await, times as i64, "{issue}");
    }

    // Each with what was said, and what becomes of it: the causes that tests/app/causes.rs holds.
    for n in 0..200 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        let history = ledger.history(&customer, 9).await.expect("read");
        let Some(at_ms) = history.iter().filter_map(|contact| contact.at_ms).min() else { continue };
        let (tip, silence, beside) = [
            (Some("flowers/wire"), None, &["flowers/sun"][..]),
            (Some("flowers/wire"), Some("held_out"), &[]),
            (Some("flowers/wire"), Some("unlikely"), &[]),
            (Some("flowers/sun"), None, &["flowers/vase", "flowers/wire"]),
            (None, Some("no_tip"), &[]),
        ][n % 5];
        ledger.record_suggestions(&[note(&customer, at_ms, tip, silence, beside)]).await.expect("recorded");
        if n % 8 == 2 {
            let told = NewOutcome { at_ms, ..outcome("flowers/wire", OutcomeKind::Given, Some(&customer)) };
            ledger.record_outcome(&told, None, NOW_MS).await.expect("recorded");
        }
    }
    let wire = TipId::new("flowers/wire");
    let repeats = ledger.repeats(FROM_MS, NOW_MS, WEEK_MS).await.expect("counted");
    let drooping = |r: &&stemwire::ledger::Repeats| {
        (r.product.as_ref(), r.issue.as_ref()) == (Some(&SectionId::new("flowers")), Some(&IssueId::new("drooping")))
    };
    let mut causes: HashMap<&str, u64> = HashMap::new();
    for repeat in repeats.iter().filter(drooping) {
        let cause = match repeat {
            r if r.told.contains(&wire) => "1 failed",
            r if r.held_out.contains(&wire) => "2 held_out",
            r if r.shown.contains(&wire) => "3 not_told",
            r if r.gated.contains(&wire) => "4 gated",
            r if r.asked => "5 not_understood",
            _ => "6 not_asked",
        };
        *causes.entry(cause).or_default() += repeat.times;
    }
    assert!(causes.len() > 3, "{causes:?}");
    let query = query_after("**Causes**");
    assert_eq!(column(&place, query, "times", "").await, causes.values().sum::<u64>() as i64);
    for (cause, times) in causes {
        assert_eq!(column(&place, query, "times", &format!("WHERE cause = '{cause}'")).await, times as i64, "{cause}");
    }
}
