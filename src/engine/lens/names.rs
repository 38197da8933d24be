//! What products are called: titles, aliases and folder names, word by word, for finding them in running text and
//! for resolving what was given in a field of its own.

use super::hashing::Map;
use super::reading::{MOST_MENDED, Reading};
use super::spelling::Speller;
use super::stems::{is_word, stem, stems};
use super::table::Table;
use crate::tip::{Section, SectionId, Sections};

/// Names longer than this are sentences, not names.
const LONGEST_NAME: usize = 8;
/// Up to so many different words of names, a misspelt word is compared with each of them; above, with those of its
/// first letter.
const MOST_COMPARED: usize = 4_000;
/// A slip is forgiven from so many letters on, two from the second length on: in shorter words it makes another word.
const ONE_SLIP_FROM: usize = 5;
const TWO_SLIPS_FROM: usize = 8;
/// What a slip takes from the certainty of a name: a guess, enough to rank a slip below the name itself.
const SLIP_COSTS: f32 = 0.12;

pub(super) struct Product {
    pub id: SectionId,
    /// Each name as stems.
    pub names: Vec<Vec<String>>,
    /// Stems that name it and say nothing else: those of title and folder, and names of one word. Of "senior phone" it
    /// is the phone.
    pub nouns: Vec<String>,
}

/// All products, which are the sections below the root.
pub(super) struct Names {
    pub products: Vec<Product>,
    /// Products and which of their names begin with a stem.
    by_first: Map<Box<str>, Vec<(u32, u32)>>,
    /// Every stem of every name, sorted.
    stems: Vec<Box<str>>,
}

/// A name found in running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub product: usize,
    /// Words of the text that it covers.
    pub from: usize,
    pub to: usize,
    /// 1 where it is spelt as in the library, less with every slip.
    pub spelt: f32,
}

impl Names {
    pub fn new(sections: &Sections, table: &Table) -> Self {
        let below_root = sections.iter().filter(|s| !s.id.as_str().is_empty());
        let products: Vec<Product> = below_root
            .map(|s| {
                let mut names: Vec<Vec<String>> = all(s).iter().map(|name| stems(&words(name, table))).collect();
                names.retain(|n| !n.is_empty() && n.len() <= LONGEST_NAME);
                names.sort();
                names.dedup();
                let spoken = s.id.name().replace(['-', '_'], " ");
                let mut nouns = stems(&words(&format!("{} {spoken}", s.title), table));
                nouns.extend(names.iter().filter(|n| n.len() == 1).flatten().cloned());
                Product { id: s.id.clone(), names, nouns }
            })
            .collect();
        let mut by_first: Map<Box<str>, Vec<(u32, u32)>> = Map::default();
        let mut stems: Vec<Box<str>> = Vec::new();
        for (p, product) in products.iter().enumerate() {
            for (n, name) in product.names.iter().enumerate() {
                by_first.entry(name[0].as_str().into()).or_default().push((p as u32, n as u32));
                stems.extend(name.iter().map(|s| s.as_str().into()));
            }
        }
        stems.sort();
        stems.dedup();
        Self { products, by_first, stems }
    }

    /// All names in a text, left to right; where one lies within another, the longer one.
    pub fn find(&self, reading: &Reading, speller: &Speller, table: &Table) -> Vec<Found> {
        if self.products.is_empty() {
            return Vec::new();
        }
        let mut tries = MOST_MENDED;
        let said = reading.words.iter().map(|word| self.meant(word, speller, table, &mut tries));
        let mut said: Vec<(String, f32)> = said.collect();
        reading.mended.iter().for_each(|word| said[*word].1 *= 1.0 - SLIP_COSTS);
        let mut found: Vec<Found> = Vec::new();
        for from in 0..said.len() {
            for (p, n) in self.by_first.get(said[from].0.as_str()).into_iter().flatten() {
                let name = &self.products[*p as usize].names[*n as usize];
                let to = from + name.len();
                if to <= said.len() && name.iter().zip(&said[from..to]).all(|(a, (b, _))| a == b) {
                    let spelt = said[from..to].iter().map(|(_, s)| s).product();
                    found.push(Found { product: *p as usize, from, to, spelt });
                }
            }
        }
        let all = found.clone();
        found.retain(|f| {
            let longer = |o: &Found| o.from <= f.from && f.to <= o.to && o.to - o.from > f.to - f.from;
            !all.iter().any(longer)
        });
        found.sort_by_key(|f| (f.from, f.to, f.product));
        found.dedup_by(|a, b| (a.product, a.from) == (b.product, b.from));
        found
    }

    /// The stem of a word, mended towards a name where nothing else is known by it.
    fn meant(&self, word: &str, speller: &Speller, table: &Table, tries: &mut usize) -> (String, f32) {
        let own = stem(word);
        if self.has(&own) {
            return (own, 1.0);
        }
        let letters = own.chars().count();
        if *tries == 0 || letters < ONE_SLIP_FROM || speller.knows(&own) || !speller.wonders_at(word, table) {
            return (own, 1.0);
        }
        *tries -= 1;
        let slips = if letters >= TWO_SLIPS_FROM { 2 } else { 1 };
        let every = self.stems.len() <= MOST_COMPARED;
        let near = self.stems.iter().filter(|s| every || s.chars().next() == own.chars().next()).filter_map(|s| {
            let apart = s.chars().count().abs_diff(letters);
            let away = if apart <= slips { strsim::osa_distance(s, &own) } else { usize::MAX };
            (away <= slips).then_some((away, s))
        });
        match near.min() {
            Some((away, stem)) => (stem.to_string(), 1.0 - SLIP_COSTS * away as f32),
            None => (own, 1.0),
        }
    }

    /// True where a word of a found name only names the product or a group it belongs to: so do all words of a name that
    /// holds none of the nouns, as "SIM card" of a phone.
    pub fn only_names(&self, found: &Found, words: &[String], word: &str) -> bool {
        let id = &self.products[found.product].id;
        let noun = |word: &str| {
            let stem = stem(word);
            self.products.iter().any(|p| p.id.contains(id) && p.nouns.contains(&stem))
        };
        found.to - found.from == 1 || noun(word) || !words[found.from..found.to].iter().any(|word| noun(word))
    }

    fn has(&self, stem: &str) -> bool {
        self.stems.binary_search_by(|s| (**s).cmp(stem)).is_ok()
    }
}

/// What a section is called: title, folder, aliases.
pub(super) fn all(section: &Section) -> Vec<String> {
    let spoken = section.id.name().replace(['-', '_'], " ");
    [section.title.clone(), spoken].into_iter().chain(section.aliases.iter().cloned()).collect()
}

/// Lower-case words of a name.
pub(super) fn words(name: &str, table: &Table) -> Vec<String> {
    let mut words = table.pieces().split(name);
    words.retain(|w| is_word(w));
    words
}
