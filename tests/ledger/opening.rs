//! Opening: addresses, schemas of other ages, keys.

use super::customers::fill;
use super::places::{Place, on_both};
use stemwire::ledger::{Ledger, LedgerError, NewBalloon, NewOutcome, Options, OutcomeKind};
use stemwire::tip::TipId;

on_both! { what_a_newer_one_made_is_left_alone, it_opens_again, the_key_is_looked_after, two_start_at_once }

async fn what_a_newer_one_made_is_left_alone(place: Place) {
    place.open().await.close().await;
    let row = "9999, 'later', TRUE, '', 0";
    place
        .raw(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES ({row})"
        ))
        .await;
    let error = Ledger::open(&place.url, place.options()).await.err().expect("it is refused");
    assert!(matches!(error, LedgerError::Newer { found: 9999, .. }), "{error}");
    assert!(error.to_string().contains("newer stemwire"), "{error}");
}

async fn it_opens_again(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna@example.org").expect("a customer");
    let told = NewOutcome {
        at_ms: 1,
        tip: TipId::new("wire"),
        substance: None,
        kind: OutcomeKind::Told,
        reason: None,
        suggestion: None,
        customer: Some(anna),
        agent: None,
        channel: None,
    };
    ledger.record_outcome(&told, None, 2).await.expect("it is recorded");
    ledger.close().await;
    assert!(matches!(ledger.reachable().await, Err(LedgerError::Away(_))));

    let again = place.open().await;
    again.reachable().await.expect("it is there");
    let anna = again.customer(" anna@example.org ").expect("a customer");
    assert_eq!(again.told(&anna).await.expect("it is read").len(), 1);
}

async fn the_key_is_looked_after(place: Place) {
    place.open().await.close().await;
    let key = std::fs::read_to_string(place.key_file()).expect("the key was made");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(place.key_file()).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        for file in ["ledger.db", "ledger.db-wal", "ledger.db-shm"].map(|name| place.folder.path().join(name)) {
            let mode = std::fs::metadata(&file).map_or(0o600, |meta| meta.permissions().mode());
            assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        }
    }

    // Gone: no new one is made, or everybody would be a stranger.
    std::fs::remove_file(place.key_file()).expect("it goes");
    let error = Ledger::open(&place.url, place.options()).await.err().expect("it is refused");
    assert!(matches!(error, LedgerError::Key { .. }), "{error}");
    assert!(!place.key_file().exists());

    // Another one.
    std::fs::write(place.key_file(), "11".repeat(32)).expect("it is written");
    let error = Ledger::open(&place.url, place.options()).await.err().expect("it is refused");
    assert!(error.to_string().contains("not the key"), "{error}");

    // One that hides nobody.
    std::fs::write(place.key_file(), "00".repeat(32)).expect("it is written");
    let error = Ledger::open(&place.url, place.options()).await.err().expect("it is refused");
    assert!(error.to_string().contains("line 1 is a key of zeros"), "{error}");

    // None at all.
    std::fs::write(place.key_file(), "geheim\n").expect("it is written");
    let error = Ledger::open(&place.url, place.options()).await.err().expect("it is refused");
    assert!(error.to_string().contains("line 1") && !error.to_string().contains("geheim"), "{error}");

    // The right one, untouched by all this.
    std::fs::write(place.key_file(), &key).expect("it is written");
    place.open().await.close().await;
    assert_eq!(std::fs::read_to_string(place.key_file()).expect("it is there"), key);
}

async fn two_start_at_once(place: Place) {
    let (one, two) =
        tokio::join!(Ledger::open(&place.url, place.options()), Ledger::open(&place.url, place.options()),);
    let (one, two) = (one.expect("it opens"), two.expect("it opens, too"));
    assert_eq!(one.customer("anna"), two.customer("anna"));
    assert_ne!(one.customer("anna"), one.customer("Anna"));
    assert_eq!(one.customer(" \n"), None);
}

