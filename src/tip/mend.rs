//! Makes the mends that are safe without asking; every other byte of the text stays as it is.

use super::{Fix, Problem};

/// The text with every fix of `problems` made. Where two overlap, the first in the text counts; the rest is left
/// for the next run. Fixes that do not fit the text are passed over.
pub fn apply_fixes(text: &str, problems: &[Problem]) -> String {
    let mut fixes: Vec<&Fix> = problems.iter().filter_map(|problem| problem.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for fix in fixes {
        if fix.span.start < at || fix.span.end < fix.span.start || text.get(fix.span.clone()).is_none() {
            continue;
        }
        mended.push_str(&text[at..fix.span.start]);
        mended.push_str(&fix.text);
        at = fix.span.end;
    }
    mended.push_str(&text[at..]);
    mended
}
