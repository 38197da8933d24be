//! The table of settings: name, default, range, and where each goes. Nothing else names a setting.

use super::values::{Config, Limit, LogFormat};
use std::borrow::Cow;
use std::path::PathBuf;

/// The ledger where none is named.
pub const LEDGER: &str = "sqlite:stemwire.db";

/// One setting.
pub struct Key {
    /// As in the file, with a dot after its table: `log.level`.
    pub name: Cow<'static, str>,
    /// None where leaving it out means that it is not set.
    pub default: Option<Cow<'static, str>>,
    pub take: Take,
}

type Taken = Result<(), String>;

/// How a setting's value is read, and where it goes.
pub enum Take {
    Path(fn(&mut Config, PathBuf)),
    Text(fn(&mut Config, &str) -> Taken),
    /// `sqlite:PATH`, whose file is meant from where the config file lies, or the address of a server.
    Address(fn(&mut Config, &str) -> Taken),
    Flag(fn(&mut Config, bool)),
    /// A list of texts; in the environment, separated by commas.
    Texts(fn(&mut Config, Vec<String>) -> Taken),
    /// A number from 0 to this.
    Number(f64, fn(&mut Config, f64)),
    /// A whole number from 0 to `u32::MAX`.
    Whole(fn(&mut Config, u32)),
    /// A whole number from 0 to this.
    Most(u32, fn(&mut Config, u32)),
    /// A whole number from 1 to this.
    Limit(u64),
}

/// Every setting, in the order of the example file; the server's limits last.
pub fn keys(limits: &[Limit]) -> Vec<Key> {
    let mut keys = vec![
        // The folder of tips.
        key("library", Some("tips"), Take::Path(|c, v| c.library = v)),
        // Where the search index is kept; it is derived and may be deleted.
        key("index", Some("index"), Take::Path(|c, v| c.index = v)),
        // Address and port to serve on; port 0 takes a free one.
        key("listen", Some("127.0.0.1:7171"), Take::Text(keep_listen)),
        // Where contacts, outcomes, balloons and promises are kept: `sqlite:PATH` or `postgres://…`.
        key("ledger", Some(LEDGER), Take::Address(keep_ledger)),
        // The keys that turn customers into hashes; made where there is no such file.
        key("customer_key", Some("stemwire.key"), Take::Path(|c, v| c.customer_key = v)),
        // Megabytes that a SQLite ledger may grow to; 0 for as many as there is room.
        key("ledger_megabytes", Some("0"), Take::Whole(|c, v| c.ledger_megabytes = v)),
        // Hours on working days after which a balloon that waits has floated away.
        key("balloon_hours", Some("48"), Take::Most(BALLOON_HOURS_MOST, |c, v| c.balloon_hours = v)),
        // A Model2Vec folder to use instead of the embedding table that is compiled in.
        key("model", None, Take::Path(|c, v| c.model = Some(v))),
        // Serve tips marked as drafts too.
        key("drafts", Some("false"), Take::Flag(|c, v| c.drafts = v)),
        // How others reach the server, where that is not the address it listens on.
        key("public_url", None, Take::Text(set_public_url)),
        // Host names that requests may carry besides localhost, 127.0.0.1 and [::1].
        key("allowed_hosts", None, Take::Texts(keep_hosts)),
        // Origins whose pages may show the panel in a frame.
        key("frame_ancestors", None, Take::Texts(set_frame_ancestors)),
        // Share of customers who are not told a tip, by lot, to see whether telling helps; 0 switches it off.
        key("experiment.held_out", Some("0.1"), Take::Number(HELD_OUT_MOST, |c, v| c.held_out = v)),
        // Days for which each kind of record is kept; 0 is for good.
        key("retention.contacts", Some("730"), Take::Whole(|c, v| c.retention.contacts = v)),
        key("retention.outcomes", Some("1825"), Take::Whole(|c, v| c.retention.outcomes = v)),
        key("retention.suggestions", Some("180"), Take::Whole(|c, v| c.retention.suggestions = v)),
        key("retention.exposures", Some("730"), Take::Whole(|c, v| c.retention.exposures = v)),
        key("retention.balloons", Some("1825"), Take::Whole(|c, v| c.retention.balloons = v)),
        key("retention.promises", Some("730"), Take::Whole(|c, v| c.retention.promises = v)),
        key("retention.misses", Some("180"), Take::Whole(|c, v| c.retention.misses = v)),
        // `text` for people, `json` for machines.
        key("log.format", Some("text"), Take::Text(set_log_format)),
        // `error`, `warn`, `info`, `debug` or `trace`; also by module, as `info,stemwire=debug`.
        key("log.level", Some("info"), Take::Text(keep_log_level)),
    ];
    keys.extend(limits.iter().map(|(name, default, most)| Key {
        name: format!("limits.{name}").into(),
        default: Some(default.to_string().into()),
        take: Take::Limit(*most),
    }));
    keys
}

fn key(name: &'static str, default: Option<&'static str>, take: Take) -> Key {
    Key { name: name.into(), default: default.map(Cow::from), take }
}

/// Holding out more than half would make silence the rule.
const HELD_OUT_MOST: f64 = 0.5;

/// The HTTP library takes no smaller buffer for a request's head.
const LEAST_HEAD_BYTES: u64 = 8192;

/// A year of hours, and more than a year on working days: what waits longer has long floated away.
const BALLOON_HOURS_MOST: u32 = 365 * 24;

/// From nothing to everything, as tracing calls them.
const LOG_LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

