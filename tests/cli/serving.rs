//! `serve`: started, asked, stopped; refused where it must be.

use super::{Place, Ran};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Far more than anything here takes on a busy machine; nothing is measured by it.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// A server that runs, and what it says on stderr.
pub struct Serving {
    child: Child,
    lines: mpsc::Receiver<String>,
    said: String,
}

impl Serving {
    pub fn start(place: &Place, arguments: &[&str]) -> Serving {
        let mut command = place.command(&[&["--listen", "127.0.0.1:0"], arguments].concat());
        Serving::of(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts"))
    }

    /// A server whose stderr can be read.
    fn of(mut child: Child) -> Serving {
        let stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Serving { child, lines, said: String::new() }
    }

    /// Reads on until a line holds `text`.
    fn wait_for(&mut self, text: &str) -> String {
        loop {
            match self.lines.recv_timeout(DEADLINE) {
                Ok(line) => {
                    self.said.push_str(&format!("{line}\n"));
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(_) => panic!("{text:?} was not said:\n{}", self.said),
            }
        }
    }

    /// What it said so far.
    pub fn said(&mut self) -> &str {
        while let Ok(line) = self.lines.try_recv() {
            self.said.push_str(&format!("{line}\n"));
        }
        &self.said
    }

    /// The address that it says it is at.
    pub fn address(&mut self) -> String {
        let line = self.wait_for("http://127.0.0.1:");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        address.to_owned()
    }

    pub fn signal(&self, name: &str) {
        // The shell's own: a bare system has no program of that name.
        let pid = self.child.id().to_string();
        let sent = std::process::Command::new("sh").args(["-c", r#"kill "$0" "$1""#, name, &pid]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal could not be sent");
    }

    pub fn end(mut self) -> ExitStatus {
        let (sender, ended) = mpsc::channel();
        let id = self.child.id();
        // The thread owns the child, so that a child that never ends does not hang the test.
        std::thread::spawn(move || sender.send(self.child.wait()));
        ended
            .recv_timeout(DEADLINE)
            .unwrap_or_else(|_| panic!("process {id} does not end"))
            .expect("it can be waited for")
    }
}

pub fn get(address: &str, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

pub fn post(address: &str, path: &str, json: &str) -> String {
    let head =
        format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json");
    ask(address, &format!("{head}\r\nContent-Length: {}\r\n\r\n{json}", json.len()))
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline can be set");
    stream.write_all(request.as_bytes()).expect("it can be asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

#[test]
fn it_says_where_it_is_and_stops_when_told() {
    let place = Place::with_library();
    // Whoever runs the tests with `nohup` has it ignored, by the server too.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let hang_up = ignored.filter(|signals| signals & 1 == 0).map(|_| "-HUP");
    for signal in ["-TERM", "-INT"].into_iter().chain(hang_up) {
        let mut serving = Serving::start(&place, &[]);
        let address = serving.address();
        let example = serving.wait_for("curl");
        assert!(serving.said.contains("3 tips"), "{}", serving.said);
        let path = example.split(&address).nth(1).expect("a path").trim_end_matches('\'').to_owned();
        let answer = get(&address, &path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let begun = Instant::now();
        while !get(&address, "/readyz").starts_with("HTTP/1.1 200") {
            assert!(begun.elapsed() < DEADLINE, "never ready: {}", serving.said());
            std::thread::yield_now();
        }
        serving.signal(signal);
        serving.wait_for("Stopped");
        assert_eq!(serving.end().code(), Some(0));
    }
}

/// A server of which one thread hangs. The test runs itself again, since it listens to signals.
#[test]
fn a_server_that_was_told_to_stop_ends_whatever_hangs() {
    const FOLDER: &str = "FOLDER_OF_A_SERVER_THAT_HANGS";
    fn hangs(_: stemwire::cli::Serving) -> stemwire::cli::Ending {
        Box::pin(async {
            let (sender, receiver) = tokio::sync::oneshot::channel();
            tokio::task::spawn_blocking(move || {
                let _ = sender.send(());
                loop {
                    std::thread::park();
                }
            });
            receiver.await.map_err(std::io::Error::other)
        })
    }
    if let Some(folder) = std::env::var_os(FOLDER) {
        std::env::set_current_dir(folder).expect("the folder is there");
        let server = stemwire::cli::Server { limits: &[], serve: hangs };
        stemwire::cli::run(["stemwire", "serve", "--listen", "127.0.0.1:0"].map(Into::into), server);
        return;
    }
    let place = Place::with_library();
    let child = std::process::Command::new(std::env::current_exe().expect("it has a name"))
        .args(["cli::serving::a_server_that_was_told_to_stop_ends_whatever_hangs", "--exact", "--nocapture"])
        .env(FOLDER, place.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut serving = Serving::of(child);
    serving.wait_for("Stopped");
    assert_eq!(serving.end().code(), Some(0));
}

#[test]
fn logs_are_json_where_they_are_asked_for() {
    let place = Place::with_library();
    place.write("stemwire.toml", "[log]\nformat = \"json\"\n");
    let mut serving = Serving::start(&place, &["serve"]);
    let address = serving.address();
    get(&address, "/v1/library");
    serving.signal("-TERM");
    serving.wait_for("stopped");
    for line in serving.said().lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    serving.end();

    let ran = Ran::of(place.command(&["serve", "--listen", "192.0.2.1:7171"]).output().expect("it runs")).ends(2);
    for line in ran.err.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", ran.told());
    }
}

/// Whoever read the log went away, as `2>&1 | head` does; a full disk is the same to the server.
#[test]
fn a_log_that_nobody_takes_costs_no_answer() {
    for format in ["text", "json"] {
        let place = Place::with_library();
        let mut child = place
            .command(&["--listen", "127.0.0.1:0"])
            .env("STEMWIRE_LOG_FORMAT", format)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let line = said.by_ref().map_while(Result::ok).find(|line| line.contains("http://127.0.0.1:")).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        drop(said);
        for _ in 0..2 {
            let answer = get(address, "/v1/suggest?text=a+bunch+of+gerberas+for+our+anniversary");
            assert!(answer.starts_with("HTTP/1.1 200"), "{format}: {answer:?}");
        }
        let told = r#"{"tip": "flowers/gerbera/wire", "outcome": "told", "customer": "4711"}"#;
        let answer = post(address, "/v1/outcomes", told);
        assert!(answer.starts_with("HTTP/1.1 201"), "{format}: {answer:?}");
        child.kill().expect("it can be ended");
        child.wait().expect("it ends");
    }
}

/// The log names the cause once, however many reports are refused, and says when it is over.
#[cfg(unix)]
#[test]
fn a_ledger_that_takes_nothing_is_told_once_in_the_log() {
    let place = Place::with_library();
    let mut serving = Serving::start(&place, &[]);
    let address = serving.address();
    let told = r#"{"tip": "flowers/gerbera/wire", "outcome": "told", "customer": "4711"}"#;
    let status = || post(&address, "/v1/outcomes", told).split(' ').nth(1).map(str::to_owned);
    assert_eq!(status().as_deref(), Some("201"));
    let (file, elsewhere) = (place.path().join("stemwire.db"), place.path().join("elsewhere.db"));
    std::fs::rename(&file, &elsewhere).expect("it is moved");
    for _ in 0..3 {
        assert_eq!(status().as_deref(), Some("503"));
    }
    std::fs::rename(&elsewhere, &file).expect("it is put back");
    assert_eq!(status().as_deref(), Some("201"));
    serving.wait_for("the ledger takes what is recorded again");
    let said = serving.said();
    let causes: Vec<&str> = said.lines().filter(|line| line.contains("nothing can be recorded")).collect();
    assert!(
        matches!(causes[..], [one] if one.contains("ERROR") && one.contains("stemwire.db, which was moved")),
        "{said}"
    );
    serving.signal("-TERM");
    serving.end();
}

#[test]
fn the_limits_of_the_config_hold() {
    let place = Place::with_library();
    place.write("stemwire.toml", "[limits]\nsearch_chars = 3\n");
    let mut serving = Serving::start(&place, &[]);
    let address = serving.address();
    assert!(get(&address, "/v1/search?q=abcd").starts_with("HTTP/1.1 4"));
    assert!(get(&address, "/v1/search?q=abc").starts_with("HTTP/1.1 200"));
    serving.signal("-TERM");
    serving.end();
}

#[test]
fn it_listens_on_loopback_only() {
    let place = Place::with_library();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:7171"] {
        let ran = place.run(&["serve", "--listen", address]).ends(2);
        assert!(ran.err.contains("proxy") && ran.err.contains("127.0.0.1"), "{address}: {}", ran.told());
    }
    let ran = place.run(&["serve", "--listen", "nonsense"]).ends(2);
    assert!(ran.err.contains("127.0.0.1:7171"), "{}", ran.told());
}

#[test]
fn a_taken_port_is_said_to_be_taken() {
    let place = Place::with_library();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it has an address").to_string();
    let ran = place.run(&["serve", "--listen", &address]).ends(2);
    assert!(ran.err.contains("is in use") && ran.err.contains("--listen"), "{}", ran.told());
}
