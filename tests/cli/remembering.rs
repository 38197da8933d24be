//! `learn --sample`, `suggest --customer`, `balloon`, `outcome`, `promise`, `ledger`: what is remembered, shown, and forgotten.

use super::Place;
use serde_json::Value;

#[test]
fn a_simulated_past_fills_every_number_and_says_that_it_is_one() {
    let place = Place::with_library();
    let ran = place.run(&["learn", "--sample"]).ends(0);
    assert!(ran.out.starts_with("Simulated: ") && ran.err.contains("None of it happened"), "{}", ran.told());
    let before = place.run(&["ledger", "check", "--json"]).ends(0).json();
    for kind in ["contacts", "outcomes", "suggestions", "exposures", "balloons", "promises", "misses"] {
        assert!(before[kind].as_u64() > Some(0), "{kind}: {before}");
    }
    let again = place.run(&["learn", "--sample"]).ends(0);
    assert!(again.out.contains("nothing was added"), "{}", again.told());
    assert_eq!(place.run(&["ledger", "check", "--json"]).ends(0).json(), before, "a second run added something");

    let pulse = place.run(&["pulse", "--json"]).ends(0).json();
    assert!(pulse["right_first_time"]["overall"]["of"].as_u64() > Some(1_000), "{pulse}");
    assert!(pulse["promises"]["kept"].as_u64() > Some(0) && pulse["promises"]["overdue"].as_u64() > Some(0), "{pulse}");
    assert!(pulse["balloons"]["waiting"].as_u64() > Some(0), "{pulse}");
    assert!(pulse["experiment"]["held_out"]["customers"].as_u64() > Some(0), "{pulse}");
    let causes = pulse["causes"].as_object().expect("an object");
    let parts: u64 = causes.iter().filter(|(name, _)| *name != "whole").filter_map(|(_, n)| n.as_u64()).sum();
    assert_eq!(causes["whole"].as_u64(), Some(parts), "{pulse}");
    assert!(place.run(&["pulse"]).ends(0).out.contains("Does telling help?"));

    let next = place.run(&["foresight", "--product", "gerbera", "--issue", "buying", "--json"]).ends(0).json();
    assert_eq!(next["next"][0]["issue"], "flowers/gerbera:drooping", "as the tips say: {next}");
    whoever_was_told_is_not_told_again(&place);
}

/// Of the simulated customers, one who was given the wire.
fn whoever_was_told_is_not_told_again(place: &Place) {
    let asked = ["suggest", "--json", "--product", "gerbera", "--issue", "buying"];
    let fresh = place.run(&asked).ends(0).json();
    let best = fresh["tip"]["id"].as_str().expect("there is a tip").to_owned();
    let told = (0..200).map(|number| format!("sample-{number:05}")).find(|customer| {
        let kept = place.run(&["ledger", "export", "--customer", customer]);
        let records = kept.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        records.into_iter().any(|record| record["tip"] == *best && record["outcome"] == "given")
    });
    let told = told.expect("somebody was given it");
    let after = place.run(&[&asked[..], &["--customer", &told]].concat()).json();
    assert_ne!(after["tip"]["id"], fresh["tip"]["id"], "{told}: {after}");
}

#[test]
fn a_real_past_is_not_mixed_with_a_simulated_one() {
    let place = Place::with_library();
    place.run_with_input(&["learn", "-"], "customer,at,issue\nA,2024-01-01,buying\n").ends(0);
    let ran = place.run(&["learn", "--sample"]).ends(2);
    assert!(ran.err.contains("--force") && ran.err.contains("--ledger"), "{}", ran.told());
    let held = place.run(&["ledger", "check", "--json"]).ends(0).json();
    assert_eq!((&held["contacts"], &held["balloons"]), (&1.into(), &0.into()), "{held}");
}

