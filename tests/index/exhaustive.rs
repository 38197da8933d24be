//! What the pass over the index skips is what could not have been found: the same answers come from looking at every
//! tip, one after the other, with nothing but the formulas.

use super::made::{indexed, search, section, tip};
use std::collections::BTreeMap;
use stemwire::index::{Search, Searcher};
use stemwire::tip::Tip;

/// Tips: more than two windows of a pass.
const TIPS: usize = 9_000;
const WORDS: [&str; 20] = [
    "blok", "brom", "drop", "flok", "glom", "knop", "plok", "prom", "skop", "slom", "smok", "snop", "stok", "strom",
    "tlok", "trop", "vlom", "vrop", "zlok", "zmop",
];
const SECTIONS: [&str; 3] = ["one", "two", "three"];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    /// The first words are frequent, the last ones rare; each has a second form.
    fn word(&mut self) -> String {
        let most = 1 + self.below(WORDS.len());
        let word = WORDS[self.below(most)];
        if self.below(4) == 0 { format!("{word}s") } else { word.to_owned() }
    }

    fn text(&mut self, most: usize) -> String {
        (0..1 + self.below(most)).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn library(dice: &mut Dice) -> Vec<Tip> {
    let one = |n: usize, dice: &mut Dice| {
        let id = format!("{}/{n}", SECTIONS[dice.below(SECTIONS.len())]);
        tip(&id, &dice.text(4), &dice.text(10))
    };
    (0..TIPS).map(|n| one(n, dice)).collect()
}

/// How often each word stands in a tip, and how many there are.
fn counted(tip: &Tip) -> (BTreeMap<String, u32>, u32) {
    let mut hits: BTreeMap<String, u32> = BTreeMap::new();
    let all = [&tip.question, &tip.question, &tip.say];
    let words = all.iter().flat_map(|text| text.split(' '));
    words.for_each(|word| *hits.entry(word.to_owned()).or_default() += 1);
    let length = hits.values().sum();
    (hits, length)
}

fn weight(tips: usize, count: usize) -> f32 {
    let (tips, count) = (tips as f32, count.min(tips) as f32);
    (1.0 + (tips - count + 0.5) / (count + 0.5)).ln()
}

/// Number of finds, and the ten best: by the formulas of docs/search.md.
fn looked_at_all(tips: &[Tip], asked: &[String], product: Option<&str>) -> (usize, Vec<(String, f32)>) {
    let all: Vec<(BTreeMap<String, u32>, u32)> = tips.iter().map(counted).collect();
    let average = all.iter().map(|(_, length)| *length).sum::<u32>() as f32 / tips.len() as f32;
    let other = |word: &str| word.strip_suffix('s').map_or_else(|| format!("{word}s"), str::to_owned);
    let holding = |word: &str| all.iter().filter(|(hits, _)| hits.contains_key(word)).count();
    let weights: Vec<f32> = asked.iter().map(|w| weight(tips.len(), holding(w) + holding(&other(w)))).collect();
    let shares: Vec<u32> = weights.iter().map(|weight| ((weight * 256.0) as u32).max(1)).collect();
    let mut held: Vec<(u32, u32, &str)> = Vec::new();
    for (tip, (hits, length)) in tips.iter().zip(&all) {
        if product.is_some_and(|product| tip.products != [section(product)]) {
            continue;
        }
        let (mut points, mut share) = (0, 0);
        for (n, word) in asked.iter().enumerate() {
            let count = |word: &str| hits.get(word).copied().unwrap_or(0);
            let count = (16 * count(word) + 14 * count(&other(word))) as f32;
            if count > 0.0 {
                let saturated = 16.0 * 0.9 * (0.5 + 0.5 * *length as f32 / average);
                points += (weights[n] * 1.9 * 4096.0 * count / (count + saturated)).round_ties_even() as u32;
                share += shares[n];
            }
        }
        held.push((points, share, tip.id.as_str()));
    }
    let needed = ((shares.iter().sum::<u32>() as f32 * 0.5) as u32).max(1);
    let needed = if held.iter().any(|(_, share, _)| *share >= needed) { needed } else { 1 };
    held.retain(|(_, share, _)| *share >= needed);
    held.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(b.2)));
    (held.len(), held.iter().take(10).map(|(points, _, id)| ((*id).to_owned(), *points as f32 / 4096.0)).collect())
}

fn found(searcher: &Searcher, asked: &[String], product: Option<&str>) -> (usize, Vec<(String, f32)>) {
    // A number that is nowhere stands between the words: none are side by side.
    let text = asked.iter().map(|word| format!("{word} 77777 ")).collect::<String>();
    let products = product.map(section).into_iter().collect();
    let found = searcher.search(&Search { products, ..search(&text) }).unwrap();
    (found.total, found.hits.iter().map(|hit| (hit.tip.id.to_string(), hit.score)).collect())
}

#[test]
fn what_is_skipped_could_not_have_been_found() {
    let mut dice = Dice(7);
    let tips = library(&mut dice);
    let searcher = indexed(&tips);
    for turn in 0..80 {
        let mut asked: Vec<String> =
            (0..1 + dice.below(6)).map(|_| WORDS[dice.below(WORDS.len())].to_owned()).collect();
        asked.sort();
        asked.dedup();
        let product = (turn % 3 == 0).then(|| SECTIONS[dice.below(SECTIONS.len())]);
        assert_eq!(found(&searcher, &asked, product), looked_at_all(&tips, &asked, product), "{asked:?} {product:?}");
    }
}
