//! What the settings are once they are read: plain values.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A limit that the server offers to set: name, default, maximum.
pub type Limit = (&'static str, u64, u64);

/// All settings, as meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub library: PathBuf,
    pub index: PathBuf,
    /// Address and port, as typed.
    pub listen: String,
    /// Address of the ledger: `sqlite:PATH` or `postgres://…`.
    pub ledger: String,
    /// The file of keys that turn customers into hashes.
    pub customer_key: PathBuf,
    pub model: Option<PathBuf>,
    pub drafts: bool,
    /// Scheme and host under which others reach the server; none where it is reached directly.
    pub public_url: Option<String>,
    /// Host names that requests may carry besides loopback's.
    pub allowed_hosts: Vec<String>,
    /// Origins whose pages may show the panel in a frame.
    pub frame_ancestors: Vec<String>,
    pub log_format: LogFormat,
    /// A level, or directives by module as tracing's filter reads them.
    pub log_level: String,
    /// Share of customers held out of each tip, 0 to 0.5.
    pub held_out: f64,
    /// Hours on working days after which a balloon that waits has floated away.
    pub balloon_hours: u32,
    /// Megabytes that a SQLite ledger may grow to; 0 for as many as there is room.
    pub ledger_megabytes: u32,
    pub retention: RetentionDays,
    /// What the server takes at most, every limit by name.
    pub limits: BTreeMap<String, u64>,
}

/// Days for which each kind of record is kept; 0 is for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RetentionDays {
    pub contacts: u32,
    pub outcomes: u32,
    pub suggestions: u32,
    pub exposures: u32,
    pub balloons: u32,
    pub promises: u32,
    pub misses: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// A setting that cannot be taken, with its place and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ConfigError {
    /// `file:line:column`, the name of an environment variable, or a flag.
    pub place: String,
    pub reason: String,
}
