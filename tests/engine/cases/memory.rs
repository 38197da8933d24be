//! A library in memory: sections, lens and every tip as a candidate, with a plain word overlap instead of an index.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use stemwire::engine::lens::{Given, Lens, Table, TipWords};
use stemwire::engine::{Answer, Candidate, Moment, Question, Situation, suggest};
use stemwire::tip::{Sections, Tip, id_of, parse_section, parse_tip, resolve, section_of};

pub struct Memory {
    lens: Lens,
    tips: Vec<Arc<Tip>>,
    idf: HashMap<String, f32>,
}

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 2)
        .map(|w| w.to_lowercase().trim_end_matches("ing").trim_end_matches('s').to_owned())
        .collect()
}

fn whole(tip: &Tip) -> String {
    format!("{} {} {} {} {}", tip.question, tip.say, tip.detail, tip.asks.join(" "), tip.says.join(" "))
}

impl Memory {
    pub fn new(files: &[(String, String)]) -> Self {
        let mut sections = Vec::new();
        let mut folders = Vec::new();
        for (file, text) in files {
            if file.ends_with("_index.md") {
                let (section, problems) = parse_section(file, text);
                assert!(problems.iter().all(|p| !p.is_error()), "{problems:?}");
                sections.extend(section);
            } else if let Some(folder) = id_of(file).map(|id| id.section()) {
                folders.push(folder);
            }
            let _ = section_of(file);
        }
        let sections = Sections::new(sections, folders);
        let mut tips = Vec::new();
        for (file, text) in files.iter().filter(|(f, _)| !f.ends_with("_index.md")) {
            let (draft, problems) = parse_tip(file, text);
            assert!(problems.iter().all(|p| !p.is_error()), "{problems:?}");
            let (tip, problems) = resolve(&draft.expect("a draft"), &sections, None);
            assert!(problems.iter().all(|p| !p.is_error()), "{problems:?}");
            tips.push(Arc::new(tip.expect("a tip")));
        }
        let said: Vec<TipWords> = tips
            .iter()
            .filter(|t| !t.says.is_empty())
            .map(|t| TipWords { products: t.products.clone(), when: t.when.clone(), says: t.says.clone() })
            .collect();
        let mut df: HashMap<String, usize> = HashMap::new();
        for tip in &tips {
            for word in words(&whole(tip)) {
                *df.entry(word).or_default() += 1;
            }
        }
        let n = tips.len() as f32;
        let idf = df.into_iter().map(|(w, d)| (w, (1.0 + (n - d as f32 + 0.5) / (d as f32 + 0.5)).ln())).collect();
        Self { lens: Lens::build(&sections, &said, Table::embedded()), tips, idf }
    }

    fn overlap(&self, asked: &HashSet<String>, text: &str) -> f32 {
        let top = self.idf.values().copied().fold(1.0, f32::max);
        let weight = |w: &String| self.idf.get(w).copied().unwrap_or(top);
        let all: f32 = asked.iter().map(weight).sum();
        let text = words(text);
        let held: f32 = asked.iter().filter(|w| text.contains(*w)).map(weight).sum();
        if all > 0.0 { 0.8 * held / all } else { 0.0 }
    }

    pub fn ask(&self, question: &Question, moment: Moment) -> (Situation, Answer) {
        let given = Given { text: &question.text, products: &question.products, issues: &question.issues };
        let situation = self.lens.recognise(given);
        let asked = words(&question.text);
        let candidates: Vec<Candidate> = self
            .tips
            .iter()
            .map(|tip| Candidate {
                tip: Arc::clone(tip),
                words: self.overlap(&asked, &whole(tip)),
                asked: self.overlap(&asked, &format!("{} {}", tip.question, tip.asks.join(" "))),
            })
            .collect();
        let answer = suggest(question, &situation, &candidates, moment);
        (situation, answer)
    }
}
