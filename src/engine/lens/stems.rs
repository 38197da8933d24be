//! Words made comparable: plural and possessive endings taken off, the same on both sides of a comparison.

pub(super) fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

pub(super) fn stems(words: &[String]) -> Vec<String> {
    // "gerbera's" is cut at the apostrophe; the lone s is no word of the name.
    words.iter().filter(|w| *w != "s").map(|w| stem(w)).collect()
}

/// A word without its plural ending, made alike on both sides of a comparison: "daisy" and "daisies" become "daisi",
/// "box" and "boxes" "box", "phone" and "phones" "phone". After the S stemmer (Harman 1991).
pub(super) fn stem(word: &str) -> String {
    if word.chars().count() <= 3 {
        return word.to_string();
    }
    let plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let one = if plural { &word[..word.len() - 1] } else { word };
    if let Some(start) = one.strip_suffix("ie").or_else(|| one.strip_suffix('y')) {
        return format!("{start}i");
    }
    let hissing = ["se", "xe", "ze", "che", "she"].iter().any(|end| one.ends_with(end));
    one.strip_suffix('e').filter(|_| hissing).unwrap_or(one).to_string()
}
