//! The sample library is asked its own questions, word for word: each is answered by the tip that it stands in.

use std::path::Path;
use stemwire::app::{App, Settings, Suggested};
use stemwire::engine::{Question, SilenceCode};
use stemwire::tip::{Kind, TipId};

/// Least shares of headings and of `asks` that their own tip answers first. Some tips share a wording, so not all do.
const TITLES: f32 = 0.95;
const ASKS: f32 = 0.90;

/// How many wordings were asked, how many their own tip answers first, and which not.
#[derive(Default)]
struct Asked {
    all: usize,
    first: usize,
    missed: Vec<String>,
}

impl Asked {
    fn add(&mut self, of: &TipId, wording: &str, answered: &Suggested) {
        let answers: Vec<&str> = answered.answer.answers.iter().map(|s| s.tip.id.as_str()).collect();
        self.all += 1;
        if answers.first() == Some(&of.as_str()) {
            self.first += 1;
        } else {
            self.missed.push(format!("{of}: “{wording}” is answered by {answers:?}"));
        }
    }

    fn assert(&self, least: f32) {
        let share = self.first as f32 / self.all as f32;
        assert!(self.all > 100, "the sample library has that many");
        assert!(share >= least, "{} of {} are answered:\n{}", self.first, self.all, self.missed.join("\n"));
    }
}

#[test]
fn a_tips_own_question_is_answered_by_it() {
    let index = tempfile::tempdir().expect("a folder for a test");
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tips");
    let settings = Settings { library, index: index.path().join("index"), model: None, drafts: false };
    let app = App::open(settings, &|_, _| {}).expect("the sample library opens");
    let ask = |text: &str| {
        let question = Question { text: text.to_owned(), limit: 4, ..Question::default() };
        app.suggest(&question, "2026-11-22T09:00:00Z".parse().expect("a day")).expect("the index answers")
    };
    let (mut titles, mut asks) = (Asked::default(), Asked::default());
    for tip in app.tips(None, 1000).expect("the index answers").iter().filter(|t| t.kind == Kind::Tip) {
        let answered = ask(&tip.question);
        titles.add(&tip.id, &tip.question, &answered);
        // Another tip may go with it; the question itself is no news, and never "not understood".
        if let (Err(silence), Some(_)) = (&answered.answer.tip, answered.answer.answers.first()) {
            assert!(matches!(silence.code, SilenceCode::Asked | SilenceCode::Overdue), "{}: {silence:?}", tip.id);
        }
        tip.asks.iter().for_each(|wording| asks.add(&tip.id, wording, &ask(wording)));
    }
    titles.assert(TITLES);
    asks.assert(ASKS);
}
