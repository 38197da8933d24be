//! From what somebody typed to the words of the index it stands for: forms of one stem, continuations of the last
//! word, neighbours of misspelt ones. Never a query language: every text is an acceptable question.

use super::continuations::continuations;
use super::spelling::neighbours;
use super::view::View;
use super::vocabulary::Ord32;
use super::words::{each_word, folded, is_pair};
use std::collections::HashMap;
use std::ops::Range;

/// Sixteenths: what a form counts against the word as it was typed.
const EXACT: u16 = 16;
/// Another form of the same stem, or the same word with other diacritics.
const STEMMED: u16 = 14;
/// A word that the last one may be the beginning of, where that one is a word itself …
const CONTINUED: u16 = 6;
/// … and where it is none.
const COMPLETED: u16 = 12;
/// The likeliest correct spelling, and the further ones.
const CORRECTED: [u16; 3] = [12, 8, 6];

/// Words of a question that are looked for, the rarest first: what more a pasted chat has adds time, not meaning.
const MOST_WORDS: usize = 32;
/// Words of a question whose order counts: more are a chat, in which no two stand together on purpose.
pub(super) const LONGEST_SEQUENCE: usize = 64;
/// Misspelt words of a question that are corrected: each costs a walk over all words that begin alike.
const MOST_CORRECTED: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub ord: Ord32,
    /// Sixteenths.
    pub factor: u16,
}

/// One word of the question with all that it may stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub word: String,
    /// One-based place in the question, stop words counted.
    pub position: usize,
    /// By segment.
    pub forms: Vec<Vec<Form>>,
    pub weight: f32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Understanding {
    /// Known words, stop words among others left out, the weightiest first, ties by place.
    pub groups: Vec<Group>,
    /// Stop words that were left out of `groups`: they only tell what stands side by side.
    pub fillers: Vec<Group>,
    /// Every word as typed: index into `groups` and, beyond, `fillers`, and its place.
    pub order: Vec<(usize, usize)>,
    /// Quoted words that must stand side by side: word and place.
    pub phrases: Vec<Vec<(String, usize)>>,
    pub corrected: Option<String>,
    /// Greatest possible weight of the question: unknown words count as the rarest would.
    pub greatest: f32,
    /// True where there was no word to look for.
    pub empty: bool,
}

struct Typed {
    word: String,
    span: Range<usize>,
    position: usize,
    quoted: Option<usize>,
    /// The last word, with nothing after it: may go on.
    open: bool,
}

impl Understanding {
    pub fn of(text: &str, view: &View) -> Self {
        let (mut typed, sequence) = typed_words(text);
        join(&mut typed, text, view);
        let mut understanding = Understanding { empty: typed.is_empty(), ..Self::default() };
        for word in &typed {
            if let Some(n) = word.quoted {
                let phrases = &mut understanding.phrases;
                phrases.resize_with(phrases.len().max(n + 1), Vec::new);
                phrases[n].push((word.word.clone(), word.position));
            }
        }
        let stopped = drop_stop_words(&mut typed, view);
        let mut corrections: Vec<(Range<usize>, String)> = Vec::new();
        let mut known: Vec<(String, Group)> = Vec::new();
        for word in typed {
            let group = understand(&word, view, &mut corrections);
            understanding.greatest += group.weight;
            if group.forms.iter().any(|forms| !forms.is_empty()) {
                known.push((word.word, group));
            }
        }
        known.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then(a.1.position.cmp(&b.1.position)));
        known.truncate(MOST_WORDS);
        let fillers = stopped.into_iter().map(|word| (word.word.clone(), filler(&word, view)));
        let count = known.len();
        let (words, groups): (Vec<String>, Vec<Group>) = known.into_iter().chain(fillers).unzip();
        let at: HashMap<&str, usize> = words.iter().enumerate().map(|(n, word)| (&**word, n)).collect();
        understanding.order = sequence.iter().filter_map(|(word, place)| Some((*at.get(&**word)?, *place))).collect();
        understanding.groups = groups;
        understanding.fillers = understanding.groups.split_off(count);
        understanding.corrected = rewritten(text, &corrections);
        understanding
    }
}

/// Words in order, each once, and the order in which they were typed, with places.
fn typed_words(text: &str) -> (Vec<Typed>, Vec<(String, usize)>) {
    let quotes = quotes(text);
    let mut words: Vec<Typed> = Vec::new();
    let mut sequence = Vec::new();
    let mut known: HashMap<(String, Option<usize>), usize> = HashMap::new();
    each_word(text, |word| {
        let quoted = quotes.iter().position(|q| q.contains(&word.from));
        let open = word.to == text.len();
        if sequence.len() < LONGEST_SEQUENCE {
            sequence.push((word.text.to_owned(), word.position));
        }
        let n = *known.entry((word.text.to_owned(), quoted)).or_insert(words.len());
        match words.get_mut(n) {
            Some(known) => known.open |= open,
            None => words.push(Typed {
                word: word.text.to_owned(),
                span: word.from..word.to,
                position: word.position,
                quoted,
                open,
            }),
        }
    });
    (words, sequence)
}