#[tokio::test]
async fn an_address_that_is_none_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = format!("sqlite:{}/nowhere/ledger.db", folder.path().display());
    let here = format!("sqlite:{}", folder.path().display());
    let text_file = folder.path().join("notes.txt");
    std::fs::write(&text_file, "no database, but some text of a hundred bytes or more: ".repeat(40)).expect("written");
    let text = format!("sqlite:{}", text_file.display());
    let cases = [
        ("stemwire.db", "sqlite:FILE"),
        ("sqlite:", "name of a file"),
        ("sqlite::memory:", "forget everything"),
        ("sqlite:a.db?mode=ro", "without settings"),
        ("mysql://root:geheim@db/stemwire", "`mysql:`"),
        ("postgres://db/stemwire", "names its user"),
        ("postgres://:geheim@db/stemwire", "names its user"),
        ("postgres://anna:geheim@db:notaport/stemwire", "cannot be read"),
        ("postgres://anna:geheim@db/stemwire?pasword=geheim", "`pasword`"),
        ("postgres://anna:geheim@localhost:1/stemwire", "cannot be reached"),
        (&nowhere, "there is no folder"),
        (&here, "is no file"),
        ("sqlite:/dev/null", "is no file"),
        (&text, "notes.txt: the file is no SQLite database"),
    ];
    let options = Options { key_file: folder.path().join("key"), ..Options::default() };
    for (url, part) in cases {
        let error = Ledger::open(url, options.clone()).await.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(part), "{url}: {error}");
        assert!(!error.contains("geheim"), "{url}: {error}");
    }
    assert!(std::fs::read_to_string(&text_file).expect("it is there").starts_with("no database"));
}

/// Names a folder in which to make the ledger of this version: how the next fixture comes about, with the name of the
/// newest migration.
const MAKE: &str = "STEMWIRE_TEST_MAKE_LEDGER";

async fn make(folder: &std::path::Path) {
    let options = Options { key_file: folder.join("made.key"), ..Options::default() };
    let url = format!("sqlite:{}", folder.join("made.sqlite").display());
    let ledger = Ledger::open(&url, options).await.expect("it opens");
    fill(&ledger, "anna@example.org").await;
    fill(&ledger, "ben").await;
    let balloon = NewBalloon { said: "Sell wire in packs".into(), role: Some("agent".into()), ..NewBalloon::default() };
    ledger.give_balloon(&balloon, None, 50).await.expect("given");
    ledger.close().await;
    let pool = sqlx::SqlitePool::connect(url.trim_start_matches("sqlite:")).await.expect("the file opens");
    let sql = "UPDATE givers SET receipt = '0123456789abcdef0123456789abcdef'";
    sqlx::query(sql).execute(&pool).await.expect("a receipt that can be written down");
    pool.close().await;
}

/// A ledger that a released version made opens in this one, with all that is in it.
#[tokio::test]
async fn ledgers_of_all_ages_open() {
    if let Some(folder) = std::env::var_os(MAKE) {
        make(std::path::Path::new(&folder)).await;
    }
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ledgers");
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures).expect("the fixtures are there").filter_map(Result::ok) {
        if entry.path().extension().is_none_or(|extension| extension != "sqlite") {
            continue;
        }
        let place = Place::sqlite();
        std::fs::copy(entry.path(), place.folder.path().join("ledger.db")).expect("it is copied");
        std::fs::copy(entry.path().with_extension("key"), place.key_file()).expect("its key is copied");
        let ledger = place.open().await;
        let anna = ledger.customer("anna@example.org").expect("a customer");
        assert_eq!(ledger.told(&anna).await.expect("it is read").len(), 1);
        assert_eq!(ledger.history(&anna, 10).await.expect("it is read").len(), 2);
        assert_eq!(ledger.export(&anna).await.expect("it is read").len(), 6);
        let balloon = ledger.balloon_by_receipt("0123456789abcdef0123456789abcdef").await.expect("it is found");
        assert_eq!(balloon.said, "Sell wire in packs");
        seen += 1;
    }
    assert!(seen > 0, "there are no fixtures");
}
