//! Hears what other processes change: by NOTIFY on PostgreSQL, by SQLite's own count of changes there.
//! It never ends by itself; a lost connection is taken up again, and everyone is told to look at everything.

use super::changes::{ChangeKind, Changed, Notices};
use super::db::{CHANNEL, Db};
use super::error::LedgerError;
use sqlx::postgres::PgListener;
use sqlx::{PgPool, SqlitePool};
use std::time::Duration;
use tokio::task::AbortHandle;

/// How often SQLite is asked whether another process wrote: twice within the second that is promised.
const ASK_EVERY: Duration = Duration::from_millis(400);
/// How long to wait before a lost connection is tried again.
const TRY_AGAIN: Duration = Duration::from_millis(500);

/// Begins to listen; what changes after this returns is heard.
pub(super) async fn listen(db: &Db, notices: &Notices) -> Result<AbortHandle, LedgerError> {
    let notices = notices.clone();
    Ok(match db {
        Db::Sqlite { writer, .. } => {
            let known = data_version(writer).await?;
            tokio::spawn(ask(writer.clone(), known, notices)).abort_handle()
        }
        Db::Pg(pool) => {
            let listener = listener(pool).await?;
            tokio::spawn(hear(pool.clone(), listener, notices)).abort_handle()
        }
    })
}

/// Changes when any other connection wrote; asked on the writer, so that its own writes do not count.
async fn data_version(writer: &SqlitePool) -> Result<i64, LedgerError> {
    Ok(sqlx::query_scalar("PRAGMA data_version").fetch_one(writer).await?)
}

async fn ask(writer: SqlitePool, mut known: i64, notices: Notices) {
    loop {
        tokio::time::sleep(ASK_EVERY).await;
        if writer.is_closed() {
            return;
        }
        if let Ok(version) = data_version(&writer).await
            && version != known
        {
            known = version;
            notices.send(anything());
        }
    }
}

async fn listener(pool: &PgPool) -> Result<PgListener, LedgerError> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

async fn hear(pool: PgPool, first: PgListener, notices: Notices) {
    let mut current = Some(first);
    while !pool.is_closed() {
        let Some(mut listener) = current.take() else {
            tokio::time::sleep(TRY_AGAIN).await;
            current = listener_again(&pool, &notices).await;
            continue;
        };
        match listener.try_recv().await {
            Ok(Some(word)) => {
                if let Some(changed) = read(word.payload(), &notices.origin) {
                    notices.send(changed);
                }
                current = Some(listener);
            }
            // It was taken up again; what was said meanwhile is lost.
            Ok(None) => {
                notices.send(anything());
                current = Some(listener);
            }
            Err(error) => tracing::warn!("the ledger's notices stopped, trying again: {error}"),
        }
    }
}

async fn listener_again(pool: &PgPool, notices: &Notices) -> Option<PgListener> {
    let listener = listener(pool).await.ok()?;
    notices.send(anything());
    Some(listener)
}

/// None where this process said it itself.
fn read(payload: &str, origin: &str) -> Option<Changed> {
    let mut words = payload.splitn(3, ' ');
    let (from, kind, id) = (words.next()?, words.next()?, words.next().unwrap_or_default());
    (from != origin).then(|| Changed { kind: ChangeKind::named(kind), id: id.to_owned() })
}

fn anything() -> Changed {
    Changed { kind: ChangeKind::Anything, id: String::new() }
}
