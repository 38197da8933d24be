//! Reads a file of cases. Every mistake in one stops the test with its file and line.

use std::path::{Path, PathBuf};

/// One markdown file: prose, a library, cases.
#[derive(Debug, Default)]
pub struct CaseFile {
    pub name: String,
    pub prose: String,
    /// Files of the library that all of its cases share: path, text.
    pub library: Vec<(String, String)>,
    /// A folder of the repository to be used as the library.
    pub folder: Option<PathBuf>,
    pub cases: Vec<Case>,
}

#[derive(Debug, Default)]
pub struct Case {
    pub title: String,
    pub line: usize,
    pub ask: Ask,
    pub expect: Expect,
    /// Files that only this case has.
    pub library: Vec<(String, String)>,
}

#[derive(Debug, Default)]
pub struct Ask {
    pub text: String,
    pub products: Vec<String>,
    pub issues: Vec<String>,
    pub stage: Option<String>,
    pub mood: Option<String>,
    pub occasions: Vec<(String, String)>,
    pub told: Vec<String>,
    pub limit: Option<usize>,
    pub lang: Option<String>,
    pub today: Option<String>,
}

#[derive(Debug, Default)]
pub struct Expect {
    pub tip: Option<String>,
    pub silence: Option<String>,
    /// The first of `answers`, in this order; `none` for an empty list.
    pub answers: Option<Vec<String>>,
    pub others: Option<Vec<String>>,
    pub craft: Option<String>,
    pub why: Vec<String>,
    pub detail: Vec<String>,
    pub never: Vec<String>,
    pub signals: Vec<SignalWanted>,
    pub review: Option<String>,
    /// Products or issues that must be first in the situation.
    pub understood: Vec<String>,
}

/// `+words` adds to what is shown, `-review` takes from it, `no occasion` does neither.
#[derive(Debug)]
pub struct SignalWanted {
    pub name: String,
    pub sign: i8,
}

impl CaseFile {
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a readable case file");
        let mut file = Self { name: path.display().to_string(), ..Self::default() };
        let mut lines = text.lines().enumerate();
        while let Some((at, line)) = lines.next() {
            if let Some(info) = line.strip_prefix("```") {
                let mut body = String::new();
                for (_, inner) in lines.by_ref().take_while(|(_, inner)| *inner != "```") {
                    body.push_str(inner);
                    body.push('\n');
                }
                file.block(info.trim(), body, at + 1);
            } else if let Some(title) = line.strip_prefix("## ") {
                file.cases.push(Case { title: title.to_owned(), line: at + 1, ..Case::default() });
            } else if let Some(item) = line.strip_prefix("- ") {
                file.item(item, at + 1);
            } else if let Some(folder) = line.strip_prefix("Library: ") {
                file.folder = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder.trim_matches(['`', '/'])));
            } else {
                file.prose.push_str(line);
                file.prose.push('\n');
            }
        }
        for case in &file.cases {
            let one = case.expect.tip.is_some() != case.expect.silence.is_some();
            assert!(one, "{}:{}: a case expects either a Tip or a Silence", file.name, case.line);
        }
        file
    }

    fn block(&mut self, info: &str, body: String, line: usize) {
        let (what, id) = info.split_once(' ').unwrap_or((info, ""));
        let written = match what {
            "tip" => (format!("{id}.md"), body),
            "section" if id.is_empty() => ("_index.md".to_owned(), body),
            "section" => (format!("{id}/_index.md"), body),
            "customer" => {
                let case = self.cases.last_mut().unwrap_or_else(|| panic!("{}:{line}: words before a case", self.name));
                case.ask.text = body;
                return;
            }
            other => panic!("{}:{line}: a block is a tip, a section or a customer's words, not {other:?}", self.name),
        };
        match self.cases.last_mut() {
            Some(case) => case.library.push(written),
            None => self.library.push(written),
        }
    }

    fn item(&mut self, item: &str, line: usize) {
        let place = format!("{}:{line}", self.name);
        let Some(case) = self.cases.last_mut() else { return };
        let (key, value) = item.split_once(": ").unwrap_or_else(|| panic!("{place}: an item is “Key: value”"));
        let value = value.trim().replace('`', "");
        let (ask, expect) = (&mut case.ask, &mut case.expect);
        match key {
            "Customer" => ask.text = value,
            "Product" => ask.products.push(value),
            "Issue" => ask.issues.push(value),
            "Stage" => ask.stage = Some(value),
            "Mood" => ask.mood = Some(value),
            "Occasion" => {
                let (occasion, known) = value.split_once(" = ").unwrap_or((&value, ""));
                ask.occasions.push((occasion.to_owned(), known.to_owned()));
            }
            "Told" => ask.told.extend(list(&value)),
            "Limit" => ask.limit = Some(value.parse().expect("a number")),
            "Language" => ask.lang = Some(value),
            "Today" => ask.today = Some(value),
            "Tip" => expect.tip = Some(value),
            "Silence" => expect.silence = Some(value),
            "Answers" => expect.answers = Some(list(&value)),
            "Others" => expect.others = Some(list(&value)),
            "Craft" => expect.craft = Some(value),
            "Why" => expect.why.push(value),
            "Reason" => expect.detail.push(value),
            "Never" => expect.never.extend(list(&value)),
            "Signal" => expect.signals.extend(list(&value).iter().map(|s| signal(s))),
            "Review" => expect.review = Some(value),
            "Understood" => expect.understood.push(value),
            other => panic!("{place}: {other:?} is no key of a case; tests/cases/README.md lists them"),
        }
    }
}

fn signal(text: &str) -> SignalWanted {
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => 0,
    };
    SignalWanted { name: text.trim_start_matches(['+', '-']).trim_start_matches("no ").to_owned(), sign }
}

fn list(value: &str) -> Vec<String> {
    value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty() && part != "none").collect()
}