#[test]
fn a_balloon_is_caught_and_can_be_looked_up() {
    let place = Place::with_library();
    let given =
        place.run(&["balloon", "Sell vases", "with the roses", "--product", "gerbera", "--from", "Dana"]).ends(0);
    let receipt =
        given.out.lines().find_map(|line| line.strip_prefix("Receipt:")).expect("a receipt").trim().to_owned();
    assert!(given.err.contains(&receipt), "{}", given.told());
    let found = place.run(&["balloon", "--receipt", &receipt]).ends(0);
    assert!(found.out.contains("Sell vases with the roses") && found.out.contains("waiting"), "{}", found.told());
    let json = place.run(&["balloon", "--receipt", &receipt, "--json"]).ends(0).json();
    assert_eq!((&json["state"], &json["product"]), (&"waiting".into(), &"flowers/gerbera".into()), "{json}");
    assert_eq!(json["givers"], serde_json::json!([]), "the others are none of a giver's");

    let same = place.run_with_input(&["balloon", "-", "--json"], "sell VASES with the roses!\n").ends(0).json();
    assert_eq!((&same["id"], &same["joined"]), (&json["id"], &true.into()), "{same}");
    let list = place.run(&["balloon", "--list", "--state", "waiting", "--json"]).ends(0).json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");
    assert_eq!(list["items"][0]["givers"].as_array().map(Vec::len), Some(2), "{list}");
    assert!(place.run(&["balloon", "--list", "--state", "adopted"]).ends(0).out.is_empty());
}

#[test]
fn what_is_no_balloon_is_answered_kindly() {
    let place = Place::with_library();
    place.run(&["balloon"]).ends(2);
    assert!(place.run(&["balloon", "  "]).ends(2).err.contains("says something"));
    assert!(!place.path().join("stemwire.db").exists());
    assert!(place.run(&["balloon", "list"]).ends(2).err.contains("stemwire balloon --list"));
    place.run(&["balloon", "Hello"]).ends(0);
    let ran = place.run(&["balloon", "--receipt", "0123"]).ends(1);
    assert!(ran.out.is_empty() && ran.err.contains("receipt"), "{}", ran.told());
    assert!(place.run(&["balloon", "--list", "--state", "lost"]).ends(2).err.contains("acknowledged"));
    place.run(&["balloon", "--state", "waiting", "x"]).ends(2);
}

#[test]
fn a_balloon_is_decided_about() {
    let place = Place::with_library();
    let give = |words: &str| {
        let id = &place.run(&["balloon", words, "--from", "Dana", "--json"]).ends(0).json()["id"];
        id.as_str().expect("an id").to_owned()
    };
    let (vases, cards, ribbons) = (give("Do you sell vases? Many ask."), give("Cards, please"), give("Ribbons"));
    let seen = place.run(&["balloon", "--acknowledge", &vases]).ends(0);
    assert!(seen.out.contains("acknowledged on"), "{}", seen.told());
    let adopted = place.run(&["balloon", "--adopt", &vases, "--json"]).ends(0).json();
    assert_eq!((&adopted["state"], &adopted["tip"]), (&"adopted".into(), &"do-you-sell-vases".into()), "{adopted}");
    let draft = std::fs::read_to_string(place.path().join("tips/do-you-sell-vases.md")).expect("the draft");
    assert!(draft.contains("draft: true") && draft.contains("— Dana"), "{draft}");
    let late = place.run(&["balloon", "--decline", &vases, "--because", "no"]).ends(1);
    assert!(late.err.contains("was adopted") && late.out.is_empty(), "{}", late.told());
    let joined = place.run(&["balloon", "--merge", &ribbons, "--into", &cards, "--json"]).ends(0).json();
    assert_eq!(
        (&joined["id"], joined["givers"].as_array().map(Vec::len)),
        (&cards.clone().into(), Some(2)),
        "{joined}"
    );
    assert!(place.run(&["balloon", "--decline", &cards, "--because", " "]).ends(2).err.contains("reason"));
    let declined = place.run(&["balloon", "--decline", &cards, "--because", "They do."]).ends(0);
    assert!(declined.out.contains("Because:") && declined.out.contains("They do."), "{}", declined.told());
    place.run(&["balloon", "--acknowledge", "nobody"]).ends(1);
    for nonsense in
        [&["--decline", "x"][..], &["--merge", "x"], &["--adopt", "x", "--list"], &["words", "--adopt", "x"]]
    {
        place.run(&[&["balloon"][..], nonsense].concat()).ends(2);
    }
}

