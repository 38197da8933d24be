//! Measures of the index: how fast it is built, how large it is, what it finds and how soon.
//!
//! `cargo bench --bench search -- --library DIR --queries DIR [--index DIR] [--rounds N] [--misses] [--changes]`: a library of
//! documents `PRODUCT/ID.md`, and `queries_short.jsonl` and `queries_long.jsonl` with lines `{q, product, src}`. `--misses`
//! lists what was not found; `--changes` puts thirty tips anew, which leaves the index in more pieces than it was.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use stemwire::index::{Change, Found, Index, Opening, Search, Searcher, Stamp, Wanted};
use stemwire::tip::{self, SectionId, Sections, Tip};

/// The say line of documents without one.
const NO_SAY: &str = "As follows.";

/// Questions that are named as the slowest of their kind.
const SLOWEST: usize = 3;

struct Query {
    text: String,
    product: Option<SectionId>,
    source: String,
}

struct Options {
    library: PathBuf,
    queries: PathBuf,
    index: PathBuf,
    rounds: usize,
    misses: bool,
    changes: bool,
}

fn main() {
    let options = match options() {
        Ok(options) => options,
        Err(why) => {
            println!("search: not measured: {why}");
            return;
        }
    };
    let (index, opening) = Index::open(&options.index, "").expect("the index folder can be used");
    if let Opening::Empty { reason } = opening {
        println!("building: {reason}");
        build(&index, &options);
    }
    drop(index);
    let started = Instant::now();
    let (index, _) = Index::open(&options.index, "").expect("the index opens");
    let opened = started.elapsed();
    let searcher = index.searcher().expect("the index is read");
    println!(
        "start: opened in {opened:?}, searcher after {:?}, {} tips, {} MB",
        started.elapsed(),
        searcher.len(),
        resident() / 1_000_000
    );
    let stamped = Instant::now();
    let stamps = searcher.stamps().expect("stamps are read").len();
    println!("stamps: {stamps} in {:?}", stamped.elapsed());
    let first = Instant::now();
    ask(&searcher, "first question", None);
    println!("first question: {:?}", first.elapsed());
    let short = measured(&searcher, &options, "short");
    let long = measured(&searcher, &options, "long");
    println!("long / short: p50 {:.2}, mean {:.2}", long.0 / short.0, long.1 / short.1);
    println!("memory: {} MB", resident() / 1_000_000);
    if options.changes {
        one_change(&index, &options);
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        library: PathBuf::new(),
        queries: PathBuf::from("../shared/data/search"),
        index: PathBuf::from("target/bench-index"),
        rounds: 7,
        misses: false,
        changes: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{name} wants a value"));
        match name.as_str() {
            "--library" => options.library = value()?.into(),
            "--queries" => options.queries = value()?.into(),
            "--index" => options.index = value()?.into(),
            "--rounds" => options.rounds = value()?.parse().map_err(|_| "--rounds wants a number")?,
            "--misses" => options.misses = true,
            "--changes" => options.changes = true,
            "--bench" => {}
            other => return Err(format!("{other} is not known")),
        }
    }
    if !options.library.is_dir() {
        return Err("name a library of documents with --library DIR".into());
    }
    if !options.queries.join("queries_short.jsonl").is_file() {
        return Err(format!("there are no queries in {}", options.queries.display()));
    }
    Ok(options)
}

