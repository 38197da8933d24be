//! Which words of the library somebody may have meant by one that is not among them.

use super::view::View;
use std::collections::BTreeMap;

/// Letters from which one mistake is forgiven, and two: shorter words have too many neighbours. The bounds that
/// Elasticsearch and Meilisearch forgive by differ by a letter or two from these.
const ONE_MISTAKE: usize = 4;
const TWO_MISTAKES: usize = 8;
/// What a mistake costs in powers of e of a word's frequency: at 3, a neighbour at two mistakes must be twenty times
/// as frequent as one at a single mistake.
const MISTAKE: f32 = 3.0;
/// What a mistake in the first letter costs on top: people seldom make one there (Pollock and Zamora 1984).
const FIRST_LETTER: f32 = 1.5;

/// Neighbours of `word`, the likeliest first, ties by word, with their number of mistakes.
pub(super) fn neighbours(word: &str, view: &View) -> Vec<(String, u32)> {
    let letters: Vec<char> = word.chars().collect();
    let edits = match letters.len() {
        TWO_MISTAKES.. => 2,
        ONE_MISTAKE.. => 1,
        _ => return Vec::new(),
    };
    if letters.iter().any(char::is_ascii_digit) {
        return Vec::new();
    }
    let mut found: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for leaf in &view.leaves {
        let vocabulary = leaf.vocabulary();
        let mut consider = |edits: u32, ord: u32, other: &str| {
            if other.bytes().any(|b| b.is_ascii_digit()) {
                return;
            }
            if let Some(distance) = mistakes(&letters, other, edits) {
                let count = leaf.count(ord);
                if count > 0 {
                    found.entry(other.to_owned()).or_insert((distance, 0)).1 += count;
                }
            }
        };
        // Whoever makes two mistakes is taken to have the first letter right: a tenth of the words to look at.
        let first: String = letters.iter().take(1).collect();
        vocabulary.resembling(word, edits, vocabulary.beginning(&first), |ord, other| consider(edits, ord, other));
        vocabulary.beginning_otherwise(word, |ord, other| consider(1, ord, other));
    }
    let likely = |other: &str, (distance, count): (u32, u32)| {
        let first = if other.chars().next() == letters.first().copied() { 0.0 } else { FIRST_LETTER };
        (count as f32).ln_1p() - MISTAKE * distance as f32 - first
    };
    let mut all: Vec<(f32, String, u32)> =
        found.into_iter().map(|(other, seen)| (likely(&other, seen), other, seen.0)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.into_iter().map(|(_, other, distance)| (other, distance)).collect()
}

/// Mistakes between two words, none above `most`: insertions, omissions, replacements and swaps of neighbours
/// (optimal string alignment).
fn mistakes(word: &[char], other: &str, most: u32) -> Option<u32> {
    const WIDEST: usize = 64;
    let mut letters = ['\0'; WIDEST];
    let mut n = 0;
    for c in other.chars() {
        *letters.get_mut(n)? = c;
        n += 1;
    }
    let other = &letters[..n];
    if word.len() >= WIDEST || word.len().abs_diff(n) > most as usize {
        return None;
    }
    let mut rows = [[0_u8; WIDEST + 1]; 3];
    for (j, cell) in rows[0][..=n].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 1..=word.len() {
        let (now, before, earlier) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        let mut least = i as u8;
        for j in 1..=n {
            let same = u8::from(word[i - 1] != other[j - 1]);
            let mut cell = (rows[before][j] + 1).min(rows[now][j - 1] + 1).min(rows[before][j - 1] + same);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                cell = cell.min(rows[earlier][j - 2] + 1);
            }
            rows[now][j] = cell;
            least = least.min(cell);
        }
        if u32::from(least) > most {
            return None;
        }
    }
    Some(u32::from(rows[word.len() % 3][n])).filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::mistakes;

    fn between(a: &str, b: &str) -> Option<u32> {
        mistakes(&a.chars().collect::<Vec<_>>(), b, 2)
    }

    #[test]
    fn mistakes_are_counted_as_people_make_them() {
        assert_eq!(between("assigned", "assigned"), Some(0));
        assert_eq!(between("asqigned", "assigned"), Some(1));
        assert_eq!(between("baased", "based"), Some(1));
        assert_eq!(between("recieve", "receive"), Some(1), "a swap is one mistake");
        assert_eq!(between("gerberra", "gerbera"), Some(1));
        assert_eq!(between("süß", "suß"), Some(1));
        assert_eq!(between("flower", "tower"), Some(2));
        assert_eq!(between("flower", "shower"), Some(2));
        assert_eq!(between("flower", "router"), None);
    }
}
