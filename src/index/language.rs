//! Languages: which stemmer a tip's `lang` calls for, and which words of it carry no meaning of their own.

use super::words::folded;
use frostem::{Algorithm, Stemmer};

/// A language with a stemmer here, or `Plain` for all others: their words match as they are, diacritics aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    Plain,
    English,
    German,
    French,
    Spanish,
    Dutch,
    Portuguese,
    Italian,
}

impl Language {
    pub const COUNT: usize = 8;

    /// The language of a BCP 47 tag, by its first part.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "en" | "" => Language::English,
            "de" => Language::German,
            "fr" => Language::French,
            "es" => Language::Spanish,
            "nl" => Language::Dutch,
            "pt" => Language::Portuguese,
            "it" => Language::Italian,
            _ => Language::Plain,
        }
    }

    fn algorithm(self) -> Option<Algorithm> {
        Some(match self {
            Language::Plain => return None,
            Language::English => Algorithm::English,
            Language::German => Algorithm::German,
            Language::French => Algorithm::French,
            Language::Spanish => Algorithm::Spanish,
            Language::Dutch => Algorithm::Dutch,
            Language::Portuguese => Algorithm::Portuguese,
            Language::Italian => Algorithm::Italian,
        })
    }

    /// What all forms of a word share: the hash of its folded stem. Two words in 10⁴ libraries of 10⁵ words share
    /// one by accident, which costs a stray match of low weight.
    pub fn stem(self, word: &str) -> u32 {
        match self.algorithm() {
            Some(algorithm) => {
                let stemmer = Stemmer::new(algorithm);
                let stem = stemmer.stem(word);
                if stem.is_ascii() { hash(stem.as_bytes()) } else { hash(folded(&stem).as_bytes()) }
            }
            None if word.is_ascii() => hash(word.as_bytes()),
            None => hash(folded(word).as_bytes()),
        }
    }

    /// Words that say nothing about what is looked for.
    pub fn stop_words(self) -> &'static [&'static str] {
        match self {
            Language::Plain => &[],
            Language::English => ENGLISH,
            Language::German => GERMAN,
            Language::French => FRENCH,
            Language::Spanish => SPANISH,
            Language::Dutch => DUTCH,
            Language::Portuguese => PORTUGUESE,
            Language::Italian => ITALIAN,
        }
    }
}

/// FNV-1a, 32 bits: short keys, no dependency, the same on every machine.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

