//! The HTTP API and the pages: alone knows status codes. Handlers extract, call one `app` method, convert.
//!
//! Start at `routes`: the table of everything that is answered. `door` is the one layer round all of it.

// What every room below may use, from the ground up.
mod answer; // a whole answer, serialised once
mod limits; // every limit, with its default and maximum
mod options; // what an operator chose
mod problem; // RFC 9457: one table of codes
mod request; // reading queries, bodies, versions, keys

// What all handlers share.
mod guard; // who may call: Host and Origin
mod rendered; // details of tips as HTML, kept ready
mod request_ids; // a name for each request
mod shapes; // what several addresses send: tips, findings, words
mod shared; // the app, the limits, the counts
mod stats; // counts and times for Prometheus

// One folder a noun, one file an operation.
mod check; // POST /v1/check
mod issues; // GET /v1/issues
mod ledger; // outcomes, contacts, foresight, gaps, balloons, promises, pulse, evidence, flags
mod library; // GET /v1/library and its problems
mod live; // GET /v1/live: server-sent events
mod openapi; // the document, made from the handlers
mod operate; // health, readiness, metrics
mod pages; // the console, the reference, problem pages, tips for customers
mod products; // GET /v1/products
mod search; // GET /v1/search
mod suggest; // GET and POST /v1/suggest
mod tips; // reading, writing and deleting tips

// All of it together.
mod door; // the one layer: request ids, guard, limits, panics, counts, the log line
mod room; // how many connections the system lets us hold
mod routes; // the table of everything that is answered
mod serve; // accepting connections, stopping gracefully
mod taking; // a caller who takes nothing is not waited for

pub use limits::Limits;
pub use options::Options;
pub use problem::Kind as ProblemKind;
pub use routes::{document as openapi_document, router};
pub use serve::serve;
