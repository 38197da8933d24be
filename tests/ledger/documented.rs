//! What docs/ledger.md says is so: its tables and columns are those of the schema, its queries run and count right.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use std::collections::{BTreeMap, HashMap};
use stemwire::ledger::{Arm, Exposure, OutcomeKind};
use stemwire::tip::{IssueId, SectionId, TipId};

on_both! { every_query_runs, queries_count_what_the_ledger_counts }

const DOCUMENT: &str = include_str!("../../docs/ledger.md");
pub const NOW_MS: i64 = 1_793_577_600_000;
pub const WEEK_MS: i64 = 604_800_000;

fn queries() -> Vec<&'static str> {
    DOCUMENT.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// The query that stands after these words.
pub fn query_after(words: &str) -> &'static str {
    let (_, rest) = DOCUMENT.split_once(words).unwrap_or_else(|| panic!("the document does not say {words:?}"));
    rest.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a query stands there")
}

/// The sum of a column of what a query gives.
pub async fn column(place: &Place, query: &str, name: &str, more: &str) -> i64 {
    place.number(&format!("SELECT CAST(COALESCE(SUM({name}), 0) AS BIGINT) FROM ({query}) AS counted {more}")).await
}

async fn every_query_runs(place: Place) {
    place.open().await.close().await;
    assert!(queries().len() >= 8, "this looks at the wrong document");
    for query in queries() {
        place.raw(query).await;
    }
}

async fn queries_count_what_the_ledger_counts(place: Place) {
    let ledger = place.open().await;
    let (mut contacts, mut exposures) = (Vec::new(), Vec::new());
    let start_ms = NOW_MS - 3 * WEEK_MS;
    for n in 0..9 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        contacts.push(contact(&customer, Some(start_ms), "buying"));
        if n % 3 == 0 {
            contacts.push(contact(&customer, Some(start_ms + n * WEEK_MS / 6), "drooping"));
        }
        exposures.push(Exposure {
            customer,
            tip: TipId::new("flowers/wire"),
            at_ms: start_ms,
            arm: if n < 4 { Arm::HeldOut } else { Arm::Told },
            product: Some(SectionId::new("flowers")),
            issue: Some(IssueId::new("drooping")),
            lot: 0.1,
        });
    }
    ledger.record_contacts(&contacts, None, NOW_MS).await.expect("recorded");
    ledger.record_exposures(&exposures).await.expect("recorded");
    ledger.record_outcome(&outcome("flowers/wire", OutcomeKind::Told, None), None, 1).await.expect("recorded");

    let column = async |query: &str, name: &str, more: &str| column(&place, query, name, more).await;
    // Of c0, c3 and c6, the first came back at the same moment.
    let foresight = query_after("**After an issue**");
    assert_eq!(column(foresight, "came_back", "").await, 2);
    assert_eq!(column(foresight, "customers", "").await, 9);
    // c3 comes back after three and a half days, c6 after seven: both had not done so after three.
    let later = query_after("**Some days later**");
    assert_eq!((column(later, "came_back", "").await, column(later, "customers", "").await), (2, 9));

    let counts = ledger.experiments(&HashMap::new(), 0, NOW_MS, WEEK_MS).await.expect("counted");
    for count in counts {
        let arm = format!("WHERE arm = '{}'", count.arm.as_str());
        let query = query_after("**The experiment**");
        assert_eq!(column(query, "came_back", &arm).await, i64::try_from(count.came_back).expect("small"));
        assert_eq!(column(query, "customers", &arm).await, i64::try_from(count.customers).expect("small"));
    }
    assert_eq!(column(query_after("**Outcomes**"), "times", "").await, 1);
}

/// Tables and columns as the document lists them.
fn documented() -> BTreeMap<String, Vec<String>> {
    let name = |line: &str| line.split('`').nth(1).unwrap_or_default().to_owned();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = None;
    for line in DOCUMENT.lines() {
        if line.starts_with('#') {
            table = line.strip_prefix("### `").map(|_| name(line));
        } else if let Some(table) = table.as_ref().filter(|_| line.starts_with("| `")) {
            tables.entry(table.clone()).or_default().push(name(line));
        }
    }
    tables
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_is_documented() {
    let place = Place::sqlite();
    place.open().await.close().await;
    let pool = sqlx::SqlitePool::connect(place.url.trim_start_matches("sqlite:")).await.expect("the file opens");
    let sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE '%sqlx%' ORDER BY m.name, c.cid";
    let columns: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&pool).await.expect("the schema");
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in columns {
        tables.entry(table).or_default().push(column);
    }
    assert_eq!(documented(), tables);
}
