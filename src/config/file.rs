//! The config file: TOML, every key known, every value of its kind, each mistake with its line.

use super::keys::{Key, Take};
use super::values::{Config, ConfigError};
use std::io::Read;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// A name that is at least this like an unknown one is offered for it (Jaro-Winkler, 0 to 1): below it, two words
/// have little more than their first letters in common.
const LIKE: f64 = 0.75;

/// Reads `path` over what is set so far. Folders and files in it are meant from where it lies.
pub(super) fn read_over(config: &mut Config, keys: &[Key], path: &Path) -> Result<(), ConfigError> {
    let name = path.display().to_string();
    let wrong = |reason: String| ConfigError { place: name.clone(), reason };
    let text = read(path).map_err(|e| wrong(format!("the config file cannot be read: {e}")))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(wrong(format!("the config file is larger than {MOST_BYTES} bytes: is it another file?")));
    }
    let file = File { name: &name, text: &text, keys, folder: path.parent().unwrap_or(Path::new("")) };
    let table =
        DeTable::parse(&text).map_err(|e| file.error(e.span().map_or(0, |s| s.start), first_line(e.message())))?;
    file.walk(config, "", table.get_ref())
}

/// Bytes of a config file: a hundred times what stemwire.toml.example has.
const MOST_BYTES: u64 = 1_048_576;

/// The file's text, or its beginning, where that is more than it may have.
fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    Ok(text)
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
    keys: &'a [Key],
    folder: &'a Path,
}

impl File<'_> {
    fn walk(&self, config: &mut Config, above: &str, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table.iter() {
            let name = if above.is_empty() { key.get_ref().to_string() } else { format!("{above}.{}", key.get_ref()) };
            let below = format!("{name}.");
            if let Some(known) = self.keys.iter().find(|k| k.name == name) {
                self.take(config, known, value)?;
            } else if self.keys.iter().any(|k| k.name.starts_with(&below)) {
                match value.get_ref() {
                    DeValue::Table(inner) => self.walk(config, &name, inner)?,
                    other => return Err(self.error(value.span().start, unlike(&format!("a table [{name}]"), other))),
                }
            } else {
                let table = matches!(value.get_ref(), DeValue::Table(_));
                let unknown = if table { unknown_table(self.keys, &name) } else { unknown(self.keys, &name) };
                return Err(self.error(key.span().start, unknown));
            }
        }
        Ok(())
    }

    fn take(&self, config: &mut Config, key: &Key, value: &Spanned<DeValue<'_>>) -> Result<(), ConfigError> {
        let at = value.span().start;
        match (&key.take, value.get_ref()) {
            (Take::Path(set), DeValue::String(text)) if !text.is_empty() => {
                set(config, self.folder.join(text.as_ref()))
            }
            (Take::Address(_), DeValue::String(text)) => {
                key.set(config, &self.beside(text)).map_err(|reason| self.error(at, reason))?;
            }
            (Take::Path(_) | Take::Text(_), DeValue::String(text)) => {
                key.set(config, text).map_err(|reason| self.error(at, reason))?;
            }
            (Take::Flag(set), DeValue::Boolean(truth)) => set(config, *truth),
            (Take::Number(..) | Take::Whole(_) | Take::Most(..), DeValue::Integer(typed)) => {
                let number = meant(typed).map_or(typed.as_str().to_owned(), |number| number.to_string());
                key.set(config, &number).map_err(|reason| self.error(at, reason))?;
            }
            (Take::Number(..), DeValue::Float(typed)) => {
                key.set(config, typed.as_str()).map_err(|reason| self.error(at, reason))?;
            }
            (Take::Limit(most), DeValue::Integer(typed)) => {
                let number = meant(typed).and_then(|number| u64::try_from(number).ok());
                key.set_limit(config, *most, number, typed.as_str()).map_err(|reason| self.error(at, reason))?;
            }
            (Take::Texts(set), DeValue::Array(items)) => {
                let mut texts = Vec::new();
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::String(text) => texts.push(text.to_string()),
                        other => return Err(self.error(item.span().start, unlike("a text", other))),
                    }
                }
                set(config, texts).map_err(|reason| self.error(at, reason))?;
            }
            (take, other) => return Err(self.error(at, unlike(kind(take), other))),
        }
        Ok(())
    }

    /// The address of a SQLite file, as it is called from the working folder.
    fn beside(&self, address: &str) -> String {
        let file = address.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
        let joined = file.filter(|file| !file.is_empty()).map(|file| self.folder.join(file));
        joined.as_deref().and_then(Path::to_str).map_or(address.to_owned(), |path| format!("sqlite:{path}"))
    }

    fn error(&self, at: usize, reason: impl Into<String>) -> ConfigError {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        ConfigError { place: format!("{}:{line}:{column}", self.name), reason: reason.into() }
    }
}

/// The number that a whole number of TOML is, which may be written in hexadecimal, octal or binary digits.
fn meant(typed: &DeInteger<'_>) -> Option<i128> {
    i128::from_str_radix(&typed.as_str().replace('_', ""), typed.radix()).ok()
}

fn kind(take: &Take) -> &'static str {
    match take {
        Take::Path(_) | Take::Text(_) | Take::Address(_) => "a text in quotes",
        Take::Flag(_) => "true or false",
        Take::Texts(_) => "a list of texts, as [\"a\", \"b\"]",
        Take::Number(..) => "a number",
        Take::Limit(_) | Take::Whole(_) | Take::Most(..) => "a whole number",
    }
}

fn unlike(expected: &str, found: &DeValue<'_>) -> String {
    format!("{expected} is expected here, not a value of the kind \"{}\"", found.type_str())
}

fn unknown(keys: &[Key], name: &str) -> String {
    let nearest = keys
        .iter()
        .map(|key| (strsim::jaro_winkler(name, &key.name).max(strsim::jaro_winkler(name, last(&key.name))), &key.name))
        .filter(|(like, _)| *like >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, key)) => format!("there is no setting \"{name}\"; did you mean \"{key}\"?"),
        None => format!("there is no setting \"{name}\"; stemwire.toml.example lists all of them"),
    }
}

fn unknown_table(keys: &[Key], name: &str) -> String {
    let tables = keys.iter().filter_map(|key| Some(key.name.split_once('.')?.0));
    match likest(name, tables) {
        Some(table) => format!("there is no table [{name}]; did you mean [{table}]?"),
        None => format!("there is no table [{name}]; stemwire.toml.example lists all of them"),
    }
}

/// The known name that is most like another one.
pub(super) fn likest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let weighed = known.map(|known| (strsim::jaro_winkler(last_word(name), last_word(known)), known));
    weighed.filter(|(like, _)| *like >= LIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

/// A variable's name without what all of them begin with.
fn last_word(variable: &str) -> &str {
    variable.split_once('_').map_or(variable, |(_, rest)| rest)
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("this is not TOML")
}
