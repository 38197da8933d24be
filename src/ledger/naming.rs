//! The names that contacts, the experiment's book and balloons are kept under. A name that nobody knew stands for itself,
//! until somebody knows what it means.

use super::changes::ChangeKind;
use super::error::LedgerError;
use super::handle::Ledger;
use super::relearn;
use super::value::Value;
use super::wording::likeness_about;
use crate::tip::{IssueId, SectionId};
use sqlx::AssertSqlSafe;

/// A product and an issue, under which something is kept.
pub type Names = (Option<SectionId>, Option<IssueId>);

/// Where names are kept: what is counted by them moves together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesOf {
    Contacts,
    /// The experiment's book: by its issue it is seen whether a customer came back.
    Exposures,
    Balloons,
}

impl NamesOf {
    /// The table and its key.
    fn table(self) -> (&'static str, &'static str) {
        match self {
            NamesOf::Contacts => ("contacts", "id"),
            NamesOf::Exposures => ("exposures", "(customer, tip)"),
            NamesOf::Balloons => ("balloons", "id"),
        }
    }
}

/// What rows are kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNames {
    pub names: Names,
    /// What they were kept under as they were reported, where they have moved since.
    pub reported: Option<Names>,
}

/// Rows that change in one transaction: well below the time that a report waits for its turn.
const STEP: i64 = 2000;

impl Ledger {
    /// What rows are kept under: at most so many products with their issues, those of most rows first; and before them as
    /// many of those that have moved.
    pub async fn kept_names(&self, of: NamesOf, most: u32) -> Result<Vec<KeptNames>, LedgerError> {
        let (table, _) = of.table();
        // Of contacts and exposures both are in the order of an index, which then is all that is read.
        let moved = format!(
            "SELECT product, issue, reported, COUNT(*) FROM {table} WHERE reported IS NOT NULL \
             GROUP BY reported, issue, product ORDER BY 4 DESC, 3, 2, 1 LIMIT $1"
        );
        let all = format!(
            "SELECT product, issue, COUNT(*) FROM {table} GROUP BY issue, product ORDER BY 3 DESC, 2, 1 LIMIT $1"
        );
        let mut kept = Vec::new();
        for row in self.db().rows(AssertSqlSafe(moved), &[i64::from(most).into()]).await? {
            let names = (row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new));
            match reported(&row.text(2)?) {
                Some(reported) => kept.push(KeptNames { names, reported: Some(reported) }),
                None => tracing::warn!(?names, "what these were reported as cannot be read; they stay"),
            }
        }
        for row in self.db().rows(AssertSqlSafe(all), &[i64::from(most).into()]).await? {
            let names = (row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new));
            kept.push(KeptNames { names, reported: None });
        }
        Ok(kept)
    }

    /// Of contacts or exposures, keeps the rows that stand under the first names under the second ones, in small steps; gives back how many. What
    /// they were reported as stays known. Whoever learned from contacts begins anew. Where it is broken off, doing it again
    /// goes on.
    pub async fn rename(&self, of: NamesOf, renamed: &[(KeptNames, Names)]) -> Result<u64, LedgerError> {
        debug_assert_ne!(of, NamesOf::Balloons, "what they say is part of how they are found: see `rename_balloons`");
        let learned = of == NamesOf::Contacts;
        let mut touched = 0;
        for (place, (from, to)) in renamed.iter().enumerate() {
            debug_assert_ne!(from.names, *to, "a name that stays is no step towards the end");
            let (sql, values) = renaming(of, from, to);
            loop {
                let mut tx = self.write().await?;
                let step = tx.run(AssertSqlSafe(sql.clone()), &values).await?;
                touched += step;
                if learned && step > 0 {
                    relearn::raise(&mut tx).await?;
                }
                let done = step < STEP.unsigned_abs();
                if learned && done && touched > 0 && place + 1 == renamed.len() {
                    tx.tell(ChangeKind::Erased, "");
                }
                tx.commit().await?;
                if done {
                    break;
                }
            }
        }
        Ok(touched)
    }
}

