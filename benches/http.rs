//! What an answer costs over HTTP: against a bare axum "hello" in the same run, and against the engine in process.
//!
//! `STEMWIRE_BENCH_LIBRARY` is the folder of tips (default `tips`), `STEMWIRE_BENCH_QUERIES` a file with a query a line or
//! JSON lines with `q` (default: questions of the library itself), `STEMWIRE_BENCH_COUNT` how many of each.
//! The client is this program again, as another process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;
use stemwire::app::{App, Asked, Settings};
use stemwire::engine::Question;
use stemwire::http::{Options, serve};
use tokio::net::TcpListener;

/// Kinds of request, and the engine in process, are taken in turn in blocks of this many, so that a busy moment of the
/// machine hits all of them, and none runs with all caches to itself.
const BLOCK: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|a| a == "--client") {
        return client(&arguments[at + 1..]);
    }
    let library = PathBuf::from(std::env::var("STEMWIRE_BENCH_LIBRARY").unwrap_or_else(|_| "tips".into()));
    let count: usize = std::env::var("STEMWIRE_BENCH_COUNT").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let index = tempfile::tempdir().expect("a folder for the index");
    let settings = Settings { library, index: index.path().to_owned(), model: None, drafts: false };
    let app = Arc::new(App::open(settings, &|_, _| {}).expect("the library opens"));
    let queries = queries(&app);
    println!("{} tips, {} queries, {count} requests of each kind", app.facts().tips, queries.len());

    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let (hello, server) = runtime.block_on(start(app.clone()));
    let file = index.path().join("queries");
    std::fs::write(&file, queries.join("\n")).expect("the queries are written");
    let seen = drive(&app, &queries, [hello, server], &file.to_string_lossy(), count);
    let base = seen[0].1;
    for (kind, p99, p50, cpu) in &seen {
        println!("{kind:19} p50 {p50:7.1} µs  p99 {p99:7.1} µs ({:5.1} × hello)  CPU {cpu:7.1} µs", p99 / base);
    }
    for (over, inside) in [(1, 3), (2, 4)] {
        println!("{:8} CPU over HTTP {:.2} × that in process", seen[over].0, seen[over].3 / seen[inside].3);
    }
}

async fn start(app: Arc<App>) -> (SocketAddr, SocketAddr) {
    let (one, two) = (TcpListener::bind("127.0.0.1:0").await, TcpListener::bind("127.0.0.1:0").await);
    let (one, two) = (one.expect("a port"), two.expect("a port"));
    let addresses = (one.local_addr().expect("an address"), two.local_addr().expect("an address"));
    let hello = axum::Router::new().route("/", axum::routing::get(|| async { "hello" }));
    tokio::spawn(async { axum::serve(one, hello).await });
    tokio::spawn(serve(two, app, Options::default(), std::future::pending()));
    addresses
}

fn queries(app: &App) -> Vec<String> {
    let Ok(file) = std::env::var("STEMWIRE_BENCH_QUERIES") else {
        let tips = app.tips(None, 500).expect("the tips are read");
        return tips.iter().map(|tip| tip.question.replace('\n', " ")).collect();
    };
    let text = std::fs::read_to_string(file).expect("the queries are read");
    let query = |line: &str| match serde_json::from_str::<serde_json::Value>(line) {
        Ok(json) => json["q"].as_str().unwrap_or_default().to_owned(),
        Err(_) => line.to_owned(),
    };
    text.lines().map(query).filter(|query| !query.trim().is_empty()).collect()
}