#[test]
fn a_promise_is_made_seen_and_settled() {
    let place = Place::with_library();
    let made = place.run(&["promise", "Call back", "--due", "2 hours", "--owner", "Dana", "--json"]).ends(0).json();
    assert_eq!((&made["state"], &made["owner"]), (&"due".into(), &"Dana".into()), "{made}");
    let id = made["id"].as_str().expect("an id");
    place.run(&["promise", "Send the vase", "--due", "2020-01-31", "--tip", "flowers/gerbera/wire"]).ends(0);
    let late = place.run(&["promise", "--list", "--state", "overdue"]).ends(0);
    assert!(late.out.contains("Send the vase") && late.out.contains("31 Jan 2020, 23:59 UTC"), "{}", late.told());
    assert!(!late.out.contains("Call back"), "{}", late.told());
    assert!(place.run(&["promise", "--kept", id]).ends(0).out.contains("kept on"));
    let twice = place.run(&["promise", "--broken", id]).ends(1);
    assert!(twice.err.contains("--open") && twice.out.is_empty(), "{}", twice.told());
    assert!(place.run(&["promise", "--open", id]).ends(0).out.contains("due in"));
    assert!(place.run(&["promise", "--broken", id]).ends(0).out.contains("broken"));
    place.run(&["promise", "--kept", "nobody"]).ends(1);
    assert!(place.run(&["promise", "x", "--due", "soon"]).ends(2).err.contains("2 days"));
    assert!(place.run(&["promise", "x", "--due", "1 day", "--tip", "none"]).ends(2).err.contains("none"));
    for nonsense in [&["x"][..], &["--due", "1 day"], &["--kept", id, "--list"], &["x", "--list"], &["--state", "due"]]
    {
        place.run(&[&["promise"][..], nonsense].concat()).ends(2);
    }
}

#[test]
fn who_was_told_on_the_command_line_is_not_told_again() {
    let place = Place::with_library();
    // Else the lot may hold this customer out.
    std::fs::write(place.path().join("stemwire.toml"), "[experiment]\nheld_out = 0\n").expect("written");
    let asked = ["suggest", "--json", "--product", "gerbera", "--issue", "buying", "--customer", "C-1"];
    let best = place.run(&asked).ends(0).json()["tip"]["id"].as_str().expect("a tip").to_owned();
    let told = place.run(&["outcome", &best, "told", "--customer", "C-1", "--follow-up", "--json"]).ends(0).json();
    assert!(told["follow_up"].is_string(), "{told}");
    assert_ne!(place.run(&asked).json()["tip"]["id"], best.as_str());
    let id = told["id"].as_str().expect("an id");
    place.run(&["outcome", "--withdraw", id]).ends(0);
    assert_eq!(place.run(&asked).json()["tip"]["id"], best.as_str());
    assert!(place.run(&["promise", "--list"]).ends(0).out.is_empty(), "the follow-up went with it");
    place.run(&["outcome", "--withdraw", id]).ends(1);

    assert!(place.run(&["outcome", &best, "dismissed", "--reason", "unsafe"]).ends(0).err.contains("--customer"));
    assert_ne!(place.run(&asked).json()["tip"]["id"], best.as_str());
    assert!(place.run(&["outcome", &best, "tolt"]).ends(2).err.contains("dismissed"));
    assert!(place.run(&["outcome", &best, "told", "--reason", "unsafe"]).ends(2).err.contains("dismissed"));
    assert!(place.run(&["outcome", "none", "told"]).ends(2).err.contains("none"));
    assert!(place.run(&["outcome", &best, "told", "--at", "noon"]).ends(2).err.contains("2026"));
    place.run(&["outcome", &best]).ends(2);
}

