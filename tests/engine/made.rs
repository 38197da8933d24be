//! Tips and situations made by hand, for tests that need no library.

use chrono::NaiveDate;
use std::sync::Arc;
use stemwire::engine::{Answer, Candidate, Moment, Origin, Question, Recognised, Situation, suggest};
use stemwire::tip::{Audience, IssueId, Kind, SectionId, Tip, TipId};

/// A tip with every default of the format, lying where its id says.
pub fn tip(id: &str) -> Tip {
    let id = TipId::new(id);
    Tip {
        file: format!("{id}.md"),
        aliases: Vec::new(),
        question: format!("What of {}?", id.as_str().replace('/', " ")),
        say: "So it is.".into(),
        detail: String::new(),
        section: id.section(),
        products: vec![id.section()],
        when: Vec::new(),
        prevents: None,
        after: None,
        expected: 0.3,
        expected_given: false,
        wire: Vec::new(),
        asks: Vec::new(),
        says: Vec::new(),
        kind: Kind::Tip,
        theme: None,
        stages: Vec::new(),
        moods: Vec::new(),
        occasions: Vec::new(),
        audience: Audience::Customer,
        owner: None,
        review: None,
        verified: None,
        promise: false,
        again: false,
        lot: true,
        draft: false,
        lang: "en".into(),
        tags: Vec::new(),
        extra: serde_json::Map::new(),
        id,
    }
}

/// A tip for buying gerberas that prevents drooping in `expected` of the contacts.
pub fn gerbera(id: &str, expected: f32) -> Tip {
    Tip {
        when: vec![IssueId::new("buying")],
        prevents: Some(IssueId::new("flowers/gerbera:drooping")),
        expected,
        expected_given: true,
        ..tip(&format!("flowers/gerbera/{id}"))
    }
}

pub fn candidate(tip: Tip) -> Candidate {
    Candidate { tip: Arc::new(tip), words: 0.0, asked: 0.0 }
}

/// A situation read from words, with the confidences given.
pub fn heard(products: &[(&str, f32)], issues: &[(&str, f32)]) -> Situation {
    Situation {
        products: products.iter().map(|(id, confidence)| recognised(SectionId::new(id), id, *confidence)).collect(),
        issues: issues.iter().map(|(id, confidence)| recognised(IssueId::new(id), id, *confidence)).collect(),
        ..Situation::default()
    }
}

fn recognised<Id>(id: Id, title: &str, confidence: f32) -> Recognised<Id> {
    Recognised { id, title: title.to_owned(), confidence, from: Origin::Text }
}

/// Somebody buys gerberas, beyond doubt.
pub fn buying() -> Situation {
    heard(&[("flowers/gerbera", 1.0)], &[("buying", 1.0)])
}

pub fn question(text: &str) -> Question {
    Question { text: text.to_owned(), limit: 4, ..Question::default() }
}

pub fn today() -> Moment {
    Moment { today: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"), drafts: false }
}

/// The engine's answer to a contact of unknown words in `situation`.
pub fn answer(situation: &Situation, tips: impl IntoIterator<Item = Tip>) -> Answer {
    let candidates: Vec<Candidate> = tips.into_iter().map(candidate).collect();
    suggest(&question("some four words here"), situation, &candidates, today())
}

/// Id of the tip, or the silence's code.
pub fn chosen(answer: &Answer) -> String {
    match &answer.tip {
        Ok(suggestion) => suggestion.tip.id.to_string(),
        Err(silence) => silence.code.as_str().to_owned(),
    }
}