/// Makes one word of two with a hyphen between, where the library knows them as one and not as two: `wi-fi`.
fn join(typed: &mut Vec<Typed>, text: &str, view: &View) {
    let known = |word: &str| view.leaves.iter().any(|leaf| leaf.vocabulary().find(word).is_some());
    let mut n = 1;
    while n < typed.len() {
        let (one, other) = (&typed[n - 1], &typed[n]);
        let hyphen =
            text.get(one.span.end..other.span.start).is_some_and(|gap| matches!(gap, "-" | "\u{2010}" | "\u{2011}"));
        let whole = format!("{}{}", one.word, other.word);
        if hyphen && known(&whole) && !(known(&one.word) && known(&other.word)) {
            let other = typed.remove(n);
            let one = &mut typed[n - 1];
            (one.word, one.span.end, one.open) = (whole, other.span.end, other.open);
        }
        n += 1;
    }
}

/// What stands between quotation marks. One mark without its other opens nothing.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut opened = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}') {
            match opened.take() {
                Some(from) if text[from..at].chars().any(char::is_alphanumeric) => found.push(from..at),
                _ => opened = Some(at + c.len_utf8()),
            }
        }
    }
    found
}

/// Takes the stop words out where other words remain.
fn drop_stop_words(typed: &mut Vec<Typed>, view: &View) -> Vec<Typed> {
    let stop = |word: &Typed| {
        word.quoted.is_none() && view.languages.iter().any(|l| l.stop_words().binary_search(&&*word.word).is_ok())
    };
    if typed.iter().all(stop) {
        return Vec::new();
    }
    typed.extract_if(.., |word| stop(word)).collect()
}

/// A stop word, for the places where it stands.
fn filler(typed: &Typed, view: &View) -> Group {
    let mut count = 0;
    let mut forms = vec![Vec::new(); view.leaves.len()];
    for (leaf, forms) in view.leaves.iter().zip(&mut forms) {
        if let Some(ord) = leaf.vocabulary().find(&typed.word) {
            count += leaf.count(ord);
            forms.push(Form { ord, factor: EXACT });
        }
    }
    Group { word: typed.word.clone(), position: typed.position, forms, weight: view.weight(count) }
}

fn understand(typed: &Typed, view: &View, corrections: &mut Vec<(Range<usize>, String)>) -> Group {
    let mut group = Group {
        word: typed.word.clone(),
        position: typed.position,
        forms: vec![Vec::new(); view.leaves.len()],
        weight: 0.0,
    };
    let mut count = add_forms(&mut group, &typed.word, view, EXACT, typed.quoted.is_some());
    if typed.open && typed.quoted.is_none() {
        let factor = if count == 0 { COMPLETED } else { CONTINUED };
        let more = add_continuations(&mut group, &typed.word, view, factor);
        count = if count == 0 { more } else { count };
    }
    if count == 0 && typed.quoted.is_none() && corrections.len() < MOST_CORRECTED {
        for (n, (word, _)) in neighbours(&typed.word, view).into_iter().take(CORRECTED.len()).enumerate() {
            let found = add_forms(&mut group, &word, view, CORRECTED[n], false);
            if n == 0 {
                count = found;
                corrections.push((typed.span.clone(), word.clone()));
                group.word = word;
            }
        }
    }
    group.weight = view.weight(count);
    group
}

/// Adds the word and what shares its stem in a language of the library. Returns how many tips hold one of them,
/// those with several counted as often.
fn add_forms(group: &mut Group, word: &str, view: &View, factor: u16, exact_only: bool) -> u32 {
    let mut count = 0;
    let plain = folded(word);
    let stems: Vec<_> = view.languages.iter().map(|l| (*l, l.stem(word))).collect();
    for (leaf, forms) in view.leaves.iter().zip(&mut group.forms) {
        let vocabulary = leaf.vocabulary();
        let mut add = |ord, factor: u16| {
            if !forms.iter().any(|f: &Form| f.ord == ord) {
                let holding = leaf.count(ord);
                if holding > 0 {
                    count += holding;
                    forms.push(Form { ord, factor });
                }
            }
        };
        if let Some(ord) = vocabulary.find(word) {
            add(ord, factor);
        }
        if !is_pair(word) {
            for (language, stem) in &stems {
                for ord in vocabulary.of_stem(*language, *stem) {
                    if !exact_only || folded(vocabulary.word(ord)) == plain {
                        add(ord, factor * STEMMED / EXACT);
                    }
                }
            }
        }
    }
    count
}

fn add_continuations(group: &mut Group, prefix: &str, view: &View, factor: u16) -> u32 {
    let mut count = 0;
    for places in continuations(prefix, view) {
        for ((leaf, forms), ord) in view.leaves.iter().zip(&mut group.forms).zip(places) {
            let Some(ord) = ord.filter(|ord| !forms.iter().any(|f| f.ord == *ord)) else { continue };
            let holding = leaf.count(ord);
            if holding > 0 {
                count += holding;
                forms.push(Form { ord, factor });
            }
        }
    }
    count
}

/// The question with its corrections in place, the rest as typed.
fn rewritten(text: &str, corrections: &[(Range<usize>, String)]) -> Option<String> {
    if corrections.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, word) in corrections {
        out.push_str(&text[at..span.start]);
        out.push_str(word);
        at = span.end;
    }
    out.push_str(&text[at..]);
    Some(out)
}
