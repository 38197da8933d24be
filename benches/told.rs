//! Told is told: contacts by the hundred thousand, asked of two servers that share a ledger and are killed again and
//! again, and not one tip is suggested to a customer who is known to have been told it.
//!
//! `cargo bench --bench told -- [--contacts N] [--kills N] [URL]`: on a SQLite file of its own, or on a PostgreSQL database;
//! over the sample library. Ends with 1 where a tip was repeated.

use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

/// Contacts of one customer: more than there are tips for most situations, so that silence comes in, too.
const EACH: u64 = 20;
/// Agents that work at once.
const AGENTS: u64 = 4;
const SERVERS: usize = 2;

struct Options {
    contacts: u64,
    kills: u64,
    url: Option<String>,
}

fn options() -> Options {
    let mut options = Options { contacts: 1_000_000, kills: 100, url: None };
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.parse().ok()).expect("a number follows");
        match argument.as_str() {
            "--contacts" => options.contacts = number(),
            "--kills" => options.kills = number(),
            url => options.url = Some(url.to_owned()),
        }
    }
    options
}

/// A server that is started again under the same name wherever it then listens.
struct Server {
    child: Child,
    address: String,
}

struct World {
    place: tempfile::TempDir,
    url: String,
    servers: Vec<RwLock<Server>>,
    asked: AtomicU64,
    told: AtomicU64,
    silent: AtomicU64,
    unsure: AtomicU64,
    again: AtomicU64,
    repeats: Mutex<Vec<String>>,
}

fn start(place: &tempfile::TempDir, url: &str, number: usize) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemwire"))
        .args(["serve", "--listen", "127.0.0.1:0", "--library", "tips", "--ledger", url, "--index"])
        .arg(place.path().join(format!("index-{number}")))
        .env("STEMWIRE_CUSTOMER_KEY", place.path().join("key"))
        .env("STEMWIRE_EXPERIMENT_HELD_OUT", "0")
        .env("STEMWIRE_LOG_LEVEL", "error")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains("http://127.0.0.1:")).expect("it says where it listens");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
    std::thread::spawn(move || lines.for_each(drop));
    let server = Server { child, address };
    while !ask(&server.address, "GET", "/readyz", None).is_ok_and(|(status, _)| status == 200) {
        std::thread::sleep(Duration::from_millis(20));
    }
    server
}

/// Status and body. Each over a connection of its own: the server may be another one by the next.
fn ask(address: &str, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    let of_body = format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all((head + &of_body).as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut = || std::io::Error::other("the answer was cut off");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let json = head.to_ascii_lowercase().contains("json");
    let read = |body| serde_json::from_str(body).map_err(|_| cut());
    Ok((status, if json { read(body)? } else { Value::Null }))
}

fn main() {
    let options = options();
    let place = tempfile::tempdir().expect("a temporary folder");
    let url = options.url.clone().unwrap_or_else(|| format!("sqlite:{}", place.path().join("ledger.db").display()));
    let servers = (0..SERVERS).map(|number| RwLock::new(start(&place, &url, number))).collect();
    let zero = AtomicU64::default;
    let world = World {
        place,
        url,
        servers,
        asked: zero(),
        told: zero(),
        silent: zero(),
        unsure: zero(),
        again: zero(),
        repeats: Mutex::default(),
    };
    let situations = situations(&world);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (world, situations, contacts) = (&world, &situations, options.contacts / AGENTS);
        let agents: Vec<_> =
            (0..AGENTS).map(|agent| scope.spawn(move || work(world, agent, contacts, situations))).collect();
        for kill in 0..options.kills {
            // Spread evenly over the contacts, wherever they happen to be.
            let due = options.contacts * (kill + 1) / (options.kills + 2);
            while world.asked.load(Ordering::Relaxed) < due && !agents.iter().all(|agent| agent.is_finished()) {
                std::thread::sleep(Duration::from_millis(10));
            }
            let number = kill as usize % SERVERS;
            let mut server = world.servers[number].write().expect("no panic");
            server.child.kill().and_then(|()| server.child.wait()).expect("it can be killed");
            *server = start(&world.place, &world.url, number);
            let (asked, repeats) = (world.asked.load(Ordering::Relaxed), world.repeats.lock().expect("no panic").len());
            println!("kill {} after {asked} contacts in {:.0?}: {repeats} repeats", kill + 1, begun.elapsed());
        }
    });
    let number = |of: &AtomicU64| of.load(Ordering::Relaxed);
    println!(
        "{} contacts in {:.0?} with {} kills: {} tips told, {} answers silent, {} given without the ledger, {} requests asked again",
        number(&world.asked),
        begun.elapsed(),
        options.kills,
        number(&world.told),
        number(&world.silent),
        number(&world.unsure),
        number(&world.again),
    );
    let repeats = world.repeats.lock().expect("no panic");
    println!("repeats of a told tip: {}", repeats.len());
    repeats.iter().take(10).for_each(|repeat| println!("  {repeat}"));
    for server in &world.servers {
        let mut server = server.write().expect("no panic");
        let _ended = server.child.kill().and_then(|()| server.child.wait());
    }
    if !repeats.is_empty() {
        std::process::exit(1);
    }
}

