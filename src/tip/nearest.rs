//! The known word that somebody most likely meant.

use strsim::osa_distance;

/// The candidates nearest to `text`, best first, at most `most`; only those near enough to be a slip of the hand:
/// a third of the letters, two at least, or one the beginning of the other and half of it.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let wanted = fold(text);
    let length = wanted.chars().count();
    if length == 0 || length > 100 {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|word| {
            let candidate = fold(word);
            let letters = candidate.chars().count();
            let allowed = (length.max(letters) / 3).max(2).min(length.saturating_sub(1));
            if letters.abs_diff(length) > allowed {
                let begins = length.min(letters) >= 4 && 2 * length.min(letters) >= length.max(letters);
                let begins = begins && (candidate.starts_with(&wanted) || wanted.starts_with(&candidate));
                return begins.then_some((allowed, word));
            }
            let distance = osa_distance(&wanted, &candidate);
            (distance <= allowed).then_some((distance, word))
        })
        .collect();
    found.sort();
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().take(most).map(|(_, word)| word).collect()
}

/// Text for comparing names: lower case, composed, `-` and `_` as spaces, one space between words.
pub(super) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut folded = String::with_capacity(text.len());
    let mut push = |c: char| match c {
        '-' | '_' => folded.push(' '),
        c if c.is_whitespace() => folded.push(' '),
        c => folded.extend(c.to_lowercase()),
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push)
    } else {
        text.nfkc().for_each(&mut push)
    }
    let mut words = folded.split(' ').filter(|word| !word.is_empty());
    let mut joined = words.next().unwrap_or_default().to_owned();
    for word in words {
        joined.push(' ');
        joined.push_str(word);
    }
    joined
}

/// "a", "a or b", "a, b or c", each in backticks.
pub(super) fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
