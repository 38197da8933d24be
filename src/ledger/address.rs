//! Where a ledger is: `sqlite:PATH` or `postgres://USER@HOST/DATABASE`, read with care for passwords.
//! No message from here repeats more of an address than its scheme.

use super::error::LedgerError;
use sqlx::postgres::PgConnectOptions;
use std::path::PathBuf;
use std::str::FromStr;

pub(super) enum Address {
    Sqlite(PathBuf),
    Pg(Box<PgConnectOptions>),
}

/// What a PostgreSQL address may set. The driver would write any other, with its value, into the log.
const SETTINGS: [&str; 18] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

impl Address {
    /// # Errors
    /// `Address`, which says what to write instead.
    pub(super) fn read(url: &str) -> Result<Address, LedgerError> {
        let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
        match scheme {
            "sqlite" => sqlite(rest),
            "postgres" | "postgresql" => postgres(url, rest),
            "" => Err(wrong("a ledger's address begins with `sqlite:` or `postgres://`")),
            other => Err(wrong(&format!("`{other}:` is no ledger stemwire knows"))),
        }
    }
}

fn wrong(what: &str) -> LedgerError {
    LedgerError::Address(format!("{what}: write sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE"))
}

fn sqlite(rest: &str) -> Result<Address, LedgerError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() {
        return Err(wrong("after `sqlite:` comes the name of a file"));
    }
    if path.contains(":memory:") {
        return Err(wrong("a ledger in memory would forget everything at the next start"));
    }
    if path.contains('?') {
        return Err(wrong("a SQLite ledger is named by its file alone, without settings after `?`"));
    }
    Ok(Address::Sqlite(PathBuf::from(path)))
}

fn postgres(url: &str, rest: &str) -> Result<Address, LedgerError> {
    let (before, settings) = rest.split_once('?').unwrap_or((rest, ""));
    let names: Vec<&str> = settings.split('&').filter_map(|pair| pair.split('=').next()).collect();
    let known = |name: &str| name.is_empty() || SETTINGS.contains(&name) || name.starts_with("options[");
    if let Some(name) = names.iter().find(|name| !known(name)) {
        return Err(wrong(&format!("`{name}` is no setting of a PostgreSQL address")));
    }
    // Without a name the driver would log in as whoever it takes the process for.
    let authority = before.trim_start_matches('/').split('/').next().unwrap_or_default();
    let user = authority.split_once('@').is_some_and(|(user, _)| !user.is_empty() && !user.starts_with(':'));
    if !user && !names.contains(&"user") {
        return Err(wrong("a PostgreSQL address names its user"));
    }
    // The driver's own words may quote the address.
    let options = PgConnectOptions::from_str(url).map_err(|_| wrong("the PostgreSQL address cannot be read"))?;
    Ok(Address::Pg(Box::new(options)))
}
