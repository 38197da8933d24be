//! Where settings come from, which goes first, and what is said about one that cannot be taken.

use super::Place;
use stemwire::config::{Config, LogFormat};
use stemwire::http::Limits;

#[test]
fn flag_before_environment_before_file_before_default() {
    let place = Place::empty();
    for name in ["file", "env", "flag", "tips"] {
        place.write(&format!("{name}/a.md"), format!("# From the {name}?\n\nYes.\n"));
    }
    let found = |place: &Place, arguments: &[&str], environment: &[(&str, &str)]| {
        // An index of its own each time: this is about settings, not about noticing changes.
        let index = tempfile::tempdir().expect("a folder can be made");
        let index = index.path().to_string_lossy();
        let mut command = place.command(&[arguments, &["show", "a", "--source", "--index", &index]].concat());
        command.envs(environment.iter().copied());
        String::from_utf8_lossy(&command.output().expect("it runs").stdout)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(found(&place, &[], &[]), "# From the tips?");
    place.write("stemwire.toml", "library = \"file\"\n");
    assert_eq!(found(&place, &[], &[]), "# From the file?");
    assert_eq!(found(&place, &[], &[("STEMWIRE_LIBRARY", "env")]), "# From the env?");
    assert_eq!(found(&place, &["--library", "flag"], &[("STEMWIRE_LIBRARY", "env")]), "# From the flag?");
    assert_eq!(found(&place, &[], &[("STEMWIRE_LIBRARY", "")]), "# From the file?", "empty is not set");
}

#[test]
fn folders_are_meant_from_where_the_file_lies() {
    let place = Place::empty();
    place.write("etc/there/a.md", "# Here?\n\nYes.\n");
    place.write("etc/s.toml", "library = \"there\"\n");
    place.run(&["check", "--config", "etc/s.toml"]).ends(0);
    // The ledger and its key lie together, wherever the command runs.
    place.write(
        "etc/s.toml",
        "library = \"there\"\nindex = \"i\"\nledger = \"sqlite:led.db\"\ncustomer_key = \"kk.key\"\n",
    );
    place.write("contacts.csv", "customer,at,issue\nA,2024-01-01,buying\n");
    place.run(&["learn", "contacts.csv", "--config", "etc/s.toml"]).ends(0);
    let made = |file: &str| place.path().join(file).is_file();
    assert!(made("etc/led.db") && made("etc/kk.key") && !made("led.db"));
    place.run(&["learn", "contacts.csv", "--config", "etc/s.toml", "--ledger", "sqlite:flag.db"]).ends(0);
    assert!(made("flag.db"), "what a flag says is meant from here");
}

#[test]
fn mistakes_are_named_with_their_place() {
    let place = Place::with_library();
    let cases = [
        ("libary = \"x\"\n", "stemwire.toml:1:1: there is no setting \"libary\"; did you mean \"library\"?"),
        ("[log]\nlevle = \"x\"\n", "stemwire.toml:2:1: there is no setting \"log.levle\"; did you mean \"log.level\"?"),
        (
            "\n[limits]\njson_byte = 3\n",
            "stemwire.toml:3:1: there is no setting \"limits.json_byte\"; did you mean \"limits.json_bytes\"?",
        ),
        ("[limits]\njson_bytes = 0\n", "stemwire.toml:2:14: a whole number from 1 to "),
        ("[limits]\njson_bytes = \"3\"\n", "stemwire.toml:2:14: a whole number is expected"),
        ("balloon_hours = 8761\n", "stemwire.toml:1:17: a whole number from 0 to 8760 is expected"),
        ("drafts = 1\n", "stemwire.toml:1:10: true or false is expected"),
        ("log = 3\n", "stemwire.toml:1:7: a table [log] is expected"),
        ("[log]\nformat = \"xml\"\n", "stemwire.toml:2:10: \"text\" or \"json\" is expected"),
        ("[log]\nlevel = \"loud\"\n", "stemwire.toml:2:9: one of off, error, warn, info, debug, trace is expected"),
        ("[log]\nlevel = \"warn,loud\"\n", "stemwire.toml:2:9: one of off, error, warn"),
        ("\n[limts]\njson_bytes = 3\n", "stemwire.toml:2:2: there is no table [limts]; did you mean [limits]?"),
        ("public_url = \"tips.example.com\"\n", "stemwire.toml:1:14: an address such as"),
        ("a = = b\n", "stemwire.toml:1:"),
        ("listen = \"nonsense\"\n", "stemwire.toml:1:10: an address and port is expected, as \"127.0.0.1:7171\""),
        ("frame_ancestors = [\"https://*\"]\n", "stemwire.toml:1:19: origins such as"),
        ("frame_ancestors = [\"https://*.com\"]\n", "stemwire.toml:1:19: origins such as"),
        ("frame_ancestors = [\"https://desk.*.example.com\"]\n", "stemwire.toml:1:19: origins such as"),
        ("allowed_hosts = [\"*\"]\n", "stemwire.toml:1:17: names of hosts such as"),
        ("public_url = \"https://a\\\"><script>\"\n", "stemwire.toml:1:14: an address such as"),
        ("[limits]\nhead_bytes = 1\n", "stemwire.toml:2:14: a whole number from 8192 to "),
        (&format!("# {}\n", "x".repeat(1_100_000)), "stemwire.toml: the config file is larger than 1048576 bytes"),
        ("[retention]\ncontacts = 999999999999\n", "stemwire.toml:2:12: a whole number from 0 to 4294967295"),
    ];
    for (text, expected) in cases {
        place.write("stemwire.toml", text);
        let ran = place.run(&["check"]).ends(2);
        assert!(ran.err.contains(expected), "{text:?}: {}", ran.told());
    }
    let ran = place.run(&["check", "--config", "nowhere.toml"]).ends(2);
    assert!(ran.err.contains("nowhere.toml"), "{}", ran.told());
}

#[test]
fn the_environment_sets_everything() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("empty.toml");
    std::fs::write(&file, "").expect("it can be written");
    let env = |name: &str| {
        let set = [
            ("STEMWIRE_LOG_FORMAT", "json"),
            ("STEMWIRE_LIMITS_TEXT_CHARS", "1_000"),
            ("STEMWIRE_ALLOWED_HOSTS", "a.example, b.example"),
            ("STEMWIRE_DRAFTS", "yes"),
            ("STEMWIRE_LOG_LEVEL", "warn, stemwire::app=debug"),
            ("STEMWIRE_PUBLIC_URL", "https://a.example/"),
            ("STEMWIRE_FRAME_ANCESTORS", "https://*.desk.example, http://[::1]:8080, http://127.0.0.1:*"),
        ];
        set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    let config = Config::read(Some(&file), &env, &[], Limits::ALL).expect("all of them can be taken");
    assert_eq!(config.log_format, LogFormat::Json);
    assert_eq!(config.limits["text_chars"], 1000);
    assert_eq!(config.allowed_hosts, ["a.example", "b.example"]);
    assert!(config.drafts);
    assert_eq!(config.frame_ancestors, ["https://*.desk.example", "http://[::1]:8080", "http://127.0.0.1:*"]);
    assert_eq!(config.log_level, "warn,stemwire::app=debug");
    assert_eq!(config.public_url.as_deref(), Some("https://a.example"));
    let wrong = Config::read(
        Some(&file),
        &|name| (name == "STEMWIRE_LIMITS_TEXT_CHARS").then(|| "many".to_owned()),
        &[],
        Limits::ALL,
    );
    assert!(wrong.expect_err("it is no number").to_string().starts_with("STEMWIRE_LIMITS_TEXT_CHARS: "));
}

#[test]
fn whole_numbers_may_be_written_as_toml_has_them() {
    let place = Place::empty();
    for (typed, is) in [("0x30", 48), ("0o60", 48), ("0b11", 3), ("1_000", 1000)] {
        let file = place.write("s.toml", format!("balloon_hours = {typed}\n[limits]\nlist_most = {typed}\n"));
        let config = Config::read(Some(&file), &|_| None, &[], Limits::ALL).expect("it is read");
        assert_eq!((config.balloon_hours, config.limits.get("list_most")), (is, Some(&u64::from(is))), "{typed}");
    }
}
