//! The names that contacts are kept under. A name that nobody knew stands for itself, until somebody knows what it means.

use super::changes::ChangeKind;
use super::error::LedgerError;
use super::handle::Ledger;
use super::relearn;
use super::value::Value;
use crate::tip::{IssueId, SectionId};
use sqlx::AssertSqlSafe;

/// A product and an issue, as contacts are kept under them.
pub type Names = (Option<SectionId>, Option<IssueId>);

/// What contacts are kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNames {
    pub names: Names,
    /// What they were kept under as they were reported, where they have moved since.
    pub reported: Option<Names>,
}

/// Rows that change in one transaction: well below the time that a report waits for its turn.
const STEP: i64 = 2000;

impl Ledger {
    /// What contacts are kept under: at most so many products with their issues, those of most contacts first; and before
    /// them as many of those that have moved.
    pub async fn contact_names(&self, most: u32) -> Result<Vec<KeptNames>, LedgerError> {
        // Both in the order of an index, which then is all that is read.
        let moved = "SELECT product, issue, reported, COUNT(*) FROM contacts WHERE reported IS NOT NULL \
            GROUP BY reported, issue, product ORDER BY 4 DESC, 3, 2, 1 LIMIT $1";
        let all =
            "SELECT product, issue, COUNT(*) FROM contacts GROUP BY issue, product ORDER BY 3 DESC, 2, 1 LIMIT $1";
        let mut kept = Vec::new();
        for row in self.db().rows(moved, &[i64::from(most).into()]).await? {
            let names = (row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new));
            match reported(&row.text(2)?) {
                Some(reported) => kept.push(KeptNames { names, reported: Some(reported) }),
                None => tracing::warn!(?names, "what these contacts were reported as cannot be read; they stay"),
            }
        }
        for row in self.db().rows(all, &[i64::from(most).into()]).await? {
            let names = (row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new));
            kept.push(KeptNames { names, reported: None });
        }
        Ok(kept)
    }

    /// Keeps the contacts that stand under the first names under the second ones, in small steps; gives back how many.
    /// What they were reported as stays known. Whoever learned from them begins anew. Where it is broken off, doing it
    /// again goes on.
    pub async fn rename_contacts(&self, renamed: &[(KeptNames, Names)]) -> Result<u64, LedgerError> {
        let mut touched = 0;
        for (place, (from, to)) in renamed.iter().enumerate() {
            debug_assert_ne!(from.names, *to, "a name that stays is no step towards the end");
            let (sql, values) = renaming(from, to);
            loop {
                let mut tx = self.write().await?;
                let step = tx.run(AssertSqlSafe(sql.clone()), &values).await?;
                touched += step;
                if step > 0 {
                    relearn::raise(&mut tx).await?;
                }
                let done = step < STEP.unsigned_abs();
                if done && touched > 0 && place + 1 == renamed.len() {
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

/// One step, written so that both databases find the rows by the index: where there is no name, too.
fn renaming(from: &KeptNames, to: &Names) -> (String, Vec<Value>) {
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
    let sql = format!(
        "UPDATE contacts SET product = $1, issue = $2, reported = $3 WHERE id IN \
         (SELECT id FROM contacts WHERE {} LIMIT ${})",
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
