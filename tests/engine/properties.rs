//! What holds for every question and every library: one of tip and silence, a score that is its explanation, never a
//! told or overdue tip, the same answer whatever the order.

use super::made::{tip, today};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use stemwire::engine::{Answer, Candidate, Origin, Question, Recognised, ReviewState, Situation, Suggestion, suggest};
use stemwire::tip::{IssueId, Kind, Mood, Review, SectionId, Stage, Theme, Tip, TipId};

const PRODUCTS: [&str; 4] = ["", "a", "a/b", "c"];
const ISSUES: [&str; 5] = ["buying", "gift", "a:slow", "a/b:broken", "c:late"];
const TEXTS: [&str; 6] =
    ["", "gerberas", "What of a b t1?", "I am furious! What of c t2", "hello, our anniversary", "not a word of it"];

fn share() -> impl Strategy<Value = f32> {
    prop_oneof![8 => 0.0_f32..=1.0, 1 => Just(f32::NAN), 1 => Just(7.5_f32), 1 => Just(-1.0_f32)]
}

fn some_tip() -> impl Strategy<Value = Tip> {
    (
        (0..40_u32, 0..4_usize, prop::collection::vec(0..5_usize, 0..3), prop::option::of(0..5_usize), share()),
        (any::<bool>(), prop::option::of(-60_i64..120), prop::option::of(0..4_usize), prop::option::of(0..5_usize)),
        (any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.2)),
    )
        .prop_map(
            |((n, product, when, prevents, expected), (given, review, stage, mood), (occasion, draft, craft))| {
                let id = format!("{}/t{n}", PRODUCTS[product]);
                let issue = |i: usize| IssueId::new(ISSUES[i]);
                Tip {
                    when: when.into_iter().map(issue).collect(),
                    prevents: prevents.map(issue),
                    expected,
                    expected_given: given,
                    review: review.map(|days| Review::On(today().today + chrono::Duration::days(days))),
                    stages: stage.map(|s| Stage::ALL[s]).into_iter().collect(),
                    moods: mood.filter(|_| craft).map(|m| Mood::ALL[m]).into_iter().collect(),
                    theme: craft.then_some(Theme::Care),
                    occasions: if occasion { vec!["anniversary".into()] } else { Vec::new() },
                    kind: if craft { Kind::Craft } else { Kind::Tip },
                    draft,
                    ..tip(id.trim_start_matches('/'))
                }
            },
        )
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec((some_tip(), share(), share()), 0..25).prop_map(|all| {
        let mut ids = HashSet::new();
        all.into_iter()
            .filter(|(tip, ..)| ids.insert(tip.id.clone()))
            .map(|(tip, words, asked)| Candidate { tip: Arc::new(tip), words, asked })
            .collect()
    })
}

fn recognised<Id>(id: Id, confidence: f32) -> Recognised<Id> {
    let from = if confidence == 1.0 { Origin::Given } else { Origin::Text };
    Recognised { id, title: "Something".into(), confidence, from }
}

fn situation() -> impl Strategy<Value = Situation> {
    (prop::collection::vec((1..4_usize, share()), 0..3), prop::collection::vec((0..5_usize, share()), 0..4)).prop_map(
        |(products, issues)| Situation {
            products: products.into_iter().map(|(p, c)| recognised(SectionId::new(PRODUCTS[p]), c)).collect(),
            issues: issues.into_iter().map(|(i, c)| recognised(IssueId::new(ISSUES[i]), c)).collect(),
            ..Situation::default()
        },
    )
}

fn question() -> impl Strategy<Value = Question> {
    (
        0..6_usize,
        prop::collection::vec((0..4_usize, 0..40_u32), 0..6),
        0..8_usize,
        any::<bool>(),
        prop::option::of(0..5_usize),
    )
        .prop_map(|(text, told, limit, special, mood)| Question {
            text: TEXTS[text].into(),
            told: told
                .into_iter()
                .map(|(p, n)| TipId::new(format!("{}/t{n}", PRODUCTS[p]).trim_start_matches('/')))
                .collect(),
            limit,
            occasions: special.then(|| ("anniversary".to_owned(), "10 years".to_owned())).into_iter().collect(),
            mood: mood.map(|m| Mood::ALL[m]),
            ..Question::default()
        })
}

fn all(answer: &Answer) -> Vec<&Suggestion> {
    answer.tip.iter().chain(&answer.others).chain(&answer.answers).chain(&answer.craft).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_keeps_its_promises(q in question(), s in situation(), c in candidates()) {
        let answer = suggest(&q, &s, &c, today());
        let by_id: BTreeMap<&TipId, &Candidate> = c.iter().map(|c| (&c.tip.id, c)).collect();

        // One tip, a bounded list of others, at most three answers, and nothing twice.
        prop_assert!(answer.others.len() <= q.limit && answer.answers.len() <= 3);
        let ids: Vec<&TipId> = all(&answer).iter().map(|s| &s.tip.id).collect();
        prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());

        for s in all(&answer) {
            prop_assert!(!s.tip.draft && by_id.contains_key(&s.tip.id));
            prop_assert!(s.score.is_finite());
            // What is printed adds up exactly: in whole ten-thousandths.
            let cents = |v: f32| (f64::from(v) * 10_000.0).round() as i64;
            let sum: i64 = s.contributions.iter().map(|c| cents(c.value)).sum();
            prop_assert_eq!(sum, cents(s.score));
            for c in &s.contributions {
                prop_assert!(c.value != 0.0 && c.value.abs() <= 1.0 && !c.detail.is_empty(), "{:?}", c);
                prop_assert_eq!(c.value, cents(c.value) as f32 / 10_000.0);
            }
            prop_assert!(!s.why.is_empty() && s.why.iter().all(|w| w.ends_with('.')), "{:?}", s.why);
        }

        // Never told, never overdue, never craft in the tip's place.
        for s in answer.tip.iter().chain(&answer.others) {
            prop_assert!(s.tip.kind == Kind::Tip && !q.told.contains(&s.tip.id));
        }
        if let Ok(tip) = &answer.tip {
            prop_assert!(tip.review != ReviewState::Overdue);
        }
        prop_assert!(answer.craft.iter().all(|s| s.tip.kind == Kind::Craft));
        if let Err(silence) = &answer.tip {
            prop_assert!(silence.detail.len() > 20, "{:?}", silence);
        }

        // Best first, ties by id.
        for list in [&answer.others, &answer.answers] {
            for pair in list.windows(2) {
                let later = pair[0].score > pair[1].score
                    || (pair[0].score == pair[1].score && pair[0].tip.id < pair[1].tip.id);
                prop_assert!(later);
            }
        }
    }

    #[test]
    fn order_and_repeats_of_candidates_do_not_matter(q in question(), s in situation(), c in candidates(), turn in 0..25_usize) {
        let answer = suggest(&q, &s, &c, today());
        let mut turned = c.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.push(turned[0].clone());
        }
        prop_assert_eq!(format!("{:?}", suggest(&q, &s, &turned, today())), format!("{answer:?}"));
    }
}