fn build(index: &Index, options: &Options) {
    let mut files = Vec::new();
    list(&options.library, &mut files);
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in &files {
        let name = path.strip_prefix(&options.library).expect("below the library").display().to_string();
        texts.push((name, std::fs::read_to_string(path).expect("a document is text")));
    }
    let size: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let sections = sections(&options.library);
    let (started, cpu) = (Instant::now(), processor());
    let mut writer = index.writer().expect("nobody else writes");
    let count = texts.len();
    let mut broken = 0;
    for (file, text) in texts {
        match change(&file, text, &sections) {
            Some(change) => writer.put(change).expect("a tip is taken"),
            None => broken += 1,
        }
    }
    writer.commit("bench").expect("the index is written");
    let committed = started.elapsed();
    drop(writer);
    let spent = processor() - cpu;
    let disk: usize = by_kind(&options.index).iter().map(|(_, bytes)| bytes).sum();
    println!(
        "build: {count} documents ({broken} of them no tips) in {committed:?}, merged after {:?}; {:.0} tips/s, {:.0} tips/s a core; peak {} MB",
        started.elapsed(),
        count as f64 / committed.as_secs_f64(),
        count as f64 / spent,
        status("VmHWM") / 1_000_000
    );
    println!("disk: {:.1} MB for {:.1} MB of text: {:.2}", mega(disk), mega(size), disk as f64 / size as f64);
    for (kind, bytes) in by_kind(&options.index) {
        println!("  {kind}: {:.1} MB, {:.2}", mega(bytes), bytes as f64 / size as f64);
    }
}

/// What putting a document is; none where it is no tip: a heading of nothing but markup, for one.
fn change(file: &str, text: String, sections: &Sections) -> Option<Change> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(file.as_bytes()).update(text.as_bytes());
    let hash = hasher.finalize().as_bytes()[..16].try_into().expect("sixteen bytes");
    let stamp = Stamp { modified_ns: 0, size: text.len() as u64, hash: u128::from_le_bytes(hash) };
    Some(Change::Tip { tip: Box::new(document(file, &text, sections)?), source: text, stamp })
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Microseconds at the median and on average.
fn measured(searcher: &Searcher, options: &Options, kind: &str) -> (f64, f64) {
    let queries = queries(&options.queries.join(format!("queries_{kind}.jsonl")));
    let (mut found, mut totals) = (0, 0);
    for query in &queries {
        let answer = ask(searcher, &query.text, query.product.as_ref());
        totals += answer.total;
        let at = answer.hits.iter().any(|hit| hit.tip.id.as_str().rsplit('/').next() == Some(&query.source));
        found += usize::from(at);
        if !at && options.misses {
            println!("  missed {} {:?} {:?} -> {:?}", query.source, query.product, query.text, answer.corrected);
        }
    }
    println!(
        "{kind}: source in the first ten {:.3} of {}; {:.0} found on average",
        found as f64 / queries.len() as f64,
        queries.len(),
        totals as f64 / queries.len() as f64
    );
    let times = timed(&queries, options.rounds, |query| {
        ask(searcher, &query.text, query.product.as_ref());
    });
    report(&format!("{kind} search"), &times);
    let suggest = timed(&queries, options.rounds, |query| {
        let products = query.product.iter().map(|p| (p.clone(), 0.9)).collect();
        let wanted = Wanted { text: query.text.clone(), products, limit: 64, ..Wanted::default() };
        searcher.candidates(&wanted).expect("candidates are found");
    });
    report(&format!("{kind} candidates"), &suggest);
    (at(&times, 0.5), mean(&times))
}

/// The best time of each question over all rounds, sorted: what it costs where nobody else wants the processor.
/// Questions are asked in turn, so that none finds its own traces in the caches.
fn timed(queries: &[Query], rounds: usize, mut ask: impl FnMut(&Query)) -> Vec<Duration> {
    let mut times = vec![Duration::MAX; queries.len()];
    for _ in 0..rounds.max(1) {
        for (query, best) in queries.iter().zip(&mut times) {
            let started = Instant::now();
            ask(query);
            *best = started.elapsed().min(*best);
        }
    }
    let mut slowest: Vec<usize> = (0..queries.len()).collect();
    slowest.sort_by_key(|n| std::cmp::Reverse(times[*n]));
    for n in slowest.into_iter().take(SLOWEST) {
        println!("  {:.0} µs: {:?}", times[n].as_secs_f64() * 1e6, queries[n].text);
    }
    times.sort();
    times
}

fn report(what: &str, times: &[Duration]) {
    let [half, ninety, ninety_nine, most] = [0.5, 0.9, 0.99, 1.0].map(|share| at(times, share));
    println!(
        "{what}: p50 {half:.0} µs, p90 {ninety:.0}, p99 {ninety_nine:.0}, most {most:.0}, mean {:.0}",
        mean(times)
    );
}

