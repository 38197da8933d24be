//! How long it takes until what lies in the folder is served: all of it into a new index, a warm start, and one save.
//!
//! `cargo bench --bench reload -- [LIBRARY]`: build and warm start with that library (or a made one of 10,000 tips),
//! then fifty saves in a made library of 10,000 tips. Wall time and CPU time, since the rates are per core.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use stemwire::app::{App, Settings};
use stemwire::tip::TipId;

/// Tips in a made library: the size for which the promise of a second is given.
const MADE: usize = 10_000;

/// Saves that are timed: enough for a median and to see an outlier.
const SAVES: usize = 50;

fn main() {
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let place = tempfile::tempdir().expect("a temporary folder");
    let made = place.path().join("tips");
    make(&made);
    let library = given.unwrap_or_else(|| made.clone());
    start(&library, &place.path().join("index"));
    save(&made, &place.path().join("made"));
}

fn settings(library: &Path, index: &Path) -> Settings {
    Settings { library: library.to_owned(), index: index.to_owned(), model: None, drafts: false }
}

fn start(library: &Path, index: &Path) {
    for what in ["build a new index and serve", "serve a warm index"] {
        let (began, cpu) = (Instant::now(), cpu());
        let app = App::serve(settings(library, index), &|_, _| {}).expect("served");
        let (wall, cpu) = (began.elapsed(), self::cpu() - cpu);
        let tips = app.facts().tips as f64;
        println!("{what}: {tips} tips, {:.3} s, {:.3} s of CPU", wall.as_secs_f64(), cpu.as_secs_f64());
        println!("  {:.0} tips a second, {:.0} a second a core", tips / wall.as_secs_f64(), tips / cpu.as_secs_f64());
        println!("  resident: {} MB", resident() >> 20);
    }
    println!("  index on disk: {:.2} of the text", size(index) as f64 / size(library) as f64);
}

fn save(library: &Path, index: &Path) {
    let app = App::serve(settings(library, index), &|_, _| {}).expect("served");
    let mut times: Vec<Duration> = (0..SAVES).map(|turn| save_once(&app, library, turn)).collect();
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (half, most) = (times[SAVES / 2], times[SAVES - 1]);
    println!("from a save to the tip served, {MADE} tips: median {:.0} ms, most {:.0} ms", ms(half), ms(most));
}

fn save_once(app: &App, library: &Path, turn: usize) -> Duration {
    let n = turn * 199 % MADE;
    let text = text(n).replace("Answer", &format!("Saved {turn}. Answer"));
    let id = TipId::new(id(n));
    std::fs::write(library.join(format!("{id}.md")), &text).expect("saved");
    let began = Instant::now();
    while app.tip(&id).expect("readable").is_none_or(|stored| *stored.source != *text) {
        std::thread::park_timeout(Duration::from_micros(200));
    }
    began.elapsed()
}

fn make(library: &Path) {
    for n in 0..MADE {
        let path = library.join(format!("{}.md", id(n)));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text(n)).expect("made");
    }
}

fn id(n: usize) -> String {
    format!("section-{}/tip-{n}", n % 100)
}

/// A tip of some eighty words, no two alike.
fn text(n: usize) -> String {
    let words = ["stem", "water", "vase", "wire", "bill", "router", "card", "parcel", "cup", "light", "screen", "door"];
    let body: Vec<&str> = (0..70).map(|w| words[(n * 7 + w * w * (n % 11 + 1)) % words.len()]).collect();
    format!("---\ntags: [made, t{}]\n---\n# What about {n} {}?\n\nAnswer {n}.\n\n{}.\n", n % 9, body[0], body.join(" "))
}

/// User and system time of this process, where the system tells (100 ticks a second on Linux).
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Bytes of memory that are in use, where the system tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() << 10
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(|meta| meta.is_file()).map(|meta| meta.len()).sum()
}
