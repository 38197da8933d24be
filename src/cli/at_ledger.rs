//! Working on the ledger from a command: without a server, for the moment, and kindly where there is none.

use super::desk::Desk;
use super::ended::Failure;
use super::terminal::note;
use crate::app::{App, Records, Remembering};
use crate::ledger::Ledger;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// What a command needs of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// To write: it is made where there is none.
    Place,
    /// To read what is there.
    Records,
    /// To know what contacts teach, too.
    Foresight,
}

impl Desk {
    /// Does `work` with the library open and the ledger at hand.
    pub fn at_ledger<T>(
        &self,
        needs: Needs,
        work: impl AsyncFnOnce(&Arc<App>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let how = self.remembering();
        if needs != Needs::Place {
            there(&how)?;
        }
        let app = Arc::new(self.open()?);
        runtime()?.block_on(async {
            match needs {
                Needs::Foresight => app.remember_once(&how).await?,
                Needs::Place | Needs::Records => app.remember_unlearned(&how).await?,
            }
            let done = work(&app).await;
            app.leave_ledger().await;
            done
        })
    }

    /// Does `work` with the library open, and with what the ledger knows. Where it is away, that is said, and the work is
    /// done without it.
    pub fn beside_ledger<T>(&self, work: impl AsyncFnOnce(&Arc<App>) -> Result<T, Failure>) -> Result<T, Failure> {
        let how = self.remembering();
        let app = Arc::new(self.open()?);
        runtime()?.block_on(async {
            match app.remember_for_a_question(&how).await {
                Err(error) if error.passes() => note(&format!("{error}; this is answered without what it knows.")),
                other => other?,
            }
            let done = work(&app).await;
            app.leave_ledger().await;
            done
        })
    }

    /// Does `work` on the ledger alone, without a library.
    pub fn with_records<T>(&self, work: impl AsyncFnOnce(&Records) -> Result<T, Failure>) -> Result<T, Failure> {
        let how = self.remembering();
        there(&how)?;
        runtime()?.block_on(async {
            let records = Records::open(&how).await?;
            let done = work(&records).await;
            records.close().await;
            done
        })
    }

    /// True where there is a ledger to look things up in.
    pub fn has_ledger(&self) -> Result<bool, Failure> {
        Ok(Ledger::is_there(&self.config.ledger)?)
    }
}

fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// A command that only reads makes no empty file.
fn there(how: &Remembering) -> Result<(), Failure> {
    if Ledger::is_there(&how.url)? {
        return Ok(());
    }
    Err(Failure::Said(format!(
        "there is no ledger at {} yet\n\n  To learn from contacts:          stemwire learn CONTACTS.csv\n  \
         To see it with a simulated past:  stemwire learn --sample\n  \
         To use another:                   stemwire --ledger sqlite:FILE",
        how.url
    )))
}
