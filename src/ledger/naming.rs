//! The names that contacts are kept under. A name that nobody knew stands for itself, until somebody knows what it means.

use super::changes::ChangeKind;
use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Value;
use crate::tip::{IssueId, SectionId};
use sqlx::AssertSqlSafe;

/// A product and an issue, as contacts are kept under them.
pub type Names = (Option<SectionId>, Option<IssueId>);

/// Rows that change in one transaction: well below the time that a report waits for its turn.
const STEP: i64 = 2000;

impl Ledger {
    /// What contacts are kept under: at most so many products with their issues, those of most contacts first.
    pub async fn contact_names(&self, most: u32) -> Result<Vec<Names>, LedgerError> {
        // In the order of the index, which then is all that is read.
        let sql =
            "SELECT product, issue, COUNT(*) FROM contacts GROUP BY issue, product ORDER BY 3 DESC, 2, 1 LIMIT $1";
        let rows = self.db().rows(sql, &[i64::from(most).into()]).await?;
        rows.iter()
            .map(|row| Ok((row.maybe_text(0)?.map(SectionId::new), row.maybe_text(1)?.map(IssueId::new))))
            .collect()
    }

    /// Keeps the contacts that stand under the first names under the second ones, in small steps; gives back how many.
    /// Whoever learned from them begins anew. Where it is broken off, doing it again goes on.
    pub async fn rename_contacts(&self, renamed: &[(Names, Names)]) -> Result<u64, LedgerError> {
        let mut touched = 0;
        for (place, (from, to)) in renamed.iter().enumerate() {
            debug_assert_ne!(from, to, "a name that stays is no step towards the end");
            let (sql, values) = renaming(from, to);
            loop {
                let mut tx = self.write().await?;
                let step = tx.run(AssertSqlSafe(sql.clone()), &values).await?;
                touched += step;
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
fn renaming(from: &Names, to: &Names) -> (String, Vec<Value>) {
    fn text(names: &Names) -> [Option<&str>; 2] {
        [names.0.as_ref().map(SectionId::as_str), names.1.as_ref().map(IssueId::as_str)]
    }
    let mut values: Vec<Value> = text(to).map(Value::from).to_vec();
    let mut stands = Vec::new();
    for (column, name) in ["product", "issue"].into_iter().zip(text(from)) {
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
        "UPDATE contacts SET product = $1, issue = $2 WHERE id IN (SELECT id FROM contacts WHERE {} LIMIT ${})",
        stands.join(" AND "),
        values.len()
    );
    (sql, values)
}