impl Ledger {
    /// Keeps the balloons that stand under the first names under the second ones. What rose by itself from `rose.0` is taken
    /// for risen from `rose.1`, so that it does not rise again. One stays where another open one says the same there.
    pub async fn rename_balloons(&self, from: &KeptNames, to: &Names, rose: (&str, &str)) -> Result<u64, LedgerError> {
        const MOVE: &str = "UPDATE balloons SET product = $2, issue = $3, reported = $4, likeness = $5, \
            rises_once = CASE WHEN rises_once = $6 THEN $7 ELSE rises_once END WHERE id = $1 \
            AND (rises_once IS NULL OR rises_once <> $6 \
            OR NOT EXISTS (SELECT 1 FROM balloons o WHERE o.id <> $1 AND o.rises_once = $7)) \
            AND (state NOT IN ('waiting', 'acknowledged') OR NOT EXISTS (SELECT 1 FROM balloons o \
            WHERE o.id <> $1 AND o.likeness = $5 AND o.state IN ('waiting', 'acknowledged')))";
        let mut tx = self.write().await?;
        let (stands, values) = standing(from, 1);
        let sql = format!("SELECT id, said FROM balloons WHERE {stands} ORDER BY given_ms, id");
        let mut moved = 0;
        for row in tx.rows(AssertSqlSafe(sql), &values).await? {
            let likeness = likeness_about(&row.text(1)?, to.0.as_ref(), to.1.as_ref());
            let [product, issue] = texts(to).map(Value::from);
            let (id, reported) = (row.text(0)?.into(), reported_as(from, to));
            let values = [id, product, issue, reported, likeness.into(), rose.0.into(), rose.1.into()];
            moved += tx.run(MOVE, &values).await?;
        }
        tx.commit().await?;
        Ok(moved)
    }
}

/// What rows are said to have been reported as once they stand under `to`: nothing where that is what they were.
fn reported_as(from: &KeptNames, to: &Names) -> Value {
    let reported = from.reported.as_ref().unwrap_or(&from.names);
    (reported != to).then(|| written(reported)).into()
}

/// The condition that rows stand under these names, with its values from `$first` on, written so that both databases find
/// them by the index: where there is no name, too.
fn standing(from: &KeptNames, first: usize) -> (String, Vec<Value>) {
    let was = from.reported.as_ref().map(written);
    let columns = [("product", texts(&from.names)[0]), ("issue", texts(&from.names)[1]), ("reported", was.as_deref())];
    let (mut stands, mut values) = (Vec::new(), Vec::new());
    for (column, name) in columns {
        match name {
            None => stands.push(format!("{column} IS NULL")),
            Some(_) => {
                stands.push(format!("{column} = ${}", first + values.len()));
                values.push(name.into());
            }
        }
    }
    (stands.join(" AND "), values)
}

/// One step of moving rows.
fn renaming(of: NamesOf, from: &KeptNames, to: &Names) -> (String, Vec<Value>) {
    let [product, issue] = texts(to).map(Value::from);
    let mut values = vec![product, issue, reported_as(from, to)];
    let (stands, named) = standing(from, values.len() + 1);
    values.extend(named);
    values.push(STEP.into());
    let (table, key) = of.table();
    let sql = format!(
        "UPDATE {table} SET product = $1, issue = $2, reported = $3 WHERE {key} IN \
         (SELECT {} FROM {table} WHERE {stands} LIMIT ${})",
        key.trim_matches(['(', ')']),
        values.len()
    );
    (sql, values)
}

fn texts(names: &Names) -> [Option<&str>; 2] {
    [names.0.as_ref().map(SectionId::as_str), names.1.as_ref().map(IssueId::as_str)]
}

/// As the column `reported` has them: a JSON list of the product and the issue, `null` for none.
fn written(names: &Names) -> String {
    serde_json::Value::from(texts(names).map(serde_json::Value::from).to_vec()).to_string()
}

fn reported(written: &str) -> Option<Names> {
    let [product, issue]: [Option<String>; 2] = serde_json::from_str(written).ok()?;
    Some((product.map(SectionId::new), issue.map(IssueId::new)))
}
