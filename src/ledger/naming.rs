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

/// A product and an issue, as contacts are kept under them.
pub type Names = (Option<SectionId>, Option<IssueId>);

/// Where names are kept: what is counted by them moves together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesOf {
    Contacts,
    /// The experiment's book: by its issue it is seen whether a customer came back.
    Exposures,
}

impl NamesOf {
    /// The table and its key.
    fn table(self) -> (&'static str, &'static str) {
        match self {
            NamesOf::Contacts => ("contacts", "id"),
            NamesOf::Exposures => ("exposures", "(customer, tip)"),
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
        // Of contacts both are in the order of an index, which then is all that is read.
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

    /// Keeps the rows that stand under the first names under the second ones, in small steps; gives back how many. What
    /// they were reported as stays known. Whoever learned from contacts begins anew. Where it is broken off, doing it again
    /// goes on.
    pub async fn rename(&self, of: NamesOf, renamed: &[(KeptNames, Names)]) -> Result<u64, LedgerError> {
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
    /// The names under which balloons stand.
    pub async fn balloon_names(&self) -> Result<Vec<Names>, LedgerError> {
        let sql = "SELECT DISTINCT product, issue FROM balloons WHERE product IS NOT NULL OR issue IS NOT NULL \
                   ORDER BY 1, 2";
        let rows = self.db().rows(sql, &[]).await?;
        rows.iter()
            .map(|row| Ok((row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new))))
            .collect()
    }

    /// Keeps the balloons that stand under the first names under the second ones. What rose by itself from `rose.0` is taken
    /// for risen from `rose.1`, so that it does not rise again. Where another open one says the same there, it stays.
    pub async fn rename_balloons(&self, from: &Names, to: &Names, rose: (&str, &str)) -> Result<u64, LedgerError> {
        let mut tx = self.write().await?;
        let (product, issue) = (texts(from)[0], texts(from)[1]);
        let sql = "SELECT id, said FROM balloons WHERE COALESCE(product, '') = $1 AND COALESCE(issue, '') = $2";
        let named = [product.unwrap_or_default().into(), issue.unwrap_or_default().into()];
        let mut moved = 0;
        for row in tx.rows(sql, &named).await? {
            let likeness = likeness_about(&row.text(1)?, to.0.as_ref(), to.1.as_ref());
            let sql = "UPDATE balloons SET product = $2, issue = $3, likeness = $4, \
                       rises_once = CASE WHEN rises_once = $5 THEN $6 ELSE rises_once END WHERE id = $1 \
                       AND NOT EXISTS (SELECT 1 FROM balloons o WHERE o.id <> $1 AND (o.rises_once = $6 \
                       OR o.likeness = $4 AND o.state IN ('waiting', 'acknowledged')))";
            let [product, issue] = texts(to).map(Value::from);
            let values = [row.text(0)?.into(), product, issue, likeness.into(), rose.0.into(), rose.1.into()];
            moved += tx.run(sql, &values).await?;
        }
        tx.commit().await?;
        Ok(moved)
    }
}

/// One step, written so that both databases find the rows by the index: where there is no name, too.
fn renaming(of: NamesOf, from: &KeptNames, to: &Names) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = texts(to).map(Value::from).to_vec();
    // Back at what they were reported as, they have not moved.
    let reported = from.reported.as_ref().unwrap_or(&from.names);
    values.push((reported != to).then(|| written(reported)).into());
    let mut stands = Vec::new();
    let was = from.reported.as_ref().map(written);
    let columns = [("product", texts(&from.names)[0]), ("issue", texts(&from.names)[1]), ("reported", was.as_deref())];
    for (column, name) in columns {
        match name {
            None => stands.push(format!("{column} IS NULL")),
            Some(_) => {
                values.push(name.into());
                stands.push(format!("{column} = ${}", values.len()));
            }
        }
    }
    values.push(STEP.into());
    let (table, key) = of.table();
    let sql = format!(
        "UPDATE {table} SET product = $1, issue = $2, reported = $3 WHERE {key} IN \
         (SELECT {} FROM {table} WHERE {} LIMIT ${})",
        key.trim_matches(['(', ')']),
        stands.join(" AND "),
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
