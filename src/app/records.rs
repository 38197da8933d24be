//! What the ledger holds, without a library: about one customer, to be shown or erased, and how much of everything.

use super::remember::{Remembering, reach};
use crate::ledger::{Customer, KeptRecord, Ledger, LedgerError, Tally};
use std::time::Duration;

/// What was suggested is written down within this time, unless a server is overwhelmed.
const NOTED: Duration = Duration::from_secs(1);

/// The records of one ledger.
pub struct Records(Ledger);

impl Records {
    /// # Errors
    /// Where the ledger cannot be opened.
    pub async fn open(how: &Remembering) -> Result<Records, LedgerError> {
        reach(how.clone()).await.map(Records)
    }

    /// Everything that is kept about a customer, table by table, oldest first.
    ///
    /// # Errors
    /// `Refused` where the customer's name is blank; and where the ledger cannot be read.
    pub async fn about(&self, customer: &str) -> Result<Vec<KeptRecord>, LedgerError> {
        self.0.export(&self.customer(customer)?).await
    }

    /// Removes everything about a customer for good. Gives back how many records went.
    ///
    /// # Errors
    /// `Refused` where the customer's name is blank; and where the ledger cannot be written.
    pub async fn erase(&self, customer: &str) -> Result<u64, LedgerError> {
        let customer = self.customer(customer)?;
        let gone = self.0.erase(&customer).await?;
        // A server may still have been writing down what it suggested to them.
        tokio::time::sleep(NOTED).await;
        Ok(gone + self.0.erase(&customer).await?)
    }

    /// # Errors
    /// Where the ledger cannot be read.
    pub async fn tally(&self) -> Result<Tally, LedgerError> {
        self.0.tally().await
    }

    pub async fn close(self) {
        self.0.close().await;
    }

    fn customer(&self, text: &str) -> Result<Customer, LedgerError> {
        self.0.customer(text).ok_or_else(|| LedgerError::Refused("the customer's name is blank".to_owned()))
    }
}
