//! The API through its router: no socket, no server, each answer as a whole.

mod contract; // the OpenAPI document and what holds for all of it
mod decisions; // decided twice, with a key or without
mod desk; // a library, its router, and asking it
mod edges; // drafts, broken files, look-alike ids, odd addresses and bodies
mod guards; // Host, Origin, methods, types, sizes, limits
mod learned; // what is learned of a tip from who was told and who was not
mod leaving; // who hangs up before the answer
mod ledger; // what is recorded, learned and looked up
mod live; // server-sent events
mod meant; // what a field means, and what it cannot mean
mod missing; // what no tip is there for
mod pages; // the pages for people
mod problems; // every code has a page, every fault a pointer
mod reads; // every address that is read, as snapshots
mod renaming; // a tip under another name
mod serving; // connections, shutdown
mod writes; // putting and deleting tips
