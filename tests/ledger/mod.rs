//! The ledger: one contract, run on SQLite and on PostgreSQL.

mod balloons;
mod contacts;
mod counting;
mod customers;
mod documented;
mod durable;
mod full;
mod misses;
mod once;
mod opening;
mod outcomes;
mod places;
mod promises;
mod retention;
mod several;
