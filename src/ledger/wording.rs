//! Words in the form in which they are compared and grouped: case, punctuation and spacing do not count.
//! What looks like a person's address or number does not get into a group at all.

use crate::tip::{IssueId, SectionId};
use unicode_normalization::UnicodeNormalization;

/// A search that found nothing is a few words; longer ones are cut.
const MOST_BYTES: usize = 120;
/// Numbers of this length or longer name orders, phones and people, hardly ever what is missing.
const LONG_NUMBER: usize = 4;

/// What a balloon says, for finding one that says the same. Where nothing but signs is left, the text itself.
pub(super) fn likeness(said: &str) -> String {
    let words = words(said).collect::<Vec<_>>().join(" ");
    short(if words.is_empty() { said.trim().to_owned() } else { words })
}

/// The same with what it is about, where that is named: the same words about another product are another wish. It begins
/// with the words and a line break.
pub(super) fn likeness_about(said: &str, product: Option<&SectionId>, issue: Option<&IssueId>) -> String {
    let named = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let (product, issue) = (named(product.map(SectionId::as_str)), named(issue.map(IssueId::as_str)));
    match product.is_empty() && issue.is_empty() {
        true => likeness(said),
        false => likeness(said) + "\n" + &short(format!("{product}\n{issue}")),
    }
}

/// A long text would not fit into an index.
fn short(text: String) -> String {
    if text.len() > MOST_BYTES { blake3::hash(text.as_bytes()).to_hex().to_string() } else { text }
}

/// The words of a search, without what could name a person. None where nothing is left.
pub(super) fn group(searched: &str) -> Option<String> {
    // Digits and signs that look otherwise are the same ones.
    let folded: String = searched.nfkc().collect();
    let pieces: Vec<&str> = folded.split_whitespace().collect();
    let is_word = |piece: &&str| piece.chars().any(char::is_alphabetic);
    let mut kept: Vec<&str> = Vec::new();
    // A number may be written in groups: what stands between two words is one.
    for together in pieces.chunk_by(|a, b| !is_word(a) && !is_word(b)) {
        let digits = together.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_numeric()).count();
        if digits < LONG_NUMBER {
            kept.extend(together.iter().filter(|piece| !piece.contains('@')));
        }
    }
    let mut group = String::new();
    for word in words(&kept.join(" ")) {
        if group.len() + word.len() >= MOST_BYTES {
            break;
        }
        if !group.is_empty() {
            group.push(' ');
        }
        group += &word;
    }
    (!group.is_empty()).then_some(group)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{group, likeness, likeness_about};
    use crate::tip::{IssueId, SectionId};

    #[test]
    fn what_says_the_same_is_alike() {
        assert_eq!(likeness("  Sell GERBERA-wire, in packs! "), likeness("sell gerbera wire in packs"));
        assert_ne!(likeness("🎈"), likeness("🌷"));
        assert_eq!(likeness(&"x ".repeat(900)).len(), 64);
        let (roses, gift) = (SectionId::new("roses"), IssueId::new("gift"));
        let about = likeness_about("wire", Some(&roses), None);
        assert!(about.starts_with("wire\n") && about != likeness_about("wire", None, Some(&gift)));
        assert_eq!(about, likeness_about("Wire!", Some(&roses), None));
        assert_eq!(likeness_about("wire", None, None), likeness("wire"));
    }

    #[test]
    fn a_group_names_nobody() {
        assert_eq!(group("Vase for anna@example.org order 1234567?").as_deref(), Some("vase for order"));
        assert_eq!(group("0171-2345678"), None);
        // In other digits, in groups, and with what is written for an at sign elsewhere.
        assert_eq!(group("vase １２３４５６７").as_deref(), Some("vase"));
        assert_eq!(group("vase ٠١٧١٢٣٤٥").as_deref(), Some("vase"));
        assert_eq!(group("call +49 171 / 234 567 please").as_deref(), Some("call please"));
        assert_eq!(group("vase anna＠example.org").as_deref(), Some("vase"));
        assert_eq!(group("12 roses, 30 cm").as_deref(), Some("12 roses 30 cm"));
        assert_eq!(group("Läuse  an ROSEN"), group("läuse an rosen"));
        assert!(group(&"lang ".repeat(400)).is_some_and(|group| group.len() <= 120));
    }
}
