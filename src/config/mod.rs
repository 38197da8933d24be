//! What an operator can set: flag over environment over file over default. Read once, handed down.
//!
//! Every setting stands once in the table of `keys`; the file, the environment and the example are held to it.
//! It knows no other room: `cli` turns the plain values into what the rooms ask for.

mod file;
mod keys;
mod values;

pub use keys::{Key, LEDGER, Take, keys, truth};
pub use values::{Config, ConfigError, Limit, LogFormat, RetentionDays};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file that is read where it lies in the working folder and none is named.
pub const USUAL_FILE: &str = "stemwire.toml";

impl Config {
    /// Every setting at its default.
    pub fn new(limits: &[Limit]) -> Config {
        let mut config = Config {
            library: PathBuf::new(),
            index: PathBuf::new(),
            listen: String::new(),
            ledger: String::new(),
            customer_key: PathBuf::new(),
            model: None,
            drafts: false,
            public_url: None,
            allowed_hosts: Vec::new(),
            frame_ancestors: Vec::new(),
            log_format: LogFormat::Text,
            log_level: String::new(),
            held_out: 0.0,
            balloon_hours: 0,
            ledger_megabytes: 0,
            retention: RetentionDays::default(),
            limits: BTreeMap::new(),
        };
        for key in keys(limits) {
            if let Some(text) = &key.default {
                key.set(&mut config, text).expect("a test sets every default");
            }
        }
        config
    }

    /// Puts the layers over one another. `file` is one that must exist; without it `stemwire.toml` in the working
    /// folder is read where there is one. `env` answers for a variable's name; `flags` are (key, text) as typed.
    ///
    /// # Errors
    /// The first setting that cannot be taken.
    pub fn read(
        file: Option<&Path>,
        env: &dyn Fn(&str) -> Option<String>,
        flags: &[(&str, String)],
        limits: &[Limit],
    ) -> Result<Config, ConfigError> {
        let keys = keys(limits);
        let mut config = Config::new(limits);
        let usual = Path::new(USUAL_FILE);
        if let Some(path) = file.or_else(|| usual.is_file().then_some(usual)) {
            file::read_over(&mut config, &keys, path)?;
        }
        for key in &keys {
            let variable = key.variable();
            if let Some(text) = env(&variable) {
                key.set(&mut config, &text).map_err(|reason| ConfigError { place: variable, reason })?;
            }
        }
        for (name, text) in flags {
            let key = keys.iter().find(|key| key.name == *name).expect("a test names every flag's key");
            let place = format!("--{name}");
            key.set(&mut config, text).map_err(|reason| ConfigError { place, reason })?;
        }
        Ok(config)
    }

    /// A sentence for each name that looks like a variable of ours and is none. `more` are those that are not settings.
    pub fn unknown_variables(names: impl Iterator<Item = String>, more: &[&str], limits: &[Limit]) -> Vec<String> {
        let mut known: Vec<String> = keys(limits).iter().map(Key::variable).collect();
        known.extend(more.iter().map(ToString::to_string));
        let strange = names.filter(|name| name.starts_with("STEMWIRE_") && !known.contains(name));
        let mut said: Vec<String> = strange
            .map(|name| match file::likest(&name, known.iter().map(String::as_str)) {
                Some(like) => format!("{name} is no setting and is passed over; did you mean {like}?"),
                None => format!("{name} is no setting and is passed over"),
            })
            .collect();
        said.sort();
        said
    }
}