// Function words, sorted, so that they can be found by halving.
const ENGLISH: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
    "but", "by", "can", "could", "did", "do", "does", "doing", "dont", "for", "from", "had", "has", "have", "having",
    "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "might",
    "must", "my", "no", "not", "of", "off", "on", "or", "our", "out", "over", "she", "should", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "up", "us",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you",
    "your",
];
const GERMAN: &[&str] = &[
    "aber", "alle", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "bin", "bis", "bist", "da", "dann", "das",
    "dass", "dein", "dem", "den", "der", "des", "dich", "die", "dies", "diese", "dieser", "dieses", "dir", "doch",
    "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "für", "gegen", "habe", "haben",
    "hat", "hatte", "ich", "ihm", "ihn", "ihr", "ihre", "im", "in", "ist", "ja", "kann", "kein", "keine", "können",
    "man", "mein", "meine", "meinen", "mich", "mir", "mit", "nach", "nicht", "noch", "nun", "nur", "ob", "oder",
    "ohne", "sehr", "sein", "seine", "sich", "sie", "sind", "so", "um", "und", "uns", "unser", "unter", "vom", "von",
    "vor", "war", "waren", "was", "wenn", "wer", "werden", "wie", "will", "wir", "wird", "wo", "zu", "zum", "zur",
    "über",
];
const FRENCH: &[&str] = &[
    "ai", "au", "aux", "avec", "avez", "avons", "c", "ce", "ces", "cet", "cette", "comme", "d", "dans", "de", "des",
    "donc", "du", "elle", "elles", "en", "est", "et", "eu", "il", "ils", "j", "je", "l", "la", "le", "les", "leur",
    "leurs", "lui", "m", "ma", "mais", "me", "mes", "moi", "mon", "n", "ne", "nos", "notre", "nous", "on", "ont", "ou",
    "où", "par", "pas", "plus", "pour", "qu", "quand", "que", "quel", "quelle", "qui", "s", "sa", "sans", "se", "ses",
    "si", "son", "sont", "sous", "suis", "sur", "t", "ta", "te", "tes", "toi", "ton", "tu", "un", "une", "vos",
    "votre", "vous", "y", "à", "été", "être",
];
const SPANISH: &[&str] = &[
    "a", "al", "algo", "ante", "como", "con", "cuando", "cómo", "de", "del", "desde", "donde", "el", "ella", "ellos",
    "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "estar", "este", "esto", "está", "están", "fue", "ha",
    "han", "hasta", "hay", "la", "las", "le", "les", "lo", "los", "me", "mi", "mis", "muy", "más", "ni", "no", "nos",
    "o", "os", "otra", "otro", "para", "pero", "por", "porque", "que", "quien", "qué", "se", "ser", "si", "sin",
    "sobre", "son", "su", "sus", "sí", "también", "te", "tiene", "tu", "tus", "un", "una", "uno", "unos", "y", "ya",
    "yo", "él",
];
const DUTCH: &[&str] = &[
    "aan", "al", "alles", "als", "altijd", "andere", "ben", "bij", "daar", "dan", "dat", "de", "der", "deze", "die",
    "dit", "doch", "doen", "door", "dus", "een", "en", "er", "ge", "geen", "geweest", "haar", "had", "heb", "hebben",
    "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "ik", "in", "is", "ja", "je", "jij", "jouw", "kan", "kunnen",
    "maar", "me", "meer", "men", "met", "mij", "mijn", "moet", "na", "naar", "niet", "niets", "nog", "nu", "of", "om",
    "omdat", "onder", "ons", "ook", "op", "over", "te", "tegen", "toch", "toen", "tot", "u", "uit", "uw", "van",
    "voor", "waren", "was", "wat", "we", "werd", "wie", "wij", "wil", "worden", "wordt", "zal", "ze", "zich", "zij",
    "zijn", "zo", "zonder", "zou",
];
const PORTUGUESE: &[&str] = &[
    "a", "ao", "aos", "as", "até", "com", "como", "da", "das", "de", "do", "dos", "e", "ela", "elas", "ele", "eles",
    "em", "entre", "era", "essa", "esse", "esta", "este", "eu", "foi", "há", "isso", "isto", "já", "lhe", "mais",
    "mas", "me", "meu", "minha", "muito", "na", "nas", "nem", "no", "nos", "não", "nós", "o", "os", "ou", "para",
    "pela", "pelo", "por", "qual", "quando", "que", "quem", "se", "sem", "ser", "seu", "seus", "sua", "suas", "são",
    "só", "também", "te", "tem", "teu", "tu", "um", "uma", "você", "vocês", "à", "às", "é",
];
const ITALIAN: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "anche", "che", "chi", "ci", "come", "con", "cui", "d", "da", "dal",
    "dalla", "degli", "dei", "del", "della", "delle", "di", "dove", "e", "ed", "era", "gli", "ha", "hai", "hanno",
    "ho", "i", "il", "in", "io", "l", "la", "le", "lei", "li", "lo", "loro", "lui", "ma", "mi", "mia", "mio", "ne",
    "nei", "nel", "nella", "noi", "non", "o", "per", "perché", "più", "quale", "quando", "quello", "questa", "questo",
    "se", "sei", "si", "sono", "su", "sua", "sul", "sulla", "suo", "tra", "tu", "tuo", "un", "una", "uno", "vi", "voi",
    "è",
];