/// Products and issues in which the library has something to volunteer.
fn situations(world: &World) -> Vec<Value> {
    let address = world.servers[0].read().expect("no panic").address.clone();
    let (_, page) = ask(&address, "GET", "/v1/tips?limit=500", None).expect("it answers");
    let tips = page["items"].as_array().expect("a list").iter();
    tips.filter(|tip| tip["product"].is_string())
        .map(|tip| json!({"product": tip["product"], "issue": tip["when"][0]}))
        .collect()
}

/// One agent with customers of their own, each asked about by whichever server comes.
fn work(world: &World, agent: u64, contacts: u64, situations: &[Value]) {
    let mut random = agent.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = move |of: usize| {
        // Xorshift (Marsaglia 2003).
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % of as u64) as usize
    };
    let customers = (contacts / EACH).max(1);
    let mut told: HashSet<(u64, String)> = HashSet::new();
    for _ in 0..contacts {
        let customer = draw(customers as usize) as u64;
        let name = format!("customer {agent} {customer}");
        let mut question = situations[draw(situations.len())].clone();
        question["customer"] = json!(name);
        let answer = insist(world, draw(SERVERS), "/v1/suggest", &question);
        world.asked.fetch_add(1, Ordering::Relaxed);
        let Some(tip) = answer["tip"]["id"].as_str() else {
            world.silent.fetch_add(1, Ordering::Relaxed);
            continue;
        };
        if answer["ledger"] == "away" {
            // Nobody knows then, and the answer says so.
            world.unsure.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        let this = (customer, tip.to_owned());
        if told.contains(&this) {
            world.repeats.lock().expect("no panic").push(format!("{tip} to {name}"));
        }
        let outcome = json!({"customer": name, "tip": tip, "outcome": "told", "suggestion": answer["id"]});
        // Only what was acknowledged counts; what a kill cut off may or may not be known.
        let server = world.servers[draw(SERVERS)].read().expect("no panic").address.clone();
        if ask(&server, "POST", "/v1/outcomes", Some(&outcome)).is_ok_and(|(status, _)| status == 201) {
            told.insert(this);
            world.told.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Asks until a server answers.
fn insist(world: &World, mut server: usize, path: &str, body: &Value) -> Value {
    loop {
        let address = world.servers[server].read().expect("no panic").address.clone();
        match ask(&address, "POST", path, Some(body)) {
            Ok((200, answer)) => return answer,
            Ok((status, answer)) => assert!(status >= 500, "{status}: {answer}"),
            Err(_) => {}
        }
        world.again.fetch_add(1, Ordering::Relaxed);
        server = (server + 1) % SERVERS;
    }
}
