//! Feeds wrong bytes for as long as one likes: `cargo bench --bench fuzz -- [front-matter|markdown|query] [--seconds N] [--seed N]`.
//!
//! Takes good and bad texts apart, mutates and joins them, and looks for panics, answers of 500 and above, markup that
//! may run, spans that do not fit their text, and inputs that take long. What fails is written to `target/fuzz`.

use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use stemwire::app::{App, Settings};
use stemwire::http::{Options, router};
use stemwire::tip::{
    Problem, Sections, TipId, apply_fixes, decode, parse_section, parse_tip, plain_text, render_html, resolve,
};
use tower::ServiceExt;

/// An input that takes this long hangs, as far as a caller can tell.
const HANGS: Duration = Duration::from_secs(5);

/// Longer inputs are cut: it is variety that finds things, and a parser's size limit has tests of its own.
const LONGEST: usize = 20_000;

/// What means something to a parser of YAML, TOML, markdown, HTML, a query or text.
const TOKENS: &[&str] = &[
    "---\n",
    "+++\n",
    "...\n",
    "\u{feff}",
    "\r\n",
    "\r",
    "\0",
    "\t",
    "\u{2028}",
    "\u{202e}",
    "\u{0301}",
    "😀",
    "日本",
    "ß",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a ",
    "<<: ",
    "!!binary ",
    "|\n",
    ">-\n",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "#",
    "# ",
    "@",
    "`",
    "when: ",
    "prevents: ",
    "after: ",
    "says: ",
    "wire: ",
    "expected: ",
    "verified: ",
    "review: ",
    "asks: ",
    "1e999",
    "-0",
    "0x1F",
    ".inf",
    "2026-02-30",
    "99999999999999999999",
    "3-2 days",
    "= ",
    "[a.b]\n",
    "\"\"\"",
    "```",
    "~~~",
    "> ",
    "1. ",
    "|---|",
    "[^1]",
    "[^1]: ",
    "![",
    "](",
    "](javascript:",
    "<script>",
    "<img src=x onerror=x>",
    "</",
    "<!--",
    "<![CDATA[",
    "&#x0;",
    "&amp;",
    "***",
    "__",
    "~~",
    "\\",
    "    ",
    "https://a.b",
    "q=",
    "&text=",
    "&limit=",
    "&cursor=",
    "%00",
    "%ff",
    "%F0%9F",
    "\"a b\"",
    "-a",
    "*",
    "a*",
    "products=",
    "&lang=",
    "OR",
    "AND",
    "^2",
    "~9",
    "(",
    ")",
    "/",
];

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same run.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A text of `corpus`, changed in one to eight places.
    fn input(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.one(corpus).clone();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(8) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 => drop(bytes.splice(at..at, self.one(TOKENS).bytes())),
                2 => drop(bytes.splice(at..end, self.one(TOKENS).bytes())),
                3 => drop(bytes.drain(at..end)),
                4 => {
                    let again = bytes[at..end].repeat(1 + self.below(60));
                    bytes.splice(at..at, again);
                }
                5 => {
                    let other = self.one(corpus);
                    let from = self.below(other.len() + 1);
                    let to = (from + self.below(200)).min(other.len());
                    bytes.splice(at..at, other[from..to].iter().copied());
                }
                6 => bytes.insert(at, self.next() as u8),
                _ => bytes.truncate(at.max(1)),
            }
        }
        bytes.truncate(LONGEST);
        bytes
    }
}

/// Runs one input; what is wrong with what came of it.
type Run = Box<dyn FnMut(&[u8]) -> Result<(), String>>;

struct Target {
    name: &'static str,
    corpus: Vec<Vec<u8>>,
    run: Run,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let after =
        |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)?.parse().ok());
    let seconds = after("--seconds").unwrap_or(20);
    let seed = after("--seed").unwrap_or(1);
    let wanted = arguments.first().filter(|first| !first.starts_with("--"));
    let mut failed = 0;
    for target in targets().into_iter().filter(|target| wanted.is_none_or(|wanted| wanted == target.name)) {
        failed += fuzz(target, Duration::from_secs(seconds), Luck(seed));
    }
    std::process::exit(i32::from(failed > 0));
}