fn mean(times: &[Duration]) -> f64 {
    times.iter().sum::<Duration>().as_secs_f64() * 1e6 / times.len() as f64
}

fn at(times: &[Duration], share: f64) -> f64 {
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6
}

fn ask(searcher: &Searcher, text: &str, product: Option<&SectionId>) -> Found {
    let products = product.into_iter().cloned().collect();
    let search = Search { text: text.to_owned(), products, limit: 10, ..Search::default() };
    searcher.search(&search).expect("a search is answered")
}

/// How long a saved tip takes until a new view shows it.
fn one_change(index: &Index, options: &Options) {
    let mut files = Vec::new();
    list(&options.library, &mut files);
    let sections = sections(&options.library);
    let mut writer = index.writer().expect("nobody else writes");
    let mut times = Vec::new();
    for path in files.iter().step_by(files.len().div_ceil(30)) {
        let name = path.strip_prefix(&options.library).expect("below the library").display().to_string();
        let text = std::fs::read_to_string(path).expect("a document is text");
        let started = Instant::now();
        let Some(change) = change(&name, text, &sections) else { continue };
        writer.put(change).expect("a tip is taken");
        writer.commit("bench").expect("the index is written");
        ask(&index.searcher().expect("the index is read"), "gerbera", None);
        times.push(started.elapsed());
    }
    times.sort();
    report("one tip saved, served", &times);
}

fn queries(path: &Path) -> Vec<Query> {
    let text = std::fs::read_to_string(path).expect("queries are text");
    let query = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a query is JSON");
        Query {
            text: line["q"].as_str().unwrap_or_default().to_owned(),
            product: line["product"].as_str().map(SectionId::new),
            source: line["src"].as_str().unwrap_or_default().to_owned(),
        }
    };
    text.lines().map(query).collect()
}

/// A document as a tip, as a library of such documents makes it.
fn document(file: &str, text: &str, sections: &Sections) -> Option<Tip> {
    let parse = |text: &str| tip::resolve(&tip::parse_tip(file, text).0?, sections, None).0;
    // A document that begins with a list or with code has no line to say aloud; what is measured is how it is found.
    parse(text).or_else(|| {
        let (head, rest) = text.split_once("\n# ")?;
        let (heading, rest) = rest.split_once('\n')?;
        parse(&format!("{head}\n# {heading}\n\n{NO_SAY}\n\n{rest}"))
    })
}

/// The folders of a library as sections.
fn sections(library: &Path) -> Sections {
    let mut files = Vec::new();
    list(library, &mut files);
    let folder = |file: &PathBuf| {
        let below = file.strip_prefix(library).ok()?.parent()?;
        Some(SectionId::new(below.display().to_string()))
    };
    Sections::new([], files.iter().filter_map(folder).collect::<std::collections::BTreeSet<_>>())
}

fn list(dir: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
}

fn by_kind(dir: &Path) -> Vec<(String, usize)> {
    let mut kinds = std::collections::BTreeMap::new();
    let mut walk = vec![dir.to_owned()];
    while let Some(dir) = walk.pop() {
        for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk.push(path);
            } else {
                let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
                *kinds.entry(kind).or_default() += entry.metadata().map_or(0, |m| m.len() as usize);
            }
        }
    }
    kinds.into_iter().collect()
}

/// A number of bytes from the process's status; 0 where the system does not tell.
fn status(field: &str) -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0) * 1024
}

fn resident() -> usize {
    status("VmRSS")
}

/// Seconds of processor time of this process, all threads.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = text.rsplit(')').next().unwrap_or_default();
    let ticks = |n: usize| after.split_whitespace().nth(n).and_then(|t| t.parse::<f64>().ok()).unwrap_or(0.0);
    // Clock ticks are hundredths of a second on every Linux there is.
    (ticks(11) + ticks(12)) / 100.0
}