fn keep_ledger(config: &mut Config, text: &str) -> Taken {
    config.ledger = text.to_owned();
    Ok(())
}

/// Whether the host can be found is seen when the port is taken.
fn keep_listen(config: &mut Config, text: &str) -> Taken {
    let parts = text.rsplit_once(':').filter(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if parts.is_none() {
        return Err(format!("an address and port is expected, as \"127.0.0.1:7171\", not {text:?}"));
    }
    config.listen = text.to_owned();
    Ok(())
}

/// A bare word that is no level would be taken for the name of a module, and everything else would fall silent.
fn keep_log_level(config: &mut Config, text: &str) -> Taken {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    for part in &parts {
        let level = part.rsplit_once('=').map_or(*part, |(_, level)| level);
        if !LOG_LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known)) {
            let levels = LOG_LEVELS.join(", ");
            return Err(format!(
                "one of {levels} is expected, or several, such as \"warn,stemwire::app=debug\", not {text:?}"
            ));
        }
    }
    config.log_level = parts.join(",");
    Ok(())
}

impl Key {
    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("STEMWIRE_{}", self.name.replace('.', "_").to_uppercase())
    }

    /// Takes a value as a flag, the environment or a default writes it.
    ///
    /// # Errors
    /// What is wrong with the value, in one sentence without its place.
    pub fn set(&self, config: &mut Config, text: &str) -> Taken {
        match &self.take {
            Take::Path(set) if !text.is_empty() => set(config, PathBuf::from(text)),
            Take::Path(_) => return Err("a folder's name is expected, and it is empty".to_owned()),
            Take::Text(set) | Take::Address(set) => set(config, text)?,
            Take::Flag(set) => set(config, truth(text)?),
            Take::Texts(set) => {
                set(config, text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect())?;
            }
            Take::Number(most, set) => match text.trim().parse::<f64>().ok().filter(|n| (0.0..=*most).contains(n)) {
                Some(number) => set(config, number),
                None => return Err(format!("a number from 0 to {most} is expected, not {text}")),
            },
            Take::Whole(set) => set(config, whole(text, u32::MAX)?),
            Take::Most(most, set) => set(config, whole(text, *most)?),
            Take::Limit(most) => {
                let number = text.replace('_', "").parse().ok();
                self.set_limit(config, *most, number, text)?;
            }
        }
        Ok(())
    }

    /// Takes a limit where the number is one and lies in its range.
    pub(super) fn set_limit(&self, config: &mut Config, most: u64, number: Option<u64>, typed: &str) -> Taken {
        let least = if self.name == "limits.head_bytes" { LEAST_HEAD_BYTES } else { 1 };
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => {
                config.limits.insert(self.name.trim_start_matches("limits.").to_owned(), number);
                Ok(())
            }
            None => Err(format!("a whole number from {least} to {most} is expected, not {typed}")),
        }
    }
}

fn whole(text: &str, most: u32) -> Result<u32, String> {
    let number = text.trim().replace('_', "").parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("a whole number from 0 to {most} is expected, not {text}"))
}

/// A flag as the environment or a command writes it.
///
/// # Errors
/// A sentence where the text is none.
pub fn truth(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" | "" => Ok(false),
        _ => Err(format!("true or false is expected, not {text:?}")),
    }
}

fn set_log_format(config: &mut Config, text: &str) -> Taken {
    config.log_format = match text {
        "text" => LogFormat::Text,
        "json" => LogFormat::Json,
        _ => return Err(format!("\"text\" or \"json\" is expected, not {text:?}")),
    };
    Ok(())
}

/// Each is compared as it stands: a pattern would fit no host, and whoever wrote it would not know.
fn keep_hosts(config: &mut Config, hosts: Vec<String>) -> Taken {
    let is_host = |host: &String| host.chars().all(|c| c.is_alphanumeric() || ".-_:[]".contains(c)) && !host.is_empty();
    if let Some(wrong) = hosts.iter().find(|host| !is_host(host)) {
        return Err(format!(
            "names of hosts such as \"tips.example.com\" are expected, each in full and without patterns, not {wrong:?}"
        ));
    }
    config.allowed_hosts = hosts;
    Ok(())
}

/// Origins are written into a header, so they hold a scheme, a host and a port and nothing else.
fn set_frame_ancestors(config: &mut Config, origins: Vec<String>) -> Taken {
    if let Some(wrong) = origins.iter().find(|origin| !is_origin(origin)) {
        return Err(format!(
            "origins such as \"https://desk.example.com\" are expected, or \"https://*.example.com\" for all below one \
             domain, not {wrong:?}"
        ));
    }
    config.frame_ancestors = origins;
    Ok(())
}

/// A `*` stands only for what is below a domain of one's own, and for any port of a host: `https://*` or `https://*.com`
/// would be everybody.
fn is_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    let host = host.strip_suffix(":*").unwrap_or(host);
    let plain = host.strip_prefix("*.").filter(|domain| domain.contains('.')).unwrap_or(host);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    !plain.is_empty() && plain.chars().all(fits)
}

/// It is written into pages and the terminal: what no address has is a slip.
fn set_public_url(config: &mut Config, text: &str) -> Taken {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |c: char| c.is_alphanumeric() || ".-_~:/[]%".contains(c);
    if host.is_none_or(|host| host.trim_matches('/').is_empty() || host.starts_with('/') || !host.chars().all(fits)) {
        return Err(format!("an address such as \"https://tips.example.org\" is expected, not {text:?}"));
    }
    config.public_url = Some(text.trim_end_matches('/').to_owned());
    Ok(())
}