/// Kind, p99 and p50 in microseconds as the client sees them, and the CPU that this process takes for each.
fn drive(
    app: &App,
    queries: &[String],
    [hello, server]: [SocketAddr; 2],
    file: &str,
    count: usize,
) -> Vec<(&'static str, f64, f64, f64)> {
    let client = |kind, address| {
        let mut client = Client::start(kind, address, file);
        (kind, Box::new(move || client.block()) as Box<dyn FnMut() -> Vec<f64> + '_>)
    };
    let mut kinds = [
        client("hello", hello),
        client("search", server),
        client("suggest", server),
        ("search, in process", in_process(queries, |text| search(app, text))),
        ("suggest, in process", in_process(queries, |text| suggest(app, text))),
    ];
    let mut times: [Vec<f64>; 5] = Default::default();
    let mut cpu = [0.0; 5];
    // The first blocks warm caches and branch predictors and are not counted.
    for round in 0..count.div_ceil(BLOCK) + 2 {
        for (at, (_, block)) in kinds.iter_mut().enumerate() {
            let before = cpu_us();
            let seen = block();
            if round >= 2 {
                cpu[at] += cpu_us() - before;
                times[at].extend(seen);
            }
        }
    }
    let of = |(at, times): (usize, &mut Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        let n = times.len();
        (kinds[at].0, times[n * 99 / 100], times[n / 2], cpu[at] / n as f64)
    };
    times.iter_mut().enumerate().map(of).collect()
}

/// Blocks of the same questions without HTTP and without making JSON of the answers.
fn in_process<'a>(queries: &'a [String], answer: impl Fn(&str) + 'a) -> Box<dyn FnMut() -> Vec<f64> + 'a> {
    let mut next = queries.iter().cycle();
    Box::new(move || {
        let timed = |text: &String| {
            let started = Instant::now();
            answer(text.trim());
            started.elapsed().as_secs_f64() * 1e6
        };
        next.by_ref().take(BLOCK).map(timed).collect()
    })
}

fn search(app: &App, text: &str) {
    let asked = Asked { text: text.to_owned(), limit: 10, ..Asked::default() };
    std::hint::black_box(app.search(&asked).expect("the index is read"));
}

fn suggest(app: &App, text: &str) {
    let question = Question { text: text.to_owned(), limit: 4, ..Question::default() };
    std::hint::black_box(app.suggest(&question, chrono::Utc::now()).expect("the index is read"));
}

/// The other process: told "go", it does a block and answers with its times.
struct Client {
    child: std::process::Child,
    input: std::process::ChildStdin,
    output: BufReader<std::process::ChildStdout>,
}

impl Client {
    fn start(kind: &str, address: SocketAddr, queries: &str) -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let mut child = Command::new(program)
            .args(["--client", kind, &address.to_string(), queries])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the client starts");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Self { child, input, output: BufReader::new(output) }
    }

    fn block(&mut self) -> Vec<f64> {
        writeln!(self.input, "go").expect("the client listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the client answers");
        line.split_whitespace().map(|time| time.parse().expect("a number")).collect()
    }
}

impl Drop for Client {
    /// It would end with its input; nothing is learned from waiting for that.
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn client(arguments: &[String]) {
    let [kind, address, queries] = arguments else { panic!("kind, address and queries are expected") };
    let text = std::fs::read_to_string(queries).expect("the queries are read");
    let requests: Vec<String> = text.lines().map(|query| request(kind, query)).collect();
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_nodelay(true).expect("the socket takes it");
    let mut next = requests.iter().cycle();
    let mut buffer = vec![0; 1 << 20];
    for line in std::io::stdin().lines() {
        line.expect("the other side speaks");
        let times: Vec<String> = (0..BLOCK)
            .map(|_| {
                let started = Instant::now();
                stream.write_all(next.next().expect("a cycle").as_bytes()).expect("the server reads");
                read_answer(&mut stream, &mut buffer);
                format!("{:.1}", started.elapsed().as_secs_f64() * 1e6)
            })
            .collect();
        println!("{}", times.join(" "));
    }
}

fn request(kind: &str, query: &str) -> String {
    let escaped: String = query
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    let path = match kind {
        "search" => format!("/v1/search?q={escaped}"),
        "suggest" => format!("/v1/suggest?text={escaped}"),
        _ => "/".to_owned(),
    };
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
}

fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut have = 0;
    loop {
        let read = stream.read(&mut buffer[have..]).expect("the server answers");
        // Else a client whose server was killed would read nothing for ever, and keep a core busy for it.
        assert!(read > 0, "the server has gone");
        have += read;
        let text = &buffer[..have];
        let Some(end) = text.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&text[..end]).to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length =
            head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
        if have >= end + 4 + length.expect("an answer with a length") {
            return;
        }
    }
}

/// Microseconds that all threads of this process have been on a CPU so far. The system adds them up when a thread rests.
fn cpu_us() -> f64 {
    std::thread::sleep(std::time::Duration::from_millis(1));
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let of =
        |path: PathBuf| std::fs::read_to_string(path.join("schedstat")).ok()?.split(' ').next()?.parse::<f64>().ok();
    threads.flatten().filter_map(|thread| of(thread.path())).sum::<f64>() / 1_000.0
}
