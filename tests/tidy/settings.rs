//! The example of the config file names every setting with its default, and nothing else.

use super::{none, text};
use std::collections::BTreeMap;
use stemwire::config::{Config, keys};
use stemwire::http::Limits;

/// The example's settings: those that stand, and those that a `#` without a space after it holds back.
fn example() -> String {
    let uncommented = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_owned);
    text("stemwire.toml.example").lines().map(|line| uncommented(line).unwrap_or(line.to_owned()) + "\n").collect()
}

#[test]
fn the_example_names_every_setting_with_its_default() {
    let table: toml::Table = example().parse().expect("the example is TOML");
    let mut written = BTreeMap::new();
    for (key, value) in &table {
        match value {
            toml::Value::Table(inner) => {
                written.extend(inner.iter().map(|(below, value)| (format!("{key}.{below}"), plain(value))));
            }
            value => drop(written.insert(key.clone(), plain(value))),
        }
    }
    let mut wrong = Vec::new();
    for key in keys(Limits::ALL) {
        match (written.remove(key.name.as_ref()), &key.default) {
            (None, _) => wrong.push(format!("{} is not in stemwire.toml.example", key.name)),
            (Some(shown), Some(default)) if shown != **default => {
                wrong.push(format!("{} is {shown} in the example and {default} in truth", key.name));
            }
            _ => {}
        }
    }
    wrong.extend(written.keys().map(|name| format!("stemwire.toml.example names {name}, which is no setting")));
    none("the example and the settings differ", wrong);
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_example_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("stemwire.toml");
    std::fs::write(&path, example()).expect("it can be written");
    let read = Config::read(Some(&path), &|_| None, &[], Limits::ALL).expect("every value is good");
    assert_eq!(read.limits, Config::new(Limits::ALL).limits);
}