/// Runs one target; gives back how many inputs failed.
fn fuzz(mut target: Target, time: Duration, mut luck: Luck) -> usize {
    std::panic::set_hook(Box::new(|_| {}));
    let current = Arc::new(Mutex::new((Instant::now(), Vec::new())));
    watch(target.name, current.clone());
    let (started, mut runs, mut slowest) = (Instant::now(), 0_u64, (Duration::ZERO, Vec::new()));
    let mut failures: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    while started.elapsed() < time {
        let input = luck.input(&target.corpus);
        let began = Instant::now();
        *current.lock().unwrap_or_else(PoisonError::into_inner) = (began, input.clone());
        let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let took = began.elapsed();
        let wrong = match ended {
            Ok(Ok(())) => None,
            Ok(Err(why)) => Some(why),
            Err(panic) => Some(format!("panic: {}", said(panic.as_ref()))),
        };
        if let Some(why) = wrong {
            failures.entry(why).or_insert_with(|| input.clone());
        }
        if took > slowest.0 {
            slowest = (took, input);
        }
        runs += 1;
    }
    current.lock().unwrap_or_else(PoisonError::into_inner).1.clear();
    let name = target.name;
    println!(
        "{name}: {runs} inputs in {} s, {} kinds of failure, slowest {:?}",
        time.as_secs(),
        failures.len(),
        slowest.0
    );
    keep(name, "slowest", &slowest.1);
    for (at, (why, input)) in failures.iter().enumerate() {
        println!("  {why}: {}", keep(name, &at.to_string(), input));
    }
    failures.len()
}

/// Ends the run where one input takes too long: it would never come back by itself.
fn watch(name: &'static str, current: Arc<Mutex<(Instant, Vec<u8>)>>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let (since, input) = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if !input.is_empty() && since.elapsed() > HANGS {
                println!("{name}: an input hangs: {}", keep(name, "hangs", &input));
                std::process::exit(1);
            }
        }
    });
}

fn keep(name: &str, what: &str, input: &[u8]) -> String {
    let folder = Path::new("target/fuzz");
    let file = folder.join(format!("{name}-{what}"));
    let kept = fs::create_dir_all(folder).and_then(|()| fs::write(&file, input));
    kept.map_or_else(|error| error.to_string(), |()| file.display().to_string())
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text =
        panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
    text.unwrap_or_default().chars().take(120).collect()
}

fn targets() -> Vec<Target> {
    let sections = sections();
    let files = texts(&["tests/fixtures/bad_tips", "tips"]);
    let (fronts, bodies) = files.iter().map(|file| parted(file)).unzip();
    let beside = sections.clone();
    vec![
        Target { name: "front-matter", corpus: fronts, run: Box::new(move |input| file(&around(input), &beside)) },
        Target { name: "markdown", corpus: bodies, run: Box::new(move |input| markdown(input, &sections)) },
        query(),
    ]
}

fn texts(folders: &[&str]) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for folder in folders {
        let mut waiting = vec![Path::new(folder).to_owned()];
        while let Some(path) = waiting.pop() {
            match fs::read_dir(&path) {
                Ok(entries) => waiting.extend(entries.flatten().map(|entry| entry.path())),
                Err(_) => texts.extend(fs::read(&path)),
            }
        }
    }
    texts.sort();
    texts
}

fn sections() -> Sections {
    let text = "---\nissues:\n  buying: [a bunch of]\n  drooping: [gone limp]\n---\nNobody has to ask twice.\n";
    Sections::new(parse_section("_index.md", text).0, [])
}

/// Front matter with its fences, and what follows.
fn parted(file: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let end = file.windows(5).skip(3).position(|five| five == b"\n---\n").map_or(0, |at| at + 3 + 5);
    (file[..end].to_vec(), file[end..].to_vec())
}

fn around(front: &[u8]) -> Vec<u8> {
    [front, b"# What do I do when they droop?\n\nCoil a wire round the stem.\n\nIt is *soft*.\n"].concat()
}

