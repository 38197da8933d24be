//! The ledger: one contract, run on SQLite and on PostgreSQL.

mod balloons;
mod clock;
mod contacts;
mod counting;
mod customers;
pub mod documented;
mod durable;
mod full;
mod misses;
mod naming;
mod once;
mod opening;
mod outcomes;
pub mod places;
mod promises;
mod recounted;
mod retention;
mod several;