/// Without a customer, too: the same question on the same library and ledger has the same answer, served or not.
#[test]
fn what_contacts_taught_counts_on_the_command_line() {
    let place = Place::with_library();
    let asked = ["suggest", "--json", "--product", "gerbera", "--issue", "buying"];
    let why = || place.run(&asked).ends(0).json()["tip"]["why"].to_string();
    assert!(why().contains("The editor expects"), "{}", why());
    let mut contacts = "customer,at,product,issue\n".to_owned();
    for n in 0..40 {
        contacts += &format!("c{n},2024-01-01,gerbera,buying\n");
        contacts += &if n < 16 { format!("c{n},2024-01-04,gerbera,drooping\n") } else { String::new() };
    }
    place.run_with_input(&["learn", "-"], &contacts).ends(0);
    assert!(why().contains("16 of 40"), "{}", why());

    let away = [&asked[..], &["--ledger", "postgres://stemwire@127.0.0.1:9/none"]].concat();
    let ran = place.run(&away).ends(0);
    assert_eq!(ran.json()["ledger"], "away");
    assert!(ran.err.contains("without what it knows"), "{}", ran.told());
}

#[test]
fn a_customer_sees_what_is_kept_and_has_it_gone() {
    let place = Place::with_library();
    let contacts = "customer,at,issue\nMrs Lind,2024-01-01,buying\nMrs Lind,2024-01-02,gift\nMr Bo,2024-01-01,buying\n";
    place.run_with_input(&["learn", "-"], contacts).ends(0);
    let lind = ["--customer", "Mrs Lind"];
    let kept = place.run(&[&["ledger", "export"][..], &lind].concat()).ends(0);
    let records: Vec<Value> = kept.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(records.len(), 2, "{}", kept.told());
    assert_eq!((&records[0]["kind"], &records[0]["issue"]), (&"contacts".into(), &"buying".into()));
    assert_eq!(records[0]["at"], "2024-01-01T00:00:00.000Z");

    let asked = place.run(&[&["ledger", "erase"][..], &lind].concat()).ends(2);
    assert!(asked.err.contains("--yes"), "nobody is there to be asked: {}", asked.told());
    assert_eq!(place.run(&[&["ledger", "export"][..], &lind].concat()).ends(0).out, kept.out, "it is all there");
    let gone = place.run(&[&["ledger", "erase", "--yes"][..], &lind].concat()).ends(0);
    assert_eq!(gone.out, "2 records erased.\n");
    place.run(&[&["ledger", "export"][..], &lind].concat()).ends(1);
    place.run(&[&["ledger", "erase", "--yes"][..], &lind].concat()).ends(1);
    place.run(&["ledger", "export", "--customer", "Mr Bo"]).ends(0);
    place.run(&["ledger", "export", "--customer", "  "]).ends(2);
    let ledger = std::fs::read(place.path().join("stemwire.db")).expect("the ledger is there");
    assert!(!ledger.windows(4).any(|bytes| bytes == b"Lind"), "a customer's name is in the ledger");
}

#[test]
fn another_key_is_refused_before_anything_is_read() {
    let place = Place::with_library();
    place.run_with_input(&["learn", "-"], "customer,at,issue\nA,2024-01-01,buying\n").ends(0);
    let mut command = place.command(&["ledger", "check"]);
    let output = command.env("STEMWIRE_CUSTOMER_KEY", "other.key").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("other.key"));
    let ran = place.run(&["ledger", "check"]).ends(0);
    assert!(ran.out.contains("contacts") && ran.err.contains("can be reached"), "{}", ran.told());
}