/// A file, from bytes to what would be served, as a tip and as a section.
fn file(bytes: &[u8], sections: &Sections) -> Result<(), String> {
    let Ok(text) = decode("flowers/wire.md", bytes.to_vec()) else { return Ok(()) };
    let (draft, mut problems) = parse_tip("flowers/wire.md", &text);
    if let Some(draft) = draft {
        let (tip, found) = resolve(&draft, sections, None);
        problems.extend(found);
        if let Some(tip) = tip {
            shown(&tip.detail)?;
        }
    }
    fits(&problems, &text)?;
    let mended = apply_fixes(&text, &problems);
    fits(&parse_tip("flowers/wire.md", &mended).1, &mended)?;
    fits(&parse_section("flowers/_index.md", &text).1, &text)
}

fn fits(problems: &[Problem], text: &str) -> Result<(), String> {
    for problem in problems {
        let spans = std::iter::once(&problem.span).chain(problem.fix.as_ref().map(|fix| &fix.span));
        for span in spans {
            if text.get(span.clone()).is_none() {
                return Err(format!("{}: its span does not fit the text", problem.code.as_str()));
            }
        }
    }
    Ok(())
}

fn markdown(bytes: &[u8], sections: &Sections) -> Result<(), String> {
    shown(&String::from_utf8_lossy(bytes))?;
    file(bytes, sections)
}

/// The HTML holds only tags that a browser cannot be made to run.
fn shown(text: &str) -> Result<(), String> {
    plain_text(text);
    let html = render_html(text, &TipId::new("flowers/wire")).to_lowercase();
    let bad =
        ["<script", "<iframe", "<style", "<svg", "<object", "<form", "href=\"javascript", "href=\"data", " onerror=x>"];
    match bad.iter().find(|bad| html.contains(**bad)) {
        Some(bad) => Err(format!("the HTML holds {bad}")),
        None => Ok(()),
    }
}

/// What anybody may send to suggest, search and check, over the router of the sample library.
fn query() -> Target {
    let folder = Path::new("target/fuzz/library");
    fs::create_dir_all(folder).expect("the target folder can be written");
    let settings = Settings { library: "tips".into(), index: folder.join("index"), model: None, drafts: false };
    let app = Arc::new(App::open(settings, &|_, _| {}).expect("the sample library opens"));
    let router = router(app, Options::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let corpus = [
        "q=a bunch of gerberas",
        "q=\"soft stems\" -roses&product=flowers/gerbera&limit=3",
        "text=my card was declined abroad",
        "text=hello&products=gerbera&issues=buying&told=a&mood=angry&stage=after",
        "q=wifi&lang=de&cursor=abc",
        "{\"text\":\"my parcel is late\",\"products\":[\"parcels\"],\"told\":[\"a/b\"],\"occasion\":{\"first\":true}}",
        "{\"id\":\"flowers/x\",\"text\":\"---\\nwhen: buying\\n---\\n# Why?\\n\\nSo.\\n\"}",
        "kw 日本語 ß 😀 e\u{301}",
    ];
    let run = move |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        for (method, path, body) in requests(&text) {
            let request = Request::builder().method(method).uri(&path).header("host", "127.0.0.1:7171");
            let Ok(request) = request.header("content-type", "application/json").body(Body::from(body)) else {
                continue;
            };
            let status = runtime.block_on(router.clone().oneshot(request)).map(|answer| answer.status().as_u16());
            match status {
                Ok(status) if status < 500 => {}
                other => return Err(format!("{method} {}: {other:?}", path.split('?').next().unwrap_or_default())),
            }
        }
        Ok(())
    };
    Target { name: "query", corpus: corpus.map(|one| one.as_bytes().to_vec()).to_vec(), run: Box::new(run) }
}

fn requests(text: &str) -> Vec<(&'static str, String, String)> {
    let coded: String = text.bytes().take(2_000).map(|byte| format!("%{byte:02X}")).collect();
    let raw: String = text.chars().filter(char::is_ascii_graphic).take(2_000).collect();
    let get = |path: String| ("GET", path, String::new());
    vec![
        get(format!("/v1/search?q={coded}")),
        get(format!("/v1/suggest?text={coded}")),
        get(format!("/v1/search?{raw}")),
        get(format!("/v1/suggest?{raw}")),
        ("POST", "/v1/suggest".to_owned(), text.to_owned()),
        ("POST", "/v1/check".to_owned(), text.to_owned()),
    ]
}
