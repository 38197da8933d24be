//! Each clause of what was said, heard by itself: who has two matters joins them with an "and", and in a long story the one
//! matter drowns.
//!
//! The text as a whole stays one reading. A clause is another one, whose chance counts for less, since most clauses tell no
//! matter of their own. It must not lower what the whole says.

use super::build::Lens;
use super::clauses::Piece;
use super::heard::Heard;
use super::passing;
use crate::engine::tokens;
use crate::tip::SectionId;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Clauses of one text that are heard by themselves, of more the last ones, where a chat has got to: a text of 80 words has
/// 4 to 18, and each takes as long as a short text.
const MOST_CLAUSES: usize = 24;
/// A clause of fewer words tells nothing that the whole does not: "hi", "and also".
const LEAST_WORDS: usize = 3;
/// A clause with one of these and but one word that tells anything tells no other issue: what "it is slow" is said of stands
/// elsewhere, and thanks for one's time or help go with any matter, as "have a nice day" does. Of other issues that would be spoken of by one such word 19 in 100 are right where
/// one of these stands beside it, and 85 where none does (the texts below).
const REFERS_OR_THANKS: [&str; 17] = [
    "it", "its", "that", "this", "these", "those", "they", "them", "he", "him", "she", "her", "thank", "thanks",
    "help", "nice", "time",
];

/// From what a clause would say alone to the log odds of its issue being a matter of the text, where it is another issue than
/// that of the whole text: of that chance, of how far ahead the issue is in the clause, how many clauses there are (their
/// logarithm), and of the whole's chance. A sure clause is trusted the more, the more there is to drown in.
///
/// Fitted on phrases of the train files of BANKING77, CLINC150 and HWU64 that libraries of ten phrases an issue do not have:
/// as they are, two joined, one amid greetings and stories of 25 to 80 words, and all of that with phrases of no issue of the
/// library; one text in eleven tells two matters, one in eight is a story, one in five tells nothing. The constants are
/// lowered by 1.3 and 1.4, since a tip told wrongly costs more than one unsaid: of 100 such texts that are about none of the
/// issues 56 reach the chance from which one is spoken of with the fitted ones, 47 with these, and 45 where no clause is heard.
/// Of slopes that are alike, those that also keep the ranking cases.
const OTHER: f32 = -2.9;
const OTHER_ALONE: f32 = 0.28;
const OTHER_ALONE_BY_CLAUSES: f32 = 0.25;
const OTHER_AHEAD: f32 = 2.2;
const OTHER_CLAUSES: f32 = -0.9;
const OTHER_WHOLE: f32 = -0.25;
/// The same where the clause says what the whole says.
const SAME: f32 = -1.0;
const SAME_ALONE: f32 = 0.6;
const SAME_CLAUSES: f32 = -0.7;
const SAME_WHOLE: f32 = 0.5;

/// Another issue with less chance is left out. Taken in, it brings the second of two matters among the first three in two texts
/// of a hundred, and takes the only one from there in 1 of 1,000 (phrases of BANKING77).
const LEAST_OTHER: f32 = 0.05;

/// What the text as a whole is about.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub issue: usize,
    pub chance: f32,
    /// What its issue keeps of a score beside these products.
    pub kept: f32,
}

/// The best issue of a clause.
struct Claim {
    issue: usize,
    /// Chance that the clause would have, were it all that was said.
    alone: f32,
    /// How much more it scores there than the issue of the whole.
    ahead: f32,
}

/// Issues that clauses of the text are about, with their chance. One may come several times.
pub(super) fn told(
    lens: &Lens,
    heard: &[Heard<'_>],
    products: &BTreeMap<SectionId, f32>,
    whole: Whole,
) -> Vec<(usize, f32)> {
    let clauses = clauses(heard);
    if clauses.len() < 2 {
        return Vec::new();
    }
    let (many, surely) = ((clauses.len() as f32).ln(), log_odds(whole.chance));
    let claims = clauses.into_iter().filter_map(|words| claim(lens, words, products, whole));
    let chances = claims.map(|claim| {
        let alone = log_odds(claim.alone);
        let sum = if claim.issue == whole.issue {
            SAME + SAME_ALONE * alone + SAME_CLAUSES * many + SAME_WHOLE * surely
        } else {
            OTHER
                + (OTHER_ALONE + OTHER_ALONE_BY_CLAUSES * many) * alone
                + OTHER_AHEAD * claim.ahead
                + OTHER_CLAUSES * many
                + OTHER_WHOLE * surely
        };
        (claim.issue, 1.0 / (1.0 + (-sum).exp()))
    });
    chances.filter(|(issue, chance)| *issue == whole.issue || *chance >= LEAST_OTHER).collect()
}

/// The clauses of what the customer said, as words.
fn clauses<'a>(heard: &'a [Heard<'_>]) -> Vec<&'a [String]> {
    let said = heard.iter().filter(|heard| !heard.piece.by_agent).map(|heard| &heard.reading);
    let cut = said.flat_map(|reading| {
        let clauses = passing::clauses(&reading.words, &reading.stops);
        clauses.into_iter().map(|clause| &reading.words[clause.from..clause.to])
    });
    let all: Vec<&[String]> = cut.collect();
    all[all.len().saturating_sub(MOST_CLAUSES)..].to_vec()
}

/// What a clause is about by itself, where it tells anything.
fn claim(lens: &Lens, words: &[String], products: &BTreeMap<SectionId, f32>, whole: Whole) -> Option<Claim> {
    let telling = words.iter().filter(|word| tokens::tells(word)).count();
    if words.len() < LEAST_WORDS || telling == 0 {
        return None;
    }
    let heard = lens.hear_piece(Piece { text: Cow::Owned(words.join(" ")), weight: 1.0, by_agent: false });
    let (ranked, evidence) = lens.weigh(std::slice::from_ref(&heard), products)?;
    let (score, issue) = *ranked.first()?;
    let leans = telling == 1 && words.iter().any(|word| REFERS_OR_THANKS.contains(&word.as_str()));
    if issue != whole.issue && leans {
        return None;
    }
    Some(Claim { issue, alone: evidence.chance(), ahead: score - whole.kept * heard.score(whole.issue) })
}

fn log_odds(chance: f32) -> f32 {
    let chance = chance.clamp(1e-4, 1.0 - 1e-4);
    (chance / (1.0 - chance)).ln()
}
