//! Places for a ledger made for one test: a SQLite file, or a database on a PostgreSQL server of this test run.
//! The server lives in a folder of its own, listens on a socket there, and ends when the tests end, however they do.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use stemwire::ledger::{Ledger, Options};
use tempfile::TempDir;

/// Where one test's ledger is.
pub struct Place {
    pub url: String,
    pub folder: TempDir,
}

impl Place {
    pub fn sqlite() -> Place {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let url = format!("sqlite:{}", folder.path().join("ledger.db").display());
        Place { url, folder }
    }

    /// None, with a word on stderr, where there is no PostgreSQL on this machine.
    pub async fn postgres() -> Option<Place> {
        let server = server()?;
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        let admin = sqlx::PgPool::connect(&server.url("postgres")).await.expect("the server takes connections");
        let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(sql).execute(&admin).await.expect("a database for a test");
        admin.close().await;
        Some(Place { url: server.url(&name), folder: tempfile::tempdir().expect("a folder for a test") })
    }

    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("customers.key")
    }

    pub fn options(&self) -> Options {
        Options { key_file: self.key_file(), ..Options::default() }
    }

    pub async fn open(&self) -> Ledger {
        Ledger::open(&self.url, self.options()).await.expect("the ledger opens")
    }

    /// Runs SQL past the ledger.
    pub async fn raw(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let pool = sqlx::SqlitePool::connect(path).await.expect("the file opens");
            sqlx::raw_sql(sql).execute(&pool).await.expect("the SQL runs");
            pool.close().await;
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await.expect("the server takes connections");
            sqlx::raw_sql(sql).execute(&pool).await.expect("the SQL runs");
            pool.close().await;
        }
    }

    /// One number that SQL gives, past the ledger.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let pool = sqlx::SqlitePool::connect(path).await.expect("the file opens");
            let number = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("the SQL gives a number");
            pool.close().await;
            number
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await.expect("the server takes connections");
            let number = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("the SQL gives a number");
            pool.close().await;
            number
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// Runs each test of a list on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::ledger::places::Place::sqlite()).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(place) = crate::ledger::places::Place::postgres().await {
                    super::$name(place).await;
                }
            })*
        }
    };
}
pub(crate) use on_both;

/// Waits until something is so.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so().await {
        assert!(Instant::now() < deadline, "it never came to be that {what}");
        tokio::task::yield_now().await;
    }
}

pub struct Server {
    folder: PathBuf,
    /// Its stdin is open as long as this process lives.
    _keeper: Child,
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://stemwire@localhost/{database}?host={}", self.folder.display())
    }
}

/// The one server of this test run. None where there is no PostgreSQL and none is required.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let started = SERVER.get_or_init(|| {
        let started = programs().map(|programs| start(&programs));
        if started.is_none() {
            let required = std::env::var("STEMWIRE_TEST_POSTGRES").is_ok_and(|word| word == "required");
            assert!(!required, "no PostgreSQL was found: install it (Debian: apt-get install postgresql)");
            eprintln!("no PostgreSQL was found: the ledger is tested on SQLite alone");
        }
        started
    });
    started.as_ref()
}

/// The folder with the server's programs: Debian keeps them out of PATH.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// The server refuses to run as root. When the pipe to this script closes, everything it made goes.
const SCRIPT: &str = r#"
folder=$(mktemp -d) || exit 1
"$0/initdb" -D "$folder/data" -U stemwire -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || {
  cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
"$0/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c max_connections=200 \
  >>"$folder/log" 2>&1 </dev/null &
server=$!
echo "$folder"
cat >/dev/null
kill -INT "$server"; wait "$server"; rm -rf "$folder"
"#;

fn start(programs: &std::path::Path) -> Server {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = if root {
        let someone = ["postgres", "nobody"].into_iter().find(|user| {
            Command::new("id").arg(user).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
        });
        let mut command = Command::new("runuser");
        command.args(["-u", someone.expect("some user that is not root"), "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    let mut keeper = command
        .arg("-c")
        .arg(SCRIPT)
        .arg(programs)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell runs");
    let mut line = String::new();
    let stdout = keeper.stdout.take().expect("it is piped");
    BufReader::new(stdout).read_line(&mut line).expect("the script says where the server is");
    assert!(!line.trim().is_empty(), "the PostgreSQL server did not start");
    let server = Server { folder: PathBuf::from(line.trim()), _keeper: keeper };
    wait_for(&server);
    server
}

fn wait_for(server: &Server) {
    let deadline = Instant::now() + Duration::from_secs(60);
    let socket = server.folder.join(".s.PGSQL.5432");
    let url = server.url("postgres");
    // A runtime of its own: the caller sits in another one.
    let answers = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            while Instant::now() < deadline {
                if socket.exists() && sqlx::PgPool::connect(&url).await.is_ok() {
                    return true;
                }
                std::thread::yield_now();
            }
            false
        })
    });
    assert!(answers.join().expect("the wait ends"), "the PostgreSQL server takes no connections");
}
