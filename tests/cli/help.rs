//! Help, mistyped commands and options, completions.

use super::Place;

#[test]
fn help_leads_with_examples() {
    let ran = Place::empty().run(&["--help"]).ends(0);
    assert!(ran.out.starts_with("Examples:\n"), "{}", ran.out);
    assert!(ran.err.is_empty());
    insta::assert_snapshot!(ran.out);
}

#[test]
fn every_command_has_examples_and_fits() {
    let place = Place::empty();
    let mut shown = String::new();
    for command in stemwire::cli::command().get_subcommands() {
        let ran = place.run(&[command.get_name(), "-h"]).ends(0);
        assert!(ran.out.starts_with("Examples:\n"), "{}: {}", command.get_name(), ran.out);
        shown.push_str(&format!(
            "==== {}\n{}\n",
            command.get_name(),
            ran.out.split("Common options").next().unwrap_or("")
        ));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn only_what_is_there_is_listed() {
    let names: Vec<_> = stemwire::cli::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
    assert!(!names.iter().any(|name| name == "keys"), "keys is listed and is not there");
}

#[test]
fn what_is_mistyped_is_answered_with_what_was_meant() {
    let place = Place::empty();
    let ran = place.run(&["sugest", "hello"]).ends(2);
    assert!(ran.err.contains("'suggest'") && ran.out.is_empty(), "{}", ran.told());
    let ran = place.run(&["check", "--fromat", "json"]).ends(2);
    assert!(ran.err.contains("--format"), "{}", ran.told());
    let ran = place.run(&["check", "--format", "jsn"]).ends(2);
    assert!(ran.err.contains("'json'"), "{}", ran.told());
}

#[test]
fn options_stand_before_or_after_the_command() {
    let place = Place::with_library();
    let before = place.run(&["--library", "tips", "--json", "check"]).ends(0);
    let after = place.run(&["check", "--json", "--library", "tips"]).ends(0);
    assert_eq!(before.out, after.out);
}

#[test]
fn every_shell_gets_completions() {
    let place = Place::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]).ends(0);
        assert!(ran.out.contains("suggest"), "{shell}");
    }
}

#[test]
fn codes_are_explained() {
    let place = Place::empty();
    let all = place.run(&["explain"]).ends(0);
    for code in stemwire::tip::Code::ALL {
        assert!(all.out.contains(code.as_str()), "{}", all.out);
    }
    let one = place.run(&["explain", "sw001"]).ends(0);
    assert!(one.out.starts_with("SW001"), "{}", one.out);
    assert!(one.out.lines().all(|line| line.chars().count() <= 100), "{}", one.out);
    let ran = place.run(&["explain", "SW999"]).ends(1);
    assert!(ran.err.contains("stemwire explain"), "{}", ran.told());
    assert_eq!(place.run(&["explain", "SW001", "--json"]).ends(0).json()["code"], "SW001");
}
