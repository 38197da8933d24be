//! Words that commit us to something, so that no promise slips in unowned.

use super::value::Said;
use std::ops::Range;

/// The words of commitment in a say line, as bytes of the file. Only the say line is looked at: it is what the
/// customer hears. Only the language's own list counts.
pub(super) fn find(text: &str, say: &Said, lang: &str) -> Option<Range<usize>> {
    let language = lang.split('-').next().unwrap_or(lang);
    let phrases = PHRASES.iter().find(|(code, _)| *code == language)?.1;
    // Most lines promise nothing; a look at the plain text finds that out before places are searched.
    let plain = say.text.to_lowercase().replace('\u{2019}', "'");
    let line = text.get(say.span.clone())?;
    let present = phrases.iter().filter(|phrase| plain.contains(**phrase));
    present.filter_map(|phrase| position(line, phrase)).min_by_key(|at| at.start).map(|at| {
        let start = say.span.start;
        start + at.start..start + at.end
    })
}

/// Where `phrase` (lower case) stands in `line` as whole words, in any case and over line ends.
fn position(line: &str, phrase: &str) -> Option<Range<usize>> {
    let first = phrase.chars().next()?;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let start = !before.is_alphanumeric() && c.to_lowercase().eq(std::iter::once(first));
        before = c;
        if let Some(length) = start.then(|| matching(&line[at..], phrase)).flatten() {
            return Some(at..at + length);
        }
    }
    None
}

fn matching(line: &str, phrase: &str) -> Option<usize> {
    let mut letters = line.char_indices();
    for wanted in phrase.chars() {
        let (_, c) = letters.next()?;
        let same = match wanted {
            ' ' => c.is_whitespace(),
            '\'' => c == '\'' || c == '\u{2019}',
            _ => c.to_lowercase().eq(std::iter::once(wanted)),
        };
        if !same {
            return None;
        }
    }
    let rest = letters.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then(|| line.len() - rest.len())
}

/// Phrases that nearly always commit the speaker's side, by language; plain "we" and "will" are left out, because
/// most of their uses commit to nothing.
const PHRASES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "we promise",
            "i promise",
            "we guarantee",
            "i guarantee",
            "guaranteed",
            "we'll call you",
            "we will call you",
            "we'll refund",
            "we will refund",
            "we'll replace",
            "we will replace",
            "we'll send you",
            "we will send you",
            "we'll get back to you",
            "we will get back to you",
            "your money back",
            "full refund",
            "free of charge within",
            "we'll pay",
            "we will pay",
            "we'll credit",
            "we will credit",
            "i'll call you back",
            "we'll call back",
            "we will call back",
            "we'll deliver",
            "we will deliver",
        ],
    ),
    (
        "de",
        &[
            "wir versprechen",
            "ich verspreche",
            "wir garantieren",
            "garantiert",
            "wir rufen sie an",
            "wir rufen sie zurück",
            "wir erstatten",
            "wir ersetzen",
            "wir melden uns",
            "geld zurück",
        ],
    ),
    (
        "fr",
        &[
            "nous promettons",
            "je vous promets",
            "nous garantissons",
            "nous vous rappelons",
            "nous vous rappellerons",
            "nous remboursons",
            "nous rembourserons",
            "nous remplaçons",
            "satisfait ou remboursé",
            "nous nous engageons",
        ],
    ),
    (
        "es",
        &[
            "prometemos",
            "le prometo",
            "garantizamos",
            "garantizado",
            "le llamaremos",
            "le devolvemos",
            "le devolveremos",
            "reembolsamos",
            "le reembolsaremos",
            "nos comprometemos",
        ],
    ),
    (
        "nl",
        &[
            "wij beloven",
            "we beloven",
            "wij garanderen",
            "we garanderen",
            "gegarandeerd",
            "we bellen u terug",
            "wij bellen u terug",
            "we vergoeden",
            "wij vergoeden",
            "geld terug",
        ],
    ),
    (
        "pt",
        &[
            "prometemos",
            "garantimos",
            "garantido",
            "ligaremos para",
            "vamos ligar para",
            "reembolsamos",
            "reembolsaremos",
            "devolvemos o dinheiro",
            "comprometemo-nos",
            "nos comprometemos",
        ],
    ),
    (
        "it",
        &[
            "promettiamo",
            "le prometto",
            "garantiamo",
            "garantito",
            "la richiameremo",
            "la richiamiamo",
            "rimborsiamo",
            "rimborseremo",
            "sostituiremo",
            "ci impegniamo",
        ],
    ),
];
